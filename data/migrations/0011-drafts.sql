-- SPDX-License-Identifier: GPL-3.0-or-later
-- What somebody typed into a form and has not saved. It counts for nothing, and goes when it is saved.
CREATE TABLE shy_draft (
  id       BIGINT NOT NULL PRIMARY KEY,
  record   TEXT NOT NULL,
  person   TEXT NOT NULL,
  base     TEXT NOT NULL,
  texts    TEXT NOT NULL,
  typed_at TEXT NOT NULL,
  UNIQUE (record, person)
);

INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES ('shy_draft', 'texts', 'facts');

INSERT INTO shy_unbound (name) VALUES ('shy_draft');
