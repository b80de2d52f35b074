// SPDX-License-Identifier: Apache-2.0
/* In: "By Anna Smith | Moscow", {"author": {"name": "Anna Smith"}}, <span class=byline>Anna Smith</span>
 * Out: "Anna Smith"
 *
 * What the caller gave comes first, then what the page says about itself, then a credit line of the
 * text that begins with "By".  An address or the outlet's own name is no writer. */
#include "read/byline.h"

#include "read/fold.h"
#include "read/phrase.h"

#define NAMES_WORDS 8u
#define BYLINE_BYTES 160u

/* Where the names end: " | Moscow", " / Reuters", a line end, a bracket. */
static size_t names_end(span text) {
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        bool mark = at > 0 && text.ptr[at - 1] == ' ' && (c == '|' || c == '/' || (c == '-' && at + 1 < text.len && text.ptr[at + 1] == ' '));
        bool wide_mark = span_starts(span_cut(text, at, text.len), SPAN("\xE2\x80\xA2")) ||
                         span_starts(span_cut(text, at, text.len), SPAN("\xE2\x80\x94")) ||
                         span_starts(span_cut(text, at, text.len), SPAN("\xC2\xB7"));
        if (mark || wide_mark || c == '\n' || c == '(' || c == '<' || c == '[') {
            return at;
        }
    }
    return text.len;
}

span byline_clean(span text, span outlet) {
    if (text.len == 0) {
        return SPAN("");
    }
    text = span_trim_wide(text);
    text = span_trim_wide(span_cut(text, 0, names_end(text)));
    if (starts_caseless(text, SPAN("by ")) || starts_caseless(text, SPAN("by:"))) {
        text = span_trim_wide(span_cut(text, 3, text.len));
    }
    while (text.len > 0 && strchr(",;.:", text.ptr[text.len - 1]) != NULL) {
        text.len--;
    }
    char a[200], b[200];
    bool is_outlet = outlet.len > 0 && span_eq(fold(text, a, sizeof a), fold(outlet, b, sizeof b));
    bool is_address = starts_caseless(text, SPAN("http")) || starts_caseless(text, SPAN("www.")) ||
                      (text.len > 0 && memchr(text.ptr, '@', text.len) != NULL && memchr(text.ptr, ' ', text.len) == NULL);
    return is_outlet || is_address || text.len > BYLINE_BYTES ? (span){"", 0} : text;
}

bool byline_is_names(span text) {
    u32 words = count_words(text), capitals = 0;
    for (span rest = text; rest.len > 0;) {
        span word = span_trim_wide(span_next_field(&rest, ' '));
        u32 size;
        capitals += word.len > 0 && utf8_is_upper(utf8_decode(word, 0, &size));
        for (size_t i = 0; i < word.len; i++) {
            if (ascii_is_digit((unsigned char)word.ptr[i])) {
                return false;
            }
        }
    }
    return words >= 2 && words <= NAMES_WORDS && capitals * 3 >= words * 2 && !ends_sentence(text);
}

void byline_find(report *r, span found_on_page) {
    r->byline = byline_clean(r->byline, r->outlet);
    if (r->byline.len == 0) {
        r->byline = byline_clean(found_on_page, r->outlet);
    }
    for (u32 i = 0; i < r->blocks.count && r->byline.len == 0; i++) {
        span text = report_cut(r, r->blocks.items[i].text);
        if (r->blocks.items[i].kind == BLOCK_CREDIT && phrase_is_byline(text)) {
            r->byline = byline_clean(text, r->outlet);
        }
    }
}
