// SPDX-License-Identifier: Apache-2.0
/* Reads CoNLL-U and IOB2 line by line.  Multiword tokens and empty nodes of CoNLL-U are passed
 * over: the parser works on syntactic words. */
#include "base/utf8.h"
#include "treebank.h"

#define COLUMNS 10

void treebank_open(treebank *bank) {
    memset(bank, 0, sizeof *bank);
    arena_open(&bank->memory, (size_t)4 << 30);
}

void treebank_close(treebank *bank) { arena_close(&bank->memory); }

int treebank_read(treebank *bank, const char *file, span *text) {
    FILE *in = fopen(file, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0) {
        fprintf(stderr, "cannot read %s\n", file);
        return 1;
    }
    long size = ftell(in);
    rewind(in);
    char *bytes = arena_alloc(&bank->memory, (size_t)size + 1, 1);
    int bad = bytes == NULL || fread(bytes, 1, (size_t)size, in) != (size_t)size;
    fclose(in);
    *text = (span){bytes, (size_t)size};
    return bad;
}

/* "PRESIDENT" and "President" for "president": the shapes of a headline. */
static void shape_variants(word *w) {
    char room[FEATURE_ROOM * 4], lower[FEATURE_ROOM * 4];
    u32 keys[FEATURE_COUNT];
    w->shapes[CASE_AS_IS] = w->shapes[CASE_UPPER] = w->shapes[CASE_TITLE] = w->keys[FEATURE_SHAPE];
    if (w->form.len >= FEATURE_ROOM) {
        return;
    }
    bool ascii = true;
    for (size_t i = 0; i < w->form.len; i++) {
        ascii = ascii && (u8)w->form.ptr[i] < 128;
        room[i] = ascii_to_upper(w->form.ptr[i]);
    }
    if (!ascii) {
        return;
    }
    feature_keys((span){room, w->form.len}, keys);
    w->shapes[CASE_UPPER] = keys[FEATURE_SHAPE];
    memcpy(lower, w->form.ptr, w->form.len);
    lower[0] = ascii_to_upper(lower[0]);
    feature_keys((span){lower, w->form.len}, keys);
    w->shapes[CASE_TITLE] = keys[FEATURE_SHAPE];
}

word *treebank_add_word(treebank *bank, span form) {
    word *w = list_push(&bank->memory, &bank->words);
    if (w == NULL) {
        return NULL;
    }
    *w = (word){.form = form, .lemma = form, .head = -1, .feats = -1, .upos = -1, .xpos = -1, .deprel = -1, .space_after = true};
    feature_keys(form, w->keys);
    shape_variants(w);
    return w;
}

static i32 feats_index(treebank *bank, span feats) {
    for (u32 i = 0; i < bank->feats.count; i++) {
        if (span_eq(bank->feats.items[i], feats)) {
            return (i32)i;
        }
    }
    span *entry = list_push(&bank->memory, &bank->feats);
    if (entry == NULL) {
        return -1;
    }
    *entry = feats;
    return (i32)bank->feats.count - 1;
}

void treebank_end_sentence(treebank *bank, u32 first, bool tree) {
    if (bank->words.count > first) {
        training_sentence *s = list_push(&bank->memory, &bank->sentences);
        if (s != NULL) {
            *s = (training_sentence){first, bank->words.count - first, tree};
        }
    }
}

static i32 number_of(span digits) {
    i32 value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_is_digit(digits.ptr[i])) {
            return -1;
        }
        value = value * 10 + (digits.ptr[i] - '0');
    }
    return digits.len ? value : -1;
}

static i16 deprel_of(span name, const char *file) {
    u32 found = deprel_find(name);
    if (found == NONE && (span_eq(name, SPAN("obl:tmod")) || span_eq(name, SPAN("obl:npmod")))) {
        found = DEPREL_obl_unmarked; /* older treebanks split what newer ones call obl:unmarked */
    }
    if (found == NONE) {
        fprintf(stderr, "%s: unknown relation %.*s\n", file, (int)name.len, name.ptr);
        found = DEPREL_dep;
    }
    return (i16)found;
}

static void fill_word(treebank *bank, word *w, const span *column, const char *file) {
    w->lemma = column[2];
    w->upos = (i16)upos_find(column[3]);
    w->xpos = (i16)xpos_find(column[4]);
    i32 feats = feats_index(bank, column[5]);
    w->feats = feats;
    w->head = number_of(column[6]);
    w->deprel = deprel_of(column[7], file);
    w->misc = column[9];
    span misc = column[9];
    while (misc.len > 0) {
        if (span_eq(span_next_field(&misc, '|'), SPAN("SpaceAfter=No"))) {
            w->space_after = false;
        }
    }
}

int treebank_add_conllu(treebank *bank, const char *file) {
    span rest;
    if (treebank_read(bank, file, &rest)) {
        return 1;
    }
    u32 first = bank->words.count;
    while (rest.len > 0) {
        span line = span_next_field(&rest, '\n');
        if (span_trim(line).len == 0) {
            names_from_tree(bank->words.items + first, bank->words.count - first);
            treebank_end_sentence(bank, first, true);
            first = bank->words.count;
            continue;
        }
        if (line.ptr[0] == '#') {
            continue;
        }
        span column[COLUMNS] = {{0}};
        for (u32 i = 0; i < COLUMNS && line.len > 0; i++) {
            column[i] = span_next_field(&line, '\t');
        }
        if (number_of(column[0]) < 0) {
            continue;
        }
        word *w = treebank_add_word(bank, column[1]);
        if (w == NULL) {
            return 1;
        }
        fill_word(bank, w, column, file);
    }
    names_from_tree(bank->words.items + first, bank->words.count - first);
    treebank_end_sentence(bank, first, true);
    return 0;
}

int treebank_prune_feats(treebank *bank, u32 least) {
    u32 *counts = arena_new(&bank->memory, u32, bank->feats.count + 1), kept = 0;
    i32 *numbers = arena_new(&bank->memory, i32, bank->feats.count + 1);
    if (counts == NULL || numbers == NULL) {
        return 1;
    }
    for (u32 i = 0; i < bank->words.count; i++) {
        if (bank->words.items[i].feats >= 0) {
            counts[bank->words.items[i].feats]++;
        }
    }
    for (u32 i = 0; i < bank->feats.count; i++) {
        numbers[i] = -1;
        if (counts[i] >= least) {
            bank->feats.items[kept] = bank->feats.items[i];
            numbers[i] = (i32)kept++;
        }
    }
    bank->feats.count = kept;
    for (u32 i = 0; i < bank->words.count; i++) {
        word *w = &bank->words.items[i];
        w->feats = w->feats >= 0 ? numbers[w->feats] : -1;
    }
    return 0;
}

/* ------------------------------------------------------------------ names */

static u32 kind_find(span name) {
    for (u32 kind = 0; kind < NAME_COUNT; kind++) {
        if (span_eq(span_of(name_kind_name(kind)), name)) {
            return kind;
        }
    }
    return NONE;
}

/* The labels that a source's tag ("B-corporation") leaves open under `meanings`. */
static u16 allowed_labels(span tag, span meanings) {
    bool outside = span_eq(tag, SPAN("O")), begins = tag.len > 0 && tag.ptr[0] == 'B';
    span type = outside ? tag : span_cut(tag, tag.len >= 2 ? 2 : tag.len, tag.len);
    while (meanings.len > 0) {
        span entry = span_next_field(&meanings, ' ');
        if (!span_eq(span_next_field(&entry, '='), type)) {
            continue;
        }
        u32 set = 0;
        while (entry.len > 0) {
            u32 kind = kind_find(span_next_field(&entry, '|'));
            if (kind == NAME_NONE) {
                set |= NAME_BIT(0);
            } else if (kind != NONE && outside) {
                set |= NAME_BIT(2 * kind - 1) | NAME_BIT(2 * kind);
            } else if (kind != NONE) {
                set |= NAME_BIT(begins ? 2 * kind - 1 : 2 * kind);
            }
        }
        return (u16)set;
    }
    return 0;
}

/* "Al-Nahda" is three words to the text stage. */
static bool add_named(treebank *bank, span form, span tag, const char *meanings) {
    char inside[32];
    int size = snprintf(inside, sizeof inside, "%s%.*s", tag.len > 2 ? "I-" : "", (int)(tag.len > 2 ? tag.len - 2 : tag.len), tag.len > 2 ? tag.ptr + 2 : tag.ptr);
    span later = {inside, (size_t)size};
    for (size_t at = 0, end; at < form.len; at = end) {
        end = at + 1;
        bool hyphen = form.ptr[at] == '-' && at > 0 && at + 1 < form.len;
        while (!hyphen && end < form.len && !(form.ptr[end] == '-' && ascii_is_alpha(form.ptr[end - 1]) && end + 1 < form.len && ascii_is_alpha(form.ptr[end + 1]))) {
            end++;
        }
        word *w = treebank_add_word(bank, span_cut(form, at, end));
        if (w == NULL) {
            return false;
        }
        w->names = allowed_labels(at == 0 ? tag : later, span_of(meanings));
        w->space_after = end == form.len;
    }
    return true;
}

/* Some sources part hyphenated words themselves, and none says where blanks stood. */
static void close_hyphens(word *words, u32 count) {
    for (u32 i = 1; i + 1 < count; i++) {
        span before = words[i - 1].form, after = words[i + 1].form;
        if (span_eq(words[i].form, SPAN("-")) && ascii_is_alpha(before.ptr[before.len - 1]) && ascii_is_alpha(after.ptr[0])) {
            words[i - 1].space_after = words[i].space_after = false;
        }
    }
}

int treebank_add_names(treebank *bank, const char *file, const char *meanings) {
    span rest;
    if (treebank_read(bank, file, &rest)) {
        return 1;
    }
    u32 first = bank->words.count;
    while (rest.len > 0) {
        span line = span_trim(span_next_field(&rest, '\n'));
        if (line.len == 0) {
            close_hyphens(bank->words.items + first, bank->words.count - first);
            treebank_end_sentence(bank, first, false);
            first = bank->words.count;
            continue;
        }
        span form = span_next_field(&line, '\t');
        if (!add_named(bank, form, span_trim(line), meanings)) {
            return 1;
        }
    }
    treebank_end_sentence(bank, first, false);
    return 0;
}
