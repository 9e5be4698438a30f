-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every part of the database stands on.

-- The last number given to a kind of record; numbers are never given twice.
CREATE TABLE shy_sequence (
  name TEXT NOT NULL PRIMARY KEY,
  last BIGINT NOT NULL CHECK (last > 0)
);

-- Which columns hold personal data. They are read and written through shy_personal_unseal() and
-- shy_personal_seal() only, and no index may hold them.
CREATE TABLE shy_personal_field (
  table_name  TEXT NOT NULL,
  column_name TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN
    ('name', 'resident-id', 'bank-card', 'mobile', 'facts', 'text')),
  PRIMARY KEY (table_name, column_name)
);
