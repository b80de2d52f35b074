// SPDX-License-Identifier: Apache-2.0
#include "parsed.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const tags[] = {"X",    "ADJ",  "ADP", "ADV",  "AUX",   "CCONJ", "DET",   "INTJ", "NOUN",
                                   "NUM",  "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM",   "VERB"};
static const char *const relations[] = {
#define RELATION_TEXT(name, text) text,
    DEPREL_LIST(RELATION_TEXT)
#undef RELATION_TEXT
};
static const char *const kinds[] = {"-", "PER", "ORG", "LOC", "NORP", "MISC"};

static u8 index_of(span text, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (span_eq(text, span_of(list[i]))) {
            return (u8)i;
        }
    }
    fprintf(stderr, "parsed: unknown label %.*s\n", (int)text.len, text.ptr);
    abort();
}

void parsed_open(parsed *p, const char *folder) {
    drg_error error;
    if (knowledge_open(&p->known, folder, &error) != DRG_OK) {
        fprintf(stderr, "%s\n", error.message);
        abort();
    }
    arena_open(&p->memory, (size_t)64 << 20);
}

void parsed_close(parsed *p) {
    arena_close(&p->memory);
    knowledge_close(&p->known);
}

/* All forms with a blank between: the text of the report, big enough for any rows. */
static void add_token(parsed *p, char *text, span row, u32 first) {
    report *r = &p->r;
    span field[6] = {{"", 0}};
    for (u32 i = 0; i < 6 && row.len > 0; i++) {
        field[i] = span_trim(span_next_field(&row, ' '));
    }
    token *t = list_push(&p->memory, &r->tokens);
    if (r->text.len > 0) {
        text[r->text.len++] = ' ';
    }
    memcpy(text + r->text.len, field[1].ptr, field[1].len);
    t->text = (range){(u32)r->text.len, (u32)(r->text.len + field[1].len)};
    r->text.len += field[1].len;
    t->sentence = r->sentences.count - 1;
    t->form = symbols_add(&r->words, field[1]);
    t->lower = symbols_add_lower(&r->words, field[1]);
    t->lemma = t->lower;
    t->upos = index_of(field[2], tags, COUNT_OF(tags));
    u32 head = (u32)strtoul(field[3].ptr, NULL, 10);
    t->head = head == 0 ? NONE : first + head - 1;
    t->deprel = index_of(field[4], relations, COUNT_OF(relations));
    bool goes_on = field[5].len > 0 && field[5].ptr[0] == '+';
    span kind = goes_on ? span_cut(field[5], 1, field[5].len) : field[5];
    t->name = kind.len > 0 ? index_of(kind, kinds, COUNT_OF(kinds)) : (u8)NAME_NONE;
    t->name_begins = t->name != NAME_NONE && !goes_on;
    t->space_after = true;
}

static void begin_sentence(parsed *p) {
    sentence *s = list_push(&p->memory, &p->r.sentences);
    s->first_token = s->end_token = p->r.tokens.count;
    s->block = p->r.blocks.count - 1;
    s->text.start = (u32)p->r.text.len;
}

void parsed_read(parsed *p, const char *rows, i32 day) {
    arena_reset(&p->memory);
    p->r = (report){.memory = &p->memory, .day = day, .dateline_place = NONE, .tracing = true};
    report *r = &p->r;
    symbols_open(&r->words, &p->known.words, &p->memory);
    span rest = span_of(rows);
    char *text = arena_new(&p->memory, char, rest.len + 1);
    r->text = (span){text, 0};
    list_push(&p->memory, &r->blocks);
    bool open = false;
    while (rest.len > 0) {
        span row = span_trim(span_next_field(&rest, '\n'));
        bool paragraph = span_eq(row, SPAN("##"));
        if (row.len == 0 || paragraph) {
            open = false;
            if (paragraph) {
                list_push(&p->memory, &r->blocks);
            }
            continue;
        }
        if (!open) {
            begin_sentence(p);
            open = true;
        }
        sentence *s = &r->sentences.items[r->sentences.count - 1];
        add_token(p, text, row, s->first_token);
        s = &r->sentences.items[r->sentences.count - 1];
        s->end_token = r->tokens.count;
        s->text.end = (u32)r->text.len;
    }
    utf8_index_build(&r->points, r->text, &p->memory);
}
