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

bool output_open(struct output *ret_output, const char *path) {
    *ret_output = (struct output){.name = "standard output", .stream = stdout};
    if (path == NULL) return true;
    char *temporary = memory_format("%s.XXXXXX", path);
    *ret_output = (struct output){.name = path};
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) {
        free(temporary);
        return false;
    }
    ret_output->temporary = temporary;
    ret_output->stream = set_mode(fd) ? fdopen(fd, "w") : NULL;
    if (ret_output->stream == NULL) close(fd);
    return ret_output->stream != NULL;
}

bool output_write(struct output *output, const void *bytes, size_t size) {
    return fwrite(bytes, 1, size, output->stream) == size;
}

bool output_commit(struct output *output) {
    if (ferror(output->stream) || fflush(output->stream) != 0) return false;
    if (output->temporary == NULL) return true;
    if (fsync(fileno(output->stream)) != 0) return false;
    if (rename(output->temporary, output->name) != 0) return false;
    free(output->temporary);
    output->temporary = NULL;
    return true;
}

void output_close(struct output *output) {
    if (output->stream != NULL && output->stream != stdout) fclose(output->stream);
    if (output->temporary != NULL) unlink(output->temporary);
    free(output->temporary);
    *output = (struct output){0};
}
