#include "db/search_rank.h"

#include <stddef.h>
#include <string.h>

fts5_api *search_engine(sqlite3 *database) {
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr", NULL);
    sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

/* Saturation, and how much length matters: the values of the paper and of FTS5. */
static const double k1 = 1.2, b = 0.75;

/* The columns of the index: what a word in them is worth, and their usual number of words. */
static const struct field {
    double weight, length;
} fields[] = {{.weight = 4, .length = 16}, /* question */
              {.weight = 1, .length = 16}, /* context */
              {.weight = 2, .length = 4}}; /* section */
enum { FIELD_COUNT = sizeof(fields) / sizeof(fields[0]) };

/* As many words as a query may have. */
enum { PHRASES_MAX = 32 };

/* What one occurrence in each column is worth in this question. */
static int weigh(const Fts5ExtensionApi *api, Fts5Context *hit, double ret_weights[FIELD_COUNT]) {
    for (int i = 0; i < FIELD_COUNT; i++) {
        int words = 0;
        int code = api->xColumnSize(hit, i, &words);
        if (code != SQLITE_OK) return code;
        ret_weights[i] = fields[i].weight / (1 - b + b * words / fields[i].length);
    }
    return SQLITE_OK;
}

/* Weighted occurrences of each phrase. */
static int count(const Fts5ExtensionApi *api, Fts5Context *hit, double frequencies[PHRASES_MAX]) {
    double weights[FIELD_COUNT];
    int instances = 0, code = weigh(api, hit, weights);
    if (code == SQLITE_OK) code = api->xInstCount(hit, &instances);
    for (int i = 0; i < instances && code == SQLITE_OK; i++) {
        int phrase, column, place;
        code = api->xInst(hit, i, &phrase, &column, &place);
        if (code == SQLITE_OK && phrase < PHRASES_MAX && column < FIELD_COUNT)
            frequencies[phrase] += weights[column];
    }
    return code;
}

static void score(const Fts5ExtensionApi *api, Fts5Context *hit, sqlite3_context *result,
                  int argument_count, sqlite3_value **arguments) {
    double frequencies[PHRASES_MAX] = {0}, sum = 0;
    (void)argument_count, (void)arguments;
    int code = count(api, hit, frequencies);
    for (size_t i = 0; i < PHRASES_MAX; i++) sum += frequencies[i] / (k1 + frequencies[i]);
    if (code == SQLITE_OK)
        sqlite3_result_double(result, sum);
    else
        sqlite3_result_error_code(result, code);
}

int search_rank_register(sqlite3 *database) {
    fts5_api *api = search_engine(database);
    if (api == NULL) return SQLITE_ERROR;
    return api->xCreateFunction(api, "question_score", NULL, score, NULL);
}
