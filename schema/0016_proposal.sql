-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Proposals: what people decided about a candidate and an opening, step by step (src/core/proposal_state.def). No step is a machine's. One
-- row a pair; whoever is agreed on takes a position of the opening, and there are no more than it has: its row counts them.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.proposal (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	opening_id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	created_by uuid,
	state text NOT NULL,
	state_since date NOT NULL,
	changed_by uuid,
	reason text,
	score int,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, candidate_id, opening_id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, opening_id) REFERENCES lg.opening (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX proposal_of_opening ON lg.proposal (tenant_id, opening_id, state);
CREATE INDEX proposal_waiting ON lg.proposal (tenant_id, changed_by, state, state_since) WHERE state IN ('presented', 'accepted', 'sent', 'interview', 'offer');
COMMENT ON TABLE lg.proposal IS 'What people decided about a candidate and an opening';
COMMENT ON COLUMN lg.proposal.tenant_id IS 'The office';
COMMENT ON COLUMN lg.proposal.id IS 'The proposal';
COMMENT ON COLUMN lg.proposal.candidate_id IS 'Who';
COMMENT ON COLUMN lg.proposal.opening_id IS 'For what';
COMMENT ON COLUMN lg.proposal.version IS 'Grows by one with each step';
COMMENT ON COLUMN lg.proposal.created IS 'When it was first decided about';
COMMENT ON COLUMN lg.proposal.created_by IS 'By whom';
COMMENT ON COLUMN lg.proposal.state IS 'One of src/core/proposal_state.def';
COMMENT ON COLUMN lg.proposal.state_since IS 'The day it entered that state';
COMMENT ON COLUMN lg.proposal.changed_by IS 'Who took the last step';
COMMENT ON COLUMN lg.proposal.reason IS 'Why, where a reason was given: one of the list turned_down; a candidate gives none';
COMMENT ON COLUMN lg.proposal.score IS 'What the comparison said when it was first decided about, of 10,000';

CALL lg_gate.wall('lg.proposal', candidate => 'candidate_id');
CREATE POLICY units ON lg.proposal AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
