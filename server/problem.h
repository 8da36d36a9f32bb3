/* Every way in which a request can fail, in one table: HTTP status, problem type (RFC 9457), title
 * and what a client can do about it. The server documents the table itself under /problems, and
 * docs/problems.md lists the same. */
#ifndef QBANK_SERVER_PROBLEM_H
#define QBANK_SERVER_PROBLEM_H

#include <jansson.h>

/* PROBLEM_NONE is success, so that handlers can be chained with `if (problem) return problem`. */
enum problem {
    PROBLEM_NONE,
    PROBLEM_MALFORMED_HEAD,
    PROBLEM_MALFORMED_TARGET,
    PROBLEM_UNKNOWN_PARAMETER,
    PROBLEM_INVALID_PARAMETER,
    PROBLEM_BULK_ANSWERS_DISABLED,
    PROBLEM_STALE_CURSOR,
    PROBLEM_UNKNOWN_PAST,
    PROBLEM_REVISION_MISMATCH,
    PROBLEM_NO_SUCH_RESOURCE,
    PROBLEM_NO_SUCH_QUESTION,
    PROBLEM_NO_ANSWER,
    PROBLEM_QUESTION_MOVED,
    PROBLEM_QUESTION_GONE,
    PROBLEM_METHOD_NOT_ALLOWED,
    PROBLEM_UNKNOWN_METHOD,
    PROBLEM_PRECONDITION_FAILED,
    PROBLEM_CONTENT_TOO_LARGE,
    PROBLEM_TARGET_TOO_LONG,
    PROBLEM_HEAD_TOO_LARGE,
    PROBLEM_RATE_LIMITED,
    PROBLEM_INTERNAL,
    PROBLEM_NOT_READY,
    PROBLEM_BUSY,
    PROBLEM_COUNT
};

struct problem_kind {
    const char *name; /* the type is /problems/NAME, relative to the server */
    unsigned status;
    const char *title;
    const char *remedy; /* one or two sentences of plain text */
};

/* The row of a problem other than PROBLEM_NONE; static. */
const struct problem_kind *problem_kind(enum problem problem);

/* The problem of that name, or PROBLEM_NONE. */
enum problem problem_find(const char *name);

/* The problem document: type, title, status, detail (NULL: the remedy) and parameter (NULL: left
 * out). A new reference, or NULL when memory runs out. */
json_t *problem_encode(enum problem problem, const char *detail, const char *parameter);

/* The problem type itself, as /problems shows it: type, title, status, remedy. A new reference, or
 * NULL when memory runs out. */
json_t *problem_describe(enum problem problem);

#endif
