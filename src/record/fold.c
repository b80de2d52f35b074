// SPDX-License-Identifier: Apache-2.0
/* One agreement told several times in one report is one record a stage.
 *
 *     "the military agreement signed by Syria and Iran ... signed a comprehensive agreement ... after signing it"
 *     one record: military agreement, IRN and SYR, the two who signed, three sentences as its provisions
 *
 * Two are one when they stand at the same stage, have the same parties, are not dated apart, and their names do
 * not say otherwise.  The first keeps its place; what it leaves open the later ones fill. */
#include "record/pacts.h"
#include "record/work.h"

#define FOLD_WINDOW 200 /* agreements before, that one is compared with: keeps a hostile report linear */

static bool same_parties(const drg_agreement *a, const drg_agreement *b) {
    size_t found = 0;
    for (size_t i = 0; i < a->party_count; i++) {
        bool here = false;
        for (size_t k = 0; k < b->party_count && !here; k++) {
            here = span_eq(pact_party(a->parties[i].code), pact_party(b->parties[k].code));
        }
        found += here;
    }
    return a->party_count == b->party_count && found == a->party_count;
}

static bool is_same(const drg_agreement *a, const drg_agreement *b) {
    bool dated_apart = a->date.len > 0 && b->date.len > 0 && !span_starts(a->date, b->date) && !span_starts(b->date, a->date);
    bool kinds_apart = a->kind.len > 0 && b->kind.len > 0 && !span_eq(a->kind, b->kind) && pact_compare_names(a->name, b->name) != NAMES_AGREE;
    bool known = pact_stage_named(a->stage) == PACT_SIGNED || pact_compare_names(a->name, b->name) == NAMES_AGREE;
    return span_eq(a->stage, b->stage) && known && same_parties(a, b) && !dated_apart && !kinds_apart &&
           pact_compare_names(a->name, b->name) != NAMES_DIFFER;
}

/* Both lists behind each other, each span once; what lies inside another is left out. */
static const drg_evidence *join_spans(report *r, const drg_agreement *a, const drg_agreement *b, size_t *count) {
    size_t all = a->provision_count + b->provision_count, kept = 0;
    drg_evidence *out = arena_new(r->memory, drg_evidence, all + 1);
    for (size_t i = 0; i < all && out != NULL; i++) {
        const drg_evidence *new = i < a->provision_count ? &a->provisions[i] : &b->provisions[i - a->provision_count];
        bool known = false;
        for (size_t k = 0; k < kept; k++) {
            known |= out[k].at.start <= new->at.start && new->at.end <= out[k].at.end;
        }
        if (!known) {
            out[kept++] = *new;
        }
    }
    *count = kept;
    return out;
}

static bool has_signatory(const drg_agreement *a, const drg_actor *person) {
    bool found = false;
    for (size_t i = 0; i < a->signatory_count; i++) {
        found |= a->signatories[i].entity == person->entity;
    }
    return found;
}

static bool same_primary(const drg_actor *a, const drg_actor *b) { return span_eq(pact_party(a->code), pact_party(b->code)); }

/* Undertakings of `a` behind the `count` of `list`; one in the same words by the same party is there already. */
static size_t add_owed(drg_undertaking *list, size_t count, const drg_agreement *a) {
    for (size_t i = 0; i < a->undertaking_count; i++) {
        const drg_undertaking *new = &a->undertakings[i];
        bool known = false;
        for (size_t k = 0; k < count; k++) {
            known |= same_primary(&list[k].by, &new->by) && list[k].at.at.start < new->at.at.end && new->at.at.start < list[k].at.at.end;
        }
        if (!known) {
            list[count++] = *new;
        }
    }
    return count;
}

/* The same for assessments: one verdict on a party by one side ("Syria", "a Syrian general") counts once a sentence. */
static size_t add_judged(drg_assessment *list, size_t count, const drg_agreement *a) {
    for (size_t i = 0; i < a->assessment_count; i++) {
        const drg_assessment *new = &a->assessments[i];
        bool known = false;
        for (size_t k = 0; k < count; k++) {
            const drg_assessment *old = &list[k];
            known |= span_eq(old->verdict, new->verdict) && same_primary(&old->of, &new->of) && same_primary(&old->by, &new->by) &&
                     old->at.at.start < new->at.at.end && new->at.at.start < old->at.at.end;
        }
        if (!known) {
            list[count++] = *new;
        }
    }
    return count;
}

/* "in Syria" of an agreement of Syria's says less than "in Damascus". */
static bool is_party(const drg_agreement *a, span name) {
    bool found = false;
    for (size_t i = 0; i < a->party_count; i++) {
        found |= span_eq(a->parties[i].name, name);
    }
    return found;
}

static bool fold_into(report *r, drg_agreement *into, const drg_agreement *from) {
    drg_actor *signatories = arena_new(r->memory, drg_actor, into->signatory_count + from->signatory_count + 1);
    drg_undertaking *owed = arena_new(r->memory, drg_undertaking, into->undertaking_count + from->undertaking_count + 1);
    drg_assessment *judged = arena_new(r->memory, drg_assessment, into->assessment_count + from->assessment_count + 1);
    size_t provisions = 0, count = 0;
    const drg_evidence *spans = join_spans(r, into, from, &provisions);
    if (signatories == NULL || owed == NULL || judged == NULL || spans == NULL) {
        return false;
    }
    for (size_t i = 0; i < into->signatory_count; i++) {
        signatories[count++] = into->signatories[i];
    }
    for (size_t i = 0; i < from->signatory_count; i++) {
        if (!has_signatory(into, &from->signatories[i])) {
            signatories[count++] = from->signatories[i];
        }
    }
    size_t owed_count = add_owed(owed, add_owed(owed, 0, into), from);
    size_t judged_count = add_judged(judged, add_judged(judged, 0, into), from);
    bool telling = pact_compare_names(into->name, into->name) == NAMES_SILENT && pact_compare_names(from->name, from->name) == NAMES_AGREE;
    into->name = telling ? from->name : into->name;
    into->kind = into->kind.len > 0 ? into->kind : from->kind;
    into->date = from->date.len > into->date.len ? from->date : into->date;
    into->place = from->place.len > 0 && (into->place.len == 0 || is_party(into, into->place)) ? from->place : into->place;
    into->signatories = signatories;
    into->signatory_count = count;
    into->undertakings = owed;
    into->undertaking_count = owed_count;
    into->assessments = judged;
    into->assessment_count = judged_count;
    into->provisions = spans;
    into->provision_count = provisions;
    return true;
}

drg_status record_fold_agreements(record_work *w) {
    report *r = w->r;
    drg_agreement *all = record_make_room(r, 1);
    size_t kept = 0;
    for (size_t i = 0; i < r->records.agreement_count && all != NULL; i++) {
        size_t before = kept > FOLD_WINDOW ? kept - FOLD_WINDOW : 0;
        while (before < kept && !is_same(&all[before], &all[i])) {
            before++;
        }
        if (before == kept) {
            all[kept++] = all[i];
        } else if (!fold_into(r, &all[before], &all[i])) {
            return DRG_ERROR_MEMORY;
        }
    }
    if (all == NULL) {
        return DRG_ERROR_MEMORY;
    }
    r->records.agreements = all;
    r->records.agreement_count = kept;
    return DRG_OK;
}
