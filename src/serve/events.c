// SPDX-License-Identifier: Apache-2.0
/* The table of events, page by page, and one event with all its tellings. */
#include "serve/inside.h"

#include "base/calendar.h"

#define TELLINGS 200
#define NO_DAY 99999999 /* as src/ask sorts what has none */

/* ------------------------------------------------------------------ a page */

typedef struct {
    double key;
    u32 telling;
} listed;

typedef struct {
    const image *m;
    const char *sort;
    bool descending;
    u32 *ranks;          /* of categories by name, for sort=class */
    listed after;        /* rows behind this one; telling NONE: all */
    listed *heap;        /* the best so far, the worst of them on top */
    u32 room, used;
} picking;

static int compare_listed(const picking *p, listed x, listed y) {
    if (x.key != y.key) {
        return (x.key < y.key) != p->descending ? -1 : 1;
    }
    return x.telling < y.telling ? -1 : x.telling > y.telling;
}

static double key_of(const picking *p, u32 i) {
    const image *m = p->m;
    switch (p->sort[0]) {
        case 'n':
            return 0; /* the number itself decides */
        case 'r':
            return m->story_reports[m->story[i]];
        case 'o':
            return m->story_outlets[m->story[i]];
        case 'c':
            return p->sort[1] == 'o' ? m->real[REAL_CONFIDENCE][i] : p->ranks[m->text[TEXT_PLOVER][i]];
        case 'g':
            return m->real[REAL_GOLDSTEIN][i];
        default:
            return m->day[i] != UNSAID ? m->day[i] : p->descending ? -NO_DAY : NO_DAY;
    }
}

static void sift_down(picking *p, u32 root) {
    for (u32 child; (child = 2 * root + 1) < p->used; root = child) {
        child += child + 1 < p->used && compare_listed(p, p->heap[child], p->heap[child + 1]) < 0;
        if (compare_listed(p, p->heap[root], p->heap[child]) >= 0) {
            return;
        }
        listed held = p->heap[root];
        p->heap[root] = p->heap[child];
        p->heap[child] = held;
    }
}

static void offer(picking *p, listed row) {
    if (p->after.telling != NONE && compare_listed(p, row, p->after) <= 0) {
        return;
    }
    if (p->used == p->room) {
        if (compare_listed(p, row, p->heap[0]) < 0) {
            p->heap[0] = row;
            sift_down(p, 0);
        }
        return;
    }
    u32 at = p->used++;
    for (; at > 0 && compare_listed(p, p->heap[(at - 1) / 2], row) < 0; at = (at - 1) / 2) {
        p->heap[at] = p->heap[(at - 1) / 2];
    }
    p->heap[at] = row;
}

/* The first telling of each event that is chosen; how many rows. */
static u32 pick(picking *p, const chosen *set) {
    const image *m = p->m;
    u32 last = NONE;
    for (u32 at = 0; at < set->count; at++) {
        u32 i = set->by_story[at];
        if (m->story[i] != last) {
            last = m->story[i];
            offer(p, (listed){key_of(p, i), i});
        }
    }
    u32 found = p->used;
    for (u32 end = found; end-- > 1;) { /* the worst goes to the end */
        listed held = p->heap[0];
        p->heap[0] = p->heap[end];
        p->heap[end] = held;
        p->used = end;
        sift_down(p, 0);
    }
    return found;
}

static u32 *rank_categories(const image *m, arena *memory) {
    const symbols *names = &m->dictionary[TEXT_PLOVER];
    u32 *ranks = arena_new(memory, u32, (size_t)names->count + 1);
    for (u32 i = 0; ranks != NULL && i < names->count; i++) {
        for (u32 k = 0; k < names->count; k++) {
            ranks[i] += span_compare(symbols_text(names, k), symbols_text(names, i)) < 0;
        }
    }
    return ranks;
}

/* "KEY~NUMBER" of the last row of the page before. */
static drg_status read_after(answering *a, listed *out) {
    const char *given = api_own(a, "after");
    char *end = NULL;
    *out = (listed){0, NONE};
    if (given == NULL) {
        return DRG_OK;
    }
    double key = strtod(given, &end);
    if (end == given || *end != '~') {
        return api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
    }
    long long number = strtoll(end + 1, &end, 10);
    u32 low = 0;
    while (low < a->m->count && a->m->number[low] < number) { /* it may be gone since */
        low++;
    }
    *out = (listed){key, low < a->m->count && a->m->number[low] == number ? low : low > 0 ? low - 1 : 0};
    return *end == '\0' ? DRG_OK : api_fail(a, 400, "parameter", "after: take it from \"next\" of the page before");
}

static drg_status answer_events(answering *a) {
    i64 rows = 50;
    picking p = {.m = a->m, .sort = "date"};
    DRG_TRY(api_number(a, "rows", 1, 500, &rows));
    DRG_TRY(read_after(a, &p.after));
    DRG_TRY(api_choose(a));
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        ask_build_rows(sql, &a->filter, ASK_EVENTS);
        return api_show(a, sql, "query", "");
    }
    p.sort = a->filter.sort != NULL ? a->filter.sort : "date";
    p.descending = a->filter.descending;
    p.room = (u32)rows + 1;
    p.heap = arena_new(&a->memory, listed, p.room);
    p.ranks = rank_categories(a->m, &a->memory);
    i64 *numbers = arena_new(&a->memory, i64, p.room);
    if (p.heap == NULL || p.ranks == NULL || numbers == NULL) {
        return api_memory(a);
    }
    u32 found = pick(&p, &a->set), shown = found > rows ? (u32)rows : found;
    for (u32 i = 0; i < shown; i++) {
        numbers[i] = a->m->number[p.heap[i].telling];
    }
    write_object(&a->out, NULL);
    DRG_TRY(put_events(a, "rows", numbers, shown, NULL));
    write_flag(&a->out, "exact", a->set.exact);
    char next[64];
    snprintf(next, sizeof next, "%.17g~%lld", shown > 0 ? p.heap[shown - 1].key : 0, shown > 0 ? (long long)numbers[shown - 1] : 0);
    write_text_or_null(&a->out, "next", found > shown ? span_of(next) : SPAN(""));
    return DRG_OK;
}

/* ------------------------------------------------------------------ one event */

static const char *const differing[] = {"plover", "cameo", "status", "date", "place", "country", "source", "target", "dead", "injured", "arrested"};
#define DIFFERING COUNT_OF(differing)

typedef struct {
    span value, telling, outlet;
} told_value;
typedef LIST(told_value) told_values;

typedef struct {
    told_values fields[DIFFERING];
} telling_values;

static span codes_of(answering *a, const drg_actor *list, size_t count) {
    char text[512];
    size_t used = 0;
    for (size_t i = 0; i < count && used + list[i].code.len + 4 < sizeof text; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s", i > 0 ? ", " : "", (int)list[i].code.len, list[i].code.ptr);
    }
    return span_of(api_keep(a, (span){text, used}));
}

static span size_of(answering *a, int persons) {
    char text[16];
    int size = persons < 0 ? 0 : snprintf(text, sizeof text, "%d", persons);
    return span_of(api_keep(a, (span){text, (size_t)size}));
}

/* What this telling says of each field; what it does not say is no value. */
static void note_values(answering *a, telling_values *v, const ask_row *row) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    const drg_event *e = &row->event;
    const span values[DIFFERING] = {e->plover, e->cameo, span_of(statuses[e->status]), e->date, e->place != NULL ? e->place->name : SPAN(""),
                                    e->place != NULL ? e->place->country : SPAN(""), codes_of(a, e->source, e->source_count),
                                    codes_of(a, e->target, e->target_count), size_of(a, e->dead), size_of(a, e->injured), size_of(a, e->arrested)};
    for (size_t f = 0; f < DIFFERING; f++) {
        told_value *t = values[f].len > 0 ? list_push(&a->memory, &v->fields[f]) : NULL;
        if (t != NULL) {
            *t = (told_value){arena_copy(&a->memory, values[f]), arena_copy(&a->memory, e->id), arena_copy(&a->memory, row->report.outlet)};
        }
    }
}

static void put_claims_of(answering *a, span telling) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT c.id, c.act, c.cue, c.direct, c.channel, c.code, c.name, c.title, c.speaker_start,"
                                                         " c.speaker_stop, c.speaker FROM claim_events k JOIN claims c ON c.id = k.claim WHERE k.event = ?1 ORDER BY c.start, c.id");
    query_put_text(q, 1, telling);
    write_list(&a->out, "claims");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "id", query_text(q, 0));
        write_text(&a->out, "act", query_text(q, 1));
        write_text(&a->out, "cue", query_text(q, 2));
        write_flag(&a->out, "direct", query_number(q, 3) != 0);
        write_text(&a->out, "channel", query_text(q, 4));
        put_actor_row(&a->out, "speaker", q, 5);
        write_end(&a->out);
    }
    write_end(&a->out);
}

static void put_telling_more(answering *a, const ask_row *row) {
    put_evidence(&a->out, "evidence", row->event.evidence, row->event.evidence_count);
    put_claims_of(a, row->event.id);
    note_values(a, a->user, row);
}

/* One field's values, each with who tells it. */
static void put_difference(answering *a, const char *field, const told_values *all) {
    json *j = &a->out;
    write_object(j, NULL);
    write_word(j, "field", field);
    write_list(j, "values");
    for (u32 i = 0; i < all->count; i++) {
        bool before = false;
        for (u32 k = 0; k < i; k++) {
            before |= span_eq(all->items[k].value, all->items[i].value);
        }
        if (before) {
            continue;
        }
        write_object(j, NULL);
        write_text(j, "value", all->items[i].value);
        for (int what = 0; what < 2; what++) {
            write_list(j, what == 0 ? "tellings" : "outlets");
            for (u32 k = i; k < all->count; k++) {
                if (span_eq(all->items[k].value, all->items[i].value)) {
                    write_text(j, NULL, what == 0 ? all->items[k].telling : all->items[k].outlet);
                }
            }
            write_end(j);
        }
        write_end(j);
    }
    write_end(j);
    write_end(j);
}

static void put_differences(answering *a, const telling_values *v) {
    write_list(&a->out, "differ");
    for (size_t f = 0; f < DIFFERING; f++) {
        bool differ = false;
        for (u32 i = 1; i < v->fields[f].count; i++) {
            differ |= !span_eq(v->fields[f].items[i].value, v->fields[f].items[0].value);
        }
        if (differ) {
            put_difference(a, differing[f], &v->fields[f]);
        }
    }
    write_end(&a->out);
}

static void put_joined(answering *a, span story) {
    static const char *const names[] = {"standing", "plover", "cameo", "status", "date", "place", "country", "first_report", "first_outlet",
                                        "first_date", "last_date", "story"};
    static const char *const numbers[] = {"events", "reports", "outlets", "owners", "dead", "injured", "arrested"};
    sql_query *q = database_ask(store_database(a->desk),
                                "SELECT standing, plover, cameo, status, date, place, country, first_report, first_outlet, first_date,"
                                " (SELECT max(r.date) FROM events e JOIN reports r ON r.id = e.report WHERE e.story = ?1), story, events, reports, outlets,"
                                " owners, dead, injured, arrested FROM joined WHERE event = ?1");
    query_put_text(q, 1, story);
    if (!query_next(q)) {
        write_null(&a->out, "joined");
        return;
    }
    write_object(&a->out, "joined");
    for (int i = 0; i < (int)COUNT_OF(names); i++) {
        write_text(&a->out, names[i], query_text(q, i));
    }
    for (int i = 0; i < (int)COUNT_OF(numbers); i++) {
        int column = (int)COUNT_OF(names) + i;
        if (query_is_null(q, column)) {
            write_null(&a->out, numbers[i]);
        } else {
            write_number(&a->out, numbers[i], query_number(q, column));
        }
    }
    write_end(&a->out);
    query_reset(q);
}

static void put_story(answering *a, span story) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT r.story, count(*), count(DISTINCT CASE WHEN r.outlet <> '' THEN r.outlet END), min(r.date),"
                                                         " max(r.date) FROM reports r WHERE r.story = (SELECT q.story FROM events e JOIN reports q ON q.id = e.report"
                                                         " WHERE e.id = ?1) GROUP BY r.story");
    query_put_text(q, 1, story);
    if (!query_next(q)) {
        write_null(&a->out, "story");
        return;
    }
    write_object(&a->out, "story");
    write_text(&a->out, "id", query_text(q, 0));
    write_number(&a->out, "reports", query_number(q, 1));
    write_number(&a->out, "outlets", query_number(q, 2));
    write_text(&a->out, "first", query_text(q, 3));
    write_text(&a->out, "last", query_text(q, 4));
    write_end(&a->out);
    query_reset(q);
}

static void put_agreements(answering *a, span story) {
    sql_query *q = database_ask(store_database(a->desk), "SELECT DISTINCT c.accord, c.name, c.stage, c.number FROM events e JOIN accord_stages s ON s.report = e.report"
                                                         " JOIN accords c ON c.accord = s.accord WHERE e.story = ?1 ORDER BY c.number");
    query_put_text(q, 1, story);
    write_list(&a->out, "agreements");
    while (query_next(q)) {
        write_object(&a->out, NULL);
        write_text(&a->out, "accord", query_text(q, 0));
        write_text(&a->out, "name", query_text(q, 1));
        write_text(&a->out, "stage", query_text(q, 2));
        write_end(&a->out);
    }
    write_end(&a->out);
}

/* The event's id across reports, of the id of any of its tellings. */
static drg_status find_story(answering *a, span *story, i64 *number) {
    sql_base *base = api_base(a);
    if (base == NULL) {
        return a->error.status;
    }
    sql_query *q = database_ask(base, "SELECT coalesce(l.id, e.id), coalesce(l.number, e.number) FROM events e LEFT JOIN events l ON l.id = e.story WHERE e.id = ?1");
    query_put_text(q, 1, a->parts[0]);
    bool found = query_next(q);
    *story = span_of(api_keep(a, query_text(q, 0)));
    *number = query_number(q, 1);
    query_reset(q);
    DRG_TRY(api_check(a));
    return found ? DRG_OK : api_fail(a, 404, "unknown", "there is no event %.80s on this desk", api_keep(a, a->parts[0]));
}

static drg_status put_tellings(answering *a, span story, i64 lead, telling_values *values) {
    i64 *numbers;
    u32 count;
    sql_query *q = database_ask(store_database(a->desk), "SELECT number FROM events WHERE story = ?1 ORDER BY number");
    query_put_text(q, 1, story);
    DRG_TRY(take_numbers(a, q, &numbers, &count));
    if (count == 0) { /* not joined yet */
        numbers = &lead;
        count = 1;
    }
    a->user = values;
    DRG_TRY(put_events(a, "tellings", numbers, count < TELLINGS ? count : TELLINGS, put_telling_more));
    write_number(&a->out, "more", count > TELLINGS ? count - TELLINGS : 0);
    return DRG_OK;
}

static drg_status answer_event(answering *a) {
    span story;
    i64 lead = 0;
    telling_values values = {0};
    DRG_TRY(find_story(a, &story, &lead));
    char word[160];
    snprintf(word, sizeof word, "event=%.150s", api_keep(a, story));
    a->words[0] = word;
    a->word_count = 1;
    if (a->show_sql) {
        ask_build *sql = api_build(a);
        DRG_TRY(api_filter(a, NULL));
        ask_build_rows(sql, &a->filter, ASK_REPORTS);
        return api_show(a, sql, "query", "--tellings");
    }
    write_object(&a->out, NULL);
    DRG_TRY(put_one_event(a, "event", lead, NULL));
    put_joined(a, story);
    DRG_TRY(put_tellings(a, story, lead, &values));
    put_differences(a, &values);
    DRG_TRY(put_disputes_of(a, story));
    put_story(a, story);
    put_agreements(a, story);
    return put_verdicts_of(a, story);
}

const api_route event_routes[] = {{"GET", "events", "rows after", API_IMAGE | API_KEPT, answer_events},
                                  {"GET", "events/*", "", API_IMAGE | API_KEPT, answer_event},
                                  {NULL, NULL, NULL, 0, NULL}};
