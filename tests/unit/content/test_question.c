#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "content/question.h"

static void derive(const char *text, const char *context, unsigned attempt, char id[11]) {
    char *contexts[] = {(char *)context};
    struct question question = {
        .text = (char *)text, .context = contexts, .context_count = context != NULL};
    question_derive_id(&question, attempt, id);
}

Test(question, difficulties_have_names_and_initials) {
    enum difficulty difficulty;
    cr_expect(difficulty_parse("Hard", &difficulty));
    cr_expect(eq(int, difficulty, DIFFICULTY_HARD));
    cr_expect(difficulty_parse("m", &difficulty));
    cr_expect(eq(int, difficulty, DIFFICULTY_MEDIUM));
    const char *const wrong[] = {"", "x", "eas", "easyy", "[E]", " e"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_expect(not(difficulty_parse(wrong[i], &difficulty)), "%s", wrong[i]);
    cr_expect(eq(int, difficulty, DIFFICULTY_MEDIUM));
}

Test(question, ids_are_the_same_everywhere) {
    char id[QUESTION_ID_DERIVED + 1];
    derive("Why is it empirical?", NULL, 0, id);
    cr_expect(eq(str, id, "c62d5r29x4"));
    derive("When is it invertible?", "Given a matrix $A$", 0, id);
    cr_expect(eq(str, id, "sbefe0qv7r"));
}

Test(question, ids_hang_on_the_words_alone) {
    char one[QUESTION_ID_DERIVED + 1], other[QUESTION_ID_DERIVED + 1];
    derive("Why is it empirical?", NULL, 0, one);
    derive("  Why is\n\tit empirical? ", NULL, 0, other);
    cr_expect(eq(str, one, other));
    derive("Why is it theoretical?", NULL, 0, other);
    cr_expect(ne(str, one, other));
    derive("Why is it empirical?", "Given a risk", 0, other);
    cr_expect(ne(str, one, other));
    derive("Why is it empirical?", NULL, 1, other);
    cr_expect(ne(str, one, other));
    cr_expect(question_id_is_valid(one));
}

Test(question, some_words_cannot_be_ids) {
    char longest[QUESTION_ID_MAX + 2];
    memset(longest, 'a', sizeof(longest) - 1);
    longest[QUESTION_ID_MAX + 1] = '\0';
    cr_expect(not(question_id_is_valid(longest)));
    longest[QUESTION_ID_MAX] = '\0';
    cr_expect(question_id_is_valid(longest));
    const char *const wrong[] = {"", "-a", ".a", "a/b", "a b", "ä", "random", "daily"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        cr_expect(not(question_id_is_valid(wrong[i])), "%s", wrong[i]);
    cr_expect(question_id_is_valid("random-forest.v2_X"));
}

Test(question, the_content_hash_sees_what_readers_see) {
    char *contexts[] = {"b"};
    struct question base = {.text = "a", .answer = "c", .context = contexts, .context_count = 1};
    struct question_hash hash = question_content_hash(&base);
    struct question others[] = {base, base, base, base};
    others[0].difficulty = DIFFICULTY_HARD;
    others[1].answer = "d";
    others[2].context_count = 0;
    others[3].answer = NULL;
    for (size_t i = 0; i < 4; i++) {
        struct question_hash other = question_content_hash(&others[i]);
        cr_expect(other.high != hash.high || other.low != hash.low, "variant %zu", i);
    }
    struct question moved = base;
    moved.id = "x";
    moved.source.line = 7;
    moved.section.index = 3;
    struct question_hash same = question_content_hash(&moved);
    cr_expect(same.high == hash.high && same.low == hash.low);
}
