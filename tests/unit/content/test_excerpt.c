#include "content/excerpt.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "content/render_html.h"

/* The excerpt around the first "X" of the Markdown, as HTML. */
static char *cut(const char *markdown, size_t most) {
    struct span marks[8];
    struct node_tree tree;
    struct buffer out = {0};
    size_t count = 0;
    for (const char *at = markdown; (at = strchr(at, 'X')) != NULL; at++)
        marks[count++] = (struct span){(size_t)(at - markdown), (size_t)(at - markdown) + 1};
    nodes_parse(markdown, marks, count, &tree);
    excerpt_cut(&tree, most);
    render_html(&tree, false, &out);
    nodes_free(&tree);
    return buffer_steal(&out);
}

static void expect(const char *markdown, size_t most, const char *expected) {
    char *html = cut(markdown, most);
    cr_expect_str_eq(html, expected, "%s to %zu: %s", markdown, most, html);
    free(html);
}

Test(excerpt, what_is_short_or_not_marked_is_whole) {
    expect("one X three", 11, "<p>one <mark>X</mark> three</p>");
    expect("one two three", 4, "<p>one two three</p>");
}

Test(excerpt, it_stands_around_the_first_mark) {
    expect("one two three X four five six seven X eight", 20,
           "<p>…<mark>X</mark> four five six…</p>");
    expect("one two three X four five six seven X eight", 28,
           "<p>…three <mark>X</mark> four five six seven…</p>");
    expect("X one two three four", 12, "<p><mark>X</mark> one two…</p>");
    expect("one two three four X", 12, "<p>…<mark>X</mark></p>");
    expect("one two three four five X", 24, "<p>…five <mark>X</mark></p>");
}

Test(excerpt, words_stay_whole_whatever_they_stand_in) {
    expect("one (two-X-three) four", 4, "<p>…(two-<mark>X</mark>-three)…</p>");
    expect("one **k**-X-*l* two", 4, "<p>one <strong>k</strong>-<mark>X</mark>-<em>l</em> two</p>");
}

/* The emphasis around a cut stays balanced, and lists keep their numbers. */
Test(excerpt, what_it_stands_in_stays) {
    expect("one *two three X four five* six", 10, "<p><em>…<mark>X</mark> four…</em></p>");
    expect("3. one two\n4. three X four\n5. five six", 12,
           "<ol start=\"4\">\n<li>…<mark>X</mark> four</li>\n<li>five…</li>\n</ol>");
    expect("# one two\n\n> three four X\n\nfive six", 8,
           "<blockquote>\n<p>…<mark>X</mark></p>\n</blockquote>\n<p>five…</p>");
}

Test(excerpt, links_code_formulas_and_tables_are_not_cut) {
    expect("one two [three X four](a) five six", 4,
           "<p>…two <a href=\"a\" rel=\"noopener\">three <mark>X</mark> four</a> five…</p>");
    expect("one two `three X four` five six", 4,
           "<p>…two <code>three <mark>X</mark> four</code> five…</p>");
    expect("one X $a + b$ two three", 14,
           "<p>…<mark>X</mark> <span class=\"math inline\">\\(a + b\\)</span> two…</p>");
    expect(
        "one two\n\n|a|b X c|\n|---|---|\n|d|e f|\n\nthree four", 4,
        "<p>…two</p>\n<table>\n<thead>\n<tr><th>a</th><th>b <mark>X</mark> c</th></tr>\n</thead>\n"
        "<tbody>\n<tr><td>d</td><td>e f</td></tr>\n</tbody>\n</table>\n<p>three…</p>");
}

/* Chats mark nothing in code blocks and tables, HTML nothing in images. */
Test(excerpt, it_stands_around_a_mark_that_every_markup_shows) {
    expect("```\nX\n```\n\none two three X", 8, "<p>…<mark>X</mark></p>");
    expect("|a|X|\n|---|---|\n\none two three `X`", 8, "<p>…three <code><mark>X</mark></code></p>");
    expect("![X](a) one two three [X](a)", 8,
           "<p>…three <a href=\"a\" rel=\"noopener\"><mark>X</mark></a></p>");
    expect("one two three four\n\n```\nX\n```\n\nfive", 8,
           "<p>…four</p>\n<pre><code><mark>X</mark>\n</code></pre>\n<p>five</p>");
}

/* Chinese has no blanks between words. Lengths are in characters, not in bytes. */
Test(excerpt, characters_can_be_words) {
    expect("中文字很多中文字X很多中文字很多", 5, "<p>…字<mark>X</mark>很多中…</p>");
}

/* The part of the text around its "X"; owned. */
static char *find(const char *text, size_t most) {
    size_t at = strcspn(text, "X");
    struct span part = excerpt_find(text, strlen(text), (struct span){at, at + 1}, most);
    return strndup(text + part.start, part.end - part.start);
}

static void expect_part(const char *text, size_t most, const char *expected) {
    char *part = find(text, most);
    cr_expect_str_eq(part, expected, "%s to %zu: %s", text, most, part);
    free(part);
}

Test(excerpt, of_text_it_is_a_part_between_words) {
    expect_part("one X three", 11, "one X three");
    expect_part("one two three X four five six seven X eight", 20, "X four five six");
    expect_part("one two three X four five six seven X eight", 28, "three X four five six seven");
    expect_part("one two three four X", 12, "X");
    expect_part("X one two three four", 12, "X one two");
}

Test(excerpt, of_text_it_counts_characters) {
    expect_part("中文字很多中文字X很多中文字很多", 16, "中文字很多中文字X很多中文字很多");
    expect_part("中文字很多中文字X很多中文字很多", 8, "字X很多中文字很");
    expect_part("äöü éè X íì óò úù", 8, "X íì óò");
}

/* Where there is nowhere to cut, and no character is cut in two. */
Test(excerpt, of_a_long_word_it_is_the_mark) {
    expect_part("ääääääääXöööööööö", 8, "X");
    expect_part("one ääääääääXöööööööö two", 8, "X");
}
