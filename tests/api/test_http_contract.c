/* The server keeps what its document says of parameters: /openapi.json is read as a client would.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"

static struct bank bank;
static json_t *document;

static void set_up(void) {
    bank_start(&bank);
    document = client_get_json(&bank.server, 200, "/openapi.json");
}

static void tear_down(void) {
    json_decref(document);
    bank_stop(&bank);
}

TestSuite(http_contract, .init = set_up, .fini = tear_down);

/* What a reference stands for; anything else stands for itself. */
static json_t *resolve(json_t *node) {
    json_t *reference = json_object_get(node, "$ref");
    if (reference == NULL) return node;
    char path[256];
    snprintf(path, sizeof(path), "%s", json_string_value(reference) + strlen("#/"));
    for (char *slash = path; (slash = strchr(slash, '/')) != NULL;) *slash = '.';
    cr_assert_not_null(json_at(document, path), "%s", path);
    return resolve(json_at(document, path));
}

/* Calls for each query parameter of each operation: `path` has an id where it needs one. */
static void each_parameter(void (*visit)(const char *path, const char *name, json_t *schema)) {
    json_t *item, *listed;
    const char *template;
    size_t i, visited = 0;
    json_object_foreach(json_object_get(document, "paths"), template, item) {
        char path[64];
        const char *brace = strchr(template, '{');
        snprintf(path, sizeof(path), "%.*s%s%s",
                 brace != NULL ? (int)(brace - template) : (int)strlen(template), template,
                 brace != NULL ? "alpha" : "", brace != NULL ? strchr(brace, '}') + 1 : "");
        json_array_foreach(json_at(item, "get.parameters"), i, listed) {
            json_t *parameter = resolve(listed);
            if (strcmp(json_text(parameter, "in"), "query") != 0) continue;
            visit(path, json_text(parameter, "name"),
                  resolve(json_object_get(parameter, "schema")));
            visited++;
        }
    }
    cr_assert_gt(visited, 20);
}

static void expect_refused(const char *path, const char *name, const char *value) {
    char target[256];
    snprintf(target, sizeof(target), "%s?%s=%s", path, name, value);
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "type"), "/problems/invalid-parameter", "%s", target);
    cr_expect_str_eq(json_text(problem, "parameter"), name, "%s", target);
    json_decref(problem);
}

static void refuse_nonsense(const char *path, const char *name, json_t *schema) {
    (void)schema;
    /* A search takes any text that has a word in it. */
    expect_refused(path, name, strcmp(name, "q") == 0 ? "" : "~");
}

/* No parameter takes whatever comes. */
Test(http_contract, every_parameter_refuses_nonsense) {
    each_parameter(refuse_nonsense);
}

static void expect_bound(const char *path, const char *name, json_t *bound, long long beyond) {
    char value[32];
    if (bound == NULL) return;
    snprintf(value, sizeof(value), "%lld", json_integer_value(bound) + beyond);
    expect_refused(path, name, value);
}

static void refuse_beyond(const char *path, const char *name, json_t *schema) {
    expect_bound(path, name, json_object_get(schema, "minimum"), -1);
    expect_bound(path, name, json_object_get(schema, "maximum"), 1);
}

Test(http_contract, numbers_beyond_their_bounds_are_refused) {
    each_parameter(refuse_beyond);
}

static void write_value(const json_t *value, char *text, size_t size) {
    if (json_is_string(value)) snprintf(text, size, "%s", json_string_value(value));
    if (json_is_integer(value)) snprintf(text, size, "%lld", json_integer_value(value));
    if (json_is_boolean(value)) snprintf(text, size, "%s", json_is_true(value) ? "true" : "false");
}

static void expect_accepted(const char *path, const char *name, const json_t *value) {
    char text[64] = "", target[256];
    if (value == NULL) return;
    write_value(value, text, sizeof(text));
    snprintf(target, sizeof(target), "%s?%s=%s", path, name, text);
    struct reply reply;
    client_get(&bank.server, target, &reply);
    cr_expect_eq(reply.status, 200, "%s: %s", target, reply.body);
    reply_free(&reply);
}

/* Those with a default mean something by themselves. */
static void accept_within(const char *path, const char *name, json_t *schema) {
    static const char *const bounds[] = {"minimum", "maximum", "default"};
    if (json_object_get(schema, "default") == NULL) return;
    for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++)
        expect_accepted(path, name, json_object_get(schema, bounds[i]));
}

Test(http_contract, bounds_and_defaults_are_accepted) {
    each_parameter(accept_within);
}

static void refuse_twice(const char *path, const char *name, json_t *schema) {
    json_t *type = json_object_get(schema, "type");
    if (type != NULL && strcmp(json_string_value(type), "array") == 0) return;
    char target[256];
    snprintf(target, sizeof(target), "%s?%s=1&%s=1", path, name, name);
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), name, "%s", target);
    json_decref(problem);
}

Test(http_contract, only_lists_are_repeated) {
    each_parameter(refuse_twice);
}

/* What is more than the list takes is refused, not passed over. */
static void refuse_longer(const char *path, const char *name, json_t *schema) {
    json_t *most = json_object_get(schema, "maxItems");
    if (most == NULL) return;
    char target[4096];
    size_t used = (size_t)snprintf(target, sizeof(target), "%s?", path);
    for (json_int_t i = 0; i <= json_integer_value(most); i++) {
        used += (size_t)snprintf(target + used, sizeof(target) - used, "%s=a&", name);
        cr_assert_lt(used, sizeof(target));
    }
    json_t *problem = client_get_json(&bank.server, 400, target);
    cr_expect_str_eq(json_text(problem, "parameter"), name, "%s", path);
    json_decref(problem);
}

Test(http_contract, lists_longer_than_allowed_are_refused) {
    each_parameter(refuse_longer);
}
