// SPDX-License-Identifier: Apache-2.0
/* Any bytes are read as a dictionary of verbs: what is made of them points into the tables, every complaint
 * has a line of the file and says it in UTF-8, the rest loads, and its patterns can be tried on a sentence. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "pipeline.h"
#include "what/verbs.h"

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", law);
        abort();
    }
}

static void check_patterns(const verb_tables *t) {
    for (u32 i = 0; i < t->items.count; i++) {
        const pattern_item *item = &t->items.items[i];
        demand(item->kind != PATTERN_SET || item->what < t->sets.count, "a set is one of the sets");
        demand(item->kind != PATTERN_WORD || item->what < t->known->words.count, "a word is a symbol");
    }
    for (u32 i = 0; i < t->rules.count; i++) {
        const verb_rule *r = &t->rules.items[i];
        demand(r->first_item <= r->verb_item && r->verb_item <= r->end_item && r->end_item <= t->items.count, "a rule has its items");
        demand(r->end_item - r->first_item <= PATTERN_ITEMS, "a pattern has an end");
    }
    for (u32 i = 0; i < t->blocks.count; i++) {
        demand(t->blocks.items[i].first_pattern <= t->blocks.items[i].end_pattern && t->blocks.items[i].end_pattern <= t->patterns.count, "a block has its patterns");
    }
    for (u32 i = 0; i < t->forms.count; i++) {
        const verb_form *f = &t->forms.items[i];
        demand(f->rule < t->rules.count && f->block < t->blocks.count && f->before + f->after <= VERB_AROUND, "a form has its verb");
        demand(f->next == NONE || f->next < i, "forms are chained back");
    }
    for (u32 i = 0; i < t->phrases.count; i++) {
        const set_phrase *p = &t->phrases.items[i];
        demand(p->first_item < p->end_item && p->end_item <= t->items.count, "a phrase has words");
        demand((p->next[0] == NONE || p->next[0] < i) && (p->next[1] == NONE || p->next[1] < i), "phrases are chained back");
    }
}

static void check_complaints(const knowledge *k, u32 lines) {
    for (u32 i = 0; i < k->complaints.count; i++) {
        const knowledge_complaint *c = &k->complaints.items[i];
        demand(!knowledge_is_own(k, c->where.file) || (c->where.line >= 1 && c->where.line <= lines), "a complaint has its line");
        demand(c->text.len > 0 && utf8_is_valid(c->text), "it says it in UTF-8");
    }
}

/* "Mali has not given up its old ties with Chad and ..." as bare words, two of them actors. */
static void try_patterns(const verb_tables *t, const symbols *words, arena *memory) {
    static const char *const texts[] = {"mali", "has", "not", "given", "up", "its", "old", "ties", "with", "chad", "-", "a", "word"};
    report r = {.memory = memory};
    mention actors[2] = {{.first = 0, .end = 1, .head = 0, .entity = NONE, .code = {"MLI", SECTOR_NONE}},
                         {.first = 9, .end = 10, .head = 9, .entity = NONE, .code = {"TCD", SECTOR_NONE}}};
    token tokens[COUNT_OF(texts)] = {{.sentence = 0}};
    sentence whole = {.first_token = 0, .end_token = COUNT_OF(texts)};
    verb_text text;
    binding bound;
    symbols_open(&r.words, words, memory);
    for (u32 i = 0; i < COUNT_OF(texts); i++) {
        tokens[i].lower = tokens[i].lemma = symbols_add(&r.words, span_of(texts[i]));
        tokens[i].head = NONE;
    }
    r.tokens.items = tokens;
    r.tokens.count = COUNT_OF(texts);
    r.mentions.items = actors;
    r.mentions.count = COUNT_OF(actors);
    r.sentences.items = &whole;
    r.sentences.count = 1;
    demand(verb_text_open(&text, t, &r) == DRG_OK, "a sentence can be opened");
    verb_text_turn(&text, 0);
    for (u32 i = 0; i < t->patterns.count && i < 500; i++) {
        for (u32 at = 0; at < COUNT_OF(texts); at++) {
            verb_match_rule(&text, &t->rules.items[t->patterns.items[i].rule], (range){at, at + 1}, &bound);
            demand(bound.compound_count <= COMPOUND_ROOM && (bound.source == NONE || bound.source < 2), "what is bound is an actor");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char path[64];
    const char *data = getenv("DRAGOMAN_DATA");
    u32 lines = 1;
    knowledge known;
    clause_tables clauses;
    verb_tables tables = {.known = NULL};
    arena memory;
    drg_error error = {0};
    snprintf(path, sizeof path, "/tmp/fuzz-verbs-%ld", (long)getpid());
    FILE *out = fopen(path, "wb");
    demand(out != NULL && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "a file can be written");
    for (size_t i = 0; i < size; i++) {
        lines += bytes[i] == '\n';
    }
    demand(knowledge_open(&known, data != NULL ? data : ".", &error) == DRG_OK && knowledge_add_own(&known, path, LIST_VERBS), "the folder is there");
    demand(clause_open(&clauses, &known, &error) == DRG_OK, "the clause words are there");
    drg_status status = verbs_open(&tables, &known, &clauses, &error);
    if (status != DRG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
    }
    demand(status == DRG_OK, "no list stops a run");
    check_patterns(&tables);
    check_complaints(&known, lines);
    arena_open(&memory, (size_t)64 << 20);
    try_patterns(&tables, &known.words, &memory);
    arena_close(&memory);
    knowledge_close(&known);
    unlink(path);
    return 0;
}
