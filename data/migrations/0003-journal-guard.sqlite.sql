-- SPDX-License-Identifier: GPL-3.0-or-later
-- The journal only grows. PostgreSQL says this with a function and rights, hence a file of its own.

CREATE TRIGGER shy_journal_no_update BEFORE UPDATE ON shy_journal
BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;

CREATE TRIGGER shy_journal_no_delete BEFORE DELETE ON shy_journal
BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;

CREATE TRIGGER shy_journal_head_stays BEFORE DELETE ON shy_journal_head
BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;
