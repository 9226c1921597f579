-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: outcome_add :one
-- doc: What became of it.
-- in: id uuid, candidate uuid, kind text, on_day date, reason text?, place text?, words text?, task_ids uuid[], by uuid
-- out: id uuid
INSERT INTO lg.outcome (id, candidate_id, kind, on_day, reason, place, words, task_ids, account_id)
SELECT $id, c.id, $kind, $on_day, $reason::text, $place::text, $words::text, $task_ids, $by FROM lg.candidate c WHERE c.id = $candidate
RETURNING id;

-- name: outcome_task_add :exec
-- doc: A question that comes by itself on a day.
-- in: id uuid, candidate uuid, what text, due date, owner uuid
INSERT INTO lg.task (id, candidate_id, what, due, owner, created_by) VALUES ($id, $candidate, $what, $due, $owner, $owner);

-- name: outcome_tasks_done :exec
-- doc: Questions of earlier outcomes that need not be asked any more: those due until a day, or all.
-- in: candidate uuid, by uuid, until date?
UPDATE lg.task t SET version = t.version + 1, done = now(), done_by = $by
 WHERE t.candidate_id = $candidate AND t.done IS NULL AND ($until::date IS NULL OR t.due <= $until)
   AND t.id IN (SELECT unnest(o.task_ids) FROM lg.outcome o WHERE o.candidate_id = $candidate);

-- name: outcome_list :many
-- doc: What became of it, the latest first.
-- in: candidate uuid, room int
-- out: id uuid, kind text, on_day date, reason text?, place text?, words text?, account uuid
SELECT id, kind, on_day, reason, place, words, account_id AS account FROM lg.outcome WHERE candidate_id = $candidate
 ORDER BY on_day DESC, at DESC LIMIT $room;
