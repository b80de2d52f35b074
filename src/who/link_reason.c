// SPDX-License-Identifier: Apache-2.0
/* Links in words, for explain:
 *
 *     He [IRN MIL] = Mohammad Baqeri  -> "the Iranian commander": 1 sentence back, subject, one person */
#include "who/link.h"

static const char *const roles[] = {"subject", "subject", "object", "oblique", "possessor", "of-phrase", "apposition", "conjunct", "compound", "predicate", ""};

static void explain_one(const markables *p, const markable *m) {
    report *r = p->s->r;
    const markable *to = &p->list.items[m->antecedent];
    span words = span_cut(r->text, report_token(r, to->first)->text.start, report_token(r, to->end - 1)->text.end);
    u32 here = report_token(r, m->head)->sentence, there = report_token(r, to->head)->sentence, back = here > there ? here - there : there - here;
    const char *gender = m->gender == '\0' || m->gender != to->gender ? "" : m->gender == 'm' ? ", male" : ", female";
    const char *number = m->plural && to->plural ? ", plural" : m->singular && to->singular ? ", singular" : "";
    const char *noun = m->noun == to->noun && m->kind > MARKABLE_THIS ? ", same noun" : "";
    char distance[40] = "same sentence";
    if (back > 0) {
        snprintf(distance, sizeof distance, "%u sentence%s %s", back, back > 1 ? "s" : "", here > there ? "back" : "on");
    }
    report_add_reason(r, STAGE_WHO, m->head, NONE, (source_line){NONE, 0}, "-> \"%.*s\": %s%s%s%s%s%s", (int)words.len, words.ptr, distance,
                      roles[to->role][0] != '\0' ? ", " : "", roles[to->role], noun, gender, number);
}

void link_explain(const markables *p) {
    for (u32 i = 0; p->s->r->tracing && i < p->list.count; i++) {
        const markable *m = &p->list.items[i];
        bool name = m->kind == MARKABLE_NAME || m->kind == MARKABLE_PERSON;
        u32 to = m->antecedent == NONE ? NONE : p->list.items[m->antecedent].draft;
        if (to != NONE && m->draft != NONE && !m->joined && !name && scene_draft(p->s, to)->m.entity == scene_draft(p->s, m->draft)->m.entity) {
            explain_one(p, m);
        }
    }
}
