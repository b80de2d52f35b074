// SPDX-License-Identifier: Apache-2.0
/* Agents in the formats of TABARI and PETRARCH: nouns, their plurals and the sector they give.
 *
 *     !MINIST! = MINISTER, MINISTERS        a set, for the phrases below
 *     ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~GOV]
 *     POLICE {} [~COP]                      no plural
 *     !MINIST!_OF_X [~GOV]                  one phrase for each of the set
 *
 * Without braces the plural is regular.  [CODE~] is read as [~CODE]: ours has one sector, wherever it stands. */
#include "base/dictionary.h"
#include "who/own_lists.h"

#define EXPANDED 256 /* bytes of a phrase with its sets filled in */
#define SETS 3       /* most sets in one phrase */
#define FILLED 1024  /* most phrases that one makes */
#define FILLED_ALL 100000 /* ... and all of a list */

typedef struct {
    span name, items;
} agent_set;

typedef struct {
    own_list *list;
    LIST(agent_set) sets;
    map by_name;
    lexicon_word word; /* of the line being read */
    span forms;
    bool has_forms;
    u32 line, filled;
    arena scratch; /* lifetime: a line */
} agents;

static bool add_set(agents *a, const dictionary *d) {
    arena *memory = &a->list->lex->known->memory;
    symbol name = symbols_add(&a->list->lex->known->words, d->phrase);
    agent_set *slot = list_push(memory, &a->sets);
    if (d->phrase.len == 0 || d->forms.len == 0) {
        own_skip(a->list, d->line, "a set without a name or items: write !NAME! = A, B, C");
        a->sets.count -= slot != NULL;
        return slot != NULL;
    }
    if (slot == NULL || name == NONE) {
        return false;
    }
    *slot = (agent_set){d->phrase, d->forms};
    return map_set(&a->by_name, name, a->sets.count - 1);
}

static bool add_form(agents *a, span phrase, u32 word, bool plural) {
    u32 pieces[LEXICON_PIECES + 1], count = own_split(a->list, phrase, pieces);
    if (count == 0 || count == NONE) {
        own_skip(a->list, a->line, count == 0 ? "no letters or digits to look for" : "too many words: shorten it");
        return true;
    }
    for (u32 i = 0; i < count; i++) {
        if (pieces[i] == PIECE_GAP) { /* nouns stand together */
            memmove(pieces + i, pieces + i + 1, (--count - i) * sizeof *pieces);
            i--;
        }
    }
    meaning made = {.row = word, .word = true, .letters = CASE_ANY, .plural = plural, .line = a->line};
    return own_add_phrase(a->list, &a->list->lex->agents, pieces, count, made);
}

/* "GOLDEN_GOOSE" -> "golden goose" */
static span plain_text(agents *a, span phrase) {
    char buffer[EXPANDED];
    size_t size = 0;
    while (phrase.len > 0 && phrase.ptr[phrase.len - 1] == '_') {
        phrase.len--;
    }
    for (size_t i = 0; i < phrase.len && size < sizeof buffer; i++) {
        buffer[size++] = phrase.ptr[i] == '_' ? ' ' : ascii_to_lower(phrase.ptr[i]);
    }
    return arena_copy(&a->list->lex->known->memory, (span){buffer, size});
}

/* One phrase without sets: its word, its forms. */
static bool add_agent(agents *a, span phrase, bool expanded) {
    lexicon *lex = a->list->lex;
    lexicon_word word = a->word;
    word.text = plain_text(a, phrase);
    u32 row = lex->words.count;
    if (word.text.ptr == NULL) {
        return false;
    }
    if (!a->list->stems && !a->has_forms && !expanded) {
        a->list->added++;
        return lexicon_add_noun(lex, word, (span){"", 0}, false); /* a regular plural */
    }
    lexicon_word *slot = list_push(&lex->known->memory, &lex->words);
    u32 pieces[LEXICON_PIECES], count = lexicon_split(NULL, &lex->known->words, word.text, pieces, LEXICON_PIECES);
    if (slot == NULL) {
        return false;
    }
    word.noun = count > 0 ? pieces[count - 1] : NONE;
    word.kind = a->has_forms && a->forms.len == 0 ? WORD_BODY : WORD_GROUP;
    *slot = word;
    return add_form(a, phrase, row, false) && (a->forms.len == 0 || add_form(a, a->forms, row, true));
}

/* Where the first set of `text` is: "!PERSON!" in "CONGRESS!PERSON!". */
static bool find_set(span text, size_t *open, size_t *close) {
    const char *first = memchr(text.ptr, '!', text.len);
    *open = first == NULL ? text.len : (size_t)(first - text.ptr);
    const char *second = first == NULL ? NULL : memchr(first + 1, '!', text.len - *open - 1);
    *close = second == NULL ? 0 : (size_t)(second - text.ptr);
    return second != NULL;
}

typedef struct {
    char text[EXPANDED];
    size_t size;
    u32 depth; /* sets filled in */
} filling;

/* Fills the sets of `phrase` in, all items of each: a queue, for one phrase may have several. */
static bool expand(agents *a, span phrase) {
    LIST(filling) queue = {0};
    arena *memory = &a->scratch;
    arena_reset(memory);
    filling *start = list_push(memory, &queue);
    if (start == NULL || phrase.len > EXPANDED) {
        own_skip(a->list, a->line, "more than %u letters: shorten it", (u32)EXPANDED);
        return start != NULL;
    }
    memcpy(start->text, phrase.ptr, phrase.len);
    start->size = phrase.len;
    for (u32 at = 0; at < queue.count; at++) {
        filling now = queue.items[at];
        span text = {now.text, now.size};
        size_t open, close;
        if (!find_set(text, &open, &close)) {
            if (a->filled++ < FILLED_ALL && !add_agent(a, text, now.depth > 0)) {
                return false;
            }
            continue;
        }
        symbol name = symbols_find(&a->list->lex->known->words, span_cut(text, open + 1, close));
        u32 set = name == NONE ? NONE : map_find(&a->by_name, name);
        if (set == NONE || now.depth == SETS) {
            span shown = own_quote(span_cut(text, open + 1, close), 60);
            own_skip(a->list, a->line, set == NONE ? "no such set !%.*s!: define it above, as !NAME! = A, B" : "too many sets in one phrase: !%.*s!",
                     (int)shown.len, shown.ptr);
            return true;
        }
        for (span items = a->sets.items[set].items; items.len > 0;) {
            span item = span_trim(span_next_field(&items, ','));
            size_t size = open + item.len + text.len - close - 1;
            filling *next = item.len == 0 || size > EXPANDED || queue.count >= FILLED ? NULL : list_push(memory, &queue);
            if (next == NULL) {
                continue;
            }
            memcpy(next->text, text.ptr, open);
            memcpy(next->text + open, item.ptr, item.len);
            memcpy(next->text + open + item.len, text.ptr + close + 1, text.len - close - 1);
            next->size = size;
            next->depth = now.depth + 1;
        }
    }
    return true;
}

/* "~GOV", "NGO~": the code without its mark. */
static bool read_sector(const agents *a, span codes, u16 *role) {
    span inside;
    if (!dictionary_next_code(&codes, &inside)) {
        return false;
    }
    bool before = inside.len > 0 && inside.ptr[0] == '~', behind = inside.len > 1 && inside.ptr[inside.len - 1] == '~';
    inside = span_trim(span_cut(inside, before ? 1 : 0, inside.len - behind));
    *role = petrarch_code_sector(a->list->lex, inside);
    return (before || behind) && *role != SECTOR_NONE;
}

static bool take_line(agents *a, const dictionary *d) {
    if (d->kind == DICTIONARY_SET) {
        return add_set(a, d);
    }
    if (d->kind != DICTIONARY_PHRASE || d->phrase.len == 0) {
        own_skip(a->list, d->line, "no agent: write NOUN {PLURAL} [~CODE]");
        return true;
    }
    a->line = d->line;
    a->word = (lexicon_word){.kind = WORD_GROUP, .list = a->list->list, .vague = true, .style = NONE, .why = {a->list->file, d->line}};
    a->forms = d->forms;
    a->has_forms = d->has_forms;
    if (!read_sector(a, d->codes, &a->word.sector)) {
        own_skip(a->list, d->line, "no agent's code: write [~CODE] or [CODE~] behind the noun");
        return true;
    }
    return expand(a, d->phrase);
}

bool petrarch_agents_read(own_list *list) {
    dictionary d;
    agents a = {.list = list};
    bool fine = true;
    arena_open(&a.scratch, (size_t)16 << 20);
    map_open(&a.by_name, &list->lex->known->memory);
    dictionary_open(&d, list->content);
    while (fine && dictionary_next(&d)) {
        fine = take_line(&a, &d);
    }
    arena_close(&a.scratch);
    return fine;
}
