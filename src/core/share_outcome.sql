-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What became of those whose cards were taken on (schema/0047).

-- name: share_outcome_add :count
-- doc: The receiver writes down what happened; n: the number of this line, so that of two at the same moment one is refused.
-- in: id uuid, n int, kind text, on_day date, reason text?, place text?, words text?
INSERT INTO lg.share_outcome (root_tenant, from_tenant, to_tenant, share_id, n, kind, on_day, reason, place, words)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, $n::bigint::int, $kind, $on_day, $reason::text, $place::text, $words::text FROM lg.share s
 WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.id = $id AND s.until > now();

-- part: outcome_row
o.kind, o.on_day, o.reason, o.place, o.words, o.at, o.account_name AS by_name, t.name AS office, o.share_id AS share

-- name: share_outcomes :many
-- doc: What became of it, the latest first.
-- in: id uuid
-- out: kind text, on_day date, reason text?, place text?, words text?, at time, by_name text, office text, share uuid
SELECT {outcome_row} FROM lg.share_outcome o JOIN lg_ref.tenant t ON t.id = o.to_tenant WHERE o.share_id = $id ORDER BY o.n DESC;

-- name: share_outcomes_of_candidate :many
-- doc: What became of a candidate of the office at others, the latest first.
-- in: candidate uuid, room int
-- rows: share_outcomes
SELECT {outcome_row}
  FROM lg.share s JOIN lg.share_outcome o ON o.root_tenant = s.root_tenant AND o.share_id = s.id JOIN lg_ref.tenant t ON t.id = o.to_tenant
 WHERE s.root_tenant = (SELECT lg_gate.tenant()) AND s.candidate_id = $candidate
 ORDER BY o.on_day DESC, o.at DESC LIMIT $room;

-- part: asks
VALUES ('interview', 'interview', interval '1 day'), ('trial_day', 'trial_day', interval '1 day'),
       ('start', 'still_3', interval '3 months'), ('start', 'still_6', interval '6 months'), ('start', 'still_12', interval '12 months')

-- name: share_outcome_due :many
-- doc: What is to be asked again by a day, of cards that the office took on (as outcome_asks() says it of the office's own candidates).
-- in: until date, room int
-- out: share uuid, ask text, due date, card json, from_name text
SELECT s.id AS share, a.ask, a.due, s.card, f.name AS from_name
  FROM lg.share_outcome o
  JOIN lg.share s ON s.to_tenant = o.to_tenant AND s.id = o.share_id AND s.until > now()
  JOIN lg_ref.tenant f ON f.id = s.from_tenant
  JOIN LATERAL (SELECT k.ask, (o.on_day + k.later)::date AS due FROM ({asks}) k (kind, ask, later) WHERE k.kind = o.kind) a ON a.due <= $until
 WHERE o.to_tenant = (SELECT lg_gate.tenant()) AND o.kind IN ('interview', 'trial_day', 'start')
   AND NOT EXISTS (SELECT FROM lg.share_outcome l
                    WHERE l.to_tenant = o.to_tenant AND l.share_id = o.share_id AND l.n > o.n
                      AND (o.kind <> 'start' OR l.kind IN ('stopped', 'start') OR l.kind LIKE 'still%' AND a.due <= l.on_day + 31))
   AND (SELECT n.what FROM lg.share_answer n WHERE n.to_tenant = s.to_tenant AND n.share_id = s.id AND n.what <> 'noted' ORDER BY n.n DESC LIMIT 1) = 'accepted'
 ORDER BY a.due, s.id LIMIT $room;
