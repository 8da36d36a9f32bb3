#include "server/access_log.h"

#include <stdio.h>
#include <unistd.h>

/* What is left of the line for the target: the other parts are far shorter than this. */
enum { TARGET_MAX = ACCESS_LOG_LINE_MAX - 256 };

static void escape(const char *text, char ret_escaped[TARGET_MAX]) {
    size_t used = 0;
    for (; *text != '\0' && used + sizeof("\\xHH") < TARGET_MAX; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte > 0x20 && byte < 0x7F && byte != '\\') {
            ret_escaped[used++] = *text;
        } else {
            used += (size_t)snprintf(ret_escaped + used, TARGET_MAX - used, "\\x%02X", byte);
        }
    }
    ret_escaped[used] = '\0';
}

size_t access_log_format(const struct access_entry *entry, char ret_line[ACCESS_LOG_LINE_MAX]) {
    char target[TARGET_MAX], when[sizeof("YYYY-MM-DDThh:mm:ss")] = "";
    struct tm parts;
    if (gmtime_r(&entry->time.tv_sec, &parts) != NULL) {
        strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%S", &parts);
    }
    escape(entry->target, target);
    char status[sizeof("4294967295")] = "-";
    if (entry->status != 0) snprintf(status, sizeof(status), "%u", entry->status);
    int length = snprintf(ret_line, ACCESS_LOG_LINE_MAX, "%s.%03ldZ %.45s %.16s %s %s %zu %juus\n",
                          when, entry->time.tv_nsec / 1000000, entry->client, entry->method, target,
                          status, entry->bytes, (uintmax_t)entry->microseconds);
    return length > 0 ? (size_t)length : 0;
}

void access_log_write(const struct access_entry *entry) {
    char line[ACCESS_LOG_LINE_MAX];
    size_t length = access_log_format(entry, line);
    /* A log that cannot be written must not stop the service. */
    ssize_t written = write(STDERR_FILENO, line, length);
    (void)written;
}
