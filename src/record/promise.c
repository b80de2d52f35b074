// SPDX-License-Identifier: Apache-2.0
/* What a party says it will do for another party of the agreement that the report tells of is an undertaking.
 *
 *     "Oman and Kenya signed a naval accord. ... 'We will train Kenya's coast guard,' the Omani minister said."
 *     undertaking of the accord: by Oman, to Kenya, the minister's sentence
 *
 * A promise is an AGREE event of CAMEO 03 (intent to cooperate) that nobody denies.  Of several agreements between
 * the two it goes to the nearest before it, else to the first.  Without another party it is no undertaking. */
#include "record/work.h"

#define PROMISES_SEEN 1000 /* deeds looked at, and */
#define PACTS_SEEN 200     /* agreements: keep a hostile report linear */

/* "underlined his continued efforts" (030) promises nothing of its own. */
static bool is_promise(const record_work *w, u32 deed_index) {
    const deed *d = &w->r->deeds.items[deed_index];
    span code = symbols_text(&w->r->words, d->cameo);
    u32 event = w->event_of[deed_index];
    const drg_event *e = event == NONE ? NULL : &w->events[event];
    return e != NULL && span_starts(code, SPAN("03")) && code.len > 2 && code.ptr[2] != '0' && !e->reciprocal && d->status != DRG_STATUS_DENIED &&
           e->source_count > 0 && e->target_count > 0;
}

static u32 party_at(const drg_agreement *a, span code) {
    for (u32 i = 0; i < a->party_count; i++) {
        if (span_eq(pact_party(a->parties[i].code), pact_party(code))) {
            return i;
        }
    }
    return NONE;
}

static bool names_both(const drg_agreement *a, const drg_event *e) {
    u32 by = party_at(a, e->source[0].code), to = party_at(a, e->target[0].code);
    return by != NONE && to != NONE && by != to;
}

/* The agreement that the promise belongs to, or NONE. */
static u32 find_pact(const report *r, const drg_event *e, const drg_evidence *words) {
    u32 best = NONE;
    for (u32 i = 0; i < r->records.agreement_count && i < PACTS_SEEN; i++) {
        const drg_agreement *a = &r->records.agreements[i];
        bool before = a->provision_count > 0 && a->provisions[0].at.start <= words->at.start;
        best = names_both(a, e) && (best == NONE || before) ? i : best;
    }
    return best;
}

static bool is_owed_already(const drg_agreement *a, const drg_evidence *words) {
    bool known = false;
    for (size_t i = 0; i < a->undertaking_count; i++) {
        const drg_evidence *old = &a->undertakings[i].at;
        known |= old->at.start < words->at.end && words->at.start < old->at.end;
    }
    return known;
}

static bool add_undertaking(report *r, drg_agreement *a, const drg_event *e, drg_evidence words) {
    u32 to = party_at(a, e->target[0].code);
    if (is_owed_already(a, &words) || to == NONE) {
        return true;
    }
    drg_undertaking *all = arena_new(r->memory, drg_undertaking, a->undertaking_count + 1);
    if (all == NULL) {
        return false;
    }
    for (size_t i = 0; i < a->undertaking_count; i++) {
        all[i] = a->undertakings[i];
    }
    all[a->undertaking_count++] = (drg_undertaking){e->source[0], a->parties[to], words};
    a->undertakings = all;
    return true;
}

drg_status record_promises(record_work *w) {
    report *r = w->r;
    drg_agreement *all = record_make_room(r, 1);
    bool fine = all != NULL;
    for (u32 i = 0; i < r->deeds.count && fine && i < PROMISES_SEEN && r->records.agreement_count > 0; i++) {
        if (!is_promise(w, i)) {
            continue;
        }
        const drg_event *e = &w->events[w->event_of[i]];
        drg_evidence words = record_sentence(r, r->predicates.items[r->deeds.items[i].predicate].head);
        u32 pact = find_pact(r, e, &words);
        fine = pact == NONE || add_undertaking(r, &all[pact], e, words);
    }
    r->records.agreements = fine ? all : r->records.agreements;
    return fine ? DRG_OK : DRG_ERROR_MEMORY;
}
