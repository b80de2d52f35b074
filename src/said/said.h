// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_SAID_H
#define DRG_SAID_SAID_H

#include "report.h"

typedef struct said_tables said_tables;

drg_status said_open(said_tables **out, knowledge *k, drg_error *error);
drg_status said_run(const said_tables *tables, report *r, drg_error *error);
void said_close(said_tables *tables);

/* What a statement does. */
#define STATEMENT_ACT_LIST(X) X(assert) X(deny) X(accuse) X(demand) X(threaten) X(promise) X(praise) X(question)
typedef enum {
#define STATEMENT_ACT_ENUM(name) STATEMENT_ACT_##name,
    STATEMENT_ACT_LIST(STATEMENT_ACT_ENUM)
#undef STATEMENT_ACT_ENUM
    STATEMENT_ACTS
} statement_act;
const char *said_act_name(u8 act);

#endif
