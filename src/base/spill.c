// SPDX-License-Identifier: Apache-2.0
#define _DEFAULT_SOURCE /* madvise */
#include "base/spill.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define FAULTS 96 /* each brings in 4 to 64 kB: at most 6 MB are held */

static bool open_in(spill *s, const char *folder) {
    char path[1024];
    int size = folder == NULL ? 0 : snprintf(path, sizeof path, "%s/dragoman-XXXXXX", folder);
    if (size <= 0 || (size_t)size >= sizeof path) {
        return false;
    }
    s->file = mkstemp(path);
    if (s->file <= 0) {
        s->file = 0;
        return false;
    }
    unlink(path);
    fcntl(s->file, F_SETFD, FD_CLOEXEC);
    return true;
}

bool spill_open(spill *s) {
    *s = (spill){.file = 0};
    return open_in(s, getenv("TMPDIR")) || open_in(s, "/var/tmp") || open_in(s, "/tmp");
}

void spill_close(spill *s) {
    if (s->file > 0) {
        close(s->file);
        s->file = 0;
    }
}

/* Whole pages. */
static bool round_up(size_t bytes, size_t *out) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    bool fits = size_add(bytes, page - 1, out);
    *out &= ~(page - 1);
    return fits;
}

void *spill_take(spill *s, size_t bytes) {
    size_t size, end;
    if (!round_up(bytes, &size) || !size_add(s->size, size, &end) || end > INT64_MAX) {
        return NULL;
    }
    if (posix_fallocate(s->file, (off_t)s->size, (off_t)size) != 0) {
        return NULL;
    }
    void *block = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, s->file, (off_t)s->size);
    if (block == MAP_FAILED) {
        return NULL;
    }
    s->size = end;
    return block;
}

void spill_give(spill *s, void *block, size_t bytes) {
    size_t size;
    round_up(bytes, &size);
    munmap(block, size);
    s->size -= size;
    int shortened = ftruncate(s->file, (off_t)s->size);
    (void)shortened; /* else the room comes back with the file */
}

bool spill_is_due(spill *s) {
    struct rusage use;
    if (getrusage(RUSAGE_SELF, &use) != 0 || use.ru_minflt + use.ru_majflt - s->faults < FAULTS) {
        return false;
    }
    s->faults = use.ru_minflt + use.ru_majflt;
    return true;
}

void spill_rest(void *block, size_t bytes) {
    size_t size;
    round_up(bytes, &size);
    madvise(block, size, MADV_DONTNEED);
}
