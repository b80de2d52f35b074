// SPDX-License-Identifier: Apache-2.0
/* The public reader over its three origins. */
#include "batch/reader.h"

#include "read/format.h"

#define INPUT_NAME "input" /* what problems call an input that has no path */

struct drg_reader {
    reader_origin origin;
    source *files;    /* where reports come from files, or NULL */
    char *fields;     /* what source_map keeps spans of */
    source_item item; /* of drg_reader_next */
    bool ended;
};

typedef struct {
    const drg_report *reports;
    size_t count, next;
} report_list;

static drg_status no_memory(drg_error *error) { return drg_fail(error, DRG_ERROR_MEMORY, "reader", 0, "out of memory"); }

drg_status reader_open(const reader_origin *origin, drg_reader **out, drg_error *error) {
    drg_reader *r = *out = calloc(1, sizeof *r);
    if (r == NULL) {
        origin->close(origin->own);
        return no_memory(error);
    }
    r->origin = *origin;
    source_item_open(&r->item);
    return DRG_OK;
}

source_what reader_next(drg_reader *r, source_item *item) {
    source_what what = r->ended ? SOURCE_END : r->origin.next(r->origin.own, item);
    r->ended = what == SOURCE_END;
    return item->what = what;
}

/* ------------------------------------------------------------------ files */

static source_what next_of_files(void *own, source_item *item) { return source_next(own, item); }
static void close_files(void *own) { source_close(own); }

static drg_status map_fields(drg_reader *r, const char *fields, drg_error *error) {
    size_t size = strlen(fields) + 1;
    r->fields = malloc(size);
    if (r->fields == NULL) {
        return no_memory(error);
    }
    memcpy(r->fields, fields, size);
    return source_map(r->files, r->fields, error);
}

bool drg_input_takes(drg_text name) { return format_takes_name(name); }

drg_status drg_reader_open(const drg_input *input, drg_reader **out, drg_error *error) {
    source_kind kind = SOURCE_AUTO;
    source *files = NULL;
    *out = NULL;
    if (input->kind != NULL && !source_kind_find(input->kind, &kind)) {
        return drg_fail(error, DRG_ERROR_USE, "", 0, "\"%.40s\" is no kind of input: it is one of %s", input->kind, SOURCE_KINDS);
    }
    if (input->path_count > 0) {
        DRG_TRY(source_open(&files, input->paths, input->path_count, kind, error));
    } else {
        DRG_TRY(source_open_bytes(&files, input->bytes, input->name != NULL ? input->name : INPUT_NAME, kind, error));
    }
    DRG_TRY(reader_open(&(reader_origin){files, next_of_files, close_files}, out, error));
    (*out)->files = files;
    drg_status status = input->fields != NULL ? map_fields(*out, input->fields, error) : DRG_OK;
    if (status != DRG_OK) {
        drg_reader_close(*out);
        *out = NULL;
    }
    return status;
}

/* ------------------------------------------------------------------ a list */

static source_what next_of_list(void *own, source_item *item) {
    report_list *list = own;
    if (list->next == list->count) {
        return SOURCE_END;
    }
    item->report = list->reports[list->next++];
    item->input = SPAN(INPUT_NAME);
    item->line = list->next;
    return SOURCE_REPORT;
}

static void close_list(void *own) { free(own); }

drg_status drg_reader_open_list(const drg_report *reports, size_t count, drg_reader **out, drg_error *error) {
    report_list *list = malloc(sizeof *list);
    *out = NULL;
    if (list == NULL) {
        return no_memory(error);
    }
    *list = (report_list){reports, count, 0};
    return reader_open(&(reader_origin){list, next_of_list, close_list}, out, error);
}

/* ------------------------------------------------------------------ the public calls */

drg_found drg_reader_next(drg_reader *r, drg_report *report, drg_problem *problem) {
    source_what what = reader_next(r, &r->item);
    *report = what == SOURCE_REPORT ? r->item.report : (drg_report){0};
    *problem = what == SOURCE_PROBLEM ? r->item.problem : (drg_problem){0};
    return what == SOURCE_END ? DRG_FOUND_END : what == SOURCE_REPORT ? DRG_FOUND_REPORT : DRG_FOUND_PROBLEM;
}

bool drg_reader_ended(const drg_reader *r) { return r->ended; }
uint64_t drg_reader_failures(const drg_reader *r) { return r->files != NULL ? source_failures(r->files) : 0; }
uint64_t drg_reader_passed(const drg_reader *r) { return r->files != NULL ? source_passed(r->files) : 0; }

void drg_reader_close(drg_reader *r) {
    if (r != NULL) {
        r->origin.close(r->origin.own);
        source_item_close(&r->item);
        free(r->fields);
        free(r);
    }
}
