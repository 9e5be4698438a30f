-- SPDX-License-Identifier: GPL-3.0-or-later
-- An application that was withdrawn stays in the register as it was decided, and counts for no limit
-- any more. The commitment to the reason stands in the journal.
ALTER TABLE subsidy_case ADD COLUMN withdrawn_at TEXT;

CREATE TABLE subsidy_withdrawal (
  case_id      INTEGER NOT NULL PRIMARY KEY REFERENCES subsidy_case (id),
  reason       TEXT NOT NULL,
  withdrawn_at TEXT NOT NULL,
  actor        TEXT NOT NULL,
  nonce        TEXT NOT NULL,
  commitment   TEXT NOT NULL
);

INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES
  ('subsidy_withdrawal', 'reason', 'text');
