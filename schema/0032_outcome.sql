-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What became of it, to the end: interview, trial day, start, still there after 3, 6 and 12 months, or a stop with its reason; and what is
-- no job: a visit, a taster day, a language café, volunteer work. The tasks to ask again are set in the same transaction.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.outcome (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	kind text NOT NULL CHECK (kind IN ('interview', 'trial_day', 'start', 'still_3', 'still_6', 'still_12', 'stopped', 'visit', 'taster_day',
		'language_cafe', 'volunteer')),
	on_day date NOT NULL,
	reason text,
	place text,
	words text,
	task_ids uuid[] NOT NULL DEFAULT '{}',
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	CONSTRAINT stopped_with_reason CHECK ((kind = 'stopped') = (reason IS NOT NULL))
);
CREATE INDEX outcome_of ON lg.outcome (tenant_id, candidate_id, on_day DESC, at DESC);
CREATE INDEX outcome_by_day ON lg.outcome (tenant_id, on_day);
COMMENT ON TABLE lg.outcome IS 'What became of it: written once, the next says how it went on';
COMMENT ON COLUMN lg.outcome.tenant_id IS 'The office';
COMMENT ON COLUMN lg.outcome.id IS 'The outcome';
COMMENT ON COLUMN lg.outcome.candidate_id IS 'Of whom';
COMMENT ON COLUMN lg.outcome.kind IS 'One of the list outcome';
COMMENT ON COLUMN lg.outcome.on_day IS 'The day';
COMMENT ON COLUMN lg.outcome.reason IS 'Why it stopped: one of the list outcome_stop';
COMMENT ON COLUMN lg.outcome.place IS 'Where';
COMMENT ON COLUMN lg.outcome.words IS 'What is to be remembered';
COMMENT ON COLUMN lg.outcome.task_ids IS 'The tasks to ask again that were set with it';
COMMENT ON COLUMN lg.outcome.at IS 'When it was written down';
COMMENT ON COLUMN lg.outcome.account_id IS 'By whom';
CALL lg_gate.wall('lg.outcome', candidate => 'candidate_id');
CALL lg_gate.merges('lg.outcome', 'moved');
CREATE POLICY units ON lg.outcome AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
