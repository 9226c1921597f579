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

-- name: unit_choices :many
-- doc: The units of the entered office: whether they are open, and whether whoever acts works with candidates of them.
-- out: id uuid, name text, open bool, mine bool
SELECT u.id, u.name, u.closed IS NULL AS open, (SELECT lg_gate.units()) IS NULL OR u.id = ANY ((SELECT lg_gate.units())::uuid[]) AS mine
  FROM lg.unit u ORDER BY u.closed NULLS FIRST, u.sort, u.name, u.id;
