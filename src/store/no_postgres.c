// SPDX-License-Identifier: Apache-2.0
/* Stands in for postgres.c in a build without libpq. */
#include "store/driver.h"

static void open_line(sql_base *d, const char *address) {
    (void)address;
    database_fail(d, DRG_ERROR_USE, "this dragoman was built without PostgreSQL: install libpq-dev and build again, or name a file");
}

static void close_line(sql_base *d) { (void)d; }

static const dialect_word words[] = {{NULL, NULL}};

const driver database_postgres = {.words = words, .open = open_line, .close = close_line};
