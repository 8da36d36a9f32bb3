#include "content/inline_answer.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

static void expect_cut(const char *text, const char *question, const char *answer) {
    char *copy = strdup(text);
    char *taken = inline_answer_take(copy, false);
    cr_expect(eq(str, copy, (char *)question));
    if (answer == NULL)
        cr_expect(taken == NULL, "%s gives %s", text, taken);
    else
        cr_expect(taken != NULL && strcmp(taken, answer) == 0, "%s gives %s", text,
                  taken != NULL ? taken : "nothing");
    free(taken);
    free(copy);
}

Test(inline_answer, is_announced_behind_a_sentence) {
    expect_cut("What? Answer: that", "What?", "Answer: that");
    expect_cut("What？ *Ans.* that", "What？", "*Ans.* that");
    expect_cut("什么？答：那", "什么？", "答：那");
    expect_cut("问答：什么", "问答：什么", NULL);
    expect_cut("State it. A: so", "State it.", "A: so");
    expect_cut("What is the A: that", "What is the A: that", NULL);
    expect_cut("Which? A: this B: that", "Which? A: this B: that", NULL);
    expect_cut("Which? a: this b: that", "Which? a: this b: that", NULL);
    expect_cut("Which? A: of a and b: that", "Which?", "A: of a and b: that");
    expect_cut("Let A be. A: what is it?", "Let A be. A: what is it?", NULL);
    expect_cut("Answer: that", "Answer: that", NULL);
    expect_cut("What? R: that", "What?", "R: that");
    expect_cut("P: 0.5. R: 0.6. Give F1.", "P: 0.5. R: 0.6. Give F1.", NULL);
    expect_cut("What? A 3:1 mix.", "What? A 3:1 mix.", NULL);
    expect_cut("Which? Solution 2.", "Which? Solution 2.", NULL);
    expect_cut("What is this: a :: Int", "What is this: a", "Int");
    expect_cut("What? Answer 42", "What?", "Answer 42");
}

Test(inline_answer, follows_a_break_or_a_mark_between_the_two) {
    expect_cut("What?<br>that", "What?", "that");
    expect_cut("What<BR />that", "What", "that");
    expect_cut("What?<br>", "What?", "");
    expect_cut("<br>What", "<br>What", NULL);
    expect_cut("<br", "<br", NULL);
    expect_cut("What :: that", "What", "that");
    expect_cut("What?::that", "What?", "that");
    expect_cut("What? -> that", "What?", "that");
    expect_cut("What?→that", "What?", "that");
    expect_cut("What is f: x → y", "What is f: x → y", NULL);
    expect_cut("What is std::sort", "What is std::sort", NULL);
    expect_cut("Explain f :: Int -> Int.", "Explain f :: Int -> Int.", NULL);
    expect_cut("Name map :: (a -> b) -> [a] -> [b]", "Name map :: (a -> b) -> [a] -> [b]", NULL);
    expect_cut("Name head :: [a] -> a :: that", "Name head :: [a] -> a", "that");
    expect_cut("What is f :: Int -> Int? :: that", "What is f :: Int -> Int?", "that");
    expect_cut("State the chain :: Loss -> weights", "State the chain", "Loss -> weights");
    expect_cut("ReLU :: x -> max(0, x)", "ReLU", "x -> max(0, x)");
    expect_cut("Name a type :: Int", "Name a type", "Int");
    expect_cut("What? \U0001f449 that", "What?", "that");
    expect_cut("What :::: that", "What :::: that", NULL);
}

Test(inline_answer, follows_a_question_in_emphasis) {
    expect_cut("**What?** that", "**What?**", "that");
    expect_cut("_*What?*_ that", "_*What?*_", "that");
    expect_cut("**Note.** that", "**Note.** that", NULL);
    expect_cut("**What?**", "**What?**", NULL);
    expect_cut("**What?", "**What?", NULL);
}

Test(inline_answer, begins_behind_the_first_question_mark_outside_code) {
    expect_cut("Given x<br>what? Answer: that", "Given x<br>what?", "Answer: that");
    expect_cut("What?<br>Why? :: that", "What?", "Why? :: that");
    expect_cut("What is `a <br> b`? :: that", "What is `a <br> b`?", "that");
    expect_cut("What is ``a` :: ``", "What is ``a` :: ``", NULL);
    expect_cut("What is `a :: that", "What is `a", "that");
    expect_cut("", "", NULL);
}
