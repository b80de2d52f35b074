// SPDX-License-Identifier: Apache-2.0
/* Signings and broken pacts become agreements.  An AGREE event with CAMEO code 057 (sign formal agreement) names
 * its parties: a person who signs is a signatory, the party is the state or body behind the code.
 *
 *     "Iran's defence minister and his Omani counterpart signed a gas deal."
 *     name "gas deal"   parties IRN, OMN   signatories the two ministers
 *
 * Limits: provisions are the sentences that tell the signing; stages after it come from stage.c, undertakings and assessments
 * from assess.c and owed.c, whose agreement the report names elsewhere from accord_parties.c. */
#include "record/pacts.h"
#include "record/work.h"

#include "what/what.h"

#define BEHIND 16 /* tokens behind its noun in which an agreement says what it is about */
#define ENTITIES_SEEN 1000 /* a report names its states early; keeps a hostile one linear */

/* "recent", a quotation mark: not part of the name that follows. */
static bool is_idle(const record_pacts *pacts, const report *r, u32 at) {
    const token *t = report_token(r, at);
    return t->upos == UPOS_PUNCT || (t->form == t->lower && pact_is(pacts, r, at, WORD_idle));
}

/* The first token of the words before a noun that name it. */
static u32 name_first(const record_pacts *pacts, const report *r, u32 head) {
    u32 first = head, sentence_first = r->sentences.items[report_token(r, head)->sentence].first_token;
    for (u32 i = head; i > sentence_first; i--) {
        const token *before = report_token(r, i - 1);
        bool names = before->deprel == DEPREL_compound || before->deprel == DEPREL_amod || before->deprel == DEPREL_flat;
        if (before->upos == UPOS_PUNCT || (names && before->head >= i && before->head <= head)) {
            first = names ? i - 1 : first;
            continue;
        }
        break;
    }
    while (first < head && is_idle(pacts, r, first)) {
        first++;
    }
    return first;
}

pact_name record_name_pact(const record_pacts *pacts, const report *r, u32 head) {
    u32 first = name_first(pacts, r, head), end = r->sentences.items[report_token(r, head)->sentence].end_token;
    span kind = pact_kind_of(pacts, r, first, head + 1);
    for (u32 i = head + 1; kind.len == 0 && i < end && i < head + BEHIND && report_token(r, i)->upos != UPOS_PUNCT; i++) {
        kind = pact_kind_of(pacts, r, i, i + 1); /* "an agreement with Oman to strengthen military ties" */
    }
    return (pact_name){report_cut(r, (range){report_token(r, first)->text.start, report_token(r, head)->text.end}), kind};
}

/* What was signed: the noun that fired, or the object of the verb that did. */
static pact_name name_of(const record_work *w, const deed *d) {
    const report *r = w->r;
    const predicate *p = &r->predicates.items[d->predicate];
    if ((p->flags & PREDICATE_NOMINAL) != 0) {
        return record_name_pact(w->tables->pacts, r, p->head);
    }
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        const argument *a = &r->arguments.items[i];
        if (a->role == ROLE_OBJECT && r->mention_at[a->head] == NONE) {
            return record_name_pact(w->tables->pacts, r, a->head);
        }
    }
    return (pact_name){SPAN(""), SPAN("")};
}

/* "parliament ratified the treaty": the state is the party. */
static bool is_house(span code) { return span_eq(span_cut(code, code.len < 4 ? code.len : 4, code.len), SPAN("LEG")); }

/* The state or body behind a signatory, by its name in the report if it has one there. */
static drg_actor party_of(report *r, const drg_actor *person) {
    drg_actor party = *person;
    party.code = pact_party(person->code);
    party.name = party.code;
    party.title = SPAN("");
    for (u32 i = 0; i < r->entities.count && i < ENTITIES_SEEN; i++) {
        const entity *e = &r->entities.items[i];
        char text[12];
        bool whole = e->code.sector <= SECTOR_GOV || party.code.len > 3; /* no organ of a state */
        if (e->kind != ENTITY_PERSON && e->name.len > 0 && whole && span_eq(pact_party(actor_code_print(e->code, text)), party.code)) {
            party.name = e->name;
            party.entity = i;
            break;
        }
    }
    return party;
}

static void add_party(actor_list *list, drg_actor actor) {
    for (size_t i = 0; i < list->count; i++) {
        if (span_eq(pact_party(list->actors[i].code), pact_party(actor.code))) {
            return;
        }
    }
    if (list->count < ACTOR_ROOM) {
        list->actors[list->count++] = actor;
    }
}

void record_add_parties(report *r, const drg_actor *actors, size_t count, actor_list *parties, actor_list *signatories) {
    for (size_t i = 0; i < count; i++) {
        const drg_actor *a = &actors[i];
        u8 kind = a->entity != NONE ? r->entities.items[a->entity].kind : ENTITY_ORGANISATION;
        bool person = kind == ENTITY_PERSON, people = kind == ENTITY_STATE && span_ends(a->code, SPAN(" CVL")); /* hit as people, bound as a state */
        if (person && signatories->count < ACTOR_ROOM) {
            signatories->actors[signatories->count++] = *a;
        }
        add_party(parties, (person || people || is_house(a->code)) && !span_starts(a->code, SPAN("---")) ? party_of(r, a) : *a);
    }
}

static span stage_of(drg_event_status status) {
    switch (status) {
        case DRG_STATUS_PLANNED:
            return span_of(pact_stage_names[PACT_PROPOSED]);
        case DRG_STATUS_DENIED:
            return span_of(pact_stage_names[PACT_DENIED]);
        default:
            return span_of(pact_stage_names[PACT_SIGNED]);
    }
}

drg_agreement *record_make_room(report *r, size_t more) {
    drg_agreement *all = arena_new(r->memory, drg_agreement, r->records.agreement_count + more);
    if (all != NULL && r->records.agreement_count > 0) {
        memcpy(all, r->records.agreements, r->records.agreement_count * sizeof *all);
    }
    return all;
}

drg_status record_agreements(record_work *w) {
    report *r = w->r;
    drg_agreement *agreements = arena_new(r->memory, drg_agreement, w->event_count + 1);
    w->agreement_of = arena_new(r->memory, u32, w->event_count + 1);
    if (agreements == NULL || w->agreement_of == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < w->event_count; i++) {
        const drg_event *e = &w->events[i];
        actor_list parties = {.count = 0}, signatories = {.count = 0};
        w->agreement_of[i] = NONE;
        if (!span_eq(e->cameo, SPAN("057"))) {
            continue;
        }
        record_add_parties(r, e->source, e->source_count, &parties, &signatories);
        record_add_parties(r, e->target, e->target_count, &parties, &signatories);
        if (parties.count < 2) {
            continue;
        }
        w->agreement_of[i] = (u32)r->records.agreement_count;
        drg_agreement *a = &agreements[r->records.agreement_count++];
        pact_name name = name_of(w, &r->deeds.items[w->lead_of[i]]);
        *a = (drg_agreement){.name = name.words, .kind = name.kind.len > 0 ? name.kind : e->contexts, .stage = stage_of(e->status), .date = e->date};
        a->parties = actor_keep(r, &parties, &a->party_count);
        a->signatories = actor_keep(r, &signatories, &a->signatory_count);
        a->place = e->place != NULL ? e->place->name : SPAN("");
        a->provisions = e->evidence;
        a->provision_count = e->evidence_count;
        a->id = record_make_id(r, record_hash(record_hash(0, e->id), SPAN("agreement")));
    }
    r->records.agreements = agreements;
    return DRG_OK;
}
