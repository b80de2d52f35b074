// SPDX-License-Identifier: Apache-2.0
#include "base/base.h"

#include <stdarg.h>

int span_compare(span a, span b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

bool starts_caseless(span s, span letters) {
    for (size_t i = 0; i < letters.len; i++) {
        if (i >= s.len || ascii_to_lower(s.ptr[i]) != ascii_to_lower(letters.ptr[i])) {
            return false;
        }
    }
    return true;
}

bool equals_caseless(span s, span letters) { return s.len == letters.len && starts_caseless(s, letters); }

span span_trim(span s) {
    while (s.len > 0 && ascii_is_space((unsigned char)s.ptr[0])) {
        s = span_cut(s, 1, s.len);
    }
    while (s.len > 0 && ascii_is_space((unsigned char)s.ptr[s.len - 1])) {
        s.len--;
    }
    return s;
}

bool span_whole_number(span text, i32 *out) {
    const bool negative = text.len > 1 && text.ptr[0] == '-', sign = negative || (text.len > 1 && text.ptr[0] == '+');
    i32 sum = 0;
    for (size_t i = sign; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]) || text.len > 9) {
            return false;
        }
        sum = sum * 10 + (text.ptr[i] - '0');
    }
    *out = negative ? -sum : sum;
    return text.len > 0;
}

span span_next_field(span *rest, char separator) {
    const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (at == NULL) {
        span whole = *rest;
        *rest = (span){rest->len > 0 ? rest->ptr + rest->len : rest->ptr, 0};
        return whole;
    }
    size_t len = (size_t)(at - rest->ptr);
    span field = span_cut(*rest, 0, len);
    *rest = span_cut(*rest, len + 1, rest->len);
    return field;
}

drg_status drg_fail(drg_error *error, drg_status status, const char *source, u64 offset, const char *format, ...) {
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        error->status = status;
        error->offset = offset;
        snprintf(error->source, sizeof error->source, "%s", source ? source : "");
        vsnprintf(error->message, sizeof error->message, format, arguments);
        va_end(arguments);
    }
    return status;
}

const char *drg_status_name(drg_status status) {
    switch (status) {
#define DRG_STATUS_NAME(code, value, text) \
    case code:                             \
        return #code;
        DRG_STATUS_LIST(DRG_STATUS_NAME)
#undef DRG_STATUS_NAME
    }
    return "unknown status";
}

const char *drg_status_text(drg_status status) {
    switch (status) {
#define DRG_STATUS_TEXT(code, value, text) \
    case code:                             \
        return text;
        DRG_STATUS_LIST(DRG_STATUS_TEXT)
#undef DRG_STATUS_TEXT
    }
    return "unknown status";
}
