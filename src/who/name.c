// SPDX-License-Identifier: Apache-2.0
/* Names: what the world tables know, longest match first, and the places found before.
 *
 *     "Russian forces left Aleppo, the Kremlin said"
 *       Russian -> RUS, adjective      Aleppo -> SYR GOV, but a place unless it acts
 *       the Kremlin -> RUS GOV
 *
 * Letters and tags keep homographs apart: "us" is not "US", "turkey" not "Turkey", and a word
 * inside a person's name ("Michael Jordan") names no state.  An acronym in brackets behind a name
 * ("the Popular Front (PFX)") stands for it from then on. */
#include "who/own.h"

static bool is_modifier(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token);
    for (u32 steps = 0; steps < 3 && (t->deprel == DEPREL_flat || (t->deprel == DEPREL_conj && t->upos == UPOS_ADJ)) && t->head < at_token; steps++) {
        t = report_token(s->r, t->head); /* "Indian and Sri Lankan leaders" */
    }
    u8 relation = t->deprel;
    return relation == DEPREL_amod || relation == DEPREL_compound || relation == DEPREL_nmod_desc || relation == DEPREL_nmod_unmarked;
}

/* A holder's name that is part of a longer one is another person's ("Ana Silva" is not Silva of the
 * tables), unless the rest is a title ("Prime Minister Modi" in one span). */
bool name_cuts_person(const scene *s, u32 first, u32 end) {
    const report *r = s->r;
    u32 begin = first, stop = 0;
    if (end < r->tokens.count && report_token(r, end)->name == NAME_PER && !report_token(r, end)->name_begins) {
        return true;
    }
    while (begin > 0 && report_token(r, begin)->name == NAME_PER && !report_token(r, begin)->name_begins) {
        begin--;
    }
    return begin < first && report_token(r, begin)->name == NAME_PER &&
           (scene_match_word(s, &s->lex->titles, begin, &stop, NULL) == NONE || stop != first);
}

/* The match lies inside a longer person's name, or cuts one. */
static bool cuts_person(const scene *s, u32 first, u32 end) {
    const report *r = s->r;
    if (report_token(r, first)->name != NAME_PER) {
        return false;
    }
    bool whole = report_token(r, first)->name_begins;
    bool ends = end == r->tokens.count || report_token(r, end)->name != NAME_PER || report_token(r, end)->name_begins;
    return !whole || !ends;
}

/* "Mali Cooper", "Chad Miller", "Iran Steel": the next word is the rest of a name, if no title or office. */
static bool begins_person(const scene *s, u32 first, u32 end) {
    const report *r = s->r;
    if (end != first + 1 || end >= r->tokens.count || report_token(r, end)->deprel != DEPREL_flat || report_token(r, end)->head != first) {
        return false;
    }
    u32 stop;
    bool word = scene_match_word(s, &s->lex->titles, end, &stop, NULL) != NONE || scene_match_word(s, &s->lex->agents, end, &stop, NULL) != NONE;
    return report_token(r, end)->name == NAME_PER || (report_token(r, end)->upos == UPOS_PROPN && !word);
}

static bool is_current(const scene *s, const lexicon_row *row) {
    if (s->about == INT32_MIN) {
        return row->to == INT32_MAX || row->kind == ROW_HOLDER;
    }
    bool holder = row->kind == ROW_HOLDER;
    return row->from <= (holder ? s->last_about : s->about) && (holder ? s->first_about : s->about) <= row->to;
}

/* How much a country is at home in the report, 0 not at all to 6 the most: a state named once beside one named
 * ten times ("the National Herald", and a town Herald in California) hardly is. */
#define PRESENCE 6

static u32 presence(const scene *s, const char primary[4]) {
    u32 weight = map_find(&s->present, context_key(primary));
    return weight == NONE ? 0 : 1 + (PRESENCE - 1) * weight / s->most_present;
}

/* A party or an office of a state that the report never names is rather one of the same name elsewhere. */
static u32 rate_presence(const scene *s, const lexicon_row *row, bool brief, bool plain) {
    bool of_state = map_find(&s->lex->states, context_key(row->code.primary)) != NONE && row->kind >= ROW_GROUP;
    if (!of_state) {
        return 6;
    }
    u32 home = presence(s, row->code.primary);
    bool shared = brief && row->kind == ROW_ORGAN && plain; /* "Congress", "Parliament": of the state that the report is about */
    if (home > 0 && !(shared && 2 * home < PRESENCE)) {
        return 6 + home;
    }
    bool party = row->kind == ROW_GROUP && (row->code.sector == SECTOR_PTY || row->code.sector == SECTOR_OPP || row->code.sector == SECTOR_LEG);
    if (shared) {
        return 0; /* every state has one */
    }
    bool armed = row->code.sector == SECTOR_REB || row->code.sector == SECTOR_UAF;
    return party || (brief && row->kind == ROW_GROUP && !armed) ? 0 : 6;
}

u32 name_title_before(const scene *s, u32 first) {
    u32 low = scene_sentence_first(s, first), from = first > low + 3 ? first - 3 : low;
    for (u32 i = from; i < first; i++) {
        u32 stop = 0, word = scene_match_word(s, &s->lex->titles, i, &stop, NULL);
        if (word != NONE && stop == first) {
            return word;
        }
    }
    return NONE;
}

/* "Mr | German", "Mrs | Jordan" said: somebody's name. */
static bool is_surname(const scene *s, u32 first, u32 end) {
    u32 title = end == first + 1 ? name_title_before(s, first) : NONE;
    u8 next = end < scene_sentence_end(s, first) ? report_token(s->r, end)->upos : UPOS_PUNCT;
    return title != NONE && s->lex->words.items[title].kind == WORD_HONORIFIC && next != UPOS_NOUN && next != UPOS_PROPN && next != UPOS_ADJ;
}

/* Out of office, or known by a short name only: such a person must be at home in the report.
 * "King Abdullah" of 2022 is not the one of 2014. */
static bool is_likely_holder(const scene *s, const lexicon_row *row, u32 first, u32 end) {
    bool current = is_current(s, row), present = presence(s, row->code.primary) > 0;
    u32 pieces[LEXICON_PIECES], all = lexicon_split(&s->lex->known->words, NULL, row->name, pieces, LEXICON_PIECES);
    u32 said = s->first_piece[end] - s->first_piece[first], unused;
    bool titled = scene_match_word(s, &s->lex->titles, first, &unused, NULL) != NONE;
    bool state = map_find(&s->lex->states, context_key(row->code.primary)) != NONE;
    if (end == first + 1 && bearer_denies(s, row, first)) {
        return false;
    }
    if (current) { /* "Silva" may be anybody, unless "President Silva" or at home */
        u32 stop = 0, title = first > 0 ? scene_match_word(s, &s->lex->titles, first - 1, &stop, NULL) : NONE;
        bool surely = s->about != INT32_MIN || row->to == INT32_MAX; /* no date: "Conte" need not be he who ruled once */
        return said > 1 || present || (row->head && surely) || (title != NONE && stop == first);
    }
    bool known = row->head && !titled && said > 1 && said >= all; /* "Barack Obama" is so wherever he is named */
    return known || ((present || !state) && (!titled || said >= all) && (said > 1 || present));
}

/* "Liberation" in "Popular Liberation Army" is no newspaper: one word of a longer organisation's name. */
static bool inside_body(const scene *s, u32 at_token) {
    const token *t = report_token(s->r, at_token), *next = t + 1;
    bool goes_on = at_token + 1 < s->r->tokens.count && next->name == NAME_ORG && !next->name_begins;
    return t->name == NAME_ORG && (!t->name_begins || goes_on);
}

/* "Hong Kong's Democratic Party", "the Ugandan Communist Party": words of another state stand before a party or an
 * office that the tables have for one. */
static bool belongs_elsewhere(const scene *s, const lexicon_row *row, u32 first) {
    u32 low = scene_sentence_first(s, first), at = first;
    bool of_state = row->kind >= ROW_GROUP && map_find(&s->lex->states, context_key(row->code.primary)) != NONE;
    at -= at > low && report_token(s->r, at - 1)->upos == UPOS_PART;
    u32 owner = of_state && at > low ? s->cover[at - 1] : NONE;
    const draft *d = owner == NONE ? NULL : scene_draft((scene *)s, owner);
    bool beside = d != NULL && d->what == DRAFT_STATE && (at < first || d->m.kind == MENTION_ADJECTIVE);
    return beside && d->m.code.primary[0] != '\0' && memcmp(d->m.code.primary, row->code.primary, 3) != 0;
}

/* How well a meaning fits here; 0 = not at all. */
static u32 rate(const scene *s, const meaning *m, u32 first, u32 end) {
    const lexicon_row *row = &s->lex->rows.items[m->row];
    u8 tag = report_token(s->r, end - 1)->upos;
    bool single = end == first + 1, noun = tag == UPOS_PROPN || tag == UPOS_NOUN;
    if (!scene_letters_fit(s, m, first, end) || tag == UPOS_VERB || tag == UPOS_AUX || tag == UPOS_PRON) {
        return 0;
    }
    if (row->kind == ROW_STATE && is_surname(s, first, end)) {
        return 0;
    }
    bool long_body = row->kind >= ROW_ORGANISATION && row->kind != ROW_HOLDER && end > first + 1;
    bool article = first > 0 && report_token(s->r, first - 1)->upos == UPOS_DET && row->kind >= ROW_ORGANISATION; /* "the Daesh Takfiri group": people have none */
    if (row->kind != ROW_HOLDER && !long_body && !article && (cuts_person(s, first, end) || begins_person(s, first, end))) {
        return 0;
    }
    if (row->kind == ROW_HOLDER && name_cuts_person(s, first, end)) {
        return 0;
    }
    if (row->kind == ROW_HOLDER && !is_likely_holder(s, row, first, end)) {
        return 0;
    }
    if (row->kind != ROW_HOLDER && row->kind != ROW_OUTLET && belongs_elsewhere(s, row, first)) {
        return 0;
    }
    if (single && row->kind >= ROW_ORGANISATION && row->kind != ROW_HOLDER && gloss_denies(s, row->name, first)) {
        return 0;
    }
    if (row->kind == ROW_OUTLET && single && inside_body(s, first)) {
        return 0;
    }
    if (row->kind == ROW_OUTLET && (single || !noun) && tag != UPOS_PROPN) {
        return 0;
    }
    bool named = row->kind >= ROW_ORGANISATION;
    if (named && single && m->letters != CASE_ACRONYM && !noun) {
        return 0;
    }
    bool seat = m->form == FORM_CAPITAL || m->form == FORM_BYWORD;
    if (row->kind == ROW_STATE && row->to != INT32_MAX && !is_current(s, row) && seat) {
        return 0; /* "Aden" speaks for South Yemen no more; "Soviet troops" are still of the Soviet Union */
    }
    u32 unused;
    bool plain = row->kind == ROW_ORGAN && scene_match_word(s, &s->lex->agents, first, &unused, NULL) != NONE;
    u32 presence = rate_presence(s, row, single, plain);
    if (presence == 0) {
        return 0;
    }
    u32 score = presence + (row->kind == ROW_HOLDER ? 6 : row->kind == ROW_OUTLET ? 4 : 10);
    score += row->from <= s->about && s->about <= row->to ? 1 : 0;
    score += is_current(s, row) ? 20 : row->to != INT32_MAX || row->from != INT32_MIN ? 0 : 20;
    u32 title = s->about == INT32_MIN && row->kind == ROW_HOLDER ? name_title_before(s, first) : NONE;
    score += title != NONE && span_eq(row->office, s->lex->words.items[title].text) ? 6 : 0; /* no date: "Governor | Chris Patten", later a commissioner */
    score += s->about == INT32_MIN && row->head ? 4 : 0; /* ... Blair the prime minister, not the envoy */
    bool modifier = tag == UPOS_ADJ || is_modifier(s, end - 1);
    if (m->form == FORM_ADJECTIVE) {
        score += modifier ? 3 : 0;
    } else if (m->form == FORM_DEMONYM) {
        score += modifier ? 0 : 2;
    } else if (m->form == FORM_NAME || m->form == FORM_BYWORD) {
        score += 2;
    } else {
        score += 1;
    }
    return score;
}

static u32 choose(const scene *s, u32 found, u32 first, u32 end) {
    u32 best = NONE, best_score = 0;
    for (u32 at = found; at != NONE; at = s->lex->meanings.items[at].next) {
        u32 score = rate(s, &s->lex->meanings.items[at], first, end);
        if (score > best_score) {
            best = at;
            best_score = score;
        }
    }
    return best;
}

/* "Russia announced", "talks with Iran": the state acts or is dealt with; "in Russia" it is ground. */
static bool is_ground(const scene *s, u32 head) {
    u32 marker = scene_child(s, head, RELATION(case), NONE);
    return marker != NONE && scene_refer(s, marker) == REFER_IN;
}

/* "support for the Palestinians", "the Saudis bombed Sanaa": a whole people with its article is its state;
 * "three Palestinians", "Palestinians in Gaza", "the Palestinians killed on Friday" are some of them. */
static bool stands_for_state(const scene *s, const draft *d) {
    u32 head = d->m.head, article = scene_child(s, head, RELATION(det), NONE);
    static const u64 narrowing = RELATION(nummod) | RELATION(amod) | RELATION(acl) | RELATION(acl_relcl) | RELATION(nmod);
    return article != NONE && scene_refer(s, article) == REFER_THE && scene_child(s, head, narrowing, NONE) == NONE;
}

/* "thousands of Iraqi Kurds", "three Tibetans", "Kurds in Turkey"; but "Bosnian Serbs shelled the town" is a party to a war. */
static bool are_some_of_them(const scene *s, const draft *d) {
    static const u64 narrowing = RELATION(nummod) | RELATION(acl) | RELATION(acl_relcl) | RELATION(nmod);
    return report_token(s->r, d->m.head)->deprel == DEPREL_nmod || scene_child(s, d->m.head, narrowing, NONE) != NONE;
}

void name_fill_state(const scene *s, draft *d, form_kind form, bool region) {
    d->what = DRAFT_STATE;
    bool modifier = is_modifier(s, d->m.head);
    d->m.bare = form != FORM_BYWORD;
    form = region && form == FORM_DEMONYM && !are_some_of_them(s, d) ? FORM_ADJECTIVE : form;
    if (form == FORM_BYWORD) {
        d->m.code.sector = SECTOR_GOV;
    } else if (form == FORM_CAPITAL) {
        d->m.code.sector = is_ground(s, d->m.head) ? SECTOR_NONE : SECTOR_GOV;
        d->m.is_place = true;
    } else if (form == FORM_REGION) {
        d->m.is_place = region;
    } else if (form == FORM_DEMONYM || (form == FORM_ADJECTIVE && !modifier && report_token(s->r, d->m.head)->upos != UPOS_ADJ)) {
        d->what = DRAFT_PEOPLE;
        d->plural = true;
        d->m.code.sector = SECTOR_CVL;
        d->m.bare = stands_for_state(s, d);
        if (d->m.bare) {
            d->what = DRAFT_STATE;
            d->plural = false;
            d->m.code.sector = is_ground(s, d->m.head) ? SECTOR_NONE : SECTOR_GOV;
        }
    }
    if (form == FORM_ADJECTIVE || (modifier && form == FORM_NAME)) {
        d->what = DRAFT_STATE;
        d->m.code.sector = SECTOR_NONE;
        d->m.bare = true;
        d->m.kind = MENTION_ADJECTIVE;
    } else if (form == FORM_NAME && !is_ground(s, d->m.head)) {
        d->m.code.sector = SECTOR_GOV;
    }
}

static draft *add_meaning(scene *s, u32 chosen, u32 first, u32 end) {
    const meaning *m = &s->lex->meanings.items[chosen];
    const lexicon_row *row = &s->lex->rows.items[m->row];
    draft *d = scene_add(s, first, end, MENTION_NAME, row->kind == ROW_HOLDER ? DRAFT_PERSON : DRAFT_BODY);
    if (d == NULL) {
        return NULL;
    }
    d->row = m->row;
    d->form = m->form;
    d->m.code = row->code;
    d->m.why = row->why;
    d->name_first = first;
    d->name_end = end;
    bool plural = false;
    u32 stop, noun = row->kind == ROW_ORGAN ? scene_match_word(s, &s->lex->agents, end - 1, &stop, &plural) : NONE;
    if (noun != NONE && plural && s->lex->words.items[noun].kind == WORD_GROUP) {
        d->what = DRAFT_PEOPLE; /* "Israeli soldiers" are people, though they stand for the army */
        d->plural = true;
        d->word = noun;
        d->m.kind = MENTION_NOMINAL;
    }
    if (row->kind == ROW_STATE || row->kind == ROW_REGION) {
        name_fill_state(s, d, (form_kind)m->form, row->kind == ROW_REGION);
    } else if (row->kind == ROW_HOLDER && !is_current(s, row)) {
        d->former = true;
        d->m.code.sector = SECTOR_NONE;
    } else if (row->kind == ROW_ORGANISATION && row->code.sector == SECTOR_IGO) {
        d->m.code.sector = SECTOR_NONE;
    }
    return d;
}

/* A place that no table knew as an actor: it acts as its country's authorities. */
static draft *add_place(scene *s, const place *p) {
    draft *d = scene_add(s, p->first, p->end, MENTION_NAME, DRAFT_STATE);
    if (d != NULL) {
        memcpy(d->m.code.primary, p->country, 4);
        d->m.code.sector = is_ground(s, d->m.head) ? SECTOR_NONE : SECTOR_GOV;
        d->m.is_place = d->m.bare = true;
        d->form = FORM_CAPITAL;
        d->name_first = p->first;
        d->name_end = p->end;
    }
    return d;
}

/* The place beginning at `token` contradicts the table's reading: "Georgia" the state of the union. */
static bool place_differs(const scene *s, const place *p, u32 chosen) {
    const meaning *m = &s->lex->meanings.items[chosen];
    const lexicon_row *row = &s->lex->rows.items[m->row];
    bool stands = row->kind == ROW_STATE && (m->form == FORM_NAME || m->form == FORM_CAPITAL);
    return stands && p->kind != PLACE_COUNTRY && p->country[0] != '\0' && memcmp(p->country, row->code.primary, 3) != 0;
}

/* "in March", "Congress", "Union": towns are called so, but a town is only meant where the tagger saw a
 * place, or a preposition says so and no agent noun is as good. */
static bool is_surely_place(const scene *s, const place *p) {
    u32 stop;
    if (scene_match_word(s, &s->lex->agents, p->first, &stop, NULL) != NONE && stop >= p->end) {
        return false;
    }
    u32 head = scene_head(s, p->first, p->end);
    return report_token(s->r, p->first)->name == NAME_LOC || (is_ground(s, head) && report_token(s->r, head)->upos == UPOS_PROPN);
}

/* "Western diplomats": no place, though one is so named. */
static bool is_adjective_only(const scene *s, u32 at_token) {
    return report_token(s->r, at_token)->upos == UPOS_ADJ && scene_refer(s, at_token) == REFER_NOWHERE;
}

/* What the report elsewhere shows a word to be: a place ("in Aleppo"), or part of a person's name. */
typedef struct {
    u32 *place_at; /* [tokens] place that begins here, or NONE */
    map located, personal; /* forms */
} name_evidence;

static bool gather_evidence(const scene *s, name_evidence *seen) {
    const report *r = s->r;
    map_open(&seen->located, r->memory);
    map_open(&seen->personal, r->memory);
    bool fine = true;
    for (u32 i = 0; i < r->places.count && fine; i++) {
        const place *p = &r->places.items[i];
        fine = !is_surely_place(s, p) || map_set(&seen->located, report_token(r, p->first)->form, 1);
    }
    for (u32 i = 1; i < r->tokens.count && fine; i++) {
        bool goes_on = report_token(r, i)->name == NAME_PER && !report_token(r, i)->name_begins;
        fine = !goes_on || (map_set(&seen->personal, report_token(r, i)->form, 1) && map_set(&seen->personal, report_token(r, i - 1)->form, 1));
    }
    return fine;
}

static bool is_place_here(const scene *s, const name_evidence *seen, const place *p) {
    symbol form = report_token(s->r, p->first)->form;
    return is_surely_place(s, p) || (map_find(&seen->located, form) != NONE && map_find(&seen->personal, form) == NONE);
}

/* "ten million US | dollars", "Kenyan | shillings": whose money it is, not who acts. */
static bool is_money(const scene *s, u32 end) {
    span last = end > 0 ? report_form(s->r, end - 1) : (span){NULL, 0};
    if (last.len > 1 && last.ptr[last.len - 1] == '$') { /* "US$2.35 billion" */
        return true;
    }
    u32 at = end < s->r->tokens.count ? s->first_piece[end] : NONE;
    symbol word = at == NONE || at >= s->pieces.count ? NONE : s->pieces.items[at].symbol;
    return word != NONE && map_find(&s->lex->compounds, word) == COMPOUND_MONEY;
}

static draft *find_at(scene *s, const name_evidence *seen, u32 at_token) {
    u32 end = at_token + 1, found = scene_match(s, &s->lex->names, at_token, true, &end);
    if (found != NONE && is_money(s, end)) {
        return NULL;
    }
    u32 chosen = found == NONE ? NONE : choose(s, found, at_token, end);
    u32 at = s->lex->known->only_own[LIST_ACTORS] ? NONE : seen->place_at[at_token];
    const place *p = at == NONE || is_adjective_only(s, at_token) || !is_place_here(s, seen, &s->r->places.items[at]) ? NULL : &s->r->places.items[at];
    bool placed = p != NULL && p->country[0] != '\0' && (chosen == NONE || p->end > end || place_differs(s, p, chosen)) &&
                  !cuts_person(s, p->first, p->end) && !begins_person(s, p->first, p->end) && !is_surname(s, p->first, p->end);
    u32 own_end = at_token, own = own_find(s, at_token, &own_end);
    if (own != NONE && own_end >= (placed ? p->end : chosen != NONE ? end : 0)) {
        return own_add(s, own, at_token, own_end);
    }
    return placed ? add_place(s, p) : chosen != NONE ? add_meaning(s, chosen, at_token, end) : NULL;
}

static bool add_present(scene *s, const char primary[4], u32 weight) {
    u32 before = map_find(&s->present, context_key(primary)), now = (before == NONE ? 0 : before) + weight;
    s->most_present = now > s->most_present ? now : s->most_present;
    return map_set(&s->present, context_key(primary), now);
}

#define PRESENT_STATE 2 /* weight of a state's or region's name; a town counts once */
#define PRESENT_HOME 4  /* ... of the outlet's country */

/* Which countries does the report name, and how often?  Parties and offices are told apart by that. */
static bool note_present(scene *s) {
    map_open(&s->present, s->r->memory);
    s->most_present = 0;
    bool fine = true;
    for (u32 i = 0; i < s->r->tokens.count && fine; i++) {
        u32 end, at = scene_match(s, &s->lex->names, i, true, &end);
        for (; at != NONE && fine; at = s->lex->meanings.items[at].next) {
            const meaning *m = &s->lex->meanings.items[at];
            const lexicon_row *row = &s->lex->rows.items[m->row];
            if (row->kind <= ROW_REGION && scene_letters_fit(s, m, i, end)) {
                fine = add_present(s, row->code.primary, PRESENT_STATE);
            }
        }
    }
    for (u32 i = 0; i < s->r->places.count && fine; i++) {
        const char *country = s->r->places.items[i].country;
        fine = country[0] == '\0' || !is_surely_place(s, &s->r->places.items[i]) || add_present(s, country, 1);
    }
    u32 home = context_home(s);
    return fine && (home == NONE || add_present(s, s->lex->rows.items[home].code.primary, PRESENT_HOME));
}

drg_status name_find(scene *s, drg_error *error) {
    report *r = s->r;
    name_evidence seen = {.place_at = arena_new(r->memory, u32, r->tokens.count + 1)};
    if (seen.place_at == NULL || !note_present(s) || !bearer_note(s) || !gloss_find(s) || !gather_evidence(s, &seen)) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    era_find(s);
    for (u32 i = 0; i < r->tokens.count; i++) {
        seen.place_at[i] = NONE;
    }
    for (u32 i = 0; i < r->places.count; i++) {
        seen.place_at[r->places.items[i].first] = i;
    }
    for (u32 i = 0; i < r->tokens.count;) {
        u32 before = s->drafts.count;
        const draft *d = find_at(s, &seen, i);
        if (d == NULL && s->drafts.count > before) {
            return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
        }
        i = d == NULL ? i + 1 : d->m.end;
    }
    return DRG_OK;
}

/* ---------------------------------------------------------------- acronyms */

/* "(PFX)" behind the draft stands for it from now on. */
static bool note_acronym(const scene *s, map *acronyms, u32 index) {
    const report *r = s->r;
    u32 at = s->drafts.items[index].m.end;
    if (at + 2 >= scene_sentence_end(s, at - 1) || !scene_is(s, at, "(") || !scene_is(s, at + 2, ")")) {
        return true;
    }
    span form = report_form(r, at + 1);
    bool fits = form.len >= 2 && form.len <= 10 && ascii_is_upper(form.ptr[0]) && ascii_is_upper(form.ptr[form.len - 1]);
    return !fits || map_set(acronyms, report_token(r, at + 1)->form, index);
}

static bool add_acronym(scene *s, u32 at_token, u32 full) {
    u32 known = s->cover[at_token];
    const draft *over = known == NONE ? NULL : scene_draft(s, known);
    bool article = over != NULL && over->m.first + 2 == over->m.end && over->m.first < at_token && scene_refer(s, over->m.first) == REFER_THE;
    bool same_words = over != NULL && (article || over->m.end == over->m.first + 1);
    if (known != NONE && (!same_words || scene_draft(s, known)->row != NONE)) {
        return true;
    }
    draft *d = known != NONE ? scene_draft(s, known) : scene_add(s, at_token, at_token + 1, MENTION_NAME, DRAFT_BODY);
    if (d == NULL) {
        return false;
    }
    const draft *model = scene_draft(s, full);
    d->what = model->what;
    d->m.kind = MENTION_NAME;
    d->m.code = model->m.code;
    d->m.why = model->m.why;
    d->row = model->row;
    d->same = full;
    d->name_first = at_token;
    d->name_end = at_token + 1;
    return true;
}

drg_status name_find_acronyms(scene *s, drg_error *error) {
    const report *r = s->r;
    map acronyms;
    map_open(&acronyms, r->memory);
    bool fine = true;
    for (u32 i = 0; i < s->drafts.count && fine; i++) {
        const draft *d = scene_draft(s, i);
        bool spelled = scene_has_name(d) || gloss_at(s, d->m.end);
        fine = d->what != DRAFT_BODY || d->merged || !spelled || note_acronym(s, &acronyms, i);
    }
    for (u32 i = 0; i < r->tokens.count && acronyms.count > 0 && fine; i++) {
        u32 full = map_find(&acronyms, report_token(r, i)->form);
        fine = full == NONE || add_acronym(s, i, full);
    }
    return fine ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
}
