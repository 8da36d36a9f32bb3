/* Request targets: whatever is accepted must be UTF-8 without NUL, and building it again must give
 * a target that reads the same. */
#include "server/target.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "server/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct target *left, const struct target *right) {
    assert(left->parameter_count == right->parameter_count);
    for (size_t i = 0; i < left->parameter_count; i++) {
        assert(strcmp(left->parameters[i].name, right->parameters[i].name) == 0);
        assert(strcmp(left->parameters[i].value, right->parameters[i].value) == 0);
    }
}

static void check_round_trip(const struct target *target) {
    char *text = target_build("/", target, NULL, NULL);
    assert(text != NULL);
    struct target again;
    assert(target_parse(text, &again) == TARGET_OK);
    check_same(target, &again);
    target_free(&again);
    free(text);
}

static void check_routes(struct target target) {
    struct request request = {.target = target};
    struct response response = {0};
    const struct route *route;
    char allow[RESPONSE_ALLOW_SIZE];
    if (router_match(routes, route_count, "GET", &request, &route, allow) == PROBLEM_NONE) {
        router_check_parameters(route, &request, &response);
    }
    response_free(&response);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *raw = strndup((const char *)data, size);
    struct target target;
    if (target_parse(raw, &target) == TARGET_OK) {
        check_round_trip(&target);
        check_routes(target);
        target_free(&target);
    }
    free(raw);
    return 0;
}
