-- SPDX-License-Identifier: GPL-3.0-or-later
-- The title of the criterion or limit that decided, for lists. It says what was asked, not what the
-- applicant answered, and is therefore not personal. Cases of before have none until they are decided
-- again.
ALTER TABLE subsidy_case ADD COLUMN reason TEXT;
