-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: colleague_list :many
-- doc: The names of those who work in the entered office, to choose from and to say who did something.
-- out: account uuid, name text
SELECT account_id AS account, name FROM lg.member WHERE kind = 'staff' ORDER BY name;

-- name: colleague_works_here :one
-- doc: Does this account work in the entered office?
-- in: account uuid
-- out: here bool
SELECT EXISTS (SELECT FROM lg.member WHERE kind = 'staff' AND account_id = $account) AS here;
