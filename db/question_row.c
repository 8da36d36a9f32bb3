#include "db/question_row.h"

#include "db/context.h"

/* The columns of STATEMENT_QUESTIONS. */
enum { KEY, PINNED, DIFFICULTY, TEXT, LINE, STEPS, CONTEXT, CONTEXT_ENDS };

int64_t question_row_key(sqlite3_stmt *row) {
    return sqlite3_column_int64(row, KEY);
}

static bool read_context(sqlite3_stmt *row, struct question *question) {
    question->context = NULL;
    question->context_count = 0;
    if (sqlite3_column_type(row, CONTEXT) == SQLITE_NULL) return true;
    const char *text = (const char *)sqlite3_column_text(row, CONTEXT);
    const char *ends = (const char *)sqlite3_column_text(row, CONTEXT_ENDS);
    if (text == NULL || ends == NULL) return false;
    question->context = context_split(text, ends, &question->context_count);
    return question->context != NULL;
}

bool question_row_read(sqlite3_stmt *row, struct question *question) {
    question->pinned = sqlite3_column_int(row, PINNED) != 0;
    question->difficulty = (enum difficulty)sqlite3_column_int(row, DIFFICULTY);
    question->text = (char *)sqlite3_column_text(row, TEXT);
    question->source.line = (unsigned)sqlite3_column_int64(row, LINE);
    question->steps = (unsigned)sqlite3_column_int64(row, STEPS);
    return read_context(row, question) && question->text != NULL;
}
