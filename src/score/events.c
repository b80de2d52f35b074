// SPDX-License-Identifier: Apache-2.0
/* Pairs to counts.  With TP, FP and FN as right, false alarms and missed:
 *
 *     precision = TP / (TP + FP)     recall = TP / (TP + FN)     F1 = 2 TP / (2 TP + FP + FN)
 *
 * A pair of which either event is not certain leaves both out; so does an uncertain event alone. */
#include "base/utf8.h"
#include "score/score.h"

static const char *const level_names[] = {"what", "who-whom", "sector"};
static const char *const field_names[] = {"cameo root", "cameo", "status", "date", "place"};

const char *score_level_name(score_level level) { return level_names[level]; }
const char *score_field_name(score_field field) { return field_names[field]; }

typedef struct {
    const score_wish *wish;
    score_table *out;
    arena *memory, scratch;
    bool failed;
} work;

/* The category's row, kept in order of names. */
static score_category *category_row(work *w, span name) {
    u32 at = 0;
    while (at < w->out->categories.count && span_compare(w->out->categories.items[at].category, name) < 0) {
        at++;
    }
    if (at < w->out->categories.count && span_eq(w->out->categories.items[at].category, name)) {
        return &w->out->categories.items[at];
    }
    if (list_push(w->memory, &w->out->categories) == NULL) {
        w->failed = true;
        return NULL;
    }
    score_category *rows = w->out->categories.items;
    memmove(rows + at + 1, rows + at, (w->out->categories.count - 1 - at) * sizeof *rows);
    rows[at] = (score_category){.category = name};
    return &rows[at];
}

static bool same_text(span a, span b) {
    char x[256], y[256];
    return span_eq(utf8_lower(a, x, sizeof x), utf8_lower(b, y, sizeof y));
}

static span first_bytes(span s, size_t size) { return span_cut(s, 0, s.len < size ? s.len : size); }

static bool field_agrees(score_field field, const score_event *gold, const score_event *system) {
    switch (field) {
        case SCORE_ROOT:
            return span_eq(first_bytes(gold->cameo, 2), first_bytes(system->cameo, 2));
        case SCORE_CAMEO:
            return span_eq(gold->cameo, system->cameo);
        case SCORE_STATUS:
            return span_eq(gold->status, system->status);
        case SCORE_DATE:
            return span_eq(first_bytes(gold->date, 10), first_bytes(system->date, 10));
        default:
            return same_text(gold->place, system->place) && span_eq(gold->country, system->country);
    }
}

static void count_event(work *w, score_level level, score_verdict verdict, span report, const score_event *e) {
    score_category *row = category_row(w, e->plover);
    if (row == NULL) {
        return;
    }
    score_count *counts[] = {&w->out->levels[level], &row->counts[level]};
    for (int i = 0; i < 2; i++) {
        counts[i]->right += verdict == SCORE_FOUND;
        counts[i]->missed += verdict == SCORE_MISSED;
        counts[i]->false_alarms += verdict == SCORE_FALSE;
    }
    if (w->wish->tell != NULL && level == w->wish->level) {
        w->wish->tell(w->wish->user, report, verdict, e);
    }
}

static void count_report(work *w, const score_report *gold, const score_report *system, score_level level) {
    u32 *pair = arena_new(&w->scratch, u32, gold->events.count + 1);
    bool *taken = arena_new(&w->scratch, bool, system->events.count + 1);
    if (pair == NULL || taken == NULL || !score_match(gold, system, level, &w->scratch, pair)) {
        w->failed = true;
        return;
    }
    for (u32 i = 0; i < gold->events.count; i++) {
        const score_event *g = &gold->events.items[i], *s = pair[i] != NONE ? &system->events.items[pair[i]] : NULL;
        if (s != NULL) {
            taken[pair[i]] = true;
        }
        if (!g->certain || (s != NULL && !s->certain)) {
            continue;
        }
        count_event(w, level, s != NULL ? SCORE_FOUND : SCORE_MISSED, gold->id, g);
        for (u32 f = 0; f < SCORE_FIELDS && s != NULL && level == SCORE_WHO_WHOM; f++) {
            w->out->fields[f] += field_agrees((score_field)f, g, s);
        }
    }
    for (u32 k = 0; k < system->events.count; k++) {
        if (!taken[k] && system->events.items[k].certain) {
            count_event(w, level, SCORE_FALSE, gold->id, &system->events.items[k]);
        }
    }
}

drg_status score_compare(const score_set *gold, const score_set *system, const score_wish *wish, score_table *out, arena *memory) {
    static const score_report nothing = {.counted = true};
    work w = {.wish = wish, .out = out, .memory = memory};
    *out = (score_table){.reports = 0};
    arena_open(&w.scratch, memory->cap);
    for (u32 i = 0; i < gold->reports.count && !w.failed; i++) {
        const score_report *g = &gold->reports.items[i], *s = score_set_find(system, g->id);
        if (!g->counted) {
            continue;
        }
        s = s != NULL ? s : &nothing;
        out->reports++;
        out->gold += g->events.count;
        out->system += s->events.count;
        for (u32 k = 0; k < g->events.count; k++) {
            out->uncertain += !g->events.items[k].certain;
        }
        for (u32 level = 0; level < SCORE_LEVELS && !w.failed; level++) {
            arena_reset(&w.scratch);
            count_report(&w, g, s, (score_level)level);
        }
    }
    arena_close(&w.scratch);
    return w.failed ? DRG_ERROR_MEMORY : DRG_OK;
}
