// SPDX-License-Identifier: Apache-2.0
/* Reports from files, folders and standard input, one after another.
 *
 *     source *s;  source_item item;
 *     source_open(&s, paths, path_count, SOURCE_AUTO, &error);
 *     source_item_open(&item);
 *     while (source_next(s, &item) != SOURCE_END) {
 *         if (item.what == SOURCE_REPORT)  drg_coder_code(coder, &item.report, &error);
 *         else                             a problem row: item.problem, and go on
 *     }
 *     source_item_close(&item);
 *     source_close(s);
 *
 * An item owns the memory of all its texts: they live until source_next gets the same item again,
 * or until source_item_close.  A pool of workers keeps one item a job in flight; source_next itself
 * is called by one thread at a time.
 *
 * A path is a file (plain, gzip or zstd), a folder (walked in byte order of the names; hidden files
 * and linked folders are passed over), a pattern with * ? or [] that names no file itself, or "-"
 * for standard input.  What a file holds is told by its first bytes, format by format in the order
 * of source_kind; docs/formats.md says how each looks.
 *
 * In a walked folder, kind auto takes the files whose names end like those of a format, and those
 * without an ending; a named kind takes every file. */
#ifndef DRG_READ_SOURCE_H
#define DRG_READ_SOURCE_H

#include "base/arena.h"

typedef enum {
    SOURCE_AUTO,
    SOURCE_WARC,
    SOURCE_JSON,
    SOURCE_JSONL,
    SOURCE_NEWSML,
    SOURCE_FEED,
    SOURCE_HTML,
    SOURCE_MBOX,
    SOURCE_CSV,
    SOURCE_TEXT, /* the last: anything is text */
    SOURCE_KIND_COUNT
} source_kind;
typedef enum { SOURCE_END, SOURCE_REPORT, SOURCE_PROBLEM } source_what;

typedef struct {
    arena memory;        /* of everything below */
    source_what what;    /* the last answer of source_next */
    drg_report report;   /* SOURCE_REPORT */
    drg_problem problem; /* SOURCE_PROBLEM; doc: the input, offset: byte in it, code: unreadable, too-large, json, ... */
    span input;          /* path as walked, "-" for standard input */
    u64 line;            /* 1-based, where the format has lines; 0 else */
} source_item;

typedef struct source source;

/* The names of kinds, those of one kind beside each other. */
#define SOURCE_KINDS "auto|text|mail|mbox|html|jsonl|json|csv|tsv|warc|newsml|nitf|feed"
/* A kind by its name; false when `name` is none. */
bool source_kind_find(const char *name, source_kind *kind);

/* Copies the paths; opens none of them yet.  DRG_ERROR_MEMORY is the only failure. */
drg_status source_open(source **out, const char *const *paths, size_t count, source_kind kind, drg_error *error);
/* One input that is in memory already, under the name `name`; both must outlive the source. */
drg_status source_open_bytes(source **out, span bytes, const char *name, source_kind kind, drg_error *error);
/* "title=headline,text=content.body": where records of json, jsonl and csv keep their fields.  The
 * text must outlive the source.  DRG_ERROR_USE: no such field. */
drg_status source_map(source *s, const char *spec, drg_error *error);
/* The next report or problem into `item`.  Input that cannot be read is a problem and the rest goes on. */
source_what source_next(source *s, source_item *item);
/* Inputs so far that could not be opened or read: the program's exit code asks for it. */
u64 source_failures(const source *s);
/* Records so far that hold no report and are none's fault: images and redirects of a web archive. */
u64 source_passed(const source *s);
void source_close(source *s);

void source_item_open(source_item *item);
void source_item_close(source_item *item);

#endif
