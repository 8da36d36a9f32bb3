-- What changed with which import, so that who has an older revision need not fetch the whole bank.
-- Points in time are serials (table revision). What is older than this migration has the serial 0.

-- The revisions that there were, each with the import that brought it in; one that came back stands
-- here again. None is older than what the bank remembers of its changes.
CREATE TABLE revisions (
    serial INTEGER PRIMARY KEY,
    revision TEXT NOT NULL CHECK (length(revision) = 16),
    -- seconds since the epoch, UTC
    imported_at INTEGER NOT NULL
) STRICT;

CREATE INDEX revisions_by_revision ON revisions (revision, serial);
CREATE INDEX revisions_by_time ON revisions (imported_at, serial);

INSERT INTO revisions (serial, revision, imported_at)
SELECT serial, revision, imported_at FROM revision;

-- the import that added the question, or changed last what can be seen of it but for its place in
-- the bank and its line: words, context, difficulty, answer, section, source
ALTER TABLE questions ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

CREATE INDEX questions_by_change ON questions (changed);

-- Ids that questions had once and none has now, whether they are gone or lead to another question.
CREATE TABLE removed (
    id TEXT PRIMARY KEY,
    -- the import that took it away
    serial INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX removed_by_serial ON removed (serial);

-- Titles are folded into one line since, and headings may end sections.
UPDATE sources SET fingerprint = NULL;
