-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Ambitions: what an office has agreed on with others to reach - a national partnership, the region's own aim -, what it does for it itself, and
-- whom it counts for. How far it has come is counted from what is written down anyway; nobody reports a number.
SET LOCAL ROLE lg_owner;
CREATE TABLE lg.ambition (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	invented boolean NOT NULL DEFAULT false,
	name text NOT NULL CHECK (name <> ''),
	partners text,
	words text,
	source text,
	begins date NOT NULL,
	ends date NOT NULL CHECK (ends >= begins),
	aims jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(aims) = 'array'),
	commitments jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(commitments) = 'array'),
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ambition_by_end ON lg.ambition (tenant_id, ends DESC, id);
COMMENT ON TABLE lg.ambition IS 'What an office has agreed on with others to reach';
COMMENT ON COLUMN lg.ambition.tenant_id IS 'The office';
COMMENT ON COLUMN lg.ambition.id IS 'Random';
COMMENT ON COLUMN lg.ambition.version IS 'Grows by one with each change';
COMMENT ON COLUMN lg.ambition.created IS 'When it was written down';
COMMENT ON COLUMN lg.ambition.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.ambition.invented IS 'Made up for demonstrations';
COMMENT ON COLUMN lg.ambition.name IS 'What it is called';
COMMENT ON COLUMN lg.ambition.partners IS 'With whom';
COMMENT ON COLUMN lg.ambition.words IS 'What it says';
COMMENT ON COLUMN lg.ambition.source IS 'Where it is written';
COMMENT ON COLUMN lg.ambition.begins IS 'First day that counts';
COMMENT ON COLUMN lg.ambition.ends IS 'Last day';
COMMENT ON COLUMN lg.ambition.aims IS 'What shall be reached: what is counted, of whom, how many';
COMMENT ON COLUMN lg.ambition.commitments IS 'What the office does for it, who, until when, and whether it is done';

CREATE TABLE lg.ambition_case (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	ambition_id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, ambition_id) REFERENCES lg.ambition (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX ambition_case_of ON lg.ambition_case (tenant_id, ambition_id, candidate_id);
CREATE INDEX ambition_case_candidate ON lg.ambition_case (tenant_id, candidate_id);
COMMENT ON TABLE lg.ambition_case IS 'Whom an ambition counts for. Two records made one may stand twice: people are counted, not rows';
COMMENT ON COLUMN lg.ambition_case.tenant_id IS 'The office';
COMMENT ON COLUMN lg.ambition_case.id IS 'Random';
COMMENT ON COLUMN lg.ambition_case.ambition_id IS 'Of which ambition';
COMMENT ON COLUMN lg.ambition_case.candidate_id IS 'Who';
COMMENT ON COLUMN lg.ambition_case.at IS 'Since when';
COMMENT ON COLUMN lg.ambition_case.account_id IS 'Who said so';
CALL lg_gate.wall('lg.ambition');
CALL lg_gate.merges('lg.ambition', 'moved');
CALL lg_gate.wall('lg.ambition_case', candidate => 'candidate_id');
CALL lg_gate.merges('lg.ambition_case', 'moved');
CREATE POLICY units ON lg.ambition_case AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
