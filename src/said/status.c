// SPDX-License-Identifier: Apache-2.0
/* In: deeds, statements, trees.   Out: each deed's status and who claims or denies it.
 *
 * Two questions a deed.  What do the words around it make of it (embedding.c)?  And on whose word
 * does it rest?  What a party says of itself counts as done ("police said they had arrested him"),
 * and so does what a news agency reports; what a party says of others in a quarrel does not:
 *
 *     Ankara said Russian jets had bombed the convoy.     claimed by Ankara
 *     Kyiv accused Moscow of shelling the town.           claimed by Kyiv
 *     Moscow denied bombing the convoy.                   denied by Moscow
 *     Moscow said it would withdraw.                      planned
 *     The ministry said it had signed the deal.           actual */
#include "said/status.h"

#include "what/category.h"

typedef struct {
    const embedding_tables *tables;
    const tree *t;
    report *r;
    const u32 *inside; /* [tokens] innermost statement of speech whose content the token is, or NONE */
} work;

/* ------------------------------------------------------------------ whose word */

static actor_code code_of(const report *r, u32 index) {
    const mention *m = &r->mentions.items[index];
    return m->code.primary[0] == '\0' && m->entity != NONE ? r->entities.items[m->entity].code : m->code;
}

/* The state's own hands, as against those who oppose or fight it. */
static bool is_of_state(u16 its_sector) {
    static const u32 state = 1u << SECTOR_GOV | 1u << SECTOR_MIL | 1u << SECTOR_COP | 1u << SECTOR_JUD | 1u << SECTOR_LEG | 1u << SECTOR_SPY;
    return its_sector == SECTOR_NONE || sector_is_in(its_sector, state);
}

/* Is the speaker one of [first, end), or of the same side?  "Syrian rebels said the army had shelled a market":
 * both are Syrian, on two sides. */
static bool is_side(const report *r, actor_code code, u32 first, u32 end) {
    for (u32 i = first; i < end; i++) {
        actor_code other = code_of(r, r->parties.items[i]);
        bool together = code.sector == other.sector || is_of_state(code.sector) == is_of_state(other.sector) || code.sector == SECTOR_NONE ||
                        other.sector == SECTOR_NONE;
        if (code.primary[0] != '\0' && strncmp(code.primary, other.primary, sizeof code.primary) == 0 && together) {
            return true;
        }
    }
    return false;
}

static bool has_code(const report *r, const deed *d, span start) {
    return span_starts(symbols_text(&r->words, d->cameo), start);
}

/* Deeds that the other side may tell otherwise.  Arrests are on record: nobody denies them. */
static bool is_quarrel(const report *r, const deed *d) {
    return d->plover == CATEGORY_ASSAULT || (d->plover == CATEGORY_COERCE && !has_code(r, d, SPAN("173"))) || d->plover == CATEGORY_MOBILIZE;
}

/* Done by saying so. */
static bool is_act_of_speech(const deed *d) {
    return d->plover == CATEGORY_REQUEST || d->plover == CATEGORY_REJECT || d->plover == CATEGORY_THREATEN || d->plover == CATEGORY_ACCUSE || d->plover == CATEGORY_SUPPORT;
}

/* Deeds of word that only those present can vouch for: "he said the West had pressed Moscow for the truce". */
static bool is_hearsay(const deed *d) {
    return d->plover == CATEGORY_REQUEST || d->plover == CATEGORY_REJECT || d->plover == CATEGORY_THREATEN || d->plover == CATEGORY_AID;
}

static bool is_fighter(actor_code speaker) {
    return speaker.sector == SECTOR_MIL || speaker.sector == SECTOR_REB || speaker.sector == SECTOR_UAF;
}

/* "The army says it has retaken the town": a fighter's word on his own success (fights, occupations, blockades). */
static bool is_boast(const report *r, const deed *d, actor_code speaker) {
    return is_fighter(speaker) && has_code(r, d, SPAN("19"));
}

/* "The army said forty rebels were killed": and on the losses of the other side. */
static bool is_tally(const report *r, const deed *d, actor_code speaker) {
    return is_fighter(speaker) && d->plover == CATEGORY_ASSAULT && d->first_target < d->end_target && !is_side(r, speaker, d->first_target, d->end_target);
}

static bool has_named_source(const report *r, const deed *d) {
    for (u32 i = d->first_source; i < d->end_source; i++) {
        actor_code code = code_of(r, r->parties.items[i]);
        if (code.primary[0] != '\0' && code.primary[0] != '-') {
            return true;
        }
    }
    return false;
}

/* Does the clause at `top` have a doer that is not the noun it hangs on? */
static bool has_other_subject(const report *r, u32 top) {
    const predicate *p = r->predicate_at[top] == NONE ? NULL : &r->predicates.items[r->predicate_at[top]];
    bool other = false;
    for (u32 i = p == NULL ? 0 : p->first_argument; p != NULL && i < p->end_argument; i++) {
        other |= r->arguments.items[i].role == ROLE_SUBJECT && !r->arguments.items[i].inherited && r->arguments.items[i].head != report_token(r, top)->head;
    }
    return other;
}

/* "It was the rebels who fired": a noun that is the predicate of a pronoun. */
static bool is_cleft(const work *w, u32 noun) {
    u32 subject = tree_child(w->t, noun, DEPREL_nsubj);
    return subject != NONE && tree_child(w->t, noun, DEPREL_cop) != NONE && report_token(w->r, subject)->upos == UPOS_PRON;
}

/* Is the deed what the sentence is about, and not a noun or an aside taken for granted in it?
 * "Turkey said the groups fighting in Idlib would leave" does not claim that they fight. */
static bool is_at_issue(const work *w, const statement *s, u32 top) {
    const report *r = w->r;
    u8 relation = report_token(r, top)->deprel;
    if (relation == DEPREL_acl_relcl) { /* "a campaign in which the army used gas": a whole sentence of its own; "it was rebels who ..." */
        return has_other_subject(r, top) || is_cleft(w, report_token(r, top)->head);
    }
    return report_token(r, top)->head == s->cue || relation == DEPREL_root || relation == DEPREL_ccomp || relation == DEPREL_parataxis || relation == DEPREL_conj ||
           relation == DEPREL_xcomp || relation == DEPREL_csubj;
}

/* Does what `s` says of the deed rest on its speaker's word alone, in a matter that others contest? */
static bool is_contestable(const work *w, const statement *s, const deed *d, u32 top) {
    const report *r = w->r;
    if (s->vouch == STATEMENT_VOUCH_doubting || s->act == STATEMENT_ACT_accuse) {
        return r->predicates.items[d->predicate].head != s->cue && (is_quarrel(r, d) || is_at_issue(w, s, top) || s->vouch == STATEMENT_VOUCH_doubting);
    }
    if (s->vouch == STATEMENT_VOUCH_vouching || !is_at_issue(w, s, top)) {
        return false;
    }
    if (s->speaker == NONE) { /* "is reported to have bombed", "sources said" */
        return d->plover == CATEGORY_ASSAULT && has_named_source(r, d);
    }
    actor_code code = code_of(r, s->speaker);
    if (code.sector == SECTOR_MED) {
        return false;
    }
    if (!has_named_source(r, d)) {
        return is_tally(r, d, code);
    }
    return is_side(r, code, d->first_source, d->end_source) ? is_boast(r, d, code) : is_quarrel(r, d) || is_hearsay(d);
}

static bool add_claimers(report *r, deed *d, u32 index) {
    d->first_claimer = d->end_claimer = r->parties.count;
    for (u32 steps = 0; index != NONE && steps < 3; steps++) {
        const statement *s = &r->statements.items[index];
        bool media = s->speaker != NONE && code_of(r, s->speaker).sector == SECTOR_MED;
        if (s->speaker != NONE && (!media || s->outer == NONE)) {
            u32 *party = list_push(r->memory, &r->parties);
            if (party == NULL) {
                return false;
            }
            *party = s->speaker;
            break;
        }
        index = s->outer;
    }
    d->end_claimer = r->parties.count;
    return true;
}

/* "They blocked the road to demand a hearing": the act of speech is in the deed that serves it. */
static bool is_voiced_aim(const report *r, const deed *d, u32 trigger, const standing *found) {
    bool speech = d->plover == CATEGORY_REQUEST || d->plover == CATEGORY_ACCUSE || d->plover == CATEGORY_REJECT || d->plover == CATEGORY_SUPPORT;
    return speech && found->word == trigger && report_token(r, trigger)->deprel == DEPREL_advcl;
}

/* "offered its condolences": kind words are there once they are offered. */
static bool is_given_word(const report *r, const deed *d, const statement *s, const standing *found) {
    u32 support = r->predicates.items[d->predicate].support;
    return d->plover == CATEGORY_SUPPORT && support != NONE && found->word == support && s != NULL && s->act == STATEMENT_ACT_assert;
}

/* Dated before the report's day: it is no plan any more. */
static bool is_past(const report *r, const deed *d) {
    return d->timex != NONE && r->day != INT32_MIN && r->timexes.items[d->timex].last != INT32_MAX &&
           r->timexes.items[d->timex].last != INT32_MIN && r->timexes.items[d->timex].last < r->day;
}

static u8 status_of(const work *w, const deed *d, u32 trigger, u32 *voucher, standing *found) {
    u32 index = w->inside[trigger];
    const statement *s = index == NONE ? NULL : &w->r->statements.items[index];
    *found = embedding_of(w->tables, w->t, w->r, trigger);
    *voucher = NONE;
    bool noun = w->r->predicates.items[d->predicate].flags & PREDICATE_NOMINAL;
    if (s != NULL && s->vouch == STATEMENT_VOUCH_denying && !s->negated && !noun && !found->unreal) {
        *voucher = index; /* "denied bombing the town", "rejected claims that it had bombed the town" */
        return DRG_STATUS_DENIED;
    }
    bool none = found->state == EFFECT_actual && embedding_lacks_object(w->tables, w->t, w->r, trigger);
    if (found->state == EFFECT_denied || none) { /* what somebody will not do nobody has charged him with; nor is "I am not blaming you" a denial */
        bool own = !none && s != NULL && s->speaker != NONE && is_act_of_speech(d) && is_side(w->r, code_of(w->r, s->speaker), d->first_source, d->end_source);
        *voucher = found->unreal || own ? NONE : index;
        return DRG_STATUS_DENIED;
    }
    if (found->state != EFFECT_actual) {
        bool said = is_voiced_aim(w->r, d, trigger, found) || is_given_word(w->r, d, s, found);
        return said || is_past(w->r, d) ? DRG_STATUS_ACTUAL : DRG_STATUS_PLANNED;
    }
    u32 support = w->r->predicates.items[d->predicate].support;
    u32 top = found->top == trigger && support != NONE ? support : found->top; /* "said it [repelled] an attack" */
    if (s != NULL && is_contestable(w, s, d, top)) {
        *voucher = index;
        return DRG_STATUS_CLAIMED;
    }
    return found->claimed ? DRG_STATUS_CLAIMED : DRG_STATUS_ACTUAL;
}

/* What bears a day after the report's is still to come; words of today may be about it ("demanded elections in June"). */
static bool lies_ahead(const report *r, const deed *d) {
    const timex *t = d->timex != NONE ? &r->timexes.items[d->timex] : NULL;
    bool own = d->dating == DATING_CLAUSE && !is_act_of_speech(d) && d->plover != CATEGORY_AGREE && d->plover != CATEGORY_CONCEDE;
    return own && t != NULL && r->day != INT32_MIN && t->start != INT32_MIN && t->start > r->day;
}

drg_status status_run(const embedding_tables *tables, const tree *t, const u32 *inside, report *r) {
    static const char *const names[] = {"actual", "claimed", "denied", "planned"};
    work w = {tables, t, r, inside};
    for (u32 i = 0; i < r->deeds.count; i++) {
        deed *d = &r->deeds.items[i];
        u32 trigger = r->predicates.items[d->predicate].head, voucher;
        standing found;
        u8 status = status_of(&w, d, trigger, &voucher, &found);
        if (d->status == DRG_STATUS_PLANNED && status == DRG_STATUS_ACTUAL && !is_past(r, d)) {
            status = DRG_STATUS_PLANNED; /* the frame's own words announce it */
        }
        status = status == DRG_STATUS_ACTUAL && lies_ahead(r, d) ? DRG_STATUS_PLANNED : status;
        if (d->spoken) { /* what was said was said */
            status = DRG_STATUS_ACTUAL;
            voucher = NONE;
        }
        d->status = status;
        if (voucher != NONE && !add_claimers(r, d, voucher)) {
            return DRG_ERROR_MEMORY;
        }
        span by = found.word == NONE ? SPAN("its clause") : report_form(r, found.word);
        report_add_reason(r, STAGE_SAID, trigger, i, found.why, "%s: \"%.*s\"%s", names[status], (int)by.len, by.ptr,
                          voucher == NONE ? "" : ", on a speaker's word");
    }
    return DRG_OK;
}
