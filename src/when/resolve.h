// SPDX-License-Identifier: Apache-2.0
/* From what a pattern captured to days on the calendar. */
#ifndef DRG_WHEN_RESOLVE_H
#define DRG_WHEN_RESOLVE_H

#include "when/grammar.h"

typedef struct {
    const when_lexicon *lexicon;
    i32 today;     /* day of the report, DAY_UNKNOWN when nobody said it */
    timex story;   /* the last dated expression; story.start DAY_UNKNOWN before the first */
    bool historic; /* the report tells of the past: dates without a year follow the story */
    bool names_today; /* the report calls its own day by its weekday */
    bool ahead;    /* this expression stands under "will", "is scheduled to" ... */
} when_context;

/* The days of `x` in this context.  An expression that cannot be dated comes back GRAIN_VAGUE. */
timex when_resolve(const when_context *context, const when_expression *x);

#endif
