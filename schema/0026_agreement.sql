-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Agreements of two offices on what one may tell the other of its candidates: for what, which facts, on what legal ground, from when
-- until when. One office proposes; it is in force once an authorised person of each has approved, and until one of them ends it.
-- Nothing of an agreement is ever changed: what is to be otherwise is another agreement, which may say whose place it takes.
--
-- ROWS OF TWO TENANTS IN A CHAIN. lg_gate.wall_between() (schema/0001) makes the wall of rows that two offices see and one writes. What is
-- handed on has a third party: the office where the chain began, which sees all of it. And where now the one, now the other writes, a
-- column says who. lg_gate.wall_chain() makes that wall:
--
--     CALL lg_gate.wall_chain('lg.share', giver => 'from_tenant', receiver => 'to_tenant', source => 'root_tenant', writer => 'from_tenant',
--         until => 'until');
--
-- What hangs on such a row with an end is seen and written only as long as the row is: a policy "alive", which asks for it by the columns
-- of the foreign key. test/store/wall/lint.sql wants it, and that a share handed on ends with the one it came from.
SET LOCAL ROLE lg_gate;
ALTER TABLE lg_gate.walled ADD COLUMN source text NOT NULL DEFAULT '';
COMMENT ON COLUMN lg_gate.walled.source IS 'between: the column of the tenant where the chain began, which sees all of it; empty: there is none.';

CREATE PROCEDURE lg_gate.wall_chain(tab regclass, giver text, receiver text, writer text, source text DEFAULT '', until text DEFAULT '',
	staff text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', job text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', gate text DEFAULT '')
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t text := '(SELECT lg_gate.tenant())';
	sees text := format('%I = %s OR %I = %s%s%s', giver, t, receiver, t, CASE until WHEN '' THEN '' ELSE format(' AND %I > now()', until) END,
		CASE source WHEN '' THEN '' ELSE format(' OR %I = %s', source, t) END);
	writes text := format('(%I = %s)', writer, t);
BEGIN
	CALL lg_gate.wall_common(tab, '', '', staff, job, gate);
	EXECUTE format('CREATE POLICY wall ON %s AS RESTRICTIVE FOR ALL TO PUBLIC USING (%s) WITH CHECK %s', tab, sees, writes);
	EXECUTE format('CREATE POLICY wall_update ON %s AS RESTRICTIVE FOR UPDATE TO PUBLIC USING %s WITH CHECK %s', tab, writes, writes);
	EXECUTE format('CREATE POLICY wall_delete ON %s AS RESTRICTIVE FOR DELETE TO PUBLIC USING %s', tab, writes);
	EXECUTE format('ALTER TABLE %s ALTER %I SET DEFAULT lg_gate.tenant()', tab, writer);
	INSERT INTO lg_gate.walled (name, class, staff, job, gate, giver, receiver, until, writer, source)
		VALUES (tab::text, 'between', staff, job, gate, giver, receiver, until, writer, source);
END $$;
COMMENT ON PROCEDURE lg_gate.wall_chain(regclass, text, text, text, text, text, text, text, text) IS
	'The wall of a table whose rows belong to two tenants, and are seen by the one where the chain began; the head of this file tells how.';

-- Who acts, as others know them: in rows that another office reads.
CREATE FUNCTION lg_gate.account_name() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE who uuid := lg_gate.account();
BEGIN
	RETURN coalesce((SELECT m.name FROM lg.member m WHERE m.account_id = who LIMIT 1), (SELECT c.name FROM lg.client c WHERE c.id = who), '');
END $$;
COMMENT ON FUNCTION lg_gate.account_name() IS 'The name of whoever acts, in this office; empty for jobs and public forms.';
GRANT EXECUTE ON PROCEDURE lg_gate.wall_chain(regclass, text, text, text, text, text, text, text, text) TO lg_owner;
GRANT EXECUTE ON FUNCTION lg_gate.account_name() TO lg_web, lg_job;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TABLE lg_ref.share_field (
	name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z_]{0,39}$'),
	columns text[] NOT NULL CHECK (cardinality(columns) > 0),
	kept_back bool NOT NULL DEFAULT false,
	sort int NOT NULL
);
COMMENT ON TABLE lg_ref.share_field IS 'What an agreement may name, and which facts of a candidate that is. What stands in no row is shared with nobody.';
COMMENT ON COLUMN lg_ref.share_field.name IS 'One of the list shared_field (src/core/choice.def).';
COMMENT ON COLUMN lg_ref.share_field.columns IS 'Columns of lg.candidate.';
COMMENT ON COLUMN lg_ref.share_field.kept_back IS 'Of somebody whose name and address are protected it is on no card.';
COMMENT ON COLUMN lg_ref.share_field.sort IS 'Its place in lists.';
CALL lg_gate.reference('lg_ref.share_field');
INSERT INTO lg_ref.share_field (sort, name, columns, kept_back) VALUES
(1, 'name', '{given_name,family_name,given_native,family_native}', true),
(2, 'contact', '{phone,mail,channel,contact_language,interpreter}', true),
(3, 'place', '{municipality,town,latitude_e6,longitude_e6}', true),
(4, 'stay', '{ground,stay_until}', false),
(5, 'languages', '{languages}', false),
(6, 'occupations', '{occupations}', false),
(7, 'skills', '{skills}', false),
(8, 'education', '{education}', false),
(9, 'experience', '{experience}', false),
(10, 'licences', '{licences}', false),
(11, 'wishes', '{wants_work,wants_work_on,can_start,contracts,hours_least,hours_most,commute_km,driving,wished}', false),
(12, 'week', '{available,classes}', false),
(13, 'needs', '{needs}', false);

CREATE TABLE lg.agreement (
	from_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> from_tenant),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	purpose text NOT NULL CHECK (purpose <> '' AND length(purpose) <= 400),
	direction text NOT NULL CHECK (direction IN ('give', 'receive', 'both')),
	fields text[] NOT NULL CHECK (cardinality(fields) BETWEEN 1 AND 40),
	may_forward bool NOT NULL DEFAULT false,
	legal_basis text NOT NULL CHECK (legal_basis <> ''),
	basis_words text CHECK (length(basis_words) <= 400),
	valid_from date NOT NULL,
	valid_to date NOT NULL CHECK (valid_to >= valid_from AND valid_to < valid_from + 3 * 366),
	renews uuid CHECK (renews <> id),
	created timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (from_tenant, id),
	UNIQUE (from_tenant, to_tenant, id)
);
CREATE INDEX agreement_to ON lg.agreement (to_tenant, id);
COMMENT ON TABLE lg.agreement IS 'An agreement of two offices on what one may tell the other of its candidates.';
COMMENT ON COLUMN lg.agreement.from_tenant IS 'The office that proposed it.';
COMMENT ON COLUMN lg.agreement.to_tenant IS 'The other one.';
COMMENT ON COLUMN lg.agreement.id IS 'Its id.';
COMMENT ON COLUMN lg.agreement.purpose IS 'For what, in words that a candidate understands.';
COMMENT ON COLUMN lg.agreement.direction IS 'Seen from who proposed it: give (cards go to the other), receive, or both.';
COMMENT ON COLUMN lg.agreement.fields IS 'Which facts: names of lg_ref.share_field.';
COMMENT ON COLUMN lg.agreement.may_forward IS 'May who received a card be allowed to hand it on?';
COMMENT ON COLUMN lg.agreement.legal_basis IS 'On what ground: one of the list legal_basis.';
COMMENT ON COLUMN lg.agreement.basis_words IS 'The law and the paragraph, in words.';
COMMENT ON COLUMN lg.agreement.valid_from IS 'First day.';
COMMENT ON COLUMN lg.agreement.valid_to IS 'Last day; no card is given for longer.';
COMMENT ON COLUMN lg.agreement.renews IS 'The agreement whose place it takes.';
COMMENT ON COLUMN lg.agreement.created IS 'When it was proposed.';
COMMENT ON COLUMN lg.agreement.account_id IS 'By whom.';
COMMENT ON COLUMN lg.agreement.account_name IS 'Their name, for the other office.';
CALL lg_gate.wall_chain('lg.agreement', giver => 'from_tenant', receiver => 'to_tenant', writer => 'from_tenant', staff => 'SELECT', job => 'SELECT',
	gate => 'SELECT');
CALL lg_gate.merges('lg.agreement', 'stays');  -- it ends with the office
GRANT INSERT (from_tenant, to_tenant, id, purpose, direction, fields, may_forward, legal_basis, basis_words, valid_from, valid_to, renews)
	ON lg.agreement TO lg_web;
CREATE POLICY authorised ON lg.agreement AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.roles()) && ARRAY['leader', 'administrator']);

CREATE TABLE lg.agreement_step (
	from_tenant int NOT NULL,
	to_tenant int NOT NULL,
	author_tenant int NOT NULL CHECK (author_tenant IN (from_tenant, to_tenant)),
	agreement_id uuid NOT NULL,
	what text NOT NULL CHECK (what IN ('approved', 'declined', 'ended')),
	why text NOT NULL DEFAULT '' CHECK (length(why) <= 400),
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (from_tenant, agreement_id, author_tenant, what),
	FOREIGN KEY (from_tenant, to_tenant, agreement_id) REFERENCES lg.agreement (from_tenant, to_tenant, id)
);
CREATE INDEX agreement_step_to ON lg.agreement_step (to_tenant, agreement_id);
COMMENT ON TABLE lg.agreement_step IS 'What an office said of an agreement: each thing once, and never changed.';
COMMENT ON COLUMN lg.agreement_step.from_tenant IS 'The office that proposed the agreement.';
COMMENT ON COLUMN lg.agreement_step.to_tenant IS 'The other one.';
COMMENT ON COLUMN lg.agreement_step.author_tenant IS 'Which of the two says this.';
COMMENT ON COLUMN lg.agreement_step.agreement_id IS 'Of which agreement.';
COMMENT ON COLUMN lg.agreement_step.what IS 'approved, declined or ended.';
COMMENT ON COLUMN lg.agreement_step.why IS 'Why, in words.';
COMMENT ON COLUMN lg.agreement_step.at IS 'When.';
COMMENT ON COLUMN lg.agreement_step.account_id IS 'By whom.';
COMMENT ON COLUMN lg.agreement_step.account_name IS 'Their name, for the other office.';
CALL lg_gate.wall_chain('lg.agreement_step', giver => 'from_tenant', receiver => 'to_tenant', writer => 'author_tenant', staff => 'SELECT',
	job => 'SELECT', gate => 'SELECT');
CALL lg_gate.merges('lg.agreement_step', 'stays');  -- it ends with the office
GRANT INSERT (from_tenant, to_tenant, agreement_id, what, why) ON lg.agreement_step TO lg_web;
-- A person of that office who is authorised says it, no program.
CREATE POLICY authorised ON lg.agreement_step AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.kind()) = 'staff' AND (SELECT lg_gate.roles()) && ARRAY['leader', 'administrator']);
RESET ROLE;

SET LOCAL ROLE lg_owner;
-- The same for pages and for the rule: proposed, declined, ended, agreed (it begins later), in_force, expired.
CREATE FUNCTION lg.agreement_state(a lg.agreement, day date) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT CASE
		WHEN bool_or(s.what = 'declined') THEN 'declined'
		WHEN bool_or(s.what = 'ended') THEN 'ended'
		WHEN NOT coalesce(bool_or(s.what = 'approved' AND s.author_tenant = a.from_tenant) AND bool_or(s.what = 'approved' AND s.author_tenant = a.to_tenant), false)
			THEN CASE WHEN a.valid_to < day THEN 'expired' ELSE 'proposed' END
		WHEN a.valid_to < day THEN 'expired'
		WHEN a.valid_from > day THEN 'agreed'
		ELSE 'in_force' END
	FROM lg.agreement_step s WHERE s.from_tenant = a.from_tenant AND s.agreement_id = a.id
$$;
COMMENT ON FUNCTION lg.agreement_state(lg.agreement, date) IS 'How it stands with an agreement on a day, as whoever asks sees its steps.';
GRANT EXECUTE ON FUNCTION lg.agreement_state(lg.agreement, date) TO lg_web, lg_job, lg_gate;
RESET ROLE;

SET LOCAL ROLE lg_gate;
-- Of the facts that it names there are all, and it is no consent that carries it: a person who needs the office is not free to refuse.
CREATE FUNCTION lg_gate.agreement_check() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NEW.from_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it
	END IF;
	IF NOT NEW.fields <@ ARRAY(SELECT f.name FROM lg_ref.share_field f) THEN
		RAISE EXCEPTION 'there is no such field' USING ERRCODE = '23514', CONSTRAINT = 'agreement_fields';
	END IF;
	IF NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = NEW.to_tenant AND t.merged_into IS NULL AND (t.valid_to IS NULL OR t.valid_to >= current_date)) THEN
		RAISE EXCEPTION 'there is no such office' USING ERRCODE = '23514', CONSTRAINT = 'agreement_office';
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION lg_gate.agreement_check() IS 'Trigger: what an agreement must be.';

-- Each thing is said once; after a no or an end nothing more. Whoever says something of it waits for who does at the same moment.
CREATE FUNCTION lg_gate.agreement_step_check() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a lg.agreement;
BEGIN
	IF NEW.author_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(NEW.agreement_id::text, 26));
	SELECT x.* INTO a FROM lg.agreement x WHERE x.from_tenant = NEW.from_tenant AND x.id = NEW.agreement_id;
	IF a.id IS NULL OR lg.agreement_state(a, current_date) NOT IN ('proposed', 'agreed', 'in_force')
		OR NEW.what = 'declined' AND lg.agreement_state(a, current_date) <> 'proposed' THEN
		RAISE EXCEPTION 'of this agreement nothing more is said' USING ERRCODE = '23514', CONSTRAINT = 'agreement_is_over';
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION lg_gate.agreement_step_check() IS 'Trigger: what may be said of an agreement.';
REVOKE ALL ON FUNCTION lg_gate.agreement_check(), lg_gate.agreement_step_check() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.agreement_check(), lg_gate.agreement_step_check() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.agreement FOR EACH ROW EXECUTE FUNCTION lg_gate.agreement_check();
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.agreement_step FOR EACH ROW EXECUTE FUNCTION lg_gate.agreement_step_check();
RESET ROLE;
