#include "server/coding.h"

#include <brotli/encode.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { WORTH_KEPT = 1024, WORTH_ONCE = 4096 };

/* Levels, by effort. Beyond those each further percent costs as much again. */
static const int gzip_levels[] = {[CODING_ONCE] = 1, [CODING_KEPT] = 6};
static const int brotli_levels[] = {[CODING_ONCE] = 1, [CODING_KEPT] = 5};
static const int zstd_levels[] = {[CODING_ONCE] = 1, [CODING_KEPT] = 6};

/* zlib: the greatest window, and a gzip wrapper around the stream. */
enum { GZIP_WINDOW = MAX_WBITS + 16, GZIP_MEMORY = 8 };
/* 256 KiB: more than most bodies have. */
enum { BROTLI_WINDOW = 18 };

bool coding_is_worth(size_t size, enum coding_effort effort) {
    return size >= (effort == CODING_KEPT ? WORTH_KEPT : WORTH_ONCE);
}

/* Each writes into a buffer of `size` bytes and returns how many it took; 0: there is no room for
 * it, so it is not smaller, or no memory. */

static size_t encode_gzip(int level, const void *body, size_t size, void *out) {
    z_stream stream = {
        .next_in = (Bytef *)body, .avail_in = (uInt)size, .next_out = out, .avail_out = (uInt)size};
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        return 0;
    }
    bool complete = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    deflateEnd(&stream);
    return complete ? stream.total_out : 0;
}

static size_t encode_brotli(int level, const void *body, size_t size, void *out) {
    size_t used = size;
    bool complete = BrotliEncoderCompress(level, BROTLI_WINDOW, BROTLI_MODE_TEXT, size, body, &used,
                                          out) == BROTLI_TRUE;
    return complete ? used : 0;
}

static size_t encode_zstd(int level, const void *body, size_t size, void *out) {
    size_t used = ZSTD_compress(out, size, body, size, level);
    return ZSTD_isError(used) ? 0 : used;
}

static size_t encode(enum coding coding, enum coding_effort effort, const void *body, size_t size,
                     void *out) {
    switch (coding) {
    case CODING_GZIP:
        return encode_gzip(gzip_levels[effort], body, size, out);
    case CODING_BROTLI:
        return encode_brotli(brotli_levels[effort], body, size, out);
    case CODING_ZSTD:
        return encode_zstd(zstd_levels[effort], body, size, out);
    default:
        return 0;
    }
}

void *coding_encode(enum coding coding, enum coding_effort effort, const void *body, size_t size,
                    size_t *ret_size) {
    void *out = size <= CODING_SIZE_MAX ? malloc(size) : NULL;
    size_t used = out != NULL ? encode(coding, effort, body, size, out) : 0;
    if (used == 0) {
        free(out);
        return NULL;
    }
    void *fitting = realloc(out, used);
    if (fitting != NULL) out = fitting;
    *ret_size = used;
    return out;
}
