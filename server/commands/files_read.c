#include "server/commands/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content/memory.h"

enum { FIRST_CAPACITY = 64 * 1024 };

static void add_error(struct diagnostics *diagnostics, const char *code, const char *text) {
    diagnostics_add(diagnostics, SEVERITY_ERROR, 0, 0, code, "%s", text);
}

/* Non-blocking: what was a regular file a moment ago may be a FIFO now, whose open would wait for
 * a writer. */
static int open_file(const struct source_file *file, struct diagnostics *diagnostics) {
    if (strcmp(file->path, "-") == 0) return STDIN_FILENO;
    int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    struct stat status;
    if (fd < 0 || fstat(fd, &status) != 0) {
        add_error(diagnostics, "unreadable", strerror(errno));
    } else if (!S_ISREG(status.st_mode)) {
        add_error(diagnostics, "not-a-file", "not a regular file");
    } else {
        return fd;
    }
    if (fd >= 0) close(fd);
    return -1;
}

static ssize_t read_some(int fd, struct file_buffer *buffer) {
    ssize_t got;
    if (buffer->size == buffer->capacity)
        buffer->bytes = memory_reserve(buffer->bytes, buffer->size, FIRST_CAPACITY,
                                       &buffer->capacity, sizeof(buffer->bytes[0]));
    do got = read(fd, buffer->bytes + buffer->size, buffer->capacity - buffer->size);
    while (got < 0 && errno == EINTR);
    if (got > 0) buffer->size += (size_t)got;
    return got;
}

bool files_read(const struct source_file *file, struct diagnostics *diagnostics,
                struct file_buffer *buffer) {
    int fd = open_file(file, diagnostics);
    if (fd < 0) return false;
    buffer->size = 0;
    ssize_t got;
    do got = read_some(fd, buffer);
    while (got > 0 && buffer->size <= PARSE_SIZE_MAX);
    if (got < 0)
        add_error(diagnostics, "unreadable", strerror(errno));
    else if (buffer->size > PARSE_SIZE_MAX)
        diagnostics_add(diagnostics, SEVERITY_ERROR, 0, 0, "too-large",
                        "larger than %zu MiB: split it", PARSE_SIZE_MAX >> 20);
    if (fd != STDIN_FILENO) close(fd);
    return got == 0 && buffer->size <= PARSE_SIZE_MAX;
}

void file_buffer_free(struct file_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (struct file_buffer){0};
}

char *files_title(const struct source_file *file) {
    const char *slash = strrchr(file->name, '/');
    const char *name = slash != NULL ? slash + 1 : file->name;
    const char *extension = strrchr(name, '.');
    return memory_copy(name, extension != NULL && extension != name ? (size_t)(extension - name)
                                                                    : strlen(name));
}
