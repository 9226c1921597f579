-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Runs as people order, see and approve them (schema/0017).

-- part: under_way
p.state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer')

-- name: run_add :one
-- doc: Order one over those that whoever orders may see. Pairs that were decided about are left out of it.
-- in: id uuid, purpose text, asked json, municipality text, owner uuid?, unit uuid?, busy bool, opening_municipality text, opening_kind text
-- in: opening_consultant uuid?, today date
-- out: n_candidates int, n_openings int
WITH who AS (
	SELECT c.id, c.handle FROM lg.candidate c
	 WHERE c.state = 'available' AND ($municipality = '' OR c.municipality = $municipality) AND ($owner::uuid IS NULL OR c.owner = $owner)
	   AND ($unit::uuid IS NULL OR c.unit = $unit)
	   AND ($busy OR NOT EXISTS (SELECT FROM lg.proposal p WHERE p.candidate_id = c.id AND ({under_way} OR p.state = 'agreed')))
), what AS (
	SELECT o.id, o.handle, o.positions - o.agreed -
	       CASE WHEN $busy THEN 0 ELSE (SELECT count(*) FROM lg.proposal p WHERE p.opening_id = o.id AND {under_way}) END AS free
	  FROM lg.opening o
	 WHERE o.state = 'open' AND (o.expires_on IS NULL OR o.expires_on >= $today)
	   AND ($opening_municipality = '' OR o.municipality = $opening_municipality) AND ($opening_kind = '' OR o.kind = $opening_kind)
	   AND ($opening_consultant::uuid IS NULL OR o.consultant = $opening_consultant)
), free AS (
	SELECT id, handle, free FROM what WHERE free > 0
), decided AS (
	SELECT w.handle AS candidate, f.handle AS opening FROM lg.proposal p JOIN who w ON w.id = p.candidate_id JOIN free f ON f.id = p.opening_id
)
INSERT INTO lg.run (id, purpose, asked, candidates, openings, free, decided_candidates, decided_openings, n_candidates, n_openings, n_positions)
SELECT $id, $purpose, $asked, coalesce((SELECT array_agg(handle) FROM who), '{}'), coalesce((SELECT array_agg(handle ORDER BY handle) FROM free), '{}'),
       coalesce((SELECT array_agg(free ORDER BY handle) FROM free), '{}'), coalesce((SELECT array_agg(candidate ORDER BY candidate, opening) FROM decided), '{}'),
       coalesce((SELECT array_agg(opening ORDER BY candidate, opening) FROM decided), '{}'), (SELECT count(*) FROM who),
       (SELECT count(*) FROM free), coalesce((SELECT sum(free) FROM free), 0)
RETURNING n_candidates, n_openings;

-- name: run_waiting :one
-- doc: How many of the office wait or are being computed.
-- out: n int
SELECT count(*) AS n FROM lg.run WHERE state IN ('waiting', 'running');

-- name: run_list :many
-- doc: The newest first, from behind the last of the page before.
-- in: before time?, after_id uuid, room int
-- out: id uuid, created time, created_by uuid, purpose text, state text, of_run uuid?, n_candidates int, n_openings int, n_positions int, placed int?
SELECT id, created, created_by, purpose, state, of_run, n_candidates, n_openings, n_positions, (outcome ->> 'placed')::bigint AS placed
  FROM lg.run
 WHERE $before::timestamptz IS NULL OR created < $before OR (created = $before AND id > $after_id)
 ORDER BY created DESC, id
 LIMIT $room;

-- name: run_get :one
-- doc: One, without what it was computed from.
-- in: id uuid
-- out: id uuid, created time, created_by uuid, purpose text, asked json, state text, of_run uuid?, n_candidates int, n_openings int, n_positions int
-- out: stage text, steps_done int, steps_all int, begun time?, ended time?, versions json?, outcome json?, input_hash bytes?, result_hash bytes?
SELECT id, created, created_by, purpose, asked, state, of_run, n_candidates, n_openings, n_positions, stage, steps_done, steps_all, begun, ended, versions,
       outcome, input_hash, result_hash
  FROM lg.run WHERE id = $id;

-- name: run_pairs :many
-- doc: Who is put together with what, the best first; whoever is gone, or not to be seen, is not among them.
-- in: run uuid, after_score int, after_id uuid, room int
-- out: handle uuid, score int?, seat bool, candidate uuid, given_name text, family_name text, is_protected bool, invented bool
-- out: opening uuid, title text, employer_name text, proposal uuid?, proposal_state text?
SELECT l.candidate AS handle, l.score, l.seat, c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented,
       o.id AS opening, o.title, e.name AS employer_name, p.id AS proposal, p.state AS proposal_state
  FROM lg.run_line l JOIN lg.candidate c ON c.handle = l.candidate JOIN lg.opening o ON o.handle = l.opening
  JOIN lg.employer e ON e.id = o.employer_id
  LEFT JOIN lg.proposal p ON p.candidate_id = c.id AND p.opening_id = o.id
 WHERE l.run_id = $run AND l.opening IS NOT NULL AND (l.score < $after_score OR (l.score = $after_score AND l.candidate > $after_id))
 ORDER BY l.score DESC, l.candidate
 LIMIT $room;

-- name: run_nothing :many
-- doc: Who found nothing.
-- in: run uuid, after_id uuid, room int
-- out: handle uuid, why text?, failed int, candidate uuid, given_name text, family_name text, municipality text?, is_protected bool, invented bool
SELECT l.candidate AS handle, l.why, l.failed, c.id AS candidate, c.given_name, c.family_name, c.municipality,
       c.protected_address AS is_protected, c.invented
  FROM lg.run_line l JOIN lg.candidate c ON c.handle = l.candidate
 WHERE l.run_id = $run AND l.opening IS NULL AND l.candidate > $after_id
 ORDER BY l.candidate
 LIMIT $room;

-- name: run_left :many
-- doc: Openings with positions that nobody was found for.
-- in: run uuid, after_id uuid, room int
-- out: handle uuid, free int, taken int, opening uuid, title text, employer_name text, municipality text?, invented bool
SELECT x.opening AS handle, x.free, x.taken, o.id AS opening, o.title, e.name AS employer_name, o.municipality, o.invented
  FROM lg.run_opening x JOIN lg.opening o ON o.handle = x.opening JOIN lg.employer e ON e.id = o.employer_id
 WHERE x.run_id = $run AND x.taken < x.free AND x.opening > $after_id
 ORDER BY x.opening
 LIMIT $room;

-- name: run_since :maybe
-- doc: The plan that was done before this one, of a what-if the plan it is of, and what is different.
-- in: run uuid
-- out: id uuid, created time, purpose text, placed int, score int?, same int, elsewhere int, anew int, no_more int, came int, went int
WITH last AS (
	SELECT b.id, b.created, b.purpose, (b.outcome ->> 'score')::bigint AS score
	  FROM lg.run r JOIN lg.run b ON b.state = 'done' AND (b.id = r.of_run OR (r.of_run IS NULL AND b.of_run IS NULL AND (b.created, b.id) < (r.created, r.id)))
	 WHERE r.id = $run ORDER BY b.created DESC, b.id DESC LIMIT 1
), both_runs AS (
	SELECT n.candidate AS new, n.opening AS now, l.candidate AS old, l.opening AS before
	  FROM (SELECT candidate, opening FROM lg.run_line WHERE run_id = $run) n
	  FULL JOIN (SELECT candidate, opening FROM lg.run_line WHERE run_id = (SELECT id FROM last)) l ON l.candidate = n.candidate
)
SELECT last.id, last.created, last.purpose, count(before) AS placed, last.score, count(*) FILTER (WHERE now = before) AS same, count(*) FILTER (WHERE now <> before) AS elsewhere,
       count(*) FILTER (WHERE now IS NOT NULL AND before IS NULL) AS anew, count(*) FILTER (WHERE now IS NULL AND before IS NOT NULL) AS no_more,
       count(*) FILTER (WHERE old IS NULL) AS came, count(*) FILTER (WHERE new IS NULL) AS went
  FROM last, both_runs GROUP BY last.id, last.created, last.purpose, last.score;

-- name: run_gained :many
-- doc: Of a what-if: those placed in it and not before, by why they found nothing then.
-- in: run uuid, before uuid
-- out: why text?, n int
SELECT b.why, count(*) AS n
  FROM lg.run_line n JOIN lg.run_line b ON b.candidate = n.candidate AND b.run_id = $before
 WHERE n.run_id = $run AND n.opening IS NOT NULL AND b.opening IS NULL
 GROUP BY b.why ORDER BY n DESC, b.why;

-- name: run_filled :many
-- doc: Of which occupations openings are filled more in one than in the other, or less.
-- in: run uuid, before uuid, room int
-- out: occupation text, before int, now int
SELECT coalesce(o.occupations -> 0 ->> 'occupation', '') AS occupation, sum(b.taken) AS before, sum(n.taken) AS now
  FROM lg.run_opening n JOIN lg.run_opening b ON b.opening = n.opening AND b.run_id = $before JOIN lg.opening o ON o.handle = n.opening
 WHERE n.run_id = $run
 GROUP BY 1 HAVING sum(b.taken) <> sum(n.taken)
 ORDER BY sum(n.taken) - sum(b.taken) DESC, 1
 LIMIT $room;

-- name: run_compare :many
-- doc: Runs that are done, as they were asked for.
-- in: ids uuid[]
-- out: id uuid, created time, purpose text, of_run uuid?, asked json, n_candidates int, n_openings int, n_positions int, outcome json?
SELECT id, created, purpose, of_run, asked, n_candidates, n_openings, n_positions, outcome
  FROM lg.run WHERE id = ANY ($ids) AND state = 'done' ORDER BY array_position($ids, id);

-- name: run_compare_work :many
-- doc: How many each places in which occupations.
-- in: ids uuid[]
-- out: run uuid, occupation text, placed int
SELECT l.run_id AS run, coalesce(o.occupations -> 0 ->> 'occupation', '') AS occupation, count(*) AS placed
  FROM lg.run_line l JOIN lg.opening o ON o.handle = l.opening
 WHERE l.run_id = ANY ($ids)
 GROUP BY 1, 2 ORDER BY 2, 1;

-- name: run_compare_people :many
-- doc: How many are placed in one of them alone, by which; and, without a run, in any of them, and in all.
-- in: ids uuid[]
-- out: run uuid?, n int, everywhere int
WITH placed AS (SELECT candidate, array_agg(run_id) AS runs FROM lg.run_line WHERE run_id = ANY ($ids) AND opening IS NOT NULL GROUP BY candidate)
SELECT NULL::uuid AS run, count(*) AS n, count(*) FILTER (WHERE cardinality(runs) = cardinality($ids)) AS everywhere FROM placed
UNION ALL
SELECT runs[1], count(*), 0 FROM placed WHERE cardinality(runs) = 1 GROUP BY runs[1];

-- name: what_if_add :one
-- doc: Order one over the same people and openings as a run that is done.
-- in: id uuid, of uuid, purpose text, asked json
-- out: id uuid
INSERT INTO lg.run (id, of_run, purpose, asked, candidates, openings, free, decided_candidates, decided_openings, n_candidates, n_openings, n_positions)
SELECT $id, b.id, $purpose, $asked, '{}', '{}', '{}', '{}', '{}', b.n_candidates, b.n_openings, b.n_positions
  FROM lg.run b WHERE b.id = $of AND b.state = 'done' AND b.of_run IS NULL
RETURNING id;

-- name: run_approve :many
-- doc: Pairs of a plan onto the short list: those of the chosen people, or all; but none that was decided about, or cannot be any more.
-- in: run uuid, everybody bool, candidates uuid[], by uuid, today date, most int
-- out: candidate uuid, opening uuid
INSERT INTO lg.proposal (id, candidate_id, opening_id, created_by, changed_by, owner, state, state_since, score)
SELECT gen_random_uuid(), c.id, o.id, $by, $by, coalesce(c.owner, $by), 'shortlisted', $today, l.score
  FROM lg.run_line l JOIN lg.run r ON r.id = l.run_id AND r.of_run IS NULL  -- nobody is proposed from a what-if
  JOIN lg.candidate c ON c.handle = l.candidate JOIN lg.opening o ON o.handle = l.opening
 WHERE l.run_id = $run AND ($everybody OR c.id = ANY ($candidates)) AND c.state = 'available' AND o.state = 'open' AND o.agreed < o.positions
   AND (o.expires_on IS NULL OR o.expires_on >= $today)
   AND NOT EXISTS (SELECT FROM lg.proposal p WHERE p.candidate_id = c.id AND p.opening_id = o.id)
 ORDER BY l.score DESC, l.candidate
 LIMIT $most
ON CONFLICT (tenant_id, candidate_id, opening_id) DO NOTHING
RETURNING candidate_id AS candidate, opening_id AS opening;
