// SPDX-License-Identifier: Apache-2.0
/* Keys and recency of entities; the choice of a pronoun's antecedent.
 *
 * A pronoun takes the best of the last mentions by number, kind and gender: subjects before
 * others, near sentences before far ones (after Lappin and Leass, "An algorithm for pronominal
 * anaphora resolution", 1994, with three of its factors).  "Assad met him": not Assad. */
#include "who/trail.h"

#include "who/markable.h"

#define FAR 3 /* sentences a pronoun reaches back */

bool trail_open(trail *t, scene *s) {
    *t = (trail){.s = s, .chain_entity = arena_new(s->r->memory, u32, s->links->chains + 1)};
    map_open(&t->keys, s->r->memory);
    for (u32 i = 0; t->chain_entity != NULL && i < s->links->chains; i++) {
        t->chain_entity[i] = NONE;
    }
    return t->chain_entity != NULL;
}

u32 trail_chain(const trail *t, u32 index) {
    u32 found = t->s->links->at[scene_draft(t->s, index)->m.head];
    return found == NONE ? NONE : t->s->links->list.items[found].chain;
}

static u64 make_key(key_tag tag, const u32 *values, u32 count) {
    u32 all[LEXICON_PIECES + 1] = {(u32)tag};
    count = count > LEXICON_PIECES ? LEXICON_PIECES : count;
    memcpy(all + 1, values, count * sizeof *values);
    return map_key_of_symbols(all, count + 1);
}

u32 trail_find(const trail *t, key_tag tag, const u32 *values, u32 count) { return map_find(&t->keys, make_key(tag, values, count)); }

bool trail_set(trail *t, key_tag tag, const u32 *values, u32 count, u32 index) {
    return map_set(&t->keys, make_key(tag, values, count), index);
}

u32 trail_primary(actor_code code) {
    u32 packed;
    memcpy(&packed, code.primary, 4);
    return packed;
}

static entity_kind kind_of(const draft *d) {
    static const u8 kinds[] = {[DRAFT_STATE] = ENTITY_STATE, [DRAFT_BODY] = ENTITY_ORGANISATION, [DRAFT_PERSON] = ENTITY_PERSON,
                               [DRAFT_PEOPLE] = ENTITY_PEOPLE, [DRAFT_REFER] = ENTITY_PERSON, [DRAFT_PAIR] = ENTITY_GROUP};
    return (entity_kind)kinds[d->what];
}

static span words_of(const scene *s, u32 first, u32 end) {
    return span_cut(s->r->text, s->r->tokens.items[first].text.start, s->r->tokens.items[end - 1].text.end);
}

u32 trail_add(trail *t, const draft *d) {
    report *r = t->s->r;
    entity *made = list_push(r->memory, &r->entities);
    trail_entity *note = list_push(r->memory, &t->entities);
    if (made == NULL || note == NULL) {
        return NONE;
    }
    *made = (entity){.code = d->m.code, .kind = (u8)kind_of(d), .guess = d->m.guess};
    made->name = words_of(t->s, d->m.first, d->m.end);
    *note = (trail_entity){.what = d->what, .plural = d->plural, .name_draft = NONE};
    return r->entities.count - 1;
}

static bool is_subject(const scene *s, u32 head) {
    u8 relation = report_token(s->r, head)->deprel;
    return relation == DEPREL_nsubj || relation == DEPREL_nsubj_pass || relation == DEPREL_nsubj_outer;
}

void trail_step_to(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    trail_entity *e = &t->entities.items[d->m.entity];
    u32 here = report_token(t->s->r, d->m.head)->sentence;
    e->sentence = here;
    if (d->gender != '\0' && e->gender == '\0') {
        e->gender = d->gender;
    }
    u32 chain = trail_chain(t, index);
    if (d->m.kind != MENTION_ADJECTIVE && chain != NONE && d->what != DRAFT_REFER) {
        t->chain_entity[chain] = d->m.entity;
    }
    if (d->m.kind != MENTION_ADJECTIVE) {
        t->ring[t->steps++ % TRAIL_RING] = (trail_step){d->m.entity, index, d->m.head, here, is_subject(t->s, d->m.head)};
    }
}

static bool agrees(const trail_entity *e, const draft *d) {
    bool person = e->what == DRAFT_PERSON, people = e->what == DRAFT_PEOPLE || e->what == DRAFT_PAIR;
    switch (d->refer) {
    case REFER_HE:
    case REFER_SHE: return person && !e->plural && (e->gender == '\0' || e->gender == d->gender);
    case REFER_IT: return e->what == DRAFT_STATE || e->what == DRAFT_BODY;
    case REFER_THEY: return people || e->plural || e->what == DRAFT_BODY;
    default: return false;
    }
}

/* "Assad met him": subject and object of one verb are two parties, unless the pronoun owns something. */
static bool clashes(const scene *s, const trail_step *step, const draft *d) {
    u32 verb = report_token(s->r, d->m.head)->head;
    return !d->possessive && verb != NONE && report_token(s->r, step->head)->head == verb;
}

u32 trail_resolve(const trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 best = NONE, depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING, here = report_token(t->s->r, d->m.head)->sentence;
    u32 chain = trail_chain(t, index);
    if (chain != NONE) {
        u32 e = t->chain_entity[chain];
        if (e != NONE && agrees(&t->entities.items[e], d)) {
            return e;
        }
        const markable *m = &t->s->links->list.items[t->s->links->at[d->m.head]];
        if (e == NONE && m->antecedent != NONE && d->refer == REFER_IT) { /* "the army command ... it"; nobody in "the ship ... it" */
            u32 cover = t->s->cover[t->s->links->list.items[m->antecedent].head];
            e = cover == NONE ? NONE : scene_draft(t->s, cover)->m.entity;
            return e != NONE && agrees(&t->entities.items[e], d) ? e : NONE;
        }
    }
    u32 other_party = NONE;
    for (u32 back = 1; back <= depth && other_party == NONE; back++) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        other_party = clashes(t->s, step, d) ? step->entity : NONE;
    }
    i32 best_score = INT32_MIN;
    for (u32 back = 1; back <= depth; back++) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        const trail_entity *e = &t->entities.items[step->entity];
        if (!agrees(e, d) || step->entity == other_party || here - step->sentence > FAR) {
            continue;
        }
        const draft *other = scene_draft(t->s, step->draft);
        i32 score = -(i32)back - 8 * (i32)(here - step->sentence) + (step->subject ? 10 : 0) + (e->named ? 4 : 0);
        score += d->refer == REFER_THEY && e->what != DRAFT_BODY ? 6 : 0;
        score -= other->m.is_place ? 8 : 0;
        score += other->m.kind == MENTION_PRONOUN && other->refer == d->refer ? 4 : 0;
        if (score > best_score) {
            best_score = score;
            best = step->entity;
        }
    }
    return best;
}

/* Two persons are two sides when they are of two countries, or of two offices in one. */
static bool are_apart(const trail *t, u32 a, u32 b) {
    actor_code x = t->s->r->entities.items[a].code, y = t->s->r->entities.items[b].code;
    return a != b && (x.sector != y.sector || memcmp(x.primary, y.primary, 3) != 0);
}

u32 trail_leaders(const trail *t, u32 found[2]) {
    u32 count = 0, depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING;
    for (u32 back = 1; back <= depth && count < 2; back++) {
        u32 e = t->ring[(t->steps - back) % TRAIL_RING].entity;
        char country = t->s->r->entities.items[e].code.primary[0];
        bool person = t->entities.items[e].what == DRAFT_PERSON && !t->entities.items[e].plural && country != '\0' && country != '-';
        if (person && (count == 0 || are_apart(t, found[0], e))) {
            found[count++] = e;
        }
    }
    return count;
}
