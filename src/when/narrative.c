// SPDX-License-Identifier: Apache-2.0
/* In: the timexes and trees of a report.  Out: for every sentence the time that a deed told in it
 * without a date shares: r->narrative.
 *
 *     On Sunday the rebels seized the town.     tells the news of Sunday
 *     They freed the prisoners.                 Sunday
 *     In January the army took it.              turns to January
 *     The governor fled.                        January
 *     They hold it again.  He returned.         back to Sunday: the present ends the look back
 *
 * A paragraph's end makes the look back doubtful: of what is told then in the simple past only the
 * year is kept, until the present, the perfect or a fresh day comes.
 * The news has its day from the opening: the first timex there that lies shortly before the
 * report; else from what says when it was: "The meeting took place on Friday." */
#include "parse/climb.h"
#include "parse/labels.h"
#include "when/when.h"

#define OPENING_BYTES 420 /* of the running text, in which the day of the news is told */
#define FRESH_DAYS 10     /* before the report's day */

static bool is_dated(const timex *t) { return !t->duration && t->grain != GRAIN_VAGUE && t->start != INT32_MIN && t->last != INT32_MAX; }

/* Told of the days just before the report, or of its month where no more is known. */
static bool is_fresh(const report *r, const timex *t) {
    if (!is_dated(t)) {
        return false;
    }
    bool fresh = r->day != INT32_MIN && t->grain == GRAIN_DAY && t->start <= r->day && t->start > r->day - FRESH_DAYS;
    return fresh || (r->day == INT32_MIN && r->date.len == 7 && t->grain == GRAIN_MONTH);
}

static u32 find_news(const report *r) {
    u32 opening = r->sentences.items[0].text.start + OPENING_BYTES;
    u32 resumed = NONE;
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        bool fresh = is_fresh(r, t);
        if (fresh && r->tokens.items[t->first].text.start <= opening) {
            return i;
        }
        resumed = resumed == NONE && fresh && t->resumes ? i : resumed;
    }
    return resumed;
}

static u32 root_of(const report *r, const sentence *s) {
    u32 at = s->first_token;
    while (at + 1 < s->end_token && r->tokens.items[at].head != NONE) {
        at++;
    }
    return at;
}

/* Whether the timex hangs on the main clause: "In 2011 they met", not "the town that fell in 2011". */
static bool hangs_on(const report *r, const timex *t, u32 root) {
    u8 relation;
    bool found = false;
    for (u32 i = t->first; i < t->end && !found; i++) {
        found = climb_count(r, i, root, &relation) != NONE;
    }
    return found;
}

/* Whether the main clause stands in the simple past; its first auxiliary bears the tense.  Without one, what may be a participle is none. */
static bool is_simple_past(const report *r, const sentence *s, u32 root) {
    for (u32 i = s->first_token; i < root; i++) {
        const token *t = report_token(r, i);
        if (t->head == root && t->upos == UPOS_AUX) {
            return t->xpos == XPOS_VBD;
        }
    }
    return report_token(r, root)->xpos == XPOS_VBD || report_token(r, root)->xpos == XPOS_VBN;
}

typedef struct {
    u32 news, day; /* timexes: the day of the news, and the fresh day told last in the paragraph */
    u32 turned;    /* the time to which the narrative has turned back, or NONE */
    bool unsure;   /* it has, but a paragraph has ended since */
} narrative;

static void follow(const report *r, u32 index, narrative *n) {
    const timex *t = &r->timexes.items[index];
    if (t->apart) {
        return;
    }
    if (t->grain == GRAIN_VAGUE && !t->duration && t->start == r->day && r->day != INT32_MIN) {
        n->day = n->news; /* "Now ..." */
    } else if (is_fresh(r, t)) {
        n->day = index;
    } else if (is_dated(t) && (r->day == INT32_MIN || t->last < r->day)) {
        n->turned = index;
        n->unsure = false;
        return;
    } else {
        return;
    }
    n->turned = NONE;
}

/* The time of what the sentence takes up again: "The May election was close.  ...  The election led to riots."  NONE when it takes up nothing. */
static u32 taken_up(const report *r, const sentence *s, u32 root) {
    u32 found = NONE, subject = NONE;
    for (u32 i = s->first_token; i < root && found == NONE; i++) {
        const token *t = report_token(r, i);
        bool definite = t->deprel == DEPREL_det && t->head != NONE && t->head > i && t->head < root && t->xpos == XPOS_DT && report_form(r, i).len > 2;
        subject = definite && report_token(r, t->head)->head == root && report_token(r, t->head)->upos == UPOS_NOUN ? t->head : NONE;
        u8 relation = subject != NONE ? report_token(r, subject)->deprel : DEPREL_root;
        for (u32 k = 0; (relation == DEPREL_nsubj || relation == DEPREL_nsubj_pass) && k < r->timexes.count && r->timexes.items[k].first < s->first_token; k++) {
            const timex *x = &r->timexes.items[k];
            bool of_it = x->noun != NONE && report_token(r, x->noun)->lemma == report_token(r, subject)->lemma;
            found = of_it && is_dated(x) && !is_fresh(r, x) ? k : found;
        }
    }
    return found;
}

told_time *when_follow_narrative(const report *r) {
    told_time *told = arena_new(r->memory, told_time, r->sentences.count + 1);
    u32 next = 0;
    if (told == NULL || r->sentences.count == 0) {
        return told;
    }
    narrative n = {.news = find_news(r), .turned = NONE};
    u32 live = r->day != INT32_MIN ? when_find_live(r) : NONE;
    n.day = n.news;
    for (u32 s = 0; s < r->sentences.count; s++) {
        const sentence *here = &r->sentences.items[s];
        bool opens = s > 0 && here->block != r->sentences.items[s - 1].block;
        u32 root = root_of(r, here);
        n.turned = n.turned != NONE && is_simple_past(r, here, root) ? n.turned : NONE;
        n.unsure = n.turned != NONE && (n.unsure || opens);
        u32 again = is_simple_past(r, here, root) ? taken_up(r, here, root) : NONE;
        if (again != NONE) {
            n.turned = again;
            n.unsure = true; /* what came of it came later */
        }
        n.day = opens && n.turned == NONE ? n.news : n.day;
        bool elsewhen = n.turned != NONE || (n.day != n.news && r->timexes.items[n.day].start != r->day);
        told[s] = (told_time){n.turned != NONE ? n.turned : n.day, n.turned != NONE, n.unsure, s >= live && !elsewhen};
        for (; next < r->timexes.count && r->timexes.items[next].first < here->end_token; next++) {
            if (hangs_on(r, &r->timexes.items[next], root)) {
                follow(r, next, &n);
            }
        }
    }
    return told;
}
