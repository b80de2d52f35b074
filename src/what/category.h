// SPDX-License-Identifier: Apache-2.0
/* The sixteen event categories of PLOVER (Halterman et al., PLOVER and POLECAT, 2023). */
#ifndef DRG_WHAT_CATEGORY_H
#define DRG_WHAT_CATEGORY_H

#define CATEGORY_LIST(X)                                                                                   \
    X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT) X(REQUEST) X(ACCUSE) X(REJECT) \
    X(THREATEN) X(PROTEST) X(SANCTION) X(MOBILIZE) X(COERCE) X(ASSAULT)
typedef enum {
#define CATEGORY_ENUM(name) CATEGORY_##name,
    CATEGORY_LIST(CATEGORY_ENUM)
#undef CATEGORY_ENUM
    CATEGORY_COUNT
} category;

#endif
