-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: note_add :one
-- doc: A new note about a candidate.
-- in: candidate uuid, account uuid, language text?, text text
-- out: id uuid
INSERT INTO lg.note (candidate_id, account_id, language, text) VALUES ($candidate, $account, $language, $text) RETURNING id;

-- name: note_list :many
-- doc: The latest notes about a candidate.
-- in: candidate uuid, room int
-- out: id uuid, at time, account uuid, language text?, text text
SELECT id, at, account_id AS account, language, text FROM lg.note WHERE candidate_id = $candidate ORDER BY at DESC, id LIMIT $room;
