// SPDX-License-Identifier: Apache-2.0
/* The stage's door: tables in, deeds out. */
#include "what/what.h"

#include "what/clause.h"
#include "what/fill.h"
#include "what/frame_check.h"
#include "what/frames.h"
#include "what/match.h"
#include "what/matching.h"
#include "what/seat.h"
#include "what/size.h"
#include "what/tree.h"
#include "what/verbs.h"

struct what_tables {
    frame_tables frames;
    verb_tables verbs;
    clause_tables clauses;
    size_tables sizes;
};

drg_status what_open(what_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, what_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "what", 0, "out of memory");
    }
    DRG_TRY(clause_open(&(*out)->clauses, k, error));
    DRG_TRY(size_open(&(*out)->sizes, k, error));
    DRG_TRY(frames_read(&(*out)->frames, k, &(*out)->clauses, error));
    DRG_TRY(seat_open(&(*out)->frames.seats, k, error));
    return verbs_open(&(*out)->verbs, k, &(*out)->clauses, error);
}

drg_status what_run(const what_tables *tables, report *r, drg_error *error) {
    tree trees;
    clause_triggers triggers = {&tables->frames.verb_index, &tables->frames.noun_index, &tables->frames.adjective_index};
    clause_rehang(&tables->clauses, r);
    drg_status status = tree_build(&trees, r, r->memory);
    if (status == DRG_OK) {
        status = clause_run(&tables->clauses, &triggers, &trees, r);
    }
    if (status == DRG_OK) {
        status = match_run(&tables->frames, &tables->verbs, &tables->clauses, &trees, r);
    }
    if (status == DRG_OK) {
        status = fill_run(&tables->frames, r);
    }
    if (status == DRG_OK) {
        size_run(&tables->sizes, &trees, r);
    }
    return status == DRG_OK ? status : drg_fail(error, status, "what", 0, "report needs more than its memory cap");
}

void what_close(what_tables *tables) { (void)tables; /* everything is in the run arena */ }

drg_status what_credit(const what_tables *tables, const tree *t, report *r, const what_hearing *heard, u32 count) {
    map answers;
    map_open(&answers, r->memory);
    matching w = {.frames = &tables->frames, .clauses = &tables->clauses, .t = t, .r = r, .report_answers = &answers};
    u32 kept = 0, next = 0;
    for (u32 i = 0; i < r->deeds.count && count > 0; i++) {
        bool stands = true;
        if (next < count && heard[next].deed == i) {
            DRG_TRY(judgement_credit(&w, &heard[next++], &stands));
        }
        if (stands) {
            r->deeds.items[kept++] = r->deeds.items[i];
        }
    }
    r->deeds.count = count > 0 ? kept : r->deeds.count;
    return DRG_OK;
}

u8 what_category_find(span name) {
    u8 c = 0;
    while (c < CATEGORY_COUNT && !span_eq(name, span_of(what_category_name(c)))) {
        c++;
    }
    return c;
}

const char *what_category_name(u32 plover) {
    static const char *const names[CATEGORY_COUNT] = {
#define CATEGORY_NAME(name) #name,
        CATEGORY_LIST(CATEGORY_NAME)
#undef CATEGORY_NAME
    };
    return plover < CATEGORY_COUNT ? names[plover] : "";
}

/* Behind our frames stand the rules of the user's verbs. */
span what_frame_name(const what_tables *tables, u32 index) {
    u32 ours = tables->frames.frames.count;
    return index < ours ? tables->frames.frames.items[index].name : tables->verbs.rules.items[index - ours].name;
}

source_line what_frame_line(const what_tables *tables, u32 index) {
    u32 ours = tables->frames.frames.count;
    return index < ours ? tables->frames.frames.items[index].where : tables->verbs.rules.items[index - ours].where;
}

span what_context_name(const what_tables *tables, u32 index) {
    return index < tables->frames.contexts.count ? tables->frames.contexts.items[index].name : SPAN("");
}
drg_status what_check(const what_tables *tables, knowledge *k, drg_error *error) { return frame_check(&tables->frames, k, error); }

u32 what_frame_category(const what_tables *tables, u32 index) { return tables->frames.frames.items[index].category; }
u32 what_code_count(const what_tables *tables, u32 index) {
    return tables->frames.frames.items[index].end_code - tables->frames.frames.items[index].first_code;
}

what_code what_frame_code(const what_tables *tables, u32 index, u32 nth) {
    const code_rule *rule = &tables->frames.codes.items[tables->frames.frames.items[index].first_code + nth];
    const symbols *words = &tables->frames.known->words;
    return (what_code){symbols_text(words, rule->cameo), rule->mode == NONE ? SPAN("") : symbols_text(words, rule->mode)};
}

u32 what_frame_count(const what_tables *tables) { return tables->frames.frames.count; }
u32 what_example_count(const what_tables *tables) { return tables->frames.examples.count; }
const frame_example *what_example(const what_tables *tables, u32 index) { return &tables->frames.examples.items[index]; }
