/* The ids of a bank and where they lead: a hash table over packed ids. Internal to db/.
 *
 * Derived ids (10 characters of Crockford's base 32) are 50 bits and are kept as that; other ones,
 * pinned by authors, are kept as text. 16 bytes a question at a million. */
#ifndef QBANK_DB_NAME_INDEX_H
#define QBANK_DB_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "content/question.h"

/* Names are numbered as they come: the questions' own ids first, so that their number is their
 * position, the aliases behind them. */
struct name_index {
    uint64_t *names; /* packed, or a place in `texts` */
    uint32_t count;
    uint32_t id_count;         /* of these are ids; 0 until the ids are complete */
    uint32_t *alias_positions; /* where the names behind them lead */
    char *texts;
    uint32_t *slots; /* open addressing: the number of a name plus one, or 0 */
    uint32_t slot_mask;
    size_t name_capacity, alias_capacity, text_capacity, text_size;
};

enum { NAME_NONE = UINT32_MAX }; /* the position of an unknown name */

void name_index_free(struct name_index *index); /* accepts a zeroed one */

/* Makes room for so many names at once. False: out of memory. */
bool name_index_reserve(struct name_index *index, size_t count);

/* Building: add every id in bank order, seal, add every alias, seal again. False: out of memory. */
bool name_index_add(struct name_index *index, const char *id);
bool name_index_add_alias(struct name_index *index, const char *id, uint32_t position);
bool name_index_seal(struct name_index *index);

/* The position that an id or an alias leads to, or NAME_NONE. */
uint32_t name_index_find(const struct name_index *index, const char *id);

/* The same for many at once: their cache misses overlap. */
void name_index_find_all(const struct name_index *index, const char *const *ids, size_t count,
                         uint32_t *ret_positions);

/* The id of the question there: at most QUESTION_ID_MAX characters. */
void name_index_id(const struct name_index *index, uint32_t position,
                   char ret_id[QUESTION_ID_MAX + 1]);

#endif
