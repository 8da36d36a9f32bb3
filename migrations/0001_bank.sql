-- The bank: everything that an import derives from Markdown. It can be rebuilt from the sources at
-- any time; nothing that only the database knows belongs here, but for the ids of the past
-- (aliases, gone), which keep old links honest.

-- One row once something has been imported: which bank this is.
CREATE TABLE revision (
    key INTEGER PRIMARY KEY CHECK (key = 1),
    -- hash over the content of every question in order, 16 hexadecimal digits
    revision TEXT NOT NULL CHECK (length(revision) = 16),
    -- grows by one with every import that changed any row, also where the revision stays (moved lines)
    serial INTEGER NOT NULL,
    -- when this revision came in, seconds since the epoch, UTC
    imported_at INTEGER NOT NULL
) STRICT;

-- The Markdown files. Their order and that of the questions in each make the order of the bank.
CREATE TABLE sources (
    key INTEGER PRIMARY KEY,
    -- relative to the import root, '/'-separated
    path TEXT NOT NULL UNIQUE,
    -- the front matter's, or the file's name
    title TEXT NOT NULL,
    -- ascending in bank order, with gaps where sources went away
    position INTEGER NOT NULL
) STRICT;

CREATE INDEX sources_in_order ON sources (position);

-- The untagged headings, a tree.
CREATE TABLE sections (
    key INTEGER PRIMARY KEY,
    -- slug of the title, unique in the bank: repetitions are numbered -2, -3, …
    id TEXT NOT NULL UNIQUE,
    -- the heading's Markdown
    title TEXT NOT NULL,
    -- the heading's level, 1 to 6; 0 is the file itself
    level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 6),
    -- the enclosing section, or none; deferred, since a tree may go in any order
    parent INTEGER REFERENCES sections (key) DEFERRABLE INITIALLY DEFERRED,
    -- the file it stands in
    source INTEGER NOT NULL REFERENCES sources (key),
    -- order in the source, from 0; parents stand before their children
    ordinal INTEGER NOT NULL
) STRICT;

CREATE INDEX sections_in_order ON sections (source, ordinal);
CREATE INDEX sections_by_parent ON sections (parent);

-- The questions, without their answers: no query over this table can reveal one.
CREATE TABLE questions (
    -- 32 bits, so that sets of questions are bitmaps
    key INTEGER PRIMARY KEY CHECK (key BETWEEN 1 AND 4294967295),
    -- public, short and stable
    id TEXT NOT NULL UNIQUE,
    -- 1: the author gave the id; 0: derived from the words
    pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
    -- 0 easy, 1 medium, 2 hard
    difficulty INTEGER NOT NULL CHECK (difficulty BETWEEN 0 AND 2),
    -- Markdown, without tag and enumerator
    text TEXT NOT NULL,
    -- the section that encloses it
    section INTEGER NOT NULL REFERENCES sections (key),
    -- the file it stands in
    source INTEGER NOT NULL REFERENCES sources (key),
    -- order in the source, from 0
    ordinal INTEGER NOT NULL,
    -- line of the tag in the source, from 1
    line INTEGER NOT NULL,
    -- steps in which the answer can be revealed; 0: no answer
    steps INTEGER NOT NULL CHECK (steps >= 0),
    -- hash of difficulty, text, context and answer, 128 bits
    content_hash BLOB NOT NULL CHECK (length(content_hash) = 16)
) STRICT;

-- Covers what the index in memory and the revision are computed from, in bank order.
CREATE INDEX questions_in_order
    ON questions (source, ordinal, id, difficulty, section, steps, content_hash);
CREATE INDEX questions_by_section ON questions (section);

-- What a question needs to make sense: the list items above it, outermost first.
CREATE TABLE contexts (
    question INTEGER NOT NULL REFERENCES questions (key) ON DELETE CASCADE,
    -- from 0, outermost first
    depth INTEGER NOT NULL,
    -- Markdown
    text TEXT NOT NULL,
    PRIMARY KEY (question, depth)
) STRICT, WITHOUT ROWID;

-- The answers, apart from their questions.
CREATE TABLE answers (
    question INTEGER PRIMARY KEY REFERENCES questions (key) ON DELETE CASCADE,
    -- Markdown
    text TEXT NOT NULL
) STRICT;

-- Ids that questions had before their words were edited: still valid, and redirected.
CREATE TABLE aliases (
    id TEXT PRIMARY KEY,
    -- the question it leads to now
    question INTEGER NOT NULL REFERENCES questions (key)
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_by_question ON aliases (question);

-- Ids of questions that were removed.
CREATE TABLE gone (
    id TEXT PRIMARY KEY,
    -- seconds since the epoch, UTC
    removed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Full-text index; rowid is the question's key. Kept in step by the import.
CREATE VIRTUAL TABLE search USING fts5 (
    question,
    context, -- all levels, one below the other
    section, -- the title
    answer,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- For people at the sqlite3 shell: one row for each question, in bank order.
CREATE VIEW bank AS
SELECT
    row_number() OVER (ORDER BY sources.position, questions.ordinal) AS position,
    questions.id,
    CASE questions.difficulty WHEN 0 THEN 'easy' WHEN 1 THEN 'medium' ELSE 'hard' END AS difficulty,
    questions.text AS question,
    (SELECT group_concat(text, char(10))
     FROM (SELECT text FROM contexts WHERE question = questions.key ORDER BY depth)) AS context,
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
