#include "tests/lib/decode.h"

#include <brotli/decode.h>
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum { TEXT_MAX = 1 << 20, GZIP_ONLY = 16 + MAX_WBITS };

static size_t decode_gzip(const void *data, size_t size, char *out) {
    z_stream stream = {.next_in = (Bytef *)data,
                       .avail_in = (uInt)size,
                       .next_out = (Bytef *)out,
                       .avail_out = TEXT_MAX};
    cr_assert_eq(inflateInit2(&stream, GZIP_ONLY), Z_OK);
    cr_assert_eq(inflate(&stream, Z_FINISH), Z_STREAM_END);
    cr_assert_eq(stream.avail_in, 0);
    inflateEnd(&stream);
    return stream.total_out;
}

static size_t decode_brotli(const void *data, size_t size, char *out) {
    size_t used = TEXT_MAX;
    cr_assert_eq(BrotliDecoderDecompress(size, data, &used, (uint8_t *)out),
                 BROTLI_DECODER_RESULT_SUCCESS);
    return used;
}

static size_t decode_zstd(const void *data, size_t size, char *out) {
    size_t used = ZSTD_decompress(out, TEXT_MAX, data, size);
    cr_assert_not(ZSTD_isError(used));
    return used;
}

char *decode(const char *coding, const void *data, size_t size) {
    char *out = malloc(TEXT_MAX + 1);
    size_t used = 0;
    if (strcmp(coding, "gzip") == 0) {
        used = decode_gzip(data, size, out);
    } else if (strcmp(coding, "br") == 0) {
        used = decode_brotli(data, size, out);
    } else if (strcmp(coding, "zstd") == 0) {
        used = decode_zstd(data, size, out);
    } else {
        cr_assert_fail("unknown coding '%s'", coding);
    }
    out[used] = '\0';
    return out;
}
