#include "content/outline.h"

#include <stdlib.h>
#include <strings.h>

#include "content/memory.h"
#include "content/wording.h"

static void push(struct outline *outline, struct section section) {
    struct document *document = outline->document;
    document->sections = memory_grow(document->sections, document->section_count,
                                     &outline->capacity, sizeof(document->sections[0]));
    outline->open[outline->depth++] = (int)document->section_count;
    document->sections[document->section_count++] = section;
}

/* Takes over title and id. A file without a title of its own has no id until somebody needs it. */
static void push_file(struct outline *outline, char *title, char *id, unsigned line) {
    outline->depth = 0;
    push(outline, (struct section){.id = id, .title = title, .parent = SECTION_NONE, .line = line});
}

void outline_begin(struct outline *outline, struct document *document, bool has_own_title) {
    *outline = (struct outline){.document = document, .has_own_title = has_own_title};
    push_file(outline, memory_format("%s", document->title),
              has_own_title ? wording_slug(document->title) : NULL, 1);
}

void outline_end_sections(struct outline *outline, unsigned level) {
    const struct section *sections = outline->document->sections;
    while (outline->depth > 1 && sections[outline->open[outline->depth - 1]].level >= level)
        outline->depth--;
}

/* The author's id, or the title's slug. */
static char *choose_id(struct outline *outline, char *id, const char *title, unsigned line) {
    if (id == NULL) return wording_slug(title);
    if (question_id_is_valid(id)) return id;
    diagnostics_add(&outline->document->diagnostics, SEVERITY_WARNING, line, 1, "bad-id",
                    "'%s' cannot be a section's id: it takes 1 to %d letters, digits, '.', "
                    "'_' and '-'; the title's own slug is used",
                    id, QUESTION_ID_MAX);
    free(id);
    return wording_slug(title);
}

static bool repeats_file(const struct outline *outline, const char *title) {
    return outline->has_own_title && outline->depth == 1 && outline->open[0] == 0 &&
           strcasecmp(title, outline->document->title) == 0;
}

/* Takes over title and id. */
static void begin_file(struct outline *outline, char *title, char *id, unsigned line) {
    if (title[0] != '\0') {
        push_file(outline, title, choose_id(outline, id, title, line), line);
        return;
    }
    push_file(outline, memory_format("%s", outline->document->title), NULL, line);
    free(id);
    free(title);
}

void outline_open_section(struct outline *outline, unsigned level, char *title, unsigned line) {
    bool begins_file = wording_has_class(title, "file");
    char *id = wording_take_id(title);
    if (begins_file) {
        begin_file(outline, title, id, line);
        return;
    }
    outline_end_sections(outline, level);
    if (title[0] == '\0' || repeats_file(outline, title)) {
        free(id);
        free(title);
        return;
    }
    push(outline, (struct section){.id = choose_id(outline, id, title, line),
                                   .title = title,
                                   .level = level,
                                   .parent = outline->open[outline->depth - 1],
                                   .line = line});
}

size_t outline_current(const struct outline *outline) {
    return (size_t)outline->open[outline->depth - 1];
}

/* ---- finishing ------------------------------------------------------------------------------- */

enum use { USE_NONE, USE_BELOW, USE_OWN };

static enum use *find_uses(const struct document *document) {
    enum use *uses = memory_alloc(document->section_count * sizeof(uses[0]));
    for (size_t i = 0; i < document->question_count; i++)
        uses[document->questions[i].section.index] = USE_OWN;
    for (size_t i = document->section_count; i-- > 0;) {
        int parent = document->sections[i].parent;
        if (uses[i] != USE_NONE && parent != SECTION_NONE && uses[parent] == USE_NONE)
            uses[parent] = USE_BELOW;
    }
    return uses;
}

/* One warning for a whole empty branch. */
static void warn_if_empty(struct document *document, size_t index, const enum use *uses) {
    const struct section *section = &document->sections[index];
    bool is_branch = section->parent > 0 && uses[section->parent] == USE_NONE;
    if (index > 0 && section->id != NULL && uses[index] == USE_NONE && !is_branch)
        diagnostics_add(&document->diagnostics, SEVERITY_WARNING, section->line, 1, "empty-section",
                        "no question stands in the section '%s'; it is passed over",
                        section->title);
}

void outline_finish(struct outline *outline) {
    struct document *document = outline->document;
    enum use *uses = find_uses(document);
    int *places = memory_alloc(document->section_count * sizeof(places[0]));
    size_t kept = 0;
    for (size_t i = 0; i < document->section_count; i++) {
        struct section section = document->sections[i];
        warn_if_empty(document, i, uses);
        if (uses[i] < (section.id == NULL ? USE_OWN : USE_BELOW)) {
            section_free(&section);
            places[i] = SECTION_NONE;
            continue;
        }
        if (section.id == NULL) section.id = wording_slug(section.title);
        if (section.parent != SECTION_NONE) section.parent = places[section.parent];
        places[i] = (int)kept;
        document->sections[kept++] = section;
    }
    document->section_count = kept;
    for (size_t i = 0; i < document->question_count; i++)
        document->questions[i].section.index = (size_t)places[document->questions[i].section.index];
    free(places);
    free(uses);
}
