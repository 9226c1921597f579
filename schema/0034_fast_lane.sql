-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The fast lane: whoever can start now and has a strong match stands first in the morning. The jobs process looks for them each night, after
-- the office's midnight, office by office, and places them as a plan does (src/core/fast_lane_job.c), so that one position is promised to
-- one person. What is kept is the pair alone; whether it still holds is read from the rows whenever it is shown. It decides nothing.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.fast_lane (
	tenant_id int NOT NULL,
	candidate_id uuid NOT NULL,
	opening_id uuid NOT NULL,
	day date NOT NULL,
	score int NOT NULL,
	PRIMARY KEY (tenant_id, candidate_id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, opening_id) REFERENCES lg.opening (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX fast_lane_of ON lg.fast_lane (tenant_id, opening_id);
COMMENT ON TABLE lg.fast_lane IS 'Whom the night found a strong match for, and which; all of it is made anew each night';
COMMENT ON COLUMN lg.fast_lane.tenant_id IS 'The office';
COMMENT ON COLUMN lg.fast_lane.candidate_id IS 'Who';
COMMENT ON COLUMN lg.fast_lane.opening_id IS 'The opening';
COMMENT ON COLUMN lg.fast_lane.day IS 'The office''s day that it is for: it is shown on no other';
COMMENT ON COLUMN lg.fast_lane.score IS 'What the comparison said of the pair, of 10,000';
-- Staff change a row only when two candidates become one.
CALL lg_gate.wall('lg.fast_lane', candidate => '', staff => 'SELECT, UPDATE', job => 'SELECT, INSERT, DELETE');
CALL lg_gate.merges('lg.fast_lane', 'moved');
CREATE POLICY units ON lg.fast_lane AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));

CREATE TABLE lg.fast_lane_night (
	tenant_id int NOT NULL,
	day date NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	people int NOT NULL,
	openings int NOT NULL,
	found int NOT NULL,
	failed text,
	PRIMARY KEY (tenant_id, day)
);
COMMENT ON TABLE lg.fast_lane_night IS 'Each night''s look for the fast lane';
COMMENT ON COLUMN lg.fast_lane_night.tenant_id IS 'The office';
COMMENT ON COLUMN lg.fast_lane_night.day IS 'For which of its days: once for each';
COMMENT ON COLUMN lg.fast_lane_night.at IS 'When it was written down';
COMMENT ON COLUMN lg.fast_lane_night.people IS 'How many people can start now, and have nothing under way';
COMMENT ON COLUMN lg.fast_lane_night.openings IS 'How many openings had a position free';
COMMENT ON COLUMN lg.fast_lane_night.found IS 'For how many people there is a strong match';
COMMENT ON COLUMN lg.fast_lane_night.failed IS 'Why it could not be computed; NULL: it was';
CALL lg_gate.wall('lg.fast_lane_night', staff => 'SELECT', job => 'SELECT, INSERT');
CALL lg_gate.merges('lg.fast_lane_night', 'dropped');
RESET ROLE;
