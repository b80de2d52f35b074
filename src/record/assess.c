// SPDX-License-Identifier: Apache-2.0
/* Who is said to keep or to break which agreement, and what was owed under it.
 *
 *     "Turkey is dragging its feet regarding the implementation of its commitments under the Astana agreements."
 *     agreements <- implementation: kept <- dragging: turns it, so broken; whose: the subject of the last, Turkey
 *     undertaking: Turkey's, since "commitments" hangs on the chain; by: whoever says the sentence
 *
 * From the word for the agreement the walk goes up the tree to the cue of the statement around it.  A word of
 * lang/en/record/pacts.tsv on the way says kept or broken; one of kind turns, a negation, or a denial turns it round.
 * What must, may or will be is no assessment; what is asked or in doubt ("it is unclear whether") is unclear. */
#include "record/work.h"
#include "said/said.h"

#define STEPS 12 /* up the tree */
#define MOST 200 /* assessments of one report */

typedef struct {
    const record_pacts *pacts;
    report *r;
    u32 chain[STEPS], length; /* tokens from the pact up */
    u32 statement;            /* innermost around it, or NONE */
    u32 of;                   /* mention that keeps or breaks it, or NONE */
    bool judged, broken, unclear;
    bool open, whether; /* open: it must, may or will be; whether: or it hangs on an if */
} finding;

/* By the verb with its particle: "broke off the deal" does not break it. */
static bool is(const finding *f, u32 token_index, pact_word kind) {
    u32 index = f->r->predicate_at[token_index];
    symbol lemma = index == NONE ? report_token(f->r, token_index)->lemma : f->r->predicates.items[index].lemma;
    return (pact_words_of(f->pacts, f->r, lemma) >> kind & 1) != 0;
}

u32 record_statement_around(const record_pacts *pacts, const report *r, u32 byte, u32 but) {
    u32 found = NONE, shortest = UINT32_MAX;
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        for (u32 k = s->first_content; k < s->end_content && s->kind == STATEMENT_KIND_speech && s->cue != but; k++) {
            range words = r->contents.items[k];
            bool around = words.start <= byte && byte < words.end && words.end - words.start < shortest;
            if (around && !pact_is(pacts, r, s->cue, WORD_kept) && !pact_is(pacts, r, s->cue, WORD_broken)) {
                shortest = words.end - words.start;
                found = i;
            }
        }
    }
    return found;
}

static u32 party_in(const report *r, u32 predicate_index, argument_role role) {
    const predicate *p = &r->predicates.items[predicate_index];
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &r->arguments.items[i];
        if (a->role == role && r->mention_at[a->head] != NONE) {
            return r->mention_at[a->head];
        }
    }
    return NONE;
}

/* Of a noun that is no predicate: "Iran's compliance", "the Iranian violation". */
static u32 owner_of(const report *r, u32 noun) {
    const sentence *s = &r->sentences.items[report_token(r, noun)->sentence];
    for (u32 i = s->first_token; i < s->end_token; i++) {
        const token *t = report_token(r, i);
        if (t->head == noun && (t->deprel == DEPREL_nmod_poss || t->deprel == DEPREL_amod) && r->mention_at[i] != NONE) {
            return r->mention_at[i];
        }
    }
    return NONE;
}

/* "Doubts remain about Iran's compliance", "the report cast doubt on it" */
static bool is_in_doubt(const finding *f, const predicate *p) {
    bool found = false;
    for (u32 i = p->first_argument; i < p->end_argument && !found; i++) {
        const argument *a = &f->r->arguments.items[i];
        found = (a->role == ROLE_SUBJECT || a->role == ROLE_OBJECT) && is(f, a->head, WORD_doubts);
    }
    return found;
}

static void take_word(finding *f, u32 at) {
    bool breaks = is(f, at, WORD_broken);
    u32 index = f->r->predicate_at[at];
    const predicate *p = index == NONE ? NULL : &f->r->predicates.items[index];
    bool negated = p != NULL && (p->flags & PREDICATE_NEGATED) != 0;
    if (is(f, at, WORD_kept) || breaks) {
        f->broken = f->judged ? f->broken : breaks != negated;
        f->judged = true;
    } else if (f->judged && is(f, at, WORD_doubts)) {
        f->unclear = true;
    } else if (f->judged && is(f, at, WORD_turns) != negated) {
        f->broken = !f->broken;
    }
    if (p == NULL) {
        u32 owner = owner_of(f->r, at);
        f->of = owner != NONE ? owner : f->of;
    } else {
        u32 subject = party_in(f->r, index, ROLE_SUBJECT), owner = subject == NONE ? party_in(f->r, index, ROLE_POSSESSOR) : subject;
        f->of = owner != NONE ? owner : f->of;
        f->open |= (p->flags & (PREDICATE_MODAL | PREDICATE_FUTURE)) != 0;
        f->whether |= (p->flags & PREDICATE_CONDITIONAL) != 0;
        f->unclear |= f->judged && ((p->flags & PREDICATE_QUESTION) != 0 || is_in_doubt(f, p));
    }
}

static void walk(finding *f, u32 pact) {
    const statement *s = f->statement == NONE ? NULL : &f->r->statements.items[f->statement];
    f->chain[f->length++] = pact;
    for (u32 at = pact; f->length < STEPS;) {
        u32 head = report_token(f->r, at)->head;
        if (head == NONE || head == at || head >= f->r->tokens.count || (s != NULL && head == s->cue)) {
            break;
        }
        take_word(f, head);
        f->chain[f->length++] = at = head;
    }
    f->unclear |= s != NULL && f->judged && (s->act == STATEMENT_ACT_question || is(f, s->cue, WORD_doubts));
    if (s != NULL && s->act == STATEMENT_ACT_deny) {
        f->broken = !f->broken;
        f->of = f->of == NONE ? s->speaker : f->of;
    }
    if (s != NULL && f->of == NONE && s->act == STATEMENT_ACT_accuse && s->predicate != NONE) {
        f->of = party_in(f->r, s->predicate, ROLE_OBJECT);
    }
}

static bool owes(const finding *f, u32 sentence_index) {
    const sentence *s = &f->r->sentences.items[sentence_index];
    for (u32 i = s->first_token; i < s->end_token; i++) {
        for (u32 k = 0; is(f, i, WORD_duty) && k < f->length; k++) {
            if (f->chain[k] == i || report_token(f->r, i)->head == f->chain[k]) {
                return true;
            }
        }
    }
    return false;
}

drg_actor record_nobody(void) { return (drg_actor){.code = SPAN("---"), .name = SPAN(""), .title = SPAN(""), .text = SPAN(""), .entity = NONE}; }

drg_actor record_actor(report *r, u32 mention_index) {
    actor_list one = {.count = 0};
    if (mention_index != NONE) {
        actor_add(r, mention_index, &one);
    }
    return one.count > 0 ? one.actors[0] : record_nobody();
}

drg_evidence record_sentence(const report *r, u32 token_index) {
    range words = r->sentences.items[report_token(r, token_index)->sentence].text;
    return (drg_evidence){record_points(r, words), report_cut(r, words)};
}

/* One record for each: which assessments are of one agreement is settled when the reports are joined. */
static bool write_finding(record_work *w, const finding *f, drg_agreement *a) {
    report *r = w->r;
    u32 pact = f->chain[0];
    drg_assessment *judged = arena_new(r->memory, drg_assessment, 1);
    drg_undertaking *owed = arena_new(r->memory, drg_undertaking, 1);
    drg_actor *party = arena_new(r->memory, drg_actor, 1);
    if (judged == NULL || owed == NULL || party == NULL) {
        return false;
    }
    *party = record_actor(r, f->of);
    drg_actor by = record_actor(r, f->statement == NONE ? NONE : r->statements.items[f->statement].speaker);
    *judged = (drg_assessment){*party, by, f->unclear ? SPAN("unclear") : f->broken ? SPAN("broken") : SPAN("kept"), record_sentence(r, pact)};
    *owed = (drg_undertaking){*party, record_nobody(), record_sentence(r, pact)};
    pact_stage reached = f->broken && !f->unclear ? PACT_VIOLATED : PACT_IN_FORCE;
    pact_name name = record_name_pact(f->pacts, r, pact);
    *a = (drg_agreement){.name = name.words, .kind = name.kind, .stage = span_of(pact_stage_names[reached])};
    a->date = a->place = SPAN("");
    a->parties = party;
    a->party_count = 1;
    a->assessments = judged;
    a->assessment_count = 1;
    a->undertakings = owed;
    a->undertaking_count = owes(f, report_token(r, pact)->sentence) ? 1 : 0;
    u64 hash = record_hash(record_hash(record_hash(0, r->id), a->name), judged->verdict);
    a->id = record_make_id(r, record_hash(record_hash_actors(hash, party, 1), (span){(const char *)&judged->at.at, sizeof judged->at.at}));
    return true;
}

/* Another agreement word of the same sentence may lead to the same assessment: "the truce deal". */
static bool is_known(const drg_agreement *list, size_t count, const drg_agreement *a) {
    const drg_assessment *new = a->assessments;
    for (size_t i = 0; i < count; i++) {
        const drg_assessment *old = list[i].assessments;
        if (old != NULL && old->at.at.start == new->at.at.start && span_eq(old->of.code, new->of.code) && span_eq(old->verdict, new->verdict)) {
            return true;
        }
    }
    return false;
}

drg_status record_assess(record_work *w) {
    report *r = w->r;
    size_t count = r->records.agreement_count;
    drg_agreement *all = record_make_room(r, MOST);
    if (all == NULL) {
        return DRG_ERROR_MEMORY;
    }
    size_t room = count + MOST;
    for (u32 i = 0; i < r->tokens.count && count < room; i++) {
        finding f = {.pacts = w->tables->pacts, .r = r, .of = NONE};
        if (!is(&f, i, WORD_pact)) {
            continue;
        }
        f.statement = record_statement_around(f.pacts, r, report_token(r, i)->text.start, NONE);
        walk(&f, i);
        if (f.judged && !f.open && (!f.whether || f.unclear) && f.of != NONE) {
            if (!write_finding(w, &f, &all[count])) {
                return DRG_ERROR_MEMORY;
            }
            bool coded = !span_starts(all[count].parties[0].code, SPAN("---"));
            count += coded && !is_known(all, count, &all[count]);
        }
    }
    r->records.agreements = all;
    r->records.agreement_count = count;
    return DRG_OK;
}
