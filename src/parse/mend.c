// SPDX-License-Identifier: Apache-2.0
/* Takes a sentence through all mends; see mend.h for who does what. */
#include "parse/mend.h"

#include "base/table.h"

#define MEND_FILE "lang/en/mend.tsv"
#define LONGEST 256 /* words; what is longer is a list or a table, and reading it over and over takes long */

static const char *const class_names[MEND_CLASS_COUNT] = {"conjunction", "particle", "pair", "twofold", "question", "expletive", "that", "have", "infinitive", "aspect", "wanting", "noun", "origin", "from", "owed", "under", "term", "preposition", "agent", "manner", "within", "complement", "intent", "company", "telling", "verb", "impersonal"};

_Static_assert(MEND_CLASS_COUNT <= 32, "a word's classes are the bits of a u32");

static u32 class_of(span name) {
    u32 found = MEND_CLASS_COUNT;
    for (u32 i = 0; i < MEND_CLASS_COUNT; i++) {
        found = span_eq(name, span_of(class_names[i])) ? i : found;
    }
    return found;
}

drg_status mend_open(mend_tables *tables, knowledge *k, drg_error *error) {
    table file;
    map_open(&tables->classes, &k->memory);
    tables->past = tables->gerund = SPAN("");
    DRG_TRY(table_open(&file, k, MEND_FILE, error));
    while (table_next(&file)) {
        span name = table_field(&file, "class"), words = table_field(&file, "words");
        u32 class = class_of(name);
        if (span_eq(name, SPAN("past ending"))) {
            tables->past = words;
        } else if (span_eq(name, SPAN("gerund ending"))) {
            tables->gerund = words;
        } else if (class == MEND_CLASS_COUNT) {
            table_complain(&file, "there is no class \"%.*s\"", (int)name.len, name.ptr);
        }
        for (span rest = words; class < MEND_CLASS_COUNT && rest.len > 0;) {
            symbol word = symbols_add(&k->words, span_trim(span_next_field(&rest, ';')));
            u32 bits = map_find(&tables->classes, word);
            if (!map_set(&tables->classes, word, (bits == NONE ? 0 : bits) | 1u << class)) {
                return drg_fail(error, DRG_ERROR_MEMORY, MEND_FILE, 0, "out of memory");
            }
        }
    }
    return DRG_OK;
}

u32 mend_child(const mending *m, u32 head, deprel relation) {
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        if (at(m, i)->head == head && at(m, i)->deprel == relation) {
            return i;
        }
    }
    return NONE;
}

u32 mend_subject_of(const mending *m, u32 verb) {
    static const deprel subjects[] = {DEPREL_nsubj, DEPREL_nsubj_pass, DEPREL_csubj, DEPREL_expl, DEPREL_nsubj_outer};
    u32 found = NONE;
    for (u32 i = 0; i < COUNT_OF(subjects) && found == NONE; i++) {
        found = mend_child(m, verb, subjects[i]);
    }
    return found;
}

void mend_hang(const mending *m, u32 index, u32 head, deprel relation) {
    at(m, index)->head = head;
    at(m, index)->deprel = (u8)relation;
}

bool mend_is(const mending *m, u32 index, mend_class class) {
    u32 bits = index == NONE ? NONE : map_find(&m->tables->classes, at(m, index)->lower);
    return bits != NONE && (bits >> class & 1) != 0;
}

void mend_sentence(const mending *m) {
    bool brief = m->s->end_token - m->s->first_token <= LONGEST;
    mend_words(m);
    if (brief) {
        mend_verbs(m);
        mend_order(m);
        mend_phrases(m);
        mend_roles(m);
        mend_clauses(m);
        mend_verbs(m); /* what the rest has uncovered */
    }
    if (mend_finite(m) && brief) {
        mend_clauses(m); /* with a verb to go by */
        mend_phrases(m);
    }
    mend_adjectives(m);
}
