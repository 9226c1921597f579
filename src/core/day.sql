-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: day_without_step :many
-- doc: Candidates of somebody, or of nobody, that have no next step, owner or date.
-- in: owner uuid, room int
-- out: id uuid, given_name text, family_name text, is_protected bool, state text, created time
SELECT id, given_name, family_name, protected_address AS is_protected, state, created FROM lg.candidate
 WHERE state <> 'closed' AND coalesce(owner, $owner) = $owner AND (next_step IS NULL OR next_on IS NULL OR owner IS NULL)
 ORDER BY created, id LIMIT $room;

-- name: day_steps :many
-- doc: The next steps of somebody's candidates, by date.
-- in: owner uuid, until date, room int
-- out: id uuid, given_name text, family_name text, is_protected bool, next_step text?, next_on date?
SELECT id, given_name, family_name, protected_address AS is_protected, next_step, next_on FROM lg.candidate
 WHERE owner = $owner AND state <> 'closed' AND next_step IS NOT NULL AND next_on <= $until
 ORDER BY next_on, id LIMIT $room;

-- name: day_without_solution :many
-- doc: Of somebody's candidates, those who could begin and for whom nothing is under way, longest waiting first.
-- in: owner uuid, room int
-- out: id uuid, given_name text, family_name text, is_protected bool, state_since date
SELECT c.id, c.given_name, c.family_name, c.protected_address AS is_protected, c.state_since FROM lg.candidate c
 WHERE c.owner = $owner AND c.state IN ('available', 'in_process') AND NOT EXISTS (SELECT FROM lg.proposal p
       WHERE p.candidate_id = c.id AND p.state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer', 'agreed'))
 ORDER BY c.state_since, c.id LIMIT $room;

-- name: day_old :many
-- doc: Of somebody's candidates, those whose facts nobody has confirmed since a day, the oldest first.
-- in: owner uuid, since date, room int
-- out: id uuid, version int, given_name text, family_name text, is_protected bool, confirmed_on date
SELECT id, version, given_name, family_name, protected_address AS is_protected, confirmed_on FROM lg.candidate
 WHERE owner = $owner AND state <> 'closed' AND confirmed_on < $since
 ORDER BY confirmed_on, id LIMIT $room;
