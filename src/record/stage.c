// SPDX-License-Identifier: Apache-2.0
/* How far an agreement has come, by the words around it.  In: predicates, trees, the agreements that events have made.
 * Out: their exact stages, and a record for each further stage that the report tells.
 *
 *     "Kenya and Ethiopia agreed on Monday to extend the grazing accord."
 *     accord: object of extend (lang/en/record/stages.tsv): extended    parties: the subjects, KEN and ETH
 *     extend: an infinitive under "agree", which is of kind does: it has come about
 *
 * An agreement is looked for among the arguments of every predicate (which covers passives and relative clauses) and below
 * nouns.  What may, will or should be, what is denied, asked or wanted is no stage.  A noun ("the extension of") has come
 * about as the subject of a verb, as what a verb of kind does governs, or behind a preposition of kind past.
 * Limits: of a stage without a date of its own the day is the report's; a party is a state or body, not its organ. */
#include "record/pacts.h"
#include "record/work.h"
#include "said/said.h"
#include "when/when.h"

#define MOST 200 /* stages of one report */
#define IS_OPEN \
    (PREDICATE_NEGATED | PREDICATE_MODAL | PREDICATE_FUTURE | PREDICATE_CONDITIONAL | PREDICATE_QUESTION | PREDICATE_IRREALIS | PREDICATE_PURPOSE)

typedef struct {
    record_work *w;
    report *r;
    const record_pacts *pacts;
    u32 *event_of; /* [predicates.count] index in w->events, or NONE */
    drg_agreement *list;
    size_t count, room;
    bool failed;
} stages;

static const predicate *predicate_of(const report *r, u32 token_index) {
    u32 index = r->predicate_at[token_index];
    return index == NONE ? NULL : &r->predicates.items[index];
}

/* ------------------------------------------------------------------ whether it has come about */

bool record_has_come_about(const record_pacts *pacts, const report *r, u32 verb) {
    for (u32 steps = 0; steps < 4; steps++) {
        const predicate *p = predicate_of(r, verb);
        if (p == NULL || (p->flags & IS_OPEN) != 0) {
            return false;
        }
        if ((p->flags & PREDICATE_INFINITIVE) == 0) {
            return true;
        }
        u32 governor = p->governor == NONE ? NONE : r->predicates.items[p->governor].head;
        if (governor == NONE || !pact_is(pacts, r, governor, WORD_does)) {
            return false;
        }
        verb = governor;
    }
    return false;
}

/* The verb that the noun hangs on, NONE where it has not come about. */
static u32 verb_of_noun(const stages *s, u32 noun) {
    const token *t = report_token(s->r, noun);
    const sentence *around = &s->r->sentences.items[t->sentence];
    u32 verb = t->head;
    if (verb == NONE || predicate_of(s->r, verb) == NULL) {
        return NONE;
    }
    bool does = pact_is(s->pacts, s->r, verb, WORD_does), subject = t->deprel == DEPREL_nsubj && !pact_is(s->pacts, s->r, verb, WORD_turns);
    bool behind = false;
    for (u32 i = around->first_token; i < noun && (t->deprel == DEPREL_obl || t->deprel == DEPREL_nmod); i++) {
        const token *word = report_token(s->r, i);
        behind |= word->head == noun && word->deprel == DEPREL_case && pact_is(s->pacts, s->r, i, WORD_past);
    }
    bool governed = does && (t->deprel == DEPREL_obj || t->deprel == DEPREL_nsubj_pass || t->deprel == DEPREL_obl);
    return behind || ((subject || governed) && record_has_come_about(s->pacts, s->r, verb)) ? verb : NONE;
}

/* The statement's content is what the report or its speaker tells as true. */
static bool is_told(const stages *s, u32 pact, u32 cue) {
    u32 around = record_statement_around(s->pacts, s->r, report_token(s->r, pact)->text.start, cue);
    u8 act = around == NONE ? STATEMENT_ACT_assert : s->r->statements.items[around].act;
    bool done = around != NONE && pact_is(s->pacts, s->r, s->r->statements.items[around].cue, WORD_does); /* "agreed to extend it" */
    return done || act == STATEMENT_ACT_assert || act == STATEMENT_ACT_accuse || act == STATEMENT_ACT_praise;
}

/* ------------------------------------------------------------------ parties */

static void add_mention(stages *s, u32 head, bool named_after, actor_list *out) {
    u32 index = s->r->mention_at[head];
    if (index == NONE || (named_after && s->r->mentions.items[index].is_place)) {
        return; /* "the Brussels agreement" */
    }
    actor_add(s->r, index, out);
}

/* And those joined to it: "Kenya, Uganda and Ethiopia". */
static void add_joined(stages *s, u32 head, bool named_after, actor_list *out) {
    const sentence *around = &s->r->sentences.items[report_token(s->r, head)->sentence];
    add_mention(s, head, named_after, out);
    for (u32 i = head + 1; i < around->end_token && out->count < ACTOR_ROOM; i++) {
        if (report_token(s->r, i)->head == head && report_token(s->r, i)->deprel == DEPREL_conj) {
            add_mention(s, i, named_after, out);
        }
    }
}

static void add_arguments(stages *s, const predicate *p, actor_list *out) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &s->r->arguments.items[i];
        bool named = a->role == ROLE_MODIFIER || a->role == ROLE_POSSESSOR;
        bool oblique = a->role == ROLE_OBLIQUE && (pact_words_of(s->pacts, s->r, a->preposition) >> WORD_party & 1) != 0;
        if (a->role == ROLE_SUBJECT || named || oblique) {
            add_joined(s, a->head, named, out);
        }
    }
}

/* Of a noun that is no predicate: "the extension by both houses", "Kenya's ratification". */
static void add_dependents(stages *s, u32 noun, actor_list *out) {
    const sentence *around = &s->r->sentences.items[report_token(s->r, noun)->sentence];
    for (u32 i = around->first_token; i < around->end_token; i++) {
        const token *t = report_token(s->r, i);
        bool behind = false;
        for (u32 k = around->first_token; k < i && t->head == noun && t->deprel == DEPREL_nmod; k++) {
            behind |= report_token(s->r, k)->head == i && report_token(s->r, k)->deprel == DEPREL_case && pact_is(s->pacts, s->r, k, WORD_party);
        }
        if (t->head == noun && (behind || t->deprel == DEPREL_nmod_poss || t->deprel == DEPREL_amod || t->deprel == DEPREL_compound)) {
            add_joined(s, i, !behind, out);
        }
    }
}

static void gather_parties(stages *s, const pact_place *at, u32 pact, u32 verb, actor_list *parties) {
    const u32 words[] = {at->cue, pact, verb};
    actor_list found = {.count = 0}, persons = {.count = 0};
    for (u32 i = 0; i < COUNT_OF(words); i++) {
        const predicate *p = words[i] == NONE ? NULL : predicate_of(s->r, words[i]);
        if (p != NULL) {
            add_arguments(s, p, &found);
        } else if (words[i] != NONE) {
            add_dependents(s, words[i], &found);
        }
    }
    size_t coded = 0;
    for (size_t i = 0; i < found.count; i++) {
        if (!span_starts(found.actors[i].code, SPAN("---"))) {
            found.actors[coded++] = found.actors[i];
        }
    }
    record_add_parties(s->r, found.actors, coded, parties, &persons);
}

/* ------------------------------------------------------------------ records */

/* False for what lies ahead of the report's day: "the deal expires next summer". */
static bool write_day(const stages *s, u32 cue, const drg_event *e, drg_agreement *a) {
    u32 index = when_timex_below(s->r, cue);
    const timex *t = index == NONE ? NULL : &s->r->timexes.items[index];
    bool until = t != NULL && t->start == INT32_MIN; /* "extended until 2040" */
    span told = e != NULL && e->date.len > 0 ? e->date : t != NULL && !until ? when_format(t, s->r->memory) : SPAN("");
    a->date = span_next_field(&told, '/'); /* "since January": it began then */
    a->place = e != NULL && e->place != NULL ? e->place->name : SPAN("");
    return t == NULL || until || s->r->day == INT32_MIN || t->start <= s->r->day;
}

static bool is_known(const stages *s, const drg_agreement *new) {
    for (size_t i = 0; i < s->count; i++) {
        const drg_agreement *old = &s->list[i];
        bool same = span_eq(old->stage, new->stage) && old->party_count == new->party_count && span_eq(old->date, new->date);
        for (size_t k = 0; same && k < new->party_count; k++) {
            same = span_eq(pact_party(old->parties[k].code), pact_party(new->parties[k].code));
        }
        if (same && pact_compare_names(old->name, new->name) != NAMES_DIFFER) {
            return true;
        }
    }
    return false;
}

/* "reach" of "reached a deal", where the noun is what tells the deed; else the predicate itself. */
static u32 verb_behind(const report *r, u32 predicate_index) {
    u32 support = r->predicates.items[predicate_index].support;
    u32 verb = support == NONE ? NONE : r->predicate_at[support];
    return verb == NONE ? predicate_index : verb;
}

static void add_stage(stages *s, const pact_place *at, u32 pact, u32 verb, pact_stage reached) {
    u32 index = s->r->predicate_at[at->cue], event = index == NONE ? NONE : s->event_of[index];
    u32 known = event == NONE ? NONE : s->w->agreement_of[event];
    const drg_event *e = event == NONE ? NULL : &s->w->events[event];
    u32 lead = event == NONE ? NONE : s->r->deeds.items[s->w->lead_of[event]].predicate;
    if (known != NONE && (lead == index || verb_behind(s->r, lead) == index)) {
        bool denied = span_eq(s->list[known].stage, span_of(pact_stage_names[PACT_DENIED]));
        s->list[known].stage = denied ? s->list[known].stage : span_of(pact_stage_names[reached]);
        return;
    }
    actor_list parties = {.count = 0};
    pact_name name = record_name_pact(s->pacts, s->r, pact);
    drg_agreement a = {.name = name.words, .kind = name.kind, .stage = span_of(pact_stage_names[reached])};
    drg_evidence *words = arena_new(s->r->memory, drg_evidence, 1);
    if (words == NULL) {
        s->failed = true;
        return;
    }
    gather_parties(s, at, pact, verb, &parties);
    if (!write_day(s, verb == NONE ? at->cue : verb, e, &a)) {
        return;
    }
    *words = record_sentence(s->r, pact);
    a.parties = actor_keep(s->r, &parties, &a.party_count);
    a.provisions = words;
    a.provision_count = 1;
    u64 hash = record_hash_actors(record_hash(record_hash(record_hash(0, s->r->id), a.name), a.stage), a.parties, a.party_count);
    a.id = record_make_id(s->r, record_hash(hash, (span){(const char *)&words->at.start, sizeof words->at.start}));
    if (!is_known(s, &a) && s->count < s->room) {
        s->list[s->count++] = a;
    }
}

static void read_place(stages *s, const pact_place *at, u32 pact, bool noun) {
    pact_stage reached = pact_stage_of(s->pacts, s->r, at);
    if (reached == PACT_STAGES || !is_told(s, pact, at->cue)) {
        return;
    }
    u32 verb = noun ? verb_of_noun(s, at->cue) : NONE;
    const predicate *p = predicate_of(s->r, at->cue);
    if (noun ? verb != NONE && (p == NULL || (p->flags & IS_OPEN) == 0) : record_has_come_about(s->pacts, s->r, at->cue)) {
        add_stage(s, at, pact, verb, reached);
    }
}

static void read_predicate(stages *s, const predicate *p) {
    bool noun = (p->flags & PREDICATE_NOMINAL) != 0 || report_token(s->r, p->head)->upos == UPOS_NOUN;
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &s->r->arguments.items[i];
        pact_place at = {.cue = p->head, .lemma = p->lemma};
        if (!pact_is(s->pacts, s->r, a->head, WORD_pact) || pact_is(s->pacts, s->r, p->head, WORD_pact)) {
            continue;
        }
        at.place = a->role == ROLE_SUBJECT ? SPAN("subject") : a->role == ROLE_OBJECT ? SPAN("object") : SPAN("of");
        at.place = a->role == ROLE_OBLIQUE && a->preposition != NONE ? symbols_text(&s->r->words, a->preposition) : at.place;
        read_place(s, &at, a->head, noun);
    }
}

/* Below a noun that is no predicate: "the extension of the accord", "treaty ratification". */
static void read_noun(stages *s, u32 pact) {
    const token *t = report_token(s->r, pact);
    const sentence *around = &s->r->sentences.items[t->sentence];
    bool below = t->deprel == DEPREL_nmod || t->deprel == DEPREL_nmod_poss || t->deprel == DEPREL_compound;
    if (!below || t->head == NONE || predicate_of(s->r, t->head) != NULL) {
        return;
    }
    pact_place at = {.cue = t->head, .lemma = report_token(s->r, t->head)->lemma, .place = SPAN("of")};
    for (u32 i = around->first_token; i < pact && t->deprel == DEPREL_nmod; i++) {
        const token *word = report_token(s->r, i);
        bool before = word->head == pact && word->deprel == DEPREL_case && word->lemma != NONE;
        at.place = before ? symbols_text(&s->r->words, word->lemma) : at.place;
    }
    read_place(s, &at, pact, true);
    const token *noun = report_token(s->r, t->head);
    const predicate *verb = noun->deprel == DEPREL_obj && noun->head != NONE ? predicate_of(s->r, noun->head) : NULL;
    if (verb != NULL && t->deprel == DEPREL_nmod) { /* "suspended its participation in the pact": as if the verb had it */
        at.cue = verb->head;
        at.lemma = verb->lemma;
        read_place(s, &at, pact, false);
    }
}

drg_status record_stages(record_work *w) {
    report *r = w->r;
    stages s = {.w = w, .r = r, .pacts = w->tables->pacts, .count = r->records.agreement_count};
    s.room = s.count + MOST;
    s.list = record_make_room(r, MOST);
    s.event_of = arena_new(r->memory, u32, (size_t)r->predicates.count + 1);
    if (s.list == NULL || s.event_of == NULL) {
        return DRG_ERROR_MEMORY;
    }
    memset(s.event_of, 0xff, r->predicates.count * sizeof *s.event_of);
    for (u32 i = 0; i < r->deeds.count; i++) {
        u32 noun = r->deeds.items[i].predicate, verb = verb_behind(r, noun);
        s.event_of[noun] = w->event_of[i];
        s.event_of[verb] = s.event_of[verb] == NONE ? w->event_of[i] : s.event_of[verb];
    }
    for (u32 i = 0; i < r->predicates.count && s.count < s.room; i++) {
        read_predicate(&s, &r->predicates.items[i]);
    }
    for (u32 i = 0; i < r->tokens.count && s.count < s.room; i++) {
        if (pact_is(s.pacts, r, i, WORD_pact)) {
            read_noun(&s, i);
        }
    }
    r->records.agreements = s.list;
    r->records.agreement_count = s.count;
    return s.failed ? DRG_ERROR_MEMORY : DRG_OK;
}
