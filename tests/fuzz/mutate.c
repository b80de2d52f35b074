// SPDX-License-Identifier: Apache-2.0
/* Runs a fuzz target without a fuzzer: on the named files and, with --mutate N, on N seeded
 * mutations of each (bytes flipped, cut, doubled, spliced with tags), the same ones every time. */
#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define INPUT_CAP ((size_t)4 << 20)

static u64 state;

static u64 next_random(void) { /* xorshift* of S. Vigna */
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 2685821657736338717u;
}

static size_t below(size_t limit) { return limit > 0 ? (size_t)(next_random() % limit) : 0; }

static const char *const pieces[] = {"<",
                                     ">",
                                     "</",
                                     "<p>",
                                     "</p>",
                                     "<div>",
                                     "</div>",
                                     "<!--",
                                     "-->",
                                     "<a href=\"",
                                     "&#x",
                                     "&amp",
                                     "\"",
                                     "'",
                                     "<script>",
                                     "</script>",
                                     "<table>",
                                     "<td>",
                                     "<li>",
                                     "\xFF",
                                     "\xE2\x80",
                                     "\n\n",
                                     "<title>",
                                     "<meta charset=utf-16>",
                                     "<script type=\"application/ld+json\">{\"datePublished\":",
                                     "<br>",
                                     "<time>",
                                     "</a>",
                                     "\xC2",
                                     "\xC2\xA0"};

static size_t mutate(uint8_t *bytes, size_t size) {
    for (size_t changes = 1 + below(8); changes > 0 && size > 0; changes--) {
        size_t at = below(size), len = below(size - at < 300 ? size - at : 300);
        const char *piece = pieces[below(COUNT_OF(pieces))];
        size_t piece_len = strlen(piece);
        switch (below(5)) {
            case 0:
                bytes[at] = (uint8_t)next_random();
                break;
            case 1: /* cut */
                memmove(bytes + at, bytes + at + len, size - at - len);
                size -= len;
                break;
            case 2: /* double */
                if (size + len < INPUT_CAP) {
                    memmove(bytes + at + len, bytes + at, size - at);
                    size += len;
                }
                break;
            case 3: /* end early */
                size = below(4) == 0 ? at : size;
                break;
            default:
                if (size + piece_len < INPUT_CAP) {
                    memmove(bytes + at + piece_len, bytes + at, size - at);
                    memcpy(bytes + at, piece, piece_len);
                    size += piece_len;
                }
        }
    }
    return size;
}

static int run_file(const char *path, long mutations) {
    static uint8_t original[INPUT_CAP], bytes[INPUT_CAP];
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        fprintf(stderr, "mutate: cannot read %s\n", path);
        return 1;
    }
    size_t size = fread(original, 1, INPUT_CAP, in);
    fclose(in);
    state = 88172645463325252u + size;
    for (long i = 0; i <= mutations; i++) {
        memcpy(bytes, original, size);
        size_t mutated = i == 0 ? size : mutate(bytes, size);
        uint8_t *exact = malloc(mutated > 0 ? mutated : 1); /* so that a read past the end is seen */
        if (exact == NULL) {
            return 1;
        }
        memcpy(exact, bytes, mutated);
        LLVMFuzzerTestOneInput(exact, mutated);
        free(exact);
    }
    return 0;
}

int main(int count, char **arguments) {
    int first = 1, failed = 0;
    long mutations = 0;
    if (count > 2 && strcmp(arguments[1], "--mutate") == 0) {
        mutations = strtol(arguments[2], NULL, 10);
        first = 3;
    }
    for (int i = first; i < count; i++) {
        failed |= run_file(arguments[i], mutations);
    }
    printf("replayed %d inputs, %ld mutations each\n", count - first, mutations);
    return failed;
}
