-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Tables of the tests' own, of each class there is.
\set ON_ERROR_STOP on
BEGIN;
SET LOCAL ROLE lg_owner;
CREATE TABLE lg.fx_person (
	tenant_id int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), candidate_id uuid NOT NULL, employer_id uuid NOT NULL,
	name text NOT NULL, number bytea NOT NULL, level int NOT NULL DEFAULT 0, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, number));
COMMENT ON TABLE lg.fx_person IS 'A test''s.';
DO $$ DECLARE c text; BEGIN FOREACH c IN ARRAY ARRAY['tenant_id', 'id', 'candidate_id', 'employer_id', 'name', 'number', 'level'] LOOP
	EXECUTE format('COMMENT ON COLUMN lg.fx_person.%I IS ''A test''''s.''', c); END LOOP; END $$;
CALL lg_gate.wall('lg.fx_person', candidate => 'candidate_id', employer => 'employer_id');
CREATE TABLE lg.fx_note (
	tenant_id int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), person_id uuid NOT NULL, words text NOT NULL, PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, person_id) REFERENCES lg.fx_person);
CREATE INDEX ON lg.fx_note (tenant_id, person_id);
COMMENT ON TABLE lg.fx_note IS 'A test''s.';
DO $$ DECLARE c text; BEGIN FOREACH c IN ARRAY ARRAY['tenant_id', 'id', 'person_id', 'words'] LOOP
	EXECUTE format('COMMENT ON COLUMN lg.fx_note.%I IS ''A test''''s.''', c); END LOOP; END $$;
CALL lg_gate.wall('lg.fx_note');
CREATE TABLE lg.fx_share (
	from_tenant int NOT NULL, to_tenant int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), person_id uuid NOT NULL, until timestamptz NOT NULL,
	card text NOT NULL, PRIMARY KEY (from_tenant, id), UNIQUE (to_tenant, id), FOREIGN KEY (from_tenant, person_id) REFERENCES lg.fx_person);
CREATE INDEX ON lg.fx_share (from_tenant, person_id);
COMMENT ON TABLE lg.fx_share IS 'A test''s.';
DO $$ DECLARE c text; BEGIN FOREACH c IN ARRAY ARRAY['from_tenant', 'to_tenant', 'id', 'person_id', 'until', 'card'] LOOP
	EXECUTE format('COMMENT ON COLUMN lg.fx_share.%I IS ''A test''''s.''', c); END LOOP; END $$;
CALL lg_gate.wall_between('lg.fx_share', giver => 'from_tenant', receiver => 'to_tenant', writer => 'from_tenant', until => 'until');
CREATE TABLE lg.fx_answer (
	from_tenant int NOT NULL, to_tenant int NOT NULL, id uuid NOT NULL DEFAULT gen_random_uuid(), share_id uuid NOT NULL, words text NOT NULL,
	PRIMARY KEY (to_tenant, id), FOREIGN KEY (to_tenant, share_id) REFERENCES lg.fx_share (to_tenant, id));
CREATE INDEX ON lg.fx_answer (to_tenant, share_id);
COMMENT ON TABLE lg.fx_answer IS 'A test''s.';
DO $$ DECLARE c text; BEGIN FOREACH c IN ARRAY ARRAY['from_tenant', 'to_tenant', 'id', 'share_id', 'words'] LOOP
	EXECUTE format('COMMENT ON COLUMN lg.fx_answer.%I IS ''A test''''s.''', c); END LOOP; END $$;
CALL lg_gate.wall_between('lg.fx_answer', giver => 'from_tenant', receiver => 'to_tenant', writer => 'to_tenant');
CREATE POLICY alive ON lg.fx_answer AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.fx_share s WHERE s.to_tenant = fx_answer.to_tenant AND s.id = fx_answer.share_id));
CREATE TABLE lg_ref.fx_rule (name text PRIMARY KEY, value int NOT NULL);
COMMENT ON TABLE lg_ref.fx_rule IS 'A test''s.';
COMMENT ON COLUMN lg_ref.fx_rule.name IS 'A test''s.';
COMMENT ON COLUMN lg_ref.fx_rule.value IS 'A test''s.';
CALL lg_gate.reference('lg_ref.fx_rule');
INSERT INTO lg_ref.fx_rule VALUES ('ratio', 5);
CALL lg_gate.merges('lg.fx_person', 'moved');
CALL lg_gate.merges('lg.fx_note', 'moved');
CALL lg_gate.merges('lg.fx_share', 'stays');
CALL lg_gate.merges('lg.fx_answer', 'stays');
CREATE VIEW lg.fx_open WITH (security_invoker = true) AS SELECT * FROM lg.fx_person WHERE level = 0;
COMMENT ON VIEW lg.fx_open IS 'A test''s.';
GRANT SELECT ON lg.fx_open TO lg_web;
RESET ROLE;
COMMIT;
