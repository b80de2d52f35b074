// SPDX-License-Identifier: Apache-2.0
/* Verb dictionaries, line by line.
 *
 *     &TIES                        a synonym set, and its phrases
 *     +RELATIONS
 *     --- ABANDON [160] ---        PETRARCH: a block with its code ...
 *     ABANDON                      ... its verbs, which may have codes of their own
 *     QUIT {QUITS QUIT} [161]
 *     - * &TIES [161]              ... and its patterns
 *     ~ a (b c ATTACK) SAY = a b 112   PETRARCH2: what two verbs are together
 *
 *     ABANDON [160] ;note          TABARI: every verb is a block of its own
 *     - * DIPLOMATIC [161]
 *
 * A file with blocks is PETRARCH's, and PETRARCH2's when its patterns have ( ) or { } or it has changes. */
#include "what/verb_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/dictionary.h"
#include "base/table.h"
#include "base/utf8.h"

#define CHANGE_PARTS 12

static void tell(verb_reader *rd, complaint_kind kind, const char *format, va_list arguments) {
    char text[400];
    vsnprintf(text, sizeof text, format, arguments);
    for (char *c = text; *c != '\0'; c++) { /* what a terminal would obey, and letters cut in two */
        *c = (unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c;
    }
    span whole = span_of(text);
    while (whole.len > 0 && !utf8_is_valid(whole)) {
        whole.len--;
    }
    knowledge_tell(rd->known, kind, rd->where, "%.*s", (int)whole.len, whole.ptr);
}

void verb_skip(verb_reader *rd, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    tell(rd, COMPLAINT_SKIPPED, format, arguments);
    va_end(arguments);
}

void verb_note(verb_reader *rd, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    tell(rd, COMPLAINT_NOTE, format, arguments);
    va_end(arguments);
}

/* ------------------------------------------------------------------ codes and categories */

static drg_status read_categories(verb_tables *tables, drg_error *error) {
    table file;
    DRG_TRY(table_open(&file, tables->known, "world/cameo.tsv", error));
    while (table_next(&file)) {
        u32 which = 0;
        span name = table_field(&file, "plover"), mode = table_field(&file, "mode");
        while (which < CATEGORY_COUNT && !span_eq(name, span_of(what_category_name(which)))) {
            which++;
        }
        symbol *slot_ = list_push(&tables->known->memory, &tables->modes);
        symbol code = symbols_add(&tables->known->words, table_field(&file, "code"));
        if (slot_ == NULL || !map_set(&tables->categories, code, which << 16 | (tables->modes.count - 1))) {
            return drg_fail(error, DRG_ERROR_MEMORY, "verbs", 0, "out of memory");
        }
        *slot_ = mode.len > 0 ? symbols_add(&tables->known->words, mode) : NONE;
    }
    return DRG_OK;
}

static drg_status read_together(verb_tables *tables, drg_error *error) {
    table file;
    symbols *words = &tables->known->words;
    DRG_TRY(table_open(&file, tables->known, "world/cameo_together.tsv", error));
    while (table_next(&file)) {
        u64 outer = symbols_add(words, table_field(&file, "outer"));
        symbol inner = symbols_add(words, table_field(&file, "inner"));
        if (!map_set(&tables->together, outer << 32 | inner, symbols_add(words, table_field(&file, "together")))) {
            return drg_fail(error, DRG_ERROR_MEMORY, "verbs", 0, "out of memory");
        }
    }
    return DRG_OK;
}

symbol verbs_together(const verb_tables *tables, symbol outer, symbol inner) {
    symbol found = NONE;
    span code = inner == NONE ? SPAN("") : symbols_text(&tables->known->words, inner);
    for (; outer != NONE && code.len >= 2 && found == NONE; code.len--) {
        symbol beginning = symbols_find(&tables->known->words, code);
        found = beginning == NONE ? NONE : map_find(&tables->together, (u64)outer << 32 | beginning);
    }
    return found;
}

/* The code as it is, or cut down to one that CAMEO has; NONE when it has none of them. */
static symbol nearest_code(const verb_tables *tables, span code) {
    for (; code.len >= 2; code.len--) {
        symbol id = symbols_find(&tables->known->words, code);
        if (id != NONE && map_find(&tables->categories, id) != NONE) {
            return id;
        }
    }
    return NONE;
}

static void check_half(verb_reader *rd, symbol code) {
    verb_tables *t = rd->tables;
    if (code == NONE || map_find(&t->categories, code) != NONE) {
        return;
    }
    span text = symbols_text(&rd->known->words, code);
    symbol near = nearest_code(t, text);
    if (near != NONE) {
        span known = symbols_text(&rd->known->words, near);
        verb_note(rd, "code %.*s is none of CAMEO's: kept, with the category of %.*s", (int)text.len, text.ptr, (int)known.len, known.ptr);
    } else {
        verb_note(rd, "code %.*s is none of CAMEO's: kept, its events have no category", (int)text.len, text.ptr);
    }
    u32 as = near == NONE ? CATEGORY_COUNT << 16 | 0xFFFF : map_find(&t->categories, near);
    rd->full |= !map_set(&t->categories, code, as);
}

/* The first bracket.  False when there is none that can be read; `there` says whether there was one. */
static bool first_code(verb_reader *rd, span codes, verb_code *out, bool *there) {
    span inside, second;
    *there = codes.len > 0;
    if (!*there) {
        return false;
    }
    if (!dictionary_next_code(&codes, &inside)) {
        verb_skip(rd, "a bracket that does not end: write ] behind the code");
        return false;
    }
    if (!verb_read_code(rd, inside, out)) {
        return false;
    }
    if (dictionary_next_code(&codes, &second)) {
        verb_note(rd, "a second code: the first counts");
    }
    check_half(rd, out->forward);
    check_half(rd, out->back);
    return true;
}

/* ------------------------------------------------------------------ rules */

static u32 add_rule(verb_reader *rd, span name, verb_code code) {
    verb_rule *made = list_push(&rd->known->memory, &rd->tables->rules);
    if (made == NULL) {
        rd->full = true;
        return NONE;
    }
    *made = (verb_rule){.name = name, .where = rd->where, .code = code, .needed = NONE, .adds_up = rd->format == DICTIONARY_OF_PETRARCH2};
    rd->added++;
    return rd->tables->rules.count - 1;
}

/* Patterns are tried in this order: of more parts first, then as they stand in the file. */
static int compare_patterns(const void *a, const void *b) {
    const verb_pattern *x = a, *y = b;
    return x->parts != y->parts ? (x->parts > y->parts ? -1 : 1) : (x->rule > y->rule) - (x->rule < y->rule);
}

static void close_block(verb_reader *rd) {
    if (rd->block == NONE) {
        return;
    }
    verb_block *b = &rd->tables->blocks.items[rd->block];
    b->end_pattern = rd->tables->patterns.count;
    if (b->end_pattern > b->first_pattern) {
        qsort(rd->tables->patterns.items + b->first_pattern, b->end_pattern - b->first_pattern, sizeof *rd->tables->patterns.items, compare_patterns);
    }
    rd->block = NONE;
}

static void open_block(verb_reader *rd) {
    close_block(rd);
    verb_block *made = list_push(&rd->known->memory, &rd->tables->blocks);
    rd->full |= made == NULL;
    if (made != NULL) {
        made->first_pattern = made->end_pattern = rd->tables->patterns.count;
        rd->block = rd->tables->blocks.count - 1;
    }
    rd->set = NONE;
    rd->verb_rule = NONE;
}

static void read_block(verb_reader *rd, span text, span codes) {
    bool there;
    open_block(rd);
    (void)text;
    rd->has_code = first_code(rd, codes, &rd->code, &there);
    if (!there) {
        verb_note(rd, "the block has no code: its verbs are coded where they or a pattern have one");
    }
    if (!rd->has_code) {
        rd->code = (verb_code){.forward = NONE, .back = NONE, .silent = true};
    }
}

/* "{GAVE" without its end. */
static void check_forms(verb_reader *rd, const dictionary *d) {
    const char *at = d->forms.ptr + d->forms.len;
    while (d->has_forms && at < rd->content_end && (*at == ' ' || *at == '\t')) {
        at++;
    }
    if (d->has_forms && (at == rd->content_end || *at != '}')) {
        verb_note(rd, "a brace that does not end: the forms are taken to end with the line");
    }
}

static void read_verb(verb_reader *rd, const dictionary *d) {
    verb_code code;
    bool there, tabari = rd->format == DICTIONARY_OF_TABARI;
    bool own = first_code(rd, d->codes, &code, &there);
    if (there && !own) {
        return;
    }
    if (tabari) {
        open_block(rd);
    } else if (rd->block == NONE) {
        verb_skip(rd, "a verb outside a block: write --- NAME [CODE] --- above it");
        return;
    }
    if (!own) {
        code = tabari ? (verb_code){.forward = NONE, .back = NONE, .silent = true} : rd->code;
    }
    check_forms(rd, d);
    u32 rule = add_rule(rd, d->phrase, code);
    rd->verb = d->phrase;
    rd->verb_rule = rule;
    rd->full |= rule == NONE || !verb_add_forms(rd, d->phrase, d->forms, d->has_forms, rule);
}

/* TABARI: the line { FORM FORM } below a verb. */
static void read_forms(verb_reader *rd, const dictionary *d) {
    if (rd->block == NONE || rd->verb_rule == NONE) {
        verb_skip(rd, "forms without a verb above them");
        return;
    }
    rd->full |= !verb_add_forms(rd, rd->verb, d->forms, true, rd->verb_rule);
}

static symbol needed_word(const verb_tables *t, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        if (t->items.items[i].kind == PATTERN_WORD && !t->items.items[i].stem) {
            return t->items.items[i].what;
        }
    }
    return NONE;
}

static void read_pattern(verb_reader *rd, const dictionary *d) {
    verb_code code;
    u32 first, end;
    bool there;
    if (rd->block == NONE) {
        verb_skip(rd, "a pattern without a verb above it");
        return;
    }
    if (!first_code(rd, d->codes, &code, &there)) {
        if (!there) {
            verb_skip(rd, "no code: write one in brackets behind the pattern, as - * TREATY [161]");
        }
        return;
    }
    if (!verb_read_items(rd, d->phrase, true, &first, &end)) {
        return;
    }
    u32 rule = add_rule(rd, d->phrase, code);
    verb_rule *made = rule == NONE ? NULL : &rd->tables->rules.items[rule];
    for (u32 i = first; i < end && made != NULL; i++) {
        made->verb_item = rd->tables->items.items[i].kind == PATTERN_VERB ? i : made->verb_item;
    }
    if (made != NULL) {
        made->first_item = first;
        made->end_item = end;
        made->needed = needed_word(rd->tables, first, end);
        made->negated = verb_items_negate(rd->tables, first, end);
    }
    verb_pattern *listed = made == NULL ? NULL : list_push(&rd->known->memory, &rd->tables->patterns);
    rd->full |= listed == NULL;
    if (listed != NULL) {
        *listed = (verb_pattern){rule, end - first};
    }
}

/* ------------------------------------------------------------------ sets */

static void open_set(verb_reader *rd, span name) {
    verb_tables *t = rd->tables;
    bool plain = dictionary_is_whole(name);
    close_block(rd);
    while (name.len > 0 && name.ptr[name.len - 1] == '_') {
        name.len--;
    }
    for (size_t i = 0; i < name.len; i++) {
        if (!ascii_is_alnum(name.ptr[i]) && name.ptr[i] != '-') {
            name.len = 0;
        }
    }
    if (name.len == 0 || name.len > 60) {
        verb_skip(rd, "no set: write &NAME, letters and digits alone");
        rd->set = NONE;
        return;
    }
    symbol id = symbols_add_lower(&rd->known->words, name);
    rd->set = map_find(&t->set_names, id);
    if (rd->set != NONE) {
        verb_note(rd, "the set stands above already: its phrases are added");
        return;
    }
    synonym_set *made = list_push(&rd->known->memory, &t->sets);
    rd->full |= made == NULL || !map_set(&t->set_names, id, t->sets.count - 1);
    if (made != NULL) {
        *made = (synonym_set){.name = id, .plain = plain};
        rd->set = t->sets.count - 1;
    }
}

static void read_set_phrase(verb_reader *rd, span words) {
    u32 first, end;
    bool exact = rd->tables->sets.items[rd->set].plain || dictionary_is_whole(words);
    if (!verb_read_items(rd, words, false, &first, &end)) {
        return;
    }
    rd->tables->items.items[end - 1].exact = exact;
    for (u32 i = first; i < end; i++) {
        const pattern_item *item = &rd->tables->items.items[i];
        if (item->kind == PATTERN_SET && item->what == rd->set) {
            verb_skip(rd, "a set cannot hold itself");
            return;
        }
    }
    rd->full |= !verb_add_phrase(rd->tables, rd->set, first, end);
    rd->added++;
}

/* ------------------------------------------------------------------ changes */

static bool is_side(span text) { return text.len == 1 && (ascii_is_alnum(text.ptr[0]) || text.ptr[0] == '.' || text.ptr[0] == '_'); }

/* The block of a verb; a change may name verbs that stand nowhere: it is left out then. */
static bool find_block(verb_reader *rd, span verb, u32 *found) {
    *found = NONE;
    if (span_eq(verb, SPAN("Q"))) {
        return true;
    }
    symbol id = symbols_find_lower(&rd->known->words, verb);
    *found = id == NONE ? NONE : map_find(&rd->tables->base_blocks, id);
    if (*found == NONE) {
        verb_skip(rd, "%.*s is no verb of the dictionaries read so far", (int)(verb.len < 40 ? verb.len : 40), verb.ptr);
    }
    return *found != NONE;
}

/* "~ a (b c INNER) OUTER = x y CODE", cut at blanks and brackets. */
static void read_change(verb_reader *rd, span text) {
    span parts[CHANGE_PARTS];
    u32 count = 0;
    for (size_t at = 1; at < text.len;) {
        size_t end = at;
        while (end < text.len && !ascii_is_space(text.ptr[end]) && memchr("()=", text.ptr[end], 3) == NULL) {
            end++;
        }
        if (end > at && count < CHANGE_PARTS) {
            parts[count++] = span_cut(text, at, end);
        }
        at = end > at ? end : at + 1;
    }
    bool fine = count == 8 && is_side(parts[0]) && is_side(parts[1]) && is_side(parts[2]) && is_side(parts[5]) && is_side(parts[6]);
    if (!fine) {
        verb_skip(rd, "no change: write ~ a (b c INNER) OUTER = x y CODE");
        return;
    }
    verb_code code = {.forward = NONE, .back = NONE};
    verb_change made = {parts[0].ptr[0], parts[1].ptr[0], parts[2].ptr[0], parts[5].ptr[0], parts[6].ptr[0], NONE, NONE, NONE, NONE};
    bool same = span_eq(parts[7], SPAN("Q"));
    if (!find_block(rd, parts[3], &made.inner_block) || !find_block(rd, parts[4], &made.outer_block) || (!same && !verb_read_code(rd, parts[7], &code))) {
        return;
    }
    made.code = code.forward;
    check_half(rd, made.code);
    made.rule = add_rule(rd, span_trim(span_cut(text, 1, text.len)), code);
    verb_change *slot_ = list_push(&rd->known->memory, &rd->tables->changes);
    rd->full |= slot_ == NULL;
    if (slot_ != NULL) {
        *slot_ = made;
    }
}

/* ------------------------------------------------------------------ files */

/* <SYNSETS> is only a frame; <TIME>, <NOUN>, <ADJECTIVE> hold no verbs. */
static void read_tag(verb_reader *rd, span tag) {
    bool ends = tag.len > 1 && tag.ptr[1] == '/', sets = starts_caseless(span_cut(tag, ends ? 2 : 1, tag.len), SPAN("SYNSET"));
    if (!sets && !ends) {
        verb_note(rd, "%.*s ... is passed over: dates are read from the text, words by the parser", (int)(tag.len < 30 ? tag.len : 30), tag.ptr);
    }
    rd->skipping = !sets && !ends;
    rd->set = NONE;
}

static void read_entry(verb_reader *rd, dictionary *d) {
    if (d->kind == DICTIONARY_TAG) {
        read_tag(rd, d->phrase);
        return;
    }
    if (rd->skipping) {
        return;
    }
    switch (d->kind) {
    case DICTIONARY_BLOCK: read_block(rd, d->phrase, d->codes); break;
    case DICTIONARY_SYNSET: open_set(rd, d->phrase); break;
    case DICTIONARY_PATTERN: read_pattern(rd, d); break;
    case DICTIONARY_FORMS: read_forms(rd, d); break;
    case DICTIONARY_CHANGE: read_change(rd, d->phrase); break;
    case DICTIONARY_PHRASE: read_verb(rd, d); break;
    case DICTIONARY_SYNONYM:
        if (rd->set != NONE) {
            read_set_phrase(rd, d->phrase);
        } else {
            read_verb(rd, d);
        }
        break;
    default: verb_skip(rd, "neither a verb, a pattern, a set nor a block: docs/verbs.md has the formats");
    }
}

static verb_format format_of(span content) {
    dictionary d;
    verb_format found = DICTIONARY_OF_TABARI;
    dictionary_open(&d, content);
    while (dictionary_next(&d) && found != DICTIONARY_OF_PETRARCH2) {
        bool brace = memchr(d.phrase.ptr, '{', d.phrase.len) != NULL && memchr(d.phrase.ptr, '|', d.phrase.len) == NULL;
        bool clauses = d.kind == DICTIONARY_CHANGE || (d.kind == DICTIONARY_PATTERN && (brace || memchr(d.phrase.ptr, '(', d.phrase.len) != NULL));
        bool blocks = d.kind == DICTIONARY_BLOCK;
        found = clauses ? DICTIONARY_OF_PETRARCH2 : blocks ? DICTIONARY_OF_PETRARCH : found;
    }
    return found;
}

static drg_status read_list(verb_tables *tables, knowledge_own *given, drg_error *error) {
    verb_reader rd = {.tables = tables, .known = tables->known, .block = NONE, .set = NONE};
    dictionary d;
    span content;
    DRG_TRY(knowledge_read_own(tables->known, given, &content, error));
    given->content = content;
    rd.where.file = given->file;
    rd.content_end = content.ptr + content.len;
    rd.format = format_of(content);
    dictionary_open(&d, content);
    while (dictionary_next(&d) && !rd.full) {
        rd.where.line = d.line;
        read_entry(&rd, &d);
    }
    close_block(&rd);
    if (rd.added == 0 && !rd.full) {
        rd.where.line = 1;
        verb_skip(&rd, "nothing in it could be used: is it a dictionary of verbs (VERB [CODE], or --- NAME [CODE] --- and verbs)?");
    }
    tables->list_count++;
    return rd.full ? drg_fail(error, DRG_ERROR_MEMORY, given->path, 0, "out of memory") : DRG_OK;
}

drg_status verbs_open(verb_tables *tables, knowledge *k, const clause_tables *clauses, drg_error *error) {
    map *const maps[] = {&tables->set_names, &tables->phrase_index, &tables->form_index, &tables->stem_index, &tables->base_blocks, &tables->categories,
                          &tables->together};
    tables->known = k;
    tables->clauses = clauses;
    tables->only = k->only_own[LIST_VERBS];
    for (u32 i = 0; i < COUNT_OF(maps); i++) {
        map_open(maps[i], &k->memory);
    }
    for (u32 i = 0; i < k->own.count; i++) {
        if (k->own.items[i].kind == LIST_VERBS) {
            if (tables->list_count == 0) {
                DRG_TRY(read_categories(tables, error));
                DRG_TRY(read_together(tables, error));
            }
            DRG_TRY(read_list(tables, &k->own.items[i], error));
        }
    }
    return DRG_OK;
}
