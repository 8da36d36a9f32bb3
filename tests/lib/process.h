/* Runs a program and captures what it says, without pipes that could fill up: its standard streams
 * are files in memory. Failures of the harness itself end the test. */
#ifndef QBANK_TESTS_LIB_PROCESS_H
#define QBANK_TESTS_LIB_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process_options {
    const char *input; /* standard input; NULL: empty */
    size_t input_size;
    int input_fd;         /* standard input, if not 0; stays open here */
    const char *out_path; /* where standard output goes instead of being captured; NULL: captured */
    const char *const
        *environment; /* "NAME=value" to set, "NAME" to unset, NULL-terminated; NULL: as is */
    bool honest_permissions; /* take from root the right to read what the file mode forbids */
};

struct process {
    pid_t pid;
    int out, err; /* files in memory; `out` is -1 with out_path */
};

struct process_result {
    int status; /* the exit status, or 128 + the signal that ended it */
    char *out;  /* NUL-terminated, owned; "" with out_path */
    size_t out_size;
    char *err;
    size_t err_size;
};

/* `arguments` ends with NULL; its first is the program. `options` may be NULL. */
struct process process_start(const char *const *arguments, const struct process_options *options);

/* Waits for the end; frees what `process` holds. */
struct process_result process_wait(struct process *process);

struct process_result process_run(const char *const *arguments,
                                  const struct process_options *options);

/* The program under test with these arguments. */
#define process_qbank(...)                                                                         \
    process_run((const char *const[]){QBANK_PROGRAM, __VA_ARGS__, NULL}, NULL)

void process_result_free(struct process_result *result);

#endif
