// SPDX-License-Identifier: Apache-2.0
/* The vocabulary of every other file: fixed-width integers, spans, checked sizes, and the
 * one macro for early return.  Nothing here knows of news or of language. */
#ifndef DRG_BASE_BASE_H
#define DRG_BASE_BASE_H

#include "dragoman.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/banned.h"

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t i8;
typedef int16_t i16;
typedef int32_t i32;
typedef int64_t i64;

/* "No such index", everywhere an array is indexed by u32. */
#define NONE UINT32_MAX

/* Bytes that someone else owns.  Never NUL-terminated by promise. */
typedef drg_text span;

/* A half-open run of bytes of a report's text, or of tokens of a report: the field says which. */
typedef struct {
    u32 start, end;
} range;

#define SPAN(literal) ((span){(literal), sizeof(literal) - 1})
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Returns early from a drg_status function when `expr` fails. */
#define DRG_TRY(expr)                         \
    do {                                      \
        drg_status try_status_ = (expr);      \
        if (try_status_ != DRG_OK) {          \
            return try_status_;               \
        }                                     \
    } while (0)

static inline span span_of(const char *text) { return (span){text, text ? strlen(text) : 0}; }
static inline span span_cut(span s, size_t start, size_t end) { return (span){s.ptr + start, end - start}; }
static inline bool span_eq(span a, span b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool span_starts(span s, span prefix) {
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.ptr, prefix.ptr, prefix.len) == 0);
}
static inline bool span_ends(span s, span suffix) {
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0);
}
/* Does it begin with these ASCII letters, or is it these, whatever their case on either side? */
bool starts_caseless(span s, span letters);
bool equals_caseless(span s, span letters);
/* Byte order first, then length: the only order used for sorting text. */
int span_compare(span a, span b);
/* Drops ASCII blanks on both sides. */
span span_trim(span s);
/* Cuts off and returns what stands before the next `separator`; `*rest` moves behind it. */
span span_next_field(span *rest, char separator);
/* "-117", "+3"; false when the span is no whole number of at most nine characters. */
bool span_whole_number(span text, i32 *out);

/* Size arithmetic that says false on overflow instead of wrapping. */
static inline bool size_add(size_t a, size_t b, size_t *sum) { return !__builtin_add_overflow(a, b, sum); }
static inline bool size_mul(size_t a, size_t b, size_t *product) { return !__builtin_mul_overflow(a, b, product); }

/* Fills a caller-owned error (NULL allowed) and returns `status`. */
drg_status drg_fail(drg_error *error, drg_status status, const char *source, u64 offset, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
