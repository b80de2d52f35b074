// SPDX-License-Identifier: Apache-2.0
/* Half an event says little.  When a deed's words leave a side out, two sources remain:
 *
 *   the frame    who does such things: "Two editors were arrested on Monday" - by the police of the
 *                place; "Thousands marched through Warsaw" - against the government they live under
 *   the report   whom the doer is dealing with: "Rwanda accused Burundi ... .  Burundi denied it."
 *                The denial's target is the accuser (dealing.c)
 *
 * What is filled in has a reason in trace, and makes the deed less sure (record/confidence.c). */
#include "what/fill.h"

#include "what/dealing.h"
#include "what/matching.h"
#include "what/seat.h"
#include "who/who.h"

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

/* "were detained in Belarus": the place is the deed's own word, not only near it. */
static bool is_own_place(const report *r, const deed *d) {
    const predicate *p = &r->predicates.items[d->predicate];
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &r->arguments.items[i];
        if (a->role == ROLE_OBLIQUE && !a->inherited && a->head == r->places.items[d->place].head) {
            return true;
        }
    }
    return false;
}

/* The country whose police, courts or government are meant: the place's ("two Swedes were arrested in
 * Minsk"), else the other side's, else the report's.  A place abroad counts only when it is the
 * deed's own word or the report is not about the other side's own country. */
static actor_code country_of(const report *r, const deed *d, bool source_missing) {
    actor_code other = country_of_side(r, d, !source_missing), about = who_country_at(r, r->predicates.items[d->predicate].head), there = {{0}, SECTOR_NONE};
    if (d->place != NONE) {
        memcpy(there.primary, r->places.items[d->place].country, sizeof there.primary);
    }
    bool domestic = other.primary[0] != '\0' && memcmp(other.primary, about.primary, 3) == 0;
    if (there.primary[0] != '\0' && (!domestic || is_own_place(r, d))) {
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
    d->sides = source && report_token(r, head)->deprel == DEPREL_acl ? SIDES_ASIDE : SIDES_DEFAULT;
    u32 *first = source ? &d->first_source : &d->first_target, *end = source ? &d->end_source : &d->end_target;
    *first = r->parties.count - 1;
    *end = r->parties.count;
    report_add_reason(r, STAGE_WHAT, head, NONE, where, "%s left out: filled with %.*s of %.3s", source ? "source" : "target",
                      (int)who->name.len, who->name.ptr, code.primary);
    return DRG_OK;
}

/* Does the side that is there call for this default? */
static bool default_fits(const frame_tables *frames, const report *r, const deed *d, const default_party *who, bool has_source) {
    u32 first = has_source ? d->first_source : d->first_target;
    actor_code code = who_code_of(r, r->parties.items[first]);
    bool against_firm = has_source && code.sector == SECTOR_LAB && topic_is_private(frames, r); /* "a strike by car workers": against whoever employs them */
    return who->its_sector != SECTOR_NONE && !against_firm && (who->others == 0 || sector_is_in(code.sector, who->others));
}

/* "suspended aid deliveries in Baghdad", "more troops for a force in Lebanon": what one country does in another
 * is done to that one.  The mention of the place, or NONE. */
static u32 find_foreign_ground(const report *r, const deed *d) {
    static const u32 abroad = 1u << CATEGORY_AGREE | 1u << CATEGORY_AID | 1u << CATEGORY_CONCEDE | 1u << CATEGORY_SANCTION | 1u << CATEGORY_COERCE |
                              1u << CATEGORY_ASSAULT | 1u << CATEGORY_MOBILIZE | 1u << CATEGORY_RETREAT | 1u << CATEGORY_REQUEST;
    const place *there = d->place == NONE ? NULL : &r->places.items[d->place];
    u32 found = there == NULL || !(abroad >> d->plover & 1) ? NONE : r->mention_at[there->head];
    if (found == NONE || there->country[0] == '\0' || memcmp(country_of_side(r, d, true).primary, there->country, 3) == 0) {
        return NONE;
    }
    return memcmp(who_code_of(r, found).primary, there->country, 3) == 0 ? found : NONE;
}

typedef struct {
    bool source;     /* the side that is left out */
    deed_sides how;
    const char *why; /* for trace */
} filling;

/* Puts the parties of `from` on the side of deed `d` that is left out, and says why. */
static drg_status take_side(report *r, deed *d, const frame *f, const opponent *from, filling how) {
    if (!set_side(r, d, how.source, from->first, from->end)) {
        return DRG_ERROR_MEMORY;
    }
    d->sides = (u8)how.how;
    report_add_reason(r, STAGE_WHAT, r->predicates.items[d->predicate].head, NONE, f->where, "%s left out: %s",
                      how.source ? "source" : "target", how.why);
    return DRG_OK;
}

/* The sources in the order of trust: the report's other deeds, the frame, the foe, the ground. */
static drg_status fill_side(const frame_tables *frames, report *r, u32 index) {
    deed *d = &r->deeds.items[index];
    const frame *f = &frames->frames.items[d->frame];
    bool has_source = d->end_source > d->first_source, source_missing = !has_source;
    const default_party *who = has_source ? &f->default_target : &f->default_source;
    opponent other = {0};
    if (has_source && f->target_count == 0 && f->default_target.its_sector == SECTOR_NONE) { /* `target none`: a resignation */
        return DRG_OK;
    }
    if (dealing_wants_partner(d, source_missing) && dealing_find_partner(r, index, source_missing, &other.first, &other.end)) {
        return take_side(r, d, f, &other, (filling){source_missing, SIDES_EARLIER, "taken from an earlier deed"});
    }
    bool unknown = source_missing && side_doer_is_unknown(r, &r->predicates.items[d->predicate], f);
    if (!unknown && default_fits(frames, r, d, who, has_source)) {
        return add_default(r, d, who, source_missing, f->where);
    }
    if (has_source && dealing_wants_opponent(d) && dealing_find_opponent(r, index, d->first_source, d->end_source, &other)) {
        return take_side(r, d, f, &other, (filling){false, SIDES_FOE, "whom the deeds around set against it"});
    }
    u32 ground = has_source ? find_foreign_ground(r, d) : NONE;
    if (ground != NONE) {
        u32 *added = list_push(r->memory, &r->parties);
        if (added == NULL) {
            return DRG_ERROR_MEMORY;
        }
        *added = ground;
        other = (opponent){.first = r->parties.count - 1, .end = r->parties.count};
        return take_side(r, d, f, &other, (filling){false, SIDES_GROUND, "the country where it was done"});
    }
    return DRG_OK;
}

drg_status fill_spoken(const frame_tables *frames, report *r, deed *d, u32 speaker) {
    const frame *f = &frames->frames.items[d->frame];
    u32 *added = list_push(r->memory, &r->parties);
    if (added == NULL) {
        return DRG_ERROR_MEMORY;
    }
    *added = speaker;
    d->first_source = r->parties.count - 1;
    d->end_source = r->parties.count;
    DRG_TRY(seat_parties(&frames->seats, r, d));
    if (d->end_target == d->first_target) {
        return default_fits(frames, r, d, &f->default_target, true) ? add_default(r, d, &f->default_target, false, f->where) : DRG_OK;
    }
    d->sides = SIDES_SPOKEN;
    return DRG_OK;
}

/* The side or sides that the deed's words leave out. */
static drg_status fill_open(const frame_tables *frames, report *r, u32 index) {
    deed *d = &r->deeds.items[index];
    const frame *f = &frames->frames.items[d->frame];
    bool has_source = d->end_source > d->first_source, has_target = d->end_target > d->first_target;
    if (d->reciprocal || (has_source && has_target)) {
        return DRG_OK;
    }
    if (has_source || has_target) {
        return fill_side(frames, r, index);
    }
    if (f->political) {
        DRG_TRY(add_default(r, d, &f->default_target, false, f->where));
        DRG_TRY(add_default(r, d, &f->default_source, true, f->where));
    }
    return DRG_OK;
}

drg_status fill_run(const frame_tables *frames, report *r) {
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        if (d->frame >= frames->frames.count || d->spoken) {
            continue; /* the user's own verbs have both sides; who speaks is known later */
        }
        DRG_TRY(fill_open(frames, r, i));
        DRG_TRY(seat_parties(&frames->seats, r, d));
    }
    return DRG_OK;
}
