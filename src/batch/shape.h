// SPDX-License-Identifier: Apache-2.0
/* What the public records look like, said once: each struct as a list of columns with their offsets.  Three things
 * read it: copy.c (a deep copy), array.c (rows to Arrow) and take.c (Arrow to rows).
 *
 *     drg_event  ->  id, plover, ..., source: list of {code, name, title, entity, start, end, text}, ... */
#ifndef DRG_BATCH_SHAPE_H
#define DRG_BATCH_SHAPE_H

#include "base/arena.h"

typedef enum {
    COLUMN_TEXT,     /* drg_text */
    COLUMN_MAYBE,    /* drg_text; null where ptr is NULL */
    COLUMN_BYTES,    /* drg_text of any bytes */
    COLUMN_SPLIT,    /* drg_text, "a;b" -> list of text */
    COLUMN_STATUS,   /* drg_event_status -> text */
    COLUMN_U32,
    COLUMN_ENTITY,   /* u32; null where NONE */
    COLUMN_INT,
    COLUMN_UNSAID,   /* int; null where -1 */
    COLUMN_SIZE,     /* size_t */
    COLUMN_U64,
    COLUMN_OPTIONAL, /* optional_number; null where it is not there */
    COLUMN_REAL,
    COLUMN_BOOL,
    COLUMN_TEXTS,    /* pointer to drg_text, and a count */
    COLUMN_EVENTS,   /* pointer to u32 indices of the records' events, and a count -> list of their ids */
    COLUMN_LIST,     /* pointer to structs, and a count */
    COLUMN_STRUCT,   /* a struct inside */
    COLUMN_POINTER,  /* pointer to a struct; null where NULL */
    COLUMN_FLAT,     /* a struct inside, whose columns stand among those around it */
} column_kind;

typedef struct shape shape;
typedef struct {
    const char *name;
    column_kind kind;
    size_t offset, count_offset; /* bytes in the struct */
    const shape *item;           /* of LIST, STRUCT, POINTER, FLAT */
    int decimals;                /* of REAL, as in JSON: what lies behind is noise */
} column;
struct shape {
    size_t size;          /* bytes of the struct */
    const column *columns; /* ends with a NULL name */
};

typedef struct {
    i64 value;
    bool there;
} optional_number;

extern const shape shape_telling_row, shape_records, shape_report_row, shape_event_row, shape_actor_row, shape_claim_row, shape_agreement_row, shape_problem_row;

/* What stands before an event, a claim, an agreement in its table. */
typedef struct {
    drg_text report, date, outlet, url;
} row_head;
typedef struct { row_head head; drg_event event; } event_row;
typedef struct { row_head head; drg_claim claim; } claim_row;
typedef struct { row_head head; drg_agreement agreement; } agreement_row;
typedef struct { row_head head; drg_text title, owner; drg_telling telling; drg_event event; } telling_row;
typedef struct { drg_text report; drg_problem problem; } problem_row; /* report: ptr NULL, there was none */
typedef struct {
    drg_text report, event, side; /* side: source, target, claimer */
    u32 number;                   /* among its side */
    drg_actor actor;
} actor_row;

extern const char *const shape_status_names[4]; /* by drg_event_status */

/* Makes `to`, a plain copy of a struct of this shape, its own: texts and arrays are copied into `memory`.  Texts that
 * lie inside `*shared` are taken from the copy of it that `shared_copy` begins.  False without memory. */
typedef struct {
    arena *memory;
    span shared;
    const char *shared_copy;
} copying;
bool shape_copy(const copying *c, const shape *s, void *to);

/* The size of one item of a column's array. */
size_t column_item_size(const column *c);

#endif
