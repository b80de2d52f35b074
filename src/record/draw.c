// SPDX-License-Identifier: Apache-2.0
/* A report's sketch: the runs of its paragraphs, and the words that tell what it is about.
 *
 * A word counts by its lemma, in the lead (the first LEAD_WORDS words) twice; function words do not count.  How rare
 * it is in news at large comes from lang/en/record/words.tsv; a word that is not listed there counts as one of two documents.
 * What the report tells is a word too, so that two reports of one event are alike beyond their wording: the category with
 * the countries of both sides, and the town.
 *
 *     "Oman and Kenya signed a fisheries accord in Muscat."   oman 2  kenya 2  sign 2  fishery 2  accord 2  muscat 2
 *                                                             AGREE KEN OMN 1 */
#include "record/sketch.h"
#include "record/work.h"

#include "base/table.h"

#define LEAD_WORDS 60
#define UNLISTED 2 /* documents that an unlisted word stands in */

struct record_words {
    map rare; /* sketch_word of the lemma -> sketch_term.rare */
    u32 documents;
};

static u32 read_count(span text) {
    u32 value = 0;
    for (size_t i = 0; i < text.len && ascii_is_digit((unsigned char)text.ptr[i]) && value < 100000000; i++) {
        value = value * 10 + (u32)(text.ptr[i] - '0');
    }
    return value;
}

static u32 rare_of(u32 documents, u32 count) {
    u32 all = sketch_log(documents), one = sketch_log(count > 0 ? count : 1);
    return all > one ? all - one : 0;
}

drg_status record_words_open(record_words **out, knowledge *k, drg_error *error) {
    table file;
    record_words *words = *out = arena_new(&k->memory, record_words, 1);
    if (words == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
    }
    map_open(&words->rare, &k->memory);
    DRG_TRY(table_open(&file, k, "lang/en/record/words.tsv", error));
    while (table_next(&file)) {
        span lemma = table_field(&file, "lemma");
        u32 count = read_count(table_field(&file, "documents"));
        if (span_eq(lemma, SPAN("*"))) {
            words->documents = count;
        } else if (count == 0 || count > words->documents) {
            table_complain(&file, "documents: a number from 1 to that of the first row");
        } else if (!map_set(&words->rare, sketch_word(lemma), rare_of(words->documents, count))) {
            return drg_fail(error, DRG_ERROR_MEMORY, "record", 0, "out of memory");
        }
    }
    return DRG_OK;
}

/* ------------------------------------------------------------------ terms */

typedef struct {
    const record_words *words;
    report *r;
    map at; /* word -> index of its term */
    LIST(sketch_term) terms;
    bool failed;
} drawing;

static void count_word(drawing *d, u32 word, u32 rare, u32 times) {
    u32 index = map_find(&d->at, word);
    if (index == NONE) {
        sketch_term *t = list_push(d->r->memory, &d->terms);
        d->failed |= t == NULL || !map_set(&d->at, word, d->terms.count - 1);
        if (t != NULL) {
            *t = (sketch_term){word, (u8)times, (u8)(rare < 255 ? rare : 255)};
        }
        return;
    }
    u32 sum = d->terms.items[index].count + times;
    d->terms.items[index].count = (u8)(sum < 255 ? sum : 255);
}

static bool is_content(u8 tag) {
    return tag == UPOS_NOUN || tag == UPOS_PROPN || tag == UPOS_VERB || tag == UPOS_ADJ || tag == UPOS_NUM;
}

static void count_words(drawing *d) {
    u32 unlisted = rare_of(d->words->documents, UNLISTED);
    for (u32 i = 0; i < d->r->tokens.count && !d->failed; i++) {
        char buffer[64];
        const token *t = report_token(d->r, i);
        if (!is_content(t->upos) || t->lemma == NONE) {
            continue;
        }
        u32 word = sketch_word(utf8_lower(symbols_text(&d->r->words, t->lemma), buffer, sizeof buffer));
        u32 rare = map_find(&d->words->rare, word);
        count_word(d, word, rare == NONE ? unlisted : rare, i < LEAD_WORDS ? 2 : 1);
    }
}

/* "AGREE IRN SYR": sorted, so that it does not matter who is named first. */
static u32 hash_sides(const drg_event *e) {
    u32 sum = 0;
    for (size_t i = 0; i < e->source_count + e->target_count; i++) {
        const drg_actor *a = i < e->source_count ? &e->source[i] : &e->target[i - e->source_count];
        if (a->code.len >= 3 && a->code.ptr[0] != '-') {
            sum += sketch_word(span_cut(a->code, 0, 3));
        }
    }
    return sum == 0 ? 0 : sum ^ sketch_word(e->plover);
}

static void count_events(drawing *d, const drg_event *events, size_t count) {
    u32 rare = rare_of(d->words->documents, UNLISTED);
    for (size_t i = 0; i < count && !d->failed; i++) {
        u32 sides = events[i].background ? 0 : hash_sides(&events[i]);
        if (sides != 0) {
            count_word(d, sides, rare, 1);
        }
    }
}

drg_status record_draw(record_work *w) {
    report *r = w->r;
    sketch_runs runs;
    sketch s = {0};
    drawing d = {.words = w->tables->words, .r = r};
    sketch_runs_open(&runs, r->memory);
    map_open(&d.at, r->memory);
    for (u32 i = 0; i < r->blocks.count; i++) {
        bool told = r->blocks.items[i].kind == BLOCK_PARAGRAPH || r->blocks.items[i].kind == BLOCK_HEADING;
        if (told && !sketch_runs_add(&runs, report_cut(r, r->blocks.items[i].text))) {
            return DRG_ERROR_MEMORY;
        }
    }
    sketch_runs_close(&runs, &s);
    count_words(&d);
    count_events(&d, w->events, w->event_count);
    unsigned char *bytes = arena_new(r->memory, unsigned char, SKETCH_BYTES);
    if (d.failed || bytes == NULL) {
        return DRG_ERROR_MEMORY;
    }
    sketch_set_terms(&s, d.terms.items, d.terms.count);
    r->records.sketch = (span){(const char *)bytes, sketch_pack(&s, bytes)};
    return DRG_OK;
}
