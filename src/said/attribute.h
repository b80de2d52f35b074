// SPDX-License-Identifier: Apache-2.0
#ifndef DRG_SAID_ATTRIBUTE_H
#define DRG_SAID_ATTRIBUTE_H

#include "said/phrase.h"

/* Every cue of the report becomes a draft in w->drafts, in text order.  Speech verbs with a speaker
 * and no content in their own clause become drafts without content: a quotation may still claim them. */
drg_status attribute_run(said_work *w);

#endif
