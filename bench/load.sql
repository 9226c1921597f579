-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/service.sh: 300 offices with a million invented candidates, as a superuser who goes around the wall, and one office of 50,000, who are all available.
-- psql variables: people, big (how many candidates). bench.name was filled before, keys of persons come after (bench/service.sh).
--   candidate n of office 1 + n % 300 has the id md5('c' || n); the office's session the token sha256('bench OFFICE')
-- Tables are filled in the transaction that emptied them (nothing goes to the log) and without their indexes, which follow. Only the ten
-- first offices and the big one have the keys of the name search: 60 rows a person are most of all rows, and the search leads with the office.
\set ON_ERROR_STOP on
SET session_replication_role = replica; -- no trigger, no foreign key: all of it is made here
SET maintenance_work_mem = '512MB';
SET work_mem = '64MB';
SET client_min_messages = warning;

CREATE TABLE bench.staff (tenant int, k int, account uuid, PRIMARY KEY (tenant, k));
SET session_replication_role = origin; -- accounts and sessions as the service makes them
SELECT count(lg_gate.create_tenant('municipality_dk', 'Office ' || t, 'da')) FROM generate_series(1, 301) t;
INSERT INTO bench.staff SELECT t, k, lg_gate.create_user(t, 'bench' || t || '.' || k || '@landgang.example', 'Mette Vinter ' || k, 'da', '{caseworker}', '', NULL)
	FROM generate_series(1, 301) t, generate_series(0, 4) k;
SELECT count(lg_gate.session_open(account, tenant, sha256(convert_to('bench ' || tenant, 'UTF8')), 'totp', '127.0.0.1', 'bench')) FROM bench.staff WHERE k = 0;
SET session_replication_role = replica;
INSERT INTO lg_gate.bearer (token_hash, client_id, tenant_id, ctx, actor, ends)
	SELECT s.token_hash, s.account_id, s.tenant_id, s.tenant_id || '|client|' || s.account_id || '||caseworker|', s.actor || '{"kind": "client", "idle_ends": 0}', s.ends
	FROM lg_gate.session s;

CREATE TABLE bench.text (k int PRIMARY KEY, occupations jsonb, languages jsonb, education jsonb, experience jsonb, skills jsonb);
INSERT INTO bench.text SELECT k,
	jsonb_build_array(jsonb_build_object('occupation', (ARRAY['lg:nurse', 'lg:cook', 'lg:accountant', 'lg:electrician', 'lg:cleaner'])[1 + k % 5], 'years', k % 30, 'own_words', 'медсестра у міській лікарні')),
	jsonb_build_array(jsonb_build_object('language', 'uk', 'interaction', 'native', 'source', 'self'),
		jsonb_build_object('language', 'da', 'listening', 'a2', 'reading', 'a2', 'interaction', (ARRAY['a0', 'a1', 'a2', 'b1', 'b2'])[1 + k % 5], 'writing', 'a1', 'source', 'teacher', 'seen_on', '2026-09-01'),
		jsonb_build_object('language', 'en', 'interaction', 'b1', 'source', 'self')),
	jsonb_build_array(jsonb_build_object('own_words', 'Одеський медичний коледж, диплом ' || k, 'tidied', 'Sygeplejerske, 3 år', 'level', 'short_higher', 'country', 'Ukraine', 'to_year', 1990 + k % 30, 'paper_seen', true)),
	jsonb_build_array(jsonb_build_object('own_words', 'Працювала в лікарні ' || k || ' років, хірургічне відділення, нічні зміни.', 'tidied', 'Sygeplejerske på kirurgisk afdeling', 'country', 'Ukraine', 'from_date', '2010-03-01', 'to_date', '2022-02-24'),
		jsonb_build_object('own_words', 'Прибирання в готелі', 'tidied', 'Rengøring på hotel', 'country', 'Danmark', 'from_date', '2023-05-01')),
	'[]'
	FROM generate_series(0, 99) k;

BEGIN;
TRUNCATE lg.candidate CASCADE;
TRUNCATE lg.audit, lg.read_audit, lg.person_key;
CREATE TABLE bench.index AS SELECT indexdef, format('%I.%I', schemaname, indexname) AS name FROM pg_indexes WHERE schemaname = 'lg'
	AND tablename IN ('candidate', 'candidate_trigram', 'note', 'task', 'contact', 'audit', 'read_audit') AND indexname !~ '_p?key$';
SELECT 'DROP INDEX ' || name FROM bench.index \gexec
INSERT INTO lg.candidate (tenant_id, id, registered_by, owner, state, closed_reason, given_name, family_name, given_native, family_native, born, contact_language,
	phone, mail, channel, address, postal_code, town, municipality, latitude_e6, longitude_e6, ground, stay_until, arrived, wants_work, wants_work_on,
	contracts, hours_least, hours_most, commute_km, available, legal_basis, informed_on, next_step, next_on, languages, occupations, education, experience,
	sort_name, likeness, created, changed, invented)
SELECT p.tenant, md5('c' || p.n)::uuid, s.account, s.account, p.state, CASE p.state WHEN 'closed' THEN 'job' END, w.given, w.family, w.given_native, w.family_native,
	date '1955-01-01' + p.h % 18000, 'uk', '+45 00 00 00 00', 'bench' || p.n || '@landgang.example', 'mail', 'Eksempelvej ' || p.h % 200, '8900', 'Randers', 'DK-0730', 56460700, 10036000,
	'special_act', current_date + p.h % 700, date '2022-03-01' + p.h % 900, 'yes', current_date - 30, '[]', 20, 37, 30, NULL, 'public_task', current_date - 200,
	CASE WHEN p.h % 33 > 0 THEN 'Ring og spørg' END, CASE WHEN p.h % 33 > 0 THEN current_date - 2 + p.h % 120 END, x.languages, x.occupations, x.education, x.experience,
	w.sort_name, w.likeness, now() - make_interval(days => p.h % 900), now() - make_interval(hours => p.h % 9000), true
FROM (SELECT n, CASE WHEN n <= :people THEN 1 + n % 300 ELSE 301 END AS tenant, h, CASE WHEN n <= :people THEN (ARRAY['registered', 'registered', 'registered', 'profile_complete', 'profile_complete',
		'available', 'available', 'available', 'available', 'in_process', 'placed', 'closed'])[1 + h % 12] ELSE 'available' END AS state
	FROM (SELECT n, (n::bigint * 2654435761 % 4294967296 / 7)::int AS h FROM generate_series(1, :people + :big) n) q) p
JOIN bench.name w ON w.i = p.h % (SELECT count(*) FROM bench.name)
JOIN bench.staff s ON s.tenant = p.tenant AND s.k = p.n / 300 % 5
JOIN bench.text x ON x.k = p.h % 100;
INSERT INTO lg.note (tenant_id, candidate_id, at, account_id, language, text)
	SELECT c.tenant_id, c.id, c.changed, c.owner, 'da', 'Har talt om kurset på mandag; vil gerne begynde med tre dage om ugen.' FROM lg.candidate c, generate_series(1, 3) WHERE c.id < '55555555-0000-0000-0000-000000000000';
INSERT INTO lg.task (tenant_id, candidate_id, what, due, owner, created_by)
	SELECT c.tenant_id, c.id, 'Send brev', current_date + (c.latitude_e6 % 20), c.owner, c.owner FROM lg.candidate c WHERE c.id < '11111111-0000-0000-0000-000000000000';
INSERT INTO lg.contact (tenant_id, candidate_id, at, account_id, channel, direction, reached, words)
	SELECT c.tenant_id, c.id, c.changed, c.owner, 'phone', 'out', 'yes', 'Ringet' FROM lg.candidate c WHERE c.id < '22222222-0000-0000-0000-000000000000';
INSERT INTO lg.audit (tenant_id, at, actor, kind, verb, entity, subject, version)
	SELECT c.tenant_id, c.created, c.owner, 'staff', 'registered', 'candidate', c.id, 1 FROM lg.candidate c;
INSERT INTO lg.read_audit (tenant_id, at, actor, kind, route, subjects)
	SELECT c.tenant_id, c.changed, c.owner, 'staff', '/candidates/{id}', ARRAY[c.id] FROM lg.candidate c WHERE c.id < '55555555-0000-0000-0000-000000000000';
INSERT INTO lg.candidate_trigram (tenant_id, key, candidate_id)
	SELECT c.tenant_id, k, c.id FROM lg.candidate c JOIN bench.name w ON w.sort_name = c.sort_name AND w.given_native = c.given_native AND w.family_native = c.family_native, unnest(w.keys) k
	WHERE c.tenant_id <= 10 OR c.tenant_id = 301 ON CONFLICT DO NOTHING;
SELECT indexdef FROM bench.index \gexec
COMMIT;
-- A key for each tenth person: those are asked for.
CREATE TABLE bench.asked AS SELECT row_number() OVER (ORDER BY md5(n::text)) AS i, 1 + n % 300 AS tenant, md5('c' || n)::uuid AS id, n FROM generate_series(1, :people) n WHERE n / 300 % 10 = 0;
ALTER TABLE bench.asked ADD PRIMARY KEY (i);
VACUUM ANALYZE;
