/* GET /v1/export. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/lib/bank.h"
#include "tests/lib/client.h"
#include "tests/lib/process.h"
#include "tests/lib/temporary.h"

static struct bank bank;

static void set_up(void) {
    bank_start(&bank);
}
static void tear_down(void) {
    bank_stop(&bank);
}
TestSuite(http_export, .init = set_up, .fini = tear_down, .timeout = 60);

static void expect_header(const struct reply *reply, const char *name, const char *value) {
    char *actual = reply_header(reply, name);
    cr_expect_str_eq(actual != NULL ? actual : "(none)", value, "%s: %s", name, reply->headers);
    free(actual);
}

/* The items of an export in JSON must be those of the list. */
static void expect_items(json_t *items, const char *list) {
    json_t *page = client_get_json(&bank.server, 200, list);
    cr_expect(json_equal(items, json_at(page, "items")), "%s", json_dumps(items, 0));
    json_decref(page);
}

static json_t *read_lines(const char *text) {
    json_t *items = json_array();
    for (const char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        json_t *item = json_loadb(line, (size_t)(end - line), 0, NULL);
        cr_assert_not_null(item, "%s", line);
        json_array_append_new(items, item);
    }
    return items;
}

Test(http_export, lines_are_the_items_of_the_list) {
    struct reply reply;
    client_get(&bank.server, "/v1/export", &reply);
    cr_expect_eq(reply.status, 200);
    json_t *items = read_lines(reply.body);
    expect_items(items, "/v1/questions?limit=100");
    json_decref(items);
    reply_free(&reply);
}

Test(http_export, answers_come_as_with_include_answer) {
    json_t *json = client_get_json(&bank.server, 200, "/v1/export?format=json&answers=true");
    expect_items(json_at(json, "items"), "/v1/questions?limit=100&include=answer");
    cr_expect_eq(json_number(json, "total"), 6);
    char *revision = bank_revision(&bank);
    cr_expect_str_eq(json_text(json, "revision"), revision);
    free(revision);
    json_decref(json);
}

Test(http_export, texts_come_in_the_markup_of_the_list) {
    static const char *const forms[] = {"markup=html", "markup=text", "markup=telegram",
                                        "markup=slack&max_length=12"};
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        char target[128], list[128];
        snprintf(target, sizeof(target), "/v1/export?format=json&answers=true&%s", forms[i]);
        snprintf(list, sizeof(list), "/v1/questions?limit=100&include=answer&%s", forms[i]);
        json_t *json = client_get_json(&bank.server, 200, target);
        expect_items(json_at(json, "items"), list);
        json_decref(json);
    }
    json_t *json =
        client_get_json(&bank.server, 200, "/v1/export?format=json&markup=text&max_length=9");
    cr_expect(json_is_true(json_at(json, "items.0.truncated")));
    json_decref(json);
}

/* Chats have a limit of their own, plain text has none. */
Test(http_export, a_table_tells_what_was_cut_to_a_length) {
    static const char header[] = "id,difficulty,question,context,section_id,section_title,"
                                 "source_path,source_line,answer_steps";
    struct reply reply;
    client_get(&bank.server, "/v1/export?format=csv&markup=text", &reply);
    cr_expect_eq(strcspn(reply.body, "\r"), strlen(header), "%s", reply.body);
    reply_free(&reply);
    client_get(&bank.server, "/v1/export?format=csv&markup=slack&max_length=9", &reply);
    cr_expect_eq(strncmp(reply.body, header, strlen(header)), 0, "%s", reply.body);
    cr_expect_eq(strncmp(reply.body + strlen(header), ",truncated\r\n", 12), 0, "%s", reply.body);
    cr_expect_not_null(strstr(reply.body, ",true\r\n"), "%s", reply.body);
    reply_free(&reply);
}

Test(http_export, markup_goes_with_formats_that_have_none_of_their_own) {
    static const char *const choices[] = {"html&format=anki", "html&format=gift",
                                          "html&format=markdown", "markdown&format=anki"};
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        char target[64];
        snprintf(target, sizeof(target), "/v1/export?markup=%s", choices[i]);
        json_t *problem = client_get_json(&bank.server, 400, target);
        cr_expect_str_eq(json_text(problem, "parameter"), "markup");
        cr_expect_not_null(strstr(json_text(problem, "detail"), "ndjson, csv or json"));
        json_decref(problem);
    }
    json_t *problem = client_get_json(&bank.server, 400, "/v1/export?max_length=9");
    cr_expect_str_eq(json_text(problem, "parameter"), "max_length");
    json_decref(problem);
}

Test(http_export, filters_are_those_of_the_list) {
    json_t *json =
        client_get_json(&bank.server, 200,
                        "/v1/export?format=json&difficulty=hard&difficulty=easy&section=methods");
    expect_items(json_at(json, "items"),
                 "/v1/questions?difficulty=hard&difficulty=easy&section=methods");
    json_decref(json);
    json = client_get_json(&bank.server, 200, "/v1/export?format=json&has_answer=false");
    cr_expect_eq(json_number(json, "total"), 1);
    json_decref(json);
}

Test(http_export, each_format_has_its_media_type_and_a_file_name) {
    static const struct {
        const char *format, *type, *extension;
    } formats[] = {{"ndjson", "application/x-ndjson", "ndjson"},
                   {"csv", "text/csv; charset=utf-8; header=present", "csv"},
                   {"json", "application/json", "json"},
                   {"markdown", "text/markdown; charset=utf-8", "md"},
                   {"anki", "text/plain; charset=utf-8", "txt"},
                   {"gift", "text/plain; charset=utf-8", "gift"}};
    char *revision = bank_revision(&bank), target[64], name[96];
    for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        snprintf(target, sizeof(target), "/v1/export?format=%s", formats[i].format);
        snprintf(name, sizeof(name), "attachment; filename=\"qbank-%s.%s\"", revision,
                 formats[i].extension);
        static const char *const methods[] = {"GET", "HEAD"};
        for (size_t j = 0; j < 2; j++) {
            struct reply reply;
            client_request(&bank.server, methods[j], target, NULL, &reply);
            cr_expect_eq(reply.status, 200);
            expect_header(&reply, "Content-Type", formats[i].type);
            expect_header(&reply, "Content-Disposition", name);
            expect_header(&reply, "Cache-Control", "no-store");
            cr_expect_eq(reply.body_size == 0, j == 1);
            reply_free(&reply);
        }
    }
    free(revision);
}

static void expect_problem(long status, const char *target, const char *type) {
    json_t *problem = client_get_json(&bank.server, status, target);
    cr_expect_str_eq(json_text(problem, "type"), type);
    json_decref(problem);
}

Test(http_export, wrong_values_are_refused) {
    expect_problem(400, "/v1/export?format=xml", "/problems/invalid-parameter");
    expect_problem(400, "/v1/export?format=", "/problems/invalid-parameter");
    expect_problem(400, "/v1/export?answers=1", "/problems/invalid-parameter");
    expect_problem(400, "/v1/export?section=nowhere", "/problems/invalid-parameter");
    expect_problem(400, "/v1/export?source=nowhere.md", "/problems/invalid-parameter");
    expect_problem(400, "/v1/export?limit=3", "/problems/unknown-parameter");
    expect_problem(409, "/v1/export?revision=0123456789abcdef", "/problems/revision-mismatch");
}

Test(http_export, answers_can_be_forbidden) {
    server_stop(&bank.server);
    server_start(&bank.server, bank.database, (const char *const[]){"--no-bulk-answers", NULL});
    expect_problem(403, "/v1/export?answers=true", "/problems/bulk-answers-disabled");
    struct reply reply;
    client_get(&bank.server, "/v1/export?answers=false", &reply);
    cr_expect_eq(reply.status, 200);
    reply_free(&reply);
}

Test(http_export, counts_as_one_request_where_they_are_limited) {
    server_stop(&bank.server);
    server_start(&bank.server, bank.database,
                 (const char *const[]){"--rate-limit", "60/min", NULL});
    struct reply reply;
    client_get(&bank.server, "/v1/export", &reply);
    char *limit = reply_header(&reply, "RateLimit");
    cr_expect_not_null(limit, "%s", reply.headers);
    json_t *items = read_lines(reply.body);
    cr_expect_eq(json_array_size(items), 6);
    json_decref(items);
    free(limit);
    reply_free(&reply);
}

Test(http_export, markdown_imports_as_the_same_revision) {
    struct reply reply;
    client_get(&bank.server, "/v1/export?format=markdown&answers=true", &reply);
    char *file = temporary_write(bank.directory, "exported.md", reply.body);
    char *database = temporary_path(bank.directory, "again.db");
    char *revision = bank_revision(&bank);
    struct process_result result = process_qbank("import", "--db", database, file);
    cr_expect_eq(result.status, 0);
    cr_expect_not_null(strstr(result.out, revision), "%s is not %s", result.out, revision);
    process_result_free(&result);
    reply_free(&reply);
    free(revision);
    free(database);
    free(file);
}

/* ---- while it is being sent -------------------------------------------------------------------
 */

/* More than the buffers between server and client take: 16 MB. */
enum { LARGE = 1000, WORDS = 16000 };

static char *write_large_bank(void) {
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    for (int i = 0; i < LARGE; i++) fprintf(out, "# [E] %0*d? {#q%d}\n\n", WORDS, i, i);
    fclose(out);
    return text;
}

static void serve_large_bank(void) {
    char *markdown = write_large_bank();
    bank_replace(&bank, markdown);
    free(markdown);
    server_stop(&bank.server);
    server_start(&bank.server, bank.database, (const char *const[]){"--workers", "1", NULL});
}

static int begin_export(void) {
    int connection = client_connect(&bank.server);
    client_send(connection, "GET /v1/export HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    return connection;
}

static size_t count(const char *text, const char *wanted) {
    size_t found = 0;
    while ((text = strstr(text, wanted)) != NULL) text += strlen(wanted), found++;
    return found;
}

Test(http_export, goes_on_with_its_bank_while_the_server_moves_on) {
    serve_large_bank();
    char *revision = bank_revision(&bank);
    int connection = begin_export();
    char *begin = client_receive(connection, "\"id\":\"q0\"");
    bank_replace(&bank, "# [E] What is new? {#new}\n");
    bank_await_change(&bank, revision);
    char *rest = client_receive(connection, NULL);
    cr_expect_str_eq(rest + strlen(rest) - 5, "0\r\n\r\n");
    cr_expect_eq(count(begin, "{\"id\":\"q") + count(rest, "{\"id\":\"q"), LARGE);
    cr_expect_null(strstr(rest, "What is new?"));
    close(connection);
    free(rest);
    free(begin);
    free(revision);
}

/* Before the server has taken up the new bank it sends the old one. */
Test(http_export, is_sent_right_after_an_import) {
    for (int i = 0; i < 5; i++) {
        char markdown[64];
        snprintf(markdown, sizeof(markdown), "# [E] What is new in %d?\n", i);
        bank_replace(&bank, markdown);
        struct reply reply;
        client_get(&bank.server, "/v1/export", &reply);
        cr_expect_eq(reply.status, 200, "%s", reply.body);
        reply_free(&reply);
    }
}

Test(http_export, is_refused_while_too_many_are_under_way) {
    enum { MOST = 4 };
    int connections[MOST];
    serve_large_bank();
    for (int i = 0; i < MOST; i++) {
        connections[i] = begin_export();
        free(client_receive(connections[i], "\"id\":\"q0\""));
    }
    struct reply reply;
    client_get(&bank.server, "/v1/export", &reply);
    cr_expect_eq(reply.status, 503);
    expect_header(&reply, "Retry-After", "5");
    cr_expect_str_eq(json_text(reply.json, "type"), "/problems/busy");
    reply_free(&reply);
    json_decref(client_get_json(&bank.server, 200, "/v1/questions/random"));
    for (int i = 0; i < MOST; i++) {
        free(client_receive(connections[i], NULL));
        close(connections[i]);
    }
    client_get(&bank.server, "/v1/export?difficulty=hard", &reply);
    cr_expect_eq(reply.status, 200);
    reply_free(&reply);
}
