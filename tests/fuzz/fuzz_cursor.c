/* Cursors come from outside: what is accepted is exactly what would have been written. */
#include <stdlib.h>
#include <string.h>

#include "db/cursor.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

/* Any string: rejected with the result untouched, or the one text of its cursor. */
static void check_text(const char *text) {
    struct cursor cursor = {.revision = 1, .position = 2};
    char again[CURSOR_LENGTH + 1];
    if (!cursor_decode(text, &cursor)) {
        require(cursor.revision == 1 && cursor.position == 2);
        return;
    }
    cursor_encode(&cursor, again);
    require(strcmp(text, again) == 0);
}

/* Any cursor: comes back as it was. */
static void check_value(const uint8_t *data, size_t size) {
    struct cursor cursor, again;
    if (size < sizeof(cursor.revision) + sizeof(cursor.position)) return;
    memcpy(&cursor.revision, data, sizeof(cursor.revision));
    memcpy(&cursor.position, data + sizeof(cursor.revision), sizeof(cursor.position));
    char text[CURSOR_LENGTH + 1];
    cursor_encode(&cursor, text);
    require(strlen(text) == CURSOR_LENGTH && cursor_decode(text, &again));
    require(cursor.revision == again.revision && cursor.position == again.position);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = strndup((const char *)data, size);
    require(text != NULL);
    check_text(text);
    check_value(data, size);
    free(text);
    return 0;
}
