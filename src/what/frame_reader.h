// SPDX-License-Identifier: Apache-2.0
/* Reading frame files: what frames.c (the lines of a frame) and frame_words.c (phrases, lists, places
 * and conditions inside a line) share. */
#ifndef DRG_WHAT_FRAME_READER_H
#define DRG_WHAT_FRAME_READER_H

#include "what/frames.h"

typedef struct {
    frame_tables *tables;
    knowledge *known;
    source_line where;
    u8 category;
    frame *open; /* frame being read */
    u8 told;     /* its lines of places so far: bits of source, target, noun-source, noun-target */
    bool absorbs;
} frame_reader;

#define PHRASE_WORDS 4
#define READINGS 3

/* One way to find a phrase in a text: where its head stands and what stands around it. */
typedef struct {
    symbol head;
    phrase rest;
} reading;

void frame_complain(frame_reader *rd, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "; did you mean X?" for the name nearest to a mistyped one, or "". */
#define FRAME_HINT 80
const char *frame_nearest(span given, const char *const *names, size_t count, char out[FRAME_HINT]);
symbol frame_add_word(frame_reader *rd, span word);
/* The ways to find a phrase: one, or three for "cease-fire"; returns how many. */
u32 frame_read_phrase(frame_reader *rd, span text, reading out[READINGS]);
/* "jet, air force, $weapon, @MIL" -> a new list; its index. */
u32 frame_read_list(frame_reader *rd, span text);
/* "subject, on, against" -> places; returns how many. */
u8 frame_read_slots(frame_reader *rd, span text, slot *out);
/* "object $weapon, gun" -> a condition; false when it is none. */
bool frame_read_condition(frame_reader *rd, span text, bool negated, condition *out);

#endif
