/* Pages in Markdown, with links. */
#include "server/page_internal.h"

static void begin(struct page *page, const char *title) {
    page_print(page, "# %s\n", title);
}

static void put_paragraph(struct page *page, const char *text) {
    if (text[0] != '\0') page_print(page, "\n%s\n", text);
}

static void separate(struct page *page) {
    page_put(page, "\n---\n");
}

static void question(struct page *page, const json_t *question) {
    const json_t *answer = json_object_get(question, "answer");
    const char *url = page_member(answer, "url");
    page_put(page, "\n## ");
    page_put_place(page, question);
    page_put(page, "\n");
    page_put_texts(page, question, put_paragraph);
    put_paragraph(page, page_member(answer, "text"));
    if (url[0] != '\0') page_print(page, "\n[Answer](%s)\n", url);
}

static void answer(struct page *page, const json_t *answer) {
    const char *id = page_member(answer, "question_id");
    json_int_t step = json_integer_value(json_object_get(answer, "step"));
    put_paragraph(page, page_member(answer, "answer"));
    if (!json_is_true(json_object_get(answer, "done")))
        page_print(page, "\n[Next step](/v1/questions/%s/answer?step=%d)\n", id, (int)step + 1);
    page_print(page, "\n[Question](/v1/questions/%s)\n", id);
}

static void notice(struct page *page, const char *text) {
    put_paragraph(page, text);
}

static void next(struct page *page, const char *target) {
    page_print(page, "\n---\n\n[More questions](%s)\n", target);
}

static void end(struct page *page) {
    (void)page;
}

const struct page_kind page_markdown = {.content_type = "text/markdown; charset=utf-8",
                                        .begin = begin,
                                        .separate = separate,
                                        .question = question,
                                        .answer = answer,
                                        .notice = notice,
                                        .next = next,
                                        .end = end};
