// SPDX-License-Identifier: Apache-2.0
/* The parts of the chain pass: each enters a draft into the entities and returns the entity, or NONE
 * when memory is out (or when nobody is meant, where said so). */
#ifndef DRG_WHO_CHAIN_H
#define DRG_WHO_CHAIN_H

#include "who/trail.h"

/* chain_name.c */
u32 chain_name_pieces(const scene *s, const draft *d, u32 *pieces);         /* of the bare name; how many */
u32 chain_find_person(const trail *t, const u32 *pieces, u32 count);        /* by full name, surname, given name */
bool chain_key_person(trail *t, u32 e, const u32 *pieces, u32 count);       /* makes it findable so */
bool chain_key_row_name(trail *t, u32 e, const draft *d);                   /* and by the name its table has */
void chain_note_name(trail *t, u32 e, u32 index);                           /* keeps the fullest name */
u32 chain_enter_person(trail *t, u32 index);
u32 chain_enter_state(trail *t, actor_code code, const draft *d);
u32 chain_enter_body(trail *t, u32 index);

/* chain_noun.c */
u32 chain_find_described(const trail *t, const draft *d); /* NONE: nobody was so described */
bool chain_key_description(trail *t, u32 e, const draft *d);
u32 chain_enter_noun(trail *t, u32 index);
u32 chain_enter_the_state(trail *t, u32 index); /* NONE: no state is near */
u32 chain_enter_pair(trail *t, u32 index);      /* NONE: no two are known */
u32 chain_enter_several(trail *t, u32 index);   /* NONE: no three were named together */
u32 chain_enter_they(trail *t, u32 index);      /* whom "they" means, or NONE */
u32 chain_enter_shared(trail *t, u32 index);    /* NONE: they are of one country */
u32 chain_enter_double(trail *t, u32 index);

/* chain_speaker.c: gives "I" and "we" their entities, once all others have theirs. */
void chain_resolve_speakers(trail *t);

/* office.c: fills report.conflicts; false when memory is out. */
bool chain_compare_offices(trail *t);

#endif
