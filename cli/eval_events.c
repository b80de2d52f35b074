// SPDX-License-Identifier: Apache-2.0
/* dragoman eval GOLD [SYSTEM]: events against gold, with counts.
 *
 * SYSTEM is a file of records, a folder or a desk; without it the texts that GOLD (or --texts) holds are coded
 * here.  What is compared, and how, stands in src/score/score.h. */
#include <errno.h>

#include "ask/ask.h"
#include "cli/eval.h"
#include "score/score.h"
#include "what/category.h"

typedef struct {
    FILE *misses;       /* --misses, or NULL */
    bool detail;
    bool listed;        /* a first line of the list is out */
} listing;

/* ------------------------------------------------------------------ system */

static drg_status code_texts(const drg_engine *engine, const score_set *gold, score_set *system, drg_error *error) {
    drg_coder *coder;
    DRG_TRY(drg_coder_new(engine, &coder, error));
    drg_status status = DRG_OK;
    for (u32 i = 0; i < gold->reports.count && status == DRG_OK; i++) {
        const score_report *g = &gold->reports.items[i];
        if (g->text.len == 0) {
            continue;
        }
        drg_report given = {.id = g->id, .url = g->url, .outlet = g->outlet, .title = g->title, .date = g->date, .lang = g->lang, .text = g->text};
        status = drg_coder_code(coder, &given, error);
        if (status == DRG_OK) {
            status = score_set_add(system, drg_coder_records(coder), error);
        }
    }
    drg_coder_free(coder);
    return status;
}

static bool is_desk(const char *path) {
    char head[16] = {0};
    FILE *file = strstr(path, "://") == NULL ? fopen(path, "rb") : NULL;
    bool sqlite = file != NULL && fread(head, 1, sizeof head, file) == sizeof head && memcmp(head, "SQLite format 3", 16) == 0;
    if (file != NULL) {
        fclose(file);
    }
    return sqlite || span_starts(span_of(path), SPAN("postgres://")) || span_starts(span_of(path), SPAN("postgresql://"));
}

/* Every telling of every event in the desk. */
static drg_status read_desk(const char *path, score_set *system, drg_error *error) {
    store *desk = NULL;
    ask_rows *rows = NULL;
    ask_filter all;
    const ask_row *row;
    static const char *const as_written[] = {"sort=number"}; /* pairs of equal weight are taken in this order */
    DRG_TRY(store_open(&desk, path, NULL, error));
    drg_status status = ask_filter_read(&all, &(ask_given){desk, NULL, as_written, COUNT_OF(as_written)}, system->memory, error);
    if (status == DRG_OK) {
        status = ask_rows_open(&rows, store_database(desk), &all, ASK_REPORTS, error);
    }
    while (status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        status = score_set_add_event(system, row->report.id, &row->event) ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    if (status == DRG_OK) {
        status = ask_rows_check(rows, error);
    }
    ask_rows_close(rows);
    store_close(desk);
    return status;
}

static drg_status fill_system(const cli_command *command, const cli_arguments *arguments, const score_set *gold, score_set *system,
                              drg_error *error) {
    if (arguments->operand_count > 1) {
        const char *path = arguments->operands[1];
        return is_desk(path) ? read_desk(path, system, error) : score_set_read(system, path, false, error);
    }
    if (gold->texts == 0) {
        return drg_fail(error, DRG_ERROR_USE, arguments->operands[0], 0,
                        "holds no texts to code: name the system's records too, or the texts with --texts FILE");
    }
    drg_engine *engine;
    const char *paths[CLI_GIVEN];
    drg_options options = cli_engine_options(command, arguments, paths);
    DRG_TRY(drg_engine_open(&options, &engine, error));
    drg_status status = code_texts(engine, gold, system, error);
    drg_engine_close(engine);
    return status;
}

/* ------------------------------------------------------------------ the list */

static void put_json(FILE *out, span text) {
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            fprintf(out, "%s%c", c == '"' || c == '\\' ? "\\" : "", c);
        }
    }
    fputc('"', out);
}

static void put_json_list(FILE *out, const char *name, const span *texts, u32 count) {
    fprintf(out, ",\"%s\":[", name);
    for (u32 i = 0; i < count; i++) {
        fputs(i > 0 ? "," : "", out);
        put_json(out, texts[i]);
    }
    fputc(']', out);
}

static void write_line(FILE *out, const char *verdict, span report, const score_event *e) {
    const char *const names[] = {"doc", "plover", "cameo", "status", "date", "place", "country"};
    const span values[] = {report, e->plover, e->cameo, e->status, e->date, e->place, e->country};
    fprintf(out, "{\"type\":\"%s\"", verdict);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        fprintf(out, ",\"%s\":", names[i]);
        put_json(out, values[i]);
    }
    put_json_list(out, "source", e->source, e->source_count);
    put_json_list(out, "target", e->target, e->target_count);
    fprintf(out, ",\"reciprocal\":%s", e->reciprocal ? "true" : "false");
    put_json_list(out, "evidence", e->evidence, e->evidence_count);
    fputs("}\n", out);
}

static void print_side(const span *codes, u32 count) {
    for (u32 i = 0; i < count; i++) {
        printf("%s%.*s", i > 0 ? " + " : "", (int)codes[i].len, codes[i].ptr);
    }
    fputs(count == 0 ? "---" : "", stdout);
}

static void print_event(const char *verdict, span report, const score_event *e) {
    printf("%-6s  %.*s  %.*s %.*s  ", verdict, (int)report.len, report.ptr, (int)e->plover.len, e->plover.ptr, (int)e->cameo.len, e->cameo.ptr);
    print_side(e->source, e->source_count);
    if (!e->reciprocal) {
        fputs(" > ", stdout);
        print_side(e->target, e->target_count);
    }
    for (u32 i = 0; i < e->evidence_count; i++) {
        printf("%s%.*s", i > 0 ? " ... " : "  \"", (int)e->evidence[i].len, e->evidence[i].ptr);
    }
    printf(e->evidence_count > 0 ? "\"\n" : "\n");
}

static void list_event(void *user, span report, score_verdict verdict, const score_event *event) {
    listing *l = user;
    const char *name = verdict == SCORE_MISSED ? "missed" : "false";
    if (verdict == SCORE_FOUND) {
        return;
    }
    if (l->misses != NULL) {
        write_line(l->misses, name, report, event);
    }
    if (l->detail) {
        print_event(name, report, event);
        l->listed = true;
    }
}

/* ------------------------------------------------------------------ the figures */

static double percent(u64 part, u64 whole) { return whole > 0 ? 100.0 * (double)part / (double)whole : 0; }

static void put_row(bool json, const char *kind, span name, score_count c) {
    double precision = percent(c.right, c.right + c.false_alarms), recall = percent(c.right, c.right + c.missed);
    double f1 = percent(2 * c.right, 2 * c.right + c.false_alarms + c.missed);
    unsigned long long tp = c.right, fp = c.false_alarms, fn = c.missed;
    if (json) {
        printf("{\"type\":\"%s\",\"name\":\"%.*s\",\"tp\":%llu,\"fp\":%llu,\"fn\":%llu,\"precision\":%.1f,\"recall\":%.1f,\"f1\":%.1f}\n", kind,
               (int)name.len, name.ptr, tp, fp, fn, precision, recall, f1);
    } else {
        printf("%-22.*s%8llu%8llu%8llu%11.1f%8.1f%8.1f\n", (int)name.len, name.ptr, tp, fp, fn, precision, recall, f1);
    }
}

static void put_head(bool json, const char *title) {
    if (!json) {
        printf("%-22s%8s%8s%8s%11s%8s%8s\n", title, "TP", "FP", "FN", "precision", "recall", "F1");
    }
}

static void print_table(const score_table *t, score_level level, bool json) {
    char title[64];
    put_head(json, "events");
    for (u32 i = 0; i < SCORE_LEVELS; i++) {
        put_row(json, "level", span_of(score_level_name((score_level)i)), t->levels[i]);
    }
    score_count base = t->levels[SCORE_WHO_WHOM];
    for (u32 i = 0; i < SCORE_FIELDS; i++) {
        u64 wrong = base.right - t->fields[i];
        snprintf(title, sizeof title, "who-whom, %s", score_field_name((score_field)i));
        put_row(json, "field", span_of(title), (score_count){t->fields[i], base.false_alarms + wrong, base.missed + wrong});
    }
    printf(json ? "" : "\n");
    snprintf(title, sizeof title, "category (%s)", score_level_name(level));
    put_head(json, title);
    for (u32 i = 0; i < t->categories.count; i++) {
        put_row(json, "category", t->categories.items[i].category, t->categories.items[i].counts[level]);
    }
    if (json) {
        printf("{\"type\":\"summary\",\"reports\":%llu,\"gold\":%llu,\"uncertain\":%llu,\"system\":%llu}\n", (unsigned long long)t->reports,
               (unsigned long long)t->gold, (unsigned long long)t->uncertain, (unsigned long long)t->system);
    } else {
        printf("\nreports %llu; events of gold %llu (%llu of them not certain), of the system %llu\n", (unsigned long long)t->reports,
               (unsigned long long)t->gold, (unsigned long long)t->uncertain, (unsigned long long)t->system);
    }
}

/* ------------------------------------------------------------------ what looks like a slip */

static bool is_category(span name) {
#define CATEGORY_SAME(category) || span_eq(name, SPAN(#category))
    return false CATEGORY_LIST(CATEGORY_SAME);
#undef CATEGORY_SAME
}

/* Figures of nought have two everyday causes: a mistyped category, and ids that differ. */
static void tell_slips(const score_set *gold, const score_set *system, bool given) {
    u32 shared = 0, unknown = 0;
    span first = SPAN("");
    for (u32 i = 0; i < gold->reports.count; i++) {
        const score_report *g = &gold->reports.items[i];
        shared += score_set_find(system, g->id) != NULL;
        for (u32 k = 0; k < g->events.count; k++) {
            bool known = is_category(g->events.items[k].plover);
            first = known || unknown > 0 ? first : g->id;
            unknown += !known;
        }
    }
    if (unknown > 0) {
        fprintf(stderr, "dragoman eval: %u event%s of gold of no PLOVER category (capitals: AGREE), the first in report %.*s\n", unknown,
                unknown == 1 ? "" : "s", (int)first.len, first.ptr);
    }
    if (given && shared == 0 && gold->events > 0) {
        fprintf(stderr, "dragoman eval: no report of gold has an event on the other side: are the reports' ids the same?\n");
    }
}

/* ------------------------------------------------------------------ all of it */

static score_level level_of(const char *name) {
    for (u32 i = 0; name != NULL && i < SCORE_LEVELS; i++) {
        if (strcmp(score_level_name((score_level)i), name) == 0) {
            return (score_level)i;
        }
    }
    return SCORE_WHO_WHOM;
}

static drg_status compare(const cli_command *command, const cli_arguments *arguments, arena *memory, listing *l, drg_error *error) {
    score_set gold, system;
    score_table table;
    const char *to = cli_value(command, arguments, "to"), *texts = cli_value(command, arguments, "texts");
    score_wish wish = {level_of(cli_value(command, arguments, "level")), list_event, l};
    score_set_open(&gold, memory);
    score_set_open(&system, memory);
    DRG_TRY(score_set_read(&gold, arguments->operands[0], false, error));
    if (texts != NULL) {
        DRG_TRY(score_set_read(&gold, texts, true, error));
    }
    DRG_TRY(fill_system(command, arguments, &gold, &system, error));
    tell_slips(&gold, &system, arguments->operand_count > 1);
    if (score_compare(&gold, &system, &wish, &table, memory) != DRG_OK) {
        return drg_fail(error, DRG_ERROR_MEMORY, "eval", 0, "out of memory");
    }
    if (table.reports == 0) {
        return drg_fail(error, DRG_ERROR_INPUT, arguments->operands[0], 0, "no report with events in it: see docs/asking.md for the format");
    }
    printf(l->listed ? "\n" : "");
    print_table(&table, wish.level, to != NULL && strcmp(to, "jsonl") == 0);
    return DRG_OK;
}

int eval_events(const cli_command *command, const cli_arguments *arguments) {
    const char *path = cli_value(command, arguments, "misses");
    listing l = {.detail = cli_value(command, arguments, "detail") != NULL};
    drg_error error = {0};
    arena memory;
    if (arguments->operand_count > 2) {
        fprintf(stderr, "usage: dragoman eval GOLD [SYSTEM]\n");
        return EXIT_USE;
    }
    l.misses = path != NULL ? fopen(path, "wb") : NULL;
    if (path != NULL && l.misses == NULL) {
        drg_fail(&error, DRG_ERROR_OUTPUT, path, 0, "cannot be written: %s", strerror(errno));
        return cli_report_error(&error);
    }
    arena_open(&memory, EVAL_BYTES);
    drg_status status = compare(command, arguments, &memory, &l, &error);
    if (l.misses != NULL && fclose(l.misses) != 0 && status == DRG_OK) {
        status = drg_fail(&error, DRG_ERROR_OUTPUT, path, 0, "cannot write: %s", strerror(errno));
    }
    arena_close(&memory);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}
