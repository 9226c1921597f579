-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What if: a run that is computed from the sealed input of another, with another reserve, other weights, or a course for those who found
-- nothing. It is ordered, computed, proven and kept as every run; nobody is proposed from it. It stays in its office beside the run that it
-- is of; whoever deletes a run deletes those too (there is no foreign key: offices that merge move the rows one by one).

SET LOCAL ROLE lg_owner;
ALTER TABLE lg.run ADD COLUMN of_run uuid;
COMMENT ON COLUMN lg.run.of_run IS 'A what-if: the run whose input it changes; NULL: a run of its own';
ALTER TABLE lg.run_line ADD COLUMN seat boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN lg.run_line.seat IS 'Has a seat in the course of a what-if';
RESET ROLE;
