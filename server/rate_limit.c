#include "server/rate_limit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* A lock is that of every LOCKS-th bucket. */
enum { WAYS = 8, BUCKETS = RATE_LIMIT_CLIENTS / WAYS, LOCKS = 64 };

static const uint64_t nanoseconds = 1000000000;

struct slot {
    struct address client;
    uint64_t whole_at; /* when the client's quota is whole again; until now: the slot is free */
};

struct rate_limit {
    uint64_t interval; /* nanoseconds until a request is forgotten */
    uint64_t burst;    /* nanoseconds until all of them are */
    uint64_t seed;     /* nobody can choose addresses that share a bucket */
    char policy[RATE_LIMIT_FIELD_SIZE];
    pthread_mutex_t locks[LOCKS];
    struct slot buckets[BUCKETS][WAYS];
};

static bool parse_unit(const char *text, unsigned *ret_seconds) {
    static const struct {
        const char *name;
        unsigned seconds;
    } units[] = {{"s", 1}, {"min", 60}, {"h", 3600}};
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        if (strcmp(units[i].name, text) != 0) continue;
        *ret_seconds = units[i].seconds;
        return true;
    }
    return false;
}

bool rate_parse(const char *text, struct rate *ret_rate) {
    struct rate rate;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 7 || text[digits] != '/') return false;
    rate.requests = (unsigned)strtoul(text, NULL, 10);
    if (rate.requests == 0 || rate.requests > RATE_REQUESTS_MAX) return false;
    if (!parse_unit(text + digits + 1, &rate.window)) return false;
    *ret_rate = rate;
    return true;
}

struct rate_limit *rate_limit_create(const struct rate *rate) {
    struct rate_limit *limit = calloc(1, sizeof(*limit));
    if (limit == NULL) return NULL;
    limit->interval = rate->window * nanoseconds / rate->requests;
    limit->burst = limit->interval * rate->requests;
    if (getrandom(&limit->seed, sizeof(limit->seed), 0) < 0) limit->seed = (uintptr_t)limit;
    snprintf(limit->policy, sizeof(limit->policy), "\"default\";q=%u;w=%u", rate->requests,
             rate->window);
    for (int i = 0; i < LOCKS; i++) pthread_mutex_init(&limit->locks[i], NULL);
    return limit;
}

void rate_limit_free(struct rate_limit *limit) {
    if (limit == NULL) return;
    for (int i = 0; i < LOCKS; i++) pthread_mutex_destroy(&limit->locks[i]);
    free(limit);
}

/* The client's slot, or the one that is soonest whole, which is then the client's. */
static struct slot *find_slot(struct slot *bucket, const struct address *client) {
    struct slot *soonest = bucket;
    for (struct slot *slot = bucket; slot < bucket + WAYS; slot++) {
        if (memcmp(&slot->client, client, sizeof(*client)) == 0) return slot;
        if (slot->whole_at < soonest->whole_at) soonest = slot;
    }
    *soonest = (struct slot){.client = *client};
    return soonest;
}

static unsigned round_up(uint64_t time) {
    return (unsigned)((time + nanoseconds - 1) / nanoseconds);
}

/* `debt` is how long it takes until the quota is whole. */
static struct rate_verdict judge(const struct rate_limit *limit, bool allowed, uint64_t debt) {
    struct rate_verdict verdict = {
        .allowed = allowed, .remaining = (unsigned)((limit->burst - debt) / limit->interval)};
    verdict.seconds =
        round_up(verdict.remaining > 0 ? debt : debt + limit->interval - limit->burst);
    return verdict;
}

/* Another thread may have looked at the clock later and got the lock earlier. */
static uint64_t debt_at(const struct rate_limit *limit, const struct slot *slot, uint64_t now) {
    uint64_t debt = slot->whole_at > now ? slot->whole_at - now : 0;
    return debt < limit->burst ? debt : limit->burst;
}

static struct rate_verdict take(const struct rate_limit *limit, struct slot *slot, uint64_t now) {
    uint64_t debt = debt_at(limit, slot, now);
    bool allowed = debt + limit->interval <= limit->burst;
    if (allowed) debt += limit->interval;
    slot->whole_at = now + debt;
    return judge(limit, allowed, debt);
}

struct rate_verdict rate_limit_take(struct rate_limit *limit, const struct address *client,
                                    uint64_t now) {
    struct address subscriber = address_subscriber(client);
    uint64_t hash = XXH3_64bits_withSeed(&subscriber, sizeof(subscriber), limit->seed);
    pthread_mutex_t *lock = &limit->locks[hash % LOCKS];
    pthread_mutex_lock(lock);
    struct slot *slot = find_slot(limit->buckets[hash % BUCKETS], &subscriber);
    struct rate_verdict verdict = take(limit, slot, now);
    pthread_mutex_unlock(lock);
    return verdict;
}

const char *rate_limit_policy(const struct rate_limit *limit) {
    return limit->policy;
}

void rate_limit_format(const struct rate_verdict *verdict, char ret_field[RATE_LIMIT_FIELD_SIZE]) {
    snprintf(ret_field, RATE_LIMIT_FIELD_SIZE, "\"default\";r=%u;t=%u", verdict->remaining,
             verdict->seconds);
}
