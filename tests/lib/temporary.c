#include "tests/lib/temporary.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *format_path(const char *directory, const char *name) {
    char *path;
    cr_assert(asprintf(&path, "%s/%s", directory, name) > 0, "out of memory");
    return path;
}

char *temporary_create(void) {
    const char *parent = getenv("TMPDIR");
    char *path =
        format_path(parent != NULL && parent[0] != '\0' ? parent : P_tmpdir, "qbank-test-XXXXXX");
    cr_assert_not_null(mkdtemp(path), "cannot create %s", path);
    return path;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place) {
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

void temporary_remove(char *directory) {
    if (directory == NULL) return;
    nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(directory);
}

char *temporary_path(const char *directory, const char *name) {
    return format_path(directory, name);
}

static void create_parents(char *path, size_t root_length) {
    for (char *slash = strchr(path + root_length + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

char *temporary_write(const char *directory, const char *name, const char *text) {
    char *path = format_path(directory, name);
    create_parents(path, strlen(directory));
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "cannot write %s", path);
    fputs(text, file);
    cr_assert_eq(fclose(file), 0, "cannot write %s", path);
    return path;
}

char *temporary_read(const char *path) {
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "cannot read %s", path);
    char *text = NULL;
    size_t capacity = 0;
    ssize_t length = getdelim(&text, &capacity, '\0', file);
    fclose(file);
    if (length < 0) {
        free(text);
        text = strdup("");
    }
    cr_assert_not_null(text);
    return text;
}
