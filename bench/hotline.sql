-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/hotline.sh: an office of a region with :openings openings of 60 occupations, a hotline with :agents agents, 20,000 answered enquiries, 500
-- articles and :waiting enquiries that nobody has answered. Agent k has the session whose token is sha256('bench 1.k'). As a superuser.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SELECT lg_gate.create_tenant('region_dk', 'Region Midt', 'da');
CREATE SCHEMA bench;
CREATE TABLE bench.agent AS SELECT k, lg_gate.create_user(1, 'agent' || k || '@landgang.example', 'Mette Vinter ' || k, 'da', '{hotline}', '', NULL) AS account
	FROM generate_series(0, :agents) k;
SELECT count(lg_gate.session_open(account, 1, sha256(convert_to('bench 1.' || k, 'UTF8')), 'totp', '127.0.0.1', 'bench')) FROM bench.agent;
SET session_replication_role = replica;
SET maintenance_work_mem = '256MB';
INSERT INTO lg.entrance (tenant_id, id, name, phone, hours, municipalities) VALUES (1, gen_random_uuid(), 'Hotline', '+45 00 00 00 00', 'mon-sun 00:00-24:00',
	'[{"municipality": "DK-0730"}]');
INSERT INTO lg.employer (tenant_id, id, name, relation, consultant, sort_name, invented)
	SELECT 1, md5('e' || e)::uuid, 'Virksomhed ' || e, 'prospect', (SELECT account FROM bench.agent WHERE k = 0), 'virksomhed ' || e, true FROM generate_series(0, 999) e;
INSERT INTO lg.opening (tenant_id, id, employer_id, registered_by, state, title, kind, positions, municipality, latitude_e6, longitude_e6, hours, start_on,
	occupations, languages, licences, skills, consultant, sort_name, invented)
SELECT 1, md5('o' || n)::uuid, md5('e' || h % 1000)::uuid, a.account, 'open', 'Stilling ' || n, (ARRAY['job', 'wage_subsidy', 'placement'])[1 + h % 3],
	1 + h % 3, 'DK-0730', 56460700 + (h % 400 - 200) * 1000, 10036000 + (h % 700 - 350) * 1000, 20 + h % 18, current_date - 1,
	jsonb_build_array(jsonb_build_object('occupation', (string_to_array(:'occupations', ' '))[1 + h % cardinality(string_to_array(:'occupations', ' '))])),
	jsonb_build_array(jsonb_build_object('language', 'da', 'level', (ARRAY['a1', 'a2', 'b1', 'b1', 'b2'])[1 + h / 5 % 5])), '[]', '[]', a.account, 'stilling ' || n, true
FROM (SELECT n, (n::bigint * 2654435761 % 4294967296 / 7)::int AS h FROM generate_series(1, :openings) n) q, bench.agent a WHERE a.k = 0;
INSERT INTO lg.match_entry (tenant_id, side, handle, facts, moment)
	SELECT o.tenant_id, 'opening', o.handle, f, pg_current_xact_id()::text::bigint FROM lg.opening o, lg_gate.match_facts('opening', to_jsonb(o)) f WHERE f IS NOT NULL;
INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, words, state, owner, outcome, municipality, caller_phone, caller_digits, caller_place, created, changed, due_at, answered_at)
	SELECT 1, md5('a' || n)::uuid, 'phone', 'nobody', 'other', 'Er der en plads?', 'answered', a.account, 'answered', 'DK-07' || 10 + n % 19, '+45 ' || 80000000 + n % 4000, (80000000 + n % 4000)::text,
		'Jobcenter ' || n % 98, t.at, t.at, t.at, t.at FROM generate_series(1, 20000) n, bench.agent a, LATERAL (SELECT now() - make_interval(mins => n * 20) AS at) t WHERE a.k = n % :agents;
INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, words, state, owner, municipality, caller_phone, caller_digits, caller_place, created, changed, due_at)
	SELECT 1, md5('w' || n)::uuid, 'mail', 'nobody', 'other', 'Er der en plads?', CASE WHEN n % 5 > 0 THEN 'new' ELSE 'assigned' END, CASE WHEN n % 5 = 0 THEN a.account END, 'DK-07' || 10 + n % 19, '+45 ' || 80000000 + n, (80000000 + n)::text,
		'Jobcenter ' || n % 98, now() - make_interval(mins => n), now() - make_interval(mins => n), now() + make_interval(mins => 60 + n)
	FROM generate_series(1, :waiting) n, bench.agent a WHERE a.k = n % :agents;
-- A third of the callers gave a name. Keys of names and workplaces are nearly those of src/core/name.h.
UPDATE lg.enquiry SET legal_basis = 'public_task', caller_name = (ARRAY['Karen', 'Mette', 'Lars', 'Olga', 'Bente', 'Jens', 'Sofie', 'Ivan'])[1 + h % 8] || ' ' ||
	(ARRAY['Holm', 'Krogh', 'Vinter', 'Bech', 'Lund', 'Dahl', 'Friis', 'Juhl', 'Skov', 'Bjerre', 'Toft'])[1 + h / 8 % 11] FROM (SELECT id AS i, abs(hashtext(id::text)) / 2 AS h FROM lg.enquiry) q
	WHERE i = id AND h % 3 = 0;
INSERT INTO lg.enquiry_trigram (tenant_id, key, enquiry_id)
	SELECT DISTINCT 1, substr('__' || w || '_', i, 3), id FROM lg.enquiry, regexp_split_to_table(lower(concat_ws(' ', caller_name, caller_place)), ' ') w, generate_series(1, 20) i
	WHERE length(substr('__' || w || '_', i, 3)) = 3;
INSERT INTO lg.article (tenant_id, id, title, subject, words, state, author, changed_by, published_by, published_at)
	SELECT 1, md5('t' || n)::uuid, 'Hvad gælder for ' || (string_to_array(:'words', ';'))[1 + n % cardinality(string_to_array(:'words', ';'))] || '?', 'other', 'Se regionens side.',
		'published', a.account, a.account, b.account, now() FROM generate_series(1, 500) n, bench.agent a, bench.agent b WHERE a.k = 0 AND b.k = 1;
INSERT INTO lg.article_trigram (tenant_id, key, article_id)
	SELECT DISTINCT 1, substr(lower(title), i, 3), id FROM lg.article, generate_series(1, 60) i WHERE length(substr(lower(title), i, 3)) = 3;
VACUUM ANALYZE;
