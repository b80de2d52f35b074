// SPDX-License-Identifier: Apache-2.0
/* dragoman eval conllu GOLD [SYSTEM]: the measures of the CoNLL 2018 shared task.
 *
 * Without SYSTEM, Dragoman reads gold's own text paragraph by paragraph, cuts and parses it, and
 * scores that; --gold-tokens gives it gold's sentences and words and so scores the parser alone. */
#include "cli/eval.h"
#include "cli/treebank.h"
#include "explain/tree.h"
#include "parse/parse.h"
#include "text/conllu_score.h"
#include "text/text.h"

static drg_status parse_document(const drg_engine *engine, report *r, bool gold_tokens, drg_error *error) {
    if (!gold_tokens) {
        DRG_TRY(text_run(engine->text, r, error));
    }
    return parse_run(engine->parse, r, error);
}

/* Parses gold's text, a document at a time, into `out`. */
static drg_status parse_gold(const drg_engine *engine, const conllu *gold, bool gold_tokens, conllu *out, arena *memory,
                             drg_error *error) {
    arena scratch;
    report r = {0};
    drg_report given = {.lang = SPAN("en")};
    drg_status status = DRG_OK;
    arena_open(&scratch, EVAL_BYTES);
    for (u32 first = 0; status == DRG_OK && first < gold->sentences.count;) {
        u32 end = conllu_document_end(gold, first);
        report_open(&r, engine, &scratch, &given);
        bool room = conllu_lay(gold, first, end, gold_tokens, &r);
        status = room ? parse_document(engine, &r, gold_tokens, error) : DRG_ERROR_MEMORY;
        if (status == DRG_OK && !tree_append(out, engine, &r, gold->sentences.items[first].document, memory)) {
            status = DRG_ERROR_MEMORY;
        }
        first = end;
    }
    arena_close(&scratch);
    return status == DRG_ERROR_MEMORY ? drg_fail(error, status, "eval", 0, "out of memory") : status;
}

static void print_scores(const score scores[SCORE_COUNT], bool with_subtypes) {
    printf("Metric     | Precision |    Recall |  F1 Score | AligndAcc\n");
    printf("-----------+-----------+-----------+-----------+-----------\n");
    for (u32 i = 0; i < SCORE_COUNT; i++) {
        score s = scores[i];
        if (i == SCORE_LAS_FULL && !with_subtypes) {
            continue;
        }
        printf("%-11s|%10.2f |%10.2f |%10.2f |", score_name((score_kind)i), 100 * score_precision(s), 100 * score_recall(s),
               100 * score_f1(s));
        if (s.aligned > 0 && i != SCORE_WORDS) {
            printf("%10.2f", 100 * (double)s.correct / (double)s.aligned);
        }
        printf("\n");
    }
}

static drg_status compare_trees(const cli_command *command, const cli_arguments *arguments, arena *memory, drg_error *error) {
    const char *gold_path = arguments->operands[1];
    bool gold_tokens = cli_value(command, arguments, "gold-tokens") != NULL, own = arguments->operand_count == 2;
    conllu gold, system = {0};
    score scores[SCORE_COUNT];
    DRG_TRY(treebank_read(gold_path, memory, &gold, error));
    if (gold.sentences.count == 0) {
        return drg_fail(error, DRG_ERROR_INPUT, gold_path, 0, "no sentences");
    }
    if (own) {
        drg_engine *engine = NULL;
        drg_options options = {.data = cli_data_folder(cli_value(command, arguments, "data"))};
        DRG_TRY(drg_engine_open(&options, &engine, error));
        drg_status status = parse_gold(engine, &gold, gold_tokens, &system, memory, error);
        if (status == DRG_OK) { /* the system's features belong to the engine: score before it closes */
            status = conllu_score(&gold, &system, memory, scores, error);
        }
        drg_engine_close(engine);
        DRG_TRY(status);
    } else {
        DRG_TRY(treebank_read(arguments->operands[2], memory, &system, error));
        DRG_TRY(conllu_score(&gold, &system, memory, scores, error));
    }
    print_scores(scores, gold_tokens || !own);
    return DRG_OK;
}

int eval_conllu(const cli_command *command, const cli_arguments *arguments) {
    arena memory;
    drg_error error = {0};
    if (arguments->operand_count < 2 || arguments->operand_count > 3) {
        fprintf(stderr, "usage: dragoman eval conllu GOLD [SYSTEM] [--gold-tokens]\n");
        return EXIT_USE;
    }
    arena_open(&memory, EVAL_BYTES);
    drg_status status = compare_trees(command, arguments, &memory, &error);
    arena_close(&memory);
    return status == DRG_OK ? EXIT_DONE : cli_report_error(&error);
}
