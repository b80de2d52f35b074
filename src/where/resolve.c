// SPDX-License-Identifier: Apache-2.0
/* In: names with candidates.  Out: one candidate each.
 *
 * The score of a candidate is its weight before any context (a state, a capital, a large town)
 * plus what the rest of the report says for it:
 *
 *   container   "Paris, Texas" leaves only the Paris in Texas, there and wherever it is named so
 *   kind        "Idlib province" is the unit, "the Mississippi River" the water
 *   country     other names of the report that lie in the same country
 *   unit        other names in the same first-level division
 *   nearness    other places close by
 *
 * Two rounds: the first counts every name at its likeliest, the second at what the first chose.
 * A name means one place in a report unless a container says otherwise. */
#include "where/resolve.h"

#include <math.h>

#define ROUNDS 2
#define ANCHORS 24   /* nearest names in text order that count for nearness */
#define NEAR_KM 150.0
#define SMALL 100000 /* people; of a larger town the gazetteer has every namesake that reports speak of */

typedef struct {
    report *r;
    where_names *n;
    map countries, units; /* key -> number of names there */
    double *weight;       /* [candidates] before context */
} resolving;

static u64 country_key(const gazetteer_place *p) {
    return ((u64)(u8)p->country[0] << 16) | ((u64)(u8)p->country[1] << 8) | (u8)p->country[2];
}

static u64 unit_key(const gazetteer_place *p) {
    u64 key = country_key(p);
    for (u32 i = 0; i < 4 && p->unit[i]; i++) {
        key = (key << 8) | (u8)p->unit[i];
    }
    return key;
}

static u32 counted(const map *m, u64 key) {
    u32 value = map_find(m, key);
    return value == NONE ? 0 : value;
}

static double weight_of(const gazetteer_place *p, u32 said_kind) {
    static const double base[GAZETTEER_KIND_COUNT] = {[GAZETTEER_TOWN] = 0,     [GAZETTEER_QUARTER] = -1, [GAZETTEER_SEAT] = 0.5,
                                                      [GAZETTEER_CAPITAL] = 2.5, [GAZETTEER_SITE] = 6,     [GAZETTEER_COUNTY] = 4,
                                                      [GAZETTEER_UNIT] = 4.5,   [GAZETTEER_REGION] = 7,   [GAZETTEER_WATER] = 7,
                                                      [GAZETTEER_AREA] = 8,     [GAZETTEER_COUNTRY] = 8.5};
    double weight = base[p->kind] + (p->kind <= GAZETTEER_CAPITAL ? log10((double)p->population + 10) : 0);
    weight -= p->naming == NAMED_BY_ALIAS && p->kind <= GAZETTEER_CAPITAL ? 0.7 : 0;
    weight += p->kind == GAZETTEER_UNIT && p->id != 0 ? 1.8 : 0; /* states whose names the press says bare */
    if (said_kind != 0) {
        bool town = said_kind - 1 == GAZETTEER_TOWN, is_town = p->kind <= GAZETTEER_CAPITAL;
        bool same = said_kind - 1 == p->kind || (town && is_town) || (said_kind - 1 == GAZETTEER_UNIT && p->kind == GAZETTEER_REGION);
        weight += same ? 4 : 0;
    }
    return weight;
}

static bool contains(const gazetteer_place *outer, const gazetteer_place *inner) {
    if (outer->country[0] == 0 || memcmp(outer->country, inner->country, 4) != 0 || outer->row == inner->row) {
        return false;
    }
    if (outer->kind == GAZETTEER_COUNTRY) {
        return inner->kind != GAZETTEER_COUNTRY;
    }
    bool wide = outer->kind == GAZETTEER_UNIT || outer->kind == GAZETTEER_COUNTY || outer->kind == GAZETTEER_REGION;
    bool same_unit = outer->unit[0] != 0 && memcmp(outer->unit, inner->unit, sizeof outer->unit) == 0;
    bool close = gazetteer_distance(outer->lat, outer->lon, inner->lat, inner->lon) < (outer->kind == GAZETTEER_COUNTY ? 80 : 400);
    return wide && inner->kind < outer->kind && (same_unit || outer->unit[0] == 0) && (same_unit ? outer->kind != GAZETTEER_COUNTY || close : close);
}

static bool count_at(map *m, u64 key) { return map_set(m, key, counted(m, key) + 1); }

/* Notes where the names lie as chosen so far. */
static bool count_names(resolving *w) {
    map_open(&w->countries, w->r->memory);
    map_open(&w->units, w->r->memory);
    for (u32 i = 0; i < w->n->names.count; i++) {
        if (!w->n->names.items[i].confirmed || w->n->names.items[i].elsewhere) {
            continue;
        }
        const gazetteer_place *p = &w->n->candidates.items[w->n->names.items[i].chosen];
        if (p->country[0] && !count_at(&w->countries, country_key(p))) {
            return false;
        }
        if (p->unit[0] && p->kind <= GAZETTEER_REGION && !count_at(&w->units, unit_key(p))) {
            return false;
        }
    }
    return true;
}

static double nearness(const resolving *w, u32 name, const gazetteer_place *p) {
    double sum = 0;
    u32 first = name > ANCHORS / 2 ? name - ANCHORS / 2 : 0, end = first + ANCHORS;
    for (u32 i = first; i < end && i < w->n->names.count; i++) {
        const gazetteer_place *other = &w->n->candidates.items[w->n->names.items[i].chosen];
        bool point = other->kind <= GAZETTEER_COUNTY;
        if (i != name && point && w->n->names.items[i].confirmed && !w->n->names.items[i].elsewhere && fabs(other->lat - p->lat) < 8) {
            sum += exp(-gazetteer_distance(p->lat, p->lon, other->lat, other->lon) / NEAR_KM);
        }
    }
    return sum > 2 ? 2 : sum;
}

static double context_of(const resolving *w, u32 name, const gazetteer_place *p) {
    const where_name *n = &w->n->names.items[name];
    const gazetteer_place *chosen = &w->n->candidates.items[n->chosen];
    if (p->country[0] == 0) {
        return 0;
    }
    u32 own_country = country_key(chosen) == country_key(p), country = counted(&w->countries, country_key(p)) - own_country;
    double sum = 1.6 * log(1.0 + country);
    if (p->unit[0] && p->kind != GAZETTEER_COUNTRY) {
        u32 own_unit = chosen->unit[0] && chosen->kind <= GAZETTEER_REGION && unit_key(chosen) == unit_key(p);
        u32 units = counted(&w->units, unit_key(p));
        sum += 1.8 * log(1.0 + (units > own_unit ? units - own_unit : 0));
    }
    return sum + (p->kind <= GAZETTEER_COUNTY ? 1.2 * nearness(w, name, p) : 0);
}

/* The best candidate of `name` inside one of the places that `outer` may mean; also fixes outer. */
static u32 inside_of(const resolving *w, u32 name, u32 outer, u32 *outer_choice) {
    const where_name *a = &w->n->names.items[name], *b = &w->n->names.items[outer];
    u32 best = NONE;
    double best_weight = -1e9;
    for (u32 i = a->first_candidate; i < a->end_candidate; i++) {
        for (u32 k = b->first_candidate; k < b->end_candidate; k++) {
            double weight = w->weight[i] + w->weight[k];
            if (weight > best_weight && contains(&w->n->candidates.items[k], &w->n->candidates.items[i])) {
                best = i;
                best_weight = weight;
                *outer_choice = k;
            }
        }
    }
    return best;
}

/* "Katwa, eastern Congo": the Katwa of the gazetteer is in India.  A small town or a "Central Province" that lies
 * elsewhere than in the state beside it is one that the gazetteer does not have; a large one opens a list. */
static bool is_unknown_there(const resolving *w, const where_mention *m, const where_mention *outer) {
    const where_name *n = &w->n->names.items[m->name];
    bool unknown = !outer->listed && w->n->candidates.items[w->n->names.items[outer->name].chosen].kind == GAZETTEER_COUNTRY;
    for (u32 i = n->first_candidate; i < n->end_candidate && unknown; i++) {
        const gazetteer_place *p = &w->n->candidates.items[i];
        unknown = (p->kind < GAZETTEER_CAPITAL && p->population < SMALL) || (p->kind == GAZETTEER_UNIT && m->part);
    }
    return unknown;
}

/* Containers decide first; the first of them holds for every mention of the name. */
static void apply_containers(resolving *w, bool *fixed) {
    for (u32 i = w->n->mentions.count; i-- > 0;) {
        where_mention *m = &w->n->mentions.items[i];
        bool country = w->n->candidates.items[w->n->names.items[m->name].chosen].kind == GAZETTEER_COUNTRY;
        if (m->container == NONE || (m->loose && country)) { /* "Lebanon, Ohio"; but "in Lebanon on Ohio" */
            continue;
        }
        where_mention *outer = &w->n->mentions.items[m->container];
        u32 outer_choice = NONE, choice = inside_of(w, m->name, outer->name, &outer_choice);
        if (choice == NONE) {
            w->n->names.items[m->name].elsewhere |= is_unknown_there(w, m, outer);
            continue;
        }
        m->choice = choice;
        outer->choice = outer->choice == NONE ? outer_choice : outer->choice;
        fixed[m->name] = true;
        w->n->names.items[m->name].chosen = choice;
        if (!fixed[outer->name]) {
            fixed[outer->name] = true;
            w->n->names.items[outer->name].chosen = outer->choice;
        }
    }
    for (u32 i = 0; i < w->n->names.count; i++) {
        w->n->names.items[i].elsewhere &= !fixed[i];
    }
}

static void choose(const resolving *w, u32 name, bool in_context) {
    where_name *n = &w->n->names.items[name];
    u32 best = n->first_candidate;
    double best_score = -1e9;
    for (u32 i = n->first_candidate; i < n->end_candidate; i++) {
        double score = w->weight[i] + (in_context ? context_of(w, name, &w->n->candidates.items[i]) : 0);
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    n->score = (float)best_score;
    n->chosen = best;
}

drg_status where_resolve(report *r, where_names *n) {
    resolving w = {.r = r, .n = n, .weight = arena_new(r->memory, double, n->candidates.count + 1)};
    bool *fixed = arena_new(r->memory, bool, n->names.count + 1);
    u32 *next = arena_new(r->memory, u32, n->names.count + 1);
    if (w.weight == NULL || fixed == NULL || next == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < n->names.count; i++) {
        for (u32 k = n->names.items[i].first_candidate; k < n->names.items[i].end_candidate; k++) {
            w.weight[k] = weight_of(&n->candidates.items[k], n->names.items[i].said_kind);
        }
        choose(&w, i, false);
    }
    apply_containers(&w, fixed);
    for (u32 round = 0; round < ROUNDS; round++) {
        if (!count_names(&w)) {
            return DRG_ERROR_MEMORY;
        }
        for (u32 i = 0; i < n->names.count; i++) {
            u32 before = n->names.items[i].chosen;
            if (!fixed[i]) {
                choose(&w, i, true);
            }
            next[i] = n->names.items[i].chosen;
            n->names.items[i].chosen = before; /* the round is over the same picture for all */
        }
        for (u32 i = 0; i < n->names.count; i++) {
            n->names.items[i].chosen = next[i];
        }
    }
    return DRG_OK;
}
