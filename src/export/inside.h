// SPDX-License-Identifier: Apache-2.0
/* What the formats share: an event with all its tellings, one actor in the several systems of codes,
 * the pairs of a source and a target. */
#ifndef DRG_EXPORT_INSIDE_H
#define DRG_EXPORT_INSIDE_H

#include "export/export.h"
#include "base/out.h"

/* One report's telling, as much as formats list of it. */
typedef struct {
    span event, report, url, outlet, date;
    i64 start, source_start, target_start; /* code points: of the words, of the first actor on each side; -1 unknown */
    u32 words;           /* of the report */
    u32 sentence;        /* that tells it; 0 unknown */
    double confidence;
} export_telling;

typedef struct exporter exporter;
typedef struct {
    const drg_actor *source, *target; /* NULL: nobody is named */
    u32 number;                       /* of the pair in its event */
} export_pair;
typedef struct {
    const ask_row *row;  /* the telling that fits */
    const export_telling *tellings;
    u32 count;
} export_event;

typedef struct {
    const char *kind;
    ask_shape shape;
    void (*begin)(exporter *x);
    void (*event)(exporter *x, const export_event *e);
    void (*end)(exporter *x);
} export_format;

extern const export_format export_csv, export_jsonl, export_geojson, export_gexf, export_gdelt1, export_gdelt2, export_mentions, export_icews,
    export_phoenix, export_plover, export_polecat;

struct exporter {
    const export_plan *plan;
    const export_facts *facts;
    sql_base *desk;
    out_bytes out;
    arena memory;        /* of the whole file: what gexf and phoenix remember */
    arena event_memory;  /* of one event */
    void *state;
    export_tally tally;
    bool failed;         /* memory is out */
};

/* joined.c: all rows, with their head. */
drg_status export_joined(exporter *x, drg_error *error);

/* A cell of a tab-separated row; `*any`: cells are before it. */
void export_cell(exporter *x, bool *any, span text);
void export_number_cell(exporter *x, bool *any, const char *format, double number);
void export_empty_cells(exporter *x, bool *any, int count);
/* The number of a sentence; empty when it is not known. */
void export_sentence_cell(exporter *x, bool *any, u32 sentence);
/* "name": a number in this format, as a member of the JSON object that is open; "size": {"dead": 3}. */
void export_member(exporter *x, bool *first, const char *name, const char *format, double number);
void export_size_member(exporter *x, bool *first, const drg_event *e);
/* Calls `put` for each pair of the event. */
void export_each_pair(exporter *x, const export_event *e, void (*put)(exporter *, const export_event *, const export_pair *));

/* Writes the run's members: "program":..., "runs":[...], "filter":... */
void export_put_run(exporter *x, bool *first);

/* ------------------------------------------------------------------ actors.c */

/* Who did it to whom, one pair after another: source by target; of a mutual event each two once. */
bool export_next_pair(const drg_event *e, export_pair *pair);

span actor_primary(const drg_actor *a);      /* "IRN", empty when unknown */
span actor_sector(const drg_actor *a);       /* "MIL" or empty */
bool actor_is_country(const exporter *x, const drg_actor *a);
const struct country_fact *country_of(const exporter *x, span code); /* NULL: not a state */
/* The actor in CAMEO's code: "IRNMIL", "IGOUNO"; into `buffer`. */
span actor_cameo(const exporter *x, const drg_actor *a, char buffer[16]);
span actor_group(const exporter *x, const drg_actor *a); /* CAMEO known group */

/* A number that stays the same for the same event and pair, below 2^53. */
u64 export_number(span story, u32 pair);
/* The event's day as "2020-07-09", the report's where none is said; empty when neither is a whole day. */
span export_day(const ask_row *row);
span category_root(const drg_event *e); /* first two digits of the CAMEO code */
int plover_tenths(const exporter *x, const drg_event *e); /* PLOVER's score, times ten; INT32_MIN: none */
char plover_quad(const exporter *x, const drg_event *e); /* '1' to '4', '0' where unknown */
span cameo_name(const exporter *x, span code);
span sector_word(const exporter *x, span sector); /* "Military" */
int quad_class(const exporter *x, const drg_event *e, bool phoenix);
span country_name(const exporter *x, span code);
const char *export_status(const drg_event *e);

#endif
