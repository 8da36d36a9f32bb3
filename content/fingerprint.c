#include "content/fingerprint.h"

#include <string.h>

#define XXH_INLINE_ALL /* the state stands on the stack */
#include <xxhash.h>

struct fingerprint fingerprint_source(const char *markdown, size_t size,
                                      const char *fallback_title) {
    XXH3_state_t state;
    XXH3_INITSTATE(&state);
    XXH3_128bits_reset_withSeed(&state, PARSER_VERSION);
    XXH3_128bits_update(&state, fallback_title, strlen(fallback_title) + 1);
    XXH3_128bits_update(&state, markdown, size);
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state));
    struct fingerprint fingerprint;
    memcpy(fingerprint.bytes, canonical.digest, sizeof(fingerprint.bytes));
    return fingerprint;
}

bool fingerprint_is_none(const struct fingerprint *fingerprint) {
    static const struct fingerprint none;
    return memcmp(fingerprint, &none, sizeof(none)) == 0;
}
