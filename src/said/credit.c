// SPDX-License-Identifier: Apache-2.0
/* In: statements, and deeds of speech without a source.   Out: the deeds with their speaker, without those of none.
 *
 *     "The scheme is deeply flawed," the Liberal Democrats said.      their criticism
 *     The scheme was deeply flawed.                                   the report's own words: no deed */
#include "said/credit.h"

/* Does the statement put its content forward as its speaker's view of others?  What he admits or confirms he says of his own. */
static bool asserts(const statement *s) {
    bool own = s->act == STATEMENT_ACT_assert || s->act == STATEMENT_ACT_accuse || s->act == STATEMENT_ACT_threaten;
    return own && (s->vouch == STATEMENT_VOUCH_neutral || s->vouch == STATEMENT_VOUCH_doubting) && !s->negated;
}

static u32 entity_of(const report *r, u32 speaker) { return speaker == NONE ? NONE : r->mentions.items[speaker].entity; }

/* "He says the minister felt that he had failed": the view is the minister's.  "I believe they failed" is the speaker's,
 * whom the chain knows for the same. */
static bool is_felt_by_other(const report *r, const statement *s, u32 at) {
    u32 byte = report_token(r, at)->text.start;
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *felt = &r->statements.items[i];
        bool other = felt->kind == STATEMENT_KIND_attitude && entity_of(r, felt->speaker) != NONE && entity_of(r, felt->speaker) != entity_of(r, s->speaker);
        for (u32 c = felt->first_content; other && c < felt->end_content; c++) {
            bool within = byte >= r->contents.items[c].start && byte < r->contents.items[c].end;
            if (within && report_token(r, felt->cue)->sentence == report_token(r, at)->sentence) {
                return true;
            }
        }
    }
    return false;
}

/* The statement puts forward what is said with the trigger, and not as what is denied, asked or only wanted. */
static bool is_put_forward(const crediting *c, const report *r, const statement *s, const predicate *p) {
    u8 state = embedding_of(c->embeddings, c->t, r, p->head).state; /* "no evidence that it broke the accord" */
    bool wanted = state == EFFECT_planned && (p->flags & PREDICATE_INFINITIVE) && !(p->flags & PREDICATE_PURPOSE);
    return asserts(s) && state != EFFECT_denied && state != EFFECT_open && !wanted && !is_felt_by_other(r, s, p->head);
}

drg_status credit_run(const crediting *c, report *r) {
    what_hearing *heard = arena_new(r->memory, what_hearing, r->deeds.count + 1);
    u32 count = 0;
    if (heard == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->deeds.count; i++) {
        const predicate *p = &r->predicates.items[r->deeds.items[i].predicate];
        if (r->deeds.items[i].spoken) {
            const statement *s = c->inside[p->head] == NONE ? NULL : &r->statements.items[c->inside[p->head]];
            bool says = s != NULL && is_put_forward(c, r, s, p);
            heard[count++] = (what_hearing){i, says ? s->speaker : NONE, says ? s->predicate : NONE};
        }
    }
    return what_credit(c->what, c->t, r, heard, count);
}
