/* Two full-text indexes are asked: one over what a question says, which knows where each word
 * stands, and one over that and the answer together, which knows which questions have it. Both are
 * read in the order of the keys, which is that of the bank as a rule. */
#include "db/search.h"

#include <stdlib.h>
#include <string.h>

#include "db/search_match.h"
#include "db/search_query.h"
#include "db/search_scan.h"
#include "db/store_internal.h"

/* Hits of both. */
struct finding {
    struct store *store;
    const struct search_query *query;
    struct search_hit *hits;
    size_t hit_count;
    size_t bytes_read; /* of texts */
    bool complete;
};

/* ---- the indexes ------------------------------------------------------------------------------
 */

/* What the engine may read of an index for each word, and once more: some tens of milliseconds in
 * all. A page of the index of everything has thrice as many questions; and where there are no lists
 * for prefixes, those of all words that begin so are joined before the first hit is given, which is
 * dearer again. */
enum { PAGES_OF_QUESTIONS = 200, PAGES_OF_ALL = 150, PAGES_OF_PREFIXES = 75, WORDS_PAID = 10 };

static unsigned choose_pages(const struct search_words *words, enum statement statement) {
    unsigned pages = PAGES_OF_QUESTIONS;
    if (statement == STATEMENT_SEARCH_ALL)
        pages = words->has_prefix ? PAGES_OF_PREFIXES : PAGES_OF_ALL;
    return pages * (1 + (words->word_count < WORDS_PAID ? words->word_count : WORDS_PAID));
}

static enum store_status scan_index(struct finding *finding, enum statement statement,
                                    const struct search_ability *ability) {
    char *expression;
    bool complete = true;
    enum store_status status = search_query_compile(finding->query->words, ability, &expression);
    if (status == STORE_ERROR) return connection_out_of_memory(finding->store->pinned);
    if (status != STORE_OK) return store_fail(finding->store, status, "the prefix is too short");
    const struct search_scan scan = {.store = finding->store,
                                     .selection = finding->query->selection,
                                     .statement = statement,
                                     .expression = expression,
                                     .word_count = finding->query->words->word_count,
                                     .pages_max = choose_pages(finding->query->words, statement)};
    status = search_scan_run(&scan, finding->hits, &finding->hit_count, &complete);
    finding->complete = finding->complete && complete;
    free(expression);
    return status;
}

static enum store_status find_in_questions(struct finding *finding) {
    static const char *const names[] = {"question", "context", "section"};
    char columns[64] = "";
    for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (finding->query->places >> i & 1) strcat(strcat(columns, names[i]), " ");
    if (columns[0] == '\0') return STORE_OK;
    bool all = (finding->query->places & SEARCH_ALL_BUT_ANSWERS) == SEARCH_ALL_BUT_ANSWERS;
    return scan_index(finding, STATEMENT_SEARCH,
                      &(struct search_ability){
                          .phrases = true, .exclusions = true, .columns = all ? NULL : columns});
}

/* ---- hits that the words of the index alone do not make ---------------------------------------
 */

/* Texts are read for so many bytes: some tens of milliseconds. */
enum { BYTES_MAX = 4 << 20 };

/* Looks through one text of the row; false when memory runs out. */
static bool match_text(struct finding *finding, sqlite3_stmt *row, int column,
                       struct search_match *found) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    finding->bytes_read += (size_t)sqlite3_column_bytes(row, column);
    return search_match_text(finding->query->words, text, found);
}

/* Whether the question has what is looked for in the places that count. */
static enum store_status match(struct finding *finding, uint32_t position, bool *ret_holds) {
    const struct search_query *search = finding->query;
    struct connection *connection = finding->store->pinned;
    struct search_match found = {0};
    QUERY query = connection_query(connection, STATEMENT_SEARCH_TEXTS,
                                   VALUES(value_integer(finding->store->catalog->keys[position])));
    if (query == NULL) return STORE_ERROR;
    int code = sqlite3_step(query);
    if (code != SQLITE_ROW) return connection_finish(connection, STATEMENT_SEARCH_TEXTS, code);
    for (int i = 0; i < SEARCH_PLACE_COUNT; i++)
        if (search->places >> i & 1 && !match_text(finding, query, i, &found))
            return connection_out_of_memory(connection);
    *ret_holds = search_match_holds(search->words, &found);
    return STORE_OK;
}

/* Keeps of the hits those that hold, as far as may be read. */
static enum store_status keep_matching(struct finding *finding) {
    size_t kept = 0;
    for (size_t i = 0; i < finding->hit_count; i++) {
        if (finding->bytes_read >= BYTES_MAX) {
            finding->complete = false;
            break;
        }
        bool holds = false;
        enum store_status status = match(finding, finding->hits[i].position, &holds);
        if (status != STORE_OK) return status;
        if (holds) finding->hits[kept++] = finding->hits[i];
    }
    finding->hit_count = kept;
    return STORE_OK;
}

/* The index knows neither places nor neighbours: where these matter its hits are read. */
static enum store_status find_anywhere(struct finding *finding) {
    const struct search_query *query = finding->query;
    bool exact = query->places == SEARCH_EVERYWHERE && !query->words->has_phrase;
    enum store_status status = scan_index(
        finding, STATEMENT_SEARCH_ALL,
        &(struct search_ability){.exclusions = exact, .prefix_length = SEARCH_ANSWER_PREFIX_MIN});
    return status != STORE_OK || exact ? status : keep_matching(finding);
}

/* ---- the result ------------------------------------------------------------------------------ */

static int compare_positions(const void *a, const void *b) {
    const struct search_hit *left = a, *right = b;
    if (left->position != right->position) return left->position < right->position ? -1 : 1;
    return (left->score < right->score) - (left->score > right->score);
}

/* The better first; equals in bank order. */
static int compare_scores(const void *a, const void *b) {
    const struct search_hit *left = a, *right = b;
    if (left->score != right->score) return left->score < right->score ? 1 : -1;
    return (left->position > right->position) - (left->position < right->position);
}

/* Of questions that were found in both indexes keeps the better hit. Only the index of everything
 * knows what an answer has that shall not be there: `in_both` keeps no question that it has not. */
static void unite(struct finding *finding, bool in_both) {
    struct search_hit *hits = finding->hits;
    size_t kept = 0, count = finding->hit_count;
    qsort(hits, count, sizeof(*hits), compare_positions);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && hits[end].position == hits[i].position;) end++;
        if (!in_both || hits[end - 1].score == 0) hits[kept++] = hits[i];
    }
    finding->hit_count = kept;
}

static enum store_status give_hits(struct finding *finding, struct search_hits *ret_hits) {
    uint32_t *positions = calloc(finding->hit_count + 1, sizeof(*positions));
    if (positions == NULL) return connection_out_of_memory(finding->store->pinned);
    qsort(finding->hits, finding->hit_count, sizeof(*finding->hits), compare_scores);
    for (size_t i = 0; i < finding->hit_count; i++) positions[i] = finding->hits[i].position;
    *ret_hits = (struct search_hits){
        .positions = positions, .count = finding->hit_count, .complete = finding->complete};
    return STORE_OK;
}

static enum store_status find(struct finding *finding) {
    bool answers = finding->query->places & SEARCH_ANSWER;
    enum store_status status = answers ? find_anywhere(finding) : STORE_OK;
    if (status == STORE_OK) status = find_in_questions(finding);
    if (status == STORE_OK && answers) unite(finding, finding->query->words->has_exclusion);
    return status;
}

enum store_status search_find(struct store *store, const struct search_query *query,
                              struct search_hits *ret_hits) {
    struct finding finding = {.store = store, .query = query, .complete = true};
    finding.hits = calloc(2 * (SEARCH_CANDIDATES + 1), sizeof(*finding.hits));
    if (finding.hits == NULL) return connection_out_of_memory(store->pinned);
    enum store_status status = find(&finding);
    if (status == STORE_OK) status = give_hits(&finding, ret_hits);
    free(finding.hits);
    return status;
}
