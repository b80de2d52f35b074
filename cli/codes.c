// SPDX-License-Identifier: Apache-2.0
/* The topic `codes`: categories with their modes, root codes, contexts and sectors, out of the tables in world/.
 *
 *     RETREAT     material cooperation  withdraw, release, disarm, ceasefire, access, resign */
#include "base/table.h"
#include "cli/cli.h"

#define CONTEXTS 64

static void print_modes(FILE *out, knowledge *k, span category) {
    table t;
    bool any = false;
    if (table_open(&t, k, "world/plover_scores.tsv", NULL) != DRG_OK) {
        return;
    }
    while (table_next(&t)) {
        span mode = table_field(&t, "mode");
        if (mode.len > 0 && span_eq(table_field(&t, "category"), category)) {
            fprintf(out, "%s%.*s", any ? ", " : "  ", (int)mode.len, mode.ptr);
            any = true;
        }
    }
}

static drg_status print_categories(FILE *out, knowledge *k, drg_error *error) {
    static const char *const quads[] = {"", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"};
    table t;
    DRG_TRY(table_open(&t, k, "world/plover_scores.tsv", error));
    fputs("Categories of PLOVER, with their quad class and their modes\n", out);
    while (table_next(&t)) {
        span category = table_field(&t, "category"), quad = table_field(&t, "quad");
        if (table_field(&t, "mode").len == 0) {
            int class = quad.len == 1 && quad.ptr[0] >= '1' && quad.ptr[0] <= '4' ? quad.ptr[0] - '0' : 0;
            fprintf(out, "  %-11.*s %s", (int)category.len, category.ptr, quads[class]);
            print_modes(out, k, category);
            fputc('\n', out);
        }
    }
    return DRG_OK;
}

/* Each context once, in the order of the table. */
static void add_contexts(span field, span *contexts, u32 *count) {
    while (field.len > 0) {
        span context = span_trim(span_next_field(&field, ';'));
        u32 i = 0;
        while (i < *count && !span_eq(contexts[i], context)) {
            i++;
        }
        if (i == *count && *count < CONTEXTS && context.len > 0) {
            contexts[(*count)++] = context;
        }
    }
}

static drg_status print_roots(FILE *out, knowledge *k, drg_error *error) {
    table t;
    span contexts[CONTEXTS];
    u32 count = 0;
    DRG_TRY(table_open(&t, k, "world/cameo.tsv", error));
    fputs("\nRoot codes of CAMEO (longer codes begin with them)\n", out);
    while (table_next(&t)) {
        span code = table_field(&t, "code"), name = table_field(&t, "name");
        if (code.len == 2) {
            fprintf(out, "  %.*s  %.*s\n", (int)code.len, code.ptr, (int)name.len, name.ptr);
        }
        add_contexts(table_field(&t, "contexts"), contexts, &count);
    }
    fputs("\nContexts\n", out);
    for (u32 i = 0; i < count; i++) {
        fprintf(out, "%s%.*s%s", i % 6 == 0 ? "  " : "", (int)contexts[i].len, contexts[i].ptr, i + 1 == count || i % 6 == 5 ? "\n" : ", ");
    }
    return DRG_OK;
}

static drg_status print_sectors(FILE *out, knowledge *k, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, k, "world/sector_names.tsv", error));
    fputs("\nSectors of actors, behind a country or body: \"USA MIL\"\n", out);
    while (table_next(&t)) {
        span sector = table_field(&t, "sector"), name = table_field(&t, "name");
        fprintf(out, "  %.*s  %.*s\n", (int)sector.len, sector.ptr, (int)name.len, name.ptr);
    }
    return DRG_OK;
}

void cli_print_codes(FILE *out) {
    knowledge known;
    drg_error error = {0};
    const char *folder = cli_data_folder(NULL);
    drg_status status = knowledge_open(&known, folder != NULL ? folder : DRG_DATA_FOLDER, &error);
    drg_status (*const parts[])(FILE *, knowledge *, drg_error *) = {print_categories, print_roots, print_sectors};
    for (size_t i = 0; i < COUNT_OF(parts) && status == DRG_OK; i++) {
        status = parts[i](out, &known, &error);
    }
    knowledge_close(&known);
    if (status != DRG_OK) {
        cli_report_error(&error);
    }
}
