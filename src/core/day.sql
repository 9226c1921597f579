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
