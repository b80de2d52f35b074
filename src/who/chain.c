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
#include "who/chain.h"

#include "parse/labels.h"

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

/* The role is a noun of what anybody can be: "a rival", "a critic", "a supporter". */
static bool has_loose_role(const scene *s, const draft *d) {
    return has_role(d) && d->row == NONE && s->lex->words.items[d->word].kind == WORD_GROUP;
}

/* The country from the one that has words for it, the sector from the one with an office: "Senator Silva, a former rival of the president". */
static void share_code(const scene *s, draft *a, draft *b) {
    const draft *where = a->m.code.primary[0] != '\0' && a->m.guess == 0 ? a : b->m.code.primary[0] != '\0' ? b : a;
    bool firmer = has_loose_role(s, a) && has_role(b) && !has_loose_role(s, b);
    const draft *what = has_role(a) && !firmer ? a : has_role(b) ? b : where;
    actor_code code = where->m.code;
    u8 guess = where->m.guess;
    source_line why = what->m.why;
    code.sector = what->m.code.sector;
    a->m.code = b->m.code = code;
    a->m.why = b->m.why = why;
    a->m.guess = b->m.guess = guess;
}

/* "Ana Silva, a former minister": a person of no known office until then, but no civilian. */
static void note_former(trail *t, draft *d, draft *person) {
    bool unknown = person->word == NONE && person->row == NONE && person->m.guess > 0 && person->m.code.sector == SECTOR_CVL;
    bool office = d->former && d->word != NONE && scene_after_office(t->s->lex->words.items[d->word].sector) == SECTOR_NONE;
    if (unknown && office && d->m.kind == MENTION_NOMINAL) {
        person->m.code.sector = d->m.code.sector = SECTOR_NONE;
        t->s->r->entities.items[person->m.entity].code.sector = SECTOR_NONE;
    }
}

/* Joins an apposition: both learn from each other. */
static u32 enter_apposed(trail *t, u32 index, u32 other) {
    scene *s = t->s;
    draft *d = scene_draft(s, index), *o = scene_draft(s, other);
    u32 e = o->m.entity;
    note_former(t, d, o);
    if (d->same == NONE) {
        share_code(s, d, o);
    }
    if (d->what == DRAFT_PERSON && scene_has_name(d)) {
        u32 pieces[LEXICON_PIECES], count = chain_name_pieces(s, d, pieces), known = chain_find_person(t, pieces, count);
        if (known != NONE || t->entities.items[e].named) { /* the description had found somebody else */
            e = known != NONE ? known : chain_enter_person(t, index);
            o->m.entity = e;
        }
        if (e == NONE || !chain_key_person(t, e, pieces, count) || !chain_key_row_name(t, e, d)) {
            return NONE;
        }
        chain_note_name(t, e, index);
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
    if (given.primary[0] != '\0' && (d->m.code.primary[0] == '\0' || d->m.guess > 0)) {
        memcpy(d->m.code.primary, given.primary, 4);
        if (d->borrowed && given.sector != SECTOR_NONE) {
            d->m.code.sector = given.sector;
        }
    }
}

/* "British and French ministers arrived ...  The ministers": whom its chain (link.c) names, when it is of the same
 * kind and sector and in the same news item; else NONE. */
static u32 find_in_chain(const trail *t, u32 index) {
    const draft *d = scene_draft(t->s, index);
    u32 chain = trail_chain(t, index), e = chain == NONE ? NONE : t->chain_entity[chain];
    if (e == NONE || !d->definite || d->possessive || d->m.code.primary[0] != '\0' || d->m.kind != MENTION_NOMINAL) {
        return NONE;
    }
    const trail_entity *of = &t->entities.items[e];
    const sentence *list = t->s->r->sentences.items;
    bool same_item = list[of->sentence].item == scene_item(t->s, d->m.first);
    bool group = t->s->r->entities.items[e].end_member > t->s->r->entities.items[e].first_member;
    bool alike = group ? d->plural : of->what == d->what && t->s->r->entities.items[e].code.sector == d->m.code.sector;
    return same_item && alike ? e : NONE;
}

/* "North Korea ... the North": the state last named whose name begins so; else NONE. */
static u32 find_half(const trail *t, const draft *d) {
    const report *r = t->s->r;
    span word = report_form(r, d->m.head);
    bool half = d->m.code.primary[0] == '-' && d->m.end == d->m.first + 1 && word.len > 0;
    u32 depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING;
    for (u32 back = 1; back <= depth && half; back++) {
        u32 e = t->ring[(t->steps - back) % TRAIL_RING].entity;
        span name = e == NONE ? SPAN("") : r->entities.items[e].name;
        if (name.len > word.len && span_starts(name, word) && name.ptr[word.len] == ' ' && r->entities.items[e].kind == ENTITY_STATE) {
            return e;
        }
    }
    return NONE;
}

static u32 entity_of(trail *t, u32 index) {
    scene *s = t->s;
    draft *d = scene_draft(s, index);
    u32 other = apposed_to(s, index);
    if (d->what == DRAFT_REFER) {
        return d->refer == REFER_RELATIVE ? scene_draft(s, d->same)->m.entity : d->refer == REFER_THEY ? chain_enter_they(t, index) : trail_resolve(t, index);
    }
    if (other != NONE && scene_draft(s, other)->m.entity != NONE) {
        return enter_apposed(t, index, other);
    }
    if (d->what == DRAFT_PAIR) {
        return chain_enter_pair(t, index);
    }
    bool shared = report_token(s->r, d->m.head)->xpos == XPOS_NNS && d->m.kind == MENTION_NOMINAL && !scene_has_name(d);
    u32 group = d->several ? chain_enter_several(t, index) : shared ? chain_enter_shared(t, index) : NONE;
    if (group != NONE) {
        d = scene_draft(s, index);
        d->what = DRAFT_PAIR;
        d->m.code = (actor_code){.sector = SECTOR_NONE};
        return group;
    }
    if (d->what == DRAFT_STATE) {
        u32 half = find_half(t, d);
        if (half != NONE) {
            d->m.code.sector = SECTOR_GOV;
            memcpy(d->m.code.primary, s->r->entities.items[half].code.primary, sizeof d->m.code.primary);
            return half;
        }
        bool one_state = d->m.code.primary[0] != '\0' && d->m.code.primary[0] != '-';
        return one_state ? chain_enter_state(t, d->m.code, d) : NONE;
    }
    if (d->second != NONE && !scene_has_name(d)) {
        return chain_enter_double(t, index);
    }
    if (scene_has_name(d) && d->what != DRAFT_PEOPLE) {
        return d->what == DRAFT_PERSON ? chain_enter_person(t, index) : chain_enter_body(t, index);
    }
    refer_class class = scene_refer(s, d->m.head);
    if (class >= REFER_PAIR && (class & REFER_STATE) && d->definite && !d->plural && (d->m.code.primary[0] == '\0' || d->m.code.primary[0] == '-')) {
        u32 e = chain_enter_the_state(t, index);
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
        u32 found = find_in_chain(t, index), depth = t->steps < TRAIL_RING ? t->steps : TRAIL_RING;
        for (u32 back = 1; back <= depth && found == NONE; back++) {
            u32 e = t->ring[(t->steps - back) % TRAIL_RING].entity;
            u16 role = s->r->entities.items[e].code.sector;
            bool fits = d->m.code.sector == SECTOR_NONE || role == d->m.code.sector;
            found = t->entities.items[e].what == DRAFT_BODY && t->entities.items[e].named && fits ? e : NONE;
        }
        if (found != NONE) {
            return found;
        }
    }
    u32 known = d->what == DRAFT_PERSON ? NONE : find_in_chain(t, index);
    return known != NONE ? known : NONE - 1; /* an ordinary noun */
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
    if (!wants_country(d)) {
        return;
    }
    static const u32 foes = 1u << SECTOR_REB | 1u << SECTOR_UAF | 1u << SECTOR_CRM;
    if (t->s->address && sector_is_in(d->m.code.sector, foes)) {
        memcpy(d->m.code.primary, "---", 4); /* "terrorists" in a president's speech are not his own people's */
        return;
    }
    d->m.guess = style == NONE ? 0 : context_guess_style(t->s, d->m.head, style, d->m.code.primary);
    if (d->m.guess == 0 && !other_state) {
        d->m.guess = context_guess(t->s, d->m.head, d->m.code.primary);
        if (d->m.guess > 0 && d->what == DRAFT_PERSON && d->word == NONE && d->row == NONE) {
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
        u32 known = described && d->m.code.primary[0] == '\0' ? chain_find_described(t, d) : NONE;
        if (known == NONE) {
            guess_country(t, d);
            known = chain_enter_noun(t, index);
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
    bool own = d->m.code.primary[0] != '\0' && d->m.guess == 0 && d->m.kind != MENTION_PRONOUN && d->what != DRAFT_STATE;
    bool better = of->code.sector == SECTOR_NONE && d->m.code.sector != SECTOR_NONE;
    if (own && of->kind != ENTITY_GROUP && of->kind != ENTITY_STATE && (!note->sure || better)) {
        of->code = d->m.code;
        of->guess = 0;
        note->sure = true;
    } else if (of->kind != ENTITY_GROUP && (of->code.primary[0] == '\0' || (!note->sure && !note->role && has_role(d)))) {
        of->code = d->m.code;
        of->guess = d->m.guess;
    }
    note->role |= has_role(d);
    if (d->body != NONE && scene_draft(s, d->body)->m.entity == NONE) { /* "Hamas fighters ... the group" */
        u32 body = chain_enter_body(t, d->body);
        draft *inner = scene_draft(s, d->body);
        inner->m.entity = body;
        if (body == NONE) {
            return false;
        }
        trail_step_to(t, d->body);
    }
    trail_step_to(t, index);
    context_read(s, d);
    return chain_key_description(t, e, d);
}

/* What a mention still lacks comes from its entity. */
static void inherit(scene *s, draft *d) {
    if (d->m.entity == NONE) {
        return;
    }
    const entity *of = &s->r->entities.items[d->m.entity];
    bool same_person = d->m.code.primary[0] == '-' && d->definite && d->what == DRAFT_PERSON && of->kind == ENTITY_PERSON;
    bool lacks = d->m.code.primary[0] == '\0' || (same_person && of->code.primary[0] != '\0') || (d->m.guess > 0 && of->code.primary[0] != '\0');
    bool bare = d->what == DRAFT_PERSON && scene_has_name(d) && d->m.code.sector == SECTOR_NONE &&
                (!d->former || scene_after_office(of->code.sector) == of->code.sector) &&
                memcmp(d->m.code.primary, of->code.primary, 3) == 0;
    if (lacks || bare) {
        d->m.guess = of->guess;
        d->m.code = of->code;
    }
}

/* "ISI", "UNO": a code that is itself a group or an organisation says its sector. */
static void trim_sector(const scene *s, actor_code *code) {
    sector whole = sector_find((span){code->primary, 3});
    if (whole == SECTOR_NGO || (whole == SECTOR_NONE && memcmp(code->primary, "MNC", 3) == 0)) {
        memcpy(code->primary, "---", 4); /* of no country; the sector says the rest */
        code->sector = code->sector == SECTOR_NONE ? (u16)whole : code->sector;
    }
    bool world = memcmp(code->primary, "IGO", 3) == 0 && (code->sector == SECTOR_BUS || code->sector == SECTOR_MED || code->sector == SECTOR_NGO);
    if (world) {
        memcpy(code->primary, "---", 4);
    }
    bool own = code->primary[0] != '\0' && code->primary[0] != '-' && map_find(&s->lex->states, context_key(code->primary)) == NONE;
    own = own && map_find(&s->lex->coined, context_key(code->primary)) == NONE; /* the user's own are left as they are */
    bool officials = code->sector == SECTOR_GOV || code->sector == SECTOR_IGO || code->sector == SECTOR_REB || code->sector == SECTOR_UAF;
    if (own && officials) { /* "NATO ambassadors", "UN officials", "Islamic State fighters" are the whole's own */
        code->sector = SECTOR_NONE;
    }
}

drg_status chain_run(scene *s, drg_error *error) {
    trail t;
    bool fine = trail_open(&t, s);
    for (u32 i = 0; i < s->order_count && fine; i++) {
        const draft *d = scene_draft(s, s->order[i]);
        bool speaker = d->what == DRAFT_REFER && (d->refer == REFER_I || d->refer == REFER_WE);
        fine = speaker || enter(&t, s->order[i]);
    }
    if (!fine) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    chain_resolve_speakers(&t);
    if (!chain_compare_offices(&t)) {
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
