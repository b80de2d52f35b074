// SPDX-License-Identifier: Apache-2.0
/* SQL of the reader's own, over a connection that can only read, for a time; and the tables it may ask. */
#include <json-c/json.h>

#include "serve/inside.h"

#define CELL_BYTES 65536
#define COLUMNS 256

/* ------------------------------------------------------------------ asking */

static bool begins_as_question(span sql) {
    static const char *const verbs[] = {"select", "with", "values"};
    sql = span_trim(sql);
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        size_t len = strlen(verbs[i]);
        if (starts_caseless(sql, span_of(verbs[i])) && (sql.len == len || !ascii_is_alnum((unsigned char)sql.ptr[len]))) {
            return true;
        }
    }
    return false;
}

static span whole_cell(span cell) {
    if (cell.len > CELL_BYTES) {
        cell.len = CELL_BYTES;
    }
    return cell;
}

static void put_cell(json *j, const sql_query *q, int column) {
    span cell = whole_cell(query_text(q, column));
    for (int i = 0; i < 3 && !utf8_is_valid(cell) && cell.len > 0; i++) {
        cell.len--; /* cut inside a character */
    }
    if (query_is_null(q, column)) {
        write_null(j, NULL);
    } else {
        write_text(j, NULL, utf8_is_valid(cell) ? cell : SPAN("(bytes)"));
    }
}

static drg_status put_answer(answering *a, sql_query *q, i64 most) {
    int columns = q != NULL ? query_columns(q) : 0;
    i64 put = 0;
    bool more = false;
    if (columns == 0) {
        drg_status status = api_check(a);
        return status != DRG_OK ? status : api_fail(a, 422, "sql", "the statement answers nothing: only questions (select) are asked here");
    }
    columns = columns < COLUMNS ? columns : COLUMNS;
    write_object(&a->out, NULL);
    write_list(&a->out, "columns");
    for (int c = 0; c < columns; c++) {
        write_word(&a->out, NULL, query_column_name(q, c));
    }
    write_end(&a->out);
    write_list(&a->out, "rows");
    while (!more && query_next(q) && !a->out.failed) {
        more = put++ == most;
        if (!more) {
            write_list(&a->out, NULL);
            for (int c = 0; c < columns; c++) {
                put_cell(&a->out, q, c);
            }
            write_end(&a->out);
        }
    }
    write_end(&a->out);
    write_flag(&a->out, "more", more);
    return api_check(a);
}

static i64 milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static drg_status member_number(answering *a, json_object *body, const char *name, i64 least, i64 most, i64 *out) {
    json_object *given = NULL;
    if (json_object_object_get_ex(body, name, &given)) {
        *out = json_object_get_int64(given);
        if (!json_object_is_type(given, json_type_int) || *out < least || *out > most) {
            return api_fail(a, 400, "parameter", "%s: a number from %lld to %lld", name, (long long)least, (long long)most);
        }
    }
    return DRG_OK;
}

static drg_status ask_body(answering *a, json_object *body) {
    i64 rows = 1000, seconds = 10, began = milliseconds();
    span sql = api_member(body, "sql");
    DRG_TRY(member_number(a, body, "rows", 1, 10000, &rows));
    DRG_TRY(member_number(a, body, "seconds", 1, 60, &seconds));
    if (!begins_as_question(sql) || memchr(sql.ptr, '\0', sql.len) != NULL || !utf8_is_valid(sql)) {
        return api_fail(a, 422, "sql", "a question begins with select, with or values");
    }
    if (api_base(a) == NULL) {
        return a->error.status;
    }
    database_limit(store_database(a->desk), (int)seconds);
    sql_query *q = database_prepare_stream(store_database(a->desk), api_keep(a, sql));
    drg_status status = put_answer(a, q, rows);
    query_close(q);
    write_number(&a->out, "ms", milliseconds() - began);
    if (status != DRG_OK) {
        a->http = 422;
        a->code = "sql";
    }
    return status;
}

static drg_status answer_sql(answering *a) {
    json_object *body;
    DRG_TRY(api_body(a, &body));
    drg_status status = ask_body(a, body);
    json_object_put(body);
    return status;
}

/* ------------------------------------------------------------------ schema */

static const struct {
    const char *name, *help;
} tables[] = {
    {"events", "one telling of an event a row"},
    {"event_rows", "the same for the eye"},
    {"actors", "who takes part: source, target, claimer"},
    {"evidence", "the words that tell the deed"},
    {"joined", "an event out of all its reports"},
    {"disputes", "who vouches for which of several values"},
    {"reports", "what was read"},
    {"report_texts", "sources, credits and furniture of a report"},
    {"claims", "who says something, and how"},
    {"claim_parts", "what is said"},
    {"claim_about", "whom it is about"},
    {"claim_events", "events inside what is said"},
    {"agreements", "what one report says of an agreement"},
    {"agreement_parties", "its parties, signatories, who owes whom, who judges whom"},
    {"agreement_parts", "provisions, undertakings, what was kept or broken"},
    {"accords", "an agreement out of all its reports"},
    {"accord_stages", "its stages in the order of dates"},
    {"repeats", "which outlet repeats which"},
    {"dyads", "pairs that an event is between"},
    {"day_counts", "counts by country, day, category, status"},
    {"dyad_counts", "counts by pair, month, category, status"},
    {"verdicts", "what readers said of tellings"},
    {"problems", "what could not be read or coded"},
    {"runs", "what made the records"},
};

static const char sql_sqlite[] = "SELECT name, type FROM pragma_table_info(?1) ORDER BY cid";
static const char sql_postgres[] =
    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ?1 AND table_schema = current_schema() ORDER BY ordinal_position";

static drg_status answer_schema(answering *a) {
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    write_object(&a->out, NULL);
    write_list(&a->out, "tables");
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        sql_query *q = database_ask(base, database_is_postgres(base) ? sql_postgres : sql_sqlite);
        query_put_text(q, 1, span_of(tables[i].name));
        write_object(&a->out, NULL);
        write_word(&a->out, "name", tables[i].name);
        write_word(&a->out, "kind", strcmp(tables[i].name, "event_rows") == 0 ? "view" : "table");
        write_word(&a->out, "help", tables[i].help);
        write_list(&a->out, "columns");
        while (query_next(q)) {
            write_object(&a->out, NULL);
            write_text(&a->out, "name", query_text(q, 0));
            write_text(&a->out, "type", query_text(q, 1));
            write_end(&a->out);
        }
        write_end(&a->out);
        write_end(&a->out);
    }
    write_end(&a->out);
    return DRG_OK;
}

const api_route sql_routes[] = {{"POST", "sql", "", API_SLOW, answer_sql}, {"GET", "schema", "", API_KEPT, answer_schema}, {NULL, NULL, NULL, 0, NULL}};
