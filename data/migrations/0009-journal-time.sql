-- SPDX-License-Identifier: GPL-3.0-or-later
-- The newest entry's time, asked for at each decision: a clock that fell back stores nothing.
CREATE INDEX shy_journal_time ON shy_journal (time);
