// SPDX-License-Identifier: Apache-2.0
/* Actors in the formats of TABARI and PETRARCH: a record is a phrase, its synonyms, its codes.
 *
 *     GOLLUM  # pas 27 Apr 03
 *     +SMEAGOL
 *         [HOB <950601]
 *         [HOBREB >990816]
 *     WEST_GERMAN  [GMWGOV]           TABARI: all on one line; the words are the beginnings of words
 *
 * Every code is one of every phrase of its record, in whatever order they stand. */
#include "base/dictionary.h"
#include "who/own_lists.h"

typedef struct {
    span text;
    u32 line;
} record_phrase;

typedef struct {
    petrarch_code code;
    u32 line;
} record_code;

typedef struct {
    own_list *list;
    LIST(record_phrase) phrases;
    LIST(record_code) codes;
    bool spoilt; /* a code of it was wrong and told */
} record;

static bool is_short(const u32 *pieces, u32 count, const symbols *words) {
    u32 letters = 0;
    for (u32 i = 0; i < count; i++) {
        bool mark = pieces[i] == PIECE_GAP || pieces[i] == PIECE_STEM;
        letters += mark ? 0 : (u32)symbols_text(words, pieces[i]).len;
    }
    return letters <= 2;
}

/* Dictionaries are in capitals: one word wants a capital in the text, one of two letters all of them. */
static case_rule letters_of(const u32 *pieces, u32 count, const symbols *words) {
    bool one = count == 1 || (count == 2 && pieces[1] == PIECE_STEM);
    return is_short(pieces, count, words) ? CASE_ACRONYM : one ? CASE_CAPITAL : CASE_ANY;
}

static bool add_phrases(record *r, u32 row) {
    own_list *list = r->list;
    for (u32 i = 0; i < r->phrases.count; i++) {
        u32 pieces[LEXICON_PIECES + 1], count = own_split(list, r->phrases.items[i].text, pieces);
        if (count == 0 || count == NONE) {
            continue; /* told when it was read */
        }
        meaning made = {.row = row, .form = FORM_NAME, .line = r->phrases.items[i].line};
        made.letters = (u8)letters_of(pieces, count, &list->lex->known->words);
        if (!own_add_phrase(list, &list->lex->own, pieces, count, made)) {
            return false;
        }
    }
    return true;
}

static bool close_record(record *r) {
    bool plain = true, fine = true;
    if (r->phrases.count > 0 && r->codes.count == 0 && !r->spoilt) {
        own_skip(r->list, r->phrases.items[0].line, "no code: write one in brackets behind the words or on a line below, as NAME [USAGOV]");
    }
    for (u32 i = 0; i < r->codes.count; i++) { /* a person is now of the state, now in its government; a state has no sector */
        plain &= r->codes.items[i].code.silent || r->codes.items[i].code.codes[0].sector == SECTOR_NONE;
    }
    for (u32 i = 0; i < r->codes.count && r->phrases.count > 0 && fine; i++) {
        const record_code *given = &r->codes.items[i];
        lexicon_row row = {.name = r->phrases.items[0].text, .kind = ROW_ANY, .from = given->code.from, .to = given->code.to,
                           .dated = given->code.dated, .bare = plain, .why = {r->list->file, given->line}};
        u32 index = own_add_rows(r->list, row, &given->code);
        fine = index != NONE && add_phrases(r, index);
    }
    r->phrases.count = r->codes.count = 0;
    r->spoilt = false;
    return fine;
}

static bool add_codes(record *r, span codes, u32 line) {
    arena *memory = &r->list->lex->known->memory;
    span inside;
    while (dictionary_next_code(&codes, &inside)) {
        petrarch_code code;
        const char *wrong = petrarch_code_read(r->list->lex, inside, &code);
        if (wrong != NULL) {
            span shown = own_quote(inside, 60);
            own_skip(r->list, line, "[%.*s]: %s", (int)shown.len, shown.ptr, wrong);
            r->spoilt = true;
            continue;
        }
        record_code *slot = list_push(memory, &r->codes);
        if (slot == NULL) {
            return false;
        }
        *slot = (record_code){code, line};
    }
    if (memchr(codes.ptr, '[', codes.len) != NULL) {
        own_skip(r->list, line, "a bracket that does not end: write ] behind the code");
        r->spoilt = true;
    }
    return true;
}

static bool add_text(record *r, const dictionary *d) {
    u32 pieces[LEXICON_PIECES + 1], count = own_split(r->list, d->phrase, pieces);
    if (count == 0) {
        own_skip(r->list, d->line, "no letters or digits to look for");
        r->spoilt = true;
        return true;
    }
    if (count == NONE) {
        own_skip(r->list, d->line, "more than %u words: shorten it", (u32)LEXICON_PIECES);
        r->spoilt = true;
        return true;
    }
    record_phrase *slot = list_push(&r->list->lex->known->memory, &r->phrases);
    if (slot != NULL) {
        *slot = (record_phrase){d->phrase, d->line};
    }
    return slot != NULL;
}

static bool take_line(record *r, const dictionary *d) {
    switch (d->kind) {
    case DICTIONARY_PHRASE: return close_record(r) && add_text(r, d) && add_codes(r, d->codes, d->line);
    case DICTIONARY_SYNONYM: return add_text(r, d) && add_codes(r, d->codes, d->line);
    case DICTIONARY_CODES: return add_codes(r, d->codes, d->line);
    default: own_skip(r->list, d->line, "no actor: sets belong to agents, patterns and blocks to verbs"); return close_record(r);
    }
}

bool petrarch_actors_read(own_list *list) {
    dictionary d;
    record r = {.list = list};
    bool fine = true, tagged = false;
    dictionary_open(&d, list->content);
    while (fine && dictionary_next(&d)) {
        if (d.kind == DICTIONARY_TAG) { /* <NOUN>, <ADJECTIVE>: words that are no verbs; the parser knows */
            tagged = !span_starts(d.phrase, SPAN("</"));
            fine = close_record(&r);
        } else if (!tagged) {
            fine = take_line(&r, &d);
        }
    }
    return fine && close_record(&r);
}
