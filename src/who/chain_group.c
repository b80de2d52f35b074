// SPDX-License-Identifier: Apache-2.0
/* Groups: one entity for several, with them as its members.
 *
 *     "Kenya's president met the Ethiopian premier.  They signed a pact."     they: both persons
 *     "Japan, China and Korea held talks.  The three countries agreed ..."    the set of three named last
 *     "the foreign ministers of Kenya and Ethiopia"                           one minister a country
 *     "the two sides"                                                         the two leading countries */
#include "who/chain.h"

#define MOST_MEMBERS 6
#define PAIR_SENTENCES 2 /* from two that are joined to "both sides" */

static u32 enter_members(trail *t, u32 index, const u32 *members, u32 count) {
    report *r = t->s->r;
    u32 e = trail_add(t, scene_draft(t->s, index));
    if (e == NONE) {
        return NONE;
    }
    entity *made = &r->entities.items[e];
    made->kind = ENTITY_GROUP;
    made->code = (actor_code){.sector = SECTOR_NONE};
    made->first_member = r->members.count;
    for (u32 i = 0; i < count; i++) {
        u32 *slot = list_push(r->memory, &r->members);
        if (slot == NULL) {
            return NONE;
        }
        *slot = members[i];
    }
    made->end_member = r->members.count;
    t->entities.items[e].what = DRAFT_PAIR;
    t->entities.items[e].plural = true;
    return e;
}

static bool has_country(const trail *t, u32 e) {
    char first = t->s->r->entities.items[e].code.primary[0];
    return first != '\0' && first != '-';
}

/* Do "and" and commas join token `at` to `head`, perhaps by way of others? */
static bool is_joined_to(const report *r, u32 at, u32 head) {
    for (u32 steps = 0; steps < MOST_MEMBERS && at > head && report_token(r, at)->deprel == DEPREL_conj; steps++) {
        at = report_token(r, at)->head;
    }
    return at == head;
}

static u32 add_member(const trail *t, u32 token_index, u32 *members, u32 count) {
    u32 index = t->s->headed[token_index], e = index == NONE ? NONE : scene_draft(t->s, index)->m.entity;
    bool fits = e != NONE && has_country(t, e) && t->entities.items[e].what != DRAFT_PAIR && count < MOST_MEMBERS;
    for (u32 i = 0; i < count && fits; i++) {
        fits = members[i] != e;
    }
    if (fits) {
        members[count++] = e;
    }
    return count;
}

/* Those that "and" and commas join to `head`, itself the first. */
static u32 joined_members(const trail *t, u32 head, u32 *members) {
    u32 count = add_member(t, head, members, 0), end = scene_sentence_end(t->s, head);
    for (u32 i = head + 1; i < end && count > 0; i++) {
        count = is_joined_to(t->s->r, i, head) ? add_member(t, i, members, count) : count;
    }
    return count;
}

/* "Kenya's president met the Ethiopian premier": the person that a verb has for its object beside the subject at `step`. */
static u32 add_partner(const trail *t, const trail_step *step, u32 *members, u32 count) {
    const report *r = t->s->r;
    u32 verb = report_token(r, step->head)->head, end = scene_sentence_end(t->s, step->head);
    for (u32 i = step->head + 1; i < end && count == 1; i++) {
        const token *word = report_token(r, i);
        bool beside = word->head == verb && (word->deprel == DEPREL_obj || word->deprel == DEPREL_obl);
        u32 index = beside ? t->s->headed[i] : NONE, e = index == NONE ? NONE : scene_draft(t->s, index)->m.entity;
        count = e != NONE && t->entities.items[e].what == DRAFT_PERSON ? add_member(t, i, members, count) : count;
    }
    return count;
}

/* "They" where nobody that is many was named: the joined subjects of the sentence before, or its two persons. */
u32 chain_enter_they(trail *t, u32 index) {
    u32 found = trail_resolve(t, index), here = report_token(t->s->r, scene_draft(t->s, index)->m.head)->sentence;
    u32 depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING, members[MOST_MEMBERS];
    if (found != NONE && (t->entities.items[found].plural || t->entities.items[found].what != DRAFT_BODY)) {
        return found;
    }
    for (u32 back = depth; back > 0; back--) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        u32 count = step->subject && step->sentence + 1 == here ? joined_members(t, step->head, members) : 0;
        if (count == 1 && found == NONE && t->entities.items[members[0]].what == DRAFT_PERSON) {
            count = add_partner(t, step, members, count);
        }
        if (count > 1) {
            return enter_members(t, index, members, count);
        }
    }
    return found;
}

/* "The three countries": the set of three and more that was named last; NONE when none was. */
u32 chain_enter_several(trail *t, u32 index) {
    u32 depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING, members[MOST_MEMBERS];
    for (u32 back = 1; back <= depth; back++) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        const entity *group = &t->s->r->entities.items[step->entity];
        if (group->end_member >= group->first_member + 3) {
            return step->entity;
        }
        u32 count = joined_members(t, step->head, members);
        if (count >= 3) {
            return enter_members(t, index, members, count);
        }
    }
    return NONE;
}

static bool add_country(scene *s, u32 token_index, actor_code *found, u32 *count) {
    u32 index = s->headed[token_index];
    const char *primary = index == NONE ? "" : scene_draft(s, index)->m.code.primary;
    bool fits = primary[0] != '\0' && primary[0] != '-' && *count < MOST_MEMBERS;
    for (u32 i = 0; i < *count && fits; i++) {
        fits = memcmp(found[i].primary, primary, 3) != 0;
    }
    if (fits) {
        memcpy(found[(*count)++].primary, primary, 4);
    }
    return fits;
}

/* The countries behind "of": of "the ministers of Kenya, Uganda and Togo" three. */
static u32 countries_behind(scene *s, u32 head, actor_code *found) {
    u32 count = 0, end = scene_sentence_end(s, head);
    for (u32 of = scene_child(s, head, RELATION(nmod), NONE); of != NONE && count == 0; of = scene_child(s, head, RELATION(nmod), of)) {
        u32 marker = scene_child(s, of, RELATION(case), NONE);
        if (of < head || marker == NONE || scene_refer(s, marker) != REFER_OF || !add_country(s, of, found, &count)) {
            continue;
        }
        for (u32 i = of + 1; i < end; i++) {
            if (is_joined_to(s->r, i, of)) {
                add_country(s, i, found, &count);
            }
        }
    }
    return count;
}

/* "The foreign ministers of Kenya and Ethiopia": one a country, and the group of them.  NONE when one alone is named. */
u32 chain_enter_shared(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    actor_code countries[MOST_MEMBERS];
    u32 members[MOST_MEMBERS], count = countries_behind(t->s, d->m.head, countries);
    for (u32 i = 0; i < count && count > 1; i++) {
        countries[i].sector = d->m.code.sector;
        u32 key[4] = {trail_primary(countries[i]), countries[i].sector, d->word, d->what};
        members[i] = trail_find(t, KEY_NOUN, key, 4);
        if (members[i] == NONE) {
            members[i] = trail_add(t, d);
            if (members[i] == NONE || !trail_set(t, KEY_NOUN, key, 4, members[i])) {
                return NONE;
            }
            t->s->r->entities.items[members[i]].code = countries[i];
            t->entities.items[members[i]].sure = true;
        }
    }
    return count > 1 ? enter_members(t, index, members, count) : NONE;
}

/* "The government and the rebels agreed.  Both sides ...": the two joined last, not long before; how many. */
static u32 last_joined(const trail *t, u32 head, u32 *members) {
    u32 depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING, here = report_token(t->s->r, head)->sentence, count = 0;
    for (u32 back = 1; back <= depth && count != 2; back++) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        count = step->subject && step->sentence + PAIR_SENTENCES >= here ? joined_members(t, step->head, members) : 0;
    }
    return count == 2 ? 2 : 0;
}

/* "The two sides": those joined last, else the two leading countries; "the two ministers": the two persons named last. */
u32 chain_enter_pair(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 members[MOST_MEMBERS], count = d->refer == REFER_HE ? trail_leaders(t, members) : 0;
    count = count < 2 ? last_joined(t, d->m.head, members) : count;
    char leaders[2][4] = {{0}, {0}};
    if (count < 2) {
        count = context_leaders(t->s, d->m.head, leaders);
        for (u32 i = 0; i < count && count == 2; i++) {
            actor_code code = {.sector = SECTOR_NONE};
            memcpy(code.primary, leaders[i], 4);
            members[i] = chain_enter_state(t, code, d);
        }
    }
    if (count < 2 || members[0] == NONE || members[1] == NONE) {
        return NONE;
    }
    return enter_members(t, index, members, 2);
}

/* "Russian and Syrian officials": one entity a country, and the group of both.  A user's "ELR/GAL": one an actor. */
u32 chain_enter_double(trail *t, u32 index) {
    u32 members[MOST_MEMBERS], count = 0;
    for (u32 at = index; at != NONE && count < COUNT_OF(members); count++) {
        draft *d = scene_draft(t->s, index);
        const draft *other = scene_draft(t->s, at);
        actor_code code = d->compound ? other->m.code : d->m.code;
        memcpy(code.primary, other->m.code.primary, 4);
        u32 key[4] = {trail_primary(code), code.sector, d->word, d->what};
        members[count] = trail_find(t, KEY_NOUN, key, 4);
        if (members[count] == NONE) {
            members[count] = trail_add(t, d);
            if (members[count] == NONE || !trail_set(t, KEY_NOUN, key, 4, members[count])) {
                return NONE;
            }
            t->s->r->entities.items[members[count]].code = code;
            t->entities.items[members[count]].sure = true;
        }
        at = d->compound || at == index ? other->second : NONE;
    }
    return enter_members(t, index, members, count);
}
