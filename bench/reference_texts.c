#include "bench/reference_texts.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_SIZE = 768, FRAME_SIZE = 256 };

struct text {
    char *bytes;
    size_t size;
};

struct reference_texts {
    sqlite3 *database;
    sqlite3_stmt *select; /* of neighbours: from key ?1 to ?2 */
    size_t count;
    struct text *kept; /* or NULL */
    FILE *file;        /* or NULL: all of them, a comma behind each */
    off_t *begins;     /* in it, of each; the last is its end */
    uint64_t chance;
};

struct body {
    char *bytes;
    size_t size, room;
    bool failed;
};

/* ---- the body -------------------------------------------------------------------------------- */

static bool reserve(struct body *body, size_t size) {
    size_t room = 2 * (body->size + size);
    if (body->room - body->size >= size) return true;
    char *more = realloc(body->bytes, room);
    if (more == NULL) return false;
    body->bytes = more;
    body->room = room;
    return true;
}

static void append(struct body *body, const char *bytes, size_t size) {
    if (body->failed || !reserve(body, size)) {
        body->failed = true;
        return;
    }
    memcpy(body->bytes + body->size, bytes, size);
    body->size += size;
}

static void separate(struct body *body) {
    if (body->bytes[body->size - 1] == '}') append(body, ",", 1);
}

static void append_text(struct body *body, const char *bytes, size_t size) {
    separate(body);
    append(body, bytes, size);
}

/* ---- the texts ------------------------------------------------------------------------------- */

/* G. Marsaglia, Xorshift RNGs, Journal of Statistical Software 8 (2003). */
static size_t choose(struct reference_texts *texts, size_t below) {
    texts->chance ^= texts->chance << 13;
    texts->chance ^= texts->chance >> 7;
    texts->chance ^= texts->chance << 17;
    return (size_t)(texts->chance % below);
}

static void select_texts(struct reference_texts *texts, size_t first, size_t count) {
    sqlite3_int64 before = (sqlite3_int64)first;
    sqlite3_bind_int64(texts->select, 1, before + 1);
    sqlite3_bind_int64(texts->select, 2, before + (sqlite3_int64)count);
}

static void read_texts(struct reference_texts *texts, size_t first, size_t count,
                       struct body *body) {
    select_texts(texts, first, count);
    while (sqlite3_step(texts->select) == SQLITE_ROW) {
        const char *json = (const char *)sqlite3_column_text(texts->select, 0);
        append_text(body, json, (size_t)sqlite3_column_bytes(texts->select, 0));
    }
    if (sqlite3_reset(texts->select) != SQLITE_OK) body->failed = true;
}

static void load_texts(struct reference_texts *texts, size_t first, size_t count,
                       struct body *body) {
    off_t begin = texts->begins[first];
    size_t size = (size_t)(texts->begins[first + count] - begin) - 1; /* without the last comma */
    separate(body);
    if (body->failed || !reserve(body, size) ||
        pread(fileno(texts->file), body->bytes + body->size, size, begin) != (ssize_t)size) {
        body->failed = true;
        return;
    }
    body->size += size;
}

static void copy_texts(struct reference_texts *texts, size_t first, size_t count,
                       struct body *body) {
    for (size_t i = first; i < first + count; i++)
        append_text(body, texts->kept[i].bytes, texts->kept[i].size);
}

static void write_texts(struct reference_texts *texts, size_t first, size_t count,
                        struct body *body) {
    if (texts->kept != NULL)
        copy_texts(texts, first, count, body);
    else if (texts->file != NULL)
        load_texts(texts, first, count, body);
    else
        read_texts(texts, first, count, body);
}

char *reference_texts_join(struct reference_texts *texts, size_t count, bool adjacent,
                           size_t *ret_size) {
    static const char head[] = "{\"items\":[", tail[] = "],\"revision\":\"0123456789abcdef\"}";
    size_t room = FRAME_SIZE + count * TEXT_SIZE, length = adjacent ? count : 1;
    if (length > texts->count) return NULL;
    struct body body = {.bytes = malloc(room), .room = room};
    if (body.bytes == NULL) return NULL;
    append(&body, head, strlen(head));
    for (size_t written = 0; written < count; written += length)
        write_texts(texts, choose(texts, texts->count - length + 1), length, &body);
    append(&body, tail, strlen(tail));
    if (body.failed) {
        free(body.bytes);
        return NULL;
    }
    *ret_size = body.size;
    return body.bytes;
}

/* ---- opening --------------------------------------------------------------------------------- */

static bool count_texts(struct reference_texts *texts) {
    sqlite3_stmt *count = NULL;
    bool good = sqlite3_prepare_v2(texts->database, "SELECT max(key) FROM texts", -1, &count,
                                   NULL) == SQLITE_OK &&
                sqlite3_step(count) == SQLITE_ROW;
    if (good) texts->count = (size_t)sqlite3_column_int64(count, 0);
    sqlite3_finalize(count);
    return good && texts->count > 0;
}

/* One read transaction for good: no query begins and ends one. */
static bool prepare(struct reference_texts *texts, const char *path) {
    return sqlite3_open_v2(path, &texts->database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
           sqlite3_exec(texts->database, "PRAGMA cache_size = -16384; BEGIN", NULL, NULL, NULL) ==
               SQLITE_OK &&
           count_texts(texts) &&
           sqlite3_prepare_v3(texts->database, "SELECT json FROM texts WHERE key BETWEEN ?1 AND ?2",
                              -1, SQLITE_PREPARE_PERSISTENT, &texts->select, NULL) == SQLITE_OK;
}

static bool keep(struct reference_texts *texts) {
    texts->kept = calloc(texts->count, sizeof(*texts->kept));
    if (texts->kept == NULL) return false;
    select_texts(texts, 0, texts->count);
    for (size_t i = 0; i < texts->count && sqlite3_step(texts->select) == SQLITE_ROW; i++) {
        struct text *text = &texts->kept[i];
        text->size = (size_t)sqlite3_column_bytes(texts->select, 0);
        text->bytes = strdup((const char *)sqlite3_column_text(texts->select, 0));
        if (text->bytes == NULL) break;
    }
    sqlite3_reset(texts->select);
    return texts->kept[texts->count - 1].bytes != NULL;
}

static bool write_file(struct reference_texts *texts) {
    texts->begins = calloc(texts->count + 1, sizeof(*texts->begins));
    texts->file = tmpfile();
    if (texts->begins == NULL || texts->file == NULL) return false;
    size_t i = 0;
    select_texts(texts, 0, texts->count);
    for (; i < texts->count && sqlite3_step(texts->select) == SQLITE_ROW; i++) {
        int length = fprintf(texts->file, "%s,", sqlite3_column_text(texts->select, 0));
        texts->begins[i + 1] = texts->begins[i] + length;
    }
    sqlite3_reset(texts->select);
    return i == texts->count && fflush(texts->file) == 0;
}

static bool put_in_place(struct reference_texts *texts, enum reference_texts_place place) {
    switch (place) {
    case REFERENCE_TEXTS_DATABASE:
        return true;
    case REFERENCE_TEXTS_FILE:
        return write_file(texts);
    case REFERENCE_TEXTS_MEMORY:
        return keep(texts);
    }
    return false;
}

struct reference_texts *reference_texts_open(const char *path, enum reference_texts_place place) {
    struct reference_texts *texts = calloc(1, sizeof(*texts));
    if (texts == NULL) return NULL;
    texts->chance = UINT64_C(0x9e3779b97f4a7c15);
    if (prepare(texts, path) && put_in_place(texts, place)) return texts;
    fprintf(stderr, "%s: %s\n", path, sqlite3_errmsg(texts->database));
    reference_texts_close(texts);
    return NULL;
}

void reference_texts_close(struct reference_texts *texts) {
    if (texts == NULL) return;
    for (size_t i = 0; texts->kept != NULL && i < texts->count; i++) free(texts->kept[i].bytes);
    free(texts->kept);
    if (texts->file != NULL) fclose(texts->file);
    free(texts->begins);
    sqlite3_finalize(texts->select);
    sqlite3_close(texts->database);
    free(texts);
}
