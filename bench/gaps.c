// SPDX-License-Identifier: Apache-2.0
/* What the frames do not read: predicates between two political actors that no deed came of, one a line:
 *
 *     lemma  pattern  source  target  report  sentence        (tabs between)
 *
 *     build/bench/gaps reports.jsonl | cut -f1,2 | sort | uniq -c | sort -rn | head -100
 *
 * gives the verbs that are most worth a frame.  In: JSON lines {"id", "text"}.  The pattern says where the second
 * actor stands: "object", "with", "object's" (it owns the object: "foiled the rebels' attack"), "clause" (the subject
 * of a clause that is the verb's complement).  A statement's cue of plain saying is left out. */
#include "coded.h"
#include "said/said.h"
#include "who/who.h"

static bool is_political(const report *r, u32 mention_index) {
    static const u32 private = 1u << SECTOR_BUS | 1u << SECTOR_MED | 1u << SECTOR_CRM | 1u << SECTOR_EDU;
    if (mention_index == NONE) {
        return false;
    }
    actor_code code = who_code_of(r, mention_index);
    return (code.primary[0] != '\0' || code.sector != SECTOR_NONE) && !sector_is_in(code.sector, private);
}

static bool is_plain_cue(const report *r, u32 predicate_index) {
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        if (s->predicate == predicate_index && s->kind == STATEMENT_KIND_speech && s->act == STATEMENT_ACT_assert) {
            return true;
        }
    }
    return false;
}

static bool has_deed(const report *r, u32 index) {
    const predicate *p = &r->predicates.items[index];
    for (u32 i = 0; i < r->deeds.count; i++) {
        const predicate *of = &r->predicates.items[r->deeds.items[i].predicate];
        if (r->deeds.items[i].predicate == index || of->support == p->head || of->governor == index) {
            return true;
        }
    }
    return false;
}

/* A political actor in or on the phrase of `head`. */
static u32 actor_at(const report *r, u32 head, bool *owns) {
    u32 own = who_mention_of(r, head);
    *owns = !is_political(r, own);
    for (u32 i = 0; *owns && i < r->mentions.count; i++) {
        u32 token_ = r->mentions.items[i].head;
        u8 relation = report_token(r, token_)->deprel;
        bool modifies = relation == DEPREL_nmod_poss || relation == DEPREL_nmod || relation == DEPREL_compound || relation == DEPREL_amod;
        if (modifies && report_token(r, token_)->head == head && is_political(r, i)) {
            return i;
        }
    }
    return *owns ? NONE : own;
}

static void print_code(const report *r, u32 mention_index) {
    actor_code code = who_code_of(r, mention_index);
    printf("\t%s", code.primary[0] != '\0' ? code.primary : "---");
    if (code.sector != SECTOR_NONE) {
        printf(" %s", sector_name(code.sector));
    }
}

static void print_sentence(const report *r, u32 at_token, const char *id) {
    const sentence *s = &r->sentences.items[report_token(r, at_token)->sentence];
    range words = {report_token(r, s->first_token)->text.start, report_token(r, s->end_token - 1)->text.end};
    printf("\t%s\t", id);
    for (size_t i = words.start; i < words.end; i++) {
        putchar((unsigned char)r->text.ptr[i] < 0x20 ? ' ' : r->text.ptr[i]);
    }
    putchar('\n');
}

static void print_pair(const report *r, const predicate *p, u32 source, const argument *a, const char *id) {
    static const char *const roles[] = {"subject", "object", "recipient", "", "possessor", "modifier", "clause"};
    bool owns;
    u32 target = actor_at(r, a->head, &owns);
    bool same = target == NONE || target == source || (r->mentions.items[target].entity != NONE && r->mentions.items[target].entity == r->mentions.items[source].entity);
    if (same) {
        return;
    }
    span lemma = symbols_text(&r->words, p->lemma), preposition = a->preposition == NONE ? span_of(roles[a->role]) : symbols_text(&r->words, a->preposition);
    printf("%.*s%s\t%.*s%s", (int)lemma.len, lemma.ptr, p->flags & PREDICATE_PASSIVE ? " (passive)" : p->flags & PREDICATE_NOMINAL ? " (noun)" : "",
           (int)preposition.len, preposition.ptr, owns ? "'s" : "");
    print_code(r, source);
    print_code(r, target);
    print_sentence(r, p->head, id);
}

static void print_gaps(const drg_engine *engine, const report *r, struct json_object *given) {
    const char *id = json_object_get_string(json_object_object_get(given, "id"));
    (void)engine;
    for (u32 i = 0; i < r->predicates.count; i++) {
        const predicate *p = &r->predicates.items[i];
        u32 source = NONE;
        for (u32 k = p->first_argument; k < p->end_argument && source == NONE; k++) {
            const argument *a = &r->arguments.items[k];
            bool doer = a->role == ROLE_SUBJECT || a->role == ROLE_POSSESSOR;
            source = doer ? who_mention_of(r, a->head) : NONE;
            source = is_political(r, source) ? source : NONE;
        }
        if (source == NONE || has_deed(r, i) || is_plain_cue(r, i)) {
            continue;
        }
        for (u32 k = p->first_argument; k < p->end_argument; k++) {
            const argument *a = &r->arguments.items[k];
            if (a->role != ROLE_SUBJECT && a->role != ROLE_POSSESSOR) {
                print_pair(r, p, source, a, id);
            }
        }
    }
}

int main(int argc, char **argv) { return coded_main(argc, argv, print_gaps); }
