// SPDX-License-Identifier: Apache-2.0
/* What link.c knows while it goes through a report, for link_feature.c to read. */
#ifndef DRG_WHO_LINK_STATE_H
#define DRG_WHO_LINK_STATE_H

#include "who/link.h"

#define LINK_DEPTH 12 /* phrases inside each other */

typedef struct {
    u32 first, last; /* markables */
    u32 count;
    u32 name;        /* markable with its longest name, or NONE */
    u32 kinds;       /* bits of markable_kind */
    u32 code;        /* primary and sector of its actors, 0 for none */
    u8 class;        /* noun_class */
    char gender;
    bool plural, singular;
} link_chain;

typedef struct {
    markables *p;
    LIST(link_chain) chains;
    map keys;       /* noun, word of a name, initials, code -> latest markable */
    map words;      /* chain and word -> a markable of it that has the word */
    u32 *same_noun; /* [markables] earlier one with the same noun, or NONE */
    u32 *offered;   /* [chains] markable + 1 that it was last offered to */
    u32 inside[LINK_DEPTH], depth; /* markables that contain the present one, it last */
    u32 beside;     /* markable that the present one renames, or NONE */
    link_option options[LINK_OPTIONS];
    u32 count;
} link_state;

bool link_is_name(const markable *m);
/* "I", "we", "you": found in a second round. */
static inline bool link_is_speaking(const markable *m) { return m->kind == MARKABLE_I || m->kind == MARKABLE_WE || m->kind == MARKABLE_YOU; }
/* Words that tell one thing from another of the same name. */
static inline bool link_is_content(const token *t) {
    return t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_ADJ || t->upos == UPOS_NUM || t->upos == UPOS_VERB;
}
/* The actor's primary and sector as a number, 0 for none. */
u32 link_code(const link_state *l, const markable *m);
static inline u32 link_country(u32 code) { return code >> 8; }
/* The markable that speaks where `m` stands, or NONE. */
u32 link_speaker(const link_state *l, const markable *m);
void link_describe(link_state *l, u32 index, link_option *option);

#endif
