#include "server/names.h"

#include <stdio.h>
#include <string.h>

#include "server/parameters.h"

/* Room for all the names of a list in a sentence. */
enum { SENTENCE_MAX = 160 };

static enum problem refuse_name(struct response *response, const char *parameter, const char *value,
                                const char *const *names) {
    char sentence[SENTENCE_MAX] = "it is one or more, with commas between them, of ";
    for (const char *const *name = names; *name != NULL; name++) {
        strncat(sentence, *name, sizeof(sentence) - strlen(sentence) - 1);
        strncat(sentence, name[1] != NULL ? ", " : ".", sizeof(sentence) - strlen(sentence) - 1);
    }
    return parameter_refuse(response, parameter, value, sentence);
}

/* The bit of the name of that length; 0 if there is none. */
static unsigned find_name(const char *const *names, const char *name, size_t length) {
    for (unsigned i = 0; names[i] != NULL; i++)
        if (strncmp(names[i], name, length) == 0 && names[i][length] == '\0') return 1u << i;
    return 0;
}

/* Adds the names of one value to the mask; false if one of them is unknown. */
static bool add_names(const char *const *names, const char *value, unsigned *mask) {
    for (;; value++) {
        size_t length = strcspn(value, ",");
        unsigned bit = find_name(names, value, length);
        if (bit == 0) return false;
        *mask |= bit;
        value += length;
        if (*value == '\0') return true;
    }
}

enum problem names_read(const struct request *request, struct response *response,
                        const char *parameter, const char *const *names, unsigned *ret_mask) {
    unsigned mask = 0;
    for (size_t i = 0; i < request->target.parameter_count; i++) {
        const struct target_parameter *given = &request->target.parameters[i];
        if (!target_parameter_is(given, parameter)) continue;
        if (!add_names(names, given->value, &mask))
            return refuse_name(response, parameter, given->value, names);
    }
    *ret_mask = mask;
    return PROBLEM_NONE;
}
