// SPDX-License-Identifier: Apache-2.0
/* From the user's verbs to deeds.
 *
 *     Gondor has abandoned its ties with Mordor.     ABANDON, pattern - * &TIES [161]
 *         source  $, else the subject, else the nearest actor before the verb
 *         target  +, else whom the passive names, else the first actor behind the verb in its clause, else one
 *                 that belongs to the verb
 *
 * A deed needs both.  [031:032] is two deeds, one each way; actors joined by % and no target deal with each
 * other.  A verb inside the complement of one that was coded is its content and no deed of its own, unless
 * that one only says (01x).  What is neither coded nor coded as nothing is left to our frames.  A dominant code silences the sentence's other verbs, a subordinate one yields. */
#include "what/verb_deed.h"

#include "who/who.h"

typedef struct {
    u32 predicate, token, sentence;
    u32 rule;           /* that speaks */
    u32 block;
    range words;        /* of the verb */
    verb_code code;
    binding bound;
    party_list source, target;
    bool own_source;    /* the source stands in its clause, not handed down from the verb above */
    bool dropped;
} hit;

typedef struct {
    const matching *w;
    const verb_tables *verbs;
    verb_text text;
    LIST(hit) hits;
    u32 *hit_of;        /* [predicates] hit, or NONE */
    bool *spoken;
} coding;

static const token *word_at(const coding *c, u32 index) { return report_token(c->w->r, index); }

/* ------------------------------------------------------------------ which rule speaks */

/* The first pattern of a block that holds, or NONE. */
static u32 find_pattern(const coding *c, u32 block_index, range verb, binding *bound) {
    const verb_block *b = &c->verbs->blocks.items[block_index];
    for (u32 i = b->first_pattern; i < b->end_pattern; i++) {
        u32 rule = c->verbs->patterns.items[i].rule;
        if (verb_match_rule(&c->text, &c->verbs->rules.items[rule], verb, bound)) {
            return rule;
        }
    }
    return NONE;
}

static range form_words(const coding *c, u32 form, u32 at) {
    const verb_form *f = &c->verbs->forms.items[form];
    return (range){at - f->before, at + 1 + f->after};
}

/* Patterns of all verbs of as many words before their own codes.  False when nothing speaks. */
static bool find_rule(const coding *c, hit *h) {
    u32 forms[FORM_ROOM], count = verb_find_forms(&c->text, h->token, forms);
    bool auxiliary = word_at(c, h->token)->upos == UPOS_AUX;
    for (u32 start = 0, end; start < count; start = end) {
        const verb_form *first = &c->verbs->forms.items[forms[start]];
        for (end = start; end < count; end++) {
            const verb_form *f = &c->verbs->forms.items[forms[end]];
            if (f->before + f->after != first->before + first->after) {
                break;
            }
            h->block = f->block;
            h->words = form_words(c, forms[end], h->token);
            h->rule = find_pattern(c, f->block, h->words, &h->bound);
            if (h->rule != NONE) {
                return true;
            }
        }
        for (u32 i = start; i < end && !auxiliary; i++) {
            const verb_form *f = &c->verbs->forms.items[forms[i]];
            const verb_rule *own = &c->verbs->rules.items[f->rule];
            if (!own->code.silent || own->code.discards) {
                h->rule = f->rule;
                h->block = f->block;
                h->words = form_words(c, forms[i], h->token);
                h->bound = (binding){.source = NONE, .target = NONE};
                return true;
            }
        }
    }
    return false;
}

/* ------------------------------------------------------------------ sides */

static void add_party(party_list *out, u32 who) {
    for (u32 i = 0; i < out->count; i++) {
        if (out->mentions[i] == who) {
            return;
        }
    }
    if (out->count < PARTY_ROOM) {
        out->mentions[out->count++] = who;
    }
}

static void add_compound(const coding *c, party_list *out, u32 who) {
    u32 found[COMPOUND_ROOM], count = verb_collect_compound(&c->text, who, found);
    for (u32 i = 0; i < count; i++) {
        add_party(out, found[i]);
    }
}

static bool same_actor(const report *r, u32 a, u32 b) {
    const mention *x = &r->mentions.items[a], *y = &r->mentions.items[b];
    actor_code p = who_code_of(r, a), q = who_code_of(r, b);
    return a == b || (x->entity != NONE && x->entity == y->entity) || (p.sector == q.sector && memcmp(p.primary, q.primary, 3) == 0 && p.primary[0] != '-');
}

static bool holds(const coding *c, const party_list *list, u32 who) {
    bool found = false;
    for (u32 i = 0; i < list->count; i++) {
        found |= same_actor(c->w->r, list->mentions[i], who);
    }
    return found;
}

static void drop_common(const coding *c, const party_list *source, party_list *target) {
    u32 kept = 0;
    for (u32 i = 0; i < target->count; i++) {
        if (!holds(c, source, target->mentions[i])) {
            target->mentions[kept++] = target->mentions[i];
        }
    }
    target->count = kept;
}

/* The arguments of one role; false when none is an actor.  `own` (may be NULL): did they stand in the clause itself? */
static bool collect_role(const coding *c, const predicate *p, argument_role role, party_list *out, bool *own) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &c->w->r->arguments.items[i];
        u32 before = out->count;
        if (a->role == role) {
            party_collect(c->w->clauses, c->w->t, c->w->r, a->head, true, out);
        }
        if (own != NULL && out->count > before) {
            *own |= !a->inherited;
        }
    }
    return out->count > 0;
}

/* "Gondor's border police", "Bree Prime Minister Barliman": of words that are parts of one phrase and name the same
 * state, those that say more. */
static u32 whole_actor(const coding *c, u32 who) {
    static const u64 parts = (u64)1 << DEPREL_nmod_poss | (u64)1 << DEPREL_compound | (u64)1 << DEPREL_amod | (u64)1 << DEPREL_nmod_desc | (u64)1 << DEPREL_flat;
    const report *r = c->w->r;
    for (u32 steps = 0; steps < 4; steps++) {
        u32 head = r->mentions.items[who].head, above = word_at(c, head)->head, better = NONE;
        if (above != NONE && (parts >> word_at(c, head)->deprel & 1)) {
            better = c->text.actor_at[above];
        }
        TREE_EACH_CHILD(c->w->t, head, child) {
            bool part = parts >> word_at(c, child)->deprel & 1;
            better = part && c->text.actor_at[child] != NONE && c->text.actor_at[child] != who ? c->text.actor_at[child] : better;
        }
        if (better == NONE || better == who || who_code_of(r, who).sector != SECTOR_NONE || who_code_of(r, better).sector == SECTOR_NONE ||
            memcmp(who_code_of(r, who).primary, who_code_of(r, better).primary, 3) != 0) {
            break;
        }
        who = better;
    }
    return who;
}

static void name_whole(const coding *c, party_list *list) {
    party_list whole = {.count = 0, .derived = list->derived, .last_head = list->last_head};
    for (u32 i = 0; i < list->count; i++) {
        add_party(&whole, whole_actor(c, list->mentions[i]));
    }
    *list = whole;
}

/* A subject that is no actor ("crowds burned the flag") leaves the side open; where there is none, the nearest actor
 * before the verb is meant. */
static void collect_source(const coding *c, hit *h) {
    const predicate *p = &c->w->r->predicates.items[h->predicate];
    h->own_source = h->bound.source != NONE;
    if (h->bound.source != NONE) {
        add_compound(c, &h->source, h->bound.source);
        return;
    }
    if (h->bound.compound_count > 0 && h->bound.compound_before) {
        for (u32 i = 0; i < h->bound.compound_count; i++) {
            add_party(&h->source, h->bound.compound[i]);
        }
        return;
    }
    bool open = (p->flags & PREDICATE_PASSIVE) != 0;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &c->w->r->arguments.items[i];
        open |= a->role == ROLE_SUBJECT && !a->inherited;
    }
    collect_role(c, p, ROLE_SUBJECT, &h->source, &h->own_source);
    u32 before = h->source.count;
    if (h->bound.target != NONE) { /* "noted that B regretted": the subject is the target that the pattern names */
        party_list bound = {.mentions = {h->bound.target}, .count = 1};
        drop_common(c, &bound, &h->source);
    }
    for (u32 i = h->words.start; i-- > c->text.first && h->source.count == 0 && (!open || before > 0);) {
        u32 found = c->text.actor_at[i];
        if (found != NONE && (h->bound.target == NONE || !same_actor(c->w->r, found, h->bound.target))) {
            add_compound(c, &h->source, found);
        }
    }
}

/* Is the word part of another clause: one joined by "and", or one that tells when or why? */
static u32 other_clause_end(const coding *c, u32 verb, u32 at) {
    static const u64 apart = (u64)1 << DEPREL_conj | (u64)1 << DEPREL_advcl | (u64)1 << DEPREL_parataxis;
    TREE_EACH_CHILD(c->w->t, verb, child) {
        bool other = child > verb && c->w->r->predicate_at[child] != NONE && (apart >> word_at(c, child)->deprel & 1);
        if (other && at >= c->w->t->left[child] && at < c->w->t->right[child]) {
            return c->w->t->right[child];
        }
    }
    return NONE;
}

static bool first_actor(const coding *c, const hit *h, party_list *out) {
    for (u32 i = h->words.end; i < c->w->t->right[h->token]; i++) {
        u32 found = c->text.actor_at[i], past = found == NONE ? NONE : other_clause_end(c, h->token, i);
        if (past != NONE) {
            i = past - 1;
            continue;
        }
        found = found == NONE ? NONE : whole_actor(c, found);
        if (found != NONE && !holds(c, &h->source, found)) {
            add_compound(c, out, found);
            drop_common(c, &h->source, out);
            return out->count > 0;
        }
    }
    return false;
}

static void collect_target(const coding *c, hit *h) {
    static const argument_role roles[] = {ROLE_OBJECT, ROLE_RECIPIENT, ROLE_OBLIQUE};
    const predicate *p = &c->w->r->predicates.items[h->predicate];
    if (h->bound.target != NONE) {
        add_compound(c, &h->target, h->bound.target);
    } else if (h->bound.compound_count > 0 && !h->bound.compound_before) {
        for (u32 i = 0; i < h->bound.compound_count; i++) {
            add_party(&h->target, h->bound.compound[i]);
        }
    } else if (h->bound.compound_count == 0) {
        if ((p->flags & PREDICATE_PASSIVE) && collect_role(c, p, ROLE_OBJECT, &h->target, NULL)) {
            drop_common(c, &h->source, &h->target);
        }
        bool found = h->target.count > 0 || first_actor(c, h, &h->target);
        for (u32 i = 0; i < COUNT_OF(roles) && !found; i++) {
            found = collect_role(c, p, roles[i], &h->target, NULL);
        }
    }
    name_whole(c, &h->source);
    name_whole(c, &h->target);
    drop_common(c, &h->source, &h->target);
}

/* ------------------------------------------------------------------ what two verbs are together */

/* The coded predicate in whose complement this one stands, or NONE. */
static u32 complement_of(const coding *c, u32 inner) {
    const report *r = c->w->r;
    for (u32 steps = 0; inner != NONE && steps < 8; steps++) {
        const token *word = word_at(c, r->predicates.items[inner].head);
        bool content = word->deprel == DEPREL_ccomp || word->deprel == DEPREL_xcomp;
        bool joined = word->deprel == DEPREL_conj && word->head != NONE;
        u32 above = joined ? r->predicate_at[word->head] : content || word->deprel == DEPREL_root ? r->predicates.items[inner].governor : NONE;
        if (above != NONE && !joined && c->hit_of[above] != NONE) {
            return c->hit_of[above];
        }
        inner = above;
    }
    return NONE;
}

typedef struct {
    const party_list *bound[128]; /* by letter */
} letters;

static bool side_fits(const coding *c, letters *l, char side, const party_list *list, bool own) {
    if (side == '.' || side == '_') {
        return side == '.' || list->count == 0 || !own;
    }
    const party_list **slot_ = &l->bound[(unsigned char)side & 127];
    if (list->count == 0) {
        return false;
    }
    if (*slot_ == NULL) {
        *slot_ = list;
        return true;
    }
    return holds(c, *slot_, list->mentions[0]);
}

static bool block_is(u32 wanted, const hit *h) { return wanted == NONE || wanted == h->block; }

/* Rewrites the outer verb's deed and drops the inner one's. */
static bool apply_change(const coding *c, const verb_change *change, hit *outer, hit *inner) {
    letters l = {{NULL}};
    if (!block_is(change->outer_block, outer) || !block_is(change->inner_block, inner) || !side_fits(c, &l, change->outer, &outer->source, true) ||
        !side_fits(c, &l, change->source, &inner->source, inner->own_source) || !side_fits(c, &l, change->target, &inner->target, true)) {
        return false;
    }
    const party_list *source = l.bound[(unsigned char)change->new_source & 127], *target = l.bound[(unsigned char)change->new_target & 127];
    hit changed = *outer;
    changed.source = source != NULL ? *source : (party_list){.count = 0};
    changed.target = target != NULL ? *target : (party_list){.count = 0};
    changed.rule = change->rule;
    changed.code = change->code == NONE ? inner->code : (verb_code){.forward = change->code, .back = NONE};
    changed.bound = (binding){.source = NONE, .target = NONE};
    *outer = changed;
    inner->dropped = true;
    return true;
}

static void apply_changes(const coding *c) {
    for (u32 i = 0; i < c->hits.count && c->verbs->changes.count > 0; i++) {
        hit *inner = &c->hits.items[i];
        u32 above = complement_of(c, inner->predicate);
        bool done = above == NONE || c->hits.items[above].dropped;
        for (u32 k = 0; k < c->verbs->changes.count && !done; k++) {
            done = apply_change(c, &c->verbs->changes.items[k], &c->hits.items[above], inner);
        }
    }
}

static bool is_whole(const hit *h) {
    u32 pair = h->source.count > 1 && h->target.count == 0 && (h->code.back != NONE || h->bound.compound_count > 0);
    return !h->code.silent && ((h->source.count > 0 && h->target.count > 0) || pair);
}

/* "010": it only says something, and what it says may be a deed of its own. */
static bool only_says(const coding *c, const hit *h) {
    span code = h->code.forward == NONE ? SPAN("") : symbols_text(&c->verbs->known->words, h->code.forward);
    return span_starts(code, SPAN("01"));
}

/* "promised to help": one deed of both verbs. */
static void add_up(const coding *c, hit *outer, const hit *inner) {
    symbol both = outer->code.back == NONE && !inner->dropped ? verbs_together(c->verbs, outer->code.forward, inner->code.forward) : NONE;
    if (c->verbs->rules.items[outer->rule].adds_up && both != NONE) {
        outer->code.forward = both;
    }
}

static void drop_content(const coding *c) {
    for (u32 i = 0; i < c->hits.count; i++) {
        u32 above = complement_of(c, c->hits.items[i].predicate);
        if (above != NONE && !c->hits.items[above].dropped && is_whole(&c->hits.items[above])) {
            add_up(c, &c->hits.items[above], &c->hits.items[i]);
        }
        bool content = above != NONE && is_whole(&c->hits.items[above]) && !only_says(c, &c->hits.items[above]);
        content |= above != NONE && c->hits.items[above].dropped && above < i;
        if (content && !c->hits.items[i].dropped) {
            c->hits.items[i].dropped = true;
            report_add_reason(c->w->r, STAGE_WHAT, c->hits.items[i].token, NONE, c->verbs->rules.items[c->hits.items[i].rule].where,
                              "passed over %.*s: it is the content of another deed", (int)c->verbs->rules.items[c->hits.items[i].rule].name.len,
                              c->verbs->rules.items[c->hits.items[i].rule].name.ptr);
        }
    }
}

/* A dominant code beats the others of its sentence, a subordinate one yields to them, [###] ends them all. */
static void weigh_sentences(const coding *c) {
    for (u32 i = 0, end; i < c->hits.count; i = end) {
        bool dominant = false, plain = false, discarded = false;
        for (end = i; end < c->hits.count && c->hits.items[end].sentence == c->hits.items[i].sentence; end++) {
            const hit *h = &c->hits.items[end];
            bool counts = !h->dropped && is_whole(h);
            dominant |= counts && h->code.dominant;
            plain |= counts && !h->code.subordinate;
            discarded |= h->code.discards;
        }
        for (u32 k = i; k < end; k++) {
            hit *h = &c->hits.items[k];
            h->dropped |= discarded || (dominant && !h->code.dominant) || (plain && h->code.subordinate);
        }
    }
}

/* ------------------------------------------------------------------ deeds */

static drg_status write_way(const coding *c, const hit *h, symbol code, bool turned, bool reciprocal) {
    u32 known = map_find(&c->verbs->categories, code);
    deed made = {.predicate = h->predicate, .frame = c->w->frames->frames.count + h->rule, .plover = CATEGORY_COUNT, .cameo = code, .mode = NONE};
    if (known != NONE) {
        made.plover = known >> 16;
        made.mode = (known & 0xFFFF) == 0xFFFF ? NONE : c->verbs->modes.items[known & 0xFFFF];
    }
    made.reciprocal = reciprocal;
    if (!reciprocal) {
        return matching_write_deed(c->w, &made, turned ? &h->target : &h->source, turned ? &h->source : &h->target);
    }
    party_list all = h->source, none = {.count = 0};
    for (u32 i = 0; i < h->target.count; i++) {
        add_party(&all, h->target.mentions[i]);
    }
    return matching_write_deed(c->w, &made, &all, &none);
}

static drg_status write_hit(const coding *c, const hit *h) {
    const verb_rule *rule = &c->verbs->rules.items[h->rule];
    predicate *p = &c->w->r->predicates.items[h->predicate];
    if (rule->negated && (p->flags & PREDICATE_NEGATED)) { /* "- NOT * [112]": the negation is part of the deed */
        p->flags &= ~(u32)PREDICATE_NEGATED;
        p->flags |= PREDICATE_REFUSAL;
    }
    if (!is_whole(h)) {
        const char *why = h->code.silent ? "its code is none" : h->source.count == 0 ? "no source" : "no target";
        report_add_reason(c->w->r, STAGE_WHAT, h->token, NONE, rule->where, "passed over %.*s: %s", (int)rule->name.len, rule->name.ptr, why);
        return DRG_OK;
    }
    bool alike = h->code.forward == h->code.back, among = h->target.count == 0;
    if (among || (alike && h->source.count == 1 && h->target.count == 1)) {
        return write_way(c, h, h->code.forward != NONE ? h->code.forward : h->code.back, false, true);
    }
    drg_status status = h->code.forward == NONE ? DRG_OK : write_way(c, h, h->code.forward, false, false);
    return status != DRG_OK || h->code.back == NONE ? status : write_way(c, h, h->code.back, true, false);
}

static bool may_be_verb(const coding *c, u32 token_index) {
    const token *word = word_at(c, token_index);
    bool helps = clause_word_is(c->w->clauses, word->lemma, CLASS_MODAL) || clause_word_is(c->w->clauses, word->lemma, CLASS_FUTURE);
    return word->upos == UPOS_VERB || (word->upos == UPOS_AUX && !helps);
}

static u32 predicate_of(const coding *c, u32 token_index) {
    u32 own = c->w->r->predicate_at[token_index], head = word_at(c, token_index)->head;
    return own != NONE || head == NONE ? own : c->w->r->predicate_at[head];
}

/* Finds what the verbs of one sentence say. */
static drg_status find_hits(coding *c, u32 sentence_index) {
    const sentence *s = &c->w->r->sentences.items[sentence_index];
    verb_text_turn(&c->text, sentence_index);
    for (u32 i = s->first_token; i < s->end_token; i++) {
        hit h = {.predicate = may_be_verb(c, i) ? predicate_of(c, i) : NONE, .token = i, .sentence = sentence_index};
        if (h.predicate == NONE || c->hit_of[h.predicate] != NONE || !find_rule(c, &h)) {
            continue;
        }
        h.code = c->verbs->rules.items[h.rule].code;
        collect_source(c, &h);
        collect_target(c, &h);
        hit *added = list_push(c->w->r->memory, &c->hits);
        if (added == NULL) {
            return DRG_ERROR_MEMORY;
        }
        *added = h;
        c->hit_of[h.predicate] = c->hits.count - 1;
    }
    return DRG_OK;
}

drg_status verb_code_report(const matching *w, const verb_tables *verbs, bool *spoken) {
    coding c = {.w = w, .verbs = verbs, .spoken = spoken};
    DRG_TRY(verb_text_open(&c.text, verbs, w->r));
    c.hit_of = arena_new(w->r->memory, u32, w->r->predicates.count + 1);
    if (c.hit_of == NULL) {
        return DRG_ERROR_MEMORY;
    }
    memset(c.hit_of, 0xFF, (w->r->predicates.count + 1) * sizeof *c.hit_of);
    for (u32 i = 0; i < w->r->sentences.count; i++) {
        DRG_TRY(find_hits(&c, i));
    }
    apply_changes(&c);
    drop_content(&c);
    weigh_sentences(&c);
    for (u32 i = 0; i < w->r->predicates.count; i++) {
        u32 above = complement_of(&c, i);
        bool content = above != NONE && is_whole(&c.hits.items[above]) && !only_says(&c, &c.hits.items[above]);
        const hit *own = c.hit_of[i] == NONE ? NULL : &c.hits.items[c.hit_of[i]];
        spoken[i] |= content || (own != NULL && (own->dropped || own->code.silent || is_whole(own)));
    }
    for (u32 i = 0; i < c.hits.count; i++) {
        if (!c.hits.items[i].dropped) {
            DRG_TRY(write_hit(&c, &c.hits.items[i]));
        }
    }
    return DRG_OK;
}
