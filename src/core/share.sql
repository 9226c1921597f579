-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Cards that one office gives another, what became of them, and referrals (schema/0027, 0028). How it stands is computed here, for all
-- sides by the same lines.

-- part: share_row
s.id, s.version + coalesce(r.version, 0) + (SELECT count(*) FROM lg.share_answer n WHERE n.to_tenant = s.to_tenant AND n.share_id = s.id)
           + (SELECT count(*) FROM lg.share_outcome u WHERE u.to_tenant = s.to_tenant AND u.share_id = s.id) AS version,
       (SELECT count(*) FROM lg.share_answer n WHERE n.to_tenant = s.to_tenant AND n.share_id = s.id) AS answers,
       (SELECT count(*) FROM lg.share_outcome u WHERE u.to_tenant = s.to_tenant AND u.share_id = s.id) AS outcomes,
       CASE me.id WHEN s.to_tenant THEN 'receiver' WHEN s.from_tenant THEN 'giver' ELSE 'source' END AS side,
       f.name AS from_name, t.name AS to_name, o.name AS root_name, s.root_tenant = me.id AS is_ours, s.candidate_id AS candidate, s.parent_id AS parent,
       s.agreement_id AS agreement, s.fields,
       CASE WHEN s.until > now() OR s.root_tenant = me.id THEN s.card ELSE '{}'::jsonb END AS card, s.until, s.until > now() AS alive, s.may_forward, s.may_take_over, s.legal_basis, s.why, s.created,
       s.account_name AS by_name, s.withdrawn, s.withdrawn_why, s.handle,
       CASE WHEN s.until <= now() THEN 'over' WHEN l.what IS NOT NULL THEN l.what
            WHEN EXISTS (SELECT FROM lg.share_read d WHERE d.to_tenant = s.to_tenant AND d.share_id = s.id AND d.what = 'card') THEN 'seen' ELSE 'sent' END AS state,
       l.reason, l.words, l.at AS answered, l.account_name AS answered_by,
       r.question, r.deadline, coalesce(r.reminders, 0) AS reminders, r.reminded, r.escalated, r.escalated_why

-- part: share_from
(SELECT lg_gate.tenant() AS id) me JOIN lg.share s ON me.id IN (s.from_tenant, s.to_tenant, s.root_tenant)
  JOIN lg_ref.tenant f ON f.id = s.from_tenant JOIN lg_ref.tenant t ON t.id = s.to_tenant JOIN lg_ref.tenant o ON o.id = s.root_tenant
  LEFT JOIN lg.referral r ON r.from_tenant = s.from_tenant AND r.share_id = s.id
  LEFT JOIN LATERAL (SELECT n.what, n.reason, n.words, n.at, n.account_name FROM lg.share_answer n
                      WHERE n.to_tenant = s.to_tenant AND n.share_id = s.id AND n.what <> 'noted' ORDER BY n.n DESC LIMIT 1) l ON true

-- name: share_received :many
-- doc: Cards that the office has got, those with a deadline first, then the newest.
-- in: room int
-- out: id uuid, version int, answers int, outcomes int, side text, from_name text, to_name text, root_name text, is_ours bool, candidate uuid, parent uuid?
-- out: agreement uuid, fields text[], card json, until time, alive bool, may_forward bool, may_take_over bool, legal_basis text, why text, created time, by_name text
-- out: withdrawn time?, withdrawn_why text?, handle uuid, state text, reason text?, words text?, answered time?, answered_by text?
-- out: question text?, deadline date?, reminders int, reminded time?, escalated time?, escalated_why text?
SELECT {share_row}
  FROM {share_from}
 WHERE s.to_tenant = me.id AND s.until > now()
 ORDER BY r.deadline NULLS LAST, s.created DESC, s.id LIMIT $room;

-- name: share_given :many
-- doc: Cards that the office has given, the newest first.
-- in: room int
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.from_tenant = me.id
 ORDER BY s.created DESC, s.id LIMIT $room;

-- name: share_referrals :many
-- doc: Referrals to the office (in) or from it (out), by deadline.
-- in: out bool, room int
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE r.share_id IS NOT NULL AND CASE WHEN $out THEN s.from_tenant = me.id ELSE s.to_tenant = me.id AND s.until > now() END
 ORDER BY s.until <= now(), r.deadline, s.id LIMIT $room;

-- name: share_due :many
-- doc: Referrals that want something of the office by a day: an answer of it; of the other, when it is late; that a card is taken back.
-- in: until date, room int
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.until > now() AND r.share_id IS NOT NULL AND CASE coalesce(l.what, '')
       WHEN '' THEN s.to_tenant = me.id AND (r.deadline <= $until OR r.reminders > 0 OR r.escalated IS NOT NULL) OR s.from_tenant = me.id AND r.deadline <= $until
       WHEN 'accepted' THEN false
       ELSE s.from_tenant = me.id END
 ORDER BY r.deadline, s.id LIMIT $room;

-- name: share_of_candidate :many
-- doc: Who was told of a candidate of the office, all along the chain; the newest first.
-- in: candidate uuid, room int
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.root_tenant = me.id AND s.candidate_id = $candidate
 ORDER BY s.until > now() DESC, s.created DESC, s.id LIMIT $room;

-- name: share_behind :many
-- doc: Where a card was handed on to.
-- in: id uuid, room int
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.parent_id = $id
 ORDER BY s.created, s.id LIMIT $room;

-- name: share_get :many
-- doc: One share, as whoever asks has it: none or one.
-- in: id uuid
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.id = $id LIMIT 1;

-- name: share_matches :many
-- doc: Cards by the matcher's handles.
-- in: handles uuid[]
-- rows: share_received
SELECT {share_row}
  FROM {share_from}
 WHERE s.to_tenant = me.id AND s.until > now() AND s.handle = ANY ($handles);

-- name: share_answers :many
-- doc: What the receiver said, in order.
-- in: id uuid
-- out: what text, reason text?, words text?, at time, by_name text
SELECT a.what, a.reason, a.words, a.at, a.account_name AS by_name FROM lg.share_answer a WHERE a.share_id = $id ORDER BY a.n;

-- name: share_reads :many
-- doc: Who of the receiver looked, the latest first.
-- in: id uuid, room int
-- out: what text, at time, by_name text
SELECT d.what, d.at, d.account_name AS by_name FROM lg.share_read d WHERE d.share_id = $id ORDER BY d.at DESC, d.account_id, d.what LIMIT $room;

-- name: share_doings :many
-- doc: What receivers did with the cards of a candidate of the office, the latest first: they looked, or answered.
-- in: candidate uuid, room int
-- out: share uuid, office text, what text, reason text?, words text?, at time, by_name text
SELECT x.share_id AS share, o.name AS office, x.what, x.reason, x.words, x.at, x.account_name AS by_name
  FROM (SELECT d.share_id, d.to_tenant, d.what, NULL AS reason, NULL AS words, d.at, d.account_name FROM lg.share_read d WHERE d.root_tenant = (SELECT lg_gate.tenant())
        UNION ALL SELECT a.share_id, a.to_tenant, a.what, a.reason, a.words, a.at, a.account_name FROM lg.share_answer a WHERE a.root_tenant = (SELECT lg_gate.tenant())) x
  JOIN lg.share s ON s.root_tenant = (SELECT lg_gate.tenant()) AND s.id = x.share_id AND s.candidate_id = $candidate
  JOIN lg_ref.tenant o ON o.id = x.to_tenant
 ORDER BY x.at DESC, x.share_id LIMIT $room;

-- name: share_seen :exec
-- doc: That somebody of the receiver saw these cards: for the giver, and for the office whose candidate it is.
-- in: ids uuid[], what text
INSERT INTO lg.share_read (root_tenant, from_tenant, to_tenant, share_id, what)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, $what FROM lg.share s WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.id = ANY ($ids)
ON CONFLICT DO NOTHING;

-- name: share_add :one
-- doc: A card of a candidate of the office, or one handed on; under an agreement, to its other side.
-- in: id uuid, candidate uuid?, parent uuid?, agreement uuid, fields text[], until date, zone text, may_forward bool, may_take_over bool, why text
-- out: id uuid, candidate uuid
INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, id, candidate_id, parent_id, source_until, agreement_id, fields, given_until, may_forward, may_take_over, why, legal_basis)
SELECT coalesce(p.root_tenant, me.id), me.id, CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END, $id, coalesce(p.candidate_id, $candidate),
       p.id, p.until, a.id, $fields, ($until::date + 1)::timestamp AT TIME ZONE $zone, $may_forward, $may_take_over, $why, a.legal_basis
  FROM (SELECT lg_gate.tenant() AS id) me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  LEFT JOIN lg.share p ON p.to_tenant = me.id AND p.id = $parent
 WHERE a.id = $agreement AND ($parent IS NULL OR p.id IS NOT NULL)
RETURNING id, candidate_id AS candidate;

-- name: share_withdraw :guard
-- doc: Taken back: nobody sees it from now on, nor what was handed on of it.
-- in: id uuid, why text
UPDATE lg.share SET given_until = now(), withdrawn = now(), withdrawn_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id AND until > now();

-- name: share_prolong :guard
-- doc: Given for longer, or for less long, under this agreement or another.
-- in: id uuid, agreement uuid, until date, zone text
UPDATE lg.share SET given_until = ($until::date + 1)::timestamp AT TIME ZONE $zone, agreement_id = $agreement, withdrawn = NULL, withdrawn_why = NULL, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id;

-- name: share_answer_add :count
-- doc: The receiver answers; n: the number of this answer, so that of two at the same moment one is refused.
-- in: id uuid, n int, what text, reason text?, words text?
INSERT INTO lg.share_answer (root_tenant, from_tenant, to_tenant, share_id, n, what, reason, words)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, $n::bigint::int, $what, $reason, $words FROM lg.share s
 WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.id = $id AND s.until > now();

-- name: referral_add :exec
-- doc: A question with a deadline to a share of the office's.
-- in: id uuid, question text, deadline date, owner uuid?
INSERT INTO lg.referral (root_tenant, from_tenant, to_tenant, share_id, question, deadline, owner)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, $question, $deadline, $owner FROM lg.share s
 WHERE s.from_tenant = (SELECT lg_gate.tenant()) AND s.id = $id;

-- name: referral_remind :guard
-- doc: The other office is reminded: it stands on their day.
-- in: id uuid
UPDATE lg.referral SET reminders = reminders + 1, reminded = now(), version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND share_id = $id AND reminders < 100;

-- name: referral_escalate :guard
-- doc: The other office's leader is asked.
-- in: id uuid, why text
UPDATE lg.referral SET escalated = now(), escalated_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND share_id = $id AND escalated IS NULL;
