/* Keeps every connection of a server to its pace, one that has sent nothing yet as well. Of the
 * family server/http*.c, which alone knows libmicrohttpd, whose own time-out is for silence. */
#ifndef QBANK_SERVER_HTTP_PACE_H
#define QBANK_SERVER_HTTP_PACE_H

#include "server/pace.h"

struct MHD_Connection;

struct http_pace {
    struct pace pace;
    struct paced *connections;
    time_t now; /* of this run */
};

/* Begins a run: cuts off who is behind, for which once a second is often enough. */
void http_pace_run(struct http_pace *pace, time_t now);

/* A connection comes, and goes: what the first one returns, NULL where memory ran out, is kept as
 * its socket context and given to the second. Without, nobody looks at its pace. */
struct paced *http_pace_join(struct http_pace *pace, struct MHD_Connection *connection);
void http_pace_leave(struct paced *paced);

/* A request comes, the bytes of whose answer are in *bytes then; or its answer is out: NULL. */
void http_pace_go_on(const struct http_pace *pace, struct MHD_Connection *connection,
                     const size_t *bytes);

#endif
