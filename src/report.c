// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <stdarg.h>

static span format_into(arena *memory, const char *format, va_list arguments) {
    char text[512];
    int size = vsnprintf(text, sizeof text, format, arguments);
    size_t len = size < 0 ? 0 : (size_t)size < sizeof text ? (size_t)size : sizeof text - 1;
    return arena_copy(memory, (span){text, len});
}

void report_add_problem(report *r, stage where, const char *code, u64 offset, const char *format, ...) {
    drg_problem *problem = list_push(r->memory, &r->problems);
    if (problem == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    problem->doc = r->id;
    problem->stage = span_of(stage_name(where));
    problem->code = span_of(code);
    problem->message = format_into(r->memory, format, arguments);
    problem->offset = offset;
    va_end(arguments);
}

void report_add_reason(report *r, stage where, u32 at, u32 about, source_line why, const char *format, ...) {
    reason *added = r->tracing ? list_push(r->memory, &r->reasons) : NULL;
    if (added == NULL) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    *added = (reason){.stage = (u8)where, .at = at, .about = about, .why = why};
    added->text = format_into(r->memory, format, arguments);
    va_end(arguments);
}

const char *stage_name(stage s) {
    static const char *const names[STAGE_COUNT] = {"read", "text", "parse", "who", "when", "where", "what", "said", "record"};
    return s < STAGE_COUNT ? names[s] : "?";
}

sector sector_find(span name) {
    u32 s = SECTOR_NONE + 1;
    while (s < SECTOR_COUNT && !span_eq(name, span_of(sector_name((sector)s)))) {
        s++;
    }
    return s < SECTOR_COUNT ? (sector)s : SECTOR_NONE;
}

const char *sector_name(sector s) {
    static const char *const names[SECTOR_COUNT] = {
#define SECTOR_NAME(name) #name,
        SECTOR_LIST(SECTOR_NAME)
#undef SECTOR_NAME
    };
    return s < SECTOR_COUNT && s != SECTOR_NONE ? names[s] : "";
}

static const char sector_letters[] = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
#define SECTOR_BASE (COUNT_OF(sector_letters) - 1)

u16 sector_pack(span text) {
    u32 packed = 0;
    if (text.len == 0 || text.len > 3) {
        return SECTOR_NONE;
    }
    for (size_t i = 0; i < 3; i++) {
        const char *letter = i >= text.len ? sector_letters : text.ptr[i] == ' ' ? NULL : memchr(sector_letters, text.ptr[i], SECTOR_BASE);
        if (letter == NULL) {
            return SECTOR_NONE;
        }
        packed = packed * (u32)SECTOR_BASE + (u32)(letter - sector_letters);
    }
    return (u16)(packed + SECTOR_OWN);
}

/* The letters of any sector, ours or packed, without the blanks behind. */
static void print_sector(u16 role, char out[4]) {
    if (role < SECTOR_OWN) {
        snprintf(out, 4, "%s", sector_name((sector)role));
        return;
    }
    u32 packed = role - SECTOR_OWN, base = (u32)SECTOR_BASE;
    const u32 parts[3] = {packed / base / base, packed / base % base, packed % base};
    memset(out, 0, 4);
    for (u32 i = 0; i < 3 && parts[i] > 0 && parts[i] < base; i++) {
        out[i] = sector_letters[parts[i]];
    }
}

span actor_code_print(actor_code code, char buffer[12]) {
    const char *primary = code.primary[0] ? code.primary : "---";
    char role[4];
    print_sector(code.sector, role);
    int size = snprintf(buffer, 12, "%.3s%s%s", primary, role[0] ? " " : "", role);
    return (span){buffer, (size_t)size};
}
