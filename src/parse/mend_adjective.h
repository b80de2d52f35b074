// SPDX-License-Identifier: Apache-2.0
/* "from neighboring Lebanon" is no deed of neighboring. */
#ifndef DRG_PARSE_MEND_ADJECTIVE_H
#define DRG_PARSE_MEND_ADJECTIVE_H

#include "parse/irregular.h"

/* Makes the participles that `forms` lists under ADJ attributes of the noun behind them. */
void mend_adjectives(const irregular_forms *forms, report *r, const sentence *s);

#endif
