-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What plans of pools found for people of the office, and what it answered.

-- part: said_last
LEFT JOIN LATERAL (SELECT n.what, n.reason, n.colleague FROM lg.pool_answer n WHERE n.to_tenant = m.to_tenant AND n.match_id = m.id ORDER BY n.n DESC LIMIT 1) l ON true

-- part: waits
coalesce(l.what, 'passed') = 'passed'

-- name: pool_match_list :many
-- doc: What plans of pools found for people of the office: those that wait for an answer, or were answered so; the best first.
-- in: state text, mine bool, account uuid, after_score int, after_id uuid, room int
-- out: id uuid, score int, card json, sent time, candidate uuid, given_name text, family_name text, is_protected bool, invented bool, pool_name text
-- out: office_name text, what text?, reason text?, colleague uuid?
SELECT m.id, m.score, m.card, m.sent, c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, p.name AS pool_name,
       o.name AS office_name, l.what, l.reason, l.colleague
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id JOIN lg_ref.tenant p ON p.id = m.pool_tenant JOIN lg_ref.tenant o ON o.id = m.opening_tenant
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND CASE $state WHEN 'waiting' THEN {waits} ELSE l.what = $state END
   AND (NOT $mine OR coalesce(l.colleague, c.owner, $account) = $account) AND m.score <= $after_score AND (m.score < $after_score OR m.id > $after_id)
 ORDER BY m.score DESC, m.id LIMIT $room;

-- name: pool_match_waiting :one
-- doc: How much of it waits for somebody: for their people, and what was passed on to them. A hundred are enough to know.
-- in: account uuid
-- out: n int
SELECT count(*) AS n FROM (SELECT FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND {waits} AND coalesce(l.colleague, c.owner, $account) = $account LIMIT 100) w;

-- name: pool_match_get :one
-- doc: One of them, with the person.
-- in: id uuid
-- out: id uuid, score int, card json, sent time, until time, candidate uuid, given_name text, family_name text, is_protected bool, invented bool, record json
-- out: pool_name text, office_name text, is_ours bool, what text?, reason text?, colleague uuid?
SELECT m.id, m.score, m.card, m.sent, m.until, c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, to_jsonb(c) AS record,
       p.name AS pool_name, o.name AS office_name, m.opening_tenant = m.to_tenant AS is_ours, l.what, l.reason, l.colleague
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id JOIN lg_ref.tenant p ON p.id = m.pool_tenant JOIN lg_ref.tenant o ON o.id = m.opening_tenant
  {said_last}
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND m.id = $id;

-- name: pool_match_said :many
-- doc: What was said of it, in order.
-- in: id uuid
-- out: what text, reason text?, words text?, colleague uuid?, share uuid?, at time, by_name text
SELECT a.what, a.reason, a.words, a.colleague, a.share_id AS share, a.at, a.account_name AS by_name
  FROM lg.pool_answer a WHERE a.to_tenant = (SELECT lg_gate.tenant()) AND a.match_id = $id ORDER BY a.n;

-- name: pool_match_answer :many
-- doc: An answer to one; none: it is over, or answered, or cannot be handed on.
-- in: id uuid, what text, reason text?, words text?, colleague uuid?
-- out: id uuid, share uuid?, candidate uuid
WITH one AS (
	SELECT m.pool_tenant, m.to_tenant, m.id, m.candidate_id FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
	 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND m.id = $id
), said AS (
	INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what, reason, words, colleague)
	SELECT o.pool_tenant, o.to_tenant, o.id, 1 + (SELECT count(*) FROM lg.pool_answer a WHERE a.to_tenant = o.to_tenant AND a.match_id = o.id), $what, $reason, $words, $colleague
	  FROM one o
	RETURNING match_id, share_id
)
SELECT s.match_id AS id, s.share_id AS share, o.candidate_id AS candidate FROM said s JOIN one o ON o.id = s.match_id;

-- name: pool_match_approve :many
-- doc: Approve those that were chosen, or all that wait, so many at most; but none that is over, or cannot be handed on.
-- in: everybody bool, ids uuid[], mine bool, account uuid, most int
-- out: id uuid, share uuid?, candidate uuid
WITH them AS (
	SELECT m.pool_tenant, m.to_tenant, m.id, m.candidate_id
	  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
	  {said_last}
	 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.until > now() AND {waits} AND c.state = 'available' AND ($everybody OR m.id = ANY ($ids))
	   AND (NOT $mine OR coalesce(l.colleague, c.owner, $account) = $account)
	 ORDER BY m.score DESC, m.id LIMIT $most
), said AS (
	INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what)
	SELECT t.pool_tenant, t.to_tenant, t.id, 1 + (SELECT count(*) FROM lg.pool_answer a WHERE a.to_tenant = t.to_tenant AND a.match_id = t.id), 'approved' FROM them t
	RETURNING match_id, share_id
)
SELECT s.match_id AS id, s.share_id AS share, t.candidate_id AS candidate FROM said s JOIN them t ON t.id = s.match_id;

-- name: pool_match_propose :many
-- doc: Approved, for an opening of the office's own: an ordinary proposal.
-- in: ids uuid[], by uuid, today date
-- out: candidate uuid, opening uuid
INSERT INTO lg.proposal (id, candidate_id, opening_id, created_by, changed_by, owner, state, state_since, score)
SELECT gen_random_uuid(), c.id, p.opening_id, $by, $by, coalesce(c.owner, $by), 'shortlisted', $today, m.score
  FROM lg.pool_match m JOIN lg.candidate c ON c.id = m.candidate_id
  JOIN lg.pool_opening p ON p.from_tenant = m.to_tenant AND p.to_tenant = m.pool_tenant AND p.id = m.opening_id
 WHERE m.to_tenant = (SELECT lg_gate.tenant()) AND m.opening_tenant = m.to_tenant AND m.id = ANY ($ids)
ON CONFLICT (tenant_id, candidate_id, opening_id) DO NOTHING
RETURNING candidate_id AS candidate, opening_id AS opening;
