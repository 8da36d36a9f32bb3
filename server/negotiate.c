#include "server/negotiate.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "server/field.h"

/* Weights in thousandths: three digits is what the grammar has (RFC 9110, section 12.4.2). */
enum { WEIGHT_MAX = 1000, WEIGHT_LEAST = 1, WEIGHT_UNSET = -1 };

/* One member of the list: what it names, and how much it is wanted. */
struct preference {
    const char *name;
    size_t length;
    int weight;
};

/* ---- the list ------------------------------------------------------------------------------- */

/* "0", "0.5", "1.000"; WEIGHT_UNSET for what is no weight. */
static int parse_weight(const char *at, const char *end) {
    if (at == end || (*at != '0' && *at != '1')) return WEIGHT_UNSET;
    int weight = (*at++ - '0') * WEIGHT_MAX;
    if (at < end && *at++ != '.') return WEIGHT_UNSET;
    for (int unit = WEIGHT_MAX / 10; at < end; at++, unit /= 10) {
        if (*at < '0' || *at > '9' || unit == 0) return WEIGHT_UNSET;
        weight += (*at - '0') * unit;
    }
    return weight <= WEIGHT_MAX ? weight : WEIGHT_UNSET;
}

/* Takes the weight from one parameter, if that is what it is. */
static void take_parameter(struct preference *preference, const char *at, const char *end) {
    at = field_skip_blanks(at);
    if (strncasecmp(at, "q=", 2) != 0) return;
    preference->weight = parse_weight(at + 2, at + field_part_length(at, end));
}

/* Moves on to the next member and says whether there was one. */
static bool next_preference(const char **at, struct preference *ret_preference) {
    const char *name = *at + strspn(*at, ", \t");
    if (*name == '\0') return false;
    const char *end = field_skip_part(name);
    *ret_preference = (struct preference){
        .name = name, .length = field_part_length(name, end), .weight = WEIGHT_MAX};
    while (*end == ';') {
        const char *parameter = end + 1;
        end = field_skip_part(parameter);
        take_parameter(ret_preference, parameter, end);
    }
    *at = end;
    return true;
}

static bool is_named(const struct preference *preference, const char *name) {
    return preference->length == strlen(name) &&
           strncasecmp(preference->name, name, preference->length) == 0;
}

/* The first of those with the greatest weight; `fallback` if that is none. */
static int heaviest(const int *weights, int count, int fallback) {
    int best = fallback, greatest = 0;
    for (int i = 0; i < count; i++) {
        if (weights[i] <= greatest) continue;
        best = i;
        greatest = weights[i];
    }
    return best;
}

/* ---- Accept --------------------------------------------------------------------------------- */

/* Which types a range matches, one bit for each. */
struct media_range {
    const char *name;
    int specificity;
    unsigned types;
};

static const struct media_range media_ranges[] = {
    {"*/*", 0, ~0u},
    {"text/*", 1, 1u << MEDIA_TEXT | 1u << MEDIA_MARKDOWN | 1u << MEDIA_HTML},
    {"application/*", 1, 1u << MEDIA_JSON},
    {"application/json", 2, 1u << MEDIA_JSON},
    {"text/plain", 2, 1u << MEDIA_TEXT},
    {"text/markdown", 2, 1u << MEDIA_MARKDOWN},
    {"text/html", 2, 1u << MEDIA_HTML},
};
enum { RANGES = sizeof(media_ranges) / sizeof(media_ranges[0]) };

static const struct media_range *find_range(const struct preference *preference) {
    for (int i = 0; i < RANGES; i++) {
        if (is_named(preference, media_ranges[i].name)) return &media_ranges[i];
    }
    return NULL;
}

/* Of the ranges that match a type the most specific counts. */
struct media_weights {
    int weights[MEDIA_COUNT], specificities[MEDIA_COUNT];
};

static void weigh_range(struct media_weights *weighed, const struct media_range *range,
                        int weight) {
    for (int i = 0; i < MEDIA_COUNT; i++) {
        if ((range->types >> i & 1) == 0 || range->specificity < weighed->specificities[i]) {
            continue;
        }
        weighed->weights[i] = weight;
        weighed->specificities[i] = range->specificity;
    }
}

enum media negotiate_media(const char *accept) {
    if (accept == NULL) return MEDIA_JSON;
    struct media_weights weighed = {0};
    struct preference preference;
    while (next_preference(&accept, &preference)) {
        const struct media_range *range = find_range(&preference);
        if (range == NULL || preference.weight == WEIGHT_UNSET) continue;
        weigh_range(&weighed, range, preference.weight);
    }
    return (enum media)heaviest(weighed.weights, MEDIA_COUNT, MEDIA_JSON);
}

/* ---- Accept-Encoding ------------------------------------------------------------------------ */

static const char *const coding_names[CODING_COUNT] = {
    [CODING_BROTLI] = "br",
    [CODING_ZSTD] = "zstd",
    [CODING_GZIP] = "gzip",
    [CODING_IDENTITY] = "identity",
};

static int find_coding(const struct preference *preference) {
    if (is_named(preference, "x-gzip")) return CODING_GZIP;
    for (int i = 0; i < CODING_COUNT; i++)
        if (is_named(preference, coding_names[i])) return i;
    return CODING_COUNT;
}

enum coding negotiate_coding(const char *accept_encoding) {
    if (accept_encoding == NULL) return CODING_IDENTITY;
    int weights[] = {WEIGHT_UNSET, WEIGHT_UNSET, WEIGHT_UNSET, WEIGHT_UNSET};
    int others = WEIGHT_UNSET;
    struct preference preference;
    while (next_preference(&accept_encoding, &preference)) {
        if (preference.weight == WEIGHT_UNSET) continue;
        int coding = find_coding(&preference);
        if (coding < CODING_COUNT) weights[coding] = preference.weight;
        if (is_named(&preference, "*")) others = preference.weight;
    }
    for (int i = 0; i < CODING_COUNT; i++)
        if (weights[i] == WEIGHT_UNSET) weights[i] = others;
    /* Unless it is refused, it may always be sent, but is the last choice. */
    if (weights[CODING_IDENTITY] == WEIGHT_UNSET) weights[CODING_IDENTITY] = WEIGHT_LEAST;
    return (enum coding)heaviest(weights, CODING_COUNT, CODING_IDENTITY);
}

const char *coding_name(enum coding coding) {
    return coding == CODING_IDENTITY ? NULL : coding_names[coding];
}
