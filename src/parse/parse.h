// SPDX-License-Identifier: Apache-2.0
/* The parse stage: tags, lemmas, dependency trees and name spans for tokens that the text stage
 * has cut.
 *
 *   in    r->tokens (text, sentence, form, lower, space_after), r->sentences
 *   out   lemma, upos, xpos, feats, head, deprel, name, name_begins of every token
 *
 *     Iran        signed  an  agreement  with  Syria
 *     nsubj(2)    root    det obj(2)     case  nmod(4)      heads are tokens of the report
 *     B-LOC                                    B-LOC
 *
 * The model (lifetime: run) is read only and shared by threads; work arrays live in the report's
 * arena for the length of the call.  Time is linear in the report's length: sentences longer than
 * PIECE_LIMIT words are parsed in windows whose roots hang on the first window's root. */
#ifndef DRG_PARSE_PARSE_H
#define DRG_PARSE_PARSE_H

#include "parse/labels.h"

typedef struct parse_model parse_model;

/* Reads model/english.model through `k`; `hash` gets 16 hex digits over its bytes. */
drg_status parse_open(parse_model **out, knowledge *k, char hash[17], drg_error *error);
drg_status parse_run(const parse_model *model, report *r, drg_error *error);
void parse_close(parse_model *model);

/* The UD feature string of token.feats ("Number=Sing", "_" for none); lives as long as the model. */
span parse_feats_name(const parse_model *model, u32 feats);

#endif
