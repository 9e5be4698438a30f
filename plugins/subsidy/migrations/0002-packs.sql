-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the policy said when something was decided by it, so that a verdict can be read years later:
-- stored verdicts name clauses, the pack holds what they say.
CREATE TABLE subsidy_pack (
  digest         TEXT NOT NULL PRIMARY KEY,
  policy         TEXT NOT NULL,
  policy_version TEXT NOT NULL,
  contents       TEXT NOT NULL,
  seen_at        TEXT NOT NULL
);

ALTER TABLE subsidy_revision ADD COLUMN pack TEXT REFERENCES subsidy_pack (digest);
