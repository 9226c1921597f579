-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: task_add :one
-- doc: A new task.
-- in: candidate uuid?, what text, due date, owner uuid, by uuid
-- out: id uuid
INSERT INTO lg.task (candidate_id, what, due, owner, created_by) VALUES ($candidate, $what, $due, $owner, $by) RETURNING id;

-- name: task_done :maybe
-- doc: A task is done. None when it was done before, or is not there.
-- in: id uuid, by uuid
-- out: candidate uuid?, what text
UPDATE lg.task SET version = version + 1, done = now(), done_by = $by WHERE id = $id AND done IS NULL
RETURNING candidate_id AS candidate, what;

-- name: task_list :many
-- doc: The tasks about a candidate, open ones first.
-- in: candidate uuid, room int
-- out: id uuid, what text, due date, owner uuid, done time?, version int
SELECT id, what, due, owner, done, version FROM lg.task WHERE candidate_id = $candidate
 ORDER BY done IS NOT NULL, due, id LIMIT $room;

-- name: task_mine :many
-- doc: What somebody is to do, by date.
-- in: owner uuid, room int
-- out: id uuid, what text, due date, candidate uuid?, given_name text?, family_name text?, is_protected bool
SELECT t.id, t.what, t.due, t.candidate_id AS candidate, c.given_name, c.family_name, coalesce(c.protected_address, false) AS is_protected
  FROM lg.task t LEFT JOIN lg.candidate c ON c.id = t.candidate_id
 WHERE t.owner = $owner AND t.done IS NULL ORDER BY t.due, t.id LIMIT $room;

-- name: contact_add :one
-- doc: Somebody spoke with, or wrote to, a candidate.
-- in: candidate uuid, account uuid, channel text, direction text, reached text, words text?
-- out: id uuid
INSERT INTO lg.contact (candidate_id, account_id, channel, direction, reached, words)
VALUES ($candidate, $account, $channel, $direction, $reached, $words) RETURNING id;

-- name: contact_list :many
-- doc: The latest contacts.
-- in: candidate uuid, room int
-- out: id uuid, at time, account uuid, channel text, direction text, reached text, words text?
SELECT id, at, account_id AS account, channel, direction, reached, words FROM lg.contact WHERE candidate_id = $candidate
 ORDER BY at DESC, id LIMIT $room;
