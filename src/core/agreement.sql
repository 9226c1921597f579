-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Agreements with other offices (schema/0026).

-- part: agreement_row
a.id, a.from_tenant = me.id AS is_ours, o.id AS other, o.name AS other_name, a.purpose, a.direction, a.fields, a.may_forward, a.legal_basis, a.basis_words,
       a.valid_from, a.valid_to, a.renews, a.created, a.account_name AS by_name, lg.agreement_state(a, $today) AS state,
       EXISTS (SELECT FROM lg.agreement_step s WHERE s.from_tenant = a.from_tenant AND s.agreement_id = a.id AND s.author_tenant = me.id AND s.what = 'approved') AS approved_by_us,
       (a.from_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both' AS we_give

-- part: agreement_from
(SELECT lg_gate.tenant() AS id) me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  JOIN lg_ref.tenant o ON o.id = CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END

-- name: agreement_list :many
-- doc: All agreements of the office, the newest first.
-- in: today date, room int
-- out: id uuid, is_ours bool, other int, other_name text, purpose text, direction text, fields text[], may_forward bool, legal_basis text
-- out: basis_words text?, valid_from date, valid_to date, renews uuid?, created time, by_name text, state text, approved_by_us bool, we_give bool
SELECT {agreement_row}
  FROM {agreement_from}
 ORDER BY a.created DESC, a.id LIMIT $room;

-- name: agreement_get :one
-- doc: One agreement.
-- in: id uuid, today date
-- out: id uuid, is_ours bool, other int, other_name text, purpose text, direction text, fields text[], may_forward bool, legal_basis text
-- out: basis_words text?, valid_from date, valid_to date, renews uuid?, created time, by_name text, state text, approved_by_us bool, we_give bool
SELECT {agreement_row}
  FROM {agreement_from}
 WHERE a.id = $id;

-- name: agreement_due :many
-- doc: Those that want something of the office: its approval; that one in force is renewed before it ends.
-- in: today date, soon date, room int
-- rows: agreement_list
SELECT x.* FROM (SELECT {agreement_row}
  FROM {agreement_from}) x
 WHERE x.state = 'proposed' AND NOT x.approved_by_us
    OR x.state = 'in_force' AND x.valid_to <= $soon AND NOT EXISTS (SELECT FROM lg.agreement n WHERE n.renews = x.id)
 ORDER BY x.state DESC, x.valid_to, x.id LIMIT $room;

-- name: agreement_ways :many
-- doc: Those in force under which the office may give cards.
-- in: today date
-- rows: agreement_list
SELECT {agreement_row}
  FROM {agreement_from}
 WHERE (a.from_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both'
 ORDER BY o.name, a.created, a.id;

-- name: agreement_steps :many
-- doc: What was said of an agreement.
-- in: id uuid
-- out: is_ours bool, office text, what text, why text, at time, by_name text
SELECT s.author_tenant = (SELECT lg_gate.tenant()) AS is_ours, o.name AS office, s.what, s.why, s.at, s.account_name AS by_name
  FROM lg.agreement_step s JOIN lg_ref.tenant o ON o.id = s.author_tenant
 WHERE s.agreement_id = $id ORDER BY s.at, s.author_tenant;

-- name: agreement_offices :many
-- doc: Offices with which there can be one.
-- out: id int, name text
SELECT t.id, t.name FROM lg_ref.tenant t
 WHERE t.id <> (SELECT lg_gate.tenant()) AND t.merged_into IS NULL AND (t.valid_to IS NULL OR t.valid_to >= current_date)
 ORDER BY t.name, t.id;

-- name: agreement_add :exec
-- doc: The office proposes one.
-- in: id uuid, other int, purpose text, direction text, fields text[], may_forward bool, legal_basis text, basis_words text?, valid_from date, valid_to date
-- in: renews uuid?
INSERT INTO lg.agreement (from_tenant, to_tenant, id, purpose, direction, fields, may_forward, legal_basis, basis_words, valid_from, valid_to, renews)
VALUES (lg_gate.tenant(), $other::bigint::int, $id, $purpose, $direction, $fields, $may_forward, $legal_basis, $basis_words, $valid_from, $valid_to, $renews);

-- name: agreement_step_add :count
-- doc: The office says something of one. None: there is no such agreement.
-- in: id uuid, what text, why text
INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what, why)
SELECT a.from_tenant, a.to_tenant, a.id, $what, $why FROM lg.agreement a WHERE a.id = $id;
