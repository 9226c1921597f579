-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the jobs process does with runs (schema/0017).

-- name: run_claim :many
-- doc: The run that has waited longest, of all offices; none, or one.
-- as: lg_job
-- in: seconds int
-- out: tenant int, id uuid, tries int
SELECT tenant, id, tries FROM lg_gate.run_claim($seconds::int);

-- name: run_hold :exec
-- doc: It is still being computed: how far it is.
-- as: lg_job
-- in: id uuid, seconds int, stage text, done int, all int
WITH held AS (SELECT lg_gate.run_hold($id, $seconds::int))
UPDATE lg.run SET state = 'running', stage = $stage, steps_done = $done, steps_all = $all FROM held WHERE id = $id AND state IN ('waiting', 'running');

-- name: run_begin :maybe
-- doc: What is to be computed.
-- as: lg_job
-- in: id uuid
-- out: asked json, of_run uuid?, schema int
UPDATE lg.run SET state = 'running', begun = now(), stage = 'read', steps_done = 0, steps_all = 0
 WHERE id = $id AND state IN ('waiting', 'running')
RETURNING asked, of_run, lg_gate.schema_number() AS schema;

-- name: run_candidates :many
-- doc: Those of the chosen people, a piece at a time; without facts: whom the matcher does not know any more.
-- as: lg_job
-- in: id uuid, after uuid, room int
-- out: handle uuid?, facts json?
SELECT h.handle, m.facts
  FROM (SELECT x.handle FROM lg.run r, unnest(r.candidates) x (handle) WHERE r.id = $id AND x.handle > $after ORDER BY x.handle LIMIT $room) h
  LEFT JOIN lg.match_entry m ON m.side = 'candidate' AND m.handle = h.handle AND coalesce(m.until > now(), true)
 ORDER BY h.handle;

-- name: run_openings :many
-- doc: And of the openings.
-- as: lg_job
-- in: id uuid, after uuid, room int
-- out: handle uuid?, free int?, facts json?
SELECT h.handle, h.free, m.facts
  FROM (SELECT x.handle, x.free FROM lg.run r, unnest(r.openings, r.free) x (handle, free)
         WHERE r.id = $id AND x.handle > $after ORDER BY x.handle LIMIT $room) h
  LEFT JOIN lg.match_entry m ON m.side = 'opening' AND m.handle = h.handle AND coalesce(m.until > now(), true)
 ORDER BY h.handle;

-- name: run_decided :many
-- doc: Pairs that people have decided about.
-- as: lg_job
-- in: id uuid
-- out: candidate uuid, opening uuid
SELECT x.candidate, x.opening
  FROM lg.run r, unnest(r.decided_candidates, r.decided_openings) x (candidate, opening)
 WHERE r.id = $id
 ORDER BY 1, 2;

-- name: run_input_add :exec
-- doc: A piece of the input, sealed.
-- as: lg_job
-- in: run uuid, piece int, box bytes
INSERT INTO lg.run_input (run_id, piece, box) VALUES ($run, $piece, $box);

-- name: run_lines_add :exec
-- doc: What was found for people. An opening of zeros: none.
-- as: lg_job
-- in: run uuid, candidates uuid[], openings uuid[], scores int[], duals int[], whys text[], failed int[], seats int[]
INSERT INTO lg.run_line (run_id, candidate, opening, score, dual, why, failed, seat)
SELECT $run, x.candidate, nullif(x.opening, '00000000-0000-0000-0000-000000000000'), CASE WHEN x.why = '' THEN x.score END, x.dual,
       nullif(x.why, ''), x.failed, x.seat = 1
  FROM unnest($candidates::uuid[], $openings::uuid[], $scores::bigint[], $duals::bigint[], $whys::text[], $failed::bigint[], $seats::bigint[])
       x (candidate, opening, score, dual, why, failed, seat);

-- name: run_openings_add :exec
-- doc: And for openings.
-- as: lg_job
-- in: run uuid, openings uuid[], free int[], taken int[], duals int[]
INSERT INTO lg.run_opening (run_id, opening, free, taken, dual)
SELECT $run, x.opening, x.free, x.taken, x.dual
  FROM unnest($openings::uuid[], $free::bigint[], $taken::bigint[], $duals::bigint[]) x (opening, free, taken, dual);

-- name: run_end :guard
-- doc: It is done, unless somebody else was quicker: then nothing of this transaction is.
-- as: lg_job
-- in: id uuid, versions json, outcome json, input_hash bytes, result_hash bytes
UPDATE lg.run SET state = 'done', ended = now(), stage = 'keep', versions = $versions, outcome = $outcome, input_hash = $input_hash,
       result_hash = $result_hash, candidates = '{}', openings = '{}', free = '{}', decided_candidates = '{}', decided_openings = '{}'
 WHERE id = $id AND state = 'running';

-- name: run_give_up :exec
-- doc: It cannot be done.
-- as: lg_job
-- in: id uuid, outcome json
UPDATE lg.run SET state = 'failed', ended = now(), outcome = $outcome, candidates = '{}', openings = '{}', free = '{}',
       decided_candidates = '{}', decided_openings = '{}'
 WHERE id = $id AND state IN ('waiting', 'running');

-- name: run_audit :exec
-- doc: The end of a run stands in the audit too.
-- as: lg_job
-- in: id uuid, verb text
INSERT INTO lg.audit (verb, entity, subject) VALUES ($verb, 'run', $id);

-- name: run_kept :maybe
-- doc: A run that is done, to be computed anew.
-- as: lg_job
-- in: id uuid
-- out: ended time?, versions json?, input_hash bytes?, result_hash bytes?
SELECT ended, versions, input_hash, result_hash FROM lg.run WHERE id = $id AND state = 'done';

-- name: run_kept_input :many
-- doc: Its input, sealed.
-- as: lg_job
-- in: id uuid
-- out: piece int, box bytes
SELECT piece, box FROM lg.run_input WHERE run_id = $id ORDER BY piece;

-- name: run_offices :many
-- doc: All offices: a run is of one of them.
-- as: lg_job
-- out: id int
SELECT id FROM lg_ref.tenant ORDER BY id;
