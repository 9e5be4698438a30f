-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was done, when and by whom, as a chain of hashes (shy-journal.c says how).

CREATE TABLE shy_journal (
  number   BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
  time     TEXT NOT NULL,
  actor    TEXT NOT NULL,
  action   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  details  TEXT NOT NULL,
  previous TEXT NOT NULL CHECK (length(previous) = 64),
  hash     TEXT NOT NULL CHECK (length(hash) = 64)
);

-- The last entry, kept apart so that a cut tail shows.
CREATE TABLE shy_journal_head (
  id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  number BIGINT NOT NULL,
  hash   TEXT NOT NULL CHECK (length(hash) = 64)
);

INSERT INTO shy_journal_head (id, number, hash) VALUES
  (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
