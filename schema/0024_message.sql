-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Messages that colleagues wrote, to a candidate or about one to an employer: what was sent, when, by whom. Each has its mail in
-- lg.outbox, ordered in the same transaction; whoever erases the person erases both.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.message (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	proposal_id uuid,
	side text NOT NULL CHECK (side IN ('candidate', 'employer')),
	kind text NOT NULL,
	language text NOT NULL,
	to_mail text NOT NULL,
	subject text NOT NULL CHECK (subject <> ''),
	body text NOT NULL CHECK (body <> ''),
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	outbox_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, proposal_id) REFERENCES lg.proposal (tenant_id, id) ON DELETE SET NULL (proposal_id)
);
CREATE INDEX message_of ON lg.message (tenant_id, candidate_id, at DESC);
CREATE INDEX message_of_proposal ON lg.message (tenant_id, proposal_id, at DESC);
COMMENT ON TABLE lg.message IS 'A message that a colleague wrote and sent';
COMMENT ON COLUMN lg.message.tenant_id IS 'The office';
COMMENT ON COLUMN lg.message.id IS 'Chosen when its form was shown: a second press sends nothing more';
COMMENT ON COLUMN lg.message.candidate_id IS 'To whom, or about whom';
COMMENT ON COLUMN lg.message.proposal_id IS 'About which proposal';
COMMENT ON COLUMN lg.message.side IS 'candidate or employer: who gets it';
COMMENT ON COLUMN lg.message.kind IS 'One of src/core/message.def';
COMMENT ON COLUMN lg.message.language IS 'In which language its form was filled in';
COMMENT ON COLUMN lg.message.to_mail IS 'To which address';
COMMENT ON COLUMN lg.message.subject IS 'Its subject';
COMMENT ON COLUMN lg.message.body IS 'Its text, as it was sent';
COMMENT ON COLUMN lg.message.at IS 'When it was ordered';
COMMENT ON COLUMN lg.message.account_id IS 'Who wrote it';
COMMENT ON COLUMN lg.message.outbox_id IS 'Its mail';
CALL lg_gate.wall('lg.message', candidate => '');
CREATE POLICY units ON lg.message AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.message_gone() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg.outbox o WHERE o.tenant_id = OLD.tenant_id AND o.id = OLD.outbox_id;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.message_gone() IS 'Trigger: the mail of a message goes with it, sent or not, and the address with it.';
REVOKE ALL ON FUNCTION lg_gate.message_gone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.message_gone() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER gone AFTER DELETE ON lg.message FOR EACH ROW EXECUTE FUNCTION lg_gate.message_gone();
RESET ROLE;
