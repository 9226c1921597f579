-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Who did what, and who saw whom; sealed so that a line changed afterwards is found.
--
-- Lines are written by the transaction whose doing they tell, without any lock. A line's author is what the context says, never what
-- the program says: it may not write those columns. Now and then lg_job seals: all lines of an office whose transaction lies in [last hi, oldest that
-- still runs) are hashed, together with the seal before. Nothing can arrive late in such a range, so a line changed, added or taken
-- out of it shows, and so does a seal that is missing. Only the newest seals can be cut off unseen: their heads are mailed to the
-- office's data-protection officer and kept elsewhere (`landgang audit head`).
-- Content (payload) is sealed by the program with the person's own key: the hash is of the sealed bytes, so a person's key can be
-- erased, and with it what was written of them, and the chain still holds.
--
--   INSERT INTO lg.audit (verb, entity, subject, version, why, payload, request) VALUES (...);      the rest are defaults
--   INSERT INTO lg.read_audit (route, subjects, request) VALUES (...);                              one line a page
--   lg_gate.seal_audit() -> int        lg_job: seals every office's new lines; answers how many
--   lg.verify_audit() -> (stream, n, why)*   lg_web, lg_job in an entered transaction: what is wrong in this office's chain; no row: nothing
--   lg.audit_head() -> (stream, n, at, head)*    the newest seals
--   CALL lg.audit_restored()           who owns the database, before anything is written after it was restored from a dump (pg_restore):
--                                      numbers of transactions begin anew there, so a new era does. Does nothing when there is no need.
SET LOCAL ROLE lg_owner;

CREATE TABLE lg_ref.audit_era (
	era int PRIMARY KEY,
	since timestamptz NOT NULL DEFAULT now(),
	sealed_to xid8 NOT NULL DEFAULT '0'
);
COMMENT ON TABLE lg_ref.audit_era IS 'Lives of this database: a new one begins when it is restored from a dump, where transactions are numbered from the start.';
COMMENT ON COLUMN lg_ref.audit_era.era IS 'First, second, ...';
COMMENT ON COLUMN lg_ref.audit_era.since IS 'When it began.';
COMMENT ON COLUMN lg_ref.audit_era.sealed_to IS 'All lines of transactions before this one are sealed.';
CALL lg_gate.reference('lg_ref.audit_era');
GRANT UPDATE ON lg_ref.audit_era TO lg_gate;
INSERT INTO lg_ref.audit_era (era) VALUES (1);

CREATE TABLE lg.audit (
	tenant_id int NOT NULL,
	era int NOT NULL DEFAULT 1,
	xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	actor uuid DEFAULT lg_gate.account(),
	kind text NOT NULL DEFAULT lg_gate.kind(),
	verb text NOT NULL CHECK (verb ~ '^[a-z][a-z0-9_]{0,39}$'),
	entity text NOT NULL CHECK (entity ~ '^[a-z][a-z0-9_]{0,39}$'),
	subject uuid,
	version int,
	why text NOT NULL DEFAULT '',
	payload bytea,
	request text NOT NULL DEFAULT '',
	PRIMARY KEY (tenant_id, era, xid, id)
);
CREATE INDEX ON lg.audit (tenant_id, subject, at);
CREATE INDEX ON lg.audit (tenant_id, at);
COMMENT ON TABLE lg.audit IS 'What was changed: one line a change, written with it.';
COMMENT ON COLUMN lg.audit.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.audit.era IS 'The life of the database in which it was written (lg_ref.audit_era).';
COMMENT ON COLUMN lg.audit.xid IS 'The transaction that wrote it: by this it is sealed.';
COMMENT ON COLUMN lg.audit.id IS 'Its id.';
COMMENT ON COLUMN lg.audit.at IS 'When.';
COMMENT ON COLUMN lg.audit.actor IS 'The account or program that did it; NULL: a job, a public form, nobody signed in.';
COMMENT ON COLUMN lg.audit.kind IS 'What acted: staff, candidate, employer, client, job, public.';
COMMENT ON COLUMN lg.audit.verb IS 'What was done: create, change, erase, reveal, export, ...';
COMMENT ON COLUMN lg.audit.entity IS 'To what: candidate, member, ...';
COMMENT ON COLUMN lg.audit.subject IS 'The id of what it was done to.';
COMMENT ON COLUMN lg.audit.version IS 'Its version after that.';
COMMENT ON COLUMN lg.audit.why IS 'The reason that was given.';
COMMENT ON COLUMN lg.audit.payload IS 'Old and new values, sealed by the program with the key of the person (lg.person_key).';
COMMENT ON COLUMN lg.audit.request IS 'Number of the request, as in the log.';
CALL lg_gate.wall('lg.audit', candidate => 'subject', staff => 'SELECT', job => 'SELECT', gate => 'SELECT, INSERT');

CREATE TABLE lg.read_audit (
	tenant_id int NOT NULL,
	era int NOT NULL DEFAULT 1,
	xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	actor uuid DEFAULT lg_gate.account(),
	kind text NOT NULL DEFAULT lg_gate.kind(),
	route text NOT NULL,
	subjects uuid[] NOT NULL DEFAULT '{}',
	request text NOT NULL DEFAULT '',
	PRIMARY KEY (tenant_id, era, xid, id)
);
CREATE INDEX ON lg.read_audit (tenant_id, at);
COMMENT ON TABLE lg.read_audit IS 'What was seen: one line a page.';
COMMENT ON COLUMN lg.read_audit.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.read_audit.era IS 'The life of the database in which it was written (lg_ref.audit_era).';
COMMENT ON COLUMN lg.read_audit.xid IS 'The transaction that wrote it: by this it is sealed.';
COMMENT ON COLUMN lg.read_audit.id IS 'Its id.';
COMMENT ON COLUMN lg.read_audit.at IS 'When.';
COMMENT ON COLUMN lg.read_audit.actor IS 'The account or program that saw it.';
COMMENT ON COLUMN lg.read_audit.kind IS 'What acted.';
COMMENT ON COLUMN lg.read_audit.route IS 'The page, as the table of routes names it.';
COMMENT ON COLUMN lg.read_audit.subjects IS 'Whose data were on it.';
COMMENT ON COLUMN lg.read_audit.request IS 'Number of the request, as in the log.';
CALL lg_gate.wall('lg.read_audit', staff => 'SELECT', job => 'SELECT', gate => 'SELECT');
CREATE POLICY candidate ON lg.read_audit FOR SELECT TO lg_web
	USING ((SELECT lg_gate.kind()) = 'candidate' AND (SELECT lg_gate.subject()) = ANY (subjects));

-- Everybody leaves a trace, of nobody's but the own doing; nobody takes one away, or says when it was.
GRANT INSERT (tenant_id, verb, entity, subject, version, why, payload, request) ON lg.audit TO lg_web, lg_job;
GRANT INSERT (tenant_id, route, subjects, request) ON lg.read_audit TO lg_web, lg_job;
CREATE POLICY trace ON lg.audit FOR INSERT TO lg_web, lg_job WITH CHECK (true); -- behind the wall
CREATE POLICY trace ON lg.read_audit FOR INSERT TO lg_web, lg_job WITH CHECK (true); -- behind the wall

CREATE TABLE lg.audit_seal (
	tenant_id int NOT NULL,
	stream text NOT NULL CHECK (stream IN ('write', 'read')),
	n int NOT NULL CHECK (n > 0),
	era int NOT NULL,
	lo xid8 NOT NULL,
	hi xid8 NOT NULL,
	rows int NOT NULL,
	root bytea NOT NULL,
	prev bytea NOT NULL,
	head bytea NOT NULL,
	at timestamptz NOT NULL DEFAULT clock_timestamp(),
	PRIMARY KEY (tenant_id, stream, n)
);
COMMENT ON TABLE lg.audit_seal IS 'The chain over lg.audit (write) and lg.read_audit (read).';
COMMENT ON COLUMN lg.audit_seal.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.audit_seal.stream IS 'write: lg.audit; read: lg.read_audit.';
COMMENT ON COLUMN lg.audit_seal.n IS 'First, second, ...';
COMMENT ON COLUMN lg.audit_seal.era IS 'The life of the database whose lines these are.';
COMMENT ON COLUMN lg.audit_seal.lo IS 'The hi of the one before; 0 when that is of another era.';
COMMENT ON COLUMN lg.audit_seal.hi IS 'Lines of transactions from lo on and before this one are in it.';
COMMENT ON COLUMN lg.audit_seal.rows IS 'How many lines.';
COMMENT ON COLUMN lg.audit_seal.root IS 'SHA-256 of the lines'' hashes, in the order of xid and id.';
COMMENT ON COLUMN lg.audit_seal.prev IS 'The head of the one before; empty in the first.';
COMMENT ON COLUMN lg.audit_seal.head IS 'SHA-256 of all of this.';
COMMENT ON COLUMN lg.audit_seal.at IS 'When it was sealed.';
CALL lg_gate.wall('lg.audit_seal', staff => 'SELECT', job => 'SELECT', gate => 'SELECT, INSERT');

CREATE TABLE lg.person_key (
	tenant_id int NOT NULL,
	subject uuid NOT NULL,
	key_box bytea NOT NULL,
	created timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (tenant_id, subject)
);
COMMENT ON TABLE lg.person_key IS 'The key of each person, sealed by the program. Who deletes it has erased all that was sealed with it.';
COMMENT ON COLUMN lg.person_key.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.person_key.subject IS 'The person.';
COMMENT ON COLUMN lg.person_key.key_box IS 'The key, sealed with the program''s.';
COMMENT ON COLUMN lg.person_key.created IS 'Since when.';
CALL lg_gate.wall('lg.person_key', candidate => 'subject', staff => 'SELECT, INSERT, DELETE');

-- A hash of each line: fields of varying length are hashed or counted, so that none can lend a letter to the next.
CREATE FUNCTION lg.audit_leaf(l lg.audit) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT sha256('\x00'::bytea || convert_to(concat_ws('|', l.tenant_id, l.era, l.xid, l.id, extract(epoch FROM l.at), coalesce(l.actor::text, '-'),
		l.kind, l.verb, l.entity, coalesce(l.subject::text, '-'), coalesce(l.version::text, '-'), length(l.why), l.why, l.request), 'UTF8')
		|| coalesce(sha256(l.payload), ''))
$$;
COMMENT ON FUNCTION lg.audit_leaf(lg.audit) IS 'The hash of a line of lg.audit.';
CREATE FUNCTION lg.audit_leaf(l lg.read_audit) RETURNS bytea LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT sha256('\x02'::bytea || convert_to(concat_ws('|', l.tenant_id, l.era, l.xid, l.id, extract(epoch FROM l.at), coalesce(l.actor::text, '-'),
		l.kind, length(l.route), l.route, array_to_string(l.subjects, ','), l.request), 'UTF8'))
$$;
COMMENT ON FUNCTION lg.audit_leaf(lg.read_audit) IS 'The hash of a line of lg.read_audit.';

CREATE FUNCTION lg.audit_root(stream text, in_era int, lo xid8, hi xid8, OUT rows int, OUT root bytea)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF stream = 'write' THEN
		SELECT count(*), sha256(coalesce(string_agg(lg.audit_leaf(l), ''::bytea ORDER BY l.xid, l.id), ''))
			INTO rows, root FROM lg.audit l WHERE l.era = in_era AND l.xid >= lo AND l.xid < hi;
	ELSE
		SELECT count(*), sha256(coalesce(string_agg(lg.audit_leaf(l), ''::bytea ORDER BY l.xid, l.id), ''))
			INTO rows, root FROM lg.read_audit l WHERE l.era = in_era AND l.xid >= lo AND l.xid < hi;
	END IF;
END $$;
COMMENT ON FUNCTION lg.audit_root(text, int, xid8, xid8) IS 'Number and common hash of this office''s lines of a range of transactions.';

CREATE FUNCTION lg.audit_link(stream text, n int, era int, lo xid8, hi xid8, rows int, prev bytea, root bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT sha256('\x01'::bytea || convert_to(concat_ws('|', stream, n, era, lo, hi, rows), 'UTF8') || prev || root) $$;
COMMENT ON FUNCTION lg.audit_link(text, int, int, xid8, xid8, int, bytea, bytea) IS 'The head of a seal.';

-- What everybody who may read an office's audit can recompute.
CREATE FUNCTION lg.verify_audit() RETURNS TABLE (stream text, n int, why text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	WITH s AS (SELECT x.*, lag(x.head) OVER w AS last_head, lag(x.n) OVER w AS last_n, lag(x.hi) OVER w AS last_hi, lag(x.era) OVER w AS last_era
		FROM lg.audit_seal x WINDOW w AS (PARTITION BY x.stream ORDER BY x.n)),
	v AS (SELECT s.*, r.rows AS rows_now, r.root AS root_now FROM s, LATERAL lg.audit_root(s.stream, s.era, s.lo, s.hi) r),
	d AS (SELECT v.*, CASE
		WHEN root_now <> root OR rows_now <> rows THEN 'a line of this part was changed, added or taken out'
		WHEN prev <> coalesce(last_head, '') OR v.n <> coalesce(last_n, 0) + 1 OR era < coalesce(last_era, 1)
			OR lo <> CASE era WHEN last_era THEN last_hi ELSE '0' END THEN 'the seal before this one is missing'
		WHEN head <> lg.audit_link(v.stream, v.n, era, lo, hi, rows, prev, root) THEN 'this seal was rewritten' END AS fault FROM v)
	SELECT d.stream, d.n, d.fault FROM d WHERE d.fault IS NOT NULL ORDER BY 1, 2
$$;
COMMENT ON FUNCTION lg.verify_audit() IS 'What is wrong in the chain of the office that was entered; no row: nothing.';

CREATE FUNCTION lg.audit_head() RETURNS TABLE (stream text, n int, at timestamptz, head bytea)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT DISTINCT ON (s.stream) s.stream, s.n, s.at, s.head FROM lg.audit_seal s ORDER BY s.stream, s.n DESC $$;
COMMENT ON FUNCTION lg.audit_head() IS 'The newest seals of the office that was entered: to be kept where its operator cannot reach.';

CREATE PROCEDURE lg.audit_restored() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE last lg_ref.audit_era;
BEGIN
	SELECT * INTO last FROM lg_ref.audit_era ORDER BY era DESC LIMIT 1;
	IF last.sealed_to > pg_snapshot_xmax(pg_current_snapshot()) THEN
		INSERT INTO lg_ref.audit_era (era) VALUES (last.era + 1);
		EXECUTE format('ALTER TABLE lg.audit ALTER era SET DEFAULT %s', last.era + 1);
		EXECUTE format('ALTER TABLE lg.read_audit ALTER era SET DEFAULT %s', last.era + 1);
	END IF;
END $$;
COMMENT ON PROCEDURE lg.audit_restored() IS 'A new era, if this database was restored from a dump. For its owner, before anything is written.';
GRANT EXECUTE ON FUNCTION lg.audit_leaf(lg.audit), lg.audit_leaf(lg.read_audit), lg.audit_root(text, int, xid8, xid8),
	lg.audit_link(text, int, int, xid8, xid8, int, bytea, bytea), lg.verify_audit(), lg.audit_head() TO lg_web, lg_job, lg_gate;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.seal_audit() RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	last lg_ref.audit_era;
	e lg_ref.audit_era;
	upto xid8;
	lo xid8;
	t int;
	s text;
	l lg.audit_seal;
	r record;
	total int := 0;
BEGIN
	-- One sealer at a time; not by an advisory lock, which others could take.
	SELECT * INTO last FROM lg_ref.audit_era ORDER BY era DESC LIMIT 1 FOR UPDATE;
	upto := pg_snapshot_xmin(pg_current_snapshot());
	IF last.sealed_to > upto THEN
		RAISE EXCEPTION 'this database was restored from a dump: its owner must CALL lg.audit_restored()' USING ERRCODE = '55000';
	END IF;
	FOR t IN SELECT id FROM lg_ref.tenant ORDER BY id LOOP
		PERFORM lg_gate.sign(t || '|job||||seal_audit');
		FOREACH s IN ARRAY ARRAY['write', 'read'] LOOP
			SELECT * INTO l FROM lg.audit_seal x WHERE x.stream = s ORDER BY x.n DESC LIMIT 1;
			-- Of an era that is over nothing comes any more: all of it.
			FOR e IN SELECT * FROM lg_ref.audit_era x WHERE x.era >= coalesce(l.era, 1) ORDER BY x.era LOOP
				lo := CASE e.era WHEN l.era THEN l.hi ELSE '0' END;
				e.sealed_to := CASE e.era WHEN last.era THEN upto ELSE '18446744073709551615' END;
				SELECT * INTO r FROM lg.audit_root(s, e.era, lo, e.sealed_to);
				CONTINUE WHEN r.rows = 0;
				INSERT INTO lg.audit_seal (tenant_id, stream, n, era, lo, hi, rows, root, prev, head) VALUES (t, s, coalesce(l.n, 0) + 1, e.era,
					lo, e.sealed_to, r.rows, r.root, coalesce(l.head, ''),
					lg.audit_link(s, coalesce(l.n, 0) + 1, e.era, lo, e.sealed_to, r.rows, coalesce(l.head, ''), r.root)) RETURNING * INTO l;
				total := total + r.rows;
			END LOOP;
		END LOOP;
	END LOOP;
	UPDATE lg_ref.audit_era SET sealed_to = upto WHERE era = last.era;
	PERFORM set_config('lg.ctx', was, true);
	RETURN total;
END $$;
COMMENT ON FUNCTION lg_gate.seal_audit() IS 'Seals the new lines of every office; answers how many lines.';
GRANT EXECUTE ON FUNCTION lg_gate.seal_audit() TO lg_job;
RESET ROLE;
