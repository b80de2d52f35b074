// SPDX-License-Identifier: Apache-2.0
/* The rows of a question as records again: a portion of events at a time, then their parties and their
 * words in one question each.  Two portions' memory takes turns. */
#include "ask/inside.h"

#define PORTION 40             /* as many values as a server's statement may have, and some to spare */
#define PORTION_BYTES ((size_t)1 << 30)

typedef struct {
    arena memory;
    ask_row rows[PORTION];
    u32 count;
} portion;

struct ask_rows {
    sql_base *base;
    sql_query *main;
    arena memory;       /* of the statement */
    portion portions[2];
    u32 present, next;  /* portion, and row in it */
    bool ended, failed; /* no row is left; no memory was */
};

static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};

static span keep(ask_rows *r, portion *p, span text) {
    span copy = arena_copy(&p->memory, text);
    r->failed |= copy.ptr == NULL;
    return copy.ptr != NULL ? copy : SPAN("");
}

/* Takes column after column. */
typedef struct {
    ask_rows *rows;
    portion *into;
    int column;
} taker;

static span take_text(taker *t) { return keep(t->rows, t->into, query_text(t->rows->main, t->column++)); }
static i64 take_number(taker *t) { return query_number(t->rows->main, t->column++); }
static double take_real(taker *t) { return query_real(t->rows->main, t->column++); }

static int take_count(taker *t) {
    bool unsaid = query_is_null(t->rows->main, t->column);
    i64 number = take_number(t);
    return unsaid ? -1 : (int)number;
}

static void take_place(taker *t, drg_event *e) {
    bool none = query_is_null(t->rows->main, t->column);
    drg_place *p = none ? NULL : arena_new(&t->into->memory, drg_place, 1);
    if (p == NULL) {
        t->rows->failed |= !none;
        t->column += 8;
        return;
    }
    p->name = take_text(t);
    p->country = take_text(t);
    p->lat = take_real(t);
    p->lon = take_real(t);
    p->geonameid = (u32)take_number(t);
    p->kind = take_text(t);
    p->at.start = (u32)take_number(t);
    p->at.end = (u32)take_number(t);
    e->place = p;
}

static void take_event(taker *t, drg_event *e) {
    e->plover = take_text(t);
    e->mode = take_text(t);
    e->contexts = take_text(t);
    e->cameo = take_text(t);
    e->goldstein = take_real(t);
    e->quad = (int)take_number(t);
    e->reciprocal = take_number(t) != 0;
    span status = take_text(t);
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        e->status = span_eq(status, span_of(statuses[i])) ? (drg_event_status)i : e->status;
    }
    e->date = take_text(t);
    e->date_end = take_text(t);
    e->date_basis = take_text(t);
    take_place(t, e);
    e->dead = take_count(t);
    e->injured = take_count(t);
    e->arrested = take_count(t);
    e->background = take_number(t) != 0;
    e->frame = take_text(t);
    e->trigger = take_text(t);
    e->entry = take_text(t);
    e->confidence = take_real(t);
    e->sentence = (u32)take_number(t);
}

static void take_row(ask_rows *r, portion *p) {
    ask_row *row = &p->rows[p->count++];
    taker t = {r, p, 0};
    *row = (ask_row){.number = take_number(&t)};
    row->event.id = take_text(&t);
    row->story = take_text(&t);
    take_event(&t, &row->event);
    row->report.id = take_text(&t);
    row->report.url = take_text(&t);
    row->report.outlet = take_text(&t);
    row->report.owner = take_text(&t);
    row->report.title = take_text(&t);
    row->report.date = take_text(&t);
    row->report.lang = take_text(&t);
    row->report.words = (size_t)take_number(&t);
    row->reports = (u32)take_number(&t);
    row->outlets = (u32)take_number(&t);
    row->witnesses = (u32)take_number(&t);
    row->first = take_number(&t) != 0;
}

/* ------------------------------------------------------------------ parties and words */

#define MARKS                                                                                                          \
    "(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27,?28,?29,?30," \
    "?31,?32,?33,?34,?35,?36,?37,?38,?39,?40)"
static const char sql_actors[] = "SELECT event, side, code, name, title, entity, start, stop, text FROM actors WHERE event IN " MARKS
                                 " ORDER BY event, side, number";
static const char sql_evidence[] = "SELECT event, start, stop, text FROM evidence WHERE event IN " MARKS " ORDER BY event, number";

static sql_query *ask_about(ask_rows *r, const portion *p, const char *sql) {
    sql_query *q = database_ask(r->base, sql);
    for (u32 i = 0; i < p->count; i++) {
        query_put_text(q, (int)i + 1, p->rows[i].event.id);
    }
    return q;
}

static drg_event *event_called(portion *p, span id) {
    for (u32 i = 0; i < p->count; i++) {
        if (span_eq(p->rows[i].event.id, id)) {
            return &p->rows[i].event;
        }
    }
    return NULL;
}

static drg_actor read_actor(ask_rows *r, portion *p, sql_query *q) {
    return (drg_actor){.code = keep(r, p, query_text(q, 2)), .name = keep(r, p, query_text(q, 3)), .title = keep(r, p, query_text(q, 4)),
                       .entity = query_is_null(q, 5) ? NONE : (u32)query_number(q, 5),
                       .at = {(u32)query_number(q, 6), (u32)query_number(q, 7)}, .text = keep(r, p, query_text(q, 8))};
}

/* Rows come sorted by event and side: each run of them becomes one array. */
static void fill_actors(ask_rows *r, portion *p) {
    LIST(drg_actor) all = {0};
    sql_query *q = ask_about(r, p, sql_actors);
    span last_event = SPAN(""), last_side = SPAN("");
    while (query_next(q) && !r->failed) {
        span side = query_text(q, 1);
        drg_event *e = event_called(p, query_text(q, 0));
        if (e == NULL) {
            continue;
        }
        if (!span_eq(last_event, e->id) || !span_eq(last_side, side)) {
            memset(&all, 0, sizeof all); /* a new array */
            last_event = e->id;
            last_side = keep(r, p, side);
        }
        drg_actor *made = list_push(&p->memory, &all);
        r->failed |= made == NULL;
        if (made != NULL) {
            *made = read_actor(r, p, q);
            bool source = span_eq(side, SPAN("source")), target = span_eq(side, SPAN("target"));
            *(source ? &e->source : target ? &e->target : &e->claimed_by) = all.items;
            *(source ? &e->source_count : target ? &e->target_count : &e->claimed_count) = all.count;
        }
    }
    query_reset(q);
}

static void fill_evidence(ask_rows *r, portion *p) {
    LIST(drg_evidence) all = {0};
    sql_query *q = ask_about(r, p, sql_evidence);
    span last_event = SPAN("");
    while (query_next(q) && !r->failed) {
        drg_event *e = event_called(p, query_text(q, 0));
        if (e == NULL) {
            continue;
        }
        if (!span_eq(last_event, e->id)) {
            memset(&all, 0, sizeof all);
            last_event = e->id;
        }
        drg_evidence *made = list_push(&p->memory, &all);
        r->failed |= made == NULL;
        if (made != NULL) {
            *made = (drg_evidence){{(u32)query_number(q, 1), (u32)query_number(q, 2)}, keep(r, p, query_text(q, 3))};
            e->evidence = all.items;
            e->evidence_count = all.count;
        }
    }
    query_reset(q);
}

/* ------------------------------------------------------------------ portions */

static void fill_portion(ask_rows *r) {
    portion *p = &r->portions[r->present];
    arena_reset(&p->memory);
    p->count = 0;
    r->next = 0;
    while (p->count < PORTION && !r->ended && !r->failed) {
        if (query_next(r->main)) {
            take_row(r, p);
        } else {
            r->ended = true;
        }
    }
    if (p->count > 0) {
        fill_actors(r, p);
        fill_evidence(r, p);
    }
}

static drg_status open_rows(ask_rows **out, sql_base *d, drg_error *error) {
    ask_rows *r = *out = calloc(1, sizeof *r);
    if (r == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    r->base = d;
    arena_open(&r->memory, PORTION_BYTES);
    arena_open(&r->portions[0].memory, PORTION_BYTES);
    arena_open(&r->portions[1].memory, PORTION_BYTES);
    return DRG_OK;
}

static drg_status start_rows(ask_rows *r, const ask_build *question, drg_error *error) {
    r->main = ask_start(r->base, question);
    DRG_TRY(database_check(r->base, error));
    fill_portion(r);
    return DRG_OK;
}

drg_status ask_rows_open(ask_rows **out, sql_base *d, const ask_filter *filter, ask_shape shape, drg_error *error) {
    ask_build question;
    DRG_TRY(open_rows(out, d, error));
    ask_build_open(&question, &(*out)->memory);
    ask_build_rows(&question, filter, shape);
    return start_rows(*out, &question, error);
}

drg_status ask_rows_open_numbers(ask_rows **out, sql_base *d, const i64 *numbers, u32 count, drg_error *error) {
    ask_build question;
    DRG_TRY(open_rows(out, d, error));
    ask_build_open(&question, &(*out)->memory);
    ask_build_numbers(&question, numbers, count);
    return start_rows(*out, &question, error);
}

const ask_row *ask_rows_next(ask_rows *r) {
    if (r->next == r->portions[r->present].count) {
        if (r->ended || r->failed) {
            return NULL;
        }
        r->present = 1 - r->present;
        fill_portion(r);
        if (r->portions[r->present].count == 0) {
            return NULL;
        }
    }
    return r->failed ? NULL : &r->portions[r->present].rows[r->next++];
}

drg_status ask_rows_check(ask_rows *r, drg_error *error) {
    drg_status status = database_check(r->base, error);
    return status == DRG_OK && r->failed ? drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory") : status;
}

void ask_rows_close(ask_rows *r) {
    if (r == NULL) {
        return;
    }
    query_close(r->main);
    arena_close(&r->portions[0].memory);
    arena_close(&r->portions[1].memory);
    arena_close(&r->memory);
    free(r);
}
