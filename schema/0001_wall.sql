-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The wall between tenants: roles, schemas, sessions, and the context of a transaction.
--
-- WHO IS WHO. lg_owner owns tables, lg_gate owns secrets, sessions and the functions that run in its name; neither can sign in.
-- lg_auth opens sessions, lg_web serves pages, lg_job works unattended, lg_match feeds the engine; these sign in, own nothing,
-- and are members of nothing. The program sets their passwords. No role may bypass row-level security.
--
-- THE CONTEXT. A transaction begins with lg_gate.enter(token) (or enter_bearer, enter_public, enter_job). It puts who acts, where,
-- into the setting lg.ctx, signed (HMAC-SHA256, a secret that only lg_gate reads) together with the moment the transaction began and
-- the number of its backend. tenant(), kind(), ... verify that signature each time. So what the program, or somebody who made it say
-- SQL of his own, puts there is worth nothing; a context that is left over dies with its transaction; and without one a query does
-- not find "0 rows" but fails (SQLSTATE 28000).
--
-- A NEW TABLE in a later file:
--
--     SET LOCAL ROLE lg_owner;
--     CREATE TABLE lg.note (tenant_id int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), candidate_id uuid NOT NULL, ...,
--         PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate);
--     CREATE INDEX ON lg.note (tenant_id, candidate_id);     -- tenant_id first in every key and index
--     COMMENT ON TABLE lg.note IS '...'; COMMENT ON COLUMN ...; -- every one
--     CALL lg_gate.wall('lg.note', candidate => 'candidate_id');
--     RESET ROLE;
--
-- That line forces row-level security, makes the RESTRICTIVE policy "wall", gives staff and programs (lg_web) and jobs (lg_job) their
-- verbs, gives tenant_id the default lg_gate.tenant(), and lets a candidate's own account read its rows:
--     candidate => 'column'   the column with the candidate's id; '' when candidates see nothing of it although it has such a column
--     employer  => 'column'   the same for accounts of employers
--     staff => 'SELECT, INSERT, UPDATE, DELETE'   what lg_web may for staff and programs ('' nothing)
--     job   => 'SELECT, INSERT, UPDATE, DELETE'   what lg_job may
--     gate  => ''                                 what functions of lg_gate may (behind the same wall)
-- Other rules are policies of the file's own, AFTER that line; test/store/wall/lint.sql wants to be told of each.
-- What refers to lg.candidate has the policy "units" too, as in schema/0011; the lint says so.
-- Rows of two tenants (a share): lg_gate.wall_between(). Tables for all (lg_ref): lg_gate.reference('lg_ref.x').
-- test/store/wall goes over every table in the catalogue; a table that was not walled stops the tests.
--
-- RUN BY a superuser, or by the database's owner when it has CREATEROLE: then track_activities of lg_web cannot be set here, and
-- "ALTER ROLE lg_web SET track_activities = off" is left to whoever may (a warning says so).

-- Roles belong to the whole cluster; another database may have made them.
DO $$
DECLARE r text;
BEGIN
	FOREACH r IN ARRAY ARRAY['lg_owner', 'lg_gate', 'lg_auth', 'lg_web', 'lg_job', 'lg_match'] LOOP
		IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = r) THEN
			EXECUTE format('CREATE ROLE %I %s NOINHERIT', r, CASE WHEN r IN ('lg_owner', 'lg_gate') THEN 'NOLOGIN' ELSE 'LOGIN' END);
		END IF;
	END LOOP;
	IF NOT (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
		EXECUTE format('GRANT lg_owner, lg_gate TO %I', current_user); -- to make what they own
	END IF;

	EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); -- no TEMP, and CONNECT for those named only
	EXECUTE format('GRANT CONNECT ON DATABASE %I TO lg_auth, lg_web, lg_job, lg_match', current_database());
	FOREACH r IN ARRAY ARRAY['lg_auth', 'lg_web', 'lg_job', 'lg_match'] LOOP
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = pg_catalog', r, current_database());
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET statement_timeout = %L', r, current_database(),
			CASE r WHEN 'lg_job' THEN '300s' WHEN 'lg_match' THEN '300s' ELSE '10s' END);
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET lock_timeout = %L', r, current_database(),
			CASE r WHEN 'lg_job' THEN '10s' ELSE '3s' END);
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET idle_in_transaction_session_timeout = %L', r, current_database(),
			CASE r WHEN 'lg_job' THEN '60s' ELSE '15s' END);
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET timezone = %L', r, current_database(), 'UTC');
		EXECUTE format('ALTER ROLE %I IN DATABASE %I SET jit = off', r, current_database()); -- short statements only
		BEGIN
			-- Or one worker could read what another asks.
			EXECUTE format('ALTER ROLE %I IN DATABASE %I SET track_activities = off', r, current_database());
		EXCEPTION WHEN insufficient_privilege THEN
			RAISE WARNING 'a superuser should say: ALTER ROLE % SET track_activities = off', r;
		END;
	END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
CREATE SCHEMA lg AUTHORIZATION lg_owner;
CREATE SCHEMA lg_ref AUTHORIZATION lg_owner;
CREATE SCHEMA lg_gate AUTHORIZATION lg_gate;
COMMENT ON SCHEMA lg IS 'What belongs to tenants: every row has a tenant_id, every table the wall.';
COMMENT ON SCHEMA lg_ref IS 'What is the same for all: readable by every role, written by migrations and functions of the gate.';
COMMENT ON SCHEMA lg_gate IS 'Secrets, sessions and accounts, and the functions through which others come near them.';

SET LOCAL ROLE lg_owner;
GRANT USAGE ON SCHEMA lg TO lg_web, lg_job, lg_match, lg_gate;
GRANT USAGE ON SCHEMA lg_ref TO lg_web, lg_job, lg_match, lg_auth, lg_gate;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; -- no function of ours is everybody's unless it says so
SET LOCAL ROLE lg_gate;
GRANT USAGE ON SCHEMA lg_gate TO lg_web, lg_job, lg_match, lg_auth, lg_owner;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- The secret, as HMAC uses it: key xor ipad, key xor opad.
CREATE TABLE lg_gate.secret (
	one bool PRIMARY KEY DEFAULT true CHECK (one),
	inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
	outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);
COMMENT ON TABLE lg_gate.secret IS 'The one key that signs contexts; made here, known to nobody else. A new one ends the transactions that run, no sessions.';
COMMENT ON COLUMN lg_gate.secret.one IS 'There is one row.';
COMMENT ON COLUMN lg_gate.secret.inner_pad IS 'The key, filled to 64 bytes, xor 0x36.';
COMMENT ON COLUMN lg_gate.secret.outer_pad IS 'The key, filled to 64 bytes, xor 0x5c.';

CREATE FUNCTION lg_gate.renew_secret() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	-- 244 random bits of the server's own generator in each half.
	key bytea := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
		|| sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
	i bytea := key;
	o bytea := key;
BEGIN
	FOR n IN 0..63 LOOP
		i := set_byte(i, n, get_byte(key, n) # 54);
		o := set_byte(o, n, get_byte(key, n) # 92);
	END LOOP;
	INSERT INTO lg_gate.secret (inner_pad, outer_pad) VALUES (i, o)
		ON CONFLICT (one) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad;
END $$;
COMMENT ON FUNCTION lg_gate.renew_secret() IS 'A new key for contexts. For an operator, as lg_gate.';
SELECT lg_gate.renew_secret();

CREATE TABLE lg_gate.session (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
	account_id uuid NOT NULL,
	tenant_id int NOT NULL,
	ctx text NOT NULL CHECK (ctx !~ '[\n\r]'),
	actor jsonb NOT NULL,
	strength text NOT NULL CHECK (strength IN ('password', 'totp', 'oidc')),
	opened timestamptz NOT NULL DEFAULT now(),
	ends timestamptz NOT NULL,
	idle_s int NOT NULL DEFAULT 1800 CHECK (idle_s > 0),
	idle_ends timestamptz NOT NULL,
	address text NOT NULL DEFAULT '',
	agent text NOT NULL DEFAULT ''
) WITH (fillfactor = 60); -- idle_ends moves on in place
CREATE INDEX ON lg_gate.session (account_id);
CREATE INDEX ON lg_gate.session (tenant_id);
COMMENT ON TABLE lg_gate.session IS 'Who is signed in, and where. Rows are made by lg_auth''s functions only.';
COMMENT ON COLUMN lg_gate.session.token_hash IS 'SHA-256 of the 32 bytes in the cookie.';
COMMENT ON COLUMN lg_gate.session.id IS 'What lists show and ends by; it opens nothing.';
COMMENT ON COLUMN lg_gate.session.account_id IS 'Whose it is.';
COMMENT ON COLUMN lg_gate.session.tenant_id IS 'Where it acts.';
COMMENT ON COLUMN lg_gate.session.ctx IS 'What enter() signs: tenant|kind|account|subject|roles|purpose|units.';
COMMENT ON COLUMN lg_gate.session.actor IS 'What enter() answers; made when the session opens and by refresh_sessions().';
COMMENT ON COLUMN lg_gate.session.strength IS 'How sure it is who this is: password alone, password and code, or another provider.';
COMMENT ON COLUMN lg_gate.session.opened IS 'When it was opened.';
COMMENT ON COLUMN lg_gate.session.ends IS 'When it ends whatever happens: 12 hours after it was opened.';
COMMENT ON COLUMN lg_gate.session.idle_s IS 'Seconds without a request after which it ends.';
COMMENT ON COLUMN lg_gate.session.idle_ends IS 'When it ends if no request comes; moved on by enter(), once a minute at most.';
COMMENT ON COLUMN lg_gate.session.address IS 'Where it was opened from, for its owner to recognise.';
COMMENT ON COLUMN lg_gate.session.agent IS 'The browser it was opened with, for its owner to recognise.';

CREATE TABLE lg_gate.bearer (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	client_id uuid NOT NULL,
	tenant_id int NOT NULL,
	ctx text NOT NULL CHECK (ctx !~ '[\n\r]'),
	actor jsonb NOT NULL,
	ends timestamptz NOT NULL
);
CREATE INDEX ON lg_gate.bearer (client_id);
CREATE INDEX ON lg_gate.bearer (ends);
COMMENT ON TABLE lg_gate.bearer IS 'Tokens that programs got for their secret, for an hour.';
COMMENT ON COLUMN lg_gate.bearer.token_hash IS 'SHA-256 of the 32 bytes of the token.';
COMMENT ON COLUMN lg_gate.bearer.client_id IS 'The program (lg.client).';
COMMENT ON COLUMN lg_gate.bearer.tenant_id IS 'Where it acts.';
COMMENT ON COLUMN lg_gate.bearer.ctx IS 'What enter_bearer() signs.';
COMMENT ON COLUMN lg_gate.bearer.actor IS 'What enter_bearer() answers.';
COMMENT ON COLUMN lg_gate.bearer.ends IS 'When it ends.';

-- The context of this transaction is this one from now on. For functions of the gate alone: nobody else may execute it.
-- Fields hold no '|': kinds and purposes are words, ids are uuids, roles words with commas between.
CREATE FUNCTION lg_gate.sign(ctx text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	PERFORM set_config('lg.ctx', encode(sha256(o || sha256(i || convert_to(ctx, 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') || ctx, true);
END $$;
COMMENT ON FUNCTION lg_gate.sign(text) IS 'Signs a context for this transaction. Nobody but lg_gate may.';

-- What all that follow begin with is written out in each: one function that calls another costs more than all its work.
-- The secret is read as lg_gate; sha256(o || sha256(i || message)) is HMAC; the message ends in 12 bytes of fixed meaning.
CREATE FUNCTION lg_gate.tenant() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN split_part(substr(c, 65), '|', 1);
END $$;
COMMENT ON FUNCTION lg_gate.tenant() IS 'The tenant of this transaction. In policies always (SELECT lg_gate.tenant()): once a query, not once a row.';

CREATE FUNCTION lg_gate.kind() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN split_part(substr(c, 65), '|', 2);
END $$;
COMMENT ON FUNCTION lg_gate.kind() IS 'What acts: staff, candidate, employer, client (a program), job, public.';

CREATE FUNCTION lg_gate.account() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN nullif(split_part(substr(c, 65), '|', 3), '');
END $$;
COMMENT ON FUNCTION lg_gate.account() IS 'Whose account acts; the program''s id for a client; NULL for jobs and public forms.';

CREATE FUNCTION lg_gate.subject() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN nullif(split_part(substr(c, 65), '|', 4), '');
END $$;
COMMENT ON FUNCTION lg_gate.subject() IS 'Of which candidate or employer the acting account is; NULL for all others.';

CREATE FUNCTION lg_gate.roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN string_to_array(split_part(substr(c, 65), '|', 5), ',');
END $$;
COMMENT ON FUNCTION lg_gate.roles() IS 'The roles in force when the session was opened, or what a program was allowed.';

CREATE FUNCTION lg_gate.purpose() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN split_part(substr(c, 65), '|', 6);
END $$;
COMMENT ON FUNCTION lg_gate.purpose() IS 'What a job or a public form is for; empty for sessions.';

CREATE FUNCTION lg_gate.units() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp AS $$
DECLARE c text := coalesce(current_setting('lg.ctx', true), ''); i bytea; o bytea;
BEGIN
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	IF left(c, 64) IS DISTINCT FROM encode(sha256(o || sha256(i || convert_to(substr(c, 65), 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN string_to_array(nullif(split_part(substr(c, 65), '|', 7), ''), ',')::uuid[];
END $$;
COMMENT ON FUNCTION lg_gate.units() IS 'The units that whoever acts is narrowed to, the first in lists first; NULL: the whole office.';

-- enter(): the session of these 32 bytes acts in this transaction. The answer was made when the session opened:
--   {"tenant":7,"tenant_name":"...","tenant_kind":"municipality","zone":"Europe/Copenhagen","account":"uuid","name":"...",
--    "kind":"staff","subject":null,"roles":["caseworker"],"units":["uuid"],"language":"da","session":"uuid","member":"uuid",
--    "ends":unixseconds,"idle_ends":unixseconds}
-- It is one look-up by key, one signature, one setting.
CREATE FUNCTION lg_gate.enter(token bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h bytea := sha256(token); c text; a jsonb; idle timestamptz; idle_s int; i bytea; o bytea;
BEGIN
	SELECT t.ctx, t.actor, t.idle_ends, t.idle_s, k.inner_pad, k.outer_pad INTO c, a, idle, idle_s, i, o
		FROM lg_gate.session t, lg_gate.secret k WHERE t.token_hash = h AND t.ends > now() AND t.idle_ends > now();
	IF c IS NULL THEN
		RAISE EXCEPTION 'no session' USING ERRCODE = '28000';
	END IF;
	IF idle < now() + make_interval(secs => idle_s - 60) AND current_setting('transaction_read_only') = 'off' THEN
		a := coalesce(lg_gate.still_here(h), a);
	END IF;
	c := set_config('lg.ctx', encode(sha256(o || sha256(i || convert_to(c, 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') || c, true);
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.enter(bytea) IS 'This transaction acts for the session of this token; answers who that is. 28000 when there is none.';

-- Two requests of one session at the same moment: the second does not wait for the first.
CREATE FUNCTION lg_gate.still_here(hash bytea) RETURNS jsonb
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.session s SET idle_ends = n.idle_ends,
		actor = jsonb_set(s.actor, '{idle_ends}', to_jsonb(floor(extract(epoch FROM n.idle_ends))::bigint))
	FROM (SELECT token_hash, least(now() + make_interval(secs => idle_s), ends) AS idle_ends
		FROM lg_gate.session WHERE token_hash = hash FOR NO KEY UPDATE SKIP LOCKED) n
	WHERE s.token_hash = n.token_hash RETURNING s.actor
$$;
COMMENT ON FUNCTION lg_gate.still_here(bytea) IS 'A request came: the session idles from now. For enter() alone.';

CREATE FUNCTION lg_gate.enter_bearer(token bytea) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h bytea := sha256(token); c text; a jsonb; i bytea; o bytea;
BEGIN
	SELECT t.ctx, t.actor, k.inner_pad, k.outer_pad INTO c, a, i, o
		FROM lg_gate.bearer t, lg_gate.secret k WHERE t.token_hash = h AND t.ends > now();
	IF c IS NULL THEN
		RAISE EXCEPTION 'no session' USING ERRCODE = '28000';
	END IF;
	c := set_config('lg.ctx', encode(sha256(o || sha256(i || convert_to(c, 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') || c, true);
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.enter_bearer(bytea) IS 'This transaction acts for the program that got this token; answers who that is. 28000 when it is not valid.';

-- enter_public() and enter_job() stand in 0002, where tenants are.

-- What was said of a table when it was walled: test/store/wall/lint.sql compares it with what is there.
CREATE TABLE lg_gate.walled (
	name text PRIMARY KEY,
	class text NOT NULL CHECK (class IN ('tenant', 'between', 'reference')),
	candidate text NOT NULL DEFAULT '',
	employer text NOT NULL DEFAULT '',
	staff text NOT NULL DEFAULT '',
	job text NOT NULL DEFAULT '',
	gate text NOT NULL DEFAULT '',
	giver text NOT NULL DEFAULT '',
	receiver text NOT NULL DEFAULT '',
	until text NOT NULL DEFAULT '',
	writer text NOT NULL DEFAULT ''
);
COMMENT ON TABLE lg_gate.walled IS 'Every table outside lg_gate, and what was said of it when it was walled.';
COMMENT ON COLUMN lg_gate.walled.name IS 'Schema and name.';
COMMENT ON COLUMN lg_gate.walled.class IS 'tenant: rows of one tenant; between: rows of two; reference: rows for all.';
COMMENT ON COLUMN lg_gate.walled.candidate IS 'Column by which a candidate''s account sees its rows; empty: it sees none.';
COMMENT ON COLUMN lg_gate.walled.employer IS 'Column by which an employer''s account sees its rows; empty: it sees none.';
COMMENT ON COLUMN lg_gate.walled.staff IS 'What lg_web may for staff and programs.';
COMMENT ON COLUMN lg_gate.walled.job IS 'What lg_job may.';
COMMENT ON COLUMN lg_gate.walled.gate IS 'What functions of lg_gate may, behind the same wall.';
COMMENT ON COLUMN lg_gate.walled.giver IS 'between: the column of the tenant that gives.';
COMMENT ON COLUMN lg_gate.walled.receiver IS 'between: the column of the tenant that receives.';
COMMENT ON COLUMN lg_gate.walled.until IS 'between: the column with the moment until which the receiver sees the row; empty: always.';
COMMENT ON COLUMN lg_gate.walled.writer IS 'between: the column, giver''s or receiver''s, of the tenant that writes.';
GRANT SELECT, INSERT, UPDATE ON lg_gate.walled TO lg_owner;

-- All that is the same for tables of one tenant and of two. For the procedures below.
CREATE PROCEDURE lg_gate.wall_common(tab regclass, candidate text, employer text, staff text, job text, gate text)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	k text := '(SELECT lg_gate.kind())';
BEGIN
	EXECUTE format('ALTER TABLE %s OWNER TO lg_owner', tab);
	EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tab);
	EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tab); -- the owner too
	IF staff <> '' THEN
		EXECUTE format('CREATE POLICY staff ON %s TO lg_web USING (%s = ANY (ARRAY[''staff'', ''client'']))', tab, k);
		EXECUTE format('GRANT %s ON %s TO lg_web', staff, tab);
	END IF;
	IF job <> '' THEN
		EXECUTE format('CREATE POLICY job ON %s TO lg_job USING (%s = ''job'')', tab, k);
		EXECUTE format('GRANT %s ON %s TO lg_job', job, tab);
	END IF;
	IF gate <> '' THEN
		EXECUTE format('CREATE POLICY gate ON %s TO lg_gate USING (true)', tab);
		EXECUTE format('GRANT %s ON %s TO lg_gate', gate, tab);
	END IF;
	IF candidate <> '' THEN
		EXECUTE format('CREATE POLICY candidate ON %s FOR SELECT TO lg_web USING (%s = ''candidate'' AND %I = (SELECT lg_gate.subject()))',
			tab, k, candidate);
		EXECUTE format('GRANT SELECT ON %s TO lg_web', tab);
	END IF;
	IF employer <> '' THEN
		EXECUTE format('CREATE POLICY employer ON %s FOR SELECT TO lg_web USING (%s = ''employer'' AND %I = (SELECT lg_gate.subject()))',
			tab, k, employer);
		EXECUTE format('GRANT SELECT ON %s TO lg_web', tab);
	END IF;
END $$;
COMMENT ON PROCEDURE lg_gate.wall_common(regclass, text, text, text, text, text) IS 'Part of wall() and wall_between().';

CREATE PROCEDURE lg_gate.wall(tab regclass, candidate text DEFAULT NULL, employer text DEFAULT NULL,
	staff text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', job text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', gate text DEFAULT '')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	own text := '(tenant_id = (SELECT lg_gate.tenant()))';
	has text[] := ARRAY(SELECT attname FROM pg_attribute WHERE attrelid = tab AND attnum > 0 AND NOT attisdropped);
BEGIN
	IF candidate IS NULL AND 'candidate_id' = ANY (has) OR employer IS NULL AND 'employer_id' = ANY (has) THEN
		RAISE EXCEPTION '%: do the accounts of candidates or employers see their rows? candidate => ''candidate_id'', or ''''', tab;
	END IF;
	CALL lg_gate.wall_common(tab, coalesce(candidate, ''), coalesce(employer, ''), staff, job, gate);
	EXECUTE format('CREATE POLICY wall ON %s AS RESTRICTIVE FOR ALL TO PUBLIC USING %s WITH CHECK %s', tab, own, own);
	EXECUTE format('ALTER TABLE %s ALTER tenant_id SET DEFAULT lg_gate.tenant()', tab);
	INSERT INTO lg_gate.walled (name, class, candidate, employer, staff, job, gate)
		VALUES (tab::text, 'tenant', coalesce(candidate, ''), coalesce(employer, ''), staff, job, gate);
END $$;
COMMENT ON PROCEDURE lg_gate.wall(regclass, text, text, text, text, text) IS 'The wall, and who does what behind it, for a table of lg; the head of schema/0001_wall.sql tells how.';

-- Rows of two tenants. Both see them, the receiver only until a moment if there is one; one side writes.
CREATE PROCEDURE lg_gate.wall_between(tab regclass, giver text, receiver text, writer text, until text DEFAULT '',
	staff text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', job text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', gate text DEFAULT '')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t text := '(SELECT lg_gate.tenant())';
	sees text := format(CASE WHEN until = '' THEN '(%1$I = %3$s OR %2$I = %3$s)' ELSE '(%1$I = %3$s OR %2$I = %3$s AND %4$I > now())' END,
		giver, receiver, t, until);
	writes text := format('(%I = %s)', writer, t);
BEGIN
	IF writer NOT IN (giver, receiver) THEN
		RAISE EXCEPTION '%: % is neither % nor %', tab, writer, giver, receiver;
	END IF;
	CALL lg_gate.wall_common(tab, '', '', staff, job, gate);
	EXECUTE format('CREATE POLICY wall ON %s AS RESTRICTIVE FOR ALL TO PUBLIC USING %s WITH CHECK %s', tab, sees, writes);
	EXECUTE format('CREATE POLICY wall_update ON %s AS RESTRICTIVE FOR UPDATE TO PUBLIC USING %s WITH CHECK %s', tab, writes, writes);
	EXECUTE format('CREATE POLICY wall_delete ON %s AS RESTRICTIVE FOR DELETE TO PUBLIC USING %s', tab, writes);
	EXECUTE format('ALTER TABLE %s ALTER %I SET DEFAULT lg_gate.tenant()', tab, writer);
	INSERT INTO lg_gate.walled (name, class, staff, job, gate, giver, receiver, until, writer)
		VALUES (tab::text, 'between', staff, job, gate, giver, receiver, until, writer);
END $$;
COMMENT ON PROCEDURE lg_gate.wall_between(regclass, text, text, text, text, text, text, text) IS 'The wall of a table whose rows belong to two tenants.';

CREATE PROCEDURE lg_gate.reference(tab regclass) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	EXECUTE format('ALTER TABLE %s OWNER TO lg_owner', tab);
	EXECUTE format('GRANT SELECT ON %s TO lg_web, lg_job, lg_match, lg_auth, lg_gate', tab);
	INSERT INTO lg_gate.walled (name, class) VALUES (tab::text, 'reference');
END $$;
COMMENT ON PROCEDURE lg_gate.reference(regclass) IS 'Readable by every role, written by none: for a table of lg_ref.';

-- Who may call what.
GRANT EXECUTE ON FUNCTION lg_gate.tenant(), lg_gate.kind(), lg_gate.account(), lg_gate.subject(), lg_gate.roles(), lg_gate.purpose(),
	lg_gate.units() TO lg_web, lg_job, lg_match, lg_owner;
GRANT EXECUTE ON FUNCTION lg_gate.enter(bytea), lg_gate.enter_bearer(bytea) TO lg_web;
GRANT EXECUTE ON PROCEDURE lg_gate.wall(regclass, text, text, text, text, text), lg_gate.reference(regclass),
	lg_gate.wall_common(regclass, text, text, text, text, text),
	lg_gate.wall_between(regclass, text, text, text, text, text, text, text) TO lg_owner;
RESET ROLE;
