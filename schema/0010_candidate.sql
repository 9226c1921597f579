-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Candidates: people who seek work, as one office knows them. What the columns hold is said once, in src/core/candidate.def;
-- lists (languages, education ...) are arrays of objects, checked there, and read and written as a whole.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.candidate (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	registered_by uuid,
	invented boolean NOT NULL DEFAULT false,

	state text NOT NULL DEFAULT 'draft',
	state_since date NOT NULL DEFAULT current_date,
	closed_reason text,

	given_name text NOT NULL CHECK (given_name <> ''),
	family_name text NOT NULL CHECK (family_name <> ''),
	given_native text,
	family_native text,
	born date CHECK (born > '1900-01-01'),
	contact_language text,
	interpreter boolean NOT NULL DEFAULT false,

	phone text,
	mail text,
	channel text,
	address text,
	postal_code text,
	town text,
	municipality text,
	point text,
	latitude_e6 int,
	longitude_e6 int,
	protected_address boolean NOT NULL DEFAULT false,

	ground text,
	stay_until date,
	arrived date,

	wants_work text,
	wants_work_on date,
	can_start date,
	contracts jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(contracts) = 'array'),
	hours_least int CHECK (hours_least BETWEEN 0 AND 60),
	hours_most int CHECK (hours_most BETWEEN 0 AND 60),
	commute_km int CHECK (commute_km BETWEEN 0 AND 300),
	driving jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(driving) = 'array'),
	wish_words text,

	available text,
	classes text,

	needs jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(needs) = 'array'),
	needs_words text,

	legal_basis text NOT NULL,
	informed_on date,

	next_step text,
	next_on date,
	owner uuid,
	unit uuid,

	family jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(family) = 'array'),
	languages jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(languages) = 'array'),
	occupations jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(occupations) = 'array'),
	skills jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(skills) = 'array'),
	education jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(education) = 'array'),
	experience jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(experience) = 'array'),
	licences jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(licences) = 'array'),

	sort_name text NOT NULL,
	likeness text NOT NULL DEFAULT '',
	handle uuid NOT NULL DEFAULT gen_random_uuid(),
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, handle),
	FOREIGN KEY (tenant_id, unit) REFERENCES lg.unit,
	CHECK (hours_least IS NULL OR hours_most IS NULL OR hours_least <= hours_most),
	CHECK ((state = 'closed') = (closed_reason IS NOT NULL))
);
CREATE INDEX candidate_by_name ON lg.candidate (tenant_id, sort_name, id);       -- for candidate_by_name
CREATE INDEX candidate_by_next ON lg.candidate (tenant_id, owner, next_on, id);  -- for candidate_mine
-- For day_without_step, which says the same; and for candidate_count, which then need not read the rows.
CREATE INDEX candidate_without_step ON lg.candidate (tenant_id, created, id)
	WHERE state <> 'closed' AND (next_step IS NULL OR next_on IS NULL OR owner IS NULL);
CREATE INDEX candidate_counted ON lg.candidate (tenant_id, state) INCLUDE (id, unit, owner, next_on, stay_until, next_step);
CREATE INDEX candidate_by_likeness ON lg.candidate (tenant_id, likeness);        -- for candidate_alike

COMMENT ON TABLE lg.candidate IS 'A person who seeks work, as one office knows them';
COMMENT ON COLUMN lg.candidate.tenant_id IS 'The office whose record this is';
COMMENT ON COLUMN lg.candidate.id IS 'Random, so that it tells nothing';
COMMENT ON COLUMN lg.candidate.version IS 'Grows by one with each change: whoever saves says which one was seen';
COMMENT ON COLUMN lg.candidate.created IS 'When it was registered';
COMMENT ON COLUMN lg.candidate.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.candidate.registered_by IS 'The account that registered it';
COMMENT ON COLUMN lg.candidate.invented IS 'Made up for demonstrations: nobody is this person';
COMMENT ON COLUMN lg.candidate.state IS 'One of src/core/candidate_state.def';
COMMENT ON COLUMN lg.candidate.state_since IS 'The day the state was entered';
COMMENT ON COLUMN lg.candidate.closed_reason IS 'Why it is closed: one of src/core/candidate_state.def';
COMMENT ON COLUMN lg.candidate.given_name IS 'Given name in Latin letters';
COMMENT ON COLUMN lg.candidate.family_name IS 'Family name in Latin letters';
COMMENT ON COLUMN lg.candidate.given_native IS 'Given name in Cyrillic letters, as in the passport';
COMMENT ON COLUMN lg.candidate.family_native IS 'Family name in Cyrillic letters, as in the passport';
COMMENT ON COLUMN lg.candidate.born IS 'Date of birth';
COMMENT ON COLUMN lg.candidate.contact_language IS 'The language to write to them in';
COMMENT ON COLUMN lg.candidate.interpreter IS 'Talks need an interpreter';
COMMENT ON COLUMN lg.candidate.phone IS 'Phone';
COMMENT ON COLUMN lg.candidate.mail IS 'Mail address';
COMMENT ON COLUMN lg.candidate.channel IS 'Preferred way of contact';
COMMENT ON COLUMN lg.candidate.address IS 'Street and number';
COMMENT ON COLUMN lg.candidate.postal_code IS 'Postal code';
COMMENT ON COLUMN lg.candidate.town IS 'Town';
COMMENT ON COLUMN lg.candidate.municipality IS 'Country and code of the municipality, as DK-0730';
COMMENT ON COLUMN lg.candidate.point IS 'Where the address is on the map, when somebody placed it: "55.403800, 10.402400"';
COMMENT ON COLUMN lg.candidate.latitude_e6 IS 'Where they live, millionths of a degree: that point, else the centre of the municipality';
COMMENT ON COLUMN lg.candidate.longitude_e6 IS 'Where they live, millionths of a degree';
COMMENT ON COLUMN lg.candidate.protected_address IS 'Name and address are protected: shown after an extra click only, and left out of exports';
COMMENT ON COLUMN lg.candidate.ground IS 'Ground to stay: one of src/core/ground.def';
COMMENT ON COLUMN lg.candidate.stay_until IS 'The day the permit ends';
COMMENT ON COLUMN lg.candidate.arrived IS 'The day they came to the country';
COMMENT ON COLUMN lg.candidate.wants_work IS 'yes, later or no: a wish, and no reason is asked for';
COMMENT ON COLUMN lg.candidate.wants_work_on IS 'The day they said so';
COMMENT ON COLUMN lg.candidate.can_start IS 'The first day they can start';
COMMENT ON COLUMN lg.candidate.contracts IS 'Kinds of work they would take';
COMMENT ON COLUMN lg.candidate.hours_least IS 'Fewest hours a week';
COMMENT ON COLUMN lg.candidate.hours_most IS 'Most hours a week';
COMMENT ON COLUMN lg.candidate.commute_km IS 'Longest way to work, kilometres';
COMMENT ON COLUMN lg.candidate.driving IS 'Categories of driving licence';
COMMENT ON COLUMN lg.candidate.wish_words IS 'Wishes in their own words';
COMMENT ON COLUMN lg.candidate.available IS 'Hours they can work, a week (src/core/week.h)';
COMMENT ON COLUMN lg.candidate.classes IS 'Hours of class and other fixed hours, a week (src/core/week.h)';
COMMENT ON COLUMN lg.candidate.needs IS 'What a workplace should offer; never why';
COMMENT ON COLUMN lg.candidate.needs_words IS 'The same in words';
COMMENT ON COLUMN lg.candidate.legal_basis IS 'On what the office may hold this record';
COMMENT ON COLUMN lg.candidate.informed_on IS 'The day the person was told of it';
COMMENT ON COLUMN lg.candidate.next_step IS 'What happens next';
COMMENT ON COLUMN lg.candidate.next_on IS 'When';
COMMENT ON COLUMN lg.candidate.owner IS 'The account of the colleague who takes care of it';
COMMENT ON COLUMN lg.candidate.unit IS 'The unit that takes care of it; NULL: none, so that only roles of the whole office see it';
COMMENT ON COLUMN lg.candidate.family IS 'Family members';
COMMENT ON COLUMN lg.candidate.languages IS 'Languages by skill, with source and date';
COMMENT ON COLUMN lg.candidate.occupations IS 'Occupations (codes of the taxonomy), years, own words';
COMMENT ON COLUMN lg.candidate.skills IS 'Skills (URIs of the taxonomy)';
COMMENT ON COLUMN lg.candidate.education IS 'Education, own words beside the office''s';
COMMENT ON COLUMN lg.candidate.experience IS 'Work experience, own words beside the office''s';
COMMENT ON COLUMN lg.candidate.licences IS 'Licences, by country';
COMMENT ON COLUMN lg.candidate.handle IS 'What the matcher calls it: random, and told to nobody else';
COMMENT ON COLUMN lg.candidate.sort_name IS 'Family and given name, folded: what lists are sorted by';
COMMENT ON COLUMN lg.candidate.likeness IS 'A key that spellings of one name share (src/core/name.h): for the warning of a second registration';

CREATE TABLE lg.candidate_identifier (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	candidate_id uuid NOT NULL,
	position int NOT NULL,
	kind text NOT NULL,
	blind bytea NOT NULL CHECK (length(blind) = 32),
	box bytea NOT NULL,
	masked text NOT NULL,
	issuer text,
	valid_until date,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX candidate_identifier_of ON lg.candidate_identifier (tenant_id, candidate_id, position);
CREATE INDEX candidate_identifier_by_number ON lg.candidate_identifier (tenant_id, blind);
COMMENT ON TABLE lg.candidate_identifier IS 'Identity numbers, sealed: the number itself stands nowhere else';
COMMENT ON COLUMN lg.candidate_identifier.tenant_id IS 'The office';
COMMENT ON COLUMN lg.candidate_identifier.id IS 'The row';
COMMENT ON COLUMN lg.candidate_identifier.candidate_id IS 'Whose number it is';
COMMENT ON COLUMN lg.candidate_identifier.position IS 'Its place in the list';
COMMENT ON COLUMN lg.candidate_identifier.kind IS 'One of src/core/identifier.def';
COMMENT ON COLUMN lg.candidate_identifier.blind IS 'Keyed hash of the number, for looking it up';
COMMENT ON COLUMN lg.candidate_identifier.box IS 'The number, sealed with the person''s key';
COMMENT ON COLUMN lg.candidate_identifier.masked IS 'What is shown of it';
COMMENT ON COLUMN lg.candidate_identifier.issuer IS 'Who issued it';
COMMENT ON COLUMN lg.candidate_identifier.valid_until IS 'Until when it is good';

CREATE TABLE lg.candidate_trigram (
	tenant_id int NOT NULL,
	key text NOT NULL,
	candidate_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, candidate_id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX candidate_trigram_of ON lg.candidate_trigram (tenant_id, candidate_id);
COMMENT ON TABLE lg.candidate_trigram IS 'Runs of three letters of names in both scripts: behind the wall only equality can use an index';
COMMENT ON COLUMN lg.candidate_trigram.tenant_id IS 'The office';
COMMENT ON COLUMN lg.candidate_trigram.key IS 'Three letters (src/core/name.h)';
COMMENT ON COLUMN lg.candidate_trigram.candidate_id IS 'In whose name they stand';

CREATE TABLE lg.saved_view (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	account_id uuid NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	query text NOT NULL,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, account_id, name)
);
COMMENT ON TABLE lg.saved_view IS 'Filters of the list of candidates that somebody gave a name';
COMMENT ON COLUMN lg.saved_view.tenant_id IS 'The office';
COMMENT ON COLUMN lg.saved_view.id IS 'The view';
COMMENT ON COLUMN lg.saved_view.account_id IS 'Whose view it is';
COMMENT ON COLUMN lg.saved_view.name IS 'What it is called';
COMMENT ON COLUMN lg.saved_view.query IS 'The address behind /candidates?';

CALL lg_gate.wall('lg.candidate', candidate => 'id');
CALL lg_gate.wall('lg.candidate_identifier', candidate => 'candidate_id');
CALL lg_gate.wall('lg.candidate_trigram', candidate => '');
CALL lg_gate.wall('lg.saved_view');
CREATE POLICY own ON lg.saved_view AS RESTRICTIVE FOR ALL TO lg_web
	USING (account_id = (SELECT lg_gate.account())) WITH CHECK (account_id = (SELECT lg_gate.account()));

-- Whose roles are all of units works with the candidates of these units, and with what hangs on them. The units are asked for once
-- a statement; what hangs on a candidate asks for that row, which answers behind its own policies. (CASE, since with OR the planner
-- thinks that hardly a row is seen, and reads and sorts all of an office for one page.)
CREATE POLICY units ON lg.candidate AS RESTRICTIVE FOR ALL TO lg_web
	USING (CASE WHEN (SELECT lg_gate.units()) IS NULL THEN true ELSE unit = ANY ((SELECT lg_gate.units())::uuid[]) END)
	WITH CHECK (CASE WHEN (SELECT lg_gate.units()) IS NULL THEN true ELSE unit = ANY ((SELECT lg_gate.units())::uuid[]) END);
CREATE POLICY units ON lg.candidate_identifier AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
CREATE POLICY units ON lg.candidate_trigram AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
