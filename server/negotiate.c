#include "server/negotiate.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Weights in thousandths: three digits is what the grammar has (RFC 9110, section 12.4.2). */
enum { WEIGHT_MAX = 1000, WEIGHT_LEAST = 1, WEIGHT_UNSET = -1 };

/* One member of the list: what it names, and how much it is wanted. */
struct preference {
    const char *name;
    size_t length;
    int weight;
};

/* ---- the list ------------------------------------------------------------------------------- */

static const char *skip_blanks(const char *at) {
    return at + strspn(at, " \t");
}

/* To the next of `ends` that stands in no quoted string, or to the end. */
static const char *skip_to(const char *at, const char *ends) {
    bool quoted = false;
    for (; *at != '\0' && (quoted || strchr(ends, *at) == NULL); at++) {
        if (*at == '"') quoted = !quoted;
        if (quoted && *at == '\\' && at[1] != '\0') at++;
    }
    return at;
}

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

/* The weight among the parameters, from the semicolon on. */
static int find_weight(const char *at, const char *end) {
    while (at < end) {
        const char *name = skip_blanks(at + 1), *stop = skip_to(name, ";,");
        const char *last = stop;
        while (last > name && (last[-1] == ' ' || last[-1] == '\t')) last--;
        if (strncasecmp(name, "q=", 2) == 0) return parse_weight(name + 2, last);
        at = stop;
    }
    return WEIGHT_MAX;
}

/* Moves on to the next member and says whether there was one. */
static bool next_preference(const char **at, struct preference *ret_preference) {
    const char *name = *at + strspn(*at, ", \t");
    if (*name == '\0') return false;
    const char *end = skip_to(name, ",");
    *ret_preference = (struct preference){.name = name, .length = strcspn(name, ";, \t")};
    ret_preference->weight = find_weight(skip_to(name, ";,"), end);
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

/* The ranges that match a type, from the least specific to the most. */
enum { RANGES = 3 };
static const char *const media_ranges[MEDIA_COUNT][RANGES] = {
    [MEDIA_JSON] = {"*/*", "application/*", "application/json"},
    [MEDIA_TEXT] = {"*/*", "text/*", "text/plain"},
    [MEDIA_MARKDOWN] = {"*/*", "text/*", "text/markdown"},
    [MEDIA_HTML] = {"*/*", "text/*", "text/html"},
};

struct media_weight {
    int weight, specificity;
};

static void weigh_media(struct media_weight *weighed, enum media media,
                        const struct preference *preference) {
    for (int i = weighed->specificity; i < RANGES; i++) {
        if (!is_named(preference, media_ranges[media][i])) continue;
        *weighed = (struct media_weight){preference->weight, i};
    }
}

enum media negotiate_media(const char *accept) {
    if (accept == NULL) return MEDIA_JSON;
    struct media_weight weighed[MEDIA_COUNT] = {0};
    struct preference preference;
    while (next_preference(&accept, &preference)) {
        if (preference.weight == WEIGHT_UNSET) continue;
        for (int i = 0; i < MEDIA_COUNT; i++) weigh_media(&weighed[i], (enum media)i, &preference);
    }
    int weights[MEDIA_COUNT];
    for (int i = 0; i < MEDIA_COUNT; i++) weights[i] = weighed[i].weight;
    return (enum media)heaviest(weights, MEDIA_COUNT, MEDIA_JSON);
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
