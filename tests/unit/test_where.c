// SPDX-License-Identifier: Apache-2.0
/* What the gazetteer answers, which place a name is taken for, and which deed it belongs to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "where/gazetteer.h"
#include "where/where.h"
#include "words.h"

typedef struct {
    knowledge known;
    where_tables *tables;
    gazetteer gazetteer;
    arena memory;
    report r;
} fixture;

static int open_tables(void **state) {
    static fixture f;
    const char *data = getenv("DRAGOMAN_DATA");
    assert_int_equal(knowledge_open(&f.known, data != NULL ? data : ".", NULL), DRG_OK);
    assert_int_equal(where_open(&f.tables, &f.known, NULL), DRG_OK);
    assert_int_equal(gazetteer_open(&f.gazetteer, &f.known, NULL), DRG_OK);
    assert_int_equal(f.known.complaints.count, 0);
    arena_open(&f.memory, (size_t)64 << 20);
    *state = &f;
    return 0;
}

static int close_tables(void **state) {
    fixture *f = *state;
    arena_close(&f->memory);
    where_close(f->tables);
    knowledge_close(&f->known);
    return 0;
}

static const char *places_in(fixture *f, const char *text) {
    static char out[2000];
    size_t size = 0;
    out[0] = 0;
    arena_reset(&f->memory);
    assert_true(words_open(&f->r, &f->known, &f->memory, span_of(text)));
    assert_int_equal(where_run(f->tables, &f->r, NULL), DRG_OK);
    for (u32 i = 0; i < f->r.places.count; i++) {
        const place *p = &f->r.places.items[i];
        range at = {f->r.tokens.items[p->first].text.start, f->r.tokens.items[p->end - 1].text.end};
        span words = report_cut(&f->r, at);
        size += (size_t)snprintf(out + size, sizeof out - size, "%s%.*s=%s%s", i ? "; " : "", (int)words.len, words.ptr,
                                 p->country, p->adjective ? "*" : "");
    }
    return out;
}

static void test_gazetteer(void **state) {
    fixture *f = *state;
    gazetteer_place found[24];
    assert_true(f->gazetteer.rows.count > 150000);
    u32 count = gazetteer_find(&f->gazetteer, SPAN("paris"), found, 24);
    assert_true(count > 5);
    assert_string_equal(found[0].country, "FRA");
        assert_int_equal(gazetteer_find(&f->gazetteer, SPAN("Kiev"), found, 2), 2);
    assert_int_equal(found[0].kind, GAZETTEER_UNIT); /* the division before the town */
    assert_int_equal(found[1].id, 703448);
    assert_int_equal(found[1].naming, NAMED_BY_ALIAS);
    assert_int_equal(gazetteer_find(&f->gazetteer, SPAN("São Paulo"), found, 1), 1);
    assert_int_equal(gazetteer_find(&f->gazetteer, SPAN("Sao Paulo"), found, 1), 1);
    assert_int_equal(gazetteer_find(&f->gazetteer, SPAN("No Such Town Anywhere"), found, 24), 0);
    assert_int_equal(gazetteer_find(&f->gazetteer, SPAN(""), found, 24), 0);
    double km = gazetteer_distance(48.85, 2.35, 51.51, -0.13); /* Paris and London */
    assert_true(km > 343 && km < 345);
}

static const struct {
    const char *text, *places;
} cases[] = {
    {"Protesters marched in Paris on Friday.", "Paris=FRA"},
    {"Protesters marched in Paris, Texas on Friday.", "Paris=USA; Texas=USA"},
    {"Rebels left Idlib province near Aleppo.", "Idlib=SYR; Aleppo=SYR"},
    {"A flood hit Atlanta, Savannah and other towns in Georgia.", "Atlanta=USA; Savannah=USA; Georgia=USA"},
    {"Russia and Armenia asked Georgia to open the road to Tbilisi.", "Russia=RUS; Armenia=ARM; Georgia=GEO; Tbilisi=GEO"},
    {"The ship sailed from Odesa through the Black Sea.", "Odesa=UKR; Black Sea="},
    {"Let us know, he told them.", ""},
    {"The US sent envoys to Vienna.", "US=USA; Vienna=AUT"},
    {"Police searched Northern Province, Zambia on Friday.", "Northern Province=ZMB; Zambia=ZMB"},
    {"Police searched the Central Region of Ghana.", "Central Region=GHA; Ghana=GHA"},
    {"Gunmen left Katwa, eastern Congo, on Friday.", "Congo=COD"}, /* the gazetteer has only India's */
    {"Fighting spread to the North of Cameroon.", "Cameroon=CMR"},
};

static void test_cases(void **state) {
    fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(places_in(f, cases[i].text), cases[i].places);
    }
}

static void test_dateline(void **state) {
    fixture *f = *state;
    places_in(f, "DAMASCUS, July 9 (Agency) - Troops left Homs.");
    assert_int_equal(f->r.dateline_place, 0);
    assert_string_equal(f->r.places.items[0].country, "SYR");
    places_in(f, "Troops left Homs.");
    assert_int_equal(f->r.dateline_place, NONE);
}

/* "Rebels shelled Aleppo in Syria": the place with the preposition, not the object. */
static void test_owner(void **state) {
    fixture *f = *state;
    assert_string_equal(places_in(f, "Rebels from Homs shelled villages in Idlib"), "Homs=SYR; Idlib=SYR");
    static const u32 heads[] = {3, 2, 0, NONE, 3, 6, 3};
    static const u8 relations[] = {DEPREL_nsubj, DEPREL_case, DEPREL_nmod, DEPREL_root, DEPREL_obj, DEPREL_case, DEPREL_obl};
    for (u32 i = 0; i < COUNT_OF(heads); i++) {
        f->r.tokens.items[i].head = heads[i];
        f->r.tokens.items[i].deprel = relations[i];
        f->r.tokens.items[i].upos = i == 3 ? UPOS_VERB : UPOS_NOUN;
    }
    assert_int_equal(where_place_of(&f->r, 3), 1);
    assert_int_equal(where_place_of(&f->r, NONE), NONE);
}

/* Ten thousand names of many places each. */
static void test_hostile(void **state) {
    fixture *f = *state;
    static char text[300000];
    static const char *const names[] = {"San Antonio", "Springfield", "Santa Cruz", "Paris", "Georgia", "Victoria", "X", "St."};
    size_t size = 0;
    for (u32 i = 0; size + 40 < sizeof text; i++) {
        size += (size_t)snprintf(text + size, sizeof text - size, "in %s, ", names[i % COUNT_OF(names)]);
    }
    places_in(f, "");
    arena_reset(&f->memory);
    assert_true(words_open(&f->r, &f->known, &f->memory, (span){text, size}));
    assert_int_equal(where_run(f->tables, &f->r, NULL), DRG_OK);
    assert_true(f->r.places.count > 10000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gazetteer), cmocka_unit_test(test_cases),   cmocka_unit_test(test_dateline),
        cmocka_unit_test(test_owner),     cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
