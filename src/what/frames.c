// SPDX-License-Identifier: Apache-2.0
/* Reads frame files.  One frame is a paragraph of lines, the first word of each says what it is:
 *
 *     frame    bombard
 *     verb     bomb, shell, call on            words; two words: verb with particle or preposition
 *     noun     shelling, air strike
 *     source   subject                         where the parties stand, first that fits
 *     target   object, on, against
 *     when     object $weapon, @place          must hold;  `unless` must not
 *     code     195 aerial  if by $aircraft     first that holds
 *     code     190
 *     + Rebels shelled the town of Al-Bab in Syria. > ASSAULT 190 SYR REB > SYR
 *     * The actor bombed on his first night.
 */
#include "what/frames.h"

#include "what/clause.h"

#include <stdarg.h>

typedef struct {
    frame_tables *tables;
    knowledge *known;
    source_line where;
    u8 category;
    frame *open; /* frame being read */
    bool absorbs;
} reader;

static void complain(reader *rd, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void complain(reader *rd, const char *format, ...) {
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    knowledge_complain(rd->known, rd->where, "%s", text);
}

static symbol add_word(reader *rd, span word) { return symbols_add_lower(&rd->known->words, word); }

#define PHRASE_WORDS 4
#define READINGS 3

/* One way to find a phrase in a text: where its head stands and what stands around it. */
typedef struct {
    symbol head;
    phrase rest;
} reading;

static u32 split_words(reader *rd, span text, bool at_hyphens, symbol words[PHRASE_WORDS]) {
    u32 count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        bool blank = i == text.len || text.ptr[i] == ' ', hyphen = !blank && at_hyphens && text.ptr[i] == '-';
        if ((blank || hyphen) && i > start && count < PHRASE_WORDS) {
            words[count++] = add_word(rd, span_cut(text, start, i));
        }
        if (hyphen && count < PHRASE_WORDS) {
            words[count++] = add_word(rd, SPAN("-"));
        }
        start = blank || hyphen ? i + 1 : start;
    }
    return count;
}

static reading read_around(const symbol *words, u32 count, u32 head) {
    reading r = {words[head], {{NONE, NONE, NONE}, {NONE, NONE, NONE}}};
    for (u32 i = 0; i < head; i++) {
        r.rest.before[i] = words[head - 1 - i];
    }
    for (u32 i = head + 1; i < count; i++) {
        r.rest.after[i - head - 1] = words[i];
    }
    return r;
}

/* "air strike" has its head last, "state of emergency" before the "of".  "cease-fire" is one word in
 * some texts and three in others, and then either end may be its head. */
static u32 read_phrase(reader *rd, span text, reading out[READINGS]) {
    symbol words[PHRASE_WORDS], of = add_word(rd, SPAN("of"));
    u32 count = split_words(rd, text, false, words), head, found = 0;
    if (count == 0) {
        return 0;
    }
    for (head = count - 1; head > 0 && words[head] != of; head--) {
    }
    out[found++] = read_around(words, count, head > 0 ? head - 1 : count - 1);
    if (memchr(text.ptr, '-', text.len) != NULL) {
        count = split_words(rd, text, true, words);
        out[found++] = read_around(words, count, count - 1);
        out[found++] = read_around(words, count, 0);
    }
    return found;
}

static const struct {
    const char *name;
    u32 bit;
} kind_names[] = {{"actor", KIND_ACTOR},   {"state", KIND_STATE}, {"person", KIND_PERSON}, {"organisation", KIND_ORGANISATION},
                  {"people", KIND_PEOPLE}, {"place", KIND_PLACE}, {"any", KIND_ANY}};

static void add_kind(reader *rd, word_list *list, span name) {
    for (size_t i = 0; i < COUNT_OF(kind_names); i++) {
        if (span_eq(name, span_of(kind_names[i].name))) {
            list->kinds |= kind_names[i].bit;
            return;
        }
    }
    for (u32 s = 1; s < SECTOR_COUNT; s++) {
        if (span_eq(name, span_of(sector_name((sector)s)))) {
            list->sectors |= 1u << s;
            return;
        }
    }
    complain(rd, "unknown kind @%.*s: use @actor @state @person @organisation @people @place @any or a sector such as @MIL",
             (int)name.len, name.ptr);
}

static void add_item(reader *rd, u32 list, list_item item) {
    u64 key = (u64)list << 32 | item.head;
    item.next = map_find(&rd->tables->item_index, key);
    rd->tables->lists.items[list].has_words = true;
    list_item *slot_ = list_push(&rd->known->memory, &rd->tables->items);
    if (slot_ != NULL) {
        *slot_ = item;
        map_set(&rd->tables->item_index, key, rd->tables->items.count - 1);
    }
}

static void copy_set(reader *rd, u32 list, span name) {
    u32 from = map_find(&rd->tables->set_names, symbols_add(&rd->known->words, name));
    if (from == NONE) {
        complain(rd, "unknown set $%.*s: define it in lang/en/sets.frames", (int)name.len, name.ptr);
        return;
    }
    word_list *into = &rd->tables->lists.items[list];
    into->kinds |= rd->tables->lists.items[from].kinds;
    into->sectors |= rd->tables->lists.items[from].sectors;
    for (u32 i = 0, count = rd->tables->items.count; i < count; i++) {
        list_item item = rd->tables->items.items[i];
        for (u32 head = map_find(&rd->tables->item_index, (u64)from << 32 | item.head); head != NONE;
             head = rd->tables->items.items[head].next) {
            if (head == i) {
                add_item(rd, list, item);
                break;
            }
        }
    }
}

/* "jet, air force, $weapon, @MIL" -> a new list. */
static u32 read_list(reader *rd, span text) {
    word_list *list = list_push(&rd->known->memory, &rd->tables->lists);
    if (list == NULL) {
        return 0;
    }
    *list = (word_list){0};
    u32 index = rd->tables->lists.count - 1;
    while (text.len > 0) {
        span field = span_trim(span_next_field(&text, ','));
        if (field.len == 0) {
            continue;
        }
        if (field.ptr[0] == '$') {
            copy_set(rd, index, span_cut(field, 1, field.len));
        } else if (field.ptr[0] == '@') {
            add_kind(rd, &rd->tables->lists.items[index], span_cut(field, 1, field.len));
        } else {
            reading readings[READINGS];
            u32 count = read_phrase(rd, field, readings);
            for (u32 i = 0; i < count; i++) {
                add_item(rd, index, (list_item){readings[i].head, readings[i].rest, NONE});
            }
        }
    }
    return index;
}

static slot read_slot(reader *rd, span name) {
    static const char *const names[SLOT_COUNT] = {
        [SLOT_SUBJECT] = "subject",     [SLOT_OBJECT] = "object",
        [SLOT_RECIPIENT] = "recipient", [SLOT_POSSESSOR] = "possessor",
        [SLOT_MODIFIER] = "modifier",   [SLOT_CLAUSE] = "clause",
        [SLOT_CLAUSE_SUBJECT] = "clause.subject", [SLOT_CLAUSE_OBJECT] = "clause.object",
        [SLOT_SUPPORT] = "support",     [SLOT_ANY] = "any",
        [SLOT_SENTENCE] = "sentence",   [SLOT_GOVERNOR] = "governor", [SLOT_TRIGGER] = "trigger", [SLOT_REPORT] = "report",
        [SLOT_CLAUSE_AUX] = "clause.aux", [SLOT_GOVERNOR_SUBJECT] = "governor.subject"};
    slot found = {SLOT_PREPOSITION, false, NONE};
    if (name.len > 0 && name.ptr[name.len - 1] == '*') {
        found.deep = true;
        name.len--;
    }
    for (u8 i = 0; i < SLOT_COUNT; i++) {
        if (names[i] != NULL && span_eq(name, span_of(names[i]))) {
            found.kind = i;
            return found;
        }
    }
    found.preposition = add_word(rd, name);
    u32 bits = map_find(&rd->tables->clauses->classes, found.preposition);
    if (bits == NONE || !(bits >> CLASS_PREPOSITION & 1)) {
        complain(rd, "%.*s is neither a place nor a preposition (lang/en/clause.tsv)", (int)name.len, name.ptr);
    }
    return found;
}

static u8 read_slots(reader *rd, span text, slot *out) {
    u8 count = 0;
    while (text.len > 0) {
        span name = span_trim(span_next_field(&text, ','));
        if (name.len == 0 || span_eq(name, SPAN("none"))) {
            continue;
        }
        if (count == SLOTS_PER_SIDE) {
            complain(rd, "more than %d places for one side: keep the likely ones", SLOTS_PER_SIDE);
            break;
        }
        out[count++] = read_slot(rd, name);
    }
    return count;
}

/* "object $weapon, gun" -> a condition. */
static bool read_condition(reader *rd, span text, bool negated, condition *out) {
    text = span_trim(text);
    span name = span_next_field(&text, ' ');
    if (name.len == 0 || span_trim(text).len == 0) {
        complain(rd, "a condition is a place and a list: when object $weapon, gun");
        return false;
    }
    *out = (condition){read_slot(rd, name), 0, negated};
    out->list = read_list(rd, text);
    return true;
}

static void read_code(reader *rd, span text) {
    code_rule rule = {.mode = NONE};
    span head = text, rest = {"", 0};
    for (size_t i = 0; i + 4 <= text.len; i++) {
        if (memcmp(text.ptr + i, " if ", 4) == 0) {
            head = span_cut(text, 0, i);
            rest = span_cut(text, i + 4, text.len);
            break;
        }
    }
    head = span_trim(head);
    rule.cameo = symbols_add(&rd->known->words, span_next_field(&head, ' '));
    head = span_trim(head);
    if (head.len > 0) {
        rule.mode = symbols_add(&rd->known->words, head);
    }
    while (rest.len > 0 && rule.when_count < COUNT_OF(rule.when)) {
        span part = rest;
        rest = (span){"", 0};
        for (size_t i = 0; i + 5 <= part.len; i++) {
            if (memcmp(part.ptr + i, " and ", 5) == 0) {
                rest = span_cut(part, i + 5, part.len);
                part = span_cut(part, 0, i);
                break;
            }
        }
        rule.when_count += read_condition(rd, part, false, &rule.when[rule.when_count]);
    }
    code_rule *added = list_push(&rd->known->memory, &rd->tables->codes);
    if (added != NULL) {
        *added = rule;
        rd->open->end_code = rd->tables->codes.count;
    }
}

static void index_trigger(reader *rd, symbol head, trigger t) {
    map *index = t.pos == UPOS_VERB   ? &rd->tables->verb_index
                 : t.pos == UPOS_NOUN ? &rd->tables->noun_index
                                      : &rd->tables->adjective_index;
    u32 first = map_find(index, head);
    trigger *added = list_push(&rd->known->memory, &rd->tables->triggers);
    if (added == NULL) {
        return;
    }
    *added = t;
    u32 id = rd->tables->triggers.count - 1;
    if (first == NONE) {
        map_set(index, head, id);
        return;
    }
    while (rd->tables->triggers.items[first].next != NONE) {
        first = rd->tables->triggers.items[first].next;
    }
    rd->tables->triggers.items[first].next = id;
}

static void add_trigger(reader *rd, u8 pos, span text) {
    reading readings[READINGS];
    trigger t = {.frame = rd->tables->frames.count - 1, .pos = pos, .preposition = NONE, .next = NONE};
    span head = text;
    if (pos != UPOS_NOUN) {
        head = span_next_field(&text, ' ');
        text = span_trim(text);
        t.preposition = text.len > 0 ? add_word(rd, text) : NONE;
    }
    u32 count = read_phrase(rd, head, readings);
    for (u32 i = 0; i < count; i++) {
        t.rest = readings[i].rest;
        index_trigger(rd, readings[i].head, t);
    }
}

static void add_triggers(reader *rd, u8 pos, span text) {
    while (text.len > 0) {
        span words = span_trim(span_next_field(&text, ','));
        if (words.len > 0) {
            add_trigger(rd, pos, words);
        }
    }
}

static void add_example(reader *rd, bool starred, span text) {
    frame_example example = {rd->tables->frames.count - 1, rd->where, starred, text, {"", 0}};
    for (size_t i = text.len; i-- > 2 && !starred;) {
        if (text.ptr[i] == '>' && text.ptr[i - 1] == '>' ) {
            example.sentence = span_trim(span_cut(text, 0, i - 1));
            example.expected = span_trim(span_cut(text, i + 1, text.len));
            break;
        }
    }
    if (!starred && example.expected.len == 0) {
        complain(rd, "an example needs what must come out: + sentence >> ASSAULT 190 SYR REB > SYR");
        return;
    }
    frame_example *added = list_push(&rd->known->memory, &rd->tables->examples);
    if (added != NULL) {
        *added = example;
    }
}

static void open_frame(reader *rd, span name) {
    frame *f = list_push(&rd->known->memory, &rd->tables->frames);
    if (f == NULL) {
        return;
    }
    *f = (frame){.name = name, .where = rd->where, .category = rd->category, .absorbs = rd->absorbs};
    f->source[f->source_count++] = (slot){SLOT_SUBJECT, false, NONE};
    f->target[f->target_count++] = (slot){SLOT_OBJECT, false, NONE};
    f->first_code = f->end_code = rd->tables->codes.count;
    rd->open = f;
}

/* "guard sport 30 = match, coach, ..." */
static void read_guard(reader *rd, span text) {
    span name = span_trim(span_next_field(&text, ' ')), number = span_trim(span_next_field(&text, '='));
    topic_guard *guard = list_push(&rd->known->memory, &rd->tables->guards);
    if (guard == NULL) {
        return;
    }
    *guard = (topic_guard){.name = name, .where = rd->where};
    for (size_t i = 0; i < number.len && ascii_is_digit((unsigned char)number.ptr[i]); i++) {
        guard->per_mille = guard->per_mille * 10 + (u32)(number.ptr[i] - '0');
    }
    guard->list = read_list(rd, text);
    if (guard->per_mille == 0) {
        complain(rd, "a guard is a name, a share of a thousand words and a list: guard sport 30 = match, coach");
        guard->per_mille = 1000;
    }
}

static u8 find_category(span name) {
    u8 c = 0;
    while (c < CATEGORY_COUNT && !span_eq(name, span_of(what_category_name(c)))) {
        c++;
    }
    return c;
}

static void read_needs(reader *rd, span text) {
    while (text.len > 0) {
        span word = span_trim(span_next_field(&text, ','));
        rd->open->need_source |= span_eq(word, SPAN("source")) || span_eq(word, SPAN("both"));
        rd->open->need_target |= span_eq(word, SPAN("target")) || span_eq(word, SPAN("both"));
    }
}

static u8 find_sector(span name) {
    u8 found = SECTOR_COUNT - 1;
    while (found > SECTOR_NONE && !span_eq(name, span_of(sector_name((sector)found)))) {
        found--;
    }
    return found;
}

/* "OPP, CVL" -> bits. */
static u32 read_sectors(reader *rd, span text) {
    u32 bits = 0;
    while (text.len > 0) {
        span name = span_trim(span_next_field(&text, ','));
        u8 found = find_sector(name);
        if (found == SECTOR_NONE) {
            complain(rd, "unknown sector %.*s", (int)name.len, name.ptr);
        }
        bits |= found == SECTOR_NONE ? 0 : 1u << found;
    }
    return bits;
}

/* "default source COP the police", "default target GOV the government for OPP, CVL" */
static void read_default(reader *rd, span text) {
    span side = span_next_field(&text, ' '), others = {"", 0};
    text = span_trim(text);
    u8 found = find_sector(span_next_field(&text, ' '));
    for (size_t i = 0; i + 5 <= text.len; i++) {
        if (memcmp(text.ptr + i, " for ", 5) == 0) {
            others = span_cut(text, i + 5, text.len);
            text.len = i;
        }
    }
    bool source = span_eq(side, SPAN("source")), target = span_eq(side, SPAN("target"));
    if (found == SECTOR_NONE || (!source && !target)) {
        complain(rd, "a default is a side, a sector and a name: default source COP the police");
        return;
    }
    *(source ? &rd->open->default_source : &rd->open->default_target) = (default_party){found, span_trim(text), read_sectors(rd, others)};
}

/* Lines inside a frame.  False when the keyword is unknown. */
static bool read_frame_line(reader *rd, span keyword, span rest) {
    frame *f = rd->open;
    if (span_eq(keyword, SPAN("verb"))) {
        add_triggers(rd, UPOS_VERB, rest);
    } else if (span_eq(keyword, SPAN("noun"))) {
        add_triggers(rd, UPOS_NOUN, rest);
    } else if (span_eq(keyword, SPAN("adjective"))) {
        add_triggers(rd, UPOS_ADJ, rest);
    } else if (span_eq(keyword, SPAN("source"))) {
        f->source_count = read_slots(rd, rest, f->source);
    } else if (span_eq(keyword, SPAN("target"))) {
        f->target_count = read_slots(rd, rest, f->target);
    } else if (span_eq(keyword, SPAN("noun-source"))) {
        f->noun_source_count = read_slots(rd, rest, f->noun_source);
    } else if (span_eq(keyword, SPAN("noun-target"))) {
        f->noun_target_count = read_slots(rd, rest, f->noun_target);
    } else if (span_eq(keyword, SPAN("when")) || span_eq(keyword, SPAN("unless"))) {
        if (f->when_count == CONDITIONS) {
            complain(rd, "more than %d conditions: split the frame", CONDITIONS);
        } else {
            f->when_count += read_condition(rd, rest, keyword.ptr[0] == 'u', &f->when[f->when_count]);
        }
    } else if (span_eq(keyword, SPAN("code"))) {
        read_code(rd, rest);
    } else if (span_eq(keyword, SPAN("default"))) {
        read_default(rd, rest);
    } else if (span_eq(keyword, SPAN("need"))) {
        read_needs(rd, rest);
    } else if (span_eq(keyword, SPAN("reciprocal"))) {
        f->reciprocal = true;
    } else if (span_eq(keyword, SPAN("absorbs"))) {
        f->absorbs = !span_eq(rest, SPAN("no"));
    } else if (span_eq(keyword, SPAN("negated"))) {
        f->negated = true;
    } else if (span_eq(keyword, SPAN("planned"))) {
        f->planned = true;
    } else if (span_eq(keyword, SPAN("+")) || span_eq(keyword, SPAN("*"))) {
        add_example(rd, keyword.ptr[0] == '*', rest);
    } else {
        return false;
    }
    return true;
}

static void read_line(reader *rd, span line) {
    span rest = span_trim(line);
    if (rest.len == 0 || rest.ptr[0] == '#') {
        return;
    }
    size_t end = 0;
    while (end < rest.len && !ascii_is_space((unsigned char)rest.ptr[end])) {
        end++;
    }
    span keyword = span_cut(rest, 0, end);
    rest = span_trim(span_cut(rest, end, rest.len));
    if (span_eq(keyword, SPAN("category"))) {
        rd->category = find_category(rest);
        rd->open = NULL;
        rd->absorbs = rd->category == CATEGORY_AGREE || rd->category == CATEGORY_REQUEST ||
                      rd->category == CATEGORY_THREATEN || rd->category == CATEGORY_REJECT;
        if (rd->category == CATEGORY_COUNT) {
            complain(rd, "unknown category %.*s: one of the sixteen of PLOVER, in capitals", (int)rest.len, rest.ptr);
        }
    } else if (span_eq(keyword, SPAN("set"))) {
        span name = span_trim(span_next_field(&rest, '='));
        symbol id = symbols_add(&rd->known->words, name);
        map_set(&rd->tables->set_names, id, read_list(rd, rest));
    } else if (span_eq(keyword, SPAN("guard"))) {
        read_guard(rd, rest);
    } else if (span_eq(keyword, SPAN("frame"))) {
        if (rd->category >= CATEGORY_COUNT) {
            complain(rd, "a frame needs a category line above it");
        } else {
            open_frame(rd, rest);
        }
    } else if (rd->open == NULL || !read_frame_line(rd, keyword, rest)) {
        complain(rd, "'%.*s' is not known here: frame, verb, noun, adjective, source, target, noun-source, noun-target, "
                     "when, unless, code, need, default, reciprocal, absorbs, negated, planned, + or *",
                 (int)(keyword.len < 30 ? keyword.len : 30), keyword.ptr);
    }
}

static drg_status read_file(frame_tables *tables, knowledge *k, span name, drg_error *error) {
    span content;
    DRG_TRY(knowledge_read(k, name.ptr, &content, error));
    reader rd = {.tables = tables, .known = k, .where = {k->files.count - 1, 0}, .category = CATEGORY_COUNT};
    while (content.len > 0) {
        span line = span_next_field(&content, '\n');
        rd.where.line++;
        read_line(&rd, line);
    }
    return DRG_OK;
}

drg_status frames_read(frame_tables *tables, knowledge *k, const clause_tables *clauses, drg_error *error) {
    span *names;
    u32 count;
    tables->known = k;
    tables->clauses = clauses;
    map_open(&tables->set_names, &k->memory);
    map_open(&tables->item_index, &k->memory);
    map_open(&tables->verb_index, &k->memory);
    map_open(&tables->noun_index, &k->memory);
    map_open(&tables->adjective_index, &k->memory);
    DRG_TRY(read_file(tables, k, SPAN("lang/en/sets.frames"), error));
    DRG_TRY(knowledge_list(k, "lang/en/frames", ".frames", &names, &count, error));
    for (u32 i = 0; i < count; i++) {
        DRG_TRY(read_file(tables, k, names[i], error));
    }
    return DRG_OK;
}
