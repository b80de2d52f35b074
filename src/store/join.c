// SPDX-License-Identifier: Apache-2.0
/* What goes across reports, at the end of a run: the desk is read without its texts, joined in memory (src/record/desk.h),
 * and written into the tables that joining owns.  They are emptied and filled anew, in one transaction: so they are a
 * function of the set of reports.  When no report is new there is nothing to do.
 *
 *   reports.copy_of, story   events.story   joined, disputes, repeats, accords, accord_stages: docs/joining.md */
#include "record/desk.h"
#include "record/pacts.h"
#include "store/inside.h"

typedef struct {
    sql_base *base;
    desk d;
    bool failed; /* out of memory */
} joiner;

static span keep(joiner *j, span text) {
    span copy = arena_copy(&j->d.memory, text);
    j->failed |= copy.ptr == NULL;
    return copy;
}

static value word_value(const joiner *j, symbol id) { return id == NONE ? value_text(SPAN("")) : value_text(symbols_text(&j->d.words, id)); }
static value count_value(i32 n) { return n < 0 ? value_nothing() : value_number(n); }
static value name_value(const char *name) { return value_text(span_of(name)); }

static value day_value(i32 day, char buffer[16]) { return value_text(day == DAY_UNKNOWN ? SPAN("") : calendar_print(day, buffer)); }

/* ------------------------------------------------------------------ reading */

static void read_reports(joiner *j) {
    sql_query *row = database_stream(j->base, "SELECT id, outlet, owner, side, date, sketch FROM reports ORDER BY date, id");
    while (query_next(row) && !j->failed) {
        desk_report *r = list_push(&j->d.memory, &j->d.reports);
        sketch *s = arena_new(&j->d.memory, sketch, 1);
        if (r == NULL || s == NULL) {
            j->failed = true;
            break;
        }
        *r = (desk_report){.id = keep(j, query_text(row, 0)), .outlet = desk_word(&j->d, query_text(row, 1)), .sketch = s};
        r->owner = desk_word(&j->d, query_text(row, 2));
        r->side = desk_word(&j->d, query_text(row, 3));
        r->day = calendar_parse_iso(query_text(row, 4));
        sketch_unpack(query_bytes(row, 5), s);
        arena_rest(&j->d.memory);
    }
    query_reset(row);
}

static i32 number_or(sql_query *row, int column, i32 other) { return query_is_null(row, column) ? other : (i32)query_number(row, column); }

/* The index of the report with this id: rows come in the order of the reports. */
static u32 move_report(const joiner *j, u32 at, span id) {
    while (at < j->d.reports.count && !span_eq(j->d.reports.items[at].id, id)) {
        at++;
    }
    return at;
}

static void read_events(joiner *j) {
    u32 from = 0;
    sql_query *row = database_stream(j->base,
        "SELECT e.id, e.report, e.plover, e.cameo, e.trigger, e.status, e.place, e.place_kind, e.country, e.reciprocal, e.background, e.day,"
        " e.dead, e.injured, e.arrested, e.date_basis FROM events e JOIN reports r ON r.id = e.report ORDER BY r.date, r.id, e.number");
    while (query_next(row) && !j->failed) {
        desk_event *e = list_push(&j->d.memory, &j->d.events);
        from = move_report(j, from, query_text(row, 1));
        if (e == NULL || from == j->d.reports.count) {
            j->failed = true;
            break;
        }
        *e = (desk_event){.id = keep(j, query_text(row, 0)), .report = from, .plover = desk_word(&j->d, query_text(row, 2))};
        e->cameo = desk_word(&j->d, query_text(row, 3));
        e->trigger = desk_word(&j->d, query_text(row, 4));
        e->status = (u8)desk_status(query_text(row, 5));
        e->place = desk_word(&j->d, query_text(row, 6));
        e->town = desk_is_town(query_text(row, 7));
        e->country = desk_word(&j->d, query_text(row, 8));
        e->reciprocal = query_number(row, 9) != 0;
        e->background = query_number(row, 10) != 0;
        e->day = number_or(row, 11, DAY_UNKNOWN);
        e->dead = number_or(row, 12, -1);
        e->injured = number_or(row, 13, -1);
        e->arrested = number_or(row, 14, -1);
        e->dated = span_eq(query_text(row, 15), SPAN("said"));
        arena_rest(&j->d.memory);
    }
    query_reset(row);
}

static symbol primary_of(joiner *j, span code) { return desk_word(&j->d, desk_primary(code)); }

static void read_actors(joiner *j) {
    u32 at = 0;
    sql_query *row = database_stream(j->base,
        "SELECT a.event, a.side, a.code, a.name, a.title FROM actors a JOIN events e ON e.id = a.event JOIN reports r ON r.id = e.report"
        " ORDER BY r.date, r.id, e.number, a.side, a.number");
    while (query_next(row) && !j->failed) {
        span event = query_text(row, 0), side = query_text(row, 1);
        while (at < j->d.events.count && !span_eq(j->d.events.items[at].id, event)) {
            at++;
        }
        desk_actor *a = list_push(&j->d.memory, &j->d.actors);
        if (a == NULL || at == j->d.events.count) {
            j->failed = true;
            break;
        }
        *a = (desk_actor){.code = primary_of(j, query_text(row, 2)), .name = desk_word(&j->d, query_text(row, 3))};
        a->title = desk_word(&j->d, query_text(row, 4));
        a->side = span_eq(side, SPAN("source")) ? DESK_SOURCE : span_eq(side, SPAN("target")) ? DESK_TARGET : DESK_CLAIMER;
        desk_event *e = &j->d.events.items[at];
        e->first_actor = e->end_actor == 0 ? j->d.actors.count - 1 : e->first_actor;
        e->end_actor = j->d.actors.count;
        arena_rest(&j->d.memory);
    }
    query_reset(row);
}

static void add_party(joiner *j, u32 first, symbol code) {
    bool seen = code == NONE;
    for (u32 i = first; i < j->d.parties.count && !seen; i++) {
        seen = j->d.parties.items[i] == code;
    }
    symbol *slot = seen ? NULL : list_push(&j->d.memory, &j->d.parties);
    j->failed |= !seen && slot == NULL;
    if (slot != NULL) {
        *slot = code;
    }
}

static void read_agreements(joiner *j) {
    u32 from = 0;
    sql_query *row = database_stream(j->base, "SELECT g.id, g.report, g.name, g.kind, g.stage, g.date, g.place FROM agreements g"
                                              " JOIN reports r ON r.id = g.report ORDER BY r.date, r.id, g.number");
    while (query_next(row) && !j->failed) {
        desk_agreement *g = list_push(&j->d.memory, &j->d.agreements);
        from = move_report(j, from, query_text(row, 1));
        if (g == NULL || from == j->d.reports.count) {
            j->failed = true;
            break;
        }
        *g = (desk_agreement){.id = keep(j, query_text(row, 0)), .report = from, .name = desk_word(&j->d, query_text(row, 2))};
        g->kind = desk_word(&j->d, query_text(row, 3));
        g->stage = desk_word(&j->d, query_text(row, 4));
        g->rank = (u8)pact_stage_named(query_text(row, 4));
        g->date = desk_stage_day(query_text(row, 5), DAY_UNKNOWN) != DAY_UNKNOWN ? desk_word(&j->d, query_text(row, 5)) : NONE;
        g->day = desk_stage_day(query_text(row, 5), j->d.reports.items[from].day);
        g->place = desk_word(&j->d, query_text(row, 6));
        arena_rest(&j->d.memory);
    }
    query_reset(row);
    for (u32 i = 0; i < j->d.agreements.count && !j->failed; i++) {
        desk_agreement *g = &j->d.agreements.items[i];
        sql_query *party = database_ask(j->base, "SELECT code FROM agreement_parties WHERE agreement = ?1 AND role = 'party' ORDER BY number");
        query_put_text(party, 1, g->id);
        g->first_party = j->d.parties.count;
        while (query_next(party)) {
            add_party(j, g->first_party, desk_word(&j->d, pact_party(query_text(party, 0))));
        }
        g->end_party = j->d.parties.count;
        arena_rest(&j->d.memory);
    }
}

/* ------------------------------------------------------------------ writing */

static void write_reports(joiner *j) {
    for (u32 i = 0; i < j->d.reports.count; i++) {
        const desk_report *r = &j->d.reports.items[i];
        sql_query *set = database_ask(j->base, "UPDATE reports SET joined = 1, copy_of = ?2, story = ?3 WHERE id = ?1 AND"
                                               " (joined = 0 OR copy_of IS DISTINCT FROM ?2 OR story <> ?3)");
        query_put_text(set, 1, r->id);
        if (r->family != i) {
            query_put_text(set, 2, j->d.reports.items[r->family].id);
        }
        query_put_text(set, 3, j->d.reports.items[r->story].id);
        query_run(set);
        arena_rest(&j->d.memory);
    }
    for (u32 i = 0; i < j->d.events.count; i++) {
        sql_query *set = database_ask(j->base, "UPDATE events SET story = ?2 WHERE id = ?1 AND story <> ?2");
        query_put_text(set, 1, j->d.events.items[i].id);
        query_put_text(set, 2, j->d.events.items[j->d.events.items[i].joined].id);
        query_run(set);
        arena_rest(&j->d.memory);
    }
}

static void write_joined(joiner *j) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    for (u32 i = 0; i < j->d.joined.count; i++) {
        const desk_joined *e = &j->d.joined.items[i];
        const desk_event *first = &j->d.events.items[e->first];
        const desk_report *r = &j->d.reports.items[first->report];
        char day[16], seen[16];
        database_add(j->base, "joined(event, number, story, plover, cameo, status, standing, date, place, country, dead, injured, arrested,"
                              " background, events, reports, outlets, owners, first_report, first_outlet, first_date)",
                     value_text(first->id), value_number(i), value_text(j->d.reports.items[r->story].id), word_value(j, first->plover),
                     word_value(j, e->cameo), name_value(statuses[e->status]), name_value(standing_names[e->standing]), day_value(e->day, day),
                     word_value(j, e->place), word_value(j, e->country), count_value(e->dead), count_value(e->injured),
                     count_value(e->arrested), value_number(e->background), value_number(e->events), value_number(e->reports),
                     value_number(e->outlets), value_number(e->witnesses), value_text(r->id), word_value(j, r->outlet), day_value(r->day, seen));
        arena_rest(&j->d.memory);
    }
}

static void write_disputes(joiner *j) {
    u32 number = 0;
    for (u32 i = 0; i < j->d.disputes.count; i++) {
        const desk_dispute *row = &j->d.disputes.items[i];
        const desk_event *e = &j->d.events.items[row->event];
        const desk_report *r = &j->d.reports.items[e->report];
        number = i > 0 && j->d.disputes.items[i - 1].number == row->number ? number + 1 : 0;
        database_add(j->base, "disputes(dispute, number, event, story, field, value, said_by, report, outlet, speaker)", value_number(row->number),
                     value_number(number), value_text(j->d.events.items[row->joined].id), value_text(j->d.reports.items[r->story].id),
                     name_value(dispute_names[row->field]), word_value(j, row->value), value_text(e->id), value_text(r->id),
                     word_value(j, r->outlet), word_value(j, row->speaker));
        arena_rest(&j->d.memory);
    }
}

/* Who repeats whom: the outlet of a copy that of the first report, an outlet one that it names as its source or lets speak. */
static void write_repeats(joiner *j) {
    database_run(j->base,
        "INSERT INTO repeats(outlet, cited, kind, reports) SELECT r.outlet, w.outlet, 'copy', count(*) FROM reports r"
        " JOIN reports w ON w.id = r.copy_of WHERE r.outlet <> '' AND w.outlet <> '' AND r.outlet <> w.outlet GROUP BY r.outlet, w.outlet;"
        "INSERT INTO repeats(outlet, cited, kind, reports) SELECT r.outlet, t.text, 'source', count(DISTINCT r.id) FROM reports r"
        " JOIN report_texts t ON t.report = r.id WHERE t.kind = 'source' AND r.outlet <> '' AND t.text <> r.outlet GROUP BY r.outlet, t.text;"
        "INSERT INTO repeats(outlet, cited, kind, reports) SELECT r.outlet, c.name, 'claim', count(DISTINCT r.id) FROM reports r"
        " JOIN claims c ON c.report = r.id WHERE c.code LIKE '% MED' AND r.outlet <> '' AND c.name <> r.outlet GROUP BY r.outlet, c.name;");
}

static value date_value(const joiner *j, const desk_agreement *a, char buffer[16]) {
    return a->date != NONE ? word_value(j, a->date) : day_value(a->day, buffer);
}

static void write_accord(joiner *j, u32 first, u32 number, symbol *room) {
    const desk_agreement *list = j->d.agreements.items;
    desk_accord sum = desk_sum_accord(&j->d, first, room);
    char from[16], to[16], day[16];
    u32 count = 0;
    for (u32 i = first; i != NONE; i = list[i].next) {
        database_add(j->base, "accord_stages(accord, number, stage, date, place, agreement, report)", value_text(list[first].id),
                     value_number(count++), word_value(j, list[i].stage), date_value(j, &list[i], day), word_value(j, list[i].place),
                     value_text(list[i].id), value_text(j->d.reports.items[list[i].report].id));
    }
    database_add(j->base, "accords(accord, number, name, kind, stage, first_date, last_date, reports, owners)", value_text(list[first].id),
                 value_number(number), word_value(j, sum.name), word_value(j, sum.kind), word_value(j, list[sum.last].stage),
                 date_value(j, &list[first], from), date_value(j, &list[sum.last], to), value_number(sum.reports), value_number(sum.witnesses));
}

static void write_accords(joiner *j) {
    symbol *room = arena_new(&j->d.memory, symbol, (size_t)j->d.agreements.count + 1);
    u32 number = 0;
    j->failed |= room == NULL;
    for (u32 i = 0; i < j->d.agreements.count && !j->failed; i++) {
        if (j->d.agreements.items[i].accord == i) {
            write_accord(j, i, number++, room);
        }
        arena_rest(&j->d.memory);
    }
}

static bool is_anything_new(sql_base *d) {
    sql_query *find = database_ask(d, "SELECT 1 FROM reports WHERE joined = 0 LIMIT 1");
    bool found = query_next(find);
    query_reset(find);
    return found;
}

static drg_status join_desk(joiner *j) {
    read_reports(j);
    read_events(j);
    read_actors(j);
    read_agreements(j);
    if (j->failed) {
        return DRG_ERROR_MEMORY;
    }
    DRG_TRY(desk_join_reports(&j->d));
    DRG_TRY(desk_join_events(&j->d));
    DRG_TRY(desk_settle(&j->d));
    DRG_TRY(desk_compare_offices(&j->d));
    DRG_TRY(desk_join_agreements(&j->d));
    database_run(j->base, "DELETE FROM joined; DELETE FROM disputes; DELETE FROM repeats; DELETE FROM accords; DELETE FROM accord_stages;");
    write_reports(j);
    write_joined(j);
    write_disputes(j);
    write_repeats(j);
    write_accords(j);
    return j->failed ? DRG_ERROR_MEMORY : DRG_OK;
}

drg_status story_join(store *s, drg_error *error) {
    joiner j = {.base = s->base};
    if (!is_anything_new(s->base)) {
        return database_check(s->base, error);
    }
    desk_open(&j.d);
    drg_status status = join_desk(&j);
    desk_close(&j.d);
    DRG_TRY(database_check(s->base, error));
    return status == DRG_OK ? DRG_OK
                            : drg_fail(error, status, database_name(s->base), 0, "no room to join the reports: make some, in memory and for a temporary "
                                       "file (in TMPDIR, else /var/tmp), and run again; what was committed is safe");
}
