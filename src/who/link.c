// SPDX-License-Identifier: Apache-2.0
/* Chains of noun phrases: which options a phrase has, and which it takes.  link_feature.c says what
 * speaks for an option; link.h has the model. */
#include "who/link_state.h"

#define WINDOW 26      /* phrases looked back over */
#define SAME_NOUN 6    /* earlier phrases with the same noun, at most */
#define NAME_WORDS 6   /* words of a name looked up */
#define SHARED_SUBJECT 3 /* verbs up to the one that has it */
#define LONGEST_PLAIN 4  /* letters of "them"; "itself" has more, and is its own lemma */

/* ---------------------------------------------------------------- what chains can be found by */

static u64 key_of(u32 tag, u32 value) { return (u64)tag << 32 | value; }
enum { KEY_LINK_NOUN, KEY_LINK_WORD, KEY_LINK_CODE, KEY_LINK_ACRONYM };

/* "United Nations" -> {un}: first letters of the capitalised words, as a symbol; NONE when shorter than two. */
static symbol initials_of(const link_state *l, const markable *m) {
    report *r = l->p->s->r;
    char letters[12];
    u32 count = 0;
    for (u32 i = m->name_first; i < m->name_end && count < sizeof letters; i++) {
        span form = report_form(r, i);
        if (form.len > 0 && ascii_is_upper(form.ptr[0])) {
            letters[count++] = form.ptr[0];
        }
    }
    return count < 2 ? NONE : symbols_find_lower(&r->words, (span){letters, count});
}

static bool is_acronym(const link_state *l, const markable *m) {
    span form = report_form(l->p->s->r, m->head);
    bool upper = form.len >= 2;
    for (size_t i = 0; i < form.len && upper; i++) {
        upper = ascii_is_upper(form.ptr[i]) || form.ptr[i] == '.';
    }
    return upper && m->name_end == m->name_first + 1;
}

bool link_is_name(const markable *m) { return m->kind == MARKABLE_NAME || m->kind == MARKABLE_PERSON; }

/* Notes the words by which later phrases will look for this one. */
static bool note_keys(link_state *l, u32 index) {
    const markable *m = &l->p->list.items[index];
    const scene *s = l->p->s;
    if (m->kind <= MARKABLE_THIS || m->joined || m->noun == NONE) {
        return true;
    }
    u32 before = map_find(&l->keys, key_of(KEY_LINK_NOUN, m->noun));
    l->same_noun[index] = before;
    bool fine = map_set(&l->keys, key_of(KEY_LINK_NOUN, m->noun), index);
    if (!link_is_name(m)) {
        return fine;
    }
    for (u32 i = s->first_piece[m->name_first]; i < s->first_piece[m->name_end] && fine; i++) {
        fine = s->pieces.items[i].symbol == NONE || map_set(&l->keys, key_of(KEY_LINK_WORD, s->pieces.items[i].symbol), index);
    }
    symbol initials = initials_of(l, m);
    fine = fine && (initials == NONE || m->kind == MARKABLE_PERSON || map_set(&l->keys, key_of(KEY_LINK_ACRONYM, initials), index));
    u32 code = link_code(l, m);
    return fine && (code == 0 || map_set(&l->keys, key_of(KEY_LINK_CODE, code), index));
}

/* ---------------------------------------------------------------- options */

/* What no weight may override: "she" is no man, no city and no crowd, "it" no person, "they" not one person,
 * Kenya's president not Libya's. */
static bool agrees(const link_state *l, const markable *m, const link_chain *c) {
    static const u32 living = 1u << NOUN_NONE | 1u << NOUN_PERSON | 1u << NOUN_ANIMAL;
    bool one = c->singular && !c->plural, many = c->plural && !c->singular;
    if (m->gender != '\0' && c->gender != '\0' && m->gender != c->gender) {
        return false;
    }
    u32 code = link_code(l, m);
    if (code != 0 && c->code != 0 && link_country(code) != link_country(c->code)) {
        return false;
    }
    switch (m->kind) {
    case MARKABLE_HE:
    case MARKABLE_SHE:
    case MARKABLE_I: return living >> c->class & 1 && !many;
    case MARKABLE_IT: return c->class != NOUN_PERSON && c->gender == '\0' && !many;
    case MARKABLE_THEY: return !(one && c->class == NOUN_PERSON);
    default: return true;
    }
}

/* Who does what clause `verb` tells, also where "and" shares the subject: "met him and asked him"; a markable or NONE. */
static u32 doer_of(const link_state *l, u32 verb) {
    const scene *s = l->p->s;
    for (u32 steps = 0; verb != NONE && steps < SHARED_SUBJECT; steps++) {
        u32 subject = scene_child(s, verb, RELATION(nsubj), NONE);
        u8 relation = report_token(s->r, verb)->deprel;
        if (subject != NONE || (relation != DEPREL_conj && relation != DEPREL_xcomp)) {
            return subject == NONE ? NONE : l->p->at[subject];
        }
        verb = report_token(s->r, verb)->head;
    }
    return NONE;
}

/* "He asked him": whom somebody does it to is another, but "himself" (Chomsky 1981, principle B). */
static bool is_other(const link_state *l, const markable *m, u32 chain) {
    const token *t = report_token(l->p->s->r, m->head);
    bool third = m->kind == MARKABLE_HE || m->kind == MARKABLE_SHE || m->kind == MARKABLE_IT || m->kind == MARKABLE_THEY;
    bool undergoes = third && m->role == MARKABLE_OBJECT && (t->deprel == DEPREL_obj || t->deprel == DEPREL_iobj) && t->head != NONE;
    bool reflexive = t->lemma == t->lower && report_form(l->p->s->r, m->head).len > LONGEST_PLAIN;
    u32 doer = undergoes && !reflexive ? doer_of(l, t->head) : NONE;
    return doer != NONE && l->p->list.items[doer].chain == chain;
}

static void offer(link_state *l, u32 index, u32 from) {
    u32 chain = from == NONE ? NONE : l->p->list.items[from].chain;
    if (chain == NONE || from == index || l->offered[chain] == index + 1 || l->count == LINK_OPTIONS ||
        !agrees(l, &l->p->list.items[index], &l->chains.items[chain]) || is_other(l, &l->p->list.items[index], chain)) {
        return;
    }
    l->offered[chain] = index + 1;
    l->options[l->count++] = (link_option){.chain = chain, .from = from};
}

static void offer_named(link_state *l, u32 index) {
    const markable *m = &l->p->list.items[index];
    const scene *s = l->p->s;
    u32 end = s->first_piece[m->name_end], begin = s->first_piece[m->name_first];
    begin = end - begin > NAME_WORDS ? end - NAME_WORDS : begin;
    for (u32 i = end; i-- > begin;) {
        u32 word = s->pieces.items[i].symbol;
        offer(l, index, word == NONE ? NONE : map_find(&l->keys, key_of(KEY_LINK_WORD, word)));
    }
    symbol lower = report_token(s->r, m->head)->lower;
    if (is_acronym(l, m) && lower != NONE) {
        offer(l, index, map_find(&l->keys, key_of(KEY_LINK_ACRONYM, lower)));
    }
    symbol initials = initials_of(l, m); /* the short form came first */
    if (initials != NONE) {
        offer(l, index, map_find(&l->keys, key_of(KEY_LINK_WORD, initials)));
    }
    u32 code = link_code(l, m);
    offer(l, index, code == 0 ? NONE : map_find(&l->keys, key_of(KEY_LINK_CODE, code)));
}

static void offer_all(link_state *l, u32 index) {
    const markable *m = &l->p->list.items[index];
    bool pronoun = m->kind <= MARKABLE_THIS, speaking = link_is_speaking(m);
    l->count = 0;
    l->options[l->count++] = (link_option){.chain = NONE, .from = NONE};
    if (speaking) {
        offer(l, index, link_speaker(l, m));
    }
    offer(l, index, l->beside);
    if (!pronoun) {
        u32 from = m->noun == NONE ? NONE : map_find(&l->keys, key_of(KEY_LINK_NOUN, m->noun));
        for (u32 i = 0; i < SAME_NOUN && from != NONE; i++) {
            offer(l, index, from);
            from = l->same_noun[from];
        }
        if (link_is_name(m)) {
            offer_named(l, index);
        }
    }
    u32 low = index > WINDOW ? index - WINDOW : 0;
    for (u32 i = index; i-- > low;) {
        offer(l, index, i);
    }
}

/* ---------------------------------------------------------------- taking one */

static u32 best_of(const link_state *l) {
    u32 best = 0;
    for (u32 i = 1; i < l->count; i++) {
        if (l->options[i].score > l->options[best].score) {
            best = i;
        }
    }
    return best;
}

static bool join(link_state *l, u32 index, const link_option *to) {
    markable *m = &l->p->list.items[index];
    u32 chain = to->chain;
    if (chain == NONE) {
        link_chain *made = list_push(l->p->s->r->memory, &l->chains);
        if (made == NULL) {
            return false;
        }
        chain = l->chains.count - 1;
        *made = (link_chain){.first = index, .last = index, .name = NONE, .kinds = 0, .class = NOUN_NONE};
    }
    link_chain *c = &l->chains.items[chain];
    m->antecedent = to->chain == NONE ? NONE : c->last > index ? to->from : c->last;
    m->chain = chain;
    c->last = c->last > index ? c->last : index;
    c->count++;
    c->kinds |= 1u << m->kind;
    c->class = c->class == NOUN_NONE || (link_is_name(m) && m->class != NOUN_NONE) ? m->class : c->class;
    c->gender = c->gender == '\0' ? m->gender : c->gender;
    c->plural |= m->plural;
    c->singular |= m->singular;
    u32 code = link_code(l, m);
    c->code = code != 0 ? code : c->code;
    if (link_is_name(m) && (c->name == NONE || m->name_end - m->name_first > l->p->list.items[c->name].name_end - l->p->list.items[c->name].name_first)) {
        c->name = index;
    }
    bool fine = true;
    for (u32 i = m->first; i < m->head && fine && m->kind > MARKABLE_THIS; i++) {
        const token *t = report_token(l->p->s->r, i);
        fine = !link_is_content(t) || t->lower == NONE || map_set(&l->words, key_of(chain, t->lower), index);
    }
    return fine && (m->kind <= MARKABLE_THIS || m->noun == NONE || map_set(&l->words, key_of(chain, m->noun), index)) && note_keys(l, index);
}

/* The phrase that this one renames or is said to be: "Ana Silva, [the minister],", "Silva is [a teacher]". */
static u32 find_beside(const link_state *l, const markable *m) {
    const scene *s = l->p->s;
    const token *head = report_token(s->r, m->head);
    u32 other = NONE;
    if (head->deprel == DEPREL_appos) {
        other = head->head;
    } else if (scene_child(s, m->head, RELATION(cop), NONE) != NONE && !m->joined) {
        other = scene_child(s, m->head, RELATION(nsubj), NONE);
    }
    return other == NONE ? NONE : l->p->at[other];
}

static void open_containers(link_state *l, u32 index) {
    const markable *list = l->p->list.items;
    while (l->depth > 0 && list[l->inside[l->depth - 1]].end <= list[index].first) {
        l->depth--;
    }
    if (l->depth == LINK_DEPTH) {
        memmove(l->inside, l->inside + 1, (LINK_DEPTH - 1) * sizeof *l->inside);
        l->depth--;
    }
    l->inside[l->depth++] = index;
}

/* Whether the pronoun may be who says the word it stands in: a body or state is "it", a person "he", several "they", and "he" is "he". */
static bool may_be_speaker(const link_state *l, const markable *m, const markable *speaker) {
    const draft *d = speaker->draft != NONE ? scene_draft(l->p->s, speaker->draft) : NULL;
    bool body = d != NULL && (d->what == DRAFT_BODY || d->what == DRAFT_STATE);
    switch (m->kind) {
    case MARKABLE_IT: return speaker->kind == MARKABLE_IT || (body && !speaker->plural);
    case MARKABLE_THEY: return speaker->kind == MARKABLE_THEY || (d != NULL && speaker->plural);
    case MARKABLE_HE:
    case MARKABLE_SHE: return speaker->kind == m->kind || (d != NULL && d->what == DRAFT_PERSON && !speaker->plural);
    default: return false;
    }
}

/* "The army said it had fired": the option that the pronoun is who says so, or 0. */
static u32 find_own_word(const link_state *l, const markable *m) {
    const scene *s = l->p->s;
    u32 verb = m->role == MARKABLE_SUBJECT || m->role == MARKABLE_PASSIVE ? report_token(s->r, m->head)->head : NONE;
    u32 cue = verb != NONE && report_token(s->r, verb)->deprel == DEPREL_ccomp ? report_token(s->r, verb)->head : NONE;
    bool speech = cue != NONE && scene_refer(s, cue) >= REFER_PAIR && (scene_refer(s, cue) & REFER_SPEECH);
    u32 subject = speech ? scene_child(s, cue, RELATION(nsubj), NONE) : NONE;
    u32 speaker = subject != NONE && subject < m->head ? l->p->at[subject] : NONE, found = 0;
    for (u32 i = 1; speaker != NONE && may_be_speaker(l, m, &l->p->list.items[speaker]) && i < l->count; i++) {
        found = l->options[i].chain == l->p->list.items[speaker].chain ? i : found;
    }
    return found;
}

static bool settle(link_state *l, u32 index) {
    const markable *m = &l->p->list.items[index];
    const struct link_teacher *teacher = l->p->s->lex->teacher;
    l->beside = find_beside(l, m);
    offer_all(l, index);
    for (u32 i = 0; i < l->count; i++) {
        link_describe(l, index, &l->options[i]);
    }
    u32 own = find_own_word(l, m);
    u32 chosen = teacher != NULL ? teacher->choose(teacher->user, l->p, index, l->options, l->count) : own != 0 ? own : best_of(l);
    return join(l, index, &l->options[chosen]);
}

drg_status link_run(markables *p, drg_error *error) {
    arena *memory = p->s->r->memory;
    link_state *l = arena_new(memory, link_state, 1);
    u32 count = p->list.count;
    bool fine = l != NULL;
    if (fine) {
        l->p = p;
        map_open(&l->keys, memory);
        map_open(&l->words, memory);
        l->same_noun = arena_new(memory, u32, count + 1);
        l->offered = arena_new(memory, u32, count + 1);
        fine = l->same_noun != NULL && l->offered != NULL;
    }
    for (u32 round = 0; round < 2 && fine; round++) { /* who speaks is known once all names are read */
        l->depth = 0;
        for (u32 i = 0; i < count && fine; i++) {
            open_containers(l, i);
            fine = link_is_speaking(&p->list.items[i]) != (round == 1) || settle(l, i);
        }
    }
    if (!fine) {
        return drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
    }
    p->chains = l->chains.count;
    return DRG_OK;
}
