/* What the kinds of pages share. */
#ifndef QBANK_SERVER_PAGE_INTERNAL_H
#define QBANK_SERVER_PAGE_INTERNAL_H

#include <jansson.h>

#include "content/buffer.h"
#include "server/request.h"

struct page {
    const char *host; /* safe to print, or "" */
    struct buffer out;
};

/* One kind of page. Members of the JSON may be missing: `fields` leaves them out. */
struct page_kind {
    const char *content_type;
    const char *policy; /* Content-Security-Policy, or NULL */
    void (*begin)(struct page *page, const char *title);
    void (*separate)(struct page *page); /* between questions */
    void (*question)(struct page *page, const json_t *question);
    void (*answer)(struct page *page, const json_t *answer);
    void (*notice)(struct page *page, const char *text); /* plain text */
    void (*next)(struct page *page, const char *target); /* of the next page of the list */
    void (*end)(struct page *page);
};

extern const struct page_kind page_text, page_markdown, page_html;

/* The text at that member, "" where there is none. */
const char *page_member(const json_t *json, const char *name);

void page_put(struct page *page, const char *text);
__attribute__((format(printf, 2, 3))) void page_print(struct page *page, const char *format, ...);

/* "easy", "easy · Norms": what stands above a question, as far as it is known. */
void page_put_place(struct page *page, const json_t *question);

/* Puts the context and the question itself, each as `put` does; "" where there is none. */
typedef void page_put_text(struct page *page, const char *text);
void page_put_texts(struct page *page, const json_t *question, page_put_text *put);

#endif
