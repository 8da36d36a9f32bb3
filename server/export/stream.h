/* An export as a stream of bytes, made step by step as they are asked for: for an HTTP response and
 * for the command line alike. */
#ifndef QBANK_SERVER_EXPORT_STREAM_H
#define QBANK_SERVER_EXPORT_STREAM_H

#include <sys/types.h>

#include "db/export.h"
#include "server/export/format.h"

struct export_stream;

/* What is to be written, and how. */
struct export_choice {
    const struct export_format *format;
    bool answers;
    struct text_form form; /* anything but Markdown for formats with has_markup only */
};

/* Begins an export of what the filter leaves of the bank that the store is pinned to; of nothing
 * where it is pinned to none. The store has to outlive the stream. Errors as for export_begin(). */
enum store_status export_stream_open(struct store *store, const struct export_choice *choice,
                                     const struct question_filter *filter,
                                     struct export_stream **ret_stream, size_t *ret_index);
void export_stream_close(struct export_stream *stream); /* accepts NULL */

/* The next bytes, up to `size` (at least 1) of them; 0: that was all; -1: it failed, for what
 * store_error() says or for want of memory. Reads a few questions at most for each call. */
ssize_t export_stream_read(struct export_stream *stream, char *buffer, size_t size);

/* Questions in all, and how many have been read. */
size_t export_stream_total(const struct export_stream *stream);
size_t export_stream_done(const struct export_stream *stream);

#endif
