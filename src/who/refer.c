// SPDX-License-Identifier: Apache-2.0
/* Words that only point: pronouns, relatives, "the two sides".  This file finds them; chain.c says
 * whom they mean.  "It is raining" and the "that" of "said that" point at nobody. */
#include "who/scene.h"

#define PAIR_TOKENS 6 /* "two friendly and brotherly nations" */
#define CLIMB 6 /* heads between a relative pronoun and its clause's verb, at most */

/* "both sides", "the two neighbouring countries": where the phrase begins, or NONE. */
static u32 pair_first(const scene *s, u32 at_token, bool *several) {
    refer_class class = scene_refer(s, at_token);
    if (class < REFER_PAIR || !(class & REFER_PAIR)) {
        return NONE;
    }
    u32 low = scene_sentence_first(s, at_token);
    for (u32 at = at_token; at-- > low && at + PAIR_TOKENS > at_token;) {
        u8 tag = report_token(s->r, at)->upos;
        refer_class counts = scene_refer(s, at);
        if (counts == REFER_BOTH || counts == REFER_SEVERAL) {
            *several = counts == REFER_SEVERAL;
            return at > low && report_token(s->r, at - 1)->upos == UPOS_DET ? at - 1 : at;
        }
        if (tag != UPOS_ADJ && tag != UPOS_NOUN && tag != UPOS_PROPN && tag != UPOS_CCONJ) {
            return NONE;
        }
    }
    return NONE;
}

/* The noun a relative pronoun stands for: the head of its relative clause's verb. */
static u32 antecedent(const scene *s, u32 at_token) {
    u32 at = at_token;
    for (u32 step = 0; step < CLIMB && at != NONE; step++) {
        const token *here = report_token(s->r, at);
        if (here->deprel == DEPREL_acl_relcl) {
            return here->head;
        }
        at = here->head;
    }
    return NONE;
}

static draft *add_reference(scene *s, u32 at_token, refer_class class) {
    draft *d = scene_add(s, at_token, at_token + 1, MENTION_PRONOUN, DRAFT_REFER);
    if (d != NULL) {
        u8 relation = report_token(s->r, at_token)->deprel;
        d->refer = (u8)class;
        d->possessive = relation == DEPREL_nmod_poss;
        d->plural = class == REFER_THEY || class == REFER_WE;
        d->gender = class == REFER_HE ? 'm' : class == REFER_SHE ? 'f' : '\0';
    }
    return d;
}

static bool add_pair(scene *s, u32 first, u32 at_token, bool several) {
    u32 known = s->headed[at_token];
    if (several && known == NONE) {
        return true;
    }
    draft *d = known != NONE ? scene_draft(s, known) : scene_add(s, at_token, at_token + 1, MENTION_NOMINAL, DRAFT_PAIR);
    if (d == NULL) {
        return false;
    }
    if (d->m.code.primary[0] != '\0' || d->second != NONE) {
        return true; /* "the two Korean leaders" says itself whose they are */
    }
    u32 actor = scene_child(s, at_token, RELATION(amod) | RELATION(compound), NONE);
    if (d->m.code.sector == SECTOR_OPP || (actor != NONE && s->cover[actor] != NONE && s->cover[actor] != known)) {
        return true; /* "the two main opposition parties" are described, not pointed at */
    }
    bool persons = d->word != NONE && d->what != DRAFT_BODY;
    d->plural = true;
    d->several = several;
    if (!several) {
        d->what = DRAFT_PAIR;
        d->refer = persons ? REFER_HE : REFER_IT;
    }
    if (d->m.first > first) {
        scene_widen(s, scene_index(s, d), first, d->m.end);
    }
    return true;
}

static bool find_at(scene *s, u32 at_token) {
    const report *r = s->r;
    u8 tag = report_token(r, at_token)->upos, relation = report_token(r, at_token)->deprel;
    refer_class class = scene_refer(s, at_token);
    if (class == REFER_NONE) {
        return true;
    }
    if (class >= REFER_PAIR) {
        bool several = false;
        u32 first = pair_first(s, at_token, &several);
        return first == NONE || (several && report_token(r, first)->upos != UPOS_DET) || add_pair(s, first, at_token, several);
    }
    u32 verb = report_token(r, at_token)->head;
    bool spoken = relation == DEPREL_expl && verb != NONE && scene_refer(s, verb) >= REFER_PAIR && (scene_refer(s, verb) & REFER_SPEECH) &&
                  scene_child(s, verb, RELATION(aux_pass), NONE) == NONE; /* "It denied that ...", read as "it is said" */
    bool pronoun = tag == UPOS_PRON || tag == UPOS_DET || (tag == UPOS_ADJ && relation == DEPREL_nmod_poss);
    if (s->headed[at_token] != NONE || (s->cover[at_token] != NONE && relation != DEPREL_nmod_poss) || !pronoun || (relation == DEPREL_expl && !spoken) ||
        relation == DEPREL_mark || relation == DEPREL_det) {
        return true;
    }
    if (class == REFER_RELATIVE) {
        u32 noun = antecedent(s, at_token), known = noun == NONE ? NONE : s->headed[noun];
        if (noun != NONE && known == NONE) {
            known = s->cover[noun]; /* "Minister of Health Chen, who ...": hung on "Health" */
        }
        draft *d = known == NONE || known == s->cover[at_token] ? NULL : add_reference(s, at_token, class);
        if (d != NULL) {
            d->same = known;
        }
        return true;
    }
    return class > REFER_WE || add_reference(s, at_token, class) != NULL;
}

drg_status refer_find(scene *s, drg_error *error) {
    for (u32 i = 0; i < s->r->tokens.count; i++) {
        if (!find_at(s, i)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
    }
    return DRG_OK;
}
