/* Bodies that are made while they are sent, in chunks, since nobody knows their length. Of the
 * family server/http*.c, which alone knows libmicrohttpd. */
#ifndef QBANK_SERVER_HTTP_STREAM_H
#define QBANK_SERVER_HTTP_STREAM_H

#include <stdbool.h>

#include "server/response.h"

struct MHD_Response;

/* Takes the stream over, whatever the outcome; NULL when memory runs out. `head`: nobody is going
 * to read it. How many bytes are sent is added to *sent, which has to last as long. */
struct MHD_Response *http_stream_make(struct response_stream *stream, bool head, size_t *sent);

#endif
