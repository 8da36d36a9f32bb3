#include "db/name_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "db/array.h"

/* Set in names that are kept as text: the rest is where. */
static const uint64_t is_text = UINT64_C(1) << 63;

/* How many lookups go side by side: about the cache misses that a core keeps in flight. */
enum { BATCH = 16 };

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* The value of each digit plus one; 0 for all other characters. */
static const uint8_t values[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['g'] = 17, ['h'] = 18, ['j'] = 19, ['k'] = 20, ['m'] = 21, ['n'] = 22, ['p'] = 23, ['q'] = 24,
    ['r'] = 25, ['s'] = 26, ['t'] = 27, ['v'] = 28, ['w'] = 29, ['x'] = 30, ['y'] = 31, ['z'] = 32};

static bool pack(const char *id, uint64_t *ret_packed) {
    if (strlen(id) != QUESTION_ID_DERIVED) return false;
    uint64_t packed = 0;
    uint8_t seen = 0;
    for (size_t i = 0; i < QUESTION_ID_DERIVED; i++) {
        uint8_t value = (uint8_t)(values[(unsigned char)id[i]] - 1); /* 255 if it is no digit */
        seen |= value;
        packed = packed << 5 | value;
    }
    *ret_packed = packed;
    return seen < sizeof(digits) - 1;
}

/* What is looked for: the packed id, or the text. */
struct wanted {
    const char *text;
    uint64_t packed;
    bool packs;
    uint32_t hash;
};

/* Packed ids were random before they were ids: a product is enough to spread them, pinned ones that
 * happen to pack included (D. E. Knuth, The Art of Computer Programming 3, section 6.4). */
static uint32_t hash_packed(uint64_t packed) {
    return (uint32_t)(packed * UINT64_C(0x9e3779b97f4a7c15) >> 32);
}

static void want(const char *id, struct wanted *ret_wanted) {
    uint64_t packed = 0;
    bool packs = pack(id, &packed);
    ret_wanted->text = id;
    ret_wanted->packed = packed;
    ret_wanted->packs = packs;
    ret_wanted->hash = packs ? hash_packed(packed) : (uint32_t)XXH3_64bits(id, strlen(id));
}

static const char *text_of(const struct name_index *index, uint64_t name) {
    return index->texts + (name & ~is_text);
}

static bool is_wanted(const struct name_index *index, uint64_t name, const struct wanted *wanted) {
    if (wanted->packs) return name == wanted->packed;
    return (name & is_text) != 0 && strcmp(text_of(index, name), wanted->text) == 0;
}

static uint32_t look_up(const struct name_index *index, const struct wanted *wanted) {
    for (uint32_t slot = wanted->hash;; slot++) {
        uint32_t number = index->slots[slot & index->slot_mask];
        if (number-- == 0) return NAME_NONE;
        if (!is_wanted(index, index->names[number], wanted)) continue;
        return number < index->id_count ? number : index->alias_positions[number - index->id_count];
    }
}

uint32_t name_index_find(const struct name_index *index, const char *id) {
    struct wanted wanted;
    want(id, &wanted);
    return look_up(index, &wanted);
}

static void find_batch(const struct name_index *index, const char *const *ids, size_t count,
                       uint32_t *ret_positions) {
    struct wanted wanted[BATCH];
    for (size_t i = 0; i < count; i++) {
        want(ids[i], &wanted[i]);
        __builtin_prefetch(&index->slots[wanted[i].hash & index->slot_mask]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t number = index->slots[wanted[i].hash & index->slot_mask];
        if (number > 0) __builtin_prefetch(&index->names[number - 1]);
    }
    for (size_t i = 0; i < count; i++) ret_positions[i] = look_up(index, &wanted[i]);
}

void name_index_find_all(const struct name_index *index, const char *const *ids, size_t count,
                         uint32_t *ret_positions) {
    for (size_t done = 0; done < count; done += BATCH) {
        size_t left = count - done;
        find_batch(index, ids + done, left < BATCH ? left : BATCH, ret_positions + done);
    }
}

void name_index_id(const struct name_index *index, uint32_t position,
                   char ret_id[QUESTION_ID_MAX + 1]) {
    uint64_t name = index->names[position];
    if (name & is_text) {
        snprintf(ret_id, QUESTION_ID_MAX + 1, "%s", text_of(index, name));
        return;
    }
    ret_id[QUESTION_ID_DERIVED] = '\0';
    for (size_t i = QUESTION_ID_DERIVED; i-- > 0; name >>= 5) ret_id[i] = digits[name & 31];
}

/* ---- building -------------------------------------------------------------------------------- */

bool name_index_reserve(struct name_index *index, size_t count) {
    uint64_t *names = reallocarray(index->names, count + 1, sizeof(*names));
    if (names == NULL) return false;
    index->names = names;
    index->name_capacity = count + 1;
    return true;
}

static bool keep_text(struct name_index *index, const char *id, uint64_t *ret_name) {
    size_t size = strlen(id) + 1;
    char *texts = array_reserve(index->texts, index->text_size + size, &index->text_capacity, 1);
    if (texts == NULL) return false;
    index->texts = texts;
    memcpy(texts + index->text_size, id, size);
    *ret_name = is_text | index->text_size;
    index->text_size += size;
    return true;
}

bool name_index_add(struct name_index *index, const char *id) {
    uint64_t name;
    if (!pack(id, &name) && !keep_text(index, id, &name)) return false;
    uint64_t *names = array_reserve(index->names, (size_t)index->count + 1, &index->name_capacity,
                                    sizeof(*names));
    if (names == NULL) return false;
    index->names = names;
    names[index->count++] = name;
    return true;
}

bool name_index_add_alias(struct name_index *index, const char *id, uint32_t position) {
    size_t alias = index->count - index->id_count;
    uint32_t *positions = array_reserve(index->alias_positions, alias + 1, &index->alias_capacity,
                                        sizeof(*positions));
    if (positions == NULL) return false;
    index->alias_positions = positions;
    positions[alias] = position;
    return name_index_add(index, id);
}

static uint32_t prepare_slot(const struct name_index *index, uint32_t number) {
    char id[QUESTION_ID_MAX + 1];
    name_index_id(index, number, id);
    struct wanted wanted;
    want(id, &wanted);
    __builtin_prefetch(&index->slots[wanted.hash & index->slot_mask]);
    return wanted.hash;
}

static void insert(struct name_index *index, uint32_t number, uint32_t hash) {
    uint32_t slot = hash;
    while (index->slots[slot & index->slot_mask] != 0) slot++;
    index->slots[slot & index->slot_mask] = number + 1;
}

/* In batches, as name_index_find_all() does it. */
static void insert_all(struct name_index *index) {
    uint32_t hashes[BATCH];
    for (uint32_t done = 0; done < index->count; done += BATCH) {
        uint32_t left = index->count - done, count = left < BATCH ? left : BATCH;
        for (uint32_t i = 0; i < count; i++) hashes[i] = prepare_slot(index, done + i);
        for (uint32_t i = 0; i < count; i++) insert(index, done + i, hashes[i]);
    }
}

/* At most half full, so that most searches end at the first slot. */
bool name_index_seal(struct name_index *index) {
    if (index->id_count == 0) index->id_count = index->count;
    uint32_t size = 64;
    while (size / 2 < index->count) size *= 2;
    free(index->slots);
    index->slots = calloc(size, sizeof(*index->slots));
    if (index->slots == NULL) return false;
    index->slot_mask = size - 1;
    insert_all(index);
    return true;
}

void name_index_free(struct name_index *index) {
    free(index->names);
    free(index->alias_positions);
    free(index->texts);
    free(index->slots);
    *index = (struct name_index){0};
}
