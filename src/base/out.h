// SPDX-License-Identifier: Apache-2.0
/* Bytes on their way to a sink, and the ways a cell is written: as it is, for CSV (RFC 4180), for
 * tab-separated files (which know no quotes: a tab or line end becomes a blank), as JSON. */
#ifndef DRG_BASE_OUT_H
#define DRG_BASE_OUT_H

#include "base/base.h"

typedef struct {
    drg_sink sink;
    void *user;
    drg_status status; /* the first failure; afterwards nothing is written */
    size_t used;
    char bytes[16384];
} out_bytes;

void out_open(out_bytes *out, drg_sink sink, void *user);
drg_status out_flush(out_bytes *out);
void out_put(out_bytes *out, const char *bytes, size_t size);
void out_text(out_bytes *out, const char *text);
void out_span(out_bytes *out, span text);
void out_format(out_bytes *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_csv(out_bytes *out, span cell);   /* with quotes where they are needed */
void out_plain(out_bytes *out, span cell); /* without tabs and line ends */
void out_json(out_bytes *out, span text);  /* with its quotes */
void out_xml(out_bytes *out, span text);   /* as text or inside "..." */

/* {"a": 1, ...}: `*first` is true before the first member. */
void out_key(out_bytes *out, bool *first, const char *name);
void out_member(out_bytes *out, bool *first, const char *name, span text);

#endif
