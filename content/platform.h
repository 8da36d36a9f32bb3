/* How the readers of plain text and of chat messages want it: what is written around what, what is
 * escaped, how characters are counted. Pure.
 *
 * Slack:    "Formatting text for app surfaces" (mrkdwn): only `&`, `<` and `>` have escapes; the
 *           limits are those of a section block's text, 3,000, and of a message, 40,000.
 * Discord:  "Markdown Text 101", the API's "Message formatting"; 2,000 to a message.
 * Telegram: Bot API, "MarkdownV2 style"; 4,096 to a message after its entities are parsed, so that
 *           marks, escapes and the targets of links do not count.
 * Chats count UTF-16 code units here, which is what Telegram does and never less than what the
 * others do; plain text counts code points. */
#ifndef QBANK_CONTENT_PLATFORM_H
#define QBANK_CONTENT_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "content/buffer.h"
#include "content/sheet.h"

/* A stretch of text that is to be escaped. */
typedef void platform_write(struct buffer *out, const char *text, size_t size);

struct platform {
    bool is_chat;
    enum sheet_unit unit;
    bool is_markup_free; /* marks, escapes and targets that links hide are not counted */
    size_t limit;        /* by default; 0: none */
    size_t limit_max;    /* the greatest that there is */
    const char *strong, *emphasis, *strike; /* NULL: dropped */
    const char *match;                      /* around what a search has found */
    const char *shy_marks; /* their characters, which are text within words; NULL: none */
    const char *bullet;
    const char *quote;           /* before every line; quotes in anything else have INNER_QUOTE */
    const char *number_end;      /* behind the number of a list's item */
    unsigned heading_levels;     /* that have `#`s; others are bold */
    bool has_bare_links;         /* `<URL>`, which a link has to be whose label is its URL */
    bool is_code_alone;          /* code cannot stand inside emphasis */
    platform_write *escape;      /* a word */
    platform_write *escape_line; /* the first word of a line */
    platform_write *code;        /* code in a line; NULL: as plain text */
    platform_write *code_block;  /* the text of a code block, between fences */
    /* NULL: as plain text with the URL behind it. The label is escaped already. */
    void (*link)(struct buffer *out, const struct buffer *label, const struct buffer *url);
};

#define PLATFORM_INNER_QUOTE "│ "

extern const struct platform platform_text, platform_slack, platform_discord, platform_telegram;

#endif
