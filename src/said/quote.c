// SPDX-License-Identifier: Apache-2.0
/* In: tokens and blocks.   Out: quotations, in text order, not overlapping.
 *
 * Curly marks say which side they are on; straight ones ("), doubled ones ('') and their like open
 * when no quotation is open and close when one is.  A paragraph that ends inside a quotation while
 * the next begins with an opening mark is one long speech:
 *
 *     "We came at dawn.            <- not closed
 *     "Nobody was there," he said.
 *
 * Without such a mark the quotation ends with its paragraph, so that one lost mark spoils one
 * paragraph only.  A quotation is `full` when it holds clauses of its own and not a quoted word:
 * it ends in a mark of its own, begins its sentence, or stands behind a colon or comma. */
#include "said/quote.h"

enum { FULL_TOKENS = 4 };

typedef enum { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark_kind;

static mark_kind mark_of(const report *r, u32 index) {
    span form = report_form(r, index);
    u32 size, code = form.len > 0 ? utf8_decode(form, 0, &size) : 0;
    if (form.len == 2 && (form.ptr[0] == '\'' || form.ptr[0] == '`') && form.ptr[0] == form.ptr[1]) {
        return form.ptr[0] == '`' ? MARK_OPEN : MARK_EITHER;
    }
    if (form.len == 0 || size != form.len) {
        return MARK_NONE;
    }
    switch (code) {
        case 0x201C:
        case 0x201E:
        case 0xAB:
            return MARK_OPEN;
        case 0xBB:
            return MARK_CLOSE;
        case 0x201D:
            return MARK_CLOSE;
        case '"':
        case 0xFF02:
            return MARK_EITHER;
        default:
            return MARK_NONE;
    }
}

static bool ends_clause(const report *r, u32 index) {
    span form = report_form(r, index);
    return form.len > 0 && (strchr(",.?!;", form.ptr[form.len - 1]) != NULL || span_eq(form, SPAN("—")) || span_eq(form, SPAN("…")));
}

static bool is_lead_in(const report *r, u32 index) {
    span form = report_form(r, index);
    return form.len == 1 && (form.ptr[0] == ':' || form.ptr[0] == ',');
}

static bool is_full(const report *r, u32 first, u32 end) {
    u32 last = end - 1, words = 0;
    if (mark_of(r, last) == MARK_CLOSE || mark_of(r, last) == MARK_EITHER) {
        last--;
    }
    for (u32 i = first; i < end && words < FULL_TOKENS; i++) {
        words += report_token(r, i)->upos != UPOS_PUNCT;
    }
    bool begins = first == 0 || report_token(r, first - 1)->sentence != report_token(r, first)->sentence || is_lead_in(r, first - 1);
    bool ends = last > first && ends_clause(r, last);
    bool spans = report_token(r, first)->sentence != report_token(r, last)->sentence;
    return spans || (ends && (begins || words >= FULL_TOKENS)) || (begins && words >= FULL_TOKENS);
}

static u32 block_of(const report *r, u32 index) { return r->sentences.items[report_token(r, index)->sentence].block; }

static bool add(quotations *found, const report *r, u32 first, u32 end, arena *memory) {
    quotation *q = list_push(memory, &found->items);
    if (q == NULL) {
        return false;
    }
    *q = (quotation){.first = first, .end = end, .block = block_of(r, first), .full = is_full(r, first, end), .statement = NONE};
    for (u32 i = first; i < end; i++) {
        found->at[i] = found->items.count - 1;
    }
    return true;
}

/* The first token behind `index` that begins another block, or the end. */
static bool begins_block(const report *r, u32 index) { return index == 0 || block_of(r, index - 1) != block_of(r, index); }

drg_status quote_find(quotations *found, const report *r, arena *memory) {
    u32 count = r->tokens.count, open = NONE;
    *found = (quotations){.at = arena_new(memory, u32, count + 1)};
    if (found->at == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (u32 i = 0; i < count; i++) {
        found->at[i] = NONE;
        mark_kind mark = mark_of(r, i);
        if (open != NONE && begins_block(r, i)) { /* lost mark, or a speech that goes on */
            bool goes_on = mark == MARK_OPEN || mark == MARK_EITHER;
            if (!add(found, r, open, i, memory)) {
                return DRG_ERROR_MEMORY;
            }
            found->items.items[found->items.count - 1].continues = goes_on;
            open = NONE;
        }
        if (open == NONE) {
            open = mark == MARK_OPEN || mark == MARK_EITHER ? i : NONE;
        } else if (mark == MARK_CLOSE || mark == MARK_EITHER) {
            if (!add(found, r, open, i + 1, memory)) {
                return DRG_ERROR_MEMORY;
            }
            open = NONE;
        } else if (mark == MARK_OPEN) { /* the closing mark was lost: begin again */
            open = i;
        }
    }
    if (open != NONE && open + 1 < count && !add(found, r, open, count, memory)) {
        return DRG_ERROR_MEMORY;
    }
    return DRG_OK;
}
