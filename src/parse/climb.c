// SPDX-License-Identifier: Apache-2.0
/* In: heads and relations.  Out: how words hang below each other; climb.h says what for. */
#include "parse/climb.h"

bool climb_is_clause(const token *t) {
    return t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->deprel == DEPREL_root || t->deprel == DEPREL_ccomp ||
           t->deprel == DEPREL_xcomp || t->deprel == DEPREL_advcl || t->deprel == DEPREL_acl || t->deprel == DEPREL_acl_relcl;
}

u32 climb_count(const report *r, u32 from, u32 to, u8 *relation) {
    u32 at = from;
    *relation = DEPREL_dep;
    for (u32 steps = 0; steps < CLIMB_STEPS && at != NONE; steps++) {
        if (at == to) {
            return steps;
        }
        const token *t = report_token(r, at);
        if (steps > 0 && climb_is_clause(t)) {
            return NONE;
        }
        *relation = t->deprel;
        at = t->head;
    }
    return NONE;
}

u32 climb_find(const report *r, u32 from, climb_finder *below, climb_end *ends, u32 *steps) {
    u32 found = below(r, from), at = from;
    *steps = 0;
    while (found == NONE && *steps < CLIMB_STEPS && report_token(r, at)->head != NONE && !ends(report_token(r, at))) {
        at = report_token(r, at)->head;
        found = below(r, at);
        ++*steps;
    }
    return found;
}

u32 climb_first_at(const void *records, u32 count, size_t size, u32 at) {
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = low + (high - low) / 2, first;
        memcpy(&first, (const char *)records + middle * size, sizeof first);
        if (first < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}
