#include "server/commands/export_options.h"

#include <stdio.h>
#include <stdlib.h>

#include "content/memory.h"
#include "server/commands/options.h"
#include "server/parameters.h"

static const char help[] =
    "Usage: qbank export [OPTION]...\n"
    "Write the bank to a file or to the standard output.\n"
    "\n"
    "      --format FORMAT      markdown (default), ndjson, json, csv, anki or gift; Markdown "
    "with\n"
    "                           all answers imports as the same bank\n"
    "      --answers            the answers as well\n"
    "      --markup MARKUP      of the texts in ndjson, json and csv: markdown (default), html,\n"
    "                           text, slack, discord or telegram\n"
    "      --output FILE        write FILE, which is replaced when all is written; default:\n"
    "                           the standard output\n"
    "      --difficulty WORD    easy, medium or hard only\n"
    "      --section ID         this section and those below it only\n"
    "      --source PATH        this source only\n"
    "      --has-answer ANSWER  true: questions with an answer only, false: those without\n"
    "      --db FILE            the database; default: as for 'qbank import'\n"
    "  -h, --help               print this help\n"
    "\n"
    "--difficulty, --section and --source may be repeated: any of what they name will do.\n"
    "Exit status: 0 written, 1 errors, 2 wrong usage.\n";

enum {
    OPTION_KIND = 'f',
    OPTION_ANSWERS = 'a',
    OPTION_MARKUP = 'm',
    OPTION_OUTPUT = 'o',
    OPTION_DIFFICULTY = 'D',
    OPTION_SECTION = 's',
    OPTION_SOURCE = 'S',
    OPTION_HAS_ANSWER = 'H'
};

static const struct option table[] = {
    OPTION_DATABASE,
    {"format", required_argument, NULL, OPTION_KIND},
    {"answers", no_argument, NULL, OPTION_ANSWERS},
    {"markup", required_argument, NULL, OPTION_MARKUP},
    {"output", required_argument, NULL, OPTION_OUTPUT},
    {"difficulty", required_argument, NULL, OPTION_DIFFICULTY},
    {"section", required_argument, NULL, OPTION_SECTION},
    {"source", required_argument, NULL, OPTION_SOURCE},
    {"has-answer", required_argument, NULL, OPTION_HAS_ANSWER},
    OPTION_HELP,
    {0},
};

static bool misused(const char *command, const char *message) {
    options_misused(command, "%s, not '%s'", message, optarg);
    return false;
}

static bool set_format(struct export_options *options, const char *command) {
    options->choice.format = export_format_find(optarg);
    return options->choice.format != NULL || misused(command, "--format is " EXPORT_FORMAT_NAMES);
}

static bool set_markup(struct export_options *options, const char *command) {
    options->markup = optarg;
    return markup_parse(optarg, &options->choice.form.markup) ||
           misused(command, "--markup is markdown, html, text, slack, discord or telegram");
}

static bool add_difficulty(struct question_filter *filter, const char *command) {
    enum difficulty difficulty;
    if (!difficulty_parse(optarg, &difficulty))
        return misused(command, "--difficulty is easy, medium or hard");
    filter->difficulties |= 1u << difficulty;
    return true;
}

static bool set_has_answer(struct question_filter *filter, const char *command) {
    bool wanted;
    if (!parameter_parse_boolean(optarg, &wanted))
        return misused(command, "--has-answer is true or false");
    filter->answer = wanted ? ANSWER_AVAILABLE : ANSWER_MISSING;
    return true;
}

static bool append(const char *const **names, size_t *count) {
    const char **longer = memory_alloc((*count + 1) * sizeof(*longer));
    for (size_t i = 0; i < *count; i++) longer[i] = (*names)[i];
    longer[*count] = optarg;
    free((void *)*names);
    *names = longer;
    ++*count;
    return true;
}

static bool take(void *context, int option, const char *command) {
    struct export_options *options = context;
    struct question_filter *filter = &options->filter;
    switch (option) {
    case 'd':
        return options_take_file(&options->database, command, "--db");
    case OPTION_OUTPUT:
        return options_take_file(&options->output, command, "--output");
    case OPTION_KIND:
        return set_format(options, command);
    case OPTION_ANSWERS:
        options->choice.answers = true;
        return true;
    case OPTION_MARKUP:
        return set_markup(options, command);
    case OPTION_DIFFICULTY:
        return add_difficulty(filter, command);
    case OPTION_SECTION:
        return append(&filter->sections, &filter->section_count);
    case OPTION_SOURCE:
        return append(&filter->sources, &filter->source_count);
    case OPTION_HAS_ANSWER:
        return set_has_answer(filter, command);
    default: /* not in the table */
        return false;
    }
}

/* What goes together, once all is read. */
static bool check(const struct export_options *options, int argc, char **argv) {
    if (optind < argc) {
        options_misused(argv[0], "unexpected argument '%s'", argv[optind]);
        return false;
    }
    if (!export_format_takes(options->choice.format, options->markup)) {
        options_misused(argv[0], "--markup goes with --format " EXPORT_MARKUP_FORMAT_NAMES);
        return false;
    }
    return true;
}

bool export_options_read(int argc, char **argv, struct export_options *ret_options,
                         int *ret_status) {
    struct export_options options = {.choice.format = export_format_find("markdown")};
    bool good = options_take_all(argc, argv, table, help, take, &options, ret_status);
    if (good && !check(&options, argc, argv)) {
        *ret_status = EXIT_STATUS_USAGE;
        good = false;
    }
    if (good)
        *ret_options = options;
    else
        export_options_free(&options);
    return good;
}

void export_options_free(struct export_options *options) {
    free((void *)options->filter.sections);
    free((void *)options->filter.sources);
    *options = (struct export_options){0};
}
