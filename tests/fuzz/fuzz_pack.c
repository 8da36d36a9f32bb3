/* Records come out of a file that may be damaged: what is read of one is within its bytes, and
 * makes the same record again. */
#include <stdlib.h>
#include <string.h>

#include "db/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition) {
    if (!condition) abort();
}

static void check_again(const struct question *question, const char *bytes, size_t size) {
    struct pack pack = {0};
    pack_add(&pack, 0, question);
    require(pack.slots == (size <= PACK_RECORD_MAX));
    require(pack.slots == 0 || (pack.size == size && memcmp(pack.records, bytes, size) == 0));
    pack_free(&pack);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    enum { PINNED = 11 };
    char *bytes = malloc(size);
    struct question question = {0};
    const char *context;
    require(bytes != NULL);
    memcpy(bytes, data, size);
    if (size > PINNED) bytes[PINNED] &= 1; /* whatever else is not 0 is written as 1 */
    if (pack_read(bytes, size, &question, &context)) {
        question.context = calloc(question.context_count + 1, sizeof(char *));
        for (size_t i = 0; i < question.context_count; i++, context += strlen(context) + 1)
            question.context[i] = (char *)context;
        check_again(&question, bytes, size);
        free(question.context);
    }
    free(bytes);
    return 0;
}
