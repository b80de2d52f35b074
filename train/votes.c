// SPDX-License-Identifier: Apache-2.0
/* One line a sentence, `-` where nobody voted, else a field a word: its tags where the source has none, then heads,
 * relations and per cents:
 *
 *     Rebels fled .    NOUN/NNS=2:nsubj:97,2:compound:2 VERB/VBD=0:root:100 PUNCT/.=2:punct:100 */
#include <zlib.h>

#include "votes.h"

int votes_ask(const treebank *bank, const char *file) {
    FILE *out = fopen(file, "w");
    if (out == NULL) {
        fprintf(stderr, "cannot write %s\n", file);
        return 1;
    }
    for (u32 i = 0; i < bank->sentences.count; i++) {
        const training_sentence *s = &bank->sentences.items[i];
        fprintf(out, "#\t%s\n", s->tree ? "tree" : "words");
        for (u32 k = s->first; k < s->first + s->count; k++) {
            const word *w = &bank->words.items[k];
            fprintf(out, "%.*s\t%d\t%s\t%s\t%s\n", (int)w->form.len, w->form.ptr, w->head, s->tree ? deprel_name((u32)w->deprel) : "_",
                    w->upos < 0 ? "_" : upos_name((u32)w->upos), w->xpos < 0 ? "_" : xpos_name((u32)w->xpos));
        }
    }
    return fclose(out) != 0;
}

static u32 number_of(span digits) {
    u32 value = 0;
    for (size_t i = 0; i < digits.len && i < 6; i++) {
        value = ascii_is_digit(digits.ptr[i]) ? value * 10 + (u32)(digits.ptr[i] - '0') : UINT32_MAX / 20;
    }
    return value;
}

/* "2:nsubj:97" */
static bool take_vote(word_votes *votes, span text, u32 count) {
    span head = span_next_field(&text, ':'), share;
    size_t colon = text.len;
    while (colon > 0 && text.ptr[colon - 1] != ':') { /* relations have colons: acl:relcl */
        colon--;
    }
    if (colon == 0 || votes->count == VOTE_LIMIT) {
        return false;
    }
    share = span_cut(text, colon, text.len);
    u32 relation = deprel_find(span_cut(text, 0, colon - 1));
    votes->head[votes->count] = (u16)number_of(head);
    votes->relation[votes->count] = (u16)relation;
    votes->share[votes->count] = (float)number_of(share) / 100;
    return relation != NONE && number_of(head) <= count && number_of(share) <= 100 && votes->share[votes->count++] > 0;
}

static bool take_word(treebank *bank, word *w, span field, u32 count) {
    span tags = span_next_field(&field, '='), coarse = span_next_field(&tags, '/');
    word_votes *votes = arena_new(&bank->memory, word_votes, 1);
    if (votes == NULL) {
        return false;
    }
    memset(votes, 0, sizeof *votes);
    votes->upos = coarse.len > 0 ? (i16)upos_find(coarse) : -1;
    votes->xpos = tags.len > 0 ? (i16)xpos_find(tags) : -1;
    while (field.len > 0) {
        if (!take_vote(votes, span_next_field(&field, ','), count)) {
            return false;
        }
    }
    w->votes = votes;
    return votes->count > 0;
}

static bool take_sentence(treebank *bank, const training_sentence *s, span line) {
    if (span_eq(line, SPAN("-"))) {
        return true;
    }
    for (u32 i = 0; i < s->count; i++) {
        if (!take_word(bank, &bank->words.items[s->first + i], span_next_field(&line, ' '), s->count)) {
            return false;
        }
    }
    return line.len == 0;
}

int votes_read(treebank *bank, const char *file) {
    gzFile in = gzopen(file, "rb");
    char *text = NULL;
    size_t size = 0, room = 0;
    for (int got = in == NULL ? -1 : 1; got > 0; size += (size_t)got) {
        if (size + ((size_t)1 << 20) > room) {
            char *larger = arena_alloc(&bank->memory, room = room * 2 + ((size_t)8 << 20), 1);
            if (larger == NULL) {
                break;
            }
            if (size > 0) {
                memcpy(larger, text, size);
            }
            text = larger;
        }
        got = gzread(in, text + size, 1u << 20);
        if (got <= 0) {
            break;
        }
    }
    if (in == NULL || gzclose(in) != Z_OK || text == NULL) {
        fprintf(stderr, "cannot read %s\n", file);
        return 1;
    }
    span rest = {text, size};
    for (u32 i = 0; i < bank->sentences.count; i++) {
        if (rest.len == 0 || !take_sentence(bank, &bank->sentences.items[i], span_next_field(&rest, '\n'))) {
            fprintf(stderr, "%s:%u: no votes on sentence %u of the sources: make them anew with train/teachers.py\n", file, i + 1, i + 1);
            return 1;
        }
    }
    return 0;
}
