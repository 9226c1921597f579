-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Employers, as one office knows them. What the columns hold is said once, in src/core/employer.def; workplaces and contacts are arrays of
-- objects, checked there, and read and written as a whole.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.employer (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	registered_by uuid,
	invented boolean NOT NULL DEFAULT false,

	name text NOT NULL CHECK (name <> ''),
	number text,
	branch text,
	employees int,
	web text,

	relation text NOT NULL DEFAULT 'prospect',
	will text,
	will_on date,
	offers text,

	consultant uuid,
	stand_in uuid,

	next_step text,
	next_on date,

	workplaces jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(workplaces) = 'array'),
	people jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(people) = 'array'),

	sort_name text NOT NULL,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX employer_by_name ON lg.employer (tenant_id, sort_name, id);       -- for employer_list, employer_alike
CREATE INDEX employer_by_number ON lg.employer (tenant_id, number);            -- for employer_alike
CREATE INDEX employer_by_consultant ON lg.employer (tenant_id, consultant, id);
COMMENT ON TABLE lg.employer IS 'A company or public workplace, as one office knows it';
COMMENT ON COLUMN lg.employer.tenant_id IS 'The office whose record this is';
COMMENT ON COLUMN lg.employer.id IS 'Random, so that it tells nothing';
COMMENT ON COLUMN lg.employer.version IS 'Grows by one with each change: whoever saves says which one was seen';
COMMENT ON COLUMN lg.employer.created IS 'When it was registered';
COMMENT ON COLUMN lg.employer.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.employer.registered_by IS 'The account that registered it';
COMMENT ON COLUMN lg.employer.invented IS 'Made up for demonstrations: there is no such company';
COMMENT ON COLUMN lg.employer.name IS 'What it is called';
COMMENT ON COLUMN lg.employer.number IS 'Digits of its number in the register of companies (CVR, organisationsnummer)';
COMMENT ON COLUMN lg.employer.branch IS 'What it does: a section of NACE';
COMMENT ON COLUMN lg.employer.employees IS 'How many work there';
COMMENT ON COLUMN lg.employer.web IS 'Address on the web';
COMMENT ON COLUMN lg.employer.relation IS 'How far the office has come with it: one of the list relation_state';
COMMENT ON COLUMN lg.employer.will IS 'Whether it will take somebody: one of the list will';
COMMENT ON COLUMN lg.employer.will_on IS 'When that was said';
COMMENT ON COLUMN lg.employer.offers IS 'What it offered, in words';
COMMENT ON COLUMN lg.employer.consultant IS 'The one colleague it speaks with';
COMMENT ON COLUMN lg.employer.stand_in IS 'Who does when the consultant is away';
COMMENT ON COLUMN lg.employer.next_step IS 'What happens next';
COMMENT ON COLUMN lg.employer.next_on IS 'When';
COMMENT ON COLUMN lg.employer.workplaces IS 'Where people work: name, production unit number, address';
COMMENT ON COLUMN lg.employer.people IS 'Whom to speak with there';
COMMENT ON COLUMN lg.employer.sort_name IS 'The name, folded: what lists are sorted by';

CREATE TABLE lg.employer_trigram (
	tenant_id int NOT NULL,
	key text NOT NULL,
	employer_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, employer_id),
	FOREIGN KEY (tenant_id, employer_id) REFERENCES lg.employer (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX employer_trigram_of ON lg.employer_trigram (tenant_id, employer_id);
COMMENT ON TABLE lg.employer_trigram IS 'Runs of three letters of names: behind the wall only equality can use an index';
COMMENT ON COLUMN lg.employer_trigram.tenant_id IS 'The office';
COMMENT ON COLUMN lg.employer_trigram.key IS 'Three letters (src/core/name.h)';
COMMENT ON COLUMN lg.employer_trigram.employer_id IS 'In whose name they stand';

CALL lg_gate.wall('lg.employer', employer => 'id', gate => 'SELECT');
CALL lg_gate.wall('lg.employer_trigram', employer => '');
RESET ROLE;
