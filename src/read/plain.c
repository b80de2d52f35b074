// SPDX-License-Identifier: Apache-2.0
/* In: r->text.   Out: r->blocks.
 *
 * Three habits of writing plain text are told apart per report:
 *
 *   blank lines      paragraphs stand between them
 *   a line each      every line is a paragraph
 *   hard-wrapped     lines break where the next word would not have fitted; a paragraph ends where
 *                    a line stops early behind a sentence's end, or where the next line is indented
 *
 * Wrapping shows in the breaks themselves: let W be the widest line; a break between lines a and b
 * is *forced* when len(a) + 1 + len(first word of b) > W.  Where most breaks inside sentences are
 * forced and W is no wider than a page, the text is wrapped.  (Knuth's greedy line breaking, read backwards.) */
#include "read/plain.h"

#include "read/byline.h"
#include "read/fold.h"
#include "read/phrase.h"

#define WIDEST_PAGE 132u /* code points of the widest wrapped line, without its indentation */
#define SLACK 4u         /* wrapping programs differ in how they count */
#define SHORT_WORDS 20u  /* of a line that a section heading draws with it */

typedef struct {
    range text;       /* without blanks on both sides; empty for a blank line */
    u32 indent;       /* bytes of blanks before it */
    u32 width;        /* code points, without the indentation */
    u32 first_word;   /* code points of its first word */
    bool ends, lower; /* ends a sentence; begins with a small letter */
} line;

typedef LIST(line) line_list;

static line line_of(const read_tables *tables, span text, size_t start, size_t end) {
    span raw = span_cut(text, start, end), cut = span_trim_wide(raw);
    line l = {.text = {(u32)(cut.len ? (size_t)(cut.ptr - text.ptr) : start), 0}};
    l.text.end = l.text.start + (u32)cut.len;
    if (cut.len == 0) {
        return l;
    }
    u32 size, code = utf8_decode(cut, 0, &size);
    size_t word = 0;
    while (word < cut.len && !ascii_is_space((unsigned char)cut.ptr[word])) {
        word++;
    }
    l.indent = (u32)(cut.ptr - raw.ptr);
    l.width = (u32)utf8_count(cut);
    l.first_word = (u32)utf8_count(span_cut(cut, 0, word));
    l.ends = ends_sentence(cut) || ends_in_photo_credit(tables, cut);
    l.lower = utf8_is_letter(code) && !utf8_is_upper(code);
    return l;
}

static bool split_lines(const read_tables *tables, report *r, line_list *lines) {
    for (size_t at = 0; at < r->text.len;) {
        const char *hit = memchr(r->text.ptr + at, '\n', r->text.len - at);
        size_t end = hit != NULL ? (size_t)(hit - r->text.ptr) : r->text.len;
        line *added = list_push(r->memory, lines);
        if (added == NULL) {
            return false;
        }
        *added = line_of(tables, r->text, at, end);
        at = end + 1;
    }
    return true;
}

typedef struct {
    bool wrapped;
    u32 width;    /* W */
    bool indents; /* an indented line opens a paragraph */
} line_habit;

static bool is_forced(const line *a, const line *b, u32 width) { return a->width + 1 + b->first_word + SLACK > width; }

/* Follows b directly behind a, both with text? */
static bool is_pair(const line *a, const line *b) { return a->width > 0 && b->width > 0; }

static line_habit find_habit(const line_list *lines) {
    line_habit habit = {0};
    u32 breaks = 0, open = 0, open_forced = 0, indented = 0, full = 0;
    for (u32 i = 0; i < lines->count; i++) {
        const line *l = &lines->items[i];
        habit.width = l->width > habit.width ? l->width : habit.width;
        full += l->width > 0;
        indented += l->width > 0 && l->indent > 0;
    }
    for (u32 i = 1; i < lines->count; i++) {
        const line *a = &lines->items[i - 1], *b = a + 1;
        if (is_pair(a, b)) {
            breaks++;
            open += !a->ends;
            open_forced += !a->ends && is_forced(a, b, habit.width);
        }
    }
    habit.wrapped = open > 0 && habit.width <= WIDEST_PAGE && open * 4 >= breaks && open_forced * 10 >= open * 6;
    habit.indents = indented * 5 < full * 2;
    return habit;
}

/* Does a paragraph end between these two lines? */
static bool breaks_between(const line *a, const line *b, line_habit habit) {
    if (!is_pair(a, b)) {
        return true;
    }
    if (!habit.wrapped) {
        return a->ends || !b->lower;
    }
    if (habit.indents && b->indent > a->indent) {
        return true;
    }
    /* A short line that ends nothing is a heading or a caption of its own. */
    return !is_forced(a, b, habit.width) && (a->ends || a->width * 3 < habit.width * 2);
}

bool plain_split(const read_tables *tables, report *r, range_list *paragraphs) {
    line_list lines = {0};
    if (!split_lines(tables, r, &lines)) {
        return false;
    }
    line_habit habit = find_habit(&lines);
    for (u32 i = 0; i < lines.count; i++) {
        const line *l = &lines.items[i];
        if (l->width == 0) {
            continue;
        }
        if (i > 0 && paragraphs->count > 0 && !breaks_between(l - 1, l, habit)) {
            paragraphs->items[paragraphs->count - 1].end = l->text.end;
            continue;
        }
        range *added = list_push(r->memory, paragraphs);
        if (added == NULL) {
            return false;
        }
        *added = l->text;
    }
    return true;
}

/* A first paragraph that only credits make a caption stays one when another follows; a report of one
 * paragraph is no caption. */
static void mend_lone_caption(report *r) {
    u32 coded = 0;
    for (u32 i = 0; i < r->blocks.count; i++) {
        coded += r->blocks.items[i].kind == BLOCK_PARAGRAPH;
    }
    for (u32 i = 0; coded == 0 && i < r->blocks.count; i++) {
        if (r->blocks.items[i].kind == BLOCK_CAPTION &&
            r->blocks.items[i].text.end - r->blocks.items[i].text.start > 200) {
            r->blocks.items[i].kind = BLOCK_PARAGRAPH;
            return;
        }
    }
}

bool plain_judge(const read_tables *tables, report *r, const range_list *paragraphs) {
    bool in_section = false, behind_byline = false;
    for (u32 i = 0; i < paragraphs->count; i++) {
        range at = paragraphs->items[i];
        span text = report_cut(r, at);
        phrase_verdict verdict = phrase_judge(tables, text);
        if (verdict.kind == BLOCK_PARAGRAPH || count_words(text) > SHORT_WORDS) {
            in_section = false;
        } else if (in_section && verdict.kind == BLOCK_HEADING) {
            verdict.kind = BLOCK_FURNITURE;
        } else if (behind_byline && verdict.kind == BLOCK_HEADING && byline_is_names(text)) {
            verdict.kind = BLOCK_CREDIT; /* "By Anna Smith", "Example Wire Writer" */
        }
        behind_byline = verdict.kind == BLOCK_CREDIT && phrase_is_byline(text);
        in_section = in_section || verdict.opens_section;
        block *added = list_push(r->memory, &r->blocks);
        if (added == NULL || (verdict.names_sources && !source_collect(r, text))) {
            return false;
        }
        *added = (block){at, (u8)verdict.kind};
        if (verdict.kind != BLOCK_PARAGRAPH && verdict.kind != BLOCK_HEADING) {
            report_add_reason(r, STAGE_READ, NONE, r->blocks.count - 1, verdict.why, "kept apart: %.*s",
                              (int)(text.len > 60 ? 60 : text.len), text.ptr);
        }
    }
    mend_lone_caption(r);
    return true;
}
