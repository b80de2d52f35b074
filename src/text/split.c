// SPDX-License-Identifier: Apache-2.0
/* Sentences.  In: the tokens of a block.  Out: sentences, none across a block.
 *
 * A stop is a candidate.  What closes behind it (quotation marks, brackets) goes with it; then
 * the word before and the word behind decide:
 *
 *     He met Gen. Baqeri.            a title never ends a sentence
 *     in the U.S. The army ...       an abbreviation does before a word that opens sentences
 *     in the U.S. Army               but not before a name
 *     "Why?" he asked.               a quoted question goes on before a small letter or "he said"
 *     He paused ... and left.        dots end a sentence before a capital only
 *
 * A dateline ("KIGALI, June 27 (Agency) -") is a sentence of its own.  A blank line or a list bullet at the start of a line parts sentences without any stop. */
#include "text/split.h"

#include "text/chars.h"

#define CLOSING_LOOK 8      /* tokens that may close behind a stop */
#define DATELINE_TOKENS 20  /* a dateline ends within so many */
#define DATELINE_LETTERS 4  /* of a town in capitals: "UN: ..." is none */

typedef enum { STOP_NONE, STOP_POINT, STOP_CALL, STOP_DOTS, STOP_ABBREVIATION } stop_kind;

typedef struct {
    const text_tables *tables;
    const report *r;
    u32 end; /* tokens of the block end here */
} splitter;

static u32 first_code(span form) {
    u32 size;
    return form.len > 0 ? utf8_decode(form, 0, &size) : 0;
}

static bool is_call(u32 code) {
    return code == '!' || code == '?' || code == 0x2026 || code == 0x061F || code == 0x06D4 || code == 0x3002 ||
           code == 0xFF01 || code == 0xFF1F || code == 0x203D || code == 0x0964;
}

static stop_kind stop_of(span form) {
    u32 code = first_code(form);
    if (code == '.') {
        return form.len == 1 ? STOP_POINT : form.ptr[1] == '.' ? STOP_DOTS : is_call((u8)form.ptr[1]) ? STOP_CALL : STOP_NONE;
    }
    if (is_call(code)) {
        return code == 0x2026 ? STOP_DOTS : STOP_CALL;
    }
    return form.len > 1 && form.ptr[form.len - 1] == '.' ? STOP_ABBREVIATION : STOP_NONE;
}

static bool is_bracket_end(u32 code) { return code == ')' || code == ']' || code == '}'; }
static bool is_quote_end(u32 code) { return code == 0x201D || code == 0x2019 || code == 0xBB || code == 0x203A; }
/* "[6]" behind the stop: a note's number. */
static u32 note_end(const splitter *s, u32 at) {
    if (at + 2 >= s->end || first_code(report_form(s->r, at)) != '[' ||
        first_code(report_form(s->r, at + 2)) != ']') {
        return at;
    }
    u32 code = first_code(report_form(s->r, at + 1));
    return code >= '0' && code <= '9' ? at + 3 : at;
}

static bool is_straight_quote(u32 code) { return code == '"' || code == '\''; }

/* Closing signs stick to the stop; a straight quote after a blank opens what comes. */
static bool closes(const splitter *s, u32 at) {
    u32 code = first_code(report_form(s->r, at));
    if (is_bracket_end(code) || is_quote_end(code)) {
        return true;
    }
    if (!is_straight_quote(code) || report_form(s->r, at).len > 2) {
        return false;
    }
    return !report_token(s->r, at - 1)->space_after;
}

static bool is_lower_start(span form) {
    u32 code = first_code(form);
    return utf8_is_letter(code) && !utf8_is_upper(code);
}

/* Skips opening quotes and brackets before the word that tells how the text goes on. */
static u32 first_word(const splitter *s, u32 at) {
    while (at < s->end && at + 1 < s->end) {
        u32 code = first_code(report_form(s->r, at)), size;
        span form = report_form(s->r, at);
        if (char_kind_at(form, 0, (u32)form.len, &size) == CHAR_LETTER || (code >= '0' && code <= '9') || size == 0) {
            break;
        }
        if (!is_straight_quote(code) && code != '(' && code != '[' && code != 0x201C && code != 0x2018 && code != '`') {
            break;
        }
        at++;
    }
    return at;
}

/* "... ?" Smith asked: one to three capitals or a pronoun, then a verb of saying. */
static bool speech_goes_on(const splitter *s, u32 at) {
    for (u32 i = at; i < s->end && i < at + 4; i++) {
        if (lists_of(s->tables, report_token(s->r, i)->lower) & LIST_SAYING) {
            return i > at;
        }
    }
    return false;
}

/* `stop`: the token of the stop; `next`: the first token behind it and what closes with it. */
static bool ends_here(const splitter *s, stop_kind kind, u32 stop, u32 next) {
    bool quoted = next > stop + 1, blank = report_token(s->r, next - 1)->space_after;
    u32 word = first_word(s, next);
    span form = report_form(s->r, word);
    u32 mask = lists_of(s->tables, report_token(s->r, word)->lower);
    u32 code = first_code(form);
    bool lower = is_lower_start(form), starts = utf8_is_upper(code);
    if (first_code(report_form(s->r, next)) == ',' || code == ',' || code == ';' || code == ':') {
        return false;
    }
    switch (kind) {
    case STOP_POINT:
        return quoted ? !lower : blank || starts || word > next;
    case STOP_CALL: /* a question may be followed by a small letter, a call is often part of a name */
        return lower ? !quoted && blank && first_code(report_form(s->r, stop)) == '?' : !(quoted && speech_goes_on(s, word));
    case STOP_DOTS:
        return starts && blank;
    case STOP_ABBREVIATION: {
        span abbreviation = report_form(s->r, stop);
        u32 own = lists_find(s->tables, span_cut(abbreviation, 0, abbreviation.len - 1));
        bool never = own & LIST_NEVER_ENDS || abbreviation.len == 2;
        return !never && starts && (mask & LIST_STARTER || word > next) && (mask & LIST_DATE) == 0;
    }
    default:
        return false;
    }
}

static bool is_address(span form) { return memchr(form.ptr, '@', form.len) != NULL || memchr(form.ptr, '/', form.len) != NULL; }

static bool is_ornament(span form) {
    return form.len >= 4 && strchr("=*_~#-", form.ptr[0]) != NULL && form.ptr[1] == form.ptr[0] && form.ptr[2] == form.ptr[0];
}

/* Page and mail furniture that parts sentences without a stop: a ruled line, an address before a
 * capital, the time stamp "04/26/2001 07:17 AM". */
static bool parted_by_furniture(const splitter *s, u32 first, u32 at) {
    span before = report_form(s->r, at - 1), here = report_form(s->r, at);
    if (is_ornament(before) != is_ornament(here)) {
        return true;
    }
    if (!report_token(s->r, at - 1)->space_after) {
        return false;
    }
    u32 code = first_code(here);
    if (before.len > 5 && is_address(before) && memchr(before.ptr, '.', before.len) != NULL) {
        return utf8_is_upper(code) || (is_address(here) && here.len > 5);
    }
    return before.len == 2 && before.ptr[1] == 'M' && (before.ptr[0] == 'A' || before.ptr[0] == 'P') && at >= first + 3 &&
           memchr(report_form(s->r, at - 2).ptr, ':', report_form(s->r, at - 2).len) != NULL &&
           memchr(report_form(s->r, at - 3).ptr, '/', report_form(s->r, at - 3).len) != NULL;
}

/* "2." before the item of a list. */
static bool numbers_item(const splitter *s, u32 first, u32 at) {
    span form = report_form(s->r, first);
    return at == first + 1 && form.len <= 2 && ascii_is_digit(form.ptr[0]) && ascii_is_digit(form.ptr[form.len - 1]) &&
           report_form(s->r, at).len == 1 && report_form(s->r, at).ptr[0] == '.';
}

/* A blank line before token `at`, or a line that begins with a bullet. */
static bool parted_by_lines(const splitter *s, u32 at) {
    const token *before = report_token(s->r, at - 1), *here = report_token(s->r, at);
    u32 lines = 0;
    for (u32 i = before->text.end; i < here->text.start; i++) {
        lines += s->r->text.ptr[i] == '\n';
    }
    if (lines == 0) {
        return false;
    }
    u32 code = first_code(report_form(s->r, at));
    bool bullet = code == 0x2022 || code == 0xB7 || code == 0x25AA || code == 0x25CF || code == 0x25E6 || code == 0x2023;
    span form = report_form(s->r, at);
    bool item = (code == '-' || code == '*') && form.len == 1 && here->space_after;
    u32 last = first_code(report_form(s->r, at - 1));
    return lines > 1 || bullet || (item && (last == ':' || last == ';' || stop_of(report_form(s->r, at - 1)) != STOP_NONE));
}

/* More stops written together with the first, or the same one again: "?!", ". . .", "? ? ?". */
static bool stops_again(const splitter *s, stop_kind kind, u32 at) {
    span form = report_form(s->r, at);
    stop_kind again = stop_of(form);
    if (again != STOP_NONE && report_token(s->r, at)->form == report_token(s->r, at - 1)->form) {
        return true;
    }
    return kind != STOP_ABBREVIATION && !report_token(s->r, at - 1)->space_after && again != STOP_NONE &&
           again != STOP_ABBREVIATION && form.len < 4;
}

/* The first token of the sentence behind token `i`, or NONE when token `i` does not end one. */
static u32 boundary_behind(const splitter *s, u32 i) {
    stop_kind kind = stop_of(report_form(s->r, i));
    if (kind == STOP_NONE) {
        return NONE;
    }
    u32 next = i + 1, last = s->end - i > CLOSING_LOOK ? i + CLOSING_LOOK : s->end;
    while (next < last && !parted_by_lines(s, next) && (closes(s, next) || stops_again(s, kind, next))) {
        next++;
    }
    for (u32 note = next; next < last && (note = note_end(s, next)) > next;) {
        next = note;
    }
    return next < s->end && ends_here(s, kind, i, next) ? next : NONE;
}

static bool is_dash(span form) { return span_eq(form, SPAN("-")) || span_eq(form, SPAN("--")) || span_eq(form, SPAN("–")) || span_eq(form, SPAN("—")); }

static bool is_all_capitals(span form) {
    size_t letters = 0;
    for (size_t at = 0; at < form.len;) {
        u32 size, code = utf8_decode(form, at, &size);
        if (utf8_is_letter(code) && !utf8_is_upper(code)) {
            return false;
        }
        letters += utf8_is_letter(code);
        at += size;
    }
    return letters >= DATELINE_LETTERS;
}

/* The first token behind a dateline that opens the block, or NONE.  Treebanks hold no datelines, so a
 * parser would take the town for a subject:
 *
 *     KIGALI, June 27 (Great Lakes Monitor) - Rwanda denied ...     Kabul, July 9 (Agency) -- The ...
 *     KUWAIT: The assembly is scheduled to vote ...
 *
 * Before the dash or colon stand only capitals, figures, commas and brackets; without a town in
 * capitals there must be an agency in brackets. */
static u32 dateline_end(const splitter *s, u32 first) {
    const report *r = s->r;
    bool capitals = is_all_capitals(report_form(r, first)), agency = false, inside = false;
    u32 last = s->end - first > DATELINE_TOKENS ? first + DATELINE_TOKENS : s->end;
    for (u32 i = first; i + 1 < last; i++) {
        span form = report_form(r, i);
        u32 code = first_code(form);
        bool free = report_token(r, i)->space_after || (i > first && report_token(r, i - 1)->space_after) || code == 0x2014;
        bool dash = !inside && i > first && is_dash(form) && free, colon = !inside && i > first && code == ':';
        if ((dash && (capitals || agency)) || (colon && capitals && report_token(r, i)->space_after)) {
            return is_lower_start(report_form(r, first_word(s, i + 1))) ? NONE : i + 1;
        }
        agency |= inside && code == ')';
        inside = code == '(' || (inside && code != ')');
        if ((!inside && is_lower_start(form)) || dash || stop_of(form) == STOP_CALL) {
            return NONE;
        }
    }
    return NONE;
}

static bool add_sentence(report *r, u32 of_block, u32 first, u32 end) {
    sentence *made = list_push(r->memory, &r->sentences);
    if (made == NULL) {
        return false;
    }
    *made = (sentence){.first_token = first,
                       .end_token = end,
                       .block = of_block,
                       .text = {r->tokens.items[first].text.start, r->tokens.items[end - 1].text.end}};
    for (u32 i = first; i < end; i++) {
        r->tokens.items[i].sentence = r->sentences.count - 1;
    }
    return true;
}

bool split_block(const text_tables *tables, report *r, u32 of_block, u32 first_token, bool whole) {
    splitter s = {.tables = tables, .r = r, .end = r->tokens.count};
    u32 first = first_token;
    if (whole) {
        return first == s.end || add_sentence(r, of_block, first, s.end);
    }
    u32 opening = first < s.end ? dateline_end(&s, first) : NONE;
    if (opening != NONE) {
        if (!add_sentence(r, of_block, first, opening)) {
            return false;
        }
        first = opening;
    }
    for (u32 i = first; i < s.end;) {
        u32 next = i + 1 < s.end && !numbers_item(&s, first, i) ? boundary_behind(&s, i) : NONE;
        if (next == NONE && i + 1 < s.end && (parted_by_lines(&s, i + 1) || parted_by_furniture(&s, first, i + 1))) {
            next = i + 1;
        }
        if (next == NONE) {
            i++;
            continue;
        }
        if (!add_sentence(r, of_block, first, next)) {
            return false;
        }
        first = i = next;
    }
    return first == s.end || add_sentence(r, of_block, first, s.end);
}
