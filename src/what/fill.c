// SPDX-License-Identifier: Apache-2.0
/* Half an event says little.  When a deed's words leave a side out, two sources remain:
 *
 *   the frame    who does such things: "Two editors were arrested on Monday" - by the police of the
 *                place; "Thousands marched through Warsaw" - against the government they live under
 *   the report   whom the doer is dealing with: "Rwanda accused Burundi ... .  Burundi denied it."
 *                The denial's target is the accuser; an unnamed attacker is the one who attacked
 *                the same side just before
 *
 * What is filled in has a reason in trace and lowers the deed's confidence. */
#include "what/fill.h"

#include "where/where.h"
#include "who/who.h"

#define LOOK_BACK 12        /* deeds */

/* Shares right on reports read by hand, as in match.c. */
#define CONFIDENCE_PARTNER 0.7f /* the other side of an earlier deed */
#define CONFIDENCE_DEFAULT 0.8f /* whom the frame names: the police of the place */
#define CONFIDENCE_FOE 0.6f     /* whom the deeds around set against it */

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

/* Puts copies of parties [first, end) on the empty side of `d`. */
static bool set_side(report *r, deed *d, bool source, u32 first, u32 end) {
    u32 start = r->parties.count;
    for (u32 i = first; i < end; i++) {
        u32 *added = list_push(r->memory, &r->parties);
        if (added == NULL) {
            return false;
        }
        *added = r->parties.items[i];
    }
    if (source) {
        d->first_source = start;
        d->end_source = r->parties.count;
    } else {
        d->first_target = start;
        d->end_target = r->parties.count;
    }
    return true;
}

static actor_code country_of_side(const report *r, const deed *d, bool source) {
    u32 first = source ? d->first_source : d->first_target, end = source ? d->end_source : d->end_target;
    for (u32 i = first; i < end; i++) {
        actor_code code = who_code_of(r, r->parties.items[i]);
        if (code.primary[0] != '\0' && code.primary[0] != '-') {
            code.sector = SECTOR_NONE;
            return code;
        }
    }
    return (actor_code){{0}, SECTOR_NONE};
}

/* The country whose police, courts or government are meant: the place's ("two Swedes were arrested in
 * Minsk"), else the other side's, else the report's.  A place abroad counts only when the report is
 * not about the other side's own country. */
static actor_code country_of(const report *r, const deed *d, bool source_missing) {
    actor_code other = country_of_side(r, d, !source_missing), about = who_country_of_report(r), there = {{0}, SECTOR_NONE};
    if (d->place != NONE) {
        memcpy(there.primary, r->places.items[d->place].country, sizeof there.primary);
    }
    bool domestic = other.primary[0] != '\0' && memcmp(other.primary, about.primary, 3) == 0;
    if (there.primary[0] != '\0' && !domestic) {
        return there;
    }
    return other.primary[0] != '\0' ? other : about;
}

static drg_status add_default(report *r, deed *d, const default_party *who, bool source, source_line where) {
    actor_code code = country_of(r, d, source);
    if (code.primary[0] == '\0' || who->its_sector == SECTOR_NONE) {
        return DRG_OK;
    }
    code.sector = who->its_sector;
    u32 head = r->predicates.items[d->predicate].head;
    entity *e = list_push(r->memory, &r->entities);
    mention *m = list_push(r->memory, &r->mentions);
    u32 *slot_ = list_push(r->memory, &r->parties);
    if (e == NULL || m == NULL || slot_ == NULL) {
        return DRG_ERROR_MEMORY;
    }
    *e = (entity){.name = who->name, .code = code, .kind = ENTITY_ORGANISATION};
    *m = (mention){.first = head, .end = head + 1, .head = head, .entity = r->entities.count - 1, .code = code};
    m->kind = MENTION_NOMINAL;
    m->why = where;
    *slot_ = r->mentions.count - 1;
    d->confidence = CONFIDENCE_DEFAULT;
    u32 *first = source ? &d->first_source : &d->first_target, *end = source ? &d->end_source : &d->end_target;
    *first = r->parties.count - 1;
    *end = r->parties.count;
    report_add_reason(r, STAGE_WHAT, head, NONE, where, "%s left out: filled with %.*s of %.3s", source ? "source" : "target",
                      (int)who->name.len, who->name.ptr, code.primary);
    return DRG_OK;
}

static bool same_sentence(const report *r, const deed *a, const deed *b) {
    return report_token(r, r->predicates.items[a->predicate].head)->sentence == report_token(r, r->predicates.items[b->predicate].head)->sentence;
}

/* The side that an earlier deed sets against ours: "Police arrested and charged two men", the attackers of
 * the same base a sentence before. */
static bool find_partner(const report *r, u32 index, bool source_missing, u32 *first, u32 *end) {
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

typedef struct {
    u32 first, end; /* parties of one deed that names it */
    u32 votes, distance;
} opponent;

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

/* Whom our side fights in this report: the one that most hostile deeds around set against it.  "The army
 * shelled the rebels ... .  On Friday they capitulated." - to the army. */
static bool find_opponent(const report *r, u32 index, u32 our_first, u32 our_end, opponent *best) {
    static const u32 hostile = 1u << CATEGORY_ASSAULT | 1u << CATEGORY_COERCE | 1u << CATEGORY_ACCUSE | 1u << CATEGORY_THREATEN | 1u << CATEGORY_SANCTION;
    opponent all[OPPONENTS];
    u32 count = 0, from = index > LOOK_AROUND ? index - LOOK_AROUND : 0;
    for (u32 k = from; k < r->deeds.count && k <= index + LOOK_AROUND; k++) {
        const deed *e = &r->deeds.items[k];
        bool whole = e->end_source > e->first_source && e->end_target > e->first_target;
        if (k == index || !whole || e->reciprocal || !(hostile >> e->plover & 1)) {
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

static bool wants_opponent(const deed *d) {
    static const u32 between_foes = 1u << CATEGORY_ASSAULT | 1u << CATEGORY_COERCE | 1u << CATEGORY_RETREAT | 1u << CATEGORY_THREATEN |
                                    1u << CATEGORY_REJECT | 1u << CATEGORY_ACCUSE;
    return between_foes >> d->plover & 1;
}

static bool wants_partner(const deed *d, bool source_missing) {
    if (source_missing) {
        return d->plover == CATEGORY_ASSAULT || d->plover == CATEGORY_ACCUSE;
    }
    return d->plover == CATEGORY_REJECT || d->plover == CATEGORY_REQUEST || d->plover == CATEGORY_ACCUSE ||
           d->plover == CATEGORY_THREATEN;
}

/* Does the side that is there call for this default? */
static bool default_fits(const report *r, const deed *d, const default_party *who, bool has_source) {
    u32 first = has_source ? d->first_source : d->first_target;
    actor_code code = who_code_of(r, r->parties.items[first]);
    return who->its_sector != SECTOR_NONE && (who->others == 0 || (who->others >> code.sector & 1));
}

/* "Two opposition leaders were arrested in Uganda": nobody says whose, the place does.  Attackers whom
 * a report leaves unnamed stay unknown. */
static void place_parties(report *r, const deed *d) {
    const char *country = d->place == NONE ? "" : r->places.items[d->place].country;
    for (u32 i = d->first_source; i < d->end_target && country[0] != '\0'; i++) {
        mention *m = &r->mentions.items[r->parties.items[i]];
        entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        bool unknown = m->code.primary[0] == '\0' && (e == NULL || (e->code.primary[0] == '\0' && e->first_member == e->end_member));
        bool armed = m->code.sector == SECTOR_UAF || m->code.sector == SECTOR_REB || m->code.sector == SECTOR_CRM;
        if (!unknown || armed || m->code.sector == SECTOR_NONE || m->kind != MENTION_NOMINAL) {
            continue;
        }
        memcpy(m->code.primary, country, sizeof m->code.primary);
        if (e != NULL) {
            memcpy(e->code.primary, country, sizeof e->code.primary);
        }
        report_add_reason(r, STAGE_WHAT, m->head, NONE, (source_line){NONE, 0}, "of %.3s, where the deed was done", country);
    }
}

/* Is party `i` a state named as a whole, with no word of who in it acts or is meant? */
static bool is_bare_state(const report *r, u32 i) {
    const mention *m = &r->mentions.items[r->parties.items[i]];
    u32 there = where_place_at(r, m->head);
    bool whole = there == NONE || r->places.items[there].kind == PLACE_COUNTRY;
    return whole && m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE && m->code.sector == SECTOR_NONE;
}

static void give_sector(report *r, u32 first, u32 end, u8 its_sector) {
    for (u32 i = first; i < end; i++) {
        bool alone = true; /* in "Hungarian tanks and soldiers" the soldiers say which Hungarians */
        for (u32 k = first; k < end; k++) {
            alone &= k == i || memcmp(who_code_of(r, r->parties.items[k]).primary, who_code_of(r, r->parties.items[i]).primary, 3) != 0;
        }
        if (alone && is_bare_state(r, i)) {
            r->mentions.items[r->parties.items[i]].code.sector = its_sector;
        }
    }
}

/* A state acts and is spoken to through its government, and fights through its army:
 *
 *     "concern over US attempts to ..."       USA GOV is blamed
 *     "paid a visit to France"                an official's host is the government there
 *     "Israeli shelling of the town"          ISR MIL
 *
 * Other deeds touch the country itself ("arms for Syria", "tariffs on Chinese steel"). */
static void seat_states(report *r, const deed *d) {
    static const u32 addressed = 1u << CATEGORY_ACCUSE | 1u << CATEGORY_REQUEST | 1u << CATEGORY_REJECT | 1u << CATEGORY_THREATEN | 1u << CATEGORY_AGREE;
    span code = symbols_text(&r->words, d->cameo);
    bool fights = d->plover == CATEGORY_ASSAULT && span_eq(span_cut(code, 0, 2), SPAN("19"));
    bool official = d->end_source > d->first_source && who_code_of(r, r->parties.items[d->first_source]).sector == SECTOR_GOV;
    give_sector(r, d->first_source, d->end_source, fights ? SECTOR_MIL : SECTOR_GOV);
    if ((addressed >> d->plover & 1) || (d->plover == CATEGORY_CONSULT && official)) {
        give_sector(r, d->first_target, d->end_target, SECTOR_GOV);
    }
}

drg_status fill_run(const frame_tables *frames, report *r) {
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        const frame *f = &frames->frames.items[d->frame];
        place_parties(r, d);
        seat_states(r, d);
        bool has_source = d->end_source > d->first_source, has_target = d->end_target > d->first_target;
        if (f->political && !has_source && !has_target && !d->reciprocal) {
            DRG_TRY(add_default(r, d, &f->default_target, false, f->where));
            DRG_TRY(add_default(r, d, &f->default_source, true, f->where));
            continue;
        }
        if (d->reciprocal || has_source == has_target) {
            continue;
        }
        const default_party *who = has_source ? &f->default_target : &f->default_source;
        u32 first, end;
        opponent foe;
        if (wants_partner(d, !has_source) && find_partner(r, i, !has_source, &first, &end)) {
            if (!set_side(r, d, !has_source, first, end)) {
                return DRG_ERROR_MEMORY;
            }
            d->confidence = CONFIDENCE_PARTNER;
            report_add_reason(r, STAGE_WHAT, r->predicates.items[d->predicate].head, NONE, f->where,
                              "%s left out: taken from an earlier deed", has_source ? "target" : "source");
        } else if (default_fits(r, d, who, has_source)) {
            DRG_TRY(add_default(r, d, who, !has_source, f->where));
        } else if (has_source && wants_opponent(d) && find_opponent(r, i, d->first_source, d->end_source, &foe)) {
            if (!set_side(r, d, false, foe.first, foe.end)) {
                return DRG_ERROR_MEMORY;
            }
            d->confidence = CONFIDENCE_FOE;
            report_add_reason(r, STAGE_WHAT, r->predicates.items[d->predicate].head, NONE, f->where,
                              "target left out: taken from the deeds around, %u of them against it", foe.votes);
        }
    }
    return DRG_OK;
}
