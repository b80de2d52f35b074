// SPDX-License-Identifier: Apache-2.0
/* In: a deed with its parties.   Out: the country and the organ that a party's words leave open.
 *
 *     "Two opposition leaders were arrested in Uganda"   OPP of UGA: nobody says whose, the place does
 *     "blamed France"                                    FRA GOV
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

/* A state acts and is spoken to through its government, and fights through its army; help, blows, tariffs and
 * visits touch the country itself:
 *
 *     "Russia shelled Ukraine"                RUS MIL > UKR
 *     "concern over US attempts to ..."       USA GOV is blamed
 *     "tariffs on Chinese steel"              CHN
 *     "the occupation of Kuwait by Iraq"      IRQ > KWT: guns and rulers both
 *
 * The first row that fits the category and the beginning of the CAMEO code counts. */
static const struct {
    u8 plover;
    char root[4];
    u8 source, target;
} seats[] = {
    {CATEGORY_ASSAULT, "19", SECTOR_MIL, SECTOR_NONE},   {CATEGORY_ASSAULT, "", SECTOR_GOV, SECTOR_NONE},
    {CATEGORY_COERCE, "192", SECTOR_NONE, SECTOR_NONE},  {CATEGORY_COERCE, "191", SECTOR_MIL, SECTOR_NONE},
    {CATEGORY_COERCE, "", SECTOR_GOV, SECTOR_NONE},      {CATEGORY_MOBILIZE, "151", SECTOR_COP, SECTOR_NONE},
    {CATEGORY_MOBILIZE, "153", SECTOR_COP, SECTOR_NONE}, {CATEGORY_MOBILIZE, "", SECTOR_MIL, SECTOR_NONE},
    {CATEGORY_AID, "", SECTOR_GOV, SECTOR_NONE},         {CATEGORY_RETREAT, "", SECTOR_GOV, SECTOR_NONE},
    {CATEGORY_CONCEDE, "", SECTOR_GOV, SECTOR_NONE},     {CATEGORY_THREATEN, "", SECTOR_GOV, SECTOR_NONE},
    {CATEGORY_SUPPORT, "", SECTOR_GOV, SECTOR_NONE},     {CATEGORY_SANCTION, "163", SECTOR_GOV, SECTOR_NONE},
    {CATEGORY_CONSULT, "042", SECTOR_GOV, SECTOR_NONE},  {CATEGORY_AGREE, "033", SECTOR_GOV, SECTOR_NONE},
    {CATEGORY_AGREE, "034", SECTOR_GOV, SECTOR_NONE},    {CATEGORY_AGREE, "035", SECTOR_GOV, SECTOR_NONE},
};

/* A state named as a whole, or a town or region of it, with no word of who in it acts or is meant. */
static bool is_bare_state(const report *r, u32 party) {
    const mention *m = &r->mentions.items[party];
    bool stands_for = m->kind == MENTION_PRONOUN && m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE;
    return m->bare || (stands_for && r->entities.items[m->entity].code.sector <= SECTOR_GOV);
}

static bool is_town(const report *r, u32 party) {
    u32 there = where_place_at(r, r->mentions.items[party].head);
    return there != NONE && r->places.items[there].kind != PLACE_COUNTRY;
}

/* The same words stand in other deeds with other sectors: the party becomes a mention of its own. */
static drg_status give_sector(report *r, u32 party, u8 its_sector) {
    actor_code code = who_code_of(r, r->parties.items[party]);
    if (code.sector == its_sector) {
        return DRG_OK;
    }
    mention copy = r->mentions.items[r->parties.items[party]], *added = list_push(r->memory, &r->mentions);
    if (added == NULL) {
        return DRG_ERROR_MEMORY;
    }
    code.sector = its_sector;
    copy.code = code;
    copy.bare = true;
    *added = copy;
    r->parties.items[party] = r->mentions.count - 1;
    return DRG_OK;
}

/* `town`: the sector of towns and regions that are named for who is in them. */
static drg_status seat_side(report *r, u32 first, u32 end, u8 its_sector, u8 town) {
    for (u32 i = first; i < end; i++) {
        bool alone = true; /* in "Hungarian tanks and soldiers" the soldiers say which Hungarians */
        for (u32 k = first; k < end; k++) {
            alone &= k == i || memcmp(who_code_of(r, r->parties.items[k]).primary, who_code_of(r, r->parties.items[i]).primary, 3) != 0;
        }
        if (alone && is_bare_state(r, r->parties.items[i])) {
            DRG_TRY(give_sector(r, i, is_town(r, r->parties.items[i]) ? town : its_sector));
        }
    }
    return DRG_OK;
}

drg_status seat_parties(report *r, const deed *d) {
    place_parties(r, d);
    span code = symbols_text(&r->words, d->cameo);
    u8 source = SECTOR_GOV, target = SECTOR_GOV;
    for (size_t i = 0; i < COUNT_OF(seats); i++) {
        if (seats[i].plover == d->plover && span_starts(code, span_of(seats[i].root))) {
            source = seats[i].source;
            target = seats[i].target;
            break;
        }
    }
    DRG_TRY(seat_side(r, d->first_source, d->end_source, source, source)); /* "Damascus said": its government */
    return seat_side(r, d->first_target, d->end_target, target, d->plover == CATEGORY_ASSAULT ? SECTOR_CVL : target);
}
