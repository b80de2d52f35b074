// SPDX-License-Identifier: Apache-2.0
/* A made-up desk of any size, for measuring what a real one of that size will cost.
 *
 *     make_desk DESK REPORTS [SEED]          DRAGOMAN_DATA names the data folder
 *
 * Skew as in news: a few pairs of countries, categories and outlets make most of it (a share u in [0, 1) becomes the
 * index n * u^3), words are Zipf's, a day on a weekend has fewer reports, one report in seven is another's copy, one
 * event in four was told before by somebody else.  Written through the store's own calls; the same seed gives the same
 * records.  Six events a report on average: 50,000 reports are 300,000 events. */
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/table.h"
#include "store/store.h"

#define FIRST_DAY 16436 /* 2015-01-01 */
#define DAYS 3650
#define RECENT 64
#define EVENTS 12  /* of a report, at most */
#define WORDS 400  /* of a report, at most */
#define VOCABULARY 30000
#define OUTLETS 300

typedef struct {
    span code, name;
} country;

typedef struct {
    span code, plover;
    double goldstein;
    int quad;
} deed_kind;

typedef struct {
    u32 source, target, kind, place;
    i32 day;
    u8 status;
} happening;

typedef struct {
    u64 seed;
    knowledge known;
    LIST(country) countries;
    LIST(deed_kind) kinds;
    LIST(drg_place) places;
    happening recent[RECENT];
    u32 happened;
    arena memory; /* of one report */
} maker;

/* splitmix64 (Steele, Lea and Flood, 2014) */
static u64 next_random(maker *m) {
    u64 z = m->seed += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static double share(maker *m) { return (double)(next_random(m) >> 11) * 0x1p-53; }
static u32 even(maker *m, u32 count) { return (u32)(share(m) * count); }

static u32 skewed(maker *m, u32 count) {
    double u = share(m);
    return (u32)(u * u * u * count);
}

/* ------------------------------------------------------------------ what it is made of */

static double read_real(span text) {
    char digits[32];
    snprintf(digits, sizeof digits, "%.*s", (int)(text.len < 31 ? text.len : 31), text.ptr);
    return strtod(digits, NULL);
}

static void read_countries(maker *m, table *t) {
    while (table_next(t)) {
        country *c = table_field(t, "to").len == 0 ? list_push(&m->known.memory, &m->countries) : NULL;
        if (c != NULL) {
            *c = (country){table_field(t, "code"), table_field(t, "name")};
        }
    }
    for (u32 i = m->countries.count; i > 1; i--) { /* so that the skew does not favour the letter A */
        u32 k = even(m, i);
        country held = m->countries.items[k];
        m->countries.items[k] = m->countries.items[i - 1];
        m->countries.items[i - 1] = held;
    }
}

static void read_kinds(maker *m, table *t) {
    while (table_next(t)) {
        deed_kind *k = table_field(t, "plover").len > 0 ? list_push(&m->known.memory, &m->kinds) : NULL;
        if (k != NULL) {
            *k = (deed_kind){table_field(t, "code"), table_field(t, "plover"), read_real(table_field(t, "goldstein")),
                             (int)read_real(table_field(t, "quad"))};
        }
    }
}

static void read_places(maker *m, table *t) {
    while (table_next(t)) {
        drg_place *p = read_real(table_field(t, "population")) > 400000 ? list_push(&m->known.memory, &m->places) : NULL;
        if (p != NULL) {
            *p = (drg_place){.name = table_field(t, "name"), .country = table_field(t, "country"), .kind = SPAN("city")};
            p->lat = read_real(table_field(t, "lat"));
            p->lon = read_real(table_field(t, "lon"));
            p->geonameid = (u32)read_real(table_field(t, "id"));
        }
    }
}

static drg_status read_tables(maker *m, drg_error *error) {
    const char *folder = getenv("DRAGOMAN_DATA");
    table t;
    DRG_TRY(knowledge_open(&m->known, folder != NULL ? folder : ".", error));
    DRG_TRY(table_open(&t, &m->known, "world/countries.tsv", error));
    read_countries(m, &t);
    DRG_TRY(table_open(&t, &m->known, "world/cameo.tsv", error));
    read_kinds(m, &t);
    DRG_TRY(table_open(&t, &m->known, "world/places.tsv", error));
    read_places(m, &t);
    return m->countries.count > 1 && m->kinds.count > 0 && m->places.count > 0
        ? DRG_OK : drg_fail(error, DRG_ERROR_DATA, "world/", 0, "the tables are empty");
}

/* ------------------------------------------------------------------ one report */

static span keep(maker *m, const char *text) { return arena_copy(&m->memory, span_of(text)); }

/* The n-th made-up word: syllables of its number, "kobamiru". */
static size_t put_word(u32 n, char *out) {
    static const char consonants[] = "bdfgklmnprstvzhj", vowels[] = "aeiou";
    size_t used = 0;
    for (n += 7; n > 0; n /= 80) {
        out[used++] = consonants[n % 16];
        out[used++] = vowels[n / 16 % 5];
    }
    return used;
}

static span make_text(maker *m) {
    static char text[WORDS * 16];
    size_t used = 0;
    u32 words = 80 + even(m, WORDS - 80);
    for (u32 i = 0; i < words; i++) {
        used += put_word(skewed(m, VOCABULARY), text + used);
        text[used++] = i % 20 == 19 ? '.' : ' ';
    }
    text[used] = '\0';
    return arena_copy(&m->memory, (span){text, used});
}

static happening make_happening(maker *m, i32 day) {
    static const u8 statuses[] = {0, 0, 0, 0, 0, 0, 0, 1, 1, 3};
    if (m->happened > RECENT && share(m) < 0.25) {
        return m->recent[even(m, RECENT)];
    }
    happening h = {.source = skewed(m, m->countries.count), .kind = skewed(m, m->kinds.count), .day = day - (i32)even(m, 2)};
    h.target = (h.source + 1 + skewed(m, m->countries.count - 1)) % m->countries.count;
    h.place = share(m) < 0.7 ? skewed(m, m->places.count) : NONE;
    h.status = statuses[even(m, COUNT_OF(statuses))];
    m->recent[m->happened++ % RECENT] = h;
    return h;
}

static const drg_actor *make_actor(maker *m, u32 at, u32 entity) {
    static const char *const sectors[] = {"GOV", "MIL", "CVL", "OPP"};
    drg_actor *a = arena_new(&m->memory, drg_actor, 1);
    char code[12];
    if (a != NULL) {
        snprintf(code, sizeof code, "%.3s %s", m->countries.items[at].code.ptr, sectors[skewed(m, COUNT_OF(sectors))]);
        *a = (drg_actor){.code = keep(m, code), .name = m->countries.items[at].name, .title = SPAN(""), .entity = entity, .at = {0, 8}};
        a->text = a->name;
    }
    return a;
}

static void make_event(maker *m, drg_event *e, const happening *h, const char *report, u32 number) {
    char id[64], date[16];
    const deed_kind *kind = &m->kinds.items[h->kind];
    drg_evidence *words = arena_new(&m->memory, drg_evidence, 1);
    snprintf(id, sizeof id, "%s-%02u", report, number);
    *e = (drg_event){.id = keep(m, id), .plover = kind->plover, .cameo = kind->code, .goldstein = kind->goldstein, .quad = kind->quad};
    e->mode = e->contexts = e->date_end = SPAN("");
    e->source = make_actor(m, h->source, 0);
    e->target = make_actor(m, h->target, 1);
    e->source_count = e->target_count = 1;
    e->status = (drg_event_status)h->status;
    if (h->status == DRG_STATUS_CLAIMED) {
        e->claimed_by = e->source;
        e->claimed_count = 1;
    }
    span day = calendar_print(h->day, date);
    e->date = arena_copy(&m->memory, day);
    e->date_basis = SPAN("said");
    e->place = h->place != NONE ? &m->places.items[h->place] : NULL;
    e->dead = e->injured = e->arrested = -1;
    if (words != NULL) {
        *words = (drg_evidence){{0, 40}, SPAN("words of the report that tell of the deed")};
        e->evidence = words;
        e->evidence_count = 1;
    }
    e->frame = e->trigger = SPAN("made-up");
    e->entry = SPAN("made/up.frames:1");
    e->confidence = 0.5;
}

/* The report of this number; `of` is whose words and deeds it repeats. */
static drg_records make_report(maker *m, u32 number, u32 of, u32 reports) {
    char id[40], outlet[40], owner[40], date[16], title[120];
    m->seed = (u64)of * 0x2545f4914f6cdd1dULL + 1; /* so that a copy comes out as its original */
    i32 day = FIRST_DAY + (i32)((u64)of * DAYS / reports);
    day -= calendar_weekday(day) > 5 && share(m) < 0.5 ? 2 : 0;
    u32 events = 1 + even(m, EVENTS - 1);
    drg_records r = {.text = make_text(m), .lang = SPAN("en"), .url = SPAN(""), .caption = SPAN("")};
    drg_event *made = arena_new(&m->memory, drg_event, EVENTS);
    snprintf(id, sizeof id, "made-%08u", number);
    for (u32 i = 0; i < events && made != NULL; i++) {
        happening h = make_happening(m, day);
        make_event(m, &made[i], &h, id, i);
    }
    m->seed ^= number * 0x9e3779b97f4a7c15ULL; /* from here on its own */
    u32 paper = skewed(m, OUTLETS);
    snprintf(outlet, sizeof outlet, "Outlet %u", paper);
    snprintf(owner, sizeof owner, "Owner %u", paper / 3);
    snprintf(title, sizeof title, "%.90s", r.text.ptr);
    r.id = keep(m, id);
    r.outlet = keep(m, outlet);
    r.owner = keep(m, owner);
    r.title = keep(m, title);
    r.date = arena_copy(&m->memory, calendar_print(day, date));
    r.words = 200;
    r.events = made;
    r.event_count = events;
    return r;
}

static drg_status make_all(maker *m, const char *address, u32 reports, u64 seed, drg_error *error) {
    store *s;
    store_run run = {.program = "make_desk", .model = SPAN("none"), .words = SPAN("none"), .options = ""};
    u64 choice = seed;
    DRG_TRY(store_open(&s, address, &run, error));
    drg_status status = DRG_OK;
    for (u32 i = 0; i < reports && status == DRG_OK; i++) {
        arena_reset(&m->memory);
        m->seed = choice;
        u32 of = i > 100 && share(m) < 0.14 ? i - 1 - even(m, 100) : i;
        choice = m->seed;
        drg_records r = make_report(m, i, of, reports);
        status = store_add(s, &r, error);
    }
    if (status == DRG_OK) {
        status = store_finish(s, error);
    }
    store_close(s);
    return status;
}

int main(int argc, char **argv) {
    static maker m;
    drg_error error = {0};
    long reports = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
    u64 seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    if (reports < 1 || reports > 100000000) {
        fprintf(stderr, "Usage: make_desk DESK REPORTS [SEED]\n");
        return 2;
    }
    m.seed = seed;
    arena_open(&m.memory, (size_t)16 << 20);
    drg_status status = read_tables(&m, &error);
    if (status == DRG_OK) {
        status = make_all(&m, argv[1], (u32)reports, seed, &error);
    }
    arena_close(&m.memory);
    knowledge_close(&m.known);
    if (status != DRG_OK) {
        fprintf(stderr, "make_desk: %s: %s\n", error.source, error.message);
    }
    return status == DRG_OK ? 0 : 1;
}
