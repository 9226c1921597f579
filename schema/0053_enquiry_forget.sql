-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Old enquiries are forgotten, once the office says after how many months: what was asked and answered, by whom, its mails and its history. That
-- there was an enquiry, when, on what and for which municipality stays, for the counts. What is about a candidate goes with the candidate.
SET LOCAL ROLE lg_owner;
ALTER TABLE lg.entrance ADD COLUMN forget_after int CHECK (forget_after BETWEEN 1 AND 240);
COMMENT ON COLUMN lg.entrance.forget_after IS 'Months after which what an answered enquiry says is forgotten; nothing: never';
ALTER TABLE lg.enquiry ADD COLUMN forgotten timestamptz;
COMMENT ON COLUMN lg.enquiry.forgotten IS 'When what it says was forgotten';
CREATE INDEX enquiry_to_forget ON lg.enquiry (tenant_id, changed) WHERE forgotten IS NULL AND candidate_id IS NULL AND state IN ('answered', 'closed');
RESET ROLE;
