-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the figures are counted from; nobody is shown these rows.

-- name: figures_enquiries :many
-- doc: Enquiries since a moment: when, for which municipality, when answered, how often handed over; and whether a caller who was known was written down again.
-- in: since time, room int
-- out: created time, municipality text?, answered_at time?, due_at time?, handovers int, asked_twice bool
SELECT e.created, e.municipality, e.answered_at, e.due_at, e.handovers,
       (e.caller_from IS NULL AND e.caller_name IS NOT NULL AND e.caller_digits IS NOT NULL
        AND EXISTS (SELECT FROM lg.enquiry b WHERE b.caller_digits = e.caller_digits AND b.caller_name IS NOT NULL AND b.created < e.created)) AS asked_twice
  FROM lg.enquiry e WHERE e.created >= $since
 ORDER BY e.created LIMIT $room;

-- name: figures_outcomes :many
-- doc: What became of it, by kind and day: of candidates, and of cards that the office gave.
-- in: since date, until date
-- out: kind text, on_day date, n int
SELECT kind, on_day, count(*) AS n
  FROM (SELECT o.kind, o.on_day FROM lg.outcome o
        UNION ALL SELECT o.kind, o.on_day FROM lg.share_outcome o WHERE (SELECT lg_gate.tenant()) IN (o.from_tenant, o.root_tenant)) x
 WHERE on_day BETWEEN $since AND $until GROUP BY kind, on_day ORDER BY kind, on_day;

-- name: figures_openings :one
-- doc: What is open now.
-- out: n int, positions int
SELECT count(*) AS n, coalesce(sum(positions - agreed), 0) AS positions FROM lg.opening WHERE state = 'open';

-- name: figures_calls :many
-- doc: Calls since a moment, by hour: answered, or not. Those that still ring are left out.
-- in: since time, room int
-- out: at time, answered bool, n int
SELECT date_trunc('hour', c.began) AS at, (c.state = 'answered' OR c.result IN ('answered', 'elsewhere')) IS TRUE AS answered, count(*) AS n
  FROM lg.call c WHERE c.began >= $since AND (c.state <> 'ringing' OR c.began <= now() - interval '10 minutes')
 GROUP BY 1, 2 ORDER BY 1, 2 LIMIT $room;

-- name: figures_candidates :many
-- doc: People who were registered while they, or somebody for them, asked the hotline, since a moment: their first profession.
-- in: since time, room int
-- out: occupation text
SELECT coalesce(c.occupations -> 0 ->> 'occupation', '') AS occupation
  FROM lg.candidate c
 WHERE c.created >= $since AND EXISTS (SELECT FROM lg.enquiry e WHERE e.candidate_id = c.id AND e.created <= c.created)
 ORDER BY c.id LIMIT $room;

-- name: figures_referrals :many
-- doc: What was referred to other offices since a moment, and their last answer.
-- in: since time, room int
-- out: created time, answer text?
SELECT r.created, (SELECT a.what FROM lg.share_answer a WHERE a.from_tenant = r.from_tenant AND a.share_id = r.share_id AND a.what <> 'noted'
                    ORDER BY a.n DESC LIMIT 1) AS answer
  FROM lg.referral r
 WHERE r.from_tenant = (SELECT lg_gate.tenant()) AND r.created >= $since
 ORDER BY r.created LIMIT $room;
