// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a file of frames beside our own word sets, and as a dictionary of the older makes: no file stops a run,
 * every complaint has a line of the file, every frame a name and its place, and a dictionary's entries have their lines. */
#include <sys/stat.h>
#include <unistd.h>

#include "base/dictionary.h"
#include "what/what.h"

static void demand(bool holds, const char *law) {
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", law);
        abort();
    }
}

/* A data folder of this process with what the stage reads beside the frames. */
static const char *const linked[] = {"lang/en/clause.tsv", "lang/en/sizes.tsv", "lang/en/sets.frames", "lang/en/contexts.frames", "world/seats.tsv"};

static const char *make_folder(void) {
    static char folder[64];
    char path[256], here[2048], there[4200];
    const char *data = getenv("DRAGOMAN_DATA");
    data = data != NULL ? data : ".";
    demand(getcwd(here, sizeof here) != NULL, "the present folder is known");
    snprintf(folder, sizeof folder, "%s/dragoman-frames-%ld", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    static const char *const folders[] = {"", "/lang", "/lang/en", "/lang/en/frames", "/world"};
    for (size_t i = 0; i < COUNT_OF(folders); i++) {
        snprintf(path, sizeof path, "%s%s", folder, folders[i]);
        mkdir(path, 0700);
    }
    for (size_t i = 0; i < COUNT_OF(linked); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, linked[i]);
        snprintf(there, sizeof there, "%s/%.2000s/%s", data[0] == '/' ? "" : here, data, linked[i]);
        unlink(path);
        demand(symlink(there, path) == 0, "a file can be linked");
    }
    return folder;
}

static void remove_folder(void) {
    static const char *const folders[] = {"lang/en/frames/fuzz.frames", "lang/en/frames", "lang/en", "lang", "world", ""};
    char path[256];
    for (size_t i = 0; i < COUNT_OF(linked) + COUNT_OF(folders); i++) {
        const char *part = i < COUNT_OF(linked) ? linked[i] : folders[i - COUNT_OF(linked)];
        snprintf(path, sizeof path, "%s/dragoman-frames-%ld/%s", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid(), part);
        remove(path);
    }
}

static void read_frames(const char *folder, u32 lines) {
    knowledge known;
    what_tables *tables;
    drg_error error = {0};
    demand(knowledge_open(&known, folder, &error) == DRG_OK, "the folder is there");
    drg_status status = what_open(&tables, &known, &error);
    if (status != DRG_OK) {
        fprintf(stderr, "%s: %s\n", error.source, error.message);
    }
    demand(status == DRG_OK, "no file of frames stops a run");
    for (u32 i = 0; i < known.complaints.count; i++) {
        const knowledge_complaint *c = &known.complaints.items[i];
        bool ours = !span_eq(knowledge_file_name(&known, c->where.file), SPAN("lang/en/frames/fuzz.frames"));
        demand(ours || (c->where.line >= 1 && c->where.line <= lines), "a complaint has its line");
        demand(c->text.len > 0, "it says something");
    }
    for (u32 i = 0; i < what_frame_count(tables); i++) {
        demand(what_frame_line(tables, i).line >= 1 && what_frame_name(tables, i).ptr != NULL, "a frame has its place");
    }
    for (u32 i = 0; i < what_example_count(tables); i++) {
        demand(what_example(tables, i)->frame < what_frame_count(tables), "an example has its frame");
    }
    what_close(tables);
    knowledge_close(&known);
}

static void read_dictionary(span content, u32 lines) {
    dictionary d;
    u32 line = 0;
    dictionary_is_tabari(content);
    dictionary_open(&d, content);
    while (dictionary_next(&d)) {
        demand(d.line >= line && d.line >= 1 && d.line <= lines, "an entry has its line");
        line = d.line;
        bool apart;
        span codes = d.codes, phrase = d.phrase, part;
        while (dictionary_next_code(&codes, &part)) {
            demand(part.len <= content.len, "a code is inside the file");
        }
        dictionary_is_whole(phrase);
        while (dictionary_next_word(&phrase, &part, &apart)) {
            demand(part.len > 0, "a word is not empty");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *folder;
    char path[256];
    u32 lines = 1;
    if (folder == NULL) {
        folder = make_folder();
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/lang/en/frames/fuzz.frames", folder);
    FILE *out = fopen(path, "wb");
    demand(out != NULL && fwrite(bytes, 1, size, out) == size && fclose(out) == 0, "a file can be written");
    for (size_t i = 0; i < size; i++) {
        lines += bytes[i] == '\n';
    }
    read_frames(folder, lines);
    read_dictionary((span){(const char *)bytes, size}, lines);
    return 0;
}
