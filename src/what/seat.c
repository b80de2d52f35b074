// SPDX-License-Identifier: Apache-2.0
/* In: a deed with its parties.   Out: the country and the organ that a party's words leave open.
 *
 *     "Two opposition leaders were arrested in Uganda"   OPP of UGA: nobody says whose, the place does
 *     "paid a visit to France"                           FRA GOV
 *     "Israeli shelling of the town"                     ISR MIL */
#include "what/seat.h"

#include "where/where.h"
#include "who/who.h"

/* Unnamed parties are of the country where the deed was done; attackers whom a report leaves unnamed stay unknown. */
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

/* Is party `i` a state named as a whole (or a town or region of it, `whole` false), with no word of who in it acts or is meant? */
static bool is_bare_state(const report *r, u32 i, bool whole) {
    const mention *m = &r->mentions.items[r->parties.items[i]];
    u32 there = where_place_at(r, m->head);
    bool fits = (there == NONE || r->places.items[there].kind == PLACE_COUNTRY) == whole;
    bool bare = m->code.sector == SECTOR_NONE || (!whole && m->is_place && m->code.sector == SECTOR_GOV); /* the capital, not who governs there */
    return fits && bare && m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE;
}

static void give_sector(report *r, u32 first, u32 end, bool whole, u8 its_sector) {
    for (u32 i = first; i < end; i++) {
        bool alone = true; /* in "Hungarian tanks and soldiers" the soldiers say which Hungarians */
        for (u32 k = first; k < end; k++) {
            alone &= k == i || memcmp(who_code_of(r, r->parties.items[k]).primary, who_code_of(r, r->parties.items[i]).primary, 3) != 0;
        }
        if (alone && is_bare_state(r, i, whole)) {
            r->mentions.items[r->parties.items[i]].code.sector = its_sector;
        }
    }
}

/* A state acts and is spoken to through its government, and fights through its army; a town that is shelled is its people:
 *
 *     "concern over US attempts to ..."       USA GOV is blamed
 *     "paid a visit to France"                an official's host is the government there
 *     "Israeli shelling of the town"          ISR MIL
 *     "rebels shelled Idlib"                  SYR CVL
 *
 * Other deeds touch the country itself ("arms for Syria", "tariffs on Chinese steel"). */
static void seat_states(report *r, const deed *d) {
    static const u32 addressed = 1u << CATEGORY_ACCUSE | 1u << CATEGORY_REQUEST | 1u << CATEGORY_REJECT | 1u << CATEGORY_THREATEN | 1u << CATEGORY_AGREE;
    span code = symbols_text(&r->words, d->cameo);
    bool fights = d->plover == CATEGORY_ASSAULT && span_eq(span_cut(code, 0, 2), SPAN("19"));
    bool official = d->end_source > d->first_source && who_code_of(r, r->parties.items[d->first_source]).sector == SECTOR_GOV;
    give_sector(r, d->first_source, d->end_source, true, fights ? SECTOR_MIL : SECTOR_GOV);
    if (d->plover == CATEGORY_ASSAULT) {
        give_sector(r, d->first_target, d->end_target, false, SECTOR_CVL);
    }
    if ((addressed >> d->plover & 1) || (d->plover == CATEGORY_CONSULT && official)) {
        give_sector(r, d->first_target, d->end_target, true, SECTOR_GOV);
    }
}

void seat_parties(report *r, const deed *d) {
    place_parties(r, d);
    seat_states(r, d);
}
