// SPDX-License-Identifier: Apache-2.0
/* What is asked of an image, and what is worked out once when all its columns are read. */
#include "serve/image.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

const char *const image_standings[] = {"single", "independent", "one side", "contested", "planned", "denied", NULL};

u64 image_hash(span id) {
    u64 hash = XXH3_64bits(id.ptr, id.len);
    return hash != UINT64_MAX ? hash : 0; /* which a map does not take */
}

static u32 find_number(const i64 *numbers, u32 count, i64 number) {
    u32 low = 0, high = count;
    while (low < high) {
        u32 middle = low + (high - low) / 2;
        if (numbers[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && numbers[low] == number ? low : NONE;
}

u32 image_find_telling(const image *m, i64 number) { return find_number(m->number, m->count, number); }
u32 image_find_report(const image *m, i64 number) { return find_number(m->report_number, m->report_count, number); }

span image_text(const image *m, text_column column, u32 row) { return symbols_text(&m->dictionary[column], m->text[column][row]); }

span image_label(const image *m, u32 primary) { return primary < m->primary_count ? m->primary_label[primary] : SPAN(""); }

u32 image_list_pairs(const image *m, u32 telling, u32 pairs[IMAGE_PAIRS][2]) {
    u32 count = 0, first = m->first_actor[telling], end = m->first_actor[telling + 1];
    bool mutual = m->mutual[telling];
    for (u32 a = first; a < end; a++) {
        for (u32 b = first; b < end && m->actors[a].side == SIDE_SOURCE && count < IMAGE_PAIRS; b++) {
            u32 source = m->primary_of[m->actors[a].code], target = m->primary_of[m->actors[b].code];
            bool paired = mutual ? m->actors[b].side == SIDE_SOURCE &&
                    span_compare(symbols_text(&m->primaries, source), symbols_text(&m->primaries, target)) < 0
                                 : m->actors[b].side == SIDE_TARGET;
            if (paired) {
                pairs[count][0] = source;
                pairs[count++][1] = target;
            }
        }
    }
    return count;
}

void image_free(image *m) {
    if (m != NULL) {
        arena_close(&m->memory);
        free(m);
    }
}
