// SPDX-License-Identifier: Apache-2.0
/* An agreement that is spoken of without its parties ("parliament ratified the treaty", "Kenya honours the accord") is the
 * one of the same report that names them, when their names do not say otherwise and the party it does name is among them:
 * first one with a subject word in common, then the nearest before, then the first behind.
 *
 *     "Kenya and Ethiopia signed a grazing accord. ... Ethiopia violated the accord."    parties of the second: KEN, ETH
 *
 * A truce or peace that nobody is named for is between the two whom the report sets against each other most often:
 *
 *     "Soldiers shelled the rebels. ... A ceasefire signed in 1994 is no longer observed."    the government, the rebels
 *
 * What then still has no party, or is said to be on its way between one party and nobody, is not kept. */
#include "record/pacts.h"
#include "record/work.h"

#define MOST_NAMED 500 /* agreements with parties looked at: keeps a hostile report linear */
#define MOST_FOES 16   /* pairs of foes counted */

static u32 place_of(const drg_agreement *a) {
    const drg_evidence *at = a->assessment_count > 0    ? &a->assessments[0].at
                             : a->undertaking_count > 0 ? &a->undertakings[0].at
                             : a->provision_count > 0   ? &a->provisions[0]
                                                        : NULL;
    return at == NULL ? 0 : at->at.start;
}

static bool has_party(const drg_agreement *whole, const drg_agreement *part) {
    bool found = part->party_count == 0;
    for (size_t i = 0; i < whole->party_count && !found; i++) {
        found = span_eq(pact_party(whole->parties[i].code), pact_party(part->parties[0].code));
    }
    return found;
}

static const drg_agreement *find_whole(const drg_agreement *named, size_t count, const drg_agreement *part) {
    const drg_agreement *best = NULL;
    u32 at = place_of(part), best_score = 0;
    for (size_t i = 0; i < count; i++) {
        pact_names names = pact_compare_names(named[i].name, part->name);
        if (names == NAMES_DIFFER || !has_party(&named[i], part)) {
            continue;
        }
        bool before = place_of(&named[i]) <= at;
        u32 score = (names == NAMES_AGREE ? 4u : 0u) + (before ? 2u : 1u);
        bool nearer = best != NULL && before && score == best_score && place_of(&named[i]) > place_of(best);
        if (score > best_score || nearer) {
            best = &named[i];
            best_score = score;
        }
    }
    return best;
}

static void take_parties(report *r, const drg_agreement *whole, drg_agreement *part) {
    part->parties = whole->parties;
    part->party_count = whole->party_count;
    part->kind = part->kind.len > 0 ? part->kind : whole->kind;
    if (part->undertaking_count != 1 || !span_starts(part->undertakings[0].to.code, SPAN("---")) || whole->party_count != 2) {
        return;
    }
    drg_undertaking *owed = arena_new(r->memory, drg_undertaking, 1);
    if (owed != NULL) { /* without memory the addressee stays open */
        *owed = part->undertakings[0];
        bool first = span_eq(pact_party(owed->by.code), pact_party(whole->parties[0].code));
        owed->to = whole->parties[first ? 1 : 0];
        part->undertakings = owed;
    }
}

/* ------------------------------------------------------------------ foes */

typedef struct {
    const drg_actor *one, *other;
    u32 count;
} foes;

static bool same_party(const drg_actor *a, const drg_actor *b) { return span_eq(pact_party(a->code), pact_party(b->code)); }

static bool is_rebel(const drg_actor *a) { return a->code.len > 4 && span_ends(a->code, SPAN("REB")); }

/* A state (also where it is its people that are hit: "bombed Bishkek"), its government or forces, or rebels: who makes peace. */
static bool makes_peace(const report *r, const drg_actor *a) {
    span behind = span_cut(a->code, a->code.len < 4 ? a->code.len : 4, a->code.len);
    bool state = a->entity != NONE && r->entities.items[a->entity].kind == ENTITY_STATE;
    return behind.len == 0 || state || span_eq(behind, SPAN("GOV")) || span_eq(behind, SPAN("MIL")) || span_eq(behind, SPAN("COP")) || is_rebel(a);
}

static u32 count_foes(const report *r, foes *pairs, u32 count, const foes *new) {
    const drg_actor *a = new->one, *b = new->other;
    if (!makes_peace(r, a) || !makes_peace(r, b) || pact_party(a->code).len == 0 || pact_party(b->code).len == 0 || same_party(a, b)) {
        return count;
    }
    for (u32 i = 0; i < count; i++) {
        bool same = (same_party(pairs[i].one, a) && same_party(pairs[i].other, b)) || (same_party(pairs[i].one, b) && same_party(pairs[i].other, a));
        if (same) {
            pairs[i].count++;
            return count;
        }
    }
    if (count < MOST_FOES) {
        pairs[count++] = (foes){a, b, 1};
    }
    return count;
}

/* The two whom the report's attacks, arrests and moves of troops, and all dealings with rebels, set against each other most
 * often; `one` is NULL when none are, or when two pairs are at it alike. */
static foes find_foes(const record_work *w) {
    foes pairs[MOST_FOES], best = {NULL, NULL, 0};
    u32 count = 0;
    bool tied = false;
    for (size_t i = 0; i < w->event_count; i++) {
        const drg_event *e = &w->events[i];
        bool hostile = span_eq(e->plover, SPAN("ASSAULT")) || span_eq(e->plover, SPAN("COERCE")) || span_eq(e->plover, SPAN("MOBILIZE"));
        const drg_actor *one = e->source_count > 0 ? &e->source[0] : NULL;
        const drg_actor *other = e->target_count > 0 ? &e->target[0] : e->reciprocal && e->source_count == 2 ? &e->source[1] : NULL;
        bool foe = one != NULL && other != NULL && (hostile || is_rebel(one) || is_rebel(other));
        count = foe ? count_foes(w->r, pairs, count, &(foes){one, other, 1}) : count;
    }
    for (u32 i = 0; i < count; i++) {
        tied = pairs[i].count == best.count || (pairs[i].count < best.count && tied);
        best = pairs[i].count > best.count ? pairs[i] : best;
    }
    return tied ? (foes){NULL, NULL, 0} : best;
}

static bool is_peace(const drg_agreement *a) { return span_eq(a->kind, SPAN("peace")); }

static void take_foes(report *r, const foes *f, drg_agreement *a) {
    const drg_actor both[2] = {*f->one, *f->other};
    actor_list parties = {.count = 0}, persons = {.count = 0};
    bool among = a->party_count == 0 || same_party(&a->parties[0], f->one) || same_party(&a->parties[0], f->other);
    if (among) {
        record_add_parties(r, both, 2, &parties, &persons);
        a->parties = actor_keep(r, &parties, &a->party_count);
    }
}

static bool is_kept(const drg_agreement *a) {
    bool early = pact_stage_named(a->stage) <= PACT_SIGNED;
    return a->party_count >= (early ? 2 : 1);
}

/* The agreements with two parties and more; those of peace that no other names are given the foes. */
static size_t find_named(const record_work *w, drg_agreement *all, size_t count, drg_agreement *named) {
    size_t found = 0;
    for (size_t i = 0; i < count && found < MOST_NAMED; i++) {
        if (all[i].party_count >= 2) {
            named[found++] = all[i];
        }
    }
    foes at_war = find_foes(w);
    for (size_t i = 0, before = found; i < count && at_war.one != NULL; i++) {
        if (all[i].party_count < 2 && is_peace(&all[i]) && find_whole(named, before, &all[i]) == NULL) {
            take_foes(w->r, &at_war, &all[i]);
            if (all[i].party_count >= 2 && found < MOST_NAMED) {
                named[found++] = all[i];
            }
        }
    }
    return found;
}

drg_status record_complete_agreements(record_work *w) {
    report *r = w->r;
    size_t count = r->records.agreement_count, kept = 0;
    drg_agreement *all = arena_new(r->memory, drg_agreement, count + 1), *named = arena_new(r->memory, drg_agreement, MOST_NAMED);
    if (all == NULL || named == NULL) {
        return DRG_ERROR_MEMORY;
    }
    memcpy(all, r->records.agreements, count * sizeof *all);
    size_t named_count = find_named(w, all, count, named);
    for (size_t i = 0; i < count; i++) {
        const drg_agreement *whole = all[i].party_count < 2 ? find_whole(named, named_count, &all[i]) : NULL;
        if (whole != NULL) {
            take_parties(r, whole, &all[i]);
        }
        if (is_kept(&all[i])) {
            all[kept++] = all[i];
        }
    }
    r->records.agreements = all;
    r->records.agreement_count = kept;
    return DRG_OK;
}
