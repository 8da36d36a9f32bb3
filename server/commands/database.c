#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "content/memory.h"
#include "db/catalog.h"
#include "db/store.h"
#include "server/commands/commands.h"
#include "server/commands/options.h"

char *command_database_path(const char *option) {
    const char *given = option != NULL ? option : options_environment("QBANK_DB", NULL);
    if (given != NULL) return memory_copy(given, strlen(given));
    /* The XDG base directory specification has relative paths ignored. */
    const char *data = options_environment("XDG_DATA_HOME", NULL),
               *home = options_environment("HOME", NULL);
    if (data != NULL && data[0] == '/') return memory_format("%s/qbank/qbank.db", data);
    if (home != NULL && home[0] == '/')
        return memory_format("%s/.local/share/qbank/qbank.db", home);
    return memory_format("/var/lib/qbank/qbank.db");
}

/* Another process may make it at the same time. */
static bool make_directory(const char *path) {
    if (mkdir(path, 0700) == 0 || errno == EEXIST) return true;
    fprintf(stderr, "qbank: cannot create the directory %s: %s\n", path, strerror(errno));
    return false;
}

bool command_create_directory(const char *path) {
    char *copy = memory_copy(path, strlen(path));
    bool good = true;
    for (char *slash = strchr(copy + 1, '/'); good && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        struct stat status;
        if (stat(copy, &status) != 0) good = make_directory(copy);
        *slash = '/';
    }
    free(copy);
    return good;
}

enum store_status command_pin_newest(struct store *store) {
    enum store_status status;
    do { /* an import may come in between */
        struct catalog *catalog = NULL;
        status = store_load_catalog(store, &catalog);
        if (status == STORE_OK) status = store_pin(store, catalog);
        catalog_unref(catalog);
    } while (status == STORE_STALE);
    return status;
}
