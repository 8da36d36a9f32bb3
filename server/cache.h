/* A bounded cache of one worker: bytes -> bytes. What is used again stays, what is not goes first:
 * a queue with a second chance (F. J. Corbató, "A paging experiment with the Multics system",
 * 1969), so a hit costs one mark and an eviction is O(1) on average. */
#ifndef QBANK_SERVER_CACHE_H
#define QBANK_SERVER_CACHE_H

#include <stdbool.h>
#include <stddef.h>

struct cache;

struct cache_bytes {
    const void *data;
    size_t size;
};

/* Frees what the bytes of a value refer to, not the bytes themselves. */
typedef void cache_drop(const void *value);

/* Keeps up to `budget` bytes, its own records among them; 0: nothing. `drop` is called for each
 * value that it lets go of; NULL: values refer to nothing. NULL when memory runs out. */
struct cache *cache_create(size_t budget, cache_drop *drop);
void cache_free(struct cache *cache); /* accepts NULL */

/* The value of the key; its data, aligned for any type, is NULL where there is none. It stays the
 * cache's, valid until the next cache_put() or cache_clear(). */
struct cache_bytes cache_get(struct cache *cache, struct cache_bytes key);

/* The same for many keys at once: their cache misses overlap, and the values are on their way. */
void cache_get_all(struct cache *cache, const struct cache_bytes *keys, size_t count,
                   struct cache_bytes *ret_values);

/* Copies the value under a key that is not there yet; under one that is it is found in place of the
 * other, which goes in its turn. `referred` is how many bytes it takes up elsewhere, by what it
 * refers to. A value that is not kept is dropped at once: one that is too large to be worth all the
 * others, most newcomers while the cache is full, any for want of memory. */
void cache_put(struct cache *cache, struct cache_bytes key, struct cache_bytes value,
               size_t referred);

/* Forgets everything. The memory is given back bit by bit, with what is put in later: until then it
 * counts to the budget. */
void cache_clear(struct cache *cache);

/* Whether there was no room for what was put in last, and none comes of what was forgotten: most of
 * what comes next is not kept. */
bool cache_is_full(const struct cache *cache);

/* Bytes in use. */
size_t cache_used(const struct cache *cache);

#endif
