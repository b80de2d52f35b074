// SPDX-License-Identifier: Apache-2.0
/* Phoenix: 26 columns, tab-separated, no header.  With one_a_day each day, source, target and code makes one
 * row, as the original pipeline does; the first telling stands for the rest.  SentenceIDs name the report and
 * the number of the sentence. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "export/inside.h"

static void begin(exporter *x) {
    x->state = arena_new(&x->memory, map, 1);
    x->failed |= x->state == NULL;
    if (x->state != NULL) {
        map_open(x->state, &x->memory);
    }
}

static void put_actor(exporter *x, bool *any, const drg_actor *a) {
    char code[16];
    export_cell(x, any, a != NULL ? actor_cameo(x, a, code) : SPAN(""));
    export_cell(x, any, actor_primary(a));
    export_cell(x, any, actor_sector(a));
    export_empty_cells(x, any, 1);
}

static bool told_before(exporter *x, span day, const export_pair *pair, span cameo) {
    char key[96], source[16], target[16];
    span from = pair->source != NULL ? actor_cameo(x, pair->source, source) : SPAN("");
    span to = pair->target != NULL ? actor_cameo(x, pair->target, target) : SPAN("");
    int size = snprintf(key, sizeof key, "%.*s|%.*s|%.*s|%.*s", (int)day.len, day.ptr, (int)from.len, from.ptr, (int)to.len, to.ptr, (int)cameo.len,
                        cameo.ptr);
    u64 hash = XXH3_64bits(key, (size_t)size) >> 1;
    if (map_find(x->state, hash) != NONE) {
        return true;
    }
    x->failed |= !map_set(x->state, hash, 1);
    return false;
}

static void put_list(exporter *x, bool *any, const export_event *e, int which) {
    export_cell(x, any, SPAN(""));
    for (u32 i = 0; i < e->count; i++) {
        const export_telling *t = &e->tellings[i];
        out_text(&x->out, i > 0 ? ";" : "");
        out_plain(&x->out, which == 0 ? t->report : which == 1 ? t->url : t->outlet);
        if (which == 0) {
            out_format(&x->out, "_%u", t->sentence);
        }
    }
}

static void put_place(exporter *x, bool *any, const drg_place *p) {
    if (p == NULL) {
        export_empty_cells(x, any, 5);
        return;
    }
    bool region = span_eq(p->kind, SPAN("region")), country = span_eq(p->kind, SPAN("country"));
    export_number_cell(x, any, "%.5f", p->lat);
    export_number_cell(x, any, "%.5f", p->lon);
    export_cell(x, any, region || country ? SPAN("") : p->name);
    export_cell(x, any, region ? p->name : SPAN(""));
    export_cell(x, any, p->country);
}

static void put_pair(exporter *x, const export_event *given, const export_pair *pair) {
    const ask_row *row = given->row;
    const drg_event *e = &row->event;
    span day = export_day(row);
    bool any = false;
    if (x->plan->one_a_day && told_before(x, day, pair, e->cameo)) {
        return;
    }
    export_number_cell(x, &any, "%.0f", (double)export_number(row->story, pair->number));
    out_format(&x->out, "_%s", drg_version());
    export_cell(x, &any, span_cut(day, 0, day.len > 0 ? 4 : 0));
    out_span(&x->out, day.len > 0 ? span_cut(day, 5, 7) : SPAN(""));
    out_span(&x->out, day.len > 0 ? span_cut(day, 8, 10) : SPAN(""));
    export_cell(x, &any, span_cut(day, 0, day.len > 0 ? 4 : 0));
    export_cell(x, &any, day.len > 0 ? span_cut(day, 5, 7) : SPAN(""));
    export_cell(x, &any, day.len > 0 ? span_cut(day, 8, 10) : SPAN(""));
    put_actor(x, &any, pair->source);
    put_actor(x, &any, pair->target);
    export_cell(x, &any, e->cameo);
    export_cell(x, &any, category_root(e));
    export_number_cell(x, &any, "%.0f", quad_class(x, e, true));
    export_number_cell(x, &any, "%.1f", e->goldstein);
    export_empty_cells(x, &any, 1);
    put_place(x, &any, e->place);
    for (int which = 0; which < 3; which++) {
        put_list(x, &any, given, which);
    }
    out_text(&x->out, "\n");
    x->tally.rows++;
}

static void event(exporter *x, const export_event *e) { export_each_pair(x, e, put_pair); }

static void end(exporter *x) { (void)x; }

const export_format export_phoenix = {"phoenix", ASK_TELLINGS, begin, event, end};
