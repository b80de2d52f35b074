// SPDX-License-Identifier: Apache-2.0
/* What a report says that its short names are short for.
 *
 *     "the Financial Services Authority (FSA) said"
 *       F S A are the initials of the words before the bracket, none of which is in "Free Syrian Army":
 *       in this report FSA is not the body of that name in the tables.
 *
 * A word shared by its first letters is enough to keep the table's body: "Organización", "Organisation" and
 * "Organization" are one, and what a foreign name shares with its translation is often no more. */
#include "who/scene.h"

#define STEM 4 /* letters that make a word the same */

static bool is_initial(const scene *s, u32 at_token, char letter) {
    span form = report_form(s->r, at_token);
    return form.len > 0 && form.ptr[0] == letter && ascii_is_upper(letter);
}

/* First token of the words whose initials the acronym in the bracket at `open` spells, or NONE. */
static u32 spelled_from(const scene *s, u32 open) {
    span form = report_form(s->r, open + 1);
    u32 low = scene_sentence_first(s, open), at = open;
    for (size_t left = form.len; left > 0; left--) {
        bool small = at > low && !ascii_is_upper(report_form(s->r, at - 1).ptr[0]); /* "of", "for", "and" */
        at -= small && left < form.len;
        if (at == low || !is_initial(s, at - 1, form.ptr[left - 1])) {
            return NONE;
        }
        at--;
    }
    return at;
}

bool gloss_at(const scene *s, u32 at_token) {
    bool inside = at_token > 0 && at_token + 2 < scene_sentence_end(s, at_token - 1);
    bool bracket = inside && scene_is(s, at_token, "(") && scene_is(s, at_token + 2, ")");
    return bracket && report_form(s->r, at_token + 1).len >= 2 && spelled_from(s, at_token) != NONE;
}

bool gloss_find(scene *s) {
    map_open(&s->glossed, s->r->memory);
    bool fine = true;
    for (u32 at = 1; at + 2 < s->r->tokens.count && fine; at++) {
        if (gloss_at(s, at)) {
            fine = map_set(&s->glossed, report_token(s->r, at + 1)->form, at);
        }
    }
    return fine;
}

static bool begins_alike(span a, span b) {
    size_t letters = a.len < b.len ? a.len : b.len;
    letters = letters < STEM ? letters : STEM;
    for (size_t i = 0; i < letters; i++) {
        if (ascii_to_lower(a.ptr[i]) != ascii_to_lower(b.ptr[i])) {
            return false;
        }
    }
    return letters == STEM || a.len == b.len;
}

static bool is_in_name(span word, span name) {
    while (name.len > 0) {
        if (begins_alike(word, span_next_field(&name, ' '))) {
            return true;
        }
    }
    return false;
}

bool gloss_denies(const scene *s, span name, u32 at_token) {
    u32 open = map_find(&s->glossed, report_token(s->r, at_token)->form);
    bool several = false;
    for (size_t i = 0; i < name.len; i++) {
        several = several || name.ptr[i] == ' ';
    }
    if (open == NONE || !several) {
        return false;
    }
    for (u32 i = spelled_from(s, open); i < open; i++) {
        span word = report_form(s->r, i);
        if (ascii_is_upper(word.ptr[0]) && is_in_name(word, name)) {
            return false;
        }
    }
    return true;
}
