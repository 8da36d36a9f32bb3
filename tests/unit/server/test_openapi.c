/* The document and the program say the same: each is held against the other. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "server/assets.h"
#include "server/problem.h"
#include "server/router.h"
#include "server/yaml_json.h"
#include "tests/lib/client.h"

static json_t *document;

static void set_up(void) {
    const struct asset *asset = asset_find("/openapi.yaml");
    cr_assert_not_null(asset);
    document = yaml_json_read(asset->bytes, (size_t)(asset->end - asset->bytes));
    cr_assert_not_null(document);
}

static void tear_down(void) {
    json_decref(document);
}

TestSuite(openapi, .init = set_up, .fini = tear_down);

static json_t *member(json_t *object, const char *name) {
    json_t *value = json_object_get(object, name);
    cr_assert_not_null(value, "there is no %s", name);
    return value;
}

/* What a reference stands for; anything else stands for itself. */
static json_t *resolve(json_t *node) {
    json_t *reference = json_object_get(node, "$ref");
    if (reference == NULL) return node;
    char pointer[256];
    snprintf(pointer, sizeof(pointer), "%s", json_string_value(reference));
    cr_assert_eq(strncmp(pointer, "#/", 2), 0, "%s", pointer);
    node = document;
    char *rest;
    for (char *name = strtok_r(pointer + 2, "/", &rest); name != NULL;
         name = strtok_r(NULL, "/", &rest)) {
        node = member(node, name);
    }
    return resolve(node);
}

static const struct route *find_route(const char *path) {
    for (size_t i = 0; i < route_count; i++) {
        if (strcmp(routes[i].path, path) == 0) return &routes[i];
    }
    return NULL;
}

/* The parameters of a path and its operation together, resolved, as {"name": {…}}; owned. */
static json_t *collect_parameters(json_t *item, const char *in) {
    json_t *lists[] = {json_object_get(item, "parameters"),
                       json_object_get(member(item, "get"), "parameters")};
    json_t *found = json_object();
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
        size_t at;
        json_t *listed;
        json_array_foreach(lists[i], at, listed) {
            json_t *parameter = resolve(listed);
            if (strcmp(json_text(parameter, "in"), in) != 0) continue;
            const char *name = json_text(parameter, "name");
            cr_expect_null(json_object_get(found, name), "%s stands twice", name);
            json_object_set(found, name, parameter);
        }
    }
    return found;
}

static bool is_array(json_t *parameter) {
    json_t *type = json_object_get(resolve(member(parameter, "schema")), "type");
    return type != NULL && strcmp(json_string_value(type), "array") == 0;
}

Test(openapi, has_an_operation_for_each_route_and_no_other) {
    json_t *paths = member(document, "paths"), *item;
    const char *path;
    for (const struct route *route = routes; route < routes + route_count; route++) {
        cr_expect_str_eq(route->method, "GET", "%s", route->path);
        cr_expect_not_null(json_object_get(paths, route->path), "%s is missing", route->path);
    }
    json_object_foreach(paths, path, item) {
        cr_expect_not_null(find_route(path), "there is no %s", path);
        cr_expect_not_null(json_object_get(item, "get"), "%s", path);
    }
}

Test(openapi, has_the_parameters_of_each_route_and_no_other) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        json_t *item = member(member(document, "paths"), route->path);
        json_t *parameters = collect_parameters(item, "query");
        size_t count = 0;
        for (; route->parameters[count].name != NULL; count++) {
            const struct route_parameter *known = &route->parameters[count];
            json_t *parameter = json_object_get(parameters, known->name);
            cr_expect_not_null(parameter, "%s lacks %s", route->path, known->name);
            if (parameter == NULL) continue;
            cr_expect_eq(is_array(parameter), known->repeatable, "%s: %s", route->path,
                         known->name);
        }
        cr_expect_eq(json_object_size(parameters), count, "%s has more than its route",
                     route->path);
        json_decref(parameters);
    }
}

Test(openapi, has_the_variables_of_each_path) {
    for (const struct route *route = routes; route < routes + route_count; route++) {
        json_t *item = member(member(document, "paths"), route->path), *parameter;
        json_t *variables = collect_parameters(item, "path");
        const char *name;
        size_t braces = 0;
        for (const char *at = route->path; *at != '\0'; at++) braces += *at == '{';
        cr_expect_eq(json_object_size(variables), braces, "%s", route->path);
        json_object_foreach(variables, name, parameter) {
            char variable[64];
            snprintf(variable, sizeof(variable), "{%s}", name);
            cr_expect_not_null(strstr(route->path, variable), "%s: %s", route->path, name);
        }
        json_decref(variables);
    }
}

/* What a program that picks tools reads has to be short, and names must be theirs alone. */
Test(openapi, describes_each_operation_in_few_words) {
    json_t *ids = json_object(), *item;
    const char *path;
    json_object_foreach(member(document, "paths"), path, item) {
        json_t *operation = member(item, "get");
        const char *id = json_text(operation, "operationId");
        size_t length = strlen(json_text(operation, "description"));
        cr_expect(length > 20 && length < 300, "%s: %zu", path, length);
        cr_expect_gt(strlen(json_text(operation, "summary")), 0, "%s", path);
        cr_expect_null(json_object_get(ids, id), "%s stands twice", id);
        json_object_set_new(ids, id, json_true());
    }
    json_decref(ids);
}

Test(openapi, has_the_version_of_the_program) {
    cr_assert_str_eq(json_text(document, "info.version"), QBANK_VERSION);
}

Test(openapi, has_the_types_of_problems_in_the_order_of_the_table) {
    json_t *types = json_at(document, "components.schemas.ProblemType.enum");
    cr_assert_eq(json_array_size(types), PROBLEM_COUNT - 1);
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT; problem++) {
        char type[64];
        snprintf(type, sizeof(type), "/problems/%s", problem_kind(problem)->name);
        cr_expect_str_eq(json_string_value(json_array_get(types, (size_t)problem - 1)), type);
    }
}

/* ---- the responses ----------------------------------------------------------------------------
 */

/* The types that a response of the document can have: its `const`, or each of its `enum`. */
static json_t *types_of(json_t *response) {
    json_t *content = json_object_get(response, "content");
    json_t *media = json_object_get(content, "application/problem+json");
    if (media == NULL) return json_array();
    json_t *type = json_at(media, "schema.properties.type");
    cr_assert_not_null(type);
    json_t *types = json_object_get(type, "enum");
    return types != NULL ? json_incref(types) : json_pack("[O]", member(type, "const"));
}

static void expect_status(const char *path, const char *status, json_t *type) {
    const char *name = strrchr(json_string_value(type), '/') + 1;
    enum problem problem = problem_find(name);
    cr_assert_neq(problem, PROBLEM_NONE, "%s: %s", path, name);
    char expected[8];
    snprintf(expected, sizeof(expected), "%u", problem_kind(problem)->status);
    cr_expect_str_eq(status, expected, "%s: %s", path, name);
}

/* Every problem stands under its own status, and is the problem of some operation. */
Test(openapi, has_each_problem_under_its_status) {
    json_t *seen = json_object(), *item, *response, *type;
    const char *path, *status;
    size_t i;
    json_object_foreach(member(document, "paths"), path, item) {
        json_object_foreach(member(member(item, "get"), "responses"), status, response) {
            json_t *types = types_of(resolve(response));
            json_array_foreach(types, i, type) {
                expect_status(path, status, type);
                json_object_set_new(seen, json_string_value(type), json_true());
            }
            json_decref(types);
        }
    }
    cr_assert_eq(json_object_size(seen), PROBLEM_COUNT - 1);
    json_decref(seen);
}
