// SPDX-License-Identifier: Apache-2.0
/* Files, streamed while they are made: the bytes of `dragoman export` and `dragoman query --to`. */
#include "serve/inside.h"

#define JOB_BYTES ((size_t)1 << 28)
#define FILE_COLUMNS 64

/* What a file is made of; it outlives the request. */
typedef struct {
    serve *s;
    store *desk;
    arena memory;
    ask_filter filter;
    const char *words[REQUEST_ARGUMENTS + 1];
    u32 count;
    export_plan plan;
    const ask_kind *of;
    const char *by;      /* NULL: none */
    bool json_lines, run;
} job;

static void drop_job(void *user) {
    job *j = user;
    if (j != NULL) {
        if (j->desk != NULL) {
            serve_give_desk(j->s, j->desk, true, false);
        }
        arena_close(&j->memory);
        free(j);
    }
}

/* ------------------------------------------------------------------ rows of a statement */

static bool is_number_column(const job *j, const char *name) {
    static const char *const numbers[] = {"events", "reports", "outlets"};
    for (const ask_column *c = j->of != NULL ? j->of->columns : NULL; c != NULL && c->name != NULL; c++) {
        if ((c->reader & ASK_PROGRAM) && strcmp(c->name, name) == 0) {
            return c->number;
        }
    }
    for (size_t i = 0; i < COUNT_OF(numbers) && j->of == NULL; i++) {
        if (strcmp(name, numbers[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void put_line(out_bytes *out, const job *j, const sql_query *q, const char *const *names, int columns) {
    bool first = true;
    out_text(out, j->json_lines ? "{" : "");
    for (int c = 0; c < columns; c++) {
        span cell = query_text(q, c);
        if (!j->json_lines) {
            out_text(out, c > 0 ? "," : "");
            out_csv(out, cell);
        } else if (is_number_column(j, names[c])) {
            out_key(out, &first, names[c]);
            out_span(out, cell.len > 0 ? cell : SPAN("null"));
        } else {
            out_member(out, &first, names[c], cell);
        }
    }
    out_text(out, j->json_lines ? "}\n" : "\r\n");
}

static drg_status write_rows(job *j, drg_sink sink, void *sink_user, drg_error *error) {
    ask_build sql;
    sql_base *base = store_database(j->desk);
    const char *names[FILE_COLUMNS];
    out_bytes *out = calloc(1, sizeof *out);
    if (out == NULL) {
        return DRG_ERROR_MEMORY;
    }
    ask_build_open(&sql, &j->memory);
    if (j->of != NULL) {
        ask_build_kind(&sql, &j->filter, j->of, ASK_PROGRAM);
    } else {
        ask_build_groups(&sql, &j->filter, j->by);
    }
    sql_query *q = ask_start(base, &sql);
    int columns = q != NULL ? query_columns(q) : 0;
    columns = columns < FILE_COLUMNS ? columns : FILE_COLUMNS;
    out_open(out, sink, sink_user);
    for (int c = 0; c < columns; c++) {
        const char *name = j->of == NULL && c == 0 ? j->by : query_column_name(q, c);
        names[c] = arena_copy(&j->memory, span_of(name)).ptr;
        names[c] = names[c] != NULL ? names[c] : "";
        out_text(out, j->json_lines ? "" : c > 0 ? "," : "");
        out_csv(out, j->json_lines ? SPAN("") : span_of(names[c]));
    }
    out_text(out, j->json_lines ? "" : "\r\n");
    while (out->status == DRG_OK && query_next(q)) {
        put_line(out, j, q, names, columns);
    }
    query_close(q);
    drg_status status = out_flush(out);
    free(out);
    return status != DRG_OK ? status : database_check(base, error);
}

static drg_status write_file(void *user, drg_sink sink, void *sink_user) {
    job *j = user;
    drg_error error;
    export_tally sums;
    sql_base *base = store_database(j->desk);
    database_limit(base, 0);
    drg_status status = j->of != NULL || j->by != NULL ? write_rows(j, sink, sink_user, &error)
        : j->run ? export_write_run(base, &j->plan, sink, sink_user, &error) : export_write(base, &j->plan, sink, sink_user, &sums, &error);
    drop_job(j);
    return status;
}

/* ------------------------------------------------------------------ what is asked for */

/* The words; where the format has no status, only what is done or claimed, unless the words ask for a status. */
static drg_status read_words(answering *a, job *j) {
    bool asked = false;
    for (u32 i = 0; i < a->word_count; i++) {
        j->words[j->count] = arena_copy(&j->memory, span_of(a->words[i])).ptr;
        if (j->words[j->count++] == NULL) {
            return api_memory(a);
        }
        asked |= strncmp(a->words[i], "status", 6) == 0;
    }
    if (j->plan.kind != NULL && j->plan.kind->deeds_only && !asked) {
        j->words[j->count++] = "status=actual,claimed";
    }
    const ask_kind *of = j->of != NULL ? j->of : j->plan.kind != NULL && j->plan.kind->of_joined ? ask_kind_find("joined") : NULL;
    ask_given given = {j->desk, of, j->words, j->count};
    drg_status status = ask_filter_read(&j->filter, &given, &j->memory, &a->error);
    if (status == DRG_ERROR_USE) {
        a->code = "filter";
    }
    return status;
}

static drg_status choose_file(answering *a, job *j) {
    const char *to, *of = api_own(a, "of"), *by = api_own(a, "by"), *tellings;
    serve_answered *out = a->answer;
    if (of != NULL || by != NULL) {
        DRG_TRY(api_choice(a, "to", "csv|jsonl", &to));
        j->json_lines = strcmp(to, "jsonl") == 0;
        if (of != NULL) {
            DRG_TRY(api_choice(a, "of", ask_kind_names, &of));
            j->of = ask_kind_find(of);
        } else {
            DRG_TRY(api_choice(a, "by", ask_groups, &by));
            j->by = arena_copy(&j->memory, span_of(by)).ptr;
        }
        if (j->of != NULL || j->by != NULL) {
            snprintf(out->file, sizeof out->file, "%s.%s", of != NULL ? of : by, to);
            return DRG_OK;
        }
    }
    to = api_own(a, "to") != NULL ? api_own(a, "to") : "csv";
    j->plan.kind = export_kind_find(to);
    if (j->plan.kind == NULL) {
        return api_fail(a, 400, "parameter", "to: \"%.40s\" is no kind of export: csv, jsonl, geojson, gexf, gdelt1, gdelt2, gdelt2-mentions, icews, phoenix, plover, polecat, joined", to);
    }
    DRG_TRY(api_choice(a, "tellings", "no|yes", &tellings));
    j->plan.tellings = tellings[0] == 'y';
    snprintf(out->file, sizeof out->file, "%s%s", j->plan.kind->of_joined ? "joined" : "events", j->plan.kind->ending);
    j->json_lines = strcmp(j->plan.kind->ending, ".jsonl") == 0;
    return DRG_OK;
}

static const char *type_of(const job *j) {
    const char *name = j->plan.kind != NULL ? j->plan.kind->name : "";
    return j->json_lines ? "application/x-ndjson; charset=utf-8" : strcmp(name, "geojson") == 0 ? "application/geo+json"
        : strcmp(name, "gexf") == 0 ? "application/gexf+xml" : j->plan.kind == NULL || strcmp(j->plan.kind->ending, ".csv") == 0 ? "text/csv; charset=utf-8"
                                                                                                                                : "text/plain; charset=utf-8";
}

static drg_status show_command(answering *a, const job *j) {
    char options[160];
    ask_build *sql = api_build(a);
    a->filter = j->filter;
    if (j->of != NULL) {
        ask_build_kind(sql, &j->filter, j->of, ASK_PROGRAM);
    } else if (j->by != NULL) {
        ask_build_groups(sql, &j->filter, j->by);
    } else {
        ask_build_rows(sql, &j->filter, ASK_EVENTS);
    }
    if (j->of != NULL || j->by != NULL) {
        snprintf(options, sizeof options, "--%s %s --to %s", j->of != NULL ? "of" : "by", j->of != NULL ? j->of->name : j->by, j->json_lines ? "jsonl" : "csv");
        return api_show(a, sql, "query", options);
    }
    snprintf(options, sizeof options, "--to %s%s -o %s", j->plan.kind->name, j->plan.tellings ? " --tellings" : "", a->answer->file);
    return api_show(a, sql, "export", options);
}

static drg_status make_job(answering *a, job **out, bool run) {
    job *j = *out = calloc(1, sizeof *j);
    if (j == NULL) {
        return api_memory(a);
    }
    j->s = a->s;
    j->run = run;
    arena_open(&j->memory, JOB_BYTES);
    j->plan.filter = &j->filter;
    j->plan.facts = &a->s->facts;
    DRG_TRY(choose_file(a, j));
    j->desk = serve_take_desk(a->s, 0, true, &a->error);
    if (j->desk == NULL) {
        a->http = 429;
        a->code = "busy";
        return a->error.status;
    }
    return read_words(a, j);
}

static drg_status answer_file(answering *a, bool run) {
    job *j = NULL;
    drg_status status = make_job(a, &j, run);
    if (status == DRG_OK && a->show_sql) {
        status = show_command(a, j);
        a->answer->file[0] = '\0';
    } else if (status == DRG_OK) {
        a->answer->type = run ? "application/json; charset=utf-8" : type_of(j);
        if (run) {
            snprintf(a->answer->file, sizeof a->answer->file, "run.json");
        }
        a->answer->stream = write_file;
        a->answer->user = j;
        a->answer->drop = drop_job;
        return DRG_OK;
    } else {
        a->answer->file[0] = '\0';
    }
    drop_job(j);
    return status;
}

static drg_status answer_export(answering *a) { return answer_file(a, false); }
static drg_status answer_export_run(answering *a) { return answer_file(a, true); }

const api_route export_routes[] = {{"GET", "export", "to of by tellings", API_ALONE, answer_export},
                                   {"GET", "export/run", "to of by tellings", API_ALONE, answer_export_run},
                                   {NULL, NULL, NULL, 0, NULL}};
