// SPDX-License-Identifier: Apache-2.0
/* Sentences in which names are still to be put in:
 *
 *     Mr <name> told <org> that the [NORP Kenyan] runner was ill . */
#include <stdio.h>

#include "treebank.h"

/* A slot stands for a person of one or of two words, a body, a place, a made-up name. */
static const struct {
    const char *slot;
    u32 kind, words;
    slot_kind of;
} SLOTS[] = {{"<person>", NAME_PER, 2, SLOT_NAME}, {"<name>", NAME_PER, 1, SLOT_NAME}, {"<org>", NAME_ORG, 1, SLOT_NAME}, {"<place>", NAME_LOC, 1, SLOT_NAME},
             {"<brand>", NAME_ORG, 1, SLOT_BRAND}, {"<club>", NAME_ORG, 1, SLOT_CLUB}, {"<work>", NAME_MISC, 1, SLOT_WORK}};

static bool add(treebank *bank, span form, u16 names, slot_kind slot) {
    word *w = treebank_add_word(bank, form);
    if (w != NULL) {
        w->names = names;
        w->slot = (u8)slot;
    }
    return w != NULL;
}

static u32 kind_of(span name) {
    u32 found = NAME_NONE;
    for (u32 kind = 1; kind < NAME_COUNT; kind++) {
        found = span_eq(name, span_of(name_kind_name(kind))) ? kind : found;
    }
    return found;
}

/* Adds the words of one line; false when it cannot be read. */
static bool add_line(treebank *bank, span line) {
    u32 inside = NAME_NONE; /* the kind of the name in brackets that is open */
    bool begins = false, good = true;
    while (line.len > 0 && good) {
        span part = span_next_field(&line, ' ');
        if (part.ptr[0] == '[' && part.len > 1) {
            inside = kind_of(span_cut(part, 1, part.len));
            begins = true;
            good = inside != NAME_NONE;
            continue;
        }
        bool closes = inside != NAME_NONE && part.ptr[part.len - 1] == ']', slot = false;
        for (u32 i = 0; i < COUNT_OF(SLOTS) && inside == NAME_NONE; i++) {
            for (u32 k = 0; span_eq(part, span_of(SLOTS[i].slot)) && k < SLOTS[i].words && good; k++, slot = true) {
                good = add(bank, SPAN("Name"), (u16)NAME_BIT(2 * SLOTS[i].kind - (k == 0)), SLOTS[i].of);
            }
        }
        u16 names = (u16)(inside == NAME_NONE ? NAME_BIT(0) : NAME_BIT(2 * inside - begins));
        good = good && (slot || add(bank, span_cut(part, 0, part.len - closes), names, SLOT_NONE));
        begins = false;
        inside = closes ? NAME_NONE : inside;
    }
    return good && inside == NAME_NONE;
}

int treebank_add_slots(treebank *bank, const char *file) {
    span rest;
    if (treebank_read(bank, file, &rest)) {
        return 1;
    }
    while (rest.len > 0) {
        span line = span_trim(span_next_field(&rest, '\n'));
        u32 first = bank->words.count;
        if (line.len == 0 || line.ptr[0] == '#') {
            continue;
        }
        if (!add_line(bank, line)) {
            fprintf(stderr, "%s: cannot read: %.*s\n", file, (int)line.len, line.ptr);
            return 1;
        }
        treebank_end_sentence(bank, first, false);
    }
    return 0;
}
