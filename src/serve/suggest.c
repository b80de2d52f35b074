// SPDX-License-Identifier: Apache-2.0
/* What one may write next in the filter: words of the language, and values that the desk has, the most frequent first. */
#include "serve/inside.h"

static bool begins_so(span text, const char *prefix) { return starts_caseless(text, span_of(prefix)); }

/* At the beginning of one of its words. */
static bool has_word(span text, const char *prefix) {
    for (size_t at = 0; at < text.len; at++) {
        bool word = at == 0 || !ascii_is_alnum((unsigned char)text.ptr[at - 1]);
        if (word && begins_so(span_cut(text, at, text.len), prefix)) {
            return true;
        }
    }
    return prefix[0] == '\0';
}

static void put_value(json *j, span written, span label, i64 events) {
    write_object(j, NULL);
    write_text(j, "value", written);
    write_text(j, "label", label);
    if (events >= 0) {
        write_number(j, "events", events);
    } else {
        write_null(j, "events");
    }
    write_end(j);
}

static void put_words(answering *a, const char *prefix, i64 rows) {
    for (const ask_word *w = ask_words; w->name != NULL && rows > 0; w++) {
        char line[40];
        int size = snprintf(line, sizeof line, "%s=", w->name);
        if (begins_so(span_of(w->name), prefix) && w->help[0] != '\0') {
            put_value(&a->out, (span){line, (size_t)size}, span_of(w->help), -1);
            rows--;
        }
    }
}

/* Which grouping has the values of a word; for actors also names. */
static const struct {
    const char *word, *by;
    u32 sides; /* of actors */
} groups[] = {
    {"class", "category", 0},  {"category", "category", 0}, {"cameo", "cameo", 0},   {"status", "status", 0},  {"place", "place", 0},
    {"country", "country", 0}, {"outlet", "outlet", 0},     {"owner", "owner", 0},   {"lang", "lang", 0},      {"quad", "quad", 0},
    {"standing", "standing", 0}, {"mode", "mode", 0},       {"dyad", "dyad", 0},     {"date", "month", 0},     {"since", "month", 0},
    {"until", "month", 0},     {"source", "", 1u << SIDE_SOURCE},               {"target", "", 1u << SIDE_TARGET},
    {"actor", "", 1u << SIDE_SOURCE | 1u << SIDE_TARGET},                       {"speaker", "", 1u << SIDE_CLAIMER | 1u << SIDE_SPEAKS},
};

static span label_of(const answering *a, const char *by, span name) {
    const export_facts *f = &a->s->facts;
    u32 at = symbols_find(&f->known.words, name), row = NONE;
    if (strcmp(by, "cameo") == 0) {
        row = map_find(&f->cameo, at);
        return row != NONE ? f->cameo_names[row] : SPAN("");
    }
    row = strcmp(by, "country") == 0 ? map_find(&f->countries, at) : NONE;
    return row != NONE ? f->country_rows[row].name : SPAN("");
}

/* "KEN > ETH" -> "KEN-ETH" as the word takes it. */
static span dyad_value(span name, char out[16]) {
    int size = name.len == 9 ? snprintf(out, 16, "%.3s-%.3s", name.ptr, name.ptr + 6) : 0;
    return (span){out, (size_t)size};
}

static drg_status put_groups(answering *a, const char *by_name, const char *prefix, i64 rows) {
    grouping by;
    tally t;
    char buffer[64], dyad[16], last[16] = "";
    grouping_open(&by, a->m, by_name, &a->memory);
    if (!tally_count(&t, &(tally_plan){a->m, &a->set, &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    for (u32 i = 0; i < t.used && rows > 0; i++) {
        span name = grouping_name(&by, t.order[i], buffer), label = label_of(a, by_name, name);
        if (strcmp(by_name, "dyad") == 0) {
            name = dyad_value(name, dyad);
            if (name.len == 0 || strcmp(dyad, last) == 0) {
                continue;
            }
            memcpy(last, dyad, sizeof last);
        }
        if (name.len > 0 && (has_word(name, prefix) || has_word(label, prefix))) {
            put_value(&a->out, name, label, t.rows[t.order[i]].events);
            rows--;
        }
    }
    return DRG_OK;
}

/* Codes first, then names. */
static drg_status put_actors_like(answering *a, u32 sides, const char *prefix, i64 rows) {
    grouping by;
    tally t;
    grouping_open_actors(&by, a->m, sides);
    if (!tally_count(&t, &(tally_plan){a->m, &a->set, &by, NULL, 0}, &a->memory)) {
        return api_memory(a);
    }
    for (u32 i = 0; i < t.used && rows > 0; i++) {
        u32 g = t.order[i];
        span code = by.names[g], label = image_label(a->m, g);
        if (a->m->primary_known[g] && (begins_so(code, prefix) || has_word(label, prefix))) {
            put_value(&a->out, code, label, t.rows[g].events);
            rows--;
        }
    }
    by.remap = NULL;
    u32 *persons = arena_new(&a->memory, u32, (size_t)a->m->persons.count + 1);
    for (u32 i = 0; persons != NULL && i < a->m->first_actor[a->m->count]; i++) {
        persons[a->m->actors[i].person] += (sides >> a->m->actors[i].side & 1);
    }
    for (; persons != NULL && rows > 0 && prefix[0] != '\0'; rows--) {
        u32 best = NONE;
        for (u32 p = 0; p < a->m->persons.count; p++) {
            if (persons[p] > 0 && (best == NONE || persons[p] > persons[best]) && has_word(symbols_text(&a->m->persons, p), prefix)) {
                best = p;
            }
        }
        if (best == NONE) {
            break;
        }
        span title = symbols_text(&a->m->persons, best), name = span_next_field(&title, '\x1f');
        if (name.len > 0) {
            put_value(&a->out, name, title, persons[best]);
        }
        persons[best] = 0;
    }
    return DRG_OK;
}

static drg_status answer_suggest(answering *a) {
    i64 rows = 12;
    const char *word = api_own(a, "word"), *prefix = api_own(a, "prefix");
    prefix = prefix != NULL ? prefix : "";
    DRG_TRY(api_number(a, "rows", 1, 100, &rows));
    if (word != NULL) {
        DRG_TRY(api_choose(a));
    }
    write_object(&a->out, NULL);
    write_list(&a->out, "values");
    drg_status status = DRG_OK;
    if (word == NULL) {
        put_words(a, prefix, rows);
    }
    for (size_t i = 0; word != NULL && i < COUNT_OF(groups) && status == DRG_OK; i++) {
        if (strcmp(word, groups[i].word) == 0) {
            status = groups[i].sides != 0 ? put_actors_like(a, groups[i].sides, prefix, rows) : put_groups(a, groups[i].by, prefix, rows);
        }
    }
    write_end(&a->out);
    return status;
}

const api_route suggest_routes[] = {{"GET", "suggest", "word prefix rows", API_IMAGE | API_KEPT, answer_suggest}, {NULL, NULL, NULL, 0, NULL}};
