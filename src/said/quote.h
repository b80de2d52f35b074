// SPDX-License-Identifier: Apache-2.0
/* Quotations of a report. */
#ifndef DRG_SAID_QUOTE_H
#define DRG_SAID_QUOTE_H

#include "report.h"

typedef struct {
    u32 first, end;  /* tokens, quotation marks included; the closing one may be missing */
    u32 block;
    bool continues;  /* the next quotation goes on with the same speech: `next` is part of it */
    bool full;       /* whole clauses, not a quoted word or phrase inside somebody else's sentence */
    u32 statement;   /* whose content it is (index in r->statements), or NONE */
} quotation;

typedef struct {
    LIST(quotation) items;
    u32 *at; /* [tokens.count] quotation a token is inside of, or NONE */
} quotations;

drg_status quote_find(quotations *found, const report *r, arena *memory);

#endif
