// SPDX-License-Identifier: Apache-2.0
/* Bytes on their way to a sink, and the ways a cell is written: as it is, for CSV (RFC 4180), for
 * tab-separated files (which know no quotes: a tab or line end becomes a blank), as JSON. */
#ifndef DRG_EXPORT_OUT_H
#define DRG_EXPORT_OUT_H

#include "base/base.h"

typedef struct {
    drg_sink sink;
    void *user;
    drg_status status; /* the first failure; afterwards nothing is written */
    size_t used;
    char bytes[16384];
} export_out;

void out_open(export_out *out, drg_sink sink, void *user);
drg_status out_flush(export_out *out);
void out_put(export_out *out, const char *bytes, size_t size);
void out_text(export_out *out, const char *text);
void out_span(export_out *out, span text);
void out_format(export_out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_csv(export_out *out, span cell);   /* with quotes where they are needed */
void out_plain(export_out *out, span cell); /* without tabs and line ends */
void out_json(export_out *out, span text);  /* with its quotes */
void out_xml(export_out *out, span text);   /* as text or inside "..." */

/* {"a": 1, ...}: `*first` is true before the first member. */
void out_key(export_out *out, bool *first, const char *name);
void out_member(export_out *out, bool *first, const char *name, span text);

#endif
