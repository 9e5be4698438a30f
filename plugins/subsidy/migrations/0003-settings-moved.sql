-- SPDX-License-Identifier: GPL-3.0-or-later
-- Settings of counties belong to the policies, not to this plugin: they stand in shy_county_setting.
DROP TABLE subsidy_setting;
