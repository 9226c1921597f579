-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Plans over all that a pool is given.

-- name: pool_run_whole :one
-- doc: What follows in this transaction goes over all that a pool has: no loops within loops, whatever the statistics say.
-- out: said text
SELECT set_config('enable_nestloop', 'off', true) AS said;

-- name: pool_run_add :one
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

-- name: pool_run_pairs :many
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

-- name: pool_run_said :one
-- doc: What became of what was sent of a plan.
-- in: run uuid
-- out: sent int, waiting int, approved int, rejected int
SELECT count(*) AS sent, count(*) FILTER (WHERE a.what IS NULL AND m.until > now()) AS waiting, count(*) FILTER (WHERE a.what = 'approved') AS approved,
       count(*) FILTER (WHERE a.what = 'rejected') AS rejected
  FROM lg.pool_match m LEFT JOIN lg.pool_answer a ON a.pool_tenant = m.pool_tenant AND a.to_tenant = m.to_tenant AND a.match_id = m.id AND a.what <> 'passed'
 WHERE m.pool_tenant = (SELECT lg_gate.tenant()) AND m.run_id = $run;

-- name: pool_run_send :one
-- doc: What a plan found is to be sent to the offices whose candidates they are; how many pairs, 0: nothing, or it was ordered before.
-- in: run uuid
-- out: n int
SELECT lg_gate.pool_send($run) AS n;

-- name: pool_run_sending :one
-- doc: How far the sending of a plan is.
-- in: run uuid
-- out: pairs int, gone_over int, members int, left_over int
SELECT coalesce(sum(s.pairs), 0) AS pairs, coalesce(sum(s.gone_over), 0) AS gone_over, count(*) AS members, count(*) FILTER (WHERE s.whole IS NULL) AS left_over
  FROM lg.pool_sending s WHERE s.pool_tenant = (SELECT lg_gate.tenant()) AND s.run_id = $run;

-- name: pool_run_sends_due :many
-- doc: Pools that have something to send.
-- as: lg_job
-- out: pool int
SELECT pool FROM lg_gate.pool_sends_due();

-- name: pool_run_send_piece :one
-- doc: Send a piece of it; false: there is nothing more.
-- as: lg_job
-- in: most int
-- out: more bool
SELECT lg_gate.pool_send_piece($most::int) AS more;
