// SPDX-License-Identifier: Apache-2.0
#define _DEFAULT_SOURCE /* madvise */
#include "base/spill.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define FAULTS 4                     /* between two looks: each brings in 4 kB to 2 MB, as the system likes */
#define BLIND_FAULTS 64              /* between two rests where the system does not tell how much is in memory */
#define RESIDENT ((size_t)8 << 20)   /* bytes of the file in memory before they are let go */

/* Pages of files in this process's memory: the third number; -1 where it is not told. */
static long file_pages(const spill *s) {
    char text[160], *at = text;
    ssize_t size = s->status > 0 ? pread(s->status, text, sizeof text - 1, 0) : 0;
    if (size <= 0) {
        return -1;
    }
    text[size] = '\0';
    strtol(at, &at, 10);
    strtol(at, &at, 10);
    return strtol(at, NULL, 10);
}

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
    s->status = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    s->others = file_pages(s);
    return open_in(s, getenv("TMPDIR")) || open_in(s, "/var/tmp") || open_in(s, "/tmp");
}

void spill_close(spill *s) {
    if (s->file > 0) {
        close(s->file);
    }
    if (s->status > 0) {
        close(s->status);
    }
    *s = (spill){.file = 0};
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
    long told = s->others >= 0;
    if (getrusage(RUSAGE_SELF, &use) != 0 || use.ru_minflt + use.ru_majflt - s->faults < (told ? FAULTS : BLIND_FAULTS)) {
        return false;
    }
    s->faults = use.ru_minflt + use.ru_majflt;
    return !told || (file_pages(s) - s->others) * sysconf(_SC_PAGESIZE) > (long)RESIDENT;
}

void spill_rest(void *block, size_t bytes) {
    size_t size;
    round_up(bytes, &size);
    madvise(block, size, MADV_DONTNEED);
}
