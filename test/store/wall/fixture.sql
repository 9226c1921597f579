-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- 300 invented offices with a few rows in each table, for the tests of the wall.
-- Tokens are sha256(NAME || number of the tenant): 'admin' an administrator, 'case' a caseworker, and in 7 and 8 'cand' a candidate,
-- 'emp' an employer, 'prog' a program (bearer).
\set ON_ERROR_STOP on
\set QUIET on
\ir fixture_tables.sql
BEGIN;
SELECT lg_gate.create_tenant('municipality_dk', 'Office ' || g, 'da') FROM generate_series(1, 300) g \g /dev/null
-- A superuser passes the wall, so what is given here goes where it says.
INSERT INTO lg_gate.account (mail) SELECT k || t || '@office.example' FROM generate_series(1, 300) t, unnest(ARRAY['admin', 'case']) k;
INSERT INTO lg_gate.account (mail) SELECT k || t || '@office.example' FROM generate_series(7, 8) t, unnest(ARRAY['cand', 'emp']) k;
INSERT INTO lg_gate.account (mail) VALUES ('both@office.example');
INSERT INTO lg.fx_person (tenant_id, candidate_id, employer_id, name, number)
	SELECT t, gen_random_uuid(), gen_random_uuid(), 'Name ' || t || '-' || n, sha256(convert_to('number ' || t || '-' || n, 'UTF8'))
	FROM generate_series(1, 300) t, generate_series(1, 10) n;
INSERT INTO lg.fx_note (tenant_id, person_id, words) SELECT tenant_id, id, 'Note of ' || name FROM lg.fx_person;
INSERT INTO lg.fx_share (from_tenant, to_tenant, person_id, until, card)
	SELECT p.tenant_id, 1 + (p.tenant_id + k) % 300, p.id, now() + make_interval(days => CASE k WHEN 0 THEN 1 ELSE -1 END), p.name
	FROM lg.fx_person p, generate_series(0, 1) k WHERE p.name LIKE '%-1';
INSERT INTO lg.fx_answer (from_tenant, to_tenant, share_id, words) SELECT from_tenant, to_tenant, id, 'Yes' FROM lg.fx_share;
INSERT INTO lg.member (tenant_id, account_id, kind, subject, name, accepted)
	SELECT x.t, a.id, CASE x.k WHEN 'cand' THEN 'candidate' WHEN 'emp' THEN 'employer' ELSE 'staff' END,
		CASE x.k WHEN 'cand' THEN (SELECT candidate_id FROM lg.fx_person p WHERE p.tenant_id = x.t AND p.name LIKE '%-1')
			WHEN 'emp' THEN (SELECT employer_id FROM lg.fx_person p WHERE p.tenant_id = x.t AND p.name LIKE '%-2') END, 'Member ' || a.mail, now()
	FROM lg_gate.account a, LATERAL (SELECT substring(a.mail FROM '^[a-z]+') AS k, substring(a.mail FROM '[0-9]+')::int AS t) x WHERE x.t IS NOT NULL;
INSERT INTO lg.member (tenant_id, account_id, kind, name, accepted)
	SELECT t, a.id, 'staff', 'Member of both', now() FROM lg_gate.account a, generate_series(7, 8) t WHERE a.mail LIKE 'both@%';
INSERT INTO lg.member_role (tenant_id, member_id, role)
	SELECT tenant_id, id, CASE WHEN name LIKE 'Member admin%' THEN 'administrator' ELSE 'caseworker' END FROM lg.member WHERE kind = 'staff';
INSERT INTO lg.client (tenant_id, name, roles) SELECT t, 'Program ' || t, '{read_only}' FROM generate_series(1, 300) t;
INSERT INTO lg_gate.client_secret SELECT id, tenant_id, sha256(sha256(convert_to('secret' || tenant_id, 'UTF8'))) FROM lg.client;
INSERT INTO lg.audit (tenant_id, actor, kind, verb, entity, subject) SELECT tenant_id, NULL, 'job', 'create', 'person', candidate_id FROM lg.fx_person;
INSERT INTO lg.read_audit (tenant_id, actor, kind, route, subjects) SELECT tenant_id, NULL, 'job', 'person', ARRAY[candidate_id] FROM lg.fx_person;
INSERT INTO lg.person_key (tenant_id, subject, key_box) SELECT tenant_id, candidate_id, number FROM lg.fx_person;
INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data)
	SELECT t, 'invitation', 'new' || t || '@office.example', 'da', '{"link": "a secret"}' FROM generate_series(1, 300) t;
INSERT INTO lg.idempotency (tenant_id, actor, key, request_hash) SELECT tenant_id, account_id, 'key', '\x00' FROM lg.member WHERE kind = 'staff';
SELECT lg_gate.session_open(a.id, substring(a.mail FROM '[0-9]+')::int, sha256(convert_to(split_part(a.mail, '@', 1), 'UTF8')), 'totp', '', '')
	FROM lg_gate.account a WHERE a.mail ~ '[0-9]' \g /dev/null
SELECT lg_gate.bearer_open(c.id, sha256(convert_to('secret' || c.tenant_id, 'UTF8')), sha256(convert_to('prog' || c.tenant_id, 'UTF8')))
	FROM lg.client c WHERE c.tenant_id IN (7, 8) \g /dev/null
COMMIT;
SELECT lg_gate.seal_audit() \g /dev/null
ANALYZE;
