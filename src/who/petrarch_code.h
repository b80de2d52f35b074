// SPDX-License-Identifier: Apache-2.0
/* Actor codes as TABARI and PETRARCH write them, made into ours.
 *
 *     [SYRREB]                SYR REB             [PSEREBHMS]        PSE REB: the first sector of ours counts
 *     [HOBGOV 20121109-20130119]   with dates     [AFGELI]           AFG ELI: no sector of ours, kept
 *     [IGOUNO]                UNO                 [ELR/GAL]          two actors
 *     [---]                   silent: the words name nobody
 *
 * Dates are YYMMDD or YYYYMMDD, `<` up to, `>` from, D-D between, ends included; years of two digits
 * above 30 are of the 1900s.  What a part means is in world/cameo_actors.tsv. */
#ifndef DRG_WHO_PETRARCH_CODE_H
#define DRG_WHO_PETRARCH_CODE_H

#include "who/lexicon.h"

#define PETRARCH_ACTORS 6 /* most actors of one code */

typedef struct {
    actor_code codes[PETRARCH_ACTORS];
    u32 count;
    i32 from, to; /* days, both included; open: INT32_MIN, INT32_MAX */
    bool dated, silent;
    bool bare;    /* a primary alone, and not one of those that stand for no country */
} petrarch_code;

/* Reads what stands inside a bracket.  NULL, or what is wrong with it. */
const char *petrarch_code_read(const lexicon *lex, span inside, petrarch_code *out);
/* One run of letters, as "SYRREB"; false when it is none. */
bool petrarch_code_read_one(const lexicon *lex, span text, actor_code *code);
/* The sector of an agent's code, "GOVMED" of [~GOVMED]: the first of ours, else the first part. */
u16 petrarch_code_sector(const lexicon *lex, span text);

#endif
