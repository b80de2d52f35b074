// SPDX-License-Identifier: Apache-2.0
/* An argument is a phrase; an actor is somebody.  The phrase's head may be the actor itself
 * ("rebels"), may count actors ("dozens of protesters", "three of its diplomats"), or may be a
 * thing that belongs to one ("a Turkish outpost", "the home of an opposition leader").  The search
 * goes from the surest reading to the least sure and stops at the first that yields. */
#include "what/party.h"

#include "parse/labels.h"
#include "where/where.h"
#include "who/who.h"

#define CHAIN 8        /* conjuncts that hang on one another */
#define PHRASE_STEPS 4 /* "members of the leadership of the union of ..." */

static u32 mention_of(const report *r, u32 head) { return r->mention_at == NULL ? NONE : r->mention_at[head]; }

static bool is_actor(const report *r, u32 index) {
    if (index == NONE) {
        return false;
    }
    const mention *m = &r->mentions.items[index];
    const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
    return m->code.primary[0] != '\0' || m->code.sector != SECTOR_NONE || (e != NULL && (e->code.primary[0] != '\0' || e->end_member > e->first_member));
}

/* A name of which nothing is known. */
static bool is_unknown(const report *r, u32 index) {
    actor_code code = index == NONE ? (actor_code){{0}, SECTOR_NONE} : who_code_of(r, index);
    return (code.primary[0] == '-' || code.primary[0] == '\0') && code.sector == SECTOR_NONE;
}

static void add(party_list *out, u32 index, u32 head, bool derived) {
    for (u32 i = 0; i < out->count; i++) {
        if (out->mentions[i] == index) {
            return;
        }
    }
    if (out->count < PARTY_ROOM) {
        out->mentions[out->count++] = index;
        out->last_head = head;
        out->derived |= derived;
    }
}

static u32 prepositional_child(const tree *t, u32 head, symbol preposition) {
    TREE_EACH_CHILD(t, head, child) {
        const token *word = report_token(t->r, child);
        if (word->deprel == DEPREL_nmod || word->deprel == DEPREL_obl) {
            u32 marker = tree_child(t, child, DEPREL_case);
            if (marker != NONE && report_token(t->r, marker)->lower == preposition) {
                return child;
            }
        }
    }
    return NONE;
}

/* "Russian and Syrian bases", "the agreement between Kenya and Uganda" */
static void add_fellows(const tree *t, const report *r, u32 head, party_list *out) {
    TREE_EACH_CHILD(t, head, other) {
        if (report_token(r, other)->deprel == DEPREL_conj && is_actor(r, mention_of(r, other))) {
            add(out, mention_of(r, other), other, true);
        }
    }
}

/* "the programme adopted by the president": a thing is theirs who made it. */
static bool add_maker(const tree *t, const report *r, u32 head, party_list *out) {
    TREE_EACH_CHILD(t, head, child) {
        u32 maker = report_token(r, child)->deprel == DEPREL_acl ? tree_child(t, child, DEPREL_obl_agent) : NONE;
        if (maker != NONE && is_actor(r, mention_of(r, maker))) {
            add(out, mention_of(r, maker), maker, true);
            return true;
        }
    }
    return false;
}

/* "British Telecommunications", "Britain's GEC": the name of a body that no table knows, which is not its state. */
static bool is_written_as_name(const report *r, u32 head) {
    const span form = report_form(r, head);
    bool event = report_token(r, head)->name == NAME_MISC; /* "the Beijing Olympics" */
    return !event && form.len > 2 && ascii_is_upper(form.ptr[0]) && r->sentences.items[report_token(r, head)->sentence].first_token != head && where_place_at(r, head) == NONE;
}

static bool is_state(const report *r, u32 index) {
    const mention *m = &r->mentions.items[index];
    return m->entity != NONE && r->entities.items[m->entity].kind == ENTITY_STATE;
}

/* "a Russian base", "Iran's exports": the owner among the modifiers. */
static bool add_owner(const clause_tables *tables, const tree *t, const report *r, u32 head, party_list *out) {
    u32 before = out->count, other_side = prepositional_child(t, head, tables->with);
    if (other_side != NONE && is_actor(r, mention_of(r, other_side))) { /* "its border with Syria" */
        add(out, mention_of(r, other_side), other_side, true);
        return true;
    }
    bool named = is_written_as_name(r, head);
    if (clause_word_is(tables, report_token(r, head)->lemma, CLASS_PEER)) { /* "Taiwan's allies", "US allies" are others */
        return false;
    }
    TREE_EACH_CHILD(t, head, child) {
        const token *word = report_token(r, child);
        if (named && child < head && mention_of(r, child) != NONE && is_state(r, mention_of(r, child))) {
            continue;
        }
        bool modifier = word->deprel == DEPREL_nmod_poss || word->deprel == DEPREL_amod || word->deprel == DEPREL_compound ||
                        word->deprel == DEPREL_appos || word->deprel == DEPREL_nmod_desc;
        if (modifier && is_actor(r, mention_of(r, child))) {
            add(out, mention_of(r, child), child, true);
            add_fellows(t, r, child, out);
        } else if (word->deprel == DEPREL_compound && child < head) { /* "a Saudi border post", Saudi hung on "border" */
            u32 nation = tree_child(t, child, DEPREL_amod);
            if (nation != NONE && is_actor(r, mention_of(r, nation)) && is_state(r, mention_of(r, nation))) {
                add(out, mention_of(r, nation), nation, true);
            }
        }
    }
    if (out->count > before || add_maker(t, r, head, out)) {
        return true;
    }
    TREE_EACH_CHILD(t, head, child) {
        const token *word = report_token(r, child);
        u32 marker = word->deprel == DEPREL_nmod ? tree_child(t, child, DEPREL_case) : NONE;
        bool aimed = marker != NONE && clause_word_is(tables, report_token(r, marker)->lower, CLASS_AIMED); /* "its policy toward China" */
        if (marker != NONE && !aimed && is_actor(r, mention_of(r, child))) {
            add(out, mention_of(r, child), child, true);
            add_fellows(t, r, child, out);
            return true;
        }
    }
    return false;
}

static void collect_one(const clause_tables *tables, const tree *t, const report *r, u32 head, bool deep, party_list *out) {
    bool derived = false;
    for (u32 step = 0; step < PHRASE_STEPS; step++) {
        u32 inside = prepositional_child(t, head, tables->of), apposed = tree_child(t, head, DEPREL_appos);
        bool counts = clause_word_is(tables, report_token(r, head)->lemma, CLASS_PARTITIVE) ||
                      clause_word_is(tables, report_token(r, head)->lower, CLASS_PARTITIVE);
        if (counts && inside != NONE && is_unknown(r, mention_of(r, head))) {
            head = inside;
            continue;
        }
        bool stranger = apposed != NONE && is_actor(r, mention_of(r, apposed)) && is_unknown(r, mention_of(r, head)); /* "HH the Amir" */
        if (is_actor(r, mention_of(r, head)) && !stranger) {
            add(out, mention_of(r, head), head, derived);
            return;
        }
        if (apposed != NONE && is_actor(r, mention_of(r, apposed))) {
            add(out, mention_of(r, apposed), apposed, derived);
            return;
        }
        if (counts && inside != NONE) {
            head = inside;
            continue;
        }
        if (!deep) {
            return;
        }
        if (add_owner(tables, t, r, head, out)) {
            return;
        }
        if (inside == NONE) {
            return;
        }
        head = inside;
        derived = true;
    }
}

/* Conjuncts hang on the head, or on the name apposed to it: "leader X and president Y"; or each on the one
 * before: "Kenya, Uganda and Togo". */
static void collect_conjuncts(const clause_tables *tables, const tree *t, const report *r, u32 head, bool deep, party_list *out) {
    TREE_EACH_CHILD(t, head, child) {
        u32 fellow = report_token(r, child)->deprel == DEPREL_conj && report_token(r, child)->upos != UPOS_VERB ? child : NONE;
        for (u32 steps = 0; fellow != NONE && steps < CHAIN && report_token(r, fellow)->upos != UPOS_VERB; steps++) {
            collect_one(tables, t, r, fellow, deep, out);
            fellow = tree_child(t, fellow, DEPREL_conj);
        }
    }
}

/* "the presidents of Kenya and Ethiopia", "ministers from Norway and Iceland": several people, one of each country. */
static void collect_countries(const clause_tables *tables, const tree *t, const report *r, u32 head, party_list *out) {
    const token *word = report_token(r, head);
    bool plural = word->xpos == XPOS_NNS || word->xpos == XPOS_NNPS;
    if (!plural || !is_actor(r, mention_of(r, head))) {
        return;
    }
    TREE_EACH_CHILD(t, head, child) {
        u32 marker = report_token(r, child)->deprel == DEPREL_nmod ? tree_child(t, child, DEPREL_case) : NONE;
        bool origin = marker != NONE && (report_token(r, marker)->lower == tables->of || report_token(r, marker)->lower == tables->from);
        bool country = origin && report_token(r, child)->upos == UPOS_PROPN && is_actor(r, mention_of(r, child));
        for (u32 other = country ? child : NONE; other != NONE; other = tree_child(t, other, DEPREL_conj)) {
            if (other != child && is_actor(r, mention_of(r, other))) {
                add(out, mention_of(r, other), other, false);
            }
        }
    }
}

void party_collect(const clause_tables *tables, const tree *t, const report *r, u32 head, bool deep, party_list *out) {
    collect_one(tables, t, r, head, deep, out);
    collect_conjuncts(tables, t, r, head, deep, out);
    collect_countries(tables, t, r, head, out);
    TREE_EACH_CHILD(t, head, child) {
        if (report_token(r, child)->deprel == DEPREL_appos || report_token(r, child)->deprel == DEPREL_flat) {
            collect_conjuncts(tables, t, r, child, deep, out);
        }
    }
}
