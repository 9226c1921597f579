-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Telephone calls that the exchange tells of (POST /api/v1/calls), and which extension is whose. A row says what is known of one call; its
-- state follows from that alone (src/modules/hotline/phone_rules.h), so events may come twice, late and out of order. There is no name of
-- anybody here: who calls is looked up while it rings, in what the office holds already. Numbers are forgotten by the jobs process
-- (job_forget_calls in src/core/jobs.sql says after how long).

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.call (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	source uuid NOT NULL,
	call text NOT NULL CHECK (call <> '' AND length(call) <= 255),
	caller_number text CHECK (caller_number ~ '^\+?[0-9]{1,15}$'),
	caller_digits text,
	extensions text[] NOT NULL DEFAULT '{}' CHECK (cardinality(extensions) <= 16),
	began timestamptz NOT NULL,
	answered_at timestamptz,
	answered_extension text,
	ended_at timestamptz,
	reason text CHECK (reason IN ('completed', 'missed', 'elsewhere', 'busy')),
	state text NOT NULL CHECK (state IN ('ringing', 'answered', 'ended')),
	result text CHECK (result IN ('answered', 'missed', 'elsewhere', 'busy')),
	agent uuid,
	enquiry_id uuid,
	left_at timestamptz,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, source, call),
	FOREIGN KEY (tenant_id, enquiry_id) REFERENCES lg.enquiry (tenant_id, id) ON DELETE SET NULL (enquiry_id),
	CONSTRAINT ended_with_result CHECK ((state = 'ended') = (result IS NOT NULL) AND (state <> 'ended' OR ended_at IS NOT NULL)),
	CONSTRAINT digits_of_a_number CHECK (caller_number IS NOT NULL OR caller_digits IS NULL)
);
CREATE INDEX call_latest ON lg.call (tenant_id, began DESC, id);                                             -- for phone_cards, phone_missed, phone_list
CREATE INDEX call_by_caller ON lg.call (tenant_id, caller_digits, began) WHERE caller_digits IS NOT NULL;    -- for phone_missed
CREATE INDEX call_of ON lg.call (tenant_id, enquiry_id) WHERE enquiry_id IS NOT NULL;
COMMENT ON TABLE lg.call IS 'A telephone call that came in, as the exchange tells of it';
COMMENT ON COLUMN lg.call.tenant_id IS 'The office that is called';
COMMENT ON COLUMN lg.call.id IS 'Random';
COMMENT ON COLUMN lg.call.created IS 'When the first event came';
COMMENT ON COLUMN lg.call.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.call.source IS 'The program that tells of it (lg.client)';
COMMENT ON COLUMN lg.call.call IS 'What that program calls it; our own id once the number is forgotten';
COMMENT ON COLUMN lg.call.caller_number IS 'The caller''s number, as +4586123456 where that can be said; NULL: withheld, or forgotten';
COMMENT ON COLUMN lg.call.caller_digits IS 'Its last eight digits: what callers are recognised by';
COMMENT ON COLUMN lg.call.extensions IS 'Where it rang';
COMMENT ON COLUMN lg.call.began IS 'The earliest moment that any event tells of';
COMMENT ON COLUMN lg.call.answered_at IS 'When it was answered';
COMMENT ON COLUMN lg.call.answered_extension IS 'Where it was answered';
COMMENT ON COLUMN lg.call.ended_at IS 'When it ended';
COMMENT ON COLUMN lg.call.reason IS 'Why it ended, as the exchange said';
COMMENT ON COLUMN lg.call.state IS 'ringing, answered, ended';
COMMENT ON COLUMN lg.call.result IS 'What became of it once it ended: answered, missed, elsewhere: answered at a telephone that nobody told of, busy';
COMMENT ON COLUMN lg.call.agent IS 'Who has it: whose extension answered, or who took it by a press';
COMMENT ON COLUMN lg.call.enquiry_id IS 'The enquiry that it led to';
COMMENT ON COLUMN lg.call.left_at IS 'When an agent said that nobody needs to ring back';

CREATE TABLE lg.call_extension (
	tenant_id int NOT NULL,
	account_id uuid NOT NULL,
	extension text NOT NULL CHECK (extension ~ '^[0-9A-Za-z_.+-]{1,32}$'),
	since timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (tenant_id, account_id),
	UNIQUE (tenant_id, extension)
);
COMMENT ON TABLE lg.call_extension IS 'Whose telephone is which extension: the agent says so, and whoever said it last has it';
COMMENT ON COLUMN lg.call_extension.tenant_id IS 'The office';
COMMENT ON COLUMN lg.call_extension.account_id IS 'Whose';
COMMENT ON COLUMN lg.call_extension.extension IS 'As the exchange calls it: 201';
COMMENT ON COLUMN lg.call_extension.since IS 'Since when';

CALL lg_gate.wall('lg.call');
CALL lg_gate.merges('lg.call', 'moved');
CALL lg_gate.wall('lg.call_extension');
CALL lg_gate.merges('lg.call_extension', 'moved', 'left');
RESET ROLE;
