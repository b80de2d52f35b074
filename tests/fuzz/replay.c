// SPDX-License-Identifier: Apache-2.0
/* Gives every file of the folders on the command line to the fuzz target it is linked with, so that
 * the seeds and all inputs that once failed are run by the normal tests, without a fuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_CAP ((size_t)16 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static int replay_file(const char *path) {
    FILE *in = fopen(path, "rb");
    uint8_t *bytes = malloc(FILE_CAP);
    if (in == NULL || bytes == NULL) {
        fprintf(stderr, "%s: cannot read\n", path);
        return -1;
    }
    size_t size = fread(bytes, 1, FILE_CAP, in);
    fclose(in);
    uint8_t *exact = malloc(size ? size : 1); /* so that a read past the end is seen */
    if (exact == NULL) {
        return -1;
    }
    memcpy(exact, bytes, size);
    free(bytes);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int main(int argc, char **argv) {
    int files = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            fprintf(stderr, "%s: no such folder\n", argv[i]);
            return 1;
        }
        for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            char path[4096];
            int len = snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            if (entry->d_name[0] == '.' || len >= (int)sizeof path) {
                continue;
            }
            if (replay_file(path) != 0) {
                return 1;
            }
            files++;
        }
        closedir(folder);
    }
    printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
