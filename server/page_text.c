/* Pages for a terminal. */
#include <stdio.h>
#include <string.h>

#include "server/page_internal.h"

static void begin(struct page *page, const char *title) {
    (void)page;
    (void)title;
}

static void put_command(struct page *page, const char *target) {
    if (page->host[0] == '\0') {
        page_print(page, "GET %s\n", target);
        return;
    }
    const char *quote = strpbrk(target, "?&") != NULL ? "'" : "";
    page_print(page, "curl -H 'Accept: text/plain' %s%s%s%s\n", quote, page->host, target, quote);
}

static void put_paragraph(struct page *page, const char *text) {
    if (text[0] != '\0') page_print(page, "%s\n\n", text);
}

static void put_answer(struct page *page, const json_t *answer) {
    const char *url = page_member(answer, "url");
    put_paragraph(page, page_member(answer, "text"));
    if (json_object_get(answer, "text") == NULL && url[0] != '\0') put_command(page, url);
    if (answer != NULL && url[0] == '\0') page_put(page, "There is no answer.\n");
}

static void separate(struct page *page) {
    buffer_trim_end(&page->out);
    page_put(page, "\n\n────────\n\n");
}

static void question(struct page *page, const json_t *question) {
    size_t start = page->out.size;
    page_put_place(page, question);
    if (page->out.size > start) page_put(page, "\n\n");
    page_put_texts(page, question, put_paragraph);
    put_answer(page, json_object_get(question, "answer"));
}

static void answer(struct page *page, const json_t *answer) {
    const char *id = page_member(answer, "question_id");
    json_int_t step = json_integer_value(json_object_get(answer, "step"));
    char target[128];
    put_paragraph(page, page_member(answer, "answer"));
    if (json_is_true(json_object_get(answer, "done"))) return;
    snprintf(target, sizeof(target), "/v1/questions/%s/answer?step=%d", id, (int)step + 1);
    put_command(page, target);
}

static void notice(struct page *page, const char *text) {
    page_print(page, "%s\n\n", text);
}

static void next(struct page *page, const char *target) {
    separate(page);
    page_put(page, "There are more:\n");
    put_command(page, target);
}

static void end(struct page *page) {
    buffer_trim_end(&page->out);
    page_put(page, "\n");
}

const struct page_kind page_text = {.content_type = "text/plain; charset=utf-8",
                                    .begin = begin,
                                    .separate = separate,
                                    .question = question,
                                    .answer = answer,
                                    .notice = notice,
                                    .next = next,
                                    .end = end};
