// SPDX-License-Identifier: Apache-2.0
/* Deeds told without a date of their own share the time of the narrative. */
#include "record/date.h"

static bool shares_story(const report *r, const deed *d) {
    u32 flags = r->predicates.items[d->predicate].flags;
    u32 apart = PREDICATE_PERFECT | PREDICATE_FUTURE | PREDICATE_INFINITIVE | PREDICATE_NOMINAL;
    return (flags & PREDICATE_PAST) && !(flags & apart) && !d->background && d->status != DRG_STATUS_PLANNED;
}

void date_deeds(report *r) {
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        if (d->timex == NONE && shares_story(r, d)) {
            d->shared = r->narrative[r->tokens.items[r->predicates.items[d->predicate].head].sentence];
            d->dating = d->shared != NONE ? DATING_NARRATIVE : DATING_NONE;
        }
    }
}
