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

const char *sector_name(sector s) {
    static const char *const names[SECTOR_COUNT] = {
#define SECTOR_NAME(name) #name,
        SECTOR_LIST(SECTOR_NAME)
#undef SECTOR_NAME
    };
    return s < SECTOR_COUNT && s != SECTOR_NONE ? names[s] : "";
}

span actor_code_print(actor_code code, char buffer[12]) {
    const char *primary = code.primary[0] ? code.primary : "---";
    bool bare = code.sector == SECTOR_NONE;
    int size = snprintf(buffer, 12, "%.3s%s%s", primary, bare ? "" : " ", sector_name(code.sector));
    return (span){buffer, (size_t)size};
}
