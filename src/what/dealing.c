// SPDX-License-Identifier: Apache-2.0
/* In: a deed that leaves a side out.   Out: who the report says our side is dealing with.
 *
 *   partner    "Rwanda accused Burundi ... .  Burundi denied it."   the denial is Rwanda's charge
 *   opponent   "The army shelled the rebels ... .  On Friday they surrendered."   to the army */
#include "what/dealing.h"

#include "who/who.h"

#define LOOK_BACK 12 /* deeds */

static bool names_somebody(const report *r, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        const mention *m = &r->mentions.items[r->parties.items[i]];
        bool group = m->entity != NONE && r->entities.items[m->entity].end_member > r->entities.items[m->entity].first_member;
        char primary = who_code_of(r, r->parties.items[i]).primary[0];
        if (group || (primary != '\0' && primary != '-')) {
            return true;
        }
    }
    return false;
}

static bool shares_primary(const report *r, u32 first, u32 end, u32 other_first, u32 other_end) {
    for (u32 i = first; i < end; i++) {
        actor_code a = who_code_of(r, r->parties.items[i]);
        for (u32 j = other_first; j < other_end && a.primary[0] != '\0'; j++) {
            actor_code b = who_code_of(r, r->parties.items[j]);
            bool sectors = a.sector == b.sector || a.sector == SECTOR_NONE || b.sector == SECTOR_NONE;
            if (memcmp(a.primary, b.primary, 3) == 0 && sectors) {
                return true;
            }
        }
    }
    return false;
}

static bool same_standing(const report *r, u32 first, u32 end, u32 other_first, u32 other_end) {
    for (u32 i = first; i < end; i++) {
        actor_code a = who_code_of(r, r->parties.items[i]);
        for (u32 j = other_first; j < other_end && a.primary[0] != '\0'; j++) {
            actor_code b = who_code_of(r, r->parties.items[j]);
            if (memcmp(a.primary, b.primary, 3) == 0 && a.sector == b.sector) {
                return true;
            }
        }
    }
    return false;
}

static bool same_sentence(const report *r, const deed *a, const deed *b) {
    return report_token(r, r->predicates.items[a->predicate].head)->sentence == report_token(r, r->predicates.items[b->predicate].head)->sentence;
}

/* The side that an earlier deed sets against ours: "Police arrested and charged two men", the attackers of
 * the same base a sentence before. */
bool dealing_find_partner(const report *r, u32 index, bool source_missing, u32 *first, u32 *end) {
    const deed *d = &r->deeds.items[index];
    u32 our_first = source_missing ? d->first_target : d->first_source, our_end = source_missing ? d->end_target : d->end_source;
    for (u32 back = 1; back <= LOOK_BACK && back <= index; back++) {
        const deed *e = &r->deeds.items[index - back];
        if (e->reciprocal) {
            continue;
        }
        bool as_target = shares_primary(r, our_first, our_end, e->first_target, e->end_target);
        bool as_source = shares_primary(r, our_first, our_end, e->first_source, e->end_source);
        bool same_kind = e->plover == d->plover || (e->plover == CATEGORY_COERCE && same_sentence(r, d, e));
        if (source_missing ? as_target && same_kind : as_target && !as_source) {
            *first = e->first_source;
            *end = e->end_source;
        } else if (!source_missing && as_source && !as_target) {
            *first = e->first_target;
            *end = e->end_target;
        } else {
            continue;
        }
        if (*end > *first && names_somebody(r, *first, *end) && !same_standing(r, *first, *end, our_first, our_end)) {
            return true;
        }
    }
    return false;
}

/* ------------------------------------------------------------------ the opponent */

#define LOOK_AROUND 40 /* deeds before and after */
#define OPPONENTS 8    /* different ones that are counted */

static void count_opponent(const report *r, opponent *all, u32 *count, opponent seen) {
    for (u32 i = 0; i < *count; i++) {
        if (same_standing(r, all[i].first, all[i].end, seen.first, seen.end)) {
            all[i].votes++;
            all[i].distance = seen.distance < all[i].distance ? seen.distance : all[i].distance;
            return;
        }
    }
    if (*count < OPPONENTS) {
        all[(*count)++] = seen;
    }
}

/* Is deed `inner` told inside deed `outer`?  "Turkey accused Syria of shelling a village": who accuses need not be who was hit. */
static bool is_told_inside(const report *r, const deed *inner, const deed *outer) {
    u32 above = r->predicates.items[inner->predicate].governor;
    for (u32 steps = 0; above != NONE && above != outer->predicate && steps < 4; steps++) {
        above = r->predicates.items[above].governor;
    }
    return above == outer->predicate;
}

/* Whom our side fights in this report: the one that most hostile deeds around set against it.  "The army
 * shelled the rebels ... .  On Friday they capitulated." - to the army. */
bool dealing_find_opponent(const report *r, u32 index, u32 our_first, u32 our_end, opponent *best) {
    static const u32 hostile = 1u << CATEGORY_ASSAULT | 1u << CATEGORY_COERCE | 1u << CATEGORY_ACCUSE | 1u << CATEGORY_THREATEN | 1u << CATEGORY_SANCTION;
    opponent all[OPPONENTS];
    u32 count = 0, from = index > LOOK_AROUND ? index - LOOK_AROUND : 0;
    for (u32 k = from; k < r->deeds.count && k <= index + LOOK_AROUND; k++) {
        const deed *e = &r->deeds.items[k];
        bool whole = e->end_source > e->first_source && e->end_target > e->first_target;
        if (k == index || !whole || e->reciprocal || !(hostile >> e->plover & 1) || is_told_inside(r, &r->deeds.items[index], e)) {
            continue;
        }
        u32 distance = k > index ? k - index : index - k;
        if (same_standing(r, our_first, our_end, e->first_source, e->end_source)) {
            count_opponent(r, all, &count, (opponent){e->first_target, e->end_target, 1, distance});
        } else if (same_standing(r, our_first, our_end, e->first_target, e->end_target)) {
            count_opponent(r, all, &count, (opponent){e->first_source, e->end_source, 1, distance});
        }
    }
    *best = (opponent){0, 0, 0, 0};
    for (u32 i = 0; i < count; i++) {
        bool better = all[i].votes > best->votes || (all[i].votes == best->votes && all[i].distance < best->distance);
        bool other = names_somebody(r, all[i].first, all[i].end) && !same_standing(r, all[i].first, all[i].end, our_first, our_end);
        *best = better && other ? all[i] : *best;
    }
    return best->votes > 0;
}

bool dealing_wants_opponent(const deed *d) {
    static const u32 between_foes = 1u << CATEGORY_ASSAULT | 1u << CATEGORY_COERCE | 1u << CATEGORY_RETREAT | 1u << CATEGORY_THREATEN |
                                    1u << CATEGORY_REJECT | 1u << CATEGORY_ACCUSE;
    return between_foes >> d->plover & 1;
}

bool dealing_wants_partner(const deed *d, bool source_missing) {
    if (source_missing) {
        return d->plover == CATEGORY_ASSAULT || d->plover == CATEGORY_ACCUSE;
    }
    return d->plover == CATEGORY_REJECT || d->plover == CATEGORY_REQUEST || d->plover == CATEGORY_ACCUSE ||
           d->plover == CATEGORY_THREATEN;
}
