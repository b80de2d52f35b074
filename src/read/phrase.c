// SPDX-License-Identifier: Apache-2.0
/* In: one block of text.   Out: paragraph, heading, caption, credit or furniture, and why.
 *
 * First the list of phrases (lang/en/read/phrases.tsv), then shapes that no list can hold:
 *
 *   "... in Irbid, Jordan. (Muhammad Hamed/Reuters)"   a short block ending in brackets with an
 *                                                      agency behind a slash: a caption
 *   "By Anna Smith, Reuters"                           a few capitalised words behind "By": a byline
 *   "* * *"                                            no letters at all: furniture
 *
 * A long block is a paragraph whatever it ends with: pages glue credits to paragraphs. */
#include "read/phrase.h"

#include "read/fold.h"

#define FOLD_ROOM 1024
#define SHAPE_WORDS 90u /* longest caption */
#define BYLINE_WORDS 14u
#define HEADING_WORDS 16u
#define CREDIT_BYTES 70u /* longest bracket with an agency in it */

static bool is_word_byte(char c) { return ascii_is_alnum((unsigned char)c) || (unsigned char)c >= 0x80; }

/* `piece` at or behind `from`, at word boundaries; SIZE_MAX when absent. */
static size_t find_piece(span text, size_t from, span piece) {
    for (size_t at = from; at + piece.len <= text.len; at++) {
        const char *hit = memchr(text.ptr + at, piece.ptr[0], text.len - at - piece.len + 1);
        if (hit == NULL) {
            return SIZE_MAX;
        }
        at = (size_t)(hit - text.ptr);
        bool same = memcmp(hit, piece.ptr, piece.len) == 0;
        bool opens = at == 0 || !is_word_byte(text.ptr[at - 1]) || !is_word_byte(piece.ptr[0]);
        bool closes = at + piece.len == text.len || !is_word_byte(text.ptr[at + piece.len]) ||
                      !is_word_byte(piece.ptr[piece.len - 1]);
        if (same && opens && closes) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* The last piece of an anchored pattern must stand at the very end. */
static bool ends_with_piece(span text, size_t from, span piece) {
    if (text.len < from + piece.len || !span_ends(text, piece)) {
        return false;
    }
    size_t at = text.len - piece.len;
    return at == 0 || !is_word_byte(text.ptr[at - 1]) || !is_word_byte(piece.ptr[0]);
}

/* "photo by *" at the end: the name behind it is short. */
#define OPEN_END_BYTES 80u

bool phrase_matches(span folded, span pattern, phrase_where where) {
    bool open_end = pattern.len > 0 && pattern.ptr[pattern.len - 1] == '*';
    bool at_start = where == PHRASE_WHOLE || where == PHRASE_START;
    bool at_end = !open_end && (where == PHRASE_WHOLE || where == PHRASE_END);
    if (open_end && where == PHRASE_END) {
        folded = span_tail(folded, OPEN_END_BYTES);
    }
    size_t at = 0;
    while (pattern.len > 0) {
        span piece = span_trim(span_next_field(&pattern, '*'));
        bool last = pattern.len == 0;
        if (piece.len == 0) {
            at_start = false;
            continue;
        }
        if (last && at_end) {
            return ends_with_piece(folded, at, piece) && (!at_start || folded.len == piece.len);
        }
        size_t hit = find_piece(folded, at, piece);
        if (hit == SIZE_MAX || (at_start && hit != 0)) {
            return false;
        }
        at_start = false;
        at = hit + piece.len;
    }
    return true;
}

bool ends_sentence(span text) {
    for (span rest = span_trim_wide(text); rest.len > 0;) {
        span last = span_tail(rest, 3);
        u32 size = 0;
        size_t at = 0;
        while (last.len > 0 && at + (utf8_decode(last, at, &size), size) < last.len) {
            at += size;
        }
        u32 code = last.len > 0 ? utf8_decode(last, at, &size) : 0;
        switch (code) {
            case '.':
            case '?':
            case '!':
            case 0x2026:
            case 0x3002:
                return true;
            case '"':
            case '\'':
            case ')':
            case ']':
            case 0x201D:
            case 0x2019:
            case 0xBB:
                rest.len -= size;
                continue;
            default:
                return false;
        }
    }
    return false;
}

/* Marks that pages hang around a line fall away: "» Read more:" is "read more". */
static span strip_marks(span folded) {
    while (folded.len > 0 && folded.ptr[0] != '(' && folded.ptr[0] != '@' && folded.ptr[0] != '[' &&
           !is_word_byte(folded.ptr[0])) {
        folded = span_cut(folded, 1, folded.len);
    }
    while (folded.len > 0 && strchr(".:!>|-*,; ", folded.ptr[folded.len - 1]) != NULL) {
        folded.len--;
    }
    return folded;
}

u64 phrase_key(span folded) {
    size_t len = 0;
    while (len < folded.len && is_word_byte(folded.ptr[len])) {
        len++;
    }
    return len == 0 ? 0 : read_hash(span_cut(folded, 0, len)) | 1;
}

/* The three stretches of a block that phrases are looked for in. */
typedef struct {
    span bare; /* its beginning, without marks */
    span tail;
    u32 words;
} phrase_view;

/* The first phrase of the chain under `key` that fits and comes before `best`. */
static u32 search_chain(const read_tables *tables, const phrase_view *view, u64 key, u32 best) {
    for (u32 i = map_find(&tables->phrase_by_word, key); i < best; i = tables->phrases.items[i].next) {
        const phrase *p = &tables->phrases.items[i];
        span in = p->where == PHRASE_END ? view->tail : view->bare;
        if ((p->words == 0 || view->words <= p->words) && phrase_matches(in, p->text, (phrase_where)p->where)) {
            return i;
        }
    }
    return best;
}

/* Only phrases whose first word occurs can fit: each word of the stretch is looked up once. */
static u32 search_words(const read_tables *tables, const phrase_view *view, span in, u32 best) {
    bool inside = false;
    for (size_t at = 0; at < in.len; at++) {
        bool word = is_word_byte(in.ptr[at]);
        if (word && !inside) {
            best = search_chain(tables, view, phrase_key(span_cut(in, at, in.len)), best);
        }
        inside = word;
    }
    return best;
}

static const phrase *find_phrase(const read_tables *tables, span text, u32 words) {
    char head_buffer[FOLD_ROOM], tail_buffer[FOLD_ROOM];
    bool is_short = text.len < FOLD_ROOM / 2;
    span head = fold(text, head_buffer, sizeof head_buffer);
    span tail = is_short ? head : fold(span_tail(text, FOLD_ROOM / 2), tail_buffer, sizeof tail_buffer);
    phrase_view view = {.bare = strip_marks(head), .tail = strip_marks(tail), .words = words};
    u32 best = search_chain(tables, &view, 0, tables->phrases.count);
    best = search_words(tables, &view, view.bare, best);
    best = is_short ? best : search_words(tables, &view, view.tail, best);
    return best < tables->phrases.count ? &tables->phrases.items[best] : NULL;
}

static bool is_agency(const read_tables *tables, span name) {
    char buffer[FOLD_ROOM];
    return map_find(&tables->agencies, read_hash(strip_marks(fold(name, buffer, sizeof buffer)))) != NONE;
}

bool ends_in_photo_credit(const read_tables *tables, span text) {
    text = span_trim_wide(text);
    if (text.len > 0 && text.ptr[text.len - 1] == '.') {
        text.len--;
    }
    span tail = span_tail(text, CREDIT_BYTES);
    if (tail.len > 0 && (tail.ptr[tail.len - 1] == ')' || tail.ptr[tail.len - 1] == ']')) {
        tail.len--;
        size_t open = tail.len;
        while (open > 0 && tail.ptr[open - 1] != '(' && tail.ptr[open - 1] != '[') {
            open--;
        }
        if (open == 0) {
            return false;
        }
        tail = span_cut(tail, open, tail.len);
    } else {
        size_t stop = tail.len; /* the last sentence: "REUTERS/Anna Smith" */
        while (stop > 0 && tail.ptr[stop - 1] != '.') {
            stop--;
        }
        tail = span_cut(tail, stop, tail.len);
    }
    bool slash = tail.len > 0 && memchr(tail.ptr, '/', tail.len) != NULL;
    for (span rest = tail; slash && rest.len > 0;) {
        if (is_agency(tables, span_next_field(&rest, '/'))) {
            return true;
        }
    }
    return false;
}

/* Capitalised words and joining marks only: "By Anna Smith and Li Wei, Reuters | Moscow". */
static bool is_byline(span text, u32 words) {
    char buffer[16];
    span rest = span_trim_wide(text), first = span_next_field(&rest, ' ');
    if (words < 2 || words > BYLINE_WORDS || ends_sentence(text) || rest.len == 0 ||
        !span_eq(fold(first, buffer, sizeof buffer), SPAN("by")) || !ascii_is_upper((unsigned char)first.ptr[0])) {
        return false;
    }
    u32 small = 0;
    while (rest.len > 0) {
        span word = span_trim(span_next_field(&rest, ' '));
        if (word.len > 0) {
            u32 size;
            u32 code = utf8_decode(word, 0, &size);
            small += utf8_is_letter(code) && !utf8_is_upper(code);
        }
    }
    return small * 3 <= words; /* "and", "in", "for", "de" */
}

bool phrase_is_byline(span text) { return is_byline(text, count_words(text)); }

static bool has_letters(span text) {
    for (size_t at = 0; at < text.len;) {
        u32 size, code = utf8_decode(text, at, &size);
        if (utf8_is_letter(code)) {
            return true;
        }
        at += size;
    }
    return false;
}

phrase_verdict phrase_judge(const read_tables *tables, span text) {
    static const u8 kinds[] = {BLOCK_FURNITURE, BLOCK_FURNITURE, BLOCK_CREDIT, BLOCK_CAPTION, BLOCK_CREDIT};
    phrase_verdict verdict = {.kind = BLOCK_PARAGRAPH, .why = {NONE, 0}};
    u32 words = count_words(text);
    const phrase *found = find_phrase(tables, text, words);
    if (found != NULL) {
        verdict.kind = (block_kind)kinds[found->kind];
        verdict.opens_section = found->kind == PHRASE_SECTION;
        verdict.names_sources = found->kind == PHRASE_SOURCE;
        verdict.why = found->why;
    } else if (!has_letters(text)) {
        verdict.kind = BLOCK_FURNITURE;
    } else if (is_byline(text, words)) {
        verdict.kind = BLOCK_CREDIT;
    } else if (words <= SHAPE_WORDS && ends_in_photo_credit(tables, text)) {
        verdict.kind = BLOCK_CAPTION;
    } else if (words <= HEADING_WORDS && !ends_sentence(text)) {
        verdict.kind = BLOCK_HEADING;
    }
    return verdict;
}
