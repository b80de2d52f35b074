// SPDX-License-Identifier: Apache-2.0
/* Whose?  The words about a noun or title say which country and which institution it belongs to.
 *
 *     the | Syrian | army              adjective       SYR
 *     rebels in eastern | Congo        in-phrase       COD
 *     a | Hamas | fighter              compound        PSE REB
 *     the army's | spokesman           possessor       MIL, and its country
 *     | Turkish |-backed rebels        no: "backed" parts them (lang/en/who/compounds.tsv)
 *     ambassador to | Russia           no: "to" leads elsewhere */
#include "who/scene.h"

#define DEPTH 3 /* "members of the leadership of the union of ..." */

bool modifier_is_dropped(const scene *s, u32 at_token) {
    u32 at = s->first_piece[at_token + 1]; /* piece behind the token, over a hyphen, or the last inside it */
    u32 first = s->first_piece[at_token];
    if (at > first + 1) { /* one token: "Turkish-backed" */
        u32 effect = s->pieces.items[at - 1].symbol == NONE ? NONE : map_find(&s->lex->compounds, s->pieces.items[at - 1].symbol);
        return effect == 0;
    }
    u32 hyphen = at_token + 1;
    if (hyphen + 1 >= s->r->tokens.count || !scene_is(s, hyphen, "-") || at >= s->pieces.count || s->pieces.items[at].symbol == NONE) {
        return false;
    }
    return map_find(&s->lex->compounds, s->pieces.items[at].symbol) == 0;
}

/* "ambassador to Russia", "war on Iran": a preposition that leads away from the noun's own country. */
static bool leads_away(const scene *s, u32 first, u32 from) {
    u32 at = first;
    while (at > from && (report_token(s->r, at - 1)->upos == UPOS_DET || report_token(s->r, at - 1)->upos == UPOS_ADJ)) {
        at--;
    }
    refer_class class = at > from ? scene_refer(s, at - 1) : REFER_OF;
    return at > from && report_token(s->r, at - 1)->upos == UPOS_ADP && class != REFER_OF && class != REFER_IN;
}

static bool is_armed(u16 role) { return role == SECTOR_REB || role == SECTOR_UAF; }

/* Lets draft `d` take what `giver` has to give. */
static void take(scene *s, draft *d, u32 giver) {
    const draft *from = scene_draft(s, giver);
    actor_code given = from->m.code;
    if (d->m.code.sector == SECTOR_GOV && from->row == NONE && memcmp(given.primary, "IGO", 4) == 0) {
        return; /* "the Minister of Planning and International Cooperation": no body, but what he is minister of */
    }
    bool new_primary = d->m.code.primary[0] == '\0' && given.primary[0] != '\0';
    if (new_primary) {
        memcpy(d->m.code.primary, given.primary, 4);
        if (d->m.why.file == NONE) {
            d->m.why = from->m.why;
        }
    } else if (given.primary[0] != '\0' && memcmp(given.primary, d->m.code.primary, 3) != 0 && from->what == DRAFT_STATE &&
               d->second == NONE) {
        d->second = giver;
    }
    bool state = from->what == DRAFT_STATE;
    if (from->what == DRAFT_BODY && scene_has_name(from) && d->body == NONE && d->m.kind == MENTION_NOMINAL) {
        d->body = giver;
    }
    if (state || given.sector == SECTOR_NONE) {
        return;
    }
    if (d->borrowed) {
        d->m.code.sector = given.sector;
        d->borrowed = false;
    } else if (given.sector == SECTOR_OPP && (d->m.code.sector == SECTOR_LEG || d->m.code.sector == SECTOR_PTY)) {
        d->m.code.sector = SECTOR_OPP; /* "opposition lawmakers", "the main opposition party" */
    } else if (from->what == DRAFT_BODY && is_armed(given.sector) && (d->m.code.sector == SECTOR_MIL || is_armed(d->m.code.sector))) {
        d->m.code.sector = given.sector;
    }
}

static void take_left(scene *s, u32 index, u32 first, u32 end) {
    for (u32 t = end; t-- > first;) {
        u32 giver = s->cover[t];
        draft *d = scene_draft(s, index);
        if (giver == NONE || giver == index) {
            refer_class word = giver == index ? REFER_NONE : scene_refer(s, t);
            bool beside = report_token(s->r, t)->deprel == DEPREL_amod && report_token(s->r, t)->head == d->m.head && !scene_has_name(d);
            if (word == REFER_NOWHERE && beside && d->m.code.primary[0] == '\0') { /* "Western powers": states, unidentified */
                bool states = d->m.code.sector == SECTOR_GOV && d->what == DRAFT_BODY;
                memcpy(d->m.code.primary, states ? "UIS" : "---", 4);
                d->m.code.sector = states ? SECTOR_NONE : d->m.code.sector;
            }
            continue;
        }
        const draft *from = scene_draft(s, giver);
        u32 start = from->m.first < first ? first : from->m.first;
        if (from->what == DRAFT_STATE && d->m.code.primary[0] != '\0' && !d->plural && t + 1 < end && scene_is(s, t + 1, "-") &&
            from->m.code.primary[0] != '\0' && !modifier_is_dropped(s, t)) {
            memcpy(d->m.code.primary, from->m.code.primary, 4); /* "a German-Iraqi boy" is German first */
            t = start;
            continue;
        }
        bool second = d->m.code.primary[0] != '\0' && t + 1 < end && report_token(s->r, t + 1)->upos != UPOS_CCONJ && !scene_is(s, t + 1, "-");
        if (!modifier_is_dropped(s, t) && !leads_away(s, start, first) && !(second && from->what == DRAFT_STATE)) {
            take(s, d, giver);
        }
        t = start;
    }
}

/* The class of the preposition before dependent `child`: REFER_OF, REFER_IN, or REFER_NONE. */
static refer_class marker_class(const scene *s, u32 child) {
    u32 marker = scene_child(s, child, RELATION(case), NONE);
    return marker == NONE ? REFER_NONE : scene_refer(s, marker);
}

/* "a meeting of the foreign ministers in Gaborone": they meet there, and are not of there. */
static bool are_guests(scene *s, const draft *d, u32 giver) {
    bool of = report_token(s->r, d->m.head)->deprel == DEPREL_nmod && marker_class(s, d->m.head) == REFER_OF;
    return of && d->m.code.sector == SECTOR_GOV && scene_draft(s, giver)->form == FORM_CAPITAL;
}

/* Takes from the dependents of one head; returns an unnamed of-phrase to go on with, or NONE. */
static u32 take_from_head(scene *s, u32 index, u32 head, bool inner) {
    static const u64 beside = RELATION(amod) | RELATION(compound) | RELATION(nmod_desc);
    u32 deeper = NONE;
    for (u32 child = s->first_child[head]; child != NONE; child = s->next_child[child]) {
        u8 relation = report_token(s->r, child)->deprel;
        u32 giver = s->headed[child] != NONE ? s->headed[child] : s->cover[child];
        draft *d = scene_draft(s, index);
        bool open = d->m.code.primary[0] == '\0' || d->borrowed;
        if (giver == index) {
            bool portfolio = relation == DEPREL_nmod && marker_class(s, child) == REFER_OF; /* "the Minister of Foreign Affairs | of Togo" */
            deeper = portfolio && deeper == NONE ? child : deeper;
            continue;
        }
        refer_class word = scene_refer(s, head);
        bool others = relation == DEPREL_nmod_poss && word >= REFER_PAIR && (word & REFER_PEER) &&
                      (giver == NONE ? report_token(s->r, child)->upos == UPOS_PRON : scene_draft(s, giver)->what == DRAFT_STATE);
        if (others) {
            if (d->m.code.primary[0] == '\0') {
                memcpy(d->m.code.primary, "---", 4);
            }
        } else if (relation == DEPREL_nmod_poss && giver != NONE) {
            if (!inner) {
                d->owner = giver;
            }
            take(s, d, giver);
        } else if (giver != NONE && open && (beside >> relation & 1) && (inner || scene_draft(s, giver)->what == DRAFT_BODY)) { /* "the Daesh Takfiri group" */
            take(s, d, giver);
        } else if (relation == DEPREL_nmod) {
            refer_class marker = marker_class(s, child);
            bool locates = giver != NONE && scene_draft(s, giver)->what == DRAFT_STATE;
            u32 owner = locates ? scene_child(s, head, RELATION(nmod_poss), NONE) : NONE;
            bool owned = owner != NONE && report_token(s->r, owner)->upos == UPOS_PRON; /* "its troops from Moldova" are its own */
            bool to_superior = marker == REFER_TO && giver != NONE && !locates && d->borrowed; /* "an adviser to President Silva" */
            bool within = marker == REFER_IN && giver != NONE && scene_draft(s, giver)->what == DRAFT_BODY && d->borrowed; /* "a source at the ministry" */
            if (giver != NONE && open && !owned && (marker == REFER_OF || to_superior || within || (marker == REFER_IN && locates && d->m.code.primary[0] == '\0' && !are_guests(s, d, giver)))) {
                take(s, d, giver);
            } else if (giver == NONE && deeper == NONE && (marker == REFER_OF || marker == REFER_IN)) {
                deeper = child;
            }
        }
    }
    return deeper;
}

/* "met [officials] in Havana": of many whom nothing else describes.  Soldiers may stand anywhere. */
static bool are_locals(const scene *s, const draft *d, u32 there) {
    u8 relation = report_token(s->r, d->m.head)->deprel;
    u32 marker = scene_child(s, there, RELATION(case), NONE);
    bool armed = d->m.code.sector == SECTOR_MIL || is_armed(d->m.code.sector);
    return (relation == DEPREL_obj || relation == DEPREL_obl) && report_token(s->r, there)->deprel == DEPREL_obl && marker == d->m.head + 1 && d->plural && !d->definite && !armed;
}

/* "the arrest of [activists] in Belarus": the place that the tree gives to the deed is that of those it is done to. */
static void take_beside(scene *s, u32 index) {
    u32 head = scene_draft(s, index)->m.head, governor = head == NONE ? NONE : report_token(s->r, head)->head;
    if (governor == NONE) {
        return;
    }
    bool undergoes = report_token(s->r, head)->deprel == DEPREL_nmod && marker_class(s, head) == REFER_OF;
    for (u32 child = s->first_child[governor]; child != NONE; child = s->next_child[child]) {
        draft *d = scene_draft(s, index);
        u32 giver = s->headed[child];
        bool there = child > head && marker_class(s, child) == REFER_IN && giver != NONE;
        bool ground = there && ((undergoes && report_token(s->r, child)->deprel == DEPREL_nmod) || are_locals(s, d, child));
        if (ground && !are_guests(s, scene_draft(s, index), giver) && d->m.code.primary[0] == '\0' && scene_draft(s, giver)->what == DRAFT_STATE) {
            take(s, d, giver);
        }
    }
}

void modifier_apply(scene *s, u32 index, u32 first, u32 end) {
    take_left(s, index, first, end);
    u32 head = scene_draft(s, index)->m.head;
    for (u32 depth = 0; depth < DEPTH && head != NONE; depth++) {
        head = take_from_head(s, index, head, depth > 0);
    }
    take_beside(s, index);
}
