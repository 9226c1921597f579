-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- One's own account.

-- name: account_me :one
-- doc: What the office knows of whoever acts.
-- out: id uuid, name text, title text, phone text, mail text, shown_to_hotline bool, office_shows bool
SELECT id, name, title, phone, mail, shown_to_hotline, EXISTS (SELECT FROM lg.caller_showing) AS office_shows FROM lg.member WHERE account_id = lg_gate.account();

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

-- name: account_show :exec
-- doc: May hotlines recognise whoever acts?
-- in: shown bool
SELECT lg_gate.show_me($shown);

-- name: account_change :exec
-- doc: One's own name, title, telephone and language.
-- in: name text, title text, phone text, language text
SELECT lg_gate.change_me($name, $title, $phone, $language);
