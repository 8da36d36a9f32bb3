#include "server/yaml_json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Deeper is only what contains itself: an alias may point at what it stands in. */
enum { DEPTH_MAX = 64 };

static const char *text_of(const yaml_node_t *scalar) {
    return (const char *)scalar->data.scalar.value;
}

static json_t *read_string(const yaml_node_t *scalar) {
    return json_stringn(text_of(scalar), scalar->data.scalar.length);
}

/* A JSON number reads the same in YAML; anything else is a string there. */
static json_t *read_plain(const yaml_node_t *scalar) {
    static const char first[] = "-0123456789tfn";
    const char *text = text_of(scalar);
    if (text[0] == '\0' || strchr(first, text[0]) == NULL) return read_string(scalar);
    json_t *json = json_loadb(text, scalar->data.scalar.length, JSON_DECODE_ANY, NULL);
    return json != NULL ? json : read_string(scalar);
}

static json_t *read_node(yaml_document_t *document, int index, int depth);

static json_t *read_sequence(yaml_document_t *document, const yaml_node_t *node, int depth) {
    json_t *array = json_array();
    for (const yaml_node_item_t *item = node->data.sequence.items.start;
         item < node->data.sequence.items.top && array != NULL; item++) {
        if (json_array_append_new(array, read_node(document, *item, depth)) == 0) continue;
        json_decref(array);
        array = NULL;
    }
    return array;
}

static bool set_member(yaml_document_t *document, json_t *object, const yaml_node_pair_t *pair,
                       int depth) {
    const yaml_node_t *key = yaml_document_get_node(document, pair->key);
    if (key->type != YAML_SCALAR_NODE || json_object_get(object, text_of(key)) != NULL) {
        return false;
    }
    return json_object_set_new(object, text_of(key), read_node(document, pair->value, depth)) == 0;
}

static json_t *read_mapping(yaml_document_t *document, const yaml_node_t *node, int depth) {
    json_t *object = json_object();
    for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top && object != NULL; pair++) {
        if (set_member(document, object, pair, depth)) continue;
        json_decref(object);
        object = NULL;
    }
    return object;
}

static json_t *read_node(yaml_document_t *document, int index, int depth) {
    const yaml_node_t *node = yaml_document_get_node(document, index);
    if (node == NULL || depth > DEPTH_MAX) return NULL;
    switch (node->type) {
    case YAML_SCALAR_NODE:
        return node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE ? read_plain(node)
                                                                  : read_string(node);
    case YAML_SEQUENCE_NODE:
        return read_sequence(document, node, depth + 1);
    case YAML_MAPPING_NODE:
        return read_mapping(document, node, depth + 1);
    default:
        return NULL;
    }
}

json_t *yaml_json_read(const char *text, size_t size) {
    yaml_parser_t parser;
    yaml_document_t document;
    if (!yaml_parser_initialize(&parser)) return NULL;
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    json_t *json = NULL;
    if (yaml_parser_load(&parser, &document)) {
        json = read_node(&document, 1, 0);
        yaml_document_delete(&document);
    }
    yaml_parser_delete(&parser);
    return json;
}
