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
CALL lg_gate.merges('lg.referral', 'copied');  -- lg_gate.share_left()
GRANT INSERT (root_tenant, from_tenant, to_tenant, share_id, question, deadline, owner) ON lg.referral TO lg_web;
GRANT UPDATE (version, deadline, owner, reminders, reminded, escalated, escalated_why) ON lg.referral TO lg_web;
CREATE POLICY alive ON lg.referral AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = referral.from_tenant AND s.id = referral.share_id
		AND s.to_tenant = referral.to_tenant AND s.root_tenant = referral.root_tenant));
RESET ROLE;

-- When offices merge (schema/0025), what was between two of them ends with the one that ends; the other makes its own agreements. A card
-- that was given goes, and is kept with what was asked and answered among the rows for which there was no place; one that was received is the
-- giver's.
SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.share_left() RETURNS trigger
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
		'answers', (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.n), '[]') FROM lg.share_answer a WHERE a.from_tenant = OLD.from_tenant AND a.share_id = OLD.id));
	PERFORM lg_gate.sign(d.into_tenant || '|job||||tenant_merge');
	INSERT INTO lg.tenant_merge_left (tenant_id, was_tenant, tab, why, content) VALUES (d.into_tenant, d.from_tenant, 'lg.share', 'between', kept);
	PERFORM set_config('lg.ctx', was, true);
	RETURN OLD;
END $$;
COMMENT ON FUNCTION lg_gate.share_left() IS 'Trigger: a card that ends with its office is kept, with what was asked and answered.';
REVOKE ALL ON FUNCTION lg_gate.share_left() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.share_left() TO lg_owner;

ALTER FUNCTION lg_gate.tenant_merge_clashes(int, int) RENAME TO tenant_merge_clashes_within;
ALTER FUNCTION lg_gate.tenant_merge_clashes_within(int, int) SECURITY INVOKER;
REVOKE ALL ON FUNCTION lg_gate.tenant_merge_clashes_within(int, int) FROM lg_auth;
CREATE FUNCTION lg_gate.tenant_merge_clashes(from_office int, into_office int) RETURNS TABLE (what text, detail text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE was text := coalesce(current_setting('lg.ctx', true), '');
BEGIN
	RETURN QUERY SELECT * FROM lg_gate.tenant_merge_clashes_within(from_office, into_office);
	PERFORM lg_gate.sign(from_office || '|job||||tenant_merge');
	RETURN QUERY SELECT 'agreement that ends', t.name || ': ' || a.purpose FROM lg.agreement a
		JOIN lg_ref.tenant t ON t.id = CASE a.from_tenant WHEN from_office THEN a.to_tenant ELSE a.from_tenant END
		WHERE a.valid_to >= current_date AND NOT EXISTS (SELECT FROM lg.agreement_step s WHERE s.from_tenant = a.from_tenant AND s.agreement_id = a.id
			AND s.what IN ('declined', 'ended')) ORDER BY 2;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_clashes(int, int) IS 'What two offices have that cannot be twice in one, and what ends.';
COMMENT ON FUNCTION lg_gate.tenant_merge_clashes_within(int, int) IS 'Part of tenant_merge_clashes(): within the two offices.';
REVOKE ALL ON FUNCTION lg_gate.tenant_merge_clashes(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.tenant_merge_clashes(int, int) TO lg_auth;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER kept BEFORE DELETE ON lg.share FOR EACH ROW EXECUTE FUNCTION lg_gate.share_left();
RESET ROLE;
