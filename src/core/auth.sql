-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- What the auth process asks of the database: functions of lg_gate, and nothing else (schema/0003_account.sql, 0007_recovery.sql, 0008_identity.sql).

-- name: auth_attempt :one
-- as: lg_auth
-- doc: May this be tried? 0: yes, and it is counted; else the seconds to wait.
-- in: buckets text[], keys text[]
-- out: wait_s int
SELECT lg_gate.attempt($buckets, $keys) AS wait_s;

-- name: auth_attempt_passed :exec
-- as: lg_auth
-- doc: The attempt was a good one, and does not count.
-- in: buckets text[], keys text[]
SELECT lg_gate.attempt_passed($buckets, $keys);

-- name: auth_account_by_mail :maybe
-- as: lg_auth
-- doc: The account that signs in with this address.
-- in: mail text
-- out: account uuid, mail text, hash text, totp_box bytes?, totp_step int, language text, disabled bool
SELECT account, mail, hash, totp_box, totp_step, language, disabled FROM lg_gate.account_by_mail($mail);

-- name: auth_account :maybe
-- as: lg_auth
-- doc: An account.
-- in: account uuid
-- out: account uuid, mail text, hash text, totp_box bytes?, totp_step int, language text, disabled bool
SELECT account, mail, hash, totp_box, totp_step, language, disabled FROM lg_gate.account_by_id($account);

-- name: auth_account_by_identity :maybe
-- as: lg_auth
-- doc: The account that a provider knows under this name.
-- in: issuer text, subject text
-- out: account uuid, mail text, disabled bool
SELECT account, mail, disabled FROM lg_gate.account_by_identity($issuer, $subject);

-- name: auth_identity_claim :one
-- as: lg_auth
-- doc: A provider knows this account by this name from now on; false: it knew it by another one.
-- in: account uuid, issuer text, subject text
-- out: claimed bool
SELECT lg_gate.identity_claim($account, $issuer, $subject) AS claimed;

-- name: auth_memberships :many
-- as: lg_auth
-- doc: The offices in which an account may open a session today.
-- in: account uuid
-- out: tenant int, tenant_name text, tenant_kind text, kind text, name text
SELECT tenant, tenant_name, tenant_kind, kind, name FROM lg_gate.memberships($account);

-- name: auth_sign_in_failed :exec
-- as: lg_auth
-- doc: Somebody tried to be this account.
-- in: account uuid, why text
SELECT lg_gate.sign_in_failed($account, $why);

-- name: auth_session_open :one
-- as: lg_auth
-- doc: A session of an account in one of its offices.
-- in: account uuid, tenant int, token bytes, strength text, address text, agent text
-- out: actor json
SELECT lg_gate.session_open($account, $tenant, $token, $strength, $address, $agent) AS actor;

-- name: auth_session_switch :one
-- as: lg_auth
-- doc: The same person in another office, under a new token.
-- in: token bytes, new_token bytes, tenant int
-- out: actor json
SELECT lg_gate.session_switch($token, $new_token, $tenant) AS actor;

-- name: auth_session_extend :one
-- as: lg_auth
-- doc: The session idles from now; until when, in unix seconds; 0: there is none.
-- in: token bytes
-- out: until int
SELECT lg_gate.session_extend($token) AS until;

-- name: auth_session_close :exec
-- as: lg_auth
-- doc: Ends the session of this token.
-- in: token bytes
SELECT lg_gate.session_close($token);

-- name: auth_session_close_all :exec
-- as: lg_auth
-- doc: Ends all sessions of an account, but the one of this token.
-- in: account uuid, but bytes?
SELECT lg_gate.session_close_all($account, $but);

-- name: auth_session_account :one
-- as: lg_auth
-- doc: Whose session this is.
-- in: token bytes
-- out: account uuid?
SELECT lg_gate.session_account($token) AS account;

-- name: auth_totp_use :one
-- as: lg_auth
-- doc: The code of this step was given; false: it, or a later one, was given before.
-- in: account uuid, step int
-- out: fresh bool
SELECT lg_gate.totp_use($account, $step) AS fresh;

-- name: auth_recovery_use :one
-- as: lg_auth
-- doc: A recovery code was given: how many are left; NULL: it is none.
-- in: account uuid, hash bytes
-- out: left int?
SELECT lg_gate.recovery_use($account, $hash) AS left;

-- name: auth_recovery_set :exec
-- as: lg_auth
-- doc: New recovery codes; hashes in hexadecimal.
-- in: account uuid, hashes text[]
SELECT lg_gate.recovery_set($account, ARRAY(SELECT decode(h, 'hex') FROM unnest($hashes::text[]) h));

-- name: auth_second_set :one
-- as: lg_auth
-- doc: A new secret for codes, with recovery codes; first: only when there is none yet.
-- in: account uuid, box bytes, step int, first bool, hashes text[]
-- out: taken bool
SELECT lg_gate.second_set($account, $box, $step, $first, ARRAY(SELECT decode(h, 'hex') FROM unnest($hashes::text[]) h)) AS taken;

-- name: auth_password_set :exec
-- as: lg_auth
-- doc: A new password; other sessions than this token's end.
-- in: account uuid, hash text, but bytes?
SELECT lg_gate.password_set($account, $hash, $but);

-- name: auth_password_rehash :exec
-- as: lg_auth
-- doc: The same password, kept with today's parameters.
-- in: account uuid, old text, hash text
SELECT lg_gate.password_rehash($account, $old, $hash);

-- name: auth_token_look :maybe
-- as: lg_auth
-- doc: Whom and what a token from a mail is for.
-- in: purpose text, token bytes
-- out: account uuid, mail text, tenant int?, tenant_name text?, kind text?, name text?, language text
-- out: has_password bool, has_second bool
SELECT account, mail, tenant, tenant_name, kind, name, language, has_password, has_totp AS has_second
FROM lg_gate.token_look($purpose, $token);

-- name: auth_invitation_accept :maybe
-- as: lg_auth
-- doc: Makes a membership valid.
-- in: token bytes, hash text, box bytes?, step int
-- out: account uuid, tenant int
SELECT account, tenant FROM lg_gate.invitation_accept($token, $hash, $box, $step);

-- name: auth_reset_ask :exec
-- as: lg_auth
-- doc: Somebody forgot the password: a token and a mail, if there is such an account.
-- in: mail text, token bytes, data json
SELECT lg_gate.reset_ask($mail, $token, $data);

-- name: auth_reset_use :one
-- as: lg_auth
-- doc: A new password for a token from a mail; all sessions end.
-- in: token bytes, hash text
-- out: account uuid?
SELECT lg_gate.reset_use($token, $hash) AS account;

-- name: auth_account_mail :exec
-- as: lg_auth
-- doc: Tells an account something by mail.
-- in: account uuid, kind text, data json
SELECT lg_gate.account_mail($account, $kind, $data);

-- name: auth_account_token :exec
-- as: lg_auth
-- doc: A link for a new password, from the console.
-- in: account uuid, token bytes
SELECT lg_gate.account_token($account, $token);

-- name: auth_bearer_open :one
-- as: lg_auth
-- doc: A token for a program that knows its secret: until when, in unix seconds; NULL: refused.
-- in: client uuid, secret bytes, token bytes
-- out: until int?
SELECT lg_gate.bearer_open($client, $secret, $token) AS until;

-- name: auth_tenants :one
-- as: lg_auth
-- doc: How many offices there are.
-- out: n int
SELECT lg_gate.tenants() AS n;

-- name: auth_tenant_list :many
-- as: lg_auth
-- doc: The offices.
-- out: id int, kind text, name text
SELECT id, kind, name FROM lg_ref.tenant ORDER BY id;

-- name: auth_templates :many
-- as: lg_auth
-- doc: What a new office can begin with.
-- out: name text, kind text, country text, languages text[]
SELECT name, kind, country, languages FROM lg_ref.tenant_template ORDER BY country, name;

-- name: auth_tenant_create :one
-- as: lg_auth
-- doc: A new office with the units and words of a template.
-- in: template text, name text, language text
-- out: tenant int
SELECT lg_gate.create_tenant($template, $name, $language) AS tenant;

-- name: auth_user_create :one
-- as: lg_auth
-- doc: A colleague with an account.
-- in: tenant int, mail text, name text, language text, roles text[], hash text, box bytes?
-- out: account uuid
SELECT lg_gate.create_user($tenant, $mail, $name, $language, $roles, $hash, $box) AS account;

-- name: auth_first_start :maybe
-- as: lg_auth
-- doc: The first office and its administrator.
-- in: template text, office text, language text, mail text, name text, hash text, box bytes?, step int, hashes text[]
-- out: account uuid, tenant int
SELECT account, tenant FROM lg_gate.first_start($template, $office, $language, $mail, $name, $hash, $box, $step,
	ARRAY(SELECT decode(h, 'hex') FROM unnest($hashes::text[]) h));

-- name: auth_merge_plan :one
-- as: lg_auth
-- doc: An office becomes part of another on a day; why not, or empty.
-- in: from int, into int, on_day date, why text, whole bool, administrators bool, by text
-- out: refused text
SELECT lg_gate.tenant_merge_plan($from::int, $into::int, $on_day, $why, $whole, $administrators, $by) AS refused;

-- name: auth_merge_cancel :one
-- as: lg_auth
-- doc: Such a merge is called off.
-- in: from int, by text
-- out: cancelled bool
SELECT lg_gate.tenant_merge_cancel($from::int, $by) AS cancelled;

-- name: auth_merge_list :many
-- as: lg_auth
-- doc: Merges that are planned, running or done.
-- out: from_office int, from_name text, into_office int, into_name text, on_day date, state text, tries int, failure text
SELECT from_office, from_name, into_office, into_name, on_day, state, tries, failure FROM lg_gate.tenant_merge_list();

-- name: auth_merge_rows :many
-- as: lg_auth
-- doc: What two offices have.
-- in: from int, into int
-- out: tab text, way text, had int?, there int?
SELECT tab, way, had, there FROM lg_gate.tenant_merge_rows($from::int, $into::int);

-- name: auth_merge_clashes :many
-- as: lg_auth
-- doc: What cannot be twice in one office.
-- in: from int, into int
-- out: what text, detail text
SELECT what, detail FROM lg_gate.tenant_merge_clashes($from::int, $into::int);

-- name: auth_client_before :maybe
-- as: lg_auth
-- doc: The office that a program's office has become part of.
-- in: client uuid, secret bytes
-- out: office text
SELECT b.office FROM lg_gate.client_before($client, $secret) b (office) WHERE b.office IS NOT NULL;
