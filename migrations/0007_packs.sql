-- What the questions say a second time, many of them in one row: to read neighbours, or one out of a
-- million, is then to read a few bytes at a known place and not to look for rows. All of it follows
-- from the questions: a pack is thrown away with the first change of one of them, by whomever, and
-- made anew at the end of an import. What is in no pack, as new questions are not, is read from its
-- row.

CREATE TABLE packs (
    -- that of each of its questions, divided by 8192
    key INTEGER PRIMARY KEY,
    -- where the record of each key from the first on ends, in bytes from the beginning, 32 bits,
    -- little-endian; one that ends where it begins is not there: no such question, or a long one
    ends BLOB NOT NULL,
    -- the records (db/pack.h), one behind the other; the last column, so that it can be read from
    -- any place
    records BLOB NOT NULL
) STRICT;

-- No trigger for new questions: with one, each INSERT would be an operation of several steps, before
-- which the full-text indexes write out what they have gathered. So REPLACE, which deletes without a
-- trigger, is the one way to change a question behind its pack's back; `qbank check` tells.

CREATE TRIGGER questions_update_unpacks
AFTER UPDATE OF key, pinned, difficulty, text, line, steps, context, context_ends ON questions
BEGIN
    DELETE FROM packs WHERE key = old.key / 8192;
    DELETE FROM packs WHERE key = new.key / 8192;
END;

CREATE TRIGGER questions_delete_unpacks AFTER DELETE ON questions
BEGIN
    DELETE FROM packs WHERE key = old.key / 8192;
END;
