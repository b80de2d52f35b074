// SPDX-License-Identifier: Apache-2.0
/* From trees to who says what, and from that to what each deed is worth.
 *
 *   cue.c        lang/en/said/cues.tsv: words that hand a content over to a speaker
 *   quote.c      text      -> quotations, also those that run over paragraphs
 *   phrase.c     trees     -> the words of a content, a speaker, a cue
 *   attribute.c  cues      -> statements with speaker and content
 *   direct.c     quotations -> the statement they belong to
 *   embedding.c  lang/en/said/embedding.tsv: what "refuse to", "may" or "if" make of a deed
 *   inside.c     tokens    -> in whose words they stand
 *   credit.c     deeds of speech -> their speaker
 *   status.c     deeds     -> actual, claimed by whom, denied by whom, planned */
#ifndef DRG_SAID_SAID_H
#define DRG_SAID_SAID_H

#include "report.h"
#include "what/what.h"

typedef struct said_tables said_tables;

drg_status said_open(said_tables **out, knowledge *k, drg_error *error);
/* `what`: for deeds whose source is whoever says so. */
drg_status said_run(const said_tables *tables, const what_tables *what, report *r, drg_error *error);
void said_close(said_tables *tables);

/* What a statement does. */
#define STATEMENT_ACT_LIST(X) X(assert) X(deny) X(accuse) X(demand) X(threaten) X(promise) X(praise) X(question)
typedef enum {
#define STATEMENT_ACT_ENUM(name) STATEMENT_ACT_##name,
    STATEMENT_ACT_LIST(STATEMENT_ACT_ENUM)
#undef STATEMENT_ACT_ENUM
    STATEMENT_ACTS
} statement_act;
const char *said_act_name(u8 act);

/* How the content came into the world. */
#define STATEMENT_KIND_LIST(X) X(speech) X(attitude) X(finding)
typedef enum {
#define STATEMENT_KIND_ENUM(name) STATEMENT_KIND_##name,
    STATEMENT_KIND_LIST(STATEMENT_KIND_ENUM)
#undef STATEMENT_KIND_ENUM
    STATEMENT_KINDS
} statement_kind;
const char *said_kind_name(u8 kind);

/* What the report, by its choice of word, thinks of the content. */
#define STATEMENT_VOUCH_LIST(X) X(neutral) X(vouching) X(doubting) X(denying)
typedef enum {
#define STATEMENT_VOUCH_ENUM(name) STATEMENT_VOUCH_##name,
    STATEMENT_VOUCH_LIST(STATEMENT_VOUCH_ENUM)
#undef STATEMENT_VOUCH_ENUM
    STATEMENT_VOUCHES
} statement_vouch;
const char *said_vouch_name(u8 vouch);

/* How far the text commits itself to the event that `at` names, from -3 (certainly did not happen)
 * over 0 (open) to 3 (certainly did): the scale of the factuality corpora.  After said_run. */
double said_factuality(const said_tables *tables, const report *r, u32 at);

#endif
