// SPDX-License-Identifier: Apache-2.0
/* Descriptions and their entities: "the Iranian commander", "the country".
 *
 * A person is found by country and office, else by country and sector when the noun is vague
 * ("official", "commander"), else by the noun alone.  People and bodies are one entity per country,
 * sector and noun.  Groups with members: chain_group.c. */
#include "who/chain.h"

/* "Official", "military official", "commander": nouns that fit holders of many offices. */
static bool is_relational(const lexicon *lex, symbol noun) {
    u32 at = noun == NONE ? NONE : lexicon_find(&lex->agents, &noun, 1);
    return at != NONE && lex->words.items[lex->meanings.items[at].row].kind == WORD_RELATIONAL;
}

/* "the Iranian commander", "the president": the entity that such a description found last. */
u32 chain_find_described(const trail *t, const draft *d) {
    const lexicon_word *w = &t->s->lex->words.items[d->word];
    bool no_country = d->m.code.primary[0] == '\0' || d->m.code.primary[0] == '-'; /* "the South American leader" */
    u32 primary = no_country ? 0 : trail_primary(d->m.code), role = d->m.code.sector, noun = w->noun;
    u32 by_office[2] = {primary, noun}, by_role[2] = {primary, role};
    bool vague = role != SECTOR_NONE && (w->kind == WORD_RANK || is_relational(t->s->lex, noun));
    if (primary != 0) {
        u32 e = trail_find(t, KEY_OFFICE, by_office, 2);
        return e != NONE || !vague ? e : trail_find(t, KEY_ROLE, by_role, 2);
    }
    u32 e = trail_find(t, KEY_WORD, &noun, 1);
    return e != NONE || !vague ? e : trail_find(t, KEY_SECTOR, &role, 1);
}

/* Makes the entity findable by what this draft says of it. */
bool chain_key_description(trail *t, u32 e, const draft *d) {
    u32 primary = trail_primary(d->m.code), role = d->m.code.sector;
    u32 noun = d->word == NONE ? NONE : t->s->lex->words.items[d->word].noun;
    u32 by_office[2] = {primary, noun}, by_role[2] = {primary, role};
    if (d->what != DRAFT_PERSON) {
        return true;
    }
    bool known = role != SECTOR_NONE && t->entities.items[e].named;
    bool fine = !known || trail_set(t, KEY_SECTOR, &role, 1, e);
    fine = fine && (noun == NONE || trail_set(t, KEY_WORD, &noun, 1, e));
    if (primary != 0) {
        fine = fine && (noun == NONE || trail_set(t, KEY_OFFICE, by_office, 2, e));
        fine = fine && (!known || trail_set(t, KEY_ROLE, by_role, 2, e));
    }
    return fine;
}

u32 chain_enter_noun(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 key[4] = {trail_primary(d->m.code), d->m.code.sector, d->word, d->what};
    bool one = d->what == DRAFT_PERSON;
    u32 e = one ? (d->definite ? chain_find_described(t, d) : NONE) : trail_find(t, KEY_NOUN, key, 4);
    if (e == NONE) {
        e = trail_add(t, d);
        if (e == NONE || (!one && !trail_set(t, KEY_NOUN, key, 4, e))) {
            return NONE;
        }
    }
    report *r = t->s->r;
    span title = span_cut(r->text, r->tokens.items[d->m.first].text.start, r->tokens.items[d->m.end - 1].text.end);
    if (t->entities.items[e].named && title.len > r->entities.items[e].title.len) {
        r->entities.items[e].title = title;
    }
    return e;
}

/* "The Syrian government lost much ground, but the country rallied": the state of what was spoken of
 * last, subjects first.  NONE when nothing near has one. */
static u32 recent_state(trail *t, const draft *d, symbol style) {
    scene *s = t->s;
    u32 depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING, sentence_here = report_token(s->r, d->m.head)->sentence;
    i32 best_score = INT32_MIN;
    actor_code best = {.sector = SECTOR_NONE}, partner = best;
    for (u32 back = 1; back <= depth; back++) { /* "Peru's president thanked the country": not Peru */
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        if (report_token(s->r, step->head)->head == report_token(s->r, d->m.head)->head && step->sentence == sentence_here) {
            partner = s->r->entities.items[step->entity].code;
        }
    }
    for (u32 back = 1; back <= depth; back++) {
        const trail_step *step = &t->ring[(t->steps - back) % TRAIL_RING];
        actor_code code = s->r->entities.items[step->entity].code;
        u32 row = map_find(&s->lex->states, context_key(code.primary));
        if (row == NONE || (style != NONE && s->lex->rows.items[row].style != style) || t->entities.items[step->entity].what == DRAFT_PAIR ||
            (row != NONE && memcmp(code.primary, partner.primary, 3) == 0)) {
            continue;
        }
        bool state = t->entities.items[step->entity].what == DRAFT_STATE;
        i32 score = (state ? 3 : 0) + (step->subject ? 5 : 0) - 4 * (i32)(sentence_here - step->sentence) - (i32)back / 2;
        score -= scene_draft(s, step->draft)->m.is_place ? 2 : 0;
        if (score > best_score) {
            best_score = score;
            memcpy(best.primary, code.primary, 4);
        }
    }
    return best.primary[0] != '\0' ? chain_enter_state(t, best, d) : NONE;
}

/* "The country": the state spoken of last, the report's own if none.  "The kingdom": one that is a kingdom. */
u32 chain_enter_the_state(trail *t, u32 index) {
    scene *s = t->s;
    draft probe = *scene_draft(s, index);
    symbol noun = s->lex->words.items[probe.word].noun;
    actor_code code = {.sector = SECTOR_NONE};
    bool styled = map_find(&s->lex->styles, noun) != NONE;
    u32 e = recent_state(t, &probe, styled ? noun : NONE);
    if (e != NONE) {
        return e;
    }
    u8 known = styled ? context_guess_style(s, probe.m.head, noun, code.primary) : context_guess(s, probe.m.head, code.primary);
    return known > 0 ? chain_enter_state(t, code, &probe) : NONE;
}
