/* Query parameters -> values of the program. A value that is not allowed is refused with
 * PROBLEM_INVALID_PARAMETER, which names the parameter, what was wrong and what is allowed;
 * nothing is ever clamped. `ret_` parameters are written on PROBLEM_NONE only. */
#ifndef QBANK_SERVER_PARAMETERS_H
#define QBANK_SERVER_PARAMETERS_H

#include "db/store.h"
#include "server/request.h"
#include "server/response.h"
#include "server/seed.h"

enum { PARAMETERS_EXCLUDE_MAX = 250, PARAMETERS_SEED_MAX = 64 };

/* Refuses a value: says what was wrong, quoting no more of it than is sensible, and what is
 * `allowed`, a sentence. */
enum problem parameter_refuse(struct response *response, const char *name, const char *value,
                              const char *allowed);

/* `true` or `false`; false, *ret untouched, for anything else. */
bool parameter_parse_boolean(const char *value, bool *ret);

/* Whether the server gives answers elsewhere than at the reveal: PROBLEM_BULK_ANSWERS_DISABLED,
 * naming the parameter that asks for them, where it does not. */
enum problem parameter_bulk_answers(const struct request *request, struct response *response,
                                    const char *name);

/* Whether a value has the form of a revision. */
bool parameter_is_revision(const char *value);

/* The revision that the client means, if it names one: anything but `current` (NULL: there is no
 * bank) is PROBLEM_REVISION_MISMATCH. */
enum problem parameter_revision(const struct request *request, struct response *response,
                                const char *current);

/* A whole number in decimal digits from `low` to `high`; `fallback` where it is not given. */
enum problem parameter_number(const struct request *request, struct response *response,
                              const char *name, unsigned low, unsigned high, unsigned fallback,
                              unsigned *ret_number);

/* `seed`: 1 to PARAMETERS_SEED_MAX of [A-Za-z0-9_-]; *ret_seed is NULL where it is not given, else
 * it lives as long as the request. */
enum problem parameter_seed(const struct request *request, struct response *response,
                            const char **ret_seed);

/* The same, but where it is not given one is made, which nobody can ask for again by chance: the
 * response is not to be kept then. ret_seed may point to ret_made. */
enum problem parameter_seed_or_made(const struct request *request, struct response *response,
                                    char ret_made[SEED_SIZE], const char **ret_seed);

/* `difficulty`, `section`, `source`, `has_answer` and `exclude`. Whether a section or a source
 * exists is for the store to say. The strings live as long as the request. */
enum problem parameters_filter(const struct request *request, struct response *response,
                               struct question_filter *ret_filter);
void parameters_filter_free(struct question_filter *filter);

/* The problem of a store call that took the filter: `index` is what STORE_UNKNOWN_… returned. */
enum problem parameters_filter_problem(const struct question_filter *filter,
                                       struct response *response, enum store_status status,
                                       size_t index);

#endif
