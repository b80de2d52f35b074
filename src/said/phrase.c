// SPDX-License-Identifier: Apache-2.0
/* Token sets.  A content is a subtree, and a subtree need not be one piece: in
 *
 *     "The bridge, he said, was gone"
 *
 * "he said" governs the clause it splits, so the content is two runs.  Sets are collected with a
 * queue of fixed size, so a hostile sentence costs no more than a long one. */
#include "said/phrase.h"

#include "parse/labels.h"

static bool is_punctuation(const said_work *w, u32 index) { return word_at(w, index)->upos == UPOS_PUNCT; }

static bool keeps_edge(const said_work *w, u32 index) {
    span form = report_form(w->r, index);
    return w->quotes.at[index] != NONE || span_eq(form, SPAN("(")) || span_eq(form, SPAN(")")) || span_eq(form, SPAN("[")) || span_eq(form, SPAN("]"));
}

void runs_add(const said_work *w, runs *into, u32 start, u32 end) {
    (void)w;
    u32 at = 0;
    while (at < into->count && into->items[at].end < start) {
        at++;
    }
    u32 last = at;
    while (last < into->count && into->items[last].start <= end) {
        start = into->items[last].start < start ? into->items[last].start : start;
        end = into->items[last].end > end ? into->items[last].end : end;
        last++;
    }
    if (last == at && into->count == RUN_ROOM) {
        return;
    }
    u32 tail = into->count - last;
    memmove(&into->items[at + 1], &into->items[last], tail * sizeof into->items[0]);
    into->items[at] = (range){start, end};
    into->count = at + 1 + tail;
}

void runs_remove(runs *from, u32 start, u32 end) {
    runs left = {.count = 0};
    for (u32 i = 0; i < from->count; i++) {
        range one = from->items[i];
        if (one.end <= start || one.start >= end) {
            left.items[left.count++] = one;
            continue;
        }
        if (one.start < start && left.count < RUN_ROOM) {
            left.items[left.count++] = (range){one.start, start};
        }
        if (one.end > end && left.count < RUN_ROOM) {
            left.items[left.count++] = (range){end, one.end};
        }
    }
    *from = left;
}

bool runs_have(const runs *these, u32 index) {
    for (u32 i = 0; i < these->count; i++) {
        if (index >= these->items[i].start && index < these->items[i].end) {
            return true;
        }
    }
    return false;
}

void runs_tidy(const said_work *w, runs *these) {
    runs tidy = {.count = 0};
    for (u32 i = 0; i < these->count; i++) {
        range one = these->items[i];
        while (one.start < one.end && is_punctuation(w, one.start) && !keeps_edge(w, one.start)) {
            one.start++;
        }
        while (one.start < one.end && is_punctuation(w, one.end - 1) && !keeps_edge(w, one.end - 1)) {
            one.end--;
        }
        bool words = false;
        for (u32 k = one.start; k < one.end && !words; k++) {
            words = !is_punctuation(w, k);
        }
        if (!words) {
            continue;
        }
        if (tidy.count > 0) {
            u32 gap = tidy.items[tidy.count - 1].end;
            while (gap < one.start && is_punctuation(w, gap)) {
                gap++;
            }
            if (gap == one.start) {
                tidy.items[tidy.count - 1].end = one.end;
                continue;
            }
        }
        tidy.items[tidy.count++] = one;
    }
    *these = tidy;
}

void phrase_add_subtree(said_work *w, u32 head, u32 without, runs *into) {
    u32 stamp = ++w->stamps, count = 0, done = 0, low = head, high = head;
    w->queue[count++] = head;
    w->stamp[head] = stamp;
    while (done < count) {
        u32 at = w->queue[done++];
        low = at < low ? at : low;
        high = at > high ? at : high;
        TREE_EACH_CHILD(w->t, at, child) {
            if (child != without && count < PHRASE_TOKENS && w->stamp[child] != stamp) {
                w->stamp[child] = stamp;
                w->queue[count++] = child;
            }
        }
    }
    high = high - low < 2 * PHRASE_TOKENS ? high : low + 2 * PHRASE_TOKENS;
    for (u32 i = low; i <= high; i++) {
        if (w->stamp[i] == stamp) {
            u32 end = i + 1;
            while (end <= high && w->stamp[end] == stamp) {
                end++;
            }
            runs_add(w, into, i, end);
            i = end;
        }
    }
}

u32 phrase_marker(const said_work *w, u32 head) {
    TREE_EACH_CHILD(w->t, head, child) {
        if (is_child(w, child, DEPREL_case) || is_child(w, child, DEPREL_mark)) {
            return child;
        }
    }
    return NONE;
}

u32 phrase_child(const said_work *w, u32 head, deprel a, deprel b) {
    TREE_EACH_CHILD(w->t, head, child) {
        if (is_child(w, child, a) || is_child(w, child, b)) {
            return child;
        }
    }
    return NONE;
}

bool phrase_is_passive(const said_work *w, u32 verb) {
    u32 index = w->r->predicate_at == NULL ? NONE : w->r->predicate_at[verb];
    return phrase_child(w, verb, DEPREL_nsubj_pass, DEPREL_aux_pass) != NONE ||
           (index != NONE && (w->r->predicates.items[index].flags & PREDICATE_PASSIVE));
}

symbol phrase_marker_word(const said_work *w, u32 head) {
    u32 marker = phrase_marker(w, head);
    return marker == NONE ? NONE : word_at(w, marker)->lower;
}

/* "the minister, who had resigned," speaks as "the minister"; an apposition stays. */
range phrase_speaker(said_work *w, u32 head) {
    runs words = {.count = 0};
    u32 clause = NONE, low = head, high = head + 1;
    TREE_EACH_CHILD(w->t, head, child) {
        u8 relation = word_at(w, child)->deprel;
        bool aside = relation == DEPREL_acl_relcl || relation == DEPREL_advcl || relation == DEPREL_parataxis ||
                     relation == DEPREL_advcl_relcl || relation == DEPREL_cop || relation == DEPREL_nsubj || relation == DEPREL_mark ||
                     relation == DEPREL_case || relation == DEPREL_dep;
        bool participle = relation == DEPREL_acl && child > head && child > 0 && is_punctuation(w, w->t->left[child] > 0 ? w->t->left[child] - 1 : 0);
        if (!aside && !participle && relation != DEPREL_punct) {
            phrase_add_subtree(w, child, NONE, &words);
        } else if (child > head && clause == NONE && relation != DEPREL_punct && relation != DEPREL_case) {
            clause = w->t->left[child];
        }
    }
    runs_add(w, &words, head, head + 1);
    for (u32 i = 0; i < words.count; i++) { /* pieces behind the head's own, parted by commas alone */
        range one = words.items[i];
        if (one.end >= low && one.start <= low) {
            low = one.start;
        }
        u32 gap = high;
        while (gap < one.start && is_punctuation(w, gap)) {
            gap++;
        }
        high = gap >= one.start && one.end > high ? one.end : high;
    }
    for (u32 i = words.count; i-- > 0;) { /* and in front of it */
        u32 gap = words.items[i].end;
        while (gap < low && is_punctuation(w, gap)) {
            gap++;
        }
        low = gap == low && words.items[i].start < low ? words.items[i].start : low;
    }
    if (clause != NONE && clause > head && high > clause) {
        high = clause;
    }
    while (high > head + 1 && is_punctuation(w, high - 1)) {
        high--;
    }
    return (range){low, high};
}

static bool goes_with_cue(const said_work *w, u32 index) {
    u8 relation = word_at(w, index)->deprel, tag = word_at(w, index)->upos;
    bool asks = word_at(w, index)->xpos == XPOS_WRB; /* "when asked", "how he described" */
    return relation == DEPREL_aux || relation == DEPREL_aux_pass || (relation == DEPREL_advmod && !asks) || relation == DEPREL_cop ||
           tag == UPOS_PART;
}

/* "went on to say", "appeared to blame": the verb whose complement the cue is, when they touch. */
u32 phrase_cue_governor(const said_work *w, u32 cue) {
    u32 head = word_at(w, cue)->head, marker = phrase_marker(w, cue);
    bool infinitive = marker != NONE && word_at(w, marker)->lower == w->cues->to;
    if ((word_at(w, cue)->deprel != DEPREL_xcomp && !(word_at(w, cue)->deprel == DEPREL_advcl && infinitive)) || head >= cue ||
        word_at(w, head)->upos != UPOS_VERB) {
        return NONE;
    }
    u32 entry = cue_find(w->cues, &w->r->words, word_at(w, head)->lemma, NONE, UPOS_VERB);
    for (; entry != NONE; entry = w->cues->entries.items[entry].next) {
        u32 taken = w->cues->rows.items[w->cues->entries.items[entry].row].takes;
        if (taken & CUE_TAKES_to && !(taken & CUE_TAKES_raise)) {
            return NONE; /* "refused to say": the refusal is the statement */
        }
    }
    for (u32 i = head + 1; i < cue; i++) {
        u8 relation = word_at(w, i)->deprel;
        if (relation != DEPREL_mark && relation != DEPREL_advmod && relation != DEPREL_compound_prt) {
            return NONE;
        }
    }
    return head;
}

range phrase_cue(const said_work *w, u32 cue, u32 tail) {
    u32 low = cue, high = cue + 1, verb = cue;
    for (u32 steps = 0; steps < 4 && verb != NONE; steps++) {
        low = verb;
        while (low > 0 && word_at(w, low - 1)->head == verb && goes_with_cue(w, low - 1) &&
               word_at(w, low - 1)->deprel != DEPREL_mark) {
            low--;
        }
        verb = phrase_cue_governor(w, verb);
    }
    TREE_EACH_CHILD(w->t, cue, child) {
        if (child == high && is_child(w, child, DEPREL_compound_prt)) {
            high = child + 1;
        }
    }
    if (tail != NONE && tail >= high) {
        high = tail + 1;
    }
    return (range){low, high};
}

bool phrase_is_negation(const said_work *w, u32 index) {
    symbol word = word_at(w, index)->lower;
    return word != NONE && map_find(&w->cues->negations, word) != NONE;
}

bool phrase_negated(const said_work *w, u32 cue) {
    TREE_EACH_CHILD(w->t, cue, child) {
        if ((is_child(w, child, DEPREL_advmod) || is_child(w, child, DEPREL_det)) && phrase_is_negation(w, child)) {
            return true;
        }
    }
    return false;
}

/* A content is one piece on each side of its cue: what the parser lost in between comes back. */
void runs_fill(const said_work *w, runs *these, range cue, range speaker) {
    runs filled = {.count = 0};
    for (u32 i = 0; i < these->count; i++) {
        range one = these->items[i];
        range *last = filled.count ? &filled.items[filled.count - 1] : NULL;
        bool parted = last == NULL || (cue.start >= last->end && cue.start < one.start) ||
                      (speaker.end > speaker.start && speaker.start >= last->end && speaker.start < one.start) ||
                      word_at(w, last->end - 1)->sentence != word_at(w, one.start)->sentence;
        if (parted) {
            filled.items[filled.count++] = one;
        } else {
            last->end = one.end;
        }
    }
    *these = filled;
}
