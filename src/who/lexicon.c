// SPDX-License-Identifier: Apache-2.0
/* From the tables of world/ and lang/en/who/ to phrases and their meanings.
 *
 *     countries.tsv   SYR ... Syria | Syrian Arab Republic | Syrian | Damascus
 *       {syria} -> state SYR, {syrian} -> its adjective, {damascus} -> its capital
 *     titles.tsv      army chief of staff   MIL office
 *     agents.tsv      protester             OPP crowd     {protester} and {protesters}
 *
 * A bad row is told to the knowledge log with its line, and the rest loads. */
#include <utf8proc.h>

#include "base/table.h"
#include "who/lexicon.h"

/* ---------------------------------------------------------------- pieces */

/* Lower case without accents: "Erdoğan" and "Erdogan" are one piece.  Returns bytes written. */
static u32 fold_letter(u32 code, char *out) {
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, parts, COUNT_OF(parts),
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_STABLE,
                                                     &boundary);
    u32 size = 0;
    for (utf8proc_ssize_t i = 0; i < count && i < 4; i++) {
        u32 part = parts[i] == 0x131 ? 'i' : parts[i] == 0x142 ? 'l' : parts[i] == 0xF8 ? 'o' : parts[i] == 0x111 ? 'd' : (u32)parts[i];
        size += utf8_encode(part, out + size);
    }
    return size;
}

static symbol note_piece(const symbols *find, symbols *add, span piece) {
    return add != NULL ? symbols_add(add, piece) : symbols_find(find, piece);
}

u32 lexicon_split(const symbols *find, symbols *add, span text, u32 *pieces, u32 room) {
    char buffer[96];
    u32 size = 0, count = 0, width;
    for (size_t at = 0; at <= text.len && count < room; at += width) {
        width = 1;
        u32 code = at < text.len ? utf8_decode(text, at, &width) : ' ';
        bool quote = code == '\'' || code == 0x2019 || code == 0x2018 || code == 0x60 || code == 0xB4 || code == 0x2BB || code == 0x2BC;
        size_t behind = at + width;
        /* A possessive stands alone: "magistrate's" is {magistrate, s}. */
        bool possessive = quote && behind < text.len && (text.ptr[behind] == 's' || text.ptr[behind] == 'S') &&
                          (behind + 1 == text.len || text.ptr[behind + 1] == ' ');
        bool mark = code >= 0x300 && code < 0x370; /* an accent on its own */
        if (code == '.' || mark || (quote && !possessive)) {
            continue;
        }
        bool letter = code < 128 ? ascii_is_alnum((int)code) || code == '&' : utf8_is_letter(code);
        if (letter && size + 16 < sizeof buffer) {
            if (code < 128) {
                buffer[size++] = ascii_to_lower((char)code);
            } else {
                size += fold_letter(code, buffer + size);
            }
        } else if (!letter && size > 0) {
            pieces[count++] = note_piece(find, add, (span){buffer, size});
            size = 0;
        }
    }
    return count;
}

u32 lexicon_find(const phrase_table *in, const u32 *pieces, u32 count) {
    return map_find(&in->phrases, map_key_of_symbols(pieces, count));
}

/* ---------------------------------------------------------------- codes and dates */

sector lexicon_read_sector(span text) {
    for (u32 s = SECTOR_NONE + 1; s < SECTOR_COUNT; s++) {
        if (span_eq(text, span_of(sector_name((sector)s)))) {
            return (sector)s;
        }
    }
    return SECTOR_NONE;
}

bool lexicon_read_code(span text, actor_code *code) {
    span primary = span_next_field(&text, ' '), rest = span_trim(text);
    *code = (actor_code){.sector = (u8)lexicon_read_sector(rest)};
    if (primary.len != 3 || (rest.len > 0 && code->sector == SECTOR_NONE)) {
        return false;
    }
    memcpy(code->primary, primary.ptr, 3);
    return true;
}

/* Days since 1970-01-01 of a civil date (H. Hinnant, "chrono-compatible low-level date algorithms"). */
static i32 days_of(i32 year, i32 month, i32 day) {
    year -= month <= 2;
    i32 era = (year >= 0 ? year : year - 399) / 400, in_era = year - era * 400;
    i32 in_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 + in_year - 719468;
}

/* "2000-07-17", "2000-07", "2000"; empty is `open`.  `last` asks for the end of the month or year. */
static i32 read_date(span text, bool last, i32 open) {
    i32 part[3] = {0, 0, 0};
    u32 parts = 0;
    while (text.len > 0 && parts < 3) {
        span field = span_next_field(&text, '-');
        for (size_t i = 0; i < field.len; i++) {
            if (!ascii_is_digit(field.ptr[i]) || field.len > 4) {
                return open;
            }
            part[parts] = part[parts] * 10 + (field.ptr[i] - '0');
        }
        parts++;
    }
    if (parts == 0 || part[0] < 1 || part[1] > 12 || part[2] > 31) {
        return open;
    }
    if (parts == 1) {
        return last ? days_of(part[0], 12, 31) : days_of(part[0], 1, 1);
    }
    if (parts == 2) {
        return last ? days_of(part[0] + part[1] / 12, part[1] % 12 + 1, 1) - 1 : days_of(part[0], part[1], 1);
    }
    return days_of(part[0], part[1], part[2]);
}

/* ---------------------------------------------------------------- phrases */

static case_rule case_of(span form) {
    u32 upper = 0, lower = 0;
    bool first_upper = false, first = true;
    for (size_t at = 0; at < form.len;) {
        u32 width, code = utf8_decode(form, at, &width);
        at += width;
        if (utf8_is_letter(code)) {
            bool is_upper = utf8_is_upper(code);
            first_upper = first ? is_upper : first_upper;
            first = false;
            upper += is_upper;
            lower += !is_upper;
        }
    }
    if (upper > 1 && lower == 0) {
        return CASE_ACRONYM;
    }
    return upper > 0 && (first_upper || upper > 1) ? CASE_CAPITAL : upper > 0 ? CASE_CAPITAL : CASE_ANY;
}

static bool add_phrase(lexicon *lex, phrase_table *in, span form, meaning made) {
    u32 pieces[LEXICON_PIECES];
    u32 count = lexicon_split(NULL, &lex->known->words, form, pieces, LEXICON_PIECES);
    if (count == 0) {
        return true;
    }
    u32 longest = map_find(&in->longest, pieces[0]);
    if ((longest == NONE || longest < count) && !map_set(&in->longest, pieces[0], count)) {
        return false;
    }
    u64 key = map_key_of_symbols(pieces, count);
    u32 at = map_find(&in->phrases, key), index = lex->meanings.count;
    for (u32 seen = at; seen != NONE; seen = lex->meanings.items[seen].next) {
        meaning *old = &lex->meanings.items[seen];
        if (old->row == made.row && old->form == made.form && old->letters == made.letters) {
            return true;
        }
        if (old->next == NONE) {
            old->next = index;
            break;
        }
    }
    meaning *slot = list_push(&lex->known->memory, &lex->meanings);
    if (slot == NULL || (at == NONE && !map_set(&in->phrases, key, index))) {
        return false;
    }
    made.next = NONE;
    *slot = made;
    return true;
}

/* Every form of a `;` list as a phrase that means `row`. */
static bool add_forms(lexicon *lex, span list, u32 row, form_kind form) {
    while (list.len > 0) {
        span item = span_trim(span_next_field(&list, ';'));
        meaning made = {.row = row, .form = (u8)form, .letters = (u8)case_of(item)};
        if (item.len > 0 && !add_phrase(lex, &lex->names, item, made)) {
            return false;
        }
    }
    return true;
}

/* ---------------------------------------------------------------- world/ */

typedef struct {
    const char *file;
    row_kind kind;
} world_table;

static source_line here(const table *t) { return (source_line){t->from->files.count - 1, t->line}; }

static bool read_code_column(const table *t, row_kind kind, actor_code *code) {
    span text = table_field(t, kind == ROW_OUTLET ? "country" : "code");
    span role = kind == ROW_ORGANISATION ? table_field(t, "sector") : kind == ROW_OUTLET ? SPAN("MED") : (span){"", 0};
    if (!lexicon_read_code(text, code)) {
        return false;
    }
    if (role.len > 0 && code->sector == SECTOR_NONE) {
        code->sector = (u8)lexicon_read_sector(role);
    }
    return true;
}

static bool add_row_forms(lexicon *lex, const table *t, row_kind kind, u32 row) {
    bool region = kind == ROW_REGION;
    return add_forms(lex, table_field(t, "name"), row, region ? FORM_REGION : FORM_NAME) &&
           add_forms(lex, table_field(t, "aliases"), row, region ? FORM_REGION : FORM_NAME) &&
           add_forms(lex, table_field(t, "adjectives"), row, FORM_ADJECTIVE) &&
           add_forms(lex, table_field(t, "demonyms"), row, FORM_DEMONYM) &&
           add_forms(lex, table_field(t, "capital"), row, FORM_CAPITAL) &&
           add_forms(lex, table_field(t, "bywords"), row, FORM_BYWORD);
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
        lexicon_row row = {.name = table_field(&t, "name"), .kind = (u8)which->kind, .style = NONE, .why = here(&t)};
        row.from = read_date(table_field(&t, "from"), false, INT32_MIN);
        row.to = read_date(table_field(&t, "to"), true, INT32_MAX);
        row.office = table_field(&t, "office");
        row.style = which->kind == ROW_STATE ? style_of(lex, table_field(&t, "aliases")) : NONE;
        if (row.name.len == 0) {
            table_complain(&t, "no name: fill the name column");
            continue;
        }
        if (!read_code_column(&t, which->kind, &row.code)) {
            if (which->kind != ROW_OUTLET) {
                table_complain(&t, "no actor code: write a three-letter primary and, if any, a sector, as \"SYR MIL\"");
            }
            continue;
        }
        lexicon_row *slot = list_push(&lex->known->memory, &lex->rows);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, which->file, t.line, "out of memory");
        }
        *slot = row;
        if (!add_row_forms(lex, &t, which->kind, lex->rows.count - 1) || !note_home(lex, &t, lex->rows.count - 1)) {
            return drg_fail(error, DRG_ERROR_MEMORY, which->file, t.line, "out of memory");
        }
    }
    return DRG_OK;
}

/* ---------------------------------------------------------------- lang/en/who/ */

static const char *const word_kind_names[] = {"office", "rank", "relational", "honorific", "former", "modifier", "group", "body", "arm", "crowd"};

static bool read_word_kind(span text, u8 *kind) {
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

static bool add_word(lexicon *lex, const table *t, span text, u32 row, bool is_title) {
    char buffer[128];
    span plural = table_field(t, "plural");
    if (plural.len == 0 && text.len > 0) {
        plural = make_plural(text, buffer, sizeof buffer);
    }
    meaning one = {.row = row, .letters = (u8)(case_of(text) == CASE_ACRONYM ? CASE_ACRONYM : CASE_ANY)};
    meaning many = {.row = row, .letters = one.letters, .plural = true};
    bool noun = lex->words.items[row].kind != WORD_HONORIFIC && lex->words.items[row].kind != WORD_FORMER &&
                lex->words.items[row].kind != WORD_MODIFIER;
    return (!is_title || (add_phrase(lex, &lex->titles, text, one) && add_phrase(lex, &lex->titles, plural, many))) &&
           (!noun || (add_phrase(lex, &lex->agents, text, one) && add_phrase(lex, &lex->agents, plural, many)));
}

static drg_status load_words(lexicon *lex, const char *file, const char *column, drg_error *error) {
    table t;
    DRG_TRY(table_open(&t, lex->known, file, error));
    bool is_title = span_eq(span_of(column), SPAN("phrase"));
    while (table_next(&t)) {
        lexicon_word word = {.text = table_field(&t, column), .why = here(&t)};
        span role = table_field(&t, "sector"), gender = table_field(&t, "gender");
        word.sector = (u8)lexicon_read_sector(role);
        word.gender = gender.len > 0 ? gender.ptr[0] : '\0';
        if (word.text.len == 0 || !read_word_kind(table_field(&t, "kind"), &word.kind) ||
            (role.len > 0 && word.sector == SECTOR_NONE)) {
            table_complain(&t, "unknown kind or sector: see the head of the file for those that are known");
            continue;
        }
        lexicon_word *slot = list_push(&lex->known->memory, &lex->words);
        if (slot == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, t.line, "out of memory");
        }
        word.head = span_eq(table_field(&t, "head"), SPAN("yes"));
        word.homeless = span_eq(table_field(&t, "home"), SPAN("-"));
        word.noun = noun_of(lex, word.text);
        span style = table_field(&t, "style");
        word.style = style.len > 0 ? symbols_add_lower(&lex->known->words, style) : NONE;
        *slot = word;
        if (!add_word(lex, &t, word.text, lex->words.count - 1, is_title)) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, t.line, "out of memory");
        }
    }
    return DRG_OK;
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
            table_complain(&t, "unknown word in column %s: see the head of the file", column);
            continue;
        }
        u32 piece = pieces[count - 1], old = map_find(into, piece), value = values[at].value;
        if (!map_set(into, piece, old != NONE && value >= REFER_PAIR ? old | value : value)) {
            return drg_fail(error, DRG_ERROR_MEMORY, file, t.line, "out of memory");
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

drg_status lexicon_open(lexicon *lex, drg_error *error) {
    static const world_table tables[] = {
        {"world/countries.tsv", ROW_STATE},   {"world/regions_of_states.tsv", ROW_REGION}, {"world/organs.tsv", ROW_ORGAN},
        {"world/groups.tsv", ROW_GROUP},      {"world/organisations.tsv", ROW_ORGANISATION}, {"world/holders.tsv", ROW_HOLDER},
        {"world/outlets.tsv", ROW_OUTLET},    {"lang/en/who/regions.tsv", ROW_REGION},
    };
    static const named_value classes[] = {
        {"he", REFER_HE}, {"she", REFER_SHE}, {"it", REFER_IT}, {"they", REFER_THEY}, {"i", REFER_I}, {"we", REFER_WE},
        {"relative", REFER_RELATIVE}, {"both", REFER_BOTH}, {"of", REFER_OF}, {"in", REFER_IN}, {"to", REFER_TO}, {"nowhere", REFER_NOWHERE}, {"you", REFER_YOU}, {"this", REFER_THIS},
        {"the", REFER_THE}, {"pair", REFER_PAIR}, {"state", REFER_STATE},
        {"organisation", REFER_ORGANISATION}, {"speech", REFER_SPEECH},
    };
    static const named_value effects[] = {{"drop", 0}, {"keep", 1}, {"particle", 2}};
    arena *memory = &lex->known->memory;
    map *maps[] = {&lex->names.longest, &lex->names.phrases, &lex->titles.longest, &lex->titles.phrases, &lex->agents.longest,
                   &lex->agents.phrases, &lex->refer, &lex->compounds, &lex->particles, &lex->states, &lex->outlets, &lex->domains, &lex->styles,
                   &lex->nouns, &lex->given};
    for (u32 i = 0; i < COUNT_OF(maps); i++) {
        map_open(maps[i], memory);
    }
    DRG_TRY(load_pieces(lex, "lang/en/who/references.tsv", "word", "class", classes, COUNT_OF(classes), &lex->refer, error));
    for (u32 i = 0; i < COUNT_OF(tables); i++) {
        DRG_TRY(load_world(lex, &tables[i], error));
    }
    DRG_TRY(load_words(lex, "lang/en/who/agents.tsv", "noun", error));
    DRG_TRY(load_words(lex, "lang/en/who/titles.tsv", "phrase", error));
    mark_heads(lex);
    DRG_TRY(load_genders(lex, "lang/en/who/nouns.tsv", "noun", &lex->nouns, error));
    DRG_TRY(load_genders(lex, "lang/en/who/given.tsv", "name", &lex->given, error));
    DRG_TRY(load_pieces(lex, "lang/en/who/particles.tsv", "part", "kind", effects, COUNT_OF(effects), &lex->particles, error));
    return load_pieces(lex, "lang/en/who/compounds.tsv", "part", "effect", effects, COUNT_OF(effects), &lex->compounds, error);
}
