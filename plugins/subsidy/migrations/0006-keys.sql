-- SPDX-License-Identifier: GPL-3.0-or-later
-- Under which keys of limits an application that was found eligible is found by later ones: its
-- person, employer, employees, certificates, whatever packs count limits over. The keys themselves
-- are personal: what stands here are digests of them under a secret of this database.
CREATE TABLE subsidy_key (
  digest  BIGINT NOT NULL,
  case_id INTEGER NOT NULL REFERENCES subsidy_case (id),
  PRIMARY KEY (digest, case_id)
);

CREATE INDEX subsidy_key_case ON subsidy_key (case_id);

-- Of which policies which fields are in subsidy_key, for all their applications. What is missing
-- here is added, for the applications that are there too, when a policy that needs it decides.
CREATE TABLE subsidy_key_field (
  policy TEXT NOT NULL,
  name   TEXT NOT NULL,
  role   TEXT NOT NULL CHECK (role IN ('subject', 'value', 'list')),
  PRIMARY KEY (policy, name, role)
);

CREATE TABLE subsidy_key_secret (
  secret TEXT NOT NULL PRIMARY KEY
);

-- All of this can be made again from the applications, which are bound to the journal.
INSERT INTO shy_unbound (name) VALUES ('subsidy_key'), ('subsidy_key_field'), ('subsidy_key_secret');
