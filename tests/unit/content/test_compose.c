/* Documents put together from the ways in which notes are written, in any order: no question is
 * lost, and the tree counts an answer's steps as a second look at its text does. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/buffer.h"
#include "content/parse.h"
#include "content/steps.h"

/* How a question is written, `%` standing for its words, and how far its answer is indented. */
static const struct form {
    const char *text;
    unsigned indent;
} forms[] = {{"### [E] %", 0},       {"[m] %", 0},
             {"**[Hard] %**", 0},    {"- [E] %", 2},
             {"* **[M]** %", 2},     {"7. [H] %", 3},
             {"3) [E] %", 3},        {"Q3: [M] %", 4},
             {"iv. [H] %", 4},       {"\u2022 [E] %", 2},
             {"- [ ] [M] %", 2},     {"> [H] %\n", 0},
             {"[E] %\n----", 0},     {"1. Given %:\n\n   1. [H] What of % then?", 6},
             {"a) [easy] % {.x}", 4}};

static const char *const answers[] = {"",
                                      "One paragraph of\ntwo lines.",
                                      "- one\n- two\n\n  more\n- three",
                                      "1. one\n2. two",
                                      "Ans. text\n\n```c\n# [E] no question\n\n- x\n```",
                                      "| a | b |\n| - | - |\n| 1 | 2 |",
                                      "$$\nx\n- y\n$$\n\nand so on",
                                      "![](picture.png)",
                                      "> quoted\nlazily\n\nand not",
                                      "<div>\nhtml\n</div>\n\n***\n\nbehind a rule",
                                      "text with [a link][l]\n\n[l]: https://example.org/"};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]) };
enum { ANSWER_COUNT = sizeof(answers) / sizeof(answers[0]) };

/* The same numbers everywhere (Knuth's MMIX generator). */
static unsigned choose(uint64_t *state, unsigned count) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % count;
}

static void append(struct buffer *text, const char *piece) {
    buffer_append(text, piece, strlen(piece));
}

static void append_question(struct buffer *text, const struct form *form, unsigned number) {
    char words[64];
    snprintf(words, sizeof(words), "What is number %u?", number);
    for (const char *at = form->text; *at != '\0'; at++) {
        if (*at == '%')
            append(text, words);
        else
            buffer_append(text, at, 1);
    }
    append(text, "\n\n");
}

static void append_answer(struct buffer *text, const char *answer, unsigned indent) {
    for (const char *at = answer; *at != '\0';) {
        size_t length = strcspn(at, "\n");
        if (length > 0) buffer_append_blanks(text, indent);
        buffer_append(text, at, length);
        append(text, "\n");
        at += length + (at[length] == '\n');
    }
    append(text, "\n");
}

/* Returns how many questions there are. */
static unsigned compose(uint64_t seed, struct buffer *text) {
    uint64_t state = seed;
    unsigned count = 1 + choose(&state, 12);
    for (unsigned i = 0; i < count; i++) {
        const struct form *form = &forms[choose(&state, FORM_COUNT)];
        append_question(text, form, i);
        append_answer(text, answers[choose(&state, ANSWER_COUNT)], form->indent);
        if (choose(&state, 4) == 0) append(text, "## A heading\n\n");
    }
    return count;
}

Test(compose, no_question_is_lost_and_steps_are_those_of_the_text) {
    for (uint64_t seed = 0; seed < 4000; seed++) {
        struct buffer text = {0};
        struct document document;
        unsigned count = compose(seed, &text);
        document_parse(text.data, text.size, "file", &document);
        cr_assert(eq(sz, document.question_count, count), "seed %d:\n%s", (int)seed, text.data);
        for (size_t i = 0; i < document.question_count; i++) {
            const struct question *question = &document.questions[i];
            cr_assert(eq(uint, question->steps, steps_count(question->answer)), "seed %d:\n%s",
                      (int)seed, text.data);
        }
        document_free(&document);
        buffer_free(&text);
    }
}
