-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: console_offices :many
-- doc: All offices.
-- as: lg_job
-- out: id int, name text
SELECT id, name FROM lg_ref.tenant ORDER BY id;

-- name: console_verify :many
-- doc: What is wrong in the chain of the entered office.
-- as: lg_job
-- out: stream text, n int, why text
SELECT stream, n, why FROM lg.verify_audit();

-- name: console_head :many
-- doc: The newest seals of the entered office.
-- as: lg_job
-- out: stream text, n int, at time, head bytes
SELECT stream, n, at, head FROM lg.audit_head();
