-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Statements of the tests of the store, on the tables of stub.sql.

-- name: thing_add :one
-- doc: A new thing of the entered tenant.
-- in: name text, parent int?
-- out: id uuid, version int
INSERT INTO lg.thing (name, parent) VALUES ($name, $parent) RETURNING id, version;

-- name: thing_get :one
-- doc: One thing.
-- in: id uuid
-- out: id uuid, tenant int, name text, version int
SELECT id, tenant, name, version FROM lg.thing WHERE id = $id;

-- name: thing_find :maybe
-- doc: A thing of that name, if there is one.
-- in: name text
-- out: id uuid, tenant int
SELECT id, tenant FROM lg.thing WHERE name = $name;

-- name: thing_list :many
-- doc: All things whose name begins so. The $name in the text, and "$name", are no parameters.
-- in: begins text
-- out: name text, note text
SELECT name, 'it''s $begins' || $$ and $begins$$ || $q$, $$ too$q$ || E' \'$begins' AS note /* $begins /* ; */ */
  FROM lg.thing
 WHERE starts_with(name, $begins::text) -- $gone;
 ORDER BY name COLLATE "C";

-- name: thing_rename :guard
-- doc: Another name, if nobody was quicker; tells the new version.
-- in: id uuid, version int, name text
-- out: version int
UPDATE lg.thing SET name = $name, version = version + 1 WHERE id = $id AND version = $version RETURNING version;

-- name: thing_touch :guard
-- doc: Another version.
-- in: id uuid, version int
UPDATE lg.thing SET version = version + 1 WHERE id = $id AND version = $version;

-- name: thing_forget :count
-- doc: All things whose name begins so go.
-- in: begins text
DELETE FROM lg.thing WHERE starts_with(name, $begins);

-- name: secret_read :many
-- doc: What this role may not read.
-- out: id int?
SELECT id FROM lg.secret;

-- name: nap :exec
-- doc: Does nothing for a while.
-- in: ms int
SELECT pg_sleep($ms::float8 / 1000);

-- name: backend :one
-- doc: Which server process this is.
-- out: pid int, transaction text?
SELECT pg_backend_pid() AS pid, pg_current_xact_id_if_assigned()::text AS transaction;

-- name: value_put :exec
-- doc: A row of all types.
-- in: id int, number int?, truth bool, words text?, ident uuid?, day date?, moment time?, raw bytes?, data json?
-- in: many_words text[]?, idents uuid[]?, numbers int[]?
INSERT INTO lg.value VALUES ($id, $number, $truth, $words, $ident, $day, $moment, $raw, $data, $many_words, $idents, $numbers)
ON CONFLICT (id) DO UPDATE SET number = $number, truth = $truth, words = $words, ident = $ident, day = $day, moment = $moment,
	raw = $raw, data = $data, many_words = $many_words, idents = $idents, numbers = $numbers;

-- name: value_set :set
-- doc: Rows of all types.
-- in: id int, number int?, truth bool, words text?, ident uuid?, day date?, moment time?, raw bytes?, data json?
-- in: many_words text[]?, idents uuid[]?, numbers int[]?
INSERT INTO lg.value SELECT r.* FROM $rows r;

-- name: thing_set :set
-- doc: Things of the entered tenant.
-- in: name text, parent int?
INSERT INTO lg.thing (name, parent) SELECT r.name, r.parent FROM $rows r;

-- name: value_all :many
-- doc: All rows, and how PostgreSQL writes them.
-- out: printed text?
SELECT value::text AS printed FROM lg.value ORDER BY id;

-- name: value_clear :exec
-- doc: None is left.
DELETE FROM lg.value;

-- name: value_get :one
-- doc: The row back, and how PostgreSQL writes it.
-- in: id int
-- out: number int?, truth bool, words text?, ident uuid?, day date?, moment time?, raw bytes?, data json?
-- out: many_words text[]?, idents uuid[]?, numbers int[]?, printed text?
SELECT number, truth, words, ident, day, moment, raw, data, many_words, idents, numbers, value::text AS printed
  FROM lg.value WHERE id = $id;

-- name: value_wrong :one
-- doc: A column that is said never to be NULL, and is.
-- in: id int
-- out: words text
SELECT words FROM lg.value WHERE id = $id;
