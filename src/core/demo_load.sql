-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: demo_code_put :exec
-- as: lg_auth
-- doc: The secret of an invented colleague's codes.
-- in: account uuid, box bytes
SELECT lg_gate.totp_set($account, $box, 0);

-- name: demo_person_put :guard
-- doc: What an invented person has behind them: a state, and since when.
-- in: id uuid, state text, reason text?, since date, registered date, owner uuid?
UPDATE lg.candidate SET state = $state, closed_reason = $reason, state_since = $since, created = $registered::date,
       owner = $owner::uuid, confirmed_on = greatest($registered::date, $since::date)
 WHERE id = $id;

-- name: demo_note_add :exec
-- doc: A note of an earlier day.
-- in: candidate uuid, account uuid, at time, language text?, text text
INSERT INTO lg.note (candidate_id, account_id, at, language, text) VALUES ($candidate, $account, $at, $language, $text);

-- name: demo_contact_add :exec
-- doc: A contact of an earlier day.
-- in: candidate uuid, account uuid, at time, channel text, direction text, reached text, words text?
INSERT INTO lg.contact (candidate_id, account_id, at, channel, direction, reached, words)
VALUES ($candidate, $account, $at, $channel, $direction, $reached, $words);

-- name: demo_task_add :exec
-- doc: A task set on an earlier day, and perhaps done.
-- in: candidate uuid, what text, due date, owner uuid, created time, done time?
INSERT INTO lg.task (candidate_id, what, due, owner, created_by, created, done, done_by)
VALUES ($candidate, $what, $due, $owner::uuid, $owner::uuid, $created, $done, CASE WHEN $done::timestamptz IS NULL THEN NULL ELSE $owner::uuid END);
