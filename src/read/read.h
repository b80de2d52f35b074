// SPDX-License-Identifier: Apache-2.0
/* Bytes to a report: what the caller gave becomes text, blocks, a date and a language.
 *
 *   text given   report.text is the given text byte for byte (bad bytes become U+FFFD)
 *   page given   report.text is the page's running text, made here (read/html.h)
 *
 * Problems told: empty, binary, encoding (coded all the same), language, no-text. */
#ifndef DRG_READ_READ_H
#define DRG_READ_READ_H

#include "report.h"

typedef struct read_tables read_tables;

drg_status read_open(read_tables **out, knowledge *k, drg_error *error);
drg_status read_run(const read_tables *tables, report *r, drg_error *error);
/* Fills only id, url, outlet, title, date from what the caller gave: for a report that cannot be coded. */
void read_identify(report *r);
void read_close(read_tables *tables);

#endif
