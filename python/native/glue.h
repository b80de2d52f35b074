// SPDX-License-Identifier: Apache-2.0
/* What the package asks of C beside the library: bytes gathered in one piece, and the destructors of Arrow's capsules,
 * which Python calls when nobody took a capsule's struct over. */
#ifndef DRAGOMAN_GLUE_H
#define DRAGOMAN_GLUE_H

#include <stdlib.h>
#include <string.h>

#include "dragoman.h"

typedef struct {
    char *bytes; /* malloc; gathered_free */
    size_t size, room;
} gathered;

#ifdef DRG_DECLARATIONS
drg_status gather_batch_jsonl(const drg_batch *batch, gathered *out);
drg_status gather_parse(drg_coder *coder, const drg_report *report, gathered *out, drg_error *error);
drg_status gather_explanation(drg_coder *coder, const drg_report *report, bool trees, gathered *out, drg_error *error);
void gathered_free(gathered *g);
void free_stream_capsule(void *capsule);
void free_schema_capsule(void *capsule);
void free_array_capsule(void *capsule);
#else

static drg_status gather(void *user, const char *bytes, size_t size) {
    gathered *g = user;
    if (g->room - g->size < size) {
        size_t room = g->room < 65536 ? 65536 : g->room * 2;
        room = room - g->size < size ? g->size + size : room;
        char *grown = realloc(g->bytes, room);
        if (grown == NULL) {
            return DRG_ERROR_MEMORY;
        }
        g->bytes = grown;
        g->room = room;
    }
    memcpy(g->bytes + g->size, bytes, size);
    g->size += size;
    return DRG_OK;
}

static drg_status gather_batch_jsonl(const drg_batch *batch, gathered *out) { return drg_batch_write_jsonl(batch, gather, out); }

static drg_status gather_parse(drg_coder *coder, const drg_report *report, gathered *out, drg_error *error) {
    return drg_coder_parse(coder, report, gather, out, error);
}

static drg_status gather_explanation(drg_coder *coder, const drg_report *report, bool trees, gathered *out, drg_error *error) {
    const drg_explanation how = {gather, out, false, trees};
    return drg_coder_explain(coder, report, &how, error);
}

static void gathered_free(gathered *g) {
    free(g->bytes);
    memset(g, 0, sizeof *g);
}

#define CAPSULE_DESTRUCTOR(function, type, name)                      \
    static void function(void *capsule) {                             \
        struct type *held = PyCapsule_GetPointer(capsule, name);      \
        if (held != NULL && held->release != NULL) {                  \
            held->release(held);                                      \
        }                                                             \
        free(held);                                                   \
    }
CAPSULE_DESTRUCTOR(free_stream_capsule, ArrowArrayStream, "arrow_array_stream")
CAPSULE_DESTRUCTOR(free_schema_capsule, ArrowSchema, "arrow_schema")
CAPSULE_DESTRUCTOR(free_array_capsule, ArrowArray, "arrow_array")
#endif

#endif
