/* The formats of an export: how a bank begins, what each question becomes, how it ends. One table.
 * Whatever goes wrong for want of memory is noted in the text (server/json_text.h). */
#ifndef QBANK_SERVER_EXPORT_FORMAT_H
#define QBANK_SERVER_EXPORT_FORMAT_H

#include "content/write.h"
#include "db/store.h"
#include "server/encode.h"
#include "server/json_text.h"
#include "server/text_form.h"

/* An export under way, as its format sees it. */
struct export_output {
    struct json_text text;     /* where it writes */
    struct encode_place place; /* JSON's; of a text that is begun anew now and then */
    struct section_list sections;
    const char *revision;       /* NULL: nothing has been imported yet */
    size_t total;               /* questions in all */
    size_t count;               /* questions before this one */
    bool answers;               /* whether they are wanted: questions that have one come with it */
    struct text_form form;      /* of the texts that the format is handed */
    bool is_cut, is_answer_cut; /* whether those of this question were cut to a length */
    struct writer writer;       /* Markdown's */
    size_t section;             /* 1 + that of the question before; 0: none yet */
};

struct export_format {
    const char *name;
    const char *media_type;
    const char *extension;
    bool has_markup; /* it can have texts in any; the others have one of their own */
    void (*begin)(struct export_output *output); /* NULL: with nothing */
    void (*item)(struct export_output *output, const struct question *question);
    void (*end)(struct export_output *output); /* NULL: with nothing */
};

/* The format of that name, or NULL. */
const struct export_format *export_format_find(const char *name);

/* Whether it takes the markup of this name, or NULL for none named. Naming even the markup that the
 * texts have anyway is a mistake where the format has one of its own: who asks Anki's notes, which
 * are HTML, for Markdown would not get it. */
bool export_format_takes(const struct export_format *format, const char *markup);

/* "ndjson, csv, …": for messages. Static. */
#define EXPORT_FORMAT_NAMES "ndjson, csv, json, markdown, anki or gift"
#define EXPORT_MARKUP_FORMAT_NAMES "ndjson, csv or json" /* those that have any */

/* Doubles the quotes of what stands between quotes. */
void export_append_quoted(struct json_text *text, const char *value);

/* ---- what stands in the table, one file each ------------------------------------------------- */

/* One question a line, as in a list of questions. */
void export_ndjson_item(struct export_output *output, const struct question *question);

/* One document, {"items": […], "total": …, "revision": …}. */
void export_json_begin(struct export_output *output);
void export_json_item(struct export_output *output, const struct question *question);
void export_json_end(struct export_output *output);

/* RFC 4180, with a header line. Cells hold what the bank holds: no apostrophe is put before text
 * that a spreadsheet might take for a formula, since it would come back as part of it. */
void export_csv_begin(struct export_output *output);
void export_csv_item(struct export_output *output, const struct question *question);

/* content/write.h: with answers and without a filter the same bank. */
void export_markdown_item(struct export_output *output, const struct question *question);

/* A text file for Anki's import (docs.ankiweb.net, "Importing text files"): the id as the note's
 * guid, so that importing again updates notes and keeps how they are scheduled; the texts as HTML
 * (content/render.h). */
void export_anki_begin(struct export_output *output);
void export_anki_item(struct export_output *output, const struct question *question);

/* Essay questions in Moodle's GIFT, in categories after the sections; the answer is the general
 * feedback (docs.moodle.org, "GIFT format"). */
void export_gift_item(struct export_output *output, const struct question *question);

#endif
