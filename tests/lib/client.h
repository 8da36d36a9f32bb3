/* A small HTTP client for tests. Every transport failure ends the test. */
#ifndef QBANK_TESTS_LIB_CLIENT_H
#define QBANK_TESTS_LIB_CLIENT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct server;

struct reply {
    long status;
    char *headers; /* as received, the status line included */
    char *body;    /* NUL-terminated */
    size_t body_size;
    json_t *json; /* the body parsed, or NULL where it is no JSON */
};

/* `target` is sent exactly as given (no dot segments removed, nothing escaped); redirects are not
 * followed. */
void client_get(const struct server *server, const char *target, struct reply *ret_reply);
void client_request(const struct server *server, const char *method, const char *target,
                    const char *body, struct reply *ret_reply);

/* The same with header fields: lines like "Accept: text/plain", a list that ends with NULL. Content
 * codings are left as they are. */
void client_ask(const struct server *server, const char *method, const char *target,
                const char *const *fields, struct reply *ret_reply);

/* GET that must answer with this status and JSON; returns the parsed body, owned. */
json_t *client_get_json(const struct server *server, long status, const char *target);

/* The value of a header as an owned string, or NULL where it is missing. */
char *reply_header(const struct reply *reply, const char *name);

/* Whether the header has this value; NULL: whether it is missing. */
bool reply_has(const struct reply *reply, const char *name, const char *value);

void reply_free(struct reply *reply);

/* A blocking connection for what a well-behaved client does not do; -1 and errno where there is
 * none. */
int client_connect(const struct server *server);

/* Sends all of `text`, unless the server closes the connection before. */
void client_send(int connection, const char *text);

/* Reads until the server closes or `until` (may be NULL) has come in; owned, NUL-terminated. */
char *client_receive(int connection, const char *until);

/* Follows a path of members and array indices ("items.0.id"); NULL where there is none. */
json_t *json_at(json_t *json, const char *path);

/* The string at a path; ends the test where there is none. */
const char *json_text(json_t *json, const char *path);

/* The integer at a path; ends the test where there is none. */
long long json_number(json_t *json, const char *path);

#endif
