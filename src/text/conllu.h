// SPDX-License-Identifier: Apache-2.0
/* CoNLL-U: sentences as tab-separated lines, ten columns a word.
 *
 *     # text = Iran's army
 *     1-2  Iran's  _     _      _    ...                a token as written, holding words 1 and 2
 *     1    Iran    Iran  PROPN  NNP  Number=Sing  3  nmod:poss  _  _
 *     2    's      's    PART   POS  _            1  case       _  _
 *     3    army    army  NOUN   NN   Number=Sing  0  root       _  start_char=7|end_char=11
 *
 * A document is flat arrays; words point to their token, tokens and sentences to their first.
 * Everything lives in the arena given to conllu_read; spans point into its `bytes`. */
#ifndef DRG_TEXT_CONLLU_H
#define DRG_TEXT_CONLLU_H

#include "base/arena.h"
#include "report.h"

typedef struct {
    span form, lemma, upos, xpos, feats, deprel, misc; /* "_" where nothing is given */
    u32 head;  /* word of the document, NONE at the root */
    u32 token; /* the token it is in */
} conllu_word;

typedef struct {
    span form;                /* as written */
    u32 first_word, end_word;
    bool multiword;           /* had a line of its own: "1-2" */
    bool space_after;
} conllu_token;

typedef struct {
    u32 first_token, end_token, first_word, end_word;
    span id, text;                     /* "# sent_id", "# text"; may be empty */
    bool new_document, new_paragraph;  /* "# newdoc", "# newpar" above it */
    span document;                     /* id behind "# newdoc id =" */
    u32 line;                          /* 1-based, of its first word */
} conllu_sentence;

typedef struct {
    u32 line; /* 1-based */
    const char *what;
} conllu_complaint;

typedef struct {
    LIST(conllu_word) words;
    LIST(conllu_token) tokens;
    LIST(conllu_sentence) sentences;
    LIST(conllu_complaint) complaints; /* a sentence with a bad line is left out */
} conllu;

/* Reads `bytes` (which must outlive the document).  False when memory is out; bad lines are
 * complaints, not failures. */
bool conllu_read(conllu *out, span bytes, arena *memory);

/* True when `misc` has the item "SpaceAfter=No". */
bool conllu_glues(span misc);

/* Writes sentences [first, end) with their comments.  Stops at the sink's first failure. */
drg_status conllu_write(const conllu *in, u32 first, u32 end, drg_sink sink, void *user);

/* The end of the document that begins at sentence `first`. */
u32 conllu_document_end(const conllu *in, u32 first);
/* Fills text and blocks of an opened report with sentences [first, end): tokens with their blanks,
 * an empty line between paragraphs, one block a paragraph.  With `with_tokens` also the report's
 * sentences and tokens, one a word, the words of a token sharing out its bytes.
 * False when memory is out. */
bool conllu_lay(const conllu *in, u32 first, u32 end, bool with_tokens, report *r);

#endif
