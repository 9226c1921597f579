-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Standing orders to pools: all of a kind is given, as it comes and goes (schema/0040).

-- part: giving_row
g.id, g.fields, g.version, o.name AS pool_name, g.side, g.agreement_id AS agreement, g.unit, g.municipality, g.occupation, g.kind, g.until, g.why, g.created, g.account_name AS by_name,
       g.ended, g.ended_why, cardinality(g.but) AS but, g.ended IS NULL AND g.until > now() AS alive, CASE g.side
       WHEN 'candidate' THEN (SELECT count(*) FROM lg.share s WHERE s.from_tenant = g.from_tenant AND s.giving_id = g.id AND s.until > now())
       ELSE (SELECT count(*) FROM lg.pool_opening p WHERE p.from_tenant = g.from_tenant AND p.giving_id = g.id AND p.until > now()) END AS given

-- name: giving_list :many
-- doc: Standing orders of the office, those that give first.
-- in: room int
-- out: id uuid, fields text[], version int, pool_name text, side text, agreement uuid, unit uuid?, municipality text?, occupation text?, kind text?, until time, why text
-- out: created time, by_name text, ended time?, ended_why text?, but int, alive bool, given int
SELECT {giving_row}
  FROM lg.pool_giving g JOIN lg_ref.tenant o ON o.id = g.to_tenant
 WHERE g.from_tenant = (SELECT lg_gate.tenant())
 ORDER BY g.ended IS NOT NULL OR g.until <= now(), g.created DESC, g.id LIMIT $room;

-- name: giving_get :one
-- doc: One of them.
-- in: id uuid
-- out: id uuid, fields text[], version int, pool_name text, side text, agreement uuid, unit uuid?, municipality text?, occupation text?, kind text?, until time, why text
-- out: created time, by_name text, ended time?, ended_why text?, but int, alive bool, given int
SELECT {giving_row}
  FROM lg.pool_giving g JOIN lg_ref.tenant o ON o.id = g.to_tenant
 WHERE g.from_tenant = (SELECT lg_gate.tenant()) AND g.id = $id;

-- name: giving_people :many
-- doc: Whom it gives now.
-- in: id uuid, after uuid, room int
-- out: id uuid, share uuid, given_name text, family_name text, is_protected bool, invented bool, since time
SELECT c.id, s.id AS share, c.given_name, c.family_name, c.protected_address AS is_protected, c.invented, s.created AS since
  FROM lg.share s JOIN lg.candidate c ON c.id = s.candidate_id
 WHERE s.from_tenant = (SELECT lg_gate.tenant()) AND s.giving_id = $id AND s.until > now() AND c.id > $after
 ORDER BY c.id LIMIT $room;

-- name: giving_openings :many
-- doc: What it gives now.
-- in: id uuid, after uuid, room int
-- out: id uuid, title text, employer_name text, invented bool, since time
SELECT o.id, o.title, e.name AS employer_name, o.invented, p.created AS since
  FROM lg.pool_opening p JOIN lg.opening o ON o.id = p.opening_id JOIN lg.employer e ON e.id = o.employer_id
 WHERE p.from_tenant = (SELECT lg_gate.tenant()) AND p.giving_id = $id AND p.until > now() AND o.id > $after
 ORDER BY o.id LIMIT $room;

-- name: giving_add :one
-- doc: A standing order, under an agreement of the office with a pool.
-- in: id uuid, agreement uuid, side text, fields text[], unit uuid?, municipality text?, occupation text?, occupations text[], kind text?, until date
-- in: zone text, why text
-- out: id uuid
INSERT INTO lg.pool_giving (to_tenant, id, side, agreement_id, fields, unit, municipality, occupation, occupations, kind, until, why)
SELECT CASE WHEN a.from_tenant = lg_gate.tenant() THEN a.to_tenant ELSE a.from_tenant END, $id, $side, a.id, CASE $side WHEN 'candidate' THEN $fields::text[] ELSE '{}' END, $unit,
       $municipality, $occupation, $occupations, $kind, ($until::date + 1)::timestamp AT TIME ZONE $zone, $why
  FROM lg.agreement a WHERE a.id = $agreement
RETURNING id;

-- name: giving_end :guard
-- doc: It gives no more.
-- in: id uuid, version int, why text
UPDATE lg.pool_giving SET ended = now(), ended_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id AND version = $version AND ended IS NULL;

-- name: giving_but :guard
-- doc: One person or opening is left out of it.
-- in: id uuid, one uuid
UPDATE lg.pool_giving SET but = array_append(but, $one::uuid), version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND id = $id AND ended IS NULL AND $one <> ALL (but);

-- name: giving_sweep :one
-- doc: Give and take back as the standing orders say, so many at most; 0: all is as it should be.
-- in: most int
-- out: n int
SELECT lg_gate.pool_sweep($most::int) AS n;

-- name: giving_twice :many
-- doc: Of the office's people, those whom another office gives to the same pool as well.
-- in: room int
-- out: id uuid, given_name text, family_name text, is_protected bool, pool_name text
SELECT c.id, c.given_name, c.family_name, c.protected_address AS is_protected, o.name AS pool_name
  FROM lg_gate.pool_given_twice() t JOIN lg.candidate c ON c.id = t.candidate_id JOIN lg_ref.tenant o ON o.id = t.pool
 ORDER BY c.id LIMIT $room;

-- name: giving_due :many
-- doc: Offices whose standing orders to pools are to be gone over.
-- as: lg_job
-- in: seconds int
-- out: tenant int
SELECT tenant FROM lg_gate.pools_due($seconds::int);

-- name: giving_sweep_due :one
-- doc: Give and take back as they say, so many at most; 0: all is as it should be.
-- as: lg_job
-- in: most int
-- out: n int
SELECT lg_gate.pool_sweep($most::int) AS n;
