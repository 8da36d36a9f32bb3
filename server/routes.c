#include "server/handlers/handlers.h"

/* clang-format off */
#define PLACES                                                                                     \
    {.name = "section", .repeatable = true}, {.name = "source", .repeatable = true},               \
        {.name = "has_answer"}
#define FILTERS {.name = "difficulty", .repeatable = true}, PLACES
#define MARKUP {.name = "markup"}
#define FORM MARKUP, {.name = "max_length"}
#define SHAPE {.name = "fields", .repeatable = true}, {.name = "include", .repeatable = true}, FORM
#define REVISION {.name = "revision"}
/* clang-format on */

const struct route routes[] = {
    {
        .method = "GET",
        .path = "/",
        .handler = handle_index,
    },
    {
        .name = "questions",
        .method = "GET",
        .path = "/v1/questions",
        .parameters = {FILTERS,
                       SHAPE,
                       REVISION,
                       {.name = "updated_since"},
                       {.name = "q"},
                       {.name = "in", .repeatable = true},
                       {.name = "sort"},
                       {.name = "seed"},
                       {.name = "id", .repeatable = true},
                       {.name = "facets", .repeatable = true},
                       {.name = "limit"},
                       {.name = "cursor"}},
        .handler = handle_questions,
        .pages = true,
    },
    {
        .name = "random",
        .method = "GET",
        .path = "/v1/questions/random",
        .parameters = {FILTERS,
                       SHAPE,
                       REVISION,
                       {.name = "count"},
                       {.name = "exclude", .repeatable = true},
                       {.name = "seed"}},
        .handler = handle_random,
        .pages = true,
    },
    {
        .name = "daily",
        .method = "GET",
        .path = "/v1/questions/daily",
        .parameters =
            {FILTERS, SHAPE, REVISION, {.name = "date"}, {.name = "tz"}, {.name = "days"}},
        .handler = handle_daily,
        .pages = true,
    },
    {
        .name = "quiz",
        .method = "GET",
        .path = "/v1/quiz",
        .parameters = {{.name = "easy"},
                       {.name = "medium"},
                       {.name = "hard"},
                       {.name = "per_section"},
                       PLACES,
                       SHAPE,
                       REVISION,
                       {.name = "exclude", .repeatable = true},
                       {.name = "seed"}},
        .handler = handle_quiz,
        .pages = true,
    },
    {
        .name = "question",
        .method = "GET",
        .path = "/v1/questions/{id}",
        .parameters = {SHAPE, REVISION},
        .handler = handle_question,
        .pages = true,
    },
    {
        .name = "answer",
        .method = "GET",
        .path = "/v1/questions/{id}/answer",
        .parameters = {REVISION, FORM, {.name = "step"}},
        .handler = handle_answer,
        .pages = true,
    },
    {
        .name = "export",
        .method = "GET",
        .path = "/v1/export",
        .parameters = {FILTERS, REVISION, {.name = "format"}, {.name = "answers"}, FORM},
        .handler = handle_export,
    },
    {
        .name = "sections",
        .method = "GET",
        .path = "/v1/sections",
        .parameters = {REVISION, MARKUP},
        .handler = handle_sections,
    },
    {
        .name = "stats",
        .method = "GET",
        .path = "/v1/stats",
        .parameters = {REVISION, MARKUP},
        .handler = handle_stats,
    },
    {
        .name = "problems",
        .method = "GET",
        .path = "/problems",
        .handler = handle_problems,
    },
    {
        .method = "GET",
        .path = "/problems/{name}",
        .handler = handle_problem,
    },
    {
        .name = "openapi",
        .method = "GET",
        .path = "/openapi.json",
        .handler = handle_openapi_json,
    },
    {
        .method = "GET",
        .path = "/openapi.yaml",
        .handler = handle_openapi_yaml,
    },
    {
        .name = "reference",
        .method = "GET",
        .path = "/docs",
        .handler = handle_reference,
    },
    {
        .method = "GET",
        .path = "/docs/{file}",
        .handler = handle_reference_file,
    },
    {
        .name = "live",
        .method = "GET",
        .path = "/livez",
        .handler = handle_livez,
        .unlimited = true,
    },
    {
        .name = "ready",
        .method = "GET",
        .path = "/readyz",
        .handler = handle_readyz,
        .unlimited = true,
    },
};

const size_t route_count = sizeof(routes) / sizeof(routes[0]);
