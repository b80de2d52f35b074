// SPDX-License-Identifier: Apache-2.0
/* In: <?xml version="1.0" encoding="windows-1251"?><!-- made by hand --><rss version="2.0">
 * Out: it is a feed; its bytes are windows-1251. */
#include "read/feed.h"

/* What stands before the first element: declaration, comments, document type. */
static span skip_prolog(span s) {
    for (s = span_trim(s); s.len > 1 && s.ptr[0] == '<' && (s.ptr[1] == '?' || s.ptr[1] == '!'); s = span_trim(s)) {
        bool is_comment = span_starts(s, SPAN("<!--"));
        size_t at = 2;
        while (at < s.len && !(s.ptr[at] == '>' && (!is_comment || (at > 5 && s.ptr[at - 1] == '-' && s.ptr[at - 2] == '-')))) {
            at++;
        }
        s = at < s.len ? span_cut(s, at + 1, s.len) : (span){"", 0};
    }
    return s;
}

bool feed_is(span window) {
    static const char *const roots[] = {"<rss", "<rdf:rdf", "<feed"};
    if (span_starts(window, SPAN("\xEF\xBB\xBF"))) {
        window = span_cut(window, 3, window.len);
    }
    window = skip_prolog(window);
    for (size_t i = 0; i < COUNT_OF(roots); i++) {
        span root = span_of(roots[i]);
        if (starts_caseless(window, root) && window.len > root.len && !ascii_is_alnum((unsigned char)window.ptr[root.len])) {
            return true;
        }
    }
    return false;
}

void feed_find_encoding(span bytes, const char *said, char name[40]) {
    static const char key[] = "encoding=";
    span head = bytes.len > 200 ? span_cut(bytes, 0, 200) : bytes;
    size_t len = 0;
    snprintf(name, 40, "%s", said);
    for (size_t at = 0; span_starts(head, SPAN("<?xml")) && at + sizeof key < head.len; at++) {
        if (memcmp(head.ptr + at, key, sizeof key - 1) != 0) {
            continue;
        }
        for (at += sizeof key; at < head.len && len < 39 && strchr("\"'> ?", head.ptr[at]) == NULL; at++) {
            name[len++] = ascii_to_lower(head.ptr[at]);
        }
        name[len] = '\0';
        return;
    }
}
