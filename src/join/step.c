// SPDX-License-Identifier: Apache-2.0
/* Joining as steps over streams of columns.  A step's output is a stream that pulls its input when it is asked for rows:
 *
 *     rows of a block  ->  structs in the block's arena  ->  take  ->  rows out
 *
 * so that memory holds one block and one portion of output, however many rows there are. */
#include "join/step.h"

#include <errno.h>

#include "batch/take.h"

#define PORTION_ROWS 65536
#define PORTION_BYTES ((size_t)16 << 20)

static const join_step steps[] = {
    [DRG_JOIN_FACTS] = {&shape_told, &shape_facts, EACH_ALONE, facts_take, NULL},
    [DRG_JOIN_RUNS] = {&shape_sketch_in, &shape_run, EACH_ALONE, runs_take, NULL},
    [DRG_JOIN_COPIES] = {&shape_pair, &shape_edge, EACH_ALONE, copies_take, NULL},
    [DRG_JOIN_COMPONENTS] = {&shape_edge, &shape_first, EACH_ALONE, components_take, components_finish},
    [DRG_JOIN_WORDS] = {&shape_sketch_in, &shape_word, EACH_ALONE, words_take, NULL},
    [DRG_JOIN_WEIGHTS] = {&shape_weigh, &shape_weight, EACH_ALONE, weights_take, NULL},
    [DRG_JOIN_LIKENESS] = {&shape_compare, &shape_likeness, offsetof(compare_row, block), likeness_take, NULL},
    [DRG_JOIN_LINKAGE] = {&shape_link, &shape_first, offsetof(link_row, block), linkage_take, NULL},
    [DRG_JOIN_EVENT_KEYS] = {&shape_event_in, &shape_edge, EACH_ALONE, event_keys_take, NULL},
    [DRG_JOIN_EVENTS] = {&shape_event_in, &shape_first, offsetof(event_in, block), events_take, NULL},
    [DRG_JOIN_JOINED] = {&shape_event_in, &shape_joined, offsetof(event_in, block), joined_take, NULL},
    [DRG_JOIN_DISPUTES] = {&shape_event_in, &shape_dispute, offsetof(event_in, block), disputes_take, NULL},
    [DRG_JOIN_OFFICES] = {&shape_event_in, &shape_dispute, offsetof(event_in, block), offices_take, NULL},
    [DRG_JOIN_ALIKE] = {&shape_agreement_in, &shape_first, offsetof(agreement_in, block), alike_take, NULL},
    [DRG_JOIN_PARTS] = {&shape_agreement_in, &shape_first, offsetof(agreement_in, block), parts_take, NULL},
    [DRG_JOIN_ACCORDS] = {&shape_agreement_in, &shape_accord, offsetof(agreement_in, block), accords_take, NULL},
};

typedef struct {
    const join_step *step;
    join_work work;
    struct ArrowArrayStream in;
    struct ArrowSchema schema;
    struct ArrowArray array; /* release NULL: none */
    i64 row;                 /* of the array, next */
    char *rows;              /* [room] structs of the block */
    size_t count, room;
    bool ended;
    char error[200];
} step_stream;

void join_emit(join_work *w, const void *row) { w->failed = w->failed || !array_builder_add(w->out, row, NULL); }

void *join_new(join_work *w, size_t count, size_t size) {
    void *made = arena_alloc(&w->memory, count + 1, size);
    w->failed |= made == NULL;
    return made;
}

/* ------------------------------------------------------------------ blocks */

static void take_block(step_stream *s) {
    if (s->count > 0) {
        s->step->take(&s->work, s->rows, s->count);
        arena_reset(&s->work.memory);
        s->count = 0;
    }
}

static u64 block_of(const step_stream *s, size_t at) {
    u64 block;
    memcpy(&block, s->rows + at * s->step->in->size + s->step->block, sizeof block);
    return block;
}

static bool make_room(step_stream *s) {
    if (s->count < s->room) {
        return true;
    }
    size_t room = s->room == 0 ? 64 : s->room * 2, bytes;
    char *grown = size_mul(room, s->step->in->size, &bytes) ? realloc(s->rows, bytes) : NULL;
    if (grown != NULL) {
        s->rows = grown;
        s->room = room;
    }
    return grown != NULL;
}

static void read_row(step_stream *s) {
    size_t size = s->step->in->size;
    s->work.failed |= !make_room(s);
    if (!s->work.failed) {
        memset(s->rows + s->count * size, 0, size);
        s->work.failed = !take_struct(&s->work.memory, (cells){&s->schema, &s->array}, s->row, s->step->in, s->rows + s->count * size);
    }
}

/* The next row joins the block, or opens another: then it is read again into that one's memory. */
static void take_next(step_stream *s) {
    bool alone = s->step->block == EACH_ALONE;
    read_row(s);
    if (!alone && !s->work.failed && s->count > 0 && block_of(s, s->count) != block_of(s, 0)) {
        take_block(s);
        read_row(s);
    }
    s->count += !s->work.failed;
    s->row++;
    if (alone) {
        take_block(s);
    }
}

/* ------------------------------------------------------------------ the stream */

static int tell(step_stream *s, int code, const char *what) {
    snprintf(s->error, sizeof s->error, "%s", what != NULL ? what : "the rows cannot be read");
    return code;
}

/* Makes sure of a row; 0, or what get_next returns. */
static int pull(step_stream *s) {
    while (!s->ended && (s->array.release == NULL || s->row == s->array.length)) {
        if (s->array.release != NULL) {
            s->array.release(&s->array);
        }
        s->row = 0;
        if (s->in.get_next(&s->in, &s->array) != 0) {
            return tell(s, EIO, s->in.get_last_error(&s->in));
        }
        s->ended = s->array.release == NULL;
    }
    return 0;
}

static void finish(step_stream *s) {
    take_block(s);
    if (s->step->finish != NULL) {
        s->step->finish(&s->work);
    }
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    step_stream *s = stream->private_data;
    size_t rows = 0;
    *out = (struct ArrowArray){0};
    if (s->ended) {
        return 0; /* a released array says: no more */
    }
    while (!s->ended && !s->work.failed && rows < PORTION_ROWS && array_builder_bytes(s->work.out) < PORTION_BYTES) {
        int code = pull(s);
        if (code != 0) {
            return code;
        }
        if (s->ended) {
            finish(s);
        } else {
            take_next(s);
            rows++;
        }
    }
    bool good = !s->work.failed && array_builder_finish(s->work.out, out);
    return good ? 0 : tell(s, ENOMEM, "out of memory while joining: a block is too large");
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    const step_stream *s = stream->private_data;
    return shape_schema(s->step->out, out) ? 0 : ENOMEM;
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    const step_stream *s = stream->private_data;
    return s->error[0] != '\0' ? s->error : NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    step_stream *s = stream->private_data;
    array_builder_free(s->work.out);
    arena_close(&s->work.memory);
    arena_close(&s->work.kept);
    if (s->array.release != NULL) {
        s->array.release(&s->array);
    }
    if (s->schema.release != NULL) {
        s->schema.release(&s->schema);
    }
    s->in.release(&s->in);
    free(s->rows);
    free(s);
    stream->release = NULL;
}

static drg_status open_step(step_stream *s, drg_error *error) {
    s->work.out = array_builder_new(s->step->out);
    if (s->work.out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "join", 0, "out of memory");
    }
    if (s->in.get_schema(&s->in, &s->schema) != 0) {
        return drg_fail(error, DRG_ERROR_INPUT, "join", 0, "the schema of the rows cannot be read");
    }
    return take_check(&s->schema, s->step->in, error);
}

drg_status drg_join_stream(drg_join_step which, struct ArrowArrayStream *in, struct ArrowArrayStream *out, drg_error *error) {
    step_stream *s = (unsigned)which < COUNT_OF(steps) ? calloc(1, sizeof *s) : NULL;
    if (s == NULL) {
        in->release(in);
        return (unsigned)which < COUNT_OF(steps) ? drg_fail(error, DRG_ERROR_MEMORY, "join", 0, "out of memory")
                                                 : drg_fail(error, DRG_ERROR_USE, "join", 0, "there is no step %d", (int)which);
    }
    s->step = &steps[which];
    s->in = *in;
    in->release = NULL;
    arena_open(&s->work.memory, SIZE_MAX);
    arena_open(&s->work.kept, SIZE_MAX);
    struct ArrowArrayStream made = {get_schema, get_next, get_last_error, release_stream, s};
    drg_status status = open_step(s, error);
    if (status != DRG_OK) {
        release_stream(&made);
        return status;
    }
    *out = made;
    return DRG_OK;
}

drg_status drg_join_schema(drg_join_step which, bool input, struct ArrowSchema *out, drg_error *error) {
    if ((unsigned)which >= COUNT_OF(steps)) {
        return drg_fail(error, DRG_ERROR_USE, "join", 0, "there is no step %d", (int)which);
    }
    return shape_schema(input ? steps[which].in : steps[which].out, out) ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "join", 0, "out of memory");
}
