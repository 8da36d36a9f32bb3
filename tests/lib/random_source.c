#include "tests/lib/random_source.h"

#include <stdint.h>
#include <string.h>

#include "content/buffer.h"

static const char *const lines[] = {
    "[E] What is it?",
    "- [M] Why? {#%}",
    "1. [H] How?",
    "  - [E] Which % of them",
    "   2) [Hard] % and `code`?",
    "## [M] A heading %?",
    "### [E] Deeper # {.x}",
    "**[E] Who?** It is %.",
    "\\[E\\] escaped %?",
    "Q3: [M] - what % says?",
    "[E]",
    "[E] : : double %",
    "[E] [M] two {#a} {#!}",
    "[E] ends in \\",
    "# Section %",
    "## Section % {#sub%}",
    "#### Deep #%",
    "# % {.file}",
    "## {.end}",
    "# {.file}",
    "Title %",
    "===",
    "---",
    "***",
    "Answer: yes, %.",
    "Ans. Answer: twice",
    "A: [p] and [q].",
    "[p]: https://example.org/%",
    "  [E]: https://example.org/tag",
    "> quoted %",
    "> - [E] In a quote?",
    "```",
    "````markdown as-is",
    "~~~ c",
    "    indented code",
    "\ttab",
    "  \ttab in it",
    "- item %",
    "  - nested",
    "1. one",
    "9) nine",
    "$$",
    "x $$ y",
    "$$ a $$",
    "- Given %:",
    "  Given more",
    "<div>",
    "</div>",
    "<!-- comment %",
    "-->",
    "<!-- [E] whole -->",
    "{: .kramdown}",
    "| a | b |",
    "| - | - |",
    "![](picture.png)",
    "text with `code and [E] tag",
    "text [E]",
    "two blanks  ",
    "backslash\\",
    " ",
    "[H] hard questions",
    "*easy*",
    "\u00e9t\u00e9 \u2013 [M]?",
};
enum { LINE_COUNT = sizeof(lines) / sizeof(lines[0]) };

/* Knuth's MMIX generator. */
static unsigned choose(uint64_t *state, unsigned count) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % count;
}

static void append_line(struct buffer *text, const char *line, unsigned number) {
    for (const char *at = line; *at != '\0'; at++) {
        char digit = (char)('0' + number % 10);
        buffer_append(text, *at == '%' ? &digit : at, 1);
    }
    buffer_append(text, "\n", 1);
}

char *random_source(unsigned number) {
    struct buffer text = {0};
    uint64_t state = number;
    for (unsigned left = 4 + choose(&state, 20); left > 0; left--) {
        if (choose(&state, 4) == 0) buffer_append_blanks(&text, choose(&state, 7));
        const char *line = lines[choose(&state, LINE_COUNT)];
        append_line(&text, line, choose(&state, 10));
        if (choose(&state, 2) == 0) buffer_append(&text, "\n", 1);
    }
    return buffer_steal(&text);
}
