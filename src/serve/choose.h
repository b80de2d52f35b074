// SPDX-License-Identifier: Apache-2.0
/* Which tellings of an image the words of a filter leave: the same words, with the same meaning, as src/ask makes SQL
 * of.  tests/serve.py holds both against each other. */
#ifndef DRG_SERVE_CHOOSE_H
#define DRG_SERVE_CHOOSE_H

#include "serve/image.h"

typedef struct {
    u64 *bits;      /* [image.count / 64 + 1] a bit a telling */
    u32 count;
    u32 *in_order;  /* [count] them in the order of writing: those of a report in a row */
    u32 *by_story;  /* [count] them story by story */
    bool exact;     /* false: a time limit cut it short */
} chosen;

static inline bool chosen_has(const chosen *c, u32 telling) { return (c->bits[telling / 64] >> (telling % 64)) & 1; }

typedef struct {
    const image *image;
    store *desk;               /* asked for words of texts, and for ids */
    const char *const *words;  /* that ask_filter_read has taken */
    size_t count;
} choice;

/* Makes the lists out of the bits; false: memory is out. */
bool chosen_list(chosen *c, const image *m, arena *memory);
/* A set without tellings whose bits are to be set before chosen_list; `bits` NULL: memory is out. */
chosen chosen_none(const image *m, arena *memory);
static inline void chosen_add(chosen *c, u32 telling) { c->bits[telling / 64] |= (u64)1 << (telling % 64); }

/* Memory: `memory`. */
drg_status choose(chosen *out, const choice *given, arena *memory, drg_error *error);

#endif
