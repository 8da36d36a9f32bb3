/* An import that dies at any moment leaves the old bank or the new one, and one import at a time
 * writes. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/lib/cli.h"
#include "tests/lib/temporary.h"

enum { FILES = 40, QUESTIONS_PER_FILE = 500, KILLS = 16 };

static char *root, *database, *small, *large;

static void write_large_bank(void) {
    for (int file = 0; file < FILES; file++) {
        char *text = NULL, name[32];
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        for (int i = 0; i < QUESTIONS_PER_FILE; i++)
            fprintf(stream,
                    "# [%c] What is special about the number %d?\n\n"
                    "It stands between %d and %d, and $%d^2$ is its square.\n\n",
                    "EMH"[i % 3], file * QUESTIONS_PER_FILE + i, file * QUESTIONS_PER_FILE + i - 1,
                    file * QUESTIONS_PER_FILE + i + 1, file * QUESTIONS_PER_FILE + i);
        fclose(stream);
        snprintf(name, sizeof(name), "large/%02d.md", file);
        free(temporary_write(root, name, text));
        free(text);
    }
}

static void set_up(void) {
    root = temporary_create();
    database = temporary_path(root, "qbank.db");
    small = temporary_write(root, "small.md", "# [E] What is small?\n\nThis.\n");
    large = temporary_path(root, "large");
    write_large_bank();
}

static void tear_down(void) {
    free(large);
    free(small);
    free(database);
    temporary_remove(root);
}

TestSuite(cli_kill, .init = set_up, .fini = tear_down);

static struct process start_import(const char *path) {
    return process_start(
        (const char *const[]){QBANK_PROGRAM, "import", "--db", database, path, NULL}, NULL);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void wait_for(double seconds) {
    struct timespec time = {.tv_sec = (time_t)seconds};
    time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
    nanosleep(&time, NULL);
}

/* Seconds that the import of the large bank takes. */
static double measure_import(void) {
    double began = now();
    free(CLI(0, "import", "--db", database, large));
    return now() - began;
}

/* Kills an import of the large bank after so many seconds. */
static void kill_import(double after) {
    struct process process = start_import(large);
    wait_for(after);
    kill(process.pid, SIGKILL);
    struct process_result result = process_wait(&process);
    cr_expect(result.status == 128 + SIGKILL || result.status == 0, "%d: %s", result.status,
              result.err);
    process_result_free(&result);
}

Test(cli_kill, at_any_moment_leaves_the_old_bank_or_the_new_one) {
    double duration = measure_import();
    char *new_bank = cli_check(database);
    free(CLI(0, "import", "--db", database, small));
    char *old_bank = cli_check(database);
    int old_ones = 0;
    for (int i = 0; i < KILLS; i++) {
        double after = duration * (i + drand48()) / (KILLS - 1); /* the last one comes too late */
        kill_import(after);
        char *found = cli_check(database);
        bool is_old = strcmp(found, old_bank) == 0;
        cr_assert(is_old || strcmp(found, new_bank) == 0, "killed after %f s: %s", after, found);
        old_ones += is_old;
        free(found);
        if (!is_old) free(CLI(0, "import", "--db", database, small));
    }
    cr_expect_gt(old_ones, 0, "no import was killed in time");
    free(old_bank);
    free(new_bank);
}

Test(cli_kill, before_the_first_import_leaves_nothing_in_the_way) {
    kill_import(0.05);
    free(CLI(0, "import", "--db", database, small));
    CLI_SAYS(0, "sound (1 question, ", "check", "--db", database);
}

/* An import that another one kept away must say so; true if it did. Frees the result. */
static bool was_told_to_wait(struct process_result result) {
    bool told = result.status == 1 && strstr(result.err, ": another import is running: try again");
    cr_expect(told || result.status == 0, "%d: %s", result.status, result.err);
    process_result_free(&result);
    return told;
}

Test(cli_kill, imports_at_the_same_time_take_turns_or_say_so) {
    free(CLI(0, "import", "--db", database, small));
    struct process large_import = start_import(large), small_import = start_import(small);
    bool large_done = !was_told_to_wait(process_wait(&large_import));
    bool small_done = !was_told_to_wait(process_wait(&small_import));
    char *found = cli_check(database);
    cr_expect((large_done && strstr(found, "sound (20000 questions, ") != NULL) ||
                  (small_done && strstr(found, "sound (1 question, ") != NULL),
              "the bank is none of those imported: %s", found);
    free(found);
}

/* Both find no database and make it. */
Test(cli_kill, first_imports_at_the_same_time_do_not_trip_over_each_other) {
    for (int i = 0; i < 20; i++) {
        struct process first = start_import(small), second = start_import(small);
        was_told_to_wait(process_wait(&first));
        was_told_to_wait(process_wait(&second));
        CLI_SAYS(0, "sound (1 question, ", "check", "--db", database);
        cr_assert_eq(unlink(database), 0);
    }
}

Test(cli_kill, an_import_that_finds_another_one_running_says_so) {
    free(CLI(0, "import", "--db", database, small));
    int input[2];
    cr_assert_eq(pipe2(input, O_CLOEXEC), 0);
    struct process_options options = {.input_fd = input[0]};
    struct process held = process_start(
        (const char *const[]){QBANK_PROGRAM, "import", "--db", database, small, "-", NULL},
        &options);
    int tries = 0;
    /* Until the held import has the database, the small ones get through. */
    while (!was_told_to_wait(process_qbank("import", "--db", database, small)))
        cr_assert_lt(tries++, 1000);
    close(input[0]);
    close(input[1]);
    struct process_result result = process_wait(&held);
    cr_expect_eq(result.status, 0, "%s", result.err);
    CLI_SAYS(0, "sound (1 question, ", "check", "--db", database);
    process_result_free(&result);
}
