// SPDX-License-Identifier: Apache-2.0
/* dragoman COMMAND ...: finds the command and runs it.  Each command is a file of its own. */
#include "cli/cli.h"

extern const cli_option cli_code_options[], cli_completion_options[], cli_dict_options[], cli_eval_options[], cli_explain_options[],
    cli_export_options[], cli_help_options[], cli_info_options[], cli_merge_options[], cli_parse_options[], cli_problems_options[],
    cli_query_options[], cli_serve_options[], cli_watch_options[];

const cli_command cli_commands[] = {
    {"code", "read reports and write who did what to whom", "[INPUT...|-] [-o desk.db] [--to table|jsonl|csv]",
     "  dragoman code samples/                       a table of events\n"
     "  dragoman code news.jsonl -o desk.db          into a database; or -o postgresql://me@host/desk\n"
     "  cat page.html | dragoman code - --to jsonl   every record, one a line\n",
     "INPUT is a file, a folder (walked in order of names), a pattern or - for standard input: text, mail,\n"
     "HTML, JSON, CSV, WARC, NewsML, NITF or feeds, plain, gzip or zstd, told apart by content (dragoman help\n"
     "formats).  A report that cannot be coded is a problem record; the rest goes on.  The output is the same\n"
     "whatever --jobs says.\n" CLI_LIST_DETAILS,
     cli_code_options, cli_code, "FILE"},
    {"watch", "poll feeds and code what is new in them", "FEEDS.txt -o desk.db [--every MIN] [--once]",
     "  dragoman watch feeds.txt -o desk.db               until Ctrl-C, each feed every half hour\n"
     "  dragoman watch feeds.txt -o desk.db --once        what is due now, then end: for cron\n"
     "  dragoman watch feeds.txt -o desk.db --no-pages    the feeds' own texts only\n",
     "FEEDS.txt names a feed a line: ADDRESS [INTERVAL] [OUTLET], # for comments.  Only these feeds, the pages\n"
     "their items link to and the robots.txt of those hosts are fetched, and nothing sooner than servers and\n"
     "feeds ask for.  A killed run loses nothing; the same command goes on.\n",
     cli_watch_options, cli_watch, "FILE"},
    {"explain", "show every stage for one text, and why each code", "TEXT|FILE",
     "  dragoman explain \"Turkey shelled Kurdish positions in Syria on Sunday.\"\n"
     "  dragoman explain samples/01-moyale-agreement.txt\n",
     CLI_LIST_DETAILS, cli_explain_options, cli_explain, "FILE"},
    {"query", "ask a desk: events, counts, or SQL of your own", "DESK [FILTER...|SQL]",
     "  dragoman query desk.db class=accuse,threaten since=2024-01   who accuses or threatens whom\n"
     "  dragoman query desk.db actor=KEN --by month                 events, reports, outlets a month\n"
     "  dragoman query desk.db --of disputes country=SDN            who says what differently, side by side\n"
     "  dragoman query desk.db \"select status, count(*) from events group by 1\"\n",
     "FILTER is NAME=VALUE: dragoman help filters has all of them.  A table shows 50 rows unless limit= says\n"
     "otherwise; other forms give all.  SQL (select or with) is read only and may take --seconds; its columns\n"
     "are texts in JSON.  --of lists what goes across reports: joined events, stories, copies, disputes,\n"
     "agreements, and who repeats whom; what holds a telling that fits is shown whole.  --sql shows what a\n"
     "question asks, to be changed at will.\n",
     cli_query_options, cli_query, "FILE"},
    {"serve", "open the page: look, read, follow, check", "DESK [--port N] [--no-open]",
     "  dragoman serve desk.db                          opens the browser; Ctrl-C ends\n"
     "  dragoman serve desk.db --no-open --port 0       prints the address, at any free port\n"
     "  dragoman serve postgresql://me@localhost/desk\n",
     "The page lives in the program and asks nobody but it.  It answers this machine alone, reads the desk and\n"
     "writes nothing but the verdicts of its audit, for which it needs the token in the printed address.  The API\n"
     "under /api/v1 is described in docs/api.md.  --listen ADDRESS lets others in, who then need --token TEXT for\n"
     "everything; the connection is not encrypted.\n" CLI_LIST_DETAILS,
     cli_serve_options, cli_serve, "FILE"},
    {"export", "write events in the formats of other projects", "DESK [-o FILE] [--to KIND] [FILTER...]",
     "  dragoman export desk.db -o events.csv\n"
     "  dragoman export desk.db -o gdelt.csv --to gdelt2 since=2024-01\n"
     "  dragoman export desk.db -o network.gexf quad=4            conflict, for Gephi\n",
     "Formats without a status of events (gdelt, icews, phoenix, polecat) get what is done or claimed, not what is\n"
     "denied or planned, unless status= is given.  FILE.run.json beside the file names program, model, word lists\n"
     "and filter where the file itself cannot.  docs/asking.md has all columns.\n",
     cli_export_options, cli_export, "FILE"},
    {"problems", "what could not be read or coded", "DESK [--list]",
     "  dragoman problems desk.db\n"
     "  dragoman problems desk.db --list --to jsonl\n",
     NULL, cli_problems_options, cli_problems, "FILE"},
    {"dict", "check and test the word lists", "check [--actors FILE] [--agents FILE] [--verbs FILE] | test [FRAMES-FILE or FRAME] | why SENTENCE | diff [FOLDER] [INPUT...] | codebook",
     "  dragoman dict check                          ours\n"
     "  dragoman dict check --actors docs/lists/desk.tsv   and yours\n"
     "  dragoman dict test lang/en/frames/aid.frames\n"
     "  dragoman dict why \"The minister shelled some peas.\"   every frame tried, and the line that kept it out\n"
     "  dragoman dict diff samples/ --verbs docs/lists/old.verbs   what your list changes\n",
     "Test codes the frames' own examples.  Diff codes INPUT, or the examples, twice: by another data folder or by ours\n"
     "without your lists, and by the lists in use; it shows what differs.  Codebook prints docs/codebook.md.\n" CLI_LIST_DETAILS, cli_dict_options, cli_dict, "check|test|why|diff|codebook"},
    {"parse", "write sentences, words, trees and names as CoNLL-U", "[INPUT...|-] [--from conllu]",
     "  dragoman parse samples/01-moyale-agreement.txt\n"
     "  dragoman parse --from conllu treebank.conllu    its sentences and words, our trees\n",
     NULL, cli_parse_options, cli_parse, "FILE"},
    {"eval", "score events against your own gold, or trees against a treebank", "GOLD [SYSTEM|DESK] | conllu GOLD [SYSTEM]",
     "  dragoman eval gold.jsonl --detail             codes the texts in it, lists misses\n"
     "  dragoman eval gold.jsonl desk.db              or records.jsonl, as `code --to jsonl` writes\n"
     "  dragoman eval conllu en_ewt-ud-test.conllu    trees, from the raw text\n",
     "GOLD and SYSTEM are JSON files or folders of them: {\"id\", \"events\": [...], \"text\"} one a report, or\n"
     "event records one a line.  Levels: what (category, and the words or an actor), who-whom (and an actor\n"
     "on each side), sector (and the sectors).  Conllu gives the measures of the CoNLL 2018 shared task.\n",
     cli_eval_options, cli_eval, "FILE"},
    {"info", "versions, model and word-list hashes, what a database holds", "[DESK...]",
     "  dragoman info\n"
     "  dragoman info desk.db\n",
     NULL, cli_info_options, cli_info, "FILE"},
    {"merge", "join several databases into one", "DESK... -o DESK",
     "  dragoman merge spring.db summer.db -o year.db\n"
     "  dragoman merge summer.db -o spring.db            adds to what is there\n",
     "The result is that of coding all their inputs into one database.  A report that two of them hold with\n"
     "different records is taken from the later one.  A DESK is a SQLite file or postgresql://USER@HOST/NAME.\n",
     cli_merge_options, cli_merge, "FILE"},
    {"completion", "write completions for a shell", "bash|zsh|fish",
     "  dragoman completion bash > dragoman.bash && . ./dragoman.bash\n"
     "  dragoman completion zsh > _dragoman             into a folder of $fpath\n"
     "  dragoman completion fish > dragoman.fish        into ~/.config/fish/completions/\n",
     NULL, cli_completion_options, cli_completion, "bash|zsh|fish"},
    {"help", "help on a command or a topic", "[COMMAND|TOPIC] [--man]",
     "  dragoman help exit-codes\n"
     "  dragoman help code --man | man -l -               the manual page\n",
     NULL, cli_help_options, cli_help, "COMMAND"},
    {NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL},
};

const cli_command *cli_find(const char *name) {
    for (const cli_command *c = cli_commands; c->name != NULL; c++) {
        if (strcmp(c->name, name) == 0) {
            return c;
        }
    }
    return NULL;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        cli_print_overview(stderr);
        return EXIT_USE;
    }
    if (strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "--help") == 0) {
        cli_print_overview(stdout);
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("dragoman %s\n", drg_version());
        return EXIT_DONE;
    }
    const cli_command *command = cli_find(argv[1]);
    if (command == NULL) {
        const char *near = cli_nearest_command(argv[1]);
        fprintf(stderr, "dragoman: no command \"%s\"%s%s%s\nSee: dragoman -h\n", argv[1], near ? "; did you mean " : "", near ? near : "",
                near ? "?" : "");
        return EXIT_USE;
    }
    return command->run(argc - 1, argv + 1);
}
