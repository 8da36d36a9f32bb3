#include "server/commands/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content/memory.h"

/* The mode that open() would have given a new file. */
static bool set_mode(int fd) {
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0;
}

/* Makes a file beside the one whose place it is going to take. */
static bool open_temporary(struct output *output) {
    char *temporary = memory_format("%s.XXXXXX", output->target);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        free(temporary);
        return false;
    }
    output->temporary = temporary;
    output->stream = set_mode(fd) ? fdopen(fd, "w") : NULL;
    if (output->stream == NULL) close(fd);
    return output->stream != NULL;
}

bool output_open(struct output *ret_output, const char *path) {
    struct stat status;
    *ret_output = (struct output){.name = "standard output", .stream = stdout};
    if (path == NULL) return true;
    /* a symbolic link stays one: what it leads to is replaced */
    char *target = realpath(path, NULL);
    if (target == NULL) target = memory_copy(path, strlen(path));
    *ret_output = (struct output){.name = path, .target = target};
    bool is_special = stat(target, &status) == 0 && !S_ISREG(status.st_mode);
    if (!is_special) return open_temporary(ret_output);
    ret_output->stream = fopen(target, "we");
    return ret_output->stream != NULL;
}

bool output_write(struct output *output, const void *bytes, size_t size) {
    return fwrite(bytes, 1, size, output->stream) == size;
}

/* What is no regular file, a pipe say, cannot be synchronized. */
bool output_commit(struct output *output) {
    if (ferror(output->stream) || fflush(output->stream) != 0) return false;
    if (output->temporary == NULL) return true;
    if (fsync(fileno(output->stream)) != 0) return false;
    if (rename(output->temporary, output->target) != 0) return false;
    free(output->temporary);
    output->temporary = NULL;
    return true;
}

void output_close(struct output *output) {
    if (output->stream != NULL && output->stream != stdout) fclose(output->stream);
    if (output->temporary != NULL) unlink(output->temporary);
    free(output->temporary);
    free(output->target);
    *output = (struct output){0};
}
