-- SPDX-License-Identifier: GPL-3.0-or-later
-- By what applications are found: a blind index (shy_search_words_new) with the numbers of the cases.
CREATE VIRTUAL TABLE subsidy_search USING fts5 (
  words, content='', columnsize=0, detail=none, tokenize='ascii'
);

-- Applications of before are put into it behind all other work: those from "next" to "last" are not yet.
CREATE TABLE subsidy_search_fill (
  id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  next BIGINT NOT NULL,
  last BIGINT NOT NULL
);

INSERT INTO subsidy_search_fill (id, next, last) SELECT 1, 1, COALESCE(MAX(id), 0) FROM subsidy_case;

-- All of this can be made again from the applications, which are bound to the journal.
INSERT INTO shy_unbound (name) VALUES
  ('subsidy_search'), ('subsidy_search_data'), ('subsidy_search_idx'), ('subsidy_search_config'),
  ('subsidy_search_fill');
