// SPDX-License-Identifier: Apache-2.0
/* Who stands on the two sides of a deed.  A frame names places in the order of trust ("target object,
 * on, against"); the first that yields an actor wins.  For nouns the doer may stand in front
 * ("Israel's strikes", "Israeli strikes"), behind "by", or be lent by a light verb. */
#include "what/matching.h"

#include "parse/labels.h"
#include "where/where.h"
#include "who/who.h"

#define INSIDE_TOKENS 30 /* of an argument that are searched for a phrase that belongs to the trigger */

static bool collect_clause_slot(const matching *w, const argument *a, const slot *s, party_list *out) {
    u32 inner = w->r->predicate_at[a->head], before = out->count;
    if (inner == NONE) {
        u32 subject = s->kind == SLOT_CLAUSE_SUBJECT ? condition_copular_subject(w, a->head) : NONE;
        if (subject != NONE) {
            party_collect(w->clauses, w->t, w->r, subject, true, out);
        }
        return out->count > before;
    }
    const predicate *q = &w->r->predicates.items[inner];
    u8 wanted = s->kind == SLOT_CLAUSE_SUBJECT ? ROLE_SUBJECT : ROLE_OBJECT;
    for (u32 i = q->first_argument; i < q->end_argument; i++) {
        if (w->r->arguments.items[i].role == wanted) {
            party_collect(w->clauses, w->t, w->r, w->r->arguments.items[i].head, true, out);
        }
    }
    return out->count > before;
}

static void collect_doer(const matching *w, u32 deed_index, party_list *out);

/* "endorsed the invasion of Kuwait", "condemned the attack on the convoy", "rallied against the arrest of a poet": praise and blame go to whoever did
 * it, not to whom it was done.  The predicate that the argument names as a hostile deed, or NONE. */
static u32 judged_deed(const matching *w, const predicate *p, const argument *a) {
    static const u32 judging = 1u << CATEGORY_ACCUSE | 1u << CATEGORY_SUPPORT | 1u << CATEGORY_PROTEST;
    static const u32 hostile = 1u << CATEGORY_ASSAULT | 1u << CATEGORY_COERCE | 1u << CATEGORY_SANCTION | 1u << CATEGORY_MOBILIZE;
    u32 own = w->r->predicate_at[p->head], inner = w->r->predicate_at[a->head];
    if (inner == NONE || inner == own || own == NONE || w->frame_of[own] == NONE || w->frame_of[inner] == NONE || (a->role != ROLE_OBJECT && a->role != ROLE_OBLIQUE)) {
        return NONE;
    }
    bool judges = judging >> w->frames->frames.items[w->frame_of[own]].category & 1;
    bool violent = (w->r->predicates.items[inner].flags & PREDICATE_NOMINAL) && (hostile >> w->frames->frames.items[w->frame_of[inner]].category & 1);
    return judges && violent ? inner : NONE;
}

/* "the jailing of activists in Minsk": nobody is named, but it is their own state that jails. */
static bool is_done_by_state(const matching *w, u32 judged) {
    return w->frames->frames.items[w->frame_of[judged]].default_source.its_sector != SECTOR_NONE;
}

/* Fills `out` from one place; true when it yields somebody. */
static bool collect_slot(const matching *w, const predicate *p, const slot *s, bool reciprocal, party_list *out) {
    u32 before = out->count;
    bool shallow = s->kind == SLOT_MODIFIER;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if (s->kind == SLOT_CLAUSE_SUBJECT || s->kind == SLOT_CLAUSE_OBJECT) {
            if (a->role == ROLE_CLAUSE && collect_clause_slot(w, a, s, out)) {
                return true;
            }
            continue;
        }
        if (!condition_argument_in_slot(a, s)) {
            continue;
        }
        u32 judged = judged_deed(w, p, a);
        if (judged != NONE && (collect_doer(w, judged, out), out->count > before)) {
            continue;
        }
        if (judged == NONE || is_done_by_state(w, judged)) {
            bool compound = matching_token(w, a->head)->deprel == DEPREL_compound; /* "Israeli tank shelling" */
            party_collect(w->clauses, w->t, w->r, a->head, !shallow || compound, out);
        }
        if (out->count > before && !reciprocal && s->kind != SLOT_MODIFIER) {
            return true;
        }
    }
    return out->count > before;
}

/* Who says so: the subject of the nearest predicate above that has one. */
static void collect_governor_subject(const matching *w, const predicate *p, party_list *out) {
    u32 above = p->governor;
    for (u32 steps = 0; above != NONE && steps < 3; steps++) {
        const predicate *g = &w->r->predicates.items[above];
        slot subject = {SLOT_SUBJECT, false, NONE};
        if (collect_slot(w, g, &subject, false, out)) {
            return;
        }
        above = g->governor;
    }
}

/* "threatened to break off talks if France stays", "will attack unless Chad yields": a threat is meant for whoever its condition names. */
static void collect_condition_subject(const matching *w, const predicate *p, party_list *out) {
    static const slot subject = {SLOT_SUBJECT, false, NONE};
    u32 end = w->t->right[p->head];
    for (u32 k = w->t->left[p->head]; k < end && out->count == 0; k++) {
        u32 inner = w->r->predicate_at[k];
        if (inner != NONE && w->r->predicates.items[inner].flags & PREDICATE_CONDITIONAL) {
            collect_slot(w, &w->r->predicates.items[inner], &subject, false, out);
        }
    }
}

/* "lifted sanctions on Burundi", "offered to mediate between A and B": the tree hangs the phrase
 * on the object or inside the complement, the sense on the trigger. */
static bool collect_inside(const matching *w, const predicate *p, const slot *s, party_list *out) {
    u32 before = out->count;
    for (u32 i = p->first_argument; i < p->end_argument && out->count == before; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool inner = a->role == ROLE_OBLIQUE && s->preposition != w->clauses->of && clause_word_is(w->clauses, a->preposition, CLASS_INNER);
        bool doer = a->role == ROLE_SUBJECT && (p->flags & PREDICATE_NOMINAL); /* "a visit by the minister to Iraq" */
        bool inside = a->role == ROLE_OBJECT || a->role == ROLE_CLAUSE || inner || doer;
        u32 start = w->t->left[a->head], end = w->t->right[a->head];
        bool dated = a->role == ROLE_OBLIQUE && clause_word_is(w->clauses, matching_token(w, a->head)->lemma, CLASS_TIME_NOUN); /* "on Monday with Togo" */
        bool searched = (inside && (!a->inherited || a->role == ROLE_CLAUSE)) || dated;
        for (u32 k = start; searched && k < end && k < start + INSIDE_TOKENS && out->count == before; k++) {
            bool phrase_head = matching_token(w, k)->deprel == DEPREL_nmod || matching_token(w, k)->deprel == DEPREL_obl;
            u32 marker = phrase_head && k != a->head ? tree_child(w->t, k, DEPREL_case) : NONE;
            bool counted = marker != NONE && marker > 0 && span_eq(report_form(w->r, marker - 1), SPAN("up")); /* "up to 4,000 troops" */
            if (marker != NONE && !counted && matching_token(w, marker)->lower == s->preposition) {
                argument told = {ROLE_OBLIQUE, false, s->preposition, k};
                u32 judged = judged_deed(w, p, &told); /* "voiced alarm at the arrest of nurses by the army" */
                if (judged != NONE) {
                    collect_doer(w, judged, out);
                }
                if (judged == NONE || (out->count == before && is_done_by_state(w, judged))) {
                    party_collect(w->clauses, w->t, w->r, k, true, out);
                }
            }
        }
    }
    return out->count > before;
}

/* "procedure over US tariffs on its import": the tree hangs the phrase on a word above the noun. */
static void collect_beside(const matching *w, const predicate *p, symbol preposition, party_list *out) {
    u32 reached = reach_find(w, p, preposition);
    if (reached != NONE) {
        party_collect(w->clauses, w->t, w->r, reached, true, out);
    }
}

/* "wants to inspect refineries in Iran": right behind the object a place is whose it is, also where the tree hangs it on the verb. */
static u32 place_behind(const matching *w, const predicate *p, u32 object) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool within = a->role == ROLE_OBLIQUE && a->preposition == w->clauses->in && tree_child(w->t, a->head, DEPREL_case) == w->t->right[object];
        if (within) {
            return a->head;
        }
    }
    return NONE;
}

/* "denounced abuses by the army": also when the tree hangs the army on the verb. */
static void collect_behind_objects(const matching *w, const predicate *p, party_list *out) {
    for (u32 i = p->first_argument; i < p->end_argument && out->count == 0; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool behind = a->role == ROLE_OBJECT && !a->inherited && !(p->flags & PREDICATE_PASSIVE);
        u32 doer = behind ? reach_beside(w, a->head, w->clauses->by) : NONE;
        doer = behind && doer == NONE ? reach_beside(w, a->head, w->clauses->with) : doer; /* "ruled out talks with the rebels" */
        doer = behind && doer == NONE ? place_behind(w, p, a->head) : doer;
        if (doer != NONE) {
            party_collect(w->clauses, w->t, w->r, doer, true, out);
        }
    }
}

static bool same_party(const report *r, u32 a, u32 b) {
    const mention *x = &r->mentions.items[a], *y = &r->mentions.items[b];
    return a == b || (x->entity != NONE && x->entity == y->entity);
}

/* The target may not be one of the doers ("Israel said Israel ..."). */
static void drop_common(const report *r, const party_list *source, party_list *target) {
    u32 kept = 0;
    for (u32 i = 0; i < target->count; i++) {
        bool common = false;
        for (u32 j = 0; j < source->count; j++) {
            common |= same_party(r, source->mentions[j], target->mentions[i]);
        }
        if (!common) {
            target->mentions[kept++] = target->mentions[i];
        }
    }
    target->count = kept;
}

/* "Canada announced bans on travel to Canada": nor the doer's own state, found somewhere in the phrase; and what a
 * minister promises, refuses or threatens (`spoken`) is never meant for it: "He stressed that it would not accept help". */
static void drop_own_state(const matching *w, const party_list *source, bool spoken, party_list *target) {
    const report *r = w->r;
    const mention *m = (target->derived || spoken) && target->count == 1 ? &r->mentions.items[target->mentions[0]] : NULL;
    bool state = m != NULL && m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE && (spoken || tree_child(w->t, m->head, DEPREL_case) != NONE);
    for (u32 i = 0; i < source->count && state; i++) {
        actor_code doer = who_code_of(r, source->mentions[i]);
        bool own = doer.sector == SECTOR_GOV && memcmp(doer.primary, m->code.primary, 3) == 0;
        target->count = own ? 0 : target->count;
    }
}

/* Places in order: with `all` every one that yields, else the first that yields somebody who is not
 * on the other side already (`other` may be NULL). */
static void collect_side(const matching *w, const predicate *p, const slot *slots, u32 count, bool all, const party_list *other,
                         party_list *out) {
    for (u32 i = 0; i < count && (all || out->count == 0); i++) {
        if (slots[i].kind == SLOT_GOVERNOR_SUBJECT) {
            collect_governor_subject(w, p, out);
        } else if (slots[i].kind == SLOT_SPEAKER) {
            continue; /* said/ will know */
        } else if (slots[i].kind == SLOT_CONDITION_SUBJECT) {
            collect_condition_subject(w, p, out);
        } else if (!collect_slot(w, p, &slots[i], all, out) && slots[i].kind == SLOT_PREPOSITION) {
            if (!collect_inside(w, p, &slots[i], out)) {
                collect_beside(w, p, slots[i].preposition, out);
            }
        } else if (slots[i].kind == SLOT_OBJECT && out->count == 0) {
            collect_behind_objects(w, p, out);
        } else if (slots[i].kind == SLOT_SUBJECT && out->count == 0) {
            collect_beside(w, p, w->clauses->by, out); /* "alarm at the arrest of nurses by the army" */
        }
        if (other != NULL) {
            drop_common(w->r, other, out);
        }
    }
}

/* A noun's doer may stand in front of it, behind "by", or be lent by a light verb; what it is done
 * to stands behind the frame's own prepositions or "of". */
static u32 noun_slots(const matching *w, const frame *f, bool source, slot out[SLOTS_PER_SIDE * 2 + 8]) {
    u32 count = 0;
    if (!source) { /* only a verb like "suffer" or "come under" gives a noun an object */
        out[count++] = (slot){SLOT_OBJECT, false, NONE};
    }
    const slot *own = source ? f->noun_source : f->noun_target;
    u32 own_count = source ? f->noun_source_count : f->noun_target_count;
    for (u32 i = 0; i < own_count; i++) {
        out[count++] = own[i];
    }
    if (own_count > 0) {
        return count;
    }
    const slot *verbal = source ? f->source : f->target;
    u32 verbal_count = source ? f->source_count : f->target_count;
    for (u32 i = 0; i < verbal_count; i++) {
        if (verbal[i].kind == SLOT_SUBJECT) {
            out[count++] = verbal[i];
            out[count++] = (slot){SLOT_POSSESSOR, false, NONE};
            out[count++] = (slot){SLOT_MODIFIER, false, NONE};
        } else if (verbal[i].kind == SLOT_OBJECT) {
            out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->of};
        } else {
            out[count++] = verbal[i];
        }
    }
    if (f->reciprocal && source) {
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->between};
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->with};
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->of};
    }
    return count;
}

bool side_doer_is_unknown(const report *r, const predicate *p, const frame *f) {
    bool by_subject = false, named = false;
    for (u32 i = 0; i < f->source_count; i++) {
        by_subject |= f->source[i].kind == SLOT_SUBJECT;
    }
    const token *word = report_token(r, p->head);
    bool adverbial = word->xpos == XPOS_VBG && word->deprel == DEPREL_advcl && !(p->flags & PREDICATE_PASSIVE); /* "Reform lashed out, accusing ministers of waste" */
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        named |= r->arguments.items[i].role == ROLE_SUBJECT && !r->arguments.items[i].inherited;
    }
    return by_subject && (named || adverbial) && !(p->flags & PREDICATE_NOMINAL);
}

static void collect_doer(const matching *w, u32 deed_index, party_list *out) {
    slot slots[SLOTS_PER_SIDE * 2 + 8];
    const frame *f = &w->frames->frames.items[w->frame_of[deed_index]];
    u32 count = noun_slots(w, f, true, slots);
    collect_side(w, &w->r->predicates.items[deed_index], slots, count, false, NULL, out);
}

/* The target is whom the result verb names: "Air strikes in Yemen killed nine fighters". */
static void collect_victims(const matching *w, u32 verb, party_list *target) {
    const predicate *q = &w->r->predicates.items[verb];
    const frame *f = &w->frames->frames.items[w->frame_of[verb]];
    party_list victims = {.count = 0};
    collect_side(w, q, f->target, f->target_count, false, NULL, &victims);
    *target = victims;
}

/* "criticised Wimbledon", "talks with Southampton": a town that is no capital is no body.  It is visited, helped and shelled, but neither acts nor is
 * spoken to. */
static void drop_towns(const matching *w, party_list *side) {
    u32 kept = 0;
    for (u32 i = 0; i < side->count; i++) {
        const mention *m = &w->r->mentions.items[side->mentions[i]];
        u32 here = who_is_town(m) ? where_place_at(w->r, m->head) : NONE;
        u8 kind = here == NONE ? PLACE_COUNTRY : (u8)w->r->places.items[here].kind;
        if (kind != PLACE_CITY && kind != PLACE_SITE) {
            side->mentions[kept++] = side->mentions[i];
        }
    }
    side->count = kept;
}

static bool has_partner(const matching *w, const predicate *p) {
    bool found = false;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        found |= a->role == ROLE_OBLIQUE && (a->preposition == w->clauses->with || a->preposition == w->clauses->between);
    }
    return found;
}

/* "agreed to withdraw its troops from Togo": the troops are what is agreed on, not with whom.
 * "said his nation will never give up its weapons": nobody refuses his own country anything. */
static bool is_own(const report *r, const party_list *source, const party_list *target) {
    bool own = source->count > 0 && target->count > 0;
    for (u32 i = 0; i < target->count && own; i++) {
        actor_code a = who_code_of(r, source->mentions[0]), b = who_code_of(r, target->mentions[i]);
        const mention *m = &r->mentions.items[target->mentions[i]];
        bool state = m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE;
        bool same = a.sector == b.sector && (state || report_token(r, m->head)->upos == UPOS_PRON); /* "its weapons" */
        own = memcmp(a.primary, b.primary, 3) == 0 && (b.sector == SECTOR_MIL || same);
    }
    return own;
}

static u32 drop_inner_objects(slot *slots, u32 count) {
    u32 kept = 0;
    for (u32 i = 0; i < count; i++) {
        if (slots[i].kind != SLOT_CLAUSE_OBJECT && slots[i].kind != SLOT_OBJECT) {
            slots[kept++] = slots[i];
        }
    }
    return kept;
}

/* "during his visit to Chad, the premier spoke": a visit that is only when or where somebody does something else is his. */
static bool is_circumstance(const matching *w, const predicate *p, const frame *f, const party_list *source) {
    u32 above = matching_token(w, p->head)->deprel == DEPREL_obl ? matching_token(w, p->head)->head : NONE;
    bool visit = f->category == CATEGORY_CONSULT && !f->reciprocal && source->count == 0 && p->support == NONE;
    bool told = p->governor != NONE && w->frame_of[p->governor] != NONE && w->frames->frames.items[w->frame_of[p->governor]].category == CATEGORY_CONSULT;
    return visit && above != NONE && p->governor != NONE && w->r->predicate_at[above] == p->governor && !told;
}

void side_collect(const matching *w, u32 predicate_index, const frame *f, party_list *source, party_list *target) {
    const predicate *p = &w->r->predicates.items[predicate_index];
    slot slots[SLOTS_PER_SIDE * 2 + 8];
    bool nominal = p->flags & PREDICATE_NOMINAL;
    u32 source_count = f->source_count, target_count = f->target_count;
    memcpy(slots, f->source, sizeof f->source);
    source_count = nominal ? noun_slots(w, f, true, slots) : source_count;
    collect_side(w, p, slots, source_count, f->reciprocal, NULL, source);
    memcpy(slots, f->target, sizeof f->target);
    target_count = nominal ? noun_slots(w, f, false, slots) : target_count;
    collect_side(w, p, slots, target_count, f->reciprocal, f->reciprocal ? NULL : source, f->reciprocal ? source : target);
    static const u32 told = 1u << CATEGORY_AGREE | 1u << CATEGORY_REJECT | 1u << CATEGORY_THREATEN;
    static const u32 spoken = 1u << CATEGORY_ACCUSE | 1u << CATEGORY_REQUEST | 1u << CATEGORY_REJECT | 1u << CATEGORY_SUPPORT | 1u << CATEGORY_AGREE;
    if ((told >> f->category & 1) && !f->reciprocal && is_own(w->r, source, target)) {
        target->count = 0;
        collect_side(w, p, slots, drop_inner_objects(slots, target_count), false, source, target);
    }
    if (nominal && f->reciprocal && source->count == 1 && p->support == NONE && has_partner(w, p)) { /* "said in a meeting with B" */
        collect_governor_subject(w, p, source);
        u32 above = source->count == 1 ? matching_token(w, p->head)->head : NONE, host = above == NONE ? NONE : condition_copular_subject(w, above);
        if (host != NONE) { /* "is in Paris for talks with B" */
            party_collect(w->clauses, w->t, w->r, host, true, source);
        }
    }
    if (nominal && is_circumstance(w, p, f, source)) {
        collect_governor_subject(w, p, source);
    }
    if (nominal && f->category == CATEGORY_ASSAULT) {
        struck_move_place(w, p, source, target);
    }
    drop_towns(w, source);
    if (f->category == CATEGORY_ASSAULT && source->count == 0) {
        struck_collect_doer(w, p, source);
    }
    if (spoken >> f->category & 1) {
        drop_towns(w, target);
    }
    if (w->result[predicate_index] != NONE && target->count == 0) {
        collect_victims(w, w->result[predicate_index], target);
    }
    drop_common(w->r, source, target);
    drop_own_state(w, source, (told >> f->category & 1) && !f->reciprocal, target);
    if (f->category == CATEGORY_ASSAULT && target->count == 0) {
        struck_collect_ground(w, p, source, target);
    }
}

