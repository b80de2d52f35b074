// SPDX-License-Identifier: Apache-2.0
#include "serve/marks.h"

#include "base/utf8.h"
#include "when/when.h"

#define MARKS 20000 /* of one report */

/* ------------------------------------------------------------------ gathering */

static bool is_same(const mark *x, const mark *y) {
    return strcmp(x->kind, y->kind) == 0 && x->at.start == y->at.start && x->at.end == y->at.end && span_eq(x->code, y->code) &&
        span_eq(x->side, y->side) && x->what == y->what;
}

static span join_ids(answering *a, span ids, span id) {
    for (span rest = ids; rest.len > 0;) {
        if (span_eq(span_next_field(&rest, '\x1f'), id)) {
            return ids;
        }
    }
    char *joined = arena_alloc(&a->memory, ids.len + id.len + 2, 1);
    if (joined == NULL) {
        return ids;
    }
    memcpy(joined, ids.ptr, ids.len);
    joined[ids.len] = '\x1f';
    memcpy(joined + ids.len + 1, id.ptr, id.len);
    return (span){joined, ids.len + 1 + id.len};
}

bool marks_add(answering *a, mark_list *all, mark m) {
    if (m.at.start >= m.at.end || all->count >= MARKS) {
        return true;
    }
    for (u32 i = all->count > 400 ? all->count - 400 : 0; i < all->count; i++) {
        if (is_same(&all->items[i], &m)) {
            all->items[i].id = join_ids(a, all->items[i].id, m.id);
            return true;
        }
    }
    mark *made = list_push(&a->memory, all);
    if (made == NULL) {
        return false;
    }
    *made = m;
    made->id = arena_copy(&a->memory, m.id);
    made->side = arena_copy(&a->memory, m.side);
    made->code = arena_copy(&a->memory, m.code);
    made->name = arena_copy(&a->memory, m.name);
    return made->id.ptr != NULL && made->side.ptr != NULL && made->code.ptr != NULL && made->name.ptr != NULL;
}

/* Each asks for start, stop, id, side, code, name, direct. */
static const struct {
    const char *kind, *what, *sql;
} sources[] = {
    {"deed", "events", "SELECT v.start, v.stop, e.id, '', e.plover, e.cameo, 0 FROM events e JOIN evidence v ON v.event = e.id WHERE e.report = ?1 ORDER BY 1, 2, 3"},
    {"actor", "events", "SELECT p.start, p.stop, e.id, p.side, p.code, p.name, 0 FROM events e JOIN actors p ON p.event = e.id WHERE e.report = ?1 ORDER BY 1, 2, 3"},
    {"place", "events", "SELECT e.place_start, e.place_stop, e.id, '', e.country, e.place, 0 FROM events e WHERE e.report = ?1 AND e.place_start IS NOT NULL ORDER BY 1, 2, 3"},
    {"speaker", "claims", "SELECT c.speaker_start, c.speaker_stop, c.id, '', c.code, c.name, 0 FROM claims c WHERE c.report = ?1 ORDER BY 1, 2, 3"},
    {"cue", "claims", "SELECT c.start, c.stop, c.id, '', '', c.act, 0 FROM claims c WHERE c.report = ?1 ORDER BY 1, 2, 3"},
    {"quote", "claims", "SELECT p.start, p.stop, c.id, '', c.code, c.name, c.direct FROM claims c JOIN claim_parts p ON p.claim = c.id WHERE c.report = ?1 ORDER BY 1, 2, 3"},
    {"agreement", "agreements", "SELECT p.start, p.stop, g.id, p.kind, '', g.name, 0 FROM agreements g JOIN agreement_parts p ON p.agreement = g.id WHERE g.report = ?1 ORDER BY 1, 2, 3"},
};

drg_status marks_read(answering *a, mark_list *all, span id) {
    sql_base *base = api_base(a);
    for (size_t i = 0; i < COUNT_OF(sources) && base != NULL; i++) {
        sql_query *q = database_ask(base, sources[i].sql);
        query_put_text(q, 1, id);
        while (query_next(q)) {
            mark m = {.kind = sources[i].kind, .what = sources[i].what, .at = {(u32)query_number(q, 0), (u32)query_number(q, 1)},
                      .id = query_text(q, 2), .side = query_text(q, 3), .code = query_text(q, 4), .name = query_text(q, 5),
                      .direct = query_number(q, 6) != 0};
            if (!marks_add(a, all, m)) {
                query_reset(q);
                return api_memory(a);
            }
        }
        query_reset(q);
    }
    return base != NULL ? api_check(a) : a->error.status;
}

static drg_extent points_of(const report *r, range bytes) {
    return (drg_extent){utf8_index_point(&r->points, bytes.start), utf8_index_point(&r->points, bytes.end)};
}

/* The event whose evidence these words are. */
static span event_of(const mark_list *all, drg_extent words) {
    for (u32 i = 0; i < all->count; i++) {
        const mark *m = &all->items[i];
        if (strcmp(m->kind, "deed") == 0 && m->at.start == words.start && m->at.end == words.end) {
            return m->id;
        }
    }
    return SPAN("");
}

static void add_again(answering *a, mark_list *all, const report *r) {
    for (u32 i = 0; i < r->timexes.count; i++) {
        const timex *t = &r->timexes.items[i];
        range words = {report_token(r, t->first)->text.start, report_token(r, t->end - 1)->text.end};
        marks_add(a, all, (mark){.kind = "date", .at = points_of(r, words), .name = when_format(t, r->memory)});
    }
    for (u32 i = 0; i < r->deeds.count; i++) {
        const deed *d = &r->deeds.items[i];
        span event = event_of(all, points_of(r, d->evidence));
        if (event.len > 0) {
            range word = report_token(r, r->predicates.items[d->predicate].head)->text;
            marks_add(a, all, (mark){.kind = "trigger", .what = "events", .id = event, .at = points_of(r, word)});
        }
    }
}

bool marks_read_again(answering *a, mark_list *all, const drg_report *given) {
    drg_error error;
    drg_coder *coder = serve_take_coder(a->s, &error);
    bool same = false;
    if (coder != NULL) {
        same = drg_coder_code(coder, given, &error) == DRG_OK && span_eq(coder->report.text, given->text);
        if (same) {
            add_again(a, all, &coder->report);
        }
        serve_give_coder(a->s, coder);
    }
    return same;
}

/* ------------------------------------------------------------------ order and lanes */

static int compare_marks(const void *x, const void *y) {
    const mark *a = x, *b = y;
    if (a->at.start != b->at.start) {
        return a->at.start < b->at.start ? -1 : 1;
    }
    if (a->at.end != b->at.end) {
        return a->at.end > b->at.end ? -1 : 1; /* the longer first */
    }
    int kind = strcmp(a->kind, b->kind), code = span_compare(a->code, b->code), side = span_compare(a->side, b->side);
    return kind != 0 ? kind : code != 0 ? code : side;
}

#define LANES 32

void marks_arrange(mark_list *all, drg_extent part) {
    u32 kept = 0, free_from[LANES] = {0};
    for (u32 i = 0; i < all->count; i++) {
        if (all->items[i].at.start < part.end && all->items[i].at.end > part.start) {
            all->items[kept++] = all->items[i];
        }
    }
    all->count = kept;
    if (kept > 1) {
        qsort(all->items, kept, sizeof *all->items, compare_marks);
    }
    for (u32 i = 0; i < kept; i++) {
        u32 lane = 0;
        while (lane + 1 < LANES && free_from[lane] > all->items[i].at.start) {
            lane++;
        }
        all->items[i].lane = lane;
        free_from[lane] = all->items[i].at.end;
    }
}

/* ------------------------------------------------------------------ runs */

typedef struct {
    u32 *points;  /* where runs begin, rising */
    u32 count;
} cuts;

static int compare_points(const void *x, const void *y) {
    u32 a = *(const u32 *)x, b = *(const u32 *)y;
    return (a > b) - (a < b);
}

/* Where a paragraph begins: behind line ends. */
static u32 find_paragraphs(span text, drg_extent part, u32 *out, u32 room) {
    u32 count = 0, point = 0, size;
    bool behind = false;
    for (size_t at = 0; at < text.len; at += size, point++) {
        u32 code = utf8_decode(text, at, &size);
        if (behind && code != '\n' && point > part.start && point < part.end && count < room) {
            out[count++] = point;
        }
        behind = code == '\n';
    }
    return count;
}

static bool find_cuts(cuts *c, const mark_list *all, drg_extent part, const u32 *paragraphs, u32 paragraph_count, arena *memory) {
    size_t room = (size_t)all->count * 2 + paragraph_count + 2;
    *c = (cuts){.points = arena_new(memory, u32, room)};
    if (c->points == NULL) {
        return false;
    }
    c->points[c->count++] = part.start;
    c->points[c->count++] = part.end;
    for (u32 i = 0; i < paragraph_count; i++) {
        c->points[c->count++] = paragraphs[i];
    }
    for (u32 i = 0; i < all->count; i++) {
        drg_extent at = all->items[i].at;
        c->points[c->count++] = at.start > part.start ? at.start : part.start;
        c->points[c->count++] = at.end < part.end ? at.end : part.end;
    }
    qsort(c->points, c->count, sizeof *c->points, compare_points);
    u32 kept = 0;
    for (u32 i = 0; i < c->count; i++) {
        if (kept == 0 || c->points[kept - 1] != c->points[i]) {
            c->points[kept++] = c->points[i];
        }
    }
    c->count = kept;
    return true;
}

/* Would change how others are shown: controls, marks of direction, line and paragraph separators. */
static bool is_unsafe(u32 code) {
    return (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0) || code == 0x61c || code == 0x200e || code == 0x200f ||
        (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

static span make_safe(answering *a, span run) {
    char *out = arena_alloc(&a->memory, run.len * 3 + 1, 1);
    size_t used = 0;
    u32 size;
    for (size_t at = 0; out != NULL && at < run.len; at += size) {
        u32 code = utf8_decode(run, at, &size);
        used += utf8_encode(is_unsafe(code) ? 0xfffd : code, out + used);
    }
    return (span){out != NULL ? out : "", used};
}

static void put_run(answering *a, span words, const mark_list *all, drg_extent at, u32 *first) {
    json *j = &a->out;
    arena_mark before = arena_take_mark(&a->memory);
    write_object(j, NULL);
    write_text(j, "text", make_safe(a, words));
    write_list(j, "marks");
    while (*first < all->count && all->items[*first].at.end <= at.start && all->items[*first].at.start <= at.start) {
        ++*first;
    }
    for (u32 i = *first; i < all->count && all->items[i].at.start < at.end; i++) {
        if (all->items[i].at.end > at.start) {
            write_number(j, NULL, i);
        }
    }
    write_end(j);
    write_end(j);
    arena_release(&a->memory, before);
}

static void put_mark(json *j, const mark *m) {
    write_object(j, NULL);
    write_word(j, "kind", m->kind);
    write_number(j, "lane", m->lane);
    write_number(j, "start", m->at.start);
    write_number(j, "stop", m->at.end);
    write_text(j, "side", m->side);
    write_text(j, "code", m->code);
    write_text(j, "name", m->name);
    write_flag(j, "direct", m->direct);
    if (m->what != NULL) {
        write_list(j, m->what);
        for (span rest = m->id; rest.len > 0;) {
            write_text(j, NULL, span_next_field(&rest, '\x1f'));
        }
        write_end(j);
    }
    write_end(j);
}

static void put_runs(answering *a, span text, const mark_list *all, const cuts *c) {
    u32 point = 0, size, first = 0, begun = 0;
    size_t at = 0;
    write_list(&a->out, "runs");
    for (u32 k = 0; k < c->count; k++) {
        while (at < text.len && point < c->points[k]) {
            utf8_decode(text, at, &size);
            at += size;
            point++;
        }
        if (k > 0 && at > begun) {
            put_run(a, span_cut(text, begun, at), all, (drg_extent){c->points[k - 1], c->points[k]}, &first);
        }
        begun = (u32)at;
    }
    write_end(&a->out);
}

drg_status marks_put(answering *a, span text, const mark_list *all, drg_extent part) {
    size_t room = text.len / 2 + 2;
    u32 *paragraphs = arena_new(&a->memory, u32, room);
    cuts c;
    u32 count = paragraphs != NULL ? find_paragraphs(text, part, paragraphs, (u32)room) : 0;
    if (paragraphs == NULL || !find_cuts(&c, all, part, paragraphs, count, &a->memory)) {
        return api_memory(a);
    }
    put_runs(a, text, all, &c);
    write_list(&a->out, "paragraphs");
    write_number(&a->out, NULL, 0);
    for (u32 i = 0, k = 0; i < count; i++) {
        while (c.points[k] < paragraphs[i]) {
            k++;
        }
        write_number(&a->out, NULL, k);
    }
    write_end(&a->out);
    write_list(&a->out, "marks");
    for (u32 i = 0; i < all->count; i++) {
        put_mark(&a->out, &all->items[i]);
    }
    write_end(&a->out);
    return DRG_OK;
}
