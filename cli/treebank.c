// SPDX-License-Identifier: Apache-2.0
#include "cli/treebank.h"

#include "read/stream.h"

#define COMPLAINTS_SHOWN 20

drg_status treebank_read_file(const char *path, arena *memory, span *bytes, drg_error *error) {
    stream s;
    if (!stream_open(&s, path)) {
        return drg_fail(error, DRG_ERROR_INPUT, path, 0, "%s", s.failure);
    }
    stream_fill(&s, STREAM_CAP);
    drg_status status = DRG_OK;
    if (s.failure[0] != '\0') {
        status = drg_fail(error, DRG_ERROR_INPUT, path, s.offset, "%s", s.failure);
    } else {
        *bytes = arena_copy(memory, stream_window(&s));
        if (bytes->ptr == NULL) {
            status = drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
        }
    }
    stream_close(&s);
    return status;
}

drg_status treebank_read(const char *path, arena *memory, conllu *out, drg_error *error) {
    span bytes;
    DRG_TRY(treebank_read_file(path, memory, &bytes, error));
    if (!conllu_read(out, bytes, memory)) {
        return drg_fail(error, DRG_ERROR_MEMORY, path, 0, "out of memory");
    }
    for (u32 i = 0; i < out->complaints.count; i++) {
        if (i == COMPLAINTS_SHOWN) {
            fprintf(stderr, "dragoman: %s: %u more bad lines\n", path, out->complaints.count - i);
            break;
        }
        fprintf(stderr, "dragoman: %s:%u: %s; its sentence is left out\n", path, out->complaints.items[i].line,
                out->complaints.items[i].what);
    }
    return DRG_OK;
}
