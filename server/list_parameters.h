/* What a list of questions is asked for: filter, order, page and shape. */
#ifndef QBANK_SERVER_LIST_PARAMETERS_H
#define QBANK_SERVER_LIST_PARAMETERS_H

#include "db/listing.h"
#include "server/request.h"
#include "server/response.h"
#include "server/seed.h"
#include "server/shape.h"
#include "server/since.h"

enum { LIST_LIMIT_DEFAULT = 20, LIST_LIMIT_MAX = 100 };

struct list_parameters {
    struct question_filter filter; /* but for its changes: */
    struct since since;            /* they need the bank */
    const char *search;            /* or NULL */
    unsigned places;               /* where it searches, SEARCH_… */
    enum listing_sort sort;
    bool descending;
    const char *seed;          /* of a shuffled list, else "" */
    char made_seed[SEED_SIZE]; /* where it stands if nobody gave one */
    const char *cursor;        /* or NULL */
    unsigned limit;
    struct shape shape;
    unsigned facets; /* what is to be counted, FACETS_… */
};

/* The strings live as long as the request. The structure must stay where it is: `seed` may point
 * into it. On anything but PROBLEM_NONE there is nothing to free. */
enum problem list_parameters_read(const struct request *request, struct response *response,
                                  struct list_parameters *ret_parameters);
void list_parameters_free(struct list_parameters *parameters);

#endif
