-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: audit_add :set
-- doc: Something was changed.
-- in: verb text, entity text, subject uuid?, version int, why text, payload bytes?, request text
INSERT INTO lg.audit (tenant_id, verb, entity, subject, version, why, payload, request)
SELECT (SELECT lg_gate.tenant()), r.verb, r.entity, r.subject, r.version, r.why, r.payload, r.request FROM $rows r;

-- name: read_audit_add :exec
-- doc: A page showed these.
-- in: route text, subjects uuid[], request text
INSERT INTO lg.read_audit (route, subjects, request) VALUES ($route, $subjects, $request);

-- name: audit_of :many
-- doc: The history of one subject, the latest first.
-- in: subject uuid, room int
-- out: at time, actor uuid?, verb text, entity text, version int?, why text, payload bytes?
SELECT at, actor, verb, entity, version, why, payload FROM lg.audit WHERE subject = $subject ORDER BY at DESC, id LIMIT $room;

-- name: read_audit_of :many
-- doc: The pages that showed one subject, the latest first.
-- in: subject uuid, room int
-- out: at time, actor uuid?, route text
SELECT at, actor, route FROM lg.read_audit WHERE $subject = ANY (subjects) ORDER BY at DESC, id LIMIT $room;

-- name: audit_list :many
-- doc: What was changed in the office, the latest first, before a moment.
-- in: before time?, room int, verb text
-- out: at time, actor uuid?, kind text, verb text, entity text, subject uuid?, why text, request text
SELECT at, actor, kind, verb, entity, subject, why, request FROM lg.audit
 WHERE ($before::timestamptz IS NULL OR at < $before) AND ($verb = '' OR verb = $verb) ORDER BY at DESC, id LIMIT $room;

-- name: read_audit_list :many
-- doc: What was seen in the office, the latest first, before a moment.
-- in: before time?, room int
-- out: at time, actor uuid?, kind text, route text, subjects uuid[], request text
SELECT at, actor, kind, route, subjects, request FROM lg.read_audit
 WHERE ($before::timestamptz IS NULL OR at < $before) ORDER BY at DESC, id LIMIT $room;

-- name: audit_verify :many
-- doc: What is wrong in the office's chain.
-- out: stream text, n int, why text
SELECT stream, n, why FROM lg.verify_audit();

-- name: audit_head :many
-- doc: The newest seals of the office.
-- out: stream text, n int, at time, head bytes
SELECT stream, n, at, head FROM lg.audit_head();

-- name: person_key_get :maybe
-- doc: The sealed key of a person.
-- in: subject uuid
-- out: key_box bytes
SELECT key_box FROM lg.person_key WHERE subject = $subject;

-- name: person_key_add :set
-- doc: The sealed key of somebody new.
-- in: subject uuid, key_box bytes
INSERT INTO lg.person_key (tenant_id, subject, key_box) SELECT (SELECT lg_gate.tenant()), r.subject, r.key_box FROM $rows r;

-- name: person_key_remove :exec
-- doc: What was sealed with it cannot be read any more.
-- in: subject uuid
DELETE FROM lg.person_key WHERE subject = $subject;
