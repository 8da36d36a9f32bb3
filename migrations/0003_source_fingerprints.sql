-- What a source was when it was read last, so that an import can pass over what has not changed. A
-- later migration that wants something else to be stored of the sources must forget them all.

-- fingerprint of its bytes, 128 bits; NULL: the next import reads it anew, whatever it finds,
-- because there is something to say of it again
ALTER TABLE sources ADD COLUMN fingerprint BLOB CHECK (length(fingerprint) = 16);
