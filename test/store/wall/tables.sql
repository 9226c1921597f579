-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Every table of the catalogue, whoever added it: what does each kind of actor of office 7 see, change and delete when every WHERE is
-- missing? Run by the superuser of a scratch cluster; prints one line a case: t or f, what, and what went wrong.
\ir fill.sql

CREATE TEMP TABLE answer (n int GENERATED ALWAYS AS IDENTITY, good bool, what text, detail text);
CREATE TEMP TABLE who (kind text, role text, ctx text);
INSERT INTO who VALUES
	('administrator', 'lg_web', '7|staff|11111111-0000-4000-8000-000000000007||administrator|'),
	('caseworker', 'lg_web', '7|staff|11111111-0000-4000-8000-000000000007||caseworker|'),
	('program', 'lg_web', '7|client|11111111-0000-4000-8000-000000000007||read_only|'),
	('candidate', 'lg_web', '7|candidate|11111111-0000-4000-8000-000000000007|22222222-0000-4000-8000-000000000007|candidate|'),
	('employer', 'lg_web', '7|employer|11111111-0000-4000-8000-000000000007|22222222-0000-4000-8000-000000000007|employer|'),
	('public form', 'lg_web', '7|public||||enquiry'),
	('job', 'lg_job', '7|job||||mail');

DO $$
DECLARE
	t record;
	w record;
	mine text;    -- rows that this actor may see
	writes text;  -- rows that this actor may change
	verb text;
	sql text;
	col text;
	n bigint;
	others bigint;
	before bigint;
	why text;
BEGIN
	FOR t IN SELECT x.*, x.name::regclass AS tab FROM lg_gate.walled x WHERE class <> 'reference' ORDER BY name LOOP
		FOR w IN SELECT * FROM who LOOP
			mine := CASE t.class WHEN 'tenant' THEN 'tenant_id = 7' ELSE format('(%I = 7 OR %I = 7 AND %s OR %s)', t.giver, t.receiver,
				CASE t.until WHEN '' THEN 'true' ELSE format('%I > now()', t.until) END, CASE t.source WHEN '' THEN 'false' ELSE format('%I = 7', t.source) END) END;
			writes := CASE t.class WHEN 'tenant' THEN 'tenant_id = 7' ELSE format('%I = 7', t.writer) END;
			-- Those who see only what is theirs: the column that was said, and what lint.sql lists beside it.
			mine := mine || CASE
				WHEN w.kind = 'candidate' AND t.candidate <> '' THEN format(' AND %I = ''22222222-0000-4000-8000-000000000007''', t.candidate)
				WHEN w.kind = 'employer' AND t.employer <> '' THEN format(' AND %I = ''22222222-0000-4000-8000-000000000007''', t.employer)
				WHEN w.kind IN ('candidate', 'employer') AND t.name = 'lg.member' THEN ' AND account_id = ''11111111-0000-4000-8000-000000000007'''
				WHEN w.kind = 'candidate' AND t.name = 'lg.read_audit' THEN ' AND ''22222222-0000-4000-8000-000000000007'' = ANY (subjects)'
				WHEN w.kind IN ('candidate', 'employer', 'public form') THEN ' AND false' ELSE '' END;
			IF w.kind IN ('candidate', 'employer', 'public form') THEN
				writes := 'false';
			END IF;

			-- SELECT: as the actor sees it, compared with all there is
			why := NULL;
			BEGIN
				PERFORM lg_gate.sign(w.ctx);
				EXECUTE format('SELECT count(*) FROM %s WHERE NOT coalesce(%s, false)', t.tab, mine) INTO before;
				col := (SELECT string_agg(format('%I', attname), ', ') FROM pg_attribute WHERE attrelid = t.tab AND attnum > 0 AND NOT attisdropped
					AND has_column_privilege(w.role, t.tab, attnum, 'SELECT'));
				IF col IS NULL THEN
					why := CASE WHEN before = 0 THEN 'there is nothing to see at all' END;
				ELSE
					EXECUTE format('CREATE TEMP TABLE seen AS SELECT ctid AS place FROM %s LIMIT 0', t.tab);
					EXECUTE format('GRANT ALL ON seen TO %I', w.role);
					EXECUTE format('SET LOCAL ROLE %I', w.role);
					EXECUTE format('INSERT INTO pg_temp.seen SELECT %s FROM %s x',
						CASE WHEN has_table_privilege(w.role, t.tab, 'SELECT') THEN 'x.ctid' ELSE '''(0,0)''::tid' END, t.tab);
					RESET ROLE;
					EXECUTE format('SELECT count(*) FROM %s x JOIN seen s ON s.place = x.ctid WHERE NOT coalesce(%s, false)', t.tab, mine) INTO others;
					EXECUTE format('SELECT count(*) FROM seen') INTO n;
					EXECUTE format('SELECT count(*) - %s FROM %s WHERE %s', n, t.tab, mine) INTO n;
					why := CASE WHEN others > 0 THEN format('%s rows of others were seen', others)
						WHEN before = 0 THEN 'there are no rows of others'
						WHEN n < 0 THEN format('%s rows too many were seen', -n) END;
				END IF;
				RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
			EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL;
				WHEN OTHERS THEN why := CASE WHEN SQLSTATE <> '42501' OR col IS NOT NULL THEN SQLERRM END;
			END;
			INSERT INTO answer (good, what, detail) VALUES (why IS NULL, format('%s as %s: sees no others', t.name, w.kind), why);

			-- UPDATE and DELETE: whose rows were touched
			FOREACH verb IN ARRAY ARRAY['UPDATE', 'DELETE'] LOOP
				why := NULL;
				CONTINUE WHEN NOT CASE verb WHEN 'UPDATE' THEN has_any_column_privilege(w.role, t.tab, 'UPDATE') ELSE has_table_privilege(w.role, t.tab, 'DELETE') END;
				-- Without reading a column, if one may be set so: then only the policies for UPDATE stand in the way.
				col := (SELECT format(CASE WHEN atthasdef OR NOT attnotnull THEN '%1$I = DEFAULT' ELSE '%1$I = %1$I' END, attname) FROM pg_attribute
					WHERE attrelid = t.tab AND attnum > 0 AND NOT attisdropped AND has_column_privilege(w.role, t.tab, attnum, 'UPDATE')
					AND attname NOT IN ('tenant_id', t.giver, t.receiver, t.writer, t.source) ORDER BY atthasdef OR NOT attnotnull DESC, attname = 'id', attnum DESC LIMIT 1);
				BEGIN
					PERFORM lg_gate.sign(w.ctx);
					EXECUTE format('CREATE TEMP TABLE kept AS SELECT ctid AS place FROM %s WHERE NOT coalesce(%s, false)', t.tab, writes);
					GET DIAGNOSTICS before = ROW_COUNT;
					EXECUTE format('SET LOCAL ROLE %I', w.role);
					EXECUTE CASE verb WHEN 'UPDATE' THEN format('UPDATE %s SET %s', t.tab, col) ELSE format('DELETE FROM %s', t.tab) END;
					GET DIAGNOSTICS n = ROW_COUNT;
					RESET ROLE;
					-- A row that was changed lies elsewhere now.
					EXECUTE format('SELECT count(*) FROM %s x JOIN kept k ON k.place = x.ctid', t.tab) INTO others;
					why := CASE WHEN others <> before THEN format('%s rows of others were touched', before - others)
						WHEN before = 0 THEN 'there are no rows of others' END;
					RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
				EXCEPTION WHEN SQLSTATE 'ZZ000' THEN NULL;
					WHEN not_null_violation OR unique_violation OR foreign_key_violation OR check_violation THEN NULL; -- then it touched nothing
					WHEN OTHERS THEN why := SQLERRM;
				END;
				INSERT INTO answer (good, what, detail) VALUES (why IS NULL, format('%s as %s: %s touches no others', t.name, w.kind, verb), why);
			END LOOP;

			-- INSERT for another office
			why := 'it was let pass';
			BEGIN
				PERFORM lg_gate.sign(w.ctx);
				EXECUTE format('SET LOCAL ROLE %I', w.role);
				IF NOT has_column_privilege(w.role, t.tab, CASE t.class WHEN 'tenant' THEN 'tenant_id' ELSE t.writer END, 'INSERT') THEN
					RAISE insufficient_privilege;
				END IF;
				SELECT format('INSERT INTO %s (%s) VALUES (%s)', t.tab, string_agg(format('%I', attname), ', '), string_agg(CASE
					WHEN attname = CASE t.class WHEN 'tenant' THEN 'tenant_id' ELSE t.writer END THEN '8'
					WHEN attname IN (t.giver, t.receiver) THEN '7' ELSE coalesce(quote_literal(pg_temp.value(atttypid, 999)), 'NULL') END, ', '))
					INTO sql FROM pg_attribute WHERE attrelid = t.tab AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND has_column_privilege(w.role, t.tab, attnum, 'INSERT');
				EXECUTE sql;
				RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
			EXCEPTION WHEN insufficient_privilege THEN why := NULL;
				WHEN SQLSTATE 'ZZ000' THEN NULL;
				WHEN OTHERS THEN why := SQLERRM;
			END;
			INSERT INTO answer (good, what, detail) VALUES (why IS NULL, format('%s as %s: adds nothing to another office', t.name, w.kind), why);
		END LOOP;
	END LOOP;

	-- Tables for all: nobody who signs in changes them.
	FOR t IN SELECT x.name, x.name::regclass AS tab, r AS role FROM lg_gate.walled x, unnest(ARRAY['lg_web', 'lg_job', 'lg_auth', 'lg_match']) r WHERE class = 'reference' ORDER BY 1, 3 LOOP
		why := NULL;
		FOREACH sql IN ARRAY ARRAY[format('INSERT INTO %s DEFAULT VALUES', t.tab), format('DELETE FROM %s', t.tab), format('TRUNCATE %s', t.tab),
			format('UPDATE %s SET %I = DEFAULT', t.tab, (SELECT attname FROM pg_attribute WHERE attrelid = t.tab AND attnum = 1))] LOOP
			BEGIN
				EXECUTE format('SET LOCAL ROLE %I', t.role);
				EXECUTE sql;
				RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
			EXCEPTION WHEN insufficient_privilege THEN NULL;
				WHEN SQLSTATE 'ZZ000' THEN why := 'let pass: ' || sql;
				WHEN OTHERS THEN why := SQLERRM;
			END;
		END LOOP;
		INSERT INTO answer (good, what, detail) VALUES (why IS NULL, format('%s as %s: changes nothing', t.name, t.role), why);
	END LOOP;
	RESET ROLE;
END $$;
SELECT good, what, coalesce(detail, '') FROM answer ORDER BY n;
