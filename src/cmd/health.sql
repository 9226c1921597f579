-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- name: health :one
-- doc: Is the database there, and which schema has it?
-- out: schema int
SELECT lg_gate.schema_number() AS schema;

-- name: offices :one
-- doc: How many offices there are; 0: nothing has been set up yet.
-- as: lg_auth
-- out: n int
SELECT lg_gate.tenants() AS n;
