-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What must not be forgotten: proposals that nobody answers, people for whom nothing is under way, facts that nobody has confirmed for
-- long. A date tells somebody; it never moves anything: each step stays a person's.

SET LOCAL ROLE lg_owner;
ALTER TABLE lg.proposal ADD COLUMN owner uuid, ADD COLUMN again_on date;
ALTER TABLE lg.proposal ALTER COLUMN owner TYPE uuid USING changed_by;  -- of rows that are there: behind the wall an UPDATE finds none
COMMENT ON COLUMN lg.proposal.owner IS 'The account that follows it up: who took the last step, or for a program the candidate''s owner';
COMMENT ON COLUMN lg.proposal.again_on IS 'It was put off until then; the next step forgets it';
DROP INDEX lg.proposal_waiting;
CREATE INDEX proposal_waiting ON lg.proposal (tenant_id, owner)  -- for proposal_waiting
	WHERE state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer');
CREATE INDEX proposal_under_way ON lg.proposal (tenant_id, candidate_id)  -- for candidate_count, day_without_solution
	WHERE state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer', 'agreed');

ALTER TABLE lg.candidate ADD COLUMN confirmed_on date;
ALTER TABLE lg.candidate ALTER COLUMN confirmed_on TYPE date USING (created AT TIME ZONE 'UTC')::date,
	ALTER COLUMN confirmed_on SET DEFAULT current_date, ALTER COLUMN confirmed_on SET NOT NULL;
COMMENT ON COLUMN lg.candidate.confirmed_on IS 'When the person last said that what is written here is true: at registration, or when asked again';
DROP INDEX lg.candidate_counted;
CREATE INDEX candidate_counted ON lg.candidate (tenant_id, state)  -- for candidate_count, which then need not read the rows
	INCLUDE (id, unit, owner, next_on, stay_until, next_step, confirmed_on);
CREATE INDEX candidate_confirmed ON lg.candidate (tenant_id, owner, confirmed_on) WHERE state <> 'closed';  -- for day_old

CREATE TABLE lg.follow (
	tenant_id int NOT NULL,
	state text NOT NULL,
	remind_days int NOT NULL CHECK (remind_days BETWEEN 1 AND 365),
	close_days int NOT NULL CHECK (close_days BETWEEN 1 AND 365),
	PRIMARY KEY (tenant_id, state),
	CHECK (remind_days <= close_days)
);
COMMENT ON TABLE lg.follow IS 'How long a proposal may wait in a state, as the office wants it; without a row: as in src/core/follow.def';
COMMENT ON COLUMN lg.follow.tenant_id IS 'The office';
COMMENT ON COLUMN lg.follow.state IS 'A state of proposals: one of src/core/follow.def';
COMMENT ON COLUMN lg.follow.remind_days IS 'After so many days somebody is reminded of it';
COMMENT ON COLUMN lg.follow.close_days IS 'After so many days somebody is asked whether to close it';
CALL lg_gate.wall('lg.follow');
-- Behind it: everybody reads them, the office's administrators change them.
CREATE POLICY administrator_insert ON lg.follow AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_update ON lg.follow AS RESTRICTIVE FOR UPDATE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_delete ON lg.follow AS RESTRICTIVE FOR DELETE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
RESET ROLE;
