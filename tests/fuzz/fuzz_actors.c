// SPDX-License-Identifier: Apache-2.0
/* Any bytes are read as a user's list, of actors and of agents: what is made of them points into the
 * tables, every complaint has a line of the file and says it in UTF-8, and the rest loads. */
#include <unistd.h>

#include "base/utf8.h"
#include "who/own_lists.h"

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", law);
        abort();
    }
}

static void check_meanings(const lexicon *lex) {
    for (u32 i = 0; i < lex->meanings.count; i++) {
        const meaning *m = &lex->meanings.items[i];
        demand(m->row < (m->word ? lex->words.count : lex->rows.count), "a meaning has its row");
        demand(m->next == NONE || (m->next > i && m->next < lex->meanings.count), "meanings are chained onwards");
    }
    for (u32 i = 0; i < lex->rows.count; i++) {
        char text[12];
        const lexicon_row *row = &lex->rows.items[i];
        span code = actor_code_print(row->code, text);
        demand(code.len >= 2 && code.len <= 7 && row->from <= row->to, "a row has a code and a time");
        demand(row->partner == NONE || row->partner < i, "partners come before");
    }
}

static void check_complaints(const knowledge *k, u32 lines) {
    for (u32 i = 0; i < k->complaints.count; i++) {
        const knowledge_complaint *c = &k->complaints.items[i];
        demand(!knowledge_is_own(k, c->where.file) || (c->where.line >= 1 && c->where.line <= lines), "a complaint has its line");
        demand(c->text.len > 0 && utf8_is_valid(c->text), "it says it in UTF-8");
    }
}

static void read_as(const char *path, list_kind kind, const char *data, u32 lines) {
    knowledge known;
    lexicon lex = {.known = &known};
    drg_error error = {0};
    demand(knowledge_open(&known, data, &error) == DRG_OK && knowledge_add_own(&known, path, kind), "the folder is there");
    lexicon_prepare(&lex);
    drg_status status = own_open(&lex, &error);
    if (status != DRG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
    }
    demand(status == DRG_OK, "no list stops a run");
    check_meanings(&lex);
    check_complaints(&known, lines);
    knowledge_close(&known);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char path[64];
    const char *data = getenv("DRAGOMAN_DATA");
    u32 lines = 1;
    snprintf(path, sizeof path, "/tmp/fuzz-actors-%ld", (long)getpid());
    FILE *out = fopen(path, "wb");
    demand(out != NULL && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "a file can be written");
    for (size_t i = 0; i < size; i++) {
        lines += bytes[i] == '\n';
    }
    read_as(path, LIST_ACTORS, data != NULL ? data : ".", lines);
    read_as(path, LIST_AGENTS, data != NULL ? data : ".", lines);
    unlink(path);
    return 0;
}
