-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The fast lane as people see it: pairs of the last night that still hold, as the rows are now and as far as whoever looks sees them; those first
-- that have most of what their opening can give.

-- part: under_way
p.state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer')

-- part: holds
f.day = $today AND c.state = 'available' AND o.state = 'open' AND (o.expires_on IS NULL OR o.expires_on >= $today)
   AND o.positions - o.agreed > (SELECT count(*) FROM lg.proposal p WHERE p.opening_id = o.id AND {under_way})
   AND NOT EXISTS (SELECT FROM lg.proposal p WHERE p.candidate_id = c.id AND (p.opening_id = o.id OR {under_way} OR p.state = 'agreed'))

-- name: fast_lane_list :many
-- doc: All that one sees.
-- in: today date, room int
-- out: candidate uuid, given_name text, family_name text, is_protected bool, invented bool, owner uuid?, record json
-- out: opening uuid, title text, employer_name text, opening_record json
SELECT c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, c.owner, to_jsonb(c) AS record,
       o.id AS opening, o.title, e.name AS employer_name, to_jsonb(o) AS opening_record
  FROM lg.fast_lane f JOIN lg.candidate c ON c.id = f.candidate_id JOIN lg.opening o ON o.id = f.opening_id
  JOIN lg.employer e ON e.id = o.employer_id
 WHERE {holds}
 ORDER BY f.strength DESC, f.score DESC, f.candidate_id
 LIMIT $room;

-- name: fast_lane_mine :many
-- doc: Those of somebody; whom nobody takes care of are their unit's and the leader's, and of no unit whoever's who decides.
-- in: today date, owner uuid, decides bool, room int
-- rows: fast_lane_list
SELECT c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, c.owner, to_jsonb(c) AS record,
       o.id AS opening, o.title, e.name AS employer_name, to_jsonb(o) AS opening_record
  FROM lg.fast_lane f JOIN lg.candidate c ON c.id = f.candidate_id JOIN lg.opening o ON o.id = f.opening_id
  JOIN lg.employer e ON e.id = o.employer_id
 WHERE {holds}
   AND (c.owner = $owner OR (c.owner IS NULL AND ((SELECT lg_gate.roles()) @> ARRAY['leader']
        OR ($decides AND (c.unit IS NULL OR c.unit = ANY ((SELECT lg_gate.units())::uuid[]))))))
 ORDER BY f.strength DESC, f.score DESC, f.candidate_id
 LIMIT $room;

-- name: fast_lane_of :many
-- doc: That of one candidate: none, or one.
-- in: today date, candidate uuid
-- rows: fast_lane_list
SELECT c.id AS candidate, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, c.owner, to_jsonb(c) AS record,
       o.id AS opening, o.title, e.name AS employer_name, to_jsonb(o) AS opening_record
  FROM lg.fast_lane f JOIN lg.candidate c ON c.id = f.candidate_id JOIN lg.opening o ON o.id = f.opening_id
  JOIN lg.employer e ON e.id = o.employer_id
 WHERE f.candidate_id = $candidate AND {holds};

-- name: fast_lane_night :maybe
-- doc: When it was last looked for, and among how many.
-- out: day date, at time, people int, openings int, found int, failed text?
SELECT day, at, people, openings, found, failed FROM lg.fast_lane_night ORDER BY day DESC LIMIT 1;
