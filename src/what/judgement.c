// SPDX-License-Identifier: Apache-2.0
/* Who says that a plan is a shambles criticises whose plan it is.
 *
 *     "The government's plan is a shambles.  It will fail," the opposition leader said.
 *
 * In: predicates of whom something is said (frames with `source speaker`).   Out: deeds without a source, which
 * said/ gives to the speaker when it has found the statements, or drops where the report itself speaks.
 * Such frames speak beside the others: that a promise was broken is one deed, to say so another. */
#include "what/matching.h"

#include "what/fill.h"
#include "when/when.h"
#include "who/who.h"

/* "may be a mistake"; "would be a mistake" is said of the plan as it stands. */
static bool is_possible(const matching *w, u32 head) {
    bool found = false;
    TREE_EACH_CHILD(w->t, head, child) {
        symbol lemma = matching_token(w, child)->lemma;
        found |= matching_token(w, child)->deprel == DEPREL_aux && clause_word_is(w->clauses, lemma, CLASS_MODAL) && !clause_word_is(w->clauses, lemma, CLASS_REPORTED_FUTURE);
    }
    return found;
}

/* "is a shambles", "is unfair": said of the subject; "an unfair tax", "a shambles of a law" only tell it apart. */
static bool is_predicative(const matching *w, const predicate *p) {
    u8 relation = matching_token(w, p->head)->deprel;
    return tree_child(w->t, p->head, DEPREL_cop) != NONE || relation == DEPREL_xcomp || relation == DEPREL_conj || p->support != NONE;
}

/* "missed aims and failed promises": what it is joined with tells where it stands. */
static u8 relation_of_joined(const matching *w, u32 head) {
    for (u32 steps = 0; steps < 4 && matching_token(w, head)->deprel == DEPREL_conj; steps++) {
        head = matching_token(w, head)->head;
    }
    return matching_token(w, head)->deprel;
}

/* "officials who failed", "for failing to pay", "until they failed": told beside the matter, and not of it. */
static bool is_aside(const matching *w, const predicate *p, const frame *f) {
    u8 relation = relation_of_joined(w, p->head);
    u32 marker = tree_child(w->t, p->head, DEPREL_mark);
    bool because = marker != NONE && clause_word_is(w->clauses, matching_token(w, marker)->lower, CLASS_CAUSE);
    bool bare = relation == DEPREL_advcl && !(p->flags & PREDICATE_PURPOSE) && !because;
    bool of_subject = f->target_count > 0 && f->target[0].kind == SLOT_SUBJECT;
    bool loose = (p->flags & PREDICATE_NOMINAL) && of_subject && !is_predicative(w, p);
    return bare || loose || relation == DEPREL_acl || relation == DEPREL_acl_relcl || relation == DEPREL_amod;
}

/* Only possible, asked, wanted or denied: nothing is said of anybody. */
static bool is_unsaid(const matching *w, u32 index, const frame *f) {
    static const u32 open = PREDICATE_CONDITIONAL | PREDICATE_QUESTION | PREDICATE_IRREALIS;
    const predicate *p = &w->r->predicates.items[index];
    return w->absorbed[index] || (p->flags & open) || is_aside(w, p, f) || is_possible(w, p->head) ||
           ((p->flags & PREDICATE_NEGATED) && !f->negated);
}

/* Has another frame told the same of it already? */
static bool is_told(const matching *w, u32 index, const frame *f) {
    return w->frame_of[index] != NONE && w->stands[index] && w->frames->frames.items[w->frame_of[index]].category == f->category;
}

/* May the speaker's sector answer whom he means, when the words do not? */
static bool may_default(const frame *f) { return f->default_target.its_sector != SECTOR_NONE; }

drg_status judgement_add(const matching *w, u32 index) {
    const predicate *p = &w->r->predicates.items[index];
    u32 ranked[RANKED], count = match_rank_frames(w, p, true, ranked);
    for (u32 i = 0; i < count; i++) {
        const frame *f = &w->frames->frames.items[ranked[i]];
        party_list source = {0}, target = {0};
        if (is_unsaid(w, index, f) || is_told(w, index, f) || topic_around(w, p->head) != NULL) {
            return DRG_OK;
        }
        side_collect(w, index, f, &source, &target);
        const code_rule *rule = target.count > 0 || may_default(f) ? match_choose_code(w, p, f) : NULL;
        if (rule != NULL) {
            deed made = {.predicate = index, .frame = ranked[i], .plover = f->category, .cameo = rule->cameo, .mode = rule->mode, .spoken = true};
            return matching_write_deed(w, &made, &source, &target);
        }
    }
    return DRG_OK;
}

/* Does he speak of himself, or for the body of which he speaks?  Of two parties, lawmakers or armed groups each speaks for itself. */
static bool is_own(const report *r, u32 speaker, u32 target) {
    static const u32 many = 1u << SECTOR_PTY | 1u << SECTOR_OPP | 1u << SECTOR_LEG | 1u << SECTOR_REB | 1u << SECTOR_UAF;
    const mention *a = &r->mentions.items[speaker], *b = &r->mentions.items[target];
    actor_code one = who_code_of(r, speaker), other = who_code_of(r, target);
    bool same = one.primary[0] != '\0' && memcmp(one.primary, other.primary, 3) == 0;
    bool vague = one.sector == SECTOR_NONE || other.sector == SECTOR_NONE;
    bool together = one.sector == other.sector && !sector_is_in(one.sector, many);
    return speaker == target || (a->entity != NONE && a->entity == b->entity) || (same && (vague || together));
}

/* "It claims", "Unisys said": whoever that is. */
static bool is_nobody(const report *r, u32 speaker) {
    actor_code code = who_code_of(r, speaker);
    return code.sector == SECTOR_NONE && (code.primary[0] == '\0' || code.primary[0] == '-');
}

static bool wants_speaker(const matching *w, const frame *f, u32 head) {
    bool wanted = true;
    for (u32 i = 0; i < f->when_count; i++) {
        wanted &= f->when[i].where.kind != SLOT_SPEAKER || condition_speaker_holds(w, head, &f->when[i]);
    }
    return wanted;
}

/* May this speaker be the source, as far as the words tell? */
static bool may_speak(const matching *w, const deed *d, u32 speaker) {
    bool own = false;
    for (u32 i = d->first_target; i < d->end_target && speaker != NONE; i++) {
        own |= is_own(w->r, speaker, w->r->parties.items[i]);
    }
    const frame *f = &w->frames->frames.items[d->frame];
    return speaker != NONE && !own && !is_nobody(w->r, speaker) && wants_speaker(w, f, w->r->mentions.items[speaker].head);
}

drg_status judgement_credit(const matching *w, const what_hearing *heard, bool *stands) {
    report *r = w->r;
    deed *d = &r->deeds.items[heard->deed];
    *stands = false;
    if (!may_speak(w, d, heard->speaker)) {
        return DRG_OK;
    }
    DRG_TRY(fill_spoken(w->frames, r, d, heard->speaker));
    party_list source = {.count = 1, .mentions = {heard->speaker}}, target = {.count = 0};
    for (u32 i = d->first_target; i < d->end_target && target.count < PARTY_ROOM; i++) {
        target.mentions[target.count++] = r->parties.items[i];
    }
    *stands = target.count > 0 && objection_to(w, &r->predicates.items[d->predicate], &w->frames->frames.items[d->frame], &source, &target) == NULL;
    if (*stands && heard->cue != NONE) {
        d->timex = when_timex_of(r, r->predicates.items[heard->cue].head, &d->dating);
        d->predicate = heard->cue;
    }
    return DRG_OK;
}
