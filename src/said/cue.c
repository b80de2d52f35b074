// SPDX-License-Identifier: Apache-2.0
/* In: lang/en/said/cues.tsv and channels.tsv.   Out: a lookup from a word's lemma to its rows.
 *
 * One row serves many words that behave alike:
 *
 *     deny   verb   deny   denying   speech   clause; object; ing; passive
 *
 * "Ankara denied that it had shelled the village" has the content in a clause, "denied the
 * accusation" in its object.  A lemma may stand in several rows ("call X a thief", "call for a
 * truce"): they are tried in file order and the first whose content is there decides. */
#include "said/cue.h"

#include "base/table.h"

enum { CUE_WORD_ROOM = 96 };

static u32 find_name(const char *const *names, u32 count, span name) {
    for (u32 i = 0; i < count; i++) {
        if (span_eq(span_of(names[i]), name)) {
            return i;
        }
    }
    return NONE;
}

static const char *const acts[] = {
#define CUE_NAME(name) #name,
    STATEMENT_ACT_LIST(CUE_NAME)};
static const char *const kinds[] = {STATEMENT_KIND_LIST(CUE_NAME)};
static const char *const vouches[] = {STATEMENT_VOUCH_LIST(CUE_NAME)};
static const char *const takes_names[] = {CUE_TAKES_LIST(CUE_NAME)};
#undef CUE_NAME

const char *said_act_name(u8 act) { return acts[act < COUNT_OF(acts) ? act : 0]; }
const char *said_kind_name(u8 kind) { return kinds[kind < COUNT_OF(kinds) ? kind : 0]; }
const char *said_vouch_name(u8 vouch) { return vouches[vouch < COUNT_OF(vouches) ? vouch : 0]; }

static u64 key_of(symbol lemma, u8 pos) { return (u64)lemma << 8 | pos; }

static void read_takes(table *file, span rest, cue_row *row) {
    while (rest.len > 0) {
        span one = span_trim(span_next_field(&rest, ';'));
        if (one.len > 1 && one.ptr[0] == '+') {
            symbol word = symbols_add(&file->from->words, span_cut(one, 1, one.len));
            if (row->preposition_count < CUE_PREPOSITIONS) {
                row->prepositions[row->preposition_count++] = word;
            } else {
                table_complain(file, "more than %d prepositions: use two rows", CUE_PREPOSITIONS);
            }
            continue;
        }
        u32 bit = find_name(takes_names, COUNT_OF(takes_names), one);
        if (bit == NONE) {
            table_complain(file, "unknown place of content \"%.*s\": use clause, to, ing, bare, object, passive, raise, "
                           "hearer, modifies or +preposition", (int)one.len, one.ptr);
        } else {
            row->takes |= (u16)(1u << bit);
        }
    }
}

static u32 last_entry(const cue_tables *tables, u32 entry) {
    while (tables->entries.items[entry].next != NONE) {
        entry = tables->entries.items[entry].next;
    }
    return entry;
}

static bool add_entry(cue_tables *tables, knowledge *k, symbol lemma, u8 pos, u32 row) {
    u32 first = map_find(&tables->first, key_of(lemma, pos)), added = tables->entries.count;
    cue_entry *entry = list_push(&k->memory, &tables->entries);
    if (entry == NULL) {
        return false;
    }
    *entry = (cue_entry){row, NONE};
    if (first == NONE) {
        return map_set(&tables->first, key_of(lemma, pos), added);
    }
    tables->entries.items[last_entry(tables, first)].next = added;
    return true;
}

static drg_status read_cues(cue_tables *tables, knowledge *k, drg_error *error) {
    static const char *const positions[] = {"verb", "noun", "adjective", "adverb"};
    static const u8 tags[] = {UPOS_VERB, UPOS_NOUN, UPOS_ADJ, UPOS_ADV};
    table file;
    DRG_TRY(table_open(&file, k, "lang/en/said/cues.tsv", error));
    while (table_next(&file)) {
        u32 pos = find_name(positions, COUNT_OF(positions), table_field(&file, "pos"));
        u32 act = find_name(acts, COUNT_OF(acts), table_field(&file, "act"));
        u32 kind = find_name(kinds, COUNT_OF(kinds), table_field(&file, "kind"));
        u32 vouch = find_name(vouches, COUNT_OF(vouches), table_field(&file, "vouch"));
        if (pos == NONE || act == NONE || kind == NONE || vouch == NONE) {
            table_complain(&file, "unknown pos, act, vouch or kind: use one of those named at the top of the file");
            continue;
        }
        u32 index = tables->rows.count;
        cue_row *row = list_push(&k->memory, &tables->rows);
        if (row == NULL) {
            return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
        }
        *row = (cue_row){.act = (u8)act, .vouch = (u8)vouch, .kind = (u8)kind, .where = {k->files.count - 1, file.line}};
        read_takes(&file, table_field(&file, "takes"), row);
        for (span rest = table_field(&file, "cue"); rest.len > 0;) {
            span word = span_trim(span_next_field(&rest, ';'));
            if (word.len > 0 && !add_entry(tables, k, symbols_add(&k->words, word), tags[pos], index)) {
                return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
            }
        }
    }
    return DRG_OK;
}

/* channels.tsv: closed classes of words around a cue. */
static drg_status read_classes(cue_tables *tables, knowledge *k, drg_error *error) {
    table file;
    DRG_TRY(table_open(&file, k, "lang/en/said/channels.tsv", error));
    while (table_next(&file)) {
        span class = table_field(&file, "class");
        map *into = span_eq(class, SPAN("channel"))    ? &tables->channels
                    : span_eq(class, SPAN("extra"))    ? &tables->extras
                    : span_eq(class, SPAN("negation")) ? &tables->negations
                                                       : NULL;
        if (into == NULL) {
            table_complain(&file, "unknown class: use channel, extra or negation");
            continue;
        }
        for (span rest = table_field(&file, "words"); rest.len > 0;) {
            if (!map_set(into, symbols_add(&k->words, span_trim(span_next_field(&rest, ';'))), 1)) {
                return drg_fail(error, DRG_ERROR_MEMORY, "said", 0, "out of memory");
            }
        }
    }
    return DRG_OK;
}

drg_status cue_open(cue_tables *tables, knowledge *k, drg_error *error) {
    map_open(&tables->first, &k->memory);
    map_open(&tables->channels, &k->memory);
    map_open(&tables->extras, &k->memory);
    map_open(&tables->negations, &k->memory);
    DRG_TRY(read_cues(tables, k, error));
    DRG_TRY(read_classes(tables, k, error));
    const struct {
        symbol *into;
        const char *text;
    } words[] = {{&tables->to, "to"},     {&tables->by, "by"},       {&tables->of, "of"},  {&tables->that, "that"},
                 {&tables->as, "as"},     {&tables->for_, "for"},    {&tables->from, "from"}, {&tables->about, "about"},
                 {&tables->in, "in"},     {&tables->on, "on"},       {&tables->accord, "accord"}};
    for (u32 i = 0; i < COUNT_OF(words); i++) {
        *words[i].into = symbols_add(&k->words, span_of(words[i].text));
    }
    return DRG_OK;
}

static u32 find_word(const cue_tables *tables, const symbols *words, span text, u8 pos) {
    symbol lemma = symbols_find(words, text);
    return lemma == NONE ? NONE : map_find(&tables->first, key_of(lemma, pos));
}

/* A lemma that was guessed with or without a final e ("boaste", "bemoan") is tried the other way too. */
u32 cue_find(const cue_tables *tables, const symbols *words, symbol lemma, symbol particle, u8 pos) {
    char buffer[CUE_WORD_ROOM];
    if (lemma == NONE) {
        return NONE;
    }
    span base = symbols_text(words, lemma);
    if (particle != NONE) {
        span tail = symbols_text(words, particle);
        int len = snprintf(buffer, sizeof buffer, "%.*s_%.*s", (int)base.len, base.ptr, (int)tail.len, tail.ptr);
        return len > 0 && (size_t)len < sizeof buffer ? find_word(tables, words, (span){buffer, (size_t)len}, pos) : NONE;
    }
    u32 found = map_find(&tables->first, key_of(lemma, pos));
    if (found != NONE || base.len < 2 || base.len + 2 > sizeof buffer || pos != UPOS_VERB) {
        return found;
    }
    if (base.ptr[base.len - 1] == 'e') {
        return find_word(tables, words, span_cut(base, 0, base.len - 1), pos);
    }
    memcpy(buffer, base.ptr, base.len);
    buffer[base.len] = 'e';
    return find_word(tables, words, (span){buffer, base.len + 1}, pos);
}

bool cue_is_channel(const cue_tables *tables, symbol lemma) {
    return lemma != NONE && map_find(&tables->channels, lemma) != NONE;
}
