-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The fast lane is ordered by how much of what its opening can give a pair has (src/core/match_strong.h): by the score alone, openings that
-- name no skills would always stand last.
SET LOCAL ROLE lg_owner;
ALTER TABLE lg.fast_lane ADD COLUMN strength int NOT NULL DEFAULT 0;
COMMENT ON COLUMN lg.fast_lane.strength IS 'How much of what the opening can give the pair has, of 10,000';
RESET ROLE;
