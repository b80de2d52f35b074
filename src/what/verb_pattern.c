// SPDX-License-Identifier: Apache-2.0
/* What stands in a dictionary's pattern and in its brackets.
 *
 *     - $ * DIPLOMATIC_&TIES (WITH +) [161:164]
 *         $ source  * the verb  + target  % several actors joined  ^ an actor that is passed over
 *         A_B       B right behind A; a blank: other words may stand between
 *         &TIES     any phrase of the set           { A | B }   one of these
 *         {OLD TIE} PETRARCH2: a phrase, its head last           (WITH +)    behind a preposition
 *
 * What PETRARCH2 asks of the tree is asked here of the words: the parts of a phrase stand within three
 * words, those behind a preposition within eight, and a head is not the first part of a compound. */
#include "base/dictionary.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "what/verb_reader.h"

#define REACH_PHRASE 3      /* words between the parts of { } */
#define REACH_PREPOSITION 8 /* words between a preposition and what stands behind it */
#define REACH_SET 4         /* words between the words of a set's phrase */

/* ------------------------------------------------------------------ codes */

/* "031!?", "031/ISSUE": the code alone, with its marks taken off. */
static bool read_half(verb_reader *rd, span text, verb_code *out, symbol *code) {
    span shown = span_cut(text, 0, text.len < 30 ? text.len : 30), whole = text;
    text = span_trim(span_next_field(&text, '/'));
    while (text.len > 0 && (text.ptr[text.len - 1] == '!' || text.ptr[text.len - 1] == '?')) {
        *(text.ptr[text.len - 1] == '!' ? &out->dominant : &out->subordinate) = true;
        text.len--;
    }
    *code = NONE;
    if (whole.len == 0) {
        return true;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_alnum(text.ptr[i])) {
            text.len = 0;
        }
    }
    if (text.len == 0 || text.len > 12) {
        verb_skip(rd, "[%.*s] is no code: write one as [0214], a pair as [031:032], or [---] for none", (int)shown.len, shown.ptr);
        return false;
    }
    *code = symbols_add(&rd->known->words, text);
    return true;
}

bool verb_read_code(verb_reader *rd, span inside, verb_code *out) {
    *out = (verb_code){.forward = NONE, .back = NONE};
    if (span_starts(inside, SPAN("---")) || span_starts(inside, SPAN("+++")) || span_starts(inside, SPAN("###"))) {
        out->silent = true;
        out->discards = inside.ptr[0] == '#';
        return true;
    }
    span rest = inside, first = span_trim(span_next_field(&rest, ':'));
    if (!read_half(rd, first, out, &out->forward) || !read_half(rd, span_trim(rest), out, &out->back)) {
        return false;
    }
    if (out->forward == NONE && out->back == NONE) {
        verb_skip(rd, "empty brackets: write a code, or [---] for words that are no event");
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ sets */

bool verb_items_negate(const verb_tables *tables, u32 first, u32 end) {
    bool found = false;
    for (u32 i = first; i < end; i++) {
        const pattern_item *item = &tables->items.items[i];
        found |= item->kind == PATTERN_WORD && clause_word_is(tables->clauses, item->what, CLASS_NEGATION);
        found |= item->kind == PATTERN_SET && tables->sets.items[item->what].negates;
    }
    return found;
}

bool verb_add_phrase(verb_tables *tables, u32 set, u32 first, u32 end) {
    const pattern_item *edges[2] = {&tables->items.items[first], &tables->items.items[end - 1]};
    set_phrase *made = list_push(&tables->known->memory, &tables->phrases);
    if (made == NULL) {
        return false;
    }
    *made = (set_phrase){.first_item = first, .end_item = end};
    tables->sets.items[set].negates |= verb_items_negate(tables, first, end);
    for (u32 back = 0; back < 2; back++) {
        bool plain = edges[back]->kind == PATTERN_WORD && !edges[back]->stem;
        u64 key = (u64)set << 33 | (u64)back << 32 | (plain ? edges[back]->what : NONE);
        made->next[back] = map_find(&tables->phrase_index, key);
        if (!map_set(&tables->phrase_index, key, tables->phrases.count - 1)) {
            return false;
        }
    }
    return true;
}

static u32 add_set(verb_tables *tables, symbol name) {
    synonym_set *made = list_push(&tables->known->memory, &tables->sets);
    if (made == NULL) {
        return NONE;
    }
    *made = (synonym_set){.name = name, .plain = true};
    return tables->sets.count - 1;
}

static void complain_of_set(verb_reader *rd, span name) {
    const char *names[256];
    size_t count = 0;
    char wanted[64];
    snprintf(wanted, sizeof wanted, "%.*s", (int)name.len, name.ptr);
    for (char *c = wanted; *c != '\0'; c++) {
        *c = ascii_to_lower(*c);
    }
    for (u32 i = 0; i < rd->tables->sets.count && count < COUNT_OF(names); i++) {
        symbol id = rd->tables->sets.items[i].name;
        if (id != NONE) {
            names[count++] = symbols_text(&rd->known->words, id).ptr;
        }
    }
    const char *best = nearest_name(wanted, names, count);
    char shown[64] = "";
    for (size_t i = 0; best != NULL && best[i] != '\0' && i + 1 < sizeof shown; i++) {
        shown[i] = ascii_to_upper(best[i]);
    }
    verb_skip(rd, "no such set &%.*s%s%s%s", (int)name.len, name.ptr, best != NULL ? "; did you mean &" : ": define it above, as &NAME and lines that begin with +",
              shown, best != NULL ? "?" : "");
}

/* ------------------------------------------------------------------ items */

typedef struct {
    verb_reader *rd;
    span rest;
    pattern_item made[PATTERN_ITEMS];
    u32 count;
    u8 reach;        /* of the next item */
    u8 blank;        /* what a blank means: in a set's phrase, behind a preposition ... */
    bool wrong;      /* told already */
} scan;

static void push(scan *s, pattern_kind kind, u32 what) {
    if (s->count == PATTERN_ITEMS) {
        if (!s->wrong) {
            verb_skip(s->rd, "more than %d parts: split the pattern", PATTERN_ITEMS);
        }
        s->wrong = true;
        return;
    }
    s->made[s->count++] = (pattern_item){.what = what, .kind = (u8)kind, .reach = s->reach};
    s->reach = s->blank;
}

static bool ends_word(char c) { return ascii_is_space(c) || memchr("_{}()[]*+$%^&|,", c, 15) != NULL; }

static span cut_word(scan *s) {
    size_t end = 0;
    while (end < s->rest.len && !ends_word(s->rest.ptr[end])) {
        end++;
    }
    span word = span_cut(s->rest, 0, end);
    s->rest = span_cut(s->rest, end, s->rest.len);
    return word;
}

/* "PEACE-KEEPING" is one word in some texts and three in others; "DON'T" is two. */
static u32 split_inside(verb_reader *rd, span word, symbol out[PATTERN_ITEMS]) {
    u32 count = 0;
    size_t start = 0, not_at = word.len > 3 && (span_ends(word, SPAN("N'T")) || span_ends(word, SPAN("n't"))) ? word.len - 3 : word.len;
    for (size_t i = 0; i <= word.len; i++) {
        bool hyphen = i < word.len && word.ptr[i] == '-' && i > 0 && i + 1 < word.len;
        if ((i == word.len || hyphen || (i == not_at && i > 0)) && i > start && count + 2 < PATTERN_ITEMS) {
            out[count++] = symbols_add_lower(&rd->known->words, span_cut(word, start, i));
            start = i;
        }
        if (hyphen && count + 2 < PATTERN_ITEMS) {
            out[count++] = symbols_add(&rd->known->words, SPAN("-"));
            start = i + 1;
        }
    }
    return count;
}

static bool add_pieces(verb_tables *tables, u32 set, const symbol *pieces, u32 count) {
    u32 first = tables->items.count;
    for (u32 i = 0; i < count; i++) {
        pattern_item *item = list_push(&tables->known->memory, &tables->items);
        if (item == NULL) {
            return false;
        }
        *item = (pattern_item){.what = pieces[i], .kind = PATTERN_WORD};
    }
    return verb_add_phrase(tables, set, first, tables->items.count);
}

static void push_word(scan *s, span word) {
    symbol pieces[PATTERN_ITEMS];
    while (word.len > 1 && word.ptr[word.len - 1] == '~') {
        word.len--;
    }
    u32 count = split_inside(s->rd, word, pieces);
    symbol whole = symbols_add_lower(&s->rd->known->words, word);
    if (count > 1) {
        u32 set = add_set(s->rd->tables, NONE);
        s->rd->full |= set == NONE || !add_pieces(s->rd->tables, set, pieces, count) || !add_pieces(s->rd->tables, set, &whole, 1);
        push(s, PATTERN_SET, set);
        return;
    }
    bool whole_word = s->rest.len > 0 && s->rest.ptr[0] == '_';
    push(s, PATTERN_WORD, whole);
    if (s->count > 0 && !s->wrong) {
        s->made[s->count - 1].stem = s->rd->format == DICTIONARY_OF_TABARI && !whole_word && word.len > 2;
        s->made[s->count - 1].head = s->rd->format == DICTIONARY_OF_PETRARCH2 && s->blank == PATTERN_FAR;
    }
}

static void push_set(scan *s) {
    s->rest = span_cut(s->rest, 1, s->rest.len);
    size_t end = 0;
    while (end < s->rest.len && (ascii_is_alnum(s->rest.ptr[end]) || s->rest.ptr[end] == '-')) {
        end++;
    }
    span name = span_cut(s->rest, 0, end);
    s->rest = span_cut(s->rest, end, s->rest.len);
    symbol id = symbols_find_lower(&s->rd->known->words, name);
    u32 set = id == NONE ? NONE : map_find(&s->rd->tables->set_names, id);
    if (set == NONE) {
        complain_of_set(s->rd, name);
        s->wrong = true;
        return;
    }
    push(s, PATTERN_SET, set);
}

/* "{ A | B_C }" -> a set without a name. */
static void push_alternatives(scan *s, span inside) {
    u32 set = add_set(s->rd->tables, NONE);
    while (inside.len > 0 && set != NONE && !s->wrong) {
        u32 first, end;
        span one = span_trim(span_next_field(&inside, '|'));
        if (one.len > 0 && !verb_read_items(s->rd, one, false, &first, &end)) {
            s->wrong = true;
        } else if (one.len > 0) {
            s->rd->full |= !verb_add_phrase(s->rd->tables, set, first, end);
        }
    }
    s->rd->full |= set == NONE;
    push(s, PATTERN_SET, set);
}

/* "{ ... }" with | inside are alternatives, without a phrase whose parts stand close. */
static void open_brace(scan *s) {
    size_t end = 1;
    while (end < s->rest.len && s->rest.ptr[end] != '}') {
        end++;
    }
    if (end == s->rest.len) {
        verb_skip(s->rd, "a brace that does not end: write } behind the phrase");
        s->wrong = true;
        return;
    }
    span inside = span_cut(s->rest, 1, end);
    if (memchr(inside.ptr, '|', inside.len) != NULL) {
        s->rest = span_cut(s->rest, end + 1, s->rest.len);
        push_alternatives(s, inside);
        return;
    }
    s->rest = span_cut(s->rest, 1, s->rest.len);
    s->blank = REACH_PHRASE;
}

/* One part of the pattern, whatever stands next. */
static void scan_part(scan *s, bool in_preposition, bool pattern) {
    static const char marks[] = "*$+%^";
    static const pattern_kind kinds[] = {PATTERN_VERB, PATTERN_SOURCE, PATTERN_TARGET, PATTERN_COMPOUND, PATTERN_SKIP};
    char c = s->rest.ptr[0];
    const char *mark = memchr(marks, c, sizeof marks - 1);
    if (ascii_is_space(c) || c == '_' || c == ',') {
        bool blank_follows = s->rest.len == 1 || ascii_is_space(s->rest.ptr[1]);
        s->reach = c == '_' && !blank_follows ? 0 : s->reach;
        s->rest = span_cut(s->rest, 1, s->rest.len);
    } else if (c == '{') {
        open_brace(s);
    } else if (c == '}') {
        s->blank = in_preposition ? REACH_PREPOSITION : pattern ? PATTERN_FAR : REACH_SET;
        s->reach = s->blank;
        s->rest = span_cut(s->rest, 1, s->rest.len);
        if (s->count > 0 && s->made[s->count - 1].kind == PATTERN_WORD) {
            s->made[s->count - 1].head = s->rd->format == DICTIONARY_OF_PETRARCH2;
        }
    } else if (c == '(' || c == ')') {
        s->blank = c == '(' ? REACH_PREPOSITION : pattern ? PATTERN_FAR : REACH_SET;
        s->reach = c == '(' ? s->reach : s->blank;
        s->rest = span_cut(s->rest, 1, s->rest.len);
    } else if (c == '&') {
        push_set(s);
    } else if (mark != NULL && pattern) {
        s->rest = span_cut(s->rest, 1, s->rest.len);
        push(s, kinds[mark - marks], 0);
    } else {
        span word = cut_word(s);
        if (word.len == 0) {
            verb_skip(s->rd, "%c has no meaning here", c);
            s->wrong = true;
        } else {
            push_word(s, word);
        }
    }
}

bool verb_read_items(verb_reader *rd, span text, bool pattern, u32 *first, u32 *end) {
    u8 blank = pattern ? PATTERN_FAR : REACH_SET;
    scan s = {.rd = rd, .rest = span_trim(text), .reach = blank, .blank = blank};
    bool in_preposition = false;
    u32 verbs = 0;
    while (s.rest.len > 0 && !s.wrong) {
        in_preposition = s.rest.ptr[0] == '(' || (in_preposition && s.rest.ptr[0] != ')');
        scan_part(&s, in_preposition, pattern);
    }
    *first = rd->tables->items.count;
    for (u32 i = 0; i < s.count && !s.wrong; i++) {
        pattern_item *item = list_push(&rd->known->memory, &rd->tables->items);
        rd->full |= item == NULL;
        if (item != NULL) {
            *item = s.made[i];
            verbs += item->kind == PATTERN_VERB;
        }
    }
    *end = rd->tables->items.count;
    if (!s.wrong && pattern && verbs != 1) {
        verb_skip(rd, "%s * in the pattern: one stands for the verb, as - * TREATY [161]", verbs == 0 ? "no" : "more than one");
        return false;
    }
    if (!s.wrong && s.count == 0) {
        verb_skip(rd, "no words: write one phrase a line");
    }
    return !s.wrong && s.count > 0 && !rd->full;
}
