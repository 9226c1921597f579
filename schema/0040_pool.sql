-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Pools: a pool is a tenant (of the kind "pool") to which its members give cards of people (lg.share) and of openings, and over all of which
-- one plan is made (lg.run). A member is who has an agreement with it in force (schema/0026).
--
--   lg.pool_giving    the member's standing order: all of a kind, until it is ended; what it gives follows from the rows, never the other way
--   lg.pool_opening   an opening that a member told the pool of, with a card that a trigger makes; the pool's matcher hears of it with the commit
--   lg.pool_match     what a plan found, for the office whose candidate it is, and for nobody else; made by lg_gate.pool_send() alone
--   lg.pool_answer    what that office says of it; an approval hands the card on to the office of the opening, in the same transaction
--
-- WHAT ENDS. A match lasts as long as both its sides are given: it refers to both with their ends, ON UPDATE CASCADE, as a share does to the
-- one before. So withdrawing a person or an opening, ending a standing order or an agreement takes all of it out with the commit.
--
-- WHO IS GIVEN TWICE is known by a pseudonym under a key of the pool, of the name as it sounds and the birth date, which only functions of the gate
-- can read: the pool learns which of its cards count for nothing (lg_gate.pool_twice()), a member which of its people another gives as well.
SET LOCAL ROLE lg_owner;
ALTER TABLE lg.share ADD COLUMN giving_id uuid, ADD COLUMN for_opening uuid;
COMMENT ON COLUMN lg.share.giving_id IS 'The standing order to a pool by which it was given; NULL: somebody gave it';
COMMENT ON COLUMN lg.share.for_opening IS 'The opening of the receiver''s that a pool found for the person; NULL: none in particular';
CREATE INDEX share_by_giving ON lg.share (from_tenant, giving_id, candidate_id) WHERE giving_id IS NOT NULL;
CREATE INDEX share_for_opening ON lg.share (to_tenant, for_opening) WHERE for_opening IS NOT NULL;

CREATE TABLE lg.pool_giving (
	from_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> from_tenant),
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	side text NOT NULL CHECK (side IN ('candidate', 'opening')),
	agreement_id uuid NOT NULL,
	fields text[] NOT NULL DEFAULT '{}' CHECK (cardinality(fields) <= 40),
	unit uuid,
	municipality text,
	occupation text,
	occupations text[] NOT NULL DEFAULT '{}',
	kind text,
	but uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(but) <= 20000),
	until timestamptz NOT NULL,
	why text NOT NULL CHECK (why <> '' AND length(why) <= 400),
	created timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	ended timestamptz,
	ended_why text CHECK (length(ended_why) <= 400),
	PRIMARY KEY (from_tenant, id),
	CHECK (side = 'opening' OR cardinality(fields) > 0)
);
CREATE INDEX pool_giving_to ON lg.pool_giving (to_tenant, id);
COMMENT ON TABLE lg.pool_giving IS 'A standing order: all of a kind is given to a pool, as it comes and goes.';
COMMENT ON COLUMN lg.pool_giving.from_tenant IS 'The member that gives.';
COMMENT ON COLUMN lg.pool_giving.to_tenant IS 'The pool.';
COMMENT ON COLUMN lg.pool_giving.id IS 'Random.';
COMMENT ON COLUMN lg.pool_giving.version IS 'Grows with each change.';
COMMENT ON COLUMN lg.pool_giving.side IS 'candidate or opening.';
COMMENT ON COLUMN lg.pool_giving.agreement_id IS 'The agreement under which it gives.';
COMMENT ON COLUMN lg.pool_giving.fields IS 'Of people: which facts, some of the agreement''s.';
COMMENT ON COLUMN lg.pool_giving.unit IS 'Only people of this unit.';
COMMENT ON COLUMN lg.pool_giving.municipality IS 'Only who lives, or what is, there.';
COMMENT ON COLUMN lg.pool_giving.occupation IS 'Only this occupation, or this group of them, as it was chosen.';
COMMENT ON COLUMN lg.pool_giving.occupations IS 'All occupations that it meant when it was chosen.';
COMMENT ON COLUMN lg.pool_giving.kind IS 'Only openings of this kind of contract.';
COMMENT ON COLUMN lg.pool_giving.but IS 'People or openings that are left out.';
COMMENT ON COLUMN lg.pool_giving.until IS 'Until when it gives.';
COMMENT ON COLUMN lg.pool_giving.why IS 'What for, in words.';
COMMENT ON COLUMN lg.pool_giving.created IS 'Since when.';
COMMENT ON COLUMN lg.pool_giving.account_id IS 'Who made it.';
COMMENT ON COLUMN lg.pool_giving.account_name IS 'Their name, for the pool.';
COMMENT ON COLUMN lg.pool_giving.ended IS 'When it was ended before.';
COMMENT ON COLUMN lg.pool_giving.ended_why IS 'Why, in words; or the code agreement_ended.';
CALL lg_gate.wall_between('lg.pool_giving', giver => 'from_tenant', receiver => 'to_tenant', writer => 'from_tenant', staff => 'SELECT', job => 'SELECT',
	gate => 'SELECT, UPDATE');
CALL lg_gate.merges('lg.pool_giving', 'stays');  -- agreements end with the office
GRANT INSERT (to_tenant, id, side, agreement_id, fields, unit, municipality, occupation, occupations, kind, until, why) ON lg.pool_giving TO lg_web;
GRANT UPDATE (version, but, ended, ended_why) ON lg.pool_giving TO lg_web;
-- Who works for some units gives nobody of others.
CREATE POLICY units ON lg.pool_giving AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR unit = ANY ((SELECT lg_gate.units())::uuid[]));

CREATE TABLE lg.pool_opening (
	from_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> from_tenant),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	version int NOT NULL DEFAULT 1,
	opening_id uuid NOT NULL,
	agreement_id uuid NOT NULL,
	giving_id uuid,
	card jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(card) = 'object'),
	until timestamptz NOT NULL,
	handle uuid NOT NULL DEFAULT gen_random_uuid(),
	created timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	withdrawn timestamptz,
	withdrawn_why text CHECK (length(withdrawn_why) <= 400),
	PRIMARY KEY (from_tenant, id),
	UNIQUE (from_tenant, to_tenant, opening_id),
	UNIQUE (to_tenant, id, until, from_tenant),
	UNIQUE (to_tenant, handle),
	FOREIGN KEY (from_tenant, opening_id) REFERENCES lg.opening (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX pool_opening_of ON lg.pool_opening (from_tenant, opening_id);
CREATE INDEX pool_opening_received ON lg.pool_opening (to_tenant, until);
CREATE INDEX pool_opening_by_giving ON lg.pool_opening (from_tenant, giving_id, opening_id) WHERE giving_id IS NOT NULL;
CREATE INDEX pool_opening_under ON lg.pool_opening (from_tenant, agreement_id);
COMMENT ON TABLE lg.pool_opening IS 'That a member told a pool of an opening.';
COMMENT ON COLUMN lg.pool_opening.from_tenant IS 'The member whose opening it is.';
COMMENT ON COLUMN lg.pool_opening.to_tenant IS 'The pool.';
COMMENT ON COLUMN lg.pool_opening.id IS 'Random.';
COMMENT ON COLUMN lg.pool_opening.version IS 'Grows with each change that a person makes of it.';
COMMENT ON COLUMN lg.pool_opening.opening_id IS 'Of which opening: an id of the member''s, which tells nothing.';
COMMENT ON COLUMN lg.pool_opening.agreement_id IS 'The agreement under which it is given.';
COMMENT ON COLUMN lg.pool_opening.giving_id IS 'The standing order by which it was given; NULL: somebody gave it.';
COMMENT ON COLUMN lg.pool_opening.card IS 'What the pool is told: made by lg_gate.pool_opening_put().';
COMMENT ON COLUMN lg.pool_opening.until IS 'Until when the pool sees it.';
COMMENT ON COLUMN lg.pool_opening.handle IS 'What the pool''s matcher calls it: random, and told to nobody else.';
COMMENT ON COLUMN lg.pool_opening.created IS 'Since when.';
COMMENT ON COLUMN lg.pool_opening.account_id IS 'Who gave it.';
COMMENT ON COLUMN lg.pool_opening.account_name IS 'Their name, for the pool.';
COMMENT ON COLUMN lg.pool_opening.withdrawn IS 'When the member took it back.';
COMMENT ON COLUMN lg.pool_opening.withdrawn_why IS 'Why, in words; or one of the codes agreement_ended, pool_no_more.';
CALL lg_gate.wall_between('lg.pool_opening', giver => 'from_tenant', receiver => 'to_tenant', writer => 'from_tenant', until => 'until',
	staff => 'SELECT', job => 'SELECT', gate => 'SELECT, INSERT, UPDATE');
CALL lg_gate.merges('lg.pool_opening', 'stays');  -- agreements end with the office
GRANT INSERT (to_tenant, id, opening_id, agreement_id, until) ON lg.pool_opening TO lg_web;
GRANT UPDATE (version, agreement_id, until, withdrawn, withdrawn_why) ON lg.pool_opening TO lg_web;

CREATE TABLE lg.pool_match (
	pool_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> pool_tenant),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	run_id uuid NOT NULL,
	share_id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	share_until timestamptz NOT NULL,
	opening_id uuid NOT NULL,
	opening_tenant int NOT NULL,
	opening_until timestamptz NOT NULL,
	until timestamptz NOT NULL GENERATED ALWAYS AS (least(share_until, opening_until)) STORED,
	card jsonb NOT NULL CHECK (jsonb_typeof(card) = 'object'),
	score int NOT NULL,
	sent timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	PRIMARY KEY (pool_tenant, id),
	UNIQUE (pool_tenant, id, to_tenant),
	UNIQUE (pool_tenant, share_id, opening_id),
	FOREIGN KEY (pool_tenant, share_id, share_until, to_tenant, candidate_id) REFERENCES lg.share (to_tenant, id, until, root_tenant, candidate_id)
		ON UPDATE CASCADE ON DELETE CASCADE,
	FOREIGN KEY (pool_tenant, opening_id, opening_until, opening_tenant) REFERENCES lg.pool_opening (to_tenant, id, until, from_tenant)
		ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX pool_match_to ON lg.pool_match (to_tenant, score DESC, id);
CREATE INDEX pool_match_candidate ON lg.pool_match (to_tenant, candidate_id);
CREATE INDEX pool_match_run ON lg.pool_match (pool_tenant, run_id, score DESC, id);
CREATE INDEX pool_match_opening ON lg.pool_match (pool_tenant, opening_id);
COMMENT ON TABLE lg.pool_match IS 'A pair that a plan of a pool found, for the office whose candidate it is.';
COMMENT ON COLUMN lg.pool_match.pool_tenant IS 'The pool.';
COMMENT ON COLUMN lg.pool_match.to_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg.pool_match.id IS 'Random.';
COMMENT ON COLUMN lg.pool_match.run_id IS 'The plan, of the pool''s.';
COMMENT ON COLUMN lg.pool_match.share_id IS 'The card that the pool has of the person.';
COMMENT ON COLUMN lg.pool_match.candidate_id IS 'The person: an id of to_tenant''s.';
COMMENT ON COLUMN lg.pool_match.share_until IS 'Until when the person is given: follows that share.';
COMMENT ON COLUMN lg.pool_match.opening_id IS 'The opening as the pool has it (lg.pool_opening).';
COMMENT ON COLUMN lg.pool_match.opening_tenant IS 'The office whose opening it is.';
COMMENT ON COLUMN lg.pool_match.opening_until IS 'Until when the opening is given: follows it.';
COMMENT ON COLUMN lg.pool_match.until IS 'The earlier of the two: the office sees it until then.';
COMMENT ON COLUMN lg.pool_match.card IS 'The opening''s card: follows lg.pool_opening.';
COMMENT ON COLUMN lg.pool_match.score IS 'What the plan said of the pair, of 10,000.';
COMMENT ON COLUMN lg.pool_match.sent IS 'When it was sent to the office.';
COMMENT ON COLUMN lg.pool_match.account_id IS 'By whom, of the pool.';
CALL lg_gate.wall_between('lg.pool_match', giver => 'pool_tenant', receiver => 'to_tenant', writer => 'pool_tenant', until => 'until',
	staff => 'SELECT', job => 'SELECT', gate => 'SELECT, INSERT, UPDATE');
CALL lg_gate.merges('lg.pool_match', 'stays');  -- a card ends with its office
CREATE POLICY units ON lg.pool_match AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010, in the office whose candidate it is
	USING ((SELECT lg_gate.units()) IS NULL OR to_tenant <> (SELECT lg_gate.tenant()) OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));

CREATE TABLE lg.pool_answer (
	pool_tenant int NOT NULL,
	to_tenant int NOT NULL,
	match_id uuid NOT NULL,
	n int NOT NULL CHECK (n BETWEEN 1 AND 1000),
	what text NOT NULL CHECK (what IN ('approved', 'rejected', 'passed')),
	reason text,
	words text CHECK (length(words) <= 400),
	colleague uuid,
	share_id uuid,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	account_name text NOT NULL DEFAULT lg_gate.account_name(),
	PRIMARY KEY (to_tenant, match_id, n),
	FOREIGN KEY (pool_tenant, match_id, to_tenant) REFERENCES lg.pool_match (pool_tenant, id, to_tenant) ON DELETE CASCADE,
	CHECK ((what = 'rejected') = (reason IS NOT NULL)),
	CHECK ((what = 'passed') = (colleague IS NOT NULL))
);
CREATE UNIQUE INDEX pool_answer_once ON lg.pool_answer (to_tenant, match_id) WHERE what <> 'passed';
CREATE INDEX pool_answer_of ON lg.pool_answer (pool_tenant, match_id);
COMMENT ON TABLE lg.pool_answer IS 'What an office says of a pair that a pool found for a person of its own; the last is what counts.';
COMMENT ON COLUMN lg.pool_answer.pool_tenant IS 'The pool.';
COMMENT ON COLUMN lg.pool_answer.to_tenant IS 'The office that answers.';
COMMENT ON COLUMN lg.pool_answer.match_id IS 'To what.';
COMMENT ON COLUMN lg.pool_answer.n IS 'First, second, ... answer: of two at the same moment one is refused.';
COMMENT ON COLUMN lg.pool_answer.what IS 'approved, rejected, or passed on to a colleague.';
COMMENT ON COLUMN lg.pool_answer.reason IS 'Why not: one of the list turned_down.';
COMMENT ON COLUMN lg.pool_answer.words IS 'In words.';
COMMENT ON COLUMN lg.pool_answer.colleague IS 'To whom it was passed on: an account of to_tenant''s.';
COMMENT ON COLUMN lg.pool_answer.share_id IS 'The pool''s share to the office of the opening, which an approval makes.';
COMMENT ON COLUMN lg.pool_answer.at IS 'When.';
COMMENT ON COLUMN lg.pool_answer.account_id IS 'By whom.';
COMMENT ON COLUMN lg.pool_answer.account_name IS 'Their name, for the pool.';
CALL lg_gate.wall_between('lg.pool_answer', giver => 'pool_tenant', receiver => 'to_tenant', writer => 'to_tenant', staff => 'SELECT', job => 'SELECT',
	gate => 'SELECT');
CALL lg_gate.merges('lg.pool_answer', 'stays');  -- a card ends with its office
GRANT INSERT (pool_tenant, to_tenant, match_id, n, what, reason, words, colleague) ON lg.pool_answer TO lg_web;
CREATE POLICY alive ON lg.pool_answer AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (EXISTS (SELECT FROM lg.pool_match s WHERE s.pool_tenant = pool_answer.pool_tenant AND s.id = pool_answer.match_id
		AND s.to_tenant = pool_answer.to_tenant));

-- Functions of the gate give by standing orders, make cards, hand on what was approved, and ask whom it is about.
CREATE POLICY gate ON lg.opening TO lg_gate USING (true);
CREATE POLICY gate ON lg.referral TO lg_gate USING (true);
CREATE POLICY gate ON lg.run_line TO lg_gate USING (true);
GRANT SELECT ON lg.opening, lg.run_line TO lg_gate;
GRANT INSERT ON lg.share, lg.referral TO lg_gate;
UPDATE lg_gate.walled SET gate = 'SELECT' WHERE name IN ('lg.opening', 'lg.run_line');
UPDATE lg_gate.walled SET gate = 'SELECT, INSERT, UPDATE' WHERE name = 'lg.share';
UPDATE lg_gate.walled SET gate = 'INSERT' WHERE name = 'lg.referral';
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE TABLE lg_gate.pool_due (
	tenant_id int PRIMARY KEY,
	at timestamptz NOT NULL
);
CREATE INDEX ON lg_gate.pool_due (at);
COMMENT ON TABLE lg_gate.pool_due IS 'Offices whose standing orders are to be gone over, and when.';
COMMENT ON COLUMN lg_gate.pool_due.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.pool_due.at IS 'Not before.';

CREATE TABLE lg_gate.pool_key (
	pool int PRIMARY KEY,
	inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
	outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);
COMMENT ON TABLE lg_gate.pool_key IS 'The key of each pool for pseudonyms; made here, known to nobody else.';
COMMENT ON COLUMN lg_gate.pool_key.pool IS 'The pool.';
COMMENT ON COLUMN lg_gate.pool_key.inner_pad IS 'The key, filled to 64 bytes, xor 0x36.';
COMMENT ON COLUMN lg_gate.pool_key.outer_pad IS 'The key, filled to 64 bytes, xor 0x5c.';

CREATE TABLE lg_gate.pool_person (
	pool int NOT NULL,
	share_id uuid NOT NULL,
	root_tenant int NOT NULL,
	candidate_id uuid NOT NULL,
	given timestamptz NOT NULL,
	until timestamptz NOT NULL,
	pseudonym bytea CHECK (length(pseudonym) = 32),
	PRIMARY KEY (pool, share_id)
);
CREATE INDEX ON lg_gate.pool_person (pool, pseudonym);
CREATE INDEX ON lg_gate.pool_person (root_tenant, pool);
COMMENT ON TABLE lg_gate.pool_person IS 'Whom the cards of a pool are about, under pseudonyms: to know who is given twice.';
COMMENT ON COLUMN lg_gate.pool_person.pool IS 'The pool.';
COMMENT ON COLUMN lg_gate.pool_person.share_id IS 'The card.';
COMMENT ON COLUMN lg_gate.pool_person.root_tenant IS 'The office whose candidate it is.';
COMMENT ON COLUMN lg_gate.pool_person.candidate_id IS 'An id of that office''s.';
COMMENT ON COLUMN lg_gate.pool_person.given IS 'Since when: who was given first counts.';
COMMENT ON COLUMN lg_gate.pool_person.until IS 'Until when.';
COMMENT ON COLUMN lg_gate.pool_person.pseudonym IS 'HMAC of the name as it sounds and the birth date; NULL: not enough is known.';

CREATE FUNCTION lg_gate.pool_pseudonym(pool int, words text) RETURNS bytea
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE key bytea; i bytea; o bytea;
BEGIN
	SELECT k.inner_pad, k.outer_pad INTO i, o FROM lg_gate.pool_key k WHERE k.pool = pool_pseudonym.pool;
	IF i IS NULL THEN
		key := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) || sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
		i := key;
		o := key;
		FOR n IN 0..63 LOOP
			i := set_byte(i, n, get_byte(key, n) # 54);
			o := set_byte(o, n, get_byte(key, n) # 92);
		END LOOP;
		INSERT INTO lg_gate.pool_key VALUES (pool_pseudonym.pool, i, o) ON CONFLICT DO NOTHING;
		SELECT k.inner_pad, k.outer_pad INTO i, o FROM lg_gate.pool_key k WHERE k.pool = pool_pseudonym.pool;
	END IF;
	RETURN sha256(o || sha256(i || convert_to(words, 'UTF8')));
END $$;
COMMENT ON FUNCTION lg_gate.pool_pseudonym(int, text) IS 'What a pool calls whoever these words are about.';

CREATE FUNCTION lg_gate.is_pool(office int) RETURNS bool
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = office AND t.kind = 'pool' AND t.merged_into IS NULL)
$$;
COMMENT ON FUNCTION lg_gate.is_pool(int) IS 'Is this office a pool?';

-- The agreement, if it is in force and goes that way; whoever asks is one of the two.
CREATE FUNCTION lg_gate.pool_agreed(agreement uuid, giver int, receiver int) RETURNS lg.agreement
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT a.* FROM lg.agreement a WHERE a.id = agreement
		AND (a.from_tenant = giver AND a.to_tenant = receiver AND a.direction IN ('give', 'both')
			OR a.from_tenant = receiver AND a.to_tenant = giver AND a.direction IN ('receive', 'both'))
		AND lg.agreement_state(a, current_date) = 'in_force'
$$;
COMMENT ON FUNCTION lg_gate.pool_agreed(uuid, int, int) IS 'The agreement under which one gives to the other, if it is in force.';

CREATE FUNCTION lg_gate.pool_wants(g lg.pool_giving, c lg.candidate) RETURNS bool
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT g.side = 'candidate' AND g.ended IS NULL AND g.until > now() AND c.state = 'available' AND coalesce(c.wants_work, '') = 'yes'
		AND (g.unit IS NULL OR c.unit = g.unit) IS TRUE AND (g.municipality IS NULL OR c.municipality = g.municipality) IS TRUE AND c.id <> ALL (g.but)
		AND (g.occupation IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(c.occupations) o WHERE o ->> 'occupation' = ANY (g.occupations)))
$$;
COMMENT ON FUNCTION lg_gate.pool_wants(lg.pool_giving, lg.candidate) IS 'Does this standing order give this person?';

CREATE FUNCTION lg_gate.pool_wants(g lg.pool_giving, o lg.opening) RETURNS bool
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT g.side = 'opening' AND g.ended IS NULL AND g.until > now() AND o.state = 'open' AND o.agreed < o.positions AND coalesce(o.expires_on >= current_date, true)
		AND (g.municipality IS NULL OR o.municipality = g.municipality) IS TRUE AND (g.kind IS NULL OR o.kind = g.kind) AND o.id <> ALL (g.but)
		AND (g.occupation IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(o.occupations) x WHERE x ->> 'occupation' = ANY (g.occupations)))
$$;
COMMENT ON FUNCTION lg_gate.pool_wants(lg.pool_giving, lg.opening) IS 'Does this standing order give this opening?';

-- Give and take back people of this office as its standing orders say: one of them, or at most so many. How many were.
CREATE FUNCTION lg_gate.pool_candidates(who uuid, most int) RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE me int := lg_gate.tenant(); n int; more int;
BEGIN
	UPDATE lg.share s SET given_until = now(), withdrawn = now(), withdrawn_why = 'pool_no_more', version = s.version + 1
	 WHERE s.from_tenant = me AND s.id IN (SELECT x.id FROM lg.share x JOIN lg.pool_giving g ON g.from_tenant = x.from_tenant AND g.id = x.giving_id
		JOIN lg.candidate c ON c.id = x.candidate_id
		WHERE x.from_tenant = me AND x.giving_id IS NOT NULL AND x.until > now() AND (who IS NULL OR x.candidate_id = who) AND NOT lg_gate.pool_wants(g, c) LIMIT most);
	GET DIAGNOSTICS n = ROW_COUNT;
	WITH orders AS MATERIALIZED (
		SELECT g AS o FROM lg.pool_giving g WHERE g.from_tenant = me AND g.side = 'candidate' AND g.ended IS NULL AND g.until > now()
			AND (lg_gate.pool_agreed(g.agreement_id, me, g.to_tenant)).id IS NOT NULL
	), whom AS MATERIALIZED (
		SELECT DISTINCT ON (c.id, (g.o).to_tenant) g.o, c.id FROM orders g JOIN lg.candidate c ON lg_gate.pool_wants(g.o, c)
		 WHERE (who IS NULL OR c.id = who) AND NOT EXISTS (SELECT FROM lg.share s WHERE s.root_tenant = me AND s.candidate_id = c.id AND s.from_tenant = me
			AND s.to_tenant = (g.o).to_tenant AND s.until > now())
		 ORDER BY c.id, (g.o).to_tenant, (g.o).created, (g.o).id LIMIT most - n
	)
	INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, candidate_id, agreement_id, fields, given_until, may_forward, why, legal_basis, giving_id, account_id, account_name)
	SELECT me, me, (w.o).to_tenant, w.id, (w.o).agreement_id, (w.o).fields, (w.o).until, a.may_forward, (w.o).why, a.legal_basis, (w.o).id, (w.o).account_id, (w.o).account_name
	  FROM whom w JOIN lg.agreement a ON a.id = (w.o).agreement_id;
	GET DIAGNOSTICS more = ROW_COUNT;
	RETURN n + more;
END $$;
COMMENT ON FUNCTION lg_gate.pool_candidates(uuid, int) IS 'Part of pool_sweep(), and for one person of pool_candidate().';

CREATE FUNCTION lg_gate.pool_openings(which uuid, most int) RETURNS int
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE me int := lg_gate.tenant(); n int; more int;
BEGIN
	UPDATE lg.pool_opening p SET until = now(), withdrawn = now(), withdrawn_why = 'pool_no_more', version = p.version + 1
	 WHERE p.from_tenant = me AND p.id IN (SELECT x.id FROM lg.pool_opening x JOIN lg.pool_giving g ON g.from_tenant = x.from_tenant AND g.id = x.giving_id
		JOIN lg.opening o ON o.id = x.opening_id
		WHERE x.from_tenant = me AND x.giving_id IS NOT NULL AND x.until > now() AND (which IS NULL OR x.opening_id = which) AND NOT lg_gate.pool_wants(g, o) LIMIT most);
	GET DIAGNOSTICS n = ROW_COUNT;
	WITH orders AS MATERIALIZED (
		SELECT g AS o FROM lg.pool_giving g WHERE g.from_tenant = me AND g.side = 'opening' AND g.ended IS NULL AND g.until > now()
			AND (lg_gate.pool_agreed(g.agreement_id, me, g.to_tenant)).id IS NOT NULL
	), what AS MATERIALIZED (
		SELECT DISTINCT ON (v.id, (g.o).to_tenant) g.o, v.id FROM orders g JOIN lg.opening v ON lg_gate.pool_wants(g.o, v)
		 WHERE (which IS NULL OR v.id = which) AND NOT EXISTS (SELECT FROM lg.pool_opening p WHERE p.from_tenant = me AND p.opening_id = v.id
			AND p.to_tenant = (g.o).to_tenant AND p.until > now())
		 ORDER BY v.id, (g.o).to_tenant, (g.o).created, (g.o).id LIMIT most - n
	)
	INSERT INTO lg.pool_opening AS p (from_tenant, to_tenant, opening_id, agreement_id, giving_id, until, account_id, account_name)
	SELECT me, (w.o).to_tenant, w.id, (w.o).agreement_id, (w.o).id, (w.o).until, (w.o).account_id, (w.o).account_name FROM what w
	ON CONFLICT (from_tenant, to_tenant, opening_id) DO UPDATE SET agreement_id = EXCLUDED.agreement_id, giving_id = EXCLUDED.giving_id, until = EXCLUDED.until,
		account_id = EXCLUDED.account_id, account_name = EXCLUDED.account_name, withdrawn = NULL, withdrawn_why = NULL, version = p.version + 1;
	GET DIAGNOSTICS more = ROW_COUNT;
	RETURN n + more;
END $$;
COMMENT ON FUNCTION lg_gate.pool_openings(uuid, int) IS 'Part of pool_sweep(), and for one opening of pool_opening_follows().';

-- Whoever made or ended a standing order need not wait for the job: what it means is done at once, a piece a call.
CREATE FUNCTION lg_gate.pool_sweep(most int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
	n := lg_gate.pool_candidates(NULL, most);
	IF n < most THEN
		n := n + lg_gate.pool_openings(NULL, most - n);
	END IF;
	IF n = 0 THEN -- once more tomorrow: for what begins and ends by the calendar
		UPDATE lg_gate.pool_due d SET at = now() + interval '1 day' WHERE d.tenant_id = lg_gate.tenant();
	END IF;
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.pool_sweep(int) IS 'Give and take back as the standing orders of this office say, so many at most; 0: all is as it should be.';

CREATE FUNCTION lg_gate.pools_due(seconds int) RETURNS TABLE (tenant int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.pool_due d SET at = now() + make_interval(secs => seconds)
	 WHERE d.tenant_id IN (SELECT w.tenant_id FROM lg_gate.pool_due w WHERE w.at <= now() ORDER BY w.at LIMIT 20 FOR UPDATE SKIP LOCKED)
	RETURNING d.tenant_id
$$;
COMMENT ON FUNCTION lg_gate.pools_due(int) IS 'Offices whose standing orders are to be gone over; for so many seconds they are the caller''s.';

CREATE FUNCTION lg_gate.pool_giving_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a lg.agreement;
BEGIN
	IF NEW.from_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it
	END IF;
	IF TG_OP = 'INSERT' THEN
		PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.agreement_id::text, 26)); -- as schema/0027
		a := lg_gate.pool_agreed(NEW.agreement_id, NEW.from_tenant, NEW.to_tenant);
		IF a.id IS NULL OR NOT lg_gate.is_pool(NEW.to_tenant) THEN
			RAISE EXCEPTION 'no agreement is in force that allows this' USING ERRCODE = '23514', CONSTRAINT = 'share_without_agreement';
		END IF;
		IF NOT NEW.fields <@ a.fields THEN
			RAISE EXCEPTION 'the agreement does not name these fields' USING ERRCODE = '23514', CONSTRAINT = 'share_beyond_fields';
		END IF;
		IF NEW.until > a.valid_to + 1 OR NEW.until <= now() THEN
			RAISE EXCEPTION 'the agreement does not last so long' USING ERRCODE = '23514', CONSTRAINT = 'share_beyond_agreement';
		END IF;
	ELSIF OLD.ended IS NOT NULL THEN
		RAISE EXCEPTION 'what has ended stays ended' USING ERRCODE = '23514', CONSTRAINT = 'pool_giving_is_over';
	END IF;
	INSERT INTO lg_gate.pool_due (tenant_id, at) VALUES (NEW.from_tenant, now()) ON CONFLICT (tenant_id) DO UPDATE SET at = now();
	RETURN NEW;
END $$;
COMMENT ON FUNCTION lg_gate.pool_giving_put() IS 'Trigger: the rule of standing orders, as that of shares; what they mean is to be done.';

-- What is known of somebody changed: standing orders follow. Most offices have none.
CREATE FUNCTION lg_gate.pool_candidate() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF coalesce(current_setting('lg.ctx', true), '') <> '' AND EXISTS (SELECT FROM lg.pool_giving g WHERE g.from_tenant = NEW.tenant_id AND g.side = 'candidate') THEN
		PERFORM lg_gate.pool_candidates(NEW.id, 100);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.pool_candidate() IS 'Trigger: standing orders follow a candidate.';

CREATE FUNCTION lg_gate.pool_opening_follows() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF coalesce(current_setting('lg.ctx', true), '') = '' THEN
		RETURN NULL;
	END IF;
	IF TG_OP = 'UPDATE' THEN
		UPDATE lg.pool_opening p SET card = '{}' WHERE p.from_tenant = NEW.tenant_id AND p.opening_id = NEW.id AND p.until > now();
	END IF;
	IF EXISTS (SELECT FROM lg.pool_giving g WHERE g.from_tenant = NEW.tenant_id AND g.side = 'opening') THEN
		PERFORM lg_gate.pool_openings(NEW.id, 100);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.pool_opening_follows() IS 'Trigger: standing orders, and the card that a pool has, follow an opening.';

-- What is asked of people, and what it is: no address, no contact. Where it is, is rounded, and whose it is untold, unless everybody may read it.
CREATE FUNCTION lg_gate.pool_opening_card(o lg.opening) RETURNS jsonb
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE whole jsonb := to_jsonb(o); card jsonb;
BEGIN
	SELECT jsonb_object_agg(k, whole -> k) INTO card FROM unnest(ARRAY['title', 'kind', 'state', 'positions', 'agreed', 'words', 'occupations', 'languages',
		'licences', 'skills', 'town', 'municipality', 'remote', 'start_on', 'ends_on', 'hours', 'schedule', 'expires_on', 'assistant_allowed', 'driving', 'offers',
		'invented']) k;
	RETURN card || jsonb_build_object(
		'latitude_e6', CASE WHEN o.published THEN o.latitude_e6 ELSE (round(o.latitude_e6::numeric / 50000) * 50000)::int END,
		'longitude_e6', CASE WHEN o.published THEN o.longitude_e6 ELSE (round(o.longitude_e6::numeric / 50000) * 50000)::int END,
		'employer_name', CASE WHEN o.published THEN (SELECT e.name FROM lg.employer e WHERE e.id = o.employer_id) END);
END $$;
COMMENT ON FUNCTION lg_gate.pool_opening_card(lg.opening) IS 'What a pool is told of an opening.';

CREATE FUNCTION lg_gate.pool_opening_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a lg.agreement; o lg.opening;
BEGIN
	IF NEW.from_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it
	END IF;
	IF TG_OP = 'UPDATE' AND (NEW.from_tenant, NEW.to_tenant, NEW.id, NEW.opening_id, NEW.handle) <> (OLD.from_tenant, OLD.to_tenant, OLD.id, OLD.opening_id, OLD.handle) THEN
		RAISE EXCEPTION 'it stays what it is' USING ERRCODE = '23514', CONSTRAINT = 'share_is_another';
	END IF;
	IF TG_OP = 'INSERT' OR NEW.until > OLD.until OR NEW.agreement_id <> OLD.agreement_id THEN
		PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.agreement_id::text, 26));
		a := lg_gate.pool_agreed(NEW.agreement_id, NEW.from_tenant, NEW.to_tenant);
		IF a.id IS NULL OR NOT lg_gate.is_pool(NEW.to_tenant) THEN
			RAISE EXCEPTION 'no agreement is in force that allows this' USING ERRCODE = '23514', CONSTRAINT = 'share_without_agreement';
		END IF;
		IF NEW.until > a.valid_to + 1 OR NEW.until <= now() THEN
			RAISE EXCEPTION 'the agreement does not last so long' USING ERRCODE = '23514', CONSTRAINT = 'share_beyond_agreement';
		END IF;
	END IF;
	SELECT x.* INTO o FROM lg.opening x WHERE x.id = NEW.opening_id;
	IF o.id IS NOT NULL THEN
		NEW.card := lg_gate.pool_opening_card(o);
	END IF;
	RETURN NEW;
END $$;
COMMENT ON FUNCTION lg_gate.pool_opening_put() IS 'Trigger: the rule of giving an opening to a pool, and the card.';

-- The pool's matcher hears of it, and what was found for it follows. This acts for the pool for a moment, and gives the context back.
CREATE FUNCTION lg_gate.pool_opening_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	p lg.pool_opening := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN lg_gate.match_facts('opening', OLD.card) END;
	after jsonb := CASE WHEN TG_OP <> 'DELETE' AND NEW.until > now() THEN lg_gate.match_facts('opening', NEW.card) END;
BEGIN
	IF before IS DISTINCT FROM after OR after IS NOT NULL AND OLD.until IS DISTINCT FROM NEW.until THEN
		PERFORM lg_gate.sign(p.to_tenant || '|job||||pool');
		INSERT INTO lg.match_entry AS e (side, handle, facts, until, moment)
			VALUES ('opening', p.handle, after, CASE WHEN after IS NOT NULL THEN p.until END, pg_current_xact_id()::text::bigint)
			ON CONFLICT (tenant_id, side, handle) DO UPDATE SET facts = EXCLUDED.facts, until = EXCLUDED.until, moment = EXCLUDED.moment;
	END IF;
	IF TG_OP = 'UPDATE' AND OLD.card <> NEW.card THEN
		PERFORM lg_gate.sign(p.to_tenant || '|job||||pool');
		UPDATE lg.pool_match m SET card = NEW.card WHERE m.pool_tenant = NEW.to_tenant AND m.opening_id = NEW.id AND m.until > now();
	END IF;
	PERFORM set_config('lg.ctx', was, true);
	IF TG_OP = 'UPDATE' AND NEW.giving_id IS NOT NULL AND OLD.withdrawn IS NULL AND NEW.withdrawn IS NOT NULL
		AND coalesce(NEW.withdrawn_why, '') NOT IN ('agreement_ended', 'pool_no_more') THEN
		UPDATE lg.pool_giving g SET but = array_append(g.but, NEW.opening_id), version = g.version + 1
			WHERE g.from_tenant = NEW.from_tenant AND g.id = NEW.giving_id AND g.ended IS NULL AND NEW.opening_id <> ALL (g.but);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.pool_opening_changed() IS 'Trigger: lg.match_entry of the pool, and what was found, follow an opening; what somebody takes back stays out.';

-- A card came to a pool, or went: who is it about? And whom somebody takes back, no standing order gives again.
CREATE FUNCTION lg_gate.pool_share() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	s lg.share := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
	who text;
BEGIN
	IF NOT lg_gate.is_pool(s.to_tenant) THEN
		RETURN NULL;
	END IF;
	IF TG_OP = 'DELETE' OR s.until <= now() THEN
		DELETE FROM lg_gate.pool_person p WHERE p.pool = s.to_tenant AND p.share_id = s.id;
	ELSE
		PERFORM lg_gate.sign(s.root_tenant || '|job||||pool');
		SELECT c.likeness || '|' || c.born INTO who FROM lg.candidate c WHERE c.id = s.candidate_id AND c.likeness <> '';
		PERFORM set_config('lg.ctx', was, true);
		INSERT INTO lg_gate.pool_person AS p (pool, share_id, root_tenant, candidate_id, given, until, pseudonym)
			VALUES (s.to_tenant, s.id, s.root_tenant, s.candidate_id, s.created, s.until, CASE WHEN who IS NOT NULL THEN lg_gate.pool_pseudonym(s.to_tenant, who) END)
			ON CONFLICT (pool, share_id) DO UPDATE SET candidate_id = EXCLUDED.candidate_id, until = EXCLUDED.until, pseudonym = EXCLUDED.pseudonym;
	END IF;
	IF TG_OP = 'UPDATE' AND NEW.giving_id IS NOT NULL AND OLD.withdrawn IS NULL AND NEW.withdrawn IS NOT NULL
		AND coalesce(NEW.withdrawn_why, '') NOT IN ('agreement_ended', 'fields_ended', 'pool_no_more') THEN
		UPDATE lg.pool_giving g SET but = array_append(g.but, NEW.candidate_id), version = g.version + 1
			WHERE g.from_tenant = NEW.from_tenant AND g.id = NEW.giving_id AND g.ended IS NULL AND NEW.candidate_id <> ALL (g.but);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.pool_share() IS 'Trigger: pseudonyms follow the cards of a pool; what somebody takes back stays out.';

-- For the pool: cards of people whom it has an earlier card of. They count for nothing.
CREATE FUNCTION lg_gate.pool_twice() RETURNS TABLE (share_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT x.share_id FROM (SELECT p.share_id, p.pseudonym, row_number() OVER (PARTITION BY p.pseudonym ORDER BY p.given, p.share_id) AS person,
		row_number() OVER (PARTITION BY p.root_tenant, p.candidate_id ORDER BY p.given, p.share_id) AS record
		FROM lg_gate.pool_person p WHERE p.pool = (SELECT lg_gate.tenant()) AND p.until > now() AND (SELECT lg_gate.kind()) IN ('staff', 'client')) x
	 WHERE x.record > 1 OR x.person > 1 AND x.pseudonym IS NOT NULL
$$;
COMMENT ON FUNCTION lg_gate.pool_twice() IS 'Cards that this pool has of people whom somebody gave it before.';

-- For a member: which of its people somebody else gives to the same pool as well. By whom is not said.
CREATE FUNCTION lg_gate.pool_given_twice() RETURNS TABLE (pool int, candidate_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT DISTINCT p.pool, p.candidate_id FROM lg_gate.pool_person p WHERE p.root_tenant = (SELECT lg_gate.tenant()) AND p.until > now() AND (SELECT lg_gate.kind()) IN ('staff', 'client')
		AND EXISTS (SELECT FROM lg_gate.pool_person f WHERE f.pool = p.pool AND f.pseudonym = p.pseudonym AND f.root_tenant <> p.root_tenant AND f.until > now())
$$;
COMMENT ON FUNCTION lg_gate.pool_given_twice() IS 'People of this office whom another office gives to a pool as well.';

-- What a plan of this pool found goes to the offices whose candidates they are: as much of it as still is, so many pairs a call.
-- (Lines that were just written are not in the statistics: a nested loop would go over all openings for each of them.)
CREATE FUNCTION lg_gate.pool_send(run uuid, most int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE me int := lg_gate.tenant(); n int;
BEGIN
	IF lg_gate.kind() NOT IN ('staff', 'client') OR NOT lg_gate.is_pool(me) THEN
		RETURN 0;
	END IF;
	INSERT INTO lg.pool_match (pool_tenant, to_tenant, run_id, share_id, candidate_id, share_until, opening_id, opening_tenant, opening_until, card, score)
	SELECT me, s.root_tenant, run, s.id, s.candidate_id, s.until, o.id, o.from_tenant, o.until, o.card, l.score
	  FROM lg.run_line l JOIN lg.share s ON s.to_tenant = me AND s.handle = l.candidate AND s.until > now()
	  JOIN lg.pool_opening o ON o.to_tenant = me AND o.handle = l.opening AND o.until > now()
	 WHERE l.tenant_id = me AND l.run_id = run AND l.opening IS NOT NULL
	   AND NOT EXISTS (SELECT FROM lg.pool_match m WHERE m.pool_tenant = me AND m.share_id = s.id AND m.opening_id = o.id)
	 LIMIT most;
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.pool_send(uuid, int) IS 'Send what a plan of this pool found to the offices whose candidates they are; how many pairs.';

-- An office answers. What is over, or answered, or cannot be handed on, is passed over without a word: a list of many goes on. An approval
-- hands the card on from the pool to the office of the opening, as a referral: this acts for the pool for a moment, and gives the context back.
CREATE FUNCTION lg_gate.pool_answer_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	m lg.pool_match; p lg.share; a lg.agreement; o uuid; told text[]; last timestamptz;
BEGIN
	IF NEW.to_tenant <> lg_gate.tenant() THEN
		RETURN NEW; -- the wall refuses it
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(NEW.match_id::text, 40));
	SELECT x.* INTO m FROM lg.pool_match x WHERE x.pool_tenant = NEW.pool_tenant AND x.id = NEW.match_id AND x.to_tenant = NEW.to_tenant AND x.until > now();
	IF m.id IS NULL OR EXISTS (SELECT FROM lg.pool_answer x WHERE x.to_tenant = NEW.to_tenant AND x.match_id = NEW.match_id AND x.what <> 'passed') THEN
		RETURN NULL;
	END IF;
	NEW.share_id := NULL;
	IF NEW.what <> 'approved' OR m.opening_tenant = NEW.to_tenant THEN
		RETURN NEW;
	END IF;
	PERFORM lg_gate.sign(m.pool_tenant || '|job||||pool');
	SELECT x.* INTO p FROM lg.share x WHERE x.to_tenant = m.pool_tenant AND x.id = m.share_id AND x.until > now();
	SELECT x.opening_id INTO o FROM lg.pool_opening x WHERE x.to_tenant = m.pool_tenant AND x.id = m.opening_id AND x.until > now();
	SELECT x.* INTO a FROM lg.agreement x WHERE m.pool_tenant IN (x.from_tenant, x.to_tenant) AND m.opening_tenant IN (x.from_tenant, x.to_tenant)
		AND x.fields && p.fields AND (lg_gate.pool_agreed(x.id, m.pool_tenant, m.opening_tenant)).id IS NOT NULL ORDER BY x.valid_to DESC, x.id LIMIT 1;
	IF p.id IS NOT NULL AND p.may_forward AND o IS NOT NULL AND a.id IS NOT NULL THEN
		told := ARRAY(SELECT f FROM unnest(p.fields) f WHERE f = ANY (a.fields));
		last := least(p.until, (a.valid_to + 1)::timestamptz);
		INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, candidate_id, parent_id, source_until, agreement_id, fields, given_until, why, legal_basis, for_opening)
			VALUES (p.root_tenant, m.pool_tenant, m.opening_tenant, p.candidate_id, p.id, p.until, a.id, told, last, p.why, a.legal_basis, o)
			RETURNING id INTO NEW.share_id;
		INSERT INTO lg.referral (root_tenant, from_tenant, to_tenant, share_id, question, deadline)
			VALUES (p.root_tenant, m.pool_tenant, m.opening_tenant, NEW.share_id, left(m.card ->> 'title', 1000), least(current_date + 7, last::date));
	END IF;
	PERFORM set_config('lg.ctx', was, true);
	RETURN CASE WHEN NEW.share_id IS NOT NULL THEN NEW END;
END $$;
COMMENT ON FUNCTION lg_gate.pool_answer_put() IS 'Trigger: the rule of answers to a pool, and what an approval makes.';

-- With an agreement end the standing orders and the openings that were given under it, both ways (shares: schema/0027).
CREATE FUNCTION lg_gate.pool_stepped() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE was text := coalesce(current_setting('lg.ctx', true), ''); t int;
BEGIN
	IF NEW.what <> 'ended' THEN
		RETURN NULL;
	END IF;
	FOREACH t IN ARRAY ARRAY[NEW.from_tenant, NEW.to_tenant] LOOP
		PERFORM lg_gate.sign(t || '|job||||pool');
		UPDATE lg.pool_giving g SET ended = now(), ended_why = 'agreement_ended', version = g.version + 1
			WHERE g.from_tenant = t AND g.agreement_id = NEW.agreement_id AND g.ended IS NULL;
		UPDATE lg.pool_opening p SET until = now(), withdrawn = now(), withdrawn_why = 'agreement_ended', version = p.version + 1
			WHERE p.from_tenant = t AND p.agreement_id = NEW.agreement_id AND p.until > now();
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.pool_stepped() IS 'Trigger: with an agreement ends what a pool was given under it.';

REVOKE ALL ON FUNCTION lg_gate.pool_pseudonym(int, text), lg_gate.is_pool(int), lg_gate.pool_agreed(uuid, int, int), lg_gate.pool_wants(lg.pool_giving, lg.candidate),
	lg_gate.pool_wants(lg.pool_giving, lg.opening), lg_gate.pool_candidates(uuid, int), lg_gate.pool_openings(uuid, int), lg_gate.pool_sweep(int), lg_gate.pools_due(int),
	lg_gate.pool_giving_put(), lg_gate.pool_candidate(), lg_gate.pool_opening_follows(), lg_gate.pool_opening_card(lg.opening), lg_gate.pool_opening_put(),
	lg_gate.pool_opening_changed(), lg_gate.pool_share(), lg_gate.pool_twice(), lg_gate.pool_given_twice(), lg_gate.pool_send(uuid, int), lg_gate.pool_answer_put(),
	lg_gate.pool_stepped() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.pool_sweep(int) TO lg_web, lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.pools_due(int) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.pool_twice(), lg_gate.pool_given_twice(), lg_gate.pool_send(uuid, int) TO lg_web;
GRANT EXECUTE ON FUNCTION lg_gate.pool_giving_put(), lg_gate.pool_candidate(), lg_gate.pool_opening_follows(), lg_gate.pool_opening_put(), lg_gate.pool_opening_changed(),
	lg_gate.pool_share(), lg_gate.pool_answer_put(), lg_gate.pool_stepped() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.pool_giving FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_giving_put();
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.pool_opening FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_opening_put();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON lg.pool_opening FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_opening_changed();
CREATE TRIGGER put BEFORE INSERT OR UPDATE ON lg.pool_answer FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_answer_put();
CREATE TRIGGER pool AFTER INSERT OR UPDATE OR DELETE ON lg.share FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_share();
CREATE TRIGGER pool_stepped AFTER INSERT ON lg.agreement_step FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_stepped();
CREATE TRIGGER pool_new AFTER INSERT ON lg.candidate FOR EACH ROW WHEN (NEW.state = 'available') EXECUTE FUNCTION lg_gate.pool_candidate();
CREATE TRIGGER pool_change AFTER UPDATE ON lg.candidate FOR EACH ROW
	WHEN ((OLD.state, OLD.wants_work, OLD.unit, OLD.municipality, OLD.occupations) IS DISTINCT FROM (NEW.state, NEW.wants_work, NEW.unit, NEW.municipality, NEW.occupations))
	EXECUTE FUNCTION lg_gate.pool_candidate();
CREATE TRIGGER pool AFTER INSERT OR UPDATE ON lg.opening FOR EACH ROW EXECUTE FUNCTION lg_gate.pool_opening_follows();
RESET ROLE;
