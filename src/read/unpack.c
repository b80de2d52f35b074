// SPDX-License-Identifier: Apache-2.0
/* In: packed bytes, piece by piece.   Out: plain bytes, and where a member (gzip) or frame (zstd) ends.
 *
 * The libraries all work alike, so each is four small functions and a row of the table.  Members
 * may follow one another, as in a web archive where every record is one; who calls sees each end.
 * Sizes that packed data states about itself are never believed: memory grows with what comes out. */
#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include "read/unpack.h"

#define WINDOW_LOG 27 /* of zstd: 128 MiB, what its strongest level uses */
#define FIRST_ROOM ((size_t)64 << 10)
#define BOMB_BYTES ((u64)16 << 20) /* less is harmless however well it packs */
#define BOMB_RATIO 300u

typedef struct {
    void *(*open)(span head);
    void (*close)(void *state);
    unpack_answer (*step)(void *state, span *in, char *out, size_t room, size_t *made);
} packer;

/* ------------------------------------------------------------------ gzip and deflate: zlib */

static void *open_zlib(int window) {
    z_stream *z = calloc(1, sizeof *z);
    if (z != NULL && inflateInit2(z, window) != Z_OK) {
        free(z);
        z = NULL;
    }
    return z;
}

static void *open_gzip(span head) {
    (void)head;
    return open_zlib(MAX_WBITS + 16);
}

/* "deflate" should mean zlib's wrapper, but servers send it bare too. */
static void *open_deflate(span head) {
    bool wrapped = head.len >= 2 && (head.ptr[0] & 0x0F) == 8 &&
                   ((unsigned)(unsigned char)head.ptr[0] * 256 + (unsigned char)head.ptr[1]) % 31 == 0;
    return open_zlib(wrapped ? MAX_WBITS : -MAX_WBITS);
}

static void close_zlib(void *state) {
    inflateEnd(state);
    free(state);
}

static unpack_answer step_zlib(void *state, span *in, char *out, size_t room, size_t *made) {
    z_stream *z = state;
    size_t take = in->len < (1u << 30) ? in->len : 1u << 30, give = room < (1u << 30) ? room : 1u << 30;
    z->next_in = (Bytef *)(uintptr_t)in->ptr;
    z->avail_in = (uInt)take;
    z->next_out = (Bytef *)out;
    z->avail_out = (uInt)give;
    int code = inflate(z, Z_NO_FLUSH);
    *in = span_cut(*in, take - z->avail_in, in->len);
    *made = give - z->avail_out;
    return code == Z_STREAM_END                     ? UNPACK_MEMBER_END
           : code == Z_OK || code == Z_BUF_ERROR ? UNPACK_GOING
                                                    : UNPACK_DAMAGED;
}

/* ------------------------------------------------------------------ zstd */

static void *open_zstd(span head) {
    (void)head;
    ZSTD_DCtx *z = ZSTD_createDCtx();
    if (z != NULL) {
        ZSTD_DCtx_setParameter(z, ZSTD_d_windowLogMax, WINDOW_LOG);
    }
    return z;
}

static void close_zstd(void *state) { ZSTD_freeDCtx(state); }

static unpack_answer step_zstd(void *state, span *in, char *out, size_t room, size_t *made) {
    ZSTD_inBuffer from = {in->ptr, in->len, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t left = ZSTD_decompressStream(state, &to, &from);
    *in = span_cut(*in, from.pos, in->len);
    *made = to.pos;
    return ZSTD_isError(left) ? UNPACK_DAMAGED : left == 0 ? UNPACK_MEMBER_END : UNPACK_GOING;
}

/* ------------------------------------------------------------------ brotli */

static void *open_brotli(span head) {
    (void)head;
    return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static void close_brotli(void *state) { BrotliDecoderDestroyInstance(state); }

static unpack_answer step_brotli(void *state, span *in, char *out, size_t room, size_t *made) {
    const u8 *from = (const u8 *)in->ptr;
    u8 *to = (u8 *)out;
    size_t from_left = in->len, to_left = room;
    BrotliDecoderResult code = BrotliDecoderDecompressStream(state, &from_left, &from, &to_left, &to, NULL);
    *in = span_cut(*in, in->len - from_left, in->len);
    *made = room - to_left;
    return code == BROTLI_DECODER_RESULT_SUCCESS ? UNPACK_MEMBER_END
           : code == BROTLI_DECODER_RESULT_ERROR ? UNPACK_DAMAGED
                                                 : UNPACK_GOING;
}

/* ------------------------------------------------------------------ one road to all */

static const packer packers[] = {
    [PACK_GZIP] = {open_gzip, close_zlib, step_zlib},
    [PACK_ZSTD] = {open_zstd, close_zstd, step_zstd},
    [PACK_DEFLATE] = {open_deflate, close_zlib, step_zlib},
    [PACK_BROTLI] = {open_brotli, close_brotli, step_brotli},
};

/* A zstd file may begin with a frame to be skipped, numbered 0 to 15 in its first byte. */
pack_kind unpack_tell(span head) {
    if (head.len >= 4 && memcmp(head.ptr, "\x1F\x8B\x08", 3) == 0 && ((unsigned char)head.ptr[3] & 0xE0) == 0) {
        return PACK_GZIP;
    }
    bool frame = head.len >= 4 && memcmp(head.ptr, "\x28\xB5\x2F\xFD", 4) == 0;
    bool skipped = head.len >= 4 && ((unsigned char)head.ptr[0] & 0xF0) == 0x50 && memcmp(head.ptr + 1, "\x2A\x4D\x18", 3) == 0;
    return frame || skipped ? PACK_ZSTD : PACK_NONE;
}

bool unpack_find(span name, pack_kind *kind) {
    static const struct {
        const char *name;
        pack_kind kind;
    } names[] = {{"gzip", PACK_GZIP}, {"x-gzip", PACK_GZIP}, {"deflate", PACK_DEFLATE}, {"zstd", PACK_ZSTD}, {"br", PACK_BROTLI}};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (span_eq(name, span_of(names[i].name))) {
            *kind = names[i].kind;
            return true;
        }
    }
    return false;
}

bool unpack_open(unpacker *u, pack_kind kind, span head) {
    *u = (unpacker){kind, packers[kind].open(head)};
    return u->state != NULL;
}

void unpack_close(unpacker *u) {
    if (u->state != NULL) {
        packers[u->kind].close(u->state);
    }
    *u = (unpacker){PACK_NONE, NULL};
}

unpack_answer unpack_step(unpacker *u, span *in, char *out, size_t room, size_t *made) {
    return packers[u->kind].step(u->state, in, out, room, made);
}

bool unpack_is_bomb(u64 taken, u64 made) { return made > BOMB_BYTES && made / BOMB_RATIO > taken; }

unpacked unpack_all(arena *memory, pack_kind kind, span packed, size_t cap, span *out) {
    unpacker u;
    size_t room = FIRST_ROOM;
    char *bytes = arena_alloc(memory, room, 1);
    *out = (span){"", 0};
    if (bytes == NULL || !unpack_open(&u, kind, packed)) {
        return UNPACKED_NO_MEMORY;
    }
    unpacked answer = UNPACKED_CUT;
    size_t whole = packed.len;
    for (size_t len = 0;;) {
        size_t made = 0, before = packed.len;
        unpack_answer step = unpack_step(&u, &packed, bytes + len, room - len, &made);
        len += made;
        *out = (span){bytes, len < cap ? len : cap};
        if (step != UNPACK_GOING || (made == 0 && packed.len == before)) {
            answer = step == UNPACK_MEMBER_END ? UNPACKED_WHOLE : UNPACKED_CUT;
            break;
        }
        if (len > cap || unpack_is_bomb(whole - packed.len, len)) {
            answer = UNPACKED_TOO_LARGE;
            break;
        }
        if (len == room) {
            char *wider = arena_alloc(memory, room * 2, 1);
            if (wider == NULL) {
                answer = UNPACKED_NO_MEMORY;
                break;
            }
            memcpy(wider, bytes, len);
            bytes = wider;
            room *= 2;
        }
    }
    unpack_close(&u);
    return answer;
}
