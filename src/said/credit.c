// SPDX-License-Identifier: Apache-2.0
/* In: statements, and deeds of speech without a source.   Out: the deeds with their speaker, without those of none.
 *
 *     "The scheme is deeply flawed," the Liberal Democrats said.      their criticism
 *     The scheme was deeply flawed.                                   the report's own words: no deed */
#include "said/credit.h"

#include "said/inside.h"

/* Does the statement put its content forward as its speaker's view of others?  What he admits or confirms he says of his own. */
static bool asserts(const statement *s) {
    bool own = s->act == STATEMENT_ACT_assert || s->act == STATEMENT_ACT_accuse || s->act == STATEMENT_ACT_threaten;
    return own && (s->vouch == STATEMENT_VOUCH_neutral || s->vouch == STATEMENT_VOUCH_doubting) && !s->negated;
}

static u32 entity_of(const report *r, u32 speaker) { return speaker == NONE ? NONE : r->mentions.items[speaker].entity; }

/* "He says the minister felt that he had failed": the view is the minister's.  "I believe they failed" is the speaker's. */
static bool is_felt_by_other(const report *r, const statement *s, u32 at) {
    u32 byte = report_token(r, at)->text.start;
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *felt = &r->statements.items[i];
        bool other = felt->kind == STATEMENT_KIND_attitude && entity_of(r, felt->speaker) != NONE && entity_of(r, felt->speaker) != entity_of(r, s->speaker);
        for (u32 c = felt->first_content; other && c < felt->end_content; c++) {
            bool within = byte >= r->contents.items[c].start && byte < r->contents.items[c].end;
            if (within && report_token(r, felt->cue)->sentence == report_token(r, at)->sentence) {
                return report_token(r, felt->speaker_token)->upos != UPOS_PRON || report_token(r, felt->speaker_token)->text.end - report_token(r, felt->speaker_token)->text.start > 2;
            }
        }
    }
    return false;
}

drg_status credit_run(const embedding_tables *tables, const what_tables *what, const tree *t, report *r) {
    const u32 *inside = inside_find(r);
    what_hearing *heard = arena_new(r->memory, what_hearing, r->deeds.count + 1);
    u32 count = 0;
    if (inside == NULL || heard == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->deeds.count; i++) {
        u32 trigger = r->predicates.items[r->deeds.items[i].predicate].head, index = inside[trigger];
        const statement *s = index == NONE ? NULL : &r->statements.items[index];
        if (r->deeds.items[i].spoken) {
            u8 state = embedding_of(tables, t, r, trigger).state; /* "no evidence that it broke the accord" */
            u32 flags = r->predicates.items[r->deeds.items[i].predicate].flags;
            bool wanted = state == EFFECT_planned && (flags & PREDICATE_INFINITIVE) && !(flags & PREDICATE_PURPOSE);
            bool says = s != NULL && asserts(s) && state != EFFECT_denied && state != EFFECT_open && !wanted && !is_felt_by_other(r, s, trigger);
            heard[count++] = (what_hearing){i, says ? s->speaker : NONE, says ? s->predicate : NONE};
        }
    }
    return what_credit(what, t, r, heard, count);
}
