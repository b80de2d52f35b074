// SPDX-License-Identifier: Apache-2.0
/* In: drafts and quotations.   Out: drafts whose content holds the whole quotation.
 *
 * The parser sees sentences, a quotation has several:
 *
 *     "We did not fire. They did," the general said on Monday. "They always do."
 *
 * "We did not fire." has no cue in its sentence, nor has "They always do."  The owner is looked for
 * in this order: a draft whose content already reaches into the quotation; a speech cue right behind
 * or right in front of it; in the same paragraph, the draft of the quotation before, when nothing but
 * that draft's own sentence lies between; the paragraph before, when it ended in a colon or this
 * paragraph is nothing but quotation.  A quoted word inside a sentence belongs to its sentence. */
#include "said/direct.h"

enum { REACH = 256, LOOK_BACK = 32 }; /* tokens, quotations: keeps a hostile paragraph linear */

static const quotation *quote_at(const said_work *w, u32 index) { return &w->quotes.items.items[index]; }

static bool is_speech(const said_work *w, const draft *d) {
    return w->cues->rows.items[d->row].kind == STATEMENT_KIND_speech && w->quotes.at[d->cue] == NONE;
}

static bool reaches_into(const draft *d, const quotation *q) {
    for (u32 i = 0; i < d->content.count; i++) {
        if (d->content.items[i].start < q->end && d->content.items[i].end > q->first) {
            return true;
        }
    }
    return false;
}

/* Drafts are in text order of their cues: the first with a cue in or behind sentence `at`. */
static u32 first_draft(const said_work *w, u32 from) {
    u32 low = 0, high = w->drafts.count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (w->drafts.items[middle].cue < from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const sentence *sentence_of(const said_work *w, u32 index) { return &w->r->sentences.items[word_at(w, index)->sentence]; }

static bool in_block(const said_work *w, u32 index, u32 number) {
    return index < w->r->tokens.count && sentence_of(w, index)->block == number;
}

/* A speech cue in the sentences that the quotation touches, or in the one that follows its end when
 * that begins in small letters or with the speaker. */
static u32 cue_beside(const said_work *w, const quotation *q) {
    u32 from = sentence_of(w, q->first)->first_token, to = sentence_of(w, q->end - 1)->end_token, best = NONE, distance = NONE;
    bool open_end = to == q->end && in_block(w, to, q->block);
    to = open_end ? sentence_of(w, to)->end_token : to;
    from = q->first > from + REACH ? q->first - REACH : from;
    to = to > q->end + REACH ? q->end + REACH : to;
    for (u32 i = first_draft(w, from); i < w->drafts.count && w->drafts.items[i].cue < to; i++) {
        const draft *d = &w->drafts.items[i];
        if (!is_speech(w, d) || word_at(w, d->cue)->upos == UPOS_NOUN) {
            continue;
        }
        u32 away = d->cue < q->first ? q->first - d->cue : d->cue - q->end;
        bool next_sentence = open_end && d->cue >= q->end;
        if (next_sentence && (away > 8 || d->content.count > 0)) {
            continue;
        }
        away = reaches_into(d, q) ? 0 : away;
        if (away < distance) {
            best = i;
            distance = away;
        }
    }
    return distance <= 24 ? best : NONE;
}

/* Nothing between two quotations but the sentence of the first one's cue. */
static u32 owner_before(const said_work *w, u32 index) {
    const quotation *q = quote_at(w, index);
    u32 before = index;
    while (before > 0 && index - before < LOOK_BACK && quote_at(w, before - 1)->block == q->block) {
        before--;
        const quotation *other = quote_at(w, before);
        if (other->statement == NONE) {
            if (other->full) {
                return NONE;
            }
            continue;
        }
        u32 cue = w->drafts.items[other->statement].cue;
        u32 end = sentence_of(w, cue >= other->end ? cue : other->end - 1)->end_token;
        end = end > sentence_of(w, other->end - 1)->end_token ? end : sentence_of(w, other->end - 1)->end_token;
        return q->first <= end ? other->statement : NONE;
    }
    /* "Smith was blunt about it, he said.  "..."": the cue's sentence right in front */
    u32 first = sentence_of(w, q->first)->first_token;
    if (q->first != first || !in_block(w, first - 1, q->block) || first == 0) {
        return NONE;
    }
    u32 start = sentence_of(w, first - 1)->first_token;
    for (u32 i = first_draft(w, first); i-- > 0 && w->drafts.items[i].cue >= start;) {
        if (is_speech(w, &w->drafts.items[i]) && word_at(w, w->drafts.items[i].cue)->upos == UPOS_VERB) {
            return i;
        }
    }
    return NONE;
}

static bool fills_block(const said_work *w, const quotation *q) {
    bool starts = q->first == 0 || !in_block(w, q->first - 1, q->block);
    return starts && !in_block(w, q->end, q->block);
}

/* The owner in the paragraph before: after a colon, or when a quotation ended it. */
static u32 owner_above(const said_work *w, u32 index) {
    const quotation *q = quote_at(w, index);
    if (q->first == 0 || !fills_block(w, q)) {
        return NONE;
    }
    u32 last = q->first - 1;
    if (index > 0 && quote_at(w, index - 1)->statement != NONE) {
        const draft *d = &w->drafts.items[quote_at(w, index - 1)->statement];
        u32 reach = sentence_of(w, d->cue > quote_at(w, index - 1)->end ? d->cue : quote_at(w, index - 1)->end - 1)->end_token;
        if (reach == q->first) {
            return quote_at(w, index - 1)->statement;
        }
    }
    u32 start = sentence_of(w, last)->first_token;
    for (u32 i = first_draft(w, q->first); i-- > 0 && w->drafts.items[i].cue >= start;) {
        if (is_speech(w, &w->drafts.items[i]) && span_eq(report_form(w->r, last), SPAN(":"))) {
            return i;
        }
    }
    return NONE;
}

static void give(said_work *w, u32 index, u32 owner) {
    quotation *q = &w->quotes.items.items[index];
    draft *d = &w->drafts.items[owner];
    bool leads = d->content.count == 0 || d->content.items[0].start + 1 >= q->first;
    if (!d->direct && leads && (d->clause == NONE || (d->clause >= q->first && d->clause < q->end))) {
        d->content.count = 0; /* the parser's clause may reach past the closing mark */
    }
    bool names = d->tail != NONE && (w->cues->rows.items[d->row].takes & CUE_TAKES_clause) && !reaches_into(d, q);
    if (names && !d->direct) { /* "It is over," he said of the talks: what is spoken of, not what is said */
        d->content.count = 0;
        d->tail = NONE;
    }
    q->statement = owner;
    d->direct = true;
    runs_add(w, &d->content, q->first, q->end);
}

/* The nominal phrase that token `at` is part of: its head on the cue's side, or NONE. */
static u32 noun_at(const said_work *w, u32 at, u32 cue) {
    for (u32 steps = 0; steps < 8 && at < w->r->tokens.count; steps++) {
        u32 head = word_at(w, at)->head;
        u8 relation = word_at(w, at)->deprel;
        bool inner = relation == DEPREL_det || relation == DEPREL_amod || relation == DEPREL_compound || relation == DEPREL_nmod_poss ||
                     relation == DEPREL_nummod || relation == DEPREL_flat || relation == DEPREL_nmod_desc || relation == DEPREL_nmod ||
                     relation == DEPREL_appos || relation == DEPREL_case || relation == DEPREL_conj || relation == DEPREL_punct;
        if (!inner || head >= w->r->tokens.count || (head < cue) != (at < cue) || w->quotes.at[head] != NONE) {
            break;
        }
        at = head;
    }
    u8 tag = at < w->r->tokens.count ? word_at(w, at)->upos : UPOS_X;
    return (tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_PRON) && w->quotes.at[at] == NONE ? at : NONE;
}

/* "The plan failed," said the man who drew it up: where the parser took a quoted word for the
 * subject, the speaker is the phrase behind the cue, or the one in front. */
static void mend_speaker(said_work *w, draft *d) {
    if (!d->direct || word_at(w, d->cue)->upos != UPOS_VERB || (d->speaker != NONE && w->quotes.at[d->speaker] == NONE)) {
        return;
    }
    u32 after = d->cue + 1, end = sentence_of(w, d->cue)->end_token, speaker = NONE;
    bool heard = w->cues->rows.items[d->row].takes & CUE_TAKES_hearer; /* behind it stands who was told */
    if (!heard && after < end && w->quotes.at[after] == NONE && word_at(w, after)->upos != UPOS_PUNCT) {
        speaker = noun_at(w, after, d->cue);
    }
    for (u32 at = d->cue; speaker == NONE && at-- > sentence_of(w, d->cue)->first_token && d->cue - at < 4 && w->quotes.at[at] == NONE;) {
        u8 tag = word_at(w, at)->upos;
        speaker = tag == UPOS_PUNCT ? NONE : noun_at(w, at, d->cue);
        if (tag != UPOS_ADV && tag != UPOS_AUX && tag != UPOS_PUNCT) {
            break;
        }
    }
    d->speaker = speaker != NONE ? speaker : d->speaker;
}

void direct_run(said_work *w) {
    bool goes_on = false;
    u32 speech = NONE, chain = 0;
    for (u32 i = 0; i < w->quotes.items.count; i++) {
        quotation *q = &w->quotes.items.items[i];
        if (goes_on && speech != NONE) {
            give(w, i, speech);
        } else if (q->full) {
            u32 owner = cue_beside(w, q);
            owner = owner == NONE ? owner_before(w, i) : owner;
            owner = owner == NONE ? owner_above(w, i) : owner;
            if (owner != NONE) {
                give(w, i, owner);
            }
        }
        if (!goes_on) {
            chain = i;
        } else if (speech == NONE && q->full) { /* the cue came with a later paragraph of the speech */
            u32 owner = cue_beside(w, q);
            for (u32 k = chain; owner != NONE && k <= i; k++) {
                give(w, k, owner);
            }
        }
        speech = w->quotes.items.items[i].statement;
        goes_on = q->continues;
    }
    for (u32 i = 0; i < w->drafts.count; i++) {
        mend_speaker(w, &w->drafts.items[i]);
    }
}
