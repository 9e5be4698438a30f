-- SPDX-License-Identifier: GPL-3.0-or-later
-- People name files and sheets after applicants.
INSERT INTO shy_personal_field (table_name, column_name, kind) VALUES
  ('subsidy_batch', 'file', 'text'),
  ('subsidy_batch', 'sheet', 'text');
