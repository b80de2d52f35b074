// SPDX-License-Identifier: Apache-2.0
/* In: {"id": "a1", "date": "2024-05-02", "text": "Envoys met in Vienna."}   Out: a drg_report.
 *
 * Only "text" or "html" is needed; fields that are not ours are passed over, null counts as absent,
 * and a number is taken for an id.  Any other kind of value under one of our names is told, for a
 * list or an object there means that the file is not what its writer thinks. */
#include <json-c/json.h>

#include "read/jsonl.h"

#define WHY_ROOM 160
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

/* Copies the field `name` when it is there; false when it is of the wrong kind. */
static bool take_field(json_object *record, const char *name, arena *memory, span *out, bool *no_memory) {
    json_object *value = NULL;
    *out = (span){"", 0};
    if (!json_object_object_get_ex(record, name, &value) || value == NULL) {
        return true;
    }
    if (!json_object_is_type(value, json_type_string) && !json_object_is_type(value, json_type_int)) {
        return false;
    }
    span text;
    if (json_object_is_type(value, json_type_string)) {
        text = (span){json_object_get_string(value), (size_t)json_object_get_string_len(value)};
    } else {
        text = span_of(json_object_get_string(value));
    }
    *out = arena_copy(memory, text);
    *no_memory = *no_memory || out->ptr == NULL;
    return true;
}

static jsonl_answer take_fields(json_object *record, arena *memory, drg_report *out, char *why) {
    if (!json_object_is_type(record, json_type_object)) {
        snprintf(why, WHY_ROOM, "not an object: a record is {\"id\": ..., \"text\": ...}");
        return JSONL_BAD;
    }
    const char *const names[] = {"id", "url", "outlet", "title", "date", "lang", "text", "html"};
    span *const fields[] = {&out->id,   &out->url,  &out->outlet, &out->title,
                            &out->date, &out->lang, &out->text,   &out->html};
    bool no_memory = false;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (!take_field(record, names[i], memory, fields[i], &no_memory)) {
            snprintf(why, WHY_ROOM, "\"%s\" must be a string", names[i]);
            return JSONL_BAD;
        }
    }
    if (no_memory) {
        return JSONL_NO_MEMORY;
    }
    json_object *value;
    if (!json_object_object_get_ex(record, "text", &value) && !json_object_object_get_ex(record, "html", &value)) {
        snprintf(why, WHY_ROOM, "neither \"text\" nor \"html\": nothing to read");
        return JSONL_BAD;
    }
    return JSONL_RECORD;
}

jsonl_answer jsonl_read(json_reader *reader, span line, arena *memory, drg_report *out, char why[WHY_ROOM],
                        size_t *at) {
    *out = (drg_report){0};
    line = span_trim(line);
    json_tokener_reset(reader->parser);
    json_object *record = json_tokener_parse_ex(reader->parser, line.ptr, (int)line.len);
    enum json_tokener_error problem = json_tokener_get_error(reader->parser);
    *at = json_tokener_get_parse_end(reader->parser);
    jsonl_answer answer;
    if (problem == json_tokener_continue) {
        snprintf(why, WHY_ROOM, "the line ends inside the record");
        answer = JSONL_CUT;
    } else if (problem != json_tokener_success) {
        snprintf(why, WHY_ROOM, "not JSON: %s", json_tokener_error_desc(problem));
        answer = JSONL_BAD;
    } else if (*at < line.len) {
        snprintf(why, WHY_ROOM, "more behind the record: write one record a line");
        answer = JSONL_BAD;
    } else {
        answer = take_fields(record, memory, out, why);
    }
    json_object_put(record);
    return answer;
}
