/* What finding questions costs in a small bank and in a large one, without HTTP and without their
 * text: build/bench/store SMALL.db LARGE.db
 *
 * Prints CPU microseconds for each call and the ratio of the two. Both banks are measured in turn,
 * a round each, and the median round is told. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/draw.h"
#include "db/listing.h"
#include "db/selection.h"

enum { ROUNDS = 9, CALLS = 200, EXCLUDED = 250, PAGE = 20, DRAWN = 10 };

struct bank {
    struct store *store;
    struct catalog *catalog;
    struct draw_generator chance;
    char ids[EXCLUDED][QUESTION_ID_MAX + 1];
    const char *excluded[EXCLUDED];
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

static void page_filtered(struct bank *bank) {
    struct selection selection = select_some(bank, (struct question_filter){.difficulties = 6});
    uint32_t rank = selection_rank(&selection, any_position(bank));
    for (uint32_t i = 0; i < PAGE && rank + i < selection_count(&selection); i++)
        selection_select(&selection, rank + i);
    selection_free(&selection);
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
static double time_calls(struct bank *bank, void (*call)(struct bank *)) {
    double sum = 0;
    for (size_t i = 0; i < CALLS; i++) {
        if (i % 50 == 0) choose_ids(bank);
        double start = now();
        call(bank);
        sum += now() - start;
    }
    return sum / CALLS;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void measure(struct bank banks[2], const char *name, void (*call)(struct bank *)) {
    double rounds[2][ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        for (size_t k = 0; k < 2; k++) rounds[k][i] = time_calls(&banks[k], call);
    for (size_t k = 0; k < 2; k++) qsort(rounds[k], ROUNDS, sizeof(double), compare);
    double small = rounds[0][ROUNDS / 2], large = rounds[1][ROUNDS / 2];
    printf("%-36s %10.2f %10.2f %7.2f\n", name, small, large, large / small);
}

int main(int argc, char **argv) {
    static struct bank banks[2];
    if (argc != 3) fail("usage", "store SMALL.db LARGE.db");
    for (size_t i = 0; i < 2; i++) open_bank(argv[i + 1], &banks[i]);
    printf("%-36s %10s %10s %7s\n", "CPU us a call", "small", "large", "ratio");
    measure(banks, "find by id", find_by_id);
    measure(banks, "count, three filters", count_filtered);
    measure(banks, "page of 20 anywhere, filter", page_filtered);
    measure(banks, "draw 10, filter", draw_filtered);
    measure(banks, "draw 10, filter, 250 exclusions", draw_excluding);
    for (size_t i = 0; i < 2; i++) {
        catalog_unref(banks[i].catalog);
        store_close(banks[i].store);
    }
    return 0;
}
