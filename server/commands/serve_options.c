#include "server/commands/serve_options.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/memory.h"
#include "server/commands/options.h"

static const char help[] =
    "Usage: qbank serve [OPTION]...\n"
    "Serve the bank over HTTP until SIGTERM or SIGINT.\n"
    "\n"
    "  --db FILE            the database (QBANK_DB; default as for 'qbank import')\n"
    "  --listen ADDR:PORT   where to listen (QBANK_LISTEN; default 127.0.0.1:8080);\n"
    "                       port 0 takes any free port\n"
    "  --workers N          threads, 1 to 256 (QBANK_WORKERS; default: one per processor)\n"
    "  --import PATH        import this file or directory first; repeat it for several\n"
    "                       (QBANK_IMPORT: one path)\n"
    "  --cache-size SIZE    memory for answers that are kept, in bytes or with K, M or G\n"
    "                       (QBANK_CACHE_SIZE; default 32M; 0: keep nothing)\n"
    "  --no-bulk-answers    answers leave at the reveal only: no lists of them, no search\n"
    "                       in them (QBANK_NO_BULK_ANSWERS=1)\n"
    "  --cors-origin ORIGIN let pages of this origin alone read answers; repeat it for several;\n"
    "                       'none': of no other origin (QBANK_CORS_ORIGIN: one; default: any)\n"
    "  --rate-limit N/TIME  requests of one client in a time, as in 10/s, 60/min, 1000/h\n"
    "                       (QBANK_RATE_LIMIT; default: no limit)\n"
    "  --trusted-proxy ADDRESS[/BITS]\n"
    "                       believe what this proxy says of its clients' addresses; repeat it\n"
    "                       for several (QBANK_TRUSTED_PROXY: one; default: none)\n"
    "  --access-log         one line per request on standard error (QBANK_ACCESS_LOG=1)\n"
    "  -h, --help           print this help\n"
    "\n"
    "A flag overrides the variable, the variable the default. A bank that is imported while\n"
    "the server runs is served at once.\n";

enum {
    OPTION_LISTEN = 'l',
    OPTION_WORKERS = 'w',
    OPTION_IMPORT = 'i',
    OPTION_CACHE_SIZE = 'c',
    OPTION_ACCESS_LOG = 'a',
    OPTION_NO_BULK_ANSWERS = 'b',
    OPTION_CORS_ORIGIN = 'o',
    OPTION_RATE_LIMIT = 'r',
    OPTION_TRUSTED_PROXY = 't'
};

static const struct option table[] = {
    OPTION_DATABASE,
    {"listen", required_argument, NULL, OPTION_LISTEN},
    {"workers", required_argument, NULL, OPTION_WORKERS},
    {"import", required_argument, NULL, OPTION_IMPORT},
    {"cache-size", required_argument, NULL, OPTION_CACHE_SIZE},
    {"access-log", no_argument, NULL, OPTION_ACCESS_LOG},
    {"no-bulk-answers", no_argument, NULL, OPTION_NO_BULK_ANSWERS},
    {"cors-origin", required_argument, NULL, OPTION_CORS_ORIGIN},
    {"rate-limit", required_argument, NULL, OPTION_RATE_LIMIT},
    {"trusted-proxy", required_argument, NULL, OPTION_TRUSTED_PROXY},
    OPTION_HELP,
    {0},
};

static bool environment_flag(const char *name) {
    return strcmp(options_environment(name, "0"), "0") != 0;
}

static unsigned count_processors(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) != 0) return 1;
    int count = CPU_COUNT(&set);
    return count > SERVE_WORKERS_MAX ? SERVE_WORKERS_MAX : (unsigned)count;
}

static bool set_workers(struct serve_options *options, const char *command, const char *name,
                        const char *value) {
    size_t digits = strspn(value, "0123456789");
    int count = digits >= 1 && digits <= 3 && value[digits] == '\0' ? atoi(value) : 0;
    if (count < 1 || count > SERVE_WORKERS_MAX) {
        options_misused(command, "%s is a whole number from 1 to %d, not '%s'", name,
                        SERVE_WORKERS_MAX, value);
        return false;
    }
    options->workers = (unsigned)count;
    return true;
}

/* Digits, then K, M or G or nothing; false for anything else or more than a size_t holds. */
static bool parse_size(const char *text, size_t *ret_size) {
    static const char units[] = "KMG";
    char *end;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    if (errno != 0 || text[0] < '0' || text[0] > '9') return false;
    const char *unit = *end != '\0' ? strchr(units, *end) : NULL;
    if (*end != '\0' && (unit == NULL || end[1] != '\0')) return false;
    unsigned shift = unit != NULL ? 10 * (unsigned)(unit - units + 1) : 0;
    if (number > SIZE_MAX >> shift) return false;
    *ret_size = (size_t)number << shift;
    return true;
}

static bool set_cache_size(struct serve_options *options, const char *command, const char *name,
                           const char *value) {
    if (parse_size(value, &options->cache_size)) return true;
    options_misused(command, "%s is a number of bytes, or one with K, M or G, not '%s'", name,
                    value);
    return false;
}

static bool read_environment(const char *command, struct serve_options *options) {
    options->listen = options_environment("QBANK_LISTEN", "127.0.0.1:8080");
    options->access_log = environment_flag("QBANK_ACCESS_LOG");
    options->no_bulk_answers = environment_flag("QBANK_NO_BULK_ANSWERS");
    options->workers = count_processors();
    const char *workers = options_environment("QBANK_WORKERS", NULL);
    if (workers != NULL && !set_workers(options, command, "QBANK_WORKERS", workers)) return false;
    return set_cache_size(options, command, "QBANK_CACHE_SIZE",
                          options_environment("QBANK_CACHE_SIZE", "32M"));
}

static bool take_option(void *context, int option, const char *command) {
    struct serve_options *options = context;
    switch (option) {
    case 'd':
        return options_take_file(&options->database, command, "--db");
    case OPTION_LISTEN:
        options->listen = optarg;
        return true;
    case OPTION_WORKERS:
        return set_workers(options, command, "--workers", optarg);
    case OPTION_IMPORT:
        options->imports[options->import_count++] = optarg;
        return true;
    case OPTION_CACHE_SIZE:
        return set_cache_size(options, command, "--cache-size", optarg);
    case OPTION_ACCESS_LOG:
        return options->access_log = true;
    case OPTION_NO_BULK_ANSWERS:
        return options->no_bulk_answers = true;
    case OPTION_CORS_ORIGIN:
        return access_add_origin(&options->access, command, "--cors-origin", optarg);
    case OPTION_RATE_LIMIT:
        return access_set_rate(&options->access, command, "--rate-limit", optarg);
    case OPTION_TRUSTED_PROXY:
        return access_add_proxy(&options->access, command, "--trusted-proxy", optarg);
    default: /* not in the table */
        return false;
    }
}

typedef bool take_value(struct access *access, const char *command, const char *name,
                        const char *value);

/* Of what may be given several times the variable has one, and counts where there is no flag. */
static bool read_access_variable(const char *command, struct access *access, const char *name,
                                 bool given, take_value *take) {
    const char *value = options_environment(name, NULL);
    return given || value == NULL || take(access, command, name, value);
}

static bool read_access_variables(const char *command, struct access *access) {
    return read_access_variable(command, access, "QBANK_CORS_ORIGIN", access->cors.origins != NULL,
                                access_add_origin) &&
           read_access_variable(command, access, "QBANK_RATE_LIMIT", access->rate.requests > 0,
                                access_set_rate) &&
           read_access_variable(command, access, "QBANK_TRUSTED_PROXY", access->proxies.count > 0,
                                access_add_proxy);
}

static bool read_arguments(int argc, char **argv, struct serve_options *options, int *ret_status) {
    if (!options_take_all(argc, argv, table, help, take_option, options, ret_status)) return false;
    if (optind < argc) {
        *ret_status = options_misused(argv[0], "serve takes no argument '%s'", argv[optind]);
        return false;
    }
    char *import = getenv("QBANK_IMPORT");
    if (options->import_count == 0 && import != NULL && import[0] != '\0') {
        options->imports[options->import_count++] = import;
    }
    *ret_status = EXIT_STATUS_USAGE;
    return read_access_variables(argv[0], &options->access);
}

bool serve_options_read(int argc, char **argv, struct serve_options *ret_options, int *ret_status) {
    /* One import for each argument, and one from the environment, is the most there can be. */
    struct serve_options options = {.imports = memory_alloc(((size_t)argc + 1) * sizeof(char *))};
    *ret_status = EXIT_STATUS_USAGE;
    if (read_environment(argv[0], &options) && read_arguments(argc, argv, &options, ret_status)) {
        *ret_options = options;
        return true;
    }
    serve_options_free(&options);
    return false;
}

void serve_options_free(struct serve_options *options) {
    free(options->imports);
    access_free(&options->access);
    *options = (struct serve_options){0};
}
