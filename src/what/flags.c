// SPDX-License-Identifier: Apache-2.0
/* In: a predicate's head and its tree.   Out: its flags: voice, tense, negation, modality, embedding.
 *
 *     "Troops will not be withdrawn."             withdraw   passive, future, negated
 *     "... the man held in Minsk"                  hold       participle, passive, past
 *     "The minister called on both to stay."      call       active, whatever the tree calls its subject */
#include "what/flags.h"

#include "parse/labels.h"

typedef struct {
    const clause_tables *tables;
    const tree *t;
    const report *r;
} flag_work;

static const token *at(const flag_work *w, u32 index) { return report_token(w->r, index); }

bool clause_is_past_participle(const report *r, u32 verb) { return report_token(r, verb)->xpos != XPOS_VBG; }

/* "warned of sanctions", "stood by his attack" have none: the preposition is another, or the verb is active. */
bool flags_is_agent(const clause_tables *tables, const tree *t, const report *r, u32 index) {
    u32 verb = report_token(r, index)->head, marker = tree_child(t, index, DEPREL_case);
    bool by = marker == NONE || report_token(r, marker)->lower == tables->by;
    bool bare = tree_child(t, verb, DEPREL_aux_pass) == NONE && tree_child(t, verb, DEPREL_nsubj_pass) == NONE;
    u32 subject = tree_child(t, verb, DEPREL_nsubj);
    bool active = bare && subject != NONE && subject < verb && report_token(r, verb)->deprel == DEPREL_root;
    return by && !active;
}

/* "said it would send aid": will, told later. */
static bool is_future(const flag_work *w, u32 head, symbol auxiliary) {
    bool reported = at(w, head)->deprel == DEPREL_ccomp || at(w, head)->deprel == DEPREL_conj;
    return clause_word_is(w->tables, auxiliary, CLASS_FUTURE) ||
           (reported && clause_word_is(w->tables, auxiliary, CLASS_REPORTED_FUTURE));
}

static u32 flags_of_children(const flag_work *w, u32 head) {
    u32 flags = 0;
    bool is = false;
    TREE_EACH_CHILD(w->t, head, child) {
        const token *word = at(w, child);
        switch (word->deprel) {
            case DEPREL_aux_pass:
                flags |= PREDICATE_PASSIVE;
                break;
            case DEPREL_nsubj_pass:
            case DEPREL_csubj_pass:
                flags |= PREDICATE_PASSIVE;
                break;
            case DEPREL_obl_agent:
                flags |= at(w, head)->upos == UPOS_VERB && flags_is_agent(w->tables, w->t, w->r, child) ? PREDICATE_PASSIVE : 0;
                break;
            case DEPREL_aux:
                flags |= is_future(w, head, word->lemma)                        ? PREDICATE_FUTURE
                         : clause_word_is(w->tables, word->lemma, CLASS_MODAL) ? PREDICATE_MODAL
                                                                               : 0;
                flags |= clause_word_is(w->tables, word->lemma, CLASS_PERFECT) ? PREDICATE_PERFECT : 0;
                flags |= clause_word_is(w->tables, word->lemma, CLASS_PROGRESSIVE) ? PREDICATE_PROGRESSIVE : 0;
                break;
            case DEPREL_cop:
                is = word->xpos == XPOS_VBZ || word->xpos == XPOS_VBP;
                break;
            case DEPREL_mark:
                if (word->upos == UPOS_PART || (word->lower == w->tables->to && at(w, head)->upos == UPOS_VERB)) {
                    flags |= PREDICATE_INFINITIVE;
                }
                flags |= clause_word_is(w->tables, word->lower, CLASS_CONDITION) ? PREDICATE_CONDITIONAL : 0;
                flags |= clause_word_is(w->tables, word->lower, CLASS_NEGATION) ? PREDICATE_NEGATED : 0;
                break;
            case DEPREL_advmod:
            case DEPREL_det:
            case DEPREL_case:
            case DEPREL_cc: /* "nor offered talks" */
            case DEPREL_cc_preconj:
                flags |= clause_word_is(w->tables, word->lower, CLASS_NEGATION) ? PREDICATE_NEGATED : 0;
                break;
            default:
                break;
        }
    }
    return is && flags & PREDICATE_INFINITIVE ? flags ^ (PREDICATE_INFINITIVE | PREDICATE_FUTURE) : flags; /* "is to visit Chad" */
}

/* "did X not sign, nor did Y": negation on the subject ("no one", "neither side") counts too. */
static u32 flags_of_subject(const flag_work *w, u32 head) {
    u32 subject = tree_child(w->t, head, DEPREL_nsubj);
    if (subject == NONE) {
        subject = tree_child(w->t, head, DEPREL_nsubj_pass);
    }
    if (subject == NONE) {
        return 0;
    }
    return flags_of_children(w, subject) & PREDICATE_NEGATED;
}

/* "The prime minister called on both parties to stay." has no auxiliary: what the tree calls a passive
 * subject is the doer, but for headlines ("Two men held over blast") and by-phrases. */
static bool is_bare_passive(const flag_work *w, u32 verb) {
    const token *word = at(w, verb);
    const sentence *s = &w->r->sentences.items[word->sentence];
    if (word->xpos != XPOS_VBN && word->xpos != XPOS_VBD) {
        return false;
    }
    TREE_EACH_CHILD(w->t, verb, child) {
        u8 relation = at(w, child)->deprel;
        if (relation == DEPREL_aux || relation == DEPREL_aux_pass || relation == DEPREL_cop || relation == DEPREL_obl_agent) {
            return false;
        }
    }
    bool finite = word->deprel == DEPREL_root || word->deprel == DEPREL_ccomp || word->deprel == DEPREL_parataxis;
    bool subject = tree_child(w->t, verb, DEPREL_nsubj_pass) != NONE;
    bool closed = s->end_token > s->first_token && at(w, s->end_token - 1)->upos == UPOS_PUNCT;
    return finite && subject && closed;
}

/* "Had Rome allowed the landing, ...": the auxiliary before its subject, in no question. */
static bool is_inverted(const flag_work *w, u32 verb) {
    u32 auxiliary = tree_child(w->t, verb, DEPREL_aux), subject = tree_child(w->t, verb, DEPREL_nsubj);
    return auxiliary != NONE && subject != NONE && auxiliary < subject && clause_word_is(w->tables, at(w, auxiliary)->lemma, CLASS_PERFECT) &&
           at(w, auxiliary)->xpos == XPOS_VBD;
}

/* "Before the judge had passed a sentence, ...": it had not come to that. */
static bool is_forestalled(const flag_work *w, u32 verb) {
    bool before = false, had = false;
    TREE_EACH_CHILD(w->t, verb, child) {
        before |= at(w, child)->lower == w->tables->before && (at(w, child)->deprel == DEPREL_mark || at(w, child)->deprel == DEPREL_case);
        had |= at(w, child)->deprel == DEPREL_aux && at(w, child)->xpos == XPOS_VBD && clause_word_is(w->tables, at(w, child)->lemma, CLASS_PERFECT);
    }
    return before && had && at(w, verb)->deprel == DEPREL_advcl;
}

static u32 verb_flags(const flag_work *w, u32 verb) {
    const token *word = at(w, verb);
    u32 flags = flags_of_children(w, verb) | flags_of_subject(w, verb);
    if (is_inverted(w, verb) || is_forestalled(w, verb)) {
        flags |= PREDICATE_CONDITIONAL;
    }
    if (is_bare_passive(w, verb)) {
        flags &= ~(u32)PREDICATE_PASSIVE;
    }
    bool has_auxiliary = tree_child(w->t, verb, DEPREL_aux) != NONE || tree_child(w->t, verb, DEPREL_aux_pass) != NONE;
    bool adnominal = word->deprel == DEPREL_acl || word->deprel == DEPREL_advcl || word->deprel == DEPREL_amod;
    if (adnominal && !has_auxiliary && !(flags & PREDICATE_INFINITIVE) && tree_child(w->t, verb, DEPREL_nsubj) == NONE) {
        flags |= PREDICATE_PARTICIPLE;
        if (clause_is_past_participle(w->r, verb) && word->deprel != DEPREL_advcl) {
            flags |= PREDICATE_PASSIVE;
        } else if (clause_is_past_participle(w->r, verb) && tree_child(w->t, verb, DEPREL_obj) == NONE) {
            flags |= PREDICATE_PASSIVE;
        }
    }
    if (word->deprel == DEPREL_advcl && (flags & PREDICATE_INFINITIVE)) {
        flags |= PREDICATE_PURPOSE;
    }
    const sentence *s = &w->r->sentences.items[word->sentence];
    if (s->end_token > s->first_token && span_eq(report_form(w->r, s->end_token - 1), SPAN("?"))) {
        flags |= PREDICATE_QUESTION;
    }
    bool past_form = word->xpos == XPOS_VBD || word->xpos == XPOS_VBN;
    if (!(flags & (PREDICATE_FUTURE | PREDICATE_INFINITIVE)) && past_form) {
        flags |= PREDICATE_PAST;
    }
    return flags;
}

u32 flags_of_verb(const clause_tables *tables, const tree *t, const report *r, u32 verb) {
    flag_work w = {tables, t, r};
    return verb_flags(&w, verb);
}

u32 flags_of_noun(const clause_tables *tables, const tree *t, const report *r, u32 noun) {
    flag_work w = {tables, t, r};
    return (flags_of_children(&w, noun) | PREDICATE_NOMINAL) & ~(u32)PREDICATE_PASSIVE;
}
