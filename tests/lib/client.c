#include "tests/lib/client.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/lib/server.h"

enum { TIMEOUT_SECONDS = 30 };

static CURL *open_handle(const struct server *server, const char *method, const char *target,
                         const char *body) {
    CURL *curl = curl_easy_init();
    cr_assert_not_null(curl);
    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_REQUEST_TARGET, target);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    if (strcmp(method, "HEAD") == 0) {
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    } else {
        if (body != NULL) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
    }
    return curl;
}

/* libcurl calls fwrite() itself where a FILE is the target. */
static void collect(CURL *curl, FILE *headers, FILE *body) {
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, body);
}

static void perform(CURL *curl, const char *target, struct reply *ret_reply) {
    struct reply reply = {0};
    size_t headers_size;
    FILE *headers = open_memstream(&reply.headers, &headers_size);
    FILE *content = open_memstream(&reply.body, &reply.body_size);
    cr_assert(headers != NULL && content != NULL);
    collect(curl, headers, content);
    CURLcode code = curl_easy_perform(curl);
    cr_assert_eq(code, CURLE_OK, "%s: %s", target, curl_easy_strerror(code));
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_easy_cleanup(curl);
    fclose(headers);
    fclose(content);
    reply.json = json_loadb(reply.body, reply.body_size, 0, NULL);
    *ret_reply = reply;
}

void client_request(const struct server *server, const char *method, const char *target,
                    const char *body, struct reply *ret_reply) {
    perform(open_handle(server, method, target, body), target, ret_reply);
}

void client_ask(const struct server *server, const char *method, const char *target,
                const char *const *fields, struct reply *ret_reply) {
    struct curl_slist *list = NULL;
    for (; *fields != NULL; fields++) list = curl_slist_append(list, *fields);
    CURL *curl = open_handle(server, method, target, NULL);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
    perform(curl, target, ret_reply);
    curl_slist_free_all(list);
}

void client_get(const struct server *server, const char *target, struct reply *ret_reply) {
    client_request(server, "GET", target, NULL, ret_reply);
}

json_t *client_get_json(const struct server *server, long status, const char *target) {
    struct reply reply;
    client_get(server, target, &reply);
    cr_assert_eq(reply.status, status, "GET %s: %ld %s", target, reply.status, reply.body);
    cr_assert_not_null(reply.json, "GET %s: no JSON: %s", target, reply.body);
    json_t *json = json_incref(reply.json);
    reply_free(&reply);
    return json;
}

char *reply_header(const struct reply *reply, const char *name) {
    size_t length = strlen(name);
    for (const char *line = reply->headers; *line != '\0'; line += strcspn(line, "\n") + 1) {
        if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
        const char *value = line + length + 1 + strspn(line + length + 1, " ");
        return strndup(value, strcspn(value, "\r\n"));
    }
    return NULL;
}

bool reply_has(const struct reply *reply, const char *name, const char *value) {
    char *found = reply_header(reply, name);
    bool same = found == NULL || value == NULL ? found == value : strcmp(found, value) == 0;
    free(found);
    return same;
}

void reply_free(struct reply *reply) {
    free(reply->headers);
    free(reply->body);
    json_decref(reply->json);
    *reply = (struct reply){0};
}

/* ---- raw connections --------------------------------------------------------------------------
 */

int client_connect(const struct server *server) {
    int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(connection >= 0);
    struct timeval timeout = {.tv_sec = TIMEOUT_SECONDS};
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)server->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(connection, (struct sockaddr *)&address, sizeof(address)) == 0) return connection;
    int error = errno;
    close(connection);
    errno = error;
    return -1;
}

void client_send(int connection, const char *text) {
    for (size_t left = strlen(text); left > 0;) {
        ssize_t sent = send(connection, text, left, MSG_NOSIGNAL);
        if (sent <= 0) return;
        text += sent;
        left -= (size_t)sent;
    }
}

char *client_receive(int connection, const char *until) {
    char *text = NULL, part[4096];
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    cr_assert_not_null(out);
    ssize_t got;
    while ((got = recv(connection, part, sizeof(part), 0)) > 0) {
        fwrite(part, 1, (size_t)got, out);
        fflush(out);
        if (until != NULL && strstr(text, until) != NULL) break;
    }
    fclose(out);
    return text;
}

/* ---- JSON -------------------------------------------------------------------------------------
 */

json_t *json_at(json_t *json, const char *path) {
    char *copy = strdup(path), *rest = copy;
    for (char *name; json != NULL && (name = strsep(&rest, ".")) != NULL;) {
        json = json_is_array(json) ? json_array_get(json, strtoul(name, NULL, 10))
                                   : json_object_get(json, name);
    }
    free(copy);
    return json;
}

const char *json_text(json_t *json, const char *path) {
    json_t *found = json_at(json, path);
    cr_assert(json_is_string(found), "no string at %s: %s", path, json_dumps(json, 0));
    return json_string_value(found);
}

long long json_number(json_t *json, const char *path) {
    json_t *found = json_at(json, path);
    cr_assert(json_is_integer(found), "no integer at %s: %s", path, json_dumps(json, 0));
    return json_integer_value(found);
}
