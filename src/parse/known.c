// SPDX-License-Identifier: Apache-2.0
/* Tables of world/ that hold names, the columns that hold them, and the kind of name they are.
 * Towns are left out: there are too many to read twice, and where/ looks them up later.
 * "Al-Qaeda" is keyed as the words  al - qaeda, because that is how the text stage cuts it. */
#include "parse/known.h"

#include "base/table.h"

enum { NAME_WORDS = 12 };

typedef struct {
    const char *file;
    const char *columns[2]; /* parted by blanks; the second may be NULL */
    u32 kinds[2];
} name_source;

static const name_source SOURCES[] = {
    {"world/countries.tsv", {"name aliases capital", "adjectives demonyms"}, {NAME_LOC, NAME_NORP}},
    {"world/regions_of_states.tsv", {"name", "adjectives demonyms"}, {NAME_LOC, NAME_NORP}},
    {"world/regions.tsv", {"name aliases"}, {NAME_LOC}},
    {"world/organisations.tsv", {"name aliases"}, {NAME_ORG}},
    {"world/groups.tsv", {"name aliases"}, {NAME_ORG}},
    {"world/organs.tsv", {"name aliases"}, {NAME_ORG}},
    {"world/outlets.tsv", {"name aliases"}, {NAME_ORG}},
    {"world/holders.tsv", {"name"}, {NAME_PER}},
    {"world/divisions.tsv", {"name aliases"}, {NAME_LOC}},
};

static bool add_name(known_names *names, knowledge *k, span name, u32 kind) {
    u32 words[NAME_WORDS], count = 0;
    name = span_trim(name);
    for (size_t at = 0; at < name.len && count < NAME_WORDS;) {
        size_t end = at;
        while (end < name.len && name.ptr[end] != ' ' && name.ptr[end] != '-') {
            end++;
        }
        if (end == at && name.ptr[at] == '-') {
            end++;
        }
        if (end > at) {
            words[count] = symbols_add_lower(&k->words, span_cut(name, at, end));
            if (words[count++] == NONE) {
                return false;
            }
        }
        at = end + (end < name.len && name.ptr[end] == ' ');
    }
    if (count == 0) {
        return true;
    }
    u64 key = map_key_of_symbols(words, count);
    u32 set = map_find(&names->kinds, key);
    return map_set(&names->kinds, key, (set == NONE ? 0 : set) | 1u << kind);
}

static bool add_row(known_names *names, knowledge *k, const table *t, const char *columns, u32 kind) {
    span rest = span_of(columns);
    while (rest.len > 0) {
        char column[32];
        span name = span_next_field(&rest, ' ');
        snprintf(column, sizeof column, "%.*s", (int)name.len, name.ptr);
        span field = table_field(t, column);
        while (field.len > 0) {
            if (!add_name(names, k, span_next_field(&field, ';'), kind)) {
                return false;
            }
        }
    }
    return true;
}

/* What is wrong with a row is told by the stage that owns the table. */
static drg_status read_source(known_names *names, knowledge *k, const name_source *source, drg_error *error) {
    table t;
    u32 complaints = k->complaints.count;
    if (table_open(&t, k, source->file, NULL) != DRG_OK) {
        return DRG_OK;
    }
    while (table_next(&t)) {
        for (u32 i = 0; i < 2 && source->columns[i] != NULL; i++) {
            if (!add_row(names, k, &t, source->columns[i], source->kinds[i])) {
                return drg_fail(error, DRG_ERROR_MEMORY, source->file, 0, "out of memory");
            }
        }
    }
    k->complaints.count = complaints;
    return DRG_OK;
}

drg_status known_names_open(known_names *names, knowledge *k, drg_error *error) {
    map_open(&names->kinds, &k->memory);
    for (u32 i = 0; i < COUNT_OF(SOURCES); i++) {
        DRG_TRY(read_source(names, k, &SOURCES[i], error));
    }
    return DRG_OK;
}

u32 known_names_find(const known_names *names, const report *r, u32 first, u32 end) {
    u32 words[NAME_WORDS], count = 0;
    for (u32 i = first; i < end && count < NAME_WORDS; i++) {
        words[count++] = r->tokens.items[i].lower;
    }
    u32 set = map_find(&names->kinds, map_key_of_symbols(words, count));
    return set == NONE ? 0 : set;
}
