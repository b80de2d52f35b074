// SPDX-License-Identifier: Apache-2.0
/* Who speaks. */
#ifndef DRG_SAID_VOICE_H
#define DRG_SAID_VOICE_H

#include "said/phrase.h"

/* Head token of the speaker's phrase of a cue that is used as in `row`, or NONE. */
u32 voice_find(said_work *w, u32 cue, const cue_row *row);
/* A verb's own subject, or NONE; of two, the one next to it. */
u32 voice_subject(const said_work *w, u32 verb);

#endif
