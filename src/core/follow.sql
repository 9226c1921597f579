-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- How long proposals may wait in this office.

-- name: follow_list :many
-- doc: What the office has said; of other states holds what is usual.
-- out: state text, remind_days int, close_days int
SELECT state, remind_days, close_days FROM lg.follow ORDER BY state;

-- name: follow_put :exec
-- doc: What it says of one state.
-- in: state text, remind_days int, close_days int
INSERT INTO lg.follow (state, remind_days, close_days) VALUES ($state, $remind_days, $close_days)
ON CONFLICT (tenant_id, state) DO UPDATE SET remind_days = EXCLUDED.remind_days, close_days = EXCLUDED.close_days;
