// SPDX-License-Identifier: Apache-2.0
/* Records of many reports, copied out of their coders into one arena. */
#include "batch/batch.h"

static drg_status no_memory(drg_error *error) { return drg_fail(error, DRG_ERROR_MEMORY, "batch", 0, "out of memory: code fewer reports at a time"); }

drg_status drg_batch_new(drg_batch **out, drg_error *error) {
    drg_batch *b = *out = calloc(1, sizeof *b);
    if (b == NULL) {
        return no_memory(error);
    }
    arena_open(&b->memory, SIZE_MAX);
    atomic_init(&b->holders, 1);
    return DRG_OK;
}

void batch_hold(drg_batch *b) { atomic_fetch_add(&b->holders, 1); }

void drg_batch_free(drg_batch *b) {
    if (b != NULL && atomic_fetch_sub(&b->holders, 1) == 1) {
        arena_close(&b->memory);
        free(b->tellings);
        free(b->entries);
        free(b);
    }
}

static bool grow_tellings(drg_batch *b, size_t room) {
    size_t bytes;
    drg_telling *grown = size_mul(room, sizeof *grown, &bytes) ? realloc(b->tellings, bytes) : NULL;
    if (grown != NULL) {
        size_t told = b->tellings != NULL ? b->count : 0;
        memset(grown + told, 0, (room - told) * sizeof *grown);
        b->tellings = grown;
    }
    return grown != NULL;
}

drg_records *batch_slot(drg_batch *b) {
    if (b->count == b->room) {
        size_t room = b->room == 0 ? 16 : b->room * 2, bytes;
        drg_records **grown = size_mul(room, sizeof *grown, &bytes) ? realloc(b->entries, bytes) : NULL;
        if (grown == NULL) {
            return NULL;
        }
        b->entries = grown;
        if (b->tellings != NULL && !grow_tellings(b, room)) {
            return NULL;
        }
        b->room = room;
    }
    return b->entries[b->count] = arena_new(&b->memory, drg_records, 1);
}

drg_status drg_batch_add(drg_batch *b, const drg_records *records, drg_error *error) {
    drg_records *made = batch_slot(b);
    span text = made != NULL ? arena_copy(&b->memory, records->text) : SPAN("");
    if (made == NULL || text.ptr == NULL) {
        return no_memory(error);
    }
    *made = *records;
    copying c = {&b->memory, records->text, text.ptr};
    if (!shape_copy(&c, &shape_records, made)) {
        return no_memory(error);
    }
    b->count++;
    return DRG_OK;
}

drg_status drg_batch_add_problem(drg_batch *b, const drg_problem *problem, drg_error *error) {
    const drg_records alone = {.problems = problem, .problem_count = 1};
    return drg_batch_add(b, &alone, error);
}

static drg_status take_records(void *user, const drg_records *records, drg_error *error) { return drg_batch_add(user, records, error); }
static drg_status take_problem(void *user, const drg_problem *problem, drg_error *error) { return drg_batch_add_problem(user, problem, error); }

drg_status drg_batch_code(drg_batch *b, drg_crew *crew, drg_reader *reader, size_t reports, size_t text_bytes, drg_error *error) {
    const drg_work work = {b, take_records, take_problem, NULL, reports, text_bytes};
    return drg_crew_code(crew, reader, &work, error);
}

size_t drg_batch_count(const drg_batch *b) { return b->count; }
const drg_records *drg_batch_records(const drg_batch *b, size_t index) { return b->entries[index]; }

drg_status batch_tell(drg_batch *b, const drg_telling *telling, drg_error *error) {
    span story = arena_copy(&b->memory, telling->story);
    if (story.ptr == NULL || (b->tellings == NULL && !grow_tellings(b, b->room))) {
        return no_memory(error);
    }
    b->tellings[b->count - 1] = *telling;
    b->tellings[b->count - 1].story = story;
    return DRG_OK;
}

const drg_telling *drg_batch_telling(const drg_batch *b, size_t index) {
    return b->tellings != NULL && b->tellings[index].story.ptr != NULL ? &b->tellings[index] : NULL;
}

drg_status drg_batch_write_jsonl(const drg_batch *b, drg_sink sink, void *user) {
    for (size_t i = 0; i < b->count; i++) {
        const drg_records *r = b->entries[i];
        DRG_TRY(r->id.ptr != NULL ? drg_records_write_jsonl(r, sink, user) : drg_problem_write_jsonl(&r->problems[0], sink, user));
    }
    return DRG_OK;
}
