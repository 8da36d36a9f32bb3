#include "server/response.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum problem response_fail(struct response *response, enum problem problem, const char *parameter,
                           const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    /* Without memory the document goes out with the general words of its kind. */
    if (vasprintf(&response->detail, format, arguments) < 0) response->detail = NULL;
    va_end(arguments);
    if (parameter != NULL) response->parameter = strdup(parameter);
    return problem;
}

enum problem response_set_text(struct response *response, struct json_text *text) {
    json_text_literal(text, "\n");
    if (response->cache != CACHE_NEVER) json_text_trim(text);
    response->body = json_text_steal(text, &response->size);
    return response->body != NULL ? PROBLEM_NONE : PROBLEM_INTERNAL;
}

/* The text of the document with a newline at the end, for people at a terminal. */
static bool render_json(struct response *response) {
    char *text = response->json != NULL ? json_dumps(response->json, JSON_COMPACT) : NULL;
    if (text == NULL) return false;
    size_t length = strlen(text);
    char *line = realloc(text, length + 2);
    if (line == NULL) {
        free(text);
        return false;
    }
    memcpy(line + length, "\n", 2);
    response->body = line;
    response->size = length + 1;
    return true;
}

static void free_stream(struct response *response) {
    if (response->stream.context != NULL) response->stream.free(response->stream.context);
    response->stream = (struct response_stream){0};
}

static void render_problem(struct response *response, enum problem problem) {
    json_decref(response->json);
    free(response->body);
    response->body = NULL;
    free_stream(response);
    response->filename[0] = '\0';
    response->json = problem_encode(problem, response->detail, response->parameter);
    response->status = problem_kind(problem)->status;
    response->content_type = "application/problem+json";
    response->policy = NULL;
    response->cache = CACHE_REVALIDATE;
    /* Without memory for the document the status has to speak for itself. */
    if (!render_json(response)) response->content_type = NULL;
}

void response_render(struct response *response, enum problem problem) {
    if (problem == PROBLEM_NONE && response->stream.context != NULL) {
        response->status = 200;
        return;
    }
    if (problem == PROBLEM_NONE && (response->body != NULL || render_json(response))) {
        response->status = 200;
        if (response->content_type == NULL) response->content_type = "application/json";
        return;
    }
    render_problem(response, problem != PROBLEM_NONE ? problem : PROBLEM_INTERNAL);
}

void response_free(struct response *response) {
    json_decref(response->json);
    free(response->next);
    free(response->detail);
    free(response->parameter);
    free(response->location);
    free(response->body);
    free_stream(response);
    *response = (struct response){0};
}
