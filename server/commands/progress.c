#include "server/commands/progress.h"

#include <unistd.h>

static const double first_drawn_after = 1.0; /* seconds */
static const double drawn_every = 0.1;

/* Wide enough for the longest line, narrow enough for the smallest terminal. */
enum { LINE_WIDTH = 78 };

static double seconds_since(struct timespec then) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then.tv_sec) + (double)(now.tv_nsec - then.tv_nsec) / 1e9;
}

void progress_begin(struct progress *progress, FILE *stream) {
    *progress = (struct progress){.terminal = isatty(fileno(stream)) ? stream : NULL};
    clock_gettime(CLOCK_MONOTONIC, &progress->began);
}

static void draw(struct progress *progress, double elapsed) {
    char line[LINE_WIDTH + 1];
    double speed = (double)progress->bytes / 1e6 / elapsed;
    if (progress->questions_total > 0)
        snprintf(line, sizeof(line), "%zu of %zu questions, %.1f MB/s", progress->questions,
                 progress->questions_total, speed);
    else
        snprintf(line, sizeof(line), "%zu of %zu files, %zu questions, %.1f MB/s", progress->files,
                 progress->files_total, progress->questions, speed);
    fprintf(progress->terminal, "\r%-*s", LINE_WIDTH, line);
    fflush(progress->terminal);
    clock_gettime(CLOCK_MONOTONIC, &progress->drawn);
    progress->visible = true;
}

void progress_step(struct progress *progress, size_t questions, size_t bytes) {
    progress->files++;
    progress->questions += questions;
    progress->bytes += bytes;
    if (progress->terminal == NULL) return;
    double elapsed = seconds_since(progress->began);
    if (elapsed < first_drawn_after) return;
    if (seconds_since(progress->drawn) >= drawn_every) draw(progress, elapsed);
}

void progress_clear(struct progress *progress) {
    if (!progress->visible) return;
    fprintf(progress->terminal, "\r%*s\r", LINE_WIDTH, "");
    fflush(progress->terminal);
    progress->visible = false;
}
