#include "server/handlers/handlers.h"

enum problem handle_problems(struct store *store, const struct request *request,
                             struct response *response) {
    (void)store;
    (void)request;
    json_t *items = json_array();
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT && items != NULL;
         problem++) {
        if (json_array_append_new(items, problem_describe(problem)) == 0) continue;
        json_decref(items);
        items = NULL;
    }
    response->cache = CACHE_HOUR;
    response->json = json_pack("{s:o}", "items", items);
    return PROBLEM_NONE;
}

enum problem handle_problem(struct store *store, const struct request *request,
                            struct response *response) {
    (void)store;
    enum problem problem = problem_find(request->variables[0]);
    if (problem == PROBLEM_NONE) return PROBLEM_NO_SUCH_RESOURCE;
    response->cache = CACHE_HOUR;
    response->json = problem_describe(problem);
    return PROBLEM_NONE;
}
