// SPDX-License-Identifier: Apache-2.0
/* The input formats: one row each, one file each.
 *
 *   whole.c   text, mbox, html: parts of a file, or the whole file, a report each
 *   json.c    jsonl, json: a line, or an element of an array, a report each
 *   csv.c     csv: a row a report        newsml.c  newsml, nitf: agencies' XML
 *   warc.c    warc: web archives         feed_file.c feed: saved RSS and Atom
 *
 * To add one: write its file with a `const source_format format_NAME`, name it in source_kind
 * (source.h; the order there is the order of asking "is it yours?"), and put it into the table of
 * source.c.  A format never fails: what it cannot read it tells with format_tell and goes on. */
#ifndef DRG_READ_FORMAT_H
#define DRG_READ_FORMAT_H

#include "read/field.h"
#include "read/jsonl.h"
#include "read/source.h"
#include "read/stream.h"
#include "read/walk.h"

typedef struct {
    const char *names;   /* as --from takes them, blanks between */
    const char *endings; /* of file names, blanks between: what is read of a folder */
    /* Do the first bytes look like it?  Blanks are off their front.  NULL: never told by content. */
    bool (*fits)(const source *s, span head);
    /* The next report or problem; SOURCE_END: this input has no more. */
    source_what (*next)(source *s, source_item *item);
    void (*close)(source *s); /* frees s->own at the input's end; may be NULL */
    bool goes_on;             /* can take up reading behind a damaged part */
} source_format;

struct source {
    walk walk;
    stream stream;
    json_reader *json;
    field_map fields;
    source_kind asked;
    const source_format *format; /* of the present input */
    bool is_open;                /* the stream has an input */
    bool has_bytes;              /* source_open_bytes: one input, no walk */
    span given;                  /* its bytes */
    const char *path;
    u64 line;                    /* of the present input, 1-based */
    void *own;                   /* what the format keeps between two calls; freed by its close */
    u64 failures, passed;
};

extern const source_format format_text, format_mbox, format_html, format_jsonl, format_json, format_csv, format_newsml,
    format_feed, format_warc;

/* Does a file of this name belong to any format?  Endings of packers fall away first. */
bool format_takes_name(span name);
bool format_name_ends(span name, const char *endings);
/* Turns the item into a problem.  Never fails: without memory the texts are empty. */
source_what format_tell(source_item *item, const char *code, u64 offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Reading stopped inside a report: tells it, unless the input only came to its end. */
bool format_has_failed(const source *s);

/* A plain text or a letter, its header lines on top, into a report (mail.c). */
source_what mail_take(source *s, source_item *item, span bytes, u64 offset);
/* Does a header block with at least one field of ours begin here? */
bool mail_has_header(span text);

#endif
