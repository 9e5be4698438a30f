-- SPDX-License-Identifier: GPL-3.0-or-later
-- Applications, what was decided of them, and earlier grants. Money is fen, a day is 2025-06-30.

-- A spreadsheet that was taken in as a whole.
CREATE TABLE subsidy_batch (
  id             INTEGER NOT NULL PRIMARY KEY,
  file           TEXT NOT NULL,
  sheet          TEXT NOT NULL,
  policy         TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  decided_on     TEXT NOT NULL,
  cases          BIGINT NOT NULL,
  rejected       BIGINT NOT NULL,
  created_at     TEXT NOT NULL,
  actor          TEXT NOT NULL
);

-- One application, as it stands now; lists and counts read this table alone.
CREATE TABLE subsidy_case (
  id             INTEGER NOT NULL PRIMARY KEY,
  batch          INTEGER REFERENCES subsidy_batch (id),
  row_number     BIGINT,
  policy         TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  county         TEXT,
  decided_on     TEXT NOT NULL,
  outcome        TEXT NOT NULL CHECK (outcome IN ('eligible', 'not_eligible', 'materials', 'person')),
  amount         BIGINT NOT NULL CHECK (amount >= 0),
  employer       TEXT,
  name           TEXT,
  pinyin         TEXT,
  initials       TEXT,
  person         TEXT,
  revision       INTEGER NOT NULL CHECK (revision > 0),
  changed_at     TEXT NOT NULL
);

CREATE INDEX subsidy_case_batch ON subsidy_case (batch);
CREATE INDEX subsidy_case_county ON subsidy_case (county);
CREATE INDEX subsidy_case_outcome ON subsidy_case (outcome);
CREATE INDEX subsidy_case_policy ON subsidy_case (policy);

-- Each decision on it with the facts it saw; rows are added, never changed. The commitment of a
-- revision stands in the journal (shy_journal_commit), so a change from outside shows.
CREATE TABLE subsidy_revision (
  id             INTEGER NOT NULL PRIMARY KEY,
  case_id        INTEGER NOT NULL REFERENCES subsidy_case (id),
  revision       INTEGER NOT NULL CHECK (revision > 0),
  policy_version TEXT NOT NULL,
  outcome        TEXT NOT NULL,
  amount         BIGINT NOT NULL,
  facts          TEXT NOT NULL,
  verdict        TEXT NOT NULL,
  nonce          TEXT NOT NULL,
  commitment     TEXT NOT NULL,
  decided_at     TEXT NOT NULL,
  actor          TEXT NOT NULL,
  UNIQUE (case_id, revision)
);

-- What was granted before this database began, or elsewhere.
CREATE TABLE subsidy_grant (
  id         INTEGER NOT NULL PRIMARY KEY,
  policy     TEXT NOT NULL,
  granted_on TEXT NOT NULL,
  amount     BIGINT NOT NULL,
  year       INTEGER NOT NULL,
  county     TEXT,
  employer   TEXT,
  person     TEXT
);

CREATE INDEX subsidy_grant_policy ON subsidy_grant (policy);

-- What a county decided where a policy leaves it open.
CREATE TABLE subsidy_setting (
  county     TEXT NOT NULL,
  policy     TEXT NOT NULL,
  name       TEXT NOT NULL,
  value      TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  actor      TEXT NOT NULL,
  PRIMARY KEY (county, policy, name)
);

INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES
  ('subsidy_case', 'name', 'name'),
  ('subsidy_case', 'pinyin', 'name'),
  ('subsidy_case', 'initials', 'name'),
  ('subsidy_case', 'person', 'resident-id'),
  ('subsidy_revision', 'facts', 'facts'),
  ('subsidy_revision', 'verdict', 'facts'),
  ('subsidy_grant', 'person', 'resident-id');
