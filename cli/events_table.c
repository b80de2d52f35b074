// SPDX-License-Identifier: Apache-2.0
#include "cli/events_table.h"
#include "cli/grid.h"

const grid_column events_table_columns[EVENTS_TABLE_COLUMNS] = {
    {"when", 10, 10, false},  {"who", 12, 34, false},   {"did what", 16, 36, false},     {"to whom", 12, 34, false},
    {"where", 8, 18, false},  {"status", 7, 7, false},  {"according to", 12, 24, false}, {"reports", 7, 7, false},
};

static void fill_cells(const store_row *row, char reports[32], span cells[EVENTS_TABLE_COLUMNS]) {
    const span given[EVENTS_TABLE_COLUMNS] = {row->when, row->who, row->what, row->whom, row->where, row->status, row->according, {reports, 0}};
    memcpy(cells, given, sizeof given);
    cells[EVENTS_TABLE_COLUMNS - 1].len = events_table_reports(row->reports, row->witnesses, reports);
}

size_t events_table_reports(u32 reports, u32 witnesses, char out[32]) {
    bool apart = witnesses < reports;
    return (size_t)(apart ? snprintf(out, 32, "%u (%u)", reports, witnesses) : snprintf(out, 32, "%u", reports));
}

drg_status events_table_print(store *s, FILE *out, drg_error *error) {
    store_row row;
    store_counts counts;
    grid g;
    span cells[EVENTS_TABLE_COLUMNS];
    char reports[32];
    u32 stories = 0;
    bool copies = false;
    grid_open(&g, out, events_table_columns, EVENTS_TABLE_COLUMNS);
    DRG_TRY(store_rows_open(s, error));
    while (store_rows_next(s, &row)) {
        fill_cells(&row, reports, cells);
        stories++;
        copies |= row.witnesses < row.reports;
        grid_measure(&g, cells);
    }
    DRG_TRY(store_rows_check(s, error));
    grid_fit(&g);
    grid_print_head(&g);
    DRG_TRY(store_rows_open(s, error));
    while (store_rows_next(s, &row)) {
        fill_cells(&row, reports, cells);
        grid_print(&g, cells);
    }
    DRG_TRY(store_rows_check(s, error));
    DRG_TRY(store_count(s, &counts, error));
    fprintf(out, "%u event%s from %lld report%s", stories, stories == 1 ? "" : "s", (long long)counts.reports, counts.reports == 1 ? "" : "s");
    fprintf(out, copies ? "; (n): witnesses, copies and common owners not counted twice\n" : "\n");
    return DRG_OK;
}
