#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "content/wording.h"

Test(wording, sentences_end_in_punctuation) {
    const char *const ends[] = {
        "a?",       "a.",     "a:", "a!",     "**a?**",          "(a?)",         "\"a.\"", "a?\\",
        "a? {#id}", "什么？", "a…", "a?[^1]", "a. [^b] #c ^d-1", "a? #b/c {#id}"};
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        cr_expect(wording_ends_sentence(ends[i], strlen(ends[i])), "%s", ends[i]);
    const char *const goes_on[] = {"",        "a",    "a,",       "a;",   "$a$",  "`a.`",
                                   "a {#id}", "**",   "a #b",     "a?#b", "a? #", "a. $x ^y$",
                                   "a?[b]",   "[^1]", "a?[^b c]", "^"};
    for (size_t i = 0; i < sizeof(goes_on) / sizeof(goes_on[0]); i++)
        cr_expect(not(wording_ends_sentence(goes_on[i], strlen(goes_on[i]))), "%s", goes_on[i]);
}

static void expect_id(const char *text, const char *id, const char *rest) {
    char *copy = strdup(text);
    char *taken = wording_take_id(copy);
    if (id == NULL)
        cr_expect(taken == NULL, "%s gives %s", text, taken);
    else
        cr_expect(eq(str, taken, (char *)id));
    cr_expect(eq(str, copy, (char *)rest));
    free(taken);
    free(copy);
}

Test(wording, attribute_lists_end_a_text) {
    expect_id("What? {#a}", "a", "What?");
    expect_id("What?{#a}", "a", "What?");
    expect_id("What? {: #a .b }", "a", "What?");
    expect_id("What? {.b}", NULL, "What?");
    expect_id("What is $x_{1}$", NULL, "What is $x_{1}$");
    expect_id("What is \\frac{1}{2}", NULL, "What is \\frac{1}{2}");
    expect_id("$x_{#a}", NULL, "$x_{#a}");
    expect_id("Is {#a} in {b, c} or in d}", NULL, "Is {#a} in {b, c} or in d}");
}

static void expect_emphasis(const char *marks, const char *text, const char *question,
                            const char *answer) {
    char *copy = strdup(text);
    char *split = wording_take_emphasis(&copy, marks);
    cr_expect(eq(str, copy, (char *)question));
    if (answer == NULL)
        cr_expect(split == NULL, "%s gives %s", text, split);
    else
        cr_expect(eq(str, split, (char *)answer));
    free(split);
    free(copy);
}

Test(wording, emphasis_that_began_before_the_tag_is_balanced) {
    expect_emphasis("", "a **b**?", "a **b**?", NULL);
    expect_emphasis("**", "** What?", "What?", NULL);
    expect_emphasis("**", "What?**", "What?", NULL);
    expect_emphasis("**", "What** is?", "**What** is?", NULL);
    expect_emphasis("**", "What?** That.", "What?", "That.");
    expect_emphasis("**", "This or that?** Why?", "**This or that?** Why?", NULL);
    expect_emphasis("**", "What?** That. Right?", "What?", "That. Right?");
    expect_emphasis("**", "This or that?** Explain when.", "This or that?", "Explain when.");
    expect_emphasis("***", "*** What?", "What?", NULL);
    expect_emphasis("**_", "_ What?**", "What?", NULL);
    expect_emphasis("*", "What is never closed?", "What is never closed?", NULL);
}

static void expect_dropped(const char *text, const char *rest) {
    char *copy = strdup(text);
    wording_drop_answer_word(copy);
    cr_expect(eq(str, copy, (char *)rest));
    free(copy);
}

Test(wording, words_that_announce_an_answer_are_dropped) {
    expect_dropped("Ans. x", "x");
    expect_dropped("ANSWER: x", "x");
    expect_dropped("Answer : x", "x");
    expect_dropped("A: x", "x");
    expect_dropped("**Answer:** x", "x");
    expect_dropped("**Answer**: x", "x");
    expect_dropped("*Ans.* x", "x");
    expect_dropped("Solution:\n\n- a\n- b", "- a\n- b");
    expect_dropped("### Answer\n\nx", "x");
    expect_dropped("## Solution:\nx", "x");
    expect_dropped("**Answer**\n\nx", "x");
    expect_dropped("💡 **Answer:** x", "x");
    expect_dropped("**✅ Lösung**: x", "x");
    expect_dropped("A3: x", "x");
    expect_dropped("Answer 3\nx", "x");
    expect_dropped("Answer 3: x", "x");
    expect_dropped("Answer:42", "42");
    expect_dropped("Answer", "");
    expect_dropped("参考答案：x", "x");
    expect_dropped("【答案】：x", "x");
    expect_dropped("?\nx", "x");
    expect_dropped("??  \nx", "x");
}

Test(wording, other_words_stay) {
    const char *const texts[] = {"A. is an option",
                                 "A matrix",
                                 "Answers vary",
                                 "Answering: no",
                                 "Ansatz: yes",
                                 "# Answer to all",
                                 "a",
                                 "",
                                 "**A** b",
                                 "Solve it: x",
                                 "R: x",
                                 "R2: x",
                                 "A 3:1 mix",
                                 "A 12:30 train",
                                 "A1:2 is a ratio",
                                 "a :: Int",
                                 "Answer 42.",
                                 "Answer 42",
                                 "**Answer 42**",
                                 "答案 42",
                                 "【x】",
                                 "??? x",
                                 "? x",
                                 "💡 x"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        expect_dropped(texts[i], texts[i]);
}

Test(wording, slugs_keep_letters_and_digits) {
    const char *const pairs[][2] = {{"Linear algebra", "linear-algebra"},
                                    {"  A/B -- tests! ", "a-b-tests"},
                                    {"Occam's razor", "occams-razor"},
                                    {"ÜBER $L_2$", "über-l-2"},
                                    {"***", "section"},
                                    {"", "section"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char *slug = wording_slug(pairs[i][0]);
        cr_expect(eq(str, slug, (char *)pairs[i][1]));
        free(slug);
    }
}
