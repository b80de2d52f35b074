// SPDX-License-Identifier: Apache-2.0
/* An agreement that is spoken of without its parties ("parliament ratified the treaty", "Kenya honours the accord") is the
 * one of the same report that names them, when their names do not say otherwise and the party it does name is among them:
 * first one with a subject word in common, then the nearest before, then the first behind.
 *
 *     "Kenya and Ethiopia signed a grazing accord. ... Ethiopia violated the accord."    parties of the second: KEN, ETH
 *
 * What then still has no party, or is said to be on its way between one party and nobody, is not kept. */
#include "record/work.h"

#define MOST_NAMED 500 /* agreements with parties looked at: keeps a hostile report linear */

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

static bool is_kept(const drg_agreement *a) {
    bool early = pact_stage_named(a->stage) <= PACT_SIGNED;
    return a->party_count >= (early ? 2 : 1);
}

drg_status record_complete_agreements(record_work *w) {
    report *r = w->r;
    size_t count = r->records.agreement_count, kept = 0, named_count = 0;
    drg_agreement *all = arena_new(r->memory, drg_agreement, count + 1), *named = arena_new(r->memory, drg_agreement, MOST_NAMED);
    if (all == NULL || named == NULL) {
        return DRG_ERROR_MEMORY;
    }
    memcpy(all, r->records.agreements, count * sizeof *all);
    for (size_t i = 0; i < count && named_count < MOST_NAMED; i++) {
        if (all[i].party_count >= 2) {
            named[named_count++] = all[i];
        }
    }
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
