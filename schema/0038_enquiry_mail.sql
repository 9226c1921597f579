-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Mails that become enquiries, and answers to them. What a mail says is sealed under a key of its own in lg.person_key, under its id: whoever
-- deletes that has erased it, in backups too. The mail as it came lies beside it in sealed pieces, so that nothing of it is lost. The
-- fields of the enquiry itself hold nothing of its text: no name before a legal basis (schema/0030) is true here as well.
-- How it is done: src/modules/hotline/mail_in.c.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.enquiry_thread (
	tenant_id int NOT NULL,
	enquiry_id uuid NOT NULL,
	tag text NOT NULL CHECK (tag ~ '^[A-Z2-9]{10}$'),
	language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
	PRIMARY KEY (tenant_id, enquiry_id),
	UNIQUE (tenant_id, tag),
	FOREIGN KEY (tenant_id, enquiry_id) REFERENCES lg.enquiry (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE lg.enquiry_thread IS 'By what answers of whoever asked find their enquiry again';
COMMENT ON COLUMN lg.enquiry_thread.tenant_id IS 'The office';
COMMENT ON COLUMN lg.enquiry_thread.enquiry_id IS 'Which enquiry';
COMMENT ON COLUMN lg.enquiry_thread.tag IS 'Random signs that stand in subjects: [LG-K3J5X2A9BQ]';
COMMENT ON COLUMN lg.enquiry_thread.language IS 'In which language we write to whoever asked';

CREATE TABLE lg.enquiry_mail (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	enquiry_id uuid,
	way text NOT NULL CHECK (way IN ('in', 'out')),
	sort text NOT NULL CHECK (sort ~ '^[a-z_]{1,20}$'),
	done_at timestamptz,
	done_by uuid,
	mail text NOT NULL CHECK (length(mail) <= 254),
	message_id text NOT NULL CHECK (length(message_id) <= 250),
	hash bytea CHECK (length(hash) = 32),
	office int NOT NULL DEFAULT lg_gate.tenant(),
	size int NOT NULL DEFAULT 0 CHECK (size >= 0),
	account_id uuid,
	outbox_id uuid,
	box bytea NOT NULL,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, message_id, hash, office),
	FOREIGN KEY (tenant_id, enquiry_id) REFERENCES lg.enquiry (tenant_id, id) ON DELETE CASCADE,
	CHECK ((way = 'in') = (hash IS NOT NULL)),
	CHECK ((way = 'out') = (outbox_id IS NOT NULL)),
	CHECK (way = 'in' OR enquiry_id IS NOT NULL)
);
CREATE INDEX enquiry_mail_of ON lg.enquiry_mail (tenant_id, enquiry_id, at, id);
CREATE INDEX enquiry_mail_aside ON lg.enquiry_mail (tenant_id, at, id) WHERE enquiry_id IS NULL AND done_at IS NULL;
CREATE INDEX enquiry_mail_from ON lg.enquiry_mail (tenant_id, mail, at) WHERE way = 'in';
CREATE INDEX enquiry_by_mail ON lg.enquiry (tenant_id, caller_mail, created DESC) WHERE caller_mail IS NOT NULL;  -- whoever wrote before
COMMENT ON TABLE lg.enquiry_mail IS 'A mail that came to the office''s address, or that was written to answer one';
COMMENT ON COLUMN lg.enquiry_mail.tenant_id IS 'The office';
COMMENT ON COLUMN lg.enquiry_mail.id IS 'The mail, and the name of its key in lg.person_key';
COMMENT ON COLUMN lg.enquiry_mail.at IS 'When it came, or was ordered';
COMMENT ON COLUMN lg.enquiry_mail.enquiry_id IS 'To which enquiry it belongs; NULL: it was set aside';
COMMENT ON COLUMN lg.enquiry_mail.way IS 'in: it came; out: we wrote it';
COMMENT ON COLUMN lg.enquiry_mail.sort IS 'What came: one of src/modules/hotline/mail_sort.def. What we wrote: confirmation, answer';
COMMENT ON COLUMN lg.enquiry_mail.done_at IS 'Of one that was set aside: when somebody said that nothing is to be done';
COMMENT ON COLUMN lg.enquiry_mail.done_by IS 'Who';
COMMENT ON COLUMN lg.enquiry_mail.mail IS 'From whom it came, or to whom it goes; in small letters';
COMMENT ON COLUMN lg.enquiry_mail.message_id IS 'Its Message-ID without <>; of what we wrote, without the host';
COMMENT ON COLUMN lg.enquiry_mail.hash IS 'SHA-256 of what it says, without the lines that servers add on the way: the same mail is taken once';
COMMENT ON COLUMN lg.enquiry_mail.office IS 'The office that took it: offices that merged may both have had the same mail';
COMMENT ON COLUMN lg.enquiry_mail.size IS 'Bytes, as it came';
COMMENT ON COLUMN lg.enquiry_mail.account_id IS 'Who wrote it; NULL: it came, or the program wrote it';
COMMENT ON COLUMN lg.enquiry_mail.outbox_id IS 'Its row in lg.outbox';
COMMENT ON COLUMN lg.enquiry_mail.box IS 'What it says (src/formats/mail_read.h), sealed';

CREATE TABLE lg.enquiry_mail_piece (
	tenant_id int NOT NULL,
	mail_id uuid NOT NULL,
	number int NOT NULL,
	box bytea NOT NULL,
	PRIMARY KEY (tenant_id, mail_id, number),
	FOREIGN KEY (tenant_id, mail_id) REFERENCES lg.enquiry_mail (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE lg.enquiry_mail_piece ALTER box SET STORAGE EXTERNAL; -- sealed bytes do not get smaller
COMMENT ON TABLE lg.enquiry_mail_piece IS 'A mail as it came, in pieces';
COMMENT ON COLUMN lg.enquiry_mail_piece.tenant_id IS 'The office';
COMMENT ON COLUMN lg.enquiry_mail_piece.mail_id IS 'Of which mail';
COMMENT ON COLUMN lg.enquiry_mail_piece.number IS 'Its place, from 0';
COMMENT ON COLUMN lg.enquiry_mail_piece.box IS 'The piece, sealed with the mail''s key';

CALL lg_gate.wall('lg.enquiry_thread');
CALL lg_gate.merges('lg.enquiry_thread', 'moved');
CALL lg_gate.wall('lg.enquiry_mail');
CALL lg_gate.merges('lg.enquiry_mail', 'moved');
CALL lg_gate.wall('lg.enquiry_mail_piece');
CALL lg_gate.merges('lg.enquiry_mail_piece', 'moved');
-- Whoever does not see the enquiry sees nothing of its mails.
CREATE POLICY behind ON lg.enquiry_thread AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.enquiry e WHERE e.id = enquiry_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.enquiry e WHERE e.id = enquiry_id));
CREATE POLICY behind ON lg.enquiry_mail AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR enquiry_id IS NULL OR EXISTS (SELECT FROM lg.enquiry e WHERE e.id = enquiry_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR enquiry_id IS NULL OR EXISTS (SELECT FROM lg.enquiry e WHERE e.id = enquiry_id));
CREATE POLICY behind ON lg.enquiry_mail_piece AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.enquiry_mail m WHERE m.id = mail_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.enquiry_mail m WHERE m.id = mail_id));
-- The Message-ID is given when a mail is ordered, and told: answers refer to it.
GRANT SELECT (message_id), INSERT (message_id) ON lg.outbox TO lg_web;
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.enquiry_mail_gone() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg.outbox o WHERE o.tenant_id = OLD.tenant_id AND o.id = OLD.outbox_id;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.enquiry_mail_gone() IS 'Trigger: what was ordered goes with the mail, sent or not, and the address with it.';
REVOKE ALL ON FUNCTION lg_gate.enquiry_mail_gone() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.enquiry_mail_gone() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
-- In the name of whoever erases, behind the wall.
CREATE FUNCTION lg.candidate_mails_gone() RETURNS trigger
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg.enquiry_mail m USING lg.enquiry e
	 WHERE e.tenant_id = OLD.tenant_id AND e.candidate_id = OLD.id AND m.tenant_id = e.tenant_id AND m.enquiry_id = e.id;
	RETURN OLD;
END $$;
COMMENT ON FUNCTION lg.candidate_mails_gone() IS 'Trigger: mails about somebody who is erased are erased.';
CREATE TRIGGER gone AFTER DELETE ON lg.enquiry_mail FOR EACH ROW EXECUTE FUNCTION lg_gate.enquiry_mail_gone();
CREATE TRIGGER mails_gone BEFORE DELETE ON lg.candidate FOR EACH ROW EXECUTE FUNCTION lg.candidate_mails_gone();
RESET ROLE;
