-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Statements of which sqlgen cannot know that they are wrong; sqlcheck refuses each (sqlcheck.sh). Tables: stub.sql.

-- name: right_one :one
-- doc: Nothing is wrong with it.
-- in: id uuid
-- out: name text, version int
SELECT name, version FROM lg.thing WHERE id = $id;

-- name: right_types :many
-- doc: All types, and nothing is wrong with them.
-- in: id int, truth bool, words text, ident uuid, day date, moment time, raw bytes, data json, many text[], idents uuid[], numbers int[]
-- out: number int?, truth bool, words text?, ident uuid?, day date?, moment time?, raw bytes?, data json?, many_words text[]?
-- out: idents uuid[]?, numbers int[]?
SELECT number, truth, words, ident, day, moment, raw, data, many_words, idents, numbers FROM lg.value
 WHERE id = $id AND truth = $truth AND words = $words AND ident = $ident AND day = $day AND moment = $moment AND raw = $raw
   AND data = $data AND many_words = $many AND idents = $idents AND numbers = $numbers;

-- name: wrong_column :one
-- doc: There is no such column.
-- out: name text
SELECT nmae AS name FROM lg.thing;

-- name: wrong_name :one
-- doc: The column is called otherwise.
-- out: title text
SELECT name FROM lg.thing;

-- name: wrong_number :one
-- doc: There are more columns.
-- out: name text
SELECT name, version FROM lg.thing;

-- name: wrong_out_type :one
-- doc: The column is of another type.
-- out: name int
SELECT name FROM lg.thing;

-- name: wrong_in_type :one
-- doc: The parameter is of another type.
-- in: id text
-- out: name text
SELECT name FROM lg.thing WHERE id = $id;

-- name: wrong_list :one
-- doc: A list is not one of its elements.
-- in: ids uuid
-- out: name text
SELECT name FROM lg.thing WHERE id = ANY ($ids);

-- name: wrong_time :one
-- doc: A time without zone is not a moment.
-- out: moment time?
SELECT moment AT TIME ZONE 'UTC' AS moment FROM lg.value;

-- name: wrong_null :one
-- doc: It may be NULL, and that is not said.
-- out: words text
SELECT words FROM lg.value;

-- name: wrong_null_guard :guard
-- doc: The same behind a guard.
-- in: id int
-- out: words text
UPDATE lg.value SET number = 1 WHERE id = $id RETURNING words;

-- name: wrong_role :many
-- doc: The role may not read it.
-- out: id int?
SELECT id FROM lg.secret;

-- name: wrong_function :exec
-- doc: The role may not run it.
-- as: lg_job
SELECT lg.closed();

-- name: right_set :set
-- doc: Rows of all types, and nothing is wrong with them.
-- in: id int, truth bool, words text, ident uuid, day date, moment time, raw bytes, data json, many text[], idents uuid[], numbers int[]
INSERT INTO lg.value (id, truth, words, ident, day, moment, raw, data, many_words, idents, numbers) SELECT r.* FROM $rows r;

-- name: wrong_set :set
-- doc: A column of another type.
-- in: id int, truth text
INSERT INTO lg.value (id, truth) SELECT r.id, r.truth FROM $rows r;
