// SPDX-License-Identifier: Apache-2.0
/* Reading verb dictionaries: what verb_reader.c (lines), verb_pattern.c (patterns and codes) and
 * verb_forms.c (the forms of a verb) share. */
#ifndef DRG_WHAT_VERB_READER_H
#define DRG_WHAT_VERB_READER_H

#include "what/verbs.h"

typedef enum { DICTIONARY_OF_TABARI, DICTIONARY_OF_PETRARCH, DICTIONARY_OF_PETRARCH2 } verb_format;

typedef struct {
    verb_tables *tables;
    knowledge *known;
    source_line where;
    const char *content_end;
    verb_format format;
    u32 block;          /* open block, or NONE */
    u32 set;            /* open synonym set, or NONE */
    bool skipping;      /* inside <TIME>, <NOUN> ... */
    verb_code code;     /* of the open block */
    bool has_code;
    span verb;          /* the last verb as it stands, for its forms on the next line */
    u32 verb_rule;      /* its rule */
    u32 added;          /* verbs, patterns and changes made */
    u32 noted;          /* line on which a form that stands twice was noted */
    bool full;          /* memory ran out */
} verb_reader;

void verb_skip(verb_reader *rd, const char *format, ...) __attribute__((format(printf, 2, 3)));
void verb_note(verb_reader *rd, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "032:033", "[:051]", "031!", "---": false, with the reason told, when it is no code. */
bool verb_read_code(verb_reader *rd, span inside, verb_code *out);
/* The items of a pattern or of a set's phrase, pushed on tables->items; false, with the reason told. */
bool verb_read_items(verb_reader *rd, span text, bool pattern, u32 *first, u32 *end);
/* Does one of the items hold a negation? */
bool verb_items_negate(const verb_tables *tables, u32 first, u32 end);
/* Adds a phrase to a set; false when memory is out. */
bool verb_add_phrase(verb_tables *tables, u32 set, u32 first, u32 end);

/* Makes the verb found by all its forms: those given, else the regular ones; false when memory is out. */
bool verb_add_forms(verb_reader *rd, span verb, span forms, bool given, u32 rule);

#endif
