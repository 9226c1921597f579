-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Queries that nobody thought of: psql -v count=N -v seed=S. Each is put together at random, from all tables there are, for an office and
-- an actor chosen at random, under a plan that PostgreSQL is pushed to; then it is looked whether the answer, or an error's
-- words, holds anything of an office that is not the actor's, and whether a row of one was touched. Prints what went wrong, and a count.
\ir fill.sql
CREATE FUNCTION pg_temp.one_of(VARIADIC x text[]) RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT x[1 + floor(random() * cardinality(x))::int] $$;

-- A condition on a row of alias a; often one that an attacker would choose.
CREATE FUNCTION pg_temp.condition(a text, depth int) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
	RETURN CASE floor(random() * 12)::int
		WHEN 0 THEN 'true'
		WHEN 1 THEN format('%s::text LIKE ''%%canary%%''', a)
		WHEN 2 THEN format('%s::text ~ ''canary-%s-''', a, 1 + floor(random() * 10)::int)
		WHEN 3 THEN format('length(%s::text) > %s', a, floor(random() * 400)::int)
		WHEN 4 THEN format('md5(%s::text) > ''8''', a)
		WHEN 5 THEN 'random() < 0.7'
		WHEN 6 THEN format('substr(%s::text, 2, 1)::int <> %s', a, floor(random() * 10)::int)
		WHEN 7 THEN format('1 / (length(%s::text) %% 7) >= 0', a)
		WHEN 8 THEN format('set_config(''lg.ctx'', replace(current_setting(''lg.ctx''), ''|candidate|'', ''|staff|''), true) <> %s::text', a)
		WHEN 9 THEN CASE WHEN depth > 2 THEN 'true' ELSE format('EXISTS (SELECT FROM %s z WHERE %s)', pg_temp.source(depth + 1), pg_temp.condition('z', depth + 1)) END
		WHEN 10 THEN format('(%s OR %s)', pg_temp.condition(a, depth), pg_temp.condition(a, depth))
		ELSE format('NOT (%s)', pg_temp.condition(a, depth)) END;
END $$;

-- Something to select from. A join has a bound, since all with all, three deep, would take for ever.
CREATE FUNCTION pg_temp.source(depth int) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE t text := (SELECT name FROM lg_gate.walled WHERE class <> 'reference' AND has_table_privilege('lg_web', name, 'SELECT') ORDER BY random() LIMIT 1);
BEGIN
	RETURN CASE CASE WHEN depth > 2 THEN 0 ELSE floor(random() * 9)::int END
		WHEN 3 THEN format('(SELECT * FROM %s y WHERE %s ORDER BY random() LIMIT 20)', t, pg_temp.condition('y', depth + 1))
		WHEN 4 THEN format('(SELECT y.* FROM %s y %s JOIN %s w ON %s LIMIT 300)', t, pg_temp.one_of('INNER', 'LEFT', 'FULL'), pg_temp.source(depth + 1), pg_temp.one_of('true', 'y::text < w::text'))
		WHEN 5 THEN format('(SELECT y.* FROM %s y, LATERAL (SELECT * FROM %s v WHERE v::text > y::text LIMIT 2) w)', t, pg_temp.source(depth + 1))
		WHEN 6 THEN format('(SELECT y::text AS words, count(*) OVER () AS n FROM %s y)', t)
		WHEN 7 THEN format('(SELECT max(y::text) AS words FROM %s y GROUP BY length(y::text))', t)
		WHEN 8 THEN format('(SELECT y::text AS words FROM %s y %s SELECT y::text FROM %s y)', t, pg_temp.one_of('UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'), pg_temp.source(depth + 1))
		ELSE t END;
END $$;

CREATE FUNCTION pg_temp.query() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	t text := (SELECT name FROM lg_gate.walled WHERE class <> 'reference' AND staff LIKE '%UPDATE%' AND staff LIKE '%DELETE%' ORDER BY random() LIMIT 1);
	own text := (SELECT name FROM lg_gate.walled WHERE class = 'tenant' AND staff LIKE '%INSERT%' ORDER BY random() LIMIT 1);
	c text := (SELECT format('%I', attname) FROM pg_attribute WHERE attrelid = t::regclass AND attnum > 1 AND NOT attisdropped ORDER BY random() LIMIT 1);
BEGIN
	RETURN CASE floor(random() * 10)::int
		WHEN 0 THEN format('WITH q AS (UPDATE %s x SET %2$s = x.%2$s FROM %3$s o WHERE %4$s RETURNING x.*) SELECT q::text FROM q', t, c, pg_temp.source(1), pg_temp.condition('x', 1))
		WHEN 1 THEN format('WITH q AS (DELETE FROM %s x USING %s o WHERE %s RETURNING x.*) SELECT q::text FROM q', t, pg_temp.source(1), pg_temp.condition('x', 1))
		WHEN 2 THEN format('WITH q AS (INSERT INTO %s SELECT (jsonb_populate_record(x, jsonb_build_object(''id'', gen_random_uuid(), ''tenant_id'', %s))).* FROM %1$s x RETURNING *) SELECT q::text FROM q',
			own, pg_temp.one_of('7', 'x.tenant_id', '8', '(SELECT lg_gate.tenant())'))
		WHEN 3 THEN format('WITH RECURSIVE r AS (SELECT x::text AS words, 1 AS n FROM %s x UNION ALL SELECT r.words, n + 1 FROM r WHERE n < 3) SELECT words FROM r', pg_temp.source(1))
		WHEN 4 THEN format('WITH q AS %s (SELECT x FROM %s x WHERE %s) SELECT q::text FROM q', pg_temp.one_of('', 'MATERIALIZED', 'NOT MATERIALIZED'), pg_temp.source(1), pg_temp.condition('x', 1))
		WHEN 5 THEN format('SELECT x::text FROM %s x WHERE %s FOR %s', t, pg_temp.condition('x', 1), pg_temp.one_of('UPDATE', 'SHARE', 'KEY SHARE'))
		ELSE format('SELECT x::text FROM %s x WHERE %s', pg_temp.source(0), pg_temp.condition('x', 0)) END;
END $$;

SELECT set_config('random.count', :'count', false), set_config('random.seed', :'seed', false) \g /dev/null
DO $$
DECLARE
	i int;
	mine int;
	kind text;
	q text;
	answer text;
	others text;
	rows int := 0;
	answered int := 0;
	refused int := 0;
	wrong int := 0;
	all_before text;
	all_after text;
	t record;
	-- What lies in all tables that others have, as one number; whose candidate is erased, takes along what was told of it.
	sum text := (SELECT 'SELECT md5(string_agg(h, '''' ORDER BY h)) FROM (' || string_agg(CASE class
		WHEN 'tenant' THEN format('SELECT coalesce(md5(string_agg(x::text || x.ctid::text, '''' ORDER BY x.ctid)), '''') AS h FROM %s x WHERE tenant_id <> $1', name)
		ELSE format('SELECT coalesce(md5(string_agg(x::text || x.ctid::text, '''' ORDER BY x.ctid)), '''') FROM %s x WHERE %s', name, format(CASE source WHEN '' THEN '%I <> $1'
			ELSE '%I <> $1 AND %I <> $1' END, writer, source)) END, ' UNION ALL ' ORDER BY class DESC, name) || ') x'
		FROM lg_gate.walled WHERE class <> 'reference');
BEGIN
	PERFORM setseed(current_setting('random.seed')::float8);
	SET LOCAL statement_timeout = '20min';
	FOR i IN 1..current_setting('random.count')::int LOOP
		mine := 1 + floor(random() * 10)::int;
		kind := pg_temp.one_of('staff', 'staff', 'staff', 'client', 'candidate', 'employer', 'public');
		q := pg_temp.query();
		IF q ~ '^WITH q AS \((UPDATE|DELETE|INSERT)' THEN
			EXECUTE sum INTO all_before USING mine;
		ELSE
			all_before := NULL;
		END IF;
		BEGIN
			PERFORM set_config('enable_seqscan', pg_temp.one_of('on', 'off'), true), set_config('enable_indexscan', pg_temp.one_of('on', 'off'), true),
				set_config('enable_bitmapscan', pg_temp.one_of('on', 'off'), true), set_config('enable_hashjoin', pg_temp.one_of('on', 'off'), true),
				set_config('enable_nestloop', pg_temp.one_of('on', 'off'), true), set_config('force_parallel_mode', pg_temp.one_of('off', 'on'), true),
				set_config('plan_cache_mode', pg_temp.one_of('auto', 'force_generic_plan', 'force_custom_plan'), true);
			PERFORM lg_gate.sign(format('%s|%s|11111111-0000-4000-8000-%s|%s|administrator|', mine, kind, lpad(mine::text, 12, '0'),
				CASE WHEN kind IN ('candidate', 'employer') THEN format('22222222-0000-4000-8000-%s', lpad(mine::text, 12, '0')) ELSE '' END));
			SET LOCAL ROLE lg_web;
			answer := '';
			FOR others IN EXECUTE q LOOP
				answer := answer || others || E'\n';
				rows := rows + 1;
			END LOOP;
			RESET ROLE;
			answered := answered + 1;
			IF all_before IS NOT NULL THEN
				EXECUTE sum INTO all_after USING mine;
				IF all_after <> all_before THEN
					wrong := wrong + 1;
					RAISE WARNING 'office % as % touched rows of others: %', mine, kind, q;
				END IF;
			END IF;
			RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
		EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL;
			WHEN OTHERS THEN
				answer := SQLERRM;
				refused := refused + 1;
				IF SQLSTATE LIKE '42%' AND SQLSTATE <> '42501' OR SQLSTATE LIKE 'XX%' THEN
					wrong := wrong + 1;
					RAISE WARNING 'this query is none: % (%)', q, SQLERRM;
				END IF;
		END;
		IF answer ~ 'canary-' AND EXISTS (SELECT FROM regexp_matches(answer, 'canary-(\d+)-', 'g') m WHERE m[1]::int <> mine) THEN
			wrong := wrong + 1;
			RAISE WARNING 'office % as % learnt of others: % -> %', mine, kind, q, left(answer, 300);
		END IF;
	END LOOP;
	RAISE WARNING 'queries %, answered %, refused %, rows %, wrong %', current_setting('random.count'), answered, refused, rows, wrong;
END $$;
