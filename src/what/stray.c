// SPDX-License-Identifier: Apache-2.0
/* Arguments that the tree hangs elsewhere, or under another name.
 *
 *     was charged with sedition by prosecutors     prosecutors <-nmod- sedition: the doer all the same
 *     handed over its base                         base <-obl-, over <-case-: the object of "hand over"
 *     ordered two papers to close                  close <-acl- papers: the complement of "ordered"
 *     called Israel an aggressor                   Israel <-iobj-: the object */
#include "what/stray.h"

#include "parse/labels.h"
#include "what/inherit.h"

static const token *at(const clause_work *w, u32 index) { return report_token(w->r, index); }

void stray_add_argument(clause_work *w, argument a) {
    argument *added = list_push(w->r->memory, &w->r->arguments);
    if (added == NULL) {
        w->full = true;
        return;
    }
    *added = a;
}

/* "kidnapped up to 16 advisers": before a number "to" marks no phrase. */
static bool marks_number(const clause_work *w, u32 marker) {
    return at(w, marker)->lower == w->tables->to && marker + 1 < w->r->tokens.count && at(w, marker + 1)->upos == UPOS_NUM && marker > 0 &&
           at(w, marker - 1)->lower == w->tables->up;
}

/* The preposition of an oblique: its last case child, lower-cased ("out of" gives "of"). */
symbol stray_preposition_of(const clause_work *w, u32 head) {
    u32 marker = NONE;
    TREE_EACH_CHILD(w->t, head, child) {
        marker = at(w, child)->deprel == DEPREL_case && child < head && !marks_number(w, child) ? child : marker;
    }
    if (marker == NONE) {
        marker = tree_child(w->t, head, DEPREL_mark);
    }
    if (marker == NONE && at(w, w->t->left[head])->deprel == DEPREL_case && !marks_number(w, w->t->left[head])) {
        marker = w->t->left[head]; /* "with Guard commander Brigadier Pakpour", the case under an inner word */
    }
    return marker == NONE ? NONE : at(w, marker)->lower;
}

/* "outlawed a march": an object, whatever the tree calls it; "left last week" has none. */
static bool is_bare_object(const clause_work *w, u32 verb, u32 child) {
    const token *word = at(w, child);
    bool bare = word->deprel == DEPREL_obl || (word->deprel == DEPREL_obl_unmarked && tree_child(w->t, child, DEPREL_det) != NONE);
    return child > verb && bare && word->upos == UPOS_NOUN && w->t->left[child] == verb + 1 && !clause_word_is(w->tables, word->lemma, CLASS_TIME_NOUN);
}

/* "forced out on Wednesday more than 1,000 refugees": the tree has no preposition for its oblique, which is
 * no day either, so it is the object. */
bool stray_is_late_object(const clause_work *w, u32 verb, u32 child) {
    const token *word = at(w, child);
    if (is_bare_object(w, verb, child)) {
        return true;
    }
    return child > verb && word->upos == UPOS_NOUN && w->r->mention_at != NULL && w->r->mention_at[child] != NONE &&
           !clause_word_is(w->tables, word->lemma, CLASS_TIME_NOUN);
}

/* "gave the envoy two days" */
static bool is_given_time(const clause_work *w, u32 verb, u32 child) {
    return at(w, child)->deprel == DEPREL_obl_unmarked && tree_child(w->t, child, DEPREL_nummod) != NONE &&
           clause_word_is(w->tables, at(w, verb)->lemma, CLASS_LIGHT);
}

/* "gave [the envoy] two days": the tree has two objects, or takes the second for a time. */
bool stray_is_first_of_two(const clause_work *w, u32 verb, u32 object) {
    TREE_EACH_CHILD(w->t, verb, child) {
        bool second = at(w, child)->deprel == DEPREL_obj || is_given_time(w, verb, child);
        if (second && child > object && object > verb) {
            return w->r->mention_at != NULL && w->r->mention_at[object] != NONE;
        }
    }
    return false;
}

/* "was charged with sedition by prosecutors", "was delivered to the embassy by Bahrain": the tree hangs the agent
 * on the noun before it. */
void stray_find_agent(clause_work *w, u32 verb, u32 first) {
    for (u32 i = first; i < w->r->arguments.count; i++) {
        if (w->r->arguments.items[i].role == ROLE_SUBJECT) {
            return;
        }
    }
    TREE_EACH_CHILD(w->t, verb, child) {
        u8 role = at(w, child)->deprel;
        bool result = role == DEPREL_xcomp || role == DEPREL_advmod; /* "set free by Hamas", "held captive by militants" */
        bool behind = (role == DEPREL_obl || role == DEPREL_obj || result) && child > verb;
        u32 joined = tree_child(w->t, child, DEPREL_conj); /* "was given boats and fuel by Turkey" */
        u32 phrase = joined != NONE && tree_child(w->t, child, DEPREL_nmod) == NONE ? joined : child;
        TREE_EACH_CHILD(w->t, phrase, inner) {
            u8 below = at(w, inner)->deprel;
            bool hangs = below == DEPREL_nmod || (result && (below == DEPREL_obl || below == DEPREL_obl_agent));
            bool by = behind && hangs && stray_preposition_of(w, inner) == w->tables->by;
            if (by && w->r->mention_at != NULL && w->r->mention_at[inner] != NONE) {
                stray_add_argument(w, (argument){ROLE_SUBJECT, false, NONE, inner});
                return;
            }
        }
    }
}

/* "carried out" is one lemma: carry_out. */
symbol stray_join_words(clause_work *w, symbol one, symbol other) {
    char joined[96];
    span head = symbols_text(&w->r->words, one), tail = symbols_text(&w->r->words, other);
    int size = snprintf(joined, sizeof joined, "%.*s_%.*s", (int)(head.len < 60 ? head.len : 60), head.ptr,
                        (int)(tail.len < 30 ? tail.len : 30), tail.ptr);
    return symbols_add(&w->r->words, (span){joined, (size_t)size});
}

/* "handed over its base": the tree takes the particle for a preposition. */
void stray_find_particle_object(clause_work *w, u32 verb, u32 first) {
    for (u32 i = first; i < w->r->arguments.count; i++) {
        if (w->r->arguments.items[i].role == ROLE_OBJECT) {
            return;
        }
    }
    for (u32 i = first; i < w->r->arguments.count; i++) {
        argument *a = &w->r->arguments.items[i];
        bool next = a->role == ROLE_OBLIQUE && a->preposition != NONE && verb + 1 < a->head && at(w, verb + 1)->lower == a->preposition;
        if (next && clause_word_is(w->tables, stray_join_words(w, at(w, verb)->lemma, a->preposition), CLASS_PHRASAL)) {
            a->role = ROLE_OBJECT; /* its preposition stays: triggers look for it */
            return;
        }
    }
}


/* "called Israel an aggressor", "asked Cyprus to mediate": what the tree takes for a recipient is whom the verb is
 * about. */
bool stray_is_true_object(const clause_work *w, u32 verb) {
    return tree_child(w->t, verb, DEPREL_obj) == NONE || clause_word_is(w->tables, at(w, verb)->lemma, CLASS_NAMING);
}

/* "called the premier to express condolences": somebody is no noun that an infinitive explains ("a plan to leave"), so
 * it says what for. */
static bool is_purpose_of_somebody(const clause_work *w, u32 object, u32 clause) {
    u32 marker = tree_child(w->t, clause, DEPREL_mark);
    bool infinitive = at(w, clause)->xpos == XPOS_VB && marker != NONE && at(w, marker)->lower == w->tables->to;
    return infinitive && w->r->mention_at != NULL && w->r->mention_at[object] != NONE;
}

/* "ordered two papers to close": the clause that the tree hangs on the object. */
void stray_find_complement(clause_work *w, u32 object) {
    u32 clause = tree_child(w->t, object, DEPREL_acl);
    if (clause != NONE && (inherit_is_object_control(w->tables, w->t, w->r, clause) || is_purpose_of_somebody(w, object, clause))) {
        stray_add_argument(w, (argument){ROLE_CLAUSE, false, stray_preposition_of(w, clause), clause});
    }
}

/* "let the nuns go", "wants the army to leave": the subject of the complement is the object. */
void stray_find_raised_object(clause_work *w, u32 verb, u32 clause) {
    u32 subject = tree_child(w->t, clause, DEPREL_nsubj);
    bool bare = at(w, clause)->xpos == XPOS_VB && subject != NONE && subject > verb && tree_child(w->t, verb, DEPREL_obj) == NONE;
    bool plain = bare && tree_child(w->t, clause, DEPREL_aux) == NONE && at(w, w->t->left[clause])->deprel != DEPREL_mark;
    if (plain && clause_word_is(w->tables, at(w, verb)->lemma, CLASS_OBJECT_CONTROL)) {
        stray_add_argument(w, (argument){ROLE_OBJECT, false, NONE, subject});
    }
}
