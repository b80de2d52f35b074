// SPDX-License-Identifier: Apache-2.0
/* Conditions about actors.
 *
 *     USA        primary, any sector           code = 'USA' OR code BETWEEN 'USA ' AND 'USA ZZZ'
 *     USA MIL    primary and sector            code = 'USA MIL'
 *     MIL        sector of any primary         code ending in ' MIL'
 *     Hezbollah  part of a name or title
 *
 * A mutual event has all its parties on the source side, so that each of them is source and target. */
#include "ask/inside.h"
#include "base/calendar.h"
#include "report.h"

static bool is_capitals(span s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_upper((unsigned char)s.ptr[i])) {
            return false;
        }
    }
    return s.len == 3;
}

static bool is_sector(span s) {
    for (u32 i = SECTOR_NONE + 1; i < SECTOR_COUNT; i++) {
        if (span_eq(span_of(sector_name((sector)i)), s)) {
            return true;
        }
    }
    return false;
}

static bool is_primary(span s) { return is_capitals(s) || span_eq(s, SPAN("---")); }

/* code = 'USA', or 'USA ' and a sector. */
static void put_primary(ask_build *b, const char *alias, span primary) {
    char past[8];
    ask_put(b, "(");
    ask_put(b, alias);
    ask_put_value(b, ".code = #", value_text(primary));
    ask_put(b, " OR (");
    ask_put(b, alias);
    snprintf(past, sizeof past, "%.3s ", primary.ptr);
    ask_put_value(b, ".code > #", value_text(span_of(past)));
    ask_put(b, " AND ");
    ask_put(b, alias);
    past[3] = '!'; /* the character behind the blank */
    ask_put_value(b, ".code < #", value_text(span_of(past)));
    ask_put(b, "))");
}

/* A condition on the code (or name) of the row called `alias`. */
static void put_match(ask_build *b, const char *alias, span given, arena *memory) {
    span rest = given, first = span_next_field(&rest, ' ');
    if (is_primary(first) && rest.len == 0 && !is_sector(first)) {
        put_primary(b, alias, given);
    } else if (is_primary(first) && is_sector(rest)) {
        ask_put(b, alias);
        ask_put_value(b, ".code = #", value_text(given));
    } else if (is_sector(given)) {
        ask_put(b, "substr(");
        ask_put(b, alias);
        ask_put_value(b, ".code, 5) = #", value_text(given));
    } else {
        ask_put(b, "lower(");
        ask_put(b, alias);
        ask_put(b, ".name || ' ' || ");
        ask_put(b, alias);
        ask_put_value(b, ".title) LIKE # ESCAPE '\\'", value_text(ask_pattern(memory, "%", given, "%")));
    }
}

static void put_side(ask_build *b, const char *sides, span given, const ask_scope *scope, arena *memory) {
    ask_put(b, scope->narrow ? "EXISTS (SELECT 1 FROM actors a WHERE a.event = e.id AND a.side " : "e.id IN (SELECT a.event FROM actors a WHERE a.side ");
    ask_put(b, sides);
    ask_put(b, " AND ");
    put_match(b, "a", given, memory);
    ask_put(b, ")");
}

static void put_party(ask_build *b, span given, arena *memory) {
    ask_put(b, "e.agreement IN (SELECT a.agreement FROM agreement_parties a WHERE ");
    put_match(b, "a", given, memory);
    ask_put(b, ")");
}

/* Who makes the claim, or whom it is about. */
static void put_claimant(ask_build *b, const char *side, span given, arena *memory) {
    put_match(b, "e", given, memory);
    if (strcmp(side, "party") == 0) {
        ask_put(b, " OR e.id IN (SELECT a.claim FROM claim_about a WHERE ");
        put_match(b, "a", given, memory);
        ask_put(b, ")");
    }
}

void ask_put_actor(ask_build *b, const char *side, span given, const ask_scope *scope, arena *memory) {
    if (scope->claims) {
        put_claimant(b, side, given, memory);
    } else if (scope->agreements) {
        put_party(b, given, memory);
    } else if (strcmp(side, "party") == 0) {
        put_side(b, "IN ('source', 'target')", given, scope, memory);
    } else if (strcmp(side, "speaker") == 0) {
        put_side(b, "= 'claimer'", given, scope, memory);
        ask_put(b, " OR e.id IN (SELECT x.event FROM claim_events x JOIN claims a ON a.id = x.claim WHERE ");
        put_match(b, "a", given, memory);
        ask_put(b, ")");
    } else if (strcmp(side, "target") == 0) {
        put_side(b, "= 'target'", given, scope, memory);
        ask_put(b, " OR (e.reciprocal = 1 AND ");
        put_side(b, "= 'source'", given, scope, memory);
        ask_put(b, ")");
    } else {
        put_side(b, "= 'source'", given, scope, memory);
    }
}

static void put_shown(ask_build *b, const ask_scope *scope) {
    char iso[16];
    if (scope->first != INT32_MIN) {
        ask_put_value(b, " AND y.shown >= #", value_text(calendar_print(scope->first, iso)));
    }
    if (scope->last != INT32_MAX) {
        ask_put_value(b, " AND y.shown <= #", value_text(calendar_print(scope->last, iso)));
    }
}

/* The table of dyads has both directions of a mutual event, and no pairs inside one state: those are looked for. */
bool ask_put_dyad(ask_build *b, span pair, const ask_scope *scope, arena *memory) {
    span second = pair, first = span_next_field(&second, '-');
    if (!is_capitals(first) || !is_capitals(second)) {
        return false;
    }
    if (scope->agreements) {
        put_party(b, first, memory);
        ask_put(b, " AND ");
        put_party(b, second, memory);
        return true;
    }
    if (span_eq(first, second)) {
        ask_put(b, "e.id IN (SELECT a.event FROM actors a JOIN actors c ON c.event = a.event JOIN events m ON m.id = a.event WHERE ");
        put_primary(b, "a", first);
        ask_put(b, " AND ");
        put_primary(b, "c", second);
        ask_put(b, " AND a.side IN ('source', 'target') AND c.side IN ('source', 'target')"
                   " AND (a.side <> c.side OR (m.reciprocal = 1 AND a.number <> c.number)))");
        return true;
    }
    ask_put(b, "e.id IN (");
    for (int way = 0; way < 2; way++) {
        ask_put(b, way == 0 ? "" : " UNION ");
        ask_put_value(b, "SELECT y.event FROM dyads y WHERE y.source = #", value_text(way == 0 ? first : second));
        ask_put_value(b, " AND y.target = #", value_text(way == 0 ? second : first));
        put_shown(b, scope);
    }
    ask_put(b, ")");
    return true;
}
