#include "server/parameters.h"

#include <stdlib.h>
#include <string.h>

/* How much of a refused value is repeated to the client. */
enum { ECHO_MAX = 48 };

/* Length of the longest prefix of at most ECHO_MAX bytes that ends with a whole character. */
static int echo_length(const char *value) {
    size_t length = strnlen(value, ECHO_MAX + 1);
    if (length <= ECHO_MAX) return (int)length;
    length = ECHO_MAX;
    while (length > 0 && ((unsigned char)value[length] & 0xC0) == 0x80) length--;
    return (int)length;
}

enum problem parameter_refuse(struct response *response, const char *name, const char *value,
                              const char *allowed) {
    return response_fail(response, PROBLEM_INVALID_PARAMETER, name, "'%.*s' is not allowed; %s",
                         echo_length(value), value, allowed);
}

bool parameter_parse_boolean(const char *value, bool *ret) {
    bool is_true = strcmp(value, "true") == 0;
    if (!is_true && strcmp(value, "false") != 0) return false;
    *ret = is_true;
    return true;
}

enum problem parameter_bulk_answers(const struct request *request, struct response *response,
                                    const char *name) {
    if (request->bulk_answers) return PROBLEM_NONE;
    return response_fail(response, PROBLEM_BULK_ANSWERS_DISABLED, name,
                         "Answers are shown one by one here, each at the 'url' of its question.");
}

/* Up to nine digits, so that the number fits whatever `unsigned` is. */
static bool read_digits(const char *text, unsigned *ret_number) {
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length > 9 || text[length] != '\0') return false;
    *ret_number = (unsigned)strtoul(text, NULL, 10);
    return true;
}

enum problem parameter_number(const struct request *request, struct response *response,
                              const char *name, unsigned low, unsigned high, unsigned fallback,
                              unsigned *ret_number) {
    const char *value = request_parameter(request, name);
    unsigned number = fallback;
    if (value != NULL && (!read_digits(value, &number) || number < low || number > high)) {
        return response_fail(response, PROBLEM_INVALID_PARAMETER, name,
                             "'%.*s' is not allowed; it is a whole number from %u to %u.",
                             echo_length(value), value, low, high);
    }
    *ret_number = number;
    return PROBLEM_NONE;
}

bool parameter_is_revision(const char *value) {
    return strlen(value) == REVISION_LENGTH && strspn(value, "0123456789abcdef") == REVISION_LENGTH;
}

enum problem parameter_revision(const struct request *request, struct response *response,
                                const char *current) {
    const char *revision = request_parameter(request, "revision");
    if (revision == NULL) return PROBLEM_NONE;
    if (!parameter_is_revision(revision)) {
        return parameter_refuse(response, "revision", revision,
                                "it is 16 hexadecimal digits, as in the field 'revision'.");
    }
    if (current != NULL && strcmp(revision, current) == 0) return PROBLEM_NONE;
    return current != NULL ? response_fail(response, PROBLEM_REVISION_MISMATCH, "revision",
                                           "The bank is at revision %s.", current)
                           : response_fail(response, PROBLEM_REVISION_MISMATCH, "revision",
                                           "Nothing has been imported yet.");
}

static bool seed_is_valid(const char *seed) {
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    size_t length = strspn(seed, alphabet);
    return length > 0 && length <= PARAMETERS_SEED_MAX && seed[length] == '\0';
}

enum problem parameter_seed(const struct request *request, struct response *response,
                            const char **ret_seed) {
    const char *seed = request_parameter(request, "seed");
    if (seed != NULL && !seed_is_valid(seed)) {
        return parameter_refuse(response, "seed", seed,
                                "it is 1 to 64 of the characters A-Z a-z 0-9 _ -.");
    }
    *ret_seed = seed;
    return PROBLEM_NONE;
}

enum problem parameter_seed_or_made(const struct request *request, struct response *response,
                                    char ret_made[SEED_SIZE], const char **ret_seed) {
    enum problem problem = parameter_seed(request, response, ret_seed);
    if (problem != PROBLEM_NONE || *ret_seed != NULL) return problem;
    if (!seed_make(ret_made)) return PROBLEM_INTERNAL;
    response->cache = CACHE_NEVER;
    *ret_seed = ret_made;
    return PROBLEM_NONE;
}

static enum problem add_difficulty(struct question_filter *filter, struct response *response,
                                   const char *value) {
    enum difficulty difficulty;
    if (!difficulty_parse(value, &difficulty)) {
        return parameter_refuse(response, "difficulty", value,
                                "it is easy, medium or hard (or E, M, H).");
    }
    filter->difficulties |= 1u << difficulty;
    return PROBLEM_NONE;
}

static enum problem set_answer(struct question_filter *filter, struct response *response,
                               const char *value) {
    bool wanted;
    if (!parameter_parse_boolean(value, &wanted))
        return parameter_refuse(response, "has_answer", value, "it is true or false.");
    filter->answer = wanted ? ANSWER_AVAILABLE : ANSWER_MISSING;
    return PROBLEM_NONE;
}

static enum problem check_exclude(const struct question_filter *filter, struct response *response,
                                  const char *value) {
    if (filter->exclude_count == PARAMETERS_EXCLUDE_MAX) {
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "exclude",
                             "It stands in the query more than %d times; that is the most.",
                             PARAMETERS_EXCLUDE_MAX);
    }
    if (question_id_is_valid(value)) return PROBLEM_NONE;
    return parameter_refuse(response, "exclude", value,
                            "it is the id of one question; repeat the parameter for several.");
}

/* The three lists of the filter share one allocation, each with room for every parameter; these
 * are their places while they grow. */
struct lists {
    const char **sections, **sources, **exclude;
};

static enum problem take_parameter(const struct target_parameter *given, struct lists *lists,
                                   struct question_filter *filter, struct response *response) {
    if (target_parameter_is(given, "difficulty")) {
        return add_difficulty(filter, response, given->value);
    }
    if (target_parameter_is(given, "has_answer")) return set_answer(filter, response, given->value);
    if (target_parameter_is(given, "section")) {
        lists->sections[filter->section_count++] = given->value;
    } else if (target_parameter_is(given, "source")) {
        lists->sources[filter->source_count++] = given->value;
        response->beyond_revision = true;
    } else if (target_parameter_is(given, "exclude")) {
        enum problem problem = check_exclude(filter, response, given->value);
        if (problem != PROBLEM_NONE) return problem;
        lists->exclude[filter->exclude_count++] = given->value;
    }
    return PROBLEM_NONE;
}

enum problem parameters_filter(const struct request *request, struct response *response,
                               struct question_filter *ret_filter) {
    size_t count = request->target.parameter_count;
    if (count == 0) {
        *ret_filter = (struct question_filter){0};
        return PROBLEM_NONE;
    }
    const char **storage = reallocarray(NULL, count, 3 * sizeof(storage[0]));
    if (storage == NULL) return PROBLEM_INTERNAL;
    struct lists lists = {storage, storage + count, storage + 2 * count};
    struct question_filter filter = {
        .sections = lists.sections, .sources = lists.sources, .exclude = lists.exclude};
    for (size_t i = 0; i < count; i++) {
        enum problem problem =
            take_parameter(&request->target.parameters[i], &lists, &filter, response);
        if (problem != PROBLEM_NONE) {
            free(storage);
            return problem;
        }
    }
    *ret_filter = filter;
    return PROBLEM_NONE;
}

void parameters_filter_free(struct question_filter *filter) {
    /* The start of the allocation that the three lists share. */
    free((void *)filter->sections);
    *filter = (struct question_filter){0};
}

enum problem parameters_filter_problem(const struct question_filter *filter,
                                       struct response *response, enum store_status status,
                                       size_t index) {
    if (status == STORE_UNKNOWN_SECTION) {
        return parameter_refuse(response, "section", filter->sections[index],
                                "it is the id of a section; GET /v1/sections lists them.");
    }
    return parameter_refuse(response, "source", filter->sources[index],
                            "it is the path of a source; GET /v1/stats lists them.");
}
