-- SPDX-License-Identifier: GPL-3.0-or-later
-- Policies that nobody signed, which a person of this register said are to decide, and why. Only the
-- file with this digest is meant.
CREATE TABLE shy_policy_adopted (
  id         INTEGER NOT NULL PRIMARY KEY,
  digest     TEXT NOT NULL UNIQUE CHECK (length(digest) = 64), -- SHA-256 of the file
  policy     TEXT NOT NULL,
  version    TEXT NOT NULL,
  reason     TEXT NOT NULL,
  adopted_at TEXT NOT NULL,
  actor      TEXT NOT NULL
);
