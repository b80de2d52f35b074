// SPDX-License-Identifier: Apache-2.0
/* The desk in memory, for questions that must be answered while a finger is on the mouse.
 *
 * A desk's tellings become columns of numbers, in the order of writing: a text is its number in the column's
 * dictionary, a story and a report theirs.  A filter word looks at each entry of a dictionary once and then at one
 * number a telling; counting goes over the columns and never over texts.  About 150 bytes a telling.
 *
 *     telling      0     1     2          story_of   0 1 0       (0 and 2 tell the same event)
 *     plover       AGREE AGREE AGREE  ->  0 0 0
 *     country      KEN   ETH   KEN    ->  0 1 0
 *
 * An image never changes.  Who reads it holds it; when the desk has changed, another one takes its place. */
#ifndef DRG_SERVE_IMAGE_H
#define DRG_SERVE_IMAGE_H

#include <pthread.h>

#include "base/map.h"
#include "base/symbols.h"
#include "export/export.h"
#include "store/store.h"

/* Columns of texts; of the events, then of the reports. */
typedef enum {
    TEXT_PLOVER, TEXT_MODE, TEXT_CONTEXTS, TEXT_CAMEO, TEXT_STATUS, TEXT_COUNTRY, TEXT_PLACE, TEXT_TRIGGER, TEXT_SHOWN,
    TEXT_EVENTS, /* so many of events */
    TEXT_OUTLET = TEXT_EVENTS, TEXT_OWNER, TEXT_LANG, TEXT_SIDE,
    TEXT_COLUMNS
} text_column;

typedef enum { REAL_CONFIDENCE, REAL_GOLDSTEIN, REAL_COLUMNS } real_column;
typedef enum { SIZE_DEAD, SIZE_INJURED, SIZE_ARRESTED, SIZE_COLUMNS } size_column;

/* `side` of an actor.  SPEAKS: who makes a claim that the event stands in. */
typedef enum { SIDE_SOURCE, SIDE_TARGET, SIDE_CLAIMER, SIDE_SPEAKS } actor_side;

typedef struct {
    u32 code;   /* in codes */
    u32 person; /* in persons */
    u8 side;
} image_actor;

/* A place as it is drawn: the same name, country and GeoNames id. */
typedef struct {
    u32 name;
    u32 country; /* in the dictionaries of the columns */
    u32 geonameid;
    double lat, lon;
    span kind;
} image_spot;

/* Who does something to whom: primaries; mutual ones once, the lesser code first. */
typedef struct {
    u32 source, target;
    bool mutual;
} image_pair;

#define UNSAID INT32_MIN

typedef struct image {
    u32 holders;
    char loaded[40];         /* a stamp of the desk's state */
    arena memory;
    const export_facts *facts;

    u32 count;               /* tellings */
    i64 *number;             /* [count] events.number, rising */
    u64 *hash;               /* [count] of the id */
    u32 *story;              /* [count] */
    u32 *report;             /* [count] */
    u32 *text[TEXT_COLUMNS]; /* [count], those of reports [report_count] */
    double *real[REAL_COLUMNS];
    i32 *size[SIZE_COLUMNS]; /* UNSAID */
    i32 *day;                /* UNSAID unless a whole day */
    u32 *spot;               /* in spots, or NONE */
    u8 *quad, *background, *mutual;
    u32 *first_actor;        /* [count + 1] */
    image_actor *actors;
    symbols dictionary[TEXT_COLUMNS], codes, persons; /* a person: name, US, title */
    LIST(image_spot) spots;

    i64 desk_counts[6];      /* image_desk_names */

    u32 primary_count;
    u32 *primary_of;         /* [codes.count] "KEN" of "KEN GOV", "---" of nobody */
    symbols primaries;
    span *primary_label;     /* [primary_count] */
    bool *primary_known;     /* [primary_count] false of "---" */
    map pairs;               /* image_pair_key -> pair */
    LIST(image_pair) pair_list;
    u32 *first_pair;         /* [count + 1] */
    LIST(u32) pair_of;       /* pairs of each telling, in pair_list */

    u32 story_count;
    u32 *story_start;        /* [story_count + 1] in by_story */
    u32 *by_story;           /* [count] tellings, those of one story in a row; stories by their first telling */
    u32 *story_reports, *story_outlets, *story_witnesses; /* [story_count] */
    u32 *story_lead;         /* telling whose id the story has, else its first */
    u8 *standing;            /* [story_count] in image_standings, NONE as 255 */

    u32 report_count;
    i64 *report_number;
    i32 *report_day;         /* UNSAID */
    u32 *report_copy;        /* the report it repeats, or itself */
    u32 *report_run;
} image;

extern const char *const image_standings[];  /* ends with NULL */
extern const char *const image_desk_names[6]; /* what else is on the desk */

/* Reads the desk; `share`, when given, is told how far it is, 0 to 1000. */
drg_status image_read(image **out, store *desk, const export_facts *facts, volatile int *share, drg_error *error);
/* A stamp of what the desk holds now: another one means that it has changed. */
void image_stamp(store *desk, char stamp[40]);
void image_free(image *m);

/* The index of the event or report of this number, or NONE. */
u32 image_find_telling(const image *m, i64 number);
u32 image_find_report(const image *m, i64 number);
u64 image_hash(span id);
span image_text(const image *m, text_column column, u32 row);
static inline u64 image_pair_key(u32 source, u32 target, bool mutual) { return (u64)mutual << 60 | (u64)source << 30 | target; }
/* The pairs of a telling: each source with each target, of a mutual one each two sources that differ. */
#define IMAGE_PAIRS 256
u32 image_list_pairs(const image *m, u32 telling, u32 pairs[IMAGE_PAIRS][2]);
/* "Kenya" of "KEN"; the most frequent name of those that are no states. */
span image_label(const image *m, u32 primary);

#endif
