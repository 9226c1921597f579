-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Rows of ten offices in every table of the catalogue, whoever added it; texts say whose they are: "canary-7-17".
-- Checks and foreign keys are off for that: they are not what is tried with them. For a superuser of a scratch cluster.
\set ON_ERROR_STOP on
SET client_min_messages = warning;

-- A value for a column of some type, different for each n; texts begin with a word.
CREATE FUNCTION pg_temp.value(kind regtype, n int, word text DEFAULT 'x') RETURNS text LANGUAGE plpgsql AS $$
DECLARE base regtype := coalesce((SELECT nullif(t.typbasetype, 0) FROM pg_type t WHERE t.oid = kind), kind);
BEGIN
	RETURN CASE
		WHEN base::text LIKE '%[]' THEN '{}'
		WHEN base IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'xid8'::regtype, 'numeric'::regtype, 'float8'::regtype) THEN n::text
		WHEN base IN ('text'::regtype, 'varchar'::regtype) THEN word || n
		WHEN base = 'uuid'::regtype THEN md5(n::text)
		WHEN base IN ('json'::regtype, 'jsonb'::regtype) THEN '{}'
		WHEN base = 'bytea'::regtype THEN '\x' || to_hex(n + 4096)
		WHEN base = 'bool'::regtype THEN 'false'
		WHEN base = 'date'::regtype THEN (current_date + n)::text
		WHEN base IN ('timestamptz'::regtype, 'timestamp'::regtype) THEN 'tomorrow'
		WHEN base = 'interval'::regtype THEN '1 day'
		WHEN base = 'inet'::regtype THEN '127.0.0.1' END;
END $$;

-- One row with these values and invented ones elsewhere.
CREATE FUNCTION pg_temp.fill(tab regclass, given jsonb, n int, word text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE names text; vals text;
BEGIN
	SELECT string_agg(quote_ident(a.attname), ', '), string_agg(coalesce(quote_literal(coalesce(given ->> a.attname, pg_temp.value(a.atttypid, n, word))), 'NULL'), ', ')
		INTO names, vals FROM pg_attribute a WHERE a.attrelid = tab AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a';
	EXECUTE format('INSERT INTO %s (%s) VALUES (%s)', tab, names, vals);
END $$;

DO $$
DECLARE t record; c record; k int;
BEGIN
	FOR c IN SELECT conrelid::regclass AS tab, conname FROM pg_constraint WHERE contype = 'c' AND connamespace IN ('lg'::regnamespace) LOOP
		EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.tab, c.conname);
	END LOOP;
	SET LOCAL session_replication_role = replica; -- no triggers, no foreign keys
	FOR t IN SELECT w.*, w.name::regclass AS tab FROM lg_gate.walled w WHERE class <> 'reference' ORDER BY name LOOP
		BEGIN
			IF t.class = 'tenant' THEN
				FOR k IN 1..40 LOOP -- four each of the offices 1 to 10; one of them the subject's and the account's own
					PERFORM pg_temp.fill(t.tab, jsonb_build_object('tenant_id', 1 + k % 10) || CASE WHEN k > 10 THEN '{}'
						ELSE (SELECT coalesce(jsonb_object_agg(x, format('22222222-0000-4000-8000-%s', lpad((1 + k % 10)::text, 12, '0'))), '{}')
							FROM unnest(ARRAY[nullif(t.candidate, ''), nullif(t.employer, '')]) x WHERE x IS NOT NULL)
						|| jsonb_build_object('account_id', format('11111111-0000-4000-8000-%s', lpad((1 + k % 10)::text, 12, '0')),
							'actor', format('11111111-0000-4000-8000-%s', lpad((1 + k % 10)::text, 12, '0'))) END, k, format('canary-%s-', 1 + k % 10));
				END LOOP;
			ELSE
				FOR k IN 1..16 LOOP -- each of the offices 6 to 9 to each of them, half of it over
					PERFORM pg_temp.fill(t.tab, jsonb_build_object(t.giver, 6 + k % 4, t.receiver, 6 + (k / 4) % 4, t.writer, 6 + k % 4)
						|| CASE WHEN t.writer = t.receiver THEN jsonb_build_object(t.writer, 6 + (k / 4) % 4) ELSE '{}' END
						|| CASE t.source WHEN '' THEN '{}' ELSE jsonb_build_object(t.source, 6 + (k + 1) % 4) END
						|| CASE t.until WHEN '' THEN '{}' ELSE jsonb_build_object(t.until, CASE WHEN k % 2 = 0 THEN 'tomorrow' ELSE 'yesterday' END,
							'given_until', CASE WHEN k % 2 = 0 THEN 'tomorrow' ELSE 'yesterday' END) END, k, 'shared-');
				END LOOP;
			END IF;
		EXCEPTION WHEN OTHERS THEN
			RAISE EXCEPTION '% cannot be filled: %', t.name, SQLERRM;
		END;
	END LOOP;
END $$;
