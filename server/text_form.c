#include "server/text_form.h"

#include <stdlib.h>

#include "content/memory.h"
#include "server/parameters.h"

static enum markup page_markup(enum media media) {
    static const enum markup markups[MEDIA_COUNT] = {[MEDIA_JSON] = MARKUP_MARKDOWN,
                                                     [MEDIA_TEXT] = MARKUP_TEXT,
                                                     [MEDIA_MARKDOWN] = MARKUP_MARKDOWN,
                                                     [MEDIA_HTML] = MARKUP_PAGE};
    return markups[media];
}

static enum problem refuse_on_page(const struct request *request, struct response *response) {
    static const char *const names[] = {"markup", "max_length"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (request_parameter(request, names[i]) == NULL) continue;
        return response_fail(response, PROBLEM_INVALID_PARAMETER, names[i],
                             "It is for JSON; a page is in the markup that Accept asks for.");
    }
    return PROBLEM_NONE;
}

static enum problem read_markup(const struct request *request, struct response *response,
                                enum markup *ret_markup) {
    const char *name = request_parameter(request, "markup");
    *ret_markup = MARKUP_MARKDOWN;
    if (name == NULL || markup_parse(name, ret_markup)) return PROBLEM_NONE;
    return parameter_refuse(response, "markup", name,
                            "it is one of markdown, html, text, slack, discord and telegram.");
}

static enum problem read_length(const struct request *request, struct response *response,
                                struct text_form *form) {
    unsigned most = (unsigned)markup_length_max(form->markup);
    if (request_parameter(request, "max_length") == NULL) return PROBLEM_NONE;
    if (most == 0)
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "max_length",
                             "It goes with markup=text, slack, discord or telegram: nothing else "
                             "can be cut.");
    return parameter_number(request, response, "max_length", 1, most, 0, &form->max_length);
}

enum problem text_form_read(const struct request *request, struct response *response,
                            struct text_form *ret_form) {
    struct text_form form = {.markup = page_markup(request->media)};
    enum problem problem = PROBLEM_NONE;
    if (request->media != MEDIA_JSON) {
        problem = refuse_on_page(request, response);
    } else {
        problem = read_markup(request, response, &form.markup);
        if (problem == PROBLEM_NONE) problem = read_length(request, response, &form);
    }
    if (problem == PROBLEM_NONE) *ret_form = form;
    return problem;
}

static char *render_into(const struct text_form *form, const char *markdown, bool *truncated) {
    struct rendering rendering = render(markdown, form->markup, form->max_length);
    *truncated |= rendering.truncated;
    return rendering.text;
}

char *text_form_title(const struct text_form *form, const char *title) {
    return render_title(title, form->markup).text;
}

void text_form_put_title(const struct text_form *form, char **title) {
    char *shown = text_form_title(form, *title);
    free(*title);
    *title = shown;
}

void text_form_question(const struct text_form *form, const struct question *question,
                        struct question *ret_question, bool *ret_truncated) {
    *ret_question = *question;
    *ret_truncated = false;
    ret_question->text = render_into(form, question->text, ret_truncated);
    ret_question->section.title = text_form_title(form, question->section.title);
    ret_question->context = memory_alloc(question->context_count * sizeof(char *));
    for (size_t i = 0; i < question->context_count; i++)
        ret_question->context[i] = render_into(form, question->context[i], ret_truncated);
}

void text_form_free(struct question *question) {
    for (size_t i = 0; i < question->context_count; i++) free(question->context[i]);
    free(question->context);
    free(question->section.title);
    free(question->text);
    *question = (struct question){0};
}
