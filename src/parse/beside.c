// SPDX-License-Identifier: Apache-2.0
/* lang/en/names.tsv has the words and their weights; here is where they are looked for:
 *
 *     said Orlo .           subject of say           the town of Orlo     of town
 *     Orlo shares fell      after shares             Orlo 's wife         owned wife
 *     Mr Orlo               title                    Orlo , 49 ,          age */
#include "parse/beside.h"

#include "base/table.h"
#include "parse/labels.h"

#define NAMES_FILE "lang/en/names.tsv"

static const char *const place_names[BESIDE_COUNT] = {"subject", "before", "of", "after", "owned", "title", "age", "first", "last",
                                                       "alone", "never", "compass", "field", "owner", "divide", "family", "particle", "prefix", "suffix", "team", "common", "day"};

static u64 key_of(u32 where, symbol word) { return (u64)where << 32 | word; }

static i8 number_of(span digits) {
    bool negative = digits.len > 0 && digits.ptr[0] == '-';
    i32 value = 0;
    for (size_t i = negative; i < digits.len && i < 2u + negative; i++) {
        value = ascii_is_digit(digits.ptr[i]) ? value * 10 + (digits.ptr[i] - '0') : value;
    }
    return (i8)(negative ? -value : value);
}

static drg_status read_row(beside_words *b, knowledge *k, const table *t, drg_error *error) {
    span name = table_field(t, "where"), words = table_field(t, "words");
    u32 where = BESIDE_COUNT;
    for (u32 i = 0; i < BESIDE_COUNT; i++) {
        where = span_eq(name, span_of(place_names[i])) ? i : where;
    }
    if (where == BESIDE_COUNT) {
        table_complain(t, "there is no place \"%.*s\"", (int)name.len, name.ptr);
        return DRG_OK;
    }
    beside_row *row = list_push(&k->memory, &b->all);
    bool good = row != NULL;
    if (good) {
        row->votes[NAME_PER] = number_of(table_field(t, "person"));
        row->votes[NAME_ORG] = number_of(table_field(t, "body"));
        row->votes[NAME_LOC] = number_of(table_field(t, "place"));
        row->votes[NAME_MISC] = number_of(table_field(t, "thing"));
        row->votes[NAME_NORP] = number_of(table_field(t, "people"));
    }
    bool wordless = where == BESIDE_TITLE || where == BESIDE_AGE;
    good = good && (!wordless || map_set(&b->rows, key_of(where, 0), b->all.count - 1));
    while (words.len > 0 && good) {
        symbol word = symbols_add(&k->words, span_trim(span_next_field(&words, ';')));
        good = word != NONE && map_set(&b->rows, key_of(where, word), b->all.count - 1);
    }
    return good ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, NAMES_FILE, 0, "out of memory");
}

drg_status beside_open(beside_words *b, knowledge *k, drg_error *error) {
    table t;
    map_open(&b->rows, &k->memory);
    DRG_TRY(table_open(&t, k, NAMES_FILE, error));
    while (table_next(&t)) {
        DRG_TRY(read_row(b, k, &t, error));
    }
    b->of = symbols_add(&k->words, SPAN("of"));
    b->at = symbols_add(&k->words, SPAN("at"));
    b->who = symbols_add(&k->words, SPAN("who"));
    b->own = symbols_add(&k->words, SPAN("'s"));
    b->own_curly = symbols_add(&k->words, SPAN("\xE2\x80\x99s"));
    return DRG_OK;
}

bool beside_lists(const beside_words *b, beside_place where, symbol word) { return map_find(&b->rows, key_of(where, word)) != NONE; }

static void add(const beside_words *b, beside_place where, symbol word, i64 votes[NAME_COUNT]) {
    u32 at = map_find(&b->rows, key_of(where, word));
    for (u32 kind = 1; at != NONE && kind < NAME_COUNT; kind++) {
        votes[kind] += b->all.items[at].votes[kind];
    }
}

/* The word of the name whose head lies outside. */
static u32 head_of(const token *t, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        if (t[i].head == NONE || t[i].head < first || t[i].head >= end) {
            return i;
        }
    }
    return first;
}

/* The last word of a name, before its "of": Ministry in "Ministry of Health". */
static u32 last_of(const token *t, u32 first, u32 end) {
    u32 last = first;
    while (last + 1 < end && t[last + 1].upos != UPOS_ADP) {
        last++;
    }
    return last;
}

static void look_before(const beside_words *b, const name_tables *tables, const report *r, u32 first, u32 start, i64 votes[NAME_COUNT]) {
    const token *t = r->tokens.items;
    if (first == start) {
        return;
    }
    bool honours, title = marks_title_end(tables, r, first - 1, first, &honours) == first;
    if (title && t[first - 1].form != t[first - 1].lower) {
        add(b, BESIDE_TITLE, 0, votes);
    } else {
        add(b, BESIDE_BEFORE, t[first - 1].lower, votes);
    }
    if (first - start > 1 && (t[first - 1].lower == b->of || t[first - 1].lower == b->at)) {
        add(b, BESIDE_OF, t[first - 2].lower, votes);
    }
}

static void look_behind(const beside_words *b, const report *r, u32 end, u32 stop, i64 votes[NAME_COUNT]) {
    const token *t = r->tokens.items;
    if (end >= stop) {
        return;
    }
    bool comma = span_eq(report_cut(r, t[end].text), SPAN(",")), owns = t[end].lower == b->own || t[end].lower == b->own_curly;
    if (owns && end + 1 < stop) {
        add(b, BESIDE_OWNED, t[end + 1].lower, votes);
    } else if (comma && end + 2 < stop && t[end + 1].upos == UPOS_NUM && span_eq(report_cut(r, t[end + 2].text), SPAN(","))) {
        add(b, BESIDE_AGE, 0, votes);
    } else if (comma && end + 1 < stop && t[end + 1].lower == b->who) {
        add(b, BESIDE_OWNED, b->who, votes);
    } else {
        add(b, BESIDE_AFTER, t[end].lower, votes);
    }
}

void beside_vote(const beside_words *b, const name_tables *tables, const report *r, range name, i64 votes[NAME_COUNT]) {
    const token *t = r->tokens.items;
    const sentence *s = &r->sentences.items[t[name.start].sentence];
    u32 head = head_of(t, name.start, name.end);
    if (t[head].deprel == DEPREL_nsubj && t[head].head != NONE) {
        add(b, BESIDE_SUBJECT, t[t[head].head].lemma, votes);
    }
    if (name.end > name.start + 1) {
        add(b, BESIDE_FIRST, t[name.start].lower, votes);
        add(b, BESIDE_LAST, t[last_of(t, name.start, name.end)].lower, votes);
    } else {
        add(b, BESIDE_ALONE, t[name.start].lower, votes);
    }
    if (name.end == name.start + 4 && span_eq(report_cut(r, t[name.start + 2].text), SPAN("-")) && t[name.end - 1].form == t[name.end - 1].lower) {
        add(b, BESIDE_FAMILY, t[name.start].lower, votes);
    }
    look_before(b, tables, r, name.start, s->first_token, votes);
    look_behind(b, r, name.end, s->end_token, votes);
}
