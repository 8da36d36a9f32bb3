#include "server/commands/suggest.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const words[] = {"import", "lint", "serve", "check", "help"};

static void expect(const char *typed, const char *suggested) {
    const char *nearest = suggest_nearest(typed, words, sizeof(words) / sizeof(words[0]));
    if (suggested == NULL) {
        cr_expect_null(nearest, "%s: %s", typed, nearest);
    } else {
        cr_expect(nearest != NULL && strcmp(nearest, suggested) == 0, "%s: %s", typed, nearest);
    }
}

Test(suggest, slips_of_the_finger) {
    expect("imprt", "import");
    expect("imoprt", "import"); /* two letters swapped: two edits */
    expect("lnt", "lint");
    expect("serv", "serve");
    expect("server", "serve");
    expect("chekc", "check");
    expect("hlep", "help");
}

Test(suggest, nothing_where_nothing_is_near) {
    expect("", NULL);
    expect("frobnicate", NULL);
    expect("x", NULL);
    expect("ab", NULL);
    expect("a-word-that-is-much-longer-than-any-command-could-be", NULL);
}
