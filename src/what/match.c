// SPDX-License-Identifier: Apache-2.0
/* Frames against predicates.
 *
 * For each predicate the frames under its lemma are tried; the one whose triggers and conditions
 * say most (multi-word trigger, number of conditions) wins, the earlier in the files on a tie.
 * The winner names the parties and the code.  Three things are then passed over, each with its
 * reason in trace: deeds that no political actor has part in, deeds that are only the content of
 * another ("agreed to withdraw": AGREE, not RETREAT), and hypothetical ones (if-clauses, questions). */
#include "what/match.h"

#include "what/party.h"
#include "when/when.h"
#include "where/where.h"

#define EVIDENCE_TOKENS 25
#define ABSORB_ROUNDS 4
#define INSIDE_TOKENS 30
#define GUARD_HITS 4 /* fewer words tell no topic */

typedef struct {
    const frame_tables *frames;
    const clause_tables *clauses;
    const tree *t;
    report *r;
    u32 *frame_of;   /* [predicates] matched frame or NONE */
    bool *absorbed;  /* [predicates] content of another deed */
    map *report_answers; /* list -> 0 or 1, for conditions on the whole report */
    u32 *result;     /* [predicates] of a nominal deed: the verb that tells its result, or NONE */
} work;

static const token *at(const work *w, u32 index) { return report_token(w->r, index); }

/* ------------------------------------------------------------------ lists and conditions */

static bool is_word(const work *w, u32 index, symbol word) {
    return index < w->r->tokens.count && (at(w, index)->lemma == word || at(w, index)->lower == word);
}

static bool stands_in_phrase(const work *w, u32 head, const phrase *rest) {
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

static bool list_holds_word(const work *w, u32 list, u32 index) {
    const symbol forms[2] = {at(w, index)->lemma, at(w, index)->lower};
    for (u32 f = 0; f < 2; f++) {
        if (forms[f] == NONE || (f == 1 && forms[1] == forms[0])) {
            continue;
        }
        for (u32 i = map_find(&w->frames->item_index, (u64)list << 32 | forms[f]); i != NONE; i = w->frames->items.items[i].next) {
            if (stands_in_phrase(w, index, &w->frames->items.items[i].rest)) {
                return true;
            }
        }
    }
    return false;
}

static bool list_holds_kind(const work *w, u32 list, u32 index) {
    const word_list *l = &w->frames->lists.items[list];
    if (l->kinds & KIND_ANY) {
        return true;
    }
    if (l->kinds & KIND_PLACE) {
        for (u32 i = 0; i < w->r->places.count; i++) {
            if (w->r->places.items[i].head == index) {
                return true;
            }
        }
    }
    u32 found = w->r->mention_at == NULL ? NONE : w->r->mention_at[index];
    if (found == NONE || !(l->kinds | l->sectors)) {
        return false;
    }
    const mention *m = &w->r->mentions.items[found];
    const entity *e = m->entity == NONE ? NULL : &w->r->entities.items[m->entity];
    u32 kind = e == NULL ? NONE : e->kind;
    u32 kinds = KIND_ACTOR | (kind == ENTITY_STATE ? KIND_STATE : 0) | (kind == ENTITY_PERSON ? KIND_PERSON : 0) |
                (kind == ENTITY_ORGANISATION ? KIND_ORGANISATION : 0) | (kind == ENTITY_PEOPLE ? KIND_PEOPLE : 0);
    u8 its_sector = e != NULL && m->code.sector == SECTOR_NONE ? e->code.sector : m->code.sector;
    bool bare_organisation = kind == ENTITY_ORGANISATION && its_sector == SECTOR_NONE; /* "NAT", "AFU" */
    its_sector = bare_organisation ? SECTOR_IGO : its_sector;
    return (l->kinds & kinds) != 0 || (l->sectors >> its_sector & 1);
}

/* "most of the towns": what is counted. */
static u32 counted_of(const work *w, u32 index) {
    if (!clause_word_is(w->clauses, at(w, index)->lemma, CLASS_PARTITIVE)) {
        return NONE;
    }
    TREE_EACH_CHILD(w->t, index, child) {
        u32 marker = at(w, child)->deprel == DEPREL_nmod ? tree_child(w->t, child, DEPREL_case) : NONE;
        if (marker != NONE && at(w, marker)->lower == w->clauses->of) {
            return child;
        }
    }
    return NONE;
}

static bool list_holds(const work *w, u32 list, u32 index, bool deep) {
    u32 counted = counted_of(w, index);
    index = counted != NONE ? counted : index;
    if (list_holds_word(w, list, index) || list_holds_kind(w, list, index)) {
        return true;
    }
    TREE_EACH_CHILD(w->t, index, child) {
        if (at(w, child)->deprel == DEPREL_conj && (list_holds_word(w, list, child) || list_holds_kind(w, list, child))) {
            return true;
        }
    }
    u32 end = w->t->right[index], start = w->t->left[index];
    for (u32 i = start; deep && i < end && i < start + 40; i++) {
        if (list_holds_word(w, list, i) || list_holds_kind(w, list, i)) {
            return true;
        }
    }
    return false;
}

static bool argument_in_slot(const argument *a, const slot *s) {
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

static bool sentence_holds(const work *w, const predicate *p, u32 list) {
    const sentence *s = &w->r->sentences.items[at(w, p->head)->sentence];
    for (u32 i = s->first_token; i < s->end_token && i < s->first_token + 200; i++) {
        if (list_holds_word(w, list, i)) {
            return true;
        }
    }
    return false;
}

/* Asked once a list: the answer is kept, so that a long report is read through once. */
static bool report_holds(const work *w, u32 list) {
    u32 known = map_find(w->report_answers, list);
    if (known != NONE) {
        return known != 0;
    }
    bool found = false;
    for (u32 i = 0; i < w->r->tokens.count && !found; i++) {
        found = list_holds_word(w, list, i);
    }
    map_set(w->report_answers, list, found);
    return found;
}

static bool auxiliary_holds(const work *w, u32 verb, u32 list) {
    TREE_EACH_CHILD(w->t, verb, child) {
        bool auxiliary = at(w, child)->deprel == DEPREL_aux || at(w, child)->deprel == DEPREL_advmod;
        if (auxiliary && list_holds_word(w, list, child)) {
            return true;
        }
    }
    return false;
}

/* The subject of a complement without a predicate of its own: "said [Iran] is a threat". */
static u32 copular_subject(const work *w, u32 head) {
    u32 subject = tree_child(w->t, head, DEPREL_nsubj);
    return subject != NONE ? subject : tree_child(w->t, head, DEPREL_nsubj_outer);
}

/* The subject or object of the complement: "said [Turkey] must leave". */
static bool inner_argument_holds(const work *w, const predicate *p, const condition *c) {
    u8 wanted = c->where.kind == SLOT_CLAUSE_SUBJECT ? ROLE_SUBJECT : ROLE_OBJECT;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        u32 inner = a->role == ROLE_CLAUSE ? w->r->predicate_at[a->head] : NONE;
        u32 subject = a->role == ROLE_CLAUSE && inner == NONE && wanted == ROLE_SUBJECT ? copular_subject(w, a->head) : NONE;
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

static bool condition_holds(const work *w, const predicate *p, const condition *c) {
    bool found = false;
    switch (c->where.kind) {
        case SLOT_SENTENCE:
            found = sentence_holds(w, p, c->list);
            break;
        case SLOT_REPORT:
            found = report_holds(w, c->list);
            break;
        case SLOT_SUPPORT:
            found = p->support != NONE && list_holds_word(w, c->list, p->support);
            break;
        case SLOT_TRIGGER:
            found = list_holds_word(w, c->list, p->head);
            break;
        case SLOT_GOVERNOR:
            found = p->governor != NONE && list_holds_word(w, c->list, w->r->predicates.items[p->governor].head);
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
                found = argument_in_slot(a, &c->where) && list_holds(w, c->list, a->head, c->where.deep);
            }
    }
    return found != c->negated;
}

/* ------------------------------------------------------------------ choosing the frame */

static bool has_particle_or_preposition(const work *w, const predicate *p, symbol preposition) {
    TREE_EACH_CHILD(w->t, p->head, child) {
        const token *word = at(w, child);
        if (word->lower == preposition &&
            (word->deprel == DEPREL_compound_prt || word->deprel == DEPREL_advmod || word->deprel == DEPREL_case)) {
            return true;
        }
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if ((a->role == ROLE_OBLIQUE || a->role == ROLE_CLAUSE) && a->preposition == preposition) {
            return true;
        }
    }
    return false;
}

/* A list of words says more than a list of kinds alone. */
static bool names_words(const work *w, u32 list) { return w->frames->lists.items[list].has_words; }

static int trigger_score(const work *w, const predicate *p, const trigger *t) {
    const frame *f = &w->frames->frames.items[t->frame];
    if (!stands_in_phrase(w, p->head, &t->rest)) {
        return -1;
    }
    if (t->preposition != NONE && !has_particle_or_preposition(w, p, t->preposition)) {
        return -1;
    }
    if (f->negated && !(p->flags & PREDICATE_NEGATED)) {
        return -1;
    }
    int score = f->negated * 4 + (t->preposition != NONE) * 2 + (t->rest.before[0] != NONE || t->rest.after[0] != NONE) * 2 + (t->rest.before[1] != NONE);
    for (u32 i = 0; i < f->when_count; i++) {
        if (!condition_holds(w, p, &f->when[i])) {
            return -1;
        }
        score += f->when[i].negated ? 0 : names_words(w, f->when[i].list) ? 2 : 1;
    }
    return score;
}

static u32 choose_frame(const work *w, const predicate *p) {
    bool nominal = p->flags & PREDICATE_NOMINAL;
    const token *word = at(w, p->head);
    const map *index = !nominal                  ? &w->frames->verb_index
                       : word->upos == UPOS_ADJ ? &w->frames->adjective_index
                                                : &w->frames->noun_index;
    const symbol forms[2] = {word->lemma, nominal ? word->lower : NONE};
    int best_score = -1;
    u32 best = NONE;
    for (u32 f = 0; f < 2; f++) {
        if (forms[f] == NONE || (f == 1 && forms[1] == forms[0])) {
            continue;
        }
        for (u32 i = map_find(index, forms[f]); i != NONE; i = w->frames->triggers.items[i].next) {
            int score = trigger_score(w, p, &w->frames->triggers.items[i]);
            if (score > best_score) {
                best_score = score;
                best = w->frames->triggers.items[i].frame;
            }
        }
    }
    return best;
}

/* ------------------------------------------------------------------ parties */

static bool collect_clause_slot(const work *w, const argument *a, const slot *s, party_list *out) {
    u32 inner = w->r->predicate_at[a->head], before = out->count;
    if (inner == NONE) {
        u32 subject = s->kind == SLOT_CLAUSE_SUBJECT ? copular_subject(w, a->head) : NONE;
        if (subject != NONE) {
            party_collect(w->clauses, w->t, w->r, subject, true, out);
        }
        return out->count > before;
    }
    const predicate *q = &w->r->predicates.items[inner];
    u8 wanted = s->kind == SLOT_CLAUSE_SUBJECT ? ROLE_SUBJECT : ROLE_OBJECT;
    for (u32 i = q->first_argument; i < q->end_argument; i++) {
        if (w->r->arguments.items[i].role == wanted) {
            party_collect(w->clauses, w->t, w->r, w->r->arguments.items[i].head, true, out);
        }
    }
    return out->count > before;
}

/* Fills `out` from one place; true when it yields somebody. */
static bool collect_slot(const work *w, const predicate *p, const slot *s, bool reciprocal, party_list *out) {
    u32 before = out->count;
    bool shallow = s->kind == SLOT_MODIFIER;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if (s->kind == SLOT_CLAUSE_SUBJECT || s->kind == SLOT_CLAUSE_OBJECT) {
            if (a->role == ROLE_CLAUSE && collect_clause_slot(w, a, s, out)) {
                return true;
            }
            continue;
        }
        if (!argument_in_slot(a, s)) {
            continue;
        }
        party_collect(w->clauses, w->t, w->r, a->head, !shallow, out);
        if (out->count > before && !reciprocal && s->kind != SLOT_MODIFIER) {
            return true;
        }
    }
    return out->count > before;
}

/* Who says so: the subject of the nearest predicate above that has one. */
static void collect_governor_subject(const work *w, const predicate *p, party_list *out) {
    u32 above = p->governor;
    for (u32 steps = 0; above != NONE && steps < 3; steps++) {
        const predicate *g = &w->r->predicates.items[above];
        slot subject = {SLOT_SUBJECT, false, NONE};
        if (collect_slot(w, g, &subject, false, out)) {
            return;
        }
        above = g->governor;
    }
}

/* "lifted sanctions on Burundi", "offered to mediate between A and B": the tree hangs the phrase
 * on the object or inside the complement, the sense on the trigger. */
static bool collect_inside(const work *w, const predicate *p, const slot *s, party_list *out) {
    u32 before = out->count;
    for (u32 i = p->first_argument; i < p->end_argument && out->count == before; i++) {
        const argument *a = &w->r->arguments.items[i];
        bool inside = a->role == ROLE_OBJECT || a->role == ROLE_CLAUSE || (a->role == ROLE_OBLIQUE && a->preposition == w->clauses->of);
        u32 start = w->t->left[a->head], end = w->t->right[a->head];
        for (u32 k = start; inside && !a->inherited && k < end && k < start + INSIDE_TOKENS && out->count == before; k++) {
            bool phrase_head = at(w, k)->deprel == DEPREL_nmod || at(w, k)->deprel == DEPREL_obl;
            u32 marker = phrase_head && k != a->head ? tree_child(w->t, k, DEPREL_case) : NONE;
            if (marker != NONE && at(w, marker)->lower == s->preposition) {
                party_collect(w->clauses, w->t, w->r, k, true, out);
            }
        }
    }
    return out->count > before;
}

static void collect_side(const work *w, const predicate *p, const slot *slots, u32 count, bool all, party_list *out) {
    for (u32 i = 0; i < count; i++) {
        if (slots[i].kind == SLOT_GOVERNOR_SUBJECT) {
            collect_governor_subject(w, p, out);
            if (out->count > 0 && !all) {
                return;
            }
            continue;
        }
        bool found = collect_slot(w, p, &slots[i], all, out);
        if (!found && slots[i].kind == SLOT_PREPOSITION) {
            found = collect_inside(w, p, &slots[i], out);
        }
        if (found && !all) {
            return;
        }
    }
}

static bool same_party(const report *r, u32 a, u32 b) {
    const mention *x = &r->mentions.items[a], *y = &r->mentions.items[b];
    return a == b || (x->entity != NONE && x->entity == y->entity);
}

/* The target may not be one of the doers ("Israel said Israel ..."). */
static void drop_common(const report *r, const party_list *source, party_list *target) {
    u32 kept = 0;
    for (u32 i = 0; i < target->count; i++) {
        bool common = false;
        for (u32 j = 0; j < source->count; j++) {
            common |= same_party(r, source->mentions[j], target->mentions[i]);
        }
        if (!common) {
            target->mentions[kept++] = target->mentions[i];
        }
    }
    target->count = kept;
}

/* A noun's doer may stand in front of it, behind "by", or be lent by a light verb; what it is done
 * to stands behind the frame's own prepositions or "of". */
static u32 noun_slots(const work *w, const frame *f, bool source, slot out[SLOTS_PER_SIDE * 2]) {
    u32 count = 0;
    const slot *own = source ? f->noun_source : f->noun_target;
    u32 own_count = source ? f->noun_source_count : f->noun_target_count;
    for (u32 i = 0; i < own_count; i++) {
        out[count++] = own[i];
    }
    if (own_count > 0) {
        return count;
    }
    const slot *verbal = source ? f->source : f->target;
    u32 verbal_count = source ? f->source_count : f->target_count;
    for (u32 i = 0; i < verbal_count; i++) {
        if (verbal[i].kind == SLOT_SUBJECT) {
            out[count++] = verbal[i];
            out[count++] = (slot){SLOT_POSSESSOR, false, NONE};
            out[count++] = (slot){SLOT_MODIFIER, false, NONE};
        } else if (verbal[i].kind == SLOT_OBJECT) {
            out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->of};
        } else {
            out[count++] = verbal[i];
        }
    }
    if (f->reciprocal && source) {
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->between};
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->with};
        out[count++] = (slot){SLOT_PREPOSITION, false, w->clauses->of};
    }
    return count;
}

/* The target is whom the result verb names: "Air strikes in Yemen killed nine fighters". */
static void collect_victims(const work *w, u32 verb, party_list *target) {
    const predicate *q = &w->r->predicates.items[verb];
    const frame *f = &w->frames->frames.items[w->frame_of[verb]];
    party_list victims = {.count = 0};
    collect_side(w, q, f->target, f->target_count, false, &victims);
    *target = victims;
}

static void collect_parties(const work *w, const predicate *p, const frame *f, party_list *source, party_list *target) {
    slot slots[SLOTS_PER_SIDE * 2 + 8];
    bool nominal = p->flags & PREDICATE_NOMINAL;
    if (nominal) {
        u32 count = noun_slots(w, f, true, slots);
        collect_side(w, p, slots, count, f->reciprocal, source);
        count = noun_slots(w, f, false, slots);
        collect_side(w, p, slots, count, f->reciprocal, f->reciprocal ? source : target);
    } else {
        collect_side(w, p, f->source, f->source_count, f->reciprocal, source);
        collect_side(w, p, f->target, f->target_count, f->reciprocal, f->reciprocal ? source : target);
    }
    if (nominal && f->reciprocal && source->count == 1 && p->support == NONE) { /* "said in a meeting with B" */
        collect_governor_subject(w, p, source);
    }
    drop_common(w->r, source, target);
}

/* ------------------------------------------------------------------ the deed */

static actor_code code_of(const report *r, u32 index) {
    const mention *m = &r->mentions.items[index];
    return m->code.primary[0] == '\0' && m->entity != NONE ? r->entities.items[m->entity].code : m->code;
}

static bool is_political(const report *r, const party_list *side) {
    for (u32 i = 0; i < side->count; i++) {
        const mention *m = &r->mentions.items[side->mentions[i]];
        actor_code code = code_of(r, side->mentions[i]);
        bool group = m->entity != NONE && r->entities.items[m->entity].end_member > r->entities.items[m->entity].first_member;
        bool plain = code.sector == SECTOR_BUS || code.sector == SECTOR_CRM || code.sector == SECTOR_MED || code.sector == SECTOR_EDU ||
                     code.sector == SECTOR_CVL || code.sector == SECTOR_REL || code.sector == SECTOR_LAB;
        if (group || (code.primary[0] != '\0' && !plain)) {
            return true;
        }
    }
    return false;
}

static u32 add_parties(report *r, const party_list *side, bool *full) {
    u32 first = r->parties.count;
    for (u32 i = 0; i < side->count; i++) {
        u32 *added = list_push(r->memory, &r->parties);
        if (added == NULL) {
            *full = true;
            break;
        }
        *added = side->mentions[i];
    }
    return first;
}

/* The words that show the deed: from its first to its last part, at most 25 tokens around the trigger. */
static range evidence_of(const work *w, const predicate *p, const party_list *source, const party_list *target) {
    u32 first = p->head, end = p->head + 1;
    const party_list *sides[2] = {source, target};
    const sentence *s = &w->r->sentences.items[at(w, p->head)->sentence];
    if (p->support != NONE) {
        first = p->support < first ? p->support : first;
        end = p->support + 1 > end ? p->support + 1 : end;
    }
    for (u32 k = 0; k < 2; k++) {
        for (u32 i = 0; i < sides[k]->count; i++) {
            const mention *m = &w->r->mentions.items[sides[k]->mentions[i]];
            if (m->first >= s->first_token && m->end <= s->end_token) {
                first = m->first < first ? m->first : first;
                end = m->end > end ? m->end : end;
            }
        }
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &w->r->arguments.items[i];
        if (!a->inherited && a->role != ROLE_CLAUSE && w->t->right[a->head] <= end + 8 && w->t->right[a->head] > end) {
            end = w->t->right[a->head];
        }
    }
    if (first + EVIDENCE_TOKENS < p->head + 1) {
        first = p->head + 1 - EVIDENCE_TOKENS;
    }
    if (end > first + EVIDENCE_TOKENS) {
        end = first + EVIDENCE_TOKENS > p->head + 1 ? first + EVIDENCE_TOKENS : p->head + 1;
    }
    end = end > s->end_token ? s->end_token : end;
    return (range){at(w, first)->text.start, at(w, end - 1)->text.end};
}

static const code_rule *choose_code(const work *w, const predicate *p, const frame *f) {
    for (u32 i = f->first_code; i < f->end_code; i++) {
        const code_rule *rule = &w->frames->codes.items[i];
        bool holds = true;
        for (u32 k = 0; k < rule->when_count && holds; k++) {
            holds = condition_holds(w, p, &rule->when[k]);
        }
        if (holds) {
            return rule;
        }
    }
    return NULL;
}

static void pass_over(const work *w, const predicate *p, const frame *f, const char *why) {
    report_add_reason(w->r, STAGE_WHAT, p->head, NONE, f->where, "passed over %.*s: %s", (int)f->name.len, f->name.ptr, why);
}

static drg_status add_deed(const work *w, u32 index) {
    const predicate *p = &w->r->predicates.items[index];
    const frame *f = &w->frames->frames.items[w->frame_of[index]];
    party_list source = {0}, target = {0};
    if (w->absorbed[index]) {
        pass_over(w, p, f, "it is the content of another deed");
        return DRG_OK;
    }
    if (p->flags & (PREDICATE_CONDITIONAL | PREDICATE_QUESTION | PREDICATE_MODAL)) {
        pass_over(w, p, f, "only possible, due or asked");
        return DRG_OK;
    }
    bool absent = (p->flags & PREDICATE_NEGATED) && (p->flags & (PREDICATE_FUTURE | PREDICATE_INFINITIVE | PREDICATE_IRREALIS));
    if (absent && !f->negated) {
        pass_over(w, p, f, "it will not happen");
        return DRG_OK;
    }
    collect_parties(w, p, f, &source, &target);
    if (w->result[index] != NONE && target.count == 0) {
        collect_victims(w, w->result[index], &target);
    }
    bool defaulted = f->default_source.its_sector != SECTOR_NONE || f->default_target.its_sector != SECTOR_NONE;
    bool anybody = source.count + target.count > 0;
    if (!(defaulted && anybody) && !is_political(w->r, &source) && !is_political(w->r, &target)) {
        pass_over(w, p, f, "no political actor takes part");
        return DRG_OK;
    }
    bool target_missing = f->need_target && (f->reciprocal ? source.count < 2 : target.count == 0);
    if ((f->need_source && source.count == 0) || target_missing) {
        pass_over(w, p, f, target_missing ? "no target" : "no source");
        return DRG_OK;
    }
    const code_rule *rule = choose_code(w, p, f);
    if (rule == NULL) {
        pass_over(w, p, f, "none of its codes holds");
        return DRG_OK;
    }
    if (f->negated) {
        w->r->predicates.items[index].flags &= ~(u32)PREDICATE_NEGATED;
    }
    deed *d = list_push(w->r->memory, &w->r->deeds);
    bool full = d == NULL;
    if (full) {
        return DRG_ERROR_MEMORY;
    }
    *d = (deed){.predicate = index, .frame = w->frame_of[index], .plover = f->category, .cameo = rule->cameo, .mode = rule->mode};
    d->first_source = add_parties(w->r, &source, &full);
    d->end_source = d->first_target = w->r->parties.count;
    add_parties(w->r, &target, &full);
    d->end_target = d->first_claimer = d->end_claimer = w->r->parties.count;
    d->reciprocal = f->reciprocal;
    d->status = f->planned ? DRG_STATUS_PLANNED : DRG_STATUS_ACTUAL;
    d->timex = when_timex_of(w->r, p->head);
    d->place = where_place_of(w->r, p->head);
    d->same_as = NONE;
    d->dead = d->injured = d->arrested = -1;
    d->evidence = evidence_of(w, p, &source, &target);
    d->confidence = source.count > 0 && (target.count > 0 || f->reciprocal) ? 0.8f : 0.5f;
    d->confidence -= (source.derived || target.derived) ? 0.1f : 0.0f;
    return full ? DRG_ERROR_MEMORY : DRG_OK;
}

/* Marks what is only the content of another deed.  "Israel agreed to stop shelling Gaza": stop and
 * shelling are inside the complement of agree. */
static void absorb_content(const work *w, u32 owner) {
    const predicate *p = &w->r->predicates.items[owner];
    bool owns = w->frame_of[owner] != NONE && w->frames->frames.items[w->frame_of[owner]].absorbs;
    for (u32 k = p->first_argument; k < p->end_argument; k++) {
        const argument *a = &w->r->arguments.items[k];
        bool content = a->role == ROLE_CLAUSE || (owns && !a->inherited && (a->role == ROLE_OBJECT || a->role == ROLE_OBLIQUE));
        u32 inner = w->r->predicate_at[a->head];
        if (content && inner != NONE && inner != owner && (owns || (w->absorbed[owner] && !a->inherited))) {
            w->absorbed[inner] = true;
        }
    }
}

/* "the need for a withdrawal", "a right to strike": the word above says that it is only wanted. */
static bool is_content_of_noun(const work *w, const predicate *p) {
    const token *word = at(w, p->head);
    bool infinitive = p->flags & PREDICATE_INFINITIVE;
    if (infinitive && word->deprel == DEPREL_xcomp && word->head != NONE && at(w, word->head)->upos == UPOS_ADJ) {
        return true; /* "is able to mobilize its fleet" */
    }
    bool below_noun = word->deprel == DEPREL_nmod || (infinitive && word->deprel == DEPREL_acl);
    u32 above = below_noun ? word->head : NONE;
    for (u32 steps = 0; above != NONE && steps < 3; steps++) {
        if (clause_word_is(w->clauses, at(w, above)->lemma, CLASS_CONTENT_NOUN)) {
            return true;
        }
        above = at(w, above)->deprel == DEPREL_nmod ? at(w, above)->head : NONE;
    }
    return false;
}

static void find_absorbed(const work *w) {
    for (u32 round = 0; round < ABSORB_ROUNDS; round++) {
        for (u32 i = 0; i < w->r->predicates.count; i++) {
            const token *word = at(w, w->r->predicates.items[i].head);
            u32 first = word->deprel == DEPREL_conj && word->head != NONE ? w->r->predicate_at[word->head] : NONE;
            w->absorbed[i] |= first != NONE && w->absorbed[first];
            w->absorbed[i] |= round == 0 && is_content_of_noun(w, &w->r->predicates.items[i]);
            absorb_content(w, i);
        }
    }
}

/* "The shelling killed two": shelling and killing are one deed, told by its name and its result. */
static void find_results(const work *w) {
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        const predicate *p = &w->r->predicates.items[i];
        if (w->frame_of[i] == NONE || (p->flags & PREDICATE_NOMINAL)) {
            continue;
        }
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &w->r->arguments.items[k];
            u32 cause = a->role == ROLE_SUBJECT ? w->r->predicate_at[a->head] : NONE;
            if (cause != NONE && cause != i && w->frame_of[cause] != NONE && (w->r->predicates.items[cause].flags & PREDICATE_NOMINAL) &&
                w->frames->frames.items[w->frame_of[cause]].category == w->frames->frames.items[w->frame_of[i]].category) {
                w->result[cause] = i;
                w->absorbed[i] = true;
            }
        }
    }
}

/* The guard that the whole report trips, or NULL: a report on a cup final holds no ultimatum. */
static const topic_guard *find_topic(const work *w) {
    for (u32 g = 0; g < w->frames->guards.count; g++) {
        const topic_guard *guard = &w->frames->guards.items[g];
        u64 hits = 0;
        for (u32 i = 0; i < w->r->tokens.count; i++) {
            hits += list_holds_word(w, guard->list, i);
        }
        if (hits >= GUARD_HITS && hits * 1000 >= (u64)guard->per_mille * w->r->tokens.count) {
            return guard;
        }
    }
    return NULL;
}

drg_status match_run(const frame_tables *frames, const clause_tables *clauses, const tree *t, report *r) {
    map answers;
    map_open(&answers, r->memory);
    work w = {frames, clauses, t, r, NULL, NULL, &answers, NULL};
    w.frame_of = arena_new(r->memory, u32, r->predicates.count + 1);
    w.absorbed = arena_new(r->memory, bool, r->predicates.count + 1);
    w.result = arena_new(r->memory, u32, r->predicates.count + 1);
    if (w.frame_of == NULL || w.absorbed == NULL || w.result == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < r->predicates.count; i++) {
        w.frame_of[i] = choose_frame(&w, &r->predicates.items[i]);
        w.result[i] = NONE;
    }
    find_absorbed(&w);
    find_results(&w);
    const topic_guard *guard = find_topic(&w);
    if (guard != NULL) {
        report_add_reason(r, STAGE_WHAT, 0, NONE, guard->where, "passed over the whole report: its words are of %.*s",
                          (int)guard->name.len, guard->name.ptr);
        return DRG_OK;
    }
    for (u32 i = 0; i < r->predicates.count; i++) {
        if (w.frame_of[i] != NONE) {
            DRG_TRY(add_deed(&w, i));
        }
    }
    return DRG_OK;
}
