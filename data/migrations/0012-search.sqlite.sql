-- SPDX-License-Identifier: GPL-3.0-or-later
-- The key of the blind indexes by which people are found. It can be changed whenever the indexes are
-- made anew, and is bound to nothing.
CREATE TABLE shy_search_key (
  secret TEXT NOT NULL PRIMARY KEY
);

INSERT INTO shy_search_key (secret) VALUES (lower(hex(randomblob(32))));
INSERT INTO shy_unbound (name) VALUES ('shy_search_key');
