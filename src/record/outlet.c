// SPDX-License-Identifier: Apache-2.0
/* In: the outlet a report names, or the address it stands at.  Out: outlet, owner, and the country whose government
 * the outlet speaks for, from world/outlets.tsv.  What the report itself says of its outlet stays.
 *
 *     https://www.presstv.com/Detail/...  ->  Press TV, owner "state of Iran", side IRN */
#include "record/sketch.h"
#include "record/work.h"

#include "base/table.h"
#include "base/utf8.h"

typedef struct {
    span begins;
    bool own, country;
} owner_rule;

typedef struct {
    span name, owner, side;
} outlet_row;

struct record_outlets {
    map by_word; /* hash of a name or a domain in lower case -> row */
    LIST(owner_rule) rules;
    LIST(outlet_row) rows;
};

static u64 key_of(span text) {
    char buffer[128];
    return sketch_word(utf8_lower(text, buffer, sizeof buffer));
}

static span in_brackets(span owner) {
    const char *open = memchr(owner.ptr, '(', owner.len);
    size_t start = open == NULL ? 0 : (size_t)(open - owner.ptr) + 1;
    return start > 0 && owner.ptr[owner.len - 1] == ')' ? span_cut(owner, start, owner.len - 1) : SPAN("");
}

static outlet_row read_row(const record_outlets *outlets, const table *file) {
    span owner = table_field(file, "owner"), named = owner.len > 0 ? in_brackets(owner) : SPAN("");
    outlet_row row = {.name = table_field(file, "name"), .owner = owner, .side = SPAN("")};
    for (u32 i = 0; i < outlets->rules.count; i++) {
        const owner_rule *rule = &outlets->rules.items[i];
        if (span_starts(owner, rule->begins)) {
            row.owner = rule->own ? row.name : owner;
            row.side = rule->country ? table_field(file, "country") : SPAN("");
            break;
        }
    }
    row.owner = named.len > 0 ? named : row.owner;
    return row;
}

static drg_status read_rules(record_outlets *outlets, knowledge *k, drg_error *error) {
    table file;
    DRG_TRY(table_open(&file, k, "lang/en/record/owners.tsv", error));
    while (table_next(&file)) {
        owner_rule *rule = list_push(&k->memory, &outlets->rules);
        if (rule == NULL) {
            return DRG_ERROR_MEMORY;
        }
        *rule = (owner_rule){table_field(&file, "begins"), span_eq(table_field(&file, "names"), SPAN("own")),
                             span_eq(table_field(&file, "side"), SPAN("country"))};
    }
    return DRG_OK;
}

drg_status record_outlets_open(record_outlets **out, knowledge *k, drg_error *error) {
    table file;
    record_outlets *outlets = *out = arena_new(&k->memory, record_outlets, 1);
    if (outlets == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
    }
    map_open(&outlets->by_word, &k->memory);
    DRG_TRY(read_rules(outlets, k, error));
    DRG_TRY(table_open(&file, k, "world/outlets.tsv", error));
    while (table_next(&file)) {
        outlet_row *row = list_push(&k->memory, &outlets->rows);
        span domain = table_field(&file, "domain");
        if (row == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
        *row = read_row(outlets, &file);
        bool done = map_set(&outlets->by_word, key_of(row->name), outlets->rows.count - 1);
        done = done && (domain.len == 0 || map_set(&outlets->by_word, key_of(domain), outlets->rows.count - 1));
        if (!done) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
    }
    return DRG_OK;
}

/* "https://www.presstv.com/x" -> "www.presstv.com" */
static span host_of(span url) {
    span rest = url, host = span_next_field(&rest, '/');
    if (host.len > 0 && host.ptr[host.len - 1] == ':') {
        span_next_field(&rest, '/');
        host = span_next_field(&rest, '/');
    }
    return host;
}

static const outlet_row *find_row(const record_outlets *outlets, const report *r) {
    u32 row = r->outlet.len > 0 ? map_find(&outlets->by_word, key_of(r->outlet)) : NONE;
    for (span host = host_of(r->url); row == NONE && host.len > 0; span_next_field(&host, '.')) {
        row = memchr(host.ptr, '.', host.len) != NULL ? map_find(&outlets->by_word, key_of(host)) : NONE;
    }
    return row == NONE ? NULL : &outlets->rows.items[row];
}

void record_name_outlet(const record_outlets *outlets, report *r) {
    const outlet_row *row = find_row(outlets, r);
    if (row != NULL) {
        r->outlet = r->outlet.len > 0 ? r->outlet : row->name;
        r->owner = r->owner.len > 0 ? r->owner : row->owner;
        r->records.side = row->side;
    }
}
