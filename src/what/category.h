// SPDX-License-Identifier: Apache-2.0
/* The sixteen event categories of PLOVER (Halterman et al., PLOVER and POLECAT, 2023). */
#ifndef DRG_WHAT_CATEGORY_H
#define DRG_WHAT_CATEGORY_H

#include "base/base.h"

#define CATEGORY_LIST(X)                                                                                   \
    X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT) X(REQUEST) X(ACCUSE) X(REJECT) \
    X(THREATEN) X(PROTEST) X(SANCTION) X(MOBILIZE) X(COERCE) X(ASSAULT)
typedef enum {
#define CATEGORY_ENUM(name) CATEGORY_##name,
    CATEGORY_LIST(CATEGORY_ENUM)
#undef CATEGORY_ENUM
    CATEGORY_COUNT
} category;

/* Done by words alone: "voiced support" voices it there and then. */
static inline bool category_is_words(u32 plover) {
    static const u32 words = 1u << CATEGORY_REQUEST | 1u << CATEGORY_ACCUSE | 1u << CATEGORY_REJECT | 1u << CATEGORY_SUPPORT | 1u << CATEGORY_AGREE | 1u << CATEGORY_THREATEN;
    return words >> plover & 1;
}

#endif
