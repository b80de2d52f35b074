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

typedef enum {
    COMPLAINT_WRONG,   /* something is wrong with the line, and it was used as far as it goes */
    COMPLAINT_SKIPPED, /* the line was left out */
    COMPLAINT_NOTE,    /* nothing is wrong, but it is worth knowing */
} complaint_kind;

typedef struct {
    source_line where;
    span text;
    u8 kind; /* complaint_kind */
} knowledge_complaint;

/* A list of the user's own, beside the data folder's files. */
typedef enum { LIST_ACTORS, LIST_AGENTS, LIST_FRAMES, LIST_VERBS } list_kind;
typedef struct {
    const char *path; /* as given; the caller's */
    u8 kind;          /* list_kind */
    u32 file;         /* its id once it has been read, else NONE */
    span content;     /* its bytes then, as UTF-8 */
} knowledge_own;

/* What a file of the data folder holds. */
typedef struct {
    span name, bytes;
} knowledge_content;

typedef struct knowledge {
    arena memory;              /* lifetime: run */
    symbols words;             /* run table; parent of every report's table */
    span folder;               /* the data folder, holds lang/, world/, model/ */
    LIST(span) files;          /* names of the files read so far, relative to folder */
    LIST(knowledge_content) contents; /* of the data folder's files read so far: each is read once */
    u64 hash;                  /* of all bytes read, in reading order */
    LIST(knowledge_complaint) complaints;
    LIST(knowledge_own) own;   /* in the order given: a later list wins */
    bool only_own[4];          /* [list_kind] the user's lists are used instead of ours */
} knowledge;

drg_status knowledge_open(knowledge *k, const char *folder, drg_error *error);
void knowledge_close(knowledge *k);
/* The whole of FOLDER/`file`, in the run arena; its id is k->files.count - 1 afterwards. */
drg_status knowledge_read(knowledge *k, const char *file, span *content, drg_error *error);
/* The whole of a user's list, by its path as given; what is no UTF-8 in it is read as Latin-1, line by
 * line, with a note.  Needs a regular file or a pipe.  DRG_ERROR_INPUT when it cannot be read. */
drg_status knowledge_read_own(knowledge *k, knowledge_own *list, span *content, drg_error *error);
/* Adds a list to be read later; false when memory is out. */
bool knowledge_add_own(knowledge *k, const char *path, list_kind kind);
/* The hash tells what the output rests on: also an option that is not as usual. */
void knowledge_add_option(knowledge *k, const void *bytes, size_t size);
/* Names (relative to the data folder, sorted) of the files in FOLDER/`subfolder` that end in `suffix`. */
drg_status knowledge_list(knowledge *k, const char *subfolder, const char *suffix, span **names, u32 *count,
                          drg_error *error);
void knowledge_complain(knowledge *k, source_line where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same for lines that are left out, and for notes. */
void knowledge_tell(knowledge *k, complaint_kind kind, source_line where, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The file is one of the user's lists. */
bool knowledge_is_own(const knowledge *k, u32 file);
/* How many of one kind there are; those of the user's lists alone when `own`. */
u32 knowledge_count_complaints(const knowledge *k, complaint_kind kind, bool own);
span knowledge_file_name(const knowledge *k, u32 file);

#endif
