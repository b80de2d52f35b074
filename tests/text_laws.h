// SPDX-License-Identifier: Apache-2.0
/* What must hold of the text stage whatever the text: shared by the unit test and the fuzzer. */
#ifndef DRG_TESTS_TEXT_LAWS_H
#define DRG_TESTS_TEXT_LAWS_H

#include "report.h"

/* Makes each run of lines between empty lines a paragraph.  False when memory is out. */
bool text_laws_block(report *r);
/* NULL, or the law that r->sentences and r->tokens break. */
const char *text_laws_broken(const report *r);

#endif
