// SPDX-License-Identifier: Apache-2.0
#include "base/knowledge.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <sys/stat.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#define KNOWLEDGE_CAP ((size_t)1 << 30)
#define PATH_ROOM 4096

drg_status knowledge_open(knowledge *k, const char *folder, drg_error *error) {
    memset(k, 0, sizeof *k);
    arena_open(&k->memory, KNOWLEDGE_CAP);
    symbols_open(&k->words, NULL, &k->memory);
    k->folder = arena_copy(&k->memory, span_of(folder));
    struct stat info;
    if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode)) {
        return drg_fail(error, DRG_ERROR_DATA, folder, 0,
                        "no data folder here: set DRAGOMAN_DATA to the folder that holds lang/, world/ and model/");
    }
    return DRG_OK;
}

void knowledge_close(knowledge *k) { arena_close(&k->memory); }

static bool join_path(const knowledge *k, const char *file, char *path) {
    int size = snprintf(path, PATH_ROOM, "%s/%s", k->folder.ptr, file);
    return size > 0 && size < PATH_ROOM;
}

drg_status knowledge_read(knowledge *k, const char *file, span *content, drg_error *error) {
    char path[PATH_ROOM];
    if (!join_path(k, file, path)) {
        return drg_fail(error, DRG_ERROR_DATA, file, 0, "path too long");
    }
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        return drg_fail(error, DRG_ERROR_DATA, path, 0, "cannot read: %s", strerror(errno));
    }
    drg_status status = DRG_OK;
    long size = -1;
    if (fseek(in, 0, SEEK_END) == 0) {
        size = ftell(in);
        rewind(in);
    }
    char *bytes = size >= 0 ? arena_alloc(&k->memory, (size_t)size + 1, 1) : NULL;
    if (size < 0 || bytes == NULL) {
        status = drg_fail(error, DRG_ERROR_MEMORY, path, 0, "cannot hold this file in memory");
    } else if (fread(bytes, 1, (size_t)size, in) != (size_t)size) {
        status = drg_fail(error, DRG_ERROR_DATA, path, 0, "read stopped early");
    } else {
        span *name = list_push(&k->memory, &k->files);
        if (name == NULL) {
            status = DRG_ERROR_MEMORY;
        } else {
            *name = arena_copy(&k->memory, span_of(file));
            *content = (span){bytes, (size_t)size};
            k->hash = XXH3_64bits_withSeed(bytes, (size_t)size, k->hash);
        }
    }
    fclose(in);
    return status;
}

static int compare_names(const void *a, const void *b) { return span_compare(*(const span *)a, *(const span *)b); }

drg_status knowledge_list(knowledge *k, const char *subfolder, const char *suffix, span **names, u32 *count,
                          drg_error *error) {
    char path[PATH_ROOM];
    LIST(span) found = {0};
    if (!join_path(k, subfolder, path)) {
        return drg_fail(error, DRG_ERROR_DATA, subfolder, 0, "path too long");
    }
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return drg_fail(error, DRG_ERROR_DATA, path, 0, "cannot read folder: %s", strerror(errno));
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.' && span_ends(span_of(entry->d_name), span_of(suffix))) {
            char name[PATH_ROOM];
            snprintf(name, sizeof name, "%s/%s", subfolder, entry->d_name);
            span *slot = list_push(&k->memory, &found);
            if (slot != NULL) {
                *slot = arena_copy(&k->memory, span_of(name));
            }
        }
    }
    closedir(folder);
    if (found.count > 1) {
        qsort(found.items, found.count, sizeof(span), compare_names);
    }
    *names = found.items;
    *count = found.count;
    return DRG_OK;
}

void knowledge_complain(knowledge *k, source_line where, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    knowledge_complaint *complaint = list_push(&k->memory, &k->complaints);
    if (complaint != NULL) {
        *complaint = (knowledge_complaint){where, arena_copy(&k->memory, span_of(text))};
    }
}

span knowledge_file_name(const knowledge *k, u32 file) {
    return file < k->files.count ? k->files.items[file] : SPAN("(no file)");
}
