-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/service.sh, after bench/load.sql: ten employers an office, :openings openings in 300 offices (and a few in the big one), and what the
-- matcher knows of them and of all candidates, as the triggers of schema/0015 write it.
--   opening n of office 1 + n % 300 has the id md5('o' || n)
\set ON_ERROR_STOP on
SET session_replication_role = replica;
SET maintenance_work_mem = '512MB';
SET client_min_messages = warning;

INSERT INTO lg.employer (tenant_id, id, name, relation, consultant, sort_name, invented)
	SELECT s.tenant, md5('e' || s.tenant || '.' || e)::uuid, 'Virksomhed ' || e, 'prospect', s.account, 'virksomhed ' || e, true
	FROM bench.staff s, generate_series(0, 9) e WHERE s.k = 0;
INSERT INTO lg.opening (tenant_id, id, employer_id, registered_by, state, title, kind, positions, municipality, latitude_e6, longitude_e6, hours, start_on,
	occupations, languages, licences, skills, consultant, sort_name, invented)
SELECT tenant, md5('o' || n)::uuid, md5('e' || tenant || '.' || h % 10)::uuid, s.account, 'open', 'Stilling ' || n, (ARRAY['job', 'wage_subsidy', 'placement'])[1 + h % 3],
	1 + h % 3, 'DK-0730', 56460700 + (h % 400 - 200) * 1000, 10036000 + (h % 700 - 350) * 1000, 20 + h % 18, current_date - 1,
	jsonb_build_array(jsonb_build_object('occupation', (ARRAY['lg:nurse', 'lg:cook', 'lg:accountant', 'lg:electrician', 'lg:cleaner'])[1 + h % 5])),
	jsonb_build_array(jsonb_build_object('language', 'da', 'level', (ARRAY['a1', 'a2', 'b1', 'b1', 'b2'])[1 + h / 5 % 5])), '[]',
	'[]', s.account, 'stilling ' || n, true
FROM (SELECT n, CASE WHEN n <= :openings THEN 1 + n % 300 ELSE 301 END AS tenant, (n::bigint * 2654435761 % 4294967296 / 7)::int AS h FROM generate_series(1, :openings + 1000) n) q
JOIN bench.staff s USING (tenant) WHERE s.k = 0;
INSERT INTO lg.match_entry (tenant_id, side, handle, facts, moment)
	SELECT c.tenant_id, 'candidate', c.handle, f, pg_current_xact_id()::text::bigint FROM lg.candidate c, lg_gate.match_facts('candidate', to_jsonb(c)) f WHERE f IS NOT NULL
	UNION ALL
	SELECT o.tenant_id, 'opening', o.handle, f, pg_current_xact_id()::text::bigint FROM lg.opening o, lg_gate.match_facts('opening', to_jsonb(o)) f WHERE f IS NOT NULL;
-- What is asked: available candidates that have a key (bench.asked), and openings of the same offices.
CREATE TABLE bench.available AS SELECT row_number() OVER (ORDER BY a.i) AS i, a.tenant, a.id FROM bench.asked a JOIN lg.candidate c ON c.tenant_id = a.tenant AND c.id = a.id WHERE c.state = 'available';
ALTER TABLE bench.available ADD PRIMARY KEY (i);
CREATE TABLE bench.offered AS SELECT row_number() OVER (ORDER BY md5(n::text)) AS i, 1 + n % 300 AS tenant, md5('o' || n)::uuid AS id FROM generate_series(1, :openings) n WHERE n / 300 % 10 = 0;
ALTER TABLE bench.offered ADD PRIMARY KEY (i);
VACUUM ANALYZE lg.employer, lg.opening, lg.match_entry, bench.available, bench.offered;
