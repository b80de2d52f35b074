// SPDX-License-Identifier: Apache-2.0
/* A made-up desk of any size, for measuring what a real one of that size will cost.
 *
 *     make_desk DESK REPORTS [SEED]          DRAGOMAN_DATA names the data folder
 *
 * Each event has a sentence in its report that tells it in words of its category, so that the report can be read and coded
 * again:   "The army of Kenya shelled positions of the government of Ethiopia in Moyale on Tuesday, killing 4 people."
 * The rest of the text is made-up words.
 *
 * Skew as in news: a few pairs of countries, categories and outlets make most of it (a share u in [0, 1) becomes the
 * index n * u^3), words are Zipf's, a day on a weekend has fewer reports, one report in seven is another's copy, one
 * event in four was told before by somebody else.  Written through the store's own calls; the same seed gives the same
 * records.  Six events a report on average: 50,000 reports are 300,000 events. */
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/table.h"
#include "base/utf8.h"
#include "store/store.h"

#define FIRST_DAY 16436 /* 2015-01-01 */
#define DAYS 3650
#define RECENT 64
#define EVENTS 12  /* of a report, at most */
#define WORDS 400  /* of a report, at most, beside its sentences */
#define TEXT 16384 /* bytes of a report */
#define VOCABULARY 30000
#define OUTLETS 300
#define SECTORS 4

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
    u8 status, source_sector, target_sector;
    i32 dead; /* -1: not said */
} happening;

/* A report's text as it grows; offsets count code points. */
typedef struct {
    char bytes[TEXT];
    size_t used;
    u32 points;
} writing;

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

static drg_extent put(writing *w, span text) {
    drg_extent at = {w->points, w->points};
    if (text.len < sizeof w->bytes - w->used) {
        memcpy(w->bytes + w->used, text.ptr, text.len);
        w->used += text.len;
        w->points += (u32)utf8_count(text);
        at.end = w->points;
    }
    return at;
}

static void put_filler(maker *m, writing *w) {
    char line[64];
    for (u32 i = 0, words = 80 + even(m, WORDS - 80); i < words; i++) {
        size_t size = put_word(skewed(m, VOCABULARY), line);
        put(w, (span){line, size});
        put(w, i % 20 == 19 ? SPAN(". ") : SPAN(" "));
    }
}

static const char *verb_of(span plover) {
    static const char *const verbs[][2] = {
        {"AGREE", "signed an agreement with"},      {"CONSULT", "held talks with"},          {"SUPPORT", "expressed support for"},
        {"CONCEDE", "eased restrictions on"},       {"COOPERATE", "expanded trade with"},    {"AID", "sent food aid to"},
        {"RETREAT", "withdrew its troops from"},    {"REQUEST", "asked for help from"},      {"ACCUSE", "accused"},
        {"REJECT", "rejected a proposal of"},       {"THREATEN", "threatened"},              {"PROTEST", "protested against"},
        {"SANCTION", "imposed sanctions on"},       {"MOBILIZE", "massed troops against"},   {"COERCE", "arrested members of"},
        {"ASSAULT", "shelled positions of"}};
    for (size_t i = 0; i < COUNT_OF(verbs); i++) {
        if (span_eq(plover, span_of(verbs[i][0]))) {
            return verbs[i][1];
        }
    }
    return "spoke of";
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
    h.source_sector = (u8)skewed(m, SECTORS);
    h.target_sector = (u8)skewed(m, SECTORS);
    bool bloody = span_eq(m->kinds.items[h.kind].plover, SPAN("ASSAULT")) && share(m) < 0.5;
    h.dead = bloody ? 1 + (i32)skewed(m, 60) : -1;
    m->recent[m->happened++ % RECENT] = h;
    return h;
}

static const struct {
    const char *code, *name;
} sectors[SECTORS] = {{"GOV", "the government of "}, {"MIL", "the army of "}, {"CVL", "civilians in "}, {"OPP", "the opposition in "}};

/* Writes the actor's words and gives the actor. */
static const drg_actor *make_actor(maker *m, writing *w, u32 at, u8 sector, u32 entity) {
    drg_actor *a = arena_new(&m->memory, drg_actor, 1);
    char code[12], words[160];
    if (a != NULL) {
        span name = m->countries.items[at].name;
        snprintf(code, sizeof code, "%.3s %s", m->countries.items[at].code.ptr, sectors[sector].code);
        snprintf(words, sizeof words, "%s%.*s", sectors[sector].name, (int)name.len, name.ptr);
        bool opens = w->used == 0 || w->bytes[w->used - 1] == '\n' || (w->used > 1 && w->bytes[w->used - 2] == '.');
        words[0] = opens ? ascii_to_upper(words[0]) : words[0];
        a->code = keep(m, code);
        a->name = name;
        a->title = SPAN("");
        a->entity = entity;
        a->at = put(w, span_of(words));
        a->text = keep(m, words);
    }
    return a;
}

/* A copy of the place with where its words stand. */
static const drg_place *make_place(maker *m, writing *w, u32 at) {
    drg_place *p = at != NONE ? arena_new(&m->memory, drg_place, 1) : NULL;
    if (p != NULL) {
        *p = m->places.items[at];
        put(w, SPAN(" in "));
        p->at = put(w, p->name);
    }
    return p;
}

static void put_end(writing *w, const happening *h) {
    static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    char line[64];
    snprintf(line, sizeof line, " on %s", days[calendar_weekday(h->day) - 1]);
    put(w, span_of(line));
    if (h->dead > 0) {
        snprintf(line, sizeof line, ", killing %d people", (int)h->dead);
        put(w, span_of(line));
    }
}

/* The sentence and the event that it tells. */
static void make_event(maker *m, writing *w, drg_event *e, const happening *h, span id) {
    char date[16];
    const deed_kind *kind = &m->kinds.items[h->kind];
    drg_evidence *words = arena_new(&m->memory, drg_evidence, 1);
    *e = (drg_event){.id = id, .plover = kind->plover, .cameo = kind->code, .goldstein = kind->goldstein, .quad = kind->quad};
    e->mode = e->contexts = e->date_end = SPAN("");
    u32 start = w->points;
    size_t first = w->used;
    e->source = make_actor(m, w, h->source, h->source_sector, h->source);
    put(w, SPAN(" "));
    put(w, span_of(verb_of(kind->plover)));
    put(w, SPAN(" "));
    e->target = make_actor(m, w, h->target, h->target_sector, h->target);
    e->source_count = e->target_count = 1;
    e->place = make_place(m, w, h->place);
    put_end(w, h);
    if (words != NULL) {
        *words = (drg_evidence){{start, w->points}, arena_copy(&m->memory, (span){w->bytes + first, w->used - first})};
        e->evidence = words;
        e->evidence_count = 1;
    }
    e->status = (drg_event_status)h->status;
    e->date = arena_copy(&m->memory, calendar_print(h->day, date));
    e->date_basis = SPAN("said");
    e->dead = h->dead;
    e->injured = e->arrested = -1;
    e->frame = e->trigger = SPAN("made-up");
    e->entry = SPAN("made/up.frames:1");
    e->confidence = 0.5 + (h->source % 5) * 0.1;
}

/* ", the government of Kenya said": who claims it, and the claim. */
static void make_claim(maker *m, writing *w, drg_event *e, const happening *h, u32 number, drg_claim *c) {
    u32 *events = arena_new(&m->memory, u32, 1);
    char id[80];
    put(w, SPAN(", "));
    const drg_actor *speaker = make_actor(m, w, h->source, 0, h->source);
    put(w, SPAN(" "));
    drg_extent cue = put(w, SPAN("said"));
    if (events == NULL || speaker == NULL) {
        return;
    }
    *events = number;
    snprintf(id, sizeof id, "%.*s-c", (int)e->id.len, e->id.ptr);
    *c = (drg_claim){.id = keep(m, id), .speaker = *speaker, .cue = {cue, SPAN("said")}, .content = e->evidence, .content_count = 1, .channel = SPAN(""),
                     .act = e->quad == 3 ? SPAN("accuse") : SPAN("assert"), .about = e->target, .about_count = 1, .events = events, .event_count = 1};
    e->claimed_by = speaker;
    e->claimed_count = 1;
}

/* One agreement in three events of the category has a name. */
static bool make_agreement(maker *m, const drg_event *e, const happening *h, drg_agreement *g) {
    static const char *const names[] = {"grazing accord", "gas deal", "border treaty", "ceasefire", "trade pact", "prisoner exchange", "water treaty", "defence pact"};
    static const char *const stages[] = {"signed", "signed", "negotiated", "proposed", "ratified", "in force", "suspended", "ended"};
    drg_actor *parties = arena_new(&m->memory, drg_actor, 2);
    char id[80];
    if (parties == NULL || !span_eq(e->plover, SPAN("AGREE")) || h->kind % 3 == 0) {
        return false;
    }
    parties[0] = e->source[0];
    parties[1] = e->target[0];
    snprintf(id, sizeof id, "%.*s-g", (int)e->id.len, e->id.ptr);
    u32 which = (h->source * 7 + h->target * 13) % COUNT_OF(names);
    *g = (drg_agreement){.id = keep(m, id), .name = span_of(names[which]), .kind = SPAN("diplomatic"), .stage = span_of(stages[(u32)h->day % COUNT_OF(stages)]),
                         .date = e->date, .place = e->place != NULL ? e->place->name : SPAN(""), .parties = parties, .party_count = 2};
    return true;
}

/* Sentences of all events, with what else they give. */
static void tell_events(maker *m, writing *w, drg_records *r, i32 day, u32 events) {
    drg_event *made = arena_new(&m->memory, drg_event, EVENTS);
    drg_claim *claims = arena_new(&m->memory, drg_claim, EVENTS);
    drg_agreement *agreements = arena_new(&m->memory, drg_agreement, EVENTS);
    char id[64];
    for (u32 i = 0; i < events && made != NULL && claims != NULL && agreements != NULL; i++) {
        happening h = make_happening(m, day);
        snprintf(id, sizeof id, "%.*s-%02u", (int)r->id.len, r->id.ptr, i);
        make_event(m, w, &made[i], &h, keep(m, id));
        if (h.status == DRG_STATUS_CLAIMED) {
            make_claim(m, w, &made[i], &h, i, &claims[r->claim_count++]);
        }
        r->agreement_count += make_agreement(m, &made[i], &h, &agreements[r->agreement_count]);
        put(w, i % 3 == 2 ? SPAN(".\n\n") : SPAN(". "));
        r->event_count++;
    }
    r->events = made;
    r->claims = claims;
    r->agreements = agreements;
}

/* The report of this number; `of` is whose words and deeds it repeats. */
static drg_records make_report(maker *m, u32 number, u32 of, u32 reports) {
    static writing w;
    char line[120], date[16];
    m->seed = (u64)of * 0x2545f4914f6cdd1dULL + 1; /* so that a copy comes out as its original */
    i32 day = FIRST_DAY + (i32)((u64)of * DAYS / reports);
    day -= calendar_weekday(day) > 5 && share(m) < 0.5 ? 2 : 0;
    u32 events = 1 + even(m, EVENTS - 1);
    drg_records r = {.lang = SPAN("en"), .url = SPAN(""), .caption = SPAN("")};
    snprintf(line, sizeof line, "made-%08u", number);
    r.id = keep(m, line);
    w.used = w.points = 0;
    tell_events(m, &w, &r, day, events);
    put(&w, SPAN("\n\n"));
    put_filler(m, &w);
    r.text = arena_copy(&m->memory, (span){w.bytes, w.used});
    m->seed ^= number * 0x9e3779b97f4a7c15ULL; /* from here on its own */
    u32 paper = skewed(m, OUTLETS);
    snprintf(line, sizeof line, "Outlet %u", paper);
    r.outlet = keep(m, line);
    snprintf(line, sizeof line, "Owner %u", paper / 3);
    r.owner = keep(m, line);
    span title = r.event_count > 0 && r.events[0].evidence_count > 0 ? r.events[0].evidence[0].text : SPAN("");
    r.title = arena_copy(&m->memory, title);
    r.date = arena_copy(&m->memory, calendar_print(day, date));
    r.words = 200;
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
