// SPDX-License-Identifier: Apache-2.0
/* What the chain pass knows of the entities so far: by what keys each can be found again, and
 * which were spoken of last.  Keys are hashes of a tag and a few numbers; a later entity takes
 * over a key, so that "the minister" is the minister named last. */
#ifndef DRG_WHO_TRAIL_H
#define DRG_WHO_TRAIL_H

#include "who/scene.h"

#define TRAIL_RING 16 /* mentions looked back over for a pronoun */

typedef enum {
    KEY_STATE,    /* primary */
    KEY_ROW,      /* lexicon row */
    KEY_NAME,     /* all pieces of a name */
    KEY_SURNAME,  /* last piece of a person's name */
    KEY_GIVEN,    /* first piece of a person's name */
    KEY_NOUN,     /* primary, sector, word: "Syrian rebels" */
    KEY_OFFICE,   /* primary, word: "the Syrian president" */
    KEY_ROLE,     /* primary, sector: "the Iranian commander" */
    KEY_WORD,     /* word alone: "the president" */
    KEY_SECTOR,   /* sector alone: "the official" */
} key_tag;

typedef struct {
    u8 what;       /* draft_kind of its first draft */
    char gender;
    bool plural, named;
    bool role;     /* its sector comes from an office or noun, not from being nobody in particular */
    bool sure;     /* its code comes from words, not from the context */
    u32 name_draft; /* draft with the fullest name, or NONE */
    u32 sentence;  /* of its last draft */
} trail_entity;

typedef struct {
    u32 entity, draft;
    u32 head;      /* token */
    u32 sentence;
    bool subject;
} trail_step;

typedef struct {
    scene *s;
    map keys;
    LIST(trail_entity) entities; /* parallel to report.entities */
    trail_step ring[TRAIL_RING];
    u32 *chain_entity;           /* [links->chains] entity that the chain's phrases named last, or NONE */
    u32 steps;                   /* ever taken; the last is ring[(steps - 1) % TRAIL_RING] */
} trail;

bool trail_open(trail *t, scene *s);
u32 trail_find(const trail *t, key_tag tag, const u32 *values, u32 count);
bool trail_set(trail *t, key_tag tag, const u32 *values, u32 count, u32 index);
u32 trail_primary(actor_code code);
/* A new entity like draft `d`; NONE when memory is out. */
u32 trail_add(trail *t, const draft *d);
/* Notes that draft `index` is a mention of its entity. */
void trail_step_to(trail *t, u32 index);
/* The chain (link.c) that draft `index` is in, or NONE when no noun phrase has its head. */
u32 trail_chain(const trail *t, u32 index);
/* Whom a third-person pronoun means, or NONE. */
u32 trail_resolve(const trail *t, u32 index);
/* The two entities "the two leaders" means: how many were found. */
u32 trail_leaders(const trail *t, u32 found[2]);

#endif
