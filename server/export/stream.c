#include "server/export/stream.h"

#include <stdlib.h>
#include <string.h>

/* A step ends with the question that makes it so many bytes, or with so many questions. */
enum { STEP_SIZE = 32 * 1024, STEP_QUESTIONS = 64 };

struct export_stream {
    const struct export_format *format;
    struct export *export; /* NULL: there is no bank */
    struct export_output output;
    size_t taken; /* bytes of output.text that are out already */
    enum { STREAM_BEGINS, STREAM_GOES_ON, STREAM_ENDS } state;
};

static enum store_status begin(struct export_stream *stream, struct store *store,
                               const struct question_filter *filter, size_t *ret_index) {
    struct export_output *output = &stream->output;
    enum store_status status =
        export_begin(store, filter, output->answers, &stream->export, ret_index);
    if (status == STORE_OK) status = store_sections(store, &output->sections);
    if (status != STORE_OK) return status;
    output->revision = store_revision(store);
    output->total = export_total(stream->export);
    return STORE_OK;
}

enum store_status export_stream_open(struct store *store, const struct export_choice *choice,
                                     const struct question_filter *filter,
                                     struct export_stream **ret_stream, size_t *ret_index) {
    struct export_stream *stream = calloc(1, sizeof(*stream));
    if (stream == NULL) return STORE_ERROR;
    stream->format = choice->format;
    stream->output.answers = choice->answers;
    stream->output.form = choice->form;
    enum store_status status = STORE_OK;
    if (store_catalog(store) != NULL) status = begin(stream, store, filter, ret_index);
    if (status == STORE_OK)
        *ret_stream = stream;
    else
        export_stream_close(stream);
    return status;
}

void export_stream_close(struct export_stream *stream) {
    if (stream == NULL) return;
    export_end(stream->export);
    section_list_free(&stream->output.sections);
    writer_free(&stream->output.writer);
    json_text_free(&stream->output.text);
    free(stream);
}

size_t export_stream_total(const struct export_stream *stream) {
    return stream->output.total;
}

size_t export_stream_done(const struct export_stream *stream) {
    return stream->output.count;
}

static void write_in_form(struct export_stream *stream, const struct question *question) {
    struct export_output *output = &stream->output;
    struct question shown;
    struct rendering answer = {0};
    text_form_question(&output->form, question, &shown, &output->is_cut);
    if (question->answer != NULL)
        answer = render(question->answer, output->form.markup, output->form.max_length);
    output->is_answer_cut = answer.truncated;
    shown.answer = answer.text;
    stream->format->item(output, &shown);
    free(answer.text);
    text_form_free(&shown);
}

static void take(void *context, uint32_t position, const struct question *question) {
    (void)position;
    struct export_stream *stream = context;
    if (stream->output.form.markup == MARKUP_MARKDOWN)
        stream->format->item(&stream->output, question);
    else
        write_in_form(stream, question);
    stream->output.count++;
}

static bool is_read(const struct export_stream *stream) {
    return stream->output.count == stream->output.total;
}

static enum store_status read_questions(struct export_stream *stream) {
    enum store_status status = STORE_OK;
    for (int i = 0; i < STEP_QUESTIONS && !is_read(stream) && status == STORE_OK; i++) {
        if (stream->output.text.size >= STEP_SIZE) break;
        status = export_next(stream->export, take, stream);
    }
    return status;
}

/* Makes more text; false on failure. Some steps make none. */
static bool make_step(struct export_stream *stream) {
    struct export_output *output = &stream->output;
    output->text.size = stream->taken = 0;
    output->place = (struct encode_place){0};
    if (stream->state == STREAM_BEGINS) {
        if (stream->format->begin != NULL) stream->format->begin(output);
        stream->state = STREAM_GOES_ON;
    }
    if (read_questions(stream) != STORE_OK) return false;
    if (is_read(stream)) {
        if (stream->format->end != NULL) stream->format->end(output);
        stream->state = STREAM_ENDS;
    }
    return !output->text.failed;
}

ssize_t export_stream_read(struct export_stream *stream, char *buffer, size_t size) {
    while (stream->taken == stream->output.text.size && stream->state != STREAM_ENDS)
        if (!make_step(stream)) return -1;
    size_t left = stream->output.text.size - stream->taken, count = left < size ? left : size;
    if (count > 0) memcpy(buffer, stream->output.text.data + stream->taken, count);
    stream->taken += count;
    return (ssize_t)count;
}
