// SPDX-License-Identifier: Apache-2.0
/* One event a row, RFC 4180; lists inside a cell are parted by "; ".  The columns are those of `dragoman export`,
 * of a desk and of reports that are only being coded alike. */
#ifndef DRG_EXPORT_ROWS_H
#define DRG_EXPORT_ROWS_H

#include "ask/ask.h"
#include "base/out.h"

void rows_put_header(out_bytes *out);
void rows_put(out_bytes *out, const ask_row *row);

#endif
