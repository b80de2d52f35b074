// SPDX-License-Identifier: Apache-2.0
/* In: tokens with tags, trees and name spans.  Out: r->places with coordinates, and the place of
 * the dateline ("DAMASCUS, July 9 (Agency) --").
 *
 *   find     runs of words that the gazetteer knows, in a place's company    mention.c
 *   resolve  which of the places of that name is meant                       resolve.c
 *   write    here */
#include "where/where.h"

#include "where/resolve.h"

#define DATELINE 14 /* tokens in which a dateline ends */

struct where_tables {
    gazetteer gazetteer;
    where_words words;
};

drg_status where_open(where_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, where_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "where", 0, "out of memory");
    }
    DRG_TRY(where_words_open(&(*out)->words, k, error));
    return gazetteer_open(&(*out)->gazetteer, k, error);
}

void where_close(where_tables *tables) { (void)tables; /* all of it lies in the knowledge arena */ }

static u8 kind_of(u8 kind) {
    static const u8 kinds[GAZETTEER_KIND_COUNT] = {
        [GAZETTEER_TOWN] = PLACE_CITY,    [GAZETTEER_QUARTER] = PLACE_CITY, [GAZETTEER_SEAT] = PLACE_CITY,
        [GAZETTEER_CAPITAL] = PLACE_CITY, [GAZETTEER_SITE] = PLACE_SITE,    [GAZETTEER_COUNTY] = PLACE_REGION,
        [GAZETTEER_UNIT] = PLACE_REGION,  [GAZETTEER_REGION] = PLACE_REGION, [GAZETTEER_WATER] = PLACE_WATER,
        [GAZETTEER_AREA] = PLACE_AREA,    [GAZETTEER_COUNTRY] = PLACE_COUNTRY};
    return kinds[kind];
}

static void explain(report *r, const where_names *n, const where_mention *m, const gazetteer_place *p, u32 index) {
    const where_name *name = &n->names.items[m->name];
    source_line why = {NONE, 0};
    u32 count = name->end_candidate - name->first_candidate;
    char among[32] = "the only place";
    if (count > 1) {
        snprintf(among, sizeof among, "of %u places", count);
    }
    report_add_reason(r, STAGE_WHERE, m->first, index, why, "%.*s, %s (%s), %s so named%s", (int)p->name.len, p->name.ptr,
                      p->country[0] ? p->country : "over borders", gazetteer_kind_name((gazetteer_kind)p->kind), among,
                      m->choice != NONE ? ", told by the place beside it" : "");
}

/* "DAMASCUS, July 9 (Agency) --": a place that opens the first sentence, and a dash or bracket soon behind. */
static bool opens_dateline(const report *r, const where_mention *m) {
    u32 first = r->sentences.count ? r->sentences.items[r->tokens.items[m->first].sentence].first_token : NONE;
    if (m->adjective || m->first != first || r->tokens.items[m->first].sentence > 2) {
        return false;
    }
    u32 end = r->sentences.items[r->tokens.items[m->first].sentence].end_token;
    for (u32 i = m->end; i < end && i < m->end + DATELINE; i++) {
        span form = report_form(r, i);
        bool dash = span_eq(form, SPAN("-")) || span_eq(form, SPAN("--")) || span_eq(form, SPAN("–")) || span_eq(form, SPAN("—"));
        bool inside = i > 0 && r->tokens.items[i - 1].text.end == r->tokens.items[i].text.start; /* "Iran-backed rebels" */
        if ((dash && !inside) || span_eq(form, SPAN("("))) {
            return true;
        }
        if (r->tokens.items[i].upos == UPOS_VERB || r->tokens.items[i].upos == UPOS_AUX) {
            return false;
        }
    }
    return false;
}

drg_status where_run(const where_tables *tables, report *r, drg_error *error) {
    where_names names = {0};
    if (where_find(&tables->gazetteer, &tables->words, r, &names) != DRG_OK || where_resolve(r, &names) != DRG_OK) {
        return drg_fail(error, DRG_ERROR_MEMORY, "where", 0, "out of memory");
    }
    for (u32 i = 0; i < names.mentions.count; i++) {
        const where_mention *m = &names.mentions.items[i];
        if (names.names.items[m->name].elsewhere) { /* "in Katwa, Congo" is then in Congo */
            if (m->container != NONE && names.mentions.items[m->container].role == PLACE_BARE) {
                names.mentions.items[m->container].role = m->role;
            }
            continue;
        }
        const gazetteer_place *p = &names.candidates.items[m->choice != NONE ? m->choice : names.names.items[m->name].chosen];
        place *slot = list_push(r->memory, &r->places);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "where", 0, "out of memory");
        }
        *slot = (place){.first = m->first, .end = m->end, .head = m->head, .name = p->name, .lat = p->lat, .lon = p->lon,
                        .geonameid = p->id, .kind = kind_of(p->kind), .role = m->role, .adjective = m->adjective};
        memcpy(slot->country, p->country, sizeof slot->country);
        if (r->dateline_place == NONE && opens_dateline(r, m)) {
            r->dateline_place = r->places.count - 1;
        }
        if (r->tracing) {
            explain(r, &names, m, p, r->places.count - 1);
        }
    }
    return DRG_OK;
}

u32 where_place_at(const report *r, u32 at_token) {
    u32 low = 0, high = r->places.count;
    while (low < high) { /* places lie in text order */
        u32 middle = low + (high - low) / 2;
        if (r->places.items[middle].end <= at_token) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < r->places.count && r->places.items[low].first <= at_token ? low : NONE;
}
