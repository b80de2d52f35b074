// SPDX-License-Identifier: Apache-2.0
/* Signs.  In: the offset of a character that is neither letter nor digit.  Out: one token.
 *
 * Signs stand alone, but runs of stops ("...", "?!"), of dashes and of ornaments are one token,
 * and so are faces, emoji with all that is joined to them, and the apostrophe of "'em", "'07".
 * Four and more of the same sign are always one: a page of quotation marks is a handful of tokens. */
#include "text/cut.h"

#include "text/chars.h"

#define FACE_LONGEST 3
#define SAME_RUN 4

static u32 same_end(const cutter *c, u32 at, u32 end) {
    char b = c->text.ptr[at];
    while (at < end && c->text.ptr[at] == b) {
        at++;
    }
    return at;
}

/* A face with no letter or digit behind it. */
static u32 face_end(const cutter *c, u32 at, u32 end) {
    if (strchr(":;=^<", c->text.ptr[at]) == NULL) {
        return at;
    }
    for (u32 size = end - at < FACE_LONGEST ? end - at : FACE_LONGEST; size >= 2; size--) {
        if (lists_find(c->tables, span_cut(c->text, at, at + size)) & LIST_FACE && !ascii_is_alnum(cut_byte(c, at + size, end)) &&
            cut_byte(c, at + size, end) != '/') {
            return at + size;
        }
    }
    return at;
}

/* One emoji or other sign outside ASCII with everything joined to it. */
static u32 cluster_end(const cutter *c, u32 at, u32 end) {
    u32 size, code = utf8_decode(c->text, at, &size), next_size;
    bool flag = code >= 0x1F1E6 && code <= 0x1F1FF;
    at += size;
    if (flag && at < end) {
        u32 second = utf8_decode(c->text, at, &next_size);
        return second >= 0x1F1E6 && second <= 0x1F1FF ? at + next_size : at;
    }
    while (char_kind_at(c->text, at, end, &size) == CHAR_EXTEND) {
        bool joiner = utf8_decode(c->text, at, &next_size) == 0x200D;
        at += size;
        if (joiner && char_kind_at(c->text, at, end, &next_size) == CHAR_MARK) {
            at += next_size;
        }
    }
    return at;
}

/* "'07", "'em"; `at` when the apostrophe stands alone. */
static u32 apostrophe_word_end(const cutter *c, u32 at, u32 size, u32 end) {
    u32 p = at + size, step;
    bool digits = ascii_is_digit(cut_byte(c, p, end));
    for (char_kind kind; kind = char_kind_at(c->text, p, end, &step), kind == CHAR_LETTER || kind == CHAR_DIGIT;) {
        p += step;
    }
    if (digits) {
        u32 figures = p - at - size;
        char last = c->text.ptr[p - 1];
        return figures == 2 || (figures == 3 && last == 's') ? p : at;
    }
    return p - at < 10 && p > at + size && lists_find(c->tables, span_cut(c->text, at, p)) & LIST_APOSTROPHE ? p : at;
}

static u32 cut_apostrophe(cutter *c, u32 at, u32 size, u32 end) {
    u32 next = apostrophe_word_end(c, at, size, end), step, count = c->r->tokens.count;
    if (next > at) {
        cut_emit(c, at, next, false);
        return next;
    }
    next = at + size;
    if (next < end && char_kind_at(c->text, next, end, &step) == CHAR_APOSTROPHE && (step > 1 || c->text.ptr[next] == c->text.ptr[at])) {
        cut_emit(c, at, next + step, false); /* '' and ``, also curly */
        return next + step;
    }
    bool glued = !c->blank && count > c->first_token && c->r->tokens.items[count - 1].text.end == at;
    bool word_follows = char_kind_at(c->text, next, end, &step) == CHAR_LETTER;
    char last = glued ? c->text.ptr[at - 1] : ' ';
    bool possessive = glued && !word_follows && c->quotes == 0 && (ascii_to_lower(last) == 's' || ascii_to_lower(last) == 'z');
    if (!possessive && (!glued || word_follows)) {
        c->quotes++;
    } else if (!possessive && c->quotes > 0) {
        c->quotes--;
    }
    cut_emit(c, at, next, possessive);
    return next;
}

static u32 run_of(const cutter *c, u32 at, u32 end, const char *set) {
    while (at < end && c->text.ptr[at] != '\0' && strchr(set, c->text.ptr[at]) != NULL) {
        at++;
    }
    return at;
}

/* Where the sign at `at` ends; a curly quote or dash is a cluster of one. */
static u32 mark_end(const cutter *c, u32 at, u32 end) {
    char b = c->text.ptr[at];
    if ((u8)b >= 0x80) {
        return cluster_end(c, at, end);
    }
    if (b == '!' || b == '?') {
        return run_of(c, at, end, "!?");
    }
    u32 face = face_end(c, at, end), same = same_end(c, at, end), ruled = run_of(c, at, end, "-=");
    if (face > at) {
        return face;
    }
    if (b == '.' && same == at + 1) {
        return run_of(c, same, end, "!?"); /* ".?", ".!!" */
    }
    if (ruled - at >= SAME_RUN) {
        return ruled; /* "----==" */
    }
    if (strchr(".-=*~#+|^<>$", b) != NULL || same - at >= SAME_RUN) {
        return same;
    }
    return at + 1;
}

u32 cut_mark(cutter *c, u32 at, u32 end) {
    u32 size;
    if (char_kind_at(c->text, at, end, &size) == CHAR_APOSTROPHE && same_end(c, at, end) - at < SAME_RUN) {
        return cut_apostrophe(c, at, size, end);
    }
    if (c->text.ptr[at] == '.' && ascii_is_digit(cut_byte(c, at + 1, end)) &&
        (at == 0 || c->blank || c->r->tokens.count == c->first_token)) {
        u32 next = at + 1; /* ".265" */
        while (ascii_is_digit(cut_byte(c, next, end))) {
            next++;
        }
        cut_emit(c, at, next, false);
        return next;
    }
    u32 next = mark_end(c, at, end);
    cut_emit(c, at, next, false);
    return next;
}
