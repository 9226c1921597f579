-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Programs that an office lets in.

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
