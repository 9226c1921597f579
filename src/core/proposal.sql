-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- part: waits
'shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer'

-- Nobody can answer any more: the opening is full or no longer offered, or the person is not worked with.

-- part: gone
(p.state IN ({waits}) AND (c.state = 'closed' OR o.state IN ('filled', 'expired', 'cancelled') OR o.agreed >= o.positions
  OR coalesce(o.expires_on < $today, false)))

-- name: proposal_add :maybe
-- doc: Decide about a pair for the first time; what a program proposes is the candidate's owner's to follow up. None: it was decided about already, or one of the two is not there.
-- in: id uuid, candidate uuid, opening uuid, by uuid, state text, reason text?, score int?, today date
-- out: id uuid
INSERT INTO lg.proposal (id, candidate_id, opening_id, created_by, changed_by, owner, state, state_since, reason, score)
SELECT $id, c.id, o.id, $by, $by, CASE lg_gate.kind() WHEN 'staff' THEN $by ELSE c.owner END, $state, $today, $reason::text, $score::int
  FROM lg.candidate c, lg.opening o
 WHERE c.id = $candidate AND o.id = $opening
ON CONFLICT (tenant_id, candidate_id, opening_id) DO NOTHING
RETURNING id;

-- name: proposal_pair :one
-- doc: Both sides, to be weighed.
-- in: candidate uuid, opening uuid
-- out: candidate_record json, opening_record json
SELECT to_jsonb(c) AS candidate_record, to_jsonb(o) AS opening_record FROM lg.candidate c, lg.opening o WHERE c.id = $candidate AND o.id = $opening;

-- name: proposal_get :one
-- doc: One proposal, with both sides.
-- in: id uuid, today date
-- out: id uuid, version int, state text, state_since date, reason text?, score int?, created time, created_by uuid?, changed_by uuid?
-- out: candidate uuid, given_name text, family_name text, is_protected bool, invented bool, candidate_record json
-- out: opening uuid, title text, employer uuid, employer_name text, opening_record json, again_on date?, gone bool
SELECT p.id, p.version, p.state, p.state_since, p.reason, p.score, p.created, p.created_by, p.changed_by,
       c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, to_jsonb(c) AS candidate_record,
       o.id AS opening, o.title, o.employer_id AS employer, e.name AS employer_name, to_jsonb(o) AS opening_record,
       p.again_on, {gone} AS gone
  FROM lg.proposal p JOIN lg.candidate c ON c.id = p.candidate_id JOIN lg.opening o ON o.id = p.opening_id
  JOIN lg.employer e ON e.id = o.employer_id
 WHERE p.id = $id;

-- name: proposal_state_put :guard
-- doc: A step further.
-- in: id uuid, version int, from_state text, state text, reason text?, by uuid, today date
UPDATE lg.proposal SET version = version + 1, state = $state, state_since = $today, reason = $reason, changed_by = $by, again_on = NULL,
       owner = CASE lg_gate.kind() WHEN 'staff' THEN $by ELSE owner END
 WHERE id = $id AND version = $version AND state = $from_state;

-- name: proposal_later :guard
-- doc: Not now: it comes again on a day, to whoever said so.
-- in: id uuid, version int, by uuid, again_on date
UPDATE lg.proposal SET version = version + 1, again_on = $again_on, owner = CASE lg_gate.kind() WHEN 'staff' THEN $by ELSE owner END
 WHERE id = $id AND version = $version AND state IN ({waits});

-- name: opening_take :guard
-- doc: A position is taken, if there is one: the last goes to one only.
-- in: id uuid
UPDATE lg.opening SET agreed = agreed + 1, version = version + 1, changed = now() WHERE id = $id AND agreed < positions;

-- name: opening_give_back :guard
-- doc: It is free again.
-- in: id uuid
UPDATE lg.opening SET agreed = agreed - 1, version = version + 1, changed = now() WHERE id = $id AND agreed > 0;

-- name: proposal_of_candidate :many
-- doc: What was proposed to somebody, the last step first.
-- in: candidate uuid, room int
-- out: id uuid, version int, state text, state_since date, reason text?, opening uuid, title text, employer_name text, handle uuid
SELECT p.id, p.version, p.state, p.state_since, p.reason, o.id AS opening, o.title, e.name AS employer_name, o.handle
  FROM lg.proposal p JOIN lg.opening o ON o.id = p.opening_id JOIN lg.employer e ON e.id = o.employer_id
 WHERE p.candidate_id = $candidate
 ORDER BY p.state_since DESC, p.id
 LIMIT $room;

-- name: proposal_of_opening :many
-- doc: Who was proposed for an opening, the last step first.
-- in: opening uuid, room int
-- out: id uuid, version int, state text, state_since date, reason text?, candidate uuid, given_name text, family_name text, is_protected bool, handle uuid
SELECT p.id, p.version, p.state, p.state_since, p.reason, c.id AS candidate, c.given_name, c.family_name,
       c.protected_address AS is_protected, c.handle
  FROM lg.proposal p JOIN lg.candidate c ON c.id = p.candidate_id
 WHERE p.opening_id = $opening
 ORDER BY p.state_since DESC, p.id
 LIMIT $room;

-- name: proposal_waiting :many
-- doc: What somebody follows up: the day on which it is due, on which to ask whether to close it, and whether there is still something to
-- doc: wait for. `usual`: {state: [days, days]}, of states that the office has said nothing of.
-- in: account uuid, usual json, today date, until date, room int
-- out: id uuid, version int, state text, state_since date, due date, close_on date, gone bool
-- out: given_name text, family_name text, is_protected bool, title text, candidate uuid
SELECT * FROM (
	SELECT p.id, p.version, p.state, p.state_since,
	       coalesce(p.again_on, CASE WHEN {gone} THEN $today ELSE p.state_since + coalesce(f.remind_days, ($usual::jsonb -> p.state ->> 0)::int) END) AS due,
	       p.state_since + coalesce(f.close_days, ($usual::jsonb -> p.state ->> 1)::int) AS close_on, {gone} AS gone,
	       c.given_name, c.family_name, c.protected_address AS is_protected, o.title, c.id AS candidate
	  FROM lg.proposal p JOIN lg.candidate c ON c.id = p.candidate_id JOIN lg.opening o ON o.id = p.opening_id
	  LEFT JOIN lg.follow f ON f.state = p.state
	 WHERE p.owner = $account AND p.state IN ({waits})) w
 WHERE due <= $until
 ORDER BY due, id
 LIMIT $room;
