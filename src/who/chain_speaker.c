// SPDX-License-Identifier: Apache-2.0
/* "I" and "we" in a quote are its speaker: the subject of a speech verb in the sentence, else the
 * nearest one in the paragraph.
 *
 *     "We will not yield," the president said.     we = the president */
#include "who/chain.h"

/* For each sentence the first draft that is subject of a speech verb in it, or NONE. */
static u32 *find_speakers(trail *t) {
    scene *s = t->s;
    const report *r = s->r;
    u32 *speakers = arena_new(r->memory, u32, r->sentences.count + 1);
    for (u32 i = 0; speakers != NULL && i <= r->sentences.count; i++) {
        speakers[i] = NONE;
    }
    for (u32 i = 0; speakers != NULL && i < r->tokens.count; i++) {
        refer_class class = scene_refer(s, i);
        u32 here = report_token(r, i)->sentence;
        if (class < REFER_PAIR || !(class & REFER_SPEECH) || speakers[here] != NONE) {
            continue;
        }
        u32 subject = scene_child(s, i, RELATION(nsubj) | RELATION(obl), NONE);
        u32 found = subject == NONE ? NONE : s->headed[subject];
        const draft *d = found == NONE ? NULL : scene_draft(s, found);
        bool first_person = d != NULL && d->what == DRAFT_REFER && (d->refer == REFER_I || d->refer == REFER_WE);
        speakers[here] = d != NULL && d->m.entity != NONE && !first_person ? found : NONE;
    }
    return speakers;
}

/* The speaker of sentence `at`: its own, else the nearest before or after in its paragraph. */
static u32 speaker_of(const report *r, const u32 *speakers, u32 at) {
    for (u32 step = 0; step < 6; step++) {
        u32 before = at - step, after = at + step;
        if (step <= at && r->sentences.items[before].block == r->sentences.items[at].block && speakers[before] != NONE) {
            return speakers[before];
        }
        if (after < r->sentences.count && r->sentences.items[after].block == r->sentences.items[at].block && speakers[after] != NONE) {
            return speakers[after];
        }
    }
    return NONE;
}

bool chain_resolve_speakers(trail *t) {
    scene *s = t->s;
    u32 *speakers = find_speakers(t);
    if (speakers == NULL) {
        return false;
    }
    for (u32 i = 0; i < s->order_count; i++) {
        draft *d = scene_draft(s, s->order[i]);
        if (d->what != DRAFT_REFER || (d->refer != REFER_I && d->refer != REFER_WE)) {
            continue;
        }
        u32 speaker = speaker_of(s->r, speakers, report_token(s->r, d->m.head)->sentence);
        d->m.entity = speaker == NONE ? NONE : scene_draft(s, speaker)->m.entity;
    }
    return true;
}
