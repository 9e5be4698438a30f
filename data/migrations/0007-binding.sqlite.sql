-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the register holds is bound to the journal (shy-binding.c says how).

-- The digest of a row as it stood after a change; the rows of one change are bound together by one
-- entry of the journal, which names the change and holds a digest over all of them.
CREATE TABLE shy_bound (
  change BIGINT NOT NULL,
  source TEXT NOT NULL,   -- the table
  key    TEXT NOT NULL,   -- the primary key of the row; the parts of several columns stand behind
                          -- each other with a unit separator (U+001F) between them
  digest BLOB,            -- SM3; NULL: the row was removed
  nonce  BLOB,            -- keeps the digest from being guessed; goes with the row
  marks  BLOB,            -- two bytes a column, to tell which one was changed
  PRIMARY KEY (change, source, key)
) WITHOUT ROWID;

CREATE INDEX shy_bound_row ON shy_bound (source, key, change);

-- The last change that an entry binds.
CREATE TABLE shy_bound_head (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  change BIGINT NOT NULL
);

INSERT INTO shy_bound_head (id, change) VALUES (1, 0);

-- Tables, and numbers of shy_sequence, that are not bound: nobody relies on them, or they guard
-- themselves. Whatever is not named here is bound.
CREATE TABLE shy_unbound (
  name TEXT NOT NULL PRIMARY KEY
);

INSERT INTO shy_unbound (name) VALUES
  ('shy_bound'), ('shy_bound_head'), ('shy_journal'), ('shy_journal_head'),
  ('shy_generation'), ('shy_landed_row'), ('shy_landed_row.personal'), ('shy_landed_shape'),
  ('shy_notice'), ('shy_pull'), ('shy_service_lock'), ('shy_stream');

-- The tables, indexes, views and triggers that steps made. Another one was made from outside.
CREATE TABLE shy_schema (
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL,
  sql       TEXT NOT NULL,
  component TEXT NOT NULL,
  PRIMARY KEY (kind, name)
);
