-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Telephone calls: what the exchange tells, the cards that agents see, who the caller may be. Times within which something is shown stand
-- in the parts: it rings for ten minutes at most, as no caller waits longer; a card stays for half an hour after the call, to write it down.

-- part: phone_columns
c.id, c.began, c.answered_at, c.ended_at, c.caller_number, c.caller_digits, c.state, c.result, c.agent, c.enquiry_id AS enquiry

-- part: rings
c.state = 'ringing' AND c.began > now() - interval '10 minutes'

-- part: was_missed
(c.result IN ('missed', 'busy') OR (c.state = 'ringing' AND c.began <= now() - interval '10 minutes'))

-- Whoever says one's extension; what rings where nobody's telephone is, is for all who are on.
-- part: for_me
(EXISTS (SELECT FROM lg.call_extension x WHERE x.account_id = $me AND x.extension = ANY (c.extensions))
        OR (NOT EXISTS (SELECT FROM lg.call_extension x WHERE x.extension = ANY (c.extensions))
            AND EXISTS (SELECT FROM lg.hotline_presence p WHERE p.account_id = $me AND (p.state = 'on' OR p.until <= now()))))

-- name: phone_open :one
-- doc: The call that an event is of, made if it is new, and locked until the transaction ends.
-- in: source uuid, call text, at time
-- out: id uuid, fresh bool, country text, caller_number text?, extensions text[], began time, answered_at time?, answered_extension text?, ended_at time?, reason text?
INSERT INTO lg.call AS c (source, call, began, state) VALUES ($source, $call, $at, 'ringing')
ON CONFLICT (tenant_id, source, call) DO UPDATE SET call = c.call
RETURNING c.id, c.xmax = 0 AS fresh, (SELECT t.country FROM lg_ref.tenant t WHERE t.id = lg_gate.tenant()) AS country, c.caller_number,
       c.extensions, c.began, c.answered_at, c.answered_extension, c.ended_at, c.reason;

-- name: phone_put :exec
-- doc: What is known of it now. Who answered has it: whose extension that is.
-- in: id uuid, caller_number text?, digits text?, extensions text[], began time, answered_at time?, answered_extension text?, ended_at time?, reason text?, state text, result text?
UPDATE lg.call SET changed = clock_timestamp(), caller_number = $caller_number, caller_digits = $digits, extensions = $extensions, began = $began,
       answered_at = $answered_at, answered_extension = $answered_extension, ended_at = $ended_at, reason = $reason, state = $state, result = $result,
       agent = CASE WHEN answered_extension IS DISTINCT FROM $answered_extension
               THEN coalesce((SELECT x.account_id FROM lg.call_extension x WHERE x.extension = $answered_extension), agent) ELSE agent END
 WHERE id = $id;

-- name: phone_list :many
-- doc: The latest calls.
-- in: room int
-- out: id uuid, began time, answered_at time?, ended_at time?, caller_number text?, caller_digits text?, state text, result text?, agent uuid?, enquiry uuid?
SELECT {phone_columns}
  FROM lg.call c ORDER BY c.began DESC, c.id LIMIT $room;

-- name: phone_cards :many
-- doc: What rings for somebody, what they have, and what was answered at a telephone that nobody told of.
-- in: me uuid, room int
-- rows: phone_list
SELECT {phone_columns}
  FROM lg.call c
 WHERE c.enquiry_id IS NULL AND c.left_at IS NULL AND c.began > now() - interval '12 hours'
   AND ((c.agent IS NULL AND {rings} AND {for_me})
     OR (c.agent = $me AND ((c.state <> 'ended' AND {was_missed} IS NOT TRUE) OR (c.result IN ('answered', 'elsewhere') AND c.ended_at > now() - interval '30 minutes')))
     OR (c.agent IS NULL AND c.result = 'elsewhere' AND c.ended_at > now() - interval '30 minutes' AND {for_me}))
 ORDER BY c.began DESC, c.id LIMIT $room;

-- name: phone_take :count
-- doc: Somebody takes a call that is nobody's, or theirs; of several who do, one.
-- in: id uuid, me uuid
UPDATE lg.call SET agent = $me, changed = clock_timestamp() WHERE id = $id AND (agent IS NULL OR agent = $me);

-- name: phone_lock :one
-- doc: A call that is about to lead to an enquiry, locked until the transaction ends.
-- in: id uuid
-- out: id uuid, caller_number text?, caller_digits text?, began time, agent uuid?, enquiry uuid?
SELECT c.id, c.caller_number, c.caller_digits, c.began, c.agent, c.enquiry_id AS enquiry FROM lg.call c WHERE c.id = $id FOR UPDATE;

-- name: phone_bind :exec
-- doc: The enquiry that a call led to.
-- in: id uuid, enquiry uuid
UPDATE lg.call SET enquiry_id = $enquiry, changed = clock_timestamp() WHERE id = $id;

-- name: phone_missed :many
-- doc: Who rang and was not answered, and has not been since: each number once, whoever waits longest first. A number that is withheld cannot be rung.
-- in: room int
-- out: id uuid, began time, caller_number text?, times int
SELECT m.id, m.began, m.caller_number, m.times
  FROM (SELECT DISTINCT ON (c.caller_digits) c.id, c.began, c.caller_number, c.caller_digits, count(*) OVER (PARTITION BY c.caller_digits) AS times
          FROM lg.call c
         WHERE {was_missed} AND c.caller_digits IS NOT NULL AND c.enquiry_id IS NULL AND c.left_at IS NULL
           AND NOT EXISTS (SELECT FROM lg.call l WHERE l.caller_digits = c.caller_digits AND l.began >= c.began
                              AND (l.state = 'answered' OR l.result IN ('answered', 'elsewhere')))
           AND NOT EXISTS (SELECT FROM lg.enquiry e WHERE e.caller_digits = c.caller_digits AND e.created >= c.began)
         ORDER BY c.caller_digits, c.began, c.id) m
 ORDER BY m.began, m.id LIMIT $room;

-- name: phone_withheld :one
-- doc: How many were not answered in the last day and cannot be rung back.
-- out: n int
SELECT count(*) AS n FROM lg.call c WHERE c.began > now() - interval '24 hours' AND {was_missed} AND c.caller_digits IS NULL AND c.left_at IS NULL;

-- name: phone_digits :one
-- doc: The number of a call.
-- in: id uuid
-- out: id uuid, digits text?
SELECT c.id, c.caller_digits AS digits FROM lg.call c WHERE c.id = $id;

-- name: phone_leave :exec
-- doc: Nobody needs to ring this number back for what was missed so far.
-- in: digits text
UPDATE lg.call c SET left_at = now(), changed = clock_timestamp() WHERE c.caller_digits = $digits AND c.left_at IS NULL AND {was_missed};

-- name: phone_enquiries :many
-- doc: The latest enquiries of a number.
-- in: digits text, room int
-- out: id uuid, created time, subject text, state text, caller_name text?, caller_place text?, caller_phone text?, municipality text?
SELECT e.id, e.created, e.subject, e.state, e.caller_name, e.caller_place, e.caller_phone, e.municipality
  FROM lg.enquiry e WHERE e.caller_digits = $digits ORDER BY e.created DESC, e.id LIMIT $room;

-- All numbers of the office are gone through: 1.6 ms for a thousand people. Behind the wall only equality of a column could use an index.
-- part: is_it
right(regexp_replace(x.phone, '[^0-9]', '', 'g'), 8) = $digits

-- name: phone_people :many
-- doc: Whose number it is: colleagues, contact persons of employers, candidates that the agent may see, other offices' hotlines. Names are read, none is written.
-- in: digits text, employers bool, candidates bool, room int
-- out: kind text, id text, name text, more text?
SELECT p.kind, p.id, p.name, p.more FROM (
SELECT 'colleague' AS kind, '' AS id, x.name, x.title AS more FROM lg.member x WHERE x.kind = 'staff' AND {is_it}
UNION ALL
SELECT 'employer', e.id::text, x.name, e.name FROM lg.employer e CROSS JOIN LATERAL jsonb_to_recordset(e.people) x(name text, phone text)
 WHERE $employers AND e.people <> '[]' AND {is_it}
UNION ALL
SELECT 'candidate', x.id::text, concat_ws(' ', x.given_name, x.family_name), NULL FROM lg.candidate x WHERE $candidates AND x.phone IS NOT NULL AND {is_it}
UNION ALL
SELECT 'office', x.office::text, x.name, t.name FROM lg_ref.entrance x JOIN lg_ref.tenant t ON t.id = x.office WHERE x.office <> lg_gate.tenant() AND {is_it}) p
 ORDER BY p.kind, p.name LIMIT $room;

-- name: extension_get :maybe
-- doc: Somebody's extension.
-- in: account uuid
-- out: extension text
SELECT extension FROM lg.call_extension WHERE account_id = $account;

-- name: extension_free :exec
-- doc: It is nobody's from now on, and they have none.
-- in: account uuid, extension text
DELETE FROM lg.call_extension WHERE account_id = $account OR extension = $extension;

-- name: extension_put :exec
-- doc: Somebody has it.
-- in: account uuid, extension text
INSERT INTO lg.call_extension (account_id, extension) VALUES ($account, $extension);

-- name: phone_forget :exec
-- doc: Who rang, from where and who answered is kept for 30 days; that somebody rang, for figures, for 400. These two numbers stand here alone.
-- as: lg_job
WITH gone AS (
	DELETE FROM lg.call WHERE began < now() - interval '400 days'
)
UPDATE lg.call SET caller_number = NULL, caller_digits = NULL, agent = NULL, extensions = '{}', answered_extension = NULL, call = id::text
 WHERE began BETWEEN now() - interval '400 days' AND now() - interval '30 days'
   AND (caller_number IS NOT NULL OR agent IS NOT NULL OR extensions <> '{}' OR answered_extension IS NOT NULL OR call <> id::text);
