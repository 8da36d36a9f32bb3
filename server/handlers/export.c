/* GET /v1/export: the bank as a file. It is sent over minutes perhaps, to a slow client, while the
 * worker answers others and moves on to newer banks: so it shares the store of the bank that it
 * began with, and a worker sends no more than a few at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/export/stream.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"

enum { EXPORTS_MAX = 4, RETRY_SECONDS = 5 };

/* What a response in the sending holds. */
struct sending {
    struct store *store;
    struct export_stream *stream;
    unsigned *exports;
};

static void sending_free(void *context) {
    struct sending *sending = context;
    export_stream_close(sending->stream);
    store_close(sending->store);
    --*sending->exports;
    free(sending);
}

static ssize_t sending_read(void *context, char *buffer, size_t size) {
    struct sending *sending = context;
    ssize_t count = export_stream_read(sending->stream, buffer, size);
    if (count < 0) fprintf(stderr, "qbank: an export failed: %s\n", store_error(sending->store));
    return count;
}

static enum problem read_format(const struct request *request, struct response *response,
                                const struct export_format **ret_format) {
    const char *name = request_parameter(request, "format");
    const struct export_format *format = export_format_find(name != NULL ? name : "ndjson");
    if (format == NULL)
        return parameter_refuse(response, "format", name, "it is " EXPORT_FORMAT_NAMES ".");
    *ret_format = format;
    return PROBLEM_NONE;
}

static enum problem read_answers(const struct request *request, struct response *response,
                                 bool *ret_answers) {
    const char *value = request_parameter(request, "answers");
    bool wanted = false;
    if (value != NULL && !parameter_parse_boolean(value, &wanted))
        return parameter_refuse(response, "answers", value, "it is true or false.");
    enum problem problem =
        wanted ? parameter_bulk_answers(request, response, "answers") : PROBLEM_NONE;
    if (problem == PROBLEM_NONE) *ret_answers = wanted;
    return problem;
}

static enum problem read_form(const struct request *request, struct response *response,
                              struct export_choice *choice) {
    if (!export_format_takes(choice->format, request_parameter(request, "markup")))
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "markup",
                             "It goes with format=" EXPORT_MARKUP_FORMAT_NAMES
                             ": the others have a markup of their own.");
    return text_form_read(request, response, &choice->form);
}

static enum problem read_choice(const struct request *request, struct response *response,
                                struct export_choice *choice) {
    enum problem problem = read_format(request, response, &choice->format);
    if (problem == PROBLEM_NONE) problem = read_form(request, response, choice);
    if (problem == PROBLEM_NONE) problem = read_answers(request, response, &choice->answers);
    return problem;
}

/* An empty sending, which counts from now on. */
static enum problem begin_sending(struct store *store, const struct request *request,
                                  struct response *response, struct sending **ret_sending) {
    if (*request->exports >= EXPORTS_MAX) {
        response->retry_after = RETRY_SECONDS;
        return response_fail(response, PROBLEM_BUSY, NULL,
                             "As many exports as this server sends at once are under way.");
    }
    struct sending *sending = calloc(1, sizeof(*sending));
    if (sending == NULL) return PROBLEM_INTERNAL;
    sending->store = store_share(store);
    sending->exports = request->exports;
    ++*sending->exports;
    *ret_sending = sending;
    return PROBLEM_NONE;
}

static void name_file(struct response *response, const struct store *store,
                      const struct export_format *format) {
    const char *revision = handlers_revision(store);
    snprintf(response->filename, sizeof(response->filename), "qbank-%s.%s",
             revision != NULL ? revision : "empty", format->extension);
}

static enum problem send_export(struct store *store, const struct request *request,
                                struct response *response, const struct export_choice *choice,
                                const struct question_filter *filter) {
    struct sending *sending = NULL;
    size_t index = 0;
    enum problem problem = begin_sending(store, request, response, &sending);
    if (problem != PROBLEM_NONE) return problem;
    response->stream = (struct response_stream){sending_read, sending_free, sending};
    response->content_type = choice->format->media_type;
    response->cache = CACHE_NEVER; /* it has no entity tag by which it could be asked for again */
    name_file(response, store, choice->format);
    enum store_status status = export_stream_open(store, choice, filter, &sending->stream, &index);
    return handlers_filter_problem(store, response, filter, status, index);
}

enum problem handle_export(struct store *store, const struct request *request,
                           struct response *response) {
    struct export_choice choice = {0};
    struct question_filter filter;
    enum problem problem = read_choice(request, response, &choice);
    if (problem == PROBLEM_NONE) problem = parameters_filter(request, response, &filter);
    if (problem != PROBLEM_NONE) return problem;
    problem = send_export(store, request, response, &choice, &filter);
    parameters_filter_free(&filter);
    return problem;
}
