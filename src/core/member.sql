-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Colleagues: who has access to an office, and with which roles.

-- name: member_list :many
-- doc: Everybody who has access to the office, with the roles of today.
-- out: id uuid, kind text, name text, title text, mail text, accepted bool, ended bool, roles text[], units text
SELECT m.id, m.kind, m.name, m.title, m.mail, m.accepted IS NOT NULL AS accepted, coalesce(m.valid_to < current_date, false) AS ended,
	ARRAY(SELECT DISTINCT r.role FROM lg.member_role r WHERE r.member_id = m.id AND r.role IS NOT NULL AND r.valid_from <= current_date
		AND coalesce(r.valid_to >= current_date, true) ORDER BY r.role) AS roles,
	coalesce((SELECT string_agg(u.name, ', ' ORDER BY u.name) FROM lg.unit u WHERE u.id = ANY (m.unit_ids)), '') AS units
FROM lg.member m ORDER BY m.kind DESC, m.name, m.id;

-- name: member_get :one
-- doc: One of them.
-- in: id uuid
-- out: id uuid, account uuid, kind text, name text, title text, phone text, mail text, accepted bool, valid_to date?, units uuid[], version int
SELECT id, account_id AS account, kind, name, title, phone, mail, accepted IS NOT NULL AS accepted, valid_to, unit_ids AS units, version
FROM lg.member WHERE id = $id;

-- name: member_roles :many
-- doc: The roles of one, and for whom they stand in; past ones too.
-- in: member uuid
-- out: id uuid, role text?, unit text?, stand_in_for text?, valid_from date, valid_to date?, ended bool
SELECT r.id, r.role, u.name AS unit, s.name AS stand_in_for, r.valid_from, r.valid_to, coalesce(r.valid_to < current_date, false) AS ended
FROM lg.member_role r LEFT JOIN lg.unit u ON u.id = r.unit_id LEFT JOIN lg.member s ON s.id = r.stand_in_for
WHERE r.member_id = $member ORDER BY r.valid_from DESC, r.id;

-- name: member_role_add :exec
-- doc: A role, or standing in for somebody, from a day and perhaps until one.
-- in: member uuid, role text?, unit uuid?, stand_in_for uuid?, valid_from date, valid_to date?
INSERT INTO lg.member_role (member_id, role, unit_id, stand_in_for, valid_from, valid_to)
VALUES ($member, $role, $unit, $stand_in_for, $valid_from, $valid_to);

-- name: member_role_end :count
-- doc: A role ends yesterday; one that has not begun goes away.
-- in: member uuid, id uuid
WITH gone AS (DELETE FROM lg.member_role WHERE id = $id AND member_id = $member AND valid_from >= current_date RETURNING 1)
UPDATE lg.member_role SET valid_to = current_date - 1
WHERE id = $id AND member_id = $member AND valid_from < current_date AND coalesce(valid_to >= current_date, true);

-- name: member_other_administrators :one
-- doc: How many others administer the office today without an end in sight.
-- in: member uuid
-- out: n int
SELECT count(DISTINCT m.id)::int AS n FROM lg.member m JOIN lg.member_role r ON r.member_id = m.id
WHERE m.id <> $member AND m.accepted IS NOT NULL AND m.valid_to IS NULL AND r.role = 'administrator' AND r.valid_from <= current_date
	AND r.valid_to IS NULL;

-- name: member_change :guard
-- doc: What colleagues know of one, and their last day.
-- in: id uuid, name text, title text, phone text, units uuid[], valid_to date?, version int
UPDATE lg.member SET name = $name, title = $title, phone = $phone, unit_ids = $units, valid_to = $valid_to, version = version + 1
WHERE id = $id AND version = $version;

-- name: member_invite :one
-- doc: A colleague is invited: the member, roles, the mail.
-- in: mail text, name text, title text, language text, roles text[], units uuid[], token bytes, data json
-- out: id uuid
SELECT lg_gate.invite_member($mail, 'staff', $name, $title, '', $language, NULL, $roles, $units, $token, $data) AS id;

-- name: member_invite_again :one
-- doc: The invitation once more; the old link is void. false: it was accepted.
-- in: member uuid, token bytes, data json
-- out: sent bool
SELECT lg_gate.invite_again($member, $token, $data) AS sent;

-- name: member_remove :one
-- doc: The membership of this office ends, and nothing else.
-- in: member uuid
-- out: removed bool
SELECT lg_gate.remove_member($member) AS removed;
