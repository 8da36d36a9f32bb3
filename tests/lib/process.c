#include "tests/lib/process.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int memory_file(const char *content, size_t size) {
    int fd = memfd_create("process", MFD_CLOEXEC);
    cr_assert(fd >= 0, "memfd_create failed");
    for (size_t done = 0; done < size;) {
        ssize_t written = write(fd, content + done, size - done);
        cr_assert(written > 0, "writing the program's input failed");
        done += (size_t)written;
    }
    cr_assert(lseek(fd, 0, SEEK_SET) == 0);
    return fd;
}

static void set_environment(const char *const *environment) {
    for (; environment != NULL && *environment != NULL; environment++) {
        const char *equals = strchr(*environment, '=');
        if (equals == NULL) {
            unsetenv(*environment);
        } else {
            char *name = strndup(*environment, (size_t)(equals - *environment));
            if (name == NULL || setenv(name, equals + 1, 1) != 0) _exit(126);
            free(name);
        }
    }
}

/* After exec, root holds only the capabilities of its bounding set. */
static void drop_override(void) {
    if (geteuid() != 0) return;
    if (prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0) != 0) _exit(126);
    if (prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0) != 0) _exit(126);
}

static void become(const char *const *arguments, const struct process_options *options, int in,
                   int out, int err) {
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
        _exit(126);
    /* A test that crashes or times out must not leave its programs behind. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    set_environment(options->environment);
    if (options->honest_permissions) drop_override();
    execvp(arguments[0], (char *const *)(size_t)arguments);
    _exit(127);
}

struct process process_start(const char *const *arguments, const struct process_options *options) {
    static const struct process_options none = {0};
    if (options == NULL) options = &none;
    struct process process = {.out = -1};
    int in = options->input_fd > 0 ? dup(options->input_fd)
                                   : memory_file(options->input, options->input_size);
    cr_assert(in >= 0);
    int out = options->out_path != NULL ? open(options->out_path, O_WRONLY | O_CLOEXEC)
                                        : (process.out = memory_file(NULL, 0));
    cr_assert(out >= 0, "cannot open the program's standard output");
    process.err = memory_file(NULL, 0);
    process.pid = fork();
    cr_assert(process.pid >= 0, "fork failed");
    if (process.pid == 0) become(arguments, options, in, out, process.err);
    close(in);
    if (out != process.out) close(out);
    return process;
}

/* The whole file, NUL-terminated; closes it. */
static char *take_content(int fd, size_t *ret_size) {
    off_t end = fd < 0 ? 0 : lseek(fd, 0, SEEK_END);
    cr_assert(end >= 0);
    size_t size = (size_t)end, done = 0;
    char *content = malloc(size + 1);
    cr_assert_not_null(content);
    while (done < size) {
        ssize_t got = pread(fd, content + done, size - done, (off_t)done);
        cr_assert(got > 0, "reading the program's output failed");
        done += (size_t)got;
    }
    content[size] = '\0';
    if (fd >= 0) close(fd);
    *ret_size = size;
    return content;
}

struct process_result process_wait(struct process *process) {
    int status;
    cr_assert(waitpid(process->pid, &status, 0) == process->pid, "waitpid failed");
    struct process_result result = {.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                                                  : WEXITSTATUS(status)};
    result.out = take_content(process->out, &result.out_size);
    result.err = take_content(process->err, &result.err_size);
    *process = (struct process){.out = -1, .err = -1};
    return result;
}

struct process_result process_run(const char *const *arguments,
                                  const struct process_options *options) {
    struct process process = process_start(arguments, options);
    return process_wait(&process);
}

void process_result_free(struct process_result *result) {
    free(result->out);
    free(result->err);
    *result = (struct process_result){0};
}
