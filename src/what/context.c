// SPDX-License-Identifier: Apache-2.0
/* In: a deed's predicate.   Out: the contexts that the words of its sentence bring it into.
 *
 *     "Police arrested two candidates at a polling station."    election
 *     "Riot police beat women who marched for abortion rights"  gender, rights_freedoms
 *
 * The cues stand in lang/en/contexts.frames.  What a CAMEO code says by itself (world/cameo.tsv) is added later. */
#include "what/matching.h"

#define SENTENCE_TOKENS 120 /* as many words are looked at */

u64 context_find(const matching *w, const predicate *p) {
    const sentence *s = &w->r->sentences.items[matching_token(w, p->head)->sentence];
    u64 found = 0;
    for (u32 i = s->first_token; i < s->end_token && i < s->first_token + SENTENCE_TOKENS; i++) {
        for (u32 c = 0; c < w->frames->contexts.count; c++) {
            bool known = found >> c & 1;
            found |= (u64)(!known && condition_list_holds_word(w, w->frames->contexts.items[c].list, i)) << c;
        }
    }
    return found;
}
