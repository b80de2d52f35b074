// SPDX-License-Identifier: Apache-2.0
/* Statements become claims: who says what, in which words, and which events those words tell.
 *
 *     "Syria shelled the village, Turkey's minister said."   speaker TUR GOV, act assert, the ASSAULT in it */
#include "record/work.h"
#include "said/said.h"

static drg_actor speaker_of(report *r, u32 mention_index) {
    actor_list one = {.count = 0};
    if (mention_index != NONE) {
        actor_add(r, mention_index, &one);
    }
    return one.count ? one.actors[0] : (drg_actor){.code = SPAN("---"), .entity = NONE};
}

/* A deed by the byte where its trigger stands. */
typedef struct {
    u32 byte, event;
} placed_event;

static int compare_placed(const void *a, const void *b) {
    const placed_event *x = a, *y = b;
    return x->byte != y->byte ? (x->byte > y->byte) - (x->byte < y->byte) : (x->event > y->event) - (x->event < y->event);
}

/* All events by the place of their triggers; NULL when memory is out. */
static placed_event *place_events(const record_work *w, u32 *count) {
    report *r = w->r;
    placed_event *placed = arena_new(r->memory, placed_event, r->deeds.count + 1);
    *count = 0;
    for (u32 d = 0; d < r->deeds.count && placed != NULL; d++) {
        u32 lead = r->deeds.items[d].same_as == NONE ? d : r->deeds.items[d].same_as;
        if (w->event_of[lead] != NONE) {
            u32 byte = report_token(r, r->predicates.items[r->deeds.items[d].predicate].head)->text.start;
            placed[(*count)++] = (placed_event){byte, w->event_of[lead]};
        }
    }
    if (*count > 1) {
        qsort(placed, *count, sizeof *placed, compare_placed);
    }
    return placed;
}

static u32 first_at(const placed_event *placed, u32 count, u32 byte) {
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (placed[middle].byte < byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

#define CLAIM_EVENTS 64

/* The events that the claim's words tell, each once. */
static bool write_claim_events(report *r, const statement *s, const placed_event *placed, u32 count, drg_claim *c) {
    u32 found[CLAIM_EVENTS];
    size_t used = 0;
    for (u32 k = s->first_content; k < s->end_content; k++) {
        range words = r->contents.items[k];
        for (u32 i = first_at(placed, count, words.start); i < count && placed[i].byte < words.end && used < CLAIM_EVENTS; i++) {
            size_t at = 0;
            while (at < used && found[at] != placed[i].event) {
                at++;
            }
            found[used] = placed[i].event;
            used += at == used;
        }
    }
    u32 *events = arena_new(r->memory, u32, used + 1);
    if (events == NULL) {
        return false;
    }
    memcpy(events, found, used * sizeof *events);
    c->events = events;
    c->event_count = used;
    return true;
}

/* Inside another's quotation, nobody's, or a thought: no claim of its own. */
static bool is_claim(const statement *s) { return !s->quoted && s->speaker_token != NONE && s->kind == STATEMENT_KIND_speech; }

static void add_about(const drg_actor *actors, size_t count, const drg_actor *speaker, actor_list *about) {
    for (size_t i = 0; i < count && about->count < ACTOR_ROOM; i++) {
        bool known = actors[i].entity == speaker->entity && span_eq(actors[i].code, speaker->code);
        for (size_t k = 0; k < about->count && !known; k++) {
            known = span_eq(about->actors[k].code, actors[i].code) && span_eq(about->actors[k].name, actors[i].name);
        }
        if (!known) {
            about->actors[about->count++] = actors[i];
        }
    }
}

/* Whom the claim is about: the parties of the events it tells, the speaker left out. */
static void write_about(const record_work *w, drg_claim *c) {
    actor_list about = {.count = 0};
    for (size_t i = 0; i < c->event_count; i++) {
        const drg_event *e = &w->events[c->events[i]];
        add_about(e->source, e->source_count, &c->speaker, &about);
        add_about(e->target, e->target_count, &c->speaker, &about);
    }
    c->about = actor_keep(w->r, &about, &c->about_count);
}

drg_status record_claims(record_work *w) {
    report *r = w->r;
    u32 placed_count;
    drg_claim *claims = arena_new(r->memory, drg_claim, r->statements.count + 1);
    placed_event *placed = place_events(w, &placed_count);
    if (claims == NULL || placed == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        if (!is_claim(s)) {
            continue;
        }
        u32 count = s->end_content - s->first_content;
        drg_evidence *content = arena_new(r->memory, drg_evidence, count + 1);
        drg_claim *c = &claims[r->records.claim_count];
        *c = (drg_claim){.speaker = speaker_of(r, s->speaker), .direct = s->direct, .act = span_of(said_act_name(s->act))};
        c->cue = (drg_evidence){record_points(r, report_token(r, s->cue)->text), report_form(r, s->cue)};
        c->channel = s->channel == NONE ? SPAN("") : report_form(r, s->channel);
        if (content == NULL || !write_claim_events(r, s, placed, placed_count, c)) {
            return DRG_ERROR_MEMORY;
        }
        write_about(w, c);
        for (u32 k = 0; k < count; k++) {
            range words = r->contents.items[s->first_content + k];
            content[k] = (drg_evidence){record_points(r, words), report_cut(r, words)};
        }
        c->content = content;
        c->content_count = count;
        u64 hash = record_hash_actors(record_hash(record_hash(0, r->id), c->cue.text), &c->speaker, 1);
        hash = record_hash(hash, (span){(const char *)&c->cue.at, sizeof c->cue.at});
        c->id = record_make_id(r, record_hash(hash, count ? content[0].text : SPAN("")));
        r->records.claim_count++;
    }
    r->records.claims = claims;
    return DRG_OK;
}
