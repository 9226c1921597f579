-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What stands behind the matcher's handles, read as whoever looks: who may not see a row does not see it here.

-- name: match_openings :many
-- doc: Openings by handle, those that are offered today.
-- in: handles uuid[], today date, candidate uuid
-- out: handle uuid, id uuid, title text, employer uuid, employer_name text, decided bool, record json
SELECT o.handle, o.id, o.title, o.employer_id AS employer, e.name AS employer_name,
       EXISTS (SELECT FROM lg.proposal p WHERE p.opening_id = o.id AND p.candidate_id = $candidate) AS decided, to_jsonb(o) AS record
  FROM lg.opening o JOIN lg.employer e ON e.id = o.employer_id
 WHERE o.handle = ANY ($handles) AND o.state = 'open' AND o.agreed < o.positions AND (o.expires_on IS NULL OR o.expires_on >= $today);

-- name: match_candidates :many
-- doc: Candidates by handle, those who may be proposed.
-- in: handles uuid[], opening uuid
-- out: handle uuid, id uuid, given_name text, family_name text, municipality text?, is_protected bool, invented bool, decided bool
-- out: confirmed_on date, record json
SELECT c.handle, c.id, c.given_name, c.family_name, c.municipality, c.protected_address AS is_protected, c.invented,
       EXISTS (SELECT FROM lg.proposal p WHERE p.candidate_id = c.id AND p.opening_id = $opening) AS decided,
       c.confirmed_on, to_jsonb(c) AS record
  FROM lg.candidate c
 WHERE c.handle = ANY ($handles) AND c.state = 'available';

-- name: match_sees_all :one
-- doc: Does whoever acts see the whole office, or candidates of some units only?
-- out: all bool
SELECT lg_gate.units() IS NULL AS all;

-- name: match_agreed :many
-- doc: The hours of the work that somebody has agreed on, while it lasts.
-- in: candidate uuid, today date
-- out: schedule text, latitude_e6 int?, longitude_e6 int?, remote bool
SELECT coalesce(o.schedule, '') AS schedule, o.latitude_e6, o.longitude_e6, o.remote
  FROM lg.proposal p JOIN lg.opening o ON o.id = p.opening_id
 WHERE p.candidate_id = $candidate AND p.state = 'agreed' AND o.schedule IS NOT NULL AND (o.ends_on IS NULL OR o.ends_on >= $today)
 ORDER BY p.state_since, p.id
 LIMIT 10;
