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
    struct cursor cursor = {.revision = 1, .list = 2, .place = 3};
    char again[CURSOR_MAX + 1];
    if (!cursor_decode(text, &cursor)) {
        require(cursor.revision == 1 && cursor.list == 2 && cursor.place == 3);
        return;
    }
    cursor_encode(&cursor, again);
    require(strcmp(text, again) == 0);
}

/* Any cursor: comes back as it was. */
static void check_value(const uint8_t *data, size_t size) {
    struct cursor cursor = {.seed = "seed"}, again;
    if (size < 18) return;
    memcpy(&cursor.revision, data, 8);
    memcpy(&cursor.list, data + 8, 6); /* 48 bits: the machine is little-endian */
    memcpy(&cursor.place, data + 14, 4);
    char text[CURSOR_MAX + 1];
    cursor_encode(&cursor, text);
    require(cursor_decode(text, &again));
    require(cursor.revision == again.revision && cursor.list == again.list);
    require(cursor.place == again.place && strcmp(again.seed, "seed") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *text = strndup((const char *)data, size);
    require(text != NULL);
    check_text(text);
    check_value(data, size);
    free(text);
    return 0;
}
