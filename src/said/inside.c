// SPDX-License-Identifier: Apache-2.0
/* In: statements with their contents.   Out: for every token, in whose words it stands.
 *
 *     Ankara said the envoy had claimed that the convoy was hit.
 *                                            ^ of the envoy, not of Ankara */
#include "said/inside.h"

static u32 content_size(const report *r, const statement *s) {
    u32 size = 0;
    for (u32 i = s->first_content; i < s->end_content; i++) {
        size += r->contents.items[i].end - r->contents.items[i].start;
    }
    return size;
}

/* The first token that begins at or behind a byte. */
static u32 token_at(const report *r, u32 byte) {
    u32 low = 0, high = r->tokens.count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (report_token(r, middle)->text.start < byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static bool counts(const statement *s) { return s->kind == STATEMENT_KIND_speech || s->vouch == STATEMENT_VOUCH_doubting; }

u32 *inside_find(const report *r) {
    u32 *inside = arena_new(r->memory, u32, r->tokens.count + 1);
    if (inside == NULL) {
        return NULL;
    }
    memset(inside, 0xFF, r->tokens.count * sizeof inside[0]);
    for (u32 i = 0; i < r->statements.count; i++) {
        const statement *s = &r->statements.items[i];
        if (!counts(s)) {
            continue;
        }
        u32 size = content_size(r, s);
        for (u32 c = s->first_content; c < s->end_content; c++) {
            u32 end = r->contents.items[c].end;
            for (u32 k = token_at(r, r->contents.items[c].start); k < r->tokens.count && report_token(r, k)->text.start < end; k++) {
                u32 other = inside[k];
                if (other == NONE || content_size(r, &r->statements.items[other]) > size) {
                    inside[k] = i;
                }
            }
        }
    }
    return inside;
}
