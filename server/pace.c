#include "server/pace.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <sys/socket.h>

/* On its own the kernel takes megabytes, and room for more only once a third of them is out: a slow
 * reader would look fast first, and then like none. */
enum { UNSENT_MAX = 128 * 1024 };

void pace_bound_unsent(int socket) {
    setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &(int){UNSENT_MAX}, sizeof(int));
}

void paced_begin(struct paced **list, struct paced *paced, int socket, time_t now) {
    *paced = (struct paced){.next = *list, .link = list, .socket = socket, .began = now};
    if (*list != NULL) (*list)->link = &paced->next;
    *list = paced;
}

void paced_go_on(struct paced *paced, const size_t *bytes, time_t now) {
    paced->bytes = bytes;
    paced->began = now;
}

void paced_end(struct paced *paced) {
    if (paced->link == NULL) return;
    *paced->link = paced->next;
    if (paced->next != NULL) paced->next->link = paced->link;
    *paced = (struct paced){0};
}

static bool is_behind(const struct paced *paced, const struct pace *pace, time_t now) {
    size_t bytes = paced->bytes != NULL ? *paced->bytes : 0;
    return (size_t)(now - paced->began) >= pace->seconds + bytes / pace->rate;
}

void paced_cut(struct paced **list, const struct pace *pace, time_t now) {
    for (struct paced *paced = *list, *next; paced != NULL; paced = next) {
        next = paced->next;
        if (!is_behind(paced, pace, now)) continue;
        shutdown(paced->socket, SHUT_RDWR);
        paced_end(paced);
    }
}
