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

static u32 name_end(const report *r, u32 first) {
    u32 end = first + 1;
    const token *t = r->tokens.items;
    while (end < r->tokens.count && t[end].name == t[first].name && !t[end].name_begins && t[end].sentence == t[first].sentence) {
        end++;
    }
    return end;
}

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
        u32 kind = r->tokens.items[i].name, end = name_end(r, i);
        if (kind == NAME_NONE) {
            i++;
            continue;
        }
        bool person = kind == NAME_PER && end - i > 1 && tables_of(a, end - 1, end) == 0;
        if (!vote(a, i, end) || (person && !add_votes(a, end - 1, end, kind, SURNAME_VOTES)) ||
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
    for (u32 kind = 1; kind < NAME_COUNT; kind++) {
        p.sums[kind] += (i64)(tables >> kind & 1) * TABLE_VOTES * (p.count > 0 ? p.count : 1) * a->votes->unit;
        best = best == NAME_NONE || p.sums[kind] > p.sums[best] ? kind : best;
    }
    return best;
}

/* ------------------------------------------------------------------ titles */

static void unname(agreement *a, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        a->r->tokens.items[i].name = NAME_NONE;
        a->r->tokens.items[i].name_begins = false;
    }
}

static bool is_nation(const agreement *a, u32 at) { return (tables_of(a, at, at + 1) >> NAME_NORP & 1) != 0; }

/* "the Peruvian Head of State", "the First Lady": an office, whoever holds it, is no name; its nation is. */
static bool is_office(agreement *a, u32 first, u32 end) {
    bool found = false;
    for (u32 i = first; i < end;) {
        bool honours;
        u32 stop = marks_title_end(a->votes->tables, a->r, i, end, &honours);
        found = found || stop > i;
        if (stop == i && !is_nation(a, i) && !span_eq(report_cut(a->r, a->r->tokens.items[i].text), SPAN("the"))) {
            return false;
        }
        i = stop > i ? stop : i + 1;
    }
    return found;
}

/* "the ambassador to Portugal Carlos Gil de Montes": a state before a whole name is no part of it. */
static u32 state_end(const agreement *a, u32 first, u32 end) {
    const token *t = a->r->tokens.items;
    u32 set = map_find(&a->votes->tables->words, t[first].lower);
    bool listed = end - first > 2 && (tables_of(a, first, first + 1) >> NAME_LOC & 1) && t[first].name == NAME_PER;
    return listed && (set == NONE || !(set >> MARK_GIVEN & 1)) ? first + 1 : first;
}

/* "Young Algerians", "Ugandan radio": a people behind words that are no proper nouns, or before words in small letters. */
static bool is_people(const agreement *a, u32 first, u32 end) {
    bool plain = end - first > 1 && is_nation(a, end - 1);
    for (u32 i = first; i + 1 < end && plain; i++) {
        plain = a->r->tokens.items[i].upos == UPOS_ADJ || a->r->tokens.items[i].upos == UPOS_NUM;
        plain = plain && !is_nation(a, i);
    }
    bool leads = end - first > 1 && is_nation(a, first);
    for (u32 i = first + 1; i < end && leads; i++) {
        leads = a->r->tokens.items[i].upos == UPOS_NOUN && a->r->tokens.items[i].form == a->r->tokens.items[i].lower;
    }
    return plain || leads;
}

/* "Admiral Tangsiri", "Special Envoy Hammer": a person's name begins behind the last title.  "the Academy of Sciences
 * Dr. Enkhtur": what only honours begins a person's name after another. */
static void shed_titles_of(agreement *a, u32 first, u32 end) {
    token *t = a->r->tokens.items;
    if (is_office(a, first, end) || is_people(a, first, end)) {
        for (u32 i = first; i < end; i++) {
            t[i].name_begins = is_nation(a, i);
            t[i].name = t[i].name_begins ? NAME_NORP : NAME_NONE;
        }
        return;
    }
    if (state_end(a, first, end) > first) {
        t[first].name = NAME_LOC;
        t[++first].name_begins = true;
    }
    u32 kind = t[first].name, start = first, cut = end;
    for (u32 i = first; i < end;) {
        bool honours = false;
        u32 stop = marks_title_end(a->votes->tables, a->r, i, end, &honours);
        bool sheds = stop > i && (kind == NAME_PER || honours || (i == first && stop == end));
        cut = sheds && start == first ? i : cut;
        start = sheds ? stop : start;
        i = stop > i ? stop : i + 1;
    }
    if (start == first) {
        if (end == first + 1 && t[first].text.end == t[first].text.start + 1) { /* "16 C" */
            unname(a, first, end);
        }
        return;
    }
    unname(a, kind == NAME_PER ? first : cut, start);
    for (u32 i = start; i < end; i++) {
        t[i].name = NAME_PER;
        t[i].name_begins = i == start;
    }
}

/* "Virender Sehwag", "Han Duck-soo": what the tree holds together as one person's name, and what a hyphen does. */
static void join_parts(agreement *a) {
    token *t = a->r->tokens.items;
    for (u32 i = 1; i < a->r->tokens.count; i++) {
        bool flat = t[i].deprel == DEPREL_flat && t[i].head == i - 1 && t[i - 1].upos == UPOS_PROPN && t[i].name == NAME_PER && t[i].name_begins;
        bool open = t[i - 1].name == NAME_NONE || t[i - 1].name == NAME_PER;
        if (flat && open && t[i - 1].sentence == t[i].sentence) {
            t[i].name_begins = false;
            t[i - 1].name_begins = t[i - 1].name_begins || t[i - 1].name == NAME_NONE;
            t[i - 1].name = NAME_PER;
        }
    }
    for (u32 i = 1; i + 1 < a->r->tokens.count; i++) {
        bool hyphen = t[i].xpos == XPOS_HYPH && !t[i - 1].space_after && !t[i].space_after && t[i + 1].sentence == t[i - 1].sentence;
        bool person = t[i - 1].name == NAME_PER && (t[i + 1].name == NAME_PER || t[i + 1].name == NAME_NONE);
        if (hyphen && person && t[i + 1].upos == UPOS_PROPN) {
            t[i].name = t[i + 1].name = NAME_PER;
            t[i].name_begins = t[i + 1].name_begins = false;
        }
    }
}

static void shed_titles(agreement *a) {
    const token *t = a->r->tokens.items;
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        end = t[i].name == NAME_NONE ? i + 1 : name_end(a->r, i);
        if (t[i].name == NAME_PER || t[i].name == NAME_ORG || t[i].name == NAME_LOC) {
            shed_titles_of(a, i, end);
        }
    }
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
    bool first = at == a->r->sentences.items[t[at].sentence].first_token, noun = (t[at].upos == UPOS_NOUN || t[at].upos == UPOS_X) && t[at].xpos != XPOS_NNS && t[at].text.end - t[at].text.start > 1;
    return end == at && t[at].name == NAME_NONE && is_capital(&t[at]) && noun && !first ? at + 1 : end;
}

/* The kind of words that the network passed over: as their like elsewhere, else as what stands beside them says, if that is more
 * than the network finds against it. */
static u32 kind_passed_over(agreement *a, u32 first, u32 end) {
    i64 votes[NAME_COUNT] = {0}, best = 0;
    u32 kind = elected(a, first, end, NAME_NONE);
    if (kind != NAME_NONE || a->r->tokens.items[first].upos != UPOS_PROPN) {
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

static void name_span(agreement *a, u32 first, u32 end, u32 kind) {
    for (u32 i = first; i < end; i++) {
        a->r->tokens.items[i].name = (u8)kind;
        a->r->tokens.items[i].name_begins = i == first && kind != NAME_NONE;
    }
}

static void apply(agreement *a) {
    for (u32 i = 0, end; i < a->r->tokens.count; i = end) {
        u32 own = a->r->tokens.items[i].name;
        end = own == NAME_NONE ? passed_over_end(a, i) : name_end(a->r, i);
        if (end > i) {
            name_span(a, i, end, own == NAME_NONE ? kind_passed_over(a, i, end) : elected(a, i, end, own));
        }
        end = end > i ? end : i + 1;
    }
}

/* "World Health Organization": the longest run of words that a table lists under one kind is a
 * name, whatever the network made of its edges. */
static void mark_listed(agreement *a) {
    token *t = a->r->tokens.items;
    for (u32 s = 0; s < a->r->sentences.count; s++) {
        u32 stop = a->r->sentences.items[s].end_token;
        for (u32 i = a->r->sentences.items[s].first_token; i < stop; i++) {
            u32 end = i + NAME_WORDS < stop ? i + NAME_WORDS : stop, tables = 0;
            while (t[i].form != t[i].lower && end > i + 1 && (t[end - 1].form == t[end - 1].lower || (tables = tables_of(a, i, end)) == 0)) {
                end--;
            }
            if (tables == 0 || (tables & (tables - 1)) != 0) {
                continue;
            }
            for (u32 k = i; k < end; k++) {
                t[k].name = (u8)__builtin_ctz(tables);
                t[k].name_begins = k == i;
            }
            if (end < stop && t[end].name != NAME_NONE) {
                t[end].name_begins = true;
            }
            i = end - 1;
        }
    }
}

bool agree_names(report *r, const name_votes *votes, arena *scratch) {
    agreement a = {.r = r, .votes = votes, .scratch = scratch};
    map_open(&a.polls, scratch);
    mark_listed(&a);
    join_parts(&a);
    shed_titles(&a);
    if (!hold_polls(&a)) {
        return false;
    }
    apply(&a);
    return true;
}
