// SPDX-License-Identifier: Apache-2.0
/* Names and their entities: persons by full name or surname, states by code, bodies by row or name.
 *
 *     "Mohammad Baqeri" makes an entity with the keys {mohammad baqeri}, {baqeri} and {mohammad};
 *     "Baqeri", later, finds it; "Ali Baqeri" does not: its words are no part of the fuller name. */
#include "who/chain.h"

u32 chain_name_pieces(const scene *s, const draft *d, u32 *pieces) {
    u32 count = 0;
    for (u32 i = s->first_piece[d->name_first]; i < s->first_piece[d->name_end] && count < LEXICON_PIECES; i++) {
        u32 symbol_here = s->pieces.items[i].symbol;
        if (symbol_here != NONE) {
            pieces[count++] = symbol_here;
        }
    }
    return count;
}

/* The words of `few` occur in `all` in the same order. */
static bool is_part(const u32 *few, u32 few_count, const u32 *all, u32 all_count) {
    u32 at = 0;
    for (u32 i = 0; i < all_count && at < few_count; i++) {
        at += few[at] == all[i];
    }
    return at == few_count;
}

static bool is_particle(const scene *s, u32 part) { return map_find(&s->lex->particles, part) != NONE; }

/* Drops "al", "bin" in front and "Jr" behind: [first, end) of what is left. */
static void trim_particles(const scene *s, const u32 *pieces, u32 *first, u32 *end) {
    while (*first + 1 < *end && is_particle(s, pieces[*first])) {
        (*first)++;
    }
    while (*first + 1 < *end && is_particle(s, pieces[*end - 1])) {
        (*end)--;
    }
}

u32 chain_find_person(const trail *t, const u32 *pieces, u32 count) {
    u32 first = 0, end = count;
    u32 found = trail_find(t, KEY_NAME, pieces, count);
    if (found != NONE || count == 0) {
        return found;
    }
    trim_particles(t->s, pieces, &first, &end);
    found = trail_find(t, KEY_SURNAME, &pieces[end - 1], 1);
    bool single = end - first == 1;
    if (single) {
        return found != NONE ? found : trail_find(t, KEY_GIVEN, &pieces[first], 1);
    }
    if (found == NONE) {
        return NONE;
    }
    u32 known[LEXICON_PIECES], known_draft = t->entities.items[found].name_draft;
    u32 known_count = known_draft == NONE ? 0 : chain_name_pieces(t->s, scene_draft(t->s, known_draft), known);
    bool fits = is_part(pieces + first, end - first, known, known_count) || is_part(known, known_count, pieces, count);
    return fits ? found : NONE;
}

bool chain_key_person(trail *t, u32 e, const u32 *pieces, u32 count) {
    u32 first = 0, end = count;
    if (count == 0 || !trail_set(t, KEY_NAME, pieces, count, e)) {
        return count == 0;
    }
    trim_particles(t->s, pieces, &first, &end);
    return trail_set(t, KEY_SURNAME, &pieces[end - 1], 1, e) && (end - first < 2 || trail_set(t, KEY_GIVEN, &pieces[first], 1, e));
}

/* A holder's row also lends its full name: "Putin" alone is findable as "Vladimir Putin" later. */
bool chain_key_row_name(trail *t, u32 e, const draft *d) {
    u32 pieces[LEXICON_PIECES];
    if (d->row == NONE || d->what != DRAFT_PERSON) {
        return true;
    }
    u32 count = lexicon_split(&t->s->lex->known->words, NULL, t->s->lex->rows.items[d->row].name, pieces, LEXICON_PIECES);
    return trail_set(t, KEY_ROW, &d->row, 1, e) && chain_key_person(t, e, pieces, count);
}

void chain_note_name(trail *t, u32 e, u32 index) {
    report *r = t->s->r;
    const draft *d = scene_draft(t->s, index);
    trail_entity *note = &t->entities.items[e];
    span name = span_cut(r->text, r->tokens.items[d->name_first].text.start, r->tokens.items[d->name_end - 1].text.end);
    if (note->name_draft == NONE || name.len > r->entities.items[e].name.len) {
        r->entities.items[e].name = name;
        note->name_draft = index;
    }
    note->named = true;
}

/* The entity has a fuller name in this report than its surname, and the row is about somebody else. */
static bool is_other_holder(const trail *t, u32 e, u32 row) {
    u32 fuller = t->entities.items[e].name_draft;
    u32 known = fuller == NONE ? row : scene_draft(t->s, fuller)->row;
    const lexicon_row *rows = t->s->lex->rows.items;
    return known == NONE || (known != row && !span_eq(rows[known].name, rows[row].name));
}

u32 chain_enter_person(trail *t, u32 index) {
    u32 pieces[LEXICON_PIECES] = {0};
    draft *d = scene_draft(t->s, index);
    u32 count = chain_name_pieces(t->s, d, pieces), e = chain_find_person(t, pieces, count);
    if (e != NONE && count == 1 && d->row != NONE && is_other_holder(t, e, d->row)) {
        d->row = NONE; /* "Ana Silva ... Silva": not the Silva of the tables */
        d->former = false;
        d->m.code = (actor_code){.sector = SECTOR_NONE};
    }
    if (e == NONE && d->row != NONE) {
        e = trail_find(t, KEY_ROW, &d->row, 1);
    }
    if (e == NONE) {
        e = trail_add(t, d);
    }
    if (e == NONE || !chain_key_row_name(t, e, d) || !chain_key_person(t, e, pieces, count)) {
        return NONE;
    }
    chain_note_name(t, e, index);
    return e;
}

/* ---------------------------------------------------------------- states and bodies */

u32 chain_enter_state(trail *t, actor_code code, const draft *d) {
    u32 primary = trail_primary(code), e = trail_find(t, KEY_STATE, &primary, 1);
    if (e == NONE) {
        e = trail_add(t, d);
        if (e == NONE || !trail_set(t, KEY_STATE, &primary, 1, e)) {
            return NONE;
        }
        entity *made = &t->s->r->entities.items[e];
        u32 row = map_find(&t->s->lex->states, primary);
        bool bare = row != NONE && lexicon_keeps_bare(t->s->lex, &t->s->lex->rows.items[row]);
        made->code = (actor_code){.sector = bare ? SECTOR_NONE : SECTOR_GOV}; /* as a party; ground is said by the mention */
        memcpy(made->code.primary, code.primary, 4);
        made->kind = ENTITY_STATE;
        made->name = row != NONE && t->s->lex->rows.items[row].list == 0 ? t->s->lex->rows.items[row].name : made->name;
        t->entities.items[e].what = DRAFT_STATE;
        t->entities.items[e].plural = false;
        t->entities.items[e].sure = true;
    }
    return e;
}

u32 chain_enter_body(trail *t, u32 index) {
    u32 pieces[LEXICON_PIECES];
    const draft *d = scene_draft(t->s, index);
    u32 count = chain_name_pieces(t->s, d, pieces);
    u32 e = d->row != NONE ? trail_find(t, KEY_ROW, &d->row, 1) : trail_find(t, KEY_NAME, pieces, count);
    if (e == NONE) {
        e = trail_add(t, d);
    }
    if (e == NONE || (d->row != NONE && !trail_set(t, KEY_ROW, &d->row, 1, e)) || !trail_set(t, KEY_NAME, pieces, count, e)) {
        return NONE;
    }
    chain_note_name(t, e, index);
    return e;
}
