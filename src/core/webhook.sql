-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Webhooks as their administrators see them; what is handed over is in webhook_job.sql.

-- part: webhook_waiting
(SELECT count(*) FROM lg.webhook_delivery d WHERE d.webhook_id = w.id AND d.done IS NULL)

-- name: webhook_list :many
-- doc: All of the office, by name.
-- out: id uuid, name text, url text, state text, waiting int
SELECT w.id, w.name, w.url, w.state, {webhook_waiting} AS waiting FROM lg.webhook w ORDER BY w.name, w.id;

-- name: webhook_failed :many
-- doc: Those that were switched off since nothing was taken.
-- out: id uuid, name text, state_since time
SELECT w.id, w.name, w.state_since FROM lg.webhook w WHERE w.state = 'failed' ORDER BY w.state_since, w.id LIMIT 10;

-- name: webhook_get :one
-- doc: One.
-- in: id uuid
-- out: id uuid, version int, name text, url text, events text[], state text, state_since time, old_until time?, rests_until time?, waiting int
SELECT w.id, w.version, w.name, w.url, w.events, w.state, w.state_since, w.old_until, w.rests_until, {webhook_waiting} AS waiting
  FROM lg.webhook w WHERE w.id = $id;

-- name: webhook_add :exec
-- doc: A new one.
-- in: id uuid, name text, url text, events text[], secret bytes
INSERT INTO lg.webhook (id, name, url, events, secret) VALUES ($id, $name, $url, $events, $secret);

-- name: webhook_switch :guard
-- doc: On, or off.
-- in: id uuid, state text
UPDATE lg.webhook SET version = version + 1, state = $state, state_since = now(), rests_until = NULL WHERE id = $id AND state <> $state;

-- name: webhook_wake :exec
-- doc: What it has not taken is tried again, from now on.
-- in: webhook uuid
UPDATE lg.webhook_delivery SET next_at = now(), attempts = 0 WHERE webhook_id = $webhook AND done IS NULL;

-- name: webhook_secret_put :guard
-- doc: Another secret; the one before signs too, for a day.
-- in: id uuid, secret bytes
UPDATE lg.webhook SET version = version + 1, old_secret = secret, old_until = now() + interval '1 day', secret = $secret WHERE id = $id;

-- name: webhook_remove :guard
-- doc: It goes, with all that was told to it.
-- in: id uuid
DELETE FROM lg.webhook WHERE id = $id;

-- name: webhook_deliveries :many
-- doc: What was told to it, the newest first.
-- in: webhook uuid, room int
-- out: id uuid, event text, created time, attempts int, next_at time?, tried time?, done time?, status int?, answer text
SELECT d.id, d.event, d.created, d.attempts, d.next_at, d.tried, d.done, d.status, d.answer
  FROM lg.webhook_delivery d WHERE d.webhook_id = $webhook ORDER BY d.created DESC, d.id LIMIT $room;

-- name: webhook_test_add :exec
-- doc: Tell it something that is nothing, to see whether it is taken.
-- in: webhook uuid
INSERT INTO lg.webhook_delivery (webhook_id, event, body)
SELECT w.id, 'test', jsonb_build_object('type', 'test', 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       'data', '{}'::jsonb)::text
  FROM lg.webhook w WHERE w.id = $webhook;

-- name: webhook_replay :guard
-- doc: Once more, under the same id.
-- in: id uuid, webhook uuid
UPDATE lg.webhook_delivery SET done = NULL, next_at = now(), attempts = 0 WHERE id = $id AND webhook_id = $webhook;

-- name: webhook_rested :exec
-- doc: It is not left alone any more.
-- in: id uuid
UPDATE lg.webhook SET rests_until = NULL WHERE id = $id;
