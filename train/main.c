// SPDX-License-Identifier: Apache-2.0
/* dragoman-train: makes model/english.model from treebanks and name files.  train/model.sh has
 * the exact steps; `dragoman-train --help` the options. */
#include <stdlib.h>

#include "confidence.h"
#include "evaluate.h"
#include "export.h"
#include "fit.h"
#include "links.h"
#include "names_fit.h"
#include "votes.h"

enum { SOURCE_LIMIT = 32 };

typedef struct {
    fit_options fit;
    treebank bank, dev;
    fit_source sources[SOURCE_LIMIT];
    u32 source_count;
    double share;
    u32 rows; /* written at most; 0 = all */
    const char *from, *out, *model; /* model: only its names' layers are learnt */
    const char *votes, *ask;
    double replace;
} settings;

static void usage(FILE *to) {
    fputs("usage: dragoman-train [options]\n"
          "  --trees FILE       CoNLL-U file to learn from; may be given again\n"
          "  --names FILE MAP   IOB2 file and what its labels mean, \"PER=PER group=ORG O=O|NORP\"\n"
          "  --slots FILE       sentences with slots for names of world/ (train/sentences.txt)\n"
          "  --share X          part of the following files' sentences drawn each epoch (1); 3: each three times\n"
          "  --dev FILE         CoNLL-U file to watch\n"
          "  --epochs N --seed N --threads 1|2 --rate X --dropout X --noise X\n"
          "  --blocks cqcq --embed N --width N --hidden N --arc N --rel N\n"
          "  --stop N           end after N epochs of the schedule\n"
          "  --resume FILE      start from weights kept by a run over the same sources\n"
          "  --keep FILE        write the weights in floating point\n"
          "  --from FILE        take weights kept earlier instead of learning\n"
          "  --out FILE         write the model\n"
          "  --model FILE       learn only the names' layers, behind the encoder of FILE\n"
          "  --replace X        part of the sentences whose names give way to others of world/ (0.5)\n"
          "  --sentences FILE   only write the sentences, for train/teachers.py to vote on\n"
          "  --votes FILE       learn from the teachers' votes too\n"
          "  --trust X          ... which weigh so much beside a treebank's own trees (0.5)\n"
          "  --rows N           ... with no more than N rows of embeddings, those that say most\n"
          "or:    dragoman-train eval FOLDER FILE.conllu ...\n"
          "       dragoman-train eval-relations FOLDER FILE.conllu\n"
          "       dragoman-train eval-names FOLDER FILE.iob2 MAP\n", to);
}

static bool take_number(settings *s, const char *name, const char *value) {
    const struct {
        const char *name;
        u32 *to;
    } numbers[] = {{"--epochs", &s->fit.epochs}, {"--seed", &s->fit.seed}, {"--threads", &s->fit.threads}, {"--width", &s->fit.width},
                   {"--hidden", &s->fit.hidden}, {"--arc", &s->fit.arc}, {"--rel", &s->fit.rel}, {"--stop", &s->fit.stop},
                   {"--rows", &s->rows}, {"--embed", &s->fit.embed}};
    for (u32 i = 0; i < COUNT_OF(numbers); i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            *numbers[i].to = (u32)strtoul(value, NULL, 10);
            return true;
        }
    }
    const struct {
        const char *name;
        double *to;
    } reals[] = {{"--rate", &s->fit.rate}, {"--dropout", &s->fit.dropout}, {"--noise", &s->fit.case_noise}, {"--share", &s->share}, {"--trust", &s->fit.trust}, {"--replace", &s->replace}};
    for (u32 i = 0; i < COUNT_OF(reals); i++) {
        if (strcmp(name, reals[i].name) == 0) {
            *reals[i].to = strtod(value, NULL);
            return true;
        }
    }
    const struct {
        const char *name;
        const char **to;
    } texts[] = {{"--blocks", &s->fit.blocks}, {"--keep", &s->fit.keep}, {"--resume", &s->fit.resume}, {"--from", &s->from}, {"--out", &s->out}, {"--model", &s->model}, {"--votes", &s->votes}, {"--sentences", &s->ask}};
    for (u32 i = 0; i < COUNT_OF(texts); i++) {
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].to = value;
            return true;
        }
    }
    return false;
}

static int end_source(settings *s) {
    if (s->source_count == SOURCE_LIMIT) {
        return 1;
    }
    s->sources[s->source_count++] = (fit_source){s->bank.sentences.count, s->share};
    return 0;
}

static int take_options(settings *s, int argc, char **argv) {
    for (int i = 1; i < argc;) {
        const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL, *more = i + 2 < argc ? argv[i + 2] : NULL;
        int bad = 0;
        if (value == NULL) {
            bad = 1;
        } else if (strcmp(name, "--trees") == 0) {
            bad = treebank_add_conllu(&s->bank, value) || end_source(s);
        } else if (strcmp(name, "--dev") == 0) {
            bad = treebank_add_conllu(&s->dev, value);
            s->fit.watched = s->fit.watched == 0 ? s->dev.sentences.count : s->fit.watched;
        } else if (strcmp(name, "--slots") == 0) {
            bad = treebank_add_slots(&s->bank, value) || end_source(s);
        } else if (strcmp(name, "--names") == 0 && more != NULL) {
            bad = treebank_add_names(&s->bank, value, more) || end_source(s);
            i++;
        } else {
            bad = !take_number(s, name, value);
        }
        if (bad) {
            fprintf(stderr, "dragoman-train: cannot use %s\n", name);
            usage(stderr);
            return 1;
        }
        i += 2;
    }
    return 0;
}

static int write_model(const trained *net, const char *file) {
    lemma_rules rules;
    int bad = lemmas_learn(&rules, net->bank) || export_model(net, &rules, file);
    lemmas_free(&rules);
    return bad;
}

static int evaluate(int argc, char **argv) {
    if (strcmp(argv[1], "eval-names") == 0) {
        return evaluate_names(argv[2], argv[3], argc > 4 ? argv[4] : "");
    }
    if (strcmp(argv[1], "eval-relations") == 0) {
        return evaluate_relations(argv[2], argv[3]);
    }
    int bad = 0;
    for (int i = 3; i < argc; i++) {
        bad |= evaluate_trees(argv[2], argv[i]);
    }
    return bad;
}

int main(int argc, char **argv) {
    settings s = {.fit = {.epochs = 10, .threads = 2, .seed = 1, .width = 128, .hidden = 128, .arc = 96, .rel = 96, .blocks = "cqcqcq",
                          .rate = 0.003, .dropout = 0.2, .trust = 0.5, .case_noise = 0.06},
                  .share = 1, .replace = 0.5};
    if (argc == 2 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    if (argc > 3 && strncmp(argv[1], "eval", 4) == 0) {
        return evaluate(argc, argv);
    }
    if (argc > 2 && strcmp(argv[1], "confidence") == 0) {
        return confidence_train(argc - 2, argv + 2);
    }
    if (argc > 2 && strcmp(argv[1], "links") == 0) {
        return links_train(argc - 2, argv + 2);
    }
    treebank_open(&s.bank);
    treebank_open(&s.dev);
    trained net;
    if (take_options(&s, argc, argv) || treebank_prune_feats(&s.bank, 4) || names_settle(&s.bank)) {
        return 2;
    }
    if (s.ask != NULL) {
        return votes_ask(&s.bank, s.ask);
    }
    if (s.votes != NULL && votes_read(&s.bank, s.votes)) {
        return 1;
    }
    if (s.model != NULL) {
        names_fit_options names = {s.model, ".", s.out, s.fit.epochs, s.fit.seed, s.fit.rate, s.fit.dropout, s.fit.case_noise, s.replace};
        return names_fit(&s.bank, s.sources, s.source_count, &names);
    }
    int bad = s.from ? trained_load(&net, &s.bank, s.from) : fit(&net, &s.bank, s.sources, s.source_count, &s.dev, &s.fit);
    if (!bad && s.out) {
        bad = (s.rows > 0 && trained_prune(&net, s.rows)) || write_model(&net, s.out);
    }
    if (bad) {
        fprintf(stderr, "dragoman-train: no model\n");
    }
    treebank_close(&s.bank);
    treebank_close(&s.dev);
    return bad;
}
