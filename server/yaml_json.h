/* YAML -> JSON. */
#ifndef QBANK_SERVER_YAML_JSON_H
#define QBANK_SERVER_YAML_JSON_H

#include <jansson.h>
#include <stddef.h>

/* Reads the one document that the text holds. Plain scalars are typed by the JSON schema of
 * YAML 1.2 (section 10.2.2), what that knows no type for is a string; keys are always strings. NULL
 * if the text is no YAML, has what JSON cannot say (a key that is no scalar or stands twice, a
 * collection that contains itself), or memory runs out. A new reference. */
json_t *yaml_json_read(const char *text, size_t size);

#endif
