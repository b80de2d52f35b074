// SPDX-License-Identifier: Apache-2.0
/* A report with a hand-made parse, so that a stage behind the parser is tested without one.
 *
 *     "1 Syrian ADJ 2 amod\n"
 *     "2 troops NOUN 3 nsubj\n"
 *     "3 left VERB 0 root\n"          number, form, tag, head (0 = root), relation, [name kind]
 *
 * A blank line ends a sentence; "##" ends a paragraph.  A name kind PER, ORG, LOC with a + before
 * it goes on with the span of the word before. */
#ifndef DRG_TESTS_PARSED_H
#define DRG_TESTS_PARSED_H

#include "report.h"

typedef struct {
    knowledge known;
    arena memory;
    report r;
} parsed;

void parsed_open(parsed *p, const char *folder);
void parsed_close(parsed *p);
/* Replaces the report by the one that `rows` describe, dated `day`. */
void parsed_read(parsed *p, const char *rows, i32 day);

#endif
