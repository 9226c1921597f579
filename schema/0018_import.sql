-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Imports: files of candidates, employers or openings that an office brings in. A file is read once, by a parser without rights; its rows
-- are kept here, sealed with a key of the import's own, until they are done. A job does the work, in small transactions, each of which
-- writes down in the row what became of it: so it goes on where it was, whoever killed it.
--
--   lg_gate.import_due(most int) -> (tenant int, id uuid)*   lg_job, without a context: which imports wait for the job
--   lg_gate.import_as(import uuid) -> jsonb                  lg_job, after enter_job(tenant, 'import'): from now on this transaction acts for
--                                                            whoever began the import, if they still may; what enter() would answer, or NULL
SET LOCAL ROLE lg_owner;

CREATE TABLE lg.import (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL DEFAULT lg_gate.account(),
	language text NOT NULL CHECK (language ~ '^[a-z]{2}$'),
	kind text NOT NULL CHECK (kind IN ('candidate', 'employer', 'opening')),
	source text NOT NULL CHECK (source <> '' AND length(source) <= 80),
	file_name text NOT NULL DEFAULT '' CHECK (length(file_name) <= 200),
	format text NOT NULL,
	columns jsonb NOT NULL CHECK (jsonb_typeof(columns) = 'array'),
	mapping jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(mapping) = 'object'),
	options jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(options) = 'object'),
	state text NOT NULL DEFAULT 'read' CHECK (state IN ('read', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'stopped')),
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX import_latest ON lg.import (tenant_id, created DESC, id);                -- for import_list
CREATE INDEX import_of_source ON lg.import (tenant_id, kind, source, created DESC);   -- for import_mapping_last
COMMENT ON TABLE lg.import IS 'A file that an office brings in';
COMMENT ON COLUMN lg.import.tenant_id IS 'The office';
COMMENT ON COLUMN lg.import.id IS 'The import';
COMMENT ON COLUMN lg.import.version IS 'Grows by one with each change of its state or mapping';
COMMENT ON COLUMN lg.import.created IS 'When the file came';
COMMENT ON COLUMN lg.import.changed IS 'When its state changed last';
COMMENT ON COLUMN lg.import.account_id IS 'Who brought it, or had it run last: the job acts for them, with what they may then';
COMMENT ON COLUMN lg.import.language IS 'In which language its faults are told';
COMMENT ON COLUMN lg.import.kind IS 'What its rows are';
COMMENT ON COLUMN lg.import.source IS 'Where it comes from, as the office calls it: ids and mappings belong to a source';
COMMENT ON COLUMN lg.import.file_name IS 'What the file was called';
COMMENT ON COLUMN lg.import.format IS 'What it was found to be: csv, ndjson, jobtech, ...';
COMMENT ON COLUMN lg.import.columns IS 'Names of its columns, in their order';
COMMENT ON COLUMN lg.import.mapping IS 'Column -> field, as forms name fields; what is not here is left out';
COMMENT ON COLUMN lg.import.options IS 'What was chosen beside that: values for all rows, and whether likely duplicates are taken';
COMMENT ON COLUMN lg.import.state IS 'How far it is';

CREATE TABLE lg.import_row (
	tenant_id int NOT NULL,
	import_id uuid NOT NULL,
	n int NOT NULL,
	line int NOT NULL,
	box bytea,
	outcome text NOT NULL DEFAULT 'new' CHECK (outcome IN
		('new', 'broken', 'create', 'change', 'same', 'bad', 'created', 'changed', 'left', 'undone', 'kept')),
	key bytea,
	faults jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(faults) = 'array'),
	subject uuid,
	helper uuid,
	version int,
	before bytea,
	PRIMARY KEY (tenant_id, import_id, n),
	FOREIGN KEY (tenant_id, import_id) REFERENCES lg.import (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX import_row_left ON lg.import_row (tenant_id, import_id, outcome, n);     -- for the job, and for counts
CREATE INDEX import_row_key ON lg.import_row (tenant_id, import_id, key, n) WHERE key IS NOT NULL;  -- for import_twice
COMMENT ON TABLE lg.import_row IS 'A row of such a file, and what became of it';
COMMENT ON COLUMN lg.import_row.tenant_id IS 'The office';
COMMENT ON COLUMN lg.import_row.import_id IS 'Of which file';
COMMENT ON COLUMN lg.import_row.n IS 'Its place among the rows, from 1';
COMMENT ON COLUMN lg.import_row.line IS 'The line of the file in which it begins';
COMMENT ON COLUMN lg.import_row.box IS 'Its cells, sealed with the key of the import (lg.person_key); NULL once they are not needed any more';
COMMENT ON COLUMN lg.import_row.outcome IS 'new: not looked at; broken: cannot be read; create, change, same, bad: what would be done; the rest: what was';
COMMENT ON COLUMN lg.import_row.key IS 'Its id in the other system, blinded as in lg.imported: it may stand once in a file';
COMMENT ON COLUMN lg.import_row.faults IS 'What is wrong with it: [{"column", "says"}]';
COMMENT ON COLUMN lg.import_row.subject IS 'The record that it made, changed or may be';
COMMENT ON COLUMN lg.import_row.helper IS 'The employer that was registered for it, when there was none';
COMMENT ON COLUMN lg.import_row.version IS 'The version of the record after that';
COMMENT ON COLUMN lg.import_row.before IS 'The sections that it changed, as they were, sealed like box';

CREATE TABLE lg.imported (
	tenant_id int NOT NULL,
	kind text NOT NULL CHECK (kind IN ('candidate', 'employer', 'opening')),
	source text NOT NULL,
	key bytea NOT NULL CHECK (length(key) = 32),
	candidate_id uuid,
	employer_id uuid,
	opening_id uuid,
	content bytea NOT NULL,
	PRIMARY KEY (tenant_id, kind, source, key),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, employer_id) REFERENCES lg.employer (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, opening_id) REFERENCES lg.opening (tenant_id, id) ON DELETE CASCADE,
	CHECK (num_nonnulls(candidate_id, employer_id, opening_id) = 1)
);
CREATE INDEX imported_candidate ON lg.imported (tenant_id, candidate_id) WHERE candidate_id IS NOT NULL;
CREATE INDEX imported_employer ON lg.imported (tenant_id, employer_id) WHERE employer_id IS NOT NULL;
CREATE INDEX imported_opening ON lg.imported (tenant_id, opening_id) WHERE opening_id IS NOT NULL;
COMMENT ON TABLE lg.imported IS 'By which id another system knows a record: so that the same row is never brought in twice';
COMMENT ON COLUMN lg.imported.tenant_id IS 'The office';
COMMENT ON COLUMN lg.imported.kind IS 'What it is';
COMMENT ON COLUMN lg.imported.source IS 'The other system, as the office calls it';
COMMENT ON COLUMN lg.imported.key IS 'Its id there, blinded: it may be an identity number';
COMMENT ON COLUMN lg.imported.candidate_id IS 'The record, when it is a candidate';
COMMENT ON COLUMN lg.imported.employer_id IS 'The record, when it is an employer';
COMMENT ON COLUMN lg.imported.opening_id IS 'The record, when it is an opening';
COMMENT ON COLUMN lg.imported.content IS 'Hash of what the last row said: a row that says the same changes nothing, whatever was changed here since';

CALL lg_gate.wall('lg.import', gate => 'SELECT');
CALL lg_gate.wall('lg.import_row');
CALL lg_gate.wall('lg.imported', candidate => '', employer => '');
-- Whoever sees a part of the office only brings nothing in: half of the duplicates would not be seen.
CREATE POLICY whole ON lg.import AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL) WITH CHECK ((SELECT lg_gate.units()) IS NULL);
CREATE POLICY whole ON lg.import_row AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL) WITH CHECK ((SELECT lg_gate.units()) IS NULL);
CREATE POLICY units ON lg.imported AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));

SET LOCAL ROLE lg_gate;
-- A mirror of the imports that wait for the job, kept by a trigger, as lg_gate.due is of mails.
CREATE TABLE lg_gate.import_waits (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	since timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE lg_gate.import_waits IS 'Which imports of lg.import wait for the job.';
COMMENT ON COLUMN lg_gate.import_waits.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.import_waits.id IS 'The import.';
COMMENT ON COLUMN lg_gate.import_waits.since IS 'Since when.';

CREATE FUNCTION lg_gate.import_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		DELETE FROM lg_gate.import_waits w WHERE w.tenant_id = OLD.tenant_id AND w.id = OLD.id;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		IF NEW.state IN ('checking', 'running', 'undoing') THEN
			INSERT INTO lg_gate.import_waits (tenant_id, id) VALUES (NEW.tenant_id, NEW.id);
		END IF;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.import_changed() IS 'Trigger: lg_gate.import_waits follows lg.import.';

CREATE FUNCTION lg_gate.import_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT w.tenant_id, w.id FROM lg_gate.import_waits w ORDER BY w.since LIMIT most $$;
COMMENT ON FUNCTION lg_gate.import_due(int) IS 'Imports that wait for the job, of all offices.';

CREATE FUNCTION lg_gate.import_as(import uuid) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t int := lg_gate.tenant(); i lg.import; x record; z lg_ref.tenant; c lg.client;
BEGIN
	IF lg_gate.kind() <> 'job' OR lg_gate.purpose() <> 'import' THEN
		RAISE EXCEPTION 'not a job of this purpose' USING ERRCODE = '28000';
	END IF;
	SELECT * INTO i FROM lg.import y WHERE y.id = import_as.import;
	IF i.id IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT * INTO x FROM lg_gate.actor(i.account_id, t);
	IF x.ctx IS NULL THEN
		SELECT * INTO c FROM lg.client y WHERE y.id = i.account_id AND y.revoked IS NULL;
		SELECT * INTO z FROM lg_ref.tenant y WHERE y.id = t;
		IF c.id IS NULL THEN
			PERFORM lg_gate.sign(t || '|job||||import');
			RETURN NULL;
		END IF;
		PERFORM lg_gate.sign(concat_ws('|', t::text, 'job', c.id::text, '', array_to_string(c.roles, ','), 'import'));
		RETURN jsonb_build_object('tenant', t, 'tenant_name', z.name, 'tenant_kind', z.kind, 'zone', z.zone, 'account', c.id, 'name', c.name,
			'kind', 'client', 'subject', NULL, 'roles', to_jsonb(c.roles), 'language', i.language);
	END IF;
	IF split_part(x.ctx, '|', 2) <> 'staff' OR split_part(x.ctx, '|', 7) <> '' THEN -- no colleague any more, or of a part of the office only
		PERFORM lg_gate.sign(t || '|job||||import');
		RETURN NULL;
	END IF;
	PERFORM lg_gate.sign(concat_ws('|', t::text, 'job', i.account_id::text, '', split_part(x.ctx, '|', 5), 'import'));
	RETURN x.actor || jsonb_build_object('language', i.language);
END $$;
COMMENT ON FUNCTION lg_gate.import_as(uuid) IS 'The job acts for whoever began this import, as a job of theirs; answers who that is. NULL: they may not any more, and it acts for nobody.';
GRANT EXECUTE ON FUNCTION lg_gate.import_due(int), lg_gate.import_as(uuid) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.import_changed() TO lg_owner;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OF state ON lg.import
	FOR EACH ROW EXECUTE FUNCTION lg_gate.import_changed();
RESET ROLE;
