// SPDX-License-Identifier: Apache-2.0
/* From the tables of world/ and lang/en/who/ to phrases and their meanings.
 *
 *     countries.tsv   SYR ... Syria | Syrian Arab Republic | Syrian | Damascus
 *       {syria} -> state SYR, {syrian} -> its adjective, {damascus} -> its capital
 *     titles.tsv      army chief of staff   MIL office
 *     agents.tsv      protester             OPP crowd     {protester} and {protesters}
 *
 * A bad row is told to the knowledge log with its line, and the rest loads. */
#include "base/calendar.h"
#include "base/table.h"
#include "who/own_lists.h"

/* ---------------------------------------------------------------- codes and dates */

bool lexicon_read_code(span text, actor_code *code) {
    span primary = span_next_field(&text, ' '), rest = span_trim(text);
    *code = (actor_code){.sector = (u16)sector_find(rest)};
    if (primary.len != 3 || (rest.len > 0 && code->sector == SECTOR_NONE)) {
        return false;
    }
    memcpy(code->primary, primary.ptr, 3);
    return true;
}

bool lexicon_read_time(const table *t, lexicon_row *row) {
    span from = table_field(t, "from"), to = table_field(t, "to");
    row->from = INT32_MIN;
    row->to = INT32_MAX;
    if ((from.len > 0 && !calendar_read_part(from, false, &row->from)) || (to.len > 0 && !calendar_read_part(to, true, &row->to))) {
        table_skip(t, "no such day in from or to: write 2011, 2011-03 or 2011-03-15");
        return false;
    }
    if (row->from > row->to) {
        table_skip(t, "from %.*s is after to %.*s: turn them round", (int)from.len, from.ptr, (int)to.len, to.ptr);
        return false;
    }
    row->dated = from.len + to.len > 0;
    return true;
}

/* ---------------------------------------------------------------- world/ */

typedef struct {
    const char *file;
    row_kind kind;
} world_table;

static source_line here(const table *t) { return (source_line){t->id, t->line}; }

static bool read_code_column(const table *t, row_kind kind, actor_code *code) {
    span text = table_field(t, kind == ROW_OUTLET ? "country" : "code");
    span role = kind == ROW_ORGANISATION ? table_field(t, "sector") : kind == ROW_OUTLET ? SPAN("MED") : (span){"", 0};
    if (!lexicon_read_code(text, code)) {
        return false;
    }
    if (role.len > 0 && code->sector == SECTOR_NONE) {
        code->sector = (u16)sector_find(role);
        return code->sector != SECTOR_NONE;
    }
    return true;
}

bool lexicon_add_row_forms(lexicon *lex, phrase_table *in, const table *t, u32 row) {
    static const struct {
        const char *column;
        form_kind form;
    } columns[] = {{"name", FORM_NAME}, {"aliases", FORM_NAME}, {"adjectives", FORM_ADJECTIVE}, {"demonyms", FORM_DEMONYM},
                   {"capital", FORM_CAPITAL}, {"bywords", FORM_BYWORD}};
    bool region = lex->rows.items[row].kind == ROW_REGION, fine = true;
    for (u32 i = 0; i < COUNT_OF(columns) && fine; i++) {
        fine = lexicon_add_forms(lex, in, table_field(t, columns[i].column), row, region && i < 2 ? FORM_REGION : columns[i].form);
    }
    return fine;
}

/* "Republic of Kenya" in the aliases: {republic}. */
static symbol style_of(const lexicon *lex, span names) {
    while (names.len > 0) {
        span name = span_trim(span_next_field(&names, ';'));
        u32 pieces[LEXICON_PIECES], count = lexicon_split(&lex->known->words, NULL, name, pieces, LEXICON_PIECES);
        for (u32 i = 0; i + 1 < count; i++) {
            u32 class = pieces[i] == NONE ? NONE : map_find(&lex->refer, pieces[i]), next = map_find(&lex->refer, pieces[i + 1]);
            if (class != NONE && class >= REFER_PAIR && (class & REFER_STATE) && next == REFER_OF) {
                return pieces[i];
            }
        }
    }
    return NONE;
}

static bool note_home(lexicon *lex, const table *t, u32 row) {
    const lexicon_row *made = &lex->rows.items[row];
    u32 packed, pieces[LEXICON_PIECES];
    memcpy(&packed, made->code.primary, 4);
    u32 older = map_find(&lex->states, packed);
    if (made->kind == ROW_STATE && (older == NONE || lex->rows.items[older].to != INT32_MAX)) {
        span domain = table_field(t, "iso2");
        if (made->style != NONE && !map_set(&lex->styles, made->style, 1)) {
            return false;
        }
        symbol label = domain.len == 2 ? symbols_add_lower(&lex->known->words, domain) : NONE;
        return map_set(&lex->states, packed, row) && (label == NONE || map_set(&lex->domains, label, row));
    }
    u32 count = made->kind != ROW_OUTLET
                    ? 0
                    : lexicon_split(NULL, &lex->known->words, table_field(t, "domain"), pieces, LEXICON_PIECES);
    return count == 0 || map_set(&lex->outlets, map_key_of_symbols(pieces, count), row);
}

static drg_status load_world(lexicon *lex, const world_table *which, drg_error *error) {
    table t;
    drg_status status = table_open(&t, lex->known, which->file, error);
    if (status == DRG_ERROR_DATA && which->kind != ROW_STATE) {
        source_line nowhere = {NONE, 0};
        knowledge_complain(lex->known, nowhere, "%s is missing: its actors are not known", which->file);
        return DRG_OK; /* a user may keep some tables only; countries are needed */
    }
    DRG_TRY(status);
    while (table_next(&t)) {
        lexicon_row row = {.name = table_field(&t, "name"), .kind = (u8)which->kind, .style = NONE, .why = here(&t), .partner = NONE};
        row.office = table_field(&t, "office");
        row.style = which->kind == ROW_STATE ? style_of(lex, table_field(&t, "aliases")) : NONE;
        if (row.name.len == 0) {
            table_skip(&t, "no name: fill the name column");
            continue;
        }
        if (!lexicon_read_time(&t, &row)) {
            continue;
        }
        if (!read_code_column(&t, which->kind, &row.code)) {
            if (which->kind != ROW_OUTLET) {
                table_skip(&t, "no actor code: write a three-letter primary and, if any, a sector, as \"SYR MIL\"");
            }
            continue;
        }
        lexicon_row *slot = list_push(&lex->known->memory, &lex->rows);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, which->file, t.line, "out of memory");
        }
        *slot = row;
        if (!lexicon_add_row_forms(lex, &lex->names, &t, lex->rows.count - 1) || !note_home(lex, &t, lex->rows.count - 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, which->file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

/* ---------------------------------------------------------------- lang/en/who/ */

static const char *const word_kind_names[] = {"office", "rank", "relational", "honorific", "former", "modifier", "group", "body", "arm", "crowd"};

bool lexicon_read_word_kind(span text, u8 *kind) {
    for (u32 i = 0; i < COUNT_OF(word_kind_names); i++) {
        if (span_eq(text, span_of(word_kind_names[i]))) {
            *kind = (u8)i;
            return true;
        }
    }
    return false;
}

/* The regular plural of a noun phrase: "-s", "-es" after a hiss, "-ies" for consonant and y. */
static span make_plural(span word, char *buffer, size_t room) {
    size_t len = word.len;
    char last = word.ptr[len - 1], before = len > 1 ? word.ptr[len - 2] : ' ';
    if (len + 4 > room || last == 's') {
        return (span){"", 0};
    }
    memcpy(buffer, word.ptr, len);
    bool vowel = memchr("aeiou", before, 5) != NULL;
    if (last == 'y' && !vowel) {
        memcpy(buffer + len - 1, "ies", 3);
        return (span){buffer, len + 2};
    }
    bool hiss = last == 'x' || last == 'z' || (last == 'h' && (before == 'c' || before == 's'));
    memcpy(buffer + len, hiss ? "es" : "s", hiss ? 2 : 1);
    return (span){buffer, len + (hiss ? 2 : 1)};
}

/* The noun of a title: "foreign minister" and "minister of health" are both {minister}. */
static symbol noun_of(lexicon *lex, span text) {
    u32 pieces[LEXICON_PIECES], count = lexicon_split(NULL, &lex->known->words, text, pieces, LEXICON_PIECES);
    for (u32 i = 1; i < count; i++) {
        u32 class = map_find(&lex->refer, pieces[i]);
        if (class == REFER_OF || class == REFER_IN) {
            return pieces[i - 1];
        }
    }
    return count > 0 ? pieces[count - 1] : NONE;
}

/* The user's word of the same phrase, or NONE. */
static u32 own_word(const lexicon *lex, span text) {
    u32 pieces[LEXICON_PIECES], count = lexicon_split(&lex->known->words, NULL, text, pieces, LEXICON_PIECES);
    u32 found = lex->known->own.count == 0 || count == 0 ? NONE : lexicon_find(&lex->agents, pieces, count);
    u32 word = found == NONE ? NONE : lex->meanings.items[found].row;
    return word != NONE && lex->words.items[word].list > 0 ? word : NONE;
}

/* A word of ours that the user's list has too: its sector is the user's, its kind ours unless the user says. */
static void yield_to_own(lexicon *lex, lexicon_word *word) {
    u32 at = own_word(lex, word->text);
    if (at == NONE) {
        return;
    }
    lexicon_word *own = &lex->words.items[at];
    word->sector = own->sector;
    word->why = own->why;
    if (own->vague) {
        own->kind = word->kind == WORD_RELATIONAL || word->kind == WORD_ARM || word->kind >= WORD_GROUP || word->kind == WORD_OFFICE ? word->kind : own->kind;
        own->gender = word->gender;
        own->homeless = word->homeless;
    }
}

bool lexicon_add_noun(lexicon *lex, lexicon_word word, span plural, bool titles) {
    char buffer[128];
    lexicon_word *slot = list_push(&lex->known->memory, &lex->words);
    if (slot == NULL) {
        return false;
    }
    word.noun = noun_of(lex, word.text);
    *slot = word;
    u32 row = lex->words.count - 1;
    plural = plural.len == 0 && word.text.len > 0 ? make_plural(word.text, buffer, sizeof buffer) : plural;
    meaning one = {.row = row, .word = true, .letters = (u8)(lexicon_case_of(word.text) == CASE_ACRONYM && word.list == 0 ? CASE_ACRONYM : CASE_ANY)};
    meaning many = {.row = row, .letters = one.letters, .word = true, .plural = true};
    bool noun = word.kind != WORD_HONORIFIC && word.kind != WORD_FORMER && word.kind != WORD_MODIFIER &&
                (word.list > 0 || !lex->known->only_own[LIST_AGENTS]);
    return (!titles || (lexicon_add_phrase(lex, &lex->titles, word.text, one) && lexicon_add_phrase(lex, &lex->titles, plural, many))) &&
           (!noun || (lexicon_add_phrase(lex, &lex->agents, word.text, one) && lexicon_add_phrase(lex, &lex->agents, plural, many)));
}

/* The sector column; a user's list may have one that is not ours. */
static bool read_role(const table *t, u32 list, u16 *role) {
    span text = table_field(t, "sector");
    *role = (u16)sector_find(text);
    if (text.len > 0 && *role == SECTOR_NONE && list > 0) {
        *role = sector_pack(text);
    }
    return text.len == 0 || *role != SECTOR_NONE;
}

drg_status lexicon_read_words(lexicon *lex, table *t, const char *column, u32 list, drg_error *error) {
    bool is_title = span_eq(span_of(column), SPAN("phrase"));
    while (table_next(t)) {
        lexicon_word word = {.text = table_field(t, column), .why = here(t), .list = list, .kind = WORD_GROUP};
        span gender = table_field(t, "gender"), kind = table_field(t, "kind");
        word.gender = gender.len > 0 ? gender.ptr[0] : '\0';
        word.vague = list > 0 && kind.len == 0;
        if (word.text.len == 0 || (!word.vague && !lexicon_read_word_kind(kind, &word.kind)) || !read_role(t, list, &word.sector)) {
            table_skip(t, "no word, or unknown kind or sector: see the head of lang/en/who/%s.tsv for those that are known",
                       is_title ? "titles" : "agents");
            continue;
        }
        word.head = span_eq(table_field(t, "head"), SPAN("yes"));
        span firm = table_field(t, "firm");
        word.firm = span_eq(firm, SPAN("yes")) ? FIRM_ALWAYS : span_eq(firm, SPAN("named")) ? FIRM_NAMED : FIRM_NEVER;
        word.homeless = span_eq(table_field(t, "home"), SPAN("-"));
        span style = table_field(t, "style");
        word.style = style.len > 0 ? symbols_add_lower(&lex->known->words, style) : NONE;
        if (list == 0) {
            yield_to_own(lex, &word);
        }
        if (!lexicon_add_noun(lex, word, table_field(t, "plural"), is_title)) {
            return drg_fail(error, DRG_ERROR_MEMORY, t->file, t->line, "out of memory");
        }
    }
    return DRG_OK;
}

static drg_status load_words(lexicon *lex, const char *file, const char *column, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, lex->known, file, error));
    return lexicon_read_words(lex, &t, column, 0, error);
}

typedef struct {
    const char *name;
    u32 value;
} named_value;

/* A two-column table of pieces: the second column is one of `values`.  Bits (>= 16) add up. */
static drg_status load_pieces(lexicon *lex, const char *file, const char *key, const char *column, const named_value *values,
                              u32 value_count, map *into, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, lex->known, file, error));
    while (table_next(&t)) {
        u32 pieces[LEXICON_PIECES];
        u32 count = lexicon_split(NULL, &lex->known->words, table_field(&t, key), pieces, LEXICON_PIECES);
        span name = table_field(&t, column);
        u32 at = 0;
        while (at < value_count && !span_eq(name, span_of(values[at].name))) {
            at++;
        }
        if (count == 0 || at == value_count) {
            table_skip(&t, "unknown word in column %s: see the head of the file", column);
            continue;
        }
        u32 piece = pieces[count - 1], old = map_find(into, piece), value = values[at].value;
        if (!map_set(into, piece, old != NONE && value >= REFER_PAIR ? old | value : value)) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

/* local.tsv: "backbenchers" are British. */
static drg_status load_local(lexicon *lex, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, lex->known, "lang/en/who/local.tsv", error));
    while (table_next(&t)) {
        u32 pieces[LEXICON_PIECES], packed = 0;
        u32 count = lexicon_split(NULL, &lex->known->words, table_field(&t, "word"), pieces, LEXICON_PIECES);
        span code = table_field(&t, "code");
        memcpy(&packed, code.ptr, code.len < 3 ? code.len : 3);
        u32 row = map_find(&lex->states, packed);
        if (count != 1 || code.len != 3 || (row == NONE && !lex->known->only_own[LIST_ACTORS])) {
            table_skip(&t, "want one word and the code of a state, as \"crore\" and \"IND\"");
        } else if (row != NONE && !map_set(&lex->local, pieces[0], row)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "lang/en/who/local.tsv", t.line, "out of memory");
        }
    }
    return DRG_OK;
}

/* nouns.tsv and given.tsv: what a noun stands for, whether a given name is a man's or a woman's. */
static drg_status load_genders(lexicon *lex, const char *file, const char *column, map *into, drg_error *error) {
    static const char *const names[] = {
#define NOUN_CLASS_TEXT(name, text) text,
        NOUN_CLASS_LIST(NOUN_CLASS_TEXT)
#undef NOUN_CLASS_TEXT
    };
    table t;
    DRG_TRY(table_open(&t, lex->known, file, error));
    bool given = span_eq(span_of(column), SPAN("name"));
    while (table_next(&t)) {
        span text = table_field(&t, column), gender = table_field(&t, "gender"), class = table_field(&t, "class");
        u32 pieces[LEXICON_PIECES] = {NONE}, value = 0;
        u32 count = given ? lexicon_split(NULL, &lex->known->words, text, pieces, LEXICON_PIECES) : 1;
        while (value < COUNT_OF(names) && !span_eq(class, span_of(names[value]))) {
            value++;
        }
        bool known = gender.len == 0 ? !given : gender.len == 1 && (gender.ptr[0] == 'm' || gender.ptr[0] == 'f');
        if (text.len == 0 || count == 0 || value == COUNT_OF(names) || !known) {
            table_complain(&t, "unknown class or gender: see the head of the file for those that are known");
            continue;
        }
        u32 letter = gender.len == 1 ? (u32)(unsigned char)gender.ptr[0] : 0;
        symbol key = given ? pieces[0] : symbols_add(&lex->known->words, text);
        if (key == NONE || !map_set(into, key, given ? letter : value | letter << 8)) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

/* Which holders are heads of states: the first words of their offices say so ("president of the republic"). */
static void mark_heads(lexicon *lex) {
    for (u32 i = 0; i < lex->rows.count; i++) {
        lexicon_row *row = &lex->rows.items[i];
        u32 pieces[LEXICON_PIECES];
        u32 count = row->kind == ROW_HOLDER ? lexicon_split(&lex->known->words, NULL, row->office, pieces, LEXICON_PIECES) : 0;
        u32 found = count == 0 ? NONE : lexicon_find(&lex->titles, pieces, count);
        row->head = found != NONE && lex->words.items[lex->meanings.items[found].row].head;
    }
}

void lexicon_prepare(lexicon *lex) {
    arena *memory = &lex->known->memory;
    map *maps[] = {&lex->names.longest, &lex->names.phrases, &lex->titles.longest, &lex->titles.phrases, &lex->agents.longest,
                   &lex->agents.phrases, &lex->refer, &lex->compounds, &lex->local, &lex->particles, &lex->states, &lex->outlets, &lex->domains, &lex->styles,
                   &lex->nouns, &lex->given, &lex->own.longest, &lex->own.phrases, &lex->own.gaps, &lex->agents.gaps, &lex->coined, &lex->cameo};
    for (u32 i = 0; i < COUNT_OF(maps); i++) {
        map_open(maps[i], memory);
    }
}

drg_status lexicon_open(lexicon *lex, drg_error *error) {
    static const world_table tables[] = {
        {"world/countries.tsv", ROW_STATE},   {"world/regions_of_states.tsv", ROW_REGION}, {"world/organs.tsv", ROW_ORGAN},
        {"world/groups.tsv", ROW_GROUP},      {"world/organisations.tsv", ROW_ORGANISATION}, {"world/holders.tsv", ROW_HOLDER},
        {"world/outlets.tsv", ROW_OUTLET},    {"lang/en/who/regions.tsv", ROW_REGION},
    };
    static const named_value classes[] = {
        {"he", REFER_HE}, {"she", REFER_SHE}, {"it", REFER_IT}, {"they", REFER_THEY}, {"i", REFER_I}, {"we", REFER_WE},
        {"relative", REFER_RELATIVE}, {"both", REFER_BOTH}, {"several", REFER_SEVERAL}, {"of", REFER_OF}, {"in", REFER_IN}, {"to", REFER_TO}, {"nowhere", REFER_NOWHERE}, {"you", REFER_YOU}, {"this", REFER_THIS},
        {"the", REFER_THE}, {"pair", REFER_PAIR}, {"state", REFER_STATE},
        {"organisation", REFER_ORGANISATION}, {"speech", REFER_SPEECH}, {"peer", REFER_PEER},
    };
    static const named_value effects[] = {{"drop", COMPOUND_DROP}, {"keep", COMPOUND_KEEP}, {"particle", COMPOUND_PARTICLE}, {"money", COMPOUND_MONEY}};
    lexicon_prepare(lex);
    DRG_TRY(load_pieces(lex, "lang/en/who/references.tsv", "word", "class", classes, COUNT_OF(classes), &lex->refer, error));
    for (u32 i = 0; i < COUNT_OF(tables) && !lex->known->only_own[LIST_ACTORS]; i++) {
        DRG_TRY(load_world(lex, &tables[i], error));
    }
    DRG_TRY(own_open(lex, error));
    if (!lex->known->only_own[LIST_AGENTS]) {
        DRG_TRY(load_words(lex, "lang/en/who/agents.tsv", "noun", error));
    }
    DRG_TRY(load_words(lex, "lang/en/who/titles.tsv", "phrase", error));
    mark_heads(lex);
    DRG_TRY(load_genders(lex, "lang/en/who/nouns.tsv", "noun", &lex->nouns, error));
    DRG_TRY(load_genders(lex, "lang/en/who/given.tsv", "name", &lex->given, error));
    DRG_TRY(load_pieces(lex, "lang/en/who/particles.tsv", "part", "kind", effects, COUNT_OF(effects), &lex->particles, error));
    DRG_TRY(load_local(lex, error));
    return load_pieces(lex, "lang/en/who/compounds.tsv", "part", "effect", effects, COUNT_OF(effects), &lex->compounds, error);
}
