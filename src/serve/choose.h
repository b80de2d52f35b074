// SPDX-License-Identifier: Apache-2.0
/* Which tellings of an image the words of a filter leave: the same words, with the same meaning, as src/ask makes SQL
 * of.  tests/serve.py holds both against each other. */
#ifndef DRG_SERVE_CHOOSE_H
#define DRG_SERVE_CHOOSE_H

#include "serve/image.h"

typedef struct {
    u64 *bits;   /* [image.count / 64 + 1] a bit a telling */
    bool whole;  /* every telling */
    bool exact;  /* false: a time limit cut it short */
} chosen;

static inline bool chosen_has(const chosen *c, u32 telling) { return (c->bits[telling / 64] >> (telling % 64)) & 1; }

typedef struct {
    const image *image;
    store *desk;               /* asked for words of texts, and for ids */
    const char *const *words;  /* that ask_filter_read has taken */
    size_t count;
} choice;

/* Memory: `memory`. */
drg_status choose(chosen *out, const choice *given, arena *memory, drg_error *error);

#endif
