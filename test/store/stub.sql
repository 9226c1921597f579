-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- What the tests of the store need of a schema: roles, an `enter` that believes everybody, and a table of all types.
CREATE ROLE lg_web LOGIN PASSWORD 'web word';
CREATE ROLE lg_job LOGIN;
CREATE SCHEMA lg_gate;
CREATE SCHEMA lg;
GRANT USAGE ON SCHEMA lg, lg_gate TO lg_web, lg_job;

CREATE FUNCTION lg_gate.enter(token bytea) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
	IF get_byte(token, 0) = 0 THEN RAISE insufficient_privilege; END IF;
	PERFORM set_config('lg.tenant', get_byte(token, 0)::text, true);
	RETURN jsonb_build_object('tenant', get_byte(token, 0), 'name', 'Øst "7" "tenant": 3', 'in', '[{"tenant": 4}]'::jsonb);
END $$;
CREATE FUNCTION lg_gate.enter_bearer(token bytea) RETURNS jsonb LANGUAGE sql AS $$ SELECT lg_gate.enter(token) $$;
CREATE FUNCTION lg_gate.enter_public(tenant int, purpose text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('tenant', tenant, 'purpose', purpose, 'was', set_config('lg.tenant', tenant::text, true)) $$;
CREATE FUNCTION lg_gate.enter_job(tenant int, purpose text) RETURNS jsonb LANGUAGE sql AS $$
	SELECT lg_gate.enter_public(tenant, purpose) $$;

CREATE TABLE lg.parent (id int PRIMARY KEY);
CREATE TABLE lg.thing (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	tenant int NOT NULL DEFAULT current_setting('lg.tenant')::int,
	name text NOT NULL CONSTRAINT thing_name_once UNIQUE CONSTRAINT thing_name_length CHECK (length(name) < 1000),
	version int NOT NULL DEFAULT 1,
	parent int CONSTRAINT thing_parent REFERENCES lg.parent DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE lg.value (
	id int PRIMARY KEY,
	number bigint, truth boolean NOT NULL, words text, ident uuid, day date, moment timestamptz, raw bytea, data jsonb,
	many_words text[], idents uuid[], numbers int[]);
CREATE TABLE lg.secret (id int);
GRANT SELECT, INSERT, UPDATE, DELETE ON lg.parent, lg.thing, lg.value TO lg_web, lg_job;
CREATE FUNCTION lg.closed() RETURNS int LANGUAGE sql AS 'SELECT 1';
REVOKE EXECUTE ON FUNCTION lg.closed() FROM PUBLIC;
