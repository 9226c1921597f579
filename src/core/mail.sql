-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: mail_due :many
-- doc: Mails that are to be sent now, of all offices.
-- as: lg_job
-- in: most int
-- out: tenant int, id uuid
SELECT tenant, id FROM lg_gate.mail_due($most);

-- name: mail_take :maybe
-- doc: A mail that nobody else is sending; it is ours until the transaction ends.
-- as: lg_job
-- in: id uuid
-- out: kind text, to_mail text, language text, data json, message_id text, attempts int
SELECT kind, to_mail, language, data, message_id, attempts FROM lg.outbox
WHERE id = $id AND sent IS NULL AND next_at <= now() FOR NO KEY UPDATE SKIP LOCKED;

-- name: mail_sent :guard
-- doc: The server has taken it. The words' values go: one of them may be the token of a link.
-- as: lg_job
-- in: id uuid
UPDATE lg.outbox SET sent = now(), attempts = attempts + 1, failure = '', data = '{}' WHERE id = $id;

-- name: mail_later :guard
-- doc: The server has not taken it: again after so many seconds.
-- as: lg_job
-- in: id uuid, failure text, wait_s int
UPDATE lg.outbox SET attempts = attempts + 1, failure = $failure, next_at = now() + make_interval(secs => $wait_s::int) WHERE id = $id;

-- name: mail_given_up :guard
-- doc: The server never will.
-- as: lg_job
-- in: id uuid, failure text
UPDATE lg.outbox SET attempts = attempts + 1, failure = $failure, next_at = NULL, data = '{}' WHERE id = $id;
