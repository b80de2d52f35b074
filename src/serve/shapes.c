// SPDX-License-Identifier: Apache-2.0
/* The shapes that come again in answers: EVENT, ACTOR, PLACE, REPORT, COUNTS of docs/api.md. */
#include "serve/inside.h"

void put_counts(json *j, const tally_row *row) {
    write_number(j, "events", row->events);
    write_number(j, "tellings", row->tellings);
    write_number(j, "reports", row->reports);
    write_number(j, "outlets", row->outlets);
    write_number(j, "owners", row->owners);
}

void put_quads(json *j, const char *name, const u32 *part_events) {
    write_list(j, name);
    for (int q = 1; q <= 4; q++) {
        write_number(j, NULL, part_events[q]);
    }
    write_end(j);
}

void put_actor(json *j, const char *name, const drg_actor *who) {
    write_object(j, name);
    write_text(j, "code", who->code);
    write_text(j, "name", who->name);
    write_text(j, "title", who->title);
    write_text(j, "text", who->text);
    write_number(j, "start", who->at.start);
    write_number(j, "stop", who->at.end);
    write_end(j);
}

void put_actors(json *j, const char *name, const drg_actor *list, size_t count) {
    write_list(j, name);
    for (size_t i = 0; i < count; i++) {
        put_actor(j, NULL, &list[i]);
    }
    write_end(j);
}

void put_actor_row(json *j, const char *name, const sql_query *q, int first) {
    drg_actor who = {.code = query_text(q, first), .name = query_text(q, first + 1), .title = query_text(q, first + 2),
                     .at = {(u32)query_number(q, first + 3), (u32)query_number(q, first + 4)}, .text = query_text(q, first + 5)};
    put_actor(j, name, &who);
}

void put_place(json *j, const char *name, const drg_place *p) {
    if (p == NULL) {
        write_null(j, name);
        return;
    }
    write_object(j, name);
    write_text(j, "name", p->name);
    write_text(j, "country", p->country);
    write_real(j, "lat", p->lat, 4);
    write_real(j, "lon", p->lon, 4);
    write_number(j, "geonameid", p->geonameid);
    write_text(j, "kind", p->kind);
    write_end(j);
}

void put_entry_line(json *j, const char *name, span file, u32 line) {
    if (file.len == 0) {
        write_null(j, name);
        return;
    }
    write_object(j, name);
    write_text(j, "file", file);
    write_number(j, "line", line);
    write_end(j);
}

void put_entry(json *j, const char *name, span entry) {
    size_t at = entry.len;
    u32 line = 0;
    while (at > 0 && ascii_is_digit((unsigned char)entry.ptr[at - 1])) {
        at--;
    }
    for (size_t i = at; i < entry.len && i < at + 8; i++) {
        line = line * 10 + (u32)(entry.ptr[i] - '0');
    }
    put_entry_line(j, name, at > 1 && entry.ptr[at - 1] == ':' ? span_cut(entry, 0, at - 1) : SPAN(""), line);
}

void put_evidence(json *j, const char *name, const drg_evidence *list, size_t count) {
    write_list(j, name);
    for (size_t i = 0; i < count; i++) {
        write_object(j, NULL);
        write_number(j, "start", list[i].at.start);
        write_number(j, "stop", list[i].at.end);
        write_text(j, "text", list[i].text);
        write_end(j);
    }
    write_end(j);
}

static void put_size(json *j, const char *name, int persons) {
    if (persons < 0) {
        write_null(j, name);
    } else {
        write_number(j, name, persons);
    }
}

static void put_contexts(json *j, span list) {
    write_list(j, "contexts");
    while (list.len > 0) {
        write_text(j, NULL, span_trim(span_next_field(&list, ';')));
    }
    write_end(j);
}

static span cameo_name_of(const answering *a, span code) {
    const export_facts *f = &a->s->facts;
    u32 row = map_find(&f->cameo, symbols_find(&f->known.words, code));
    return row != NONE ? f->cameo_names[row] : SPAN("");
}

void put_event_fields(json *j, const answering *a, const drg_event *e) {
    static const char *const statuses[] = {"actual", "claimed", "denied", "planned"};
    write_text(j, "telling", e->id);
    write_text(j, "date", e->date);
    write_text(j, "date_end", e->date_end);
    write_text(j, "date_basis", e->date_basis);
    write_text(j, "plover", e->plover);
    write_text(j, "mode", e->mode);
    put_contexts(j, e->contexts);
    write_text(j, "cameo", e->cameo);
    write_text(j, "cameo_name", cameo_name_of(a, e->cameo));
    write_real(j, "goldstein", e->goldstein, 1);
    write_number(j, "quad", e->quad);
    write_word(j, "status", statuses[e->status]);
    write_flag(j, "mutual", e->reciprocal);
    put_actors(j, "source", e->source, e->source_count);
    put_actors(j, "target", e->target, e->target_count);
    put_actors(j, "claimed_by", e->claimed_by, e->claimed_count);
    put_place(j, "place", e->place);
    put_size(j, "dead", e->dead);
    put_size(j, "injured", e->injured);
    put_size(j, "arrested", e->arrested);
    write_flag(j, "background", e->background);
    write_real(j, "confidence", e->confidence, 2);
    write_text(j, "frame", e->frame);
    write_text(j, "trigger", e->trigger);
    put_entry(j, "entry", e->entry);
    write_text(j, "words", e->evidence_count > 0 ? e->evidence[0].text : SPAN(""));
}

static void put_row_report(json *j, const drg_records *r) {
    write_object(j, "report");
    write_text(j, "id", r->id);
    write_text(j, "outlet", r->outlet);
    write_text(j, "owner", r->owner);
    write_text(j, "title", r->title);
    write_text(j, "date", r->date);
    write_text(j, "url", r->url);
    write_text(j, "lang", r->lang);
    write_end(j);
}

void put_event(json *j, const answering *a, const ask_row *row) {
    const drg_event *e = &row->event;
    span shown = e->date.len > 0 ? e->date : row->report.date;
    u32 at = a->m != NULL ? image_find_telling(a->m, row->number) : NONE;
    u8 standing = at != NONE ? a->m->standing[a->m->story[at]] : 255;
    write_text(j, "event", row->story.len > 0 ? row->story : e->id);
    write_text(j, "shown", span_cut(shown, 0, shown.len < 10 ? shown.len : 10));
    write_word(j, "standing", standing < 6 ? image_standings[standing] : "");
    put_event_fields(j, a, e);
    put_row_report(j, &row->report);
    write_number(j, "reports", row->reports);
    write_number(j, "outlets", row->outlets);
    write_number(j, "witnesses", row->witnesses);
}

void put_report_members(json *j, const sql_query *q, int first) {
    static const char *const names[] = {"id", "outlet", "owner", "title", "date", "url", "lang"};
    for (int i = 0; i < (int)COUNT_OF(names); i++) {
        write_text(j, names[i], query_text(q, first + i));
    }
    write_text_or_null(j, "copy_of", query_text(q, first + 7));
    write_text(j, "story", query_text(q, first + 8));
}

void put_report(json *j, const char *name, const sql_query *q, int first) {
    if (query_text(q, first).len == 0) {
        write_null(j, name);
        return;
    }
    write_object(j, name);
    put_report_members(j, q, first);
    write_end(j);
}

static drg_status put_rows(answering *a, const char *name, const i64 *numbers, u32 count, put_more more) {
    ask_rows *rows = NULL;
    const ask_row *row;
    drg_status status = ask_rows_open_numbers(&rows, store_database(a->desk), numbers, count, &a->error);
    while (status == DRG_OK && (row = ask_rows_next(rows)) != NULL) {
        write_object(&a->out, name);
        put_event(&a->out, a, row);
        if (more != NULL) {
            more(a, row);
        }
        write_end(&a->out);
    }
    if (status == DRG_OK) {
        status = ask_rows_check(rows, &a->error);
    }
    ask_rows_close(rows);
    return status;
}

drg_status put_events(answering *a, const char *name, const i64 *numbers, u32 count, put_more more) {
    if (api_base(a) == NULL) {
        return a->error.status;
    }
    write_list(&a->out, name);
    drg_status status = count > 0 ? put_rows(a, NULL, numbers, count, more) : DRG_OK;
    write_end(&a->out);
    return status;
}

drg_status put_one_event(answering *a, const char *name, i64 number, put_more more) {
    return api_base(a) != NULL ? put_rows(a, name, &number, 1, more) : a->error.status;
}

drg_status take_numbers(answering *a, sql_query *q, i64 **numbers, u32 *count) {
    LIST(i64) list = {0};
    while (query_next(q)) {
        i64 *slot = list_push(&a->memory, &list);
        if (slot == NULL) {
            query_reset(q);
            return api_memory(a);
        }
        *slot = query_number(q, 0);
    }
    *numbers = list.items;
    *count = list.count;
    return api_check(a);
}
