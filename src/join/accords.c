// SPDX-License-Identifier: Apache-2.0
/* Agreements: those of the same parties, those that name one party, and the stages of each accord.
 *
 *     KEN ETH "grazing accord" signed   KEN ETH "grazing deal" extended   one block by its parties: one accord
 *     KEN     "grazing accord" ratified                                   a block of KEN with both: theirs */
#include "join/block.h"

static block_desk *open_agreements(join_work *w, const agreement_in *rows, size_t count) {
    block_desk *b = join_new(w, 1, sizeof *b);
    if (b == NULL) {
        return NULL;
    }
    block_open(b);
    for (size_t i = 0; i < count && !w->failed; i++) {
        block_add_agreement(w, b, &rows[i]);
    }
    return b;
}

void alike_take(join_work *w, const void *rows, size_t count) {
    const agreement_in *given = rows;
    block_desk *b = open_agreements(w, given, count);
    if (b == NULL) {
        return;
    }
    w->failed = w->failed || desk_join_alike(&b->d, true) != DRG_OK || desk_join_alike(&b->d, false) != DRG_OK;
    for (u32 i = 0; i < count && !w->failed; i++) {
        join_emit(w, &(first_row){given[i].agreement, given[b->d.agreements.items[i].accord].agreement});
    }
    block_close(b);
}

/* A whole one stands for its accord. */
void parts_take(join_work *w, const void *rows, size_t count) {
    const agreement_in *given = rows;
    block_desk *b = open_agreements(w, given, count);
    if (b == NULL) {
        return;
    }
    for (u32 i = 0; i < count && !w->failed; i++) {
        b->d.agreements.items[i].accord = given[i].accord == NO_ACCORD ? NONE : i;
    }
    w->failed = w->failed || desk_join_parts(&b->d) != DRG_OK;
    for (u32 i = 0; i < count && !w->failed; i++) {
        u32 found = b->d.agreements.items[i].accord;
        if (given[i].accord == NO_ACCORD && found != NONE) {
            join_emit(w, &(first_row){given[i].agreement, given[found].accord});
        }
    }
    block_close(b);
}

static span print_word(const desk *d, symbol word) { return word == NONE ? SPAN("") : symbols_text(&d->words, word); }

static span print_date(join_work *w, const desk *d, const desk_agreement *g) {
    char day[16];
    if (g->date != NONE) {
        return symbols_text(&d->words, g->date);
    }
    span text = g->day == DAY_UNKNOWN ? SPAN("") : arena_copy(&w->memory, calendar_print(g->day, day));
    w->failed |= text.ptr == NULL;
    return text;
}

static void emit_accord(join_work *w, const block_desk *b, const agreement_in *rows, u32 first) {
    const desk *d = &b->d;
    const desk_agreement *list = d->agreements.items;
    symbol *room = join_new(w, d->agreements.count, sizeof *room);
    stage_out *stages = join_new(w, d->agreements.count, sizeof *stages);
    size_t count = 0;
    if (w->failed) {
        return;
    }
    desk_accord sum = desk_sum_accord(d, first, room);
    for (u32 i = first; i != NONE; i = list[i].next) {
        stages[count++] = (stage_out){print_word(d, list[i].stage), print_date(w, d, &list[i]), print_word(d, list[i].place), list[i].id,
                                      d->reports.items[list[i].report].id};
    }
    join_emit(w, &(accord_out){
        .accord = rows[first].agreement, .reports = sum.reports, .owners = sum.witnesses, .id = list[first].id, .name = print_word(d, sum.name),
        .kind = print_word(d, sum.kind), .stage = print_word(d, list[sum.last].stage), .first_date = print_date(w, d, &list[first]),
        .last_date = print_date(w, d, &list[sum.last]), .stages = stages, .stage_count = count});
}

void accords_take(join_work *w, const void *rows, size_t count) {
    block_desk *b = open_agreements(w, rows, count);
    if (b == NULL) {
        return;
    }
    for (u32 i = 0; i < b->d.agreements.count; i++) {
        b->d.agreements.items[i].accord = 0;
    }
    w->failed = w->failed || desk_chain_stages(&b->d) != DRG_OK;
    if (!w->failed) {
        emit_accord(w, b, rows, b->d.agreements.items[0].accord);
    }
    block_close(b);
}
