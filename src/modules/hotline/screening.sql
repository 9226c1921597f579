-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: screening_add :one
-- doc: A screening of somebody.
-- in: id uuid, candidate uuid, family text, list_of date, answers json, result text, words text?, by uuid
-- out: id uuid
INSERT INTO lg.screening (id, candidate_id, family, list_of, answers, result, words, account_id)
SELECT $id, c.id, $family, $list_of, $answers, $result, $words::text, $by FROM lg.candidate c WHERE c.id = $candidate
RETURNING id;

-- name: screening_list :many
-- doc: The screenings of somebody, the latest first.
-- in: candidate uuid, room int
-- out: id uuid, family text, list_of date, answers json, result text, words text?, at time, account uuid
SELECT id, family, list_of, answers, result, words, at, account_id AS account FROM lg.screening WHERE candidate_id = $candidate
 ORDER BY at DESC, id LIMIT $room;

-- name: enquiry_link :guard
-- doc: It is about this candidate: the name is kept there, and not twice.
-- in: id uuid, version int, candidate uuid
UPDATE lg.enquiry e SET version = e.version + 1, changed = now(), candidate_id = c.id, about = 'named', person_name = NULL,
       legal_basis = coalesce(e.legal_basis, c.legal_basis)
  FROM lg.candidate c WHERE e.id = $id AND e.version = $version AND c.id = $candidate;
