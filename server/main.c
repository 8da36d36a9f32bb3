/* The qbank program: finds the command and hands over to it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/commands/commands.h"
#include "server/commands/options.h"
#include "server/commands/suggest.h"

static const struct command {
    const char *name;
    char invocation[16]; /* argv[0] of the command: begins its messages */
    int (*run)(int argc, char **argv);
    const char *purpose;
} commands[] = {
    {"import", "qbank import", command_import, "read Markdown into the database"},
    {"lint", "qbank lint", command_lint, "say what is wrong with Markdown, import nothing"},
    {"export", "qbank export", command_export, "write the bank to a file"},
    {"serve", "qbank serve", command_serve, "answer HTTP requests from the database"},
    {"check", "qbank check", command_check, "say whether the database is sound"},
};
enum { COMMAND_COUNT = sizeof(commands) / sizeof(commands[0]) };

static void print_help(FILE *stream) {
    fputs("Usage: qbank COMMAND [ARGUMENT]...\n"
          "A question bank: Markdown in, a JSON API out.\n"
          "\n",
          stream);
    for (int i = 0; i < COMMAND_COUNT; i++)
        fprintf(stream, "  %-8s %s\n", commands[i].name, commands[i].purpose);
    fputs("  help     print this help, or that of a COMMAND\n"
          "\n"
          "  -h, --help     print this help\n"
          "  -V, --version  print the version\n"
          "\n"
          "'qbank COMMAND --help' tells what a command takes.\n",
          stream);
}

static const struct command *find_command(const char *name) {
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    }
    return NULL;
}

static int report_unknown(const char *name) {
    const char *names[COMMAND_COUNT + 1] = {"help"};
    for (int i = 0; i < COMMAND_COUNT; i++) names[i + 1] = commands[i].name;
    const char *nearest = suggest_nearest(name, names, COMMAND_COUNT + 1);
    if (nearest == NULL) return options_misused("qbank", "there is no command '%s'", name);
    return options_misused("qbank", "there is no command '%s': do you mean '%s'?", name, nearest);
}

static int run_command(const char *name, int argc, char **argv) {
    const struct command *command = find_command(name);
    if (command == NULL) return report_unknown(name);
    char invocation[sizeof(command->invocation)];
    memcpy(invocation, command->invocation, sizeof(invocation));
    argv[0] = invocation;
    return command->run(argc, argv);
}

static int run_help(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "help") != 0) {
        char option[] = "--help";
        char *arguments[] = {argv[0], option, NULL};
        return run_command(argv[1], 2, arguments);
    }
    print_help(stdout);
    return EXIT_STATUS_OK;
}

static int run(int argc, char **argv) {
    if (argc < 2) {
        print_help(stderr);
        return EXIT_STATUS_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "help") == 0) return run_help(argc - 1, argv + 1);
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        puts("qbank " QBANK_VERSION);
        return EXIT_STATUS_OK;
    }
    if (name[0] == '-') return options_misused("qbank", "there is no option '%s'", name);
    return run_command(name, argc - 1, argv + 1);
}

/* A full disk must not pass for success. */
static bool close_output(void) {
    bool failed = ferror(stdout) != 0;
    if (fclose(stdout) == 0 && !failed) return true;
    fprintf(stderr, "qbank: cannot write to standard output: %s\n", strerror(errno));
    return false;
}

int main(int argc, char **argv) {
    int status = run(argc, argv);
    return close_output() || status != EXIT_STATUS_OK ? status : EXIT_STATUS_FAILURE;
}
