// SPDX-License-Identifier: Apache-2.0
/* The label sets of the parser and their names as CoNLL-U writes them.
 *
 * Universal tags and relations are listed in report.h (UPOS_LIST, DEPREL_LIST); the English
 * treebank tags (Penn set with the additions of English Web Treebank) are listed here.  The
 * feature strings ("Number=Sing") come with the model: see parse.h, parse_feats_name(). */
#ifndef DRG_PARSE_LABELS_H
#define DRG_PARSE_LABELS_H

#include "report.h"

#define XPOS_LIST(X)                                                                                               \
    X(NONE, "_") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(COLON, ":") X(COMMA, ",") X(DOLLAR, "$")    \
    X(DT, "DT") X(EX, "EX") X(FW, "FW") X(GW, "GW") X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR")          \
    X(JJS, "JJS") X(LRB, "-LRB-") X(LS, "LS") X(MD, "MD") X(NFP, "NFP") X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS")  \
    X(NNS, "NNS") X(OPEN_QUOTE, "``") X(CLOSE_QUOTE, "''") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP")               \
    X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(RRB, "-RRB-") X(STOP, ".")               \
    X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP")      \
    X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB")
enum {
#define XPOS_ENUM(name, text) XPOS_##name,
    XPOS_LIST(XPOS_ENUM)
#undef XPOS_ENUM
    XPOS_COUNT
};

/* Names of labels; "X", "_" or "dep" for a number out of range.  Static, never NULL. */
const char *upos_name(u32 tag);
const char *xpos_name(u32 tag);
const char *deprel_name(u32 relation);
const char *name_kind_name(u32 kind); /* PER, ORG, LOC, NORP, MISC; "O" for NAME_NONE */

/* The number of a name, or NONE. */
u32 upos_find(span name);
u32 xpos_find(span name);
u32 deprel_find(span name);

#endif
