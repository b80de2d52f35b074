// SPDX-License-Identifier: Apache-2.0
/* Does a frame's condition hold?  "when object $weapon" asks the heads of the objects (and what they
 * count: "most of the missiles"), "object*" every word of their phrases, "clause.aux must" the
 * auxiliaries of the complement: "said Turkey must leave". */
#include "parse/labels.h"
#include "what/matching.h"
#include "where/where.h"

static bool is_word(const matching *w, u32 index, symbol word) {
    return index < w->r->tokens.count && (matching_token(w, index)->lemma == word || matching_token(w, index)->lower == word);
}

bool condition_is_phrase(const matching *w, u32 head, const phrase *rest) {
    for (u32 i = 0; i < 3 && rest->before[i] != NONE; i++) {
        if (head < i + 1 || !is_word(w, head - i - 1, rest->before[i])) {
            return false;
        }
    }
    for (u32 i = 0; i < 3 && rest->after[i] != NONE; i++) {
        if (!is_word(w, head + i + 1, rest->after[i])) {
            return false;
        }
    }
    return true;
}

bool condition_list_holds_word(const matching *w, u32 list, u32 index) {
    const symbol forms[2] = {matching_token(w, index)->lemma, matching_token(w, index)->lower};
    for (u32 f = 0; f < 2; f++) {
        if (forms[f] == NONE || (f == 1 && forms[1] == forms[0])) {
            continue;
        }
        for (u32 i = map_find(&w->frames->item_index, (u64)list << 32 | forms[f]); i != NONE; i = w->frames->items.items[i].next) {
            if (condition_is_phrase(w, index, &w->frames->items.items[i].rest)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_of_kind(const word_list *l, const entity *e, actor_code code) {
    u32 kind = e == NULL ? NONE : e->kind;
    u32 kinds = KIND_ACTOR | (kind == ENTITY_STATE ? KIND_STATE : 0) | (kind == ENTITY_PERSON ? KIND_PERSON : 0) |
                (kind == ENTITY_ORGANISATION ? KIND_ORGANISATION : 0) | (kind == ENTITY_PEOPLE ? KIND_PEOPLE : 0);
    bool named = code.primary[0] != '\0' && code.primary[0] != '-';
    bool bare = code.sector == SECTOR_NONE && (kind == ENTITY_ORGANISATION || (kind == ENTITY_PERSON && named)); /* "NATO", its secretary-general */
    return (l->kinds & kinds) != 0 || sector_is_in(bare ? SECTOR_IGO : code.sector, l->sectors);
}

static bool list_holds_kind(const matching *w, u32 list, u32 index) {
    const word_list *l = &w->frames->lists.items[list];
    if (l->kinds & KIND_ANY) {
        return true;
    }
    if (l->kinds & KIND_PLACE) {
        u32 here = where_place_at(w->r, index);
        if (here != NONE && w->r->places.items[here].head == index) {
            return true;
        }
    }
    u32 found = w->r->mention_at == NULL ? NONE : w->r->mention_at[index];
    if (found == NONE || !(l->kinds | l->sectors)) {
        return false;
    }
    const mention *m = &w->r->mentions.items[found];
    const entity *e = m->entity == NONE ? NULL : &w->r->entities.items[m->entity];
    actor_code code = m->code;
    code.sector = e != NULL && code.sector == SECTOR_NONE ? e->code.sector : code.sector;
    bool holds = is_of_kind(l, e, code);
    for (u32 i = e != NULL ? e->first_member : 0; e != NULL && i < e->end_member && !holds; i++) {
        const entity *member = &w->r->entities.items[w->r->members.items[i]]; /* of "the two countries" */
        holds = is_of_kind(l, member, member->code);
    }
    return holds;
}

/* "most of the towns": what is counted. */
static u32 counted_of(const matching *w, u32 index) {
    if (!clause_word_is(w->clauses, matching_token(w, index)->lemma, CLASS_PARTITIVE)) {
        return NONE;
    }
    TREE_EACH_CHILD(w->t, index, child) {
        u32 marker = matching_token(w, child)->deprel == DEPREL_nmod ? tree_child(w->t, child, DEPREL_case) : NONE;
        if (marker != NONE && matching_token(w, marker)->lower == w->clauses->of) {
            return child;
        }
    }
    return NONE;
}

static bool list_holds(const matching *w, u32 list, u32 index, bool deep) {
    u32 counted = counted_of(w, index);
    if (condition_list_holds_word(w, list, index)) {
        return true; /* "thousands of Kurds": both words count */
    }
    index = counted != NONE ? counted : index;
    if (condition_list_holds_word(w, list, index) || list_holds_kind(w, list, index)) {
        return true;
    }
    TREE_EACH_CHILD(w->t, index, child) {
        bool own_tense = matching_token(w, child)->xpos == XPOS_VBD && matching_token(w, index)->xpos == XPOS_VB; /* "said it would wait and attacked" */
        if (matching_token(w, child)->deprel == DEPREL_conj && !own_tense && (condition_list_holds_word(w, list, child) || list_holds_kind(w, list, child))) {
            return true;
        }
    }
    u32 end = w->t->right[index], start = w->t->left[index];
    for (u32 i = start; deep && i < end && i < start + 40; i++) {
        if ((matching_token(w, i)->deprel == DEPREL_acl_relcl || matching_token(w, i)->deprel == DEPREL_advcl) && i != index && w->t->right[i] > i) {
            i = w->t->right[i] - 1; /* "men who entered illegally", "because it is illegal": told beside the matter */
            continue;
        }
        if (condition_list_holds_word(w, list, i) || list_holds_kind(w, list, i)) {
            return true;
        }
    }
    return false;
}

bool condition_argument_in_slot(const argument *a, const slot *s) {
    switch (s->kind) {
        case SLOT_SUBJECT:
            return a->role == ROLE_SUBJECT;
        case SLOT_OBJECT:
            return a->role == ROLE_OBJECT;
        case SLOT_RECIPIENT:
            return a->role == ROLE_RECIPIENT;
        case SLOT_POSSESSOR:
            return a->role == ROLE_POSSESSOR;
        case SLOT_MODIFIER:
            return a->role == ROLE_MODIFIER;
        case SLOT_CLAUSE:
            return a->role == ROLE_CLAUSE;
        case SLOT_PREPOSITION:
            return (a->role == ROLE_OBLIQUE || a->role == ROLE_CLAUSE) && a->preposition == s->preposition;
        case SLOT_ANY:
            return true;
        default:
            return false;
    }
}

static bool sentence_holds(const matching *w, const predicate *p, u32 list) {
    const sentence *s = &w->r->sentences.items[matching_token(w, p->head)->sentence];
    for (u32 i = s->first_token; i < s->end_token && i < s->first_token + 200; i++) {
        if (condition_list_holds_word(w, list, i)) {
            return true;
        }
    }
    return false;
}

/* Asked once a list: the answer is kept, so that a long report is read through once. */
static bool report_holds(const matching *w, u32 list) {
    u32 known = map_find(w->report_answers, list);
    if (known != NONE) {
        return known != 0;
    }
    bool found = false;
    for (u32 i = 0; i < w->r->tokens.count && !found; i++) {
        found = condition_list_holds_word(w, list, i);
    }
    map_set(w->report_answers, list, found);
    return found;
}

static bool auxiliary_holds(const matching *w, u32 verb, u32 list) {
    TREE_EACH_CHILD(w->t, verb, child) {
        bool auxiliary = matching_token(w, child)->deprel == DEPREL_aux || matching_token(w, child)->deprel == DEPREL_advmod;
        if (auxiliary && condition_list_holds_word(w, list, child)) {
            return true;
        }
    }
    return false;
}

/* The subject of a complement without a predicate of its own: "said [Iran] is a threat". */
u32 condition_copular_subject(const matching *w, u32 head) {
    u32 subject = tree_child(w->t, head, DEPREL_nsubj);
    return subject != NONE ? subject : tree_child(w->t, head, DEPREL_nsubj_outer);
}

/* The subject or object of the complement: "said [Turkey] must leave". */
static bool inner_argument_holds(const matching *w, const predicate *p, const condition *c) {
    u8 wanted = c->where.kind == SLOT_CLAUSE_SUBJECT ? ROLE_SUBJECT : ROLE_OBJECT;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        u32 inner = a->role == ROLE_CLAUSE ? w->r->predicate_at[a->head] : NONE;
        u32 subject = a->role == ROLE_CLAUSE && inner == NONE && wanted == ROLE_SUBJECT ? condition_copular_subject(w, a->head) : NONE;
        if (subject != NONE && list_holds(w, c->list, subject, c->where.deep)) {
            return true;
        }
        const predicate *q = inner == NONE ? NULL : &w->r->predicates.items[inner];
        for (u32 k = q ? q->first_argument : 0; q != NULL && k < q->end_argument; k++) {
            const argument *b = &w->r->arguments.items[k];
            if (b->role == wanted && list_holds(w, c->list, b->head, c->where.deep)) {
                return true;
            }
        }
    }
    return false;
}

bool condition_speaker_holds(const matching *w, u32 speaker_head, const condition *c) {
    return list_holds(w, c->list, speaker_head, c->where.deep) != c->negated;
}

bool condition_holds(const matching *w, const predicate *p, const condition *c) {
    bool found = false;
    switch (c->where.kind) {
        case SLOT_SPEAKER:
            return true; /* nobody knows yet who speaks */
        case SLOT_SENTENCE:
            found = sentence_holds(w, p, c->list);
            break;
        case SLOT_REPORT:
            found = report_holds(w, c->list);
            break;
        case SLOT_SUPPORT:
            found = p->support != NONE && condition_list_holds_word(w, c->list, p->support);
            break;
        case SLOT_TRIGGER:
            found = condition_list_holds_word(w, c->list, p->head);
            break;
        case SLOT_GOVERNOR:
            found = p->governor != NONE && condition_list_holds_word(w, c->list, w->r->predicates.items[p->governor].head);
            break;
        case SLOT_CLAUSE_SUBJECT:
        case SLOT_CLAUSE_OBJECT:
            found = inner_argument_holds(w, p, c);
            break;
        case SLOT_CLAUSE_AUX:
            for (u32 i = p->first_argument; i < p->end_argument && !found; i++) {
                const argument *a = &w->r->arguments.items[i];
                found = a->role == ROLE_CLAUSE && auxiliary_holds(w, a->head, c->list);
            }
            break;
        default:
            for (u32 i = p->first_argument; i < p->end_argument && !found; i++) {
                const argument *a = &w->r->arguments.items[i];
                found = condition_argument_in_slot(a, &c->where) && list_holds(w, c->list, a->head, c->where.deep);
            }
            if (!found && c->where.kind == SLOT_PREPOSITION) {
                u32 reached = reach_find(w, p, c->where.preposition);
                found = reached != NONE && list_holds(w, c->list, reached, c->where.deep);
            }
    }
    return found != c->negated;
}

