// SPDX-License-Identifier: Apache-2.0
/* In: {"id": "a1", "date": "2024-05-02", "text": "Envoys met in Vienna."}   Out: a drg_report.
 *
 * Only "text" or "html" is needed; fields that are not ours are passed over, null counts as absent,
 * and a number is taken for an id.  Any other kind of value under one of our names is told, for a
 * list or an object there means that the file is not what its writer thinks.
 *
 * A field that was mapped may lie deeper ("content.body", "authors.0.name") and may be a list of
 * strings: paragraphs of a text, names of a byline. */
#include <json-c/json.h>

#include "read/jsonl.h"

#define WHY_ROOM sizeof((json_complaint *)0)->why
#define DEPTH 64 /* of nested values */

struct json_reader {
    json_tokener *parser;
};

json_reader *jsonl_new(void) {
    json_reader *reader = calloc(1, sizeof *reader);
    if (reader != NULL && (reader->parser = json_tokener_new_ex(DEPTH)) == NULL) {
        free(reader);
        reader = NULL;
    }
    return reader;
}

void jsonl_free(json_reader *reader) {
    if (reader != NULL) {
        json_tokener_free(reader->parser);
        free(reader);
    }
}

/* The value at "a.b.0": by its whole name first, then a step at each dot; NULL when it is not there. */
static json_object *find_value(json_object *record, span path) {
    char name[200];
    json_object *at = record, *found = NULL;
    if (path.len >= sizeof name) {
        return NULL;
    }
    memcpy(name, path.ptr, path.len);
    name[path.len] = '\0';
    if (json_object_object_get_ex(record, name, &found)) {
        return found;
    }
    while (path.len > 0 && at != NULL) {
        span step = span_next_field(&path, '.');
        memcpy(name, step.ptr, step.len);
        name[step.len] = '\0';
        if (json_object_is_type(at, json_type_array)) {
            char *end;
            unsigned long index = strtoul(name, &end, 10);
            at = *end == '\0' && step.len > 0 && step.len < 7 ? json_object_array_get_idx(at, index) : NULL;
        } else {
            at = json_object_is_type(at, json_type_object) && json_object_object_get_ex(at, name, &found) ? found : NULL;
        }
    }
    return at;
}

static span text_of(json_object *value) {
    return json_object_is_type(value, json_type_string)
               ? (span){json_object_get_string(value), (size_t)json_object_get_string_len(value)}
               : span_of(json_object_get_string(value));
}

static bool is_text(json_object *value) {
    return json_object_is_type(value, json_type_string) || json_object_is_type(value, json_type_int);
}

/* ["One.", "Two."] as paragraphs of one text.  ptr NULL: an element is no string, or no memory. */
static span join_list(json_object *list, span between, arena *memory) {
    size_t count = json_object_array_length(list), room = 1;
    for (size_t i = 0; i < count; i++) {
        json_object *value = json_object_array_get_idx(list, i);
        if (!is_text(value)) {
            return (span){NULL, 0};
        }
        room += text_of(value).len + between.len;
    }
    char *out = arena_alloc(memory, room, 1);
    size_t len = 0;
    for (size_t i = 0; i < count && out != NULL; i++) {
        span text = text_of(json_object_array_get_idx(list, i));
        if (i > 0) {
            memcpy(out + len, between.ptr, between.len);
            len += between.len;
        }
        memcpy(out + len, text.ptr, text.len);
        len += text.len;
    }
    return (span){out, len};
}

/* Copies a field when it is there; false when it is of the wrong kind. */
static bool take_field(json_object *value, field f, bool mapped, arena *memory, span *out) {
    *out = (span){"", 0};
    if (value == NULL) {
        return true;
    }
    if (mapped && json_object_is_type(value, json_type_array)) {
        *out = join_list(value, f == FIELD_TEXT || f == FIELD_HTML ? SPAN("\n\n") : SPAN(", "), memory);
        return out->ptr != NULL;
    }
    if (!is_text(value)) {
        return false;
    }
    *out = arena_copy(memory, text_of(value));
    return true;
}

static jsonl_answer take_fields(json_object *record, const field_map *fields, arena *memory, drg_report *out, char *why) {
    if (!json_object_is_type(record, json_type_object)) {
        snprintf(why, WHY_ROOM, "not an object: a record is {\"id\": ..., \"text\": ...}");
        return JSONL_BAD;
    }
    bool has_content = false;
    for (u32 f = 0; f < FIELD_COUNT; f++) {
        span from = fields->from[f], *to = field_of(out, (field)f);
        json_object *value = find_value(record, from);
        has_content = has_content || ((f == FIELD_TEXT || f == FIELD_HTML) && value != NULL);
        if (!take_field(value, (field)f, fields->told[f], memory, to)) {
            snprintf(why, WHY_ROOM, "\"%.*s\" must be a string%s", (int)(from.len > 60 ? 60 : from.len), from.ptr,
                     fields->told[f] ? " or a list of strings" : "");
            return JSONL_BAD;
        }
        if (to->ptr == NULL) {
            return JSONL_NO_MEMORY;
        }
    }
    if (!has_content) {
        snprintf(why, WHY_ROOM, "neither \"%.*s\" nor \"%.*s\": nothing to read; --map text=NAME tells where it is",
                 (int)(fields->from[FIELD_TEXT].len > 40 ? 40 : fields->from[FIELD_TEXT].len), fields->from[FIELD_TEXT].ptr,
                 (int)(fields->from[FIELD_HTML].len > 40 ? 40 : fields->from[FIELD_HTML].len), fields->from[FIELD_HTML].ptr);
        return JSONL_BAD;
    }
    return JSONL_RECORD;
}

jsonl_answer jsonl_read(json_reader *reader, const field_map *fields, span line, arena *memory, drg_report *out,
                        json_complaint *complaint) {
    *out = (drg_report){0};
    line = span_trim(line);
    json_tokener_reset(reader->parser);
    json_object *record = json_tokener_parse_ex(reader->parser, line.ptr, (int)line.len);
    enum json_tokener_error problem = json_tokener_get_error(reader->parser);
    complaint->at = json_tokener_get_parse_end(reader->parser);
    char *why = complaint->why;
    jsonl_answer answer;
    if (problem == json_tokener_continue) {
        snprintf(why, WHY_ROOM, "the line ends inside the record");
        answer = JSONL_CUT;
    } else if (problem != json_tokener_success) {
        snprintf(why, WHY_ROOM, "not JSON: %s", json_tokener_error_desc(problem));
        answer = JSONL_BAD;
    } else if (complaint->at < line.len) {
        snprintf(why, WHY_ROOM, "more behind the record: write one record a line");
        answer = JSONL_BAD;
    } else {
        answer = take_fields(record, fields, memory, out, why);
    }
    json_object_put(record);
    return answer;
}
