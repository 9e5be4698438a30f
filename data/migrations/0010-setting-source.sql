-- SPDX-License-Identifier: GPL-3.0-or-later
-- The document on which a county's decision rests, as somebody wrote it; none for those of before.
ALTER TABLE shy_county_setting ADD COLUMN source TEXT;
