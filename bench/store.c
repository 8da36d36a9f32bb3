/* What finding questions costs in a small bank and in a large one, without HTTP and without their
 * text: build/bench/store SMALL.db LARGE.db [QUERY]...
 *
 * Prints CPU microseconds for each call and the ratio of the two; of a search the slowest of a
 * hundred as well. Both banks are measured in turn, a round each, and the median round is told. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/draw.h"
#include "db/order.h"
#include "db/selection.h"

enum { ROUNDS = 9, CALLS = 2000, EXCLUDED = 250, PAGE = 20, DRAWN = 10, SEARCHES = 100 };

struct bank {
    struct store *store;
    struct catalog *catalog;
    struct draw_generator chance;
    char ids[EXCLUDED][QUESTION_ID_MAX + 1];
    const char *excluded[EXCLUDED];
    const char *query;
};

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void fail(const char *what, const char *why) {
    fprintf(stderr, "bench/store: %s: %s\n", what, why);
    exit(1);
}

static uint32_t any_position(struct bank *bank) {
    return (uint32_t)draw_below(&bank->chance, bank->catalog->count);
}

/* Other ids for each call: their places are not in the processor's cache. */
static void choose_ids(struct bank *bank) {
    for (size_t i = 0; i < EXCLUDED; i++) {
        catalog_question_id(bank->catalog, any_position(bank), bank->ids[i]);
        bank->excluded[i] = bank->ids[i];
    }
}

/* ---- calls ----------------------------------------------------------------------------------- */

static struct selection select_some(struct bank *bank, struct question_filter filter) {
    struct selection selection;
    size_t index;
    if (selection_create(bank->catalog, &filter, &selection, &index) != STORE_OK)
        fail("selection", "failed");
    return selection;
}

static const char *any_section(struct bank *bank) {
    const struct catalog *catalog = bank->catalog;
    size_t run = catalog_find_run(catalog, any_position(bank), 0);
    return catalog->sections.items[catalog->runs[run].section].id;
}

static void find_by_id(struct bank *bank) {
    uint32_t position;
    if (!catalog_find(bank->catalog, bank->ids[bank->chance.state % EXCLUDED], &position))
        fail("id", "not found");
    draw_next(&bank->chance);
}

static void count_filtered(struct bank *bank) {
    const char *section = any_section(bank);
    struct selection selection = select_some(
        bank, (struct question_filter){
                  .difficulties = 5, .sections = &section, .section_count = 1, .answer = 1});
    selection_free(&selection);
}

static void page(struct bank *bank, enum listing_sort sort, struct question_filter filter) {
    const struct listing_request request = {.filter = &filter, .sort = sort, .seed = "seed"};
    struct order order;
    uint32_t positions[PAGE], next;
    size_t index, count;
    if (order_create(bank->store, &request, NULL, &order, &index) != STORE_OK)
        fail("page", store_error(bank->store));
    uint32_t places = order.walks ? bank->catalog->count : order.count;
    uint32_t place = places > 0 ? (uint32_t)draw_below(&bank->chance, places) : 0;
    if (order_take(&order, bank->store, place, PAGE, positions, &count, &next) != STORE_OK)
        fail("page", store_error(bank->store));
    order_free(&order);
}

static const struct question_filter most = {.difficulties = 6};

static void page_filtered(struct bank *bank) {
    page(bank, LISTING_BY_POSITION, most);
}

static void page_by_difficulty(struct bank *bank) {
    page(bank, LISTING_BY_DIFFICULTY, most);
}

static void page_shuffled(struct bank *bank) {
    page(bank, LISTING_RANDOM, most);
}

static void page_by_id(struct bank *bank) {
    page(bank, LISTING_BY_ID, most);
}

/* Few enough to be sorted. */
static void page_by_id_of_section(struct bank *bank) {
    const char *section = any_section(bank);
    page(bank, LISTING_BY_ID,
         (struct question_filter){.sections = &section, .section_count = 1, .difficulties = 6});
}

static void page_by_id_of_source(struct bank *bank) {
    const char *source =
        bank->catalog->sources[any_position(bank) % bank->catalog->source_count].path;
    page(bank, LISTING_BY_ID, (struct question_filter){.sources = &source, .source_count = 1});
}

static void draw(struct bank *bank, struct question_filter filter) {
    uint32_t ranks[DRAWN];
    struct selection selection = select_some(bank, filter);
    draw_ranks(&bank->chance, DRAWN, selection_count(&selection), ranks);
    for (size_t i = 0; i < DRAWN; i++) ranks[i] = selection_select(&selection, ranks[i]);
    selection_free(&selection);
}

static void draw_filtered(struct bank *bank) {
    draw(bank, (struct question_filter){.difficulties = 3, .answer = ANSWER_AVAILABLE});
}

static void draw_excluding(struct bank *bank) {
    draw(bank, (struct question_filter){
                   .difficulties = 3, .exclude = bank->excluded, .exclude_count = EXCLUDED});
}

static void search(struct bank *bank) {
    uint32_t positions[PAGE];
    struct listing *listing;
    struct listing_page page;
    size_t index;
    const struct question_filter filter = {0};
    const struct listing_request request = {.filter = &filter,
                                            .search = bank->query,
                                            .places = SEARCH_ALL_BUT_ANSWERS,
                                            .sort = LISTING_BY_RELEVANCE,
                                            .seed = ""};
    if (listing_open(bank->store, &request, &listing, &index) != STORE_OK ||
        listing_read(listing, PAGE, positions, &page) != STORE_OK)
        fail(bank->query, store_error(bank->store));
    listing_close(listing);
}

/* ---- measuring ------------------------------------------------------------------------------- */

static void open_bank(const char *path, struct bank *bank) {
    char *error = NULL;
    if (store_open(path, STORE_READ, &bank->store, &error) != STORE_OK) fail(path, error);
    double start = now();
    if (store_load_catalog(bank->store, &bank->catalog) != STORE_OK ||
        store_pin(bank->store, bank->catalog) != STORE_OK)
        fail(path, store_error(bank->store));
    printf("%s: %u questions, catalog loaded in %.1f ms\n", path, bank->catalog->count,
           (now() - start) / 1e3);
}

/* The ids are chosen outside the time that is taken. */
static double time_calls(struct bank *bank, void (*call)(struct bank *), size_t count,
                         double *slowest) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (i % 50 == 0) choose_ids(bank);
        double start = now();
        call(bank);
        double taken = now() - start;
        if (taken > *slowest) *slowest = taken;
        sum += taken;
    }
    return sum / (double)count;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void measure(struct bank banks[2], const char *name, void (*call)(struct bank *),
                    size_t count) {
    double rounds[2][ROUNDS], slowest[2] = {0};
    for (size_t i = 0; i < ROUNDS; i++)
        for (size_t k = 0; k < 2; k++)
            rounds[k][i] = time_calls(&banks[k], call, count / ROUNDS + 1, &slowest[k]);
    for (size_t k = 0; k < 2; k++) qsort(rounds[k], ROUNDS, sizeof(double), compare);
    double small = rounds[0][ROUNDS / 2], large = rounds[1][ROUNDS / 2];
    printf("%-36s %10.2f %10.2f %7.2f", name, small, large, large / small);
    printf(call == search ? "   slowest %.0f\n" : "\n", slowest[1]);
}

int main(int argc, char **argv) {
    static struct bank banks[2];
    if (argc < 3) fail("usage", "store SMALL.db LARGE.db [QUERY]...");
    for (size_t i = 0; i < 2; i++) open_bank(argv[i + 1], &banks[i]);
    printf("%-36s %10s %10s %7s\n", "CPU us a call", "small", "large", "ratio");
    measure(banks, "find by id", find_by_id, CALLS);
    measure(banks, "count, three filters", count_filtered, CALLS);
    measure(banks, "page of 20 anywhere, filter", page_filtered, CALLS);
    measure(banks, "same, by difficulty", page_by_difficulty, CALLS);
    measure(banks, "same, shuffled", page_shuffled, CALLS);
    measure(banks, "same, by id", page_by_id, CALLS);
    measure(banks, "page of 20 by id, section", page_by_id_of_section, CALLS);
    measure(banks, "page of 20 by id, source", page_by_id_of_source, CALLS);
    measure(banks, "draw 10, filter", draw_filtered, CALLS);
    measure(banks, "draw 10, filter, 250 exclusions", draw_excluding, CALLS);
    for (int i = 3; i < argc; i++) {
        banks[0].query = banks[1].query = argv[i];
        measure(banks, argv[i], search, SEARCHES);
    }
    for (size_t i = 0; i < 2; i++) {
        catalog_unref(banks[i].catalog);
        store_close(banks[i].store);
    }
    return 0;
}
