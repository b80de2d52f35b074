// SPDX-License-Identifier: Apache-2.0
/* The network sees one sentence at a time; a report says the same name again and again.
 *
 *     "Aoun met ... ."  PER      "... with Aoun ."  LOC      "President Michel Aoun ..."  PER
 *     "the Royal Irrigation Department (RID)"  ORG           "the RID"  LOC
 *
 * Each span votes for the kinds of its words by how well the network finds that they suit it; a person's
 * full name speaks for PER on its last word alone, an organisation's for ORG on its letters in
 * brackets behind it, a table of world/ for what it lists.  Spans then take the kind with the best
 * sum, and a proper noun that was passed over takes the kind that its like has elsewhere in the
 * report.  Titles are no part of a person's name: "King Salman" is Salman. */
#include "parse/agree.h"

#include "base/map.h"
#include "parse/bounds.h"
#include "parse/labels.h"

typedef struct {
    i64 sums[NAME_COUNT];
    u32 count; /* spans of the network's */
} poll;

typedef struct {
    report *r;
    const name_votes *votes;
    arena *scratch;
    map polls; /* words of a name -> index */
    LIST(poll) all;
} agreement;

enum { NAME_WORDS = 12, TABLE_VOTES = 3, SURNAME_VOTES = 2, LETTERS_VOTES = 4, SPAN_VOTES = 12 }; /* in units */

static const i64 TOWN_VOTES[] = {[MARK_TOWN] = 0, [MARK_CITY] = 1, [MARK_SEAT] = 3};

static u64 key_of(const report *r, u32 first, u32 end) {
    u32 words[NAME_WORDS], count = 0;
    for (u32 i = first; i < end && count < NAME_WORDS; i++) {
        words[count++] = r->tokens.items[i].lower;
    }
    return map_key_of_symbols(words, count);
}

static poll *poll_of(agreement *a, u32 first, u32 end) {
    u64 key = key_of(a->r, first, end);
    u32 at = map_find(&a->polls, key);
    if (at == NONE) {
        at = a->all.count;
        if (list_push(a->scratch, &a->all) == NULL || !map_set(&a->polls, key, at)) {
            return NULL;
        }
    }
    return &a->all.items[at];
}

static u32 tables_of(const agreement *a, u32 first, u32 end) { return known_names_find(&a->votes->tables->known, a->r, first, end); }

/* A span's own votes: how far each kind lies behind the best, SPAN_VOTES at most. */
static bool vote(agreement *a, u32 first, u32 end) {
    poll *p = poll_of(a, first, end);
    i64 sums[NAME_COUNT] = {0}, beside[NAME_COUNT] = {0}, best = INT64_MIN;
    beside_vote(a->votes->beside, a->votes->tables, a->r, (range){first, end}, beside);
    if (tables_of(a, first, end) == 1u << NAME_LOC) { /* "Muscat hopes": its government */
        beside[NAME_PER] = beside[NAME_PER] < 0 ? beside[NAME_PER] : 0;
        beside[NAME_LOC] = beside[NAME_LOC] > 0 ? beside[NAME_LOC] : 0;
    }
    for (u32 kind = 1; kind < NAME_COUNT && p != NULL; kind++) {
        for (u32 i = first; i < end; i++) {
            sums[kind] += a->votes->scores[i][kind];
        }
        best = sums[kind] > best ? sums[kind] : best;
    }
    for (u32 kind = 1; kind < NAME_COUNT && p != NULL; kind++) {
        i64 behind = best - sums[kind], most = (i64)SPAN_VOTES * a->votes->unit;
        p->sums[kind] += beside[kind] * a->votes->unit - (behind < most ? behind : most);
    }
    if (p != NULL) {
        p->count++;
    }
    return p != NULL;
}

static bool add_votes(agreement *a, u32 first, u32 end, u32 kind, i64 votes) {
    poll *p = poll_of(a, first, end);
    if (p != NULL) {
        p->sums[kind] += votes * a->votes->unit;
    }
    return p != NULL;
}

/* "(RID)" behind a name whose words begin so, small words left out or not. */
static bool abbreviates(const agreement *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    if (end + 2 >= a->r->tokens.count || t[end + 1].sentence != t[first].sentence || !span_eq(report_cut(a->r, t[end].text), SPAN("("))) {
        return false;
    }
    span letters = report_cut(a->r, t[end + 1].text);
    size_t met = 0;
    for (u32 i = first; i < end && met < letters.len; i++) {
        met += ascii_to_upper(a->r->text.ptr[t[i].text.start]) == letters.ptr[met];
    }
    return letters.len > 1 && end - first > 1 && met == letters.len && span_eq(report_cut(a->r, t[end + 2].text), SPAN(")"));
}

static bool hold_polls(agreement *a) {
    const report *r = a->r;
    for (u32 i = 0; i < r->tokens.count;) {
        u32 kind = r->tokens.items[i].name, end = bounds_name_end(r, i);
        if (kind == NAME_NONE) {
            i++;
            continue;
        }
        bool person = kind == NAME_PER && end - i > 1 && tables_of(a, end - 1, end) == 0;
        bool family = person && beside_lists(a->votes->beside, BESIDE_FAMILY, r->tokens.items[i].lower); /* "Wang Yi" */
        if (!vote(a, i, end) || (family && !add_votes(a, i, i + 1, kind, SURNAME_VOTES)) || (person && !add_votes(a, end - 1, end, kind, SURNAME_VOTES)) ||
            (kind == NAME_ORG && abbreviates(a, i, end) && !add_votes(a, end + 1, end + 2, kind, LETTERS_VOTES))) {
            return false;
        }
        i = end;
    }
    return true;
}

/* The kind with the best sum, `own` at a tie; NAME_NONE when the words were never a name. */
static u32 elected(const agreement *a, u32 first, u32 end, u32 own) {
    u32 at = map_find(&a->polls, key_of(a->r, first, end)), best = own, tables = tables_of(a, first, end);
    poll p = at == NONE ? (poll){{0}, 0} : a->all.items[at];
    if (own == NAME_NONE && p.count == 0 && tables == 0) {
        return NAME_NONE;
    }
    i64 spans = p.count > 0 ? p.count : 1, town = marks_town(a->votes->tables, a->r, first, end);
    p.sums[NAME_LOC] += town == NONE ? 0 : TOWN_VOTES[town] * spans * a->votes->unit;
    for (u32 kind = 1; kind < NAME_COUNT; kind++) {
        p.sums[kind] += (i64)(tables >> kind & 1) * TABLE_VOTES * spans * a->votes->unit;
        best = best == NAME_NONE || p.sums[kind] > p.sums[best] ? kind : best;
    }
    return best;
}

static bool is_capital(const token *t) { return t->form != t->lower; }

/* The end of the run of capital words without a name that begins at `at`: proper nouns, or a single word that is taken
 * for another noun but is a name elsewhere. */
static u32 passed_over_end(const agreement *a, u32 at) {
    const token *t = a->r->tokens.items;
    u32 stop = a->r->sentences.items[t[at].sentence].end_token, end = at;
    while (end < stop && t[end].name == NAME_NONE && is_capital(&t[end]) && t[end].upos == UPOS_PROPN) {
        end++;
    }
    bool honours;
    if (marks_title_end(a->votes->tables, a->r, at, end, &honours) > at) {
        return at; /* "Mr Speaker" */
    }
    bool first = at == a->r->sentences.items[t[at].sentence].first_token, listed = t[at].upos == UPOS_ADJ && tables_of(a, at, at + 1) == 1u << NAME_LOC && !beside_lists(a->votes->beside, BESIDE_COMPASS, t[at].lower);
    bool noun = (t[at].upos == UPOS_NOUN || t[at].upos == UPOS_X || listed) && t[at].xpos != XPOS_NNS && t[at].text.end - t[at].text.start > 1;
    return end == at && t[at].name == NAME_NONE && is_capital(&t[at]) && noun && !first ? at + 1 : end;
}

/* The kind of words that the network passed over: as their like elsewhere, else as what stands beside them says, if that is more
 * than the network finds against it. */
static u32 kind_passed_over(agreement *a, u32 first, u32 end) {
    i64 votes[NAME_COUNT] = {0}, best = 0;
    symbol only = end == first + 1 ? a->r->tokens.items[first].lower : NONE;
    if (beside_lists(a->votes->beside, BESIDE_NEVER, only) || beside_lists(a->votes->beside, BESIDE_DAY, only) || beside_lists(a->votes->beside, BESIDE_COMMON, only)) {
        return NAME_NONE;
    }
    u32 kind = elected(a, first, end, NAME_NONE);
    if (kind != NAME_NONE || (a->r->tokens.items[first].upos != UPOS_PROPN && !beside_lists(a->votes->beside, BESIDE_ALONE, only))) {
        return kind;
    }
    beside_vote(a->votes->beside, a->votes->tables, a->r, (range){first, end}, votes);
    for (u32 other = 1; other < NAME_COUNT; other++) {
        i64 sum = votes[other] * a->votes->unit;
        for (u32 i = first; i < end; i++) {
            sum += a->votes->scores[i][other] - a->votes->scores[i][0];
        }
        if (votes[other] > 0 && sum > best) {
            best = sum;
            kind = other;
        }
    }
    return kind;
}

static void apply(agreement *a) {
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        u32 own = a->r->tokens.items[i].name;
        end = own == NAME_NONE ? passed_over_end(a, i) : bounds_name_end(a->r, i);
        if (end > i) {
            bounds_name(a->r, i, end, own == NAME_NONE ? kind_passed_over(a, i, end) : elected(a, i, end, own));
        }
        end = end > i ? end : i + 1;
    }
}

bool agree_names(report *r, const name_votes *votes, arena *scratch) {
    agreement a = {.r = r, .votes = votes, .scratch = scratch};
    map_open(&a.polls, scratch);
    bounds_settle(r, votes->tables, votes->beside);
    if (!hold_polls(&a)) {
        return false;
    }
    apply(&a);
    bounds_numbered(r, votes->tables);
    return true;
}
