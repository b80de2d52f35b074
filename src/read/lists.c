// SPDX-License-Identifier: Apache-2.0
/* In: the tables of lang/en/read   Out: the tables of read/tables.h, every text folded once, here. */
#include "base/table.h"
#include "read/fold.h"
#include "read/phrase.h"

#define FOLD_ROOM 512

static drg_status no_memory(const char *file, drg_error *error) {
    return drg_fail(error, DRG_ERROR_MEMORY, file, 0, "out of memory");
}

static span folded_copy(read_tables *tables, span text) {
    char buffer[FOLD_ROOM];
    return arena_copy(&tables->known->memory, fold(text, buffer, sizeof buffer));
}

/* The index of `name` in `names`, or NONE. */
static u32 find_name(span name, const char *const *names, u32 count) {
    for (u32 i = 0; i < count; i++) {
        if (span_eq(name, span_of(names[i]))) {
            return i;
        }
    }
    return NONE;
}

static const char *const where_names[] = {"whole", "start", "end", "any"};
static const char *const phrase_names[] = {"furniture", "section", "credit", "caption", "source"};
static const char *const hint_names[] = {"none", "body", "furniture", "caption", "credit", "title", "date"};

static u32 number_of(span digits) {
    u32 number = 0;
    for (size_t i = 0; i < digits.len && i < 6 && ascii_is_digit((unsigned char)digits.ptr[i]); i++) {
        number = number * 10 + (u32)(digits.ptr[i] - '0');
    }
    return number;
}

static drg_status open_phrases(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/phrases.tsv", error));
    u32 file = tables->known->files.count - 1;
    while (table_next(&t)) {
        u32 where = find_name(table_field(&t, "where"), where_names, COUNT_OF(where_names));
        u32 kind = find_name(table_field(&t, "kind"), phrase_names, COUNT_OF(phrase_names));
        if (where == NONE || kind == NONE) {
            table_complain(
                &t, "where must be whole, start, end or any; kind furniture, section, credit, caption or source");
            continue;
        }
        phrase *added = list_push(&tables->known->memory, &tables->phrases);
        if (added == NULL) {
            return no_memory(t.file, error);
        }
        *added = (phrase){.text = folded_copy(tables, table_field(&t, "phrase")),
                          .where = (u8)where,
                          .kind = (u8)kind,
                          .words = number_of(table_field(&t, "words")),
                          .why = {file, t.line}};
    }
    return DRG_OK;
}

/* Chains the phrases by their first words, keeping the order of the file in each chain. */
static bool index_phrases(read_tables *tables) {
    for (u32 i = tables->phrases.count; i-- > 0;) {
        phrase *p = &tables->phrases.items[i];
        u64 key = phrase_key(p->text);
        p->next = map_find(&tables->phrase_by_word, key);
        if (!map_set(&tables->phrase_by_word, key, i)) {
            return false;
        }
    }
    return true;
}

static drg_status open_page_names(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/page.tsv", error));
    while (table_next(&t)) {
        u32 hint = find_name(table_field(&t, "hint"), hint_names, COUNT_OF(hint_names));
        span where = table_field(&t, "where"), text = folded_copy(tables, table_field(&t, "name"));
        u32 spot = find_name(where, where_names, COUNT_OF(where_names));
        if (hint == NONE || (spot == NONE && !span_eq(where, SPAN("word")))) {
            table_complain(&t,
                           "hint must be body, furniture, caption, credit, title, date or none; where word, whole, "
                           "start, end or any");
            continue;
        }
        if (spot == NONE) {
            if (!map_set(&tables->page_words, read_hash(text), hint)) {
                return no_memory(t.file, error);
            }
            continue;
        }
        page_name *added = list_push(&tables->known->memory, &tables->page_names);
        if (added == NULL) {
            return no_memory(t.file, error);
        }
        *added = (page_name){.text = text, .hint = (u8)hint, .where = (u8)spot};
    }
    return DRG_OK;
}

static drg_status open_months(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/months.tsv", error));
    while (table_next(&t)) {
        span names = table_field(&t, "names");
        while (names.len > 0) {
            char buffer[FOLD_ROOM];
            span name = fold(span_next_field(&names, ';'), buffer, sizeof buffer);
            if (!map_set(&tables->months, read_hash(name), number_of(table_field(&t, "month")))) {
                return no_memory(t.file, error);
            }
        }
    }
    return DRG_OK;
}

static drg_status open_agencies(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/agencies.tsv", error));
    while (table_next(&t)) {
        char buffer[FOLD_ROOM];
        span name = fold(table_field(&t, "agency"), buffer, sizeof buffer);
        if (!map_set(&tables->agencies, read_hash(name), 1)) {
            return no_memory(t.file, error);
        }
    }
    return DRG_OK;
}

static drg_status open_languages(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/languages.tsv", error));
    while (table_next(&t)) {
        if (tables->language_count == LANGUAGE_LIMIT) {
            table_complain(&t, "more than %d languages", LANGUAGE_LIMIT);
            break;
        }
        bool of_names = span_eq(table_field(&t, "lang"), SPAN("-"));
        map *to = of_names ? &tables->name_words : &tables->stop_words;
        u32 bit = of_names ? 1 : 1u << tables->language_count;
        if (!of_names) {
            tables->languages[tables->language_count++] = table_field(&t, "lang");
        }
        span words = table_field(&t, "words");
        while (words.len > 0) {
            char buffer[FOLD_ROOM];
            u64 key = read_hash(fold(span_next_field(&words, ' '), buffer, sizeof buffer));
            u32 known = map_find(to, key);
            if (!map_set(to, key, bit | (known == NONE ? 0 : known))) {
                return no_memory(t.file, error);
            }
        }
    }
    return DRG_OK;
}

static u32 code_of(span hex) {
    u32 code = 0;
    for (size_t i = 0; i < hex.len && i < 6; i++) {
        char c = ascii_to_lower(hex.ptr[i]);
        code = code * 16 + (u32)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return code;
}

static drg_status open_scripts(read_tables *tables, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, tables->known, "lang/en/read/scripts.tsv", error));
    while (table_next(&t)) {
        page_script *added = list_push(&tables->known->memory, &tables->scripts);
        if (added == NULL) {
            return no_memory(t.file, error);
        }
        *added = (page_script){code_of(table_field(&t, "first")), code_of(table_field(&t, "last")), table_field(&t, "lang")};
        if (added->last < added->first) {
            table_complain(&t, "the last code point is before the first");
        }
    }
    return DRG_OK;
}

drg_status phrase_open(read_tables *tables, drg_error *error) {
    map_open(&tables->phrase_by_word, &tables->known->memory);
    map_open(&tables->agencies, &tables->known->memory);
    map_open(&tables->months, &tables->known->memory);
    map_open(&tables->stop_words, &tables->known->memory);
    map_open(&tables->name_words, &tables->known->memory);
    map_open(&tables->page_words, &tables->known->memory);
    DRG_TRY(open_phrases(tables, error));
    if (!index_phrases(tables)) {
        return no_memory("lang/en/read/phrases.tsv", error);
    }
    DRG_TRY(open_page_names(tables, error));
    DRG_TRY(open_months(tables, error));
    DRG_TRY(open_agencies(tables, error));
    DRG_TRY(open_languages(tables, error));
    return open_scripts(tables, error);
}
