// SPDX-License-Identifier: Apache-2.0
/* Counting chosen tellings by group: events, tellings, reports, outlets and owners apart.
 *
 * An event that several reports tell counts once in a group.  That is exact and needs no set of events for each group:
 * tellings are gone through story by story, and a group remembers the last story that was counted in it.  Reports go
 * the same way in the order of writing, in which those of one report stand in a row.
 *
 *     grouping by;  tally sums;
 *     grouping_open(&by, image, "month", &memory);
 *     tally_count(&sums, &(tally_plan){image, &set, &by, NULL, 0}, &memory);
 *     sums.rows[g].events ... grouping_name(&by, g) */
#ifndef DRG_SERVE_TALLY_H
#define DRG_SERVE_TALLY_H

#include "serve/choose.h"

typedef struct {
    u32 events, tellings, reports, outlets, owners;
    double goldstein; /* sum over events, by the first telling that is in the group */
} tally_row;

/* What tellings are parted by. */
typedef struct grouping grouping;
struct grouping {
    const image *m;
    const char *name;
    u32 groups;
    bool by_name;    /* in order of names, not of counts */
    /* Groups of a telling into `out`; how many. */
    u32 (*keys)(const grouping *g, u32 telling, u32 out[IMAGE_PAIRS]);
    int (*compare)(const grouping *g, u32 a, u32 b); /* by name; NULL: grouping_name decides */
    const u32 *column, *remap; /* of the telling's number: remap[column[telling]] */
    bool of_report;
    u32 sides;       /* bits of actor_side */
    const span *names;   /* [groups] or NULL */
    i32 first_day;   /* of buckets */
    const u32 *bucket_of; /* [days from first_day] */
    u32 days;
};

extern const char grouping_names[]; /* "day|month|..." */
/* False: no such grouping.  Memory out leaves no groups. */
bool grouping_open(grouping *out, const image *m, const char *name, arena *memory);
/* A bucket for each run of days; others are in none.  `bucket_of` lives as long as the grouping. */
void grouping_open_days(grouping *out, const image *m, i32 first_day, const u32 *bucket_of, u32 days, u32 buckets);
/* One group of everything. */
void grouping_open_all(grouping *out, const image *m);
/* Primaries of actors on these sides. */
void grouping_open_actors(grouping *out, const image *m, u32 sides);
void grouping_open_spots(grouping *out, const image *m);
/* Pairs of m->pair_list. */
void grouping_open_pairs(grouping *out, const image *m);
span grouping_name(const grouping *g, u32 group, char buffer[64]);

typedef struct {
    const image *m;
    const chosen *set;
    const grouping *by;
    const grouping *split; /* events of each group by these as well; NULL: not */
    u32 most;              /* groups that are wanted in order; 0: all */
} tally_plan;

typedef struct {
    u32 groups, parts;
    tally_row *rows;   /* [groups]; outlets and owners of those that tally_count_outlets was told */
    u32 *part_events;  /* [groups * parts] */
    u32 *order;        /* [used] groups that have tellings, as they are listed */
    u32 used;
} tally;

/* False: memory is out. */
bool tally_count(tally *out, const tally_plan *plan, arena *memory);
/* Outlets and owners of the groups order[first] to order[end - 1]. */
bool tally_count_outlets(tally *t, const tally_plan *plan, u32 first, u32 end, arena *memory);
/* Everything in one row. */
bool tally_all(tally_row *out, const image *m, const chosen *set, arena *memory);

#endif
