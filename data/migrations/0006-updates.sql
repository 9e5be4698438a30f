-- SPDX-License-Identifier: GPL-3.0-or-later
-- Signed versions of policies and of the working calendar, and what a person said to each.
CREATE TABLE shy_update (
  number      BIGINT NOT NULL PRIMARY KEY,
  kind        TEXT NOT NULL CHECK (kind IN ('policy_pack', 'calendar')),
  id          TEXT NOT NULL,
  version     TEXT NOT NULL,
  content     TEXT NOT NULL,
  signature   TEXT NOT NULL,
  signer      TEXT NOT NULL,
  issued_at   TEXT NOT NULL,
  digest      TEXT NOT NULL CHECK (length(digest) = 64),
  source      TEXT NOT NULL,
  sample      INTEGER NOT NULL CHECK (sample IN (0, 1)),
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'discarded', 'reverted')),
  received_at TEXT NOT NULL,
  decided_at  TEXT,
  decided_by  TEXT,
  replaced    TEXT,             -- what stood in the file before, to go back to; NULL for nothing
  settled     INTEGER NOT NULL CHECK (settled IN (0, 1)), -- 0 while the file is behind the state
  UNIQUE (digest, signature, sample)
);
CREATE INDEX shy_update_state ON shy_update (state, number);
