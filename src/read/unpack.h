// SPDX-License-Identifier: Apache-2.0
/* Unpacking, a piece at a time, whatever the packer was: one table row a library. */
#ifndef DRG_READ_UNPACK_H
#define DRG_READ_UNPACK_H

#include "base/arena.h"

typedef enum { PACK_NONE, PACK_GZIP, PACK_ZSTD, PACK_DEFLATE, PACK_BROTLI } pack_kind;

typedef struct {
    pack_kind kind;
    void *state; /* the library's; NULL when closed */
} unpacker;

typedef enum { UNPACK_GOING, UNPACK_MEMBER_END, UNPACK_DAMAGED } unpack_answer;

/* gzip and zstd are told by their first four bytes; PACK_NONE for anything else. */
pack_kind unpack_tell(span head);
/* By the name a web server gives: "gzip", "x-gzip", "deflate", "zstd", "br"; false for another. */
bool unpack_find(span name, pack_kind *kind);
/* False when memory is out.  `head`: the first bytes, which tell the two shapes of deflate apart. */
bool unpack_open(unpacker *u, pack_kind kind, span head);
void unpack_close(unpacker *u);
/* Takes from the front of `*in` and makes at most `room` bytes.  UNPACK_GOING with nothing made and
 * nothing left in `*in`: it wants more input. */
unpack_answer unpack_step(unpacker *u, span *in, char *out, size_t room, size_t *made);

/* Text packs five- to twentyfold.  Is what came out of one member so far too much to be any? */
bool unpack_is_bomb(u64 taken, u64 made);

typedef enum { UNPACKED_WHOLE, UNPACKED_CUT, UNPACKED_TOO_LARGE, UNPACKED_NO_MEMORY } unpacked;
/* All of `packed` into memory of the arena.  CUT: damaged or unfinished, `*out` is what came before
 * the damage.  TOO_LARGE: more than `cap` bytes, or a bomb. */
unpacked unpack_all(arena *memory, pack_kind kind, span packed, size_t cap, span *out);

#endif
