/* A row of STATEMENT_QUESTIONS. Internal to db/. */
#ifndef QBANK_DB_QUESTION_ROW_H
#define QBANK_DB_QUESTION_ROW_H

#include "content/question.h"
#include "db/connection.h"

int64_t question_row_key(sqlite3_stmt *row);

/* Reads what the row says, and leaves alone what else is in *question. Strings are borrowed from
 * the row, but question->context is the caller's: free() it, whatever comes back. False when memory
 * runs out. */
bool question_row_read(sqlite3_stmt *row, struct question *question);

#endif
