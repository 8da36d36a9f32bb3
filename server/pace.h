/* How fast clients have to read what is made while it is sent. Silence alone is no measure: a few
 * bytes a minute would hold the stream, and the bank that it reads, for days. */
#ifndef QBANK_SERVER_PACE_H
#define QBANK_SERVER_PACE_H

#include <stddef.h>
#include <time.h>

/* A stream may take `seconds`, and one second more for each `rate` bytes that it has sent. */
struct pace {
    unsigned seconds;
    size_t rate; /* not 0 */
};

/* A stream in the sending; zeroed: none. */
struct paced {
    struct paced *next, **link;
    int socket;
    const size_t *sent; /* bytes so far; what the kernel has not passed on yet counts as well */
    time_t began;
};

/* Adds the stream to the list; `now` in seconds of a clock that never goes back. */
void paced_begin(struct paced **list, struct paced *paced, int socket, const size_t *sent,
                 time_t now);

/* Takes it out; accepts a zeroed one and one that is out already. */
void paced_end(struct paced *paced);

/* Takes those out that are behind, and shuts their sockets down: who polls them finds them closed.
 */
void paced_cut(struct paced **list, const struct pace *pace, time_t now);

#endif
