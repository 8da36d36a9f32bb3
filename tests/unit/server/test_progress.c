#include "server/commands/progress.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A terminal to look at, and a clock that began `seconds` ago. */
static struct progress watched(FILE *terminal, time_t seconds) {
    struct progress progress = {.terminal = terminal, .files_total = 9};
    clock_gettime(CLOCK_MONOTONIC, &progress.began);
    progress.began.tv_sec -= seconds;
    return progress;
}

Test(progress, is_silent_for_a_second) {
    char *shown = NULL;
    size_t size = 0;
    FILE *terminal = open_memstream(&shown, &size);
    struct progress progress = watched(terminal, 0);
    progress_step(&progress, 10, 1000);
    progress_clear(&progress);
    fclose(terminal);
    cr_expect_eq(size, 0);
    free(shown);
}

Test(progress, says_files_questions_and_speed_after_that) {
    char *shown = NULL;
    size_t size = 0;
    FILE *terminal = open_memstream(&shown, &size);
    struct progress progress = watched(terminal, 4);
    progress_step(&progress, 10, 8000000);
    fflush(terminal);
    cr_expect_eq(strncmp(shown, "\r1 of 9 files, 10 questions, 2.0 MB/s ", 38), 0, "%s", shown);
    cr_expect_null(strchr(shown, '\n'));
    fclose(terminal);
    free(shown);
}

Test(progress, is_drawn_a_few_times_a_second_at_most) {
    char *shown = NULL;
    size_t size = 0;
    FILE *terminal = open_memstream(&shown, &size);
    struct progress progress = watched(terminal, 4);
    progress_step(&progress, 1, 1);
    fflush(terminal);
    size_t once = size;
    for (int i = 0; i < 100; i++) progress_step(&progress, 1, 1);
    fflush(terminal);
    cr_expect_leq(size, 3 * once);
    fclose(terminal);
    free(shown);
}

Test(progress, clears_its_line_once) {
    char *shown = NULL;
    size_t size = 0;
    FILE *terminal = open_memstream(&shown, &size);
    struct progress progress = watched(terminal, 4);
    progress_step(&progress, 1, 1);
    progress_clear(&progress);
    fflush(terminal);
    size_t cleared = size;
    cr_expect_eq(shown[size - 1], '\r');
    cr_expect_eq(shown[size - 2], ' ');
    progress_clear(&progress);
    fflush(terminal);
    cr_expect_eq(size, cleared);
    fclose(terminal);
    free(shown);
}

Test(progress, writes_to_terminals_only) {
    FILE *file = tmpfile();
    struct progress progress;
    progress_begin(&progress, file);
    cr_expect_null(progress.terminal);
    progress.began.tv_sec -= 4;
    progress_step(&progress, 1, 1);
    cr_expect_eq(ftell(file), 0);
    fclose(file);
}
