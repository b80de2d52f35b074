// SPDX-License-Identifier: Apache-2.0
/* Leaves out events that are less sure than the user asks for.
 *
 *     "Kenya rejected the proposal."     REJECT 120 KEN GOV > ---, confidence 0.43: half an event, not written at 0.50
 *
 * Claims that tell of such an event stay, without it. */
#include "base/map.h"
#include "record/work.h"

static void tell(const record_work *w, u32 index) {
    report *r = w->r;
    const drg_event *e = &w->events[index];
    const predicate *p = &r->predicates.items[r->deeds.items[w->lead_of[index]].predicate];
    report_add_reason(r, STAGE_RECORD, p->head, NONE, (source_line){NONE, 0}, "not written: confidence %.2f is below %.2f", e->confidence,
                      r->least_confidence);
}

/* Indices of events as they are now, without those that are gone. */
static drg_status renumber(report *r, drg_claim *c, const u32 *now) {
    u32 *kept = arena_new(r->memory, u32, c->event_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < c->event_count && kept != NULL; i++) {
        kept[count] = now[c->events[i]];
        count += kept[count] != NONE;
    }
    c->events = kept;
    c->event_count = count;
    return kept == NULL ? DRG_ERROR_MEMORY : DRG_OK;
}

drg_status record_withhold(record_work *w) {
    report *r = w->r;
    drg_claim *claims = arena_new(r->memory, drg_claim, r->records.claim_count + 1);
    u32 *now = arena_new(r->memory, u32, w->event_count + 1), count = 0;
    if (now == NULL || claims == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < w->event_count; i++) {
        bool sure = w->events[i].confidence >= r->least_confidence - 0.005; /* as it is written, with two decimals */
        now[i] = sure ? count : NONE;
        if (sure) {
            w->events[count++] = w->events[i];
        } else {
            tell(w, i);
        }
    }
    for (size_t i = 0; i < r->records.claim_count; i++) {
        claims[i] = r->records.claims[i];
        DRG_TRY(renumber(r, &claims[i], now));
    }
    r->records.claims = claims;
    r->records.event_count = count;
    return DRG_OK;
}
