/* Walks through JSON that this program has written itself, without reading it: it is not checked.
 */
#ifndef QBANK_SERVER_JSON_SKIM_H
#define QBANK_SERVER_JSON_SKIM_H

/* The end of the value that begins at `json`, which stands in an array or object or is one. No
 * white space may stand around it. */
const char *json_skim(const char *json);

#endif
