// SPDX-License-Identifier: Apache-2.0
/* SQL in the making: a text that grows in an arena, and the values behind its ?1 ?2 ...  Values never
 * become part of the text; ask_print_sql writes them out for a reader. */
#ifndef DRG_ASK_BUILD_H
#define DRG_ASK_BUILD_H

#include "base/arena.h"
#include "store/database.h"

typedef struct {
    arena *memory;
    char *text; /* ends with a NUL */
    size_t len, room;
    LIST(value) values;
    bool failed; /* memory is out: what follows does nothing */
} ask_build;

void ask_build_open(ask_build *b, arena *memory);
/* Appends a text of the program's own. */
void ask_put(ask_build *b, const char *sql);
void ask_put_number(ask_build *b, i64 number);
/* Appends `sql` with a ?N for the value, which is copied, in place of each '#'. */
void ask_put_value(ask_build *b, const char *sql, value v);
/* Appends what another build holds, its values numbered behind ours. */
void ask_put_build(ask_build *b, const ask_build *other);
/* The statement as one can paste it: values in place, texts quoted. */
span ask_print_sql(const ask_build *b, arena *memory);
/* A statement with its values put; NULL: the failure is kept by the database. Values live as long as the build. */
sql_query *ask_start(sql_base *d, const ask_build *b);

#endif
