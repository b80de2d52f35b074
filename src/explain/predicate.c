// SPDX-License-Identifier: Apache-2.0
#include "explain/predicate.h"

#include "who/who.h"

static void print_argument(FILE *out, const report *r, const argument *a) {
    static const char *const roles[] = {"subject", "object", "recipient", "beside", "possessor", "modifier", "clause"};
    span word = report_form(r, a->head), with = a->preposition == NONE ? SPAN("") : symbols_text(&r->words, a->preposition);
    if (a->role == ROLE_OBLIQUE && with.len > 0) {
        fprintf(out, "  %.*s: %.*s", (int)with.len, with.ptr, (int)word.len, word.ptr);
    } else {
        fprintf(out, "  %s: %.*s", roles[a->role], (int)word.len, word.ptr);
    }
    u32 found = r->mention_at == NULL ? NONE : who_mention_of(r, a->head);
    if (found != NONE && (who_code_of(r, found).primary[0] != '\0' || who_code_of(r, found).sector != SECTOR_NONE)) {
        char code[12];
        span printed = actor_code_print(who_code_of(r, found), code);
        fprintf(out, " [%.*s]", (int)printed.len, printed.ptr);
    }
}

void predicate_print_arguments(FILE *out, const report *r, const predicate *p) {
    for (u32 i = p->first_argument; i < p->end_argument; i++) {
        print_argument(out, r, &r->arguments.items[i]);
    }
}

bool predicate_party_is_named(const report *r, u32 mention_index) {
    const mention *m = &r->mentions.items[mention_index];
    return r->mention_at != NULL && r->mention_at[m->head] != mention_index && m->end == m->first + 1 && r->predicate_at != NULL &&
           r->predicate_at[m->head] != NONE && m->entity != NONE;
}

span predicate_party_words(const report *r, u32 mention_index) {
    const mention *m = &r->mentions.items[mention_index];
    if (predicate_party_is_named(r, mention_index)) {
        return r->entities.items[m->entity].name;
    }
    return span_cut(r->text, report_token(r, m->first)->text.start, report_token(r, m->end - 1)->text.end);
}
