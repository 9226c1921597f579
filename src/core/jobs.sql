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

-- name: job_forget_calls :exec
-- doc: Who rang, from where and who answered is kept for 30 days; that somebody rang, for figures, for 400. These two numbers stand here alone.
-- as: lg_job
WITH gone AS (
	DELETE FROM lg.call WHERE began < now() - interval '400 days'
)
UPDATE lg.call SET caller_number = NULL, caller_digits = NULL, agent = NULL, extensions = '{}', answered_extension = NULL, call = id::text
 WHERE began BETWEEN now() - interval '400 days' AND now() - interval '30 days'
   AND (caller_number IS NOT NULL OR agent IS NOT NULL OR extensions <> '{}' OR answered_extension IS NOT NULL OR call <> id::text);

-- name: job_forget_enquiries :exec
-- doc: What old enquiries say, where the office has said after how many months: a thousand at a time. That they were stays, for the counts.
-- as: lg_job
WITH old AS (
	SELECT e.id FROM lg.enquiry e JOIN lg.entrance x ON x.forget_after IS NOT NULL
	 WHERE e.forgotten IS NULL AND e.candidate_id IS NULL AND e.state IN ('answered', 'closed')
	   AND e.changed < now() - make_interval(months => x.forget_after)
	 ORDER BY e.changed LIMIT 1000
), mails AS (
	DELETE FROM lg.enquiry_mail m USING old WHERE m.enquiry_id = old.id
), threads AS (
	DELETE FROM lg.enquiry_thread t USING old WHERE t.enquiry_id = old.id
), keys AS (
	DELETE FROM lg.person_key k USING old WHERE k.subject = old.id
), letters AS (
	DELETE FROM lg.enquiry_trigram t USING old WHERE t.enquiry_id = old.id
)
UPDATE lg.enquiry e
   SET version = e.version + 1, forgotten = now(), words = '–', answer = NULL, caller_phone = NULL, caller_digits = NULL, caller_mail = NULL,
       caller_place = NULL, caller_name = NULL, person_name = NULL, caller_from = NULL, share_id = NULL
  FROM old WHERE e.id = old.id;

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

-- name: job_pools_due :many
-- doc: Offices whose standing orders to pools are to be gone over.
-- as: lg_job
-- in: seconds int
-- out: tenant int
SELECT tenant FROM lg_gate.pools_due($seconds::int);

-- name: job_pool_sends_due :many
-- doc: Pools that have something to send.
-- as: lg_job
-- out: pool int
SELECT pool FROM lg_gate.pool_sends_due();

-- name: job_pool_send_piece :one
-- doc: Send a piece of it; false: there is nothing more.
-- as: lg_job
-- in: most int
-- out: more bool
SELECT lg_gate.pool_send_piece($most::int) AS more;

-- name: job_pool_sweep :one
-- doc: Give and take back as they say, so many at most; 0: all is as it should be.
-- as: lg_job
-- in: most int
-- out: n int
SELECT lg_gate.pool_sweep($most::int) AS n;

-- name: job_figures :one
-- doc: Figures for monitors.
-- as: lg_job
-- out: outbox_waiting int, outbox_oldest_s int
SELECT outbox_waiting, outbox_oldest_s FROM lg_gate.service_figures();
