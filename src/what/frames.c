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
 *     + Rebels shelled the town of Al-Bab in Syria. >> ASSAULT 190 SYR REB > SYR
 *     * The actor bombed on his first night.
 */
#include "what/frame_reader.h"

static void read_code(frame_reader *rd, span text) {
    code_rule rule = {.mode = NONE, .line = rd->where.line};
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
        rule.when_count += frame_read_condition(rd, part, false, &rule.when[rule.when_count]);
    }
    code_rule *added = list_push(&rd->known->memory, &rd->tables->codes);
    if (added != NULL) {
        *added = rule;
        rd->open->end_code = rd->tables->codes.count;
    }
}

static void index_trigger(frame_reader *rd, symbol head, trigger t) {
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

static void add_trigger(frame_reader *rd, u8 pos, span text) {
    reading readings[READINGS];
    trigger t = {.frame = rd->tables->frames.count - 1, .pos = pos, .with = {NONE, NONE}, .next = NONE};
    span head = text;
    if (pos != UPOS_NOUN) {
        head = span_next_field(&text, ' ');
        for (u32 i = 0; i < 2 && text.len > 0; i++) {
            t.with[i] = frame_add_word(rd, span_next_field(&text, ' '));
        }
        if (text.len > 0) {
            frame_complain(rd, "a verb takes at most two more words: pull out of");
        }
    }
    u32 count = frame_read_phrase(rd, head, readings);
    for (u32 i = 0; i < count; i++) {
        t.rest = readings[i].rest;
        index_trigger(rd, readings[i].head, t);
    }
}

static void add_triggers(frame_reader *rd, u8 pos, span text) {
    while (text.len > 0) {
        span words = span_trim(span_next_field(&text, ','));
        if (words.len > 0) {
            add_trigger(rd, pos, words);
        }
    }
}

static void add_example(frame_reader *rd, bool starred, span text) {
    frame_example example = {rd->tables->frames.count - 1, rd->where, starred, text, {"", 0}};
    for (size_t i = text.len; i-- > 2 && !starred;) {
        if (text.ptr[i] == '>' && text.ptr[i - 1] == '>' ) {
            example.sentence = span_trim(span_cut(text, 0, i - 1));
            example.expected = span_trim(span_cut(text, i + 1, text.len));
            break;
        }
    }
    if (!starred && example.expected.len == 0) {
        frame_complain(rd, "an example needs what must come out: + sentence >> ASSAULT 190 SYR REB > SYR");
        return;
    }
    frame_example *added = list_push(&rd->known->memory, &rd->tables->examples);
    if (added != NULL) {
        *added = example;
    }
}

static void open_frame(frame_reader *rd, span name) {
    frame *f = list_push(&rd->known->memory, &rd->tables->frames);
    if (f == NULL) {
        return;
    }
    *f = (frame){.name = name, .where = rd->where, .category = rd->category, .absorbs = rd->absorbs};
    f->source[f->source_count++] = (slot){SLOT_SUBJECT, false, NONE};
    f->target[f->target_count++] = (slot){SLOT_OBJECT, false, NONE};
    f->first_code = f->end_code = rd->tables->codes.count;
    rd->open = f;
    rd->told = 0;
}

static u32 read_number(span digits) {
    u32 number = 0;
    for (size_t i = 0; i < digits.len && i < 6; i++) {
        if (!ascii_is_digit((unsigned char)digits.ptr[i])) {
            return 0;
        }
        number = number * 10 + (u32)(digits.ptr[i] - '0');
    }
    return number;
}

/* "guard sport 30 near 50 = match, coach, ...", "guard trade 25 private = share, profit, ..." */
static void read_guard(frame_reader *rd, span text) {
    span name = span_trim(span_next_field(&text, ' ')), rest = span_trim(span_next_field(&text, '='));
    topic_guard *guard = list_push(&rd->known->memory, &rd->tables->guards);
    if (guard == NULL) {
        return;
    }
    *guard = (topic_guard){.name = name, .where = rd->where, .per_mille = read_number(span_next_field(&rest, ' '))};
    span how = span_trim(span_next_field(&rest, ' ')), share = span_trim(rest);
    guard->private = span_eq(how, SPAN("private")) && share.len == 0;
    guard->near = span_eq(how, SPAN("near")) ? read_number(share) : 0;
    guard->list = frame_read_list(rd, text);
    if (guard->per_mille == 0 || (how.len > 0 && !guard->private && guard->near == 0)) {
        frame_complain(rd, "a guard is a name, a share of a thousand words, perhaps a share of those around or \"private\", and a list: guard sport 30 near 50 = match, coach");
        guard->per_mille = guard->per_mille == 0 ? 1000 : guard->per_mille;
    }
}

/* "context election = ballot, polling station" */
static void read_context(frame_reader *rd, span text) {
    span name = span_trim(span_next_field(&text, '='));
    context_cue *context = rd->tables->contexts.count < CONTEXTS ? list_push(&rd->known->memory, &rd->tables->contexts) : NULL;
    if (name.len == 0 || context == NULL) {
        frame_complain(rd, "a context is a name and its words, of at most %d contexts: context election = ballot, polling station", CONTEXTS);
        return;
    }
    *context = (context_cue){name, frame_read_list(rd, text)};
}

static void read_needs(frame_reader *rd, span text) {
    while (text.len > 0) {
        span word = span_trim(span_next_field(&text, ','));
        rd->open->need_source |= span_eq(word, SPAN("source")) || span_eq(word, SPAN("both"));
        rd->open->need_target |= span_eq(word, SPAN("target")) || span_eq(word, SPAN("both"));
        rd->open->need_apart |= span_eq(word, SPAN("apart"));
    }
}

static void complain_of_sector(frame_reader *rd, span name) {
    const char *names[SECTOR_COUNT];
    char hint[FRAME_HINT];
    for (u32 s = 1; s < SECTOR_COUNT; s++) {
        names[s - 1] = sector_name((sector)s);
    }
    frame_complain(rd, "unknown sector %.*s%s", (int)name.len, name.ptr, frame_nearest(name, names, SECTOR_COUNT - 1, hint));
}

static void complain_of_category(frame_reader *rd, span name) {
    const char *names[CATEGORY_COUNT];
    char hint[FRAME_HINT];
    for (u32 c = 0; c < CATEGORY_COUNT; c++) {
        names[c] = what_category_name(c);
    }
    frame_complain(rd, "unknown category %.*s: one of the sixteen of PLOVER, in capitals%s", (int)name.len, name.ptr,
                   frame_nearest(name, names, CATEGORY_COUNT, hint));
}

/* "OPP, CVL" -> bits. */
static u32 read_sectors(frame_reader *rd, span text) {
    u32 bits = 0;
    while (text.len > 0) {
        span name = span_trim(span_next_field(&text, ','));
        u8 found = (u8)sector_find(name);
        if (found == SECTOR_NONE) {
            complain_of_sector(rd, name);
        }
        bits |= found == SECTOR_NONE ? 0 : 1u << found;
    }
    return bits;
}

/* "default source COP the police", "default target GOV the government for OPP, CVL" */
static void read_default(frame_reader *rd, span text) {
    span side = span_next_field(&text, ' '), others = {"", 0};
    text = span_trim(text);
    u8 found = (u8)sector_find(span_next_field(&text, ' '));
    for (size_t i = 0; i + 5 <= text.len; i++) {
        if (memcmp(text.ptr + i, " for ", 5) == 0) {
            others = span_cut(text, i + 5, text.len);
            text.len = i;
        }
    }
    bool source = span_eq(side, SPAN("source")), target = span_eq(side, SPAN("target"));
    if (found == SECTOR_NONE || (!source && !target)) {
        frame_complain(rd, "a default is a side, a sector and a name: default source COP the police");
        return;
    }
    *(source ? &rd->open->default_source : &rd->open->default_target) = (default_party){found, span_trim(text), read_sectors(rd, others)};
}

/* `which` of the four lines of places this is; a frame has each once. */
static u8 read_places(frame_reader *rd, span rest, u32 which, slot *places) {
    if (rd->told >> which & 1) {
        frame_complain(rd, "a second line of the same places, which replaces the first: name them all in one line");
    }
    rd->told |= (u8)(1u << which);
    return frame_read_slots(rd, rest, places);
}

/* Lines inside a frame.  False when the keyword is unknown. */
static bool read_frame_line(frame_reader *rd, span keyword, span rest) {
    frame *f = rd->open;
    if (span_eq(keyword, SPAN("verb"))) {
        add_triggers(rd, UPOS_VERB, rest);
    } else if (span_eq(keyword, SPAN("noun"))) {
        add_triggers(rd, UPOS_NOUN, rest);
    } else if (span_eq(keyword, SPAN("adjective"))) {
        add_triggers(rd, UPOS_ADJ, rest);
    } else if (span_eq(keyword, SPAN("source"))) {
        f->source_count = read_places(rd, rest, 0, f->source);
        f->spoken = f->source_count > 0 && f->source[0].kind == SLOT_SPEAKER;
    } else if (span_eq(keyword, SPAN("target"))) {
        f->target_count = read_places(rd, rest, 1, f->target);
    } else if (span_eq(keyword, SPAN("noun-source"))) {
        f->noun_source_count = read_places(rd, rest, 2, f->noun_source);
    } else if (span_eq(keyword, SPAN("noun-target"))) {
        f->noun_target_count = read_places(rd, rest, 3, f->noun_target);
    } else if (span_eq(keyword, SPAN("when")) || span_eq(keyword, SPAN("unless"))) {
        if (f->when_count == CONDITIONS) {
            frame_complain(rd, "more than %d conditions: split the frame", CONDITIONS);
        } else {
            f->when_count += frame_read_condition(rd, rest, keyword.ptr[0] == 'u', &f->when[f->when_count]);
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
    } else if (span_eq(keyword, SPAN("political"))) {
        f->political = true;
    } else if (span_eq(keyword, SPAN("planned"))) {
        f->planned = true;
    } else if (span_eq(keyword, SPAN("abroad"))) {
        f->abroad = true;
    } else if (span_eq(keyword, SPAN("+")) || span_eq(keyword, SPAN("*"))) {
        add_example(rd, keyword.ptr[0] == '*', rest);
    } else {
        return false;
    }
    return true;
}

static void read_line(frame_reader *rd, span line) {
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
        rd->category = what_category_find(rest);
        rd->open = NULL;
        rd->absorbs = rd->category == CATEGORY_AGREE || rd->category == CATEGORY_REQUEST ||
                      rd->category == CATEGORY_THREATEN || rd->category == CATEGORY_REJECT;
        if (rd->category == CATEGORY_COUNT) {
            complain_of_category(rd, rest);
        }
    } else if (span_eq(keyword, SPAN("set"))) {
        span name = span_trim(span_next_field(&rest, '='));
        symbol id = symbols_add(&rd->known->words, name), *listed = list_push(&rd->known->memory, &rd->tables->sets);
        if (listed != NULL) {
            *listed = id;
        }
        map_set(&rd->tables->set_names, id, frame_read_list(rd, rest));
    } else if (span_eq(keyword, SPAN("guard"))) {
        read_guard(rd, rest);
    } else if (span_eq(keyword, SPAN("context"))) {
        read_context(rd, rest);
    } else if (span_eq(keyword, SPAN("frame"))) {
        if (rd->category >= CATEGORY_COUNT) {
            frame_complain(rd, "a frame needs a category line above it");
        } else {
            open_frame(rd, rest);
        }
    } else if (rd->open == NULL || !read_frame_line(rd, keyword, rest)) {
        static const char *const keywords[] = {"frame", "verb", "noun", "adjective", "source", "target", "noun-source", "noun-target", "when", "unless",
                                               "code", "need", "default", "reciprocal", "absorbs", "negated", "planned", "abroad", "political", "category", "set", "guard", "context"};
        char hint[FRAME_HINT];
        frame_complain(rd, "'%.*s' is not known here%s: frame, verb, noun, adjective, source, target, noun-source, noun-target, "
                     "when, unless, code, need, default, reciprocal, absorbs, negated, planned, abroad, political, + or *",
                 (int)(keyword.len < 30 ? keyword.len : 30), keyword.ptr, frame_nearest(keyword, keywords, COUNT_OF(keywords), hint));
    }
}

static void read_lines(frame_tables *tables, knowledge *k, span content) {
    frame_reader rd = {.tables = tables, .known = k, .where = {k->files.count - 1, 0}, .category = CATEGORY_COUNT};
    while (content.len > 0) {
        span line = span_next_field(&content, '\n');
        rd.where.line++;
        read_line(&rd, line);
    }
}

static drg_status read_file(frame_tables *tables, knowledge *k, span name, drg_error *error) {
    span content;
    DRG_TRY(knowledge_read(k, name.ptr, &content, error));
    read_lines(tables, k, content);
    return DRG_OK;
}

static drg_status read_own_files(frame_tables *tables, knowledge *k, drg_error *error) {
    for (u32 i = 0; i < k->own.count; i++) {
        span content;
        if (k->own.items[i].kind == LIST_FRAMES) {
            DRG_TRY(knowledge_read_own(k, &k->own.items[i], &content, error));
            read_lines(tables, k, content);
        }
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
    DRG_TRY(read_file(tables, k, SPAN("lang/en/contexts.frames"), error));
    DRG_TRY(knowledge_list(k, "lang/en/frames", ".frames", &names, &count, error));
    for (u32 i = 0; i < count; i++) {
        DRG_TRY(read_file(tables, k, names[i], error));
    }
    return read_own_files(tables, k, error);
}
