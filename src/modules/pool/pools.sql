-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Pools: what a member gives, what a plan of the pool found for its people, and what the pool sees of it (schema/0040).

-- part: said_last
LEFT JOIN LATERAL (SELECT n.what, n.reason, n.colleague FROM lg.pool_answer n WHERE n.to_tenant = m.to_tenant AND n.match_id = m.id ORDER BY n.n DESC LIMIT 1) l ON true

-- part: waits
coalesce(l.what, 'passed') = 'passed'

-- name: pools_ways :many
-- doc: Pools of which the office is a member: agreements in force under which it may give.
-- in: today date
-- out: agreement uuid, pool int, pool_name text, purpose text, fields text[], may_forward bool, valid_to date
SELECT a.id AS agreement, o.id AS pool, o.name AS pool_name, a.purpose, a.fields, a.may_forward, a.valid_to
  FROM (SELECT lg_gate.tenant() AS id) me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  JOIN lg_ref.tenant o ON o.id = CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END
 WHERE o.kind = 'pool' AND ((a.from_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both') AND lg.agreement_state(a, $today) = 'in_force'
 ORDER BY o.name, a.valid_to DESC, a.id;

-- name: pools_members :many
-- doc: Of a pool: its members, what they give, and what became of what was found for their people.
-- in: today date
-- out: member int, name text, agreement uuid, may_forward bool, valid_to date, people int, openings int, waiting int, approved int, rejected int
WITH me AS (SELECT lg_gate.tenant() AS id), people AS (
	SELECT s.from_tenant AS id, count(*) AS n FROM me JOIN lg.share s ON s.to_tenant = me.id WHERE s.until > now() GROUP BY 1
), openings AS (
	SELECT o.from_tenant AS id, count(*) AS n FROM me JOIN lg.pool_opening o ON o.to_tenant = me.id WHERE o.until > now() GROUP BY 1
), said AS (
	SELECT a.to_tenant, a.match_id, a.what FROM me JOIN lg.pool_answer a ON a.pool_tenant = me.id WHERE a.what <> 'passed'
), found AS (
	SELECT m.to_tenant AS id, count(*) FILTER (WHERE a.what IS NULL AND m.until > now()) AS waiting, count(*) FILTER (WHERE a.what = 'approved') AS approved,
	       count(*) FILTER (WHERE a.what = 'rejected') AS rejected
	  FROM me JOIN lg.pool_match m ON m.pool_tenant = me.id LEFT JOIN said a ON a.to_tenant = m.to_tenant AND a.match_id = m.id GROUP BY 1
)
SELECT DISTINCT ON (o.name, o.id) o.id AS member, o.name, a.id AS agreement, a.may_forward, a.valid_to, coalesce(p.n, 0) AS people, coalesce(v.n, 0) AS openings,
       coalesce(f.waiting, 0) AS waiting, coalesce(f.approved, 0) AS approved, coalesce(f.rejected, 0) AS rejected
  FROM me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  JOIN lg_ref.tenant o ON o.id = CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END
  LEFT JOIN people p ON p.id = o.id LEFT JOIN openings v ON v.id = o.id LEFT JOIN found f ON f.id = o.id
 WHERE ((a.to_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both') AND lg.agreement_state(a, $today) = 'in_force'
 ORDER BY o.name, o.id, a.valid_to DESC, a.id;

-- part: giving_row
g.id, g.version, o.name AS pool_name, g.side, g.agreement_id AS agreement, g.unit, g.municipality, g.occupation, g.kind, g.until, g.why, g.created, g.account_name AS by_name,
       g.ended, g.ended_why, cardinality(g.but) AS but, g.ended IS NULL AND g.until > now() AS alive, CASE g.side
       WHEN 'candidate' THEN (SELECT count(*) FROM lg.share s WHERE s.from_tenant = g.from_tenant AND s.giving_id = g.id AND s.until > now())
       ELSE (SELECT count(*) FROM lg.pool_opening p WHERE p.from_tenant = g.from_tenant AND p.giving_id = g.id AND p.until > now()) END AS given

-- name: pools_givings :many
-- doc: Standing orders of the office, those that give first.
-- in: room int
-- out: id uuid, version int, pool_name text, side text, agreement uuid, unit uuid?, municipality text?, occupation text?, kind text?, until time, why text
-- out: created time, by_name text, ended time?, ended_why text?, but int, alive bool, given int
SELECT {giving_row}
  FROM lg.pool_giving g JOIN lg_ref.tenant o ON o.id = g.to_tenant
 WHERE g.from_tenant = (SELECT lg_gate.tenant())
 ORDER BY g.ended IS NOT NULL OR g.until <= now(), g.created DESC, g.id LIMIT $room;

-- name: pools_giving_get :one
-- doc: One of them.
-- in: id uuid
-- out: id uuid, version int, pool_name text, side text, agreement uuid, unit uuid?, municipality text?, occupation text?, kind text?, until time, why text
-- out: created time, by_name text, ended time?, ended_why text?, but int, alive bool, given int
SELECT {giving_row}
  FROM lg.pool_giving g JOIN lg_ref.tenant o ON o.id = g.to_tenant
 WHERE g.from_tenant = (SELECT lg_gate.tenant()) AND g.id = $id;

-- name: pools_giving_people :many
-- doc: Whom it gives now.
-- in: id uuid, after uuid, room int
-- out: id uuid, share uuid, given_name text, family_name text, is_protected bool, invented bool, since time
SELECT c.id, s.id AS share, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, s.created AS since
  FROM lg.share s JOIN lg.candidate c ON c.id = s.candidate_id
 WHERE s.from_tenant = (SELECT lg_gate.tenant()) AND s.giving_id = $id AND s.until > now() AND c.id > $after
 ORDER BY c.id LIMIT $room;

-- name: pools_giving_openings :many
-- doc: What it gives now.
-- in: id uuid, after uuid, room int
-- out: id uuid, title text, employer_name text, invented bool, since time
SELECT o.id, o.title, e.name AS employer_name, o.invented, p.created AS since
  FROM lg.pool_opening p JOIN lg.opening o ON o.id = p.opening_id JOIN lg.employer e ON e.id = o.employer_id
 WHERE p.from_tenant = (SELECT lg_gate.tenant()) AND p.giving_id = $id AND p.until > now() AND o.id > $after
 ORDER BY o.id LIMIT $room;

-- name: pools_giving_add :one
-- doc: A standing order, under an agreement of the office with a pool.
-- in: id uuid, agreement uuid, side text, unit uuid?, municipality text?, occupation text?, occupations text[], kind text?, until date, zone text, why text
-- out: id uuid
INSERT INTO lg.pool_giving (to_tenant, id, side, agreement_id, fields, unit, municipality, occupation, occupations, kind, until, why)
SELECT CASE WHEN a.from_tenant = lg_gate.tenant() THEN a.to_tenant ELSE a.from_tenant END, $id, $side, a.id, CASE $side WHEN 'candidate' THEN a.fields ELSE '{}' END, $unit,
       $municipality, $occupation, $occupations, $kind, ($until::date + 1)::timestamp AT TIME ZONE $zone, $why
  FROM lg.agreement a WHERE a.id = $agreement
RETURNING id;

-- name: pools_giving_end :guard
-- doc: It gives no more.
-- in: id uuid, version int, why text
UPDATE lg.pool_giving SET ended = now(), ended_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id AND version = $version AND ended IS NULL;

-- name: pools_giving_but :guard
-- doc: One person or opening is left out of it.
-- in: id uuid, one uuid
UPDATE lg.pool_giving SET but = array_append(but, $one::uuid), version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id AND ended IS NULL AND $one <> ALL (but);

-- name: pools_sweep :one
-- doc: Give and take back as the standing orders say, so many at most; 0: all is as it should be.
-- in: most int
-- out: n int
SELECT lg_gate.pool_sweep($most::int) AS n;

-- name: pools_twice :many
-- doc: Of the office's people, those whom another office gives to the same pool as well.
-- in: room int
-- out: id uuid, given_name text, family_name text, is_protected bool, pool_name text
SELECT c.id, c.given_name, c.family_name, c.protected_address AS is_protected, o.name AS pool_name
  FROM lg_gate.pool_given_twice() t JOIN lg.candidate c ON c.id = t.candidate_id JOIN lg_ref.tenant o ON o.id = t.pool
 ORDER BY c.id LIMIT $room;

-- name: pools_opening :one
-- doc: An opening of the office, as its page with pools names it.
-- in: id uuid
-- out: id uuid, title text, state text, invented bool
SELECT id, title, state, invented FROM lg.opening WHERE id = $id;

-- name: pools_of_opening :many
-- doc: To which pools it is given.
-- in: id uuid
-- out: id uuid, pool_name text, until time, since time, by_name text, giving uuid?
SELECT p.id, o.name AS pool_name, p.until, p.created AS since, p.account_name AS by_name, p.giving_id AS giving
  FROM lg.pool_opening p JOIN lg_ref.tenant o ON o.id = p.to_tenant
 WHERE p.from_tenant = (SELECT lg_gate.tenant()) AND p.opening_id = $id AND p.until > now()
 ORDER BY o.name, p.id;

-- name: pools_cards_for :many
-- doc: Cards that came from pools for an opening.
-- in: opening uuid, room int
-- out: id uuid, card json, from_name text, root_name text, since time
SELECT s.id, s.card, f.name AS from_name, r.name AS root_name, s.created AS since
  FROM lg.share s JOIN lg_ref.tenant f ON f.id = s.from_tenant JOIN lg_ref.tenant r ON r.id = s.root_tenant
 WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.for_opening = $opening AND s.until > now()
 ORDER BY s.created DESC, s.id LIMIT $room;

-- name: pools_cards_seen :exec
-- doc: That somebody of the receiver saw these cards.
-- in: ids uuid[]
INSERT INTO lg.share_read (root_tenant, from_tenant, to_tenant, share_id, what)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, 'list' FROM lg.share s WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.id = ANY ($ids)
ON CONFLICT DO NOTHING;

-- name: pools_opening_add :one
-- doc: Give an opening to a pool, or again.
-- in: opening uuid, agreement uuid, until date, zone text
-- out: id uuid
INSERT INTO lg.pool_opening AS p (to_tenant, opening_id, agreement_id, until)
SELECT CASE WHEN a.from_tenant = lg_gate.tenant() THEN a.to_tenant ELSE a.from_tenant END, o.id, a.id, ($until::date + 1)::timestamp AT TIME ZONE $zone
  FROM lg.agreement a, lg.opening o WHERE a.id = $agreement AND o.id = $opening
ON CONFLICT (from_tenant, to_tenant, opening_id) DO UPDATE SET agreement_id = EXCLUDED.agreement_id, until = EXCLUDED.until, withdrawn = NULL, withdrawn_why = NULL,
       version = p.version + 1
RETURNING id;

-- name: pools_opening_end :guard
-- doc: Taken back: the pool does not see it from now on.
-- in: opening uuid, id uuid, why text
UPDATE lg.pool_opening SET until = now(), withdrawn = now(), withdrawn_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND opening_id = $opening AND id = $id AND until > now();

-- name: pools_found :many
-- doc: What plans of pools found for people of the office: those that wait for an answer, or were answered so; the best first.
-- in: state text, mine bool, account uuid, after_score int, after_id uuid, room int
-- out: id uuid, score int, card json, sent time, candidate uuid, given_name text, family_name text, is_protected bool, invented bool, pool_name text
-- out: office_name text, what text?, reason text?, colleague uuid?
SELECT m.id, m.score, m.card, m.sent, c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, p.name AS pool_name,
       o.name AS office_name, l.what, l.reason, l.colleague
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id JOIN lg_ref.tenant p ON p.id = m.pool_tenant JOIN lg_ref.tenant o ON o.id = m.opening_tenant
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND CASE $state WHEN 'waiting' THEN {waits} ELSE l.what = $state END
   AND (NOT $mine OR coalesce(l.colleague, c.owner, $account) = $account) AND m.score <= $after_score AND (m.score < $after_score OR m.id > $after_id)
 ORDER BY m.score DESC, m.id LIMIT $room;

-- name: pools_waiting :one
-- doc: How much of it waits for somebody: for their people, and what was passed on to them. A hundred are enough to know.
-- in: account uuid
-- out: n int
SELECT count(*) AS n FROM (SELECT FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND {waits} AND coalesce(l.colleague, c.owner, $account) = $account LIMIT 100) w;

-- name: pools_found_get :one
-- doc: One of them, with the person.
-- in: id uuid
-- out: id uuid, score int, card json, sent time, until time, candidate uuid, given_name text, family_name text, is_protected bool, invented bool, record json
-- out: pool_name text, office_name text, is_ours bool, what text?, reason text?, colleague uuid?
SELECT m.id, m.score, m.card, m.sent, m.until, c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, to_jsonb(c) AS record,
       p.name AS pool_name, o.name AS office_name, m.opening_tenant = m.to_tenant AS is_ours, l.what, l.reason, l.colleague
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id JOIN lg_ref.tenant p ON p.id = m.pool_tenant JOIN lg_ref.tenant o ON o.id = m.opening_tenant
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND m.id = $id;

-- name: pools_found_said :many
-- doc: What was said of it, in order.
-- in: id uuid
-- out: what text, reason text?, words text?, colleague uuid?, share uuid?, at time, by_name text
SELECT a.what, a.reason, a.words, a.colleague, a.share_id AS share, a.at, a.account_name AS by_name
  FROM lg.pool_answer a WHERE a.to_tenant = (SELECT lg_gate.tenant()) AND a.match_id = $id ORDER BY a.n;

-- name: pools_answer :many
-- doc: An answer to one; none: it is over, or answered, or cannot be handed on.
-- in: id uuid, what text, reason text?, words text?, colleague uuid?
-- out: id uuid, share uuid?, candidate uuid
WITH one AS (
	SELECT m.pool_tenant, m.to_tenant, m.id, m.candidate_id FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
	 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND m.id = $id
), said AS (
	INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what, reason, words, colleague)
	SELECT o.pool_tenant, o.to_tenant, o.id, 1 + (SELECT count(*) FROM lg.pool_answer a WHERE a.to_tenant = o.to_tenant AND a.match_id = o.id), $what, $reason, $words, $colleague
	  FROM one o
	RETURNING match_id, share_id
)
SELECT s.match_id AS id, s.share_id AS share, o.candidate_id AS candidate FROM said s JOIN one o ON o.id = s.match_id;

-- name: pools_approve :many
-- doc: Approve those that were chosen, or all that wait, so many at most; but none that is over, or cannot be handed on.
-- in: everybody bool, ids uuid[], mine bool, account uuid, most int
-- out: id uuid, share uuid?, candidate uuid
WITH them AS (
	SELECT m.pool_tenant, m.to_tenant, m.id, m.candidate_id
	  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
	  {said_last}
	 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND {waits} AND c.state = 'available' AND ($everybody OR m.id = ANY ($ids))
	   AND (NOT $mine OR coalesce(l.colleague, c.owner, $account) = $account)
	 ORDER BY m.score DESC, m.id LIMIT $most
), said AS (
	INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what)
	SELECT t.pool_tenant, t.to_tenant, t.id, 1 + (SELECT count(*) FROM lg.pool_answer a WHERE a.to_tenant = t.to_tenant AND a.match_id = t.id), 'approved' FROM them t
	RETURNING match_id, share_id
)
SELECT s.match_id AS id, s.share_id AS share, t.candidate_id AS candidate FROM said s JOIN them t ON t.id = s.match_id;

-- name: pools_propose :many
-- doc: Approved, for an opening of the office's own: an ordinary proposal.
-- in: ids uuid[], by uuid, today date
-- out: candidate uuid, opening uuid
INSERT INTO lg.proposal (id, candidate_id, opening_id, created_by, changed_by, owner, state, state_since, score)
SELECT gen_random_uuid(), c.id, p.opening_id, $by, $by, coalesce(c.owner, $by), 'shortlisted', $today, m.score
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
  JOIN lg.pool_opening p ON p.from_tenant = m.to_tenant AND p.to_tenant = m.pool_tenant AND p.id = m.opening_id
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.opening_tenant = m.to_tenant AND m.id = ANY ($ids)
ON CONFLICT (tenant_id, candidate_id, opening_id) DO NOTHING
RETURNING candidate_id AS candidate, opening_id AS opening;

-- name: pools_whole :one
-- doc: What follows in this transaction goes over all that a pool has: no loops within loops, whatever the statistics say.
-- out: said text
SELECT set_config('enable_nestloop', 'off', true) AS said;

-- name: pools_run_add :one
-- doc: Order a plan over all that the pool is given. Who is given twice counts once; pairs that were answered are left out of it.
-- in: id uuid, purpose text, asked json, municipality text, busy bool, opening_municipality text, opening_kind text, today date
-- out: n_candidates int, n_openings int
WITH me AS (SELECT lg_gate.tenant() AS id), twice AS MATERIALIZED (
	SELECT share_id FROM lg_gate.pool_twice()
), said AS MATERIALIZED (
	SELECT m.to_tenant, m.candidate_id, m.opening_id, a.what, a.share_id, m.until > now() AS lasts
	  FROM me JOIN lg.pool_answer a ON a.pool_tenant = me.id JOIN lg.pool_match m ON m.pool_tenant = me.id AND m.id = a.match_id WHERE a.what <> 'passed'
), under_way AS MATERIALIZED (
	SELECT d.to_tenant, d.candidate_id, d.opening_id FROM me, said d WHERE d.what = 'approved' AND d.lasts AND NOT EXISTS (SELECT FROM lg.share_answer n
		WHERE n.from_tenant = me.id AND n.share_id = d.share_id AND n.what IN ('declined', 'handed_back'))
), who AS MATERIALIZED (
	SELECT s.handle, s.root_tenant, s.candidate_id FROM me JOIN lg.share s ON s.to_tenant = me.id
	 WHERE s.until > now() AND s.card ->> 'state' = 'available' AND coalesce(s.card ->> 'wants_work', 'yes') = 'yes'
	   AND ($municipality = '' OR s.card ->> 'municipality' = $municipality) AND s.id NOT IN (SELECT share_id FROM twice)
	   AND ($busy OR (s.root_tenant, s.candidate_id) NOT IN (SELECT to_tenant, candidate_id FROM under_way))
), what AS (
	SELECT o.id, o.handle, (o.card ->> 'positions')::bigint - (o.card ->> 'agreed')::bigint - CASE WHEN $busy THEN 0 ELSE coalesce(u.n, 0) END AS free
	  FROM me JOIN lg.pool_opening o ON o.to_tenant = me.id LEFT JOIN (SELECT opening_id, count(*) AS n FROM under_way GROUP BY 1) u ON u.opening_id = o.id
	 WHERE o.until > now() AND o.card ->> 'state' = 'open' AND coalesce((o.card ->> 'expires_on')::date >= $today, true)
	   AND ($opening_municipality = '' OR o.card ->> 'municipality' = $opening_municipality) AND ($opening_kind = '' OR o.card ->> 'kind' = $opening_kind)
), free AS MATERIALIZED (
	SELECT id, handle, free FROM what WHERE free > 0
), decided AS (
	SELECT DISTINCT w.handle AS candidate, f.handle AS opening FROM said d JOIN who w ON w.root_tenant = d.to_tenant AND w.candidate_id = d.candidate_id
	  JOIN free f ON f.id = d.opening_id
)
INSERT INTO lg.run (id, purpose, asked, candidates, openings, free, decided_candidates, decided_openings, n_candidates, n_openings, n_positions)
SELECT $id, $purpose, $asked, coalesce((SELECT array_agg(handle) FROM who), '{}'), coalesce((SELECT array_agg(handle ORDER BY handle) FROM free), '{}'),
       coalesce((SELECT array_agg(free ORDER BY handle) FROM free), '{}'), coalesce((SELECT array_agg(candidate ORDER BY candidate, opening) FROM decided), '{}'),
       coalesce((SELECT array_agg(opening ORDER BY candidate, opening) FROM decided), '{}'), (SELECT count(*) FROM who),
       (SELECT count(*) FROM free), coalesce((SELECT sum(free) FROM free), 0)
RETURNING n_candidates, n_openings;

-- name: pools_run_pairs :many
-- doc: Who is put together with what, the best first, as far as both are still given.
-- in: run uuid, after_score int, after_id uuid, room int
-- out: handle uuid, score int?, share uuid, card json, from_name text, opening_card json, office_name text, sent bool
SELECT l.candidate AS handle, l.score, s.id AS share, s.card, f.name AS from_name, o.card AS opening_card, t.name AS office_name,
       EXISTS (SELECT FROM lg.pool_match m WHERE m.pool_tenant = me.id AND m.share_id = s.id AND m.opening_id = o.id) AS sent
  FROM (SELECT lg_gate.tenant() AS id) me JOIN lg.run_line l ON l.run_id = $run
  JOIN LATERAL (SELECT x.id, x.card, x.from_tenant FROM lg.share x WHERE x.to_tenant = me.id AND x.handle = l.candidate AND x.until > now() OFFSET 0) s ON true
  JOIN LATERAL (SELECT x.id, x.card, x.from_tenant FROM lg.pool_opening x WHERE x.to_tenant = me.id AND x.handle = l.opening AND x.until > now() OFFSET 0) o ON true
  JOIN lg_ref.tenant f ON f.id = s.from_tenant JOIN lg_ref.tenant t ON t.id = o.from_tenant
 WHERE l.opening IS NOT NULL AND (l.score < $after_score OR (l.score = $after_score AND l.candidate > $after_id))
 ORDER BY l.score DESC, l.candidate
 LIMIT $room;

-- name: pools_run_said :one
-- doc: What became of what was sent of a plan.
-- in: run uuid
-- out: sent int, waiting int, approved int, rejected int
SELECT count(*) AS sent, count(*) FILTER (WHERE a.what IS NULL AND m.until > now()) AS waiting, count(*) FILTER (WHERE a.what = 'approved') AS approved,
       count(*) FILTER (WHERE a.what = 'rejected') AS rejected
  FROM lg.pool_match m LEFT JOIN lg.pool_answer a ON a.pool_tenant = m.pool_tenant AND a.to_tenant = m.to_tenant AND a.match_id = m.id AND a.what <> 'passed'
 WHERE m.pool_tenant = (SELECT lg_gate.tenant()) AND m.run_id = $run;

-- name: pools_send :one
-- doc: Send what a plan found to the offices whose candidates they are, so many pairs at most.
-- in: run uuid, most int
-- out: n int
SELECT lg_gate.pool_send($run, $most::int) AS n;

-- name: pools_due :many
-- doc: Offices whose standing orders to pools are to be gone over.
-- as: lg_job
-- in: seconds int
-- out: tenant int
SELECT tenant FROM lg_gate.pools_due($seconds::int);

-- name: pools_sweep_due :one
-- doc: Give and take back as they say, so many at most; 0: all is as it should be.
-- as: lg_job
-- in: most int
-- out: n int
SELECT lg_gate.pool_sweep($most::int) AS n;
