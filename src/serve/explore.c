// SPDX-License-Identifier: Apache-2.0
/* Counts, timelines, groups and maps of what a filter leaves; the same of an earlier period. */
#include "serve/inside.h"

#include <math.h>

#include "base/calendar.h"
#include "serve/days.h"

/* ------------------------------------------------------------------ days */

static bool is_day_word(const char *word) {
    return strncmp(word, "since=", 6) == 0 || strncmp(word, "until=", 6) == 0 || strncmp(word, "date=", 5) == 0;
}

/* The days that the filter names, open ends as the desk has them. */
static bool named_period(const answering *a, period *out) {
    bool named = false;
    for (u32 i = 0; i < a->word_count; i++) {
        span rest = span_of(a->words[i]);
        bool since = strncmp(a->words[i], "since=", 6) == 0, until = strncmp(a->words[i], "until=", 6) == 0;
        i32 day;
        if (!is_day_word(a->words[i])) {
            continue;
        }
        if (!named) {
            if (!days_find(a->m, &a->set, out)) {
                *out = (period){INT32_MAX, INT32_MIN};
            }
            named = true;
        }
        span_next_field(&rest, '=');
        if (!until && calendar_read_part(rest, false, &day)) {
            out->first = day;
        }
        if (!since && calendar_read_part(rest, true, &day)) {
            out->last = day;
        }
    }
    return named && out->first <= out->last;
}

/* `compare=before` or `compare=2019-01..2019-06`. */
static drg_status read_compare(answering *a, period *out) {
    const char *given = api_own(a, "compare");
    period named;
    if (strcmp(given, "before") == 0) {
        if (!named_period(a, &named)) {
            return api_fail(a, 400, "parameter", "compare=before wants days to go back from: add since= and until=");
        }
        *out = (period){named.first - (named.last - named.first) - 1, named.first - 1};
        return DRG_OK;
    }
    const char *dots = strstr(given, "..");
    if (dots == NULL || !calendar_read_part((span){given, (size_t)(dots - given)}, false, &out->first) ||
        !calendar_read_part(span_of(dots + 2), true, &out->last) || out->first > out->last) {
        return api_fail(a, 400, "parameter", "compare: before, or two dates as 2019-01..2019-06, not \"%.60s\"", given);
    }
    return DRG_OK;
}

/* The filter's other words over that period. */
static drg_status choose_earlier(answering *a, const period *when, chosen *out) {
    const char *words[REQUEST_ARGUMENTS + 2];
    char iso[2][16], bounds[2][32];
    u32 count = 0;
    for (u32 i = 0; i < a->word_count; i++) {
        if (!is_day_word(a->words[i])) {
            words[count++] = a->words[i];
        }
    }
    calendar_print(when->first, iso[0]);
    calendar_print(when->last, iso[1]);
    snprintf(bounds[0], sizeof bounds[0], "since=%.10s", iso[0]);
    snprintf(bounds[1], sizeof bounds[1], "until=%.10s", iso[1]);
    words[count++] = bounds[0];
    words[count++] = bounds[1];
    return api_choose_words(a, words, count, out);
}

static void put_period(json *j, const period *p) {
    days_put(j, "since", p->first);
    days_put(j, "until", p->last);
}

/* ------------------------------------------------------------------ counts */

static drg_status put_earlier_counts(answering *a) {
    period when;
    chosen set;
    tally_row row;
    DRG_TRY(read_compare(a, &when));
    DRG_TRY(choose_earlier(a, &when, &set));
    if (!tally_all(&row, a->m, &set, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, "earlier");
    put_period(&a->out, &when);
    put_counts(&a->out, &row);
    write_end(&a->out);
    return DRG_OK;
}

static drg_status answer_counts(answering *a) {
    tally_row row;
    period lies;
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_count(sql, &a->filter);
        return api_show(a, sql, "query", "--count");
    }
    if (!tally_all(&row, a->m, &a->set, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, NULL);
    put_counts(&a->out, &row);
    write_flag(&a->out, "exact", a->set.exact);
    if (days_find(a->m, &a->set, &lies)) {
        days_put(&a->out, "first", lies.first);
        days_put(&a->out, "last", lies.last);
    } else {
        write_word(&a->out, "first", "");
        write_word(&a->out, "last", "");
    }
    write_text(&a->out, "filter", a->filter.printed);
    if (api_own(a, "compare") != NULL) {
        return put_earlier_counts(a);
    }
    write_null(&a->out, "earlier");
    return DRG_OK;
}

/* ------------------------------------------------------------------ timeline */

typedef struct {
    grouping split;
    u32 *order;   /* [names] groups of the split that are met, in order */
    u32 names;
} parting;

static void put_bucket(json *j, const buckets *b, u32 k, const tally *t, const parting *parts, u32 documents) {
    const tally_row *row = &t->rows[k];
    write_object(j, NULL);
    days_put(j, "from", b->starts[k]);
    days_put(j, "until", b->starts[k + 1] - 1);
    put_counts(j, row);
    if (parts != NULL) {
        write_list(j, "parts");
        for (u32 i = 0; i < parts->names; i++) {
            write_number(j, NULL, t->part_events[(size_t)k * t->parts + parts->order[i]]);
        }
        write_end(j);
    }
    write_number(j, "documents", documents);
    write_end(j);
}

static drg_status put_buckets(answering *a, const chosen *set, const buckets *b, const parting *parts) {
    grouping by;
    tally t;
    grouping_open_days(&by, a->m, b->starts[0], b->bucket_of, b->days, b->count);
    tally_plan plan = {a->m, set, &by, parts != NULL ? &parts->split : NULL};
    u32 *documents = days_documents(a->m, b, &a->memory);
    if (documents == NULL || !tally_count(&t, &plan, &a->memory) || !tally_count_outlets(&t, &plan, 0, t.used, &a->memory)) {
        return api_memory(a);
    }
    write_list(&a->out, "rows");
    for (u32 k = 0; k < b->count; k++) {
        put_bucket(&a->out, b, k, &t, parts, documents[k]);
    }
    write_end(&a->out);
    return DRG_OK;
}

/* Names of the parts that the chosen tellings have: quads always four. */
static drg_status open_parting(answering *a, const char *split, parting *p) {
    tally t;
    tally_plan plan = {a->m, &a->set, &p->split, NULL};
    if (!grouping_open(&p->split, a->m, split, &a->memory) || (p->order = arena_new(&a->memory, u32, (size_t)p->split.groups + 5)) == NULL) {
        return api_memory(a);
    }
    if (strcmp(split, "quad") == 0) {
        p->names = 4;
        for (u32 i = 0; i < 4; i++) {
            p->order[i] = i + 1;
        }
        return DRG_OK;
    }
    if (!tally_count(&t, &plan, &a->memory)) {
        return api_memory(a);
    }
    p->names = t.used;
    memcpy(p->order, t.order, t.used * sizeof *p->order);
    return DRG_OK;
}

static void put_names(json *j, const parting *p) {
    char buffer[64];
    write_list(j, "names");
    for (u32 i = 0; p != NULL && i < p->names; i++) {
        write_text(j, NULL, grouping_name(&p->split, p->order[i], buffer));
    }
    write_end(j);
}

static drg_status put_undated(answering *a) {
    chosen undated = chosen_none(a->m, &a->memory);
    tally_row row;
    for (u32 at = 0; undated.bits != NULL && at < a->set.count; at++) {
        if (a->m->day[a->set.in_order[at]] == UNSAID) {
            chosen_add(&undated, a->set.in_order[at]);
        }
    }
    if (undated.bits == NULL || !chosen_list(&undated, a->m, &a->memory) || !tally_all(&row, a->m, &undated, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, "undated");
    put_counts(&a->out, &row);
    write_end(&a->out);
    return DRG_OK;
}

static drg_status put_earlier_buckets(answering *a, bucket_kind kind, const parting *parts) {
    period when;
    chosen set;
    buckets b;
    DRG_TRY(read_compare(a, &when));
    DRG_TRY(choose_earlier(a, &when, &set));
    write_object(&a->out, "earlier");
    put_period(&a->out, &when);
    if (!days_make(&b, kind, &when, &a->memory)) {
        return api_memory(a);
    }
    DRG_TRY(put_buckets(a, &set, &b, parts));
    write_end(&a->out);
    return DRG_OK;
}

drg_status days_put_timeline(answering *a, const chosen *set, const char *bucket) {
    parting parts = {.names = 0};
    period lies;
    buckets b;
    DRG_TRY(open_parting(a, "quad", &parts));
    bool dated = days_find(a->m, set, &lies);
    bucket_kind kind = dated ? days_fit(bucket, &lies) : BUCKET_DAY;
    write_word(&a->out, "bucket", bucket_names[kind]);
    write_word(&a->out, "split", "quad");
    put_names(&a->out, &parts);
    if (!dated) {
        write_list(&a->out, "rows");
        write_end(&a->out);
        return DRG_OK;
    }
    return days_make(&b, kind, &lies, &a->memory) ? put_buckets(a, set, &b, &parts) : api_memory(a);
}

static drg_status show_timeline(answering *a, const char *bucket) {
    ask_build *sql = api_build(a);
    bool year = strcmp(bucket, "year") == 0, month = strcmp(bucket, "month") == 0;
    ask_build_groups(sql, &a->filter, year ? "year" : month ? "month" : "day");
    return api_show(a, sql, "query", year ? "--by year" : month ? "--by month" : "--by day");
}

static drg_status answer_timeline(answering *a) {
    const char *bucket, *split;
    parting parts = {.names = 0};
    period lies;
    buckets b;
    DRG_TRY(api_choice(a, "bucket", "auto|day|week|month|year", &bucket));
    DRG_TRY(api_choice(a, "split", "quad|none|category|status", &split));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        return show_timeline(a, bucket);
    }
    bool split_up = strcmp(split, "none") != 0;
    if (split_up) {
        DRG_TRY(open_parting(a, split, &parts));
    }
    bool dated = days_find(a->m, &a->set, &lies);
    period named;
    if (named_period(a, &named)) { /* so that days without events are there to be seen */
        lies = named;
        dated = true;
    }
    bucket_kind kind = dated ? days_fit(bucket, &lies) : BUCKET_DAY;
    write_object(&a->out, NULL);
    write_word(&a->out, "bucket", bucket_names[kind]);
    write_word(&a->out, "split", split);
    put_names(&a->out, split_up ? &parts : NULL);
    write_flag(&a->out, "exact", a->set.exact);
    if (!dated) {
        write_list(&a->out, "rows");
        write_end(&a->out);
    } else if (!days_make(&b, kind, &lies, &a->memory)) {
        return api_memory(a);
    } else {
        DRG_TRY(put_buckets(a, &a->set, &b, split_up ? &parts : NULL));
    }
    DRG_TRY(put_undated(a));
    if (api_own(a, "compare") != NULL) {
        return put_earlier_buckets(a, kind, split_up ? &parts : NULL);
    }
    write_null(&a->out, "earlier");
    return DRG_OK;
}

/* ------------------------------------------------------------------ groups and maps */

static span label_of(const answering *a, const grouping *by, u32 group, span name) {
    const export_facts *f = &a->s->facts;
    if (strcmp(by->name, "cameo") == 0) {
        u32 row = map_find(&f->cameo, symbols_find(&f->known.words, name));
        return row != NONE ? f->cameo_names[row] : SPAN("");
    }
    if (strcmp(by->name, "source") == 0 || strcmp(by->name, "target") == 0) {
        return image_label(a->m, group);
    }
    if (strcmp(by->name, "speaker") == 0) {
        return image_label(a->m, a->m->primary_of[group]);
    }
    u32 row = strcmp(by->name, "country") == 0 ? map_find(&f->countries, symbols_find(&f->known.words, name)) : NONE;
    return row != NONE ? f->country_rows[row].name : SPAN("");
}

static drg_status count_groups(answering *a, const grouping *by, i64 rows, tally *t) {
    grouping quads;
    grouping_open(&quads, a->m, "quad", &a->memory);
    tally_plan plan = {a->m, &a->set, by, &quads, (u32)rows + 1};
    if (!tally_count(t, &plan, &a->memory)) {
        return api_memory(a);
    }
    u32 end = t->used < rows ? t->used : (u32)rows;
    return tally_count_outlets(t, &plan, 0, end, &a->memory) ? DRG_OK : api_memory(a);
}

static drg_status answer_groups(answering *a) {
    const char *name;
    grouping by;
    tally t;
    char buffer[64], options[32];
    i64 rows = 50;
    DRG_TRY(api_choice(a, "by", grouping_names, &name));
    DRG_TRY(api_number(a, "rows", 1, 5000, &rows));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        bool known = strcmp(name, "quad") != 0 && strcmp(name, "standing") != 0 && strcmp(name, "mode") != 0;
        ask_build_groups(sql, &a->filter, known ? name : "category");
        snprintf(options, sizeof options, "--by %s", known ? name : "category");
        return api_show(a, sql, "query", options);
    }
    if (!grouping_open(&by, a->m, name, &a->memory)) {
        return api_memory(a);
    }
    DRG_TRY(count_groups(a, &by, rows, &t));
    write_object(&a->out, NULL);
    write_word(&a->out, "by", name);
    write_list(&a->out, "rows");
    for (u32 i = 0; i < t.used && i < rows; i++) {
        u32 g = t.order[i];
        span text = grouping_name(&by, g, buffer);
        write_object(&a->out, NULL);
        write_text(&a->out, "name", text);
        write_text(&a->out, "label", label_of(a, &by, g, text));
        put_counts(&a->out, &t.rows[g]);
        put_quads(&a->out, "quads", &t.part_events[(size_t)g * t.parts]);
        write_end(&a->out);
    }
    write_end(&a->out);
    write_number(&a->out, "groups", t.used);
    write_flag(&a->out, "exact", a->set.exact);
    return DRG_OK;
}

static void put_spot(answering *a, const grouping *by, u32 g, bool country) {
    const image *m = a->m;
    json *j = &a->out;
    if (country) {
        char buffer[64];
        span code = grouping_name(by, g, buffer);
        const image_spot *point = NULL;
        for (u32 i = 0; i < m->spots.count && (point == NULL || !span_eq(point->kind, SPAN("country"))); i++) {
            bool own = m->spots.items[i].country == g;
            point = own && (point == NULL || span_eq(m->spots.items[i].kind, SPAN("country"))) ? &m->spots.items[i] : point;
        }
        write_text(j, "name", label_of(a, by, g, code));
        write_text(j, "country", code);
        write_real(j, "lat", point != NULL ? point->lat : NAN, 4);
        write_real(j, "lon", point != NULL ? point->lon : NAN, 4);
        write_word(j, "kind", "country");
        return;
    }
    const image_spot *spot = &m->spots.items[g];
    write_text(j, "name", symbols_text(&m->dictionary[TEXT_PLACE], spot->name));
    write_text(j, "country", symbols_text(&m->dictionary[TEXT_COUNTRY], spot->country));
    write_real(j, "lat", spot->lat, 4);
    write_real(j, "lon", spot->lon, 4);
    write_text(j, "kind", spot->kind);
    write_number(j, "geonameid", spot->geonameid);
}

static drg_status put_nowhere(answering *a) {
    chosen rest = chosen_none(a->m, &a->memory);
    tally_row row;
    for (u32 at = 0; rest.bits != NULL && at < a->set.count; at++) {
        if (a->m->spot[a->set.in_order[at]] == NONE) {
            chosen_add(&rest, a->set.in_order[at]);
        }
    }
    if (rest.bits == NULL || !chosen_list(&rest, a->m, &a->memory) || !tally_all(&row, a->m, &rest, &a->memory)) {
        return api_memory(a);
    }
    write_object(&a->out, "nowhere");
    put_counts(&a->out, &row);
    write_end(&a->out);
    return DRG_OK;
}

static drg_status answer_map(answering *a) {
    const char *name;
    grouping by;
    tally t;
    i64 rows = 500;
    DRG_TRY(api_choice(a, "by", "country|place", &name));
    DRG_TRY(api_number(a, "rows", 1, 5000, &rows));
    DRG_TRY(api_choose(a));
    bool country = strcmp(name, "country") == 0;
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_groups(sql, &a->filter, name);
        return api_show(a, sql, "query", country ? "--by country" : "--by place");
    }
    if (country) {
        grouping_open(&by, a->m, "country", &a->memory);
    } else {
        grouping_open_spots(&by, a->m);
    }
    DRG_TRY(count_groups(a, &by, rows, &t));
    write_object(&a->out, NULL);
    write_word(&a->out, "by", name);
    write_list(&a->out, "rows");
    u32 put = 0;
    char buffer[64];
    for (u32 i = 0; i < t.used && put < rows; i++) {
        u32 g = t.order[i];
        if (country && grouping_name(&by, g, buffer).len == 0) {
            continue; /* what has no country is nowhere, or at sea */
        }
        write_object(&a->out, NULL);
        put_spot(a, &by, g, country);
        put_counts(&a->out, &t.rows[g]);
        put_quads(&a->out, "quads", &t.part_events[(size_t)g * t.parts]);
        write_end(&a->out);
        put++;
    }
    write_end(&a->out);
    DRG_TRY(put_nowhere(a));
    write_number(&a->out, "groups", t.used);
    write_flag(&a->out, "exact", a->set.exact);
    return DRG_OK;
}

const api_route explore_routes[] = {{"GET", "counts", "compare", API_IMAGE | API_KEPT, answer_counts},
                                    {"GET", "timeline", "bucket split compare", API_IMAGE | API_KEPT, answer_timeline},
                                    {"GET", "groups", "by rows", API_IMAGE | API_KEPT, answer_groups},
                                    {"GET", "map", "by rows", API_IMAGE | API_KEPT, answer_map},
                                    {NULL, NULL, NULL, 0, NULL}};
