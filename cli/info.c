// SPDX-License-Identifier: Apache-2.0
/* dragoman info: what this program is and what it knows. */
#include "cli/config.h"
#include "pipeline.h"
#include "store/store.h"
#include "what/what.h"

const cli_option cli_info_options[] = {{NULL, 0, NULL, NULL}};

/* "outlets     16: Horn Daily 4, Caucasus Press Service 3, ..." */
static void print_shares(sql_base *d, const char *name, const char *sql) {
    sql_query *q = database_ask(d, sql);
    const char *sign = "";
    printf("%-12s", name);
    while (query_next(q)) {
        span value_ = query_text(q, 0);
        printf("%s%.*s %lld", sign, (int)value_.len, value_.ptr, (long long)query_number(q, 1));
        sign = ", ";
    }
    printf("%s\n", sign[0] == '\0' ? "none" : "");
}

static void print_span(sql_base *d, const char *name, const char *sql) {
    sql_query *q = database_ask(d, sql);
    if (query_next(q) && !query_is_null(q, 0)) {
        span first = query_text(q, 0), last = query_text(q, 1);
        printf("%-12s%.*s to %.*s\n", name, (int)first.len, first.ptr, (int)last.len, last.ptr);
    }
    query_reset(q);
}

static void print_runs(sql_base *d) {
    sql_query *q = database_ask(d, "SELECT u.program, u.model, u.words, u.options, count(r.id) FROM runs u LEFT JOIN reports r ON r.run = u.id"
                                   " GROUP BY u.id, u.program, u.model, u.words, u.options ORDER BY u.id");
    while (query_next(q)) {
        span program = query_text(q, 0), model = query_text(q, 1), words = query_text(q, 2), options = query_text(q, 3);
        printf("run         %lld reports by dragoman %.*s, model %.*s, word lists %.*s%s%.*s\n", (long long)query_number(q, 4), (int)program.len,
               program.ptr, (int)model.len, model.ptr, (int)words.len, words.ptr, options.len > 0 ? ", " : "", (int)options.len, options.ptr);
    }
}

static void print_coverage(sql_base *d) {
    print_span(d, "dated", "SELECT min(date), max(date) FROM reports WHERE date <> ''");
    print_span(d, "events from", "SELECT min(date), max(date) FROM events WHERE length(date) >= 10");
    print_shares(d, "outlets", "SELECT outlet, count(*) FROM reports WHERE outlet <> '' GROUP BY outlet ORDER BY 2 DESC, 1 LIMIT 8");
    print_shares(d, "languages", "SELECT lang, count(*) FROM reports WHERE lang <> '' GROUP BY lang ORDER BY 2 DESC, 1 LIMIT 8");
    print_shares(d, "categories", "SELECT plover, count(DISTINCT story) FROM events GROUP BY plover ORDER BY 2 DESC, 1 LIMIT 16");
    print_shares(d, "statuses", "SELECT status, count(*) FROM events GROUP BY status ORDER BY 2 DESC, 1");
    print_shares(d, "problems", "SELECT stage || ' ' || code, count(*) FROM problems GROUP BY stage, code ORDER BY 2 DESC, 1 LIMIT 8");
    print_runs(d);
}

#define SEVERAL "coalesce(sum(CASE WHEN reports > 1 THEN 1 ELSE 0 END), 0)"

/* What goes across reports: "stories     14, 1 of them of several reports" */
static void print_across(sql_base *d) {
    static const struct {
        const char *name, *sql, *between, *behind;
    } lines[] = {
        {"stories", "SELECT count(*), " SEVERAL " FROM (SELECT count(*) AS reports FROM reports WHERE story <> '' GROUP BY story) s", ", ",
         " of them of several reports"},
        {"joined", "SELECT count(*), " SEVERAL " FROM joined", " events, ", " of them told by several reports"},
        {"accords", "SELECT count(*), " SEVERAL " FROM accords", " agreements, ", " of them told by several reports"},
        {"disputes", "SELECT count(DISTINCT dispute), count(*) FROM disputes", " with ", " vouchers"},
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        sql_query *q = database_ask(d, lines[i].sql);
        if (query_next(q)) {
            printf("%-12s%lld%s%lld%s\n", lines[i].name, (long long)query_number(q, 0), lines[i].between, (long long)query_number(q, 1),
                   lines[i].behind);
        }
        query_reset(q);
    }
}

static int print_database(const char *path) {
    store *s;
    store_counts c;
    drg_error error = {0};
    drg_status status = store_open(&s, path, NULL, &error);
    if (status == DRG_OK) {
        status = store_count(s, &c, &error);
    }
    if (status == DRG_OK) {
        sql_base *base = store_database(s);
        printf("\ndesk        %s\n", database_name(base));
        printf("reports     %lld, %lld of them near copies of another\n", (long long)c.reports, (long long)c.copies);
        printf("events      %lld, told %lld times\n", (long long)c.stories, (long long)c.events);
        printf("claims      %lld\nagreements  %lld\n", (long long)c.claims, (long long)c.agreements);
        print_across(base);
        print_coverage(base);
        status = database_check(base, &error);
    }
    store_close(s);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}

int cli_info(int argc, char **argv) {
    const cli_command *command = cli_find("info");
    cli_arguments arguments;
    int code = cli_read(command, argc, argv, &arguments);
    drg_engine *engine = NULL;
    code = code == EXIT_DONE ? cli_open_engine(command, &arguments, &engine) : code;
    if (code == EXIT_DONE) {
        drg_text model = drg_engine_model_hash(engine), words = drg_engine_words_hash(engine);
        printf("dragoman    %s\n", drg_program());
        printf("model       %.*s\n", (int)model.len, model.ptr);
        printf("word lists  %.*s  (%u files in %.*s)\n", (int)words.len, words.ptr, engine->known.files.count,
               (int)engine->known.folder.len, engine->known.folder.ptr);
        printf("frames      %u, with %u examples\n", what_frame_count(engine->what), what_example_count(engine->what));
        printf("complaints  %u%s\n", engine->known.complaints.count, engine->known.complaints.count ? " (see: dragoman dict check)" : "");
        config_print(stdout);
        for (int i = 0; i < arguments.operand_count && code == EXIT_DONE; i++) {
            code = print_database(arguments.operands[i]);
        }
    }
    drg_engine_close(engine);
    free(arguments.operands);
    return code < 0 ? EXIT_DONE : code;
}
