// SPDX-License-Identifier: Apache-2.0
/* Reads a JSONL of {"id", "dct", "text"} and writes {"id", "timex": [{"s", "e", "type", "value"}]},
 * the form that ../shared/score/times.py and other TimeML scorers read.
 *
 *     score_times TEXTS.jsonl > FOUND.jsonl
 *
 * A value is written as TIMEX3 writes it (Pustejovsky and others, ISO-TimeML, LREC 2010): 1951-01,
 * 1915-WI, 1918-W12, BC0496, P3D, PXM for "several months", PRESENT_REF.  The texts go through the stages up to `parse`, then `when`; offsets are code points. */
#include <json-c/json.h>

#include "base/calendar.h"
#include "pipeline.h"
#include "when/when.h"

#include <stdio.h>

static span field(struct json_object *o, const char *name) {
    struct json_object *value;
    return json_object_object_get_ex(o, name, &value) ? span_of(json_object_get_string(value)) : SPAN("");
}

/* A year as TimeML writes it: 1918, BC0496. */
static int write_year(char *out, size_t room, i32 year) {
    return year > 0 ? snprintf(out, room, "%04d", year) : snprintf(out, room, "BC%04d", 1 - year);
}

/* A day cut to its grain. */
static void write_day(char *out, size_t room, i32 day, u8 g) {
    calendar_date d = calendar_date_of(day);
    int size = write_year(out, room, d.year);
    if (g == GRAIN_MONTH) {
        snprintf(out + size, room - (size_t)size, "-%02d", d.month);
    } else if (g != GRAIN_YEAR) {
        snprintf(out + size, room - (size_t)size, "-%02d-%02d", d.month, d.day);
    }
}

/* The ISO week that holds `day`. */
static void write_week(char *out, size_t room, i32 day, const char *tail) {
    i32 thursday = day - calendar_weekday(day) + 4, year = calendar_date_of(thursday).year;
    snprintf(out, room, "%04d-W%02d%s", year, (thursday - calendar_day(year, 1, 1)) / 7 + 1, tail);
}

/* Spans that TimeML has a name for: centuries, decades, quarters, seasons, halves, weekends. */
static void write_span(char *out, size_t room, const timex *t) {
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    calendar_date a = calendar_date_of(t->start), b = calendar_date_of(t->last + 1);
    i32 months = (b.year - a.year) * 12 + b.month - a.month;
    bool whole = a.day == 1 && b.day == 1;
    if (whole && a.month == 1 && months == 1200 && (a.year % 100 + 100) % 100 == (a.year > 0 ? 0 : 1)) {
        a.year > 0 ? snprintf(out, room, "%02d", a.year / 100) : snprintf(out, room, "BC%02d", -a.year / 100);
    } else if (whole && a.month == 1 && months == 120 && a.year > 0 && a.year % 10 == 0) {
        snprintf(out, room, "%03d", a.year / 10);
    } else if (whole && months == 3) {
        int size = write_year(out, room, a.month == 12 ? a.year + 1 : a.year);
        a.month % 3 == 0 ? snprintf(out + size, room - (size_t)size, "-%s", seasons[a.month / 3 - 1])
                         : snprintf(out + size, room - (size_t)size, "-Q%d", a.month / 3 + 1);
    } else if (whole && months == 6) {
        snprintf(out, room, "%04d-H%d", a.year, a.month > 6 ? 2 : 1);
    } else if (t->last == t->start + 1 && calendar_weekday(t->start) == 6) {
        write_week(out, room, t->start, "-WE");
    } else {
        write_day(out, room, t->start, t->last - t->start < 32 ? GRAIN_MONTH : GRAIN_YEAR);
    }
}

static void write_length(char *out, size_t room, const timex *t) {
    u8 unit = t->unit == 'f' ? 'w' : t->unit;
    i32 length = t->length * (t->unit == 'f' ? 2 : 1);
    const char *name = unit == 'h' ? "H" : unit == 'd' ? "D" : unit == 'w' ? "W" : unit == 'm' ? "M" : unit == 'y' ? "Y" : unit == 'D' ? "DE" : unit == 'C' ? "CE" : "";
    if (name[0] != 0 && length > 0) {
        snprintf(out, room, "P%s%d%s", unit == 'h' ? "T" : "", length, name);
    } else if (name[0] != 0) {
        snprintf(out, room, "P%sX%s", unit == 'h' ? "T" : "", name);
    }
}

/* The value as TIMEX3 has it: of the words alone, without "since" and "until" around them. */
static void write_value(const report *r, const timex *t, char *out, size_t room) {
    static const char *const parts[] = {"", "TMO", "TAF", "TEV", "TNI"};
    out[0] = 0;
    if (t->duration) {
        write_length(out, room, t);
    } else if (t->grain == GRAIN_VAGUE) {
        bool known = r->day != DAY_UNKNOWN && (t->start == r->day || t->last == r->day);
        snprintf(out, room, "%s", !known ? "" : t->start != r->day ? "PAST_REF" : t->last != r->day ? "FUTURE_REF" : "PRESENT_REF");
    } else if (t->bounded && t->start != DAY_UNKNOWN) {
        write_day(out, room, t->start, t->start_grain);
    } else if (t->bounded) {
        write_day(out, room, t->last, t->last_grain);
    } else if (t->grain == GRAIN_INTERVAL) {
        write_span(out, room, t);
    } else if (t->grain == GRAIN_WEEK) {
        write_week(out, room, t->start, "");
    } else {
        write_day(out, room, t->start, t->grain);
        snprintf(out + strlen(out), room - strlen(out), "%s", t->grain == GRAIN_DAY ? parts[t->daypart] : "");
    }
}

static void write_timexes(const char *id, report *r) {
    struct json_object *out = json_object_new_object(), *list = json_object_new_array();
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        char value[64];
        write_value(r, t, value, sizeof value);
        struct json_object *item = json_object_new_object();
        u32 s = utf8_index_point(&r->points, r->tokens.items[t->first].text.start);
        u32 e = utf8_index_point(&r->points, r->tokens.items[t->end - 1].text.end);
        json_object_object_add(item, "s", json_object_new_int64(s));
        json_object_object_add(item, "e", json_object_new_int64(e));
        json_object_object_add(item, "type", json_object_new_string(t->duration ? "DURATION" : "DATE"));
        json_object_object_add(item, "value", json_object_new_string(value));
        json_object_array_add(list, item);
    }
    json_object_object_add(out, "id", json_object_new_string(id));
    json_object_object_add(out, "timex", list);
    printf("%s\n", json_object_to_json_string_ext(out, JSON_C_TO_STRING_PLAIN));
    json_object_put(out);
}

static drg_status one(const drg_engine *engine, report *r, arena *memory, struct json_object *o, drg_error *error) {
    drg_report given = {.id = field(o, "id"), .date = field(o, "dct"), .text = field(o, "text")};
    report_open(r, engine, memory, &given);
    DRG_TRY(pipeline_run(engine, r, STAGE_PARSE, error));
    return r->tokens.count > 0 ? when_run(engine->when, r, error) : DRG_OK;
}

int main(int count, char **arguments) {
    drg_error error = {0};
    drg_engine *engine = NULL;
    FILE *in = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (in == NULL || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "score_times: %s%s\n", in == NULL ? "usage: score_times TEXTS.jsonl" : error.source, error.message);
        return 2;
    }
    arena memory;
    arena_open(&memory, (size_t)256 << 20);
    static report r;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, in) > 0) {
        struct json_object *o = json_tokener_parse(line);
        if (o != NULL && one(engine, &r, &memory, o, &error) == DRG_OK) {
            write_timexes(field(o, "id").ptr, &r);
        }
        json_object_put(o);
    }
    free(line);
    arena_close(&memory);
    drg_engine_close(engine);
    fclose(in);
    return 0;
}
