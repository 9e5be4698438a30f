-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the index of applications holds, as a sum over its rows that stands in the journal's keeping: a
-- key that another program removed would hide a grant.
CREATE TABLE subsidy_key_sum (
  id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  held BIGINT NOT NULL,
  sum  TEXT NOT NULL
);

INSERT INTO subsidy_key_sum (id, held, sum) VALUES (1, 0, '00000000000000000000000000000000');

-- The index is made anew, from the applications, when a policy next decides.
DELETE FROM subsidy_key;
DELETE FROM subsidy_key_field;
DELETE FROM subsidy_key_secret;
