#include "db/listing.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "db/order.h"
#include "db/search_marks.h"
#include "db/store_internal.h"

struct listing {
    struct store *store;
    struct search_words words; /* zeroed without a search */
    struct order order;
    uint64_t tag;   /* of the list in cursors */
    uint32_t place; /* where the page begins */
    const struct question_filter *filter;
    const char *seed;
};

/* ---- which list a cursor is of ----------------------------------------------------------------
 */

enum { TAG_BITS = 48 };

static uint64_t mix(uint64_t hash, const void *bytes, size_t size) {
    return XXH3_64bits_withSeed(bytes, size, hash);
}

/* By what the filter leaves, not by how it was put. */
static uint64_t mix_selection(uint64_t hash, const struct catalog *catalog,
                              const struct selection *selection) {
    uint32_t set = (uint32_t)(selection->ready - &catalog->sets[0][0]);
    hash = mix(hash, &set, sizeof(set));
    hash = mix(hash, &selection->since, sizeof(selection->since));
    for (size_t i = 0; i < selection->part_count; i++)
        hash = mix(hash, &selection->parts[i].range, sizeof(selection->parts[i].range));
    return mix(hash, selection->excluded, selection->excluded_count * sizeof(*selection->excluded));
}

static uint64_t make_tag(const struct listing *listing, const struct listing_request *request) {
    const uint32_t order[] = {request->sort, request->descending};
    uint64_t hash = mix(0, order, sizeof(order));
    for (unsigned i = 0; i < listing->order.run_count; i++)
        hash = mix_selection(hash, listing->store->catalog, &listing->order.runs[i]);
    if (request->search != NULL) {
        hash = mix(hash, &request->places, sizeof(request->places));
        hash = mix(hash, request->search, strlen(request->search));
    }
    return mix(hash, request->seed, strlen(request->seed)) >> (64 - TAG_BITS);
}

/* ---- opening ----------------------------------------------------------------------------------
 */

static enum store_status read_search(struct listing *listing, const char *search) {
    struct store *store = listing->store;
    enum store_status status = search_words_read(store->pinned->handle, search, &listing->words);
    return status == STORE_ERROR ? connection_fail(store->pinned, "search") : status;
}

/* An old cursor is told to be old before anything else: what it was made with may be gone from the
 * bank by now. */
static enum store_status read_cursor(const struct listing *listing, const char *text,
                                     struct cursor *ret_cursor) {
    if (!cursor_decode(text, ret_cursor)) return STORE_NO_ROW;
    bool current = ret_cursor->revision == listing->store->catalog->revision_bits;
    return current ? STORE_OK : STORE_STALE;
}

static enum store_status go_to(struct listing *listing, const struct cursor *cursor) {
    if (cursor->list != listing->tag || strcmp(cursor->seed, listing->seed) != 0)
        return STORE_OTHER_LIST;
    listing->place = cursor->place;
    return STORE_OK;
}

static enum store_status open_listing(struct listing *listing,
                                      const struct listing_request *request, size_t *ret_index) {
    struct cursor cursor;
    enum store_status status = STORE_OK;
    if (request->cursor != NULL) status = read_cursor(listing, request->cursor, &cursor);
    if (status == STORE_OK && request->search != NULL)
        status = read_search(listing, request->search);
    if (status == STORE_OK)
        status = order_create(listing->store, request, &listing->words, &listing->order, ret_index);
    if (status != STORE_OK) return status;
    listing->tag = make_tag(listing, request);
    return request->cursor != NULL ? go_to(listing, &cursor) : STORE_OK;
}

enum store_status listing_open(struct store *store, const struct listing_request *request,
                               struct listing **ret_listing, size_t *ret_index) {
    struct listing *listing = calloc(1, sizeof(*listing));
    if (listing == NULL) return store_fail(store, STORE_ERROR, "out of memory");
    listing->store = store;
    listing->filter = request->filter;
    listing->seed = request->seed;
    enum store_status status = open_listing(listing, request, ret_index);
    if (status == STORE_OK)
        *ret_listing = listing;
    else
        listing_close(listing);
    return status;
}

void listing_close(struct listing *listing) {
    if (listing == NULL) return;
    order_free(&listing->order);
    search_words_free(&listing->words);
    free(listing);
}

/* ---- reading ----------------------------------------------------------------------------------
 */

size_t listing_total(const struct listing *listing) {
    return listing->order.count;
}

bool listing_is_complete(const struct listing *listing) {
    return !listing->order.truncated;
}

enum store_status listing_facets(const struct listing *listing, unsigned wanted,
                                 struct facets *ret_facets) {
    return facets_count(listing->store, listing->filter, &listing->order, wanted, ret_facets);
}

enum store_status listing_mark(const struct listing *listing, const char *text,
                               struct span **ret_marks, size_t *ret_count) {
    if (listing->words.term_count == 0) {
        *ret_marks = NULL;
        *ret_count = 0;
        return STORE_OK;
    }
    bool found = search_marks_find(&listing->words, text, ret_marks, ret_count);
    return found ? STORE_OK : connection_out_of_memory(listing->store->pinned);
}

enum store_status listing_read(const struct listing *listing, size_t limit, uint32_t *ret_positions,
                               struct listing_page *ret_page) {
    uint32_t next;
    struct listing_page page = {0};
    enum store_status status = order_take(&listing->order, listing->store, listing->place, limit,
                                          ret_positions, &page.count, &next);
    if (status != STORE_OK) return status;
    if (next != 0)
        cursor_encode(&(struct cursor){.revision = listing->store->catalog->revision_bits,
                                       .list = listing->tag,
                                       .place = next,
                                       .seed = listing->seed},
                      page.next_cursor);
    *ret_page = page;
    return STORE_OK;
}
