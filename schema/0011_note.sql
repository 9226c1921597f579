-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Notes about candidates. Written once; a correction is another note.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.note (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	candidate_id uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	language text,
	text text NOT NULL CHECK (text <> ''),
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX note_of ON lg.note (tenant_id, candidate_id, at DESC);
COMMENT ON TABLE lg.note IS 'What a colleague noted about a candidate';
COMMENT ON COLUMN lg.note.tenant_id IS 'The office';
COMMENT ON COLUMN lg.note.id IS 'The note';
COMMENT ON COLUMN lg.note.candidate_id IS 'About whom';
COMMENT ON COLUMN lg.note.at IS 'When it was written';
COMMENT ON COLUMN lg.note.account_id IS 'Who wrote it';
COMMENT ON COLUMN lg.note.language IS 'In which language, if it is known';
COMMENT ON COLUMN lg.note.text IS 'The note';

CALL lg_gate.wall('lg.note', candidate => '');  -- a colleague's, not the person's own page
CREATE POLICY units ON lg.note AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
