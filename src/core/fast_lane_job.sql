-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the jobs process reads and writes for the fast lane (schema/0034).

-- part: under_way
p.state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer')

-- name: fast_lane_offices :many
-- doc: All offices in which somebody works, and by which clock.
-- as: lg_job
-- out: id int, zone text
SELECT id, zone FROM lg_ref.tenant WHERE shut IS NULL AND merged_into IS NULL ORDER BY id;

-- name: fast_lane_last :maybe
-- doc: For which day it was last looked for.
-- as: lg_job
-- out: day date
SELECT day FROM lg.fast_lane_night ORDER BY day DESC LIMIT 1;

-- name: fast_lane_people :many
-- doc: Who can start and has nothing under way, a piece at a time; the right to work is looked at by whoever asks.
-- as: lg_job
-- in: after uuid, today date, room int
-- out: handle uuid, ground text?, stay_until date?, facts json?
SELECT c.handle, c.ground, c.stay_until, m.facts
  FROM lg.candidate c JOIN lg.match_entry m ON m.side = 'candidate' AND m.handle = c.handle
 WHERE c.handle > $after AND c.state = 'available' AND c.wants_work = 'yes' AND (c.can_start IS NULL OR c.can_start <= $today)
   AND NOT EXISTS (SELECT FROM lg.proposal p WHERE p.candidate_id = c.id AND ({under_way} OR p.state = 'agreed'))
 ORDER BY c.handle
 LIMIT $room;

-- name: fast_lane_openings :many
-- doc: Openings with positions for which nobody is under way, a piece at a time.
-- as: lg_job
-- in: after uuid, today date, room int
-- out: handle uuid, free int?, facts json?
SELECT x.handle, x.free, m.facts
  FROM (SELECT o.handle, o.positions - o.agreed - (SELECT count(*) FROM lg.proposal p WHERE p.opening_id = o.id AND {under_way}) AS free
          FROM lg.opening o
         WHERE o.handle > $after AND o.state = 'open' AND (o.expires_on IS NULL OR o.expires_on >= $today)) x
  JOIN lg.match_entry m ON m.side = 'opening' AND m.handle = x.handle
 WHERE x.free > 0
 ORDER BY x.handle
 LIMIT $room;

-- name: fast_lane_decided :many
-- doc: Pairs that people have decided about.
-- as: lg_job
-- out: candidate uuid, opening uuid
SELECT c.handle AS candidate, o.handle AS opening
  FROM lg.proposal p JOIN lg.candidate c ON c.id = p.candidate_id JOIN lg.opening o ON o.id = p.opening_id
 WHERE c.state = 'available' AND o.state = 'open'
 ORDER BY 1, 2;

-- name: fast_lane_begin :guard
-- doc: The night's work is written down, once: whoever comes second has done nothing.
-- as: lg_job
-- in: day date, people int, openings int, found int, failed text?
INSERT INTO lg.fast_lane_night (day, people, openings, found, failed) VALUES ($day, $people, $openings, $found, $failed)
ON CONFLICT DO NOTHING;

-- name: fast_lane_clear :exec
-- doc: What the night before found is over.
-- as: lg_job
DELETE FROM lg.fast_lane;

-- name: fast_lane_put :exec
-- doc: Pairs of this night, of those who are still there.
-- as: lg_job
-- in: day date, candidates uuid[], openings uuid[], scores int[], strengths int[]
INSERT INTO lg.fast_lane (day, candidate_id, opening_id, score, strength)
SELECT $day, c.id, o.id, x.score, x.strength
  FROM unnest($candidates::uuid[], $openings::uuid[], $scores::bigint[], $strengths::bigint[]) x (candidate, opening, score, strength)
  JOIN lg.candidate c ON c.handle = x.candidate JOIN lg.opening o ON o.handle = x.opening;
