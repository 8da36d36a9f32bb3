#include "server/http_stream.h"

#include <microhttpd.h>
#include <stdint.h>
#include <stdlib.h>

/* What is asked for at a time, at most; the connection's memory has room for less. */
enum { BLOCK_SIZE = 16 * 1024 };

struct sending {
    struct response_stream stream;
    size_t *sent;
};

/* After -1 libmicrohttpd closes the connection without the last chunk: the client can tell. */
static ssize_t read_stream(void *context, uint64_t offset, char *buffer, size_t size) {
    (void)offset;
    const struct sending *sending = context;
    ssize_t count = sending->stream.read(sending->stream.context, buffer, size);
    if (count < 0) return MHD_CONTENT_READER_END_WITH_ERROR;
    *sending->sent += (size_t)count;
    return count > 0 ? count : MHD_CONTENT_READER_END_OF_STREAM;
}

static void free_stream(void *context) {
    struct sending *sending = context;
    sending->stream.free(sending->stream.context);
    free(sending);
}

/* libmicrohttpd 0.9.75 sends the last chunk for HEAD too, which the next response's reader would
 * choke on: without chunks the connection ends instead. */
static void leave_out_chunks(struct MHD_Response *out) {
    MHD_set_response_options(out, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}

struct MHD_Response *http_stream_make(struct response_stream *stream, bool head, size_t *sent) {
    struct sending *sending = malloc(sizeof(*sending));
    struct MHD_Response *out = NULL;
    if (sending != NULL) {
        *sending = (struct sending){*stream, sent};
        out = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_SIZE, read_stream, sending,
                                                free_stream);
    }
    if (out == NULL) {
        stream->free(stream->context);
        free(sending);
    } else if (head) {
        leave_out_chunks(out);
    }
    *stream = (struct response_stream){0};
    return out;
}
