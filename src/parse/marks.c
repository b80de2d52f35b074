// SPDX-License-Identifier: Apache-2.0
/* Each table's longest names are marked, table by table, from left to right:
 *
 *     He   flew  to  Phnom  Penh      with  Hun    Sen
 *                    SEAT   PLACE_ON        PER    PER_ON SURNAME
 *
 * A name begins and ends with a capital, so "of" is no town.  156,000 towns are kept as one set of
 * hashes, a megabyte; a false hit among 2^29 does no more harm than a town that is called like a
 * person. */
#include "parse/marks.h"

#include "base/table.h"
#include "base/utf8.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

enum { MARKED_WORDS = 6, NAME_ROOM = 96, CITY_SIZE = 15000, SEAT_SIZE = 200000, TOWN_SLOTS = 1 << 18 };

u64 marks_hash(span lower) { return XXH3_64bits(lower.ptr, lower.len); }

static u64 joined(u64 before, u64 word) {
    u64 mixed = (before ^ word) * 0x9E3779B97F4A7C15u;
    return mixed ^ mixed >> 29;
}

/* ------------------------------------------------------------------ towns */

static u32 *town_slot(const name_tables *t, u64 hash) {
    u32 check = (u32)(hash >> 35) << 3, mask = t->town_slots - 1, at = (u32)hash & mask;
    while (t->towns[at] != 0 && (t->towns[at] & ~7u) != check) {
        at = (at + 1) & mask;
    }
    return &t->towns[at];
}

static bool widen(name_tables *t, knowledge *k, u32 slots) {
    t->towns = arena_new(&k->memory, u32, slots);
    t->town_slots = slots;
    return t->towns != NULL;
}

/* Words are parted by blanks; a hyphen is a word, as the text stage has it. */
static u64 hash_of_name(span lower) {
    u64 hash = 0;
    for (size_t at = 0; at < lower.len;) {
        size_t end = at;
        while (end < lower.len && lower.ptr[end] != ' ' && lower.ptr[end] != '-') {
            end++;
        }
        hash = end > at ? joined(hash, marks_hash(span_cut(lower, at, end))) : hash;
        hash = end < lower.len && lower.ptr[end] == '-' ? joined(hash, marks_hash(SPAN("-"))) : hash;
        at = end + 1;
    }
    return hash;
}

static void add_town(name_tables *t, span name, u32 class) {
    char room[NAME_ROOM];
    if (name.len == 0 || name.len >= NAME_ROOM / 2) {
        return;
    }
    u64 hash = hash_of_name(utf8_lower(name, room, sizeof room));
    u32 *slot = town_slot(t, hash);
    if (*slot == 0 || (*slot & 7) < class + 1) {
        *slot = (u32)(hash >> 35) << 3 | (class + 1);
    }
}

static u32 class_of(const table *t) {
    span kind = table_field(t, "kind"), digits = table_field(t, "population");
    u32 people = 0;
    for (size_t i = 0; i < digits.len && i < 9; i++) {
        people = ascii_is_digit(digits.ptr[i]) ? people * 10 + (u32)(digits.ptr[i] - '0') : people;
    }
    bool seat = span_eq(kind, SPAN("capital")) || span_eq(kind, SPAN("seat"));
    return seat || people >= SEAT_SIZE ? MARK_SEAT : people >= CITY_SIZE ? MARK_CITY : MARK_TOWN;
}

static drg_status read_towns(name_tables *tables, knowledge *k, drg_error *error) {
    table t;
    if (!widen(tables, k, TOWN_SLOTS)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "world/places.tsv", 0, "out of memory");
    }
    if (table_open(&t, k, "world/places.tsv", NULL) != DRG_OK) {
        return DRG_OK;
    }
    for (u32 used = 0; table_next(&t) && used < TOWN_SLOTS / 8 * 7; used++) {
        add_town(tables, table_field(&t, "name"), class_of(&t));
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ words */

static bool add_word(name_tables *t, knowledge *k, span word, u32 mark) {
    symbol lower = symbols_add_lower(&k->words, word);
    u32 set = lower == NONE ? NONE : map_find(&t->words, lower);
    return lower != NONE && map_set(&t->words, lower, (set == NONE ? 0 : set) | 1u << mark);
}

static span last_word(span name) {
    span word = {NULL, 0};
    while (name.len > 0) {
        span next = span_next_field(&name, ' ');
        word = next.len > 0 ? next : word;
    }
    return word;
}

static bool add_title(name_tables *t, knowledge *k, span title, bool honours) {
    symbol words[MARKED_WORDS];
    u32 count = 0;
    while (title.len > 0 && count < MARKED_WORDS) {
        words[count] = symbols_add_lower(&k->words, span_next_field(&title, ' '));
        if (words[count++] == NONE) {
            return false;
        }
    }
    return map_set(&t->titles, map_key_of_symbols(words, count), honours);
}

/* The first column of a table: its last word for surnames, else each of them. */
static drg_status read_words(name_tables *tables, knowledge *k, const char *file, name_mark mark, drg_error *error) {
    table t;
    u32 complaints = k->complaints.count;
    if (table_open(&t, k, file, NULL) != DRG_OK) {
        return DRG_OK;
    }
    while (table_next(&t)) {
        span field = t.row[0];
        bool good = mark != MARK_TITLE || add_title(tables, k, field, span_eq(table_field(&t, "kind"), SPAN("honorific")));
        while (mark != MARK_SURNAME && field.len > 0 && good) {
            span word = span_next_field(&field, ' ');
            good = word.len < 3 || span_eq(word, SPAN("the")) || span_eq(word, SPAN("and")) || add_word(tables, k, word, mark);
        }
        span surname = last_word(field);
        good = good && (surname.len < 3 || add_word(tables, k, surname, mark));
        if (!good) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, 0, "out of memory");
        }
    }
    k->complaints.count = complaints; /* the stage that owns the table tells what is wrong */
    return DRG_OK;
}

drg_status marks_open(name_tables *tables, knowledge *k, drg_error *error) {
    map_open(&tables->words, &k->memory);
    map_open(&tables->titles, &k->memory);
    DRG_TRY(known_names_open(&tables->known, k, error));
    DRG_TRY(read_towns(tables, k, error));
    DRG_TRY(read_words(tables, k, "lang/en/who/given.tsv", MARK_GIVEN, error));
    DRG_TRY(read_words(tables, k, "lang/en/who/titles.tsv", MARK_TITLE, error));
    return read_words(tables, k, "world/holders.tsv", MARK_SURNAME, error);
}

u32 marks_title_end(const name_tables *tables, const report *r, u32 at, u32 end, bool *honours) {
    symbol words[MARKED_WORDS];
    u32 found = at;
    for (u32 i = at; i < end && i - at < MARKED_WORDS; i++) {
        words[i - at] = r->tokens.items[i].lower;
        u32 value = map_find(&tables->titles, map_key_of_symbols(words, i + 1 - at));
        if (value != NONE) {
            found = i + 1;
            *honours = value != 0;
        }
    }
    return found;
}

/* ------------------------------------------------------------------ sentences */

/* The mark that the words [at, end) begin with in one table, or NONE. */
typedef u32 (*find_name)(const name_tables *t, const marked_word *words, u32 at, u32 end, u32 kind);

static u32 find_town(const name_tables *t, const marked_word *words, u32 at, u32 end, u32 kind) {
    (void)kind;
    u64 hash = 0;
    for (u32 i = at; i < end; i++) {
        hash = joined(hash, words[i].hash);
    }
    u32 slot = *town_slot(t, hash);
    return slot == 0 ? NONE : (slot & 7) - 1;
}

static u32 find_listed(const name_tables *t, const marked_word *words, u32 at, u32 end, u32 kind) {
    symbol lower[MARKED_WORDS];
    for (u32 i = at; i < end; i++) {
        lower[i - at] = words[i].lower;
        if (words[i].lower == NONE) {
            return NONE;
        }
    }
    u32 set = map_find(&t->known.kinds, map_key_of_symbols(lower, end - at));
    static const u8 marks[NAME_COUNT] = {[NAME_PER] = MARK_PER, [NAME_ORG] = MARK_ORG, [NAME_LOC] = MARK_LOC, [NAME_NORP] = MARK_NORP};
    return set != NONE && (set >> kind & 1) ? marks[kind] : NONE;
}

u32 marks_town(const name_tables *tables, const report *r, u32 first, u32 end) {
    marked_word words[MARKED_WORDS] = {{0}};
    u32 set = end == first + 1 ? map_find(&tables->words, r->tokens.items[first].lower) : NONE;
    if (end - first > MARKED_WORDS || (set != NONE && set & (1u << MARK_GIVEN | 1u << MARK_SURNAME))) {
        return NONE;
    }
    for (u32 i = first; i < end; i++) {
        words[i - first].hash = marks_hash(symbols_text(&r->words, r->tokens.items[i].lower));
    }
    return find_town(tables, words, 0, end - first, 0);
}

static void mark_longest(const name_tables *t, const marked_word *words, u32 count, find_name find, u32 kind, u16 *marks) {
    for (u32 i = 0; i < count;) {
        u32 end = words[i].upper ? (i + MARKED_WORDS < count ? i + MARKED_WORDS : count) : i, mark = NONE;
        while (end > i && (!words[end - 1].upper || (mark = find(t, words, i, end, kind)) == NONE)) {
            end--;
        }
        u32 on = mark == NONE || mark > MARK_PLACE_ON ? mark + 1 : MARK_PLACE_ON;
        for (u32 k = i; k < end; k++) {
            marks[k] = (u16)(marks[k] | 1u << (k == i ? mark : on));
        }
        i = end > i ? end : i + 1;
    }
}

void marks_find(const name_tables *tables, const marked_word *words, u32 count, u16 *marks) {
    for (u32 i = 0; i < count; i++) {
        u32 set = words[i].lower == NONE ? NONE : map_find(&tables->words, words[i].lower);
        u32 capital = 1u << MARK_GIVEN | 1u << MARK_SURNAME;
        marks[i] = (u16)(set == NONE ? 0 : words[i].upper ? set : set & ~capital);
    }
    mark_longest(tables, words, count, find_town, 0, marks);
    for (u32 kind = NAME_PER; kind <= NAME_NORP; kind++) {
        mark_longest(tables, words, count, find_listed, kind, marks);
    }
}
