// SPDX-License-Identifier: Apache-2.0
/* In: JSON lines of reports with events that readers judged, as train/judged.py makes them:
 *
 *     {"text": "...", "events": [{"at": 120, "category": "ACCUSE", "source": ["USA"], "target": ["IRN"], "right": 1}, ...]}
 *
 * at: code point where its words (evidence) begin.   Out: the weights of src/record/confidence.c.
 *
 *     dragoman-train confidence lang/en/record/confidence.tsv JUDGED.jsonl ...
 *
 * The reports are read by the program as it is; a judged event that it no longer finds teaches nothing.  A logistic
 * regression (Cox 1958) with a normal prior on every weight but the first (ridge; Hoerl and Kennard 1970), climbed in
 * even steps, the slope divided by the number of events so that no step overshoots. */
#include "confidence.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "pipeline.h"
#include "record/confidence.h"
#include "what/what.h"
#include "who/who.h"

#define STEPS 40000
#define RATE 1.2
#define PRIOR 2.0 /* 1 / variance */
#define NEWS 60    /* hundredths added to the first weight: weblogs, letters and our own reports, which were made to be hard, hold more
                    * traps than news, of which more is right (docs/frames.md, "How sure") */

typedef struct {
    u64 signs;
    double right; /* share of the readers who say so */
} judged_event;

typedef struct {
    LIST(judged_event) events;
    arena memory;
    u32 given; /* events in the files */
} lesson;

static bool has_primary(struct json_object *list, const char *primary) {
    for (size_t i = 0; i < json_object_array_length(list); i++) {
        if (strcmp(json_object_get_string(json_object_array_get_idx(list, i)), primary) == 0) {
            return true;
        }
    }
    return false;
}

/* Every party of the deed is on the list, and as many are on it as the deed's parties have primaries. */
static bool is_side(const report *r, u32 first, u32 end, struct json_object *list) {
    char seen[24][4];
    u32 count = 0;
    for (u32 i = first; i < end && count < COUNT_OF(seen); i++) {
        const actor_code code = who_code_of(r, r->parties.items[i]);
        const char *primary = code.primary[0] == '\0' ? "---" : code.primary;
        bool known = false;
        for (u32 k = 0; k < count; k++) {
            known |= strcmp(seen[k], primary) == 0;
        }
        if (!has_primary(list, primary)) {
            return false;
        }
        if (!known) {
            snprintf(seen[count++], 4, "%s", primary);
        }
    }
    return count == json_object_array_length(list);
}

/* The deed that the row judges, if it is found and none before has taken it. */
static bool take(lesson *l, const report *r, bool *taken, struct json_object *row) {
    u32 at = (u32)json_object_get_int(json_object_object_get(row, "at"));
    const char *wanted = json_object_get_string(json_object_object_get(row, "category"));
    l->given++;
    for (u32 i = 0; i < r->deeds.count; i++) {
        const deed *d = &r->deeds.items[i];
        bool here = !taken[i] && d->same_as == NONE && utf8_index_point(&r->points, d->evidence.start) == at;
        if (here && strcmp(what_category_name(d->plover), wanted) == 0 && is_side(r, d->first_source, d->end_source, json_object_object_get(row, "source")) &&
            is_side(r, d->first_target, d->end_target, json_object_object_get(row, "target"))) {
            judged_event *e = list_push(&l->memory, &l->events);
            if (e == NULL) {
                return false;
            }
            *e = (judged_event){d->signs, json_object_get_double(json_object_object_get(row, "right"))};
            taken[i] = true;
            return true;
        }
    }
    return true;
}

static int read_file(lesson *l, const drg_engine *engine, const char *path) {
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    arena memory;
    drg_error error = {0};
    report r = {0};
    if (in == NULL) {
        fprintf(stderr, "confidence: cannot read %s\n", path);
        return 1;
    }
    arena_open(&memory, (size_t)256 << 20);
    while (getline(&line, &room, in) > 0) {
        struct json_object *row = json_tokener_parse(line), *events = row == NULL ? NULL : json_object_object_get(row, "events");
        if (events == NULL) {
            fprintf(stderr, "confidence: a bad line in %s\n", path);
            return 1;
        }
        const char *date = json_object_get_string(json_object_object_get(row, "date"));
        drg_report given = {.text = span_of(json_object_get_string(json_object_object_get(row, "text"))), .lang = SPAN("en"), .date = span_of(date == NULL ? "" : date)};
        report_open(&r, engine, &memory, &given);
        if (pipeline_run(engine, &r, STAGE_RECORD, &error) != DRG_OK) {
            fprintf(stderr, "confidence: %s\n", error.message);
            return 1;
        }
        bool *taken = arena_new(&memory, bool, r.deeds.count + 1), fine = taken != NULL;
        for (size_t i = 0; i < json_object_array_length(events) && fine; i++) {
            fine = take(l, &r, taken, json_object_array_get_idx(events, i));
        }
        if (!fine) {
            fprintf(stderr, "confidence: out of memory\n");
            return 1;
        }
        json_object_put(row);
    }
    free(line);
    arena_close(&memory);
    fclose(in);
    return 0;
}

static double share_of(const judged_event *e, const double *weights) {
    double sum = 0;
    for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
        sum += e->signs >> sign & 1 ? weights[sign] : 0;
    }
    return 1 / (1 + exp(-sum));
}

/* What was known before: how often events were right by how their sides were found. */
static double prior_of(u32 sign) {
    static const double known[SIGN_COUNT] = {[SIGN_owner] = -0.4, [SIGN_alone] = -0.6, [SIGN_half] = -2.2, [SIGN_earlier] = -0.3, [SIGN_aside] = -1.6,
                                             [SIGN_foe] = -0.5, [SIGN_ground] = -0.9, [SIGN_spoken] = -0.5, [SIGN_own_verbs] = 1, [SIGN_guess] = -0.45, [SIGN_weak_guess] = -0.9};
    return known[sign];
}

static void learn(const lesson *l, double *weights) {
    for (u32 step = 0; step < STEPS; step++) {
        double slope[SIGN_COUNT];
        for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
            slope[sign] = sign == SIGN_start ? 0 : PRIOR * (prior_of(sign) - weights[sign]);
        }
        for (u32 i = 0; i < l->events.count; i++) {
            const judged_event *e = &l->events.items[i];
            double push = e->right - share_of(e, weights);
            for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
                slope[sign] += e->signs >> sign & 1 ? push : 0;
            }
        }
        for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
            weights[sign] += RATE * slope[sign] / l->events.count;
        }
    }
}

static const char HEAD[] =
    "# SPDX-License-Identifier: Apache-2.0\n"
    "# How sure an event is: what each sign (src/record/confidence.h) adds to its log-odds, in hundredths; docs/frames.md, \"How\n"
    "# sure\", explains them.  Written by `dragoman-train confidence` from train/judged.tsv.\n"
    "sign\tweight\n";

int confidence_train(int count, char **arguments) {
    drg_engine *engine;
    drg_error error = {0};
    lesson l = {0};
    double weights[SIGN_COUNT] = {0};
    if (count < 2 || drg_engine_open(NULL, &engine, &error) != DRG_OK) {
        fprintf(stderr, "confidence: %s\n", count < 2 ? "usage: dragoman-train confidence OUT JUDGED.jsonl ..." : error.message);
        return 1;
    }
    arena_open(&l.memory, (size_t)64 << 20);
    for (int i = 1; i < count; i++) {
        if (read_file(&l, engine, arguments[i])) {
            return 1;
        }
    }
    drg_engine_close(engine);
    learn(&l, weights);
    fprintf(stderr, "%u events, of %u judged\n", l.events.count, l.given);
    FILE *out = fopen(arguments[0], "w");
    if (out == NULL) {
        fprintf(stderr, "confidence: cannot write %s\n", arguments[0]);
        return 1;
    }
    fputs(HEAD, out);
    for (u32 sign = 0; sign < SIGN_COUNT; sign++) {
        fprintf(out, "%s\t%d\n", confidence_sign(sign), (int)lround(100 * weights[sign]) + (sign == SIGN_start ? NEWS : 0));
    }
    arena_close(&l.memory);
    return fclose(out) != 0;
}
