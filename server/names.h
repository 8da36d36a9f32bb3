/* Query parameters that choose some of a few names: in=question,answer or, with the same meaning,
 * in=question&in=answer. */
#ifndef QBANK_SERVER_NAMES_H
#define QBANK_SERVER_NAMES_H

#include "server/request.h"
#include "server/response.h"

/* Reads every `parameter` of the query as names out of the list, which ends with NULL; ret_mask has
 * the bit 1u << i for the i-th name and is 0 where the parameter is not given. Any other name, an
 * empty one too, is a PROBLEM_INVALID_PARAMETER that says which there are. */
enum problem names_read(const struct request *request, struct response *response,
                        const char *parameter, const char *const *names, unsigned *ret_mask);

#endif
