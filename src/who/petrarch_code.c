// SPDX-License-Identifier: Apache-2.0
#include "who/petrarch_code.h"

#include "base/calendar.h"

#define PARTS 8 /* parts of three letters in one code */

/* ---------------------------------------------------------------- parts */

static u32 cut_parts(span text, char parts[PARTS][4]) {
    u32 count = 0;
    memset(parts, 0, PARTS * sizeof parts[0]);
    for (size_t at = 0; at < text.len && count < PARTS; at += 3, count++) {
        for (size_t i = 0; i < 3 && at + i < text.len; i++) {
            char c = text.ptr[at + i];
            parts[count][i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        }
    }
    return count;
}

static u32 pack(const char part[4]) {
    u32 packed;
    memcpy(&packed, part, 4);
    return packed;
}

static const cameo_part *find_part(const lexicon *lex, const char part[4], cameo_as as) {
    u32 at = map_find(&lex->cameo, pack(part));
    return at != NONE && lex->cameo_parts.items[at].as == (u8)as ? &lex->cameo_parts.items[at] : NULL;
}

static u16 sector_of_part(const lexicon *lex, const char part[4]) {
    const cameo_part *known = find_part(lex, part, CAMEO_SECTOR);
    return (u16)sector_find(known != NULL ? (span){known->ours, strlen(known->ours)} : span_of(part));
}

/* The first sector of ours among the parts, else the first part as it is. */
static u16 choose_sector(const lexicon *lex, char parts[PARTS][4], u32 first, u32 count) {
    for (u32 i = first; i < count; i++) {
        u16 ours = sector_of_part(lex, parts[i]);
        if (ours != SECTOR_NONE) {
            return ours;
        }
    }
    return first < count ? sector_pack(span_of(parts[first])) : SECTOR_NONE;
}

u16 petrarch_code_sector(const lexicon *lex, span text) {
    char parts[PARTS][4];
    return choose_sector(lex, parts, 0, cut_parts(text, parts));
}

/* "IGOUNO", "IMGMUSALQ", "NGOUSA": the first part behind the general one that is a primary. */
static bool read_general(const lexicon *lex, const cameo_part *general, char parts[PARTS][4], u32 count, actor_code *code) {
    for (u32 i = 1; i < count; i++) {
        const cameo_part *primary = find_part(lex, parts[i], CAMEO_PRIMARY);
        bool state = map_find(&lex->states, pack(parts[i])) != NONE && map_find(&lex->cameo, pack(parts[i])) == NONE;
        if (primary != NULL || state) {
            memcpy(code->primary, primary != NULL ? primary->ours : parts[i], 4);
            code->sector = choose_sector(lex, parts, i + 1, count);
            if (state && code->sector == SECTOR_NONE) {
                code->sector = (u16)sector_find(span_of(general->ours));
            }
            return true;
        }
    }
    memcpy(code->primary, general->ours, 4);
    code->sector = choose_sector(lex, parts, 1, count);
    return true;
}

bool petrarch_code_read_one(const lexicon *lex, span text, actor_code *code) {
    char parts[PARTS][4];
    *code = (actor_code){.sector = SECTOR_NONE};
    bool nobody = span_starts(text, SPAN("---"));
    for (size_t i = nobody ? 3 : 0; i < text.len; i++) {
        if (!ascii_is_alnum(text.ptr[i])) {
            return false;
        }
    }
    u32 count = cut_parts(text, parts);
    if (text.len < 2 || text.len > 3 * PARTS) {
        return false;
    }
    const cameo_part *general = find_part(lex, parts[0], CAMEO_GENERAL), *primary = find_part(lex, parts[0], CAMEO_PRIMARY);
    if (general != NULL) {
        return read_general(lex, general, parts, count, code);
    }
    memcpy(code->primary, primary != NULL ? primary->ours : parts[0], 4);
    code->sector = choose_sector(lex, parts, 1, count);
    return true;
}

/* ---------------------------------------------------------------- dates */

/* "950601" or "19950601". */
static bool read_day(span text, i32 *day) {
    i32 number = 0;
    text = span_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.ptr[i]) || text.len > 8) {
            return false;
        }
        number = number * 10 + (text.ptr[i] - '0');
    }
    i32 year = number / 10000, month = number / 100 % 100, date = number % 100;
    if (text.len == 6) {
        year += year > 30 ? 1900 : 2000;
    } else if (text.len != 8) {
        return false;
    }
    *day = calendar_day(year, month, date);
    return year > 0 && calendar_is_date(year, month, date);
}

static const char *read_dates(span text, petrarch_code *out) {
    static const char *const wrong = "no date: write <YYYYMMDD, >YYYYMMDD or YYYYMMDD-YYYYMMDD";
    out->from = INT32_MIN;
    out->to = INT32_MAX;
    out->dated = text.len > 0;
    if (text.len == 0) {
        return NULL;
    }
    if (text.ptr[0] == '<' || text.ptr[0] == '>') {
        i32 *end = text.ptr[0] == '<' ? &out->to : &out->from;
        return read_day(span_cut(text, 1, text.len), end) ? NULL : wrong;
    }
    span from = span_next_field(&text, '-');
    if (!read_day(from, &out->from) || !read_day(text, &out->to)) {
        return wrong;
    }
    return out->from <= out->to ? NULL : "the first date is after the second: turn them round";
}

/* ---------------------------------------------------------------- brackets */

const char *petrarch_code_read(const lexicon *lex, span inside, petrarch_code *out) {
    size_t end = 0;
    *out = (petrarch_code){.count = 0};
    while (end < inside.len && !ascii_is_space(inside.ptr[end]) && inside.ptr[end] != '<' && inside.ptr[end] != '>') {
        end++;
    }
    span code = span_cut(inside, 0, end);
    const char *wrong = read_dates(span_trim(span_cut(inside, end, inside.len)), out);
    if (wrong != NULL) {
        return wrong;
    }
    if (code.len == 0) {
        return "empty brackets: write a code, or [---] for words that name nobody";
    }
    if (code.ptr[0] == '~' || code.ptr[code.len - 1] == '~') {
        return "an agent's code: give the file by --agents";
    }
    out->silent = span_eq(code, SPAN("---")) || span_eq(code, SPAN("###")) || span_eq(code, SPAN("+++"));
    out->bare = code.len <= 3 && !out->silent;
    while (code.len > 0 && !out->silent) {
        if (out->count == PETRARCH_ACTORS) {
            return "more than six actors in one code";
        }
        actor_code *slot = &out->codes[out->count];
        if (!petrarch_code_read_one(lex, span_next_field(&code, '/'), slot)) {
            return "no actor code: write runs of three capitals, as USAGOV";
        }
        out->count++;
    }
    char part[4] = {0};
    memcpy(part, out->codes[0].primary, 3);
    out->bare = out->bare && out->count == 1 && find_part(lex, part, CAMEO_GENERAL) == NULL && part[0] != '-' &&
                find_part(lex, part, CAMEO_PRIMARY) == NULL && out->codes[0].sector == SECTOR_NONE;
    return NULL;
}
