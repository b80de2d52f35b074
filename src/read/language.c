// SPDX-License-Identifier: Apache-2.0
/* In: "Le président a reçu les ministres."   Out: "fr"
 *
 * Small words are a third or more of any running text, and each language has its own: count which
 * list the words fall into and take the fullest.  A word may stand in several lists ("die", "a").
 * A text of few words may hold none ("Iran attacked Syria."), so a short one counts as English
 * unless another language has many more of its words, or it is in another script; a long one must
 * show them. */
#include "read/language.h"

#include "read/fold.h"

#define SAMPLE ((size_t)24 << 10) /* bytes read */
#define SURE_WORDS 40u
#define LEAST_SHARE 9u /* percent of the words, for a text long enough to tell */

typedef struct {
    u32 words, letters, latin;
    u32 hits[LANGUAGE_LIMIT];
} word_count;

static void count_word(const read_tables *tables, span word, word_count *count) {
    char buffer[64];
    count->words++;
    if (word.len > 24) {
        return;
    }
    u32 bits = map_find(&tables->stop_words, read_hash(fold(word, buffer, sizeof buffer)));
    for (u32 i = 0; bits != NONE && i < tables->language_count; i++) {
        count->hits[i] += bits >> i & 1;
    }
}

static void count_words_of(const read_tables *tables, span text, word_count *count) {
    size_t start = 0;
    bool inside = false;
    for (size_t at = 0; at <= text.len;) {
        u32 size = 1, code = at < text.len ? utf8_decode(text, at, &size) : ' ';
        bool letter = utf8_is_letter(code) || (inside && (code == '\'' || code == 0x2019)); /* "Iran's" is one word */
        if (letter) {
            count->letters++;
            count->latin += code < 0x250 || (code >= 0x1E00 && code < 0x1F00);
        }
        if (letter && !inside) {
            start = at;
        } else if (!letter && inside) {
            count_word(tables, span_cut(text, start, at), count);
        }
        inside = letter;
        at += size;
    }
}

span language_find(const read_tables *tables, span text, bool *is_sure) {
    word_count count = {0};
    count_words_of(tables, text.len > SAMPLE ? span_cut(text, 0, SAMPLE) : text, &count);
    *is_sure = count.words >= SURE_WORDS;
    if (count.letters == 0 || tables->language_count == 0) {
        return SPAN("und");
    }
    if (count.latin * 2 < count.letters) {
        *is_sure = true;
        return SPAN("und");
    }
    u32 best = 0; /* the first line of the table is the language that is coded, and wins ties */
    for (u32 i = 1; i < tables->language_count; i++) {
        best = count.hits[i] > count.hits[best] ? i : best;
    }
    if (!*is_sure && count.hits[best] < 2 * count.hits[0] + 2) {
        best = 0; /* "Envoys met in Vienna." has two words of Dutch, and is none */
    }
    bool too_few = (u64)count.hits[best] * 100 < (u64)count.words * LEAST_SHARE;
    return too_few && *is_sure ? SPAN("und") : tables->languages[best];
}
