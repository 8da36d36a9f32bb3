#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "content/tag.h"

Test(tag, tags_are_initials_or_names_in_brackets) {
    static const struct {
        const char *text;
        size_t length;
        enum difficulty difficulty;
    } cases[] = {{"[E] x", 3, DIFFICULTY_EASY},   {"[m]", 3, DIFFICULTY_MEDIUM},
                 {"[Hard]", 6, DIFFICULTY_HARD},  {"[ EASY ]", 8, DIFFICULTY_EASY},
                 {"\\[E\\]", 5, DIFFICULTY_EASY}, {"[medium]:", 8, DIFFICULTY_MEDIUM},
                 {"[E/M]", 5, DIFFICULTY_MEDIUM}, {"[hard, easy]", 12, DIFFICULTY_HARD}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum difficulty difficulty;
        cr_expect(
            eq(sz, tag_match(cases[i].text, strlen(cases[i].text), &difficulty), cases[i].length));
        cr_expect(eq(int, difficulty, cases[i].difficulty));
    }
    const char *const wrong[] = {"",      "[",    "[E",  "[]",  "[X]",  "[EM]", "E]",
                                 "[e x]", "[Ea]", "(E)", "[x]", "[E/]", "[E/]", "[E/x]"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        enum difficulty difficulty;
        cr_expect(eq(sz, tag_match(wrong[i], strlen(wrong[i]), &difficulty), 0), "%s", wrong[i]);
    }
}

Test(tag, enumerators_are_what_notes_are_numbered_with) {
    const char *const known[] = {"4.",         "4)",          "(4)",
                                 "4:",         "1.2.",        "1.2)",
                                 "12a.",       "#4",          "a)",
                                 "(b)",        "iv.",         "XII)",
                                 "Q3:",        "Q.3",         "4",
                                 "1.1",        "Step 2:",     "Q:",
                                 "q.",         "Question 3.", "Q3",
                                 "•",          "–",           "-",
                                 "🔴",          "➢",           "⭐️",
                                 "3、",        "（3）",       "十二、",
                                 "５．",       "1️⃣",     "1️⃣0️⃣",
                                 "🔟",          "第3题：",     "Frage 3:",
                                 "Câu hỏi 3.", "问题3：",     "问："};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        cr_expect(eq(sz, enumerator_match(known[i], strlen(known[i])), strlen(known[i])), "%s",
                  known[i]);
    const char *const unknown[] = {"",     "a",  "see",    "Note:", "(see)",
                                   "e.g.", "#a", "Quest.", "[E]",   "Fragen 3:"};
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        cr_expect(eq(sz, enumerator_match(unknown[i], strlen(unknown[i])), 0), "%s", unknown[i]);
}

Test(tag, only_prefixes_may_stand_before_the_first_tag) {
    const char *const first[] = {"[E] a",    "  1. [E]", "**[E]**",    "- [ ] [E]",
                                 "## [M] a", "#4 [E]",   "• 2) [H]",   "[!note] [E]",
                                 "[!q]-[E]", "TODO [E]", ":::tip [E]", "::: tip [E]"};
    for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
        cr_expect(tag_begins_line(first[i], strlen(first[i])), "%s", first[i]);
    const char *const later[] = {
        "",          "a [E]",      "see 1. [E]",  "x[E]",        "[Y] [E]", "e.g. [E]",
        "[!] x [E]", "[!a b] [E]", "TODO: x [E]", "NOWHERE [E]", ":: a [E]"};
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
        cr_expect(not(tag_begins_line(later[i], strlen(later[i]))), "%s", later[i]);
}

Test(tag, legends_explain) {
    const char *const legends[] = {" Easy",   " = easy", ": easy questions", " easy - definitions",
                                   "** Easy", " Easy.",  " basic level",     " easy, [M] medium"};
    for (size_t i = 0; i < sizeof(legends) / sizeof(legends[0]); i++)
        cr_expect(tag_is_legend(legends[i], strlen(legends[i]), DIFFICULTY_EASY), "%s", legends[i]);
    const char *const questions[] = {" Easy?", " Easy ensembles", " Medium", " What is easy",
                                     "",       " easygoing"};
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
        cr_expect(not(tag_is_legend(questions[i], strlen(questions[i]), DIFFICULTY_EASY)), "%s",
                  questions[i]);
}

static void expect_last(const char *text, const char *tag) {
    struct tag_place place;
    bool found = tag_find_last(text, strlen(text), &place);
    cr_expect_eq(found, tag != NULL, "%s", text);
    if (found && tag != NULL)
        cr_expect(strlen(tag) == place.end - place.begin &&
                      memcmp(text + place.begin, tag, place.end - place.begin) == 0,
                  "%s", text);
}

Test(tag, the_last_tag_ends_its_line) {
    expect_last("What? [E]", "[E]");
    expect_last("What is [E]? \\[Hard\\] ", "\\[Hard\\]");
    expect_last("What?[M/H]", "[M/H]");
    expect_last("What? [E] {#id}", "[E]");
    expect_last("What? [E] {: .x }", "[E]");
    expect_last("What is $x$[E]", "[E]");
    expect_last("什么[E]", "[E]");
    expect_last("What is E[H]", NULL);
    expect_last("State it [E].", "[E]");
    expect_last("State it [E]:", "[E]");
    expect_last("State it [E].x", NULL);
    expect_last("What? [E] {x}", NULL);
    expect_last("What? [E] {#a} {#b}", NULL);
    expect_last("[E]", NULL);
    expect_last("  [E]", NULL);
    expect_last("What? [X]", NULL);
    expect_last("", NULL);
}

static size_t question_prefix(const char *text) {
    return question_prefix_length(text, strlen(text));
}

Test(tag, numbers_are_no_prefix_of_a_question_without_punctuation) {
    cr_expect(eq(sz, question_prefix("Q1. What?"), 4));
    cr_expect(eq(sz, question_prefix("1.2 What?"), 4));
    cr_expect(eq(sz, question_prefix("- [x] a) What?"), 9));
    cr_expect(eq(sz, question_prefix("3 kinds?"), 0));
    cr_expect(eq(sz, question_prefix("1.5 TB of what?"), 0));
    cr_expect(eq(sz, question_prefix("1.5 million of what?"), 0));
    cr_expect(eq(sz, question_prefix("1.2.3 A loss?"), 6));
    cr_expect(eq(sz, question_prefix("1.2 **What?**"), 4));
    cr_expect(eq(sz, question_prefix("K: how many?"), 0));
    cr_expect(eq(sz, question_prefix("Q: how many?"), 3));
    cr_expect(eq(sz, question_prefix("**What?**"), 0));
    cr_expect(eq(sz, question_prefix("-1 is what?"), 0));
    cr_expect(eq(sz, question_prefix("1."), 0));
    cr_expect(eq(sz, question_prefix(""), 0));
}
