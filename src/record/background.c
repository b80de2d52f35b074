// SPDX-License-Identifier: Apache-2.0
/* In: dated deeds.   Out: which of them are history, told so that the news makes sense.
 *
 *     The army shelled the town in 2012.                         its time lies far behind the report's day
 *     Police had arrested the editor.                            the past perfect, in nobody's mouth
 *     In 2011 the king fell and rebels stormed the palace.       no time of its own, beside one that is far behind
 *
 * "Said it had arrested two men" is no past of the past: the perfect there only follows "said". */
#include "record/background.h"

#include "parse/climb.h"
#include "parse/labels.h"

#define NEWS_DAYS 45 /* what is older is no news of the day */

static bool is_long_ago(const report *r, u32 index) {
    const timex *t = index == NONE ? NULL : &r->timexes.items[index];
    return t != NULL && t->last != INT32_MIN && t->last != INT32_MAX && r->about != INT32_MIN && t->last + NEWS_DAYS < r->about;
}

static bool is_content(const report *r, u32 at) {
    for (u32 steps = 0; at != NONE && steps < CLIMB_STEPS; steps++) {
        if (report_token(r, at)->deprel == DEPREL_ccomp || report_token(r, at)->deprel == DEPREL_parataxis) {
            return true;
        }
        at = report_token(r, at)->head;
    }
    return false;
}

/* "had" before the verb, as its auxiliary. */
static bool is_past_perfect(const report *r, const predicate *p) {
    u32 first = r->sentences.items[report_token(r, p->head)->sentence].first_token;
    bool perfect = p->flags & PREDICATE_PERFECT;
    for (u32 i = p->head; perfect && i-- > first;) {
        const token *t = report_token(r, i);
        if (t->head == p->head && t->deprel == DEPREL_aux && t->xpos == XPOS_VBD) {
            return !is_content(r, p->head);
        }
    }
    return false;
}

void background_mark(report *r) {
    u32 old_sentence = NONE; /* one that tells of a time long ago */
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        const predicate *p = &r->predicates.items[d->predicate];
        u32 here = report_token(r, p->head)->sentence, timed = d->timex != NONE ? d->timex : d->shared;
        d->background = timed != NONE ? is_long_ago(r, timed) : is_past_perfect(r, p) || here == old_sentence;
        old_sentence = d->background && timed != NONE ? here : old_sentence;
    }
}
