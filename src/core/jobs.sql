-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: job_seal :one
-- doc: Seal the new lines of every office's audit; how many.
-- as: lg_job
-- out: rows int
SELECT lg_gate.seal_audit() AS rows;

-- name: job_refresh :one
-- doc: Compute anew what sessions may: roles that ended, stand-ins whose days came; how many changed.
-- as: lg_job
-- out: sessions int
SELECT lg_gate.refresh_sessions(NULL, NULL) AS sessions;

-- name: job_sweep :one
-- doc: What has expired goes away; how many rows.
-- as: lg_job
-- out: rows int
SELECT lg_gate.sweep() AS rows;

-- name: job_tenants :many
-- doc: All offices in which somebody works, for what is done in each.
-- as: lg_job
-- out: id int
SELECT id FROM lg_ref.tenant WHERE shut IS NULL AND merged_into IS NULL ORDER BY id;

-- name: job_forget_keys :exec
-- doc: Idempotency keys of an office are kept for a day.
-- as: lg_job
DELETE FROM lg.idempotency WHERE created < now() - interval '1 day';

-- name: job_forget_deliveries :exec
-- doc: What was told to webhooks is kept for 30 days.
-- as: lg_job
DELETE FROM lg.webhook_delivery WHERE created < now() - interval '30 days';

-- name: job_expire_openings :exec
-- doc: Openings of an office whose last day is over, in its own days.
-- as: lg_job
WITH gone AS (
	UPDATE lg.opening o SET state = 'expired', state_since = t.today, version = o.version + 1, changed = now()
	  FROM (SELECT (now() AT TIME ZONE r.zone)::date AS today FROM lg_ref.tenant r WHERE r.id = lg_gate.tenant()) t
	 WHERE o.state IN ('open', 'paused') AND o.expires_on < t.today
	RETURNING o.id, o.version
)
INSERT INTO lg.audit (verb, entity, subject, version) SELECT 'expired', 'opening', id, version FROM gone;

-- name: job_figures :one
-- doc: Figures for monitors.
-- as: lg_job
-- out: outbox_waiting int, outbox_oldest_s int
SELECT outbox_waiting, outbox_oldest_s FROM lg_gate.service_figures();
