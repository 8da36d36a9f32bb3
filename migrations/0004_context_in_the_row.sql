-- A question's context moves into its row: a page of questions is then one walk through one table,
-- and not a second one through the contexts of them all for the few that have any.

-- What the question needs to make sense: the list items above it, Markdown, outermost first, one
-- below the other; NULL: nothing
ALTER TABLE questions ADD COLUMN context TEXT;
-- where each of them ends, in bytes from the beginning: a JSON list, "[15,40]"
ALTER TABLE questions ADD COLUMN context_ends TEXT
    CHECK ((context IS NULL) = (context_ends IS NULL));

UPDATE questions
SET (context, context_ends) = (
    SELECT group_concat(text, char(10)), json_group_array(level_end)
    FROM (
        SELECT text, sum(length(CAST(text AS BLOB)) + 1) OVER (ORDER BY depth) - 1 AS level_end
        FROM contexts
        WHERE question = questions.key
        ORDER BY depth
    )
)
WHERE key IN (SELECT question FROM contexts);

DROP VIEW bank;
DROP VIEW question_words;
DROP TABLE contexts;

-- What can be searched in a question: one row for each.
CREATE VIEW question_words AS
SELECT questions.key, questions.text AS question, questions.context, sections.title AS section
FROM questions
JOIN sections ON sections.key = questions.section;

-- For people at the sqlite3 shell: one row for each question, in bank order.
CREATE VIEW bank AS
SELECT
    row_number() OVER (ORDER BY sources.position, questions.ordinal) AS position,
    questions.id,
    CASE questions.difficulty WHEN 0 THEN 'easy' WHEN 1 THEN 'medium' ELSE 'hard' END AS difficulty,
    questions.text AS question,
    questions.context,
    answers.text AS answer,
    questions.steps,
    sections.title AS section,
    sections.id AS section_id,
    sources.path AS source,
    questions.line
FROM questions
JOIN sources ON sources.key = questions.source
JOIN sections ON sections.key = questions.section
LEFT JOIN answers ON answers.question = questions.key
ORDER BY sources.position, questions.ordinal;
