-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- The office itself: name, languages, words.

-- name: office_get :one
-- doc: The office.
-- out: kind text, name text, zone text, country text, official_code text, languages text[], labels json, version int
SELECT kind, name, zone, country, official_code, languages, labels, version FROM lg_ref.tenant WHERE id = lg_gate.tenant();

-- name: office_change :one
-- doc: Its name, languages and words; false: somebody changed it meanwhile.
-- in: name text, languages text[], labels json, version int
-- out: changed bool
SELECT lg_gate.change_tenant($name, $languages, $labels, $version::int) AS changed;

-- name: office_code :exec
-- doc: Which municipality it is: four digits, or "" for none.
-- in: code text
SELECT lg_gate.change_tenant_code($code);
