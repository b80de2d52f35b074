// SPDX-License-Identifier: Apache-2.0
/* In: a deed with its parties.   Out: the country and the organ that a party's words leave open.
 *
 *     "Two opposition leaders were arrested in Uganda"   OPP of UGA: nobody says whose, the place does
 *     "blamed France"                                    FRA GOV
 *     "Israeli shelling of the town"                     ISR MIL */
#include "what/seat.h"

#include "base/table.h"
#include "where/where.h"
#include "who/who.h"

/* Whether a doer whose country was only guessed was given that of a victim who is a stranger here: "A militia fired
 * rockets at the US embassy in Baghdad" is no militia of the United States. */
static bool took_the_victims(const report *r, const deed *d, u32 party, const char *country) {
    const char *own = r->mentions.items[r->parties.items[party]].code.primary;
    bool taken = false;
    for (u32 i = d->first_target; i < d->end_target && party < d->end_source; i++) {
        taken |= own[0] != '\0' && memcmp(who_code_of(r, r->parties.items[i]).primary, own, 3) == 0;
    }
    return taken && memcmp(own, country, 3) != 0;
}

/* Unnamed parties are of the country where the deed was done; attackers whom a report leaves unnamed stay unknown. */
static void place_parties(report *r, const deed *d) {
    const char *country = d->place == NONE ? "" : r->places.items[d->place].country;
    for (u32 i = d->first_source; i < d->end_target && country[0] != '\0'; i++) {
        mention *m = &r->mentions.items[r->parties.items[i]];
        entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        bool unknown = m->code.primary[0] == '\0' && (e == NULL || (e->code.primary[0] == '\0' && e->first_member == e->end_member));
        bool guessed = m->guess > 0 || (m->code.primary[0] == '\0' && e != NULL && e->guess > 0);
        bool harmed = i >= d->first_target && d->plover == CATEGORY_ASSAULT; /* "US airstrikes killed ten civilians in Iraq" */
        bool swapped = guessed && d->plover == CATEGORY_ASSAULT && took_the_victims(r, d, i, country);
        guessed &= harmed || swapped || m->code.sector == SECTOR_COP; /* police act where they are at home */
        bool armed = m->code.sector == SECTOR_UAF || m->code.sector == SECTOR_REB || m->code.sector == SECTOR_CRM;
        if (!(unknown || guessed) || (armed && !swapped) || m->code.sector == SECTOR_NONE || m->kind != MENTION_NOMINAL) {
            continue;
        }
        memcpy(m->code.primary, country, sizeof m->code.primary);
        m->guess = 0;
        if (e != NULL && unknown) {
            memcpy(e->code.primary, country, sizeof e->code.primary);
        }
        report_add_reason(r, STAGE_WHAT, m->head, NONE, (source_line){NONE, 0}, "of %.3s, where the deed was done", country);
    }
}

static bool read_sector(const table *file, const char *column, u16 *out) {
    span text = table_field(file, column);
    *out = (u16)sector_find(text);
    return text.len == 0 || *out != SECTOR_NONE;
}

drg_status seat_open(seat_tables *tables, knowledge *k, drg_error *error) {
    table file;
    DRG_TRY(table_open(&file, k, "world/seats.tsv", error));
    while (table_next(&file)) {
        span name = table_field(&file, "category");
        seat_row row = {.plover = name.len > 0 ? what_category_find(name) : CATEGORY_COUNT, .code = table_field(&file, "code")};
        if (name.len > 0 && row.plover == CATEGORY_COUNT) {
            table_complain(&file, "no category of PLOVER's");
            continue;
        }
        if (!read_sector(&file, "source", &row.source) || !read_sector(&file, "target", &row.target) || !read_sector(&file, "town", &row.town)) {
            table_complain(&file, "no sector: use GOV, MIL, ... or nothing");
            continue;
        }
        seat_row *added = list_push(&k->memory, &tables->rows);
        if (added == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "seats", 0, "out of memory");
        }
        *added = row;
    }
    return DRG_OK;
}

static const seat_row *find_seat(const seat_tables *tables, const report *r, const deed *d) {
    span code = symbols_text(&r->words, d->cameo);
    const seat_row *found = NULL;
    for (u32 i = 0; i < tables->rows.count && found == NULL; i++) {
        const seat_row *row = &tables->rows.items[i];
        found = (row->plover == d->plover || row->plover == CATEGORY_COUNT) && span_starts(code, row->code) ? row : NULL;
    }
    return found;
}

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

/* The same words stand in other deeds with other codes: the party becomes a mention of its own. */
static drg_status give_code(report *r, u32 party, actor_code code) {
    mention copy = r->mentions.items[r->parties.items[party]], *added = list_push(r->memory, &r->mentions);
    if (added == NULL) {
        return DRG_ERROR_MEMORY;
    }
    copy.code = code;
    *added = copy;
    r->parties.items[party] = r->mentions.count - 1;
    return DRG_OK;
}

static drg_status give_sector(report *r, u32 party, u16 its_sector) {
    actor_code code = who_code_of(r, r->parties.items[party]);
    if (code.sector == its_sector) {
        return DRG_OK;
    }
    code.sector = its_sector;
    DRG_TRY(give_code(r, party, code));
    r->mentions.items[r->parties.items[party]].bare = true;
    return DRG_OK;
}

/* "arming militants and terrorists", the terrorists known to be Syria's: so are those named in one breath with them. */
static drg_status share_country(report *r, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        actor_code code = who_code_of(r, r->parties.items[i]);
        bool homeless = code.primary[0] == '-' && r->mentions.items[r->parties.items[i]].kind == MENTION_NOMINAL;
        for (u32 k = first; k < end && homeless; k++) {
            actor_code other = who_code_of(r, r->parties.items[k]);
            if (other.primary[0] != '-' && other.primary[0] != '\0' && other.sector == code.sector) {
                DRG_TRY(give_code(r, i, other));
                break;
            }
        }
    }
    return DRG_OK;
}

/* `town`: the sector of towns and regions that are named for who is in them. */
static drg_status seat_side(report *r, u32 first, u32 end, u16 its_sector, u16 town) {
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

drg_status seat_parties(const seat_tables *tables, report *r, const deed *d) {
    place_parties(r, d);
    DRG_TRY(share_country(r, d->first_source, d->end_source));
    DRG_TRY(share_country(r, d->first_target, d->end_target));
    const seat_row *seat = find_seat(tables, r, d);
    if (seat == NULL) {
        return DRG_OK;
    }
    DRG_TRY(seat_side(r, d->first_source, d->end_source, seat->source, seat->source)); /* "Damascus said": its government */
    return seat_side(r, d->first_target, d->end_target, seat->target, seat->town);
}
