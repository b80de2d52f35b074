// SPDX-License-Identifier: Apache-2.0
/* In: the tree of a sentence.  Out: the same, with a finite verb where the network saw none.
 *
 *     The minister called on both parties to stay.      minister <-root   called <-acl- minister, a participle
 *       called <-root   minister <-nsubj- called
 *     The Union lifted sanctions on Burundi.            sanctions <-root  Union <-compound-, lifted <-amod- sanctions
 *       lifted <-root   Union <-nsubj-, sanctions <-obj- lifted
 *
 * "called", "accused", "issued" are past tense and participle in one form, and the network may take the whole
 * for a noun phrase.  A phrase that ends in a full stop and holds no finite verb besides is a sentence: on 4,000
 * sentences of news a dozen were such, all of them sentences.  "Soldiers stationed near the border", a heading, has no stop, and
 * "Soldiers killed by rebels." names the doer as only the passive does: both are left alone. */
#include "parse/mend.h"

static bool ends_in_stop(const mending *m) {
    u32 last = m->s->end_token - 1;
    while (last > m->s->first_token && at(m, last)->xpos == XPOS_CLOSE_QUOTE) {
        last--;
    }
    return span_eq(report_form(m->r, last), SPAN("."));
}

/* A noun as root that is no predicate ("It was a step"). */
static u32 bare_root(const mending *m) {
    u32 root = NONE;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        root = at(m, i)->head == NONE ? i : root;
    }
    u8 tag = root == NONE ? UPOS_X : at(m, root)->upos;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        const token *t = at(m, i);
        bool predicative = t->head == root && (t->deprel == DEPREL_cop || t->deprel == DEPREL_nsubj || t->deprel == DEPREL_case);
        if (predicative) {
            return NONE;
        }
    }
    return tag == UPOS_NOUN || tag == UPOS_PROPN ? root : NONE;
}

/* "lifted": as long as its ending and a syllable more. */
static bool ends_as_past(const mending *m, u32 index) {
    span form = report_form(m->r, index), end = m->tables->past;
    return end.len > 0 && form.len > end.len + 1 && span_eq(span_cut(form, form.len - end.len, form.len), end);
}

/* Is `verb`, behind a noun, said to describe the root or the noun behind it? */
static bool is_inner_participle(const mending *m, u32 root, u32 verb) {
    const token *t = at(m, verb);
    bool past = t->xpos == XPOS_VBN || t->xpos == XPOS_VBD || (t->upos == UPOS_VERB && t->xpos == XPOS_JJ);
    bool near = t->head == root || (verb > root && t->head != NONE && at(m, t->head)->head == root);
    if (near && verb > root && t->deprel == DEPREL_acl && past) {
        return true; /* of the root, or of a noun that hangs on it: "Two brigades of the army revolted." */
    }
    const token *before = verb == m->s->first_token ? NULL : t - 1;
    bool noun = before != NULL && is_noun(before);
    bool comma = before != NULL && before->xpos == XPOS_COMMA && root < verb; /* "Rubio, a former rival, expressed concern" */
    bool nominal = noun || comma;
    bool follows = before != NULL && (before->xpos == XPOS_NNP || verb == root + 1);
    bool adjective = follows && near && t->upos == UPOS_ADJ && t->xpos == XPOS_JJ && ends_as_past(m, verb);
    return ((past && t->upos == UPOS_VERB) || adjective) && nominal && near && (t->deprel == DEPREL_amod || t->deprel == DEPREL_compound || (t->deprel == DEPREL_nmod && past));
}

/* The participle of the root's phrase, alone of its kind in the sentence and with no doer behind it. */
static u32 hidden_verb(const mending *m, u32 root) {
    u32 verb = NONE;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        if (verb == NONE && is_inner_participle(m, root, i)) {
            verb = i;
        } else if (!is_noun(at(m, i)) && (at(m, i)->xpos == XPOS_VBD || at(m, i)->xpos == XPOS_MD || is_present(at(m, i)))) { /* not "Human Rights Watch" */
            return NONE;
        }
    }
    for (u32 i = m->s->first_token; i < m->s->end_token && verb != NONE; i++) {
        const token *t = at(m, i);
        bool agent = t->deprel == DEPREL_obl_agent && mend_child(m, i, DEPREL_case) != NONE;
        bool passive = t->head == verb && (agent || t->deprel == DEPREL_aux_pass || t->deprel == DEPREL_aux);
        verb = passive ? NONE : verb;
    }
    return verb;
}

static bool is_nominal_relation(u8 relation) {
    return relation == DEPREL_det || relation == DEPREL_compound || relation == DEPREL_amod || relation == DEPREL_nummod ||
           relation == DEPREL_nmod_poss || relation == DEPREL_nmod || relation == DEPREL_case;
}

/* "The Union lifted sanctions", all of it said to be sanctions: what stands before the verb is its subject. */
static u32 part_before(const mending *m, u32 verb) {
    u32 subject = verb - 1;
    for (u32 steps = 0; at(m, subject)->head != NONE && at(m, subject)->head < verb && steps < 16; steps++) {
        subject = at(m, subject)->head;
    }
    for (u32 i = m->s->first_token; i < verb; i++) {
        token *t = at(m, i);
        if (i != subject && t->head != NONE && t->head >= verb) {
            t->head = is_nominal_relation(t->deprel) ? subject : verb;
        }
    }
    return subject;
}

/* "Demonstrators in Tunisia waved placards", in and Tunisia said to describe the placards: they tell of the subject. */
static void part_between(const mending *m, u32 root, u32 verb) {
    u32 noun = verb - 1;
    for (u32 i = root + 1; i < verb; i++) {
        token *t = at(m, i);
        if (t->head != NONE && t->head >= verb) {
            mend_hang(m, i, i == noun ? root : noun, i == noun && is_noun(t) ? DEPREL_nmod : (deprel)t->deprel);
        }
    }
}

/* What follows the verb is the verb's. */
static void part_behind(const mending *m, u32 verb, u32 root) {
    u32 object = at(m, verb)->head;
    if (object != root && object != NONE && object > verb) { /* "guards tortured prisoners", tortured an adjective of theirs */
        mend_hang(m, object, verb, DEPREL_obj);
    }
    for (u32 i = verb + 1; i < m->s->end_token; i++) {
        token *t = at(m, i);
        bool punct = t->deprel == DEPREL_punct;
        if (t->head == root && (root < verb || punct)) {
            u8 behind = t->deprel == DEPREL_nmod ? DEPREL_obl : t->deprel == DEPREL_acl ? DEPREL_advcl : t->deprel == DEPREL_appos ? DEPREL_obj : t->deprel;
            mend_hang(m, i, verb, behind);
        }
    }
}

/* "Turkey backs the bid", "Serbia and Hungary plan to expand trade": a word in small letters between a name and what
 * opens an object, where nothing else is a verb. */
static u32 hidden_present(const mending *m) {
    u32 verb = NONE;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        const token *t = at(m, i);
        if (t->xpos == XPOS_VBD || t->xpos == XPOS_MD || is_present(t)) {
            return NONE;
        }
        const token *before = i > m->s->first_token ? at(m, i - 1) : NULL, *next = i + 1 < m->s->end_token ? at(m, i + 1) : NULL;
        bool noun = t->upos == UPOS_NOUN && t->form == t->lower && before != NULL && before->upos == UPOS_PROPN && before->name != NAME_NONE && next != NULL;
        bool joined = noun && i > m->s->first_token + 1 && at(m, i - 2)->deprel == DEPREL_cc;
        bool object = noun && (mend_is(m, i + 1, MEND_INFINITIVE) || (!joined && next->name != NAME_NONE && next->name_begins) || next->upos == UPOS_DET || next->xpos == XPOS_PRPS);
        if (verb == NONE && object && t->xpos == (joined ? XPOS_NN : XPOS_NNS)) {
            verb = i;
        }
    }
    return verb;
}

/* The tree of "Serbia and Hungary plan to expand trade", Serbia its root, and of "Turkey backs the bid", bid its root. */
static void raise_present(const mending *m, u32 verb, u32 root) {
    u32 name = verb - 1, subject = root < name ? root : name;
    for (u32 i = m->s->first_token; i < m->s->end_token; i++) {
        token *t = at(m, i);
        if (i == verb || i == subject || t->head == NONE) {
            continue;
        }
        bool behind = i > verb && (t->head == root || t->head == verb || t->head <= name);
        t->head = behind || (i < verb && t->head >= verb) ? (i > verb ? verb : subject) : t->head;
        t->deprel = i == name ? DEPREL_conj : behind && t->deprel == DEPREL_acl ? DEPREL_xcomp : behind && t->deprel == DEPREL_nmod ? DEPREL_obl : t->deprel;
    }
    if (root > verb) {
        mend_hang(m, root, verb, DEPREL_obj);
        for (u32 i = verb + 1; i < root; i++) {
            bool owner = at(m, i)->head == verb && mend_child(m, i, DEPREL_case) != NONE;
            at(m, i)->deprel = owner ? DEPREL_nmod_poss : at(m, i)->deprel;
            at(m, i)->head = at(m, i)->head == verb ? root : at(m, i)->head;
        }
        for (u32 i = root + 1; i < m->s->end_token; i++) {
            at(m, i)->head = at(m, i)->head == verb && at(m, i)->deprel == DEPREL_obl ? root : at(m, i)->head;
        }
    }
    mend_hang(m, verb, NONE, DEPREL_root);
    mend_hang(m, subject, verb, DEPREL_nsubj);
    at(m, verb)->upos = UPOS_VERB;
    at(m, verb)->xpos = root < name ? XPOS_VBP : XPOS_VBZ;
}

/* One past the name that begins at `first`. */
static u32 name_end(const mending *m, u32 first) {
    u32 end = first + 1;
    while (end < m->s->end_token && at(m, end)->name == at(m, first)->name && !at(m, end)->name_begins) {
        end++;
    }
    return end;
}

/* "Human Rights Watch accused Togo", Watch the verb, "The Committee to Protect Nurses called on Togo", called said of the
 * nurses: the verb stands behind the name, which is its subject as a whole. */
static bool mend_name_with_verb(const mending *m) {
    for (u32 i = m->s->first_token; i + 2 < m->s->end_token; i++) {
        u32 end = at(m, i)->name == NAME_ORG && at(m, i)->name_begins ? name_end(m, i) : i, verb = end;
        bool behind = end > i + 1 && verb < m->s->end_token && at(m, verb)->upos == UPOS_VERB && is_past(at(m, verb)) && at(m, verb)->head != NONE;
        u32 root = NONE;
        for (u32 k = i; k < end && behind; k++) {
            root = at(m, k)->head == NONE ? k : root;
        }
        if (root == NONE || at(m, verb)->head < i || at(m, verb)->head >= end || mend_child(m, verb, DEPREL_aux_pass) != NONE) {
            continue;
        }
        u32 head = is_noun(at(m, root)) ? root : end - 1;
        for (u32 k = m->s->first_token; k < m->s->end_token; k++) {
            token *t = at(m, k);
            bool inside = k >= i && k < end, up = t->head != NONE && t->head >= i && t->head < end;
            t->head = inside && up && t->head == root && k != head ? head : k > verb && up ? verb : t->head;
            t->deprel = inside && (t->deprel == DEPREL_nsubj || t->deprel == DEPREL_obj) && t->head == head ? DEPREL_compound : t->deprel;
        }
        at(m, root)->head = root == head ? NONE : head;
        mend_hang(m, verb, NONE, DEPREL_root);
        mend_hang(m, head, verb, DEPREL_nsubj);
        at(m, verb)->xpos = XPOS_VBD;
        at(m, end - 1)->upos = UPOS_PROPN;
        at(m, end - 1)->xpos = XPOS_NNP;
        return true;
    }
    return false;
}

bool mend_finite(const mending *m) {
    if (mend_name_with_verb(m)) {
        return true;
    }
    u32 root = ends_in_stop(m) ? bare_root(m) : NONE, verb = root == NONE ? NONE : hidden_verb(m, root);
    u32 present = root == NONE || verb != NONE ? NONE : hidden_present(m);
    if (present != NONE) {
        raise_present(m, present, root);
        return true;
    }
    if (verb == NONE) {
        return false;
    }
    u32 subject = root < verb ? root : part_before(m, verb);
    if (root < verb) {
        part_between(m, root, verb);
    }
    part_behind(m, verb, root);
    if (root > verb) {
        mend_hang(m, root, verb, DEPREL_obj);
    }
    mend_hang(m, verb, NONE, DEPREL_root);
    mend_hang(m, subject, verb, DEPREL_nsubj);
    at(m, verb)->xpos = XPOS_VBD;
    at(m, verb)->upos = UPOS_VERB;
    return true;
}
