// SPDX-License-Identifier: Apache-2.0
/* In: files and folders.  Out: files, in one fixed order: as named, each folder's entries by the
 * bytes of their names.  The walk keeps its own stack of paths, so depth costs no C stack; a folder
 * behind a link is not entered, so a ring of links ends. */
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <sys/stat.h>

#include "read/walk.h"

#define PATH_ROOM 4096

static bool push(walk *w, span path, bool named) {
    if (w->count == w->room) {
        size_t room = w->room ? w->room * 2 : 64;
        walk_path *wider = realloc(w->waiting, room * sizeof *wider);
        if (wider == NULL) {
            return false;
        }
        w->waiting = wider;
        w->room = room;
    }
    char *copy = malloc(path.len + 1);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, path.ptr, path.len);
    copy[path.len] = '\0';
    w->waiting[w->count++] = (walk_path){copy, named, false};
    return true;
}

bool walk_open(walk *w, const char *const *paths, size_t count, bool (*takes)(span name)) {
    *w = (walk){.takes = takes};
    for (size_t i = count; i > 0; i--) {
        if (!push(w, span_of(paths[i - 1]), true)) {
            return false;
        }
    }
    return true;
}

void walk_close(walk *w) {
    while (w->count > 0) {
        free(w->waiting[--w->count].path);
    }
    free(w->waiting);
    free(w->present);
    *w = (walk){0};
}

static int compare_down(const void *a, const void *b) {
    return -strcmp(((const walk_path *)a)->path, ((const walk_path *)b)->path);
}

/* Puts the folder's entries on the stack, last name deepest. */
static walk_answer open_folder(walk *w, const char *path) {
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return WALK_UNREADABLE;
    }
    size_t first = w->count, len = strlen(path);
    const char *slash = len > 0 && path[len - 1] == '/' ? "" : "/";
    walk_answer answer = WALK_END;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char joined[PATH_ROOM];
        if (entry->d_name[0] == '.') {
            continue;
        }
        int size = snprintf(joined, sizeof joined, "%s%s%s", path, slash, entry->d_name);
        if (size > 0 && size < PATH_ROOM && !push(w, span_of(joined), false)) {
            answer = WALK_NO_MEMORY;
        }
    }
    closedir(folder);
    if (w->count - first > 1) {
        qsort(w->waiting + first, w->count - first, sizeof *w->waiting, compare_down);
    }
    return answer;
}

/* A shell that finds nothing leaves a pattern as it is, and some callers have no shell.  What fits
 * counts as named, and is sorted by bytes, not by locale. */
static walk_answer open_pattern(walk *w, const char *pattern) {
    glob_t found;
    int code = glob(pattern, GLOB_NOSORT, NULL, &found);
    if (code != 0) {
        errno = code == GLOB_NOSPACE ? ENOMEM : ENOENT;
        return WALK_UNREADABLE;
    }
    size_t first = w->count;
    walk_answer answer = WALK_END;
    for (size_t i = 0; i < found.gl_pathc && answer == WALK_END; i++) {
        answer = push(w, span_of(found.gl_pathv[i]), true) ? WALK_END : WALK_NO_MEMORY;
    }
    globfree(&found);
    for (size_t i = first; i < w->count; i++) {
        w->waiting[i].found = true;
    }
    qsort(w->waiting + first, w->count - first, sizeof *w->waiting, compare_down);
    return answer;
}

/* Is a path that was met in a folder one to read?  Says so for folders too. */
static bool is_wanted(const walk *w, const char *path, mode_t mode, bool named) {
    if (named || S_ISDIR(mode)) {
        return true;
    }
    const char *slash = strrchr(path, '/');
    span name = span_of(slash != NULL ? slash + 1 : path);
    return S_ISREG(mode) && (w->takes == NULL || w->takes(name));
}

walk_answer walk_next(walk *w, const char **path) {
    while (w->count > 0) {
        walk_path next = w->waiting[--w->count];
        free(w->present);
        *path = w->present = next.path;
        if (strcmp(next.path, "-") == 0) {
            return WALK_FILE;
        }
        struct stat info, link;
        if (stat(next.path, &info) != 0) {
            bool is_pattern = errno == ENOENT && next.named && !next.found && strpbrk(next.path, "*?[") != NULL;
            walk_answer answer = is_pattern ? open_pattern(w, next.path) : WALK_UNREADABLE;
            if (answer != WALK_END) {
                return answer;
            }
            continue;
        }
        bool linked = !next.named && lstat(next.path, &link) == 0 && S_ISLNK(link.st_mode);
        if ((linked && S_ISDIR(info.st_mode)) || !is_wanted(w, next.path, info.st_mode, next.named)) {
            continue;
        }
        if (!S_ISDIR(info.st_mode)) {
            return WALK_FILE;
        }
        walk_answer answer = open_folder(w, next.path);
        if (answer != WALK_END) {
            return answer;
        }
    }
    return WALK_END;
}
