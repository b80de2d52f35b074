// SPDX-License-Identifier: Apache-2.0
/* Why a predicate that a frame fits is no deed of the frame's all the same: its sides.
 *
 *     "The dentist criticised her son."               no political actor takes part
 *     "Invesco denied exposure to the U.S."           a company, and no more than something of a country
 *     "Her lawyer asked the judge for half a house."  a private motion in court
 *     "The brewer was jailed for tax fraud."          a case of trade
 *     "It hoped that officials would be indicted."    it is only hoped or feared
 *
 * In: both sides as side.c found them.   Out: a reason for trace, or NULL. */
#include "what/matching.h"
#include "who/who.h"

static bool is_political(const matching *w, const party_list *side) {
    const report *r = w->r;
    for (u32 i = 0; i < side->count; i++) {
        const mention *m = &r->mentions.items[side->mentions[i]];
        actor_code code = who_code_of(r, side->mentions[i]);
        const entity *e = m->entity == NONE ? NULL : &r->entities.items[m->entity];
        bool group = e != NULL && e->end_member > e->first_member;
        bool plain = code.sector == SECTOR_BUS || code.sector == SECTOR_CRM || code.sector == SECTOR_MED || code.sector == SECTOR_EDU ||
                     code.sector == SECTOR_CVL || code.sector == SECTOR_REL || code.sector == SECTOR_LAB;
        bool named = code.primary[0] != '\0' || code.sector != SECTOR_NONE;
        bool stranger = code.sector == SECTOR_NONE && m->why.file == NONE && e != NULL && e->kind != ENTITY_STATE; /* "Olympic Airways" */
        bool trader = e != NULL && (e->standing == STANDING_STRANGER || (e->standing == STANDING_OFFICE && topic_is_private(w->frames, w->r))); /* of some company */
        if (group || (named && !plain && !stranger && !trader)) {
            return true;
        }
    }
    return false;
}

/* "Invesco denied exposure to the U.S.": companies, and whoever acts in a report on trade. */
static bool is_trade(const matching *w, const party_list *side) {
    bool all = side->count > 0;
    for (u32 i = 0; i < side->count && all; i++) {
        all = topic_is_private(w->frames, w->r) || who_code_of(w->r, side->mentions[i]).sector == SECTOR_BUS;
    }
    return all;
}

/* "Her lawyer asked the judge to award her half the house." */
static bool is_court(const report *r, const party_list *side) {
    bool all = side->count > 0;
    for (u32 i = 0; i < side->count && all; i++) {
        all = who_code_of(r, side->mentions[i]).sector == SECTOR_JUD;
    }
    return all;
}

/* "A brewer was jailed for tax fraud": what police and courts do to people of trade is no politics. */
static bool is_common_case(const matching *w, const frame *f, const party_list *source, const party_list *target) {
    const u8 lawful = f->default_source.its_sector;
    bool law = lawful == SECTOR_JUD || lawful == SECTOR_COP;
    return law && !f->political && source->count == 0 && !is_political(w, target) && is_trade(w, target);
}

/* How many different actors stand on one side. */
static u32 count_distinct(const report *r, const party_list *side) {
    u32 distinct = 0;
    for (u32 i = 0; i < side->count; i++) {
        const mention *m = &r->mentions.items[side->mentions[i]];
        bool group = m->entity != NONE && r->entities.items[m->entity].end_member > r->entities.items[m->entity].first_member;
        actor_code code = who_code_of(r, side->mentions[i]);
        bool seen = false;
        for (u32 k = 0; k < i && !seen; k++) {
            actor_code other = who_code_of(r, side->mentions[k]);
            seen = memcmp(code.primary, other.primary, 3) == 0 && code.sector == other.sector;
        }
        distinct += group ? 2 : !seen;
    }
    return distinct;
}

/* Will the frame name the side that is left out?  `there` is the side that is not. */
static bool default_answers(const report *r, const default_party *who, const party_list *there) {
    bool fits = there->count > 0 && (who->others == 0 || sector_is_in(who_code_of(r, there->mentions[0]).sector, who->others));
    return who->its_sector != SECTOR_NONE && fits;
}

/* Is everybody on both sides of one country? */
static bool is_at_home(const report *r, const party_list *source, const party_list *target) {
    const party_list *sides[2] = {source, target};
    const char *country = NULL;
    actor_code first;
    for (u32 k = 0; k < 2; k++) {
        for (u32 i = 0; i < sides[k]->count; i++) {
            actor_code code = who_code_of(r, sides[k]->mentions[i]);
            if (country == NULL) {
                first = code;
                country = first.primary;
            } else if (memcmp(country, code.primary, 3) != 0) {
                return false;
            }
        }
    }
    return source->count > 0 && (target->count > 0 || source->count > 1) && country[0] != '\0';
}

/* Do both sides speak for the same body of the same country? */
static bool is_own_like(const report *r, const party_list *source, const party_list *target) {
    if (source->count == 0 || target->count == 0) {
        return false;
    }
    actor_code a = who_code_of(r, source->mentions[0]), b = who_code_of(r, target->mentions[0]);
    bool vague = a.sector == SECTOR_NONE || b.sector == SECTOR_NONE; /* "the embassy said the US ..." */
    return a.primary[0] != '\0' && memcmp(a.primary, b.primary, 3) == 0 && (vague || a.sector == b.sector);
}

/* "It hoped French officials would be indicted": what others do in somebody's wishes or fears is no deed. */
static bool is_only_wished(const matching *w, const predicate *p) {
    const token *t = matching_token(w, p->head);
    for (u32 steps = 0; steps < 3 && t->deprel == DEPREL_conj; steps++) {
        t = matching_token(w, t->head);
    }
    bool hangs = t->deprel == DEPREL_ccomp || (t->deprel == DEPREL_obj && (p->flags & PREDICATE_NOMINAL)); /* "feared a mutiny" */
    return hangs && t->head != NONE && matching_token(w, t->head)->upos == UPOS_VERB && clause_word_is(w->clauses, matching_token(w, t->head)->lemma, CLASS_WISH);
}

bool objection_is_mutual(const matching *w, const predicate *p) {
    bool mutual = false;
    for (u32 i = p->first_argument; i < p->end_argument && !mutual; i++) {
        u32 head = w->r->arguments.items[i].head;
        bool behind = w->r->arguments.items[i].role != ROLE_SUBJECT && head + 1 < w->r->tokens.count;
        mutual = behind && clause_word_is(w->clauses, matching_token(w, head)->lower, CLASS_EACH) && clause_word_is(w->clauses, matching_token(w, head + 1)->lower, CLASS_OTHER);
    }
    return mutual;
}

/* Why a predicate with such parties is no deed of this frame's, or NULL. */
const char *objection_to(const matching *w, const predicate *p, const frame *f, const party_list *source, const party_list *target) {
    bool defaulted = (!side_doer_is_unknown(w->r, p, f) && default_answers(w->r, &f->default_source, target)) || default_answers(w->r, &f->default_target, source);
    bool ruled = is_political(w, source), mutual = objection_is_mutual(w, p);
    if (!f->political && !defaulted && !ruled && !is_political(w, target)) {
        return "no political actor takes part";
    }
    if (!f->political && !defaulted && !ruled && target->derived && is_trade(w, source)) {
        return "a company, and no more than something of a country";
    }
    if (is_only_wished(w, p)) {
        return "it is only hoped or feared";
    }
    if (is_common_case(w, f, source, target)) {
        return "a case of trade";
    }
    if (f->category == CATEGORY_REQUEST && !ruled && source->count > 0 && is_court(w->r, target)) {
        return "a private motion in court";
    }
    if (f->need_target && (f->reciprocal || mutual ? count_distinct(w->r, source) < 2 : target->count == 0)) {
        return "no target";
    }
    if (f->abroad && !mutual && is_at_home(w->r, source, target)) {
        return "it stays within one country";
    }
    if (f->need_apart && is_own_like(w->r, source, target)) {
        return "both sides are of one body";
    }
    return f->need_source && source->count == 0 ? "no source" : NULL;
}
