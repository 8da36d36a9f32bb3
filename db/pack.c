#include "db/pack.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"

struct head {
    uint32_t line, steps;
    uint16_t levels;
    uint8_t difficulty, pinned;
};

static size_t measure(const struct question *question) {
    size_t size = sizeof(struct head) + strlen(question->text) + 1;
    for (size_t i = 0; i < question->context_count; i++) size += strlen(question->context[i]) + 1;
    return size;
}

static void append(struct pack *pack, const void *bytes, size_t size) {
    memcpy(pack->records + pack->size, bytes, size);
    pack->size += size;
}

static void append_record(struct pack *pack, const struct question *question, size_t size) {
    const struct head head = {.line = htole32(question->source.line),
                              .steps = htole32(question->steps),
                              .levels = htole16((uint16_t)question->context_count),
                              .difficulty = (uint8_t)question->difficulty,
                              .pinned = question->pinned};
    pack->records = memory_reserve(pack->records, pack->size, size, &pack->capacity, 1);
    append(pack, &head, sizeof(head));
    append(pack, question->text, strlen(question->text) + 1);
    for (size_t i = 0; i < question->context_count; i++)
        append(pack, question->context[i], strlen(question->context[i]) + 1);
}

void pack_add(struct pack *pack, size_t slot, const struct question *question) {
    size_t size = measure(question);
    if (size > PACK_RECORD_MAX) return;
    if (pack->ends == NULL) pack->ends = memory_alloc(PACK_SLOTS * sizeof(*pack->ends));
    while (pack->slots < slot) pack->ends[pack->slots++] = htole32((uint32_t)pack->size);
    append_record(pack, question, size);
    pack->ends[pack->slots++] = htole32((uint32_t)pack->size);
}

void pack_free(struct pack *pack) {
    free(pack->records);
    free(pack->ends);
    *pack = (struct pack){0};
}

/* Whether the bytes are so many strings, and nothing else. */
static bool are_strings(const char *bytes, size_t size, size_t count) {
    const char *end = bytes + size;
    for (; count > 0; count--) {
        const char *nul = memchr(bytes, '\0', (size_t)(end - bytes));
        if (nul == NULL) return false;
        bytes = nul + 1;
    }
    return bytes == end;
}

bool pack_read(const char *record, size_t size, struct question *question,
               const char **ret_context) {
    struct head head;
    if (size < sizeof(head)) return false;
    memcpy(&head, record, sizeof(head));
    const char *text = record + sizeof(head);
    size_t levels = le16toh(head.levels);
    if (head.difficulty >= DIFFICULTY_COUNT || !are_strings(text, size - sizeof(head), levels + 1))
        return false;
    question->pinned = head.pinned != 0;
    question->difficulty = (enum difficulty)head.difficulty;
    question->text = (char *)text;
    question->source.line = le32toh(head.line);
    question->steps = le32toh(head.steps);
    question->context_count = levels;
    *ret_context = levels > 0 ? text + strlen(text) + 1 : NULL;
    return true;
}
