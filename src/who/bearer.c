// SPDX-License-Identifier: Apache-2.0
/* With which given names does the report bear a surname?  One that is not the office holder's tells that he is not meant.
 *
 *     "Balco boss Victor Conte denied it.  Conte said ..."      not Lansana Conte, who ruled Guinea
 *     "Valerii Zaluzhnyi ...  Zaluzhnyi said ..."               Valery Zaluzhny of the tables, spelt otherwise */
#include "who/scene.h"

#define BEARERS 16 /* different given names that are kept of one surname */
#define ALIKE 3    /* letters that tell "Valery" from "Victor", and not from "Valerii" */

static bool holds_beginning(span text, span word) {
    bool found = false;
    for (size_t i = 0; i + ALIKE <= text.len && !found; i++) {
        found = (i == 0 || text.ptr[i - 1] == ' ') && memcmp(text.ptr + i, word.ptr, ALIKE) == 0;
    }
    return found;
}

/* Adds the given name to those of the surname; false when memory is out. */
static bool add(scene *s, symbol surname, span given) {
    u32 first = map_find(&s->bearers, surname), count = 0;
    for (u32 i = first; i != NONE; i = s->bearer_names.items[i].next) {
        if (span_eq(s->bearer_names.items[i].given, given) || ++count == BEARERS) {
            return true;
        }
    }
    bearer_name *new = list_push(s->r->memory, &s->bearer_names);
    if (new == NULL) {
        return false;
    }
    *new = (bearer_name){given, first};
    return map_set(&s->bearers, surname, s->bearer_names.count - 1);
}

bool bearer_note(scene *s) {
    const report *r = s->r;
    bool fine = true;
    map_open(&s->bearers, r->memory);
    for (u32 i = 1; i < r->tokens.count && fine; i++) {
        const token *t = report_token(r, i), *before = report_token(r, i - 1);
        bool full = t->name == NAME_PER && !t->name_begins && before->name == NAME_PER && before->name_begins;
        span given = full ? report_form(r, i - 1) : (span){NULL, 0};
        u32 unused;
        if (given.len > ALIKE && given.ptr[given.len - 1] != '.' && scene_match_word(s, &s->lex->titles, i - 1, &unused, NULL) == NONE) {
            fine = add(s, t->form, given);
        }
    }
    return fine;
}

bool bearer_denies(const scene *s, const lexicon_row *row, u32 at_token) {
    u32 first = map_find(&s->bearers, report_token(s->r, at_token)->form);
    bool own = false;
    for (u32 i = first; i != NONE && !own; i = s->bearer_names.items[i].next) {
        own = holds_beginning(row->name, s->bearer_names.items[i].given);
    }
    return first != NONE && !own;
}
