-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Tasks with a date and an owner; and the log of contacts.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.task (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	version int NOT NULL DEFAULT 1,
	candidate_id uuid,
	what text NOT NULL CHECK (what <> ''),
	due date NOT NULL,
	owner uuid NOT NULL,
	created timestamptz NOT NULL DEFAULT now(),
	created_by uuid NOT NULL,
	done timestamptz,
	done_by uuid,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX task_of ON lg.task (tenant_id, candidate_id, due);
CREATE INDEX task_mine ON lg.task (tenant_id, owner, due, id) WHERE done IS NULL;
COMMENT ON TABLE lg.task IS 'Something that somebody is to do by a day';
COMMENT ON COLUMN lg.task.tenant_id IS 'The office';
COMMENT ON COLUMN lg.task.id IS 'The task';
COMMENT ON COLUMN lg.task.version IS 'Grows by one with each change';
COMMENT ON COLUMN lg.task.candidate_id IS 'For whom, or nobody';
COMMENT ON COLUMN lg.task.what IS 'What is to be done';
COMMENT ON COLUMN lg.task.due IS 'By when';
COMMENT ON COLUMN lg.task.owner IS 'The account that is to do it';
COMMENT ON COLUMN lg.task.created IS 'When it was set';
COMMENT ON COLUMN lg.task.created_by IS 'Who set it';
COMMENT ON COLUMN lg.task.done IS 'When it was done; nothing: not yet';
COMMENT ON COLUMN lg.task.done_by IS 'Who did it';

CREATE TABLE lg.contact (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	candidate_id uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	channel text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('in', 'out')),
	reached text NOT NULL,
	words text,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_of ON lg.contact (tenant_id, candidate_id, at DESC);
COMMENT ON TABLE lg.contact IS 'That somebody spoke with, or wrote to, a candidate';
COMMENT ON COLUMN lg.contact.tenant_id IS 'The office';
COMMENT ON COLUMN lg.contact.id IS 'The contact';
COMMENT ON COLUMN lg.contact.candidate_id IS 'With whom';
COMMENT ON COLUMN lg.contact.at IS 'When';
COMMENT ON COLUMN lg.contact.account_id IS 'Which colleague';
COMMENT ON COLUMN lg.contact.channel IS 'How: one of the list channel';
COMMENT ON COLUMN lg.contact.direction IS 'in: they contacted us, out: we contacted them';
COMMENT ON COLUMN lg.contact.reached IS 'Whether they were reached';
COMMENT ON COLUMN lg.contact.words IS 'What it was about';

CALL lg_gate.wall('lg.task', candidate => '');
CALL lg_gate.wall('lg.contact', candidate => 'candidate_id');
CREATE POLICY units ON lg.task AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
CREATE POLICY units ON lg.contact AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
