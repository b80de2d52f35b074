// SPDX-License-Identifier: Apache-2.0
/* For trace: which frames were tried for a predicate, and what kept them out.
 *
 *     "The comedian bombed."     bombard: its line "unless" holds  (lang/en/frames/assault.frames:14) */
#include "what/matching.h"

/* The frame under the predicate's lemma that came nearest to fitting, and the line that kept it out. */
void verdict_tell_nearest(const matching *w, const predicate *p) {
    const condition *kept_out = NULL;
    const frame *nearest = NULL;
    u32 most = 0;
    for (u32 i = map_find(match_triggers_like(w, p), matching_token(w, p->head)->lemma); i != NONE; i = w->frames->triggers.items[i].next) {
        const trigger *t = &w->frames->triggers.items[i];
        const frame *f = &w->frames->frames.items[t->frame];
        bool there = condition_is_phrase(w, p->head, &t->rest) && match_has_words_behind(w, p, t);
        u32 held = 0;
        while (there && held < f->when_count && condition_holds(w, p, &f->when[held])) {
            held++;
        }
        if (there && held < f->when_count && held + 1 > most) {
            most = held + 1;
            nearest = f;
            kept_out = &f->when[held];
        }
    }
    if (nearest != NULL && (most > 1 || kept_out->negated)) {
        report_add_reason(w->r, STAGE_WHAT, p->head, NONE, (source_line){nearest->where.file, kept_out->line},
                          "no frame fits; the nearest, %.*s, is kept out by its line", (int)nearest->name.len, nearest->name.ptr);
    }
}

/* One frame under the predicate's word, and what kept it out. */
static bool tell_frame(const matching *w, u32 index, const trigger *t) {
    const predicate *p = &w->r->predicates.items[index];
    const frame *f = &w->frames->frames.items[t->frame];
    u32 held = 0;
    source_line where = f->where;
    const char *why = NULL;
    if (match_trigger_score(w, p, t) >= 0) {
        bool chosen = w->frame_of[index] == t->frame;
        party_list source = {0}, target = {0};
        side_collect(w, index, f, &source, &target);
        why = f->spoken ? (target.count > 0 || f->default_target.its_sector != SECTOR_NONE ? "waits for its speaker" : "no target") : objection_to(w, p, f, &source, &target);
        why = why != NULL ? why : chosen ? "fits best" : "fits, but another has more to say";
    } else if (f->negated && !(p->flags & PREDICATE_NEGATED)) {
        why = "it asks for a negation";
    } else if (condition_is_phrase(w, p->head, &t->rest) && match_has_words_behind(w, p, t)) {
        while (held < f->when_count && condition_holds(w, p, &f->when[held])) {
            held++;
        }
        if (held < f->when_count) {
            where.line = f->when[held].line;
            why = f->when[held].negated ? "its line \"unless\" holds" : "its line \"when\" does not hold";
        }
    }
    if (why == NULL) {
        return false; /* "carry out" asks for more words than "carry" */
    }
    report_add_reason(w->r, STAGE_WHAT, p->head, index, where, "%.*s: %s", (int)f->name.len, f->name.ptr, why);
    return true;
}

/* Of the triggers of one frame, chained from `first` on, the one that fits best; NULL when `at` is not the frame's first. */
static const trigger *best_trigger(const matching *w, const predicate *p, u32 first, u32 at) {
    const trigger *triggers = w->frames->triggers.items, *best = &triggers[at];
    for (u32 i = first; i != NONE; i = triggers[i].next) {
        if (triggers[i].frame == triggers[at].frame && i < at) {
            return NULL;
        }
        best = triggers[i].frame == best->frame && match_trigger_score(w, p, &triggers[i]) > match_trigger_score(w, p, best) ? &triggers[i] : best;
    }
    return best;
}

void verdict_tell_frames(const matching *w, u32 index) {
    const predicate *p = &w->r->predicates.items[index];
    symbol lemma_id = matching_token(w, p->head)->lemma;
    u32 first = map_find(match_triggers_like(w, p), lemma_id);
    bool told = false;
    for (u32 i = first; i != NONE; i = w->frames->triggers.items[i].next) {
        const trigger *best = best_trigger(w, p, first, i);
        told |= best != NULL && tell_frame(w, index, best);
    }
    if (!told) {
        bool nominal = p->flags & PREDICATE_NOMINAL;
        span lemma = symbols_text(&w->r->words, lemma_id);
        report_add_reason(w->r, STAGE_WHAT, p->head, index, (source_line){NONE, 0}, "no frame has the %s \"%.*s\"%s", nominal ? "noun" : "verb",
                          (int)lemma.len, lemma.ptr, first == NONE ? "" : " without other words");
    }
}
