-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- A referral: a share with a question and a day by which an answer is wanted. The giver writes this row, the receiver answers in lg.share_answer;
-- how it stands follows from both, and so both see the same (part `referral_state` of src/core/referral.sql):
--
--   sent          nobody of the receivers has opened the card
--   seen          somebody has
--   accepted      they go on with it; declined: they do not, and say why; handed_back: they had accepted, and give it back
--   over          the card was withdrawn, or its time is over
--
-- A reminder and an escalation are the giver's acts, and show on the receiver's day; no date moves anything by itself.
SET LOCAL ROLE lg_owner;
CREATE TABLE lg.referral (
	root_tenant int NOT NULL,
	from_tenant int NOT NULL,
	to_tenant int NOT NULL,
	share_id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	question text NOT NULL CHECK (question <> '' AND length(question) <= 1000),
	deadline date NOT NULL,
	owner uuid,
	created timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	reminders int NOT NULL DEFAULT 0 CHECK (reminders BETWEEN 0 AND 100),
	reminded timestamptz,
	escalated timestamptz,
	escalated_why text CHECK (length(escalated_why) <= 400),
	PRIMARY KEY (from_tenant, share_id),
	FOREIGN KEY (from_tenant, share_id, to_tenant, root_tenant) REFERENCES lg.share (from_tenant, id, to_tenant, root_tenant) ON DELETE CASCADE
);
CREATE INDEX referral_to ON lg.referral (to_tenant, deadline);
CREATE INDEX referral_from ON lg.referral (from_tenant, deadline);
CREATE INDEX referral_root ON lg.referral (root_tenant, share_id);
COMMENT ON TABLE lg.referral IS 'A card given with a question, and the day by which an answer is wanted.';
COMMENT ON COLUMN lg.referral.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.referral.from_tenant IS 'The office that asks.';
COMMENT ON COLUMN lg.referral.to_tenant IS 'The office that is asked.';
COMMENT ON COLUMN lg.referral.share_id IS 'The share; one referral each.';
COMMENT ON COLUMN lg.referral.version IS 'Grows with each act of the giver.';
COMMENT ON COLUMN lg.referral.question IS 'What is asked.';
COMMENT ON COLUMN lg.referral.deadline IS 'By when an answer is wanted.';
COMMENT ON COLUMN lg.referral.owner IS 'The account of the giver''s that follows it.';
COMMENT ON COLUMN lg.referral.created IS 'When it was sent.';
COMMENT ON COLUMN lg.referral.account_id IS 'By whom.';
COMMENT ON COLUMN lg.referral.account_name IS 'Their name, for the other offices.';
COMMENT ON COLUMN lg.referral.reminders IS 'How often the receiver was reminded.';
COMMENT ON COLUMN lg.referral.reminded IS 'When last.';
COMMENT ON COLUMN lg.referral.escalated IS 'When the receiver''s leader was asked.';
COMMENT ON COLUMN lg.referral.escalated_why IS 'In words.';
CALL lg_gate.wall_chain('lg.referral', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'from_tenant',
	staff => 'SELECT', job => 'SELECT');
GRANT INSERT (root_tenant, from_tenant, to_tenant, share_id, question, deadline, owner) ON lg.referral TO lg_web;
GRANT UPDATE (version, deadline, owner, reminders, reminded, escalated, escalated_why) ON lg.referral TO lg_web;
CREATE POLICY alive ON lg.referral AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = referral.from_tenant AND s.id = referral.share_id
		AND s.to_tenant = referral.to_tenant AND s.root_tenant = referral.root_tenant));
RESET ROLE;
