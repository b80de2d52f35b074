// SPDX-License-Identifier: Apache-2.0
/* What the words around a deed make of it: lang/en/said/embedding.tsv and the walk up the tree. */
#ifndef DRG_SAID_EMBEDDING_H
#define DRG_SAID_EMBEDDING_H

#include "said/said.h"
#include "what/tree.h"

#define EFFECT_LIST(X) X(actual) X(fact) X(denied) X(planned) X(open) X(claimed)
typedef enum {
#define EFFECT_ENUM(name) EFFECT_##name,
    EFFECT_LIST(EFFECT_ENUM)
#undef EFFECT_ENUM
    EFFECT_COUNT
} effect;

#define PLACE_OF_COMPLEMENT_LIST(X) X(to) X(ing) X(bare) X(clause) X(object) X(of)
typedef enum {
#define COMPLEMENT_ENUM(name) COMPLEMENT_##name,
    PLACE_OF_COMPLEMENT_LIST(COMPLEMENT_ENUM)
#undef COMPLEMENT_ENUM
    COMPLEMENT_COUNT
} complement;

typedef struct {
    u8 with; /* bits of complement */
    u8 plus, minus;
    source_line where;
    u32 next;
} embedding;

typedef struct {
    LIST(embedding) rows; /* one a lemma and row */
    map first;            /* lemma and position -> first row */
    symbol to, by, or, question, going;
} embedding_tables;

/* What became of an event on the way up. */
typedef struct {
    u8 state;         /* EFFECT_actual, denied, planned or open */
    bool claimed;     /* some word on the way leaves it to somebody's say-so */
    bool unreal;      /* some word on the way is about what may or will be */
    u32 top;          /* the token where the walk ended */
    u32 word;         /* the token that decided, or NONE */
    source_line why;
} standing;

drg_status embedding_open(embedding_tables *tables, knowledge *k, drg_error *error);
standing embedding_of(const embedding_tables *tables, const tree *t, const report *r, u32 at);

/* "offered no help": the deed's object is none at all. */
bool embedding_lacks_object(const embedding_tables *tables, const tree *t, const report *r, u32 at);

#endif
