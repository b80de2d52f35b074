// SPDX-License-Identifier: Apache-2.0
/* A deep copy of any public struct, by its shape.  Structs nest at most as deep as the shapes do, whatever the input. */
#include "batch/shape.h"

size_t column_item_size(const column *c) {
    switch (c->kind) {
        case COLUMN_TEXTS:
            return sizeof(drg_text);
        case COLUMN_EVENTS:
            return sizeof(u32);
        default:
            return c->item->size;
    }
}

/* A text that lies in the shared one keeps its place in it; so does an empty one, which only has to say NULL or not. */
static bool copy_text(const copying *c, drg_text *text) {
    if (text->ptr == NULL) {
        return true;
    }
    uintptr_t at = (uintptr_t)text->ptr, first = (uintptr_t)c->shared.ptr;
    if (c->shared_copy != NULL && at >= first && at + text->len <= first + c->shared.len) {
        text->ptr = c->shared_copy + (at - first);
        return true;
    }
    *text = text->len == 0 ? SPAN("") : arena_copy(c->memory, *text);
    return text->ptr != NULL;
}

static bool copy_items(const copying *c, const column *which, char *row) {
    const void **items = (const void **)(void *)(row + which->offset);
    size_t count = *(const size_t *)(const void *)(row + which->count_offset), size = column_item_size(which);
    char *made = count > 0 ? arena_alloc(c->memory, count, size) : NULL;
    if (count > 0 && made == NULL) {
        return false;
    }
    if (count > 0) {
        memcpy(made, *items, count * size);
    }
    *items = made;
    bool good = true;
    for (size_t i = 0; i < count && good && which->kind != COLUMN_EVENTS; i++) {
        good = which->kind == COLUMN_TEXTS ? copy_text(c, (drg_text *)(void *)(made + i * size)) : shape_copy(c, which->item, made + i * size);
    }
    return good;
}

static bool copy_pointer(const copying *c, const column *which, char *row) {
    const void **pointer = (const void **)(void *)(row + which->offset);
    if (*pointer == NULL) {
        return true;
    }
    void *made = arena_alloc(c->memory, 1, which->item->size);
    if (made != NULL) {
        memcpy(made, *pointer, which->item->size);
        *pointer = made;
    }
    return made != NULL && shape_copy(c, which->item, made);
}

bool shape_copy(const copying *c, const shape *s, void *to) {
    bool good = true;
    for (const column *which = s->columns; which->name != NULL && good; which++) {
        char *at = (char *)to + which->offset;
        switch (which->kind) {
            case COLUMN_TEXT:
            case COLUMN_MAYBE:
            case COLUMN_BYTES:
            case COLUMN_SPLIT:
                good = copy_text(c, (drg_text *)(void *)at);
                break;
            case COLUMN_TEXTS:
            case COLUMN_EVENTS:
            case COLUMN_LIST:
                good = copy_items(c, which, to);
                break;
            case COLUMN_POINTER:
                good = copy_pointer(c, which, to);
                break;
            case COLUMN_STRUCT:
            case COLUMN_FLAT:
                good = shape_copy(c, which->item, at);
                break;
            default:
                break;
        }
    }
    return good;
}
