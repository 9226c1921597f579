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

-- name: office_callers :one
-- doc: Does the office let hotlines recognise its colleagues, how many of these would be, and which hotlines are for its municipality.
-- beyond: hotline: the office is asked whether it agrees, and must read to whom
-- out: shown bool, colleagues int, hotlines text[]
SELECT EXISTS (SELECT FROM lg.caller_showing) AS shown,
       (SELECT count(*) FROM lg.member m WHERE m.kind = 'staff' AND m.accepted IS NOT NULL AND m.shown_to_hotline AND m.phone ~ '[0-9]') AS colleagues,
       ARRAY(SELECT e.name || ', ' || o.name FROM lg_ref.entrance e JOIN lg_ref.tenant o ON o.id = e.office JOIN lg_ref.tenant t ON t.id = lg_gate.tenant()
              WHERE e.office <> t.id AND t.official_code <> '' AND t.country || '-' || t.official_code = ANY (e.municipalities) ORDER BY 1) AS hotlines;

-- name: office_callers_show :count
-- doc: Hotlines may recognise its colleagues from now on; 0: they might already.
INSERT INTO lg.caller_showing DEFAULT VALUES ON CONFLICT DO NOTHING;

-- name: office_callers_hide :count
-- doc: None may any more; 0: none might.
DELETE FROM lg.caller_showing;

-- name: office_merges :many
-- doc: Offices that become one, as this office sees it: what is planned, and what was done lately.
-- out: leaves bool, from_name text, into_name text, on_date date, why text, state text, narrow bool, administrators bool, has_failed bool
SELECT from_tenant = lg_gate.tenant() AS leaves, from_name, into_name, on_date, why, state, narrow, administrators, failure <> '' AS has_failed
  FROM lg.tenant_merge
 WHERE state IN ('planned', 'running') OR state = 'done' AND ended > now() - interval '90 days'
 ORDER BY on_date, from_name;
