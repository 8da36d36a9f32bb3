#include "server/commands/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int options_misused(const char *command, const char *format, ...) {
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) text = NULL;
    va_end(arguments);
    fprintf(stderr, "%s: %s\nTry '%s --help' for more information.\n", command,
            text != NULL ? text : "wrong usage", command);
    free(text);
    return EXIT_STATUS_USAGE;
}

bool options_take_file(const char **place, const char *command, const char *option) {
    *place = optarg;
    if (optarg[0] != '\0') return true;
    options_misused(command, "%s needs the name of a file", option);
    return false;
}

static bool parse_format(const char *text, enum output_format *ret_format) {
    if (strcmp(text, "text") == 0) {
        *ret_format = OUTPUT_TEXT;
    } else if (strcmp(text, "json") == 0) {
        *ret_format = OUTPUT_JSON;
    } else {
        return false;
    }
    return true;
}

bool options_take_all(int argc, char **argv, const struct option *table, const char *help,
                      option_take *take, void *context, int *ret_status) {
    int option;
    optind = 0; /* GNU: begin anew */
    while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
        if (option == 'h') {
            fputs(help, stdout);
            *ret_status = EXIT_STATUS_OK;
            return false;
        }
        if (option != '?' && take(context, option, argv[0])) continue;
        if (option == '?') /* getopt has printed what is wrong */
            fprintf(stderr, "Try '%s --help' for more information.\n", argv[0]);
        *ret_status = EXIT_STATUS_USAGE;
        return false;
    }
    return true;
}

static bool take(void *context, int option, const char *command) {
    struct options *options = context;
    switch (option) {
    case 'a':
        options->add = true;
        return true;
    case 'n':
        options->dry_run = true;
        return true;
    case 's':
        options->strict = true;
        return true;
    case 'd':
        return options_take_file(&options->database, command, "--db");
    case 'f':
        if (parse_format(optarg, &options->format)) return true;
        options_misused(command, "--format is text or json, not '%s'", optarg);
        return false;
    default: /* not in the table */
        return false;
    }
}

bool options_parse(int argc, char **argv, const struct option *table, const char *help,
                   struct options *ret_options, int *ret_status) {
    struct options options = {0};
    if (!options_take_all(argc, argv, table, help, take, &options, ret_status)) return false;
    options.arguments = argv + optind;
    options.argument_count = (size_t)(argc - optind);
    *ret_options = options;
    return true;
}

const char *options_environment(const char *name, const char *otherwise) {
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : otherwise;
}
