// SPDX-License-Identifier: Apache-2.0
#include "who/own_lists.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/dictionary.h"
#include "base/table.h"

void own_skip(const own_list *list, u32 line, const char *format, ...) {
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (char *c = text; *c != '\0'; c++) { /* what a terminal would obey */
        *c = (unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c;
    }
    knowledge_tell(list->lex->known, COMPLAINT_SKIPPED, (source_line){list->file, line}, "%s", text);
}

span own_quote(span text, size_t bytes) {
    size_t end = text.len < bytes ? text.len : bytes;
    while (end < text.len && end > 0 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) {
        end--;
    }
    return span_cut(text, 0, end);
}

/* ---------------------------------------------------------------- codes */

static drg_status load_cameo(lexicon *lex, drg_error *error) {
    static const char *const names[] = {[CAMEO_PRIMARY] = "primary", [CAMEO_GENERAL] = "general", [CAMEO_SECTOR] = "sector"};
    table t;
    DRG_TRY(table_open(&t, lex->known, "world/cameo_actors.tsv", error));
    while (table_next(&t)) {
        span part = table_field(&t, "code"), as = table_field(&t, "as"), ours = table_field(&t, "ours");
        u32 kind = 0, packed = 0;
        while (kind < COUNT_OF(names) && !span_eq(as, span_of(names[kind]))) {
            kind++;
        }
        if (part.len != 3 || ours.len != 3 || kind == COUNT_OF(names)) {
            table_skip(&t, "write a part of three letters, primary, general or sector, and ours");
            continue;
        }
        cameo_part *slot = list_push(&lex->known->memory, &lex->cameo_parts);
        memcpy(&packed, part.ptr, 3);
        if (slot == NULL || !map_set(&lex->cameo, packed, lex->cameo_parts.count - 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t.file, t.line, "out of memory");
        }
        slot->as = (u8)kind;
        memcpy(slot->ours, ours.ptr, 3);
    }
    return DRG_OK;
}

/* A primary that is not ours is kept with its sector, and a bare one is a state's. */
static bool note_primary(lexicon *lex, u32 index) {
    const lexicon_row *row = &lex->rows.items[index];
    u32 packed;
    memcpy(&packed, row->code.primary, 4);
    if (row->silent || packed == 0 || row->code.primary[0] == '-') {
        return true;
    }
    u32 state = map_find(&lex->states, packed);
    bool ours = map_find(&lex->cameo, packed) != NONE || (state != NONE && lex->rows.items[state].list == 0);
    bool names_state = row->kind == ROW_STATE || (row->kind == ROW_ANY && row->bare);
    if (!ours && map_find(&lex->coined, packed) == NONE) {
        knowledge_tell(lex->known, COMPLAINT_NOTE, row->why, "code %s is not one of ours: kept as it is", row->code.primary);
    }
    u64 own_sector = (u64)1 << 32 | row->code.sector;
    if (row->code.sector >= SECTOR_OWN && map_find(&lex->coined, own_sector) == NONE) {
        char text[12];
        span shown = actor_code_print(row->code, text);
        knowledge_tell(lex->known, COMPLAINT_NOTE, row->why, "the sector of %.*s is not one of ours: kept as it is", (int)shown.len, shown.ptr);
        if (!map_set(&lex->coined, own_sector, 1)) {
            return false;
        }
    }
    return (ours || map_set(&lex->coined, packed, 1)) && (!names_state || state != NONE || map_set(&lex->states, packed, index));
}

u32 own_add_rows(own_list *list, lexicon_row row, const petrarch_code *code) {
    lexicon *lex = list->lex;
    u32 count = code->silent ? 1 : code->count;
    row.list = list->list;
    row.style = row.partner = NONE;
    row.silent = code->silent;
    row.bare = code->bare && row.bare;
    for (u32 i = count; i-- > 0;) {
        lexicon_row *slot = list_push(&lex->known->memory, &lex->rows);
        if (slot == NULL) {
            return NONE;
        }
        row.code = code->codes[i];
        *slot = row;
        row.partner = lex->rows.count - 1;
        if (!note_primary(lex, row.partner)) {
            return NONE;
        }
    }
    return lex->rows.count - 1;
}

/* ---------------------------------------------------------------- phrases of a dictionary */

u32 own_split(const own_list *list, span phrase, u32 pieces[LEXICON_PIECES + 1]) {
    symbols *words = &list->lex->known->words;
    bool whole = dictionary_is_whole(phrase), apart;
    span word, last = {"", 0};
    u32 count = 0;
    while (dictionary_next_word(&phrase, &word, &apart)) {
        u32 found[LEXICON_PIECES], size = lexicon_split(NULL, words, word, found, LEXICON_PIECES);
        if (count + size + (apart && count > 0) > LEXICON_PIECES) {
            return NONE;
        }
        if (size > 0 && apart && count > 0) {
            pieces[count++] = PIECE_GAP;
        }
        memcpy(pieces + count, found, size * sizeof *found);
        count += size;
        last = size > 0 ? word : last;
    }
    if (count > 0 && list->stems && !whole && last.len > 2) {
        pieces[count++] = PIECE_STEM;
    }
    return count;
}

bool own_add_phrase(own_list *list, phrase_table *in, const u32 *pieces, u32 count, meaning made) {
    u32 run = 0, longest = map_find(&in->longest, pieces[0]);
    for (u32 i = 0; i < count; i++) {
        bool gap = pieces[i] == PIECE_GAP, mark = gap || pieces[i] == PIECE_STEM;
        run += !mark && run == i;
        in->stems |= pieces[i] == PIECE_STEM;
        if (gap && !map_set(&in->gaps, map_key_of_symbols(pieces, i), 1)) {
            return false;
        }
    }
    list->added++;
    return ((longest != NONE && longest >= run) || map_set(&in->longest, pieces[0], run)) && lexicon_add_pieces(list->lex, in, pieces, count, made);
}

/* ---------------------------------------------------------------- tables of actors */

/* "GON GOV", "GONGOV", "ELR/GAL"; a sector column fills what is missing. */
static const char *read_code(const table *t, const lexicon *lex, petrarch_code *code) {
    span text = table_field(t, "code"), role = table_field(t, "sector"), rest = text;
    span primary = span_next_field(&rest, ' ');
    rest = span_trim(rest);
    *code = (petrarch_code){.count = 0};
    if (rest.len == 0) {
        const char *wrong = petrarch_code_read(lex, text, code);
        if (wrong != NULL) {
            return wrong;
        }
    } else if (petrarch_code_read_one(lex, primary, &code->codes[0]) && primary.len == 3) {
        role = rest;
        code->count = 1;
    } else {
        return "no actor code: write a primary of three letters and, if any, a sector, as \"SYR MIL\"";
    }
    if (code->dated) {
        return "dates belong in the columns from and to";
    }
    if (role.len > 0 && code->count > 0 && code->codes[0].sector == SECTOR_NONE) {
        code->codes[0].sector = role.len == 3 ? petrarch_code_sector(lex, role) : SECTOR_NONE;
        code->bare = false;
        return code->codes[0].sector != SECTOR_NONE ? NULL : "no sector: write three letters, as GOV or MIL";
    }
    return NULL;
}

/* The kind column; without a word there the other columns tell. */
static row_kind read_kind(const table *t) {
    span kind = table_field(t, "kind");
    if (span_eq(kind, SPAN("person")) || (kind.len == 0 && table_field(t, "office").len > 0)) {
        return ROW_HOLDER;
    }
    bool forms = table_field(t, "adjectives").len + table_field(t, "demonyms").len + table_field(t, "capital").len > 0;
    if (span_eq(kind, SPAN("state")) || (kind.len == 0 && forms)) {
        return ROW_STATE;
    }
    return kind.len == 0 ? ROW_ANY : ROW_GROUP;
}

static drg_status read_actors(own_list *list, table *t, drg_error *error) {
    lexicon *lex = list->lex;
    while (table_next(t)) {
        petrarch_code code;
        lexicon_row row = {.name = table_field(t, "name"), .kind = (u8)read_kind(t), .why = {t->id, t->line}, .bare = true};
        row.office = table_field(t, "office");
        const char *wrong = row.name.len == 0 ? "no name: fill the name column" : read_code(t, lex, &code);
        if (wrong != NULL) {
            table_skip(t, "%s", wrong);
            continue;
        }
        if (!lexicon_read_time(t, &row)) {
            continue;
        }
        u32 index = own_add_rows(list, row, &code);
        list->added++;
        if (index == NONE || !lexicon_add_row_forms(lex, &lex->own, t, index)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t->file, t->line, "out of memory");
        }
    }
    return DRG_OK;
}

/* Columns of other tables of ours may stand in a list, and are not read. */
static void check_columns(const table *t, bool agents) {
    static const char *const known[] = {"name aliases adjectives demonyms capital bywords code sector kind office from to country regions source note",
                                        "noun phrase sector kind plural gender home head style source note"};
    for (u32 i = 0; i < t->column_count; i++) {
        bool found = false;
        for (span words = span_of(known[agents]); words.len > 0 && !found;) {
            found = span_eq(span_next_field(&words, ' '), t->header[i]);
        }
        if (!found) {
            span shown = own_quote(t->header[i], 60);
            table_complain(t, "column \"%.*s\" is not known and not used; known: %s", (int)shown.len, shown.ptr, known[agents]);
        }
    }
}

static drg_status read_table(own_list *list, bool agents, drg_error *error) {
    table t;
    DRG_TRY(table_open_text(&t, list->lex->known, list->content, error));
    check_columns(&t, agents);
    const char *word = agents ? (table_has(&t, "phrase") ? "phrase" : "noun") : "name", *code = agents ? "sector" : "code";
    if (!table_has(&t, word) || !table_has(&t, code)) {
        table_skip(&t, "a table of %s needs the columns %s and %s: nothing of it is used", agents ? "agents" : "actors", word, code);
        list->added = 1; /* told already */
        return DRG_OK;
    }
    if (!agents) {
        return read_actors(list, &t, error);
    }
    u32 before = list->lex->words.count;
    DRG_TRY(lexicon_read_words(list->lex, &t, word, list->list, error));
    list->added = list->lex->words.count - before;
    return DRG_OK;
}

/* ---------------------------------------------------------------- lists */

/* The first line that is no comment has tabs and no brackets: it names columns. */
static bool is_table(span content) {
    while (content.len > 0) {
        span line = span_trim(span_next_field(&content, '\n'));
        if (line.len > 0 && line.ptr[0] != '#') {
            return memchr(line.ptr, '\t', line.len) != NULL && memchr(line.ptr, '[', line.len) == NULL;
        }
    }
    return false;
}

static drg_status read_list(lexicon *lex, u32 number, drg_error *error) {
    knowledge_own *given = &lex->known->own.items[number];
    own_list list = {.lex = lex, .list = number + 1};
    bool agents = given->kind == LIST_AGENTS, fine;
    DRG_TRY(knowledge_read_own(lex->known, given, &list.content, error));
    list.file = given->file;
    given->content = list.content;
    if (is_table(list.content)) {
        DRG_TRY(read_table(&list, agents, error));
    } else {
        list.stems = dictionary_is_tabari(list.content);
        fine = agents ? petrarch_agents_read(&list) : petrarch_actors_read(&list);
        if (!fine) {
            return drg_fail(error, DRG_ERROR_MEMORY, given->path, 0, "out of memory");
        }
    }
    if (list.added == 0) {
        own_skip(&list, 1, "nothing in it could be used: is it a table (tabs, the first line names the columns) or a dictionary (NAME [CODE])?");
    }
    return DRG_OK;
}

drg_status own_open(lexicon *lex, drg_error *error) {
    if (lex->known->own.count == 0) {
        return DRG_OK;
    }
    DRG_TRY(load_cameo(lex, error));
    for (u32 i = lex->known->own.count; i-- > 0;) { /* the last one first: its meanings come first */
        if (lex->known->own.items[i].kind <= LIST_AGENTS) {
            DRG_TRY(read_list(lex, i, error));
        }
    }
    return DRG_OK;
}
