// SPDX-License-Identifier: Apache-2.0
/* The trainer's matrix product against plain sums, its choice of embedding rows, what it asks teachers and hears from them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../train/fit.h"
#include "../../train/gemm.h"
#include "../../train/votes.h"

enum { MOST = 80 };

static real number(u64 *random) { return (real)((double)(net_random(random) >> 40) / (1 << 24) - 0.5); }

/* Every mixture of wide blocks, narrow blocks, single rows and single columns. */
static void test_products_of_all_sizes(void **state) {
    (void)state;
    static real a[MOST * MOST], b[MOST * MOST], c[MOST * MOST];
    u64 random = 3;
    for (size_t i = 0; i < COUNT_OF(a); i++) {
        a[i] = number(&random);
        b[i] = number(&random);
    }
    for (size_t rows = 1; rows <= 14; rows++) {
        for (size_t cols = 1; cols <= MOST; cols += cols % 16 == 0 ? 1 : 5) {
            size_t inner = 1 + (rows * 7 + cols) % 40;
            for (size_t i = 0; i < COUNT_OF(c); i++) {
                c[i] = 1;
            }
            gemm(&(gemm_task){rows, cols, inner, a, MOST, 1, b, MOST, c, MOST, cols % 2 == 0});
            for (size_t i = 0; i < MOST; i++) {
                for (size_t j = 0; j < MOST; j++) {
                    double want = i < rows && j < cols && cols % 2 == 1 ? 0 : 1;
                    for (size_t k = 0; k < inner && i < rows && j < cols; k++) {
                        want += (double)a[i * MOST + k] * (double)b[k * MOST + j];
                    }
                    assert_true(fabs(want - (double)c[i * MOST + j]) < 1e-5);
                }
            }
        }
    }
}

static void add(treebank *bank, const char *form, u32 times) {
    for (u32 i = 0; i < times; i++) {
        word *w = list_push(&bank->memory, &bank->words);
        assert_non_null(w);
        *w = (word){.form = span_of(form)};
        feature_keys(w->form, w->keys);
    }
}

static int compare_keys(const void *a, const void *b) {
    u32 x = *(const u32 *)a, y = *(const u32 *)b;
    return x < y ? -1 : x > y;
}

static u32 norm_key(const char *form) {
    u32 keys[FEATURE_COUNT];
    feature_keys(span_of(form), keys);
    return keys[FEATURE_NORM];
}

/* The first weight of a form's row, or NULL when it has none. */
static real *row_of(const trained *net, const char *form) {
    u32 key = norm_key(form);
    const u32 *found = bsearch(&key, net->keys, net->key_count, sizeof key, compare_keys);
    return found == NULL ? NULL : net->values + (FEATURE_COUNT + (size_t)(found - net->keys)) * net->layout.shape.embed;
}

/* Rows far from the unknown row, or near it and much used, stay; the weights behind them move up whole. */
static void test_pruning_keeps_what_says_most(void **state) {
    (void)state;
    static const struct {
        const char *form;
        u32 uses;
        real value;
    } words[] = {{"harbour", 1, 5}, {"treaty", 40, 1}, {"vote", 2, 1}, {"strike", 30, 0}};
    treebank bank = {0};
    arena_open(&bank.memory, (size_t)1 << 24);
    trained net = {.layout = {.shape = {.rows = FEATURE_COUNT + COUNT_OF(words), .embed = 16, .width = 16, .hidden = 16, .arc = 16, .rel = 16, .rel_count = 3,
                                        .task_count = {3, 3, 3, 3}, .blocks = "c"}},
                   .key_count = COUNT_OF(words), .bank = &bank};
    net_layout_make(&net.layout);
    u32 keys[COUNT_OF(words)];
    net.keys = keys;
    net.values = calloc(net.layout.count, sizeof(real));
    assert_non_null(net.values);
    for (u32 i = 0; i < COUNT_OF(words); i++) {
        add(&bank, words[i].form, words[i].uses);
        keys[i] = norm_key(words[i].form);
    }
    qsort(keys, COUNT_OF(words), sizeof *keys, compare_keys);
    for (u32 i = 0; i < COUNT_OF(words); i++) {
        for (u32 k = 0; k < 16; k++) {
            row_of(&net, words[i].form)[k] = words[i].value;
        }
    }
    net.values[net.layout.dense] = 7;
    net.values[net.layout.count - 1] = 9;
    assert_int_equal(trained_prune(&net, FEATURE_COUNT + 2), 0);
    assert_int_equal(net.layout.shape.rows, FEATURE_COUNT + 2);
    assert_true(row_of(&net, "harbour") != NULL && row_of(&net, "harbour")[15] > 4.9f);
    assert_true(row_of(&net, "treaty") != NULL && row_of(&net, "treaty")[15] > 0.9f);
    assert_true(row_of(&net, "vote") == NULL && row_of(&net, "strike") == NULL);
    assert_true(net.values[net.layout.dense] > 6.9f && net.values[net.layout.count - 1] > 8.9f);
    assert_int_equal(trained_prune(&net, 1000), 0);
    assert_int_equal(net.layout.shape.rows, FEATURE_COUNT + 2);
    free(net.values);
    arena_close(&bank.memory);
}

/* "Rebels fled" with a tree, "Talks" without. */
static void open_two(treebank *bank) {
    treebank_open(bank);
    word *rebels = treebank_add_word(bank, SPAN("Rebels"));
    rebels->head = 2;
    rebels->deprel = (i16)deprel_find(SPAN("nsubj"));
    word *fled = treebank_add_word(bank, SPAN("fled"));
    fled->head = 0;
    fled->deprel = (i16)deprel_find(SPAN("root"));
    treebank_end_sentence(bank, 0, true);
    treebank_add_word(bank, SPAN("Talks"));
    treebank_end_sentence(bank, 2, false);
}

static int hear(treebank *bank, const char *votes) {
    char file[] = "/tmp/votes-XXXXXX";
    int descriptor = mkstemp(file);
    assert_true(descriptor >= 0);
    FILE *out = fdopen(descriptor, "w");
    fputs(votes, out);
    fclose(out);
    open_two(bank);
    int bad = votes_read(bank, file);
    remove(file);
    return bad;
}

static void test_votes(void **state) {
    (void)state;
    treebank bank;
    assert_int_equal(hear(&bank, "=2:nsubj:60,2:acl:relcl:30,0:root:10 =0:root:100\nNOUN/NNS=0:root:97\n"), 0);
    const word_votes *rebels = bank.words.items[0].votes, *talks = bank.words.items[2].votes;
    assert_true(rebels->count == 3 && rebels->head[1] == 2 && rebels->relation[1] == deprel_find(SPAN("acl:relcl")));
    assert_true(rebels->share[1] > 0.29f && rebels->share[1] < 0.31f && rebels->upos == -1);
    assert_true(talks->upos == (i16)upos_find(SPAN("NOUN")) && talks->xpos == (i16)xpos_find(SPAN("NNS")) && talks->head[0] == 0);
    treebank_close(&bank);
    assert_int_equal(hear(&bank, "-\n-\n"), 0);
    assert_true(bank.words.items[0].votes == NULL && bank.words.items[2].votes == NULL);
    treebank_close(&bank);
    static const char *const wrong[] = {"=2:nsubj:60\n-\n", "-\n", "-\n=2:root:100\n", "-\n=0:nosuch:100\n", "-\n=0:root:101\n", "-\n=0:root:x\n", "-\n=\n"};
    for (u32 i = 0; i < COUNT_OF(wrong); i++) {
        assert_int_equal(hear(&bank, wrong[i]), 1);
        treebank_close(&bank);
    }
}

static void test_what_teachers_are_asked(void **state) {
    (void)state;
    char file[] = "/tmp/asked-XXXXXX", text[200] = "";
    close(mkstemp(file));
    treebank bank;
    open_two(&bank);
    assert_int_equal(votes_ask(&bank, file), 0);
    FILE *in = fopen(file, "r");
    text[fread(text, 1, sizeof text - 1, in)] = 0;
    fclose(in);
    remove(file);
    treebank_close(&bank);
    assert_string_equal(text, "#\ttree\nRebels\t2\tnsubj\t_\t_\nfled\t0\troot\t_\t_\n#\twords\nTalks\t-1\t_\t_\t_\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_products_of_all_sizes), cmocka_unit_test(test_pruning_keeps_what_says_most),
                                       cmocka_unit_test(test_votes), cmocka_unit_test(test_what_teachers_are_asked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
