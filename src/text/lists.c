// SPDX-License-Identifier: Apache-2.0
/* Loads the lists of the text stage.  In: lang/en/abbreviations.tsv and lang/en/text/cutting.tsv.
 * Out: a mask of bits for each word they name, found through the word's symbol in one step.
 *
 *     form    kind   when
 *     Gen.    title  capital      "Gen. Baqeri": never ends a sentence, needs its capital
 *     No.     inner  digit        "No. 5", but "He said no."
 *     gonna   contraction  gon|na */
#include "text/lists.h"

#include "base/table.h"
#include "text/chars.h"

#define FOLD_ROOM 64

typedef struct {
    const char *name;
    u32 mask;
} list_name;

static const list_name abbreviation_kinds[] = {
    {"title", LIST_ABBREVIATION | LIST_NEVER_ENDS},
    {"inner", LIST_ABBREVIATION | LIST_NEVER_ENDS},
    {"free", LIST_ABBREVIATION},
    {"last", LIST_ABBREVIATION | LIST_SENTENCE_DOT},
};
static const list_name abbreviation_conditions[] = {
    {"", 0}, {"digit", LIST_BEFORE_DIGIT}, {"capital", LIST_CAPITAL}, {"comma", LIST_CAPITAL | LIST_AFTER_COMMA},
};
static const list_name cutting_kinds[] = {
    {"prefix", LIST_PREFIX},   {"unit", LIST_UNIT},
    {"domain", LIST_DOMAIN},   {"clitic", LIST_CLITIC},
    {"face", LIST_FACE},       {"apostrophe", LIST_APOSTROPHE},
    {"starter", LIST_STARTER}, {"saying", LIST_SAYING},
    {"date", LIST_DATE},       {"contraction", LIST_CONTRACTION},
    {"leaning", LIST_LEANING}, {"predicate", LIST_PREDICATE},
    {"vowel", LIST_VOWEL},
};

static bool mask_of(const list_name *names, size_t count, span name, u32 *mask) {
    for (size_t i = 0; i < count; i++) {
        if (span_eq(name, span_of(names[i].name))) {
            *mask |= names[i].mask;
            return true;
        }
    }
    return false;
}

u32 lists_find(const text_tables *tables, span word) {
    char buffer[FOLD_ROOM];
    return lists_of(tables, symbols_find(&tables->known->words, char_fold(word, buffer, sizeof buffer)));
}

/* One growing array of masks: the symbol table is still filling while we load. */
static bool add_mask(text_tables *tables, knowledge *k, span word, u32 mask, symbol *id) {
    char buffer[FOLD_ROOM];
    *id = symbols_add(&k->words, char_fold(word, buffer, sizeof buffer));
    if (*id == NONE) {
        return false;
    }
    if (*id >= tables->mask_count) {
        u32 wider = k->words.count * 2 + 1024;
        u32 *masks = arena_new(&k->memory, u32, wider);
        if (masks == NULL) {
            return false;
        }
        if (tables->mask_count > 0) {
            memcpy(masks, tables->masks, tables->mask_count * sizeof *masks);
        }
        tables->masks = masks;
        tables->mask_count = wider;
    }
    tables->masks[*id] |= mask;
    return true;
}

/* "gon|na" -> 3, 2.  0 when a part is empty, too long, or there are too many. */
static u32 pack_parts(span parts, size_t word_len) {
    u32 packed = 0, shift = 0;
    size_t sum = 0;
    while (parts.len > 0) {
        span part = span_next_field(&parts, '|');
        if (part.len == 0 || part.len > 31 || shift > 25) {
            return 0;
        }
        packed |= (u32)part.len << shift;
        shift += 5;
        sum += part.len;
    }
    return sum == word_len ? packed : 0;
}

static drg_status load_abbreviations(text_tables *tables, knowledge *k, drg_error *error) {
    table t;
    symbol id;
    DRG_TRY(table_open(&t, k, "lang/en/abbreviations.tsv", error));
    while (table_next(&t)) {
        span form = table_field(&t, "form");
        u32 mask = 0;
        if (form.len < 2 || form.ptr[form.len - 1] != '.' ||
            !mask_of(abbreviation_kinds, COUNT_OF(abbreviation_kinds), table_field(&t, "kind"), &mask) ||
            !mask_of(abbreviation_conditions, COUNT_OF(abbreviation_conditions), table_field(&t, "when"), &mask)) {
            table_complain(&t, "want: form with its dot, kind title/inner/free/last, when digit/capital/comma or nothing");
            continue;
        }
        if (!add_mask(tables, k, span_cut(form, 0, form.len - 1), mask, &id)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

drg_status lists_load(text_tables *tables, knowledge *k, drg_error *error) {
    table t;
    tables->known = k;
    map_open(&tables->parts, &k->memory);
    DRG_TRY(load_abbreviations(tables, k, error));
    DRG_TRY(table_open(&t, k, "lang/en/text/cutting.tsv", error));
    while (table_next(&t)) {
        span rest = table_field(&t, "forms");
        u32 mask = 0;
        if (!mask_of(cutting_kinds, COUNT_OF(cutting_kinds), table_field(&t, "kind"), &mask)) {
            table_complain(&t, "unknown kind");
            continue;
        }
        while (rest.len > 0) {
            span form = span_trim(span_next_field(&rest, ' '));
            bool in_parts = (mask & (LIST_CONTRACTION | LIST_LEANING)) != 0;
            char joined[FOLD_ROOM];
            size_t len = 0;
            for (size_t i = 0; i < form.len && len < sizeof joined; i++) {
                if (form.ptr[i] != '|' || !in_parts) {
                    joined[len++] = form.ptr[i];
                }
            }
            u32 packed = in_parts ? pack_parts(form, len) : 1;
            symbol id;
            if (form.len == 0) {
                continue;
            }
            if (packed == 0) {
                table_complain(&t, "'%.*s': want its parts, as in gon|na", (int)form.len, form.ptr);
                continue;
            }
            if (!add_mask(tables, k, (span){joined, len}, mask, &id) ||
                (in_parts && !map_set(&tables->parts, id, packed))) {
                return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
            }
        }
    }
    return DRG_OK;
}
