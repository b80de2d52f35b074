// SPDX-License-Identifier: Apache-2.0
/* The user's own lists of actors and agents: our kind of table, or a dictionary of TABARI or PETRARCH.
 *
 *     --actors desk.tsv --actors Old.actors        and a text with "Ithilien Guard"
 *       desk.tsv, a table:      name<TAB>code        Old.actors:   ITHILIEN_GUARD_ [ITHMIL]
 *
 * Lists are told apart by what is in them.  Their phrases lie in tables of their own (lexicon.own), or in
 * front of ours (agents).  The longest phrase wins; of the same words the list given last, the user's
 * before ours.  Where none of its dates holds, a list is as if it did not have the words.
 * A bad line is told and left out, the rest loads. */
#ifndef DRG_WHO_OWN_LISTS_H
#define DRG_WHO_OWN_LISTS_H

#include "who/petrarch_code.h"

/* A list being read. */
typedef struct {
    lexicon *lex;
    span content;
    u32 file, list; /* its file; its number from 1 */
    bool stems;     /* TABARI: a phrase without _ at its end is the beginning of a word */
    u32 added;      /* entries made */
} own_list;

/* Reads all lists of the knowledge. */
drg_status own_open(lexicon *lex, drg_error *error);
/* petrarch_actors.c, petrarch_agents.c: false when memory is out. */
bool petrarch_actors_read(own_list *list);
bool petrarch_agents_read(own_list *list);

/* A line that is left out, or one that is worth a word. */
void own_skip(const own_list *list, u32 line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* At most `bytes` of a text from outside, cut between letters. */
span own_quote(span text, size_t bytes);
/* The rows of one code, one an actor: index of the first, or NONE when memory is out. */
u32 own_add_rows(own_list *list, lexicon_row row, const petrarch_code *code);

/* The pieces of a dictionary's phrase with the marks for gaps, and the stem at its end; 0: no letters; NONE: too long. */
u32 own_split(const own_list *list, span phrase, u32 pieces[LEXICON_PIECES + 1]);
bool own_add_phrase(own_list *list, phrase_table *in, const u32 *pieces, u32 count, meaning made);

#endif
