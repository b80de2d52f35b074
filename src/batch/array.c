// SPDX-License-Identifier: Apache-2.0
/* One builder a column.  A text column is two buffers, offsets and bytes:
 *
 *     rows "IRN", "", "OMN"   ->   offsets 0 3 3 6, bytes IRNOMN
 *
 * a list column is offsets into its only child, and a struct column only its children.  A validity bitmap is made
 * when the first null comes.  Finished, the buffers belong to the ArrowArray and are freed by its release. */
#include "batch/array.h"

#include <math.h>

typedef struct {
    char *bytes;
    size_t used, room;
} buffer;

typedef enum { LAYOUT_TEXT, LAYOUT_BYTES, LAYOUT_U32, LAYOUT_I32, LAYOUT_I64, LAYOUT_F64, LAYOUT_BIT, LAYOUT_LIST, LAYOUT_STRUCT } layout;
static const struct {
    const char *format;
    int buffers;
} layouts[] = {[LAYOUT_TEXT] = {"u", 3}, [LAYOUT_BYTES] = {"z", 3}, [LAYOUT_U32] = {"i", 2}, [LAYOUT_I32] = {"i", 2}, [LAYOUT_I64] = {"l", 2},
               [LAYOUT_F64] = {"g", 2}, [LAYOUT_BIT] = {"b", 2}, [LAYOUT_LIST] = {"+l", 2}, [LAYOUT_STRUCT] = {"+s", 1}};

struct array_builder {
    const char *name;
    column which;        /* offsets from the start of the row that the builder is given */
    layout how;
    array_builder *children;
    size_t child_count;
    buffer valid, offsets, data;
    size_t rows, nulls;
};

static layout layout_of(column_kind kind) {
    switch (kind) {
        case COLUMN_BYTES:
            return LAYOUT_BYTES;
        case COLUMN_U32:
        case COLUMN_ENTITY:
            return LAYOUT_U32;
        case COLUMN_INT:
        case COLUMN_UNSAID:
            return LAYOUT_I32;
        case COLUMN_SIZE:
        case COLUMN_U64:
        case COLUMN_OPTIONAL:
            return LAYOUT_I64;
        case COLUMN_REAL:
            return LAYOUT_F64;
        case COLUMN_BOOL:
            return LAYOUT_BIT;
        case COLUMN_SPLIT:
        case COLUMN_TEXTS:
        case COLUMN_EVENTS:
        case COLUMN_LIST:
            return LAYOUT_LIST;
        case COLUMN_STRUCT:
        case COLUMN_POINTER:
        case COLUMN_FLAT:
            return LAYOUT_STRUCT;
        default:
            return LAYOUT_TEXT;
    }
}

/* ------------------------------------------------------------------ the tree of builders */

static size_t count_columns(const shape *s) {
    size_t count = 0;
    for (const column *c = s->columns; c->name != NULL; c++) {
        count += c->kind == COLUMN_FLAT ? count_columns(c->item) : 1;
    }
    return count;
}

static bool open_column(array_builder *b, const char *name, const column *c);

static bool open_columns(array_builder *b, const shape *s, size_t base) {
    bool good = true;
    for (const column *c = s->columns; c->name != NULL && good; c++) {
        column moved = *c;
        moved.offset += base;
        moved.count_offset += base;
        good = c->kind == COLUMN_FLAT ? open_columns(b, c->item, moved.offset) : open_column(&b->children[b->child_count++], c->name, &moved);
    }
    return good;
}

static bool open_column(array_builder *b, const char *name, const column *c) {
    static const column text = {"item", COLUMN_TEXT, 0, 0, NULL, 0};
    *b = (array_builder){.name = name, .which = *c, .how = layout_of(c->kind)};
    bool structs = b->how == LAYOUT_STRUCT;
    if (!structs && b->how != LAYOUT_LIST) {
        return true;
    }
    size_t count = structs ? count_columns(c->item) : 1;
    b->children = calloc(count, sizeof *b->children);
    if (b->children == NULL) {
        return false;
    }
    if (structs) {
        return open_columns(b, c->item, 0);
    }
    b->child_count = 1;
    column item = c->kind == COLUMN_LIST ? (column){"item", COLUMN_STRUCT, 0, 0, c->item, 0} : text;
    return open_column(&b->children[0], "item", &item);
}

static void close_column(array_builder *b) {
    for (size_t i = 0; i < b->child_count; i++) {
        close_column(&b->children[i]);
    }
    free(b->children);
    free(b->valid.bytes);
    free(b->offsets.bytes);
    free(b->data.bytes);
}

array_builder *array_builder_new(const shape *s) {
    array_builder *b = malloc(sizeof *b);
    const column row = {"", COLUMN_STRUCT, 0, 0, s, 0};
    if (b != NULL && !open_column(b, "", &row)) {
        array_builder_free(b);
        return NULL;
    }
    return b;
}

void array_builder_free(array_builder *b) {
    if (b != NULL) {
        close_column(b);
        free(b);
    }
}

size_t array_builder_bytes(const array_builder *b) {
    size_t bytes = b->data.used;
    for (size_t i = 0; i < b->child_count; i++) {
        bytes += array_builder_bytes(&b->children[i]);
    }
    return bytes;
}

/* ------------------------------------------------------------------ adding */

static bool buffer_add(buffer *b, const void *bytes, size_t size) {
    if (b->room - b->used < size) {
        size_t room = b->room < 256 ? 256 : b->room * 2;
        room = room - b->used < size ? b->used + size : room;
        char *grown = realloc(b->bytes, room);
        if (grown == NULL) {
            return false;
        }
        b->bytes = grown;
        b->room = room;
    }
    if (size > 0) {
        memcpy(b->bytes + b->used, bytes, size);
    }
    b->used += size;
    return true;
}

/* A buffer that is there, if empty: some readers take none for none. */
static bool buffer_exist(buffer *b) {
    b->bytes = b->bytes != NULL ? b->bytes : calloc(8, 1);
    return b->bytes != NULL;
}

static bool buffer_add_bit(buffer *b, size_t row, bool bit) {
    if (row % 8 == 0 && !buffer_add(b, "", 1)) {
        return false;
    }
    b->bytes[row / 8] = (char)(b->bytes[row / 8] | (bit ? 1 << row % 8 : 0));
    return true;
}

/* Says of the next row whether it is null. */
static bool add_valid(array_builder *b, bool valid) {
    if (!valid && b->nulls++ == 0) {
        for (size_t i = 0; i < b->rows; i++) {
            if (!buffer_add_bit(&b->valid, i, true)) {
                return false;
            }
        }
    }
    return b->nulls == 0 || buffer_add_bit(&b->valid, b->rows, valid);
}

static bool add_offset(array_builder *b, size_t end) {
    const i32 zero = 0, offset = (i32)end;
    return end <= INT32_MAX && (b->offsets.used > 0 || buffer_add(&b->offsets, &zero, sizeof zero)) && buffer_add(&b->offsets, &offset, sizeof offset);
}

static bool add_value(array_builder *b, const void *value, size_t size, bool valid) {
    return add_valid(b, valid) && buffer_add(&b->data, value, size) && ++b->rows > 0;
}

static bool add_text(array_builder *b, span text, bool valid) {
    return add_valid(b, valid) && buffer_add(&b->data, text.ptr, text.len) && add_offset(b, b->data.used) && ++b->rows > 0;
}

static bool add_bit(array_builder *b, bool bit) { return add_valid(b, true) && buffer_add_bit(&b->data, b->rows, bit) && ++b->rows > 0; }
static bool end_list(array_builder *b) { return add_valid(b, true) && add_offset(b, b->children[0].rows) && ++b->rows > 0; }

static bool add_column(array_builder *b, const char *row, const drg_event *events);

/* A struct; NULL: null, and its children get what they have for nothing. */
static bool add_struct(array_builder *b, const void *row, const drg_event *events) {
    _Alignas(16) static const char nothing[512];
    bool good = b->which.item->size <= sizeof nothing || row != NULL;
    for (size_t i = 0; i < b->child_count && good; i++) {
        good = add_column(&b->children[i], row != NULL ? row : nothing, events);
    }
    return good && add_valid(b, row != NULL) && ++b->rows > 0;
}

static bool add_list(array_builder *b, const char *row, const drg_event *events) {
    const char *items = *(const char *const *)(const void *)(row + b->which.offset);
    size_t count = *(const size_t *)(const void *)(row + b->which.count_offset), size = column_item_size(&b->which);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        const void *item = items + i * size;
        good = b->which.kind == COLUMN_LIST    ? add_struct(&b->children[0], item, events)
               : b->which.kind == COLUMN_TEXTS ? add_text(&b->children[0], *(const span *)item, true)
                                               : add_text(&b->children[0], events[*(const u32 *)item].id, true);
    }
    return good && end_list(b);
}

static bool add_split(array_builder *b, span list) {
    bool good = true;
    while (list.len > 0 && good) {
        good = add_text(&b->children[0], span_trim(span_next_field(&list, ';')), true);
    }
    return good && end_list(b);
}

/* Values are single floats inside: times 10 to the fifth they are still exact, so that this is the number that JSON writes. */
static double cut_decimals(double value, int decimals) {
    static const double powers[] = {1, 10, 100, 1e3, 1e4, 1e5};
    return rint(value * powers[decimals]) / powers[decimals];
}

static bool add_column(array_builder *b, const char *row, const drg_event *events) {
    const void *at = row + b->which.offset;
    i64 wide;
    double real;
    switch (b->which.kind) {
        case COLUMN_TEXT:
        case COLUMN_BYTES:
            return add_text(b, *(const span *)at, true);
        case COLUMN_MAYBE:
            return add_text(b, *(const span *)at, ((const span *)at)->ptr != NULL);
        case COLUMN_SPLIT:
            return add_split(b, *(const span *)at);
        case COLUMN_STATUS:
            return add_text(b, span_of(shape_status_names[*(const drg_event_status *)at]), true);
        case COLUMN_ENTITY:
            return add_value(b, at, sizeof(u32), *(const u32 *)at != NONE);
        case COLUMN_UNSAID:
            return add_value(b, at, sizeof(int), *(const int *)at >= 0);
        case COLUMN_U32:
        case COLUMN_INT:
            return add_value(b, at, sizeof(u32), true);
        case COLUMN_SIZE:
            wide = (i64) * (const size_t *)at;
            return add_value(b, &wide, sizeof wide, true);
        case COLUMN_U64:
            wide = (i64) * (const u64 *)at;
            return add_value(b, &wide, sizeof wide, true);
        case COLUMN_OPTIONAL:
            return add_value(b, at, sizeof(i64), ((const optional_number *)at)->there);
        case COLUMN_REAL:
            real = cut_decimals(*(const double *)at, b->which.decimals);
            return add_value(b, &real, sizeof real, true);
        case COLUMN_BOOL:
            return add_bit(b, *(const bool *)at);
        case COLUMN_POINTER:
            return add_struct(b, *(const void *const *)at, events);
        case COLUMN_STRUCT:
            return add_struct(b, at, events);
        default:
            return add_list(b, row, events);
    }
}

bool array_builder_add(array_builder *b, const void *row, const drg_event *events) { return add_struct(b, row, events); }

/* ------------------------------------------------------------------ handing over */

typedef struct {
    const void *buffers[3];
    struct ArrowArray *children; /* [n_children] */
    struct ArrowArray **pointers;
} array_own;

static void release_array(struct ArrowArray *a) {
    array_own *own = a->private_data;
    for (i64 i = 0; i < a->n_children; i++) {
        if (own->pointers[i]->release != NULL) {
            own->pointers[i]->release(own->pointers[i]);
        }
    }
    for (size_t i = 0; i < COUNT_OF(own->buffers); i++) {
        free((void *)(uintptr_t)own->buffers[i]);
    }
    free(own->pointers);
    free(own->children);
    free(own);
    a->release = NULL;
}

static bool finish_column(array_builder *b, struct ArrowArray *out) {
    array_own *own = calloc(1, sizeof *own);
    *out = (struct ArrowArray){0};
    if (own == NULL) {
        return false;
    }
    const i32 zero = 0;
    int buffers = layouts[b->how].buffers;
    bool offsets = b->how == LAYOUT_TEXT || b->how == LAYOUT_BYTES || b->how == LAYOUT_LIST;
    bool good = !offsets || b->offsets.used > 0 || buffer_add(&b->offsets, &zero, sizeof zero);
    good = good && buffer_exist(&b->data);
    own->buffers[0] = b->valid.bytes;
    own->buffers[1] = offsets ? b->offsets.bytes : b->data.bytes;
    own->buffers[2] = offsets ? b->data.bytes : NULL; /* a list or a struct has no use for it, and frees it */
    own->children = calloc(b->child_count + 1, sizeof *own->children);
    own->pointers = calloc(b->child_count + 1, sizeof *own->pointers);
    *out = (struct ArrowArray){.length = (i64)b->rows, .null_count = (i64)b->nulls, .n_buffers = buffers, .buffers = own->buffers,
                               .children = own->pointers, .release = release_array, .private_data = own};
    b->valid = b->offsets = b->data = (buffer){0};
    b->rows = b->nulls = 0;
    for (size_t i = 0; i < b->child_count && good && own->children != NULL && own->pointers != NULL; i++) {
        own->pointers[i] = &own->children[i];
        out->n_children++;
        good = finish_column(&b->children[i], &own->children[i]);
    }
    good = good && (size_t)out->n_children == b->child_count;
    if (!good) {
        release_array(out);
    }
    return good;
}

bool array_builder_finish(array_builder *b, struct ArrowArray *out) { return finish_column(b, out); }

/* ------------------------------------------------------------------ schemas */

static void release_schema(struct ArrowSchema *s) {
    for (i64 i = 0; i < s->n_children; i++) {
        if (s->children[i]->release != NULL) {
            s->children[i]->release(s->children[i]);
        }
    }
    free((void *)(uintptr_t)s->name);
    free(s->private_data);
    free(s->children);
    s->release = NULL;
}

static bool describe(const array_builder *b, struct ArrowSchema *out) {
    column_kind kind = b->which.kind;
    bool nullable = kind == COLUMN_MAYBE || kind == COLUMN_ENTITY || kind == COLUMN_UNSAID || kind == COLUMN_OPTIONAL || kind == COLUMN_POINTER;
    size_t size = strlen(b->name) + 1;
    char *name = malloc(size); /* a schema may outlive the names of an answer */
    struct ArrowSchema *children = calloc(b->child_count + 1, sizeof *children);
    struct ArrowSchema **pointers = calloc(b->child_count + 1, sizeof *pointers);
    *out = (struct ArrowSchema){.format = layouts[b->how].format, .name = name, .flags = nullable ? ARROW_FLAG_NULLABLE : 0,
                                .children = pointers, .release = release_schema, .private_data = children};
    bool good = children != NULL && pointers != NULL && name != NULL;
    if (good) {
        memcpy(name, b->name, size);
    }
    for (size_t i = 0; i < b->child_count && good; i++) {
        pointers[i] = &children[i];
        out->n_children++;
        good = describe(&b->children[i], &children[i]);
    }
    return good;
}

bool shape_schema(const shape *s, struct ArrowSchema *out) {
    array_builder *b = array_builder_new(s);
    bool good = b != NULL && describe(b, out);
    if (!good && b != NULL) {
        release_schema(out);
    }
    array_builder_free(b);
    return good;
}
