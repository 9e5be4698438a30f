-- SPDX-License-Identifier: GPL-3.0-or-later
-- The orders of the list: what stands in the order of an index is shown at once, however much there is.
CREATE INDEX subsidy_case_amount ON subsidy_case (amount);
CREATE INDEX subsidy_case_decided_on ON subsidy_case (decided_on);
