// SPDX-License-Identifier: Apache-2.0
/* Reads a knowledge file: tab-separated columns under a header line that names them.
 *
 *     # comment
 *     name<TAB>code<TAB>aliases
 *     Iran<TAB>IRN<TAB>Islamic Republic of Iran; Persia
 *
 * Columns are found by name, so their order is free.  Inside a field, `;` separates a list.
 * Lines may end in CRLF; blank lines and lines that begin with # are skipped.  A bad line is
 * told to the knowledge log with file and line, and the rest loads. */
#ifndef DRG_BASE_TABLE_H
#define DRG_BASE_TABLE_H

#include "base/knowledge.h"

#define TABLE_COLUMNS 24

typedef struct table {
    knowledge *from;
    const char *file;       /* its name */
    u32 id;                 /* in from->files */
    span rest;              /* what is still to be read */
    span header[TABLE_COLUMNS];
    span row[TABLE_COLUMNS];
    u32 column_count;       /* of the header */
    u32 field_count;        /* of the present row */
    u32 line;               /* 1-based, of the present row */
} table;

/* Opens DATA/`file` and reads its header.  A missing file is DRG_ERROR_DATA. */
drg_status table_open(table *t, knowledge *from, const char *file, drg_error *error);
/* The same over bytes already read: those of the last file in from->files. */
drg_status table_open_text(table *t, knowledge *from, span content, drg_error *error);
/* Moves to the next row; false at the end.  A row with more fields than the header is left out and told. */
bool table_next(table *t);
/* The field under `column` in this row, trimmed; empty when the column is absent or short. */
span table_field(const table *t, const char *column);
/* The column is in the header. */
bool table_has(const table *t, const char *column);
/* Tells the log that this row is wrong: what, and what to do.  The second says that it is left out. */
void table_complain(const table *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void table_skip(const table *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What no loader looks at, for all tables of lang/ and world/ against lang/tables.tsv: their bytes, columns
 * and short rows.  Line ends of other systems and a missing last one are notes. */
drg_status table_check_all(knowledge *k, drg_error *error);
/* The same for the bytes of one file that has been read: line ends only. */
void table_check_bytes(knowledge *k, u32 file, span content);

#endif
