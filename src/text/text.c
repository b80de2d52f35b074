// SPDX-License-Identifier: Apache-2.0
/* The text stage: blocks to sentences and tokens.
 *
 * In: report.text and report.blocks.  Out: report.tokens (range, form, lower, space_after,
 * joined, sentence) and report.sentences.  Paragraphs are cut into sentences, a heading is one
 * sentence, other blocks (captions, credits, furniture) are passed over.
 *
 *     cut.c     blanks part chunks; word.c, number.c and mark.c cut what is inside them
 *     split.c   tokens to sentences
 *     lists.c   lang/en/abbreviations.tsv, lang/en/text/cutting.tsv
 *
 * The conventions are those of Universal Dependencies English (EWT, GUM), which the parser is
 * trained on.  Time is linear in the text, and no call recurses. */
#include "text/text.h"

#include "text/cut.h"
#include "text/lists.h"
#include "text/split.h"

drg_status text_open(text_tables **out, knowledge *k, drg_error *error) {
    *out = arena_new(&k->memory, text_tables, 1);
    if (*out == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, "text", 0, "out of memory");
    }
    return lists_load(*out, k, error);
}

drg_status text_run(const text_tables *tables, report *r, drg_error *error) {
    for (u32 i = 0; i < r->blocks.count; i++) {
        block b = r->blocks.items[i];
        if (b.kind != BLOCK_PARAGRAPH && b.kind != BLOCK_HEADING) {
            continue;
        }
        u32 first = r->tokens.count;
        if (!cut_block(tables, r, b.text) || !split_block(tables, r, i, first, b.kind == BLOCK_HEADING)) {
            return drg_fail(error, DRG_ERROR_MEMORY, "text", b.text.start, "out of memory");
        }
    }
    return DRG_OK;
}

void text_close(text_tables *tables) { (void)tables; /* lives in the knowledge's arena */ }
