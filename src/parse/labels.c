// SPDX-License-Identifier: Apache-2.0
/* Label numbers to names and back.  The lists are short, so finding walks them. */
#include "parse/labels.h"

static const char *const UPOS_NAMES[] = {
#define UPOS_NAME(name) #name,
    UPOS_LIST(UPOS_NAME)
#undef UPOS_NAME
};
static const char *const XPOS_NAMES[] = {
#define XPOS_NAME(name, text) text,
    XPOS_LIST(XPOS_NAME)
#undef XPOS_NAME
};
static const char *const DEPREL_NAMES[] = {
#define DEPREL_NAME(name, text) text,
    DEPREL_LIST(DEPREL_NAME)
#undef DEPREL_NAME
};
static const char *const NAME_KINDS[NAME_COUNT] = {"O", "PER", "ORG", "LOC", "NORP", "MISC"};

static u32 find_name(const char *const *names, u32 count, span name) {
    for (u32 i = 0; i < count; i++) {
        if (span_eq(span_of(names[i]), name)) {
            return i;
        }
    }
    return NONE;
}

const char *upos_name(u32 tag) { return UPOS_NAMES[tag < UPOS_COUNT ? tag : UPOS_X]; }
const char *xpos_name(u32 tag) { return XPOS_NAMES[tag < XPOS_COUNT ? tag : XPOS_NONE]; }
const char *deprel_name(u32 relation) { return DEPREL_NAMES[relation < DEPREL_COUNT ? relation : DEPREL_dep]; }
const char *name_kind_name(u32 kind) { return NAME_KINDS[kind < NAME_COUNT ? kind : NAME_NONE]; }

u32 upos_find(span name) { return find_name(UPOS_NAMES, UPOS_COUNT, name); }
u32 xpos_find(span name) { return find_name(XPOS_NAMES, XPOS_COUNT, name); }
u32 deprel_find(span name) { return find_name(DEPREL_NAMES, DEPREL_COUNT, name); }
