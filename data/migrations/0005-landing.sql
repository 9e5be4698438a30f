-- SPDX-License-Identifier: GPL-3.0-or-later
-- Services that a bureau has connected, and the rows that came from them (app/core/landing).

CREATE TABLE shy_service (
  id             TEXT NOT NULL PRIMARY KEY,
  file           TEXT NOT NULL,
  description    TEXT NOT NULL,
  sample         INTEGER NOT NULL CHECK (sample IN (0, 1)),
  added_at       TEXT NOT NULL,
  keep_sensitive INTEGER NOT NULL DEFAULT 0 CHECK (keep_sensitive IN (0, 1)),
  url_base       TEXT,
  automatic      INTEGER NOT NULL DEFAULT 1 CHECK (automatic IN (0, 1)),
  from_minute    INTEGER NOT NULL DEFAULT 510,
  to_minute      INTEGER NOT NULL DEFAULT 1050,
  every_minutes  INTEGER NOT NULL DEFAULT 240,
  workdays_only  INTEGER NOT NULL DEFAULT 1 CHECK (workdays_only IN (0, 1)),
  licence_note   TEXT,
  expires_on     TEXT
);

-- Plain values of a description; secrets are never here.
CREATE TABLE shy_service_config (
  service TEXT NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (service, name)
);

-- Who pulls from a service now. Without a beat for a while it is nobody's.
CREATE TABLE shy_service_lock (
  service TEXT NOT NULL PRIMARY KEY,
  owner   TEXT NOT NULL,
  beat    BIGINT NOT NULL
);

CREATE TABLE shy_stream (
  service      TEXT NOT NULL,
  name         TEXT NOT NULL,
  state        TEXT,
  row_count    BIGINT NOT NULL DEFAULT 0,
  profile      TEXT,
  last_success TEXT,
  last_attempt TEXT,
  source_date  TEXT,
  probe_date   TEXT,
  failures     INTEGER NOT NULL DEFAULT 0,
  trouble      TEXT,
  PRIMARY KEY (service, name)
);

-- Rows that belong together. A stream has at most one live generation, one that is being staged
-- and one that waits for a person; garbage is cleared away a little at a time.
CREATE TABLE shy_generation (
  id      BIGINT NOT NULL PRIMARY KEY,
  service TEXT NOT NULL,
  stream  TEXT NOT NULL,
  kind    TEXT NOT NULL CHECK (kind IN ('open', 'held', 'live', 'garbage')),
  started TEXT NOT NULL,
  pull    BIGINT NOT NULL,
  state   TEXT NOT NULL,
  tally   TEXT NOT NULL
);

CREATE UNIQUE INDEX shy_generation_of ON shy_generation (service, stream, kind)
  WHERE kind <> 'garbage';

-- What the cells of a row are: a JSON list of fields.
CREATE TABLE shy_landed_shape (
  id     BIGINT NOT NULL PRIMARY KEY,
  fields TEXT NOT NULL UNIQUE
);

-- Cells are a JSON list of texts and nulls, in the order of the shape.
CREATE TABLE shy_landed_row (
  generation  BIGINT NOT NULL,
  key         TEXT NOT NULL,
  shape       BIGINT NOT NULL,
  fetched_at  BIGINT NOT NULL,
  cells       TEXT NOT NULL,
  personal_id BIGINT,
  personal    TEXT,
  PRIMARY KEY (generation, key)
);

INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES
  ('shy_landed_row', 'personal', 'facts');

-- The history of pulls.
CREATE TABLE shy_pull (
  id        BIGINT NOT NULL PRIMARY KEY,
  service   TEXT NOT NULL,
  stream    TEXT NOT NULL,
  started   TEXT NOT NULL,
  ended     TEXT,
  outcome   TEXT NOT NULL CHECK (outcome IN
    ('running', 'landed', 'unchanged', 'held', 'failed', 'cancelled')),
  row_count BIGINT NOT NULL DEFAULT 0,
  pages     BIGINT NOT NULL DEFAULT 0,
  added     BIGINT NOT NULL DEFAULT 0,
  changed   BIGINT NOT NULL DEFAULT 0,
  withdrawn BIGINT NOT NULL DEFAULT 0,
  reason    TEXT,
  report    TEXT
);

CREATE INDEX shy_pull_of ON shy_pull (service, stream, id);

-- What a person should know of a stream, until it is dismissed.
CREATE TABLE shy_notice (
  id       BIGINT NOT NULL PRIMARY KEY,
  service  TEXT NOT NULL,
  stream   TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('appeared', 'vanished', 'type', 'fewer')),
  sentence TEXT NOT NULL,
  pull     BIGINT NOT NULL,
  made_at  TEXT NOT NULL
);

CREATE INDEX shy_notice_of ON shy_notice (service, stream);
