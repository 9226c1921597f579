-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What one office tells another of a candidate: a card with the facts that the agreement of the two names, until a day. Who received it may
-- hand it on where that was allowed; what was handed on ends with the share it came from, in the same moment.
--
-- THE CHAIN. A share belongs to two offices, from_tenant and to_tenant, and is seen by a third, root_tenant, whose candidate it is. A share that was
-- handed on refers to the one before it with that one's `until`, ON UPDATE CASCADE: so withdrawing it at the source hides all cards behind it, on
-- every page of every office, with the commit. All of them hang on the candidate: whoever is erased there is erased everywhere.
--
-- THE CARD. Nobody writes a card: lg_gate.share_put() makes it, of the candidate or of the share before, with the fields that the agreement
-- names, whatever the program says. It follows the candidate: what is changed there is on all cards with the commit. Of somebody whose name
-- and address are protected, neither is on any card. Where somebody lives is rounded to a twentieth of a degree, 3 to 6 kilometres.
--
-- THE MATCHER is told of a card as of a candidate of the receiver's, under a handle of the share's, in the same transaction; an entry with
-- an end is none after it (lg.match_entry.until).
--
-- WHAT THE RECEIVER DOES is written by the receiver, seen by the giver and by the office whose candidate it is: lg.share_read (who looked, once a day
-- and way) and lg.share_answer. Neither can be written once the share is over.
SET LOCAL ROLE lg_owner;
ALTER TABLE lg.match_entry ADD COLUMN until timestamptz;
COMMENT ON COLUMN lg.match_entry.until IS 'Of somebody shared: from then on there is no such entry';
CREATE INDEX match_entry_ends ON lg.match_entry (tenant_id, until) WHERE until IS NOT NULL;  -- for match_changed

CREATE TABLE lg.share (
	root_tenant int NOT NULL,
	from_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> from_tenant AND to_tenant <> root_tenant),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	version int NOT NULL DEFAULT 1,
	candidate_id uuid NOT NULL,
	parent_id uuid CHECK ((parent_id IS NULL) = (from_tenant = root_tenant)),
	agreement_id uuid NOT NULL,
	fields text[] NOT NULL CHECK (cardinality(fields) BETWEEN 1 AND 40),
	card jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(card) = 'object'),
	given_until timestamptz NOT NULL,
	source_until timestamptz,
	until timestamptz NOT NULL GENERATED ALWAYS AS (least(given_until, source_until)) STORED,
	may_forward bool NOT NULL DEFAULT false,
	legal_basis text NOT NULL CHECK (legal_basis <> ''),
	why text NOT NULL CHECK (why <> '' AND length(why) <= 400),
	handle uuid NOT NULL DEFAULT gen_random_uuid(),
	created timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	withdrawn timestamptz,
	withdrawn_why text,
	PRIMARY KEY (from_tenant, id),
	UNIQUE (from_tenant, id, to_tenant, root_tenant),
	UNIQUE (to_tenant, id, until, root_tenant, candidate_id),
	UNIQUE (to_tenant, handle),
	FOREIGN KEY (root_tenant, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (from_tenant, parent_id, source_until, root_tenant, candidate_id) REFERENCES lg.share (to_tenant, id, until, root_tenant, candidate_id)
		ON UPDATE CASCADE ON DELETE CASCADE,
	CHECK (parent_id IS NULL OR source_until IS NOT NULL)
);
CREATE INDEX share_of ON lg.share (root_tenant, candidate_id, created);
CREATE INDEX share_root ON lg.share (root_tenant, id);
CREATE INDEX share_behind ON lg.share (from_tenant, parent_id);
CREATE INDEX share_received ON lg.share (to_tenant, until);
CREATE INDEX share_under ON lg.share (from_tenant, agreement_id);
COMMENT ON TABLE lg.share IS 'That one office told another of a candidate.';
COMMENT ON COLUMN lg.share.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.share.from_tenant IS 'The office that gives.';
COMMENT ON COLUMN lg.share.to_tenant IS 'The office that receives.';
COMMENT ON COLUMN lg.share.id IS 'Random.';
COMMENT ON COLUMN lg.share.version IS 'Grows with each change that a person makes of it.';
COMMENT ON COLUMN lg.share.candidate_id IS 'Of whom: an id of root_tenant''s, which tells nothing.';
COMMENT ON COLUMN lg.share.parent_id IS 'The share that was handed on; NULL: it is the first.';
COMMENT ON COLUMN lg.share.agreement_id IS 'The agreement under which it is given.';
COMMENT ON COLUMN lg.share.fields IS 'Which facts: some of the agreement''s.';
COMMENT ON COLUMN lg.share.card IS 'These facts, and whether the person is available; made by lg_gate.share_put().';
COMMENT ON COLUMN lg.share.given_until IS 'Until when the giver gives it.';
COMMENT ON COLUMN lg.share.source_until IS 'Until when the share before it is: follows that one.';
COMMENT ON COLUMN lg.share.until IS 'The earlier of the two: the receiver sees it until then.';
COMMENT ON COLUMN lg.share.may_forward IS 'May the receiver hand it on?';
COMMENT ON COLUMN lg.share.legal_basis IS 'On what ground: of the agreement.';
COMMENT ON COLUMN lg.share.why IS 'What for, in words.';
COMMENT ON COLUMN lg.share.handle IS 'What the receiver''s matcher calls it: random, and told to nobody else.';
COMMENT ON COLUMN lg.share.created IS 'Since when.';
COMMENT ON COLUMN lg.share.account_id IS 'Who gave it.';
COMMENT ON COLUMN lg.share.account_name IS 'Their name, for the other offices.';
COMMENT ON COLUMN lg.share.withdrawn IS 'When the giver took it back.';
COMMENT ON COLUMN lg.share.withdrawn_why IS 'Why, in words; or one of the codes agreement_ended, fields_ended.';
CALL lg_gate.wall_chain('lg.share', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'from_tenant', until => 'until',
	staff => 'SELECT', job => 'SELECT', gate => 'SELECT, UPDATE');
CALL lg_gate.merges('lg.share', 'stays');  -- lg_gate.share_left()
GRANT INSERT (root_tenant, from_tenant, to_tenant, id, candidate_id, parent_id, source_until, agreement_id, fields, given_until, may_forward, why, legal_basis)
	ON lg.share TO lg_web;
GRANT UPDATE (version, candidate_id, agreement_id, fields, given_until, may_forward, why, withdrawn, withdrawn_why) ON lg.share TO lg_web;
CREATE POLICY units ON lg.share AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010, in the office whose candidate it is
	USING ((SELECT lg_gate.units()) IS NULL OR root_tenant <> (SELECT lg_gate.tenant()) OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR root_tenant <> (SELECT lg_gate.tenant()) OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));

CREATE TABLE lg.share_answer (
	root_tenant int NOT NULL,
	from_tenant int NOT NULL,
	to_tenant int NOT NULL,
	share_id uuid NOT NULL,
	n int NOT NULL CHECK (n BETWEEN 1 AND 1000),
	what text NOT NULL CHECK (what IN ('accepted', 'declined', 'handed_back', 'noted')),
	reason text,
	words text CHECK (length(words) <= 1000),
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (to_tenant, share_id, n),
	FOREIGN KEY (from_tenant, share_id, to_tenant, root_tenant) REFERENCES lg.share (from_tenant, id, to_tenant, root_tenant) ON DELETE CASCADE
);
CREATE INDEX share_answer_of ON lg.share_answer (from_tenant, share_id);
CREATE INDEX share_answer_root ON lg.share_answer (root_tenant, share_id);
COMMENT ON TABLE lg.share_answer IS 'What the receiver of a card says; written once, by the receiver.';
COMMENT ON COLUMN lg.share_answer.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.share_answer.from_tenant IS 'The office that gave the card.';
COMMENT ON COLUMN lg.share_answer.to_tenant IS 'The office that answers.';
COMMENT ON COLUMN lg.share_answer.share_id IS 'To which share.';
COMMENT ON COLUMN lg.share_answer.n IS 'First, second, ... answer: of two at the same moment one is refused.';
COMMENT ON COLUMN lg.share_answer.what IS 'accepted, declined, handed_back, or noted.';
COMMENT ON COLUMN lg.share_answer.reason IS 'Why not: one of the list share_reason.';
COMMENT ON COLUMN lg.share_answer.words IS 'In words.';
COMMENT ON COLUMN lg.share_answer.at IS 'When.';
COMMENT ON COLUMN lg.share_answer.account_id IS 'By whom.';
COMMENT ON COLUMN lg.share_answer.account_name IS 'Their name, for the other offices.';
CALL lg_gate.wall_chain('lg.share_answer', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'to_tenant',
	staff => 'SELECT', job => 'SELECT');
CALL lg_gate.merges('lg.share_answer', 'copied');  -- lg_gate.share_left()
GRANT INSERT (root_tenant, from_tenant, to_tenant, share_id, n, what, reason, words) ON lg.share_answer TO lg_web;

CREATE TABLE lg.share_read (
	root_tenant int NOT NULL,
	from_tenant int NOT NULL,
	to_tenant int NOT NULL,
	share_id uuid NOT NULL,
	day date NOT NULL DEFAULT current_date,
	account_id uuid NOT NULL DEFAULT lg_gate.account(),
	what text NOT NULL CHECK (what IN ('list', 'card', 'match')),
	at timestamptz NOT NULL DEFAULT now(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (to_tenant, share_id, day, account_id, what),
	FOREIGN KEY (from_tenant, share_id, to_tenant, root_tenant) REFERENCES lg.share (from_tenant, id, to_tenant, root_tenant) ON DELETE CASCADE
);
CREATE INDEX share_read_of ON lg.share_read (from_tenant, share_id);
CREATE INDEX share_read_root ON lg.share_read (root_tenant, share_id);
COMMENT ON TABLE lg.share_read IS 'Who of the receivers saw a card: once a day for each person and way, written with the page.';
COMMENT ON COLUMN lg.share_read.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.share_read.from_tenant IS 'The office that gave the card.';
COMMENT ON COLUMN lg.share_read.to_tenant IS 'The office that looked.';
COMMENT ON COLUMN lg.share_read.share_id IS 'At which share.';
COMMENT ON COLUMN lg.share_read.day IS 'On which day.';
COMMENT ON COLUMN lg.share_read.account_id IS 'Who.';
COMMENT ON COLUMN lg.share_read.what IS 'Where: in a list, the card itself, among the matches of an opening.';
COMMENT ON COLUMN lg.share_read.at IS 'The first time that day.';
COMMENT ON COLUMN lg.share_read.account_name IS 'Their name, for the other offices.';
CALL lg_gate.wall_chain('lg.share_read', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'to_tenant',
	staff => 'SELECT', job => 'SELECT');
CALL lg_gate.merges('lg.share_read', 'stays');  -- lg_gate.share_left()
GRANT INSERT (root_tenant, from_tenant, to_tenant, share_id, what) ON lg.share_read TO lg_web;

CREATE POLICY alive ON lg.share_answer AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = share_answer.from_tenant AND s.id = share_answer.share_id
		AND s.to_tenant = share_answer.to_tenant AND s.root_tenant = share_answer.root_tenant));
CREATE POLICY alive ON lg.share_read AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = share_read.from_tenant AND s.id = share_read.share_id
		AND s.to_tenant = share_read.to_tenant AND s.root_tenant = share_read.root_tenant));

-- Cards are made of candidates.
CREATE POLICY gate ON lg.candidate TO lg_gate USING (true);
GRANT SELECT ON lg.candidate TO lg_gate;
UPDATE lg_gate.walled SET gate = 'SELECT' WHERE name = 'lg.candidate';
RESET ROLE;

SET LOCAL ROLE lg_gate;
-- Of a candidate, or of the card before. It says always whether the person is available, and whether nobody is this person.
CREATE FUNCTION lg_gate.share_card(r jsonb, fields text[]) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT jsonb_build_object('state', r -> 'state', 'invented', r -> 'invented') || coalesce((SELECT jsonb_object_agg(c,
			CASE WHEN c LIKE '%_e6' AND jsonb_typeof(r -> c) = 'number' THEN to_jsonb((round((r ->> c)::numeric / 50000) * 50000)::int) ELSE r -> c END)
		FROM lg_ref.share_field f, unnest(f.columns) c
		WHERE f.name = ANY (share_card.fields) AND r ? c AND NOT (f.kept_back AND coalesce((r ->> 'protected_address')::bool, false))), '{}')
$$;
COMMENT ON FUNCTION lg_gate.share_card(jsonb, text[]) IS 'The card of somebody with these fields, and no more.';

-- The one rule of sharing, whoever writes: an agreement of both that is in force and goes that way, no more fields than it names, no longer
-- than it lasts; handed on only what may be, no more and no longer than it was given; and the card is made here.
CREATE FUNCTION lg_gate.share_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	a lg.agreement;
	p lg.share;
	grows bool := TG_OP = 'INSERT';
	whole jsonb;
BEGIN
	IF NEW.from_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it, unless it is a share before this one that changed, and takes this along
	END IF;
	IF TG_OP = 'UPDATE' THEN
		IF (NEW.root_tenant, NEW.from_tenant, NEW.to_tenant, NEW.id, NEW.parent_id) IS DISTINCT FROM (OLD.root_tenant, OLD.from_tenant, OLD.to_tenant, OLD.id, OLD.parent_id)
			OR NEW.parent_id IS NOT NULL AND NEW.candidate_id <> OLD.candidate_id THEN
			RAISE EXCEPTION 'a share stays what it is' USING ERRCODE = '23514', CONSTRAINT = 'share_is_another';
		END IF;
		grows := NEW.given_until > OLD.given_until OR NOT NEW.fields <@ OLD.fields OR NEW.may_forward AND NOT OLD.may_forward
			OR NEW.agreement_id <> OLD.agreement_id OR OLD.withdrawn IS NOT NULL AND NEW.withdrawn IS NULL;
	END IF;
	IF NEW.parent_id IS NULL THEN
		NEW.root_tenant := NEW.from_tenant;
		NEW.source_until := NULL;
		SELECT to_jsonb(c) INTO whole FROM lg.candidate c WHERE c.id = NEW.candidate_id;
	ELSE
		SELECT s.* INTO p FROM lg.share s WHERE s.to_tenant = NEW.from_tenant AND s.id = NEW.parent_id AND s.until > now();
		whole := p.card;
		IF grows THEN
			IF p.id IS NULL OR NOT p.may_forward OR NOT NEW.fields <@ p.fields THEN
				RAISE EXCEPTION 'this may not be handed on' USING ERRCODE = '23514', CONSTRAINT = 'share_not_to_forward';
			END IF;
			NEW.root_tenant := p.root_tenant;
			NEW.candidate_id := p.candidate_id;
			NEW.source_until := p.until;
		END IF;
	END IF;
	IF grows THEN
		-- Who ends the agreement at this moment waits, or has ended it before.
		PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.agreement_id::text, 26));
		SELECT x.* INTO a FROM lg.agreement x WHERE x.id = NEW.agreement_id
			AND (x.from_tenant = NEW.from_tenant AND x.to_tenant = NEW.to_tenant AND x.direction IN ('give', 'both')
				OR x.from_tenant = NEW.to_tenant AND x.to_tenant = NEW.from_tenant AND x.direction IN ('receive', 'both'));
		IF a.id IS NULL OR lg.agreement_state(a, current_date) <> 'in_force' THEN
			RAISE EXCEPTION 'no agreement is in force that allows this' USING ERRCODE = '23514', CONSTRAINT = 'share_without_agreement';
		END IF;
		IF NOT NEW.fields <@ a.fields THEN
			RAISE EXCEPTION 'the agreement does not name these fields' USING ERRCODE = '23514', CONSTRAINT = 'share_beyond_fields';
		END IF;
		IF NEW.given_until > a.valid_to + 1 OR NEW.given_until <= now() THEN
			RAISE EXCEPTION 'the agreement does not last so long' USING ERRCODE = '23514', CONSTRAINT = 'share_beyond_agreement';
		END IF;
		IF NEW.may_forward AND NOT a.may_forward THEN
			RAISE EXCEPTION 'the agreement does not allow handing on' USING ERRCODE = '23514', CONSTRAINT = 'share_not_to_forward';
		END IF;
		NEW.legal_basis := a.legal_basis;
	END IF;
	IF whole IS NOT NULL THEN
		NEW.card := lg_gate.share_card(whole, NEW.fields);
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION lg_gate.share_put() IS 'Trigger: the rule of sharing, and the card.';

-- A share was given, changed, ended or erased: the receiver's matcher hears of it, and what was handed on follows. This acts for the
-- receiver for a moment, and gives the context back.
CREATE FUNCTION lg_gate.share_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	s lg.share := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN lg_gate.match_facts('candidate', OLD.card) END;
	after jsonb := CASE WHEN TG_OP <> 'DELETE' AND NEW.until > now() THEN lg_gate.match_facts('candidate', NEW.card) END;
	ends timestamptz := CASE WHEN after IS NOT NULL THEN NEW.until END;
	less bool := TG_OP = 'UPDATE' AND (OLD.card <> NEW.card OR NOT OLD.fields <@ NEW.fields);
BEGIN
	PERFORM lg_gate.sign(s.to_tenant || '|job||||share');
	IF before IS DISTINCT FROM after OR after IS NOT NULL AND OLD.until IS DISTINCT FROM NEW.until THEN
		INSERT INTO lg.match_entry AS e (side, handle, facts, until, moment)
			VALUES ('candidate', s.handle, after, ends, pg_current_xact_id()::text::bigint)
			ON CONFLICT (tenant_id, side, handle) DO UPDATE SET facts = EXCLUDED.facts, until = EXCLUDED.until, moment = EXCLUDED.moment;
	END IF;
	IF less THEN
		UPDATE lg.share x SET given_until = now(), withdrawn = now(), withdrawn_why = 'fields_ended', version = x.version + 1
			WHERE x.parent_id = s.id AND x.until > now() AND NOT x.fields && s.fields;
		UPDATE lg.share x SET fields = ARRAY(SELECT f FROM unnest(x.fields) f WHERE f = ANY (s.fields)) WHERE x.parent_id = s.id AND x.until > now();
	END IF;
	PERFORM set_config('lg.ctx', was, true);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.share_changed() IS 'Trigger: lg.match_entry of the receiver, and the cards behind, follow a share.';

-- What is known of somebody changed: their cards are made anew. Without a context (a migration, an operator's hand) they stay as they are.
CREATE FUNCTION lg_gate.share_candidate() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF coalesce(current_setting('lg.ctx', true), '') <> '' THEN
		UPDATE lg.share s SET card = '{}' WHERE s.root_tenant = NEW.tenant_id AND s.candidate_id = NEW.id AND s.from_tenant = s.root_tenant AND s.until > now();
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.share_candidate() IS 'Trigger: cards follow the candidate.';

-- One of the two ended the agreement: so ends all that was given under it, both ways.
CREATE FUNCTION lg_gate.agreement_stepped() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE was text := coalesce(current_setting('lg.ctx', true), ''); t int;
BEGIN
	IF NEW.what <> 'ended' THEN
		RETURN NULL;
	END IF;
	FOREACH t IN ARRAY ARRAY[NEW.from_tenant, NEW.to_tenant] LOOP
		PERFORM lg_gate.sign(t || '|job||||share');
		UPDATE lg.share s SET given_until = now(), withdrawn = now(), withdrawn_why = 'agreement_ended', version = s.version + 1
			WHERE s.from_tenant = t AND s.agreement_id = NEW.agreement_id AND s.until > now();
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.agreement_stepped() IS 'Trigger: with an agreement ends what was given under it.';
REVOKE ALL ON FUNCTION lg_gate.share_card(jsonb, text[]), lg_gate.share_put(), lg_gate.share_changed(), lg_gate.share_candidate(), lg_gate.agreement_stepped() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.share_put(), lg_gate.share_changed(), lg_gate.share_candidate(), lg_gate.agreement_stepped() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.share FOR EACH ROW EXECUTE FUNCTION lg_gate.share_put();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON lg.share FOR EACH ROW EXECUTE FUNCTION lg_gate.share_changed();
CREATE TRIGGER share AFTER UPDATE ON lg.candidate FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION lg_gate.share_candidate();
CREATE TRIGGER stepped AFTER INSERT ON lg.agreement_step FOR EACH ROW EXECUTE FUNCTION lg_gate.agreement_stepped();
RESET ROLE;
