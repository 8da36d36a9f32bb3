#include "server/cache.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* One value may take this part of the budget at most: a giant is not worth all the others. */
enum { LARGEST_PART = 8 };
/* Once the cache is full, one newcomer of so many is let in: what is asked for again and again gets
 * in soon, and a walk through a bank that is larger than the cache neither pays for an eviction at
 * each step nor washes out what is in use. */
enum { NEWCOMERS = 64 };
/* What was cleared is let go of by so many at a time, whenever something is put in. */
enum { SWEPT = 8 };
/* A bucket for so many bytes of the budget: chains stay short where values are small. */
enum { BYTES_PER_BUCKET = 512 };
/* What malloc adds to an allocation. */
enum { ALLOCATION_OVERHEAD = 16 };
/* How many lookups go side by side: about the cache misses that a core keeps in flight. */
enum { BATCH = 16, CACHE_LINE = 64 };

struct entry {
    struct entry *chain; /* the next in the bucket */
    struct entry *next;  /* the next to be looked at for eviction */
    size_t charged;      /* to the budget */
    size_t value_size;
    uint32_t hash, key_size;
    bool used; /* since it was put in, or looked at for eviction */
    alignas(
        max_align_t) char bytes[]; /* the key, close to what is looked at with it, and the value */
};

struct cache {
    size_t budget, used;
    uint32_t lot; /* of the last newcomer */
    bool full;    /* there was no room for the last newcomer */
    cache_drop *drop;
    struct entry *oldest, **newest; /* a queue; `newest` is its end */
    struct entry *cleared;          /* let go of, bit by bit */
    size_t mask;
    struct entry *buckets[];
};

/* Where the value stands behind a key of this size. */
static size_t value_offset(size_t key_size) {
    return (key_size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
}

static const void *value_of(const struct entry *entry) {
    return entry->bytes + value_offset(entry->key_size);
}

static size_t count_buckets(size_t budget) {
    size_t count = 1;
    while (count <= budget / BYTES_PER_BUCKET / 2) count *= 2;
    return count;
}

struct cache *cache_create(size_t budget, cache_drop *drop) {
    size_t count = count_buckets(budget);
    size_t size = sizeof(struct cache) + count * sizeof(struct entry *);
    struct cache *cache = calloc(1, size);
    if (cache == NULL) return NULL;
    cache->budget = budget > size ? budget - size : 0;
    cache->drop = drop;
    cache->newest = &cache->oldest;
    cache->mask = count - 1;
    return cache;
}

static uint32_t hash_key(struct cache_bytes key) {
    return (uint32_t)XXH3_64bits(key.data, key.size);
}

static bool is_under(const struct entry *entry, uint32_t hash, struct cache_bytes key) {
    return entry->hash == hash && entry->key_size == key.size &&
           memcmp(entry->bytes, key.data, key.size) == 0;
}

/* The value of an entry that was found, if one was. */
static struct cache_bytes use(struct entry *entry) {
    if (entry == NULL) return (struct cache_bytes){0};
    if (!entry->used) entry->used = true; /* what is only read need not be written back */
    return (struct cache_bytes){value_of(entry), entry->value_size};
}

struct cache_bytes cache_get(struct cache *cache, struct cache_bytes key) {
    uint32_t hash = hash_key(key);
    struct entry *entry = cache->buckets[hash & cache->mask];
    while (entry != NULL && !is_under(entry, hash, key)) entry = entry->chain;
    return use(entry);
}

/* One of those that go side by side. */
struct lookup {
    struct cache_bytes key, *ret_value;
    struct entry *entry; /* to be looked at next */
    uint32_t hash;
};

/* Sends for what is looked at of an entry, if there is one: its head and its key. */
static void approach(struct lookup *lookup, struct entry *entry) {
    lookup->entry = entry;
    __builtin_prefetch(entry);
    if (entry != NULL) __builtin_prefetch(entry->bytes);
}

/* Whether the lookup has come to its end. A core has only so many cache misses in flight: none is
 * spent on the value before it is found. */
static bool step(struct lookup *lookup) {
    struct entry *entry = lookup->entry;
    if (entry != NULL && !is_under(entry, lookup->hash, lookup->key)) {
        approach(lookup, entry->chain);
        return false;
    }
    struct cache_bytes value = *lookup->ret_value = use(entry);
    for (size_t at = 0; at < value.size; at += CACHE_LINE)
        __builtin_prefetch((const char *)value.data + at);
    return true;
}

static void get_batch(struct cache *cache, const struct cache_bytes *keys, size_t count,
                      struct cache_bytes *ret_values) {
    struct lookup lookups[BATCH];
    for (size_t i = 0; i < count; i++) {
        lookups[i] = (struct lookup){keys[i], &ret_values[i], NULL, hash_key(keys[i])};
        __builtin_prefetch(&cache->buckets[lookups[i].hash & cache->mask]);
    }
    for (size_t i = 0; i < count; i++)
        approach(&lookups[i], cache->buckets[lookups[i].hash & cache->mask]);
    while (count > 0) {
        size_t left = 0;
        for (size_t i = 0; i < count; i++)
            if (!step(&lookups[i])) lookups[left++] = lookups[i];
        count = left;
    }
}

void cache_get_all(struct cache *cache, const struct cache_bytes *keys, size_t count,
                   struct cache_bytes *ret_values) {
    for (size_t done = 0; done < count; done += BATCH) {
        size_t left = count - done;
        get_batch(cache, keys + done, left < BATCH ? left : BATCH, ret_values + done);
    }
}

static void enqueue(struct cache *cache, struct entry *entry) {
    entry->used = false;
    entry->next = NULL;
    *cache->newest = entry;
    cache->newest = &entry->next;
}

static struct entry *dequeue(struct cache *cache) {
    struct entry *entry = cache->oldest;
    cache->oldest = entry->next;
    if (cache->oldest == NULL) cache->newest = &cache->oldest;
    return entry;
}

static void drop(const struct cache *cache, const void *value) {
    if (cache->drop != NULL) cache->drop(value);
}

/* The link that leads to this very entry: another one may have the same key. */
static struct entry **find_link(struct cache *cache, const struct entry *entry) {
    struct entry **link = &cache->buckets[entry->hash & cache->mask];
    while (*link != entry) link = &(*link)->chain;
    return link;
}

static void destroy(struct cache *cache, struct entry *entry) {
    cache->used -= entry->charged;
    drop(cache, value_of(entry));
    free(entry);
}

/* Lets go of so many of what was cleared, or of all that is left of it. */
static void sweep(struct cache *cache, size_t count) {
    for (; count > 0 && cache->cleared != NULL; count--) {
        struct entry *entry = cache->cleared;
        cache->cleared = entry->next;
        destroy(cache, entry);
    }
}

void cache_free(struct cache *cache) {
    if (cache == NULL) return;
    cache_clear(cache);
    sweep(cache, SIZE_MAX);
    free(cache);
}

/* Ends after one round at the latest: it takes every mark away. */
static void evict_one(struct cache *cache) {
    struct entry *entry = dequeue(cache);
    for (; entry->used; entry = dequeue(cache)) enqueue(cache, entry);
    *find_link(cache, entry) = entry->chain;
    destroy(cache, entry);
}

/* Draws lots by the golden ratio: evenly, and out of step with any rhythm of the requests. */
static bool is_let_in(struct cache *cache, size_t charged) {
    cache->full = cache->used + charged > cache->budget;
    if (charged > cache->budget / LARGEST_PART) return false;
    if (!cache->full) return true;
    cache->lot += UINT32_C(0x9e3779b9);
    return cache->lot < UINT32_MAX / NEWCOMERS;
}

static struct entry *create_entry(struct cache_bytes key, struct cache_bytes value) {
    size_t offset = value_offset(key.size);
    struct entry *entry = malloc(sizeof(*entry) + offset + value.size);
    if (entry == NULL) return NULL;
    memcpy(entry->bytes, key.data, key.size);
    memcpy(entry->bytes + offset, value.data, value.size);
    entry->value_size = value.size;
    entry->key_size = (uint32_t)key.size;
    entry->hash = hash_key(key);
    return entry;
}

void cache_put(struct cache *cache, struct cache_bytes key, struct cache_bytes value,
               size_t referred) {
    size_t charged =
        sizeof(struct entry) + value_offset(key.size) + value.size + referred + ALLOCATION_OVERHEAD;
    sweep(cache, SWEPT);
    struct entry *entry = is_let_in(cache, charged) ? create_entry(key, value) : NULL;
    if (entry == NULL) {
        drop(cache, value.data);
        return;
    }
    while (cache->used + charged > cache->budget) {
        if (cache->cleared != NULL)
            sweep(cache, 1);
        else
            evict_one(cache);
    }
    struct entry **bucket = &cache->buckets[entry->hash & cache->mask];
    entry->chain = *bucket;
    *bucket = entry;
    entry->charged = charged;
    cache->used += charged;
    enqueue(cache, entry);
}

/* To let go of everything at once would hold up whoever waits for the next answer. */
void cache_clear(struct cache *cache) {
    *cache->newest = cache->cleared;
    cache->cleared = cache->oldest;
    cache->oldest = NULL;
    cache->newest = &cache->oldest;
    memset(cache->buckets, 0, (cache->mask + 1) * sizeof(cache->buckets[0]));
}

bool cache_is_full(const struct cache *cache) {
    return cache->full && cache->cleared == NULL;
}

size_t cache_used(const struct cache *cache) {
    return cache->used;
}
