// SPDX-License-Identifier: Apache-2.0
/* "I" and "we" in a quote are its speaker.
 *
 *     "We will not yield," the president said.     we = the president */
#include "who/chain.h"

void chain_resolve_speakers(trail *t) {
    scene *s = t->s;
    for (u32 i = 0; i < s->order_count; i++) {
        draft *d = scene_draft(s, s->order[i]);
        if (d->what != DRAFT_REFER || (d->refer != REFER_I && d->refer != REFER_WE)) {
            continue;
        }
        u32 speaker = s->speaker[report_token(s->r, d->m.head)->sentence];
        u32 found = speaker == NONE ? NONE : s->headed[speaker];
        d->m.entity = found == NONE ? NONE : scene_draft(s, found)->m.entity;
    }
}
