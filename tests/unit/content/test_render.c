#include "content/render.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "content/parse.h"

struct example {
    const char *markdown, *expected;
};

static void expect_all(enum markup markup, const struct example *examples, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct rendering rendering = render(examples[i].markdown, markup, 0);
        cr_expect(eq(str, rendering.text, (char *)examples[i].expected), "%s",
                  examples[i].markdown);
        cr_expect(not(rendering.truncated));
        free(rendering.text);
    }
}

static char *repeat(const char *text, size_t count) {
    size_t size = strlen(text);
    char *all = malloc(size * count + 1);
    for (size_t i = 0; i < count; i++) memcpy(all + i * size, text, size);
    all[size * count] = '\0';
    return all;
}

#define EXPECT_ALL(markup, examples)                                                               \
    expect_all(markup, examples, sizeof(examples) / sizeof((examples)[0]))

Test(render, markdown_is_as_it_is) {
    static const struct example examples[] = {{"", ""}, {"*a* <b>\n\n", "*a* <b>\n\n"}};
    EXPECT_ALL(MARKUP_MARKDOWN, examples);
}

/* ---- HTML ------------------------------------------------------------------------------------ */

Test(render, html_has_the_blocks_of_commonmark) {
    static const struct example examples[] = {
        {"", ""},
        {"a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>"},
        {"a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>"},
        {"# A *b*\n###### c", "<h1>A <em>b</em></h1>\n<h6>c</h6>"},
        {"- a\n- b\n  1. c", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>"},
        {"3. a\n\n4. b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>"},
        {"> a\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n"
                       "</blockquote>"},
        {"```c++ x\na < b\n```", "<pre><code class=\"language-c++\">a &lt; b\n</code></pre>"},
        {"    a\n\n    b", "<pre><code>a\n\nb\n</code></pre>"},
        {"---", "<hr>"},
        {"|a|b|\n|:--|--:|\n|1|*2*|", "<table>\n<thead>\n<tr><th align=\"left\">a</th>"
                                      "<th align=\"right\">b</th></tr>\n</thead>\n<tbody>\n"
                                      "<tr><td align=\"left\">1</td><td align=\"right\"><em>2</em>"
                                      "</td></tr>\n</tbody>\n</table>"},
        {"|a|\n|---|", "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n</table>"},
        {"|a|b|\n|---|---|\n|1|",
         "<table>\n<thead>\n<tr><th>a</th><th>b</th></tr>\n</thead>\n<tbody>\n"
         "<tr><td>1</td><td></td></tr>\n</tbody>\n</table>"},
        {"-", "<ul>\n<li>\n</li>\n</ul>"},
    };
    EXPECT_ALL(MARKUP_HTML, examples);
}

/* A table: so many columns, and so many rows of one cell. */
static char *write_table(size_t columns, size_t rows) {
    char *header = repeat("|a", columns), *rule = repeat("|:-:", columns),
         *body = repeat("|\n", rows);
    char *table = NULL;
    cr_assert(asprintf(&table, "%s\n%s\n%s", header, rule, body) > 0);
    free(header);
    free(rule);
    free(body);
    return table;
}

static size_t rendered_size(const char *markdown, enum markup markup) {
    struct rendering rendering = render(markdown, markup, 0);
    size_t size = strlen(rendering.text);
    free(rendering.text);
    return size;
}

/* Short rows are filled up with cells: only so far. */
Test(render, a_table_of_short_rows_is_not_blown_up) {
    static const size_t widths[] = {10, 100, 101, 3000};
    for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
        char *table = write_table(widths[i], 3000);
        for (enum markup markup = 0; markup < MARKUP_COUNT; markup++)
            cr_expect(le(sz, rendered_size(table, markup), 30 * strlen(table)), "%zu", widths[i]);
        free(table);
    }
}

Test(render, a_table_of_too_many_columns_is_its_markdown) {
    char *narrow = write_table(100, 1), *wide = write_table(101, 1);
    struct rendering table = render(narrow, MARKUP_HTML, 0), text = render(wide, MARKUP_HTML, 0);
    cr_expect(ne(ptr, strstr(table.text, "<td align=\"center\"></td>"), NULL));
    cr_expect(eq(int, strncmp(text.text, "<p>|a|a|a", 9), 0), "%s", text.text);
    cr_expect(ne(ptr, strstr(text.text, "\n|:-:|:-:|"), NULL), "%s", text.text);
    free(table.text);
    free(text.text);
    free(narrow);
    free(wide);
}

Test(render, html_has_the_inlines_of_commonmark) {
    static const struct example examples[] = {
        {"**a *b* ~~c~~** `d<`", "<p><strong>a <em>b</em> <del>c</del></strong> "
                                 "<code>d&lt;</code></p>"},
        {"[a *b*](/c?d&e \"t\\\"\")",
         "<p><a href=\"/c?d&amp;e\" title=\"t&quot;\" rel=\"noopener\">a <em>b</em></a></p>"},
        {"[a][r]\n\n[r]: https://example.org/é",
         "<p><a href=\"https://example.org/%C3%A9\" rel=\"noopener\">a</a></p>"},
        {"![a *b*](c.png)", "<p><img src=\"c.png\" alt=\"a b\"></p>"},
        {"<https://a.b/c>", "<p><a href=\"https://a.b/c\" rel=\"noopener\">https://a.b/c</a></p>"},
        {"see https://a.b/c.",
         "<p>see <a href=\"https://a.b/c\" rel=\"noopener\">https://a.b/c</a>.</p>"},
        {"&amp; &lt; &eacute; &#8217; &#x22; &nosuch; &#0;",
         "<p>&amp; &lt; é ’ &quot; &amp;nosuch; \uFFFD</p>"},
        {"\\*a\\*", "<p>*a*</p>"},
    };
    EXPECT_ALL(MARKUP_HTML, examples);
}

Test(render, html_is_safe_to_insert) {
    static const struct example examples[] = {
        {"<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
        {"a <b onclick=\"x\">b</b>", "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>"},
        {"a<br>b<BR />c", "<p>a<br>\nb<br>\nc</p>"},
        {"a <!-- b --> c", "<p>a  c</p>"},
        {"<!-- a\nb\n-->\n\nc", "<p>c</p>"},
        {"<!-- a -->b\n\n<!-- c\nd -->e<!--f-->g\nh", "<p>b</p>\n<p>eg</p>\n<p>h</p>"},
        {"<!-->a", "<p>a</p>"},
        {"a&#0;&#1;\x1b&#x9b;\x7f"
         "b `\x1b`",
         "<p>a\ufffd  \u00a0 b <code> </code></p>"},
        {"[a](javascript:alert(1))", "<p>a</p>"},
        {"[a](JavaScript:x)", "<p>a</p>"},
        {"[a](java&#x0A;script:x)", "<p>a</p>"},
        {"[a](java&Tab;script&colon;x)", "<p>a</p>"},
        {"[a](&#1;javascript:x)", "<p>a</p>"},
        {"[a](javascript%3Ax)", "<p>a</p>"},
        {"[a](data:text/html,x)", "<p>a</p>"},
        {"<javascript:x>", "<p>javascript:x</p>"},
        {"[a]\n\n[a]: vbscript:x", "<p>a</p>"},
        {"![a](javascript:x)", "<p>a</p>"},
        {"[a](&lt;&quot;b)", "<p><a href=\"%3C%22b\" rel=\"noopener\">a</a></p>"},
        {"```\"><script>\nx\n```",
         "<pre><code class=\"language-&quot;&gt;&lt;script&gt;\">x\n</code></pre>"},
        {"[a](mailto:b@c.d)", "<p><a href=\"mailto:b@c.d\" rel=\"noopener\">a</a></p>"},
        {"[<http://a> b](http://c)", "<p><a href=\"http://c\" rel=\"noopener\">http://a b</a></p>"},
        {"[a](HTTPS://b)", "<p><a href=\"HTTPS://b\" rel=\"noopener\">a</a></p>"},
        {"[a](#b:c)", "<p><a href=\"#b:c\" rel=\"noopener\">a</a></p>"},
    };
    EXPECT_ALL(MARKUP_HTML, examples);
}

#define INLINE(tex) "<span class=\"math inline\">\\(" tex "\\)</span>"
#define DISPLAY(tex) "<div class=\"math display\">\\[" tex "\\]</div>"

Test(render, html_keeps_formulas_whole) {
    static const struct example examples[] = {
        {"a $x_1 < *y*_2$ b", "<p>a " INLINE("x_1 &lt; *y*_2") " b</p>"},
        {"$\\{a\\} \\\\ \\$b$", "<p>" INLINE("\\{a\\} \\\\ \\$b") "</p>"},
        {"**$a$** [$b$](c)",
         "<p><strong>" INLINE("a") "</strong> <a href=\"c\" rel=\"noopener\">" INLINE(
             "b") "</a></p>"},
        {"> $a\n> b$", "<blockquote>\n<p>" INLINE("a\nb") "</p>\n</blockquote>"},
        {"a\n$$\nx\n\n- y\n= z\n$$\nb", "<p>a</p>\n" DISPLAY("\nx\n\n- y\n= z\n") "\n<p>b</p>"},
        {"- $$x$$", "<ul>\n<li>" DISPLAY("x") "</li>\n</ul>"},
        {"*$$x$$*", "<p><em><span class=\"math display\">\\[x\\]</span></em></p>"},
        {"|a|\n|---|\n| $|x|$ |",
         "<table>\n<thead>\n<tr><th>a</th></tr>\n</thead>\n<tbody>\n<tr><td>" INLINE(
             "|x|") "</td></tr>\n</tbody>\n</table>"},
        {"$[a](b)$ $<b>$", "<p>" INLINE("[a](b)") " " INLINE("&lt;b&gt;") "</p>"},
    };
    EXPECT_ALL(MARKUP_HTML, examples);
}

Test(render, dollars_are_money_by_pandocs_rule) {
    static const struct example examples[] = {
        {"costs $5 and $6 today", "<p>costs $5 and $6 today</p>"},
        {"from $5 to x$5", "<p>from $5 to x$5</p>"},
        {"a $ b$ c", "<p>a $ b$ c</p>"},
        {"\\$a$ b", "<p>$a$ b</p>"},
        {"$5 and $x$", "<p>$5 and " INLINE("x") "</p>"},
        {"`$a` b$", "<p><code>$a</code> b$</p>"},
        {"- costs $5\n- and 6$", "<ul>\n<li>costs $5</li>\n<li>and 6$</li>\n</ul>"},
        {"[a](/$b$)", "<p><a href=\"/$b$\" rel=\"noopener\">a</a></p>"},
        {"<http://a/$b$>", "<p><a href=\"http://a/$b$\" rel=\"noopener\">http://a/$b$</a></p>"},
        {"    $a$", "<pre><code>$a$\n</code></pre>"},
        {"$$ $$", "<p>$$ $$</p>"},
        {"\\(a\\) \\[b\\]", "<p>(a) [b]</p>"},
        {"a $x\n\ny$", "<p>a $x</p>\n<p>y$</p>"},
    };
    EXPECT_ALL(MARKUP_HTML, examples);
}

Test(render, pages_have_readable_formulas) {
    static const struct example examples[] = {
        {"a $x^2<y$", "<p>a <span class=\"math inline\">x²&lt;y</span></p>"},
        {"$$a\\\\ b$$", "<div class=\"math display\">a<br>\nb</div>"},
        {"*a* `b`", "<p><em>a</em> <code>b</code></p>"},
    };
    EXPECT_ALL(MARKUP_PAGE, examples);
}

Test(render, markups_have_names) {
    for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) {
        enum markup found = MARKUP_COUNT;
        if (markup == MARKUP_PAGE) continue;
        cr_expect(markup_parse(markup_name(markup), &found));
        cr_expect(found == markup);
    }
    enum markup untouched = MARKUP_SLACK;
    cr_expect(not(markup_parse("HTML", &untouched)));
    cr_expect(not(markup_parse("", &untouched)));
    cr_expect(untouched == MARKUP_SLACK);
}

Test(render, titles_are_one_line_without_blocks) {
    static const struct {
        enum markup markup;
        const char *title, *expected;
    } cases[] = {{MARKUP_MARKDOWN, "1. *a*", "1. *a*"},
                 {MARKUP_HTML, "1. *a* & $x$",
                  "1. <em>a</em> &amp; <span class=\"math inline\">\\(x\\)</span>"},
                 {MARKUP_TEXT, "- a\nb", "- a b"},
                 {MARKUP_TEXT, "a $$x^2$$ b<br>c", "a x² b c"},
                 {MARKUP_HTML, "a $$x$$<br>c", "a <span class=\"math inline\">\\(x\\)</span> c"},
                 {MARKUP_PAGE, "$$x$$", "<span class=\"math inline\">x</span>"},
                 {MARKUP_DISCORD, "a $$x^2$$ *b<br>c*", "a x² _b c_"},
                 {MARKUP_SLACK, "[a&#10;b](https://c)", "<https://c|a b>"},
                 {MARKUP_SLACK, "**a** <b>", "*a* &lt;b&gt;"},
                 {MARKUP_HTML, "", ""},
                 {MARKUP_TEXT, "C #", "C #"},
                 {MARKUP_TELEGRAM, "# a", "\\# a"},
                 {MARKUP_TELEGRAM, "Top 10 words", "Top 10 words"},
                 {MARKUP_HTML, "Top 10 words", "Top 10 words"},
                 {MARKUP_SLACK, " two  words\t", "two words"},
                 {MARKUP_TEXT, "a\033[1mb", "a [1mb"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct rendering rendering = render_title(cases[i].title, cases[i].markup);
        cr_expect(eq(str, rendering.text, (char *)cases[i].expected), "%s", cases[i].title);
        free(rendering.text);
    }
}

/* ---- plain text ------------------------------------------------------------------------------ */

Test(render, text_reads_well_in_a_terminal) {
    static const struct example examples[] = {
        {"", ""},
        {"a *b* **c** ~~d~~ `e_f` &amp; \\*", "a b c d e_f & *"},
        {"a\nb\n\n\nc  \nd", "a\nb\n\nc\nd"},
        {"# A\n\n## *B*\nc", "A\n═\n\nB\n─\n\nc"},
        {"- a\n- b\n  1. c\n     d\n  2. e", "• a\n• b\n  1. c\n     d\n  2. e"},
        {"9. a\n10. b\n    c", "9. a\n10. b\n    c"},
        {"- a\n\n  b\n- c", "• a\n\n  b\n\n• c"},
        {"> a\n>\n> > b\n\nc", "> a\n>\n> > b\n\nc"},
        {"a\n```py\nx = 1\n\n  y\n```\nb", "a\n\n    x = 1\n\n      y\n\nb"},
        {"- a\n\n      code", "• a\n\n      code"},
        {"[a](http://b) <http://c> [d](e.md) ![f](g.png) <h@i.j>",
         "a <http://b> http://c d <e.md> f <g.png> h@i.j"},
        {"[a](javascript:b)", "a"},
        {"|a|long|\n|---|---:|\n|*wide* cell|1|\n|中文|$x^2$|",
         "a          long\n─────────  ────\nwide cell     1\n中文         x²"},
        {"a\n\n---\nb", "a\n\n────────\n\nb"},
        {"at $x_i^2$:\n$$\na\n\\\\ b\n$$\nend", "at xᵢ²:\n\n    a\n    b\n\nend"},
        {"<i>a</i> <!-- b -->c", "<i>a</i> c"},
    };
    EXPECT_ALL(MARKUP_TEXT, examples);
}

/* Neither characters that stand in the Markdown nor references to them. */
Test(render, text_has_no_control_characters_for_a_terminal) {
    static const struct example examples[] = {
        {"&#27;[2J&#x9b;2J\x1b[2J\xc2\x9b"
         "2J",
         "[2J\u00a02J [2J\u00a02J"},
        {"a&#13;b&#8;c", "a b c"},
        {"```\na\x1b[2J\tb\n```", "    a [2J\tb"},
        {"|a|\n|---|\n|b&#27;c|", "a\n───\nb c"},
        {"$a\x1b$ [b&#7;](http://c/&#27;)", "a b <http://c/%20>"},
    };
    EXPECT_ALL(MARKUP_TEXT, examples);
}

Test(render, a_long_cell_does_not_widen_every_row) {
    enum { ROWS = 1000, LONG = 10000 };
    char *cell = repeat("a", LONG), *rows = repeat("|b|c|\n", ROWS), *table = NULL;
    cr_assert_gt(asprintf(&table, "|%s|d|\n|---|---|\n%s", cell, rows), 0);
    struct rendering rendering = render(table, MARKUP_TEXT, 0);
    cr_expect(lt(sz, strlen(rendering.text), (size_t)LONG + ROWS * 300));
    cr_expect_not_null(strstr(rendering.text, cell));
    free(rendering.text);
    free(table);
    free(rows);
    free(cell);
}

/* ---- chats ----------------------------------------------------------------------------------- */

Test(render, slack_escapes_what_slack_does) {
    static const struct example examples[] = {
        {"a & <!channel> \\<b\\>", "a &amp; &lt;!channel&gt; &lt;b&gt;"},
        {"**a *b*** ~~c~~", "*a _b_* ~c~"},
        {"**a **b** c**", "*a b c*"},
        {"`a<b` ``c`d``", "`a&lt;b` `cˋd`"},
        {"```py\na < b ``` c\n```", "```\na &lt; b ``\u200b` c\n```"},
        {"[a|b>](https://c/d|e?f&g)", "<https://c/d%7Ce?f&amp;g|a|b&gt;>"},
        {"<https://a/b>", "<https://a/b>"},
        {"[a](b.md) [c](javascript:d) <e@f.g>", "a c e@f.g"},
        {"# A\n- b\n  1. c\n- d", "*A*\n\n• b\n  1. c\n• d"},
        {"> a\n>\n> b", "> a\n>\n> b"},
        {"- > a", "• │ a"},
        {"> ```\n> a\n> b\n> ```", "> `a`\n> `b`"},
        {"|a|b|\n|---|---|\n|1|2|", "```\na  b\n─  ─\n1  2\n```"},
        {"a\nb  \nc", "a b\nc"},
        {"**a  \nb**", "*a*\n*b*"},
        {"*a*_b_", "_a_\u200b_b_"},
        {"in*si*de **a**b c~~d~~, 字**强**字 (*e*) *f*`g` *h* i *j*!",
         "in\u200b_si_\u200bde *a*\u200bb c\u200b~d~, 字\u200b*强*\u200b字 (_e_) _f_`g` _h_ i "
         "_j_!"},
        {"**a***b*, *c* **d**e", "*a*_b_, _c_ *d*\u200be"},
        {"**a *b*c**d", "*a _b_\u200bc*\u200bd"},
        {"$x_i$ and $x_{a,b}$", "xᵢ and `x_{a,b}`"},
        {"$$x$$", "```\nx\n```"},
        {"![a](https://b/c.png)", "<https://b/c.png|a>"},
    };
    EXPECT_ALL(MARKUP_SLACK, examples);
}

Test(render, discord_escapes_what_discord_reads) {
    static const struct example examples[] = {
        {"a \\* b_c \\~ \\` | \\<@1> [d]", "a \\* b\\_c \\~ \\` \\| \\<@1\\> \\[d\\]"},
        {"\\# a\n\n\\- b\n\n\\+ c\n\n1\\. d\n\n\\> e",
         "\\# a\n\n\\- b\n\n\\+ c\n\n1\\. d\n\n\\> e"},
        {"@everyone a@here.b", "@\u200beveryone a@\u200bhere.b"},
        {"**a *b*** ~~c~~", "**a _b_** ~~c~~"},
        {"in*si*de **a**b c~~d~~e *f*, *g*", "in\u200b_si_\u200bde **a**b c~~d~~e _f_, _g_"},
        {"`a` ``b`c``", "`a` `` b`c ``"},
        {"```py\na ``` b\n```", "```py\na ``\u200b` b\n```"},
        {"[a](https://b/c(d)) <https://e/f_g>", "[a](https://b/c%28d%29) <https://e/f_g>"},
        {"# A\n#### B\n- c\n  - d", "# A\n\n**B**\n\n- c\n  - d"},
        {"> a\n> > b", "> a\n>\n> │ b"},
    };
    EXPECT_ALL(MARKUP_DISCORD, examples);
}

Test(render, telegram_escapes_what_the_bot_api_asks_for) {
    static const struct example examples[] = {
        {"\\_\\*\\[\\]\\(\\)~\\`>#+-=|{}.!\\\\",
         "\\_\\*\\[\\]\\(\\)\\~\\`\\>\\#\\+\\-\\=\\|\\{\\}\\.\\!\\\\"},
        {"**a *b*** ~~c~~.", "*a _b_* ~c~\\."},
        {"`` a`b\\c. ``", "`a\\`b\\\\c.`"},
        {"```py\na\\b ` c.\n```", "```py\na\\\\b \\` c.\n```"},
        {"[a.b](https://c/d_(e))", "[a\\.b](https://c/d_%28e%29)"},
        {"# A `b`\n1. c\n- d", "*A b*\n\n1\\. c\n\n• d"},
        {"> a\n>\n> - b", ">a\n>\n>• b"},
        {"- > a", "• │ a"},
        {"x $e^{-2x}$", "x e⁻²ˣ"},
        {"**a $$x$$ `b`**", "*a*\n```\nx\n```\n*b*"},
        {"> *$$x$$*", ">`x`"},
    };
    EXPECT_ALL(MARKUP_TELEGRAM, examples);
}

/* ---- lengths --------------------------------------------------------------------------------- */

static void expect_cut(const char *markdown, enum markup markup, size_t length,
                       const char *expected) {
    struct rendering rendering = render(markdown, markup, length);
    cr_expect(eq(str, rendering.text, (char *)expected), "%s to %zu", markdown, length);
    cr_expect(
        eq(int, rendering.truncated, strcmp(expected, "…") == 0 || strstr(expected, "…") != NULL));
    free(rendering.text);
}

Test(render, what_fits_is_whole) {
    expect_cut("one two", MARKUP_TEXT, 7, "one two");
    expect_cut("**one** two", MARKUP_SLACK, 9, "*one* two");
    expect_cut("**one** two.", MARKUP_TELEGRAM, 8, "*one* two\\.");
}

Test(render, nothing_is_cut_through) {
    expect_cut("one two", MARKUP_TEXT, 6, "one…");
    expect_cut("one two", MARKUP_TEXT, 1, "…");
    expect_cut("a & b", MARKUP_SLACK, 6, "a…");
    expect_cut("**one two three**", MARKUP_SLACK, 12, "*one two…*");
    expect_cut("**one two three**", MARKUP_SLACK, 10, "*one…*");
    expect_cut("a [one two](https://b)", MARKUP_SLACK, 19, "a…");
    expect_cut("a $x + y + z$ b", MARKUP_TEXT, 9, "a…");
    expect_cut("a\n\n```\nb\nc\n```\n", MARKUP_DISCORD, 13, "a\n…");
    expect_cut("- a\n- b\n- c", MARKUP_TEXT, 9, "• a\n• b\n…");
    expect_cut("中文字", MARKUP_TEXT, 2, "…");
    expect_cut("中文字很多", MARKUP_TEXT, 4, "中文…");
}

Test(render, chats_count_utf16_and_telegram_what_is_seen) {
    expect_cut("𝔼 𝔼", MARKUP_TEXT, 3, "𝔼 𝔼");
    expect_cut("𝔼 𝔼", MARKUP_SLACK, 5, "𝔼 𝔼");
    expect_cut("𝔼 𝔼", MARKUP_SLACK, 4, "𝔼…");
    expect_cut("[a](https://long.example.org) b", MARKUP_TELEGRAM, 3,
               "[a](https://long.example.org) b");
}

Test(render, each_platform_has_its_limit) {
    static const struct {
        enum markup markup;
        size_t limit; /* 0: none */
    } limits[] = {{MARKUP_HTML, 0},
                  {MARKUP_TEXT, 0},
                  {MARKUP_SLACK, 3000},
                  {MARKUP_DISCORD, 2000},
                  {MARKUP_TELEGRAM, 4096}};
    char *long_text = repeat("word ", 4000);
    for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
        struct rendering rendering = render(long_text, limits[i].markup, 0);
        size_t length = u8_mbsnlen((const uint8_t *)rendering.text, strlen(rendering.text));
        cr_expect(eq(int, rendering.truncated, limits[i].limit > 0));
        if (limits[i].limit > 0) cr_expect(le(sz, length, limits[i].limit));
        if (limits[i].limit > 0) cr_expect(gt(sz, length, limits[i].limit - 10));
        free(rendering.text);
    }
    free(long_text);
}

/* ---- any input ------------------------------------------------------------------------------- */

Test(render, deep_nesting_is_bounded) {
    char *deep[] = {repeat("> ", 5000),     repeat("- ", 5000), repeat("*a **b ", 3000),
                    repeat("[a", 3000),     repeat("![", 3000), repeat("$\\frac{", 3000),
                    repeat("$x^{y_{", 3000)};
    for (size_t i = 0; i < sizeof(deep) / sizeof(deep[0]); i++) {
        for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) {
            struct rendering rendering = render(deep[i], markup, 0);
            cr_expect(u8_check((uint8_t *)rendering.text, strlen(rendering.text)) == NULL);
            free(rendering.text);
        }
        free(deep[i]);
    }
}

/* ---- the shipped questions ------------------------------------------------------------------- */

static void expect_sound(const char *markdown, const char *where) {
    for (enum markup markup = 0; markup < MARKUP_COUNT; markup++) {
        struct rendering rendering = render(markdown, markup, 0);
        cr_expect(rendering.text[0] != '\0', "%s: empty %s", where, markup_name(markup));
        bool is_text = markup != MARKUP_MARKDOWN;
        /* The shipped bank speaks of no dollars: each one belongs to a formula. */
        if (is_text) cr_expect(strchr(rendering.text, '$') == NULL, "%s: %s", where, markdown);
        if (markup == MARKUP_TEXT)
            cr_expect(strstr(rendering.text, "\\") == NULL, "%s: %s", where, rendering.text);
        free(rendering.text);
    }
}

static void expect_file_sound(const char *path) {
    struct document document;
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL);
    char *markdown = NULL;
    size_t capacity = 0;
    ssize_t size = getdelim(&markdown, &capacity, '\0', file);
    fclose(file);
    document_parse(markdown, (size_t)size, path, &document);
    for (size_t i = 0; i < document.question_count; i++) {
        expect_sound(document.questions[i].text, path);
        if (document.questions[i].answer != NULL) expect_sound(document.questions[i].answer, path);
    }
    document_free(&document);
    free(markdown);
}

Test(render, every_shipped_question_renders) {
    struct dirent **entries;
    int count = scandir("content/questions", &entries, NULL, alphasort), files = 0;
    cr_assert(ge(int, count, 1));
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof(path), "content/questions/%s", entries[i]->d_name);
        if (strstr(path, ".md") != NULL) files++, expect_file_sound(path);
        free(entries[i]);
    }
    free(entries);
    cr_expect(ge(int, files, 1));
}
