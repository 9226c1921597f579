-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What became of somebody at the office that took the card on: interview, trial day, start, still there after 3, 6 and 12 months, or a stop with
-- its reason; and what is no job. The receiver writes it; the giver and the office whose candidate it is read it on their own pages, so that
-- nobody has to ring. What is to be asked again follows from these rows (part `asks` of src/core/share_outcome.sql): there is no task whose
-- words would outlive the card.
--
-- An enquiry to the hotline may be about a card that was received, instead of a candidate of the office's own: nobody is registered twice.
SET LOCAL ROLE lg_owner;
CREATE TABLE lg.share_outcome (
	root_tenant int NOT NULL,
	from_tenant int NOT NULL,
	to_tenant int NOT NULL,
	share_id uuid NOT NULL,
	n int NOT NULL CHECK (n BETWEEN 1 AND 1000),
	kind text NOT NULL CHECK (kind IN ('interview', 'trial_day', 'start', 'still_3', 'still_6', 'still_12', 'stopped', 'visit', 'taster_day',
		'language_cafe', 'volunteer')),
	on_day date NOT NULL,
	reason text,
	place text CHECK (length(place) <= 160),
	words text CHECK (length(words) <= 1000),
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (to_tenant, share_id, n),
	FOREIGN KEY (from_tenant, share_id, to_tenant, root_tenant) REFERENCES lg.share (from_tenant, id, to_tenant, root_tenant) ON DELETE CASCADE,
	CONSTRAINT stopped_with_reason CHECK ((kind = 'stopped') = (reason IS NOT NULL))
);
CREATE INDEX share_outcome_of ON lg.share_outcome (from_tenant, share_id);
CREATE INDEX share_outcome_root ON lg.share_outcome (root_tenant, share_id);
CREATE INDEX share_outcome_asks ON lg.share_outcome (to_tenant, on_day) WHERE kind IN ('interview', 'trial_day', 'start');
COMMENT ON TABLE lg.share_outcome IS 'What became of somebody whose card an office took on; written once, by that office.';
COMMENT ON COLUMN lg.share_outcome.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.share_outcome.from_tenant IS 'The office that gave the card.';
COMMENT ON COLUMN lg.share_outcome.to_tenant IS 'The office that writes.';
COMMENT ON COLUMN lg.share_outcome.share_id IS 'Of which share.';
COMMENT ON COLUMN lg.share_outcome.n IS 'First, second, ...: of two at the same moment one is refused.';
COMMENT ON COLUMN lg.share_outcome.kind IS 'One of the list outcome.';
COMMENT ON COLUMN lg.share_outcome.on_day IS 'The day.';
COMMENT ON COLUMN lg.share_outcome.reason IS 'Why it stopped: one of the list outcome_stop.';
COMMENT ON COLUMN lg.share_outcome.place IS 'Where.';
COMMENT ON COLUMN lg.share_outcome.words IS 'In words.';
COMMENT ON COLUMN lg.share_outcome.at IS 'When it was written.';
COMMENT ON COLUMN lg.share_outcome.account_id IS 'By whom.';
COMMENT ON COLUMN lg.share_outcome.account_name IS 'Their name, for the other offices.';
CALL lg_gate.wall_chain('lg.share_outcome', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'to_tenant',
	staff => 'SELECT', job => 'SELECT');
CALL lg_gate.merges('lg.share_outcome', 'copied');  -- lg_gate.share_left()
GRANT INSERT (root_tenant, from_tenant, to_tenant, share_id, n, kind, on_day, reason, place, words) ON lg.share_outcome TO lg_web;
CREATE POLICY alive ON lg.share_outcome AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = share_outcome.from_tenant AND s.id = share_outcome.share_id
		AND s.to_tenant = share_outcome.to_tenant AND s.root_tenant = share_outcome.root_tenant));

-- No reference: the card is the giver's, and may be gone; then nothing is shown.
ALTER TABLE lg.enquiry ADD COLUMN share_id uuid,
	ADD CONSTRAINT basis_before_card CHECK (legal_basis IS NOT NULL OR share_id IS NULL),
	ADD CONSTRAINT card_when_named CHECK (about = 'named' OR share_id IS NULL);
COMMENT ON COLUMN lg.enquiry.share_id IS 'Whom it is about, when another office gave a card';
RESET ROLE;

-- As in schema/0028, with what became of it.
SET LOCAL ROLE lg_gate;
CREATE OR REPLACE FUNCTION lg_gate.share_left() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due;
	kept jsonb;
BEGIN
	IF was = '' OR lg_gate.purpose() <> 'tenant_merge' THEN
		RETURN OLD;
	END IF;
	SELECT * INTO d FROM lg_gate.tenant_merge_due x WHERE x.from_tenant = OLD.root_tenant AND x.running;
	IF d.id IS NULL OR lg_gate.tenant() <> d.from_tenant THEN
		RETURN OLD;
	END IF;
	kept := to_jsonb(OLD) || jsonb_build_object(
		'referrals', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.created), '[]') FROM lg.referral r WHERE r.from_tenant = OLD.from_tenant AND r.share_id = OLD.id),
		'answers', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.n), '[]') FROM lg.share_answer a WHERE a.from_tenant = OLD.from_tenant AND a.share_id = OLD.id),
		'outcomes', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.n), '[]') FROM lg.share_outcome a WHERE a.from_tenant = OLD.from_tenant AND a.share_id = OLD.id));
	PERFORM lg_gate.sign(d.into_tenant || '|job||||tenant_merge');
	INSERT INTO lg.tenant_merge_left (tenant_id, was_tenant, tab, why, content) VALUES (d.into_tenant, d.from_tenant, 'lg.share', 'between', kept);
	PERFORM set_config('lg.ctx', was, true);
	RETURN OLD;
END $$;
RESET ROLE;
