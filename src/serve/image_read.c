// SPDX-License-Identifier: Apache-2.0
/* A desk into columns: one pass over reports, one over events, one over each table of parties.
 *
 * What the passes leave out is told by no error: an event that came between two passes is read with the next image. */
#include "base/calendar.h"
#include "serve/image.h"

#define IMAGE_BYTES ((size_t)64 << 30)

typedef struct {
    image *m;
    sql_base *base;
    arena scratch;     /* until the image is whole */
    map story_at;      /* hash of a story's id -> story */
    map report_id;     /* hash of a report's id -> report */
    map telling_at;    /* hash of an event's id -> telling */
    volatile int *share;
    u64 done, whole;   /* rows */
    bool failed;       /* memory is out */
} reader;

static void tell(reader *r) {
    if (r->share != NULL && ++r->done % 4096 == 0 && r->whole > 0) {
        *r->share = (int)(r->done < r->whole ? r->done * 990 / r->whole : 990);
    }
}

static u32 take(reader *r, symbols *into, span text) {
    symbol at = symbols_add(into, text);
    r->failed |= at == NONE;
    return at == NONE ? 0 : at;
}

static i64 ask_number(reader *r, const char *sql) {
    sql_query *q = database_ask(r->base, sql);
    i64 number = query_next(q) ? query_number(q, 0) : 0;
    query_reset(q);
    return number;
}

/* ------------------------------------------------------------------ reports */

static bool make_report_columns(image *m) {
    size_t n = (size_t)m->report_count + 1;
    m->report_number = arena_new(&m->memory, i64, n);
    m->report_day = arena_new(&m->memory, i32, n);
    m->report_copy = arena_new(&m->memory, u32, n);
    m->report_run = arena_new(&m->memory, u32, n);
    bool good = m->report_number != NULL && m->report_day != NULL && m->report_copy != NULL && m->report_run != NULL;
    for (int c = TEXT_EVENTS; c < TEXT_COLUMNS; c++) {
        m->text[c] = arena_new(&m->memory, u32, n);
        good = good && m->text[c] != NULL;
    }
    return good;
}

static void read_reports(reader *r) {
    image *m = r->m;
    u32 at = 0;
    m->report_count = (u32)ask_number(r, "SELECT count(*) FROM reports");
    if (!make_report_columns(m)) {
        r->failed = true;
        return;
    }
    sql_query *q = database_stream(r->base, "SELECT number, id, outlet, owner, lang, side, date, run FROM reports ORDER BY number");
    while (at < m->report_count && !r->failed && query_next(q)) {
        m->report_number[at] = query_number(q, 0);
        for (int c = TEXT_EVENTS; c < TEXT_COLUMNS; c++) {
            m->text[c][at] = take(r, &m->dictionary[c], query_text(q, 2 + c - TEXT_EVENTS));
        }
        span date = query_text(q, 6);
        i32 day = date.len >= 10 ? calendar_parse_iso(span_cut(date, 0, 10)) : DAY_UNKNOWN;
        m->report_day[at] = day;
        m->report_run[at] = (u32)query_number(q, 7);
        m->report_copy[at] = at;
        r->failed |= !map_set(&r->report_id, image_hash(query_text(q, 1)), at);
        at++;
        tell(r);
    }
    query_reset(q);
    m->report_count = at;
    q = database_stream(r->base, "SELECT number, copy_of FROM reports WHERE copy_of IS NOT NULL");
    while (!r->failed && query_next(q)) {
        u32 copy = image_find_report(m, query_number(q, 0)), of = map_find(&r->report_id, image_hash(query_text(q, 1)));
        if (copy != NONE && of != NONE) {
            m->report_copy[copy] = of;
        }
    }
    query_reset(q);
}

/* ------------------------------------------------------------------ events */

static bool make_event_columns(image *m) {
    size_t n = (size_t)m->count + 1;
    m->number = arena_new(&m->memory, i64, n);
    m->hash = arena_new(&m->memory, u64, n);
    m->story = arena_new(&m->memory, u32, n);
    m->report = arena_new(&m->memory, u32, n);
    m->day = arena_new(&m->memory, i32, n);
    m->spot = arena_new(&m->memory, u32, n);
    m->quad = arena_new(&m->memory, u8, n);
    m->background = arena_new(&m->memory, u8, n);
    m->mutual = arena_new(&m->memory, u8, n);
    bool good = m->number != NULL && m->hash != NULL && m->story != NULL && m->report != NULL && m->day != NULL && m->spot != NULL &&
        m->quad != NULL && m->background != NULL && m->mutual != NULL;
    for (int c = 0; c < TEXT_EVENTS; c++) {
        m->text[c] = arena_new(&m->memory, u32, n);
        good = good && m->text[c] != NULL;
    }
    for (int c = 0; c < REAL_COLUMNS; c++) {
        m->real[c] = arena_new(&m->memory, double, n);
        good = good && m->real[c] != NULL;
    }
    for (int c = 0; c < SIZE_COLUMNS; c++) {
        m->size[c] = arena_new(&m->memory, i32, n);
        good = good && m->size[c] != NULL;
    }
    return good;
}

enum { EVENT_NUMBER, EVENT_ID, EVENT_STORY, EVENT_REPORT, EVENT_TEXTS, EVENT_REALS = EVENT_TEXTS + TEXT_EVENTS,
       EVENT_SIZES = EVENT_REALS + REAL_COLUMNS, EVENT_DAY = EVENT_SIZES + SIZE_COLUMNS, EVENT_QUAD, EVENT_BACKGROUND, EVENT_MUTUAL,
       EVENT_LAT, EVENT_LON, EVENT_GEONAME, EVENT_KIND };
static const char sql_events[] =
    "SELECT number, id, story, report, plover, mode, contexts, cameo, status, coalesce(country, ''), coalesce(place, ''), trigger, shown,"
    " confidence, goldstein, dead, injured, arrested, day, quad, background, reciprocal, lat, lon, geonameid, place_kind FROM events ORDER BY number";

static u32 find_spot(reader *r, map *spots, sql_query *q, u32 at) {
    image *m = r->m;
    if (query_is_null(q, EVENT_LAT)) {
        return NONE;
    }
    const u32 parts[3] = {m->text[TEXT_PLACE][at], m->text[TEXT_COUNTRY][at], (u32)query_number(q, EVENT_GEONAME)};
    u64 key = image_hash((span){(const char *)parts, sizeof parts});
    u32 found = map_find(spots, key);
    if (found == NONE) {
        image_spot *made = list_push(&m->memory, &m->spots);
        found = m->spots.count - 1;
        if (made == NULL || !map_set(spots, key, found)) {
            r->failed = true;
            return NONE;
        }
        *made = (image_spot){parts[0], parts[1], parts[2], query_real(q, EVENT_LAT), query_real(q, EVENT_LON),
                             arena_copy(&m->memory, query_text(q, EVENT_KIND))};
    }
    return found;
}

static void take_event(reader *r, sql_query *q, u32 at, map *spots) {
    image *m = r->m;
    m->number[at] = query_number(q, EVENT_NUMBER);
    m->hash[at] = image_hash(query_text(q, EVENT_ID));
    u64 story = image_hash(query_text(q, EVENT_STORY));
    u32 known = map_find(&r->story_at, story);
    if (known == NONE) {
        known = m->story_count++;
        r->failed |= !map_set(&r->story_at, story, known);
    }
    m->story[at] = known;
    u32 report = map_find(&r->report_id, image_hash(query_text(q, EVENT_REPORT)));
    m->report[at] = report != NONE ? report : 0;
    for (int c = 0; c < TEXT_EVENTS; c++) {
        m->text[c][at] = take(r, &m->dictionary[c], query_text(q, EVENT_TEXTS + c));
    }
    for (int c = 0; c < REAL_COLUMNS; c++) {
        m->real[c][at] = query_real(q, EVENT_REALS + c);
    }
    for (int c = 0; c < SIZE_COLUMNS; c++) {
        m->size[c][at] = query_is_null(q, EVENT_SIZES + c) ? UNSAID : (i32)query_number(q, EVENT_SIZES + c);
    }
    m->day[at] = query_is_null(q, EVENT_DAY) ? UNSAID : (i32)query_number(q, EVENT_DAY);
    i64 quad = query_number(q, EVENT_QUAD);
    m->quad[at] = (u8)(quad >= 1 && quad <= 4 ? quad : 0);
    m->background[at] = query_number(q, EVENT_BACKGROUND) != 0;
    m->mutual[at] = query_number(q, EVENT_MUTUAL) != 0;
    m->spot[at] = find_spot(r, spots, q, at);
    r->failed |= !map_set(&r->telling_at, m->hash[at], at);
}

static void read_events(reader *r) {
    image *m = r->m;
    map spots;
    u32 at = 0;
    map_open(&spots, &r->scratch);
    m->count = (u32)ask_number(r, "SELECT count(*) FROM events");
    if (!make_event_columns(m)) {
        r->failed = true;
        return;
    }
    sql_query *q = database_stream(r->base, sql_events);
    while (at < m->count && !r->failed && query_next(q)) {
        take_event(r, q, at++, &spots);
        tell(r);
    }
    query_reset(q);
    m->count = at;
}

/* ------------------------------------------------------------------ parties */

typedef struct {
    u32 telling;
    image_actor actor;
} party;
typedef LIST(party) party_list;

static u32 take_person(reader *r, span name, span title) {
    char joined[1024];
    size_t name_len = name.len < 500 ? name.len : 500, title_len = title.len < 500 ? title.len : 500;
    memcpy(joined, name.ptr, name_len);
    joined[name_len] = '\x1f';
    memcpy(joined + name_len + 1, title.ptr, title_len);
    return take(r, &r->m->persons, (span){joined, name_len + 1 + title_len});
}

static void read_parties(reader *r, const char *sql, bool claims, party_list *out) {
    sql_query *q = database_stream(r->base, sql);
    while (!r->failed && query_next(q)) {
        u32 telling = map_find(&r->telling_at, image_hash(query_text(q, 0)));
        party *p = telling != NONE ? list_push(&r->scratch, out) : NULL;
        r->failed |= telling != NONE && p == NULL;
        if (p != NULL) {
            span side = query_text(q, 1);
            p->telling = telling;
            p->actor.side = (u8)(claims ? SIDE_SPEAKS : side.ptr[0] == 's' ? SIDE_SOURCE : side.ptr[0] == 't' ? SIDE_TARGET : SIDE_CLAIMER);
            p->actor.code = take(r, &r->m->codes, query_text(q, 2));
            p->actor.person = take_person(r, query_text(q, 3), query_text(q, 4));
        }
        tell(r);
    }
    query_reset(q);
}

/* Rows of a telling stand in a row, in the order they came. */
static void sort_parties(reader *r, const party_list *all) {
    image *m = r->m;
    m->first_actor = arena_new(&m->memory, u32, (size_t)m->count + 2);
    m->actors = arena_new(&m->memory, image_actor, (size_t)all->count + 1);
    if (m->first_actor == NULL || m->actors == NULL) {
        r->failed = true;
        return;
    }
    for (u32 i = 0; i < all->count; i++) {
        m->first_actor[all->items[i].telling + 2]++;
    }
    for (u32 i = 2; i < m->count + 2; i++) {
        m->first_actor[i] += m->first_actor[i - 1];
    }
    for (u32 i = 0; i < all->count; i++) {
        m->actors[m->first_actor[all->items[i].telling + 1]++] = all->items[i].actor;
    }
}

static void read_actors(reader *r) {
    party_list all = {0};
    read_parties(r, "SELECT event, side, code, name, title FROM actors ORDER BY event, side, number", false, &all);
    read_parties(r, "SELECT k.event, '', c.code, c.name, c.title FROM claim_events k JOIN claims c ON c.id = k.claim ORDER BY k.event, k.claim", true, &all);
    sort_parties(r, &all);
}

/* ------------------------------------------------------------------ primaries */

static void name_others(reader *r) {
    image *m = r->m;
    map seen; /* primary, person -> how often */
    u32 *best = arena_new(&r->scratch, u32, (size_t)m->primary_count + 1);
    map_open(&seen, &r->scratch);
    for (u32 i = 0; best != NULL && i < m->first_actor[m->count]; i++) {
        u32 primary = m->primary_of[m->actors[i].code], person = m->actors[i].person;
        if (!m->primary_known[primary] || (m->primary_label[primary].len > 0 && best[primary] == 0)) {
            continue; /* nobody's, or a state's */
        }
        u64 key = ((u64)primary << 32) | person;
        u32 often = map_find(&seen, key);
        often = often == NONE ? 1 : often + 1;
        r->failed |= !map_set(&seen, key, often);
        if (often > best[primary]) {
            span name = symbols_text(&m->persons, person);
            best[primary] = often;
            m->primary_label[primary] = span_next_field(&name, '\x1f');
        }
    }
    r->failed |= best == NULL;
}

static void find_primaries(reader *r) {
    image *m = r->m;
    m->primary_of = arena_new(&m->memory, u32, (size_t)m->codes.count + 1);
    for (u32 i = 0; m->primary_of != NULL && i < m->codes.count; i++) {
        span code = symbols_text(&m->codes, i);
        m->primary_of[i] = take(r, &m->primaries, span_cut(code, 0, code.len < 3 ? code.len : 3));
    }
    m->primary_count = m->primaries.count;
    m->primary_label = arena_new(&m->memory, span, (size_t)m->primary_count + 1);
    m->primary_known = arena_new(&m->memory, bool, (size_t)m->primary_count + 1);
    r->failed |= m->primary_of == NULL || m->primary_label == NULL || m->primary_known == NULL;
    for (u32 i = 0; i < m->primary_count && !r->failed; i++) {
        span code = symbols_text(&m->primaries, i);
        m->primary_known[i] = code.len == 3 && code.ptr[0] != '-';
        u32 row = map_find(&m->facts->countries, symbols_find(&m->facts->known.words, symbols_text(&m->primaries, i)));
        m->primary_label[i] = row != NONE ? m->facts->country_rows[row].name : SPAN("");
    }
    if (!r->failed) {
        name_others(r);
    }
}

static void add_pair(reader *r, u32 source, u32 target, bool mutual) {
    image *m = r->m;
    u64 key = image_pair_key(source, target, mutual);
    u32 at = map_find(&m->pairs, key), *slot = list_push(&m->memory, &m->pair_of);
    if (at == NONE) {
        image_pair *made = list_push(&m->memory, &m->pair_list);
        at = m->pair_list.count - 1;
        r->failed |= made == NULL || !map_set(&m->pairs, key, at);
        if (made != NULL) {
            *made = (image_pair){source, target, mutual};
        }
    }
    r->failed |= slot == NULL;
    if (slot != NULL) {
        *slot = at;
    }
}

static void find_pairs(reader *r) {
    image *m = r->m;
    m->first_pair = arena_new(&m->memory, u32, (size_t)m->count + 1);
    r->failed |= m->first_pair == NULL;
    for (u32 i = 0; i < m->count && !r->failed; i++) {
        u32 pairs[IMAGE_PAIRS][2];
        u32 count = image_list_pairs(m, i, pairs);
        for (u32 p = 0; p < count; p++) {
            add_pair(r, pairs[p][0], pairs[p][1], m->mutual[i]);
        }
        m->first_pair[i + 1] = m->pair_of.count;
    }
}

/* ------------------------------------------------------------------ stories */

static void sort_stories(reader *r) {
    image *m = r->m;
    u32 *at = m->story_start = arena_new(&m->memory, u32, (size_t)m->story_count + 2);
    m->by_story = arena_new(&m->memory, u32, (size_t)m->count + 1);
    m->story_lead = arena_new(&m->memory, u32, (size_t)m->story_count + 1);
    m->standing = arena_new(&m->memory, u8, (size_t)m->story_count + 1);
    m->story_reports = arena_new(&m->memory, u32, (size_t)m->story_count + 1);
    m->story_outlets = arena_new(&m->memory, u32, (size_t)m->story_count + 1);
    m->story_witnesses = arena_new(&m->memory, u32, (size_t)m->story_count + 1);
    if (at == NULL || m->by_story == NULL || m->story_lead == NULL || m->standing == NULL || m->story_reports == NULL ||
        m->story_outlets == NULL || m->story_witnesses == NULL) {
        r->failed = true;
        return;
    }
    for (u32 i = 0; i < m->count; i++) {
        at[m->story[i] + 2]++;
    }
    for (u32 s = 2; s < m->story_count + 2; s++) {
        at[s] += at[s - 1];
    }
    for (u32 i = 0; i < m->count; i++) {
        m->by_story[at[m->story[i] + 1]++] = i;
    }
}

/* How many differ; sorts them. */
static u32 different(u32 *values, u32 count) { return symbols_count_different(values, count); }

/* Owner, else outlet, else the report itself, of the first report of a family of copies: three kinds of numbers in one. */
static u32 witness_of(image *m, symbols *names, u32 report) {
    u32 first = m->report_copy[report];
    span owner = image_text(m, TEXT_OWNER, first), outlet = image_text(m, TEXT_OUTLET, first);
    return owner.len + outlet.len > 0 ? symbols_add(names, owner.len > 0 ? owner : outlet) : first | 0x80000000u;
}

static void count_stories(reader *r) {
    image *m = r->m;
    symbols names;
    LIST(u32) held = {0};
    symbols_open(&names, NULL, &r->scratch);
    for (u32 s = 0; s < m->story_count && !r->failed; s++) {
        u32 first = m->story_start[s], many = m->story_start[s + 1] - first, outlets = 0;
        m->story_lead[s] = m->by_story[first];
        while (held.count < many * 3) {
            r->failed |= list_push(&r->scratch, &held) == NULL;
            if (r->failed) {
                return;
            }
        }
        u32 *reports = held.items, *papers = reports + many, *witnesses = papers + many;
        for (u32 i = 0; i < many; i++) {
            u32 telling = m->by_story[first + i];
            reports[i] = m->report[telling];
            witnesses[i] = witness_of(m, &names, reports[i]);
            u32 paper = m->text[TEXT_OUTLET][reports[i]];
            papers[outlets] = paper;
            outlets += symbols_text(&m->dictionary[TEXT_OUTLET], paper).len > 0;
        }
        m->story_reports[s] = different(reports, many);
        m->story_outlets[s] = different(papers, outlets);
        m->story_witnesses[s] = different(witnesses, many);
        m->standing[s] = 255;
    }
}

static void read_standings(reader *r) {
    image *m = r->m;
    sql_query *q = database_stream(r->base, "SELECT event, standing FROM joined");
    while (!r->failed && query_next(q)) {
        u64 hash = image_hash(query_text(q, 0));
        u32 story = map_find(&r->story_at, hash), lead = map_find(&r->telling_at, hash);
        for (u8 i = 0; story != NONE && image_standings[i] != NULL; i++) {
            if (span_eq(query_text(q, 1), span_of(image_standings[i]))) {
                m->standing[story] = i;
            }
        }
        if (story != NONE && lead != NONE) {
            m->story_lead[story] = lead;
        }
        tell(r);
    }
    query_reset(q);
}

/* ------------------------------------------------------------------ all */

void image_stamp(store *desk, char stamp[40]) {
    sql_query *q = database_ask(store_database(desk), "SELECT coalesce((SELECT max(number) FROM events), 0), coalesce((SELECT max(number) FROM reports), 0),"
                                                      " (SELECT count(*) FROM reports WHERE joined = 0), (SELECT count(*) FROM problems)");
    snprintf(stamp, 40, "?");
    if (query_next(q)) {
        u64 state[4];
        for (int i = 0; i < 4; i++) {
            state[i] = (u64)query_number(q, i);
        }
        snprintf(stamp, 40, "%016llx-%llu", (unsigned long long)image_hash((span){(const char *)state, sizeof state}), (unsigned long long)state[1] % 1000000000);
    }
    query_reset(q);
}

const char *const image_desk_names[6] = {"stories", "claims", "agreements", "disputes", "problems", "runs"};

static void count_desk(reader *r) {
    static const char *const questions[6] = {"SELECT count(DISTINCT story) FROM reports", "SELECT count(*) FROM claims", "SELECT count(*) FROM accords",
                                             "SELECT count(DISTINCT dispute) FROM disputes", "SELECT count(*) FROM problems", "SELECT count(*) FROM runs"};
    for (int i = 0; i < 6; i++) {
        r->m->desk_counts[i] = ask_number(r, questions[i]);
    }
}

static void open_dictionaries(image *m) {
    for (int c = 0; c < TEXT_COLUMNS; c++) {
        symbols_open(&m->dictionary[c], NULL, &m->memory);
    }
    symbols_open(&m->codes, NULL, &m->memory);
    symbols_open(&m->persons, NULL, &m->memory);
    symbols_open(&m->primaries, NULL, &m->memory);
    map_open(&m->pairs, &m->memory);
}

drg_status image_read(image **out, store *desk, const export_facts *facts, volatile int *share, drg_error *error) {
    reader r = {.m = calloc(1, sizeof(image)), .base = store_database(desk), .share = share};
    static void (*const passes[])(reader *) = {read_reports, read_events, read_actors, find_primaries, find_pairs, sort_stories, count_stories, read_standings, count_desk};
    *out = NULL;
    if (r.m == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory");
    }
    r.m->facts = facts;
    arena_open(&r.m->memory, IMAGE_BYTES);
    arena_open(&r.scratch, IMAGE_BYTES);
    map_open(&r.story_at, &r.scratch);
    map_open(&r.report_id, &r.scratch);
    map_open(&r.telling_at, &r.scratch);
    open_dictionaries(r.m);
    image_stamp(desk, r.m->loaded);
    r.whole = (u64)ask_number(&r, "SELECT count(*) FROM events") * 7 / 2 + 1;
    for (size_t i = 0; i < COUNT_OF(passes) && !r.failed; i++) {
        passes[i](&r);
    }
    arena_close(&r.scratch);
    drg_status status = database_check(r.base, error);
    if (status == DRG_OK && r.failed) {
        status = drg_fail(error, DRG_ERROR_MEMORY, "", 0, "out of memory: the desk is too large to be served from this machine");
    }
    if (status != DRG_OK) {
        image_free(r.m);
        return status;
    }
    *out = r.m;
    return DRG_OK;
}
