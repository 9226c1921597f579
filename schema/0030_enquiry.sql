-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Enquiries that come to the hotline, and who is on. What the columns hold is said once, in src/modules/hotline/enquiry.def; states and
-- steps in enquiry_state.def. Two rules stand here as well, whoever writes: no name of a person before a legal basis is chosen, and what is
-- new is nobody's while all else has one owner, so that two who take the same call cannot both have it.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.enquiry (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	created_by uuid,
	changed timestamptz NOT NULL DEFAULT now(),
	invented boolean NOT NULL DEFAULT false,

	channel text NOT NULL CHECK (channel IN ('phone', 'callback', 'mail', 'web', 'walk_in')),
	caller_phone text,
	caller_digits text,
	caller_mail text,
	municipality text,
	caller_place text,
	caller_from uuid,

	legal_basis text,
	caller_name text,
	about text NOT NULL CHECK (about IN ('nobody', 'anonymous', 'named')),
	person_name text,
	candidate_id uuid,

	subject text NOT NULL,
	words text NOT NULL CHECK (words <> ''),
	occupation text,
	priority text NOT NULL DEFAULT 'normal' CHECK (priority IN ('normal', 'today', 'urgent')),
	callback_day date,
	callback_time text CHECK (callback_time ~ '^[0-2][0-9]:[0-5][0-9]$'),

	state text NOT NULL CHECK (state IN ('new', 'assigned', 'waiting', 'answered', 'closed')),
	state_since timestamptz NOT NULL DEFAULT now(),
	owner uuid,
	due_at timestamptz,
	outcome text,
	answer text,
	answered_at timestamptz,
	handovers int NOT NULL DEFAULT 0 CHECK (handovers >= 0),
	reopened int NOT NULL DEFAULT 0 CHECK (reopened >= 0),

	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE SET NULL (candidate_id),
	FOREIGN KEY (tenant_id, caller_from) REFERENCES lg.enquiry (tenant_id, id) ON DELETE SET NULL (caller_from),
	CONSTRAINT basis_before_name CHECK (legal_basis IS NOT NULL OR (caller_name IS NULL AND person_name IS NULL AND candidate_id IS NULL)),
	CONSTRAINT name_when_named CHECK (about = 'named' OR (person_name IS NULL AND candidate_id IS NULL)),
	CONSTRAINT one_owner CHECK ((state = 'new') = (owner IS NULL)),
	CONSTRAINT answered_with_outcome CHECK (state NOT IN ('answered', 'closed') OR outcome IS NOT NULL)
);
CREATE INDEX enquiry_open ON lg.enquiry (tenant_id, due_at, id) WHERE state IN ('new', 'assigned', 'waiting');  -- for enquiry_queue
CREATE INDEX enquiry_by_age ON lg.enquiry (tenant_id, created DESC, id DESC);                                   -- for enquiry_list
CREATE INDEX enquiry_by_caller ON lg.enquiry (tenant_id, caller_digits, created DESC) WHERE caller_digits IS NOT NULL;
CREATE INDEX enquiry_by_place ON lg.enquiry (tenant_id, municipality, created DESC) WHERE municipality IS NOT NULL;
CREATE INDEX enquiry_of ON lg.enquiry (tenant_id, candidate_id, created DESC) WHERE candidate_id IS NOT NULL;
CREATE INDEX enquiry_from ON lg.enquiry (tenant_id, caller_from) WHERE caller_from IS NOT NULL;
COMMENT ON TABLE lg.enquiry IS 'Somebody asked the hotline something';
COMMENT ON COLUMN lg.enquiry.tenant_id IS 'The office that answers';
COMMENT ON COLUMN lg.enquiry.id IS 'Random';
COMMENT ON COLUMN lg.enquiry.version IS 'Grows by one with each change: whoever saves says which one was seen';
COMMENT ON COLUMN lg.enquiry.created IS 'When it came';
COMMENT ON COLUMN lg.enquiry.created_by IS 'Who wrote it down';
COMMENT ON COLUMN lg.enquiry.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.enquiry.invented IS 'Made up for demonstrations';
COMMENT ON COLUMN lg.enquiry.channel IS 'How it came: one of the list enquiry_channel';
COMMENT ON COLUMN lg.enquiry.caller_phone IS 'The caller''s number';
COMMENT ON COLUMN lg.enquiry.caller_digits IS 'Its last eight digits: what callers are recognised by';
COMMENT ON COLUMN lg.enquiry.caller_mail IS 'The caller''s address';
COMMENT ON COLUMN lg.enquiry.municipality IS 'For which municipality the caller works or lives: DK-0730';
COMMENT ON COLUMN lg.enquiry.caller_place IS 'Where the caller works';
COMMENT ON COLUMN lg.enquiry.caller_from IS 'The earlier enquiry that the caller''s facts were taken from, so that nobody asked again';
COMMENT ON COLUMN lg.enquiry.legal_basis IS 'On what names may be held here: one of the list legal_basis; before it no name';
COMMENT ON COLUMN lg.enquiry.caller_name IS 'The caller''s name';
COMMENT ON COLUMN lg.enquiry.about IS 'nobody, anonymous: somebody who is not named, named';
COMMENT ON COLUMN lg.enquiry.person_name IS 'Whom it is about, until there is a candidate';
COMMENT ON COLUMN lg.enquiry.candidate_id IS 'Whom it is about';
COMMENT ON COLUMN lg.enquiry.subject IS 'What it is about: one of the list enquiry_subject';
COMMENT ON COLUMN lg.enquiry.words IS 'What is asked, without names';
COMMENT ON COLUMN lg.enquiry.occupation IS 'For which occupation: code of the taxonomy';
COMMENT ON COLUMN lg.enquiry.priority IS 'How soon: one of the list enquiry_priority';
COMMENT ON COLUMN lg.enquiry.callback_day IS 'We ring back on that day';
COMMENT ON COLUMN lg.enquiry.callback_time IS 'At that time on the office''s clock: 14:30';
COMMENT ON COLUMN lg.enquiry.state IS 'One of src/modules/hotline/enquiry_state.def';
COMMENT ON COLUMN lg.enquiry.state_since IS 'Since when';
COMMENT ON COLUMN lg.enquiry.owner IS 'Who has it; nobody while it is new';
COMMENT ON COLUMN lg.enquiry.due_at IS 'Until when an answer is due, on the clock of the opening hours';
COMMENT ON COLUMN lg.enquiry.outcome IS 'What came of it: one of the list enquiry_outcome';
COMMENT ON COLUMN lg.enquiry.answer IS 'What was answered, without names';
COMMENT ON COLUMN lg.enquiry.answered_at IS 'When it was answered first';
COMMENT ON COLUMN lg.enquiry.handovers IS 'How often it went from one to another';
COMMENT ON COLUMN lg.enquiry.reopened IS 'How often it was opened again';

CREATE TABLE lg.enquiry_trigram (
	tenant_id int NOT NULL,
	key text NOT NULL,
	enquiry_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, enquiry_id),
	FOREIGN KEY (tenant_id, enquiry_id) REFERENCES lg.enquiry (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX enquiry_trigram_of ON lg.enquiry_trigram (tenant_id, enquiry_id);
COMMENT ON TABLE lg.enquiry_trigram IS 'Runs of three letters of callers'' names and workplaces: behind the wall only equality can use an index';
COMMENT ON COLUMN lg.enquiry_trigram.tenant_id IS 'The office';
COMMENT ON COLUMN lg.enquiry_trigram.key IS 'Three letters (src/core/name.h)';
COMMENT ON COLUMN lg.enquiry_trigram.enquiry_id IS 'In whose caller''s name they stand';

CREATE TABLE lg.hotline_presence (
	tenant_id int NOT NULL,
	account_id uuid NOT NULL,
	state text NOT NULL CHECK (state IN ('on', 'away')),
	since timestamptz NOT NULL DEFAULT now(),
	until timestamptz,
	PRIMARY KEY (tenant_id, account_id)
);
COMMENT ON TABLE lg.hotline_presence IS 'Who answers the hotline now, and who is away and until when';
COMMENT ON COLUMN lg.hotline_presence.tenant_id IS 'The office';
COMMENT ON COLUMN lg.hotline_presence.account_id IS 'Whose';
COMMENT ON COLUMN lg.hotline_presence.state IS 'on or away; without a row: not on';
COMMENT ON COLUMN lg.hotline_presence.since IS 'Since when';
COMMENT ON COLUMN lg.hotline_presence.until IS 'An absence ends then; nothing: not said';

CALL lg_gate.wall('lg.enquiry', candidate => '');  -- the agents', not the person's own page
CALL lg_gate.merges('lg.enquiry', 'moved');
CREATE POLICY units ON lg.enquiry AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR candidate_id IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
CALL lg_gate.wall('lg.enquiry_trigram');
CALL lg_gate.merges('lg.enquiry_trigram', 'moved');
CALL lg_gate.wall('lg.hotline_presence');
CALL lg_gate.merges('lg.hotline_presence', 'dropped');
RESET ROLE;
