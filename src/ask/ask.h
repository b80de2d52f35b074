// SPDX-License-Identifier: Apache-2.0
/* Questions to a desk, in the same words on the command line, in the page and in Python.
 *
 *     source=USA target=IRN class=agree,consult since=2020-01 until=2020-06 place!=Geneva reports>=3
 *
 *   filter.c          words to SQL conditions; actor_filter.c those about actors
 *   question.c        a filter and a shape to one statement
 *   rows.c            its rows, as records
 *   kinds.c           what a desk holds across reports: joined events, stories, copies, disputes, agreements, repeats
 *   build.c           SQL with values beside it
 *
 * Counts are always three: events (one however many reports tell it), reports, outlets. */
#ifndef DRG_ASK_ASK_H
#define DRG_ASK_ASK_H

#include "ask/build.h"
#include "store/store.h"

/* ------------------------------------------------------------------ filter.c */

typedef struct {
    const char *name, *example, *help;
} ask_word;
/* The words of the filter language, for help and completion; ends with a NULL name. */
extern const ask_word ask_words[];

typedef struct {
    ask_build where;     /* conditions over events e and reports r; empty: all */
    bool needs_report;   /* `where` speaks of r */
    const char *sort;    /* a name of ask_sorts, NULL: by date */
    bool descending;
    i64 limit;           /* rows; 0: all, -1: not given */
    span printed;        /* the words, "source=USA since=2020-01", for headers */
} ask_filter;

typedef struct ask_kind ask_kind;
typedef struct {
    const store *desk;  /* which will be asked */
    const ask_kind *of; /* for rows of which kind; NULL: events */
    const char *const *words;
    size_t count;
} ask_given;

/* Reads words of the form NAME=VALUE, NAME!=VALUE, NAME>=NUMBER.  DRG_ERROR_USE with what is wrong and
 * what might be meant.  Everything lives in `memory`. */
drg_status ask_filter_read(ask_filter *out, const ask_given *given, arena *memory, drg_error *error);

/* ------------------------------------------------------------------ question.c */

typedef enum {
    ASK_EVENTS,   /* one row an event: the first telling that fits */
    ASK_TELLINGS, /* all tellings of those events, in a row, the one that fits first */
    ASK_REPORTS,  /* one row for every telling that fits */
} ask_shape;

/* Rows as rows.c reads them. */
void ask_build_rows(ask_build *out, const ask_filter *filter, ask_shape shape);
/* The same rows of the tellings with these numbers. */
void ask_build_numbers(ask_build *out, const i64 *numbers, u32 count);
/* One row: events, reports, outlets. */
void ask_build_count(ask_build *out, const ask_filter *filter);
/* A row a group: its name, events, reports, outlets; by time and name, others the most frequent first. */
void ask_build_groups(ask_build *out, const ask_filter *filter, const char *group);
/* "month|category|dyad|...". */
extern const char ask_groups[];
extern const char ask_sorts[];

/* ------------------------------------------------------------------ kinds.c */

typedef enum { ASK_EYE = 1, ASK_PROGRAM = 2, ASK_BOTH = 3 } ask_reader;

typedef struct {
    const char *name, *sql;
    u32 width;         /* in a table, at most */
    bool number;
    ask_reader reader; /* whom it is for */
} ask_column;

/* A kind of rows. `e` and `r` in it are what filter words speak of: the telling of an event and its report. */
struct ask_kind {
    const char *name;
    const char *words;      /* of the filter language that restrict it, parted by blanks; NULL: all but sort */
    const char *day;        /* what since=, until= and date= compare, a text; NULL: the event's day */
    struct { const char *name, *sql; } own[2]; /* words of numbers that count something else here */
    bool parties;           /* its actors are the parties of agreements */
    bool claims;            /* `e` is a claim: speaker= is who makes it, actor= also whom it is about */
    const char *key, *hits; /* rows whose key is among the hits; to the latter the conditions are added */
    const char *from, *order;
    const ask_column *columns; /* up to a NULL name */
    struct { const char *name, *sql; } totals[2];
};

/* "events|joined|stories|...". */
extern const char ask_kind_names[];
/* NULL for events, which ask_build_rows lists, and for unknown names. */
const ask_kind *ask_kind_find(const char *name);
void ask_build_kind(ask_build *out, const ask_filter *filter, const ask_kind *of, ask_reader reader);
/* One row: how many things, how many rows. */
void ask_build_kind_count(ask_build *out, const ask_filter *filter, const ask_kind *of);

/* ------------------------------------------------------------------ rows.c */

typedef struct {
    drg_event event;
    drg_records report;  /* id, url, outlet, owner, title, date, lang, words alone */
    span story;          /* the event across reports */
    i64 number;          /* of the telling in this desk */
    u32 reports, outlets, witnesses; /* that tell the event; witnesses: copies and common owners once */
    bool first;          /* the telling that fits; those behind it tell the same event */
} ask_row;

typedef struct ask_rows ask_rows;
drg_status ask_rows_open(ask_rows **out, sql_base *d, const ask_filter *filter, ask_shape shape, drg_error *error);
/* The tellings of these numbers, in this order; those that are not there are left out. */
drg_status ask_rows_open_numbers(ask_rows **out, sql_base *d, const i64 *numbers, u32 count, drg_error *error);
/* The next row, or NULL at the end and after a failure, which ask_rows_check tells.  It lives while the next one
 * is read, not longer. */
const ask_row *ask_rows_next(ask_rows *rows);
drg_status ask_rows_check(ask_rows *rows, drg_error *error);
void ask_rows_close(ask_rows *rows);

#endif
