// SPDX-License-Identifier: Apache-2.0
/* Many reports in one call: readers, crews, batches, columns and desks, through the public header alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "dragoman.h"

#define TEXT(literal) {literal, sizeof(literal) - 1}

static const drg_report reports[] = {
    {.id = TEXT("a"), .date = TEXT("2024-05-02"), .outlet = TEXT("Gulf Wire"),
     .text = TEXT("Iran and Oman signed a gas deal in Muscat on Monday. Iran's minister, Ali Rezai, said that Chad had shelled a village.")},
    {.id = TEXT("b"), .text = TEXT("")},
    {.id = TEXT("c"), .date = TEXT("2024-05-03"), .text = TEXT("Rebels killed 12 soldiers in Goma. Kenya accused Rwanda of breaking the ceasefire agreement.")},
    {.id = TEXT("d"), .text = TEXT("Das ist ein Bericht, den niemand liest und der nicht in der Sprache geschrieben ist, die hier gelesen wird.")},
};
#define REPORTS (sizeof reports / sizeof *reports)

static drg_engine *engine;

typedef struct {
    char *bytes;
    size_t size;
} text;

static drg_status gather(void *user, const char *bytes, size_t size) {
    text *t = user;
    t->bytes = realloc(t->bytes, t->size + size + 1);
    memcpy(t->bytes + t->size, bytes, size);
    t->size += size;
    t->bytes[t->size] = '\0';
    return DRG_OK;
}

static text jsonl_of(const drg_batch *batch) {
    text t = {0};
    assert_int_equal(drg_batch_write_jsonl(batch, gather, &t), DRG_OK);
    return t;
}

static void assert_same(text a, text b) {
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.bytes, b.bytes, a.size);
    free(a.bytes);
    free(b.bytes);
}

static drg_batch *new_batch(void) {
    drg_batch *batch;
    assert_int_equal(drg_batch_new(&batch, NULL), DRG_OK);
    return batch;
}

static drg_batch *code_all(unsigned jobs, size_t portion) {
    drg_batch *batch = new_batch();
    drg_crew *crew;
    drg_reader *reader;
    assert_int_equal(drg_crew_new(engine, jobs, &crew, NULL), DRG_OK);
    assert_int_equal(drg_reader_open_list(reports, REPORTS, &reader, NULL), DRG_OK);
    while (!drg_reader_ended(reader)) {
        assert_int_equal(drg_batch_code(batch, crew, reader, portion, 0, NULL), DRG_OK);
    }
    drg_reader_close(reader);
    drg_crew_free(crew);
    return batch;
}

/* ------------------------------------------------------------------ */

static void test_a_batch_says_what_coders_said(void **state) {
    (void)state;
    text wanted = {0};
    drg_coder *coder;
    assert_int_equal(drg_coder_new(engine, &coder, NULL), DRG_OK);
    for (size_t i = 0; i < REPORTS; i++) {
        assert_int_equal(drg_coder_code(coder, &reports[i], NULL), DRG_OK);
        assert_int_equal(drg_records_write_jsonl(drg_coder_records(coder), gather, &wanted), DRG_OK);
    }
    drg_coder_free(coder);
    for (unsigned jobs = 1; jobs <= 3; jobs++) {
        drg_batch *batch = code_all(jobs, jobs - 1);
        assert_int_equal(drg_batch_count(batch), REPORTS);
        text copy = {0};
        gather(&copy, wanted.bytes, wanted.size);
        assert_same(jsonl_of(batch), copy);
        drg_batch_free(batch);
    }
    assert_true(strstr(wanted.bytes, "\"type\":\"event\"") != NULL && strstr(wanted.bytes, "\"type\":\"claim\"") != NULL);
    free(wanted.bytes);
}

static void test_texts_lie_inside_the_copied_report(void **state) {
    (void)state;
    drg_batch *batch = code_all(2, 0);
    const drg_records *r = drg_batch_records(batch, 0);
    assert_true(r->event_count > 0 && r->claim_count > 0);
    const drg_actor *a = &r->events[0].source[0];
    assert_memory_equal(a->text.ptr, "Iran", 4);
    assert_true(r->events[0].evidence[0].text.ptr >= r->text.ptr && r->events[0].evidence[0].text.ptr < r->text.ptr + r->text.len);
    drg_batch_free(batch);
}

static int64_t read_all(struct ArrowArrayStream *stream) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    int64_t rows = 0;
    assert_int_equal(stream->get_schema(stream, &schema), 0);
    assert_string_equal(schema.format, "+s");
    for (;;) {
        assert_int_equal(stream->get_next(stream, &array), 0);
        if (array.release == NULL) {
            break;
        }
        assert_int_equal(array.n_children, schema.n_children);
        for (int64_t i = 0; i < array.n_children; i++) {
            assert_int_equal(array.children[i]->length, array.length);
        }
        /* A consumer may keep a column and let the rest go. */
        struct ArrowArray kept = *array.children[0];
        array.children[0]->release = NULL;
        rows += array.length;
        array.release(&array);
        kept.release(&kept);
    }
    schema.release(&schema);
    stream->release(stream);
    return rows;
}

static void test_tables(void **state) {
    (void)state;
    drg_batch *batch = code_all(1, 0);
    size_t events = 0, claims = 0, problems = 0;
    for (size_t i = 0; i < drg_batch_count(batch); i++) {
        events += drg_batch_records(batch, i)->event_count;
        claims += drg_batch_records(batch, i)->claim_count;
        problems += drg_batch_records(batch, i)->problem_count;
    }
    const int64_t wanted[] = {[DRG_TABLE_RECORDS] = (int64_t)REPORTS, [DRG_TABLE_REPORTS] = (int64_t)REPORTS, [DRG_TABLE_EVENTS] = (int64_t)events,
                              [DRG_TABLE_ACTORS] = -1, [DRG_TABLE_CLAIMS] = (int64_t)claims, [DRG_TABLE_AGREEMENTS] = -1,
                              [DRG_TABLE_PROBLEMS] = (int64_t)problems};
    struct ArrowArrayStream streams[DRG_TABLE_PROBLEMS + 1];
    for (int t = DRG_TABLE_RECORDS; t <= DRG_TABLE_PROBLEMS; t++) {
        assert_int_equal(drg_batch_stream(batch, (drg_table)t, &streams[t], NULL), DRG_OK);
    }
    drg_batch_free(batch); /* streams keep what they need */
    for (int t = DRG_TABLE_RECORDS; t <= DRG_TABLE_PROBLEMS; t++) {
        int64_t rows = read_all(&streams[t]);
        assert_true(rows == wanted[t] || wanted[t] < 0);
    }
    struct ArrowSchema schema;
    drg_error error;
    assert_int_equal(drg_table_schema((drg_table)99, &schema, &error), DRG_ERROR_USE);
}

static void test_there_and_back(void **state) {
    (void)state;
    drg_batch *batch = code_all(1, 0), *again = new_batch();
    const drg_problem lost = {.doc = TEXT("lost.txt"), .stage = TEXT("read"), .code = TEXT("unreadable"), .message = TEXT("gone"), .offset = 7};
    struct ArrowArrayStream stream;
    assert_int_equal(drg_batch_add_problem(batch, &lost, NULL), DRG_OK);
    assert_int_equal(drg_batch_stream(batch, DRG_TABLE_RECORDS, &stream, NULL), DRG_OK);
    assert_int_equal(drg_batch_add_stream(again, &stream, NULL), DRG_OK);
    assert_null(stream.release);
    assert_same(jsonl_of(batch), jsonl_of(again));
    drg_error error;
    assert_int_equal(drg_batch_stream(batch, DRG_TABLE_EVENTS, &stream, NULL), DRG_OK);
    assert_int_equal(drg_batch_add_stream(again, &stream, &error), DRG_ERROR_USE);
    assert_non_null(strstr(error.message, "no such column"));
    drg_batch_free(batch);
    drg_batch_free(again);
}

static void test_reports_out_of_columns(void **state) {
    (void)state;
    drg_batch *batch = code_all(1, 0), *again = new_batch();
    struct ArrowArrayStream stream;
    drg_reader *reader;
    drg_crew *crew;
    assert_int_equal(drg_crew_new(engine, 2, &crew, NULL), DRG_OK);
    assert_int_equal(drg_batch_stream(batch, DRG_TABLE_REPORTS, &stream, NULL), DRG_OK); /* a table with the right columns */
    assert_int_equal(drg_reader_open_stream(&stream, NULL, &reader, NULL), DRG_OK);
    assert_int_equal(drg_batch_code(again, crew, reader, 0, 0, NULL), DRG_OK);
    assert_int_equal(drg_batch_count(again), REPORTS);
    assert_int_equal(drg_batch_records(again, 0)->event_count, drg_batch_records(batch, 0)->event_count);
    drg_reader_close(reader);
    drg_error error;
    assert_int_equal(drg_batch_stream(batch, DRG_TABLE_EVENTS, &stream, NULL), DRG_OK);
    assert_int_equal(drg_reader_open_stream(&stream, NULL, &reader, &error), DRG_ERROR_USE);
    assert_null(reader);
    drg_crew_free(crew);
    drg_batch_free(batch);
    drg_batch_free(again);
}

static drg_status refuse(void *user, const drg_records *records, drg_error *error) {
    (void)records;
    (void)error;
    return ++*(int *)user == 2 ? DRG_ERROR_OUTPUT : DRG_OK;
}

static drg_status pass(void *user, const drg_problem *problem, drg_error *error) {
    (void)user;
    (void)problem;
    (void)error;
    return DRG_OK;
}

static bool stop_at_once(void *user) {
    (void)user;
    return true;
}

static void test_work_stops(void **state) {
    (void)state;
    for (unsigned jobs = 1; jobs <= 2; jobs++) {
        int seen = 0;
        drg_crew *crew;
        drg_reader *reader;
        drg_error error;
        assert_int_equal(drg_crew_new(engine, jobs, &crew, NULL), DRG_OK);
        assert_int_equal(drg_reader_open_list(reports, REPORTS, &reader, NULL), DRG_OK);
        drg_work work = {.user = &seen, .records = refuse, .problem = pass, .stop = stop_at_once};
        assert_int_equal(drg_crew_code(crew, reader, &work, &error), DRG_OK);
        assert_int_equal(seen, 0);
        work.stop = NULL;
        assert_int_equal(drg_crew_code(crew, reader, &work, &error), DRG_ERROR_OUTPUT);
        assert_int_equal(seen, 2);
        drg_reader_close(reader);
        drg_crew_free(crew);
    }
}

static void test_wrong_use(void **state) {
    (void)state;
    static const char *const paths[] = {"nowhere"};
    drg_reader *reader;
    drg_crew *crew;
    drg_report report;
    drg_problem problem;
    drg_error error;
    assert_int_equal(drg_reader_open(&(drg_input){.paths = paths, .path_count = 1, .kind = "pdf"}, &reader, &error), DRG_ERROR_USE);
    assert_int_equal(drg_reader_open(&(drg_input){.paths = paths, .path_count = 1, .fields = "headline=title"}, &reader, &error), DRG_ERROR_USE);
    assert_int_equal(drg_crew_new(engine, 1000, &crew, &error), DRG_ERROR_USE);
    assert_int_equal(drg_reader_open(&(drg_input){.paths = paths, .path_count = 1}, &reader, &error), DRG_OK);
    assert_int_equal(drg_reader_next(reader, &report, &problem), DRG_FOUND_PROBLEM);
    assert_int_equal(drg_reader_next(reader, &report, &problem), DRG_FOUND_END);
    assert_int_equal(drg_reader_failures(reader), 1);
    drg_reader_close(reader);
}

static void test_an_input_in_memory(void **state) {
    (void)state;
    drg_reader *reader;
    drg_report report;
    drg_problem problem;
    const drg_input input = {.bytes = TEXT("{\"headline\": \"Talks\", \"text\": \"Iran left.\"}\n"), .fields = "title=headline"};
    assert_int_equal(drg_reader_open(&input, &reader, NULL), DRG_OK);
    assert_int_equal(drg_reader_next(reader, &report, &problem), DRG_FOUND_REPORT);
    assert_memory_equal(report.title.ptr, "Talks", 5);
    assert_int_equal(drg_reader_next(reader, &report, &problem), DRG_FOUND_END);
    assert_true(drg_reader_ended(reader));
    drg_reader_close(reader);
}

static void test_a_desk(void **state) {
    (void)state;
    char path[] = "/tmp/drg-batch-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    unlink(path);
    drg_desk *desk;
    drg_batch *batch = code_all(1, 0), *events = new_batch(), *records = new_batch();
    assert_int_equal(drg_desk_open(path, engine, &desk, NULL), DRG_OK);
    assert_int_equal(drg_desk_add(desk, batch, NULL), DRG_OK);
    assert_int_equal(drg_desk_finish(desk, NULL), DRG_OK);
    drg_desk_close(desk);
    assert_int_equal(drg_desk_open(path, NULL, &desk, NULL), DRG_OK);
    static const char *const words[] = {"actor=OMN"}, *const wrong[] = {"acter=OMN"};
    drg_error error;
    assert_int_equal(drg_desk_events(desk, &(drg_question){.words = words, .word_count = 1}, events, NULL), DRG_OK);
    assert_true(drg_batch_count(events) > 0);
    for (size_t i = 0; i < drg_batch_count(events); i++) {
        assert_int_equal(drg_batch_records(events, i)->event_count, 1);
        assert_int_equal(drg_batch_telling(events, i)->reports, 1);
    }
    assert_null(drg_batch_telling(batch, 0));
    assert_int_equal(drg_desk_events(desk, &(drg_question){.words = wrong, .word_count = 1}, events, &error), DRG_ERROR_USE);
    struct ArrowArrayStream stream;
    assert_int_equal(drg_batch_stream(events, DRG_TABLE_TELLINGS, &stream, NULL), DRG_OK);
    assert_int_equal(read_all(&stream), (int64_t)drg_batch_count(events));
    assert_int_equal(drg_desk_ask(desk, &(drg_question){.by = "category"}, &stream, NULL), DRG_OK);
    assert_true(read_all(&stream) > 1);
    assert_int_equal(drg_desk_ask(desk, &(drg_question){.of = "joined"}, &stream, NULL), DRG_OK);
    assert_true(read_all(&stream) > 1);
    assert_int_equal(drg_desk_ask(desk, &(drg_question){.of = "tales"}, &stream, &error), DRG_ERROR_USE);
    assert_int_equal(drg_desk_read(desk, 3, records, NULL), DRG_OK);
    assert_int_equal(drg_desk_read(desk, 3, records, NULL), DRG_OK);
    assert_int_equal(drg_batch_count(records), REPORTS);
    assert_int_equal(drg_desk_add(desk, batch, &error), DRG_ERROR_USE);
    drg_desk_close(desk);
    drg_batch_free(batch);
    drg_batch_free(events);
    drg_batch_free(records);
    unlink(path);
}

static void test_trees_and_explanations(void **state) {
    (void)state;
    drg_coder *coder;
    text trees = {0}, why = {0};
    assert_int_equal(drg_coder_new(engine, &coder, NULL), DRG_OK);
    assert_int_equal(drg_coder_parse(coder, &reports[0], gather, &trees, NULL), DRG_OK);
    assert_non_null(strstr(trees.bytes, "1\tIran\tIran\tPROPN"));
    assert_int_equal(drg_coder_explain(coder, &reports[0], &(drg_explanation){.sink = gather, .user = &why, .trees = true}, NULL), DRG_OK);
    assert_non_null(strstr(why.bytes, "fires frame"));
    free(trees.bytes);
    free(why.bytes);
    trees = (text){0};
    assert_int_equal(drg_coder_parse(coder, &reports[3], gather, &trees, NULL), DRG_OK);
    assert_int_equal(drg_coder_records(coder)->problem_count, 1);
    free(trees.bytes);
    drg_coder_free(coder);
}

static int open_engine(void **state) {
    (void)state;
    return drg_engine_open(NULL, &engine, NULL) == DRG_OK ? 0 : 1;
}

static int close_engine(void **state) {
    (void)state;
    drg_engine_close(engine);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_batch_says_what_coders_said), cmocka_unit_test(test_texts_lie_inside_the_copied_report),
        cmocka_unit_test(test_tables), cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_reports_out_of_columns),
        cmocka_unit_test(test_work_stops), cmocka_unit_test(test_wrong_use), cmocka_unit_test(test_an_input_in_memory),
        cmocka_unit_test(test_a_desk), cmocka_unit_test(test_trees_and_explanations),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
