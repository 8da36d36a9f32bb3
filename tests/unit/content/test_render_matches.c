#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "content/render.h"

/* Every place of the word in the Markdown, as a search gives them. */
static size_t mark_all(const char *markdown, const char *word, struct span *ret_marks) {
    size_t count = 0, size = strlen(word);
    for (const char *at = markdown; (at = strstr(at, word)) != NULL; at += size)
        ret_marks[count++] = (struct span){(size_t)(at - markdown), (size_t)(at - markdown) + size};
    return count;
}

static struct rendering render_word(const char *markdown, const char *word, enum markup markup,
                                    size_t max_length) {
    struct span marks[32];
    size_t count = mark_all(markdown, word, marks);
    return render_matches(markdown, marks, count, markup, max_length);
}

/* Brackets for the marks of plain text, which cannot be seen. */
static void show_marks(char *text) {
    for (bool is_open = false; (text = strchr(text, RENDER_MATCH[0])) != NULL; is_open = !is_open)
        *text = is_open ? ']' : '[';
}

static void expect(const char *markdown, const char *word, enum markup markup, size_t max_length,
                   const char *expected) {
    struct rendering rendering = render_word(markdown, word, markup, max_length);
    show_marks(rendering.text);
    cr_expect_str_eq(rendering.text, expected, "%s as %s: %s", markdown, markup_name(markup),
                     rendering.text);
    cr_expect(rendering.has_match);
    free(rendering.text);
}

static void expect_all(const char *markdown, const char *const expected[MARKUP_COUNT]) {
    for (enum markup markup = MARKUP_HTML; markup < MARKUP_COUNT; markup++)
        if (expected[markup] != NULL) expect(markdown, "loss", markup, 0, expected[markup]);
}

Test(render_matches, each_markup_has_its_mark) {
    static const char *const expected[MARKUP_COUNT] = {
        [MARKUP_HTML] = "<p>Why <mark>loss</mark>, &lt;b&gt;(<mark>loss</mark>)?</p>",
        [MARKUP_PAGE] = "<p>Why <mark>loss</mark>, &lt;b&gt;(<mark>loss</mark>)?</p>",
        [MARKUP_TEXT] = "Why [loss], <b>([loss])?",
        [MARKUP_SLACK] = "Why *loss*, &lt;b&gt;(*loss*)?",
        [MARKUP_DISCORD] = "Why **loss**, \\<b\\>(**loss**)?",
        [MARKUP_TELEGRAM] = "Why *loss*, <b\\>\\(*loss*\\)?"};
    expect_all("Why loss, <b>(loss)?", expected);
}

Test(render_matches, phrases_are_marked_as_one) {
    static const char markdown[] = "a loss function is";
    expect(markdown, "loss function", MARKUP_HTML, 0, "<p>a <mark>loss function</mark> is</p>");
    expect(markdown, "loss function", MARKUP_TEXT, 0, "a [loss function] is");
    expect(markdown, "loss function", MARKUP_SLACK, 0, "a *loss function* is");
    expect("\xe6\x90\x8d\xe5\xa4\xb1 x", "\xe6\x90\x8d\xe5\xa4\xb1", MARKUP_TELEGRAM, 0,
           "*\xe6\x90\x8d\xe5\xa4\xb1* x");
}

/* What is bold in a chat is what was found. */
Test(render_matches, bold_of_the_author_gives_way_in_chats) {
    static const char *const expected[MARKUP_COUNT] = {
        [MARKUP_HTML] = "<p><strong>the <mark>loss</mark></strong> <em>a <mark>loss</mark></em> "
                        "<strong>x</strong></p>",
        [MARKUP_TEXT] = "the [loss] a [loss] x",
        [MARKUP_SLACK] = "the *loss* _a *loss*_ x",
        [MARKUP_DISCORD] = "the **loss** _a **loss**_ x",
        [MARKUP_TELEGRAM] = "the *loss* _a *loss*_ x"};
    expect_all("**the loss** *a loss* **x**", expected);
}

/* A phrase that begins in one and ends in another is marked in each. */
Test(render_matches, marks_never_overlap_emphasis) {
    static const char markdown[] = "*the loss* function, **the lo**ss";
    expect(
        markdown, "loss* function", MARKUP_HTML, 0,
        "<p><em>the <mark>loss</mark></em><mark> function</mark>, <strong>the lo</strong>ss</p>");
    expect(markdown, "loss* function", MARKUP_SLACK, 0, "_the *loss*_ *function*, the loss");
    expect("loss**loss**", "loss", MARKUP_SLACK, 0, "*loss*\u200b*loss*");
    expect("loss**loss**", "loss", MARKUP_TEXT, 0, "[loss][loss]");
}

Test(render_matches, code_is_marked_inside_or_whole) {
    static const char *const expected[MARKUP_COUNT] = {
        [MARKUP_HTML] = "<p>Is <code>a(<mark>loss</mark>)</code> <code>b</code>?</p>",
        [MARKUP_TEXT] = "Is [a(loss)] b?",
        [MARKUP_SLACK] = "Is *`a(loss)`* `b`?",
        [MARKUP_DISCORD] = "Is **`a(loss)`** `b`?",
        [MARKUP_TELEGRAM] = "Is *a\\(loss\\)* `b`?"};
    expect_all("Is `a(loss)` `b`?", expected);
}

Test(render_matches, links_are_marked_by_their_labels) {
    static const char *const expected[MARKUP_COUNT] = {
        [MARKUP_HTML] = "<p><a href=\"https://a.org/loss\" rel=\"noopener\">a <mark>loss</mark></a>"
                        " <a href=\"https://a.org/loss\" rel=\"noopener\">b</a></p>",
        [MARKUP_TEXT] = "a [loss] <https://a.org/loss> b <https://a.org/loss>",
        [MARKUP_SLACK] = "*<https://a.org/loss|a loss>* <https://a.org/loss|b>",
        [MARKUP_DISCORD] = "**[a loss](https://a.org/loss)** [b](https://a.org/loss)",
        [MARKUP_TELEGRAM] = "*[a loss](https://a.org/loss)* [b](https://a.org/loss)"};
    expect_all("[a loss](https://a.org/loss) [b](https://a.org/loss)", expected);
    static const char *const bare[MARKUP_COUNT] = {[MARKUP_TEXT] = "[https://a.org/loss]",
                                                   [MARKUP_SLACK] = "*<https://a.org/loss>*",
                                                   [MARKUP_DISCORD] = "**<https://a.org/loss>**"};
    expect_all("<https://a.org/loss>", bare);
}

/* A link that leads nowhere is its label. */
Test(render_matches, labels_without_a_link_are_text) {
    static const char *const expected[MARKUP_COUNT] = {[MARKUP_HTML] = "<p>a <mark>loss</mark></p>",
                                                       [MARKUP_TEXT] = "a [loss]",
                                                       [MARKUP_SLACK] = "a *loss*",
                                                       [MARKUP_DISCORD] = "a **loss**",
                                                       [MARKUP_TELEGRAM] = "a *loss*"};
    expect_all("[a loss](javascript:loss)", expected);
}

static void expect_none(const char *markdown, enum markup markup, size_t max_length) {
    struct rendering rendering = render_word(markdown, "loss", markup, max_length);
    struct rendering plain = render(markdown, markup, max_length);
    cr_expect_not(rendering.has_match, "%s as %s", markdown, markup_name(markup));
    cr_expect_str_eq(rendering.text, plain.text);
    free(plain.text);
    free(rendering.text);
}

/* Neither formulas, targets, references nor comments can hold a mark. */
Test(render_matches, what_cannot_be_marked_is_as_it_is) {
    static const char *const markdown[] = {"Is $loss_i$ or\n$$\nloss\n$$\n?",
                                           "[a](https://a.org/loss \"loss\")", "a <!-- loss --> b",
                                           "![](loss)", "&loss; &lt;"};
    for (size_t i = 0; i < sizeof(markdown) / sizeof(markdown[0]); i++)
        for (enum markup markup = MARKUP_HTML; markup < MARKUP_COUNT; markup++)
            if (strchr(markdown[i], ';') == NULL) expect_none(markdown[i], markup, 0);
    struct span entity = {3, 5};
    struct rendering rendering = render_matches("a &lt; b", &entity, 1, MARKUP_HTML, 0);
    cr_expect_str_eq(rendering.text, "<p>a &lt; b</p>");
    cr_expect_not(rendering.has_match);
    free(rendering.text);
}

Test(render_matches, blocks_of_code_and_tables_are_marked_in_html_alone) {
    static const char code[] = "```\na loss\n```", table[] = "|a|loss|\n|---|---|\n|b|c|";
    expect(code, "loss", MARKUP_HTML, 0, "<pre><code>a <mark>loss</mark>\n</code></pre>");
    expect(table, "loss", MARKUP_HTML, 0,
           "<table>\n<thead>\n<tr><th>a</th><th><mark>loss</mark></th></tr>\n</thead>\n<tbody>\n"
           "<tr><td>b</td><td>c</td></tr>\n</tbody>\n</table>");
    for (enum markup markup = MARKUP_TEXT; markup < MARKUP_COUNT; markup++) {
        expect_none(code, markup, 0);
        expect_none(table, markup, 0);
    }
}

/* ---- lengths ----------------------------------------------------------------------------------
 */

Test(render_matches, nothing_is_cut_through) {
    static const char markdown[] = "(k-loss) function";
    expect(markdown, "loss", MARKUP_SLACK, 19, "(k-*loss*) function");
    expect(markdown, "loss", MARKUP_SLACK, 18, "(k-*loss*)…");
    expect(markdown, "loss", MARKUP_DISCORD, 14, "(k-**loss**)…");
    expect(markdown, "loss", MARKUP_TELEGRAM, 10, "\\(k\\-*loss*\\)…");
    expect(markdown, "loss", MARKUP_TEXT, 10, "(k-[loss])…");
    expect("a loss function (of it)", "loss function", MARKUP_SLACK, 21, "a *loss function*…");
}

/* Words before a match and behind it give way to it. */
Test(render_matches, a_match_that_has_room_by_itself_is_shown) {
    expect("a loss xx", "loss", MARKUP_SLACK, 10, "a *loss*…");
    expect("a loss xx", "loss", MARKUP_SLACK, 8, "…*loss*…");
    expect("a loss xx", "loss", MARKUP_DISCORD, 10, "…**loss**…");
    expect("a loss xx", "loss", MARKUP_TEXT, 6, "…[loss]…");
    expect("an \xce\xb1\xce\xb2 loss", "loss", MARKUP_TELEGRAM, 6, "…*loss*");
}

/* A part of a word that has no room takes the whole of it away, with its mark. */
Test(render_matches, there_is_no_match_without_room_for_one) {
    static const char *const texts[] = {"(k-loss)", "loss", "`a loss`", "<https://loss.org>"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (enum markup markup = MARKUP_TEXT; markup < MARKUP_COUNT; markup++) {
            struct rendering rendering = render_word(texts[i], "loss", markup, 3);
            cr_expect_not(rendering.has_match);
            cr_expect_str_eq(rendering.text, "…", "%s as %s: %s", texts[i], markup_name(markup),
                             rendering.text);
            free(rendering.text);
        }
    }
}

/* What is cut away around a match that cannot be marked could have been. */
Test(render_matches, a_match_behind_one_in_code_is_shown) {
    char markdown[512] = "```\nloss\n```\n\n";
    while (strlen(markdown) < 400) strcat(markdown, "word ");
    strcat(markdown, "and loss");
    for (enum markup markup = MARKUP_HTML; markup < MARKUP_COUNT; markup++) {
        struct rendering rendering = render_word(markdown, "loss", markup, 0);
        cr_expect(rendering.has_match, "%s", rendering.text);
        free(rendering.text);
    }
}

/* Marked or not, it is the same text. */
Test(render_matches, marks_change_nothing_else) {
    static const char markdown[] = "1. A loss\n   - `loss` of *loss*: [loss](https://a.org)\n\n"
                                   "> # loss\n>\n> $x$ loss & loss.\n\n---\n\nloss\\\nloss";
    struct rendering marked = render_word(markdown, "loss", MARKUP_HTML, 0);
    struct rendering plain = render(markdown, MARKUP_HTML, 0);
    char *kept = marked.text;
    for (const char *at = marked.text; *at != '\0';) {
        if (strncmp(at, "<mark>", 6) == 0)
            at += 6;
        else if (strncmp(at, "</mark>", 7) == 0)
            at += 7;
        else
            *kept++ = *at++;
    }
    *kept = '\0';
    cr_expect_str_eq(marked.text, plain.text);
    free(plain.text);
    free(marked.text);
    marked = render_word(markdown, "loss", MARKUP_TEXT, 0);
    plain = render(markdown, MARKUP_TEXT, 0);
    kept = marked.text;
    for (const char *at = marked.text; *at != '\0'; at++)
        if (*at != RENDER_MATCH[0]) *kept++ = *at;
    *kept = '\0';
    cr_expect_str_eq(marked.text, plain.text);
    free(plain.text);
    free(marked.text);
}
