#include <stdlib.h>
#include <string.h>

#include "content/steps.h"
#include "db/store.h"
#include "server/handlers/handlers.h"
#include "server/parameters.h"
#include "server/text_form.h"

/* The first steps, which are Markdown of their own, in the form that is asked for. */
static struct rendering render_steps(const char *answer, unsigned step,
                                     const struct text_form *form) {
    char *steps = strndup(answer, steps_prefix(answer, step));
    if (steps == NULL) return (struct rendering){0};
    struct rendering rendering = render(steps, form->markup, form->max_length);
    free(steps);
    return rendering;
}

static enum problem reveal(const struct request *request, struct response *response,
                           const char *answer) {
    unsigned total = steps_count(answer), step;
    struct text_form form;
    if (total == 0) return PROBLEM_NO_ANSWER;
    enum problem problem = parameter_number(request, response, "step", 1, total, total, &step);
    if (problem == PROBLEM_NONE) problem = text_form_read(request, response, &form);
    if (problem != PROBLEM_NONE) return problem;
    struct rendering rendering = render_steps(answer, step, &form);
    response->json = json_pack("{s:s, s:s, s:I, s:I, s:b}", "question_id", request->variables[0],
                               "answer", rendering.text, "step", (json_int_t)step, "steps_total",
                               (json_int_t)total, "done", step == total);
    if (rendering.truncated) json_object_set_new(response->json, "truncated", json_true());
    free(rendering.text);
    return PROBLEM_NONE;
}

enum problem handle_answer(struct store *store, const struct request *request,
                           struct response *response) {
    char *answer;
    char moved_to[QUESTION_ID_MAX + 1];
    if (!handlers_has_bank(store)) return PROBLEM_NO_SUCH_QUESTION;
    enum store_status status = store_answer(store, request->variables[0], &answer, moved_to);
    if (status != STORE_OK) {
        return handlers_lookup_problem(store, request, response, status, moved_to, "/answer");
    }
    enum problem problem = reveal(request, response, answer);
    free(answer);
    return problem;
}
