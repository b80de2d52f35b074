// SPDX-License-Identifier: Apache-2.0
/* The parse stage: kernels against their definition, trees against trying every tree, lemma
 * scripts, whole sentences through the shipped model, hostile sizes and broken model files. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "parse/agree.h"
#include "parse/gather.h"
#include "parse/model.h"
#include "parse/parse.h"
#include "parse/tree.h"

static u64 next_random(u64 *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state >> 33;
}

static i32 within(u64 *state, i32 limit) { return (i32)(next_random(state) % (u64)(2 * limit + 1)) - limit; }

/* ------------------------------------------------------------------ kernels */

static void test_kernels_agree(void **state) {
    (void)state;
    enum { INNER = 96, OUT = 48, ROWS = 23 };
    static i16 w[INNER * OUT], a[ROWS * INNER], rounded[2][ROWS * OUT], norm[2][INNER];
    static i32 bias[OUT], c[2][ROWS * OUT], stream[2][INNER], dots[2][ROWS];
    u64 random = 11;
    u32 ways = 1;
    while (kernel_at(ways) != NULL) {
        ways++;
    }
    for (u32 round = 0; round < 50 * ways; round++) {
        const kernel *paths[2] = {kernel_plain(), kernel_at(round % ways)};
        for (u32 i = 0; i < INNER * OUT; i++) {
            w[i] = (i16)within(&random, 3000);
        }
        for (u32 i = 0; i < ROWS * INNER; i++) {
            a[i] = (i16)within(&random, 2900);
        }
        for (u32 i = 0; i < OUT; i++) {
            bias[i] = within(&random, 1 << 20);
        }
        i32 size = 1 << (round % 24);
        for (u32 i = 0; i < INNER; i++) {
            stream[0][i] = stream[1][i] = within(&random, size);
        }
        matrix m = {INNER, OUT, 8, w, bias};
        for (u32 path = 0; path < 2; path++) {
            const kernel *k = paths[path];
            k->multiply(&m, a, INNER, ROWS, c[path]);
            k->round(c[path], ROWS * OUT, 9, -4000, 4095, rounded[path]);
            k->add(c[path], OUT, 11, stream[path]);
            k->dots(a, w, INNER, INNER, ROWS, dots[path]);
            k->normalise(stream[path], INNER, norm[path]);
        }
        assert_memory_equal(c[0], c[1], sizeof c[0]);
        assert_memory_equal(rounded[0], rounded[1], sizeof rounded[0]);
        assert_memory_equal(stream[0], stream[1], sizeof stream[0]);
        assert_memory_equal(dots[0], dots[1], sizeof dots[0]);
        assert_memory_equal(norm[0], norm[1], sizeof norm[0]);
    }
}

static void test_normalise_is_right(void **state) {
    (void)state;
    enum { WIDTH = 128 };
    i32 x[WIDTH];
    i16 h[WIDTH];
    u64 random = 5;
    for (u32 round = 8; round < 22; round++) {
        double mean = 0, square = 0;
        for (u32 i = 0; i < WIDTH; i++) {
            x[i] = within(&random, 1 << round) + (1 << round);
            mean += x[i] / (double)WIDTH;
        }
        for (u32 i = 0; i < WIDTH; i++) {
            square += (x[i] - mean) * (x[i] - mean) / WIDTH;
        }
        kernel_plain()->normalise(x, WIDTH, h);
        for (u32 i = 0; i < WIDTH; i++) {
            assert_true(fabs(h[i] / 256.0 - (x[i] - mean) / sqrt(square)) < 0.02);
        }
    }
    memset(x, 0, sizeof x);
    kernel_plain()->normalise(x, WIDTH, h);
    assert_int_equal(h[0], 0);
}

/* ------------------------------------------------------------------ trees */

enum { WORDS = 5 };

static bool reaches_root(const u32 *heads, u32 count) {
    for (u32 i = 1; i <= count; i++) {
        u32 at = i;
        for (u32 steps = 0; at != 0 && steps <= count; steps++) {
            at = heads[at - 1];
        }
        if (at != 0) {
            return false;
        }
    }
    return true;
}

static i64 total(const u32 *heads, i32 scores[WORDS][WORDS + 1]) {
    i64 sum = 0;
    for (u32 i = 0; i < WORDS; i++) {
        sum += scores[i][heads[i]];
    }
    return sum;
}

/* The best tree in which only `root` hangs on the root, by trying all. */
static i64 try_all(i32 scores[WORDS][WORDS + 1], u32 root) {
    i64 best = INT64_MIN;
    for (u32 code = 0; code < 6 * 6 * 6 * 6 * 6; code++) {
        u32 heads[WORDS], rest = code;
        bool good = true;
        for (u32 i = 0; i < WORDS; i++, rest /= 6) {
            heads[i] = rest % 6;
            good = good && heads[i] != i + 1 && (heads[i] == 0) == (i == root);
        }
        if (good && reaches_root(heads, WORDS) && total(heads, scores) > best) {
            best = total(heads, scores);
        }
    }
    return best;
}

static void test_tree_is_best(void **state) {
    (void)state;
    arena memory;
    arena_open(&memory, 1 << 24);
    tree_work *work = tree_open(WORDS, &memory);
    u64 random = 3;
    for (u32 round = 0; round < 300; round++) {
        i32 scores[WORDS][WORDS + 1];
        u32 heads[WORDS], root = 0, roots = 0;
        for (u32 i = 0; i < WORDS; i++) {
            for (u32 j = 0; j <= WORDS; j++) {
                scores[i][j] = j == i + 1 ? INT32_MIN : within(&random, 1000);
            }
            memcpy(tree_scores(work, WORDS, i), scores[i], sizeof scores[i]);
        }
        tree_decode(work, WORDS, heads);
        for (u32 i = 0; i < WORDS; i++) {
            root = heads[i] == 0 ? i : root;
            roots += heads[i] == 0;
        }
        assert_int_equal(roots, 1);
        assert_true(reaches_root(heads, WORDS));
        assert_int_equal(total(heads, scores), try_all(scores, root));
    }
    arena_close(&memory);
}

/* ------------------------------------------------------------------ sentences */

typedef struct {
    knowledge known;
    parse_model *model;
    arena memory;
    report r;
} fixture;

static int open_fixture(void **state) {
    fixture *f = calloc(1, sizeof *f);
    drg_error error = {0};
    char hash[17];
    *state = f;
    arena_open(&f->memory, (size_t)256 << 20);
    if (f == NULL || knowledge_open(&f->known, SOURCE_FOLDER, &error) != DRG_OK || parse_open(&f->model, &f->known, hash, &error) != DRG_OK) {
        print_error("%s: %s\n", error.source, error.message);
        return -1;
    }
    return strlen(hash) == 16 ? 0 : -1;
}

static int close_fixture(void **state) {
    fixture *f = *state;
    parse_close(f->model);
    knowledge_close(&f->known);
    arena_close(&f->memory);
    free(f);
    return 0;
}

/* Lays out sentences (one a line, words parted by blanks) as the text stage would, and parses. */
static drg_status parse_words(fixture *f, span text) {
    report *r = &f->r;
    memset(r, 0, sizeof *r);
    arena_reset(&f->memory);
    r->memory = &f->memory;
    r->text = text;
    symbols_open(&r->words, &f->known.words, &f->memory);
    span lines = text;
    while (lines.len > 0) {
        span line = span_next_field(&lines, '\n');
        sentence *s = list_push(&f->memory, &r->sentences);
        s->first_token = r->tokens.count;
        while (line.len > 0) {
            span form = span_next_field(&line, ' ');
            token *t = list_push(&f->memory, &r->tokens);
            u32 at = (u32)(form.ptr - text.ptr);
            *t = (token){.text = {at, at + (u32)form.len}, .sentence = r->sentences.count - 1, .space_after = true};
            t->form = symbols_add(&r->words, form);
            t->lower = symbols_add_lower(&r->words, form);
        }
        r->sentences.items[r->sentences.count - 1].end_token = r->tokens.count;
    }
    return parse_run(f->model, r, NULL);
}

static void check_trees(const report *r) {
    for (u32 s = 0; s < r->sentences.count; s++) {
        u32 roots = 0, first = r->sentences.items[s].first_token, end = r->sentences.items[s].end_token;
        for (u32 i = first; i < end; i++) {
            const token *t = &r->tokens.items[i];
            roots += t->head == NONE;
            assert_true(t->head == NONE || (t->head >= first && t->head < end && t->head != i));
            assert_true((t->head == NONE) == (t->deprel == DEPREL_root));
            assert_true(t->lemma != NONE);
        }
        assert_int_equal(roots, end > first);
    }
}

static void assert_token(const report *r, u32 i, const char *lemma, u32 tag, u32 relation, u32 head) {
    const token *t = &r->tokens.items[i];
    span text = symbols_text(&r->words, t->lemma);
    if (!span_eq(text, span_of(lemma)) || t->upos != tag || t->deprel != relation || t->head != head) {
        print_error("token %u: %.*s %s %s %u\n", i, (int)text.len, text.ptr, upos_name(t->upos), deprel_name(t->deprel), t->head);
        fail();
    }
}

#define REPORT_TEXT                                                                                      \
    "Iran signed an agreement with Syria on Wednesday .\n"                                               \
    "The ministers of both countries said that the talks would go on in Damascus next week .\n"          \
    "PROTESTERS CLASH WITH POLICE IN CAPITAL\n"                                                          \
    "Two soldiers were killed by gunmen near the border , according to the army 's spokesman .\n"

static void test_plain_sentence(void **state) {
    fixture *f = *state;
    assert_int_equal(parse_words(f, SPAN(REPORT_TEXT)), DRG_OK);
    check_trees(&f->r);
    assert_token(&f->r, 0, "Iran", UPOS_PROPN, DEPREL_nsubj, 1);
    assert_token(&f->r, 1, "sign", UPOS_VERB, DEPREL_root, NONE);
    assert_token(&f->r, 2, "a", UPOS_DET, DEPREL_det, 3);
    assert_token(&f->r, 3, "agreement", UPOS_NOUN, DEPREL_obj, 1);
    assert_int_not_equal(f->r.tokens.items[0].name, NAME_NONE);
    assert_true(f->r.tokens.items[0].name_begins);
    assert_int_equal(f->r.tokens.items[1].name, NAME_NONE);
    assert_true(span_eq(parse_feats_name(f->model, f->r.tokens.items[3].feats), SPAN("Number=Sing")));
}

/* The same bytes whatever the instruction set. */
static void test_paths_agree(void **state) {
    fixture *f = *state;
    assert_int_equal(parse_words(f, SPAN(REPORT_TEXT)), DRG_OK);
    u32 count = f->r.tokens.count;
    token *kept = calloc(count, sizeof *kept);
    memcpy(kept, f->r.tokens.items, count * sizeof *kept);
    const kernel *best = f->model->arithmetic;
    for (u32 way = 0; kernel_at(way) != NULL; way++) {
        f->model->arithmetic = kernel_at(way);
        assert_int_equal(parse_words(f, SPAN(REPORT_TEXT)), DRG_OK);
        for (u32 i = 0; i < count; i++) {
            const token *a = &kept[i], *b = &f->r.tokens.items[i];
            assert_true(a->upos == b->upos && a->xpos == b->xpos && a->feats == b->feats && a->head == b->head && a->deprel == b->deprel &&
                        a->name == b->name && a->name_begins == b->name_begins && a->lemma == b->lemma);
        }
    }
    f->model->arithmetic = best;
    free(kept);
}

/* A sentence's parse must not depend on what stands around it. */
static void test_neighbours_do_not_matter(void **state) {
    fixture *f = *state;
    assert_int_equal(parse_words(f, SPAN("Iran signed an agreement with Syria on Wednesday .\n")), DRG_OK);
    token alone[9];
    memcpy(alone, f->r.tokens.items, sizeof alone);
    assert_int_equal(parse_words(f, SPAN("He left .\nIran signed an agreement with Syria on Wednesday .\nNo .\n")), DRG_OK);
    for (u32 i = 0; i < 9; i++) {
        const token *t = &f->r.tokens.items[3 + i];
        assert_int_equal(t->deprel, alone[i].deprel);
        assert_int_equal(t->head, alone[i].head == NONE ? NONE : alone[i].head + 3);
    }
}

static void test_hostile_sizes(void **state) {
    fixture *f = *state;
    enum { COUNT = 50000 };
    char *text = malloc(COUNT * 3 + 200000);
    size_t size = 0;
    for (u32 i = 0; i < COUNT; i++) {
        memcpy(text + size, i % 7 == 0 ? "of " : i % 3 == 0 ? "\" " : "a, ", i % 3 == 0 && i % 7 != 0 ? 2 : 3);
        size += i % 3 == 0 && i % 7 != 0 ? 2 : 3;
    }
    text[size - 1] = '\n';
    assert_int_equal(parse_words(f, (span){text, size}), DRG_OK);
    check_trees(&f->r);
    memset(text, 'w', 150000); /* one word of 150,000 letters */
    text[150000] = '\n';
    assert_int_equal(parse_words(f, (span){text, 150001}), DRG_OK);
    check_trees(&f->r);
    free(text);
    assert_int_equal(parse_words(f, SPAN("")), DRG_OK);
    assert_int_equal(parse_words(f, SPAN("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D \xF0\x9F\x99\x82 \xE2\x80\x8B 12,5 I'm\n")), DRG_OK);
    check_trees(&f->r);
}

/* Without memory the stage says so and nothing is lost but the report. */
static void test_memory_runs_out(void **state) {
    fixture *f = *state;
    assert_int_equal(parse_words(f, SPAN(REPORT_TEXT)), DRG_OK);
    f->r.memory->cap = f->r.memory->used + 64;
    drg_status status = parse_run(f->model, &f->r, NULL);
    f->r.memory->cap = (size_t)256 << 20;
    assert_int_equal(status, DRG_ERROR_MEMORY);
}

static void set_name(report *r, u32 first, u32 end, u32 kind) {
    for (u32 i = first; i < end; i++) {
        r->tokens.items[i].name = (u8)kind;
        r->tokens.items[i].name_begins = kind != NAME_NONE && i == first;
    }
}

/* A surname alone follows the full name; a proper noun passed over follows its like; a listed
 * organisation is whole. */
static void test_names_agree(void **state) {
    fixture *f = *state;
    arena scratch;
    arena_open(&scratch, 1 << 24);
    assert_int_equal(parse_words(f, SPAN("Mikel Oranov spoke .\nOranov left .\nHe met Oranov .\nThe World Health Organization waited .\n")), DRG_OK);
    token *t = f->r.tokens.items;
    for (u32 i = 0; i < f->r.tokens.count; i++) {
        set_name(&f->r, i, i + 1, NAME_NONE);
    }
    set_name(&f->r, 0, 2, NAME_PER);
    set_name(&f->r, 4, 5, NAME_LOC);
    t[4].upos = t[9].upos = UPOS_PROPN;
    t[8].upos = UPOS_VERB;
    set_name(&f->r, 12, 14, NAME_MISC);
    i32 (*scores)[NAME_COUNT] = calloc(f->r.tokens.count, sizeof *scores);
    name_votes votes = {&f->model->tables, &f->model->beside, (const i32(*)[NAME_COUNT])scores, 256};
    assert_true(agree_names(&f->r, &votes, &scratch));
    free(scores);
    assert_int_equal(t[4].name, NAME_PER);
    assert_int_equal(t[9].name, NAME_PER);
    assert_true(t[9].name_begins);
    assert_int_equal(t[2].name, NAME_NONE);
    for (u32 i = 12; i < 15; i++) {
        assert_int_equal(t[i].name, NAME_ORG);
        assert_int_equal(t[i].name_begins, i == 12);
    }
    arena_close(&scratch);
}

/* ------------------------------------------------------------------ the second reading */

/* Weights of zero leave the choice of heads to the distances: two back, else one back, else the root. */
static void test_windows_follow_arcs(void **state) {
    (void)state;
    enum { WIDTH = 16, LENGTH = 3 };
    static const i16 zeros[2 * WIDTH * WIDTH];
    static const i32 bias[2 * WIDTH];
    i32 distance[MODEL_DISTANCES];
    for (i32 i = 0; i < MODEL_DISTANCES; i++) {
        distance[i] = i < MODEL_DISTANCES / 2 ? MODEL_DISTANCES / 2 - i : -1;
    }
    parse_model m = {.arithmetic = kernel_best(), .shape = {.width = WIDTH, .hidden = WIDTH, .arc = WIDTH, .rel = WIDTH}};
    m.first[0] = (arc_weights){{WIDTH, 2 * WIDTH, 8, zeros, bias}, {WIDTH, WIDTH, 8, zeros, bias}, zeros, distance};
    arena memory;
    arena_open(&memory, (size_t)8 << 20);
    encoding *e = arena_new(&memory, encoding, 1);
    assert_true(e != NULL && encode_open(e, &m, &memory));
    e->rows = LENGTH + 2;
    e->piece_count = 1;
    e->pieces[0] = (piece){1, LENGTH, 0};
    for (i16 i = 0; i < LENGTH * WIDTH; i++) {
        e->h[WIDTH + i] = (i16)(i % 2 ? -7 * i : 10 * i);
    }
    gather_windows(&m, e, 0);
    for (u32 k = 0; k < WIDTH; k++) {
        const i16 *h = e->h + WIDTH, *window = e->window + 3 * WIDTH;
        i32 sum = h[WIDTH + k] + h[2 * WIDTH + k];
        assert_int_equal(window[k], 0); /* the first word hangs on the root ... */
        assert_int_equal(window[WIDTH + k], h[k]);
        assert_int_equal(window[2 * WIDTH + k], sum < 0 ? -((1 - sum) / 2) : (sum + 1) / 2); /* ... and both others on it */
        for (u32 word = 1; word < LENGTH; word++) {
            const i16 *at = window + word * 3 * WIDTH;
            assert_int_equal(at[k], h[k]);
            assert_int_equal(at[WIDTH + k], h[word * WIDTH + k]);
            assert_int_equal(at[2 * WIDTH + k], 0);
        }
    }
    arena_close(&memory);
}

/* ------------------------------------------------------------------ model files */

static void test_broken_models(void **state) {
    fixture *f = *state;
    span good = f->model->bytes;
    char *copy = malloc(good.len);
    arena memory;
    arena_open(&memory, (size_t)64 << 20);
    parse_model model;
    drg_error error;
    for (size_t cut = 0; cut < good.len; cut += good.len / 23 + 1) {
        memset(&model, 0, sizeof model);
        assert_int_equal(model_read(&model, (span){good.ptr, cut}, &memory, "cut", &error), DRG_ERROR_DATA);
        arena_reset(&memory);
    }
    for (size_t at = 0; at < 2000; at += 3) { /* any one byte of the header changed: refused, or still sane */
        memcpy(copy, good.ptr, good.len);
        copy[at] = (char)(copy[at] ^ 0x55);
        memset(&model, 0, sizeof model);
        drg_status status = model_read(&model, (span){copy, good.len}, &memory, "flipped", &error);
        assert_true(status == DRG_OK || status == DRG_ERROR_DATA);
        arena_reset(&memory);
    }
    arena_close(&memory);
    free(copy);
}

static void test_lemma_scripts(void **state) {
    (void)state;
    char buffer[LEMMA_ROOM];
    lemma_script y = {.cut = 3, .size = 1, .append = "y"}, keep = {.cut = 1, .keep_case = true};
    span lemma = lemma_apply(&y, SPAN("Parties"), SPAN("parties"), buffer);
    assert_true(span_eq(lemma, SPAN("party")));
    lemma = lemma_apply(&keep, SPAN("Iranians"), SPAN("iranians"), buffer);
    assert_true(span_eq(lemma, SPAN("Iranian")));
    lemma = lemma_apply(&y, SPAN("is"), SPAN("is"), buffer); /* too short to cut */
    assert_true(span_eq(lemma, SPAN("is")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernels_agree),
        cmocka_unit_test(test_normalise_is_right),
        cmocka_unit_test(test_tree_is_best),
        cmocka_unit_test(test_lemma_scripts),
        cmocka_unit_test(test_windows_follow_arcs),
        cmocka_unit_test_setup_teardown(test_plain_sentence, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_paths_agree, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_neighbours_do_not_matter, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_names_agree, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_hostile_sizes, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_memory_runs_out, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(test_broken_models, open_fixture, close_fixture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
