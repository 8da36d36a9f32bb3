#include "server/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/page_internal.h"

const char *page_member(const json_t *json, const char *name) {
    const char *text = json_string_value(json_object_get(json, name));
    return text != NULL ? text : "";
}

void page_put(struct page *page, const char *text) {
    buffer_append_text(&page->out, text);
}

void page_print(struct page *page, const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) >= 0) page_put(page, text);
    va_end(arguments);
    free(text);
}

void page_put_place(struct page *page, const json_t *question) {
    const char *difficulty = page_member(question, "difficulty");
    const char *section = page_member(json_object_get(question, "section"), "title");
    page_put(page, difficulty);
    if (difficulty[0] != '\0' && section[0] != '\0') page_put(page, " · ");
    page_put(page, section);
}

void page_put_texts(struct page *page, const json_t *question, page_put_text *put) {
    const json_t *context = json_object_get(question, "context");
    for (size_t i = 0; i < json_array_size(context); i++)
        put(page, json_string_value(json_array_get(context, i)));
    put(page, page_member(question, "question"));
}

/* A question of the day has its day above it. */
static void put_list(struct page *page, const struct page_kind *kind, const json_t *json,
                     const char *next) {
    const json_t *items = json_object_get(json, "items"), *dates = json_object_get(json, "dates");
    size_t count = json_array_size(items);
    kind->begin(page, "Questions");
    for (size_t i = 0; i < count; i++) {
        const char *date = json_string_value(json_array_get(dates, i));
        if (i > 0) kind->separate(page);
        if (date != NULL) kind->notice(page, date);
        kind->question(page, json_array_get(items, i));
    }
    if (count == 0) kind->notice(page, "No question is like that.");
    if (next != NULL) kind->next(page, next);
    kind->end(page);
}

static void put_document(struct page *page, const struct page_kind *kind, const json_t *json,
                         const char *next) {
    if (json_object_get(json, "items") != NULL) {
        put_list(page, kind, json, next);
        return;
    }
    bool is_answer = json_object_get(json, "question_id") != NULL;
    kind->begin(page, is_answer ? "Answer" : "Question");
    if (is_answer)
        kind->answer(page, json);
    else
        kind->question(page, json);
    kind->end(page);
}

/* A name or an address, perhaps with a port (RFC 3986, section 3.2): nothing that a shell or a
 * terminal could take for more. */
static bool is_printable_host(const char *host) {
    enum { HOST_MAX = 255 };
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                  ".-:";
    if (host == NULL || host[0] == '\0' || host[0] == '-' || strlen(host) > HOST_MAX) return false;
    return strspn(host, allowed) == strlen(host);
}

static json_t *take_json(struct response *response) {
    json_t *json = response->json != NULL ? json_incref(response->json)
                                          : json_loadb(response->body, response->size, 0, NULL);
    free(response->body);
    response->body = NULL;
    return json;
}

enum problem page_make(const struct request *request, struct response *response) {
    static const struct page_kind *const kinds[MEDIA_COUNT] = {
        [MEDIA_TEXT] = &page_text, [MEDIA_MARKDOWN] = &page_markdown, [MEDIA_HTML] = &page_html};
    const struct page_kind *kind = kinds[request->media];
    bool has_host = request->media == MEDIA_TEXT && is_printable_host(request->host);
    struct page page = {.host = has_host ? request->host : ""};
    json_t *json = take_json(response);
    if (json == NULL) return PROBLEM_INTERNAL;
    put_document(&page, kind, json, response->next);
    buffer_blank_controls(&page.out);
    json_decref(json);
    response->names_host = request->media == MEDIA_TEXT;
    response->content_type = kind->content_type;
    response->policy = kind->policy;
    response->size = page.out.size;
    response->body = buffer_steal(&page.out);
    return PROBLEM_NONE;
}
