-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Webhooks: an office has events told to a program of somebody else's, at an address it chose.
--
-- What is told is written by triggers, in the transaction of the change: ids and states, nothing about a person. The jobs process hands
-- it over (src/core/webhook_job.h), at least once, and writes down what was answered. A mirror in lg_gate says what is due in all
-- offices, as lg_gate.due does for mail:
--
--   lg_gate.webhooks_due(most int) -> (tenant int, id uuid)*     lg_job, without a context: webhooks that have something to hand over now
--   then a transaction for each delivery: enter_job(tenant, 'webhook'); SELECT ... FOR NO KEY UPDATE OF d SKIP LOCKED; send; UPDATE
--
-- A change without a context (a migration, an operator's hand) is told to nobody.
SET LOCAL ROLE lg_owner;

CREATE TABLE lg.webhook (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
	url text NOT NULL CHECK (url ~ '^https?://' AND length(url) <= 1000),
	events text[] NOT NULL CHECK (cardinality(events) > 0),
	secret bytea NOT NULL,
	old_secret bytea,
	old_until timestamptz,
	state text NOT NULL DEFAULT 'on' CHECK (state IN ('on', 'off', 'failed')),
	state_since timestamptz NOT NULL DEFAULT now(),
	rests_until timestamptz,
	created timestamptz NOT NULL DEFAULT now(),
	created_by uuid DEFAULT lg_gate.account(),
	PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE lg.webhook IS 'Addresses that events are told to';
COMMENT ON COLUMN lg.webhook.tenant_id IS 'The office';
COMMENT ON COLUMN lg.webhook.id IS 'Its id';
COMMENT ON COLUMN lg.webhook.version IS 'Grows with each change';
COMMENT ON COLUMN lg.webhook.name IS 'What it is for';
COMMENT ON COLUMN lg.webhook.url IS 'Where events are sent';
COMMENT ON COLUMN lg.webhook.events IS 'Which: codes of src/core/webhook_event.def';
COMMENT ON COLUMN lg.webhook.secret IS 'What is signed with, sealed with the office''s key';
COMMENT ON COLUMN lg.webhook.old_secret IS 'The one before: both sign for a day, so that the receiver can change over';
COMMENT ON COLUMN lg.webhook.old_until IS 'Until when';
COMMENT ON COLUMN lg.webhook.state IS 'on; off: by an administrator; failed: switched off since nothing was taken for a day';
COMMENT ON COLUMN lg.webhook.state_since IS 'Since when';
COMMENT ON COLUMN lg.webhook.rests_until IS 'The receiver did not answer well: until then it is left alone';
COMMENT ON COLUMN lg.webhook.created IS 'When it was made';
COMMENT ON COLUMN lg.webhook.created_by IS 'By whom';
CALL lg_gate.wall('lg.webhook', job => 'SELECT, UPDATE', gate => 'SELECT');
CREATE POLICY administrator ON lg.webhook AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']) WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);

CREATE TABLE lg.webhook_delivery (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	webhook_id uuid NOT NULL,
	event text NOT NULL,
	body text NOT NULL,
	created timestamptz NOT NULL DEFAULT clock_timestamp(),
	attempts int NOT NULL DEFAULT 0,
	next_at timestamptz DEFAULT now(),
	tried timestamptz,
	done timestamptz,
	status int,
	answer text NOT NULL DEFAULT '',
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, webhook_id) REFERENCES lg.webhook ON DELETE CASCADE
);
CREATE INDEX webhook_delivery_log ON lg.webhook_delivery (tenant_id, webhook_id, created);
CREATE INDEX webhook_delivery_next ON lg.webhook_delivery (tenant_id, webhook_id, next_at) WHERE done IS NULL;
COMMENT ON TABLE lg.webhook_delivery IS 'What is told to webhooks, and what they answered; kept for 30 days';
COMMENT ON COLUMN lg.webhook_delivery.tenant_id IS 'The office';
COMMENT ON COLUMN lg.webhook_delivery.id IS 'Its id, sent along: the same however often it is tried';
COMMENT ON COLUMN lg.webhook_delivery.webhook_id IS 'To which';
COMMENT ON COLUMN lg.webhook_delivery.event IS 'Code of src/core/webhook_event.def';
COMMENT ON COLUMN lg.webhook_delivery.body IS 'What is sent, byte for byte: JSON';
COMMENT ON COLUMN lg.webhook_delivery.created IS 'When it happened';
COMMENT ON COLUMN lg.webhook_delivery.attempts IS 'How often it was tried';
COMMENT ON COLUMN lg.webhook_delivery.next_at IS 'When it is tried next; NULL: no more';
COMMENT ON COLUMN lg.webhook_delivery.tried IS 'When it was tried last';
COMMENT ON COLUMN lg.webhook_delivery.done IS 'When it was taken';
COMMENT ON COLUMN lg.webhook_delivery.status IS 'HTTP status of the last answer; NULL: there was none';
COMMENT ON COLUMN lg.webhook_delivery.answer IS 'How the last answer began, or why there was none';
CALL lg_gate.wall('lg.webhook_delivery', staff => 'SELECT, INSERT, UPDATE', job => 'SELECT, UPDATE, DELETE', gate => 'SELECT, INSERT');
CREATE POLICY administrator ON lg.webhook_delivery AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']) WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE TABLE lg_gate.webhook_due (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	webhook_id uuid NOT NULL,
	at timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON lg_gate.webhook_due (at);
COMMENT ON TABLE lg_gate.webhook_due IS 'Which rows of lg.webhook_delivery are still to be handed over.';
COMMENT ON COLUMN lg_gate.webhook_due.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.webhook_due.id IS 'The delivery.';
COMMENT ON COLUMN lg_gate.webhook_due.webhook_id IS 'To which webhook.';
COMMENT ON COLUMN lg_gate.webhook_due.at IS 'When.';

CREATE TABLE lg_gate.webhook_rest (
	tenant_id int NOT NULL,
	webhook_id uuid NOT NULL,
	until timestamptz NOT NULL,
	PRIMARY KEY (tenant_id, webhook_id)
);
COMMENT ON TABLE lg_gate.webhook_rest IS 'Webhooks that are left alone.';
COMMENT ON COLUMN lg_gate.webhook_rest.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.webhook_rest.webhook_id IS 'The webhook.';
COMMENT ON COLUMN lg_gate.webhook_rest.until IS 'Until when; infinity: it is switched off.';

CREATE FUNCTION lg_gate.webhook_delivery_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		DELETE FROM lg_gate.webhook_due d WHERE d.tenant_id = OLD.tenant_id AND d.id = OLD.id;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		IF NEW.done IS NULL AND NEW.next_at IS NOT NULL THEN
			INSERT INTO lg_gate.webhook_due (tenant_id, id, webhook_id, at) VALUES (NEW.tenant_id, NEW.id, NEW.webhook_id, NEW.next_at);
		END IF;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.webhook_delivery_changed() IS 'Trigger: lg_gate.webhook_due follows lg.webhook_delivery.';

CREATE FUNCTION lg_gate.webhook_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.webhook_rest r WHERE r.tenant_id = OLD.tenant_id AND r.webhook_id = OLD.id;
	IF TG_OP <> 'DELETE' AND (NEW.state <> 'on' OR NEW.rests_until > now()) THEN
		INSERT INTO lg_gate.webhook_rest (tenant_id, webhook_id, until)
			VALUES (NEW.tenant_id, NEW.id, CASE NEW.state WHEN 'on' THEN NEW.rests_until ELSE 'infinity' END);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.webhook_changed() IS 'Trigger: lg_gate.webhook_rest follows lg.webhook.';

CREATE FUNCTION lg_gate.webhooks_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT d.tenant_id, d.webhook_id FROM lg_gate.webhook_due d
	 WHERE d.at <= now() AND NOT EXISTS (SELECT FROM lg_gate.webhook_rest r
		WHERE r.tenant_id = d.tenant_id AND r.webhook_id = d.webhook_id AND r.until > now())
	 GROUP BY d.tenant_id, d.webhook_id ORDER BY min(d.at) LIMIT most
$$;
COMMENT ON FUNCTION lg_gate.webhooks_due(int) IS 'Webhooks of all offices that have something to hand over now.';

-- An event for each webhook of the office that asked for it. Who only wants a table to be as it was has no context, and tells nobody.
CREATE FUNCTION lg_gate.webhook_tell(event text, data jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF coalesce(current_setting('lg.ctx', true), '') = '' THEN
		RETURN;
	END IF;
	INSERT INTO lg.webhook_delivery (webhook_id, event, body)
	SELECT w.id, event, jsonb_build_object('type', event, 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'data', data)::text
	  FROM lg.webhook w WHERE w.state = 'on' AND event = ANY (w.events);
END $$;
COMMENT ON FUNCTION lg_gate.webhook_tell(text, jsonb) IS 'Part of the triggers of webhooks.';

CREATE FUNCTION lg_gate.webhook_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM lg_gate.webhook_tell(CASE WHEN TG_OP = 'INSERT' THEN 'opening.created'
		WHEN NEW.state = 'expired' AND OLD.state <> 'expired' THEN 'opening.expired' ELSE 'opening.changed' END,
		jsonb_build_object('id', NEW.id, 'version', NEW.version, 'state', NEW.state));
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.webhook_opening() IS 'Trigger: tells webhooks of openings.';

CREATE FUNCTION lg_gate.webhook_candidate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM lg_gate.webhook_tell('candidate.state', jsonb_build_object('id', NEW.id, 'version', NEW.version, 'state', NEW.state));
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.webhook_candidate() IS 'Trigger: tells webhooks of candidates'' states.';

CREATE FUNCTION lg_gate.webhook_proposal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM lg_gate.webhook_tell('proposal.state', jsonb_build_object('id', NEW.id, 'candidate', NEW.candidate_id, 'opening', NEW.opening_id,
		'state', NEW.state));
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.webhook_proposal() IS 'Trigger: tells webhooks of proposals'' states.';
GRANT EXECUTE ON FUNCTION lg_gate.webhooks_due(int) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.webhook_delivery_changed(), lg_gate.webhook_changed(), lg_gate.webhook_opening(),
	lg_gate.webhook_candidate(), lg_gate.webhook_proposal() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OF done, next_at ON lg.webhook_delivery
	FOR EACH ROW EXECUTE FUNCTION lg_gate.webhook_delivery_changed();
CREATE TRIGGER changed AFTER DELETE OR UPDATE OF state, rests_until ON lg.webhook FOR EACH ROW EXECUTE FUNCTION lg_gate.webhook_changed();
CREATE TRIGGER webhook_insert AFTER INSERT ON lg.opening FOR EACH ROW EXECUTE FUNCTION lg_gate.webhook_opening();
CREATE TRIGGER webhook_update AFTER UPDATE ON lg.opening FOR EACH ROW WHEN (OLD.version <> NEW.version)
	EXECUTE FUNCTION lg_gate.webhook_opening();
CREATE TRIGGER webhook AFTER UPDATE ON lg.candidate FOR EACH ROW WHEN (OLD.state <> NEW.state)
	EXECUTE FUNCTION lg_gate.webhook_candidate();
CREATE TRIGGER webhook_insert AFTER INSERT ON lg.proposal FOR EACH ROW EXECUTE FUNCTION lg_gate.webhook_proposal();
CREATE TRIGGER webhook_update AFTER UPDATE ON lg.proposal FOR EACH ROW WHEN (OLD.state <> NEW.state)
	EXECUTE FUNCTION lg_gate.webhook_proposal();
RESET ROLE;
