// SPDX-License-Identifier: Apache-2.0
/* Reports from files, folders and JSON lines: order, kinds, and what happens to broken input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "read/source.h"
#include "read/stream.h"

static char folder[64];

static const char *path_of(const char *name) {
    static char path[8][200];
    static unsigned turn;
    char *out = path[turn++ % 8];
    snprintf(out, sizeof path[0], "%s/%s", folder, name);
    return out;
}

static void write_bytes(const char *name, const char *bytes, size_t size) {
    FILE *out = fopen(path_of(name), "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, size, out), size);
    fclose(out);
}

static void write_text(const char *name, const char *text) { write_bytes(name, text, strlen(text)); }

static int open_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/dragoman-source-XXXXXX");
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int close_folder(void **state) {
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command) == 0 ? 0 : -1;
}

/* Everything a source says, a line each: "report ID|TITLE|TEXT" or "problem CODE at OFFSET line LINE". */
static const char *run_source(const char *const *paths, size_t count, source_kind kind, u64 *failures) {
    static char out[4096];
    size_t len = 0;
    source *s;
    source_item item;
    assert_int_equal(source_open(&s, paths, count, kind, NULL), DRG_OK);
    source_item_open(&item);
    out[0] = '\0';
    while (source_next(s, &item) != SOURCE_END && len < sizeof out) {
        const drg_report *r = &item.report;
        span body = r->text.len > 0 ? r->text : r->html;
        int size = item.what == SOURCE_REPORT
                       ? snprintf(out + len, sizeof out - len, "report %.*s|%.*s|%.*s\n", (int)r->id.len, r->id.ptr,
                                  (int)r->title.len, r->title.ptr, (int)(body.len > 40 ? 40 : body.len), body.ptr)
                       : snprintf(out + len, sizeof out - len, "problem %s at %llu line %llu\n", item.problem.code.ptr,
                                  (unsigned long long)item.problem.offset, (unsigned long long)item.line);
        len += (size_t)size;
    }
    *failures = source_failures(s);
    source_item_close(&item);
    source_close(s);
    return out;
}

static const char *run_one(const char *name, source_kind kind) {
    const char *path = path_of(name);
    u64 failures;
    return run_source(&path, 1, kind, &failures);
}

static void reads_json_lines(void **state) {
    (void)state;
    write_text("a.jsonl",
               "{\"id\": \"a\", \"title\": \"T\", \"text\": \"One.\"}\n"
               "{\"id\": \"b\", \"text\": \n"
               "\n"
               "{\"id\": 7, \"html\": \"<p>Two.</p>\", \"other\": [1, 2]}\r\n"
               "[1]\n"
               "{\"id\": \"c\"}\n"
               "{\"id\": \"d\", \"text\": [\"x\"]}\n"
               "{\"text\": \"x\"} {\"text\": \"y\"}\n"
               "{\"id\": \"e\", \"title\": null, \"text\": \"Last \\u00e9.\"}");
    assert_string_equal(run_one("a.jsonl", SOURCE_AUTO),
                        "report a|T|One.\n"
                        "problem json at 61 line 2\n"
                        "report 7||<p>Two.</p>\n"
                        "problem json at 118 line 5\n"
                        "problem json at 130 line 6\n"
                        "problem json at 157 line 7\n"
                        "problem json at 172 line 8\n"
                        "report e||Last \xC3\xA9.\n");
}

static void reads_a_record_over_many_lines(void **state) {
    (void)state;
    write_text("spread.json", "{\n  \"id\": \"s\",\n  \"text\": \"One.\"\n}\n");
    assert_string_equal(run_one("spread.json", SOURCE_AUTO), "report s||One.\n");
}

static void takes_the_header_off(void **state) {
    (void)state;
    write_text("head.txt", "Title: Talks: a start\nDate: 2024-05-02\nID: x\n\nEnvoys met.\n");
    assert_string_equal(run_one("head.txt", SOURCE_AUTO), "report x|Talks: a start|Envoys met.\n\n");
    write_text("nohead.txt", "Title: Talks\nEnvoys met.\n");
    assert_string_equal(run_one("nohead.txt", SOURCE_AUTO), "report ||Title: Talks\nEnvoys met.\n\n");
}

static void tells_kinds_by_content(void **state) {
    (void)state;
    write_text("page.txt", "\xEF\xBB\xBF \n<!DOCTYPE html><p>One.");
    source *s;
    source_item item;
    const char *path = path_of("page.txt");
    source_open(&s, &path, 1, SOURCE_AUTO, NULL);
    source_item_open(&item);
    assert_int_equal(source_next(s, &item), SOURCE_REPORT);
    assert_true(item.report.html.len > 0 && item.report.text.len == 0);
    source_item_close(&item);
    source_close(s);
    write_bytes("wide.txt", "\xFF\xFEO\0n\0e\0.\0", 10);
    assert_string_equal(run_one("wide.txt", SOURCE_AUTO), "report ||One.\n");
    source_kind kind;
    assert_true(source_kind_find("jsonl", &kind) && kind == SOURCE_JSONL);
    assert_true(source_kind_find("tsv", &kind) && kind == SOURCE_CSV);
    assert_false(source_kind_find("pdf", &kind));
}

static void walks_in_order(void **state) {
    (void)state;
    mkdir(path_of("walk"), 0700);
    mkdir(path_of("walk/b"), 0700);
    write_text("walk/c.txt", "three");
    write_text("walk/b/z.txt", "two");
    write_text("walk/a", "one");
    write_text("walk/notes.md", "not a report");
    write_text("walk/.hidden.txt", "not one either");
    assert_int_equal(symlink("..", path_of("walk/b/ring")), 0);
    assert_string_equal(run_one("walk", SOURCE_AUTO), "report ||one\nreport ||two\nreport ||three\n");
}

static void goes_on_behind_what_it_cannot_read(void **state) {
    (void)state;
    write_text("good.txt", "good");
    write_text("empty.txt", "");
    mkdir(path_of("locked"), 0000);
    const char *paths[] = {path_of("missing.txt"), path_of("empty.txt"), path_of("locked"), path_of("good.txt")};
    u64 failures;
    const char *out = run_source(paths, 4, SOURCE_AUTO, &failures);
    bool is_root = geteuid() == 0; /* for whom no folder is locked */
    assert_string_equal(
        out, is_root ? "problem unreadable at 0 line 0\nreport ||\nreport ||good\n"
                     : "problem unreadable at 0 line 0\nreport ||\nproblem unreadable at 0 line 0\nreport ||good\n");
    assert_int_equal(failures, is_root ? 1 : 2);
    chmod(path_of("locked"), 0700);
}

static void reads_gzip(void **state) {
    (void)state;
    gzFile out = gzopen(path_of("a.jsonl.gz"), "wb");
    for (int i = 0; i < 3000; i++) {
        gzprintf(out, "{\"id\": \"%d\", \"text\": \"One %d.\"}\n", i, i * 7919);
    }
    gzclose(out);
    const char *path = path_of("a.jsonl.gz");
    source *s;
    source_item item;
    u32 reports = 0;
    source_open(&s, &path, 1, SOURCE_AUTO, NULL);
    source_item_open(&item);
    while (source_next(s, &item) == SOURCE_REPORT) {
        reports++;
    }
    assert_int_equal(reports, 3000);
    source_close(s);
    assert_int_equal(truncate(path, 5000), 0);
    source_open(&s, &path, 1, SOURCE_AUTO, NULL);
    source_what what = source_next(s, &item);
    for (reports = 0; what == SOURCE_REPORT || span_eq(item.problem.code, SPAN("json")); what = source_next(s, &item)) {
        reports++;
    }
    assert_true(reports > 10 && reports < 3000);
    assert_int_equal(what, SOURCE_PROBLEM);
    assert_true(span_eq(item.problem.code, SPAN("unreadable")));
    assert_int_equal(source_next(s, &item), SOURCE_END);
    source_item_close(&item);
    source_close(s);
}

static void bears_a_line_of_fifty_megabytes(void **state) {
    (void)state;
    const size_t size = (size_t)50 << 20;
    char *line = malloc(size + 64);
    size_t len = (size_t)snprintf(line, 32, "{\"id\":\"big\",\"text\":\"");
    memset(line + len, 'x', size);
    len += size;
    memcpy(line + len, "\"}\n{\"id\":\"next\",\"text\":\"y\"}\n", 29);
    write_bytes("big.jsonl", line, len + 28);
    free(line);
    const char *path = path_of("big.jsonl");
    source *s;
    source_item item;
    source_open(&s, &path, 1, SOURCE_AUTO, NULL);
    source_item_open(&item);
    assert_int_equal(source_next(s, &item), SOURCE_REPORT);
    assert_int_equal(item.report.text.len, size);
    assert_int_equal(source_next(s, &item), SOURCE_REPORT);
    assert_true(span_eq(item.report.id, SPAN("next")));
    source_item_close(&item);
    source_close(s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_json_lines),     cmocka_unit_test(reads_a_record_over_many_lines),
        cmocka_unit_test(takes_the_header_off), cmocka_unit_test(tells_kinds_by_content),
        cmocka_unit_test(walks_in_order),       cmocka_unit_test(goes_on_behind_what_it_cannot_read),
        cmocka_unit_test(reads_gzip),           cmocka_unit_test(bears_a_line_of_fifty_megabytes),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
