// SPDX-License-Identifier: Apache-2.0
/* Across reports: which report copies which, and which events are the same.
 *
 * Near copies are found through the bands of their sketches: only reports that share a band are
 * compared.  The first report of a group is the one that the others are copies of.
 *
 * The same event in two reports has the same category, the same primary actors on both sides (in a
 * mutual event: together), a day at most one apart, no other town, and a status that can be the same
 * (what one outlet states, another may only quote a claim of; a plan or a denial is no deed):
 *
 * Only the first event of a story is compared, so that a story of a thousand reports costs no more.
 *
 *     A, 8 July   "Iran and Syria signed an accord"                AGREE  IRN SYR     8 July
 *     B, 9 July   "The pact that Tehran and Damascus signed ..."   AGREE  IRN SYR     8 July */
#include "store/inside.h"

#define CODES_ROOM 32

drg_status story_find_copied(store *s, span report, const copies_sketch *sketch, char found[64], drg_error *error) {
    double best = COPY_LIKENESS;
    found[0] = '\0';
    for (u32 band = 0; band < SKETCH_BANDS && sketch->runs > 0; band++) {
        char candidates[8][64];
        int count = 0;
        sqlite3_stmt *find = store_prepare(s, SQL_FIND_BAND, error);
        if (find == NULL) {
            return DRG_ERROR_STORE;
        }
        sqlite3_bind_int64(find, 1, band);
        sqlite3_bind_int64(find, 2, (i64)copies_band(sketch, band));
        while (count < 8 && sqlite3_step(find) == SQLITE_ROW) {
            snprintf(candidates[count++], 64, "%s", (const char *)sqlite3_column_text(find, 0));
        }
        sqlite3_reset(find);
        for (int i = 0; i < count; i++) {
            sqlite3_stmt *get = store_prepare(s, SQL_GET_SKETCH, error);
            if (get == NULL) {
                return DRG_ERROR_STORE;
            }
            store_bind_text(get, 1, span_of(candidates[i]));
            if (sqlite3_step(get) == SQLITE_ROW && sqlite3_column_bytes(get, 0) == sizeof *sketch) {
                copies_sketch other;
                memcpy(&other, sqlite3_column_blob(get, 0), sizeof other);
                double likeness = copies_likeness(sketch, &other);
                const char *root = (const char *)sqlite3_column_text(get, 1);
                if (likeness > best && !span_eq(span_of(root), report)) {
                    best = likeness;
                    snprintf(found, 64, "%s", root);
                }
            }
            sqlite3_reset(get);
        }
    }
    return DRG_OK;
}

drg_status story_remember(store *s, span report, const copies_sketch *sketch, drg_error *error) {
    for (u32 band = 0; band < SKETCH_BANDS && sketch->runs > 0; band++) {
        sqlite3_stmt *add = store_prepare(s, SQL_ADD_BAND, error);
        if (add == NULL) {
            return DRG_ERROR_STORE;
        }
        sqlite3_bind_int64(add, 1, band);
        sqlite3_bind_int64(add, 2, (i64)copies_band(sketch, band));
        store_bind_text(add, 3, report);
        DRG_TRY(store_do(s, add, error));
    }
    return DRG_OK;
}

/* Days since 1970-01-01 of "2020-07-09" (Fliegel and Van Flandern, 1968); INT64_MIN unless it is a whole day. */
static i64 day_of(span date) {
    i64 part[3] = {0};
    int field = 0;
    for (size_t i = 0; i < date.len; i++) {
        if (date.ptr[i] == '-') {
            field++;
        }
        if (field > 2 || (date.ptr[i] != '-' && !ascii_is_digit((unsigned char)date.ptr[i]))) {
            return INT64_MIN;
        }
        part[field] = date.ptr[i] == '-' ? part[field] : part[field] * 10 + (date.ptr[i] - '0');
    }
    if (date.len != 10 || field != 2) {
        return INT64_MIN;
    }
    i64 y = part[0], m = part[1], shift = (m - 14) / 12;
    return part[2] - 32075 + 1461 * (y + 4800 + shift) / 4 + 367 * (m - 2 - shift * 12) / 12 - 3 * ((y + 4900 + shift) / 100) / 4 - 2440588;
}

static size_t add_primaries(const drg_actor *actors, size_t count, char codes[CODES_ROOM][4], size_t used) {
    for (size_t i = 0; i < count && used < CODES_ROOM; i++) {
        char code[4] = {0};
        memcpy(code, actors[i].code.ptr, actors[i].code.len < 3 ? actors[i].code.len : 3);
        size_t at = 0;
        while (at < used && strcmp(codes[at], code) < 0) {
            at++;
        }
        if (code[0] == '-' || (at < used && strcmp(codes[at], code) == 0)) {
            continue;
        }
        memmove(codes[at + 1], codes[at], (used - at) * 4);
        memcpy(codes[at], code, 4);
        used++;
    }
    return used;
}

/* "AGREE IRN+SYR", "ASSAULT ISR > SYR": category and sorted primaries; false without any actor. */
static bool print_sides(const drg_event *e, char out[256]) {
    char source[CODES_ROOM + 1][4], target[CODES_ROOM + 1][4];
    size_t sources = add_primaries(e->source, e->source_count, source, 0), targets = 0;
    if (e->reciprocal) {
        sources = add_primaries(e->target, e->target_count, source, sources);
    } else {
        targets = add_primaries(e->target, e->target_count, target, 0);
    }
    size_t used = (size_t)snprintf(out, 256, "%.*s ", (int)e->plover.len, e->plover.ptr);
    for (size_t i = 0; i < sources && used < 128; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", source[i]);
    }
    used += (size_t)snprintf(out + used, 256 - used, "%s", e->reciprocal ? "" : " > ");
    for (size_t i = 0; i < targets && used < 250; i++) {
        used += (size_t)snprintf(out + used, 256 - used, "%s%s", i ? "+" : "", target[i]);
    }
    return sources + targets > 0;
}

drg_status story_of_event(store *s, const drg_records *records, const drg_event *event, char key[256], i64 *day, char story[64], drg_error *error) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    bool named = print_sides(event, key);
    *day = day_of(event->date.len > 0 ? event->date : records->date);
    snprintf(story, 64, "%.*s", (int)(event->id.len < 63 ? event->id.len : 63), event->id.ptr);
    if (!named || *day == INT64_MIN) {
        return DRG_OK;
    }
    sqlite3_stmt *find = store_prepare(s, SQL_FIND_STORY, error);
    if (find == NULL) {
        return DRG_ERROR_STORE;
    }
    store_bind_text(find, 1, span_of(key));
    sqlite3_bind_int64(find, 2, *day);
    store_bind_text(find, 3, records->id);
    store_bind_text(find, 4, span_of(statuses[event->status]));
    if (event->place != NULL) {
        store_bind_text(find, 5, event->place->name);
        store_bind_text(find, 6, event->place->kind);
    }
    store_bind_text(find, 7, event->cameo);
    int code = sqlite3_step(find);
    if (code == SQLITE_ROW) {
        snprintf(story, 64, "%s", (const char *)sqlite3_column_text(find, 0));
    }
    sqlite3_reset(find);
    return code == SQLITE_ROW || code == SQLITE_DONE ? DRG_OK : store_fail(s, code, error);
}
