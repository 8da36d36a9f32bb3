/* Markdown as markup of the caller's choice. Pure.
 *
 * markdown   as it is
 * html       safe to insert into a page: raw HTML is text, links and images lead to http, https,
 *            mailto and relative targets only. Formulas keep their TeX, in
 *            <span class="math inline">\(…\)</span> and <div class="math display">\[…\]</div> (a
 *            <span> where no <div> may stand), for KaTeX or MathJax.
 * page       the same to be read without scripts: formulas as in plain text
 * text       for a terminal: lists, aligned tables, "text <url>", readable formulas
 * slack      mrkdwn, for the text of a block or a message
 * discord    Discord's Markdown
 * telegram   the Bot API's MarkdownV2
 *
 * Time is linear in the size of the text but for what md4c makes of it. Memory: content/memory.h.
 */
#ifndef QBANK_CONTENT_RENDER_H
#define QBANK_CONTENT_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "content/span.h"

enum markup {
    MARKUP_MARKDOWN,
    MARKUP_HTML,
    MARKUP_PAGE,
    MARKUP_TEXT,
    MARKUP_SLACK,
    MARKUP_DISCORD,
    MARKUP_TELEGRAM,
    MARKUP_COUNT
};

/* "markdown", "html", …: static strings; NULL for a page, which is no choice of callers. */
const char *markup_name(enum markup markup);

/* Reads such a name; false, *ret untouched, for anything else. */
bool markup_parse(const char *name, enum markup *ret_markup);

/* The greatest length that a text may be cut to: what a chat takes in one message. 0: it cannot be
 * cut, for Markdown and HTML have no end that is safe to cut at. */
size_t markup_length_max(enum markup markup);

/* The length that a text is cut to where none is asked for: a chat's own limit. 0: it is not cut.
 */
size_t markup_length_default(enum markup markup);

struct rendering {
    char *text;     /* UTF-8, owned by the caller */
    bool truncated; /* it ends in "…" because there was no room for all of it */
    bool has_match; /* something that a search has found is in it, marked */
};

/* Renders UTF-8 without NUL. `max_length` is the most characters that the text may have, as the
 * platform counts them (content/platform.h); 0: the limit of the platform for one message, none for
 * the others. Nothing is cut through: neither words, links, formulas, code and tables nor escapes.
 */
struct rendering render(const char *markdown, enum markup markup, size_t max_length);

/* The same for the title of a section: one line of inlines, with no block around it, whole. */
struct rendering render_title(const char *markdown, enum markup markup);

/* Stands in text before and behind what a search has found. There is no other one. */
#define RENDER_MATCH "\1"

/* The same for a question that a search has found, `marks` being what matches of it, in order: in
 * <mark>, in RENDER_MATCH for text, bold in chats, where nothing else is bold then. Of a long one
 * it is an excerpt (content/excerpt.h) with "…" where something is left out. What cannot be marked
 * is as it is without: formulas, targets of links, and in text and chats tables and blocks of code;
 * there code is marked whole, and in chats links are. Not for Markdown. */
struct rendering render_matches(const char *markdown, const struct span *marks, size_t mark_count,
                                enum markup markup, size_t max_length);

#endif
