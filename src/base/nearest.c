// SPDX-License-Identifier: Apache-2.0
/* "exlain" is near "explain": Levenshtein's distance with a narrow limit. */
#include "base/nearest.h"

/* Edits (insert, drop, change, each 1) between two short words; for "did you mean". */
static unsigned distance(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b);
    unsigned row[64];
    if (n > 60 || m > 60) {
        return 99;
    }
    for (size_t j = 0; j <= m; j++) {
        row[j] = (unsigned)j;
    }
    for (size_t i = 1; i <= n; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned change = corner + (a[i - 1] != b[j - 1]), drop = row[j] + 1, insert = row[j - 1] + 1;
            corner = row[j];
            row[j] = change < drop ? (change < insert ? change : insert) : (drop < insert ? drop : insert);
        }
    }
    return row[m];
}

const char *nearest_name(const char *name, const char *const *names, size_t count) {
    const char *best = NULL;
    unsigned best_distance = strlen(name) < 4 ? 2 : 3;
    for (size_t i = 0; i < count; i++) {
        unsigned d = distance(name, names[i]);
        if (d < best_distance) {
            best_distance = d;
            best = names[i];
        }
    }
    return best;
}
