#include "server/problem.h"

#include <string.h>

static const struct problem_kind kinds[PROBLEM_COUNT] = {
    [PROBLEM_MALFORMED_HEAD] =
        {
            .name = "malformed-head",
            .status = 400,
            .title = "The head of the request cannot be read for certain",
            .remedy =
                "Send Host once, each field in one line without a blank before its colon, and "
                "either Content-Length once or 'Transfer-Encoding: chunked'.",
        },
    [PROBLEM_MALFORMED_TARGET] =
        {
            .name = "malformed-target",
            .status = 400,
            .title = "The path or the query cannot be read",
            .remedy = "Percent-encode the path and the query as UTF-8; encode '%' itself as %25.",
        },
    [PROBLEM_UNKNOWN_PARAMETER] =
        {
            .name = "unknown-parameter",
            .status = 400,
            .title = "The resource does not know this query parameter",
            .remedy =
                "Leave the parameter out or correct its name; the detail lists those allowed.",
        },
    [PROBLEM_INVALID_PARAMETER] =
        {
            .name = "invalid-parameter",
            .status = 400,
            .title = "The value of a query parameter is not allowed",
            .remedy =
                "Correct the value; the detail says what is allowed. Values are never clamped.",
        },
    [PROBLEM_BULK_ANSWERS_DISABLED] =
        {
            .name = "bulk-answers-disabled",
            .status = 403,
            .title = "This server shows answers one by one only",
            .remedy = "Leave the parameter out and reveal each answer at its url.",
        },
    [PROBLEM_STALE_CURSOR] =
        {
            .name = "stale-cursor",
            .status = 409,
            .title = "The bank has changed since the cursor was made",
            .remedy = "Start the list again without a cursor.",
        },
    [PROBLEM_UNKNOWN_PAST] =
        {
            .name = "unknown-past",
            .status = 410,
            .title = "The bank does not remember its changes since then",
            .remedy = "Fetch the whole list without updated_since, and remember its revision.",
        },
    [PROBLEM_REVISION_MISMATCH] =
        {
            .name = "revision-mismatch",
            .status = 409,
            .title = "The bank is not at this revision",
            .remedy = "Ask for the current revision, or for none, and start anew from its answer.",
        },
    [PROBLEM_NO_SUCH_RESOURCE] =
        {
            .name = "no-such-resource",
            .status = 404,
            .title = "There is nothing at this path",
            .remedy = "GET / lists the paths that there are.",
        },
    [PROBLEM_NO_SUCH_QUESTION] =
        {
            .name = "no-such-question",
            .status = 404,
            .title = "No question has this id",
            .remedy = "GET /v1/questions lists the questions with their ids.",
        },
    [PROBLEM_NO_ANSWER] =
        {
            .name = "no-answer",
            .status = 404,
            .title = "The question has no answer",
            .remedy = "List with has_answer=true to see only questions that have one.",
        },
    [PROBLEM_QUESTION_MOVED] =
        {
            .name = "question-moved",
            .status = 308,
            .title = "The question has another id now",
            .remedy = "Follow the Location header and remember the new id.",
        },
    [PROBLEM_QUESTION_GONE] =
        {
            .name = "question-gone",
            .status = 410,
            .title = "The question was removed from the bank",
            .remedy = "Forget the id; it is not coming back unless the question itself does.",
        },
    [PROBLEM_METHOD_NOT_ALLOWED] =
        {
            .name = "method-not-allowed",
            .status = 405,
            .title = "The resource does not take this method",
            .remedy = "Use one of the methods in the Allow header.",
        },
    [PROBLEM_UNKNOWN_METHOD] =
        {
            .name = "unknown-method",
            .status = 501,
            .title = "The server does not know this method",
            .remedy = "Use GET, HEAD or OPTIONS.",
        },
    [PROBLEM_PRECONDITION_FAILED] =
        {
            .name = "precondition-failed",
            .status = 412,
            .title = "The answer is not the one that If-Match names",
            .remedy = "Ask without If-Match, and go on from the entity tag of that answer.",
        },
    [PROBLEM_CONTENT_TOO_LARGE] =
        {
            .name = "content-too-large",
            .status = 413,
            .title = "The body of the request is too large",
            .remedy = "Send no body: no resource reads one.",
        },
    [PROBLEM_TARGET_TOO_LONG] =
        {
            .name = "target-too-long",
            .status = 414,
            .title = "The target of the request is too long",
            .remedy = "Keep path and query below 8 KiB: send fewer parameters.",
        },
    [PROBLEM_HEAD_TOO_LARGE] =
        {
            .name = "head-too-large",
            .status = 431,
            .title = "The head of the request is too large",
            .remedy =
                "Send fewer and shorter header fields; cookies above all, which nothing reads.",
        },
    [PROBLEM_RATE_LIMITED] =
        {
            .name = "rate-limited",
            .status = 429,
            .title = "Too many requests from this address",
            .remedy = "Wait as many seconds as Retry-After says; RateLimit tells what is left.",
        },
    [PROBLEM_INTERNAL] =
        {
            .name = "internal",
            .status = 500,
            .title = "The server failed",
            .remedy = "Try again; if it stays, the server's log has the cause.",
        },
    [PROBLEM_NOT_READY] =
        {
            .name = "not-ready",
            .status = 503,
            .title = "The server has no bank to serve",
            .remedy = "Import a bank (qbank import); the server takes it up without a restart.",
        },
    [PROBLEM_BUSY] =
        {
            .name = "busy",
            .status = 503,
            .title = "The server cannot do this just now",
            .remedy = "Try again in a moment: too many exports are being sent, or another process "
                      "holds the database.",
        },
};

const struct problem_kind *problem_kind(enum problem problem) {
    return &kinds[problem];
}

enum problem problem_find(const char *name) {
    for (enum problem problem = PROBLEM_NONE + 1; problem < PROBLEM_COUNT; problem++) {
        if (strcmp(kinds[problem].name, name) == 0) return problem;
    }
    return PROBLEM_NONE;
}

json_t *problem_encode(enum problem problem, const char *detail, const char *parameter) {
    const struct problem_kind *kind = &kinds[problem];
    return json_pack("{s:s+, s:s, s:i, s:s, s:s*}", "type", "/problems/", kind->name, "title",
                     kind->title, "status", (int)kind->status, "detail",
                     detail != NULL ? detail : kind->remedy, "parameter", parameter);
}

json_t *problem_describe(enum problem problem) {
    const struct problem_kind *kind = &kinds[problem];
    return json_pack("{s:s+, s:s, s:i, s:s}", "type", "/problems/", kind->name, "title",
                     kind->title, "status", (int)kind->status, "remedy", kind->remedy);
}
