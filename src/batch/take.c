// SPDX-License-Identifier: Apache-2.0
/* Columns of a DRG_TABLE_RECORDS stream back to records: the inverse of array.c, column by column of the shape. */
#include "batch/batch.h"
#include "batch/take.h"

typedef struct {
    arena *memory;
    const drg_event *events; /* of the records whose claims are read: what their ids are looked up in */
    size_t event_count;
    bool failed;             /* out of memory */
} taking;

/* ------------------------------------------------------------------ does the schema fit? */

static bool fits_number(const struct ArrowSchema *s) { return strlen(s->format) == 1 && strchr("cCsSiIlL", s->format[0]) != NULL; }

static drg_status check_column(const struct ArrowSchema *given, const column *c, drg_error *error) {
    bool list = cells_are_list(given) && given->n_children == 1, structs = strcmp(given->format, "+s") == 0, good = false;
    switch (c->kind) {
        case COLUMN_TEXT:
        case COLUMN_MAYBE:
        case COLUMN_BYTES:
        case COLUMN_STATUS:
            good = cells_are_text(given);
            break;
        case COLUMN_SPLIT:
        case COLUMN_TEXTS:
        case COLUMN_EVENTS:
            good = list && (cells_are_text(given->children[0]) || strcmp(given->children[0]->format, "n") == 0);
            break;
        case COLUMN_LIST:
            good = list && strcmp(given->children[0]->format, "+s") == 0;
            return good ? take_check(given->children[0], c->item, error)
                        : drg_fail(error, DRG_ERROR_USE, c->name, 0, "is a list of structs, not of type \"%s\"", given->format);
        case COLUMN_STRUCT:
        case COLUMN_POINTER:
            return structs ? take_check(given, c->item, error)
                           : drg_fail(error, DRG_ERROR_USE, c->name, 0, "is a struct, not of type \"%s\"", given->format);
        case COLUMN_REAL:
            good = strcmp(given->format, "g") == 0 || strcmp(given->format, "f") == 0;
            break;
        case COLUMN_BOOL:
            good = strcmp(given->format, "b") == 0;
            break;
        default:
            good = fits_number(given);
    }
    return good ? DRG_OK : drg_fail(error, DRG_ERROR_USE, c->name, 0, "has the Arrow type \"%s\", which does not fit", given->format);
}

drg_status take_check(const struct ArrowSchema *given, const shape *s, drg_error *error) {
    for (const column *c = s->columns; c->name != NULL; c++) {
        if (c->kind == COLUMN_FLAT) {
            DRG_TRY(take_check(given, c->item, error));
            continue;
        }
        cells found = cells_child((cells){given, NULL}, c->name);
        if (found.schema == NULL) {
            return drg_fail(error, DRG_ERROR_USE, c->name, 0, "there is no such column: these are not the records, or rows, that belong here");
        }
        DRG_TRY(check_column(found.schema, c, error));
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ rows */

static void take_row(taking *t, cells given, i64 row, const shape *s, char *out);

static void *take_new(taking *t, size_t count, size_t size) {
    void *made = count > 0 ? arena_alloc(t->memory, count, size) : NULL;
    t->failed |= made == NULL && count > 0;
    return made;
}

static span take_text(taking *t, cells c, i64 row) {
    span text = cells_text(c, row);
    if (text.ptr != NULL) {
        text = arena_copy(t->memory, text);
        t->failed |= text.ptr == NULL;
    }
    return text;
}

static u32 find_event(const taking *t, span id) {
    u32 at = 0;
    while (at < t->event_count && !span_eq(t->events[at].id, id)) {
        at++;
    }
    return at < t->event_count ? at : NONE;
}

/* An event that is not among the records' own is left out. */
static void take_events(taking *t, cells items, i64 first, i64 end, char *out) {
    u32 *made = take_new(t, (size_t)(end - first), sizeof *made);
    size_t count = 0;
    for (i64 i = first; i < end && made != NULL; i++) {
        u32 at = find_event(t, cells_text(items, i));
        if (at != NONE) {
            made[count++] = at;
        }
    }
    *(const u32 **)(void *)out = made;
    *(size_t *)(void *)(out + sizeof(void *)) = count;
}

static span take_split(taking *t, cells items, i64 first, i64 end) {
    size_t size = 0, used = 0;
    for (i64 i = first; i < end; i++) {
        size += cells_text(items, i).len + 1;
    }
    char *made = take_new(t, size, 1);
    for (i64 i = first; i < end && made != NULL; i++) {
        span part = cells_text(items, i);
        if (i > first) {
            made[used++] = ';';
        }
        memcpy(made + used, part.ptr != NULL ? part.ptr : "", part.len);
        used += part.len;
    }
    return made != NULL ? (span){made, used} : SPAN("");
}

static void take_list(taking *t, cells c, i64 row, const column *which, char *out) {
    cells items = {c.schema->children[0], c.array->children[0]};
    i64 first, end;
    cells_list(c, row, &first, &end);
    if (which->kind == COLUMN_SPLIT) {
        *(span *)(void *)(out + which->offset) = take_split(t, items, first, end);
        return;
    }
    size_t size = column_item_size(which), *count = (size_t *)(void *)(out + which->count_offset);
    char *made = take_new(t, which->kind == COLUMN_EVENTS ? 0 : (size_t)(end - first), size);
    for (i64 i = first; i < end && made != NULL; i++) {
        char *item = made + (size_t)(i - first) * size;
        if (which->kind == COLUMN_TEXTS) {
            *(span *)(void *)item = take_text(t, items, i);
        } else {
            take_row(t, items, i, which->item, item);
        }
    }
    *(void **)(void *)(out + which->offset) = made;
    *count = made != NULL ? (size_t)(end - first) : 0;
}

static drg_event_status status_called(span name) {
    for (u32 i = 0; i < COUNT_OF(shape_status_names); i++) {
        if (span_eq(name, span_of(shape_status_names[i]))) {
            return (drg_event_status)i;
        }
    }
    return DRG_STATUS_ACTUAL;
}

static void take_cell(taking *t, cells c, i64 row, const column *which, char *out) {
    void *at = out + which->offset;
    bool null = cells_is_null(c, row);
    switch (which->kind) {
        case COLUMN_TEXT:
        case COLUMN_MAYBE:
        case COLUMN_BYTES:
            *(span *)at = take_text(t, c, row);
            break;
        case COLUMN_STATUS:
            *(drg_event_status *)at = status_called(cells_text(c, row));
            break;
        case COLUMN_ENTITY:
        case COLUMN_U32:
            *(u32 *)at = null && which->kind == COLUMN_ENTITY ? NONE : (u32)cells_number(c, row);
            break;
        case COLUMN_UNSAID:
        case COLUMN_INT:
            *(int *)at = null && which->kind == COLUMN_UNSAID ? -1 : (int)cells_number(c, row);
            break;
        case COLUMN_SIZE:
            *(size_t *)at = (size_t)cells_number(c, row);
            break;
        case COLUMN_U64:
            *(u64 *)at = (u64)cells_number(c, row);
            break;
        case COLUMN_REAL:
            *(double *)at = cells_real(c, row);
            break;
        case COLUMN_BOOL:
            *(bool *)at = cells_number(c, row) != 0;
            break;
        case COLUMN_STRUCT:
            take_row(t, c, row, which->item, at);
            break;
        case COLUMN_POINTER: {
            char *made = null ? NULL : take_new(t, 1, which->item->size);
            *(void **)at = made;
            if (made != NULL) {
                take_row(t, c, row, which->item, made);
            }
            break;
        }
        default:
            take_list(t, c, row, which, out);
    }
}

/* Struct arrays have an offset of their own, which their children do not know of. */
static void take_row(taking *t, cells given, i64 row, const shape *s, char *out) {
    for (const column *c = s->columns; c->name != NULL && !t->failed; c++) {
        if (c->kind == COLUMN_FLAT) {
            take_row(t, given, row, c->item, out + c->offset);
        } else {
            take_cell(t, cells_child(given, c->name), row + given.array->offset, c, out);
        }
    }
}

bool take_struct(arena *memory, cells rows, i64 row, const shape *s, void *out) {
    taking t = {.memory = memory};
    take_row(&t, rows, row, s, out);
    return !t.failed;
}

/* Claims come behind the events that they name, whatever the order of the columns. */
static void take_claim_events(taking *t, cells given, i64 row, drg_records *r) {
    cells claims = cells_child(given, "claims"), one = {claims.schema->children[0], claims.array->children[0]};
    cells events = cells_child(one, "events"), items = {events.schema->children[0], events.array->children[0]};
    i64 first, end, begin, behind;
    t->events = r->events;
    t->event_count = r->event_count;
    cells_list(claims, row + given.array->offset, &first, &end);
    for (i64 i = first; i < end && !t->failed; i++) {
        drg_claim *c = (drg_claim *)(uintptr_t)&r->claims[i - first];
        cells_list(events, i + one.array->offset, &begin, &behind);
        take_events(t, items, begin, behind, (char *)c + offsetof(drg_claim, events));
    }
}

static drg_status take_batch(drg_batch *b, cells given, drg_error *error) {
    taking t = {.memory = &b->memory};
    for (i64 row = 0; row < given.array->length; row++) {
        drg_records *made = batch_slot(b);
        if (made != NULL) {
            take_row(&t, given, row, &shape_records, (char *)made);
            take_claim_events(&t, given, row, made);
        }
        if (made == NULL || t.failed) {
            return drg_fail(error, DRG_ERROR_MEMORY, "batch", 0, "out of memory");
        }
        if (made->id.ptr == NULL && made->problem_count != 1) {
            return drg_fail(error, DRG_ERROR_USE, "id", (u64)row, "row %lld has no id and no problem: these are not the records of a result", (long long)row);
        }
        b->count++;
    }
    return DRG_OK;
}

drg_status drg_batch_add_stream(drg_batch *b, struct ArrowArrayStream *in, drg_error *error) {
    struct ArrowSchema schema = {0};
    struct ArrowArray array = {0};
    drg_status status = in->get_schema(in, &schema) == 0 ? take_check(&schema, &shape_records, error)
                                                         : drg_fail(error, DRG_ERROR_INPUT, "columns", 0, "their schema cannot be read");
    while (status == DRG_OK) {
        if (in->get_next(in, &array) != 0) {
            const char *why = in->get_last_error(in);
            status = drg_fail(error, DRG_ERROR_INPUT, "columns", 0, "cannot be read: %.150s", why != NULL ? why : "no reason given");
            break;
        }
        if (array.release == NULL) {
            break;
        }
        status = take_batch(b, (cells){&schema, &array}, error);
        array.release(&array);
    }
    if (schema.release != NULL) {
        schema.release(&schema);
    }
    in->release(in);
    return status;
}
