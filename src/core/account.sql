-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- One's own account, and the administration of an office: colleagues, units, words, programs.

-- name: account_me :one
-- doc: What the office knows of whoever acts.
-- out: id uuid, name text, title text, phone text, mail text
SELECT id, name, title, phone, mail FROM lg.member WHERE account_id = lg_gate.account();

-- name: account_sessions :many
-- doc: The open sessions of whoever acts.
-- out: id uuid, tenant_name text, opened time, idle_ends time, address text, agent text
SELECT id, tenant_name, opened, idle_ends, address, agent FROM lg_gate.my_sessions();

-- name: account_session_end :one
-- doc: Ends one of one's own sessions; false: there is none of this id.
-- in: id uuid
-- out: ended bool
SELECT lg_gate.end_session($id) AS ended;

-- name: account_memberships :many
-- doc: The offices that whoever acts may change to.
-- out: tenant int, tenant_name text
SELECT tenant, tenant_name FROM lg_gate.my_memberships();

-- name: account_language :exec
-- doc: The language of whoever acts, in every office.
-- in: language text
SELECT lg_gate.change_me(NULL, NULL, NULL, $language);

-- name: account_change :exec
-- doc: One's own name, title, telephone and language.
-- in: name text, title text, phone text, language text
SELECT lg_gate.change_me($name, $title, $phone, $language);

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

-- name: office_get :one
-- doc: The office.
-- out: kind text, name text, zone text, languages text[], labels json, version int
SELECT kind, name, zone, languages, labels, version FROM lg_ref.tenant WHERE id = lg_gate.tenant();

-- name: office_change :one
-- doc: Its name, languages and words; false: somebody changed it meanwhile.
-- in: name text, languages text[], labels json, version int
-- out: changed bool
SELECT lg_gate.change_tenant($name, $languages, $labels, $version::int) AS changed;

-- name: client_list :many
-- doc: The programs that the office lets in.
-- out: id uuid, name text, roles text[], created time, revoked bool, last_used time?
SELECT id, name, roles, created, revoked IS NOT NULL AS revoked, last_used FROM lg.client ORDER BY revoked NULLS FIRST, name, id;

-- name: client_create :one
-- doc: A program is let in.
-- in: name text, roles text[], secret bytes
-- out: id uuid
SELECT lg_gate.client_create($name, $roles, $secret) AS id;

-- name: client_revoke :one
-- doc: A program is shut out, at once.
-- in: client uuid
-- out: revoked bool
SELECT lg_gate.client_revoke($client) AS revoked;
