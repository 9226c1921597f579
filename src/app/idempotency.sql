-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: idempotency_add :maybe
-- doc: Take a key. None: it is taken. Waits for whoever takes it at the same moment.
-- in: key text, request_hash bytes
-- out: key text
INSERT INTO lg.idempotency (key, request_hash) VALUES ($key, $request_hash) ON CONFLICT DO NOTHING RETURNING key;

-- name: idempotency_get :maybe
-- doc: What a key was answered.
-- in: key text
-- out: request_hash bytes, status int?, answer bytes?
SELECT request_hash, status, answer FROM lg.idempotency WHERE key = $key;

-- name: idempotency_put :exec
-- doc: The answer of a key.
-- in: key text, status int, answer bytes
UPDATE lg.idempotency SET status = $status::int, answer = $answer WHERE key = $key;
