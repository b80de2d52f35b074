// SPDX-License-Identifier: Apache-2.0
/* What no reader of frames looks at, for dragoman dict check: codes and modes that there are none of, frames that
 * can never fire or never be told, names and examples that stand twice, examples whose expected events cannot
 * come out.
 *
 *     code 1955      ->  code 1955 is none of CAMEO's; did you mean 195?         (world/cameo.tsv)
 *     code 195 arial ->  ASSAULT has no mode arial; did you mean aerial?         (lang/en/codebook.tsv) */
#include "what/frame_check.h"

#include <stdio.h>

#include "base/nearest.h"
#include "base/table.h"

typedef struct {
    const frame_tables *frames;
    knowledge *k;
    map codes;                 /* code -> 1 */
    map modes;                 /* category << 32 | mode -> 1 */
    const char *mode_names[CATEGORY_COUNT][64];
    u32 mode_counts[CATEGORY_COUNT];
} check;

static u32 category_of(span name) {
    u32 c = 0;
    while (c < CATEGORY_COUNT && !span_eq(name, span_of(what_category_name(c)))) {
        c++;
    }
    return c;
}

/* "ASSAULT aerial" */
static bool add_mode(check *c, span name) {
    u32 at = category_of(span_next_field(&name, ' '));
    symbol id = symbols_add(&c->k->words, name);
    if (at < CATEGORY_COUNT && c->mode_counts[at] < COUNT_OF(c->mode_names[at])) {
        c->mode_names[at][c->mode_counts[at]++] = symbols_text(&c->k->words, id).ptr;
    }
    return map_set(&c->modes, (u64)at << 32 | id, 1);
}

static drg_status read_ontology(check *c, drg_error *error) {
    table t;
    bool fine = true;
    DRG_TRY(table_open(&t, c->k, "world/cameo.tsv", error));
    while (table_next(&t)) {
        fine &= map_set(&c->codes, symbols_add(&c->k->words, table_field(&t, "code")), 1);
    }
    DRG_TRY(table_open(&t, c->k, "lang/en/codebook.tsv", error));
    while (table_next(&t)) {
        fine &= !span_eq(table_field(&t, "kind"), SPAN("mode")) || add_mode(c, table_field(&t, "name"));
    }
    return fine ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
}

/* The longest beginning that is a code, as "; did you mean 195?". */
static const char *nearest_code(const check *c, span code, char out[48]) {
    out[0] = '\0';
    for (span cut = code; cut.len >= 2; cut.len--) {
        symbol id = symbols_find(&c->k->words, cut);
        if (id != NONE && map_find(&c->codes, id) != NONE) {
            snprintf(out, 48, "; did you mean %.*s?", (int)(cut.len < 20 ? cut.len : 20), cut.ptr);
            break;
        }
    }
    return out;
}

static void check_code(const check *c, const frame *f, const code_rule *rule) {
    char hint[48], given[40];
    source_line where = {f->where.file, rule->line};
    span code = symbols_text(&c->k->words, rule->cameo);
    if (map_find(&c->codes, rule->cameo) == NONE) {
        knowledge_complain(c->k, where, "code %.*s is none of CAMEO's%s", (int)code.len, code.ptr, nearest_code(c, code, hint));
    }
    if (rule->mode == NONE || map_find(&c->modes, (u64)f->category << 32 | rule->mode) != NONE) {
        return;
    }
    span mode = symbols_text(&c->k->words, rule->mode);
    snprintf(given, sizeof given, "%.*s", (int)mode.len, mode.ptr);
    const char *best = nearest_name(given, c->mode_names[f->category], c->mode_counts[f->category]);
    knowledge_complain(c->k, where, "%s has no mode %s in lang/en/codebook.tsv%s%s%s", what_category_name(f->category), given, best != NULL ? "; did you mean " : "", best != NULL ? best : "",
                       best != NULL ? "?" : "");
}

static drg_status check_frames(const check *c) {
    map names;
    map_open(&names, &c->k->memory);
    bool *fires = arena_new(&c->k->memory, bool, c->frames->frames.count + 1);
    if (fires == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < c->frames->triggers.count; i++) {
        fires[c->frames->triggers.items[i].frame] = true;
    }
    for (u32 i = 0; i < c->frames->frames.count; i++) {
        const frame *f = &c->frames->frames.items[i];
        symbol name = symbols_add(&c->k->words, f->name);
        u32 other = map_find(&names, name);
        if (other != NONE) {
            source_line at = c->frames->frames.items[other].where;
            span file = knowledge_file_name(c->k, at.file);
            knowledge_complain(c->k, f->where, "a frame \"%.*s\" stands at %.*s:%u already: give it a name of its own", (int)f->name.len, f->name.ptr,
                               (int)file.len, file.ptr, at.line);
        }
        if (!fires[i]) {
            knowledge_complain(c->k, f->where, "\"%.*s\" has no verb, noun or adjective: it can never fire", (int)f->name.len, f->name.ptr);
        }
        if (f->end_code == f->first_code) {
            knowledge_complain(c->k, f->where, "\"%.*s\" has no code line: nothing can come out", (int)f->name.len, f->name.ptr);
        }
        for (u32 k = f->first_code; k < f->end_code; k++) {
            check_code(c, f, &c->frames->codes.items[k]);
        }
        if (!map_set(&names, name, i)) {
            return DRG_ERROR_MEMORY;
        }
    }
    return DRG_OK;
}

/* "ASSAULT 190 SYR REB > SYR": are category and code such as can come out at all? */
static void check_expected(const check *c, const frame_example *e) {
    for (span rest = e->expected; rest.len > 0;) {
        char hint[48];
        span one = span_trim(span_next_field(&rest, ';')), name = span_next_field(&one, ' ');
        one = span_trim(one);
        span code = span_next_field(&one, ' ');
        symbol id = symbols_find(&c->k->words, code);
        if (category_of(name) == CATEGORY_COUNT) {
            knowledge_complain(c->k, e->where, "the example expects %.*s, which is no category", (int)(name.len < 40 ? name.len : 40), name.ptr);
        } else if (id == NONE || map_find(&c->codes, id) == NONE) {
            knowledge_complain(c->k, e->where, "the example expects code %.*s, which is none of CAMEO's%s", (int)(code.len < 20 ? code.len : 20), code.ptr,
                               nearest_code(c, code, hint));
        }
    }
}

static drg_status check_examples(const check *c) {
    map seen;
    map_open(&seen, &c->k->memory);
    for (u32 i = 0; i < c->frames->examples.count; i++) {
        const frame_example *e = &c->frames->examples.items[i];
        symbol sentence_id = symbols_add(&c->k->words, e->sentence);
        u32 other = map_find(&seen, sentence_id);
        if (other != NONE && c->frames->examples.items[other].frame == e->frame) {
            knowledge_complain(c->k, e->where, "the same sentence stands on line %u", c->frames->examples.items[other].where.line);
        }
        if (!map_set(&seen, sentence_id, i)) {
            return DRG_ERROR_MEMORY;
        }
        if (!e->starred) {
            check_expected(c, e);
        }
    }
    return DRG_OK;
}

drg_status frame_check(const frame_tables *frames, knowledge *k, drg_error *error) {
    check c = {.frames = frames, .k = k};
    map_open(&c.codes, &k->memory);
    map_open(&c.modes, &k->memory);
    DRG_TRY(read_ontology(&c, error));
    drg_status status = check_frames(&c);
    status = status == DRG_OK ? check_examples(&c) : status;
    return status == DRG_OK ? status : drg_fail(error, status, "frames", 0, "out of memory");
}
