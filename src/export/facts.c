// SPDX-License-Identifier: Apache-2.0
/* Reads the few tables of world/ that formats need: names and FIPS codes of states, names of CAMEO codes,
 * CAMEO's codes of international bodies, PLOVER's scores. */
#include "base/table.h"
#include "export/export.h"

#define ROWS 4096 /* of one table, more than any has */

static drg_status read_countries(export_facts *f, drg_error *error) {
    table t;
    u32 count = 0;
    DRG_TRY(table_open(&t, &f->known, "world/countries.tsv", error));
    while (table_next(&t) && count < ROWS) {
        span code = table_field(&t, "code");
        symbol at = symbols_add(&f->known.words, code);
        u32 before = map_find(&f->countries, at);
        if (before != NONE && table_field(&t, "to").len > 0) {
            continue; /* an older name of a state that is there */
        }
        f->country_rows[count] = (struct country_fact){table_field(&t, "name"), table_field(&t, "fips")};
        map_set(&f->countries, at, count++);
    }
    return DRG_OK;
}

static drg_status read_cameo(export_facts *f, drg_error *error) {
    table t;
    u32 count = 0;
    DRG_TRY(table_open(&t, &f->known, "world/cameo.tsv", error));
    while (table_next(&t) && count < ROWS) {
        f->cameo_names[count] = table_field(&t, "name");
        map_set(&f->cameo, symbols_add(&f->known.words, table_field(&t, "code")), count++);
    }
    return DRG_OK;
}

static drg_status read_bodies(export_facts *f, drg_error *error) {
    table t;
    u32 count = 0;
    DRG_TRY(table_open(&t, &f->known, "world/cameo_bodies.tsv", error));
    while (table_next(&t) && count < ROWS) {
        f->body_rows[count] = (struct body_fact){table_field(&t, "cameo"), table_field(&t, "group")};
        map_set(&f->bodies, symbols_add(&f->known.words, table_field(&t, "primary")), count++);
    }
    return DRG_OK;
}

static drg_status read_sectors(export_facts *f, drg_error *error) {
    table t;
    u32 count = 0;
    DRG_TRY(table_open(&t, &f->known, "world/sector_names.tsv", error));
    while (table_next(&t) && count < ROWS) {
        f->sector_names[count] = table_field(&t, "name");
        map_set(&f->sectors, symbols_add(&f->known.words, table_field(&t, "sector")), count++);
    }
    return DRG_OK;
}

static drg_status read_quads(export_facts *f, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, &f->known, "world/quad_classes.tsv", error));
    while (table_next(&t)) {
        span root = table_field(&t, "root"), gdelt = table_field(&t, "gdelt"), phoenix = table_field(&t, "phoenix");
        if (root.len != 2 || !ascii_is_digit(root.ptr[0]) || !ascii_is_digit(root.ptr[1]) || gdelt.len != 1 || phoenix.len != 1) {
            table_complain(&t, "a root of two digits and two classes of one digit are wanted");
            continue;
        }
        u8 *classes = f->quads[(root.ptr[0] - '0') * 10 + (root.ptr[1] - '0')];
        classes[0] = (u8)(gdelt.ptr[0] - '0');
        classes[1] = (u8)(phoenix.ptr[0] - '0');
    }
    return DRG_OK;
}

/* "-9.5" of quad 4 as 40905: tenths over a thousand, so that it fits a map. */
static u32 read_tenths(span text, span quad) {
    char copy[16];
    snprintf(copy, sizeof copy, "%.*s", (int)(text.len < 15 ? text.len : 15), text.ptr);
    double score = strtod(copy, NULL) * 10;
    return (u32)((int)(score < 0 ? score - 0.5 : score + 0.5) + 1000 + (quad.len > 0 ? quad.ptr[0] - '0' : 0) * 10000);
}

static drg_status read_scores(export_facts *f, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, &f->known, "world/plover_scores.tsv", error));
    while (table_next(&t)) {
        span mode = table_field(&t, "mode"), score = table_field(&t, "score");
        u64 key = (u64)symbols_add(&f->known.words, table_field(&t, "category")) << 32;
        if (score.len > 0) {
            map_set(&f->scores, mode.len > 0 ? key | symbols_add(&f->known.words, mode) : key, read_tenths(score, table_field(&t, "quad")));
        }
    }
    return DRG_OK;
}

drg_status export_facts_open(export_facts *f, const char *folder, drg_error *error) {
    *f = (export_facts){0};
    DRG_TRY(knowledge_open(&f->known, folder != NULL ? folder : DRG_DATA_FOLDER, error));
    arena *memory = &f->known.memory;
    map *const maps[] = {&f->countries, &f->cameo, &f->bodies, &f->sectors, &f->scores};
    for (size_t i = 0; i < COUNT_OF(maps); i++) {
        map_open(maps[i], memory);
    }
    f->country_rows = arena_alloc(memory, ROWS, sizeof *f->country_rows);
    f->cameo_names = arena_new(memory, span, ROWS);
    f->sector_names = arena_new(memory, span, ROWS);
    f->body_rows = arena_alloc(memory, ROWS, sizeof *f->body_rows);
    drg_status status = f->country_rows != NULL && f->cameo_names != NULL && f->body_rows != NULL && f->sector_names != NULL
                            ? DRG_OK
                            : drg_fail(error, DRG_ERROR_MEMORY, "export", 0, "out of memory");
    drg_status (*const readers[])(export_facts *, drg_error *) = {read_countries, read_cameo, read_bodies, read_sectors, read_quads, read_scores};
    for (size_t i = 0; i < COUNT_OF(readers) && status == DRG_OK; i++) {
        status = readers[i](f, error);
    }
    if (status != DRG_OK) {
        export_facts_close(f);
    }
    return status;
}

void export_facts_close(export_facts *f) { knowledge_close(&f->known); }
