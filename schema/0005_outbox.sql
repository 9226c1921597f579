-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Mails that a transaction ordered, and answers that a repeated request gets again.
--
--   INSERT INTO lg.outbox (kind, to_mail, language, data) VALUES (...);     with the change that it tells of
--   lg_gate.mail_due(most int) -> (tenant int, id uuid)*     lg_job, without a context: what is to be sent now
--   then a transaction for each: enter_job(tenant, 'mail'); SELECT ... FROM lg.outbox WHERE id = $id AND sent IS NULL
--   FOR NO KEY UPDATE SKIP LOCKED; hand it over; UPDATE ... SET sent = now(), data = '{}' | attempts = attempts + 1, next_at = ...
SET LOCAL ROLE lg_owner;

CREATE TABLE lg.outbox (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	kind text NOT NULL CHECK (kind ~ '^[a-z][a-z0-9_]{0,39}$'),
	to_mail text NOT NULL CHECK (to_mail ~ '^[^@[:space:][:cntrl:]]+@[^@[:space:][:cntrl:]]+$' AND length(to_mail) <= 254),
	language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
	data jsonb NOT NULL DEFAULT '{}',
	message_id text NOT NULL DEFAULT gen_random_uuid()::text,
	created timestamptz NOT NULL DEFAULT now(),
	attempts int NOT NULL DEFAULT 0,
	next_at timestamptz DEFAULT now(),
	sent timestamptz,
	failure text NOT NULL DEFAULT '',
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON lg.outbox (tenant_id, created);
COMMENT ON TABLE lg.outbox IS 'Mails to be sent, and those that were. data may hold the token of a link: the web role writes it and never reads it.';
COMMENT ON COLUMN lg.outbox.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.outbox.id IS 'Its id.';
COMMENT ON COLUMN lg.outbox.kind IS 'Which mail: invitation, reset, ...';
COMMENT ON COLUMN lg.outbox.to_mail IS 'To whom.';
COMMENT ON COLUMN lg.outbox.language IS 'In which language.';
COMMENT ON COLUMN lg.outbox.data IS 'What its words are filled with; emptied when it is sent.';
COMMENT ON COLUMN lg.outbox.message_id IS 'Its Message-ID, without the host: the same however often it is tried.';
COMMENT ON COLUMN lg.outbox.created IS 'When it was ordered.';
COMMENT ON COLUMN lg.outbox.attempts IS 'How often it was tried.';
COMMENT ON COLUMN lg.outbox.next_at IS 'When it is tried next; NULL: no more, it was given up.';
COMMENT ON COLUMN lg.outbox.sent IS 'When the server took it.';
COMMENT ON COLUMN lg.outbox.failure IS 'What the server said last, when it did not.';
CALL lg_gate.wall('lg.outbox', staff => '', gate => 'SELECT, INSERT, DELETE');
GRANT SELECT (tenant_id, id, kind, to_mail, language, created, attempts, next_at, sent, failure) ON lg.outbox TO lg_web;
GRANT INSERT (tenant_id, id, kind, to_mail, language, data) ON lg.outbox TO lg_web;
CREATE POLICY staff_read ON lg.outbox FOR SELECT TO lg_web USING ((SELECT lg_gate.kind()) = 'staff');
CREATE POLICY order_mail ON lg.outbox FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.kind()) = ANY (ARRAY['staff', 'client', 'candidate', 'employer', 'public']));

CREATE TABLE lg.idempotency (
	tenant_id int NOT NULL,
	actor uuid NOT NULL DEFAULT lg_gate.account(),
	key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
	request_hash bytea NOT NULL,
	status int,
	answer bytea,
	created timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (tenant_id, actor, key)
);
CREATE INDEX ON lg.idempotency (tenant_id, created);
COMMENT ON TABLE lg.idempotency IS 'What was answered to a request with an Idempotency-Key: written with its effect, so that both are there or neither.';
COMMENT ON COLUMN lg.idempotency.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.idempotency.actor IS 'The account or program that asked: keys are its own.';
COMMENT ON COLUMN lg.idempotency.key IS 'The key it chose.';
COMMENT ON COLUMN lg.idempotency.request_hash IS 'SHA-256 of method, path and body: another request under this key is refused.';
COMMENT ON COLUMN lg.idempotency.status IS 'HTTP status of the answer.';
COMMENT ON COLUMN lg.idempotency.answer IS 'The answer.';
COMMENT ON COLUMN lg.idempotency.created IS 'When; kept for a day.';
CALL lg_gate.wall('lg.idempotency', staff => 'SELECT, INSERT, UPDATE', job => 'SELECT, DELETE');
CREATE POLICY own ON lg.idempotency AS RESTRICTIVE FOR ALL TO lg_web
	USING (actor = (SELECT lg_gate.account())) WITH CHECK (actor = (SELECT lg_gate.account()));

SET LOCAL ROLE lg_gate;
-- A mirror of what is due in lg.outbox, kept by a trigger: to know it without going through every office.
CREATE TABLE lg_gate.due (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON lg_gate.due (at);
COMMENT ON TABLE lg_gate.due IS 'Which mails of lg.outbox are still to be sent.';
COMMENT ON COLUMN lg_gate.due.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.due.id IS 'The mail.';
COMMENT ON COLUMN lg_gate.due.at IS 'When.';

CREATE FUNCTION lg_gate.outbox_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		DELETE FROM lg_gate.due d WHERE d.tenant_id = OLD.tenant_id AND d.id = OLD.id;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		IF NEW.sent IS NULL AND NEW.next_at IS NOT NULL THEN
			INSERT INTO lg_gate.due (tenant_id, id, at) VALUES (NEW.tenant_id, NEW.id, NEW.next_at);
		END IF;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.outbox_changed() IS 'Trigger: lg_gate.due follows lg.outbox.';

CREATE FUNCTION lg_gate.mail_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT d.tenant_id, d.id FROM lg_gate.due d WHERE d.at <= now() ORDER BY d.at LIMIT most $$;
COMMENT ON FUNCTION lg_gate.mail_due(int) IS 'Mails that are to be sent now, of all offices.';
GRANT EXECUTE ON FUNCTION lg_gate.mail_due(int) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.outbox_changed() TO lg_owner;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OF sent, next_at ON lg.outbox
	FOR EACH ROW EXECUTE FUNCTION lg_gate.outbox_changed();
RESET ROLE;
