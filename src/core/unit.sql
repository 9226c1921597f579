-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- The parts of an office.

-- name: unit_list :many
-- doc: The parts of the office.
-- out: id uuid, name text, closed bool, version int
SELECT id, name, closed IS NOT NULL AS closed, version FROM lg.unit ORDER BY closed NULLS FIRST, sort, name, id;

-- name: unit_add :exec
-- doc: A new part of the office.
-- in: name text
INSERT INTO lg.unit (name) VALUES ($name);

-- name: unit_change :guard
-- doc: Another name, or closed since today, or open again.
-- in: id uuid, name text, closed bool, version int
UPDATE lg.unit SET name = $name, closed = CASE WHEN $closed THEN coalesce(closed, current_date) END, version = version + 1
WHERE id = $id AND version = $version;

-- name: unit_choices :many
-- doc: The units of the entered office: whether they are open, and whether whoever acts works with candidates of them.
-- out: id uuid, name text, open bool, mine bool
SELECT u.id, u.name, u.closed IS NULL AS open, (SELECT lg_gate.units()) IS NULL OR u.id = ANY ((SELECT lg_gate.units())::uuid[]) AS mine
  FROM lg.unit u ORDER BY u.closed NULLS FIRST, u.sort, u.name, u.id;
