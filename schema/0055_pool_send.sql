-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Pools, further (schema/0040):
--
--   lg.pool_sending   that what a plan found is to be sent to a member: ordered by a press, once for each plan, done by the jobs process in pieces
--                     of one transaction each. A member sees what was found for its people once all of it is there, and nothing before.
--
-- WHO IS LEFT OUT of a standing order stays so when two records become one (core/merge.h), with the commit: lg_gate.pool_but_follows().
SET LOCAL ROLE lg_owner;
CREATE TABLE lg.pool_sending (
	pool_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> pool_tenant),
	run_id uuid NOT NULL,
	ordered timestamptz NOT NULL DEFAULT now(),
	account_id uuid DEFAULT lg_gate.account(),
	pairs int NOT NULL CHECK (pairs > 0),
	gone_over int NOT NULL DEFAULT 0 CHECK (gone_over BETWEEN 0 AND pairs),
	after uuid,
	whole timestamptz,
	PRIMARY KEY (pool_tenant, run_id, to_tenant)
);
CREATE INDEX pool_sending_to ON lg.pool_sending (to_tenant, pool_tenant);
CREATE INDEX pool_sending_open ON lg.pool_sending (pool_tenant) WHERE whole IS NULL;
COMMENT ON TABLE lg.pool_sending IS 'That what a plan of a pool found is sent to a member.';
COMMENT ON COLUMN lg.pool_sending.pool_tenant IS 'The pool.';
COMMENT ON COLUMN lg.pool_sending.to_tenant IS 'The office whose candidates they are.';
COMMENT ON COLUMN lg.pool_sending.run_id IS 'The plan, of the pool''s.';
COMMENT ON COLUMN lg.pool_sending.ordered IS 'When somebody pressed.';
COMMENT ON COLUMN lg.pool_sending.account_id IS 'Who, of the pool.';
COMMENT ON COLUMN lg.pool_sending.pairs IS 'How many pairs it was then.';
COMMENT ON COLUMN lg.pool_sending.gone_over IS 'How many the jobs process has gone over.';
COMMENT ON COLUMN lg.pool_sending.after IS 'The handle of the last that it went over.';
COMMENT ON COLUMN lg.pool_sending.whole IS 'When all of it was there: the office sees it from then on. NULL: it is being sent.';
CALL lg_gate.wall_between('lg.pool_sending', giver => 'pool_tenant', receiver => 'to_tenant', writer => 'pool_tenant', staff => 'SELECT', job => 'SELECT',
	gate => 'SELECT, INSERT, UPDATE');
CALL lg_gate.merges('lg.pool_sending', 'stays');  -- as lg.pool_match

CREATE POLICY whole ON lg.pool_match AS RESTRICTIVE FOR ALL TO PUBLIC
	USING (to_tenant <> (SELECT lg_gate.tenant()) OR NOT EXISTS (SELECT FROM lg.pool_sending s WHERE s.pool_tenant = pool_match.pool_tenant
		AND s.run_id = pool_match.run_id AND s.to_tenant = pool_match.to_tenant AND s.whole IS NULL));
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE TABLE lg_gate.pool_send_due (
	pool int PRIMARY KEY
);
COMMENT ON TABLE lg_gate.pool_send_due IS 'Pools that have something to send.';
COMMENT ON COLUMN lg_gate.pool_send_due.pool IS 'The pool.';

-- One press is one sending: what is in it already, is; how many pairs are now to be sent. (Lines that were just written are not in the
-- statistics: a nested loop would go over all openings for each of them.)
DROP FUNCTION lg_gate.pool_send(uuid, int);
CREATE FUNCTION lg_gate.pool_send(run uuid) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE me int := lg_gate.tenant(); n int;
BEGIN
	IF lg_gate.kind() NOT IN ('staff', 'client') OR NOT lg_gate.is_pool(me) THEN
		RETURN 0;
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(me::text, 55)); -- not while a piece finds that there is nothing more
	WITH ordered AS (
		INSERT INTO lg.pool_sending (pool_tenant, to_tenant, run_id, pairs)
		SELECT me, s.root_tenant, run, count(*) FROM lg.run_line l JOIN lg.share s ON s.to_tenant = me AND s.handle = l.candidate AND s.until > now()
		 WHERE l.tenant_id = me AND l.run_id = run AND l.opening IS NOT NULL GROUP BY s.root_tenant
		ON CONFLICT DO NOTHING
		RETURNING pairs
	)
	SELECT coalesce(sum(o.pairs), 0) INTO n FROM ordered o;
	IF n > 0 THEN
		INSERT INTO lg_gate.pool_send_due (pool) VALUES (me) ON CONFLICT DO NOTHING;
	END IF;
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.pool_send(uuid) IS 'What a plan of this pool found is to be sent to the offices whose candidates they are; how many pairs, 0: it was sent before.';

CREATE FUNCTION lg_gate.pool_sends_due() RETURNS TABLE (pool int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT d.pool FROM lg_gate.pool_send_due d ORDER BY 1
$$;
COMMENT ON FUNCTION lg_gate.pool_sends_due() IS 'Pools that have something to send; several may, piece by piece.';

-- A piece of what is to be sent, of one member: as much of it as still is. Whoever is killed has sent whole pieces; whoever comes at the same
-- time waits for the other, and goes on behind it. false: all of it is sent. Each look-up is by a key (OFFSET 0), whatever the statistics say.
CREATE FUNCTION lg_gate.pool_send_piece(most int) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me int := lg_gate.tenant(); w lg.pool_sending; n int; last uuid;
BEGIN
	IF lg_gate.kind() <> 'job' OR NOT lg_gate.is_pool(me) THEN
		RETURN false;
	END IF;
	PERFORM pg_advisory_xact_lock(hashtextextended(me::text, 55));
	SELECT s.* INTO w FROM lg.pool_sending s WHERE s.pool_tenant = me AND s.whole IS NULL ORDER BY s.ordered, s.run_id, s.to_tenant LIMIT 1;
	IF w.run_id IS NULL THEN
		DELETE FROM lg_gate.pool_send_due d WHERE d.pool = me;
		RETURN false;
	END IF;
	WITH mine AS MATERIALIZED (
		SELECT s.id, s.handle, s.candidate_id, s.until, l.opening, l.score FROM lg.share s
		  JOIN LATERAL (SELECT x.opening, x.score FROM lg.run_line x
			WHERE x.tenant_id = me AND x.run_id = w.run_id AND x.candidate = s.handle AND x.opening IS NOT NULL OFFSET 0) l ON true
		 WHERE s.to_tenant = me AND s.root_tenant = w.to_tenant AND s.until > now() AND (w.after IS NULL OR s.handle > w.after)
		 ORDER BY s.handle LIMIT most
	), put AS (
		INSERT INTO lg.pool_match (pool_tenant, to_tenant, run_id, share_id, candidate_id, share_until, opening_id, opening_tenant, opening_until, card, score, account_id)
		SELECT me, w.to_tenant, w.run_id, i.id, i.candidate_id, i.until, o.id, o.from_tenant, o.until, o.card, i.score, w.account_id
		  FROM mine i JOIN LATERAL (SELECT x.id, x.from_tenant, x.until, x.card FROM lg.pool_opening x
			WHERE x.to_tenant = me AND x.handle = i.opening AND x.until > now() OFFSET 0) o ON true
		ON CONFLICT (pool_tenant, share_id, opening_id) DO NOTHING
	)
	SELECT count(*), (array_agg(i.handle ORDER BY i.handle DESC))[1] INTO n, last FROM mine i;
	UPDATE lg.pool_sending s SET after = coalesce(last, s.after), gone_over = CASE WHEN n < most THEN s.pairs ELSE least(s.gone_over + n, s.pairs) END,
		whole = CASE WHEN n < most THEN now() END
	 WHERE s.pool_tenant = me AND s.run_id = w.run_id AND s.to_tenant = w.to_tenant;
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.pool_send_piece(int) IS 'Send a piece of what this pool has to send, so many pairs at most; false: there is nothing more.';

-- Two candidates of this office become one: of standing orders that leave either out, the one that is kept is left out too. Which orders, so
-- that it can be undone. This is the gate's because orders for other units than one's own are meant too.
CREATE FUNCTION lg_gate.pool_but_follows(kept uuid, gone uuid) RETURNS SETOF uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me int := lg_gate.tenant();
BEGIN
	IF lg_gate.kind() NOT IN ('staff', 'client') OR NOT EXISTS (SELECT FROM lg.pool_giving g WHERE g.from_tenant = me AND g.side = 'candidate') THEN
		RETURN;
	END IF;
	RETURN QUERY UPDATE lg.pool_giving g SET but = array_append(g.but, kept), version = g.version + 1
		WHERE g.from_tenant = me AND g.side = 'candidate' AND g.ended IS NULL AND gone = ANY (g.but) AND kept <> ALL (g.but) AND cardinality(g.but) < 20000
		RETURNING g.id;
	PERFORM lg_gate.pool_candidates(kept, 100);
END $$;
COMMENT ON FUNCTION lg_gate.pool_but_follows(uuid, uuid) IS 'Whoever is left out of a standing order stays so under the name that is kept.';

CREATE FUNCTION lg_gate.pool_but_back(kept uuid, orders uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF lg_gate.kind() NOT IN ('staff', 'client') THEN
		RETURN;
	END IF;
	UPDATE lg.pool_giving g SET but = array_remove(g.but, kept), version = g.version + 1
		WHERE g.from_tenant = lg_gate.tenant() AND g.id = ANY (orders) AND g.ended IS NULL AND kept = ANY (g.but);
END $$;
COMMENT ON FUNCTION lg_gate.pool_but_back(uuid, uuid[]) IS 'And back, when they are made two again.';

REVOKE ALL ON FUNCTION lg_gate.pool_send(uuid), lg_gate.pool_sends_due(), lg_gate.pool_send_piece(int), lg_gate.pool_but_follows(uuid, uuid),
	lg_gate.pool_but_back(uuid, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.pool_send(uuid), lg_gate.pool_but_follows(uuid, uuid), lg_gate.pool_but_back(uuid, uuid[]) TO lg_web;
GRANT EXECUTE ON FUNCTION lg_gate.pool_sends_due(), lg_gate.pool_send_piece(int) TO lg_job;
RESET ROLE;
