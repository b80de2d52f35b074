// SPDX-License-Identifier: Apache-2.0
/* Blocks to tokens.  In: a block's bytes.  Out: tokens with ranges, forms and lower forms.
 *
 * The block is walked once: blanks part it into chunks, and inside a chunk the first character
 * says which kind of token begins: an address, a word, a number, or a sign.  Each of these looks
 * ahead only a bounded number of bytes or eats what it has looked at, so the time is linear
 * whatever the text.
 *
 *     Iran's U.S.-led $5m plan, 7/9/2020:
 *     Iran + 's   U.S. - led   $ 5 m   plan ,   7/9/2020 :       (+ marks a joined word) */
#include "text/cut.h"

#include "text/chars.h"

#define FOLD_ROOM 256
#define ADDRESS_LOOK 128 /* bytes searched for the @ of an e-mail */
#define NAME_LOOK 64     /* bytes searched for the ending of a file name */

void cut_emit(cutter *c, u32 start, u32 end, bool joined) {
    report *r = c->r;
    if (r->tokens.count > c->first_token) {
        r->tokens.items[r->tokens.count - 1].space_after = c->blank;
    }
    token *t = list_push(r->memory, &r->tokens);
    if (t == NULL) {
        c->full = true;
        return;
    }
    span word = span_cut(c->text, start, end);
    *t = (token){.text = {start, end}, .lemma = NONE, .head = NONE, .joined = joined, .space_after = true};
    t->form = symbols_add(&r->words, word);
    t->lower = t->form;
    if (char_needs_folding(word)) {
        char buffer[FOLD_ROOM];
        t->lower = symbols_add(&r->words, char_fold(word, buffer, sizeof buffer));
    }
    c->full |= t->form == NONE || t->lower == NONE;
    c->blank = false;
}

static bool is_local_part(char b) {
    return ascii_is_alnum(b) || b == '.' || b == '_' || b == '%' || b == '+' || b == '-';
}

/* "carol.st@enron.com", and "Rice@ENRON" of in-house mail. */
static u32 find_mail(const cutter *c, u32 at, u32 end) {
    u32 p = at, last = end - at > ADDRESS_LOOK ? at + ADDRESS_LOOK : end;
    while (p < last && is_local_part(c->text.ptr[p])) {
        p++;
    }
    if (p == at || cut_byte(c, p, end) != '@' || !ascii_is_alnum(cut_byte(c, p + 1, end))) {
        return at;
    }
    for (p++; p < end && is_local_part(c->text.ptr[p]);) {
        p++;
    }
    while (!ascii_is_alnum(c->text.ptr[p - 1])) {
        p--;
    }
    return p;
}

static bool is_address_tail(char b) {
    return ascii_is_alnum(b) || b == '/' || b == '#' || b == '=' || b == '_' || b == '-' || b == '~' || b == '&';
}

/* Everything up to a quote, bracket or blank; stops and commas at its end stay outside. */
static u32 find_address_end(const cutter *c, u32 at, u32 end) {
    u32 p = at;
    while (p < end && strchr("\"<>()[]{}|", c->text.ptr[p]) == NULL && (u8)c->text.ptr[p] < 0x80) {
        p++;
    }
    while (p > at && !is_address_tail(c->text.ptr[p - 1])) {
        p--;
    }
    return p;
}

/* "cover-letter_2.doc", "anti-war.com", and the names of newsgroups, "comp.sources.unix": hyphens and
 * points stay inside when the ending is known, or when two points part lower-case words. */
static u32 find_name(const cutter *c, u32 at, u32 end) {
    u32 p = at, piece = at, points = 0, last = end - at > NAME_LOOK ? at + NAME_LOOK : end;
    bool words = true;
    for (; p < last && (ascii_is_alnum(c->text.ptr[p]) || strchr("._-#", c->text.ptr[p]) != NULL); p++) {
        char b = c->text.ptr[p];
        if (b == '.' && ascii_is_alnum(cut_byte(c, p + 1, end))) {
            words &= p >= piece + 2;
            points++;
            piece = p + 1;
        }
        words &= ascii_is_lower(b) || b == '.' || b == '-';
    }
    while (p > piece && !ascii_is_alnum(c->text.ptr[p - 1])) {
        p--;
    }
    span ending = span_cut(c->text, piece, p);
    bool title = ascii_is_upper(cut_byte(c, piece, end)) && !ascii_is_upper(cut_byte(c, piece + 1, end));
    bool file = points > 0 && ending.len >= 3 && !title && lists_find(c->tables, ending) & LIST_DOMAIN;
    return file || (words && points >= 2 && ending.len >= 2) ? p : at;
}

static bool begins_with(const cutter *c, u32 at, u32 end, const char *prefix) {
    u32 i = 0;
    for (; prefix[i] != '\0'; i++) {
        if (ascii_to_lower(cut_byte(c, at + i, end)) != prefix[i]) {
            return false;
        }
    }
    return true;
}

u32 cut_find_address(const cutter *c, u32 at, u32 end) {
    static const char *const schemes[] = {"http://", "https://", "ftp://", "mailto:", "www."};
    for (u32 i = 0; i < COUNT_OF(schemes); i++) {
        u32 size = (u32)strlen(schemes[i]);
        if (begins_with(c, at, end, schemes[i]) && ascii_is_alnum(cut_byte(c, at + size, end))) {
            return find_address_end(c, at, end);
        }
    }
    char first = c->text.ptr[at], second = cut_byte(c, at + 1, end);
    if ((first == '#' && ascii_is_alpha(second)) || (first == '@' && (ascii_is_alpha(second) || second == '_'))) {
        u32 p = at + 1, size;
        for (char_kind kind; kind = char_kind_at(c->text, p, end, &size), kind == CHAR_LETTER || kind == CHAR_DIGIT;) {
            p += size;
        }
        return p;
    }
    u32 mail = ascii_is_alnum(first) ? find_mail(c, at, end) : at;
    return mail > at || !ascii_is_alnum(first) ? mail : find_name(c, at, end);
}

/* One chunk without blanks inside. */
static void cut_chunk(cutter *c, u32 at, u32 end, bool may_hold_address) {
    while (at < end && !c->full) {
        u32 size, next = at;
        char_kind kind = char_kind_at(c->text, at, end, &size);
        if (may_hold_address && (next = cut_find_address(c, at, end)) > at) {
            cut_emit(c, at, next, false);
        } else if (kind == CHAR_LETTER) {
            next = cut_word(c, at, end);
        } else if (kind == CHAR_DIGIT) {
            next = cut_number(c, at, end);
        } else if (kind == CHAR_EXTEND || kind == CHAR_BLANK) {
            next = at + size; /* a direction mark before the word: no token's */
        } else {
            next = cut_mark(c, at, end);
        }
        at = next;
    }
}

bool cut_block(const text_tables *tables, report *r, range block_text) {
    cutter c = {.tables = tables,
                .r = r,
                .text = span_cut(r->text, 0, block_text.end),
                .first_token = r->tokens.count};
    u32 end = block_text.end;
    for (u32 at = block_text.start; at < end && !c.full;) {
        u32 size, start = at;
        bool address = false;
        for (char_kind kind; at < end; at += size) {
            kind = char_kind_at(c.text, at, end, &size);
            if (kind == CHAR_BLANK) {
                break;
            }
            char b = c.text.ptr[at];
            address |= b == '@' || b == '/' || b == '#' || (b == ':' && at > start) ||
                       (b == '.' && at > start && ascii_is_alnum(cut_byte(&c, at + 1, end)));
        }
        if (at > start) {
            cut_chunk(&c, start, at, address);
        }
        if (at < end) {
            char_kind_at(c.text, at, end, &size);
            at += size;
            c.blank = true;
        }
    }
    return !c.full;
}
