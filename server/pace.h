/* How fast clients have to be. Silence alone is no measure: a few bytes a minute would hold one of
 * few connections for hours, and a stream, with the bank that it reads, for days. */
#ifndef QBANK_SERVER_PACE_H
#define QBANK_SERVER_PACE_H

#include <stddef.h>
#include <time.h>

/* Whatever a client is at, sending a request, reading an answer or being silent between the two,
 * may take `seconds`, and one second more for each `rate` bytes of the answer: all that it has, or
 * of a stream, whose length nobody knows, those that are sent. */
struct pace {
    unsigned seconds;
    size_t rate; /* not 0 */
};

/* A connection; zeroed: none. */
struct paced {
    struct paced *next, **link;
    int socket;
    const size_t *bytes; /* of the answer, so far; NULL: none */
    time_t began;
};

/* Adds a connection, which begins with silence, to the list; `now` in seconds of a clock that never
 * goes back. */
void paced_begin(struct paced **list, struct paced *paced, int socket, time_t now);

/* The client is at something else from now on. What `bytes` points to has to last until then. */
void paced_go_on(struct paced *paced, const size_t *bytes, time_t now);

/* Takes it out; accepts a zeroed one and one that is out already. */
void paced_end(struct paced *paced);

/* Takes those out that are behind, and shuts their sockets down: who polls them finds them closed.
 */
void paced_cut(struct paced **list, const struct pace *pace, time_t now);

/* Bounds what the kernel takes of a stream and has not sent, so that what it has taken tells how
 * much is read. A socket that does not know the option is paced less exactly. */
void pace_bound_unsent(int socket);

#endif
