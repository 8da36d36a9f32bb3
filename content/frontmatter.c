#include "content/frontmatter.h"

#include <string.h>
#include <yaml.h>

#include "content/memory.h"
#include "content/tag.h"

/* Front matter is a handful of lines; a limit keeps a stray `---` from being searched for its
 * partner through the whole of a large file. */
enum { FRONT_MATTER_MAX_LINES = 200 };

static size_t mark_length(const struct source *source) {
    return source->size >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static bool line_is(const struct source *source, unsigned line, const char *wanted) {
    size_t start = source->line_starts[line] + (line == 0 ? mark_length(source) : 0);
    size_t end = source_line_end(source, line);
    while (end > start && (source->bytes[end - 1] == ' ' || source->bytes[end - 1] == '\t')) end--;
    return end - start == strlen(wanted) && memcmp(source->bytes + start, wanted, end - start) == 0;
}

/* The line that closes front matter, or 0. */
static unsigned find_end(const struct source *source) {
    if (source->line_count < 2 || !line_is(source, 0, "---")) return 0;
    for (unsigned line = 1; line < source->line_count && line < FRONT_MATTER_MAX_LINES; line++) {
        if (line_is(source, line, "---") || line_is(source, line, "...")) return line;
        size_t start = source->line_starts[line];
        if (tag_begins_line(source->bytes + start, source_line_end(source, line) - start)) return 0;
    }
    return 0;
}

static char *find_title(yaml_document_t *document, const yaml_node_t *root) {
    for (const yaml_node_pair_t *pair = root->data.mapping.pairs.start;
         pair < root->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = yaml_document_get_node(document, pair->key);
        const yaml_node_t *value = yaml_document_get_node(document, pair->value);
        if (key->type != YAML_SCALAR_NODE || value->type != YAML_SCALAR_NODE) continue;
        if (key->data.scalar.length != 5 || memcmp(key->data.scalar.value, "title", 5) != 0)
            continue;
        if (value->data.scalar.length == 0) return NULL;
        return memory_copy((const char *)value->data.scalar.value, value->data.scalar.length);
    }
    return NULL;
}

enum yaml_outcome { YAML_IS_MAPPING, YAML_IS_OTHER, YAML_IS_BROKEN };

static enum yaml_outcome load(const char *text, size_t size, char **ret_title) {
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser)) return YAML_IS_BROKEN;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    enum yaml_outcome outcome = YAML_IS_BROKEN;
    if (yaml_parser_load(&parser, &document)) {
        const yaml_node_t *root = yaml_document_get_root_node(&document);
        bool is_mapping = root != NULL && root->type == YAML_MAPPING_NODE;
        outcome = is_mapping || root == NULL ? YAML_IS_MAPPING : YAML_IS_OTHER;
        if (is_mapping) *ret_title = find_title(&document, root);
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return outcome;
}

static void blank_out(struct source *source, size_t end) {
    for (size_t at = 0; at < end; at++)
        if (source->copy[at] != '\n' && source->copy[at] != '\r') source->copy[at] = ' ';
}

/* A broken mapping still begins with a key; a paragraph between two rules does not. */
static bool begins_with_key(const char *text, size_t size) {
    size_t at = 0;
    while (at < size && strchr(" :\t\r\n", text[at]) == NULL) at++;
    return at > 0 && at < size && text[at] == ':';
}

char *frontmatter_take(struct source *source, struct diagnostics *diagnostics) {
    blank_out(source, mark_length(source));
    unsigned end = find_end(source);
    if (end == 0) return NULL;
    const char *text = source->bytes + source->line_starts[1];
    size_t size = source->line_starts[end] - source->line_starts[1];
    char *title = NULL;
    enum yaml_outcome outcome = load(text, size, &title);
    if (outcome == YAML_IS_OTHER) return NULL;
    if (outcome == YAML_IS_BROKEN) {
        if (!begins_with_key(text, size)) return NULL;
        diagnostics_add(diagnostics, SEVERITY_WARNING, 1, 1, "front-matter",
                        "the front matter is not valid YAML and is passed over");
    }
    blank_out(source, source->line_starts[end + 1]);
    return title;
}
