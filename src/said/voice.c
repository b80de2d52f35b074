// SPDX-License-Identifier: Apache-2.0
/* In: trees, a cue.   Out: the head token of who speaks.
 *
 * The speaker is the subject; of a passive, the by-phrase; of a participle, what it hangs on or
 * the subject of the clause around it; of a noun, its owner:
 *
 *     [The envoy] was praised by [the council].     by-phrase: the council
 *     [The envoy] left, promising to return.        the subject of the clause around it
 *     [Kenya]'s denial that ...                     owner */
#include "said/voice.h"

#include "parse/labels.h"

enum { CLIMB = 6 };

static u32 agent_of(const said_work *w, u32 head) {
    TREE_EACH_CHILD(w->t, head, child) {
        bool oblique = is_child(w, child, DEPREL_obl) || is_child(w, child, DEPREL_nmod);
        if (is_child(w, child, DEPREL_obl_agent) || (oblique && phrase_marker_word(w, child) == w->cues->by)) {
            return child;
        }
    }
    return NONE;
}

static u32 inherited_subject(const said_work *w, u32 verb) {
    u32 index = w->r->predicate_at == NULL ? NONE : w->r->predicate_at[verb];
    if (index == NONE) {
        return NONE;
    }
    const predicate *p = &w->r->predicates.items[index];
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        if (w->r->arguments.items[i].role == ROLE_SUBJECT) {
            return w->r->arguments.items[i].head;
        }
    }
    return NONE;
}

/* "The council meets on Monday, officials said": where the content was read as a second subject, the
 * one next to the verb speaks. */
u32 voice_subject(const said_work *w, u32 verb) {
    u32 best = NONE;
    TREE_EACH_CHILD(w->t, verb, child) {
        if ((is_child(w, child, DEPREL_nsubj) || is_child(w, child, DEPREL_nsubj_outer)) && (best == NONE || child < verb)) {
            best = child;
        }
    }
    return best;
}

/* Climbs from a verb without a subject of its own to the clause that lends it one. */
static u32 verb_speaker(said_work *w, u32 verb) {
    bool passive = phrase_is_passive(w, verb);
    for (u32 at = verb, steps = 0; at < w->r->tokens.count && steps < CLIMB; steps++) {
        u32 subject = passive && steps == 0 ? agent_of(w, at) : voice_subject(w, at);
        if (subject != NONE || (passive && steps == 0 && word_at(w, at)->deprel != DEPREL_conj)) {
            return subject;
        }
        if (steps > 0 && phrase_is_passive(w, at) && phrase_child(w, at, DEPREL_nsubj_pass, DEPREL_nsubj_pass) != NONE) {
            return phrase_child(w, at, DEPREL_nsubj_pass, DEPREL_nsubj_pass);
        }
        u8 relation = word_at(w, at)->deprel;
        u32 head = word_at(w, at)->head;
        if (head >= w->r->tokens.count) {
            break;
        }
        if (relation == DEPREL_acl) {
            bool past = agent_of(w, at) != NONE;
            return past ? agent_of(w, at) : head;
        }
        bool climbs = relation == DEPREL_conj || relation == DEPREL_xcomp || relation == DEPREL_advcl || relation == DEPREL_parataxis ||
                      relation == DEPREL_ccomp || relation == DEPREL_dep || relation == DEPREL_acl_relcl;
        if (!climbs || word_at(w, head)->upos == UPOS_PUNCT) {
            break;
        }
        at = head;
    }
    return inherited_subject(w, verb);
}

static u32 noun_speaker(said_work *w, u32 noun) {
    u32 owner = phrase_child(w, noun, DEPREL_nmod_poss, DEPREL_nmod_poss);
    if (owner == NONE) {
        owner = agent_of(w, noun);
    }
    if (owner != NONE) {
        return owner;
    }
    TREE_EACH_CHILD(w->t, noun, child) {
        bool from = is_child(w, child, DEPREL_nmod) && phrase_marker_word(w, child) == w->cues->from;
        bool named = (is_child(w, child, DEPREL_amod) || is_child(w, child, DEPREL_compound)) && w->r->mention_at != NULL &&
                     w->r->mention_at[child] != NONE;
        if (from || named) {
            return child;
        }
    }
    u32 governor = word_at(w, noun)->head;
    bool lent = governor < w->r->tokens.count && word_at(w, governor)->upos == UPOS_VERB && is_child(w, noun, DEPREL_obj);
    return lent ? verb_speaker(w, governor) : NONE;
}

static u32 speaker_of(said_work *w, u32 cue) {
    switch (word_at(w, cue)->upos) {
        case UPOS_VERB:
        case UPOS_AUX:
            return verb_speaker(w, cue);
        case UPOS_ADJ: {
            u32 subject = phrase_child(w, cue, DEPREL_nsubj, DEPREL_nsubj_outer);
            bool attribute = is_child(w, cue, DEPREL_amod) && word_at(w, cue)->head < w->r->tokens.count;
            return subject != NONE ? subject : attribute ? word_at(w, cue)->head : verb_speaker(w, cue);
        }
        default:
            return noun_speaker(w, cue);
    }
}

/* "The ministry called for calm": read as a passive without its auxiliary, yet a verb whose content
 * stands behind a preposition has none; its subject speaks. */
u32 voice_find(said_work *w, u32 cue, const cue_row *row) {
    u32 speaker = speaker_of(w, cue);
    u32 empty = speaker == NONE ? phrase_child(w, cue, DEPREL_expl, DEPREL_expl) : NONE; /* "It denied that ..." */
    if (empty != NONE && w->r->mention_at != NULL && w->r->mention_at[empty] != NONE) {
        return empty;
    }
    bool transitive = row->takes & (CUE_TAKES_object | CUE_TAKES_passive | CUE_TAKES_hearer);
    return speaker != NONE || transitive || phrase_child(w, cue, DEPREL_aux_pass, DEPREL_aux_pass) != NONE
               ? speaker
               : phrase_child(w, cue, DEPREL_nsubj_pass, DEPREL_nsubj_pass);
}
