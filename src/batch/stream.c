// SPDX-License-Identifier: Apache-2.0
/* A batch as a stream of record batches: the rows of some reports are built when they are asked for, so that a table of
 * any size takes little memory beside the batch, and no column passes 2 GiB. */
#include <errno.h>

#include "batch/array.h"
#include "batch/batch.h"

#define PORTION_ROWS 65536
#define PORTION_BYTES ((size_t)64 << 20)

typedef struct {
    const shape *row;
    bool (*add)(array_builder *b, const drg_batch *batch, size_t entry); /* the rows of one report */
} table;

typedef struct {
    drg_batch *batch;
    const table *which;
    size_t next; /* entry */
    array_builder *builder;
    char error[160];
} table_stream;

/* ------------------------------------------------------------------ rows of one report */

static row_head head_of(const drg_records *r) { return (row_head){r->id, r->date, r->outlet, r->url}; }

static bool add_records(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    return array_builder_add(b, r, r->events);
}

static bool add_report(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    return r->id.ptr == NULL || array_builder_add(b, r, NULL);
}

static bool add_events(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    event_row row = {.head = head_of(r)};
    bool good = true;
    for (size_t i = 0; i < r->event_count && good; i++) {
        row.event = r->events[i];
        good = array_builder_add(b, &row, NULL);
    }
    return good;
}

static bool add_side(array_builder *b, actor_row *row, const drg_actor *actors, size_t count) {
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        row->number = (u32)i;
        row->actor = actors[i];
        good = array_builder_add(b, row, NULL);
    }
    return good;
}

static bool add_actors(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    bool good = true;
    for (size_t i = 0; i < r->event_count && good; i++) {
        const drg_event *e = &r->events[i];
        actor_row row = {.report = r->id, .event = e->id, .side = SPAN("source")};
        good = add_side(b, &row, e->source, e->source_count);
        row.side = SPAN("target");
        good = good && add_side(b, &row, e->target, e->target_count);
        row.side = SPAN("claimer");
        good = good && add_side(b, &row, e->claimed_by, e->claimed_count);
    }
    return good;
}

static bool add_claims(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    claim_row row = {.head = head_of(r)};
    bool good = true;
    for (size_t i = 0; i < r->claim_count && good; i++) {
        row.claim = r->claims[i];
        good = array_builder_add(b, &row, r->events);
    }
    return good;
}

static bool add_agreements(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    agreement_row row = {.head = head_of(r)};
    bool good = true;
    for (size_t i = 0; i < r->agreement_count && good; i++) {
        row.agreement = r->agreements[i];
        good = array_builder_add(b, &row, NULL);
    }
    return good;
}

static bool add_problems(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    bool good = true;
    for (size_t i = 0; i < r->problem_count && good; i++) {
        problem_row row = {r->id, r->problems[i]};
        good = array_builder_add(b, &row, NULL);
    }
    return good;
}

static bool add_telling(array_builder *b, const drg_batch *batch, size_t entry) {
    const drg_records *r = batch->entries[entry];
    const drg_telling *told = drg_batch_telling(batch, entry);
    if (told == NULL || r->event_count == 0) {
        return true;
    }
    telling_row row = {.head = head_of(r), .title = r->title, .owner = r->owner, .telling = *told, .event = r->events[0]};
    return array_builder_add(b, &row, NULL);
}

static const table tables[] = {
    [DRG_TABLE_RECORDS] = {&shape_records, add_records},          [DRG_TABLE_REPORTS] = {&shape_report_row, add_report},
    [DRG_TABLE_EVENTS] = {&shape_event_row, add_events},          [DRG_TABLE_ACTORS] = {&shape_actor_row, add_actors},
    [DRG_TABLE_CLAIMS] = {&shape_claim_row, add_claims},          [DRG_TABLE_AGREEMENTS] = {&shape_agreement_row, add_agreements},
    [DRG_TABLE_PROBLEMS] = {&shape_problem_row, add_problems},    [DRG_TABLE_TELLINGS] = {&shape_telling_row, add_telling},
};

/* ------------------------------------------------------------------ the stream */

static size_t rows_of(table_stream *s, const drg_records *r) {
    switch (s->which - tables) {
        case DRG_TABLE_EVENTS:
            return r->event_count;
        case DRG_TABLE_CLAIMS:
            return r->claim_count;
        default:
            return 1 + r->event_count;
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    table_stream *s = stream->private_data;
    return shape_schema(s->which->row, out) ? 0 : ENOMEM;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    table_stream *s = stream->private_data;
    size_t rows = 0;
    bool good = true;
    *out = (struct ArrowArray){0};
    if (s->next == s->batch->count) {
        return 0; /* a released array says: no more */
    }
    while (good && s->next < s->batch->count && rows < PORTION_ROWS && array_builder_bytes(s->builder) < PORTION_BYTES) {
        good = s->which->add(s->builder, s->batch, s->next);
        rows += rows_of(s, s->batch->entries[s->next++]);
    }
    if (good && array_builder_finish(s->builder, out)) {
        return 0;
    }
    snprintf(s->error, sizeof s->error, "out of memory, or more than 2 GiB in a column of one report");
    return ENOMEM;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    const table_stream *s = stream->private_data;
    return s->error[0] != '\0' ? s->error : NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    table_stream *s = stream->private_data;
    array_builder_free(s->builder);
    drg_batch_free(s->batch);
    free(s);
    stream->release = NULL;
}

static drg_status find_table(drg_table which, drg_error *error) {
    bool known = (unsigned)which < COUNT_OF(tables);
    return known ? DRG_OK : drg_fail(error, DRG_ERROR_USE, "table", 0, "there is no table %d", (int)which);
}

drg_status drg_table_schema(drg_table which, struct ArrowSchema *out, drg_error *error) {
    DRG_TRY(find_table(which, error));
    return shape_schema(tables[which].row, out) ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "table", 0, "out of memory");
}

drg_status drg_batch_stream(drg_batch *batch, drg_table which, struct ArrowArrayStream *out, drg_error *error) {
    DRG_TRY(find_table(which, error));
    table_stream *s = calloc(1, sizeof *s);
    array_builder *builder = s != NULL ? array_builder_new(tables[which].row) : NULL;
    if (builder == NULL) {
        free(s);
        return drg_fail(error, DRG_ERROR_MEMORY, "table", 0, "out of memory");
    }
    *s = (table_stream){.batch = batch, .which = &tables[which], .builder = builder};
    batch_hold(batch);
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, s};
    return DRG_OK;
}
