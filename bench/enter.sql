-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/enter.sh: sessions, a table behind the wall and the same rows without; and the first form of the wall (schema "old"), with
-- which ours is compared: pgcrypto, a function for the signature that is planned on each call, the context as four words.
\set ON_ERROR_STOP on
CREATE EXTENSION pgcrypto SCHEMA public;
GRANT USAGE ON SCHEMA public TO lg_gate, lg_web;
INSERT INTO lg_gate.session (token_hash, account_id, tenant_id, ctx, actor, strength, ends, idle_ends)
	SELECT sha256(sha256(convert_to('tok' || t, 'UTF8'))), gen_random_uuid(), t, t || '|staff|' || gen_random_uuid() || '||administrator,caseworker|',
		jsonb_build_object('tenant', t, 'tenant_name', 'Office ' || t, 'tenant_kind', 'municipality', 'zone', 'Europe/Copenhagen', 'account', gen_random_uuid(),
			'name', 'Somebody', 'kind', 'staff', 'subject', NULL, 'roles', '["administrator","caseworker"]'::jsonb, 'units', jsonb_build_array(gen_random_uuid()),
			'language', 'da', 'session', gen_random_uuid(), 'member', gen_random_uuid(), 'ends', 1, 'idle_ends', 1), 'totp', now() + interval '12 h', now() + interval '12 h'
	FROM generate_series(1, 300) t;
SET ROLE lg_owner;
CREATE TABLE lg.bench (tenant_id int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), occupation int NOT NULL, name text NOT NULL, level int NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE INDEX ON lg.bench (tenant_id, occupation, id);
CALL lg_gate.wall('lg.bench');
RESET ROLE;
INSERT INTO lg.bench (tenant_id, occupation, name, level) SELECT 1 + g % 300, (g::bigint * 7919) % 500, 'Name ' || g, g % 5 FROM generate_series(1, 300000) g;

CREATE SCHEMA old AUTHORIZATION lg_gate;
CREATE TABLE old.plain AS SELECT * FROM lg.bench;
ALTER TABLE old.plain ADD PRIMARY KEY (tenant_id, id);
CREATE INDEX ON old.plain (tenant_id, occupation, id);
GRANT SELECT ON old.plain TO lg_web;
SET ROLE lg_gate;
CREATE TABLE old.secret (k bytea NOT NULL);
CREATE TABLE old.session (token_hash bytea PRIMARY KEY, tenant_id int NOT NULL, user_id bigint NOT NULL, role text NOT NULL, expires timestamptz NOT NULL);
INSERT INTO old.secret SELECT public.gen_random_bytes(32);
INSERT INTO old.session SELECT sha256(sha256(convert_to('tok' || t, 'UTF8'))), t, 1000 + t, 'caseworker', now() + interval '1 day' FROM generate_series(1, 300) t;
CREATE FUNCTION old.mac(t int, u bigint, r text) RETURNS bytea LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
	SELECT public.hmac(convert_to(format('%s|%s|%s|%s', t, u, r, extract(epoch FROM transaction_timestamp())), 'UTF8'), k, 'sha256') FROM old.secret
$$;
CREATE FUNCTION old.enter(token bytea) RETURNS int LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE s old.session;
BEGIN
	SELECT * INTO s FROM old.session WHERE token_hash = sha256(token) AND expires > now();
	IF NOT FOUND THEN
		RAISE EXCEPTION 'no session' USING ERRCODE = '28000';
	END IF;
	PERFORM set_config('lg.old', format('%s|%s|%s|%s', s.tenant_id, s.user_id, s.role, encode(old.mac(s.tenant_id, s.user_id, s.role), 'hex')), true);
	RETURN s.tenant_id;
END $$;
CREATE FUNCTION old.tenant() RETURNS int LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog AS $$
DECLARE p text[] := string_to_array(current_setting('lg.old', true), '|');
BEGIN
	IF p IS NULL OR array_length(p, 1) IS DISTINCT FROM 4 OR decode(p[4], 'hex') IS DISTINCT FROM old.mac(p[1]::int, p[2]::bigint, p[3]) THEN
		RAISE EXCEPTION 'no tenant context' USING ERRCODE = '28000';
	END IF;
	RETURN p[1]::int;
END $$;
GRANT USAGE ON SCHEMA old TO lg_web;
GRANT EXECUTE ON FUNCTION old.enter(bytea), old.tenant() TO lg_web;
RESET ROLE;
-- What a function's SET search_path costs, all else being equal.
DO $$ BEGIN
	EXECUTE replace(replace(pg_get_functiondef('lg_gate.tenant()'::regprocedure), 'lg_gate.tenant()', 'old.tenant_unset()'), ' SET search_path TO ''pg_catalog'', ''pg_temp''', '');
	EXECUTE 'ALTER FUNCTION old.tenant_unset() OWNER TO lg_gate';
END $$;
GRANT EXECUTE ON FUNCTION old.tenant_unset() TO lg_web;
VACUUM ANALYZE;
