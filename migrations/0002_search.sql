-- The full-text index in two parts: a small one over what a question says and a large one over the
-- answers, so that searching questions never reads what answers cost. Neither keeps a copy of the
-- text: it is read from the tables below the index when a row leaves it.

DROP TABLE search;

-- What can be searched in a question: one row for each.
CREATE VIEW question_words AS
SELECT
    questions.key,
    questions.text AS question,
    -- all levels, one below the other
    coalesce(
        (SELECT group_concat(text, char(10))
         FROM (SELECT text FROM contexts WHERE question = questions.key ORDER BY depth)),
        ''
    ) AS context,
    sections.title AS section
FROM questions
JOIN sections ON sections.key = questions.section;

-- rowid is the question's key. Kept in step by the import. Prefixes of up to three characters have
-- lists of their own: "e*" would otherwise join those of a tenth of the language.
CREATE VIRTUAL TABLE search USING fts5 (
    question,
    context,
    section,
    content = 'question_words',
    content_rowid = 'key',
    prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- rowid is the question's key. Which answers have a word, and no more: no places, no lengths, no
-- lists of prefixes.
CREATE VIRTUAL TABLE search_answers USING fts5 (
    text,
    content = 'answers',
    content_rowid = 'question',
    detail = none,
    columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Words are gathered in memory up to this many bytes before they are written out: at a million
-- questions that halves the work of an import.
INSERT INTO search (search, rank) VALUES ('hashsize', 33554432);
INSERT INTO search_answers (search_answers, rank) VALUES ('hashsize', 33554432);

INSERT INTO search (search) VALUES ('rebuild');
INSERT INTO search_answers (search_answers) VALUES ('rebuild');
