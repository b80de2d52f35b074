// SPDX-License-Identifier: Apache-2.0
/* Learns lemma scripts.  Every (word, tag) votes for its most frequent script; every ending of up
 * to six bytes takes the script of most of its words; an ending is kept only where it changes what
 * its own shorter ending says, and a whole word only where the endings are wrong about it. */
#include <stdlib.h>

#include "base/utf8.h"
#include "export.h"

typedef struct {
    u32 key, script, count;
    u32 word; /* example: index into the bank */
} vote;

typedef struct {
    vote *items;
    u32 count, room;
} votes;

static int push_vote(votes *v, vote one) {
    if (v->count == v->room) {
        u32 room = v->room ? v->room * 2 : 4096;
        vote *grown = realloc(v->items, room * sizeof *grown);
        if (grown == NULL) {
            return 1;
        }
        v->items = grown;
        v->room = room;
    }
    v->items[v->count++] = one;
    return 0;
}

static int compare_votes(const void *a, const void *b) {
    const vote *x = a, *y = b;
    return x->key != y->key ? (x->key < y->key ? -1 : 1) : x->script != y->script ? (x->script < y->script ? -1 : 1) : 0;
}

/* Sorts, adds up equal (key, script), keeps each key's most frequent script. */
static void settle(votes *v) {
    qsort(v->items, v->count, sizeof(vote), compare_votes);
    u32 kept = 0;
    for (u32 i = 0, end; i < v->count; i = end) {
        vote best = {0}, run = v->items[i];
        run.count = 0;
        for (end = i; end < v->count && v->items[end].key == v->items[i].key; end++) {
            if (v->items[end].script != run.script) {
                best = run.count > best.count ? run : best;
                run = v->items[end];
                run.count = 0;
            }
            run.count += v->items[end].count;
        }
        v->items[kept++] = run.count > best.count ? run : best;
    }
    v->count = kept;
}

static u32 script_index(lemma_rules *rules, const lemma_script *script) {
    for (u32 i = 0; i < rules->script_count; i++) {
        if (memcmp(&rules->scripts[i], script, sizeof *script) == 0) {
            return i;
        }
    }
    lemma_script *grown = realloc(rules->scripts, (rules->script_count + 1) * sizeof *grown);
    if (grown == NULL) {
        return NONE;
    }
    rules->scripts = grown;
    rules->scripts[rules->script_count] = *script;
    return rules->script_count++;
}

/* The script from a word to its lemma, or false where there is none worth having. */
static bool make_script(const word *w, span lower, lemma_script *script) {
    memset(script, 0, sizeof *script);
    script->keep_case = w->upos == UPOS_PROPN || (w->upos != UPOS_PRON && ascii_is_upper(w->form.ptr[0]) && w->lemma.len > 0 && ascii_is_upper(w->lemma.ptr[0]));
    span base = script->keep_case ? w->form : lower;
    size_t same = 0;
    while (same < base.len && same < w->lemma.len && base.ptr[same] == w->lemma.ptr[same]) {
        same++;
    }
    while (same > 0 && ((same < base.len && ((u8)base.ptr[same] & 0xC0) == 0x80) || (same < w->lemma.len && ((u8)w->lemma.ptr[same] & 0xC0) == 0x80))) {
        same--; /* never inside a character */
    }
    if (base.len - same > 24 || w->lemma.len - same > 24 || w->lemma.len == 0) {
        return false;
    }
    script->cut = (u8)(base.len - same);
    script->size = (u8)(w->lemma.len - same);
    memcpy(script->append, w->lemma.ptr + same, script->size);
    return true;
}

static const vote *find_vote(const votes *v, u32 key) {
    u32 low = 0, high = v->count;
    while (low < high) {
        u32 middle = (low + high) / 2;
        if (v->items[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < v->count && v->items[low].key == key ? &v->items[low] : NULL;
}

static span lower_of(const treebank *bank, u32 index, char *buffer) {
    return utf8_lower(bank->words.items[index].form, buffer, 256);
}

static int count_words(lemma_rules *rules, const treebank *bank, votes *words) {
    char buffer[256];
    for (u32 i = 0; i < bank->words.count; i++) {
        const word *w = &bank->words.items[i];
        lemma_script script;
        span lower = lower_of(bank, i, buffer);
        if (w->upos < 0 || w->xpos < 0 || w->form.len > 60 || w->xpos == XPOS_GW || span_eq(w->lemma, SPAN("_")) || !make_script(w, lower, &script)) {
            continue;
        }
        u32 index = script_index(rules, &script);
        if (index == NONE || push_vote(words, (vote){lemma_key(lower, (u32)w->xpos, true), index, 1, i})) {
            return 1;
        }
    }
    settle(words);
    return 0;
}

static int count_endings(const treebank *bank, const votes *words, votes *endings) {
    char buffer[256];
    for (u32 i = 0; i < words->count; i++) {
        span lower = lower_of(bank, words->items[i].word, buffer);
        u32 tag = (u32)bank->words.items[words->items[i].word].xpos;
        size_t longest = lower.len < LEMMA_ENDING ? lower.len : LEMMA_ENDING;
        for (size_t size = 0; size <= longest; size++) {
            u32 key = lemma_key(span_cut(lower, lower.len - size, lower.len), tag, false);
            if (push_vote(endings, (vote){key, words->items[i].script, 1, words->items[i].word})) {
                return 1;
            }
        }
    }
    settle(endings);
    return 0;
}

/* What the endings shorter than `size` say of a word; NONE when nothing. */
static u32 ending_says(const votes *endings, span lower, u32 tag, size_t size) {
    u32 says = NONE;
    for (size_t shorter = 0; shorter < size; shorter++) {
        const vote *v = find_vote(endings, lemma_key(span_cut(lower, lower.len - shorter, lower.len), tag, false));
        says = v != NULL ? v->script : says;
    }
    return says;
}

static int keep(lemma_rules *rules, u32 key, u32 script) {
    if (rules->count % 4096 == 0) {
        u32 *keys = realloc(rules->keys, (rules->count + 4096) * sizeof(u32));
        rules->keys = keys ? keys : rules->keys;
        u32 *values = realloc(rules->values, (rules->count + 4096) * sizeof(u32));
        rules->values = values ? values : rules->values;
        if (keys == NULL || values == NULL) {
            return 1;
        }
    }
    rules->keys[rules->count] = key;
    rules->values[rules->count++] = script;
    return 0;
}

int lemmas_learn(lemma_rules *rules, const treebank *bank) {
    votes words = {0}, endings = {0};
    char buffer[256];
    memset(rules, 0, sizeof *rules);
    int bad = count_words(rules, bank, &words) || count_endings(bank, &words, &endings);
    for (u32 i = 0; i < words.count && !bad; i++) {
        u32 index = words.items[i].word, tag = (u32)bank->words.items[index].xpos;
        span lower = lower_of(bank, index, buffer);
        size_t longest = lower.len < LEMMA_ENDING ? lower.len : LEMMA_ENDING;
        if (ending_says(&endings, lower, tag, longest + 1) != words.items[i].script) {
            bad = keep(rules, words.items[i].key, words.items[i].script);
        }
    }
    for (u32 i = 0; i < endings.count && !bad; i++) {
        u32 index = endings.items[i].word, tag = (u32)bank->words.items[index].xpos, key = endings.items[i].key;
        span lower = lower_of(bank, index, buffer);
        size_t size = 0; /* the ending's own length: the one whose key this is */
        while (size < lower.len && lemma_key(span_cut(lower, lower.len - size, lower.len), tag, false) != key) {
            size++;
        }
        if (size == 0 || ending_says(&endings, lower, tag, size) != endings.items[i].script) {
            bad = keep(rules, key, endings.items[i].script);
        }
    }
    free(words.items);
    free(endings.items);
    return bad;
}

void lemmas_free(lemma_rules *rules) {
    free(rules->keys);
    free(rules->values);
    free(rules->scripts);
}
