// SPDX-License-Identifier: Apache-2.0
/* In: the tables of world/.  Out: an index from names to lines.
 *
 * A name is folded to lower case, hashed, and put in a chain of entries that point at the line
 * it came from: "Kiev" leads to the line of Kyiv as an alias, "Ukrainian" to Ukraine by its
 * adjective.  An alias of capitals only ("UAE") or with a full stop ("Tex.") is NAMED_SHORT and
 * wants a stricter reading in the text. */
#include "where/gazetteer.h"

#include "base/table.h"

#include <math.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define NAME_ROOM 96 /* bytes of a name */
#define CANDIDATES 200 /* entries of one name looked at */

static const char *const files[GAZETTEER_TABLES] = {"world/places.tsv", "world/divisions.tsv", "world/regions.tsv"};
enum { NAME, ALIASES, COUNTRY, UNIT, LAT, LON, POPULATION, KIND, ID };
static const char *const columns[GAZETTEER_COLUMNS] = {"name", "aliases", "country", "unit", "lat", "lon", "population", "kind", "id"};
static const char *const kinds[GAZETTEER_KIND_COUNT] = {"town", "quarter", "seat", "capital", "site", "county",
                                                        "unit", "region", "water", "area", "country"};

const char *gazetteer_kind_name(gazetteer_kind kind) { return kind < GAZETTEER_KIND_COUNT ? kinds[kind] : "?"; }

double gazetteer_distance(double lat_a, double lon_a, double lat_b, double lon_b) {
    const double radian = 3.14159265358979323846 / 180, earth = 6371;
    double north = sin((lat_b - lat_a) * radian / 2), east = sin((lon_b - lon_a) * radian / 2);
    double h = north * north + cos(lat_a * radian) * cos(lat_b * radian) * east * east;
    return 2 * earth * asin(sqrt(h < 1 ? h : 1));
}

/* ------------------------------------------------------------------ index */

/* The folded name; empty when it is too long. */
static span fold(span name, char buffer[NAME_ROOM]) {
    if (name.len == 0 || name.len >= NAME_ROOM) {
        return (span){"", 0};
    }
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x80) {
            span lower = utf8_lower(name, buffer, NAME_ROOM);
            return lower;
        }
        buffer[i] = ascii_to_lower(name.ptr[i]);
    }
    return (span){buffer, name.len};
}

static gazetteer_naming naming_of(span alias) {
    bool capitals = alias.len <= 6;
    for (size_t i = 0; i < alias.len && capitals; i++) {
        capitals = !ascii_is_lower(alias.ptr[i]) && (unsigned char)alias.ptr[i] < 0x80;
    }
    return capitals || (alias.len > 0 && alias.ptr[alias.len - 1] == '.') ? NAMED_SHORT : NAMED_BY_ALIAS;
}

static bool add_name(gazetteer *g, knowledge *k, span name, u32 row, gazetteer_naming naming) {
    char buffer[NAME_ROOM];
    span folded = fold(name, buffer);
    if (folded.len == 0) {
        return true;
    }
    u64 hash = XXH3_64bits(folded.ptr, folded.len);
    gazetteer_name *entry = list_push(&k->memory, &g->names);
    if (entry == NULL) {
        return false;
    }
    u32 slot = (u32)hash & (g->slot_count - 1);
    *entry = (gazetteer_name){.row = row, .next = g->slots[slot], .check = (u32)(hash >> 32), .naming = (u8)naming};
    g->slots[slot] = g->names.count - 1;
    return true;
}

static bool add_names(gazetteer *g, knowledge *k, span list, u32 row, u32 naming) {
    while (list.len > 0) {
        span name = span_trim(span_next_field(&list, ';'));
        if (name.len > 0 && !add_name(g, k, name, row, naming == NAMED_BY_ADJECTIVE ? NAMED_BY_ADJECTIVE : naming_of(name))) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ tables */

static drg_status read_table(gazetteer *g, knowledge *k, u8 number, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, k, files[number], error));
    for (u32 c = 0; c < GAZETTEER_COLUMNS; c++) {
        g->column[number][c] = 0xFF;
        for (u32 i = 0; i < t.column_count; i++) {
            if (span_eq(t.header[i], span_of(columns[c]))) {
                g->column[number][c] = (u8)i;
            }
        }
    }
    if (g->column[number][NAME] != 0 || g->column[number][ALIASES] != 1) {
        return drg_fail(error, DRG_ERROR_DATA, files[number], 1, "the first columns must be name and aliases");
    }
    while (t.rest.len > 0) {
        span line = span_next_field(&t.rest, '\n');
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        gazetteer_row *row = list_push(&k->memory, &g->rows);
        span rest = line, name = span_next_field(&rest, '\t'), aliases = span_next_field(&rest, '\t');
        if (row == NULL || !add_name(g, k, name, g->rows.count - 1, NAMED_PLAINLY) ||
            !add_names(g, k, aliases, g->rows.count - 1, NAMED_BY_ALIAS)) {
            return drg_fail(error, DRG_ERROR_MEMORY, files[number], 0, "out of memory");
        }
        *row = (gazetteer_row){.line = line.ptr, .size = (u32)line.len, .table = number};
    }
    return DRG_OK;
}

static double read_decimal(span text) {
    double value = 0, scale = 1;
    bool negative = text.len > 0 && text.ptr[0] == '-', behind = false;
    for (size_t i = negative; i < text.len && i < 24; i++) {
        if (ascii_is_digit(text.ptr[i])) {
            value = value * 10 + (text.ptr[i] - '0');
            scale *= behind ? 10 : 1;
        } else {
            behind = text.ptr[i] == '.' ? true : behind;
        }
    }
    return (negative ? -value : value) / scale;
}

static void copy_code(char *out, size_t room, span text) {
    size_t size = text.len < room ? text.len : room - 1;
    memcpy(out, text.ptr, size);
    out[size] = 0;
}

static bool find_point(const gazetteer_place *all, u32 count, gazetteer_place *out) {
    for (u32 i = 0; i < count; i++) {
        if (memcmp(all[i].country, out->country, 4) == 0) {
            out->lat = all[i].lat;
            out->lon = all[i].lon;
            out->population = all[i].population;
            out->id = all[i].id;
            return true;
        }
    }
    return false;
}

static drg_status read_points(knowledge *k, gazetteer_place **out, u32 *count, drg_error *error) {
    table t;
    LIST(gazetteer_place) points = {0};
    DRG_TRY(table_open(&t, k, "world/country_points.tsv", error));
    while (table_next(&t)) {
        gazetteer_place *p = list_push(&k->memory, &points);
        if (p == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, 0, "out of memory");
        }
        copy_code(p->country, sizeof p->country, table_field(&t, "code"));
        p->lat = (float)read_decimal(table_field(&t, "lat"));
        p->lon = (float)read_decimal(table_field(&t, "lon"));
        p->population = (u32)read_decimal(table_field(&t, "population"));
        p->id = (u32)read_decimal(table_field(&t, "id"));
    }
    *out = points.items;
    *count = points.count;
    return DRG_OK;
}

static bool add_country(gazetteer *g, knowledge *k, const table *t, const gazetteer_place *found) {
    gazetteer_place *p = list_push(&k->memory, &g->countries);
    gazetteer_row *row = list_push(&k->memory, &g->rows);
    if (p == NULL || row == NULL) {
        return false;
    }
    *p = *found;
    *row = (gazetteer_row){.country = g->countries.count - 1};
    u32 at = g->rows.count - 1;
    return add_name(g, k, p->name, at, NAMED_PLAINLY) && add_names(g, k, table_field(t, "aliases"), at, NAMED_BY_ALIAS) &&
           add_names(g, k, table_field(t, "adjectives"), at, NAMED_BY_ADJECTIVE) &&
           add_names(g, k, table_field(t, "demonyms"), at, NAMED_BY_ADJECTIVE);
}

static drg_status read_countries(gazetteer *g, knowledge *k, drg_error *error) {
    gazetteer_place *points = NULL;
    u32 count = 0;
    table t;
    DRG_TRY(read_points(k, &points, &count, error));
    DRG_TRY(table_open(&t, k, "world/countries.tsv", error));
    while (table_next(&t)) {
        gazetteer_place p = {.name = table_field(&t, "name"), .kind = GAZETTEER_COUNTRY};
        copy_code(p.country, sizeof p.country, table_field(&t, "code"));
        if (table_field(&t, "to").len == 0 && find_point(points, count, &p) && !add_country(g, k, &t, &p)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, 0, "out of memory");
        }
    }
    return DRG_OK;
}

drg_status gazetteer_open(gazetteer *g, knowledge *k, drg_error *error) {
    *g = (gazetteer){.slot_count = 1u << 19};
    g->slots = arena_alloc(&k->memory, g->slot_count, sizeof(u32));
    if (g->slots == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "gazetteer", 0, "out of memory");
    }
    memset(g->slots, 0xFF, (size_t)g->slot_count * sizeof(u32));
    DRG_TRY(read_countries(g, k, error));
    for (u8 number = 0; number < GAZETTEER_TABLES; number++) {
        DRG_TRY(read_table(g, k, number, error));
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ lookup */

static gazetteer_place read_row(const gazetteer *g, u32 index) {
    const gazetteer_row *row = &g->rows.items[index];
    if (row->line == NULL) {
        gazetteer_place p = g->countries.items[row->country];
        p.row = index;
        return p;
    }
    span field[GAZETTEER_COLUMNS + 4], rest = {row->line, row->size};
    u32 count = 0;
    while (count < COUNT_OF(field)) {
        field[count++] = span_next_field(&rest, '\t');
    }
    const u8 *column = g->column[row->table];
#define FIELD(which) (column[which] < COUNT_OF(field) ? span_trim(field[column[which]]) : (span){"", 0})
    gazetteer_place p = {.name = FIELD(NAME), .row = index};
    copy_code(p.country, sizeof p.country, FIELD(COUNTRY));
    copy_code(p.unit, sizeof p.unit, FIELD(UNIT));
    p.lat = (float)read_decimal(FIELD(LAT));
    p.lon = (float)read_decimal(FIELD(LON));
    p.population = (u32)read_decimal(FIELD(POPULATION));
    p.id = (u32)read_decimal(FIELD(ID));
    span kind = FIELD(KIND);
#undef FIELD
    for (u8 i = 0; i < GAZETTEER_KIND_COUNT; i++) {
        p.kind = span_eq(kind, span_of(kinds[i])) ? i : p.kind;
    }
    return p;
}

/* Whether the line of an entry really bears the name (the hash may deceive). */
static bool bears(const gazetteer *g, u32 row, span folded) {
    const gazetteer_row *r = &g->rows.items[row];
    if (r->line == NULL) {
        return true; /* some hundreds of names against 64 bits of hash */
    }
    char buffer[NAME_ROOM];
    span rest = {r->line, r->size};
    if (span_eq(fold(span_next_field(&rest, '\t'), buffer), folded)) {
        return true;
    }
    span aliases = span_next_field(&rest, '\t');
    while (aliases.len > 0) {
        if (span_eq(fold(span_trim(span_next_field(&aliases, ';')), buffer), folded)) {
            return true;
        }
    }
    return false;
}

static bool outranks(const gazetteer_place *a, const gazetteer_place *b) {
    if ((a->kind >= GAZETTEER_COUNTY) != (b->kind >= GAZETTEER_COUNTY)) {
        return a->kind >= GAZETTEER_COUNTY;
    }
    return a->population != b->population ? a->population > b->population : a->row < b->row;
}

u32 gazetteer_find(const gazetteer *g, span name, gazetteer_place *out, u32 room) {
    char buffer[NAME_ROOM];
    span folded = fold(name, buffer);
    if (folded.len == 0) {
        return 0;
    }
    u64 hash = XXH3_64bits(folded.ptr, folded.len);
    u32 count = 0, looked = 0;
    for (u32 e = g->slots[(u32)hash & (g->slot_count - 1)]; e != NONE && looked < CANDIDATES; e = g->names.items[e].next) {
        const gazetteer_name *entry = &g->names.items[e];
        if (entry->check != (u32)(hash >> 32) || !bears(g, entry->row, folded)) {
            continue;
        }
        looked++;
        gazetteer_place p = read_row(g, entry->row);
        p.naming = entry->naming;
        u32 at = count < room ? count++ : room;
        if (at == room && !outranks(&p, &out[room - 1])) {
            continue;
        }
        for (at = at == room ? room - 1 : at; at > 0 && outranks(&p, &out[at - 1]); at--) {
            out[at] = out[at - 1];
        }
        out[at] = p;
    }
    return count;
}
