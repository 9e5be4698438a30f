-- SPDX-License-Identifier: GPL-3.0-or-later
-- By whose word a pack decided when something was decided by it: it was shipped with the program,
-- somebody whom the bureau trusts signed it, or somebody here adopted it. Revisions name it.
CREATE TABLE subsidy_provenance (
  id     INTEGER NOT NULL PRIMARY KEY,
  pack   TEXT NOT NULL REFERENCES subsidy_pack (digest),
  origin TEXT NOT NULL CHECK (origin IN ('shipped', 'signed', 'local')),
  person TEXT -- who signed or adopted it
);

-- Decisions of before have none.
ALTER TABLE subsidy_revision ADD COLUMN provenance INTEGER REFERENCES subsidy_provenance (id);
