-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: webhooks_due :many
-- doc: Webhooks of all offices that have something to hand over.
-- as: lg_job
-- in: most int
-- out: tenant int, id uuid
SELECT tenant, id FROM lg_gate.webhooks_due($most);

-- name: webhook_take :maybe
-- doc: What is to be handed over to it next, and nobody else is handing over; it is ours until the transaction ends.
-- as: lg_job
-- in: webhook uuid
-- out: id uuid, body text, attempts int, url text, secret bytes, old_secret bytes?
SELECT d.id, d.body, d.attempts, w.url, w.secret, CASE WHEN w.old_until > now() THEN w.old_secret END AS old_secret
  FROM lg.webhook_delivery d JOIN lg.webhook w ON w.id = d.webhook_id
 WHERE d.webhook_id = $webhook AND d.done IS NULL AND d.next_at <= now() AND w.state = 'on'
   AND (w.rests_until IS NULL OR w.rests_until <= now())
 ORDER BY d.next_at, d.created LIMIT 1 FOR NO KEY UPDATE OF d SKIP LOCKED;

-- name: webhook_taken :guard
-- doc: The receiver has taken it.
-- as: lg_job
-- in: id uuid, status int, answer text
UPDATE lg.webhook_delivery
   SET done = now(), tried = clock_timestamp(), attempts = attempts + 1, next_at = NULL, status = $status, answer = $answer
 WHERE id = $id;

-- name: webhook_later :guard
-- doc: It has not: again after so many seconds, or never.
-- as: lg_job
-- in: id uuid, status int?, answer text, wait_s int?
UPDATE lg.webhook_delivery
   SET tried = clock_timestamp(), attempts = attempts + 1, status = $status, answer = $answer,
       next_at = clock_timestamp() + make_interval(secs => $wait_s::int)
 WHERE id = $id;

-- name: webhook_rest :exec
-- doc: It is left alone for so many seconds.
-- as: lg_job
-- in: webhook uuid, wait_s int
UPDATE lg.webhook SET rests_until = clock_timestamp() + make_interval(secs => $wait_s::int) WHERE id = $webhook AND state = 'on';

-- name: webhook_fail :exec
-- doc: Was nothing taken for a day? It is switched off, and an administrator's day says so. What waits, waits.
-- as: lg_job
-- in: webhook uuid
WITH w AS (
	UPDATE lg.webhook SET state = 'failed', state_since = now(), version = version + 1
	 WHERE id = $webhook AND state = 'on'
	   AND NOT EXISTS (SELECT FROM lg.webhook_delivery d WHERE d.webhook_id = $webhook AND d.done > now() - interval '1 day')
	RETURNING id, version
)
INSERT INTO lg.audit (verb, entity, subject, version) SELECT 'switched_off', 'webhook', id, version FROM w;
