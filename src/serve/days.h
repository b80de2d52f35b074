// SPDX-License-Identifier: Apache-2.0
/* Days in a row, parted into buckets: days, weeks from Monday on, months, years. */
#ifndef DRG_SERVE_DAYS_H
#define DRG_SERVE_DAYS_H

#include "serve/inside.h"

typedef struct {
    i32 first, last; /* days */
} period;

typedef enum { BUCKET_DAY, BUCKET_WEEK, BUCKET_MONTH, BUCKET_YEAR } bucket_kind;
extern const char *const bucket_names[];
#define BUCKET_CHOICES "auto|day|week|month|year"

typedef struct {
    bucket_kind kind;
    u32 *bucket_of;  /* [days] */
    u32 days, count;
    i32 *starts;     /* [count + 1] */
} buckets;

/* Between which days the chosen tellings lie; false: none has a day. */
bool days_find(const image *m, const chosen *set, period *out);
/* The kind of this name, or a coarser one where there would be too many; "auto": about 200. */
bucket_kind days_fit(const char *name, const period *p);
bool days_make(buckets *b, bucket_kind kind, const period *p, arena *memory);
/* All reports of the desk that came out in each bucket; NULL: memory is out. */
u32 *days_documents(const image *m, const buckets *b, arena *memory);
/* explore.c: members "bucket", "names", "rows" ... of a timeline of the set, split by quad. */
drg_status days_put_timeline(answering *a, const chosen *set, const char *bucket);
void days_put(json *j, const char *name, i32 day);

#endif
