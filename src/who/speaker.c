// SPDX-License-Identifier: Apache-2.0
/* Who speaks in a sentence: the subject of a speech verb in it, else the nearest one in the
 * paragraph.
 *
 *     "We will not yield," the president said.  "We are strong."     both: president */
#include "who/scene.h"

#define REACH 6 /* sentences to the speaker, at most */
#define ADDRESS_LEAST 8 /* sentences with "we" that make an address, */
#define ADDRESS_SHARE 4 /* and one in so many of all */

/* For each sentence the token that heads the first subject of a speech verb in it, or NONE. */
static u32 *find_own(const scene *s) {
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
        refer_class who = subject == NONE ? REFER_I : scene_refer(s, subject);
        speakers[here] = who == REFER_I || who == REFER_WE ? NONE : subject;
    }
    return speakers;
}

/* The speaker of sentence `at`: its own, else the nearest before or after in its paragraph. */
static u32 nearest(const report *r, const u32 *speakers, u32 at) {
    for (u32 step = 0; step < REACH; step++) {
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

/* A speech or a letter: the reader is told "we" and "our" all along, and nobody is said to speak. */
static bool is_address(const scene *s) {
    const report *r = s->r;
    u32 sentences = 0, last = NONE;
    for (u32 i = 0; i < r->tokens.count; i++) {
        u32 here = report_token(r, i)->sentence;
        if (here != last && scene_refer(s, i) == REFER_WE && s->speaker[here] == NONE) {
            sentences++;
            last = here;
        }
    }
    return sentences >= ADDRESS_LEAST && sentences * ADDRESS_SHARE >= r->sentences.count;
}

drg_status speaker_find(scene *s, drg_error *error) {
    u32 *own = find_own(s);
    s->speaker = arena_new(s->r->memory, u32, s->r->sentences.count + 1);
    if (own == NULL || s->speaker == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    for (u32 i = 0; i < s->r->sentences.count; i++) {
        s->speaker[i] = nearest(s->r, own, i);
    }
    s->address = is_address(s);
    return DRG_OK;
}
