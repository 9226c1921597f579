-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the matcher reads (schema/0015).

-- name: match_moment :one
-- doc: From which moment on to ask the next time; before what is read now.
-- as: lg_match
-- out: moment int, now time
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS moment, now() AS now;

-- name: match_all :many
-- doc: One side of an office, a piece at a time.
-- as: lg_match
-- in: side text, after uuid, room int
-- out: handle uuid, facts json?
SELECT handle, facts FROM lg.match_entry WHERE side = $side AND handle > $after AND facts IS NOT NULL
   AND (until IS NULL OR until > now()) ORDER BY handle LIMIT $room;

-- name: match_changed :many
-- doc: What changed at this moment or later; and what was shared, and has ended since (ended: when that was last asked).
-- as: lg_match
-- in: since int, ended time
-- out: side text, handle uuid, facts json?
SELECT side, handle, CASE WHEN until IS NULL OR until > now() THEN facts END AS facts FROM lg.match_entry
 WHERE moment >= $since OR (until > $ended AND until <= now());
