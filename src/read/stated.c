// SPDX-License-Identifier: Apache-2.0
/* In: "This article was edited using the data from presstv.com, and en.rasanews.ir."
 * Out: "presstv.com", "en.rasanews.ir"
 *
 * A domain is two or more labels joined by dots, the last of two to six letters.  Where a remark
 * holds none, what stands behind its colon is taken name by name: "Source: Xinhua / AFP". */
#include "read/fold.h"
#include "read/plain.h"

#define NAME_BYTES 60u

static bool is_label_byte(char c) { return ascii_is_alnum((unsigned char)c) || c == '-'; }

static bool add_source(report *r, span name) {
    for (u32 i = 0; i < r->stated_sources.count; i++) {
        if (span_eq(r->stated_sources.items[i], name)) {
            return true;
        }
    }
    span *added = list_push(r->memory, &r->stated_sources);
    if (added != NULL) {
        *added = name;
    }
    return added != NULL;
}

/* Length of the domain at the head of `text`, or 0. */
static size_t domain_size(span text) {
    size_t at = 0, end = 0, letters = 0;
    u32 labels = 0;
    for (;;) {
        size_t start = at;
        letters = 0;
        while (at < text.len && is_label_byte(text.ptr[at])) {
            letters += ascii_is_alpha((unsigned char)text.ptr[at]);
            at++;
        }
        if (at == start) {
            break;
        }
        labels++;
        bool top = letters == at - start && letters >= 2 && letters <= 6;
        end = labels >= 2 && top ? at : end;
        if (at >= text.len || text.ptr[at] != '.') {
            break;
        }
        at++;
    }
    return end;
}

static bool collect_domains(report *r, span remark, bool *found) {
    for (size_t at = 0; at < remark.len;) {
        if (!is_label_byte(remark.ptr[at])) {
            at++;
            continue;
        }
        size_t size = at > 0 && remark.ptr[at - 1] == '@' ? 0 : domain_size(span_cut(remark, at, remark.len));
        if (size > 0) {
            *found = true;
            span name = span_cut(remark, at, at + size);
            if (span_starts(name, SPAN("www."))) {
                name = span_cut(name, 4, name.len);
            }
            if (!add_source(r, name)) {
                return false;
            }
        }
        at += size > 0 ? size : 1;
        while (at < remark.len && (is_label_byte(remark.ptr[at]) || remark.ptr[at] == '.')) {
            at++;
        }
    }
    return true;
}

bool source_collect(report *r, span remark) {
    bool found = false;
    if (!collect_domains(r, remark, &found)) {
        return false;
    }
    const char *colon = memchr(remark.ptr, ':', remark.len);
    if (found || colon == NULL) {
        return true;
    }
    span names = span_cut(remark, (size_t)(colon - remark.ptr) + 1, remark.len);
    while (names.len > 0) {
        size_t end = 0;
        while (end < names.len && strchr(",/;|\n", names.ptr[end]) == NULL) {
            end++;
        }
        span name = span_trim_wide(span_cut(names, 0, end));
        while (name.len > 0 && strchr(".)]", name.ptr[name.len - 1]) != NULL) {
            name.len--;
        }
        if (name.len > 1 && name.len <= NAME_BYTES && !add_source(r, name)) {
            return false;
        }
        names = span_cut(names, end < names.len ? end + 1 : end, names.len);
    }
    return true;
}
