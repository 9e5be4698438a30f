-- SPDX-License-Identifier: GPL-3.0-or-later
-- Spreadsheets of before are known among all that were taken in, under the numbers they have.
INSERT INTO shy_import (id, target, digest, file, sheet, taken, rejected, created_at, actor)
  SELECT b.id, 'subsidy:' || b.policy,
         (SELECT json_extract (j.details, '$.file_digest') FROM shy_journal j
          WHERE j.subject = 'subsidy_batch:' || b.id AND j.action = 'subsidy.import' LIMIT 1),
         b.file, b.sheet, b.cases, b.rejected, b.created_at, b.actor
  FROM subsidy_batch b;

-- The next one has a number of its own.
INSERT INTO shy_sequence (name, last)
  SELECT 'shy_import', last FROM shy_sequence WHERE name = 'subsidy_batch';
