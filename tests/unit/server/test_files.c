#include "server/commands/files.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/temporary.h"

static char *root;
static struct report report;
static struct source_files found;

static void set_up(void) {
    root = temporary_create();
    cr_assert_eq(chdir(root), 0);
    cr_redirect_stderr();
    report_begin(&report, OUTPUT_TEXT);
}

static void tear_down(void) {
    files_free(&found);
    cr_assert_eq(chdir("/"), 0);
    temporary_remove(root);
}

TestSuite(files, .init = set_up, .fini = tear_down);

static void make(const char *name) {
    free(temporary_write(root, name, name));
}

/* `paths` and the expected names are separated by blanks. */
static void expect_found(const char *paths, const char *expected) {
    char *list = strdup(paths), *rest = list, *given[8], names[256] = "";
    size_t count = 0;
    for (char *path; (path = strsep(&rest, " ")) != NULL;) given[count++] = path;
    files_free(&found);
    files_find(given, count, &report, &found);
    for (size_t i = 0; i < found.count; i++)
        snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s", i > 0 ? " " : "",
                 found.items[i].name);
    cr_expect_str_eq(names, expected);
    free(list);
}

static void expect_said(const char *expected) {
    fflush(stderr);
    cr_expect_stderr_eq_str(expected);
}

Test(files, in_a_directory_stand_in_the_order_of_their_bytes) {
    make("d/b.md");
    make("d/a/z.md");
    make("d/a-b.md");
    make("d/a.md");
    make("d/Z.markdown");
    make("d/ä.md");
    expect_found("d", "Z.markdown a-b.md a.md a/z.md b.md ä.md");
    cr_expect_eq(report.progress.files_total, 6);
    expect_said("");
}

Test(files, in_a_directory_are_markdown_by_name_and_not_hidden) {
    make("d/a.md");
    make("d/b.txt");
    make("d/md");
    make("d/.hidden.md");
    make("d/.git/c.md");
    make("d/.md");
    make("d/e.MD");
    expect_found("d", "a.md");
    expect_said("");
}

Test(files, given_directly_may_have_any_name) {
    make("notes.txt");
    make(".hidden.md");
    make("d/a");
    expect_found("notes.txt .hidden.md d/a -", "notes.txt .hidden.md a stdin.md");
    expect_said("");
}

Test(files, a_hidden_directory_can_be_given) {
    make(".d/a.md");
    expect_found(".d", "a.md");
    cr_assert_eq(chdir(".d"), 0);
    expect_found(".", "a.md");
}

Test(files, paths_with_dots_and_slashes) {
    make("d/e/a.md");
    expect_found("d///", "e/a.md");
    cr_expect_str_eq(found.items[0].path, "d/e/a.md");
    expect_found("d/../d/e/", "a.md");
    expect_found("d/e/../e/a.md", "a.md");
    expect_said("");
}

Test(files, nothing_in_an_empty_directory) {
    cr_assert_eq(mkdir("d", 0700), 0);
    expect_found("d", "");
    expect_said("");
}

Test(files, links_are_followed) {
    make("d/a.md");
    make("elsewhere/b.md");
    cr_assert_eq(symlink("../elsewhere", "d/linked"), 0);
    cr_assert_eq(symlink("a.md", "d/c.md"), 0);
    expect_found("d", "a.md c.md linked/b.md");
    expect_said("");
}

Test(files, a_link_to_a_directory_above_is_an_error) {
    make("d/a.md");
    make("d/e/b.md");
    cr_assert_eq(symlink("..", "d/e/up"), 0);
    expect_found("d", "a.md e/b.md");
    expect_said("d/e/up: error: leads back to d, which it stands in: remove the link "
                "[directory-loop]\n");
    cr_expect_eq(report.errors, 1);
}

Test(files, links_that_lead_nowhere) {
    make("d/a.md");
    cr_assert_eq(symlink("nowhere", "d/b.md"), 0);
    cr_assert_eq(symlink("nowhere", "d/c"), 0); /* nobody's questions are lost */
    cr_assert_eq(symlink("self", "d/self"), 0);
    expect_found("d", "a.md");
    expect_said("d/b.md: error: No such file or directory [unreadable]\n"
                "d/self: error: Too many levels of symbolic links [unreadable]\n");
}

Test(files, that_are_no_files) {
    make("d/a.md");
    cr_assert_eq(mkfifo("d/fifo.md", 0600), 0);
    cr_assert_eq(mkfifo("d/fifo", 0600), 0);
    expect_found("d d/fifo /dev/null", "a.md");
    expect_said("d/fifo.md: error: neither a regular file nor a directory [not-a-file]\n"
                "d/fifo: error: neither a regular file nor a directory [not-a-file]\n"
                "/dev/null: error: neither a regular file nor a directory [not-a-file]\n");
}

Test(files, that_are_not_there) {
    make("a.md");
    expect_found("none a.md/", "");
    expect_said("none: error: No such file or directory [unreadable]\n"
                "a.md/: error: Not a directory [unreadable]\n");
}

Test(files, an_empty_path) {
    expect_found("", "");
    expect_said("'': error: No such file or directory [unreadable]\n");
}

Test(files, of_the_same_name_are_both_named) {
    make("d/a.md");
    make("e/a.md");
    expect_found("e d", "a.md a.md");
    expect_said("d/a.md: error: the source path a.md is that of e/a.md too: rename one, or import "
                "the directory that holds both [duplicate-source]\n");
}

Test(files, given_twice) {
    expect_found("- -", "stdin.md stdin.md");
    expect_said("-: error: the source path stdin.md is that of - too: rename one, or import "
                "the directory that holds both [duplicate-source]\n");
}

Test(files, whose_names_are_not_utf8) {
    make("d/bad\xff.md");
    make("d/new\nline.md");
    expect_found("d", "new\nline.md");
    expect_said("d/bad\\xff.md: error: the name is not UTF-8: rename the file [bad-name]\n");
}

/* Reads a file and reports why it cannot be read. */
static bool read_file(const struct source_file *file, struct file_buffer *buffer) {
    struct diagnostics complaints = {0};
    bool good = files_read(file, &complaints, buffer);
    for (size_t i = 0; i < complaints.count; i++)
        report_diagnostic(&report, file->path, &complaints.items[i]);
    diagnostics_free(&complaints);
    return good;
}

Test(files, read_into_one_buffer) {
    make("longer.md");
    make("a.md");
    expect_found("longer.md a.md", "longer.md a.md");
    struct file_buffer buffer = {0};
    cr_assert(read_file(&found.items[0], &buffer));
    cr_assert(read_file(&found.items[1], &buffer));
    cr_expect_eq(buffer.size, 4);
    cr_expect_arr_eq(buffer.bytes, "a.md", 4);
    file_buffer_free(&buffer);
}

static bool read_of_size(off_t size) {
    make("big.md");
    cr_assert_eq(truncate("big.md", size), 0);
    struct source_file file = {.path = (char[]){"big.md"}, .name = (char[]){"big.md"}};
    struct file_buffer buffer = {0};
    bool good = read_file(&file, &buffer);
    if (good) cr_expect_eq(buffer.size, (size_t)size);
    file_buffer_free(&buffer);
    return good;
}

Test(files, up_to_the_limit_are_read) {
    cr_expect(read_of_size((off_t)PARSE_SIZE_MAX));
    expect_said("");
}

Test(files, above_the_limit_are_refused) {
    cr_expect_not(read_of_size((off_t)PARSE_SIZE_MAX + 1));
    expect_said("big.md: error: larger than 64 MiB: split it [too-large]\n");
}

Test(files, that_vanish_before_they_are_read) {
    struct source_file file = {.path = (char[]){"gone.md"}, .name = (char[]){"gone.md"}};
    struct file_buffer buffer = {0};
    cr_expect_not(read_file(&file, &buffer));
    expect_said("gone.md: error: No such file or directory [unreadable]\n");
    file_buffer_free(&buffer);
}

Test(files, that_become_a_fifo_do_not_hang_the_run) {
    cr_assert_eq(mkfifo("fifo.md", 0600), 0);
    struct source_file file = {.path = (char[]){"fifo.md"}, .name = (char[]){"fifo.md"}};
    struct file_buffer buffer = {0};
    cr_expect_not(read_file(&file, &buffer));
    expect_said("fifo.md: error: not a regular file [not-a-file]\n");
    file_buffer_free(&buffer);
}

static void expect_title(const char *name, const char *expected) {
    char *copy = strdup(name);
    char *title = files_title(&(struct source_file){.name = copy});
    cr_expect_str_eq(title, expected);
    free(title);
    free(copy);
}

Test(files, titles_come_from_their_names) {
    expect_title("a/b.c/deep learning.md", "deep learning");
    expect_title("notes.v2.markdown", "notes.v2");
    expect_title("README", "README");
    expect_title(".hidden", ".hidden");
}
