// SPDX-License-Identifier: Apache-2.0
/* dragoman query DESK [FILTER...|SQL]: rows, counts and small tables from a desk, read only. */
#include "cli/desk.h"
#include "cli/events_table.h"
#include "export/export.h"

#define QUESTION_BYTES ((size_t)1 << 30)
#define TABLE_LIMIT 50      /* rows of a table where no limit= is given */
#define SECONDS 60

const cli_option cli_query_options[] = {
    {"to", 0, "KIND", "form of the answer", "table|csv|jsonl|md"},
    {"of", 0, "WHAT", "rows of what (default events)", ask_kind_names},
    {"by", 0, "WHAT", "count events, reports and outlets by", ask_groups},
    {"count", 0, NULL, "only count: events, reports, outlets, or what --of lists", NULL},
    {"tellings", 0, NULL, "a row for every report's telling, not one an event", NULL},
    {"sql", 0, NULL, "show the SQL of the question, and do not ask it", NULL},
    {"seconds", 0, "N", "how long the question may take (default 60; 0: any time)", NULL},
    {"exit-status", 0, NULL, "exit 4 when there are no rows", NULL},
    {NULL, 0, NULL, NULL, NULL}};

static const grid_column group_columns[] = {{"", 6, 60, false}, {"events", 6, 12, true}, {"reports", 7, 12, true}, {"outlets", 7, 12, true}};

typedef struct {
    store *desk;
    sql_base *base;
    const cli_command *command;
    const cli_arguments *arguments;
    grid_kind kind;
    const ask_kind *of; /* NULL: events */
    ask_filter filter;
    arena memory;
    u64 rows;
    drg_error error;
} question;

static const char *option(const question *q, const char *name) { return cli_value(q->command, q->arguments, name); }

/* ------------------------------------------------------------------ SQL */

static bool is_sql(const char *word) {
    static const char *const verbs[] = {"select", "with", "values"};
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        size_t len = strlen(verbs[i]), at = 0;
        while (at < len && ascii_to_lower(word[at]) == verbs[i][at]) {
            at++;
        }
        if (at == len && !ascii_is_alnum((unsigned char)word[len]) && word[len] != '=' && word[len] != '_') {
            return true;
        }
    }
    return false;
}

static drg_status ask_sql(question *q) {
    ask_build sql;
    ask_build_open(&sql, &q->memory);
    for (int i = 1; i < q->arguments->operand_count; i++) {
        ask_put(&sql, i > 1 ? " " : "");
        ask_put(&sql, q->arguments->operands[i]);
    }
    if (option(q, "sql") != NULL) {
        printf("%s;\n", sql.failed ? "" : sql.text);
        q->rows = 1;
        return DRG_OK;
    }
    sql_query *asked = ask_start(q->base, &sql);
    drg_status status = desk_print(q->base, asked, q->kind, NULL, &q->rows, &q->error);
    query_close(asked);
    return status;
}

/* ------------------------------------------------------------------ events */

static span list_actors(question *q, const drg_actor *actors, size_t count) {
    ask_build names;
    ask_build_open(&names, &q->memory);
    for (size_t i = 0; i < count; i++) {
        span name = arena_copy(&q->memory, actors[i].name.len > 0 ? actors[i].name : actors[i].code);
        ask_put(&names, i > 0 ? ", " : "");
        ask_put(&names, name.ptr != NULL ? name.ptr : "");
    }
    return names.failed ? SPAN("") : (span){names.text, names.len};
}

static span *row_cells(question *q, const ask_row *row) {
    const drg_event *e = &row->event;
    span *cells = arena_new(&q->memory, span, EVENTS_TABLE_COLUMNS);
    char what[256], reports[32];
    if (cells == NULL) {
        return NULL;
    }
    int size = snprintf(what, sizeof what, "%.*s %.*s %.*s", (int)e->plover.len, e->plover.ptr, (int)e->cameo.len, e->cameo.ptr,
                        (int)(e->trigger.len < 200 ? e->trigger.len : 200), e->trigger.ptr);
    size_t digits = events_table_reports(row->reports, row->witnesses, reports);
    cells[0] = arena_copy(&q->memory, e->date.len > 0 ? e->date : row->report.date);
    cells[1] = list_actors(q, e->source, e->source_count);
    cells[2] = arena_copy(&q->memory, (span){what, (size_t)size});
    cells[3] = e->reciprocal ? SPAN("(each other)") : list_actors(q, e->target, e->target_count);
    cells[4] = arena_copy(&q->memory, e->place != NULL ? e->place->name : SPAN(""));
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    cells[5] = span_of(statuses[e->status]);
    cells[6] = e->claimed_count > 0 ? list_actors(q, e->claimed_by, e->claimed_count) : arena_copy(&q->memory, row->report.outlet);
    cells[7] = arena_copy(&q->memory, (span){reports, digits});
    return cells;
}

static void print_rows(question *q, span **rows, u32 count) {
    grid g;
    if (q->kind == GRID_MD) {
        out_bytes *out = calloc(1, sizeof *out);
        if (out != NULL) {
            out_open(out, desk_to_file, stdout);
            grid_write_head(out, GRID_MD, events_table_columns, EVENTS_TABLE_COLUMNS);
            for (u32 i = 0; i < count; i++) {
                grid_write(out, GRID_MD, events_table_columns, rows[i], EVENTS_TABLE_COLUMNS);
            }
            out_flush(out);
        }
        free(out);
        return;
    }
    grid_open(&g, stdout, events_table_columns, EVENTS_TABLE_COLUMNS);
    for (u32 i = 0; i < count; i++) {
        grid_measure(&g, rows[i]);
    }
    grid_fit(&g);
    grid_print_head(&g);
    for (u32 i = 0; i < count; i++) {
        grid_print(&g, rows[i]);
    }
}

static drg_status print_totals(question *q) {
    ask_build sql;
    ask_build_open(&sql, &q->memory);
    ask_build_count(&sql, &q->filter);
    sql_query *count = ask_start(q->base, &sql);
    if (query_next(count)) {
        long long events = query_number(count, 0), reports = query_number(count, 1), outlets = query_number(count, 2);
        if (option(q, "tellings") == NULL && q->rows < (u64)events) {
            printf("%llu of ", (unsigned long long)q->rows);
        }
        printf("%lld event%s in %lld report%s of %lld outlet%s%s\n", events, events == 1 ? "" : "s", reports, reports == 1 ? "" : "s", outlets,
               outlets == 1 ? "" : "s",
               q->filter.limit == TABLE_LIMIT && q->rows == TABLE_LIMIT ? "; limit=0 shows all" : "");
    }
    query_close(count);
    return database_check(q->base, &q->error);
}

static drg_status print_events(question *q) {
    ask_rows *rows = NULL;
    LIST(span *) kept = {0};
    const ask_row *row;
    if (q->filter.limit < 0) {
        q->filter.limit = q->kind == GRID_TABLE ? TABLE_LIMIT : 0;
    }
    drg_status status = ask_rows_open(&rows, q->base, &q->filter, option(q, "tellings") != NULL ? ASK_REPORTS : ASK_EVENTS, &q->error);
    while (status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        span *cells = row_cells(q, row), **slot = cells != NULL ? list_push(&q->memory, &kept) : NULL;
        if (slot == NULL) {
            status = drg_fail(&q->error, DRG_ERROR_MEMORY, "", 0, "too much for a table: write it with --to csv");
        } else {
            *slot = cells;
        }
    }
    if (status == DRG_OK) {
        status = ask_rows_check(rows, &q->error);
    }
    ask_rows_close(rows);
    if (status == DRG_OK) {
        q->rows = kept.count;
        print_rows(q, kept.items, kept.count);
        status = q->kind == GRID_TABLE ? print_totals(q) : DRG_OK;
    }
    return status;
}

/* csv and jsonl are exports to standard output. */
static drg_status write_events(question *q) {
    export_facts facts;
    export_tally tally = {0};
    DRG_TRY(export_facts_open(&facts, cli_data_folder(option(q, "data")), &q->error));
    export_plan plan = {.kind = export_kind_find(q->kind == GRID_CSV ? "csv" : "jsonl"), .filter = &q->filter, .facts = &facts,
                        .tellings = option(q, "tellings") != NULL};
    drg_status status = export_write(q->base, &plan, desk_to_file, stdout, &tally, &q->error);
    q->rows = tally.rows;
    export_facts_close(&facts);
    return status;
}

static drg_status print_groups(question *q, ask_build *sql, const char *group) {
    grid_column columns[4];
    memcpy(columns, group_columns, sizeof columns);
    columns[0].head = group;
    sql_query *asked = ask_start(q->base, sql);
    drg_status status = desk_print(q->base, asked, q->kind, group != NULL ? columns : group_columns + 1, &q->rows, &q->error);
    query_close(asked);
    return status;
}

static drg_status print_sql(question *q, const ask_build *sql) {
    span text = ask_print_sql(sql, &q->memory);
    char *spelt = database_spell(q->base, text.ptr);
    printf("%s;\n", spelt != NULL ? spelt : "");
    free(spelt);
    q->rows = 1;
    return database_check(q->base, &q->error);
}

/* ------------------------------------------------------------------ what goes across reports */

/* "2 stories", "1 story". */
static void print_counted(long long count, const char *plural, const char *behind) {
    size_t len = strlen(plural);
    bool ies = len > 3 && strcmp(plural + len - 3, "ies") == 0;
    if (count == 1) {
        printf("1 %.*s%s%s", (int)(len - (ies ? 3 : 1)), plural, ies ? "y" : "", behind);
    } else {
        printf("%lld %s%s", count, plural, behind);
    }
}

static drg_status print_kind_totals(question *q) {
    ask_build sql;
    ask_build_open(&sql, &q->memory);
    ask_build_kind_count(&sql, &q->filter, q->of);
    sql_query *count = ask_start(q->base, &sql);
    if (query_next(count)) {
        long long things = query_number(count, 0), rows = query_number(count, 1);
        print_counted(things, q->of->totals[0].name, ", ");
        print_counted(rows, q->of->totals[1].name, "");
        printf("%s\n", q->filter.limit == TABLE_LIMIT && q->rows == TABLE_LIMIT ? "; 50 rows shown, limit=0 shows all" : "");
    }
    query_close(count);
    return database_check(q->base, &q->error);
}

static drg_status print_kind(question *q, const ask_build *sql, ask_reader reader) {
    grid_column columns[GRID_COLUMNS];
    u32 count = 0;
    bool only_count = option(q, "count") != NULL;
    for (size_t i = 0; i < COUNT_OF(q->of->totals) && only_count; i++) {
        columns[count++] = (grid_column){q->of->totals[i].name, 6, 12, true};
    }
    for (const ask_column *c = q->of->columns; c->name != NULL && count < GRID_COLUMNS && !only_count; c++) {
        if (c->reader & reader) {
            columns[count++] = (grid_column){c->name, c->width < 8 ? c->width : 8, c->width, c->number};
        }
    }
    sql_query *asked = ask_start(q->base, sql);
    drg_status status = desk_print(q->base, asked, q->kind, columns, &q->rows, &q->error);
    query_close(asked);
    return status == DRG_OK && q->kind == GRID_TABLE && !only_count ? print_kind_totals(q) : status;
}

static drg_status ask_of_kind(question *q) {
    static const char *const of_events[] = {"by", "tellings"};
    ask_reader reader = q->kind == GRID_TABLE || q->kind == GRID_MD ? ASK_EYE : ASK_PROGRAM;
    ask_build sql;
    for (size_t i = 0; i < COUNT_OF(of_events); i++) {
        if (option(q, of_events[i]) != NULL) {
            return drg_fail(&q->error, DRG_ERROR_USE, "", 0, "--%s is for events: leave out --%s or --of %s", of_events[i], of_events[i], q->of->name);
        }
    }
    ask_build_open(&sql, &q->memory);
    if (q->filter.limit < 0) {
        q->filter.limit = q->kind == GRID_TABLE ? TABLE_LIMIT : 0;
    }
    if (option(q, "count") != NULL) {
        ask_build_kind_count(&sql, &q->filter, q->of);
    } else {
        ask_build_kind(&sql, &q->filter, q->of, reader);
    }
    return option(q, "sql") != NULL ? print_sql(q, &sql) : print_kind(q, &sql, reader);
}

/* ------------------------------------------------------------------ a question of filter words */

static drg_status ask_words_of(question *q) {
    const char *group = option(q, "by");
    bool count = option(q, "count") != NULL;
    ask_build sql;
    ask_build_open(&sql, &q->memory);
    ask_given given = {q->desk, q->of, q->arguments->operands + 1, (size_t)q->arguments->operand_count - 1};
    DRG_TRY(ask_filter_read(&q->filter, &given, &q->memory, &q->error));
    if (q->of != NULL) {
        return ask_of_kind(q);
    }
    if (group != NULL) {
        ask_build_groups(&sql, &q->filter, group);
    } else if (count) {
        ask_build_count(&sql, &q->filter);
    } else {
        ask_build_rows(&sql, &q->filter, option(q, "tellings") != NULL ? ASK_REPORTS : ASK_EVENTS);
    }
    if (option(q, "sql") != NULL) {
        return print_sql(q, &sql);
    }
    if (group != NULL || count) {
        return print_groups(q, &sql, group);
    }
    return q->kind == GRID_CSV || q->kind == GRID_JSONL ? write_events(q) : print_events(q);
}

static int run_question(question *q, int seconds) {
    store *desk = NULL;
    const cli_arguments *a = q->arguments;
    arena_open(&q->memory, QUESTION_BYTES);
    drg_status status = store_open(&desk, a->operands[0], NULL, &q->error);
    if (status == DRG_OK) {
        q->desk = desk;
        q->base = store_database(desk);
        database_limit(q->base, seconds);
        bool sql = a->operand_count > 1 && is_sql(a->operands[1]);
        status = !sql ? ask_words_of(q) : q->of == NULL ? ask_sql(q)
            : drg_fail(&q->error, DRG_ERROR_USE, "", 0, "--of goes with filters, not with SQL of your own: leave one of them out");
    }
    status = desk_end_output(status, &q->error);
    store_close(desk);
    arena_close(&q->memory);
    return status != DRG_OK ? cli_report_error(&q->error) : q->rows == 0 && option(q, "exit-status") != NULL ? EXIT_NOTHING : EXIT_DONE;
}

int cli_query(int argc, char **argv) {
    question q = {.command = cli_find("query")};
    cli_arguments arguments;
    int code = cli_read(q.command, argc, argv, &arguments);
    const char *limit = code == EXIT_DONE ? cli_value(q.command, &arguments, "seconds") : NULL;
    char *end = NULL;
    long seconds = limit != NULL ? strtol(limit, &end, 10) : SECONDS;
    if (code == EXIT_DONE && arguments.operand_count == 0) {
        fprintf(stderr, "dragoman query: name the desk: a file, or postgresql://USER@HOST/NAME\n");
        code = EXIT_USE;
    } else if (code == EXIT_DONE && ((end != NULL && (*end != '\0' || end == limit)) || seconds < 0 || seconds > 86400)) {
        fprintf(stderr, "dragoman query: --seconds takes a number from 0 to 86400\n");
        code = EXIT_USE;
    } else if (code == EXIT_DONE) {
        q.arguments = &arguments;
        const char *of = cli_value(q.command, &arguments, "of");
        q.of = of != NULL ? ask_kind_find(of) : NULL;
        q.kind = desk_kind_of(cli_value(q.command, &arguments, "to"));
        code = run_question(&q, (int)seconds);
    }
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}
