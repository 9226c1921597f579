-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Openings: anything a candidate can be matched to, at an employer that the office knows. The columns are those of src/core/opening.def.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.opening (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	employer_id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	registered_by uuid,
	invented boolean NOT NULL DEFAULT false,

	state text NOT NULL DEFAULT 'draft',
	state_since date NOT NULL DEFAULT current_date,

	title text NOT NULL CHECK (title <> ''),
	kind text NOT NULL,
	positions int NOT NULL DEFAULT 1 CHECK (positions BETWEEN 1 AND 65535),
	agreed int NOT NULL DEFAULT 0 CHECK (agreed >= 0),
	words text,

	address text,
	postal_code text,
	town text,
	municipality text,
	point text,
	latitude_e6 int,
	longitude_e6 int,
	remote boolean NOT NULL DEFAULT false,

	start_on date,
	ends_on date,
	hours int,
	schedule text,
	expires_on date,

	assistant_allowed boolean NOT NULL DEFAULT false,
	offers jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(offers) = 'array'),
	driving jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(driving) = 'array'),

	occupations jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(occupations) = 'array'),
	languages jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(languages) = 'array'),
	licences jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(licences) = 'array'),
	skills jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(skills) = 'array'),
	stages jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(stages) = 'array'),

	consultant uuid,

	published boolean NOT NULL DEFAULT false,
	public_contact text,
	public_phone text,
	public_mail text,

	sort_name text NOT NULL,
	handle uuid NOT NULL DEFAULT gen_random_uuid(),
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, handle),
	FOREIGN KEY (tenant_id, employer_id) REFERENCES lg.employer (tenant_id, id) ON DELETE RESTRICT,
	CHECK (start_on IS NULL OR ends_on IS NULL OR start_on <= ends_on),
	CONSTRAINT opening_has_room CHECK (agreed <= positions)
);
CREATE INDEX opening_by_name ON lg.opening (tenant_id, sort_name, id);                    -- for opening_list
CREATE INDEX opening_of ON lg.opening (tenant_id, employer_id, state);                    -- for an employer's page, and its count
CREATE INDEX opening_expires ON lg.opening (tenant_id, expires_on) WHERE state IN ('open', 'paused');  -- for job_expire_openings
COMMENT ON TABLE lg.opening IS 'A job, placement or other post that a candidate can be matched to';
COMMENT ON COLUMN lg.opening.tenant_id IS 'The office whose record this is';
COMMENT ON COLUMN lg.opening.id IS 'Random, so that it tells nothing';
COMMENT ON COLUMN lg.opening.employer_id IS 'At whom';
COMMENT ON COLUMN lg.opening.version IS 'Grows by one with each change: whoever saves says which one was seen';
COMMENT ON COLUMN lg.opening.created IS 'When it was registered';
COMMENT ON COLUMN lg.opening.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.opening.registered_by IS 'The account that registered it';
COMMENT ON COLUMN lg.opening.invented IS 'Made up for demonstrations: there is no such post';
COMMENT ON COLUMN lg.opening.state IS 'One of src/core/opening_state.def';
COMMENT ON COLUMN lg.opening.state_since IS 'The day it entered that state';
COMMENT ON COLUMN lg.opening.title IS 'What it is called';
COMMENT ON COLUMN lg.opening.kind IS 'Kind of contract: one of the list contract';
COMMENT ON COLUMN lg.opening.positions IS 'How many people are sought';
COMMENT ON COLUMN lg.opening.agreed IS 'How many positions are taken: proposals that were agreed on';
COMMENT ON COLUMN lg.opening.words IS 'What is done there, in words';
COMMENT ON COLUMN lg.opening.address IS 'Street and number';
COMMENT ON COLUMN lg.opening.postal_code IS 'Postal code';
COMMENT ON COLUMN lg.opening.town IS 'Town';
COMMENT ON COLUMN lg.opening.municipality IS 'Country and code of the municipality, as DK-0730';
COMMENT ON COLUMN lg.opening.point IS 'Where it is on the map, when somebody placed it: "55.403800, 10.402400"';
COMMENT ON COLUMN lg.opening.latitude_e6 IS 'Where it is, millionths of a degree: that point, else the centre of the municipality';
COMMENT ON COLUMN lg.opening.longitude_e6 IS 'Where it is, millionths of a degree';
COMMENT ON COLUMN lg.opening.remote IS 'Can be done from anywhere';
COMMENT ON COLUMN lg.opening.start_on IS 'First day of work';
COMMENT ON COLUMN lg.opening.ends_on IS 'Last day of work, if it ends';
COMMENT ON COLUMN lg.opening.hours IS 'Hours a week';
COMMENT ON COLUMN lg.opening.schedule IS 'Hours of work, as src/core/week.h prints them';
COMMENT ON COLUMN lg.opening.expires_on IS 'The last day on which it is offered; then it expires by itself';
COMMENT ON COLUMN lg.opening.assistant_allowed IS 'A licence that is pending is enough: as an assistant until then';
COMMENT ON COLUMN lg.opening.offers IS 'What the workplace offers: codes of the list need';
COMMENT ON COLUMN lg.opening.driving IS 'Driving licences that are needed: codes of the list driving';
COMMENT ON COLUMN lg.opening.occupations IS 'Occupations (codes of the taxonomy)';
COMMENT ON COLUMN lg.opening.languages IS 'Languages with the least level';
COMMENT ON COLUMN lg.opening.licences IS 'Licences that are needed';
COMMENT ON COLUMN lg.opening.skills IS 'Skills, essential or not';
COMMENT ON COLUMN lg.opening.stages IS 'Steps on the way to an ordinary job: kind and weeks of each';
COMMENT ON COLUMN lg.opening.consultant IS 'The colleague who takes care of it';
COMMENT ON COLUMN lg.opening.published IS 'Shown to everybody while it is offered';
COMMENT ON COLUMN lg.opening.public_contact IS 'Whom everybody may ask: a name or an office';
COMMENT ON COLUMN lg.opening.public_phone IS 'Their telephone';
COMMENT ON COLUMN lg.opening.public_mail IS 'Their mail';
COMMENT ON COLUMN lg.opening.handle IS 'What the matcher calls it: random, and told to nobody else';
COMMENT ON COLUMN lg.opening.sort_name IS 'The title, folded: what lists are sorted by';

CREATE TABLE lg.opening_trigram (
	tenant_id int NOT NULL,
	key text NOT NULL,
	opening_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, opening_id),
	FOREIGN KEY (tenant_id, opening_id) REFERENCES lg.opening (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX opening_trigram_of ON lg.opening_trigram (tenant_id, opening_id);
COMMENT ON TABLE lg.opening_trigram IS 'Runs of three letters of titles: behind the wall only equality can use an index';
COMMENT ON COLUMN lg.opening_trigram.tenant_id IS 'The office';
COMMENT ON COLUMN lg.opening_trigram.key IS 'Three letters (src/core/name.h)';
COMMENT ON COLUMN lg.opening_trigram.opening_id IS 'In whose title they stand';

CALL lg_gate.wall('lg.opening', employer => 'employer_id');
CALL lg_gate.wall('lg.opening_trigram', employer => '');

-- What everybody may see: of openings that are offered and marked as published, the facts that are meant for it, written by triggers
-- with each change of the opening or of its employer's name. The public (enter_public(tenant, 'jobs')) reads this table and no other.
CREATE TABLE lg.publication (
	tenant_id int NOT NULL,
	opening_id uuid NOT NULL,
	employer_id uuid NOT NULL,
	facts jsonb,
	posted timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (tenant_id, opening_id)
);
CREATE INDEX publication_posted ON lg.publication (tenant_id, posted, opening_id) WHERE facts IS NOT NULL; -- for publication_list
CREATE INDEX publication_changed ON lg.publication (tenant_id, changed);     -- for publication_last
CREATE INDEX publication_of ON lg.publication (tenant_id, employer_id);      -- for a name that changed
COMMENT ON TABLE lg.publication IS 'What everybody may see of openings';
COMMENT ON COLUMN lg.publication.tenant_id IS 'The office';
COMMENT ON COLUMN lg.publication.opening_id IS 'The opening';
COMMENT ON COLUMN lg.publication.employer_id IS 'Its employer';
COMMENT ON COLUMN lg.publication.facts IS 'Fields of src/core/opening.def, and employer_name; NULL: it is not shown any more';
COMMENT ON COLUMN lg.publication.posted IS 'When it was shown first, or again after it was not';
COMMENT ON COLUMN lg.publication.changed IS 'When this was changed last';
CALL lg_gate.wall('lg.publication', employer => '', staff => 'SELECT', job => '', gate => 'SELECT, INSERT, UPDATE');
CREATE POLICY everybody ON lg.publication FOR SELECT TO lg_web
	USING ((SELECT lg_gate.kind()) = 'public' AND (SELECT lg_gate.purpose()) = 'jobs');
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.publication_facts(o lg.opening) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT jsonb_object_agg(k, to_jsonb(o) -> k) || jsonb_build_object('employer_name', (SELECT e.name FROM lg.employer e WHERE e.id = o.employer_id))
	  FROM unnest(ARRAY['title', 'kind', 'positions', 'words', 'occupations', 'languages', 'licences', 'skills', 'address', 'postal_code', 'town',
		'municipality', 'point', 'remote', 'start_on', 'ends_on', 'hours', 'schedule', 'expires_on', 'assistant_allowed', 'driving', 'offers',
		'public_contact', 'public_phone', 'public_mail', 'invented']) k
	 WHERE o.published AND o.state = 'open'
	HAVING count(*) > 0
$$;
COMMENT ON FUNCTION lg_gate.publication_facts(lg.opening) IS 'What everybody may see of an opening; NULL: nothing.';

-- One that was never shown leaves nothing behind.
CREATE FUNCTION lg_gate.publication_put() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE shown jsonb := CASE WHEN TG_OP <> 'DELETE' THEN lg_gate.publication_facts(NEW) END;
BEGIN
	IF shown IS NOT NULL THEN
		INSERT INTO lg.publication AS p (opening_id, employer_id, facts) VALUES (NEW.id, NEW.employer_id, shown)
		ON CONFLICT (tenant_id, opening_id) DO UPDATE SET facts = EXCLUDED.facts, changed = now(),
			posted = CASE WHEN p.facts IS NULL THEN now() ELSE p.posted END
		WHERE p.facts IS DISTINCT FROM EXCLUDED.facts;
	ELSIF TG_OP <> 'INSERT' THEN
		UPDATE lg.publication SET facts = NULL, changed = now() WHERE opening_id = OLD.id AND facts IS NOT NULL;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.publication_put() IS 'Trigger: lg.publication follows lg.opening.';

CREATE FUNCTION lg_gate.publication_rename() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE lg.publication SET facts = jsonb_set(facts, '{employer_name}', to_jsonb(NEW.name)), changed = now()
	 WHERE employer_id = NEW.id AND facts IS NOT NULL;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.publication_rename() IS 'Trigger: lg.publication follows the name in lg.employer.';
GRANT EXECUTE ON FUNCTION lg_gate.publication_put(), lg_gate.publication_rename() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
-- Most are never shown: they do not pay for it.
CREATE TRIGGER publication_insert AFTER INSERT ON lg.opening FOR EACH ROW WHEN (NEW.published) EXECUTE FUNCTION lg_gate.publication_put();
CREATE TRIGGER publication_update AFTER UPDATE ON lg.opening FOR EACH ROW WHEN (OLD.published OR NEW.published)
	EXECUTE FUNCTION lg_gate.publication_put();
CREATE TRIGGER publication_delete AFTER DELETE ON lg.opening FOR EACH ROW WHEN (OLD.published) EXECUTE FUNCTION lg_gate.publication_put();
CREATE TRIGGER publication AFTER UPDATE ON lg.employer FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name)
	EXECUTE FUNCTION lg_gate.publication_rename();
RESET ROLE;
