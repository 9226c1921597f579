-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/pool.sh: ten offices and a pool of them, as a superuser who goes around the wall. psql variables: people, openings.
--   candidate n of office 1 + n % 10 has the id md5('c' || n), opening n md5('o' || n); an office's session the token sha256('bench OFFICE')
-- One person in a hundred is given by two offices. What the pool has of all this is left to standing orders, and to the jobs process.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE SCHEMA bench;
CREATE TABLE bench.staff (tenant int PRIMARY KEY, account uuid);
SELECT count(lg_gate.create_tenant('municipality_dk', 'Office ' || t, 'da')) FROM generate_series(1, 10) t;
SELECT lg_gate.create_tenant('pool', 'The pool', 'da');
INSERT INTO bench.staff SELECT t, lg_gate.create_user(t, 'bench' || t || '@landgang.example', 'Mette Vinter', 'da', '{caseworker}', '', NULL) FROM generate_series(1, 11) t;
SELECT count(lg_gate.session_open(account, tenant, sha256(convert_to('bench ' || tenant, 'UTF8')), 'totp', '127.0.0.1', 'bench')) FROM bench.staff;

SET session_replication_role = replica; -- no trigger, no foreign key: all of it is made here
CREATE TABLE bench.occupation AS SELECT row_number() OVER () - 1 AS k, code FROM unnest(ARRAY['2221', '2211', '2341', '2411', '2512', '3221', '3313', '4110', '4321', '5120', '5131',
	'5151', '5223', '5311', '5312', '5321', '5322', '6113', '6121', '7111', '7112', '7115', '7126', '7131', '7212', '7223', '7231', '7411', '7511', '7512', '7531', '8160', '8322',
	'8332', '8342', '9112', '9121', '9321', '9329', '9412']) code;
INSERT INTO lg.candidate (tenant_id, id, registered_by, owner, state, given_name, family_name, born, contact_language, phone, town, municipality, latitude_e6, longitude_e6, wants_work,
	contracts, hours_least, hours_most, commute_km, legal_basis, languages, occupations, sort_name, likeness, next_step, next_on, invented)
SELECT 1 + n % 10, md5('c' || n)::uuid, s.account, s.account, 'available', 'Olena', 'Person ' || n, date '1955-01-01' + who % 18000, 'uk', '+45 00 00 00 00', 'Randers', 'DK-0730',
	55300000 + h % 40 * 30000, 9000000 + h / 40 % 60 * 50000, 'yes', '[]', 10 + h % 20, 37, 20 + h % 60, 'public_task',
	jsonb_build_array(jsonb_build_object('language', 'uk', 'interaction', 'native'),
		jsonb_build_object('language', 'da', 'interaction', (ARRAY['a1', 'a2', 'b1', 'b1', 'b2'])[1 + h / 7 % 5])),
	jsonb_build_array(jsonb_build_object('occupation', a.code, 'years', h % 30), jsonb_build_object('occupation', b.code, 'years', h % 7)),
	'person ' || n || ', olena', 'person ' || who, 'Ring', current_date + h % 60, true
FROM (SELECT n, CASE WHEN n % 100 = 0 THEN n - 1 ELSE n END AS who, (n::bigint * 2654435761 % 4294967296 / 7)::int AS h FROM generate_series(1, :people) n) q
JOIN bench.staff s ON s.tenant = 1 + n % 10 JOIN bench.occupation a ON a.k = h % 40 JOIN bench.occupation b ON b.k = h / 40 % 40;
INSERT INTO lg.employer (tenant_id, id, name, relation, consultant, sort_name, invented)
	SELECT tenant, md5('e' || tenant)::uuid, 'Virksomhed', 'prospect', account, 'virksomhed', true FROM bench.staff;
INSERT INTO lg.opening (tenant_id, id, employer_id, registered_by, state, title, kind, positions, municipality, latitude_e6, longitude_e6, hours, start_on, occupations, languages,
	consultant, sort_name, invented)
SELECT 1 + n % 10, md5('o' || n)::uuid, md5('e' || 1 + n % 10)::uuid, s.account, 'open', 'Stilling ' || n, (ARRAY['job', 'wage_subsidy', 'placement'])[1 + h % 3], 1 + h % 3, 'DK-0730',
	55300000 + h / 3 % 40 * 30000, 9000000 + h / 120 % 60 * 50000, 20 + h % 18, current_date + 20, jsonb_build_array(jsonb_build_object('occupation', a.code)),
	jsonb_build_array(jsonb_build_object('language', 'da', 'level', (ARRAY['a1', 'a2', 'a2', 'b1', 'b2'])[1 + h / 5 % 5])), s.account, 'stilling ' || n, true
FROM (SELECT n, ((n + 7000000)::bigint * 2246822519 % 4294967296 / 7)::int AS h FROM generate_series(1, :openings) n) q
JOIN bench.staff s ON s.tenant = 1 + n % 10 JOIN bench.occupation a ON a.k = h / 11 % 40;
CREATE TABLE bench.asked AS SELECT 1 + n % 10 AS tenant, md5('c' || n)::uuid AS id, n FROM generate_series(1, :people) n WHERE n / 10 % 10 = 0;
SET session_replication_role = origin;
VACUUM ANALYZE;

-- Each office and the pool have agreed; each gives all its people and all its openings from now on.
DO $$
DECLARE t int; a uuid;
BEGIN
	FOR t IN 1..10 LOOP
		a := gen_random_uuid();
		PERFORM lg_gate.enter_job(t, 'bench');
		INSERT INTO lg.agreement (from_tenant, to_tenant, id, purpose, direction, fields, may_forward, legal_basis, valid_from, valid_to)
			VALUES (t, 11, a, 'Work', 'both', '{name,place,languages,occupations,wishes,week}', true, 'public_task', current_date, current_date + 300);
		INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what) VALUES (t, 11, a, 'approved');
		PERFORM lg_gate.enter_job(11, 'bench');
		INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what) VALUES (t, 11, a, 'approved');
		PERFORM lg_gate.enter_job(t, 'bench');
		INSERT INTO lg.pool_giving (from_tenant, to_tenant, id, side, agreement_id, fields, until, why)
			VALUES (t, 11, gen_random_uuid(), 'candidate', a, '{name,place,languages,occupations,wishes,week}', now() + interval '200 days', 'Work'),
			(t, 11, gen_random_uuid(), 'opening', a, '{}', now() + interval '200 days', 'Work');
	END LOOP;
END $$;
