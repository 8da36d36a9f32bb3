#include <stdlib.h>
#include <string.h>

#include "content/extract_internal.h"
#include "content/memory.h"
#include "content/phrase.h"

static char **copy_contexts(const struct extractor *extractor) {
    if (extractor->context_count == 0) return NULL;
    char **copy = memory_alloc(extractor->context_count * sizeof(copy[0]));
    for (size_t i = 0; i < extractor->context_count; i++)
        copy[i] = memory_copy(extractor->contexts[i], strlen(extractor->contexts[i]));
    return copy;
}

static char *take_valid_id(struct extractor *extractor, struct phrase *phrase, unsigned line) {
    char *id = phrase->id;
    phrase->id = NULL;
    if (id == NULL || question_id_is_valid(id)) return id;
    diagnostics_add(
        &extractor->document->diagnostics, SEVERITY_WARNING, line + 1, 1, "bad-id",
        "'%s' cannot be a question's id: it takes 1 to %d letters, digits, '.', '_' and "
        "'-', and must not be the name of a resource; the question gets an id of its own",
        id, QUESTION_ID_MAX);
    free(id);
    return NULL;
}

/* Adds the question of one marker. DRAFT_NONE, with a warning, if nothing stands behind the tag. */
static int add_question(struct extractor *extractor, const struct tag *tag, struct phrase *phrase) {
    if (phrase->text[0] == '\0') {
        diagnostics_add(
            &extractor->document->diagnostics, SEVERITY_WARNING, tag->line + 1,
            source_column_of(extractor->scissors->source, tag->begin), "empty-question",
            "a tag without a question behind it is passed over; write the question there");
        return DRAFT_NONE;
    }
    char *id = take_valid_id(extractor, phrase, tag->line);
    struct question question = {.id = id,
                                .pinned = id != NULL,
                                .difficulty = tag->difficulty,
                                .text = phrase->text,
                                .context = copy_contexts(extractor),
                                .context_count = extractor->context_count,
                                .section.index = outline_current(&extractor->outline),
                                .source.line = tag->line + 1,
                                .source.column =
                                    source_column_of(extractor->scissors->source, tag->begin)};
    phrase->text = NULL;
    int index = drafts_add(&extractor->drafts, question);
    if (phrase->answer != NULL)
        drafts_answer(&extractor->drafts, index, (struct draft_piece){.text = phrase->answer});
    return index;
}

/* The last line that belongs to the marker at `index`: the next marker begins a new question. */
static unsigned marker_end(const struct extractor *extractor, const struct block *block,
                           uint32_t index) {
    if (index + 1 < block->tag_end) return extractor->scissors->tags->items[index + 1].line - 1;
    return block->last_line - block->is_setext;
}

/* Reads one marker's question; *ret_rest is the first line behind it. */
static int read_marker(struct extractor *extractor, const struct block *block, uint32_t index,
                       unsigned *ret_rest) {
    const struct tag *tag = &extractor->scissors->tags->items[index];
    struct phrase phrase =
        phrase_read(extractor->scissors, block, tag, marker_end(extractor, block, index));
    *ret_rest = phrase.last_line + 1;
    int question = add_question(extractor, tag, &phrase);
    phrase_free(&phrase);
    return question;
}

int extract_markers(struct extractor *extractor, int index, struct passage *passage) {
    const struct block *block = &extractor->blocks[index];
    int question = DRAFT_NONE;
    for (uint32_t i = block->tag_begin; i < block->tag_end; i++) {
        unsigned rest, end = marker_end(extractor, block, i);
        int next = read_marker(extractor, block, i, &rest);
        if (next == DRAFT_NONE) continue;
        if (question != DRAFT_NONE) drafts_join_run(&extractor->drafts, question);
        question = next;
        while (rest <= end && tags_line_is_skipped(extractor->scissors->tags, rest)) rest++;
        if (rest > end) continue;
        bool is_last = i + 1 == block->tag_end;
        if (is_last && !drafts_is_answered(&extractor->drafts, question)) {
            passage_add(passage, (struct span){index, rest, end});
            continue;
        }
        char *text = cut_lines(extractor->scissors, block->parent, rest, end);
        drafts_answer(&extractor->drafts, question,
                      (struct draft_piece){.text = text, .glue = true});
        free(text);
    }
    return question;
}
