// SPDX-License-Identifier: Apache-2.0
/* Words: letters with what holds them together.  In: the offset of a letter.  Out: one token, or
 * a word with its clitics, or a word with its hyphen when its first part is a prefix.
 *
 *     don't -> do n't     Saudi-led -> Saudi (then - and led)     anti-Israeli -> anti-Israeli
 *     U.S.  -> U.S.       Gen. -> Gen.     said. -> said (then .)  irna.ir -> irna.ir
 *
 * "its" is cut like "it's" where a predicate follows: "its not over" -> it s not over.
 *
 * A dot behind a word belongs to it when the word is an initial, has dots inside, or stands in
 * lang/en/abbreviations.tsv with its condition met.  Curly apostrophes count as straight ones. */
#include "text/cut.h"

#include "text/chars.h"

#define NAME_LOOK 64     /* bytes looked ahead for the last part of "comp.sources.unix" */
#define CLITICS 3        /* "I'd've" has two */
#define INITIALS_ROOM 16

static bool is_word_kind(char_kind kind) { return kind == CHAR_LETTER || kind == CHAR_DIGIT || kind == CHAR_EXTEND; }

static char_kind kind_at(const cutter *c, u32 at, u32 end) {
    u32 size;
    return char_kind_at(c->text, at, end, &size);
}

/* Where the last apostrophe of the word stands, `end` when there is none. */
static u32 last_apostrophe(const cutter *c, u32 start, u32 end, u32 *size) {
    for (u32 at = end; at > start;) {
        at--;
        if (((u8)c->text.ptr[at] & 0xC0) != 0x80 && char_kind_at(c->text, at, end, size) == CHAR_APOSTROPHE) {
            return at;
        }
    }
    return end;
}

/* Where the last clitic of the word begins: before "'s", before the n of "n't"; else `end`. */
static u32 last_clitic(const cutter *c, u32 start, u32 end) {
    u32 size = 0, at = last_apostrophe(c, start, end, &size);
    if (at <= start || at == end) {
        return end;
    }
    if (ascii_to_lower(c->text.ptr[at - 1]) == 'n' && ascii_to_lower(cut_byte(c, at + size, end)) == 't' &&
        at + size + 1 == end) {
        return at - 1 > start ? at - 1 : end;
    }
    return lists_find(c->tables, span_cut(c->text, at, end)) & LIST_CLITIC ? at : end;
}

static u32 skip_blanks(const cutter *c, u32 at) {
    u32 size, end = (u32)c->text.len;
    while (at < end && char_kind_at(c->text, at, end, &size) == CHAR_BLANK) {
        at += size;
    }
    return at;
}

/* Whether the next word opens a predicate: "its not" is "it's not", "its army" and "its in-house" are not. */
static bool predicate_follows(const cutter *c, u32 at) {
    u32 start = skip_blanks(c, at), end = start, last = (u32)c->text.len;
    while (end < last && ascii_is_alpha(c->text.ptr[end])) {
        end++;
    }
    return start > at && end > start && cut_byte(c, end, last) != '-' && lists_find(c->tables, span_cut(c->text, start, end)) & LIST_PREDICATE;
}

/* "cannot" -> "can", "not": the list says where. */
static void emit_whole(cutter *c, u32 start, u32 end) {
    u32 first = c->r->tokens.count;
    bool blank = c->blank;
    cut_emit(c, start, end, false);
    u32 mask = c->full ? 0 : lists_of(c->tables, c->r->tokens.items[first].lower);
    if (!(mask & LIST_CONTRACTION) && !(mask & LIST_LEANING && predicate_follows(c, end))) {
        return;
    }
    u32 parts = map_find(&c->tables->parts, c->r->tokens.items[first].lower);
    c->r->tokens.count = first;
    c->blank = blank;
    for (u32 at = start; parts != 0 && at < end; parts >>= 5) {
        u32 next = at + (parts & 31);
        cut_emit(c, at, next < end ? next : end, at > start);
        at = next;
    }
}

void cut_clitics(cutter *c, u32 start, u32 end) {
    u32 cuts[CLITICS], count = 0, head = end;
    while (count < CLITICS) {
        u32 at = last_clitic(c, start, head);
        if (at == head) {
            break;
        }
        cuts[count++] = head;
        head = at;
    }
    emit_whole(c, start, head);
    while (count > 0) {
        u32 next = cuts[--count];
        cut_emit(c, head, next, true);
        head = next;
    }
}

/* True when the run "word.word.word" ends in a domain or a file's ending. */
static bool is_file_name(const cutter *c, u32 at, u32 end) {
    u32 p = at, piece = at, last = end - at > NAME_LOOK ? at + NAME_LOOK : end;
    for (; p < last && (ascii_is_alnum(c->text.ptr[p]) || c->text.ptr[p] == '.' || c->text.ptr[p] == '-'); p++) {
        if (c->text.ptr[p] == '.' && p + 1 < last && ascii_is_alnum(c->text.ptr[p + 1])) {
            piece = p + 1;
        }
    }
    u32 stop = p;
    while (stop > piece && !ascii_is_alnum(c->text.ptr[stop - 1])) {
        stop--;
    }
    span ending = span_cut(c->text, piece, stop);
    bool capital = ascii_is_upper(cut_byte(c, piece, end)), capitals = capital && ending.len >= 3 && ascii_is_upper(ending.ptr[1]);
    return piece > at && (!capital || capitals) && lists_find(c->tables, ending) & LIST_DOMAIN;
}

/* Whether the point at `at` (a letter or digit behind it) stays inside the word from `piece`. */
static bool point_stays(const cutter *c, u32 piece, u32 at, u32 end) {
    u32 size;
    char_kind before = char_kind_at(c->text, piece, end, &size);
    if (before == CHAR_LETTER && piece + size == at) {
        return true; /* "U.S", "p.m" */
    }
    char last = c->text.ptr[at - 1], next = c->text.ptr[at + 1];
    if (ascii_is_digit(last) && ascii_is_digit(next)) {
        return true; /* "v2.0" */
    }
    if (kind_at(c, at + 1, end) == CHAR_LETTER) {
        char_kind_at(c->text, at + 1, end, &size);
        if (at - piece <= 3 && cut_byte(c, at + 1 + size, end) == '.') {
            return true; /* "Ph.D." */
        }
    }
    return is_file_name(c, piece, end);
}

static bool joins_letters(const cutter *c, u32 start, u32 at, u32 end) {
    char b = c->text.ptr[at], next = cut_byte(c, at + 1, end);
    if (b == '&') {
        return at - start <= 3 && ascii_is_upper(c->text.ptr[at - 1]) == ascii_is_upper(next) && ascii_is_alpha(next);
    }
    if (b == '/') { /* "w/o", "L/C" */
        return at - start == 1 && ascii_is_alpha(next) && !is_word_kind(kind_at(c, at + 2, end)) &&
               cut_byte(c, at + 2, end) != '/';
    }
    return b == '*' && ascii_is_lower(next); /* "f*ck" */
}

/* The end of the run of letters, digits and inner joints from `at`. */
static u32 run_end(const cutter *c, u32 start, u32 end, bool *dotted) {
    u32 p = start, piece = start, size;
    while (p < end) {
        char_kind kind = char_kind_at(c->text, p, end, &size), next = kind_at(c, p + size, end);
        bool stays = is_word_kind(kind);
        if (kind == CHAR_APOSTROPHE) {
            stays = next == CHAR_LETTER;
        } else if (kind == CHAR_POINT && (next == CHAR_LETTER || next == CHAR_DIGIT)) {
            stays = point_stays(c, piece, p, end);
            *dotted |= stays;
            piece = p + 1;
        } else if (kind == CHAR_MARK && size == 1) {
            stays = joins_letters(c, start, p, end);
        }
        if (!stays) {
            return p;
        }
        p += size;
    }
    return p;
}

/* "J. Smith" and "George W. Bush", but not "plan B." before a small letter, and not "I." */
static bool is_initial(const cutter *c, u32 start, u32 end) {
    u32 size, code = utf8_decode(c->text, start, &size);
    if (size != end - start || !utf8_is_upper(code)) {
        return false;
    }
    u32 next = skip_blanks(c, end + 1);
    if (next >= c->text.len || code == 'I') {
        return false;
    }
    return next == end + 1 || utf8_is_upper(utf8_decode(c->text, next, &size)) || c->text.ptr[next] == '(';
}

static bool is_abbreviation(const cutter *c, u32 start, u32 end) {
    u32 mask = lists_find(c->tables, span_cut(c->text, start, end)), size;
    u32 next = skip_blanks(c, end + 1), count = c->r->tokens.count;
    bool last = next >= c->text.len;
    if ((mask & LIST_ABBREVIATION) == 0) {
        return false;
    }
    if (mask & LIST_CAPITAL && !utf8_is_upper(utf8_decode(c->text, start, &size))) {
        return false;
    }
    if (mask & LIST_AFTER_COMMA &&
        (count == c->first_token || report_form(c->r, count - 1).ptr[0] != ',')) {
        return false;
    }
    if (mask & LIST_BEFORE_DIGIT && (last || !ascii_is_digit(c->text.ptr[next]))) {
        return false;
    }
    if (mask & LIST_SENTENCE_DOT && (last || (next > end + 1 && utf8_is_upper(utf8_decode(c->text, next, &size))))) {
        return false;
    }
    return true;
}

/* Takes in the dot behind the word when it is the word's own. */
static u32 with_dot(const cutter *c, u32 start, u32 at, u32 end, bool dotted) {
    bool two = cut_byte(c, at + 1, end) == '.'; /* "Inc..": its own and a full stop */
    if (cut_byte(c, at, end) != '.' || (two && cut_byte(c, at + 2, end) == '.')) {
        return at;
    }
    bool own = (!two && is_initial(c, start, at)) || is_abbreviation(c, start, at);
    if (dotted && at - start >= 3 && c->text.ptr[at - 2] == '.' && at - start < INITIALS_ROOM) {
        own = true; /* "U.S." */
    }
    return own ? at + 1 : at;
}

/* "th- the": a word broken off in speech, one or two consonants before a hyphen and a blank. */
static bool is_broken_off(const cutter *c, u32 start, u32 end) {
    for (u32 at = start; at < end; at++) {
        if (!ascii_is_alpha(c->text.ptr[at]) || lists_find(c->tables, span_cut(c->text, at, at + 1)) & LIST_VOWEL) {
            return false;
        }
    }
    return end - start <= 2;
}

u32 cut_word(cutter *c, u32 start, u32 end) {
    bool dotted = false;
    u32 at = run_end(c, start, end, &dotted), size;
    if (kind_at(c, at, end) == CHAR_HYPHEN && lists_find(c->tables, span_cut(c->text, start, at)) & LIST_PREFIX) {
        char_kind_at(c->text, at, end, &size);
        if (is_word_kind(kind_at(c, at + size, end))) {
            at = run_end(c, at + size, end, &dotted);
        } else if (at + size == end) {
            at += size; /* "pre- and post-war" */
        }
    } else if (kind_at(c, at, end) == CHAR_HYPHEN && is_broken_off(c, start, at)) {
        char_kind_at(c->text, at, end, &size);
        at += at + size == end ? size : 0;
    }
    if (cut_byte(c, at, end) == '$' && at - start <= 3 && ascii_is_upper(c->text.ptr[start])) {
        at++; /* "US$" */
    }
    u32 stop = with_dot(c, start, at, end, dotted);
    if (stop > at) {
        cut_emit(c, start, stop, false);
    } else {
        cut_clitics(c, start, at);
    }
    return stop;
}
