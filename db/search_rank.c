#include "db/search_rank.h"

#include "db/connection.h"

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

/* The columns of the index, and what a word is worth in them. */
enum { COLUMN_QUESTION, COLUMN_SECTION = 2 };
static const double question_weight = 4, context_weight = 1, section_weight = 2;

static int count(const Fts5ExtensionApi *api, Fts5Context *hit, struct search_occurrences *found) {
    int instances = 0, code = api->xInstCount(hit, &instances);
    for (int i = 0; i < instances && code == SQLITE_OK; i++) {
        int phrase, column, place;
        code = api->xInst(hit, i, &phrase, &column, &place);
        if (code != SQLITE_OK || phrase >= SEARCH_WORDS_MAX) continue;
        if (column == COLUMN_SECTION)
            found->phrases[phrase].title += section_weight;
        else
            found->phrases[phrase].text +=
                column == COLUMN_QUESTION ? question_weight : context_weight;
    }
    return code;
}

static void occurrences(const Fts5ExtensionApi *api, Fts5Context *hit, sqlite3_context *result,
                        int argument_count, sqlite3_value **arguments) {
    struct search_occurrences *found =
        argument_count == 1 ? sqlite3_value_pointer(arguments[0], VALUE_POINTER_TYPE) : NULL;
    if (found == NULL) {
        sqlite3_result_error_code(result, SQLITE_MISUSE);
        return;
    }
    *found = (struct search_occurrences){.count = api->xPhraseCount(hit)};
    if (found->count > SEARCH_WORDS_MAX) found->count = SEARCH_WORDS_MAX;
    int code = count(api, hit, found);
    if (code != SQLITE_OK) sqlite3_result_error_code(result, code);
}

int search_rank_register(sqlite3 *database) {
    fts5_api *api = search_engine(database);
    if (api == NULL) return SQLITE_ERROR;
    return api->xCreateFunction(api, "question_occurrences", NULL, occurrences, NULL);
}

/* Saturation, and how much the length of the text matters, that of the title not at all: the values
 * of the paper and of FTS5. */
static const double k1 = 1.2, b = 0.75;

/* What is usual, in bytes: a sentence of 16 words. */
static const double usual_length = 96;

double search_rank_score(const struct search_occurrences *found, size_t length) {
    double norm = 1 - b + b * (double)length / usual_length, sum = 0;
    for (int i = 0; i < found->count; i++) {
        double frequency = found->phrases[i].text / norm + found->phrases[i].title;
        sum += frequency / (k1 + frequency);
    }
    return sum;
}
