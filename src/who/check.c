// SPDX-License-Identifier: Apache-2.0
/* Names that stand twice: what `dragoman dict check` says of the tables of actors and the user's lists.
 *
 *     desk.tsv:9: "Sam Gamgee" is HOB GOV here and HOB MIL on line 4 at the same time */
#include "who/lexicon.h"
#include "who/who.h"

#define LOOK_BACK 64 /* most meanings of one phrase that are compared with one */

static source_line line_of(const lexicon *lex, const meaning *m) {
    source_line why = lex->rows.items[m->row].why;
    why.line = m->line > 0 ? m->line : why.line;
    return why;
}

/* A day in common is a handover.  An undated entry of a user's list is the default beside dated ones. */
static bool at_one_time(const lexicon_row *a, const lexicon_row *b) {
    bool times = (i64)a->from < (i64)b->to && (i64)b->from < (i64)a->to;
    return times && (a->list == 0 || a->dated == b->dated);
}

static void compare(const lexicon *lex, knowledge *k, const meaning *one, const meaning *two) {
    const lexicon_row *a = &lex->rows.items[one->row], *b = &lex->rows.items[two->row];
    source_line here = line_of(lex, two), there = line_of(lex, one);
    if (one->row == two->row || here.file != there.file || !at_one_time(a, b) || a->partner == two->row || b->partner == one->row) {
        return;
    }
    char here_text[12], there_text[12];
    span code = actor_code_print(b->code, here_text), other = actor_code_print(a->code, there_text);
    /* Parties of two countries may share a name: the report's countries tell them apart, unless a list of the user's has them. */
    bool clash = a->list > 0 || memcmp(a->code.primary, b->code.primary, 4) == 0 || span_eq(a->name, b->name);
    if ((!span_eq(code, other) || a->silent != b->silent) && clash) {
        knowledge_complain(k, here, "\"%.*s\" is %.*s here and %.*s on line %u at the same time%s", (int)b->name.len, b->name.ptr,
                           (int)code.len, code.ptr, (int)other.len, other.ptr, there.line, a->list > 0 ? ": the first counts" : "");
    } else if (a->list > 0 && span_eq(code, other) && here.line != there.line) {
        knowledge_tell(k, COMPLAINT_NOTE, here, "\"%.*s\" stands on line %u already, with the same code", (int)b->name.len, b->name.ptr, there.line);
    }
}

void who_check(const who_tables *lex, knowledge *k) {
    for (u32 i = 0; i < lex->meanings.count; i++) {
        const meaning *one = &lex->meanings.items[i];
        u32 at = one->next;
        for (u32 steps = 0; at != NONE && !one->word && steps < LOOK_BACK; steps++) {
            const meaning *two = &lex->meanings.items[at];
            bool names = one->form == FORM_NAME && two->form == FORM_NAME;
            if (names) {
                compare(lex, k, one, two);
            }
            at = two->next;
        }
    }
}
