/* Pages for a browser. */
#include <stdio.h>
#include <string.h>

#include "content/render_html.h"
#include "server/page_internal.h"

/* Texts come as HTML that is safe to insert; the policy holds even if they were not, and in the
 * page itself also for who has saved it. */
#define POLICY "default-src 'none'; img-src *; base-uri 'none'; form-action 'none'"

static void begin(struct page *page, const char *title) {
    page_print(page,
               "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width\">\n"
               "<meta http-equiv=\"Content-Security-Policy\" "
               "content=\"" POLICY "\">\n"
               "<title>%s · qbank</title>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n",
               title, title);
}

static void put_link(struct page *page, const char *target, const char *text) {
    page_put(page, "<p><a href=\"");
    render_html_escape(&page->out, target, strlen(target));
    page_print(page, "\">%s</a></p>\n", text);
}

static void put_text(struct page *page, const char *html) {
    if (html[0] != '\0') page_print(page, "%s\n", html);
}

static void put_answer(struct page *page, const json_t *answer) {
    const char *url = page_member(answer, "url"), *text = page_member(answer, "text");
    if (text[0] != '\0')
        page_print(page, "<details>\n<summary>Answer</summary>\n%s\n</details>\n", text);
    else if (url[0] != '\0')
        put_link(page, url, "Answer");
}

static void separate(struct page *page) {
    (void)page;
}

static void question(struct page *page, const json_t *question) {
    page_put(page, "<article>\n<h2>");
    page_put_place(page, question);
    page_put(page, "</h2>\n");
    page_put_texts(page, question, put_text);
    put_answer(page, json_object_get(question, "answer"));
    page_put(page, "</article>\n");
}

static void answer(struct page *page, const json_t *answer) {
    const char *id = page_member(answer, "question_id");
    char target[128];
    json_int_t step = json_integer_value(json_object_get(answer, "step"));
    put_text(page, page_member(answer, "answer"));
    snprintf(target, sizeof(target), "/v1/questions/%s/answer?step=%d", id, (int)step + 1);
    if (!json_is_true(json_object_get(answer, "done"))) put_link(page, target, "Next step");
    snprintf(target, sizeof(target), "/v1/questions/%s", id);
    put_link(page, target, "Question");
}

static void notice(struct page *page, const char *text) {
    page_print(page, "<p>%s</p>\n", text);
}

static void next(struct page *page, const char *target) {
    put_link(page, target, "More questions");
}

static void end(struct page *page) {
    page_put(page, "</main>\n</body>\n</html>\n");
}

const struct page_kind page_html = {.content_type = "text/html; charset=utf-8",
                                    .policy = POLICY "; frame-ancestors 'none'",
                                    .begin = begin,
                                    .separate = separate,
                                    .question = question,
                                    .answer = answer,
                                    .notice = notice,
                                    .next = next,
                                    .end = end};
