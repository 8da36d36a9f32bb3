#include "server/encode.h"

#include <string.h>
#include <time.h>

/* ---- questions --------------------------------------------------------------------------------
 */

static void write_context(struct json_text *text, const struct question *question) {
    json_text_literal(text, ",\"context\":[");
    for (size_t i = 0; i < question->context_count; i++) {
        if (i > 0) json_text_literal(text, ",");
        json_text_string(text, question->context[i]);
    }
    json_text_literal(text, "]");
}

static void write_new_place(struct json_text *text, const struct question *question,
                            struct encode_place *place) {
    size_t start = text->size;
    json_text_literal(text, ",\"section\":{\"id\":");
    json_text_string(text, question->section.id);
    json_text_literal(text, ",\"title\":");
    json_text_string(text, question->section.title);
    json_text_literal(text, "},\"source\":{\"path\":");
    json_text_string(text, question->source.path);
    *place = (struct encode_place){question->section.id, question->source.path, start,
                                   text->size - start};
}

static void write_place(struct json_text *text, const struct question *question,
                        struct encode_place *place) {
    if (place->section == question->section.id && place->path == question->source.path)
        json_text_repeat(text, place->start, place->size);
    else
        write_new_place(text, question, place);
    json_text_literal(text, ",\"line\":");
    json_text_number(text, question->source.line);
    json_text_literal(text, "}");
}

static void write_answer_notice(struct json_text *text, const struct question *question) {
    if (question->steps == 0) {
        json_text_literal(text, ",\"answer\":{\"available\":false}");
        return;
    }
    json_text_literal(text, ",\"answer\":{\"available\":true,\"steps\":");
    json_text_number(text, question->steps);
    json_text_literal(text, ",\"url\":\"/v1/questions/");
    json_text_append(text, question->id, strlen(question->id));
    json_text_literal(text, "/answer\"}");
}

/* Ids and difficulties need no escapes (question_id_is_valid). */
void encode_question(struct json_text *text, const struct question *question,
                     struct encode_place *place) {
    const char *difficulty = difficulty_name(question->difficulty);
    json_text_literal(text, "{\"id\":\"");
    json_text_append(text, question->id, strlen(question->id));
    json_text_literal(text, "\",\"difficulty\":\"");
    json_text_append(text, difficulty, strlen(difficulty));
    json_text_literal(text, "\",\"question\":");
    json_text_string(text, question->text);
    write_context(text, question);
    write_place(text, question, place);
    write_answer_notice(text, question);
    json_text_literal(text, "}");
}

void encode_counts_text(struct json_text *text, const struct difficulty_counts *counts) {
    json_text_literal(text, "{");
    for (int i = 0; i < DIFFICULTY_COUNT; i++) {
        json_text_string(text, difficulty_name((enum difficulty)i));
        json_text_literal(text, ":");
        json_text_number(text, counts->by_difficulty[i]);
        json_text_literal(text, ",");
    }
    json_text_literal(text, "\"total\":");
    json_text_number(text, difficulty_counts_total(counts));
    json_text_literal(text, "}");
}

/* ---- everything else --------------------------------------------------------------------------
 */

/* An array of `count` items, each made by `encode_item`. */
static json_t *encode_array(const void *items, size_t count,
                            json_t *encode_item(const void *items, size_t index)) {
    json_t *array = json_array();
    for (size_t i = 0; i < count && array != NULL; i++) {
        if (json_array_append_new(array, encode_item(items, i)) == 0) continue;
        json_decref(array);
        array = NULL;
    }
    return array;
}

json_t *encode_counts(const struct difficulty_counts *counts) {
    const size_t *by = counts->by_difficulty;
    return json_pack("{s:I, s:I, s:I, s:I}", "easy", (json_int_t)by[DIFFICULTY_EASY], "medium",
                     (json_int_t)by[DIFFICULTY_MEDIUM], "hard", (json_int_t)by[DIFFICULTY_HARD],
                     "total", (json_int_t)difficulty_counts_total(counts));
}

static json_t *encode_section_item(const void *items, size_t index) {
    const struct section_list *list = items;
    const struct section *section = &list->items[index];
    const char *parent = section->parent != SECTION_NONE ? list->items[section->parent].id : NULL;
    return json_pack("{s:s, s:s, s:I, s:s*, s:o}", "id", section->id, "title", section->title,
                     "level", (json_int_t)section->level, "parent", parent, "questions",
                     encode_counts(&list->counts[index]));
}

json_t *encode_sections(const struct section_list *list) {
    return encode_array(list, list->count, encode_section_item);
}

static json_t *encode_source_item(const void *items, size_t index) {
    const struct source_stats *source = (const struct source_stats *)items + index;
    return json_pack("{s:s, s:s, s:o}", "path", source->path, "title", source->title, "questions",
                     encode_counts(&source->counts));
}

/* RFC 3339, UTC, whole seconds. */
static json_t *encode_time(int64_t seconds) {
    char text[sizeof("YYYYYYYYYYYY-MM-DDThh:mm:ssZ")];
    struct tm parts;
    if (gmtime_r(&(time_t){seconds}, &parts) == NULL) return NULL;
    if (strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) return NULL;
    return json_string(text);
}

json_t *encode_stats(const struct bank_stats *stats) {
    /* Without a revision nothing has been imported, and there is no time of it either. */
    bool imported = stats->revision[0] != '\0';
    json_t *json = json_pack("{s:o, s:I, s:o}", "questions", encode_counts(&stats->counts),
                             "with_answer", (json_int_t)stats->with_answer, "sources",
                             encode_array(stats->sources, stats->source_count, encode_source_item));
    if (json == NULL || !imported) return json;
    json_t *import = json_pack("{s:s, s:o}", "revision", stats->revision, "imported_at",
                               encode_time(stats->imported_at));
    if (import != NULL && json_object_update_new(json, import) == 0) return json;
    json_decref(json);
    return NULL;
}
