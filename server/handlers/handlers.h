/* The handlers of the route table, one file per resource. All have the signature of
 * `route_handler` (server/router.h).
 *
 * While nothing has been imported lists are empty and no question has any id; only readiness
 * fails. */
#ifndef QBANK_SERVER_HANDLERS_HANDLERS_H
#define QBANK_SERVER_HANDLERS_HANDLERS_H

#include <stdint.h>

#include "db/status.h"
#include "server/router.h"
#include "server/shape.h"

route_handler handle_index;
route_handler handle_livez;
route_handler handle_readyz;
route_handler handle_problems;
route_handler handle_problem;
route_handler handle_questions;
route_handler handle_random;
route_handler handle_daily;
route_handler handle_quiz;
route_handler handle_question;
route_handler handle_answer;
route_handler handle_export;
route_handler handle_sections;
route_handler handle_stats;
route_handler handle_openapi_json;
route_handler handle_openapi_yaml;
route_handler handle_reference;
route_handler handle_reference_file;

/* The list of the questions that `id`, once or more in the query, names. */
route_handler handlers_batch;

/* Whether the worker serves a bank; without one no other call may be made on the store. */
bool handlers_has_bank(const struct store *store);

/* The revision that is served, or NULL while there is none. */
const char *handlers_revision(const struct store *store);

/* The problem of a store call that failed in a way that no client can mend, or that every call
 * shares; what the store has to say about STORE_ERROR goes to standard error. */
enum problem handlers_store_problem(struct store *store, enum store_status status);

/* The problem of looking up a question by its id. For STORE_MOVED sets the Location: the path of
 * `moved_to`, `suffix` behind it, and the query as it was. */
enum problem handlers_lookup_problem(struct store *store, const struct request *request,
                                     struct response *response, enum store_status status,
                                     const char *moved_to, const char *suffix);

/* The problem of choosing questions by a filter; PROBLEM_NONE also without a bank (STORE_EMPTY).
 * `index` is what STORE_UNKNOWN_… returned. */
enum problem handlers_filter_problem(struct store *store, struct response *response,
                                     const struct question_filter *filter, enum store_status status,
                                     size_t index);

/* Begins a document {"items": […] with the questions at these positions, in the shape asked for;
 * without a bank there are none. On failure the text is to be freed. */
enum problem handlers_write_items(struct store *store, const struct request *request,
                                  const struct shape *shape, const uint32_t *positions,
                                  size_t count, struct json_text *text);

struct facets;

/* Appends the member `facets` with those of FACETS_… that are wanted, titles in that form. */
void handlers_write_facets(struct json_text *text, const struct facets *facets, unsigned wanted,
                           const struct text_form *form);

/* Ends the document with the revision and makes it the response; takes the text over. */
enum problem handlers_finish_items(const struct store *store, struct response *response,
                                   struct json_text *text);

#endif
