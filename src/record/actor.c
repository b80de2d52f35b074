// SPDX-License-Identifier: Apache-2.0
/* Mentions as they are written out: code, fullest name, title, the words and where they stand. */
#include "record/actor.h"

drg_extent record_points(const report *r, range bytes) {
    return (drg_extent){utf8_index_point(&r->points, bytes.start), utf8_index_point(&r->points, bytes.end)};
}

span record_text(report *r, span text) { return arena_copy(r->memory, text); }

/* "Kenya" beside "the Kenyan government" on one side is the same party named twice: the fuller code stays. */
static drg_actor *find_vaguer(actor_list *list, span printed) {
    for (size_t i = 0; i < list->count && printed.len > 3; i++) {
        if (list->actors[i].code.len == 3 && span_starts(printed, list->actors[i].code) && printed.ptr[0] != '-') {
            return &list->actors[i];
        }
    }
    return NULL;
}

static bool is_vaguer(const actor_list *list, span printed) {
    bool found = false;
    for (size_t i = 0; i < list->count && !found && printed.len == 3 && printed.ptr[0] != '-'; i++) {
        found = span_starts(list->actors[i].code, printed);
    }
    return found;
}

static void push(report *r, actor_code code, const entity *e, u32 entity_index, range words, actor_list *out) {
    char buffer[12];
    span printed = actor_code_print(code, buffer);
    span name = e != NULL && e->name.len > 0 ? e->name : report_cut(r, words);
    for (size_t i = 0; i < out->count; i++) {
        bool unknown = span_starts(printed, SPAN("---"));
        if (span_eq(out->actors[i].code, printed) && (!unknown || span_eq(out->actors[i].name, name))) {
            return;
        }
    }
    drg_actor *a = find_vaguer(out, printed);
    if (a == NULL && (out->count == ACTOR_ROOM || is_vaguer(out, printed))) {
        return;
    }
    a = a != NULL ? a : &out->actors[out->count++];
    *a = (drg_actor){.code = record_text(r, printed), .name = name, .entity = entity_index, .at = record_points(r, words)};
    a->title = e != NULL ? e->title : (span){"", 0};
    a->text = report_cut(r, words);
}

void actor_add(report *r, u32 mention_index, actor_list *out) {
    const mention *m = &r->mentions.items[mention_index];
    const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
    range words = {report_token(r, m->first)->text.start, report_token(r, m->end - 1)->text.end};
    if (e != NULL && e->end_member > e->first_member) {
        for (u32 i = e->first_member; i < e->end_member; i++) {
            u32 member = r->members.items[i];
            push(r, r->entities.items[member].code, &r->entities.items[member], member, words, out);
        }
        return;
    }
    actor_code code = m->code.primary[0] == '\0' && e != NULL ? e->code : m->code;
    push(r, code, e, m->entity, words, out);
}

const drg_actor *actor_keep(report *r, const actor_list *list, size_t *count) {
    drg_actor *kept = list->count ? arena_new(r->memory, drg_actor, list->count) : NULL;
    *count = kept != NULL ? list->count : 0;
    if (kept != NULL) {
        memcpy(kept, list->actors, list->count * sizeof *kept);
    }
    return kept;
}
