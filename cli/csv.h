// SPDX-License-Identifier: Apache-2.0
/* One event a row, RFC 4180; lists inside a field are parted by "; ". */
#ifndef DRG_CLI_CSV_H
#define DRG_CLI_CSV_H

#include "base/base.h"

drg_status csv_write_header(drg_sink sink, void *user);
drg_status csv_write_events(const drg_records *records, drg_sink sink, void *user);

#endif
