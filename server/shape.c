#include "server/shape.h"

#include <stdlib.h>

#include "server/highlight.h"
#include "server/items.h"
#include "server/json_skim.h"
#include "server/names.h"
#include "server/parameters.h"

/* In the order in which they stand in a question (server/encode.c). */
static const char *const fields[] = {"id",     "difficulty", "question",  "context", "section",
                                     "source", "answer",     "highlight", NULL};
enum {
    ALL_FIELDS = (1u << 8) - 1,
    FIELDS_TEXT = 1u << 2 | 1u << 3, /* those that can be cut: question and context */
    FIELD_ANSWER = 1u << 6,
    FIELD_HIGHLIGHT = 1u << 7
};

static const char *const included[] = {"answer", NULL};

enum problem shape_read(const struct request *request, struct response *response,
                        struct shape *ret_shape) {
    unsigned kept, includes;
    enum problem problem = names_read(request, response, "fields", fields, &kept);
    if (problem == PROBLEM_NONE)
        problem = names_read(request, response, "include", included, &includes);
    if (problem != PROBLEM_NONE) return problem;
    if (includes != 0) problem = parameter_bulk_answers(request, response, "include");
    if (problem != PROBLEM_NONE) return problem;
    if (includes != 0 && kept != 0 && !(kept & FIELD_ANSWER))
        return response_fail(response, PROBLEM_INVALID_PARAMETER, "fields",
                             "It leaves out 'answer', which 'include' asks for.");
    struct text_form form;
    problem = text_form_read(request, response, &form);
    if (problem == PROBLEM_NONE)
        *ret_shape = (struct shape){.fields = kept, .answers = includes != 0, .form = form};
    return problem;
}

/* ---- one question -----------------------------------------------------------------------------
 */

struct cutting {
    const struct shape *shape;
    struct store *store;
    struct json_text *text;
    const char *separator; /* before the next member: "{" or "," */
};

static void write_answer_text(struct json_text *text, const struct text_form *form,
                              const char *answer) {
    struct rendering rendering = render(answer, form->markup, form->max_length);
    json_text_literal(text, ",\"text\":");
    json_text_string(text, rendering.text);
    if (rendering.truncated) json_text_literal(text, ",\"truncated\":true");
    free(rendering.text);
}

/* The value of `answer`, with the text of the answer if there is one. */
static enum store_status write_answer(const struct cutting *cutting, uint32_t position,
                                      const char *value, const char *end) {
    char *answer;
    enum store_status status = store_answer_at(cutting->store, position, &answer);
    if (status != STORE_OK) return status;
    if (answer != NULL) {
        json_text_append(cutting->text, value, (size_t)(end - value) - 1);
        write_answer_text(cutting->text, &cutting->shape->form, answer);
        json_text_literal(cutting->text, "}");
    } else {
        json_text_append(cutting->text, value, (size_t)(end - value));
    }
    free(answer);
    return STORE_OK;
}

/* The member, unless nothing in it would be marked. */
static void write_highlight(struct cutting *cutting, const char *question, const struct span *marks,
                            size_t count) {
    struct json_text *text = cutting->text;
    size_t start = text->size;
    json_text_append(text, cutting->separator, 1);
    json_text_literal(text, "\"highlight\":");
    if (highlight_write(text, &cutting->shape->form, question, marks, count))
        cutting->separator = ",";
    else
        text->size = start;
}

/* The highlight is of the question as it is in the bank, whatever stands in its JSON. */
static void take_highlight(void *context, uint32_t position, const struct question *question) {
    struct cutting *cutting = context;
    struct span *marks;
    size_t count;
    (void)position;
    if (listing_mark(cutting->shape->found_by, question->text, &marks, &count) != STORE_OK) {
        cutting->text->failed = true;
        return;
    }
    if (count > 0) write_highlight(cutting, question->text, marks, count);
    free(marks);
}

/* Appends a member of the question's JSON, `name` with its quotes and colon. */
static enum store_status write_member(struct cutting *cutting, unsigned field, uint32_t position,
                                      const char *name, const char *value, const char *end) {
    json_text_append(cutting->text, cutting->separator, 1);
    json_text_append(cutting->text, name, (size_t)(value - name));
    cutting->separator = ",";
    if (field == FIELD_ANSWER && cutting->shape->answers)
        return write_answer(cutting, position, value, end);
    json_text_append(cutting->text, value, (size_t)(end - value));
    return STORE_OK;
}

/* Takes over "truncated":true, which stands last and is of no use without the texts. */
static const char *write_truncated(struct cutting *cutting, const char *name) {
    const char *end = json_skim(json_skim(name) + 1);
    unsigned kept = cutting->shape->fields;
    if (kept == 0 || (kept & FIELDS_TEXT) != 0) {
        json_text_append(cutting->text, cutting->separator, 1);
        json_text_append(cutting->text, name, (size_t)(end - name));
        cutting->separator = ",";
    }
    return end + 1;
}

/* Appends what is wanted of the question whose JSON begins at *json, and moves on to its end. */
static enum store_status write_question(struct cutting *cutting, uint32_t position,
                                        const char **json) {
    const char *at = *json + 1;
    unsigned kept = cutting->shape->fields != 0 ? cutting->shape->fields : ALL_FIELDS;
    enum store_status status = STORE_OK;
    cutting->separator = "{";
    for (unsigned field = 1; field <= FIELD_ANSWER && status == STORE_OK; field <<= 1) {
        const char *name = at, *value = json_skim(name) + 1, *end = json_skim(value);
        if (kept & field) status = write_member(cutting, field, position, name, value, end);
        at = end + 1; /* behind the comma, or the question's closing brace */
    }
    if (at[-1] == ',') at = write_truncated(cutting, at);
    if (status == STORE_OK && cutting->shape->found_by != NULL && kept & FIELD_HIGHLIGHT)
        status = store_questions_at(cutting->store, &position, 1, take_highlight, cutting);
    if (*cutting->separator == '{') json_text_literal(cutting->text, "{");
    json_text_literal(cutting->text, "}");
    *json = at;
    return status;
}

/* ---- all of them ------------------------------------------------------------------------------
 */

/* Cuts each question out of the list in `whole`. */
static enum store_status write_questions(struct cutting *cutting, const char *whole,
                                         const uint32_t *positions, size_t count) {
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < count && status == STORE_OK; i++) {
        if (i > 0) json_text_literal(cutting->text, ",");
        status = write_question(cutting, positions[i], &whole);
        whole++; /* behind the comma */
    }
    return status;
}

enum store_status shape_write(const struct shape *shape, struct items *items, struct store *store,
                              const uint32_t *positions, size_t count, struct json_text *text) {
    if (shape->fields == 0 && !shape->answers && shape->found_by == NULL)
        return items_write(items, store, &shape->form, positions, count, text);
    struct json_text whole = {0};
    struct cutting cutting = {.shape = shape, .store = store, .text = text};
    enum store_status status = items_write(items, store, &shape->form, positions, count, &whole);
    if (whole.failed) text->failed = true;
    if (status == STORE_OK && !whole.failed)
        status = write_questions(&cutting, whole.data, positions, count);
    json_text_free(&whole);
    return status;
}
