// SPDX-License-Identifier: Apache-2.0
/* In: deeds, those that name a time with its timex.  Out: the time that the others share with what
 * is told around them, and for each deed a reason.
 *
 *     Gunmen shelled the town on Sunday.          said: "Sunday" of its own clause
 *     The army retaliated, burning two villages.  inherited: the simple past goes on with Sunday
 *     It has denied the claim.                    no date: the perfect says only that it is past
 *     "Rebels took the hill", the colonel says.   no date: what a speaker now says of the past
 *
 * A deed goes on with the narrative when the finite verb that tells it stands in the simple past;
 * for "burning" that is "retaliated", for "made threats" it is "made".  Two are dated by the report
 * where the narrative has no day: the headline in the present ("Iran urges Oman to ...") and the
 * perfect of the opening sentence ("Iran has urged ..."), both told because they are new.
 *
 * Answers ("Oman condemned it") may come days after what they answer: they go on with news of the
 * report's own day, and with older news only when their speaker took part in it. */
#include "record/date.h"

#include "parse/climb.h"
#include "parse/labels.h"
#include "what/category.h"
#include "when/when.h"

#define PARTY_WINDOW 64 /* deeds before an answer, among which its speaker is sought */

typedef enum { TOLD_OTHERWISE, TOLD_PRESENT, TOLD_PAST, TOLD_PERFECT } telling;

static telling telling_of(u32 flags) {
    if (flags & (PREDICATE_FUTURE | PREDICATE_INFINITIVE | PREDICATE_MODAL | PREDICATE_CONDITIONAL)) {
        return TOLD_OTHERWISE;
    }
    return flags & PREDICATE_PERFECT ? TOLD_PERFECT : flags & PREDICATE_PAST ? TOLD_PAST : TOLD_PRESENT;
}

/* "He is accused of theft": a participle whose first auxiliary stands in the present. */
static bool is_present_passive(const report *r, u32 at) {
    u32 first = r->sentences.items[report_token(r, at)->sentence].first_token;
    for (u32 i = first; i < at; i++) {
        const token *t = report_token(r, i);
        if (t->head == at && t->upos == UPOS_AUX) {
            return t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP;
        }
    }
    return false;
}

/* "Had supplied rockets": past already when it was told of. */
static bool is_past_perfect(const report *r, u32 at) {
    u32 first = r->sentences.items[report_token(r, at)->sentence].first_token;
    for (u32 i = first; i < at; i++) {
        const token *t = report_token(r, i);
        if (t->head == at && t->deprel == DEPREL_aux) {
            return t->xpos == XPOS_VBD;
        }
    }
    return false;
}

/* "The sentence imposed on him", "the protests, which were crushed": what describes a noun is no step of the story. */
static bool describes_noun(const token *t) { return t->deprel == DEPREL_acl || t->deprel == DEPREL_acl_relcl; }

static telling telling_at(const report *r, u32 at) {
    u32 p = at != NONE ? r->predicate_at[at] : NONE;
    if (p != NONE && describes_noun(report_token(r, at))) {
        return TOLD_OTHERWISE;
    }
    if (p != NONE && telling_of(r->predicates.items[p].flags) == TOLD_PAST && is_present_passive(r, at)) {
        return TOLD_PRESENT;
    }
    return p != NONE && !(r->predicates.items[p].flags & PREDICATE_NOMINAL) ? telling_of(r->predicates.items[p].flags) : TOLD_OTHERWISE;
}

/* Asked, blamed, refused, praised or threatened in answer to what is told. */
static bool is_answer(u32 plover) { return category_is_words(plover) && plover != CATEGORY_AGREE; }

/* Whether the mention is of the state, organisation or person `m`, or of a group with it: "they", "the two sides". */
static bool stands_for(const report *r, const mention *n, const mention *m) {
    const entity *e = n->entity != NONE ? &r->entities.items[n->entity] : NULL;
    bool named = m->code.primary[0] != '\0' && m->code.primary[0] != '-';
    bool same = (e != NULL && n->entity == m->entity) || (named && memcmp(n->code.primary, m->code.primary, 3) == 0);
    for (u32 i = e != NULL ? e->first_member : 0; e != NULL && i < e->end_member && !same; i++) {
        u32 member = r->members.items[i];
        same = member == m->entity || (named && memcmp(r->entities.items[member].code.primary, m->code.primary, 3) == 0);
    }
    return same;
}

static bool share_party(const report *r, const deed *speech, const deed *meeting) {
    bool shared = false;
    for (u32 i = speech->first_source; i < speech->end_source && !shared; i++) {
        for (u32 k = meeting->first_source; k < meeting->end_target && !shared; k++) {
            shared = stands_for(r, &r->mentions.items[r->parties.items[k]], &r->mentions.items[r->parties.items[i]]);
        }
    }
    return shared;
}

static bool is_same_time(const report *r, u32 one, u32 other) {
    const timex *a = one != NONE ? &r->timexes.items[one] : NULL, *b = &r->timexes.items[other];
    return a != NULL && (one == other || (a->start == b->start && a->last == b->last));
}

/* "The army shelled the town on Sunday.  It accused the rebels of ...": whoever took part in what is told of that time speaks in it,
 * a third party in his own. */
static bool is_of_party(const report *r, u32 index, u32 time) {
    const deed *d = &r->deeds.items[index];
    for (u32 i = index > PARTY_WINDOW ? index - PARTY_WINDOW : 0; i < index; i++) {
        const deed *m = &r->deeds.items[i];
        if ((is_same_time(r, m->timex, time) || is_same_time(r, m->shared, time)) && share_party(r, d, m)) {
            return true;
        }
    }
    return false;
}

/* The token whose tense is the deed's, NONE when it has none. */
static u32 teller_of(const report *r, const deed *d) {
    const predicate *p = &r->predicates.items[d->predicate];
    const token *t = report_token(r, p->head);
    if (p->flags & PREDICATE_NOMINAL) {
        return p->support != NONE ? p->support : t->deprel == DEPREL_obj && category_is_words(d->plover) ? t->head : NONE;
    }
    bool beside = t->deprel == DEPREL_advcl || t->deprel == DEPREL_xcomp;
    bool participle = p->flags & PREDICATE_PARTICIPLE && !(p->flags & PREDICATE_PAST);
    bool infinitive = p->flags & PREDICATE_INFINITIVE && d->status == DRG_STATUS_ACTUAL;
    return beside && (participle || infinitive) ? t->head : p->head;
}

/* What somebody says now, or has said, of the past, and what led to a state of today, "has fled since they shelled the town": no day of the narrative. */
static bool is_content_of_today(const report *r, u32 at) {
    for (u32 steps = 0; at != NONE && steps < CLIMB_STEPS; steps++) {
        const token *t = report_token(r, at);
        telling over = t->head != NONE ? telling_at(r, t->head) : TOLD_OTHERWISE;
        if (t->deprel == DEPREL_advcl && (over == TOLD_PERFECT || over == TOLD_PRESENT)) {
            return true;
        }
        if (t->deprel == DEPREL_ccomp) {
            return over != TOLD_PAST;
        }
        at = t->head;
    }
    return false;
}

/* The opening sentence: the first that tells anything. */
static u32 find_opening(const report *r) {
    for (u32 i = 0; i < r->predicates.count; i++) {
        u32 s = report_token(r, r->predicates.items[i].head)->sentence;
        if (r->blocks.items[r->sentences.items[s].block].kind == BLOCK_PARAGRAPH) {
            return s;
        }
    }
    return NONE;
}

static bool is_headline(const report *r, u32 s, u32 opening) {
    span own = report_cut(r, r->sentences.items[s].text);
    own.len -= own.len > 0 && own.ptr[own.len - 1] == '.';
    bool repeats = s == 0 && r->title.len > 0 && span_eq(own, r->title);
    return repeats || (s < opening && r->blocks.items[r->sentences.items[s].block].kind == BLOCK_HEADING);
}

/* Whether an answer may well have come after the time that is told here.  What answers a deed of the report's own day is of that day. */
static bool is_later(const report *r, u32 index, told_time here) {
    const timex *t = &r->timexes.items[here.timex];
    return here.back || ((t->apart || t->start != r->day) && !is_of_party(r, index, here.timex));
}

static void share(report *r, u32 index, u32 opening) {
    deed *d = &r->deeds.items[index];
    u32 head = r->predicates.items[d->predicate].head, s = report_token(r, head)->sentence;
    u32 teller = teller_of(r, d);
    telling told = telling_at(r, teller);
    told_time here = r->narrative[s];
    bool headline = is_headline(r, s, opening) && told <= TOLD_PRESENT;
    bool live = here.live && told != TOLD_OTHERWISE && !when_lasts(r, head);
    bool goes_on = told == TOLD_PAST && !live && !is_content_of_today(r, head) && !when_lasts(r, head);
    bool late = is_answer(d->plover) && here.timex != NONE && is_later(r, index, here);
    if (here.timex != NONE && (headline || (goes_on && !late))) {
        d->shared = here.timex;
        d->dating = here.unsure ? DATING_LOOKBACK : DATING_NARRATIVE;
    }
    bool fresh = headline || live || (s == opening && told == TOLD_PERFECT && !is_past_perfect(r, teller));
    if (d->shared == NONE && fresh && r->day != INT32_MIN) {
        d->dating = DATING_REPORT;
    }
}

static void explain(report *r, u32 index) {
    static const char *const ways[] = {"", "of its own clause", "of the clause that governs it", "beside it"};
    const deed *d = &r->deeds.items[index];
    u32 timed = d->timex != NONE ? d->timex : d->shared;
    source_line nowhere = {.file = NONE};
    span words = SPAN("");
    if (!r->tracing || d->dating == DATING_NONE) {
        return;
    }
    if (timed != NONE) {
        const timex *t = &r->timexes.items[timed];
        words = report_cut(r, (range){report_token(r, t->first)->text.start, report_token(r, t->end - 1)->text.end});
    }
    u32 at = r->predicates.items[d->predicate].head;
    if (d->dating == DATING_NARRATIVE || d->dating == DATING_LOOKBACK) {
        u32 from = report_token(r, r->timexes.items[timed].first)->sentence + 1;
        report_add_reason(r, STAGE_RECORD, at, index, nowhere, "inherits %s\"%.*s\" from sentence %u",
                          d->dating == DATING_LOOKBACK ? "the year of " : "", (int)words.len, words.ptr, from);
    } else if (d->dating == DATING_REPORT) {
        report_add_reason(r, STAGE_RECORD, at, index, nowhere, "news of the report's date");
    } else {
        report_add_reason(r, STAGE_RECORD, at, index, nowhere, "dated by \"%.*s\" %s", (int)words.len, words.ptr, ways[d->dating]);
    }
}

void date_deeds(report *r) {
    u32 opening = find_opening(r);
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        if (d->timex == NONE && !d->background && d->status != DRG_STATUS_PLANNED) {
            share(r, i, opening);
        }
        explain(r, i);
    }
}
