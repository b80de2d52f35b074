// SPDX-License-Identifier: Apache-2.0
/* In: a verb's form and the verbs that frames know.   Out: the frame's verb that it is a regular form of.
 *
 *     banged    the lemmatizer, which never saw it, says "bange"; frames know "bang"
 *     daubed    "dau"; frames know "daub"
 *
 * Only regular endings are undone; a lemma that frames know is never touched. */
#include "what/inflection.h"

#define FORM_ROOM 48

typedef struct {
    const char *ending, *instead; /* "ied" -> "y" */
    bool undouble;                /* "batted" -> "bat" */
} ending_rule;

/* The surest first. */
static const ending_rule rules[] = {
    {"ied", "y", false}, {"ed", "", true}, {"ed", "", false}, {"ed", "e", false},
    {"ing", "", true},   {"ing", "", false}, {"ing", "e", false}, {"ies", "y", false}, {"es", "", false}, {"s", "", false},
};

static bool is_doubled(span stem) {
    return stem.len > 3 && stem.ptr[stem.len - 1] == stem.ptr[stem.len - 2];
}

symbol inflection_find(const symbols *words, const map *verbs, span lower) {
    char form[FORM_ROOM];
    for (u32 i = 0; i < COUNT_OF(rules) && lower.len < FORM_ROOM; i++) {
        span ending = span_of(rules[i].ending), instead = span_of(rules[i].instead);
        if (lower.len < ending.len + 3 || !span_eq(span_cut(lower, lower.len - ending.len, lower.len), ending)) {
            continue;
        }
        span stem = span_cut(lower, 0, lower.len - ending.len);
        if (rules[i].undouble && !is_doubled(stem)) {
            continue;
        }
        size_t len = stem.len - rules[i].undouble;
        memcpy(form, stem.ptr, len);
        memcpy(form + len, instead.ptr, instead.len);
        symbol verb = symbols_find(words, (span){form, len + instead.len});
        if (verb != NONE && map_find(verbs, verb) != NONE) {
            return verb;
        }
    }
    return NONE;
}
