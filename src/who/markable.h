// SPDX-License-Identifier: Apache-2.0
/* Noun phrases: everything that a later word may point back to, actors or not.
 *
 *     [The ship] left [port] on [Monday].  [It] carried [wheat].
 *
 * markable.c finds them, link.c puts those that mean the same into one chain. */
#ifndef DRG_WHO_MARKABLE_H
#define DRG_WHO_MARKABLE_H

#include "who/scene.h"

/* How a phrase points: what decides which antecedents it can have. */
#define MARKABLE_KIND_LIST(X)                                                                                   \
    X(HE, "he") X(SHE, "she") X(IT, "it") X(THEY, "they") X(I, "i") X(WE, "we") X(YOU, "you") X(THIS, "this") \
    X(PERSON, "person") X(NAME, "name") X(THE, "the") X(THAT, "that") X(OWNED, "owned") X(A, "a")             \
    X(BARE, "bare") X(NUMBER, "number")
typedef enum {
#define MARKABLE_ENUM(name, text) MARKABLE_##name,
    MARKABLE_KIND_LIST(MARKABLE_ENUM)
#undef MARKABLE_ENUM
    MARKABLE_KINDS
} markable_kind;
const char *markable_kind_name(u32 kind);

typedef enum {
    MARKABLE_SUBJECT,
    MARKABLE_PASSIVE, /* subject of a passive */
    MARKABLE_OBJECT,
    MARKABLE_OBLIQUE,
    MARKABLE_POSSESSOR,
    MARKABLE_OF, /* nmod */
    MARKABLE_APPOSED,
    MARKABLE_JOINED, /* conj */
    MARKABLE_COMPOUND,
    MARKABLE_ROOT, /* predicate nominals, headlines */
    MARKABLE_OTHER,
    MARKABLE_ROLES
} markable_role;

typedef struct {
    u32 first, end, head; /* tokens */
    u32 name_first, name_end; /* tokens of a bare name; empty when there is none */
    u32 draft;            /* who's draft with the same head, or NONE */
    u32 chain;            /* link.c: which chain it is in */
    u32 antecedent;       /* link.c: phrase it was linked to, or NONE when it opens its chain */
    symbol noun;          /* lemma of its head; lower-case form of a name's */
    u8 kind;              /* markable_kind */
    u8 role;              /* markable_role */
    u8 class;             /* noun_class */
    char gender;          /* 'm', 'f' or 0 */
    bool plural, singular; /* neither: may be either ("the team") */
    bool joined;          /* "Chao and Yang" as one */
    bool quoted;
} markable;

typedef struct markables {
    scene *s;
    LIST(markable) list; /* by first token, the longer first */
    u32 *at;       /* [tokens] phrase whose head is the token, the single before the joined; or NONE */
    u32 chains;
} markables;

drg_status markable_find(markables *p, scene *s, drg_error *error);

#endif
