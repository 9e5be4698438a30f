-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the decisions by one policy say alike. Facts and verdicts of subsidy_revision are stored as zlib
-- streams (RFC 1950) that begin from one of these texts, and name it by its Adler-32. Those that are text
-- were stored before.
CREATE TABLE subsidy_dictionary (
  adler    BIGINT NOT NULL PRIMARY KEY,
  contents TEXT NOT NULL
);
