-- SPDX-License-Identifier: GPL-3.0-or-later
-- Spreadsheets that were taken in (app/core/record), and how their columns were matched.

-- A file, whatever it holds: by its digest it is known again under any name. What it holds stands with
-- whoever owns the records, who names this number.
CREATE TABLE shy_import (
  id           INTEGER NOT NULL PRIMARY KEY,
  target       TEXT NOT NULL,   -- family and kind of the records: subsidy:zj-postdoc-grant
  digest       TEXT,            -- SHA-256; none for one that could be read only once
  file         TEXT NOT NULL,
  sheet        TEXT NOT NULL,
  taken        BIGINT NOT NULL, -- rows
  rejected     BIGINT NOT NULL, -- rows
  created_at   TEXT NOT NULL,
  actor        TEXT NOT NULL,
  withdrawn_at TEXT
);

CREATE INDEX shy_import_digest ON shy_import (digest);

-- A file that was taken back. The commitment to the reason stands in the journal.
CREATE TABLE shy_import_withdrawal (
  import       INTEGER NOT NULL PRIMARY KEY REFERENCES shy_import (id),
  reason       TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL,
  actor        TEXT NOT NULL,
  nonce        TEXT NOT NULL,
  commitment   TEXT NOT NULL
);

-- Which header is which field, as somebody decided for files of one form; JSON.
CREATE TABLE shy_recipe (
  target  TEXT NOT NULL,
  name    TEXT NOT NULL,
  recipe  TEXT NOT NULL,
  used_at TEXT NOT NULL,
  PRIMARY KEY (target, name)
);

INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES
  ('shy_import', 'file', 'text'),
  ('shy_import', 'sheet', 'text'),
  ('shy_import_withdrawal', 'reason', 'text');
