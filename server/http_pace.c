#include "server/http_pace.h"

#include <microhttpd.h>
#include <stdlib.h>

void http_pace_run(struct http_pace *pace, time_t now) {
    if (now == pace->now) return;
    pace->now = now;
    paced_cut(&pace->connections, &pace->pace, now);
}

struct paced *http_pace_join(struct http_pace *pace, struct MHD_Connection *connection) {
    struct paced *paced = malloc(sizeof(*paced));
    int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    if (paced != NULL) paced_begin(&pace->connections, paced, socket, pace->now);
    return paced;
}

void http_pace_leave(struct paced *paced) {
    if (paced != NULL) paced_end(paced);
    free(paced);
}

void http_pace_go_on(const struct http_pace *pace, struct MHD_Connection *connection,
                     const size_t *bytes) {
    struct paced *paced =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
    if (paced != NULL) paced_go_on(paced, bytes, pace->now);
}
