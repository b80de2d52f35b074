// SPDX-License-Identifier: Apache-2.0
/* The words inside a frame's lines: phrases ("air strike"), lists ("jet, $weapon, @MIL"), places
 * ("object*", "clause.aux", "against") and conditions ("object $weapon"). */
#include <stdarg.h>

#include "base/nearest.h"
#include "what/frame_reader.h"

void frame_complain(frame_reader *rd, const char *format, ...) {
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    knowledge_complain(rd->known, rd->where, "%s", text);
}

const char *frame_nearest(span given, const char *const *names, size_t count, char out[FRAME_HINT]) {
    char text[64];
    snprintf(text, sizeof text, "%.*s", (int)(given.len < 60 ? given.len : 60), given.ptr);
    const char *best = nearest_name(text, names, count);
    bool other = best != NULL && strcmp(best, text) != 0;
    snprintf(out, FRAME_HINT, "%s%s%s", other ? "; did you mean " : "", other ? best : "", other ? "?" : "");
    return out;
}

symbol frame_add_word(frame_reader *rd, span word) { return symbols_add_lower(&rd->known->words, word); }

static u32 split_words(frame_reader *rd, span text, bool at_hyphens, symbol words[PHRASE_WORDS]) {
    u32 count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= text.len; i++) {
        bool blank = i == text.len || text.ptr[i] == ' ', hyphen = !blank && at_hyphens && text.ptr[i] == '-';
        if ((blank || hyphen) && i > start && count < PHRASE_WORDS) {
            words[count++] = frame_add_word(rd, span_cut(text, start, i));
        }
        if (hyphen && count < PHRASE_WORDS) {
            words[count++] = frame_add_word(rd, SPAN("-"));
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
u32 frame_read_phrase(frame_reader *rd, span text, reading out[READINGS]) {
    symbol words[PHRASE_WORDS], of = frame_add_word(rd, SPAN("of"));
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

static void add_kind(frame_reader *rd, word_list *list, span name) {
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
    frame_complain(rd, "unknown kind @%.*s: use @actor @state @person @organisation @people @place @any or a sector such as @MIL",
             (int)name.len, name.ptr);
}

static void add_item(frame_reader *rd, u32 list, list_item item) {
    u64 key = (u64)list << 32 | item.head;
    item.next = map_find(&rd->tables->item_index, key);
    rd->tables->lists.items[list].has_words = true;
    list_item *slot_ = list_push(&rd->known->memory, &rd->tables->items);
    if (slot_ != NULL) {
        *slot_ = item;
        map_set(&rd->tables->item_index, key, rd->tables->items.count - 1);
    }
}

static void copy_set(frame_reader *rd, u32 list, span name) {
    u32 from = map_find(&rd->tables->set_names, symbols_add(&rd->known->words, name));
    if (from == NONE) {
        const char *names[256];
        char hint[FRAME_HINT];
        size_t count = 0;
        for (u32 i = 0; i < rd->tables->sets.count && count < COUNT_OF(names); i++) {
            names[count++] = symbols_text(&rd->known->words, rd->tables->sets.items[i]).ptr;
        }
        frame_complain(rd, "unknown set $%.*s%s: define it in lang/en/sets.frames", (int)name.len, name.ptr, frame_nearest(name, names, count, hint));
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
u32 frame_read_list(frame_reader *rd, span text) {
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
            u32 count = frame_read_phrase(rd, field, readings);
            for (u32 i = 0; i < count; i++) {
                add_item(rd, index, (list_item){readings[i].head, readings[i].rest, NONE});
            }
        }
    }
    return index;
}

static const char *const place_names[SLOT_COUNT] = {
    [SLOT_SUBJECT] = "subject",     [SLOT_OBJECT] = "object",
    [SLOT_RECIPIENT] = "recipient", [SLOT_POSSESSOR] = "possessor",
    [SLOT_MODIFIER] = "modifier",   [SLOT_CLAUSE] = "clause",
    [SLOT_CLAUSE_SUBJECT] = "clause.subject", [SLOT_CLAUSE_OBJECT] = "clause.object",
    [SLOT_SUPPORT] = "support",     [SLOT_ANY] = "any",
    [SLOT_SENTENCE] = "sentence",   [SLOT_GOVERNOR] = "governor", [SLOT_TRIGGER] = "trigger", [SLOT_REPORT] = "report",
    [SLOT_CLAUSE_AUX] = "clause.aux", [SLOT_GOVERNOR_SUBJECT] = "governor.subject",
    [SLOT_CONDITION_SUBJECT] = "condition.subject", [SLOT_SPEAKER] = "speaker"};

/* "object*" -> true and its slot; false for what is neither a place nor a preposition. */
static bool find_slot(frame_reader *rd, span name, slot *out) {
    *out = (slot){SLOT_PREPOSITION, false, NONE};
    if (name.len > 0 && name.ptr[name.len - 1] == '*') {
        out->deep = true;
        name.len--;
    }
    for (u8 i = 0; i < SLOT_COUNT; i++) {
        if (place_names[i] != NULL && span_eq(name, span_of(place_names[i]))) {
            out->kind = i;
            return true;
        }
    }
    out->preposition = frame_add_word(rd, name);
    return clause_word_is(rd->tables->clauses, out->preposition, CLASS_PREPOSITION);
}

static slot read_slot(frame_reader *rd, span name) {
    slot found;
    if (!find_slot(rd, name, &found)) {
        const char *places[SLOT_COUNT];
        char hint[FRAME_HINT];
        size_t count = 0;
        for (u32 i = 0; i < SLOT_COUNT; i++) {
            places[count] = place_names[i];
            count += place_names[i] != NULL;
        }
        name.len -= found.deep;
        frame_complain(rd, "%.*s is neither a place nor a preposition (lang/en/clause.tsv)%s", (int)name.len, name.ptr, frame_nearest(name, places, count, hint));
    }
    return found;
}

u8 frame_read_slots(frame_reader *rd, span text, slot *out) {
    u8 count = 0;
    while (text.len > 0) {
        span name = span_trim(span_next_field(&text, ','));
        if (name.len == 0 || span_eq(name, SPAN("none"))) {
            continue;
        }
        if (count == SLOTS_PER_SIDE) {
            frame_complain(rd, "more than %d places for one side: keep the likely ones", SLOTS_PER_SIDE);
            break;
        }
        out[count++] = read_slot(rd, name);
    }
    return count;
}

/* "unless trigger transfer and of power" would be read as a word "transfer and of power". */
static void refuse_second_place(frame_reader *rd, span list) {
    for (size_t i = 0; i + 5 < list.len; i++) {
        span rest = span_cut(list, i + 5, list.len), behind = span_next_field(&rest, ' ');
        slot found;
        if (memcmp(list.ptr + i, " and ", 5) == 0 && span_trim(rest).len > 0 && find_slot(rd, behind, &found)) {
            frame_complain(rd, "a line has one place and its list: what stands behind \"and %.*s\" is not read; write a line or a frame of its own", (int)behind.len, behind.ptr);
            return;
        }
    }
}

/* "object $weapon, gun" -> a condition. */
bool frame_read_condition(frame_reader *rd, span text, bool negated, condition *out) {
    text = span_trim(text);
    span name = span_next_field(&text, ' ');
    if (name.len == 0 || span_trim(text).len == 0) {
        frame_complain(rd, "a condition is a place and a list: when object $weapon, gun");
        return false;
    }
    *out = (condition){.where = read_slot(rd, name), .line = rd->where.line, .negated = negated};
    refuse_second_place(rd, text);
    out->list = frame_read_list(rd, text);
    return true;
}
