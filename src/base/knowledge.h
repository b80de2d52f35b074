// SPDX-License-Identifier: Apache-2.0
/* What the program knows: the files of lang/ and world/ and the model, loaded once, read only
 * afterwards.  One arena (lifetime: run) and one symbol table hold everything they say.
 * Each stage has its own tables built from here; this struct is only the ground they stand on. */
#ifndef DRG_BASE_KNOWLEDGE_H
#define DRG_BASE_KNOWLEDGE_H

#include "base/map.h"
#include "base/symbols.h"

/* Where a fact was written: file id and 1-based line.  Printed as "lang/en/frames/aid.frames:17". */
typedef struct {
    u32 file, line;
} source_line;

typedef struct {
    source_line where;
    span text;
} knowledge_complaint;

typedef struct knowledge {
    arena memory;              /* lifetime: run */
    symbols words;             /* run table; parent of every report's table */
    span folder;               /* the data folder, holds lang/, world/, model/ */
    LIST(span) files;          /* names of the files read so far, relative to folder */
    u64 hash;                  /* of all bytes read, in reading order */
    LIST(knowledge_complaint) complaints;
} knowledge;

drg_status knowledge_open(knowledge *k, const char *folder, drg_error *error);
void knowledge_close(knowledge *k);
/* The whole of FOLDER/`file`, in the run arena; its id is k->files.count - 1 afterwards. */
drg_status knowledge_read(knowledge *k, const char *file, span *content, drg_error *error);
/* Names (relative to the data folder, sorted) of the files in FOLDER/`subfolder` that end in `suffix`. */
drg_status knowledge_list(knowledge *k, const char *subfolder, const char *suffix, span **names, u32 *count,
                          drg_error *error);
void knowledge_complain(knowledge *k, source_line where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
span knowledge_file_name(const knowledge *k, u32 file);

#endif
