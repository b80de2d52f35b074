// SPDX-License-Identifier: Apache-2.0
/* Streams the question's rows through a format: rows of one event are gathered, then handed over. */
#include "export/inside.h"

#define FILE_BYTES ((size_t)4 << 30)
#define EVENT_BYTES ((size_t)1 << 30)

const export_kind export_kinds[] = {
    {"csv", ".csv", "one event a row, with all our fields", false, false, false},
    {"jsonl", ".jsonl", "the same as JSON, one object a line", false, false, false},
    {"geojson", ".geojson", "events with a place, as points for a map", true, false, false},
    {"gexf", ".gexf", "who to whom as a network, for Gephi", true, false, false},
    {"gdelt1", ".csv", "GDELT 1.0 events, 58 columns", false, true, false},
    {"gdelt2", ".csv", "GDELT 2.0 events, 61 columns", false, true, false},
    {"gdelt2-mentions", ".csv", "GDELT 2.0 mentions, 16 columns: a row a report", false, true, false},
    {"icews", ".tab", "ICEWS, 20 columns", false, true, false},
    {"phoenix", ".txt", "Phoenix, 26 columns", false, true, false},
    {"plover", ".jsonl", "PLOVER records as JSON, one a line", false, false, false},
    {"polecat", ".txt", "POLECAT, 40 columns", false, true, false},
    {"joined", ".csv", "one event out of all its reports a row: standing, counts, first seen", false, false, true},
    {NULL, NULL, NULL, false, false, false},
};

static const export_format *const formats[] = {&export_csv, &export_jsonl, &export_geojson, &export_gexf, &export_gdelt1, &export_gdelt2,
                                               &export_mentions, &export_icews, &export_phoenix, &export_plover, &export_polecat, NULL /* joined.c */};

const export_kind *export_kind_find(const char *name) {
    for (const export_kind *k = export_kinds; k->name != NULL; k++) {
        if (strcmp(k->name, name) == 0) {
            return k;
        }
    }
    return NULL;
}

static span keep(exporter *x, span text) {
    span copy = arena_copy(&x->event_memory, text);
    x->failed |= copy.ptr == NULL;
    return copy.ptr != NULL ? copy : SPAN("");
}

/* A copy of the event's first row that outlives the portion it was read in. */
static ask_row *keep_row(exporter *x, const ask_row *row) {
    ask_row *copy = arena_new(&x->event_memory, ask_row, 1);
    drg_evidence *words = arena_new(&x->event_memory, drg_evidence, row->event.evidence_count + 1);
    drg_actor *actors = arena_new(&x->event_memory, drg_actor, row->event.source_count + row->event.target_count + row->event.claimed_count + 1);
    drg_place *place = arena_new(&x->event_memory, drg_place, 1);
    if (copy == NULL || words == NULL || actors == NULL || place == NULL) {
        x->failed = true;
        return NULL;
    }
    *copy = *row;
    drg_event *e = &copy->event;
    span *const texts[] = {&e->id, &e->plover, &e->mode, &e->cameo, &e->contexts, &e->date, &e->date_end, &e->date_basis, &e->frame, &e->trigger,
                           &e->entry, &copy->story, &copy->report.id, &copy->report.url, &copy->report.outlet, &copy->report.owner,
                           &copy->report.title, &copy->report.date, &copy->report.lang};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        *texts[i] = keep(x, *texts[i]);
    }
    if (e->place != NULL) {
        *place = *e->place;
        place->name = keep(x, place->name);
        place->country = keep(x, place->country);
        place->kind = keep(x, place->kind);
        e->place = place;
    }
    for (size_t i = 0; i < e->evidence_count; i++) {
        words[i] = (drg_evidence){e->evidence[i].at, keep(x, e->evidence[i].text)};
    }
    e->evidence = words;
    const drg_actor **const sides[] = {&e->source, &e->target, &e->claimed_by};
    const size_t counts[] = {e->source_count, e->target_count, e->claimed_count};
    for (size_t s = 0; s < COUNT_OF(sides); s++) {
        for (size_t i = 0; i < counts[s]; i++) {
            const drg_actor *a = &(*sides[s])[i];
            actors[i] = *a;
            actors[i].code = keep(x, a->code);
            actors[i].name = keep(x, a->name);
            actors[i].title = keep(x, a->title);
            actors[i].text = keep(x, a->text);
        }
        *sides[s] = actors;
        actors += counts[s];
    }
    return copy;
}

typedef struct {
    const ask_row *row;
    LIST(export_telling) tellings;
} gathering;

static void add_telling(exporter *x, gathering *g, const ask_row *row) {
    export_telling *t = list_push(&x->event_memory, &g->tellings);
    if (t == NULL) {
        x->failed = true;
        return;
    }
    *t = (export_telling){.event = keep(x, row->event.id), .report = keep(x, row->report.id), .url = keep(x, row->report.url),
                          .outlet = keep(x, row->report.outlet), .date = keep(x, row->report.date),
                          .start = row->event.evidence_count > 0 ? (i64)row->event.evidence[0].at.start : -1,
                          .source_start = row->event.source_count > 0 ? (i64)row->event.source[0].at.start : -1,
                          .target_start = row->event.target_count > 0 ? (i64)row->event.target[0].at.start : -1, .words = (u32)row->report.words,
                          .sentence = row->event.sentence, .confidence = row->event.confidence};
}

static void hand_over(exporter *x, const export_format *format, gathering *g) {
    if (g->row != NULL && !x->failed) {
        export_event e = {g->row, g->tellings.items, g->tellings.count};
        x->tally.events++;
        format->event(x, &e);
    }
    arena_reset(&x->event_memory);
    memset(g, 0, sizeof *g);
}

static drg_status write_rows(exporter *x, const export_format *format, ask_rows *rows, drg_error *error) {
    gathering g = {0};
    const ask_row *row;
    while (!x->failed && x->out.status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        if (row->first || format->shape != ASK_TELLINGS) {
            hand_over(x, format, &g);
            g.row = keep_row(x, row);
        }
        add_telling(x, &g, row);
    }
    hand_over(x, format, &g);
    DRG_TRY(ask_rows_check(rows, error));
    return DRG_OK;
}

static drg_status finish(exporter *x, drg_status status, drg_error *error) {
    if (status == DRG_OK && x->failed) {
        return drg_fail(error, DRG_ERROR_MEMORY, "export", 0, "out of memory: export less at a time, by since= and until=");
    }
    if (status == DRG_OK && out_flush(&x->out) != DRG_OK) {
        return drg_fail(error, DRG_ERROR_OUTPUT, "export", 0, "cannot write the file: is the disk full?");
    }
    return status;
}

static void close(exporter *x) {
    arena_close(&x->event_memory);
    arena_close(&x->memory);
    free(x);
}

static exporter *open(sql_base *desk, const export_plan *plan, drg_sink sink, void *user) {
    exporter *x = calloc(1, sizeof *x);
    if (x != NULL) {
        x->plan = plan;
        x->facts = plan->facts;
        x->desk = desk;
        out_open(&x->out, sink, user);
        arena_open(&x->memory, FILE_BYTES);
        arena_open(&x->event_memory, EVENT_BYTES);
    }
    return x;
}

static drg_status write_events(exporter *x, const export_format *format, drg_error *error) {
    ask_rows *rows = NULL;
    ask_shape shape = x->plan->tellings && format->shape == ASK_EVENTS ? ASK_REPORTS : format->shape;
    drg_status status = ask_rows_open(&rows, x->desk, x->plan->filter, shape, error);
    if (status == DRG_OK) {
        format->begin(x);
        status = write_rows(x, format, rows, error);
        format->end(x);
    }
    ask_rows_close(rows);
    return status;
}

drg_status export_write(sql_base *desk, const export_plan *plan, drg_sink sink, void *user, export_tally *tally, drg_error *error) {
    const export_format *format = formats[plan->kind - export_kinds];
    exporter *x = open(desk, plan, sink, user);
    if (x == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "export", 0, "out of memory");
    }
    drg_status status = finish(x, format != NULL ? write_events(x, format, error) : export_joined(x, error), error);
    *tally = x->tally;
    close(x);
    return status;
}

/* ------------------------------------------------------------------ cells and members */

void export_cell(exporter *x, bool *any, span text) {
    out_text(&x->out, *any ? "\t" : "");
    out_plain(&x->out, text);
    *any = true;
}

void export_number_cell(exporter *x, bool *any, const char *format, double number) {
    export_cell(x, any, SPAN(""));
    out_format(&x->out, format, number);
}

void export_empty_cells(exporter *x, bool *any, int count) {
    for (int i = 0; i < count; i++) {
        export_cell(x, any, SPAN(""));
    }
}

void export_sentence_cell(exporter *x, bool *any, u32 sentence) {
    if (sentence > 0) {
        export_number_cell(x, any, "%.0f", sentence);
    } else {
        export_empty_cells(x, any, 1);
    }
}

void export_member(exporter *x, bool *first, const char *name, const char *format, double number) {
    out_key(&x->out, first, name);
    out_format(&x->out, format, number);
}

void export_size_member(exporter *x, bool *first, const drg_event *e) {
    const char *const names[] = {"dead", "injured", "arrested"};
    const int counts[] = {e->dead, e->injured, e->arrested};
    bool inner = true;
    out_key(&x->out, first, "size");
    out_text(&x->out, "{");
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (counts[i] >= 0) {
            export_member(x, &inner, names[i], "%.0f", counts[i]);
        }
    }
    out_text(&x->out, "}");
}

void export_each_pair(exporter *x, const export_event *e, void (*put)(exporter *, const export_event *, const export_pair *)) {
    for (export_pair pair = {0}; export_next_pair(&e->row->event, &pair);) {
        put(x, e, &pair);
    }
}

/* ------------------------------------------------------------------ the run */

void export_put_run(exporter *x, bool *first) {
    out_member(&x->out, first, "program", span_of("dragoman"));
    out_member(&x->out, first, "version", span_of(drg_version()));
    out_member(&x->out, first, "format", span_of(x->plan->kind->name));
    out_member(&x->out, first, "filter", x->plan->filter->printed);
    out_key(&x->out, first, "rows");
    out_json(&x->out, x->plan->tellings ? SPAN("one a telling") : SPAN("one an event, or a pair of its actors"));
    out_key(&x->out, first, "runs");
    out_text(&x->out, "[");
    sql_query *q = database_ask(x->desk, "SELECT program, model, words, options FROM runs ORDER BY id");
    for (bool any = false; query_next(q); any = true) {
        bool inner = true;
        out_text(&x->out, any ? ",{" : "{");
        out_member(&x->out, &inner, "program", query_text(q, 0));
        out_member(&x->out, &inner, "model", query_text(q, 1));
        out_member(&x->out, &inner, "words", query_text(q, 2));
        out_member(&x->out, &inner, "options", query_text(q, 3));
        out_text(&x->out, "}");
    }
    query_reset(q);
    out_text(&x->out, "]");
}

drg_status export_write_run(sql_base *desk, const export_plan *plan, drg_sink sink, void *user, drg_error *error) {
    exporter *x = open(desk, plan, sink, user);
    bool first = true;
    if (x == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "export", 0, "out of memory");
    }
    out_text(&x->out, "{");
    export_put_run(x, &first);
    out_text(&x->out, "}\n");
    drg_status status = finish(x, database_check(desk, error), error);
    close(x);
    return status;
}
