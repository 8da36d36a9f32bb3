#include "server/commands/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/commands/commands.h"

static bool is_scratch(const struct session *session) {
    return strcmp(session->database, STORE_SCRATCH_PATH) == 0;
}

static bool explain_busy(const struct session *session) {
    fprintf(stderr, "%s: %s: another import is running: try again when it is done\n",
            session->command, session->database);
    return false;
}

static bool open_store(struct session *session) {
    if (!is_scratch(session) && !command_create_directory(session->database)) return false;
    char *error = NULL;
    enum store_status status = store_open(session->database, STORE_WRITE, &session->store, &error);
    if (status == STORE_OK) return true;
    if (status == STORE_BUSY)
        explain_busy(session);
    else
        fprintf(stderr, "%s: %s\n", session->command, error);
    free(error);
    return false;
}

static bool fail(const struct session *session) {
    const char *database = is_scratch(session) ? "the temporary database" : session->database;
    fprintf(stderr, "%s: %s: %s\n", session->command, database, store_error(session->store));
    return false;
}

/* A question may move between the files of one run in any order. */
static enum store_status announce(struct session *session, const struct source_files *all) {
    enum store_status status = STORE_OK;
    for (size_t i = 0; i < all->count && status == STORE_OK; i++)
        status = import_expect(session->import, all->items[i].name);
    return status;
}

static bool begin(struct session *session, const struct source_files *all) {
    if (!open_store(session)) return false;
    enum store_status status = import_begin(session->store, &session->options, &session->import);
    if (status == STORE_OK && session->options.add) status = announce(session, all);
    if (status == STORE_OK) return true;
    return status == STORE_BUSY ? explain_busy(session) : fail(session);
}

/* Begins, unless errors have already decided that all would be rolled back. */
static void begin_if_useful(struct session *session, const struct source_files *all) {
    bool useful = session->import == NULL && !session->refused && session->report->errors == 0;
    if (useful && !session->failed) session->failed = !begin(session, all);
}

static bool knows(void *context, const struct source_files *all, const char *name,
                  const struct fingerprint *fingerprint) {
    struct session *session = context;
    if (is_scratch(session) || access(session->database, F_OK) != 0) return false;
    begin_if_useful(session, all);
    bool known = false;
    return session->import != NULL && !session->failed &&
           import_knows(session->import, name, fingerprint, &known) == STORE_OK && known;
}

static bool keep(void *context, const char *name, const struct fingerprint *fingerprint,
                 struct difficulty_counts *ret_counts) {
    struct session *session = context;
    if (session->import == NULL || session->failed) return false;
    bool kept = false;
    session->failed =
        import_keep(session->import, name, fingerprint, ret_counts, &kept) != STORE_OK &&
        !fail(session);
    return kept && !session->failed;
}

static void refuse(struct session *session) {
    import_abort(session->import);
    session->import = NULL;
    session->refused = true;
}

static bool take(void *context, const struct source_files *all, const char *name,
                 struct document *document) {
    struct session *session = context;
    begin_if_useful(session, all);
    if (session->failed) return false;
    if (session->import == NULL) return true;
    switch (import_source(session->import, name, document)) {
    case STORE_OK:
        return true;
    case STORE_CONFLICT:
        refuse(session);
        return true;
    default:
        return fail(session);
    }
}

struct source_sink session_sink(struct session *session) {
    return (struct source_sink){.context = session, .knows = knows, .keep = keep, .take = take};
}

bool session_commit(struct session *session, struct import_summary *ret_summary) {
    enum store_status status = import_commit(session->import, ret_summary);
    session->import = NULL;
    return status == STORE_OK || fail(session);
}

void session_end(struct session *session) {
    import_abort(session->import);
    session->import = NULL;
    store_close(session->store);
    session->store = NULL;
}
