// SPDX-License-Identifier: Apache-2.0
/* The page's files as they are built into the program: tools/bundle.py makes bundle.c of web/dist. */
#ifndef DRG_SERVE_BUNDLE_H
#define DRG_SERVE_BUNDLE_H

#include <stddef.h>

typedef struct {
    const char *path, *type, *tag; /* "/assets/page.js", Content-Type, ETag with its quotes */
    const unsigned char *bytes, *packed; /* packed: gzip; NULL where it would not be smaller */
    size_t len, packed_len;
} bundle_file;

extern const bundle_file bundle_files[]; /* by path; ends with a NULL path; "/index.html" is among them */

#endif
