// SPDX-License-Identifier: Apache-2.0
/* A digest holds several news items, each with people and countries of its own:
 *
 *     Rebels Attack a Town in Nigeria                  item 0
 *     At least seven people died in Borno ...
 *     Troops from a nearby base were deployed ...
 *     Journalists Under Attack in Sudan                item 1: "military leaders" are Sudan's
 *     Journalists in Khartoum say ...
 *
 * An item begins at a heading when the text under it repeats next to none of the names of the item so far.
 * Under a heading inside one item ("Further complications") the text goes on about the same people and places.
 *
 * Limit: items without headings are not told apart. */
#include "who/scene.h"

#define ENOUGH 4 /* different words of names that a section must have to be compared */
#define SHARE 3  /* one in so many may be shared by two items: the same agency, the same great power */
#define LOOK 10  /* sentences of a section that are compared: what it is about is said first */

typedef struct {
    const scene *s;
    map seen;  /* lower-cased word of a name -> 1 + the section that had it last */
    u32 begun; /* section with which the item began */
    u32 names; /* new names of the item so far */
} item_reader;

typedef struct {
    u32 names, shared;
} section_names;

static bool is_heading(const report *r, u32 of_sentence) {
    return r->blocks.items[r->sentences.items[of_sentence].block].kind == BLOCK_HEADING;
}

/* One past the last sentence of the section that begins at `first`: its headings, then all up to the next. */
static u32 section_end(const report *r, u32 first) {
    u32 end = first;
    while (end < r->sentences.count && is_heading(r, end)) {
        end++;
    }
    while (end < r->sentences.count && !is_heading(r, end)) {
        end++;
    }
    return end;
}

static bool is_name(const token *t) {
    return t->name != NAME_NONE && (t->upos == UPOS_PROPN || t->upos == UPOS_ADJ) && t->lower != NONE;
}

/* Counts the different names in the section's first sentences, and those that the item already had; marks all as seen. */
static bool read_section(item_reader *in, u32 first, u32 end, u32 section, section_names *out) {
    const report *r = in->s->r;
    *out = (section_names){0, 0};
    for (u32 i = r->sentences.items[first].first_token; i < r->sentences.items[end - 1].end_token; i++) {
        const token *t = report_token(r, i);
        u32 before = is_name(t) ? map_find(&in->seen, t->lower) : section + 1;
        if (before == section + 1) {
            continue; /* no name, or one that this section had before */
        }
        bool early = t->sentence < first + LOOK;
        out->names += early;
        out->shared += early && before != NONE && before > in->begun;
        if (!map_set(&in->seen, t->lower, section + 1)) {
            return false;
        }
    }
    return true;
}

drg_status item_find(scene *s, drg_error *error) {
    const report *r = s->r;
    item_reader in = {.s = s};
    map_open(&in.seen, r->memory);
    bool fine = true;
    u32 items = 0;
    for (u32 first = 0, section = 0; first < r->sentences.count && fine; section++) {
        u32 end = section_end(r, first);
        section_names found;
        fine = read_section(&in, first, end, section, &found);
        if (in.names >= ENOUGH && found.names >= ENOUGH && found.shared * SHARE <= found.names) {
            items++;
            report_add_reason(s->r, STAGE_WHO, r->sentences.items[first].first_token, NONE, (source_line){NONE, 0},
                              "a news item of its own: of %u names %u were told before", found.names, found.shared);
            in.begun = section;
            in.names = 0;
        }
        in.names += found.names - found.shared;
        for (; first < end && fine; first++) {
            s->r->sentences.items[first].item = items;
        }
    }
    s->items = items + 1;
    return fine ? DRG_OK : drg_fail(error, DRG_ERROR_MEMORY, "who", 0, "out of memory");
}
