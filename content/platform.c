#include "content/platform.h"

#include <string.h>

#include "content/render.h"

/* Shown as nothing; breaks what would be read as markup. */
static const char INVISIBLE[] = "\u200b";

/* Backticks around a block of code. */
enum { FENCE = 3 };

static void append_plain(struct buffer *out, const char *text, size_t size) {
    buffer_append(out, text, size);
}

/* A backslash before each of these characters. */
static void append_escaped(struct buffer *out, const char *text, size_t size, const char *special) {
    size_t begin = 0;
    for (size_t i = 0; i < size; i++) {
        if (strchr(special, text[i]) == NULL) continue;
        buffer_append(out, text + begin, i - begin);
        buffer_append_text(out, "\\");
        begin = i;
    }
    buffer_append(out, text + begin, size - begin);
}

/* Backticks around code have no escape: of those inside, the one that would make `most` in a row is
 * kept apart. */
static void append_fenced(struct buffer *out, const char *text, size_t size, unsigned most,
                          platform_write *escape) {
    unsigned run = 0;
    for (size_t i = 0; i < size; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        if (run == most) {
            buffer_append_text(out, INVISIBLE);
            run = 1;
        }
        escape(out, text + i, 1);
    }
}

/* ---- Slack ----------------------------------------------------------------------------------- */

static void slack_escape(struct buffer *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '&')
            buffer_append_text(out, "&amp;");
        else if (text[i] == '<')
            buffer_append_text(out, "&lt;");
        else if (text[i] == '>')
            buffer_append_text(out, "&gt;");
        else
            buffer_append(out, text + i, 1);
    }
}

/* A backtick cannot stand in code: its look-alike does. */
static void slack_code(struct buffer *out, const char *text, size_t size) {
    buffer_append_text(out, "`");
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '`')
            buffer_append_text(out, "\u02cb");
        else
            slack_escape(out, text + i, 1);
    }
    buffer_append_text(out, "`");
}

static void slack_code_block(struct buffer *out, const char *text, size_t size) {
    append_fenced(out, text, size, FENCE, slack_escape);
}

/* `|` and `>` would end the target; url_append() has encoded them. */
static void slack_link(struct buffer *out, const struct buffer *label, const struct buffer *url) {
    buffer_append_text(out, "<");
    slack_escape(out, url->data, url->size);
    buffer_append_text(out, "|");
    buffer_append(out, label->data, label->size);
    buffer_append_text(out, ">");
}

/* ---- Discord --------------------------------------------------------------------------------- */

/* Nobody is to be called by a question: mentions of all have no escape. */
static bool is_mention(const char *text, size_t size) {
    static const char *const names[] = {"@everyone", "@here"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (size >= strlen(names[i]) && memcmp(text, names[i], strlen(names[i])) == 0) return true;
    return false;
}

static void discord_escape(struct buffer *out, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        append_escaped(out, text + i, 1, "\\*_~`|<>[]");
        if (is_mention(text + i, size - i)) buffer_append_text(out, INVISIBLE);
    }
}

/* A quote, a heading, small print, a list. */
static void discord_escape_line(struct buffer *out, const char *text, size_t size) {
    size_t digits = strspn(text, "0123456789");
    bool is_number = digits > 0 && digits < size && text[digits] == '.';
    if (is_number) {
        buffer_append(out, text, digits);
        buffer_append_text(out, "\\");
        discord_escape(out, text + digits, size - digits);
        return;
    }
    if (size > 0 && strchr("#-+", text[0]) != NULL) buffer_append_text(out, "\\");
    discord_escape(out, text, size);
}

/* More backticks around than inside, as in Markdown. */
static void discord_code(struct buffer *out, const char *text, size_t size) {
    bool has_tick = memchr(text, '`', size) != NULL;
    buffer_append_text(out, has_tick ? "`` " : "`");
    append_fenced(out, text, size, 2, append_plain);
    buffer_append_text(out, has_tick ? " ``" : "`");
}

static void discord_code_block(struct buffer *out, const char *text, size_t size) {
    append_fenced(out, text, size, FENCE, append_plain);
}

static void discord_link(struct buffer *out, const struct buffer *label, const struct buffer *url) {
    buffer_append_text(out, "[");
    buffer_append(out, label->data, label->size);
    buffer_append_text(out, "](");
    buffer_append(out, url->data, url->size);
    buffer_append_text(out, ")");
}

/* ---- Telegram -------------------------------------------------------------------------------- */

static void telegram_escape(struct buffer *out, const char *text, size_t size) {
    append_escaped(out, text, size, "\\_*[]()~`>#+-=|{}.!");
}

static void telegram_code_block(struct buffer *out, const char *text, size_t size) {
    append_escaped(out, text, size, "\\`");
}

static void telegram_code(struct buffer *out, const char *text, size_t size) {
    buffer_append_text(out, "`");
    telegram_code_block(out, text, size);
    buffer_append_text(out, "`");
}

static void telegram_link(struct buffer *out, const struct buffer *label,
                          const struct buffer *url) {
    buffer_append_text(out, "[");
    buffer_append(out, label->data, label->size);
    buffer_append_text(out, "](");
    append_escaped(out, url->data, url->size, "\\)");
    buffer_append_text(out, ")");
}

/* ---- the platforms --------------------------------------------------------------------------- */

const struct platform platform_text = {
    .unit = SHEET_CODE_POINTS,
    .is_markup_free = true,
    .limit_max = 1000000,
    .match = RENDER_MATCH,
    .bullet = "• ",
    .quote = "> ",
    .number_end = ". ",
    .escape = append_plain,
    .escape_line = append_plain,
};

const struct platform platform_slack = {
    .is_chat = true,
    .unit = SHEET_UTF16,
    .limit = 3000,
    .limit_max = 40000,
    .match = "*",
    .strong = "*",
    .emphasis = "_",
    .strike = "~",
    .shy_marks = "*_~",
    .bullet = "• ",
    .quote = "> ",
    .number_end = ". ",
    .has_bare_links = true,
    .escape = slack_escape,
    .escape_line = slack_escape,
    .code = slack_code,
    .code_block = slack_code_block,
    .link = slack_link,
};

const struct platform platform_discord = {
    .is_chat = true,
    .unit = SHEET_UTF16,
    .limit = 2000,
    .limit_max = 2000,
    .match = "**",
    .strong = "**",
    .emphasis = "_",
    .strike = "~~",
    .shy_marks = "_",
    .bullet = "- ",
    .quote = "> ",
    .number_end = ". ",
    .heading_levels = 3,
    .has_bare_links = true,
    .escape = discord_escape,
    .escape_line = discord_escape_line,
    .code = discord_code,
    .code_block = discord_code_block,
    .link = discord_link,
};

const struct platform platform_telegram = {
    .is_chat = true,
    .unit = SHEET_UTF16,
    .is_markup_free = true,
    .limit = 4096,
    .limit_max = 4096,
    .match = "*",
    .strong = "*",
    .emphasis = "_",
    .strike = "~",
    .bullet = "• ",
    .quote = ">",
    .number_end = "\\. ",
    .is_code_alone = true,
    .escape = telegram_escape,
    .escape_line = telegram_escape,
    .code = telegram_code,
    .code_block = telegram_code_block,
    .link = telegram_link,
};
