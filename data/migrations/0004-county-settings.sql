-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a county decided where a policy leaves it open; the journal tells who and when.
CREATE TABLE shy_county_setting (
  policy TEXT NOT NULL,
  county TEXT NOT NULL,
  name   TEXT NOT NULL,
  value  TEXT NOT NULL,
  PRIMARY KEY (policy, county, name)
);
