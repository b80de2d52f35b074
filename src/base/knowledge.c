// SPDX-License-Identifier: Apache-2.0
#include "base/knowledge.h"

#include "base/utf8.h"

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

/* All bytes of `in`, which may be a pipe, into the run arena. */
static drg_status read_stream(knowledge *k, FILE *in, const char *path, span *content, drg_error *error) {
    size_t room = 1 << 16, size = 0, got;
    struct stat info;
    if (fstat(fileno(in), &info) == 0 && S_ISREG(info.st_mode)) {
        room = (size_t)info.st_size + 1;
    }
    char *bytes = arena_alloc(&k->memory, room, 1);
    while (bytes != NULL && (got = fread(bytes + size, 1, room - size, in)) > 0) {
        size += got;
        if (size == room) {
            char *wider = arena_alloc(&k->memory, room * 2, 1);
            if (wider != NULL) {
                memcpy(wider, bytes, size);
            }
            bytes = wider;
            room *= 2;
        }
    }
    if (bytes == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "cannot hold this file in memory");
    }
    if (ferror(in)) {
        return drg_fail(error, DRG_ERROR_DATA, path, 0, "cannot read: %s", strerror(errno));
    }
    *content = (span){bytes, size};
    return DRG_OK;
}

/* The bytes of a table that another stage has read already. */
static bool find_content(const knowledge *k, const char *name, span *content) {
    for (u32 i = 0; i < k->contents.count; i++) {
        if (span_eq(k->contents.items[i].name, span_of(name))) {
            *content = k->contents.items[i].bytes;
            return true;
        }
    }
    return false;
}

/* Reads `path`, and enters it in the list of files under `name`. */
static drg_status read_path(knowledge *k, const char *path, const char *name, span *content, drg_error *error) {
    if (!find_content(k, name, content)) {
        FILE *in = fopen(path, "rb");
        if (in == NULL) {
            return drg_fail(error, DRG_ERROR_DATA, path, 0, "cannot read: %s", strerror(errno));
        }
        drg_status status = read_stream(k, in, path, content, error);
        fclose(in);
        DRG_TRY(status);
    }
    span *slot = list_push(&k->memory, &k->files);
    if (slot == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    *slot = arena_copy(&k->memory, span_of(name));
    k->hash = XXH3_64bits_withSeed(content->ptr, content->len, k->hash);
    return DRG_OK;
}

drg_status knowledge_read(knowledge *k, const char *file, span *content, drg_error *error) {
    char path[PATH_ROOM];
    if (!join_path(k, file, path)) {
        return drg_fail(error, DRG_ERROR_DATA, file, 0, "path too long");
    }
    DRG_TRY(read_path(k, path, file, content, error));
    knowledge_content *kept = list_push(&k->memory, &k->contents);
    if (kept == NULL) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    *kept = (knowledge_content){k->files.items[k->files.count - 1], *content};
    return DRG_OK;
}

/* ---------------------------------------------------------------- the user's lists */

void knowledge_add_option(knowledge *k, const void *bytes, size_t size) { k->hash = XXH3_64bits_withSeed(bytes, size, k->hash); }

bool knowledge_add_own(knowledge *k, const char *path, list_kind kind) {
    knowledge_own *slot = list_push(&k->memory, &k->own);
    if (slot != NULL) {
        *slot = (knowledge_own){.path = path, .kind = (u8)kind, .file = NONE};
    }
    return slot != NULL;
}

/* Old lists are often in Latin-1: such lines are turned into UTF-8.  `count` is how many there were. */
static drg_status mend_bytes(knowledge *k, span *content, u32 *count, u32 *first) {
    char *mended = arena_alloc(&k->memory, content->len, 2);
    size_t size = 0;
    u32 line = 0;
    if (mended == NULL) {
        return DRG_ERROR_MEMORY;
    }
    for (span rest = *content; rest.len > 0;) {
        span text = span_next_field(&rest, '\n');
        bool ended = text.ptr + text.len < content->ptr + content->len, bad = !utf8_is_valid(text);
        line++;
        *first = bad && *count == 0 ? line : *first;
        *count += bad;
        for (size_t i = 0; i < text.len; i++) {
            size += bad ? utf8_encode((unsigned char)text.ptr[i], mended + size) : 1;
            mended[size - 1] = bad ? mended[size - 1] : text.ptr[i];
        }
        if (ended) {
            mended[size++] = '\n';
        }
    }
    *content = (span){mended, size};
    return DRG_OK;
}

drg_status knowledge_read_own(knowledge *k, knowledge_own *list, span *content, drg_error *error) {
    static const char *const kinds[] = {[LIST_ACTORS] = "actors", [LIST_AGENTS] = "agents", [LIST_FRAMES] = "frames", [LIST_VERBS] = "verbs"};
    drg_status status = read_path(k, list->path, list->path, content, error);
    if (status == DRG_ERROR_DATA && error != NULL) {
        error->status = DRG_ERROR_INPUT;
    }
    DRG_TRY(status == DRG_ERROR_DATA ? DRG_ERROR_INPUT : status);
    list->file = k->files.count - 1;
    k->hash = XXH3_64bits_withSeed(kinds[list->kind], strlen(kinds[list->kind]), k->hash + k->only_own[list->kind]);
    u32 bad = 0, first = 0;
    if (!utf8_is_valid(*content)) {
        DRG_TRY(mend_bytes(k, content, &bad, &first));
        knowledge_complain(k, (source_line){list->file, first}, "not UTF-8 on %u line%s, this the first: read as Latin-1; save the file as UTF-8", bad,
                           bad == 1 ? "" : "s");
    }
    return DRG_OK;
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

static void add_complaint(knowledge *k, complaint_kind kind, source_line where, const char *format, va_list arguments) {
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    knowledge_complaint *complaint = list_push(&k->memory, &k->complaints);
    if (complaint != NULL) {
        *complaint = (knowledge_complaint){where, arena_copy(&k->memory, span_of(text)), (u8)kind};
    }
}

void knowledge_complain(knowledge *k, source_line where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_complaint(k, COMPLAINT_WRONG, where, format, arguments);
    va_end(arguments);
}

void knowledge_tell(knowledge *k, complaint_kind kind, source_line where, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    add_complaint(k, kind, where, format, arguments);
    va_end(arguments);
}

bool knowledge_is_own(const knowledge *k, u32 file) {
    bool found = false;
    for (u32 i = 0; i < k->own.count && file != NONE && !found; i++) {
        found = k->own.items[i].file == file;
    }
    return found;
}

u32 knowledge_count_complaints(const knowledge *k, complaint_kind kind, bool own) {
    u32 count = 0;
    for (u32 i = 0; i < k->complaints.count; i++) {
        const knowledge_complaint *c = &k->complaints.items[i];
        count += c->kind == kind && (!own || knowledge_is_own(k, c->where.file));
    }
    return count;
}

span knowledge_file_name(const knowledge *k, u32 file) {
    return file < k->files.count ? k->files.items[file] : SPAN("(no file)");
}
