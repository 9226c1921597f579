-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: document_add :maybe
-- doc: A document of a candidate. None: the same file is there already. hash: as hex.
-- in: id uuid, candidate uuid, account uuid?, kind text, valid_until date?, name text, type text, size int, hash text
-- in: text_state text, text_why text?, text_box bytes?
-- out: id uuid
INSERT INTO lg.document (id, candidate_id, account_id, kind, valid_until, name, type, size, hash, text_state, text_why, text_box)
SELECT $id, $candidate, $account::uuid, $kind, $valid_until::date, $name, $type, $size::int, decode($hash, 'hex'), $text_state, $text_why::text,
       $text_box::bytea
 WHERE NOT EXISTS (SELECT FROM lg.document d WHERE d.candidate_id = $candidate AND d.hash = decode($hash, 'hex'))
RETURNING id;

-- name: document_piece_add :exec
-- doc: A piece of it.
-- in: document uuid, candidate uuid, number int, box bytes
INSERT INTO lg.document_piece (document_id, candidate_id, number, box) VALUES ($document, $candidate, $number::int, $box);

-- name: document_words_put :exec
-- doc: The words it is found by: keys as hex.
-- in: document uuid, candidate uuid, keys text[]
INSERT INTO lg.document_word (key, document_id, candidate_id) SELECT DISTINCT decode(k, 'hex'), $document::uuid, $candidate::uuid FROM unnest($keys::text[]) k;

-- name: document_list :many
-- doc: The documents of a candidate, the newest first.
-- in: candidate uuid, room int
-- out: id uuid, at time, account uuid?, kind text, valid_until date?, name text, type text, size int, text_state text, text_why text?
SELECT id, at, account_id AS account, kind, valid_until, name, type, size, text_state, text_why
  FROM lg.document WHERE candidate_id = $candidate ORDER BY at DESC, id LIMIT $room;

-- name: document_get :one
-- doc: One, with its text in its box and its key.
-- in: id uuid, candidate uuid
-- out: id uuid, at time, account uuid?, kind text, valid_until date?, name text, type text, size int, text_state text, text_why text?
-- out: text_box bytes?, key_box bytes?
SELECT d.id, d.at, d.account_id AS account, d.kind, d.valid_until, d.name, d.type, d.size, d.text_state, d.text_why, d.text_box, k.key_box
  FROM lg.document d LEFT JOIN lg.person_key k ON k.subject = d.id
 WHERE d.id = $id AND d.candidate_id = $candidate;

-- name: document_pieces :many
-- doc: Its bytes, piece by piece.
-- in: document uuid
-- out: number int, box bytes
SELECT number, box FROM lg.document_piece WHERE document_id = $document ORDER BY number;

-- name: document_remove :guard
-- doc: Taken away, with all that hangs on it but its key.
-- in: id uuid, candidate uuid
DELETE FROM lg.document WHERE id = $id AND candidate_id = $candidate;

-- name: document_keys_forget :exec
-- doc: The keys of all documents of a candidate who is erased. Before the candidate is.
-- in: candidate uuid
DELETE FROM lg.person_key WHERE subject IN (SELECT d.id FROM lg.document d WHERE d.candidate_id = $candidate);

-- name: document_found :many
-- doc: Of these candidates one document each in which all the words stand, the newest: keys as hex.
-- in: candidates uuid[], keys text[], words int
-- out: candidate uuid, id uuid, kind text, name text, text_box bytes?, key_box bytes?
SELECT DISTINCT ON (d.candidate_id) d.candidate_id AS candidate, d.id, d.kind, d.name, d.text_box, k.key_box
  FROM (SELECT w.document_id FROM lg.document_word w
         WHERE w.key = ANY (SELECT decode(x, 'hex') FROM unnest($keys::text[]) x) AND w.candidate_id = ANY ($candidates)
         GROUP BY w.document_id HAVING count(*) = $words) f
  JOIN lg.document d ON d.id = f.document_id
  LEFT JOIN lg.person_key k ON k.subject = d.id
 ORDER BY d.candidate_id, d.at DESC;
