-- A search looks through questions and answers together: a word in the question and another in its
-- answer are a hit, and a word that shall not be there is nowhere. And what it weighs hits by is in
-- the index in memory, so that it looks up no length of each in a table of the engine.

-- bytes of text and context together
ALTER TABLE questions ADD COLUMN length INTEGER NOT NULL DEFAULT 0;

UPDATE questions
SET length = length(CAST(text AS BLOB)) + coalesce(length(CAST(context AS BLOB)), 0);

DROP INDEX questions_in_order;

-- Covers what the index in memory and the revision are computed from, in bank order.
CREATE INDEX questions_in_order
    ON questions (source, ordinal, id, difficulty, section, steps, content_hash, length);

DROP TABLE search;
DROP TABLE search_answers;
DROP VIEW question_words;

-- What can be searched of a question: one row for each.
CREATE VIEW question_words AS
SELECT
    questions.key,
    questions.text AS question,
    questions.context,
    sections.title AS section,
    answers.text AS answer
FROM questions
JOIN sections ON sections.key = questions.section
LEFT JOIN answers ON answers.question = questions.key;

-- rowid is the question's key. Kept in step by the import. Prefixes of up to three characters have
-- lists of their own: "e*" would otherwise join those of a tenth of the language.
CREATE VIRTUAL TABLE search USING fts5 (
    question,
    context,
    section,
    content = 'question_words',
    content_rowid = 'key',
    columnsize = 0,
    prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- rowid is the question's key. Which questions have a word anywhere, in their answers too, and no
-- more: no places, no lengths, no lists of prefixes.
CREATE VIRTUAL TABLE search_all USING fts5 (
    question,
    context,
    section,
    answer,
    content = 'question_words',
    content_rowid = 'key',
    detail = none,
    columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Words are gathered in memory up to this many bytes before they are written out, which halves the
-- work of an import; twice as many would save three parts in a hundred more, and take 50 MB.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_all (search_all, rank) VALUES ('hashsize', 16777216);

INSERT INTO search (search) VALUES ('rebuild');
INSERT INTO search_all (search_all) VALUES ('rebuild');
