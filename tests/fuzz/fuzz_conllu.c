// SPDX-License-Identifier: Apache-2.0
/* Any bytes are read as CoNLL-U; what was read is written, read again the same, laid out as text
 * and scored against itself without a fault. */
#include "text/conllu_score.h"

typedef struct {
    char *bytes;
    size_t size, room;
} growing;

static drg_status keep(void *user, const char *bytes, size_t size) {
    growing *g = user;
    if (size > g->room - g->size) {
        return DRG_ERROR_OUTPUT;
    }
    memcpy(g->bytes + g->size, bytes, size);
    g->size += size;
    return DRG_OK;
}

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "%s\n", law);
        abort();
    }
}

static void check_score(const conllu *gold, const conllu *system, arena *memory) {
    score scores[SCORE_COUNT];
    drg_error error;
    demand(conllu_score(gold, system, memory, scores, &error) == DRG_OK, "a document differs from its copy");
    demand(scores[SCORE_SENTENCES].correct == gold->sentences.count, "a sentence is lost in its copy");
    demand(scores[SCORE_TOKENS].correct <= gold->tokens.count, "more tokens are right than there are");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    arena memory;
    conllu first, second;
    arena_open(&memory, (size_t)1 << 30);
    demand(conllu_read(&first, (span){(const char *)bytes, size}, &memory), "reading needs more memory than it may");
    growing out = {.room = size * 8 + 4096};
    out.bytes = malloc(out.room);
    demand(out.bytes != NULL, "out of memory");
    demand(conllu_write(&first, 0, first.sentences.count, keep, &out) == DRG_OK, "writing needs too much room");
    demand(conllu_read(&second, (span){out.bytes, out.size}, &memory), "reading again needs more memory");
    demand(second.complaints.count == 0 && second.words.count == first.words.count && second.tokens.count == first.tokens.count,
           "what was written reads differently");
    check_score(&first, &second, &memory);
    report r = {.memory = &memory};
    symbols_open(&r.words, NULL, &memory);
    demand(conllu_lay(&first, 0, first.sentences.count, true, &r), "laying out needs more memory");
    demand(r.tokens.count == first.words.count && r.sentences.count == first.sentences.count, "words are lost in the layout");
    free(out.bytes);
    arena_close(&memory);
    return 0;
}
