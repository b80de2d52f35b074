// SPDX-License-Identifier: Apache-2.0
/* One entity for all its mentions, read from left to right.
 *
 *     "Major General Mohammad Baqeri ... Baqeri ... the Iranian commander ... He"
 *
 *   a full name makes an entity; its surname, office, country and sector are keys to find it by
 *   a bare surname, "the Iranian commander", "the president" look up such a key
 *   an apposition is the entity beside it; a pronoun is the best of the last few (trail.c)
 *   "I" and "we" in a quote are its speaker, found once all is read
 *
 * What a mention lacks it gets from its entity: a surname alone has no office, "the police" no
 * country.  What nobody names comes from the country the report is about (context.c). */
#include "who/trail.h"

/* ---------------------------------------------------------------- names */

static u32 name_pieces(const scene *s, const draft *d, u32 *pieces) {
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

static u32 find_person(const trail *t, const draft *d, const u32 *pieces, u32 count) {
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
    u32 known_count = known_draft == NONE ? 0 : name_pieces(t->s, scene_draft(t->s, known_draft), known);
    bool fits = is_part(pieces + first, end - first, known, known_count) || is_part(known, known_count, pieces, count);
    (void)d;
    return fits ? found : NONE;
}

static bool key_person(trail *t, u32 e, const u32 *pieces, u32 count) {
    u32 first = 0, end = count;
    if (count == 0 || !trail_set(t, KEY_NAME, pieces, count, e)) {
        return count == 0;
    }
    trim_particles(t->s, pieces, &first, &end);
    return trail_set(t, KEY_SURNAME, &pieces[end - 1], 1, e) && (end - first < 2 || trail_set(t, KEY_GIVEN, &pieces[first], 1, e));
}

/* A holder's row also lends its full name: "Putin" alone is findable as "Vladimir Putin" later. */
static bool key_row_name(trail *t, u32 e, const draft *d) {
    u32 pieces[LEXICON_PIECES];
    if (d->row == NONE || d->what != DRAFT_PERSON) {
        return true;
    }
    u32 count = lexicon_split(&t->s->lex->known->words, NULL, t->s->lex->rows.items[d->row].name, pieces, LEXICON_PIECES);
    return trail_set(t, KEY_ROW, &d->row, 1, e) && key_person(t, e, pieces, count);
}

static void note_name(trail *t, u32 e, u32 index) {
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

static u32 enter_person(trail *t, u32 index) {
    u32 pieces[LEXICON_PIECES];
    const draft *d = scene_draft(t->s, index);
    u32 count = name_pieces(t->s, d, pieces), e = find_person(t, d, pieces, count);
    if (e == NONE && d->row != NONE) {
        e = trail_find(t, KEY_ROW, &d->row, 1);
    }
    if (e == NONE) {
        e = trail_add(t, d);
    }
    if (e == NONE || !key_row_name(t, e, d) || !key_person(t, e, pieces, count)) {
        return NONE;
    }
    note_name(t, e, index);
    return e;
}

/* ---------------------------------------------------------------- states and bodies */

static u32 enter_state(trail *t, actor_code code, const draft *d) {
    u32 primary = trail_primary(code), e = trail_find(t, KEY_STATE, &primary, 1);
    if (e == NONE) {
        e = trail_add(t, d);
        if (e == NONE || !trail_set(t, KEY_STATE, &primary, 1, e)) {
            return NONE;
        }
        entity *made = &t->s->r->entities.items[e];
        u32 row = map_find(&t->s->lex->states, primary);
        made->code = (actor_code){.sector = SECTOR_GOV}; /* as a party; ground is said by the mention */
        memcpy(made->code.primary, code.primary, 4);
        made->kind = ENTITY_STATE;
        made->name = row != NONE ? t->s->lex->rows.items[row].name : made->name;
        t->entities.items[e].what = DRAFT_STATE;
        t->entities.items[e].plural = false;
        t->entities.items[e].sure = true;
    }
    return e;
}

static u32 enter_body(trail *t, u32 index) {
    u32 pieces[LEXICON_PIECES];
    const draft *d = scene_draft(t->s, index);
    u32 count = name_pieces(t->s, d, pieces);
    u32 e = d->row != NONE ? trail_find(t, KEY_ROW, &d->row, 1) : trail_find(t, KEY_NAME, pieces, count);
    if (e == NONE) {
        e = trail_add(t, d);
    }
    if (e == NONE || (d->row != NONE && !trail_set(t, KEY_ROW, &d->row, 1, e)) || !trail_set(t, KEY_NAME, pieces, count, e)) {
        return NONE;
    }
    note_name(t, e, index);
    return e;
}

/* ---------------------------------------------------------------- descriptions */

/* "Official", "military official", "commander": nouns that fit holders of many offices. */
static bool is_relational(const lexicon *lex, symbol noun) {
    u32 at = noun == NONE ? NONE : lexicon_find(&lex->agents, &noun, 1);
    return at != NONE && lex->words.items[lex->meanings.items[at].row].kind == WORD_RELATIONAL;
}

/* "the Iranian commander", "the president": the entity that such a description found last. */
static u32 find_described(const trail *t, const draft *d) {
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
static bool key_description(trail *t, u32 e, const draft *d) {
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

static u32 enter_noun(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 key[4] = {trail_primary(d->m.code), d->m.code.sector, d->word, d->what};
    bool one = d->what == DRAFT_PERSON;
    u32 e = one ? (d->definite ? find_described(t, d) : NONE) : trail_find(t, KEY_NOUN, key, 4);
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
    return best.primary[0] != '\0' ? enter_state(t, best, d) : NONE;
}

/* "The country": the state spoken of last, the report's own if none.  "The kingdom": one that is a kingdom. */
static u32 enter_the_state(trail *t, u32 index) {
    scene *s = t->s;
    draft probe = *scene_draft(s, index);
    symbol noun = s->lex->words.items[probe.word].noun;
    actor_code code = {.sector = SECTOR_NONE};
    bool styled = map_find(&s->lex->styles, noun) != NONE;
    u32 e = recent_state(t, &probe, styled ? noun : NONE);
    if (e != NONE) {
        return e;
    }
    bool known = styled ? context_guess_style(s, noun, code.primary) : context_guess(s, probe.m.head, code.primary);
    return known ? enter_state(t, code, &probe) : NONE;
}

/* ---------------------------------------------------------------- groups */

static u32 enter_members(trail *t, u32 index, const u32 *members, u32 count) {
    report *r = t->s->r;
    u32 e = trail_add(t, scene_draft(t->s, index));
    if (e == NONE) {
        return NONE;
    }
    entity *made = &r->entities.items[e];
    made->kind = ENTITY_GROUP;
    made->code = (actor_code){.sector = SECTOR_NONE};
    made->first_member = r->members.count;
    for (u32 i = 0; i < count; i++) {
        u32 *slot = list_push(r->memory, &r->members);
        if (slot == NULL) {
            return NONE;
        }
        *slot = members[i];
    }
    made->end_member = r->members.count;
    t->entities.items[e].what = DRAFT_PAIR;
    t->entities.items[e].plural = true;
    return e;
}

/* "The two sides": the two leading countries; "the two ministers": the two persons named last. */
static u32 enter_pair(trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 members[2], count = d->refer == REFER_HE ? trail_leaders(t, members) : 0;
    char leaders[2][4] = {{0}, {0}};
    if (count < 2) {
        count = context_leaders(t->s, d->m.head, leaders);
        for (u32 i = 0; i < count && count == 2; i++) {
            actor_code code = {.sector = SECTOR_NONE};
            memcpy(code.primary, leaders[i], 4);
            members[i] = enter_state(t, code, d);
        }
    }
    if (count < 2 || members[0] == NONE || members[1] == NONE) {
        return NONE;
    }
    return enter_members(t, index, members, 2);
}

/* "Russian and Syrian officials": one entity a country, and the group of both. */
static u32 enter_double(trail *t, u32 index) {
    u32 members[2];
    for (u32 i = 0; i < 2; i++) {
        draft *d = scene_draft(t->s, index);
        actor_code code = d->m.code;
        if (i == 1) {
            memcpy(code.primary, scene_draft(t->s, d->second)->m.code.primary, 4);
        }
        u32 key[4] = {trail_primary(code), code.sector, d->word, d->what};
        members[i] = trail_find(t, KEY_NOUN, key, 4);
        if (members[i] == NONE) {
            members[i] = trail_add(t, d);
            if (members[i] == NONE || !trail_set(t, KEY_NOUN, key, 4, members[i])) {
                return NONE;
            }
            t->s->r->entities.items[members[i]].code = code;
            t->entities.items[members[i]].sure = true;
        }
    }
    return enter_members(t, index, members, 2);
}

/* ---------------------------------------------------------------- one draft */

/* The draft this one stands in apposition to, already entered, or NONE: "Javad Zarif, Iran's
 * foreign minister," and "Iran's foreign minister, Javad Zarif,". */
static u32 apposed_to(const scene *s, u32 index) {
    const draft *d = scene_draft((scene *)s, index);
    const token *head = report_token(s->r, d->m.head);
    if (d->same != NONE) {
        return d->same;
    }
    if (d->what != DRAFT_PERSON && d->what != DRAFT_BODY) {
        return NONE;
    }
    bool apposed = head->deprel == DEPREL_appos || head->deprel == DEPREL_flat || head->deprel == DEPREL_nmod_desc;
    u32 at = head->head;
    for (u32 step = 0; apposed && step < 2 && at < s->r->tokens.count; step++) { /* "the president of the party, Ana Silva" */
        u32 other = s->headed[at];
        const draft *o = other == NONE || other == index ? NULL : scene_draft((scene *)s, other);
        if (o != NULL && o->what == d->what && (!scene_has_name(d) || !scene_has_name(o))) {
            return o->m.entity != NONE && !o->merged && o->plural == d->plural ? other : NONE;
        }
        if (report_token(s->r, at)->deprel != DEPREL_nmod) {
            break;
        }
        at = report_token(s->r, at)->head;
    }
    return NONE;
}

static bool has_role(const draft *d) { return d->m.code.sector != SECTOR_NONE && (d->word != NONE || d->row != NONE); }

/* The country from the one that has words for it, the sector from the one with an office. */
static void share_code(draft *a, draft *b) {
    const draft *where = a->m.code.primary[0] != '\0' && !a->guessed ? a : b->m.code.primary[0] != '\0' ? b : a;
    const draft *what = has_role(a) ? a : has_role(b) ? b : where;
    actor_code code = where->m.code;
    bool guessed = where->guessed;
    source_line why = what->m.why;
    code.sector = what->m.code.sector;
    a->m.code = b->m.code = code;
    a->m.why = b->m.why = why;
    a->guessed = b->guessed = guessed;
}

/* Joins an apposition: both learn from each other. */
static u32 enter_apposed(trail *t, u32 index, u32 other) {
    scene *s = t->s;
    draft *d = scene_draft(s, index), *o = scene_draft(s, other);
    u32 e = o->m.entity;
    if (d->same == NONE) {
        share_code(d, o);
    }
    if (d->what == DRAFT_PERSON && scene_has_name(d)) {
        u32 pieces[LEXICON_PIECES], count = name_pieces(s, d, pieces), known = find_person(t, d, pieces, count);
        if (known != NONE || t->entities.items[e].named) { /* the description had found somebody else */
            e = known != NONE ? known : enter_person(t, index);
            o->m.entity = e;
        }
        if (e == NONE || !key_person(t, e, pieces, count) || !key_row_name(t, e, d)) {
            return NONE;
        }
        note_name(t, e, index);
    }
    return e;
}

static bool wants_country(const draft *d) {
    bool nominal = d->m.kind == MENTION_NOMINAL && (d->m.code.sector != SECTOR_NONE || d->former);
    bool named = d->m.kind == MENTION_NAME && (d->word != NONE || d->what == DRAFT_PERSON);
    return d->m.code.primary[0] == '\0' && d->what != DRAFT_PAIR && (nominal || named);
}

static void take_owner(scene *s, draft *d) {
    if (d->owner == NONE && d->possessive && d->m.kind != MENTION_PRONOUN) {
        u32 child = scene_child(s, d->m.head, RELATION(nmod_poss), NONE); /* "its army": pronouns are found after nouns */
        d->owner = child == NONE ? NONE : s->headed[child];
    }
    const draft *owner = d->owner == NONE ? NULL : scene_draft(s, d->owner);
    actor_code given = {.sector = SECTOR_NONE};
    if (owner != NULL && owner->m.code.primary[0] != '\0') {
        given = owner->m.code;
    } else if (owner != NULL && owner->m.entity != NONE) {
        given = s->r->entities.items[owner->m.entity].code;
    }
    if (given.primary[0] != '\0' && (d->m.code.primary[0] == '\0' || d->guessed)) {
        memcpy(d->m.code.primary, given.primary, 4);
        if (d->borrowed && given.sector != SECTOR_NONE) {
            d->m.code.sector = given.sector;
        }
    }
}

static u32 entity_of(trail *t, u32 index) {
    scene *s = t->s;
    draft *d = scene_draft(s, index);
    u32 other = apposed_to(s, index);
    if (d->what == DRAFT_REFER) {
        return d->refer == REFER_RELATIVE ? scene_draft(s, d->same)->m.entity : trail_resolve(t, index);
    }
    if (other != NONE && scene_draft(s, other)->m.entity != NONE) {
        return enter_apposed(t, index, other);
    }
    if (d->what == DRAFT_PAIR) {
        return enter_pair(t, index);
    }
    if (d->what == DRAFT_STATE) {
        bool one_state = d->m.code.primary[0] != '\0' && d->m.code.primary[0] != '-';
        return one_state ? enter_state(t, d->m.code, d) : NONE;
    }
    if (d->second != NONE && !scene_has_name(d)) {
        return enter_double(t, index);
    }
    if (scene_has_name(d) && d->what != DRAFT_PEOPLE) {
        return d->what == DRAFT_PERSON ? enter_person(t, index) : enter_body(t, index);
    }
    refer_class class = scene_refer(s, d->m.head);
    if (class >= REFER_PAIR && (class & REFER_STATE) && d->definite && !d->plural && d->m.code.primary[0] == '\0') {
        u32 e = enter_the_state(t, index);
        if (e != NONE) {
            draft *state = scene_draft(s, index);
            state->m.code = s->r->entities.items[e].code;
            u32 marker = scene_child(s, state->m.head, RELATION(case), NONE);
            bool ground = marker != NONE && scene_refer(s, marker) == REFER_IN;
            state->m.code.sector = ground ? SECTOR_NONE : SECTOR_GOV;
            return e;
        }
    }
    if (class >= REFER_PAIR && (class & REFER_ORGANISATION) && d->definite && !d->possessive && d->m.code.primary[0] == '\0') {
        u32 found = NONE, depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING;
        for (u32 back = 1; back <= depth && found == NONE; back++) {
            u32 e = t->ring[(t->steps - back) % TRAIL_RING].entity;
            u8 role = s->r->entities.items[e].code.sector;
            bool fits = d->m.code.sector == SECTOR_NONE || role == d->m.code.sector;
            found = t->entities.items[e].what == DRAFT_BODY && t->entities.items[e].named && fits ? e : NONE;
        }
        if (found != NONE) {
            return found;
        }
    }
    return NONE - 1; /* an ordinary noun */
}

/* The country of last resort, once the entity could not give one. */
static void guess_country(trail *t, draft *d) {
    refer_class class = d->m.kind == MENTION_NOMINAL ? scene_refer(t->s, d->m.head) : REFER_NONE;
    bool other_state = class >= REFER_PAIR && (class & REFER_STATE); /* "other countries" are not this one */
    const lexicon_word *w = d->word == NONE ? NULL : &t->s->lex->words.items[d->word];
    symbol style = w == NULL ? NONE : w->style;
    if (wants_country(d) && w != NULL && (w->homeless || w->sector == SECTOR_IGO)) {
        memcpy(d->m.code.primary, w->homeless ? "---" : "IGO", 4); /* "gunmen"; "the international community" */
        return;
    }
    if (wants_country(d) && style != NONE && context_guess_style(t->s, style, d->m.code.primary)) {
        d->guessed = true;
    } else if (wants_country(d) && !other_state && context_guess(t->s, d->m.head, d->m.code.primary)) {
        d->guessed = true;
        if (d->what == DRAFT_PERSON && d->word == NONE && d->row == NONE) {
            d->m.code.sector = SECTOR_CVL; /* a person of no known office */
        }
    }
}

static bool enter(trail *t, u32 index) {
    scene *s = t->s;
    draft *d = scene_draft(s, index);
    take_owner(s, d);
    u32 e = entity_of(t, index);
    d = scene_draft(s, index);
    if (e == NONE - 1) {
        bool described = d->what == DRAFT_PERSON && d->definite;
        u32 known = described && d->m.code.primary[0] == '\0' ? find_described(t, d) : NONE;
        if (known == NONE) {
            guess_country(t, d);
            known = enter_noun(t, index);
        }
        e = known;
    }
    if (e == NONE) { /* points at nobody that is known */
        return d->what == DRAFT_REFER || d->what == DRAFT_PAIR || d->what == DRAFT_STATE || d->m.code.primary[0] == '\0';
    }
    d->m.entity = e;
    entity *of = &s->r->entities.items[e];
    trail_entity *note = &t->entities.items[e];
    if (d->m.code.primary[0] == '\0' && of->code.primary[0] == '\0') {
        guess_country(t, d);
    }
    bool own = d->m.code.primary[0] != '\0' && !d->guessed && d->m.kind != MENTION_PRONOUN && d->what != DRAFT_STATE;
    bool better = of->code.sector == SECTOR_NONE && d->m.code.sector != SECTOR_NONE;
    if (own && of->kind != ENTITY_GROUP && of->kind != ENTITY_STATE && (!note->sure || better)) {
        of->code = d->m.code;
        note->sure = true;
    } else if (of->code.primary[0] == '\0' && of->kind != ENTITY_GROUP) {
        of->code = d->m.code;
    }
    if (d->body != NONE && scene_draft(s, d->body)->m.entity == NONE) { /* "Hamas fighters ... the group" */
        u32 body = enter_body(t, d->body);
        draft *inner = scene_draft(s, d->body);
        inner->m.entity = body;
        if (body == NONE) {
            return false;
        }
        trail_step_to(t, d->body);
    }
    trail_step_to(t, index);
    context_read(s, d);
    return key_description(t, e, d);
}

/* ---------------------------------------------------------------- speakers of quotes */

/* For each sentence the first draft that is subject of a speech verb in it, or NONE. */
static u32 *find_speakers(trail *t) {
    scene *s = t->s;
    const report *r = s->r;
    u32 *speakers = arena_new(r->memory, u32, r->sentences.count + 1);
    for (u32 i = 0; speakers != NULL && i <= r->sentences.count; i++) {
        speakers[i] = NONE;
    }
    for (u32 i = 0; speakers != NULL && i < r->tokens.count; i++) {
        refer_class class = scene_refer(s, i);
        u32 here = report_token(r, i)->sentence;
        if (class < REFER_PAIR || !(class & REFER_SPEECH) || speakers[here] != NONE) {
            continue;
        }
        u32 subject = scene_child(s, i, RELATION(nsubj) | RELATION(obl), NONE);
        u32 found = subject == NONE ? NONE : s->headed[subject];
        const draft *d = found == NONE ? NULL : scene_draft(s, found);
        bool first_person = d != NULL && d->what == DRAFT_REFER && (d->refer == REFER_I || d->refer == REFER_WE);
        speakers[here] = d != NULL && d->m.entity != NONE && !first_person ? found : NONE;
    }
    return speakers;
}

/* The speaker of sentence `at`: its own, else the nearest before or after in its paragraph. */
static u32 speaker_of(const report *r, const u32 *speakers, u32 at) {
    for (u32 step = 0; step < 6; step++) {
        u32 before = at - step, after = at + step;
        if (step <= at && r->sentences.items[before].block == r->sentences.items[at].block && speakers[before] != NONE) {
            return speakers[before];
        }
        if (after < r->sentences.count && r->sentences.items[after].block == r->sentences.items[at].block && speakers[after] != NONE) {
            return speakers[after];
        }
    }
    return NONE;
}

static bool resolve_speakers(trail *t) {
    scene *s = t->s;
    u32 *speakers = find_speakers(t);
    if (speakers == NULL) {
        return false;
    }
    for (u32 i = 0; i < s->order_count; i++) {
        draft *d = scene_draft(s, s->order[i]);
        if (d->what != DRAFT_REFER || (d->refer != REFER_I && d->refer != REFER_WE)) {
            continue;
        }
        u32 speaker = speaker_of(s->r, speakers, report_token(s->r, d->m.head)->sentence);
        d->m.entity = speaker == NONE ? NONE : scene_draft(s, speaker)->m.entity;
    }
    return true;
}

/* What a mention still lacks comes from its entity. */
static void inherit(scene *s, draft *d) {
    if (d->m.entity == NONE) {
        return;
    }
    const entity *of = &s->r->entities.items[d->m.entity];
    bool lacks = d->m.code.primary[0] == '\0' || (d->guessed && of->code.primary[0] != '\0');
    bool bare = d->what == DRAFT_PERSON && scene_has_name(d) && !d->former && d->m.code.sector == SECTOR_NONE &&
                memcmp(d->m.code.primary, of->code.primary, 3) == 0;
    if (lacks || bare) {
        d->guessed = d->guessed && memcmp(d->m.code.primary, of->code.primary, 3) == 0;
        d->m.code = of->code;
    }
}

/* "ISI", "UNO": a code that is itself a group or an organisation says its sector. */
static void trim_sector(const scene *s, actor_code *code) {
    bool own = code->primary[0] != '\0' && code->primary[0] != '-' && map_find(&s->lex->states, context_key(code->primary)) == NONE;
    if (own && (code->sector == SECTOR_REB || code->sector == SECTOR_UAF || code->sector == SECTOR_IGO)) {
        code->sector = SECTOR_NONE;
    }
}

drg_status chain_run(scene *s, drg_error *error) {
    trail t;
    trail_open(&t, s);
    bool fine = true;
    for (u32 i = 0; i < s->order_count && fine; i++) {
        const draft *d = scene_draft(s, s->order[i]);
        bool speaker = d->what == DRAFT_REFER && (d->refer == REFER_I || d->refer == REFER_WE);
        fine = speaker || enter(&t, s->order[i]);
    }
    fine = fine && resolve_speakers(&t);
    if (!fine) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    for (u32 i = 0; i < s->order_count; i++) {
        inherit(s, scene_draft(s, s->order[i]));
        trim_sector(s, &scene_draft(s, s->order[i])->m.code);
    }
    for (u32 i = 0; i < s->r->entities.count; i++) {
        trim_sector(s, &s->r->entities.items[i].code);
    }
    return DRG_OK;
}
