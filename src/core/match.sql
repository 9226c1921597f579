-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the matcher reads (schema/0015).

-- name: match_moment :one
-- doc: From which moment on to ask the next time; before what is read now.
-- as: lg_match
-- out: moment int
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS moment;

-- name: match_all :many
-- doc: One side of an office, a piece at a time.
-- as: lg_match
-- in: side text, after uuid, room int
-- out: handle uuid, facts json?
SELECT handle, facts FROM lg.match_entry WHERE side = $side AND handle > $after AND facts IS NOT NULL ORDER BY handle LIMIT $room;

-- name: match_changed :many
-- doc: What changed at this moment or later.
-- as: lg_match
-- in: since int
-- out: side text, handle uuid, facts json?
SELECT side, handle, facts FROM lg.match_entry WHERE moment >= $since;
