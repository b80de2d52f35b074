// SPDX-License-Identifier: Apache-2.0
/* In: "Le président a reçu les ministres."   Out: "fr"
 *
 * Small words are a third or more of any running text, and each language has its own: count which
 * list the words fall into and take the fullest.  A word may stand in several lists ("die", "a").
 *
 *   long texts    the fullest list, if it holds a good share of the words, enough of them not English
 *   short ones    English, unless another language shows two words that are not English, and twice
 *                 as many as there are English ones that are not its own; a word in small letters with
 *                 an accent counts too.  "Envoys met in Vienna." has two words of Dutch, and is none.
 *
 * A word of names before a capital ("Van der Bellen", "Den Haag") is no word of another language.  Other scripts than the Latin one are told by their letters (scripts.tsv), and
 * languages that share one by words again. */
#include "read/language.h"

#include "read/fold.h"

#define SAMPLE ((size_t)24 << 10) /* bytes read */
#define SURE_WORDS 40u
#define LEAST_SHARE 9u /* percent of the words, for a text long enough to tell */
#define OWN_SHARE 5u   /* percent that are another language's and not English: Scots shares most of its words */
#define SCRIPT_LIMIT 64u

typedef struct {
    u32 bits; /* languages whose list it is in */
    bool capital, accented, of_names;
} seen_word;

typedef struct {
    u32 words, letters, latin;
    u32 foreign;                 /* words in small letters with an accent */
    u32 hits[LANGUAGE_LIMIT];
    u32 shared[LANGUAGE_LIMIT];  /* of them also English */
    u32 in_script[SCRIPT_LIMIT]; /* letters */
    seen_word present;           /* waits for the one behind it */
} word_count;

/* Counts the present word, now that it is known whether a capitalised one follows. */
static void weigh_word(const read_tables *tables, word_count *count, bool capital_follows) {
    const seen_word *w = &count->present;
    bool in_name = w->of_names && capital_follows && count->words > 2; /* the first word of a text is none */
    count->foreign += w->accented && !w->capital;
    for (u32 i = 0; i < tables->language_count; i++) {
        bool hit = (w->bits >> i & 1) != 0 && (i == 0 || !in_name);
        count->hits[i] += hit;
        count->shared[i] += hit && (w->bits & 1) != 0;
    }
}

static void take_word(const read_tables *tables, span word, word_count *count) {
    char buffer[64];
    u32 size, bits = NONE;
    seen_word next = {.capital = utf8_is_upper(utf8_decode(word, 0, &size))};
    count->words++;
    if (word.len <= 24) {
        span folded = fold(word, buffer, sizeof buffer);
        bits = map_find(&tables->stop_words, read_hash(folded));
        next.of_names = map_find(&tables->name_words, read_hash(folded)) != NONE;
        const char *mark = memchr(folded.ptr, '\'', folded.len);
        if (bits == NONE && mark != NULL) { /* "l'armée" */
            bits = map_find(&tables->stop_words, read_hash(span_cut(folded, 0, (size_t)(mark - folded.ptr) + 1)));
        }
    }
    for (size_t i = 0; i < word.len; i++) {
        next.accented = next.accented || ((unsigned char)word.ptr[i] >= 0xC3 && (unsigned char)word.ptr[i] < 0xCA);
    }
    next.bits = bits == NONE ? 0 : bits;
    weigh_word(tables, count, next.capital);
    count->present = next;
}

static void take_letter(const read_tables *tables, u32 code, word_count *count) {
    count->letters++;
    if (code < 0x250 || (code >= 0x1E00 && code < 0x1F00)) {
        count->latin++;
        return;
    }
    for (u32 i = 0; i < tables->scripts.count && i < SCRIPT_LIMIT; i++) {
        count->in_script[i] += code >= tables->scripts.items[i].first && code <= tables->scripts.items[i].last;
    }
}

static void count_words_of(const read_tables *tables, span text, word_count *count) {
    size_t start = 0;
    bool inside = false;
    for (size_t at = 0; at <= text.len;) {
        u32 size = 1, code = at < text.len ? utf8_decode(text, at, &size) : ' ';
        bool letter = utf8_is_letter(code) || (inside && (code == '\'' || code == 0x2019)); /* "Iran's" is one word */
        if (letter) {
            take_letter(tables, code, count);
        }
        if (letter && !inside) {
            start = at;
        } else if (!letter && inside) {
            take_word(tables, span_cut(text, start, at), count);
        }
        inside = letter;
        at += size;
    }
    weigh_word(tables, count, false);
}

static u32 fullest(const u32 *counts, u32 count, u32 first) {
    u32 best = first;
    for (u32 i = first + 1; i < count; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return best;
}

/* No Latin letters to speak of: by words where they fit the script, else by the script alone. */
static span find_by_script(const read_tables *tables, const word_count *count) {
    u32 scripts = tables->scripts.count < SCRIPT_LIMIT ? tables->scripts.count : SCRIPT_LIMIT;
    u32 best = fullest(count->hits, tables->language_count, 0), script = scripts > 0 ? fullest(count->in_script, scripts, 0) : 0;
    if (count->hits[best] > 0 && best != 0 && count->hits[best] * 20 >= count->words) {
        return tables->languages[best];
    }
    return scripts > 0 && count->in_script[script] > 0 ? tables->scripts.items[script].language : SPAN("und");
}

static span find_in_short(const read_tables *tables, const word_count *count) {
    u32 own[LANGUAGE_LIMIT] = {0};
    for (u32 i = 1; i < tables->language_count; i++) {
        own[i] = count->hits[i] - count->shared[i];
    }
    u32 best = tables->language_count > 1 ? fullest(own, tables->language_count, 1) : 0;
    for (u32 i = 1; i < tables->language_count; i++) { /* two languages with the same own words differ in the rest */
        best = own[i] == own[best] && count->hits[i] > count->hits[best] ? i : best;
    }
    u32 english = count->hits[0] - count->shared[best];
    bool is_other = best > 0 && own[best] > 0 && own[best] + count->foreign >= 2 * english + 2;
    return tables->languages[is_other ? best : 0];
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
        return find_by_script(tables, &count);
    }
    if (!*is_sure) {
        return find_in_short(tables, &count);
    }
    u32 best = fullest(count.hits, tables->language_count, 0); /* the first line of the table, English, wins ties */
    if ((u64)(count.hits[best] - count.shared[best]) * 100 < (u64)count.words * OWN_SHARE) {
        best = 0;
    }
    bool too_few = (u64)count.hits[best] * 100 < (u64)count.words * LEAST_SHARE;
    return too_few ? SPAN("und") : tables->languages[best];
}
