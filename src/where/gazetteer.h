// SPDX-License-Identifier: Apache-2.0
/* What places there are: world/places.tsv (towns), divisions.tsv (states, provinces, counties),
 * regions.tsv (waters, mountains, areas), countries.tsv with country_points.tsv.
 *
 * Opening reads each line's names into one hash index and nothing else; numbers are read when a
 * name is looked up.  So 156,000 towns open in some tens of milliseconds.  Lifetime: run. */
#ifndef DRG_WHERE_GAZETTEER_H
#define DRG_WHERE_GAZETTEER_H

#include "report.h"

typedef enum {
    GAZETTEER_TOWN, GAZETTEER_QUARTER, GAZETTEER_SEAT, GAZETTEER_CAPITAL, GAZETTEER_SITE, GAZETTEER_COUNTY,
    GAZETTEER_UNIT, GAZETTEER_REGION, GAZETTEER_WATER, GAZETTEER_AREA, GAZETTEER_COUNTRY, GAZETTEER_KIND_COUNT
} gazetteer_kind;

typedef enum { NAMED_PLAINLY, NAMED_BY_ALIAS, NAMED_SHORT, NAMED_BY_ADJECTIVE } gazetteer_naming;

typedef struct {
    span name;
    char country[4];   /* alpha-3; empty over borders */
    char unit[8];      /* GeoNames code of the first-level division; may be empty */
    float lat, lon;
    u32 population, id;
    u8 kind;           /* gazetteer_kind */
    u8 naming;         /* gazetteer_naming: how the looked-up words name it */
    u32 row;           /* identity */
} gazetteer_place;

typedef struct {
    u32 row, next;     /* next: further entry in the slot, or NONE */
    u32 check;         /* the upper half of the name's hash */
    u8 naming;
} gazetteer_name;

typedef struct {
    const char *line;  /* of a table, or NULL: a country, see `country` */
    u32 size;
    u32 country;       /* index in countries */
    u8 table;
} gazetteer_row;

#define GAZETTEER_TABLES 3
#define GAZETTEER_COLUMNS 9
typedef struct {
    u8 column[GAZETTEER_TABLES][GAZETTEER_COLUMNS]; /* where each field stands; 0xFF: absent */
    LIST(gazetteer_row) rows;
    LIST(gazetteer_name) names;
    LIST(gazetteer_place) countries;
    u32 *slots;        /* [slot_count] first entry, or NONE */
    u32 slot_count;
} gazetteer;

drg_status gazetteer_open(gazetteer *g, knowledge *k, drg_error *error);
/* Up to `room` places that bear `name` (any case, blanks single): countries and
 * divisions first, then towns by population. */
u32 gazetteer_find(const gazetteer *g, span name, gazetteer_place *out, u32 room);
const char *gazetteer_kind_name(gazetteer_kind kind);
/* Great-circle distance in km, by the haversine. */
double gazetteer_distance(double lat_a, double lon_a, double lat_b, double lon_b);

#endif
