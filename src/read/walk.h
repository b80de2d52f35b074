// SPDX-License-Identifier: Apache-2.0
/* Paths to files: what the caller named, folders opened up in byte order of their names, patterns
 * (* ? []) that name no file themselves filled in the same order. */
#ifndef DRG_READ_WALK_H
#define DRG_READ_WALK_H

#include "base/base.h"

typedef struct {
    char *path; /* heap */
    bool named; /* by the caller; else met in a folder */
    bool found; /* fits a pattern, and is none itself */
} walk_path;

typedef struct {
    walk_path *waiting; /* [room], a stack: the next one is the last */
    size_t count, room;
    char *present;      /* the path walk_next gave last */
    bool (*takes)(span name); /* which files of a folder; NULL: all */
} walk;

typedef enum { WALK_END, WALK_FILE, WALK_UNREADABLE, WALK_NO_MEMORY } walk_answer;

/* Of a folder only the files whose names `takes` accepts are given; NULL: all. */
bool walk_open(walk *w, const char *const *paths, size_t count, bool (*takes)(span name));
void walk_close(walk *w);
/* The next file (or "-"); the path belongs to the walk and lives until the next call.
 * WALK_UNREADABLE: this path cannot be looked into; errno says why. */
walk_answer walk_next(walk *w, const char **path);

#endif
