#include "content/wide_tables.h"

#include <string.h>

/* Whether the line can be the one below a table's header, in quotes and lists or not, and how many
 * bars it has. */
static bool is_delimiter(const char *line, size_t size, unsigned *ret_bars) {
    unsigned bars = 0;
    for (size_t i = 0; i < size; i++) {
        if (line[i] == '\0' || strchr("|-: \t>", line[i]) == NULL) return false;
        bars += line[i] == '|';
    }
    *ret_bars = bars;
    return true;
}

static void hide_bars(char *line, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (line[i] == '|') line[i] = 'x';
}

void wide_tables_hide(struct source *source) {
    for (unsigned line = 0; line < source->line_count; line++) {
        size_t begin = source->line_starts[line], size = source_line_end(source, line) - begin;
        unsigned bars;
        if (is_delimiter(source->copy + begin, size, &bars) && bars > WIDE_TABLES_BARS_MAX)
            hide_bars(source->copy + begin, size);
    }
}
