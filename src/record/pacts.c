// SPDX-License-Identifier: Apache-2.0
/* Reads the words for agreements, and tells the stage that one stands for:
 *
 *     "Russia pulled out of the grain pact"   lemma pull_out, pact behind "of"     ended
 *     "the pact entered into force"           lemma enter, pact its subject, with force   in force
 *
 * A row of stages.tsv is filed under each of its lemmas with each of its places; rows under one key are a chain. */
#include "record/pacts.h"

#include "base/table.h"
#include "base/utf8.h"
#include "record/sketch.h"

#define STEM 5 /* letters that two subject words must share */

typedef struct {
    u32 with; /* hash of a word that must hang on the cue, 0: none need */
    u32 next; /* in cues, or NONE */
    u8 stage;
} stage_cue;

struct record_pacts {
    map kinds;  /* hash of a lemma -> bits of pact_word */
    map stages; /* lemma and place -> first cue */
    LIST(stage_cue) cues;
    map about;  /* hash of a lemma -> kind of agreement */
    LIST(span) abouts;
};

static const char *const word_names[] = {
#define PACT_WORD_NAME(name) #name,
    PACT_WORD_LIST(PACT_WORD_NAME)
#undef PACT_WORD_NAME
};

const char *const pact_stage_names[PACT_STAGES] = {"proposed", "negotiated", "agreed",   "initialled", "denied",  "signed", "ratified",
                                                   "in force", "extended",   "violated", "suspended",  "expired", "ended"};

pact_stage pact_stage_named(span name) {
    u32 i = 0;
    while (i < PACT_STAGES && !span_eq(name, span_of(pact_stage_names[i]))) {
        i++;
    }
    return (pact_stage)i;
}

/* ------------------------------------------------------------------ reading the tables */

static bool file_kinds(record_pacts *pacts, span lemmas, u32 kind) {
    bool fine = true;
    while (lemmas.len > 0) {
        u32 key = sketch_word(span_trim(span_next_field(&lemmas, ';'))), known = map_find(&pacts->kinds, key);
        fine &= map_set(&pacts->kinds, key, (known == NONE ? 0 : known) | 1u << kind);
    }
    return fine;
}

static drg_status read_kinds(record_pacts *pacts, knowledge *k, drg_error *error) {
    table file;
    DRG_TRY(table_open(&file, k, "lang/en/record/pacts.tsv", error));
    while (table_next(&file)) {
        u32 kind = WORD_pact;
        while (kind < PACT_WORD_COUNT && !span_eq(table_field(&file, "kind"), span_of(word_names[kind]))) {
            kind++;
        }
        if (kind == PACT_WORD_COUNT) {
            table_complain(&file, "kind: no such; lang/en/record/pacts.tsv lists them at its head");
        } else if (!file_kinds(pacts, table_field(&file, "lemmas"), kind)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
    }
    return DRG_OK;
}

static drg_status read_abouts(record_pacts *pacts, knowledge *k, drg_error *error) {
    table file;
    bool fine = true;
    DRG_TRY(table_open(&file, k, "lang/en/record/kinds.tsv", error));
    while (table_next(&file) && fine) {
        span *kind = list_push(&k->memory, &pacts->abouts);
        fine = kind != NULL;
        for (span words = table_field(&file, "words"); words.len > 0 && fine;) {
            fine = map_set(&pacts->about, sketch_word(span_trim(span_next_field(&words, ';'))), pacts->abouts.count - 1);
        }
        if (fine) {
            *kind = table_field(&file, "kind");
        }
    }
    return fine ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
}

/* A verb with a particle is "pull out" in the table, "pull_out" as a predicate's lemma. */
static u64 key_of(span lemma, span where) {
    char text[64];
    size_t len = lemma.len < sizeof text ? lemma.len : sizeof text;
    for (size_t i = 0; i < len; i++) {
        text[i] = lemma.ptr[i] == '_' ? ' ' : ascii_to_lower(lemma.ptr[i]);
    }
    return (u64)sketch_word((span){text, len}) << 31 ^ sketch_word(where);
}

static bool file_cue(record_pacts *pacts, knowledge *k, u64 key, stage_cue cue) {
    stage_cue *slot = list_push(&k->memory, &pacts->cues);
    if (slot == NULL) {
        return false;
    }
    cue.next = map_find(&pacts->stages, key);
    *slot = cue;
    return map_set(&pacts->stages, key, pacts->cues.count - 1);
}

/* Each lemma with each place and each word that must be with it. */
static bool file_row(record_pacts *pacts, knowledge *k, const table *file, pact_stage reached) {
    bool fine = true;
    for (span lemmas = table_field(file, "lemmas"); lemmas.len > 0;) {
        span lemma = span_trim(span_next_field(&lemmas, ';'));
        for (span places = table_field(file, "pact"); places.len > 0;) {
            u64 key = key_of(lemma, span_trim(span_next_field(&places, ';')));
            span words = table_field(file, "with");
            do {
                span word = span_trim(span_next_field(&words, ';'));
                fine &= file_cue(pacts, k, key, (stage_cue){.with = word.len > 0 ? sketch_word(word) : 0, .stage = (u8)reached});
            } while (words.len > 0);
        }
    }
    return fine;
}

drg_status record_pacts_open(record_pacts **out, knowledge *k, drg_error *error) {
    table file;
    record_pacts *pacts = *out = arena_new(&k->memory, record_pacts, 1);
    if (pacts == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
    }
    map_open(&pacts->kinds, &k->memory);
    map_open(&pacts->stages, &k->memory);
    map_open(&pacts->about, &k->memory);
    DRG_TRY(read_kinds(pacts, k, error));
    DRG_TRY(read_abouts(pacts, k, error));
    DRG_TRY(table_open(&file, k, "lang/en/record/stages.tsv", error));
    while (table_next(&file)) {
        pact_stage reached = pact_stage_named(table_field(&file, "stage"));
        if (reached == PACT_STAGES) {
            table_complain(&file, "stage: no such; docs/joining.md lists them");
        } else if (!file_row(pacts, k, &file, reached)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ asking them */

static u32 hash_lemma(const report *r, symbol lemma) {
    char buffer[64];
    return sketch_word(utf8_lower(symbols_text(&r->words, lemma), buffer, sizeof buffer));
}

u32 pact_words_of(const record_pacts *pacts, const report *r, symbol lemma) {
    u32 bits = lemma == NONE ? NONE : map_find(&pacts->kinds, hash_lemma(r, lemma));
    return bits == NONE ? 0 : bits;
}

bool pact_is(const record_pacts *pacts, const report *r, u32 token_index, pact_word kind) {
    return (pact_words_of(pacts, r, report_token(r, token_index)->lemma) >> kind & 1) != 0;
}

span pact_kind_of(const record_pacts *pacts, const report *r, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        symbol lemma = report_token(r, i)->lemma;
        u32 found = lemma == NONE ? NONE : map_find(&pacts->about, hash_lemma(r, lemma));
        if (found != NONE) {
            return pacts->abouts.items[found];
        }
    }
    return SPAN("");
}

static bool has_word(const report *r, u32 cue, u32 word) {
    const sentence *s = &r->sentences.items[report_token(r, cue)->sentence];
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *t = report_token(r, i);
        if (t->head == cue && t->lemma != NONE && hash_lemma(r, t->lemma) == word) {
            return true;
        }
    }
    return false;
}

pact_stage pact_stage_of(const record_pacts *pacts, const report *r, const pact_place *at) {
    if (at->lemma == NONE) {
        return PACT_STAGES;
    }
    u32 found = map_find(&pacts->stages, key_of(symbols_text(&r->words, at->lemma), at->place));
    for (; found != NONE; found = pacts->cues.items[found].next) {
        const stage_cue *cue = &pacts->cues.items[found];
        if (cue->with == 0 || has_word(r, at->cue, cue->with)) {
            return (pact_stage)cue->stage;
        }
    }
    return PACT_STAGES;
}

/* ------------------------------------------------------------------ names */

static bool shares_stem(span a, span b) {
    size_t least = a.len < b.len ? a.len : b.len, same = 0;
    while (same < least && ascii_to_lower(a.ptr[same]) == ascii_to_lower(b.ptr[same])) {
        same++;
    }
    return same >= STEM || (same == a.len && same == b.len);
}

static span subject_of(span name) {
    while (name.len > 0 && name.ptr[name.len - 1] != ' ') {
        name.len--;
    }
    return span_trim(name);
}

pact_names pact_compare_names(span a, span b) {
    span x = subject_of(a), y = subject_of(b);
    if (x.len == 0 || y.len == 0) {
        return NAMES_SILENT;
    }
    while (x.len > 0) {
        span word = span_next_field(&x, ' '), rest = y;
        while (rest.len > 0) {
            if (shares_stem(word, span_next_field(&rest, ' '))) {
                return NAMES_AGREE;
            }
        }
    }
    return NAMES_DIFFER;
}

span pact_party(span code) {
    static const char *const opposed[] = {"REB", "UAF", "OPP"};
    span primary = span_cut(code, 0, code.len < 3 ? code.len : 3), behind = span_cut(code, code.len < 4 ? code.len : 4, code.len);
    for (size_t i = 0; i < COUNT_OF(opposed); i++) {
        if (span_eq(behind, span_of(opposed[i])) && primary.ptr[0] != '-') {
            return code;
        }
    }
    return primary.len == 0 || primary.ptr[0] == '-' ? SPAN("") : primary;
}
