#include "db/statements.h"

/* Bank order is sources.position, ordinal. That positions differ the planner cannot know: with the
 * key between them it sees that there is nothing to sort. */
static const struct {
    const char *name;
    bool writing;
    const char *sql;
} statements[STATEMENT_COUNT] = {
    [STATEMENT_BEGIN] = {"begin", false, "BEGIN"},
    [STATEMENT_ROLLBACK] = {"rollback", false, "ROLLBACK"},
    [STATEMENT_REVISION] = {"revision", false,
                            "SELECT revision, serial, imported_at FROM revision"},
    [STATEMENT_SOURCES_IN_ORDER] = {"sources in order", false,
                                    "SELECT key, path, title FROM sources ORDER BY position"},
    [STATEMENT_SECTIONS_IN_ORDER] = {"sections in order", false,
                                     "SELECT s.key, s.id, s.title, s.level, s.parent"
                                     " FROM sources CROSS JOIN sections s ON s.source = sources.key"
                                     " ORDER BY sources.position, sources.key, s.ordinal"},
    [STATEMENT_QUESTION_COUNT] = {"question count", false, "SELECT count(*) FROM questions"},
    [STATEMENT_QUESTIONS_IN_ORDER] =
        {"questions in order", false,
         "SELECT q.key, q.id, q.difficulty, q.section, q.source, q.steps, q.content_hash,"
         " q.length"
         " FROM sources CROSS JOIN questions q ON q.source = sources.key"
         " ORDER BY sources.position, sources.key, q.ordinal"},
    [STATEMENT_ALIASES] =
        {"aliases", false,
         "SELECT a.id, q.id FROM aliases a JOIN questions q ON q.key = a.question"},
    [STATEMENT_QUESTIONS] = {"questions", false,
                             "SELECT key, pinned, difficulty, text, line, steps, context,"
                             " context_ends FROM questions"
                             " WHERE key BETWEEN ?1 AND ?2 ORDER BY key"},
    [STATEMENT_PACK_LAST] = {"pack last", false, "SELECT max(key) FROM packs"},
    [STATEMENT_PACK_ENDS] = {"pack ends", false, "SELECT key, ends FROM packs ORDER BY key"},
    [STATEMENT_PACK_SIZE] = {"pack size", false,
                             "SELECT length(records) FROM packs WHERE key = ?1"},
    [STATEMENT_IDS_UP] = {"ids up", false, "SELECT key FROM questions WHERE id >= ?1 ORDER BY id"},
    [STATEMENT_IDS_DOWN] = {"ids down", false,
                            "SELECT key FROM questions WHERE id <= ?1 ORDER BY id DESC"},
    [STATEMENT_ANSWER] = {"answer", false, "SELECT text FROM answers WHERE question = ?1"},
    [STATEMENT_IS_GONE] = {"is gone", false, "SELECT 1 FROM gone WHERE id = ?1"},
    [STATEMENT_SERIAL_OF_REVISION] = {"serial of revision", false,
                                      "SELECT serial FROM revisions WHERE revision = ?1"
                                      " ORDER BY serial DESC LIMIT 1"},
    [STATEMENT_SERIAL_AT_TIME] = {"serial at time", false,
                                  "SELECT serial FROM revisions WHERE imported_at < ?1"
                                  " ORDER BY imported_at DESC, serial DESC LIMIT 1"},
    [STATEMENT_SERIAL_FIRST] = {"serial first", false, "SELECT min(serial) FROM revisions"},
    [STATEMENT_CHANGED_KEYS] = {"changed keys", false,
                                "SELECT key FROM questions WHERE changed > ?1"},
    [STATEMENT_REMOVED_IDS] = {"removed ids", false,
                               "SELECT id FROM removed WHERE serial > ?1 ORDER BY serial, id"},
    [STATEMENT_SEARCH] = {"search", false,
                          "SELECT rowid, question_occurrences(search, ?3) FROM search"
                          " WHERE search MATCH ?1 AND rowid >= ?2 ORDER BY rowid"},
    [STATEMENT_SEARCH_ALL] = {"search all", false,
                              "SELECT rowid FROM search_all"
                              " WHERE search_all MATCH ?1 AND rowid >= ?2 ORDER BY rowid"},
    [STATEMENT_SEARCH_TEXTS] = {"search texts", false,
                                "SELECT question, context, section, answer FROM question_words"
                                " WHERE key = ?1"},
    [STATEMENT_CHECK_INTEGRITY] =
        {"check integrity", false,
         "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    [STATEMENT_CHECK_FOREIGN_KEYS] =
        {"check foreign keys", false,
         "SELECT 'table ' || \"table\" || ', row ' || coalesce(rowid, '?') || ': refers to a"
         " missing row of ' || parent"
         " FROM pragma_foreign_key_check"},
    [STATEMENT_CHECK_SOURCE_ORDER] =
        {"check source order", false,
         "SELECT 'source ' || max(path) || ': shares its position with another'"
         " FROM sources GROUP BY position HAVING count(*) > 1"},
    [STATEMENT_CHECK_QUESTION_ORDER] =
        {"check question order", false,
         "SELECT 'question ' || max(id) || ': shares its place in the source with another'"
         " FROM questions GROUP BY source, ordinal HAVING count(*) > 1"},
    [STATEMENT_CHECK_SECTION_TREE] =
        {"check section tree", false,
         "SELECT 'section ' || s.id || ': does not stand behind its parent'"
         " FROM sections s JOIN sections p ON p.key = s.parent"
         " WHERE p.source <> s.source OR p.ordinal >= s.ordinal"},
    [STATEMENT_CHECK_SECTION_SOURCE] =
        {"check section source", false,
         "SELECT 'question ' || q.id || ': its section stands in another source'"
         " FROM questions q JOIN sections s ON s.key = q.section WHERE s.source <> q.source"},
    [STATEMENT_CHECK_ANSWERS] =
        {"check answers", false,
         "SELECT 'question ' || q.id || ': answer and number of steps disagree'"
         " FROM questions q LEFT JOIN answers a ON a.question = q.key"
         " WHERE (q.steps > 0) <> (a.question IS NOT NULL)"},
    [STATEMENT_CHECK_CONTEXTS] =
        {"check contexts", false,
         "SELECT 'question ' || q.id || ': a level of its context is missing'"
         " FROM questions q WHERE q.context IS NOT NULL AND length(CAST(q.context AS BLOB)) IS NOT"
         " iif(json_valid(q.context_ends), json_extract(q.context_ends, '$[#-1]'), NULL)"},
    [STATEMENT_CHECK_LENGTHS] =
        {"check lengths", false,
         "SELECT 'question ' || id || ': the length of its text is wrong' FROM questions"
         " WHERE length <> length(CAST(text AS BLOB)) +"
         " coalesce(length(CAST(context AS BLOB)), 0)"},
    [STATEMENT_CHECK_ALIVE] =
        {"check alive", false,
         "SELECT 'id ' || id || ': both in use and an alias' FROM aliases WHERE id IN (SELECT"
         " id FROM questions)"
         " UNION ALL"
         " SELECT 'id ' || id || ': both in use and gone' FROM gone"
         " WHERE id IN (SELECT id FROM questions) OR id IN (SELECT id FROM aliases)"},
    [STATEMENT_CHECK_PACKS] = {"check packs", false,
                               "SELECT key, ends, records FROM packs ORDER BY key"},
    [STATEMENT_BEGIN_IMMEDIATE] = {"begin immediate", true, "BEGIN IMMEDIATE"},
    [STATEMENT_COMMIT] = {"commit", true, "COMMIT"},
    [STATEMENT_REVISION_PUT] =
        {"revision put", true,
         "INSERT INTO revision (key, revision, serial, imported_at) VALUES (1, ?1, ?2, ?3)"
         " ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, serial ="
         " excluded.serial, imported_at = excluded.imported_at"},
    [STATEMENT_SOURCE_BY_PATH] = {"source by path", true,
                                  "SELECT key, title, position, fingerprint FROM sources"
                                  " WHERE path = ?1"},
    [STATEMENT_SOURCE_END] = {"source end", true,
                              "SELECT coalesce(max(position) + 1, 0) FROM sources"},
    [STATEMENT_SOURCE_INSERT] = {"source insert", true,
                                 "INSERT INTO sources (path, title, position) VALUES (?1, ?2, ?3)"},
    [STATEMENT_SOURCE_UPDATE] = {"source update", true,
                                 "UPDATE sources SET title = coalesce(?2, title), position = ?3"
                                 " WHERE key = ?1"},
    [STATEMENT_SOURCE_REMEMBER] = {"source remember", true,
                                   "UPDATE sources SET fingerprint = ?2 WHERE key = ?1"},
    [STATEMENT_SOURCES_FORGET_NUMBERED] =
        {"sources forget numbered", true,
         "UPDATE sources SET fingerprint = NULL WHERE key IN (SELECT source FROM sections WHERE id "
         "GLOB '*-[0-9]*')"},
    [STATEMENT_SOURCE_DELETE] = {"source delete", true, "DELETE FROM sources WHERE key = ?1"},
    [STATEMENT_SOURCE_KEYS] = {"source keys", true, "SELECT key, key FROM sources"},
    [STATEMENT_SECTION_BY_ID] =
        {"section by id", true,
         "SELECT key, source, title, level, parent, ordinal FROM sections WHERE id = ?1"},
    [STATEMENT_SECTION_INSERT] = {"section insert", true,
                                  "INSERT INTO sections (id, title, level, parent, source, ordinal)"
                                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
    [STATEMENT_SECTION_UPDATE] =
        {"section update", true,
         "UPDATE sections SET title = ?2, level = ?3, parent = ?4, source = ?5, ordinal = ?6"
         " WHERE id = ?1"},
    [STATEMENT_SECTION_DELETE] = {"section delete", true, "DELETE FROM sections WHERE key = ?1"},
    [STATEMENT_SECTION_KEYS] = {"section keys", true, "SELECT key, source FROM sections"},
    [STATEMENT_SECTIONS_OF_SOURCE] = {"sections of source", true,
                                      "SELECT key, id, title FROM sections WHERE source = ?1"},
    [STATEMENT_QUESTION_BY_ID] =
        {"question by id", true,
         "SELECT q.key, q.source, q.section, q.ordinal, q.line, q.pinned, q.steps,"
         " q.content_hash, s.path"
         " FROM questions q JOIN sources s ON s.key = q.source WHERE q.id = ?1"},
    [STATEMENT_QUESTION_INSERT] =
        {"question insert", true,
         "INSERT INTO questions"
         " (id, pinned, difficulty, text, section, source, ordinal, line, steps, content_hash,"
         " context, context_ends, changed, length)"
         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"},
    [STATEMENT_QUESTION_UPDATE] =
        {"question update", true,
         "UPDATE questions SET pinned = ?2, difficulty = ?3, text = ?4, section = ?5,"
         " source = ?6, ordinal = ?7, line = ?8, steps = ?9, content_hash = ?10,"
         " context = ?11, context_ends = ?12, changed = ?13, length = ?14 WHERE id = ?1"},
    [STATEMENT_QUESTION_PLACE] = {"question place", true,
                                  "UPDATE questions SET ordinal = ?2, line = ?3 WHERE key = ?1"},
    [STATEMENT_QUESTION_DELETE] = {"question delete", true, "DELETE FROM questions WHERE key = ?1"},
    [STATEMENT_QUESTION_KEYS] = {"question keys", true, "SELECT key, source FROM questions"},
    [STATEMENT_QUESTION_LAST] = {"question last", true, "SELECT max(key) FROM questions"},
    [STATEMENT_QUESTIONS_OF_SOURCE] = {"questions of source", true,
                                       "SELECT key, difficulty FROM questions WHERE source = ?1"},
    [STATEMENT_PACK_NUMBERS] = {"pack numbers", true, "SELECT key FROM packs ORDER BY key"},
    [STATEMENT_PACK_PUT] =
        {"pack put", true, "INSERT OR REPLACE INTO packs (key, ends, records) VALUES (?1, ?2, ?3)"},
    [STATEMENT_ANSWER_PUT] = {"answer put", true,
                              "INSERT INTO answers (question, text) VALUES (?1, ?2)"
                              " ON CONFLICT (question) DO UPDATE SET text = excluded.text"},
    [STATEMENT_ANSWER_DELETE] = {"answer delete", true, "DELETE FROM answers WHERE question = ?1"},
    [STATEMENT_SEARCH_INSERT] =
        {"search insert", true,
         "INSERT INTO search (rowid, question, context, section) VALUES (?1, ?2, ?3, ?4)"},
    [STATEMENT_SEARCH_DELETE] = {"search delete", true, "DELETE FROM search WHERE rowid = ?1"},
    [STATEMENT_SEARCH_CHECK] = {"search check", true,
                                "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)"},
    [STATEMENT_SEARCH_ALL_INSERT] =
        {"search all insert", true,
         "INSERT INTO search_all (rowid, question, context, section, answer)"
         " VALUES (?1, ?2, ?3, ?4, ?5)"},
    [STATEMENT_SEARCH_ALL_DELETE] = {"search all delete", true,
                                     "DELETE FROM search_all WHERE rowid = ?1"},
    [STATEMENT_SEARCH_ALL_CHECK] =
        {"search all check", true,
         "INSERT INTO search_all (search_all, rank) VALUES ('integrity-check', 1)"},
    [STATEMENT_SECTION_QUESTIONS] = {"section questions", true,
                                     "SELECT key FROM questions WHERE section = ?1"},
    [STATEMENT_ALIAS_PUT] = {"alias put", true,
                             "INSERT OR REPLACE INTO aliases (id, question)"
                             " SELECT id, ?2 FROM questions WHERE key = ?1"},
    [STATEMENT_ALIAS_DELETE] = {"alias delete", true, "DELETE FROM aliases WHERE id = ?1"},
    [STATEMENT_ALIASES_FOLLOW] = {"aliases follow", true,
                                  "UPDATE aliases SET question = ?2 WHERE question = ?1"},
    [STATEMENT_ALIASES_GONE] = {"aliases gone", true,
                                "INSERT OR REPLACE INTO gone (id, removed_at)"
                                " SELECT id, ?2 FROM aliases WHERE question = ?1"},
    [STATEMENT_ALIASES_DELETE] = {"aliases delete", true,
                                  "DELETE FROM aliases WHERE question = ?1"},
    [STATEMENT_GONE_PUT] = {"gone put", true,
                            "INSERT OR REPLACE INTO gone (id, removed_at)"
                            " SELECT id, ?2 FROM questions WHERE key = ?1"},
    [STATEMENT_GONE_DELETE] = {"gone delete", true, "DELETE FROM gone WHERE id = ?1"},
    [STATEMENT_REVISIONS_INSERT] =
        {"revisions insert", true,
         "INSERT INTO revisions (serial, revision, imported_at) VALUES (?1, ?2, ?3)"},
    [STATEMENT_REMOVED_PUT] = {"removed put", true,
                               "INSERT OR REPLACE INTO removed (id, serial)"
                               " SELECT id, ?2 FROM questions WHERE key = ?1"},
    [STATEMENT_REMOVED_DELETE] = {"removed delete", true, "DELETE FROM removed WHERE id = ?1"},
    [STATEMENT_ATTEMPT_NEXT] =
        {"attempt next", true,
         "INSERT INTO attempts (kind, name, next) VALUES (?1, ?2, 1)"
         " ON CONFLICT (kind, name) DO UPDATE SET next = next + 1 RETURNING next"},
    [STATEMENT_ATTEMPTS_CLEAR] = {"attempts clear", true, "DELETE FROM attempts"},
    [STATEMENT_RENAME_RECORD] =
        {"rename record", true,
         "SELECT q.source, q.section, q.ordinal, q.text, q.context, a.text"
         " FROM questions q LEFT JOIN answers a ON a.question = q.key WHERE q.key = ?1"},
    [STATEMENT_FRESH_CLEAR] = {"fresh clear", true, "DELETE FROM fresh"},
    [STATEMENT_FRESH_INSERT] =
        {"fresh insert", true,
         "INSERT INTO fresh (question, source, section, ordinal, answer) VALUES (?1, ?2, ?3,"
         " ?4, ?5)"},
    [STATEMENT_FRESH_DELETE] = {"fresh delete", true, "DELETE FROM fresh WHERE question = ?1"},
    [STATEMENT_FRESH_BY_ANSWER] =
        {"fresh by answer", true,
         "SELECT f.question, f.section, f.ordinal, q.text, q.context"
         " FROM fresh f JOIN questions q ON q.key = f.question"
         " WHERE f.source = ?1 AND f.section = ?2 AND f.answer = ?3 ORDER BY f.ordinal LIMIT 32"},
    [STATEMENT_FRESH_WORDS_CLEAR] = {"fresh words clear", true, "DELETE FROM fresh_words"},
    [STATEMENT_FRESH_WORD_INSERT] =
        {"fresh word insert", true,
         "INSERT OR IGNORE INTO fresh_words (word, source, question) VALUES (?1, ?2, ?3)"},
    [STATEMENT_FRESH_WORDS_DELETE] = {"fresh words delete", true,
                                      "DELETE FROM fresh_words WHERE question = ?1"},
    [STATEMENT_FRESH_BY_WORD_HERE] =
        {"fresh by word here", true,
         "SELECT f.question, f.section, f.ordinal, q.text, q.context"
         " FROM (SELECT question FROM fresh_words WHERE word = ?1 AND source = ?2 LIMIT 32) w"
         " JOIN fresh f ON f.question = w.question JOIN questions q ON q.key = f.question"},
    [STATEMENT_FRESH_BY_WORD] =
        {"fresh by word", true,
         "SELECT f.question, f.section, f.ordinal, q.text, q.context"
         " FROM (SELECT question FROM fresh_words WHERE word = ?1 LIMIT 32) w"
         " JOIN fresh f ON f.question = w.question JOIN questions q ON q.key = f.question"},
};

const char *statement_sql(enum statement statement) {
    return statements[statement].sql;
}

const char *statement_name(enum statement statement) {
    return statements[statement].name;
}

bool statement_is_writing(enum statement statement) {
    return statements[statement].writing;
}
