#include "bench/load/targets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add(struct targets *targets, const char *path, const char *host, const char *header) {
    char *bytes;
    int size = asprintf(&bytes, "GET %s HTTP/1.1\r\nHost: %s\r\n%s%s\r\n", path, host,
                        header != NULL ? header : "", header != NULL ? "\r\n" : "");
    if (size < 0) return false;
    struct request_text *items =
        reallocarray(targets->items, targets->count + 1, sizeof(targets->items[0]));
    if (items == NULL) {
        free(bytes);
        return false;
    }
    targets->items = items;
    targets->items[targets->count++] = (struct request_text){bytes, (size_t)size};
    return true;
}

static bool read_lines(struct targets *targets, FILE *file, const char *host, const char *header) {
    char *line = NULL;
    size_t room = 0;
    bool good = true;
    while (good && getline(&line, &room, file) > 0) {
        line[strcspn(line, "\r\n")] = '\0';
        good = add(targets, line, host, header);
    }
    free(line);
    return good && targets->count > 0;
}

bool targets_load(const char *path, const char *host, const char *header,
                  struct targets *ret_targets) {
    struct targets targets = {0};
    FILE *file = fopen(path, "re");
    bool good = file != NULL && read_lines(&targets, file, host, header);
    if (file != NULL) fclose(file);
    if (good) {
        *ret_targets = targets;
        return true;
    }
    fprintf(stderr, "http_load: %s: no targets to be read\n", path);
    targets_free(&targets);
    return false;
}

void targets_free(struct targets *targets) {
    for (size_t i = 0; i < targets->count; i++) free(targets->items[i].bytes);
    free(targets->items);
    *targets = (struct targets){0};
}

const struct request_text *targets_next(struct targets *targets) {
    size_t index = targets->next++;
    if (targets->next == targets->count) targets->next = 0;
    return &targets->items[index];
}
