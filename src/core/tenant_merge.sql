-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Offices that merge (schema/0025): what the jobs process does.

-- name: tenant_merges_due :many
-- doc: Merges whose day has come.
-- as: lg_job
-- out: from_office int, into_office int, running bool
SELECT from_office, into_office, running FROM lg_gate.tenant_merges_due();

-- name: tenant_merge_shut :one
-- doc: Both offices are shut.
-- as: lg_job
-- in: from int
-- out: shut bool
SELECT lg_gate.tenant_merge_shut($from::int) AS shut;

-- name: tenant_merge_quiet :one
-- doc: Has all ended that began before?
-- as: lg_job
-- in: from int
-- out: quiet bool
SELECT lg_gate.tenant_merge_quiet($from::int) AS quiet;

-- name: tenant_merge_patience :exec
-- doc: A table may be long.
-- as: lg_job
SELECT set_config('statement_timeout', '0', true);

-- name: tenant_merge_begin :one
-- doc: Units, members of both, names that are taken; the receiving office.
-- as: lg_job
-- in: from int
-- out: into_office int
SELECT lg_gate.tenant_merge_begin($from::int) AS into_office;

-- name: tenant_merge_as :one
-- doc: What follows in this transaction is done in this office.
-- as: lg_job
-- in: tenant int
-- out: actor json
SELECT lg_gate.enter_job($tenant::int, 'tenant_merge') AS actor;

-- name: tenant_merge_tables :many
-- doc: The tables, in the order in which they can be written.
-- as: lg_job
-- out: tab text, way text
SELECT t.tab, t.way FROM lg_gate.tenant_merge_tables() t ORDER BY t.n;

-- name: tenant_merge_copy :one
-- doc: The next rows of a table, written in the receiving office.
-- as: lg_job
-- in: from int, tab text, after text?
-- out: copied int, kept_back int, next text?
SELECT c.copied, c.kept_back, c.next FROM lg_gate.tenant_merge_copy($from::int, $tab, $after) c;

-- name: tenant_merge_went :exec
-- doc: So many rows were written by ourselves.
-- as: lg_job
-- in: from int, tab text, rows int
SELECT lg_gate.tenant_merge_went($from::int, $tab, $rows::int);

-- name: tenant_merge_clear :one
-- doc: Delete rows that went over; how many.
-- as: lg_job
-- in: from int, tab text
-- out: gone int
SELECT lg_gate.tenant_merge_clear($from::int, $tab) AS gone;

-- name: tenant_merge_finish :exec
-- doc: Nothing was lost, nothing is left.
-- as: lg_job
-- in: from int
SELECT lg_gate.tenant_merge_finish($from::int);

-- name: tenant_merge_failed :exec
-- doc: Nothing of it was kept; both offices are open again.
-- as: lg_job
-- in: from int, why text
SELECT lg_gate.tenant_merge_failed($from::int, $why);

-- name: tenant_merge_keys :many
-- doc: Keys of people, documents and imports.
-- as: lg_job
-- in: after uuid, room int
-- out: subject uuid, key_box bytes
SELECT subject, key_box FROM lg.person_key WHERE subject > $after ORDER BY subject LIMIT $room;

-- name: tenant_merge_keys_put :exec
-- doc: Sealed anew.
-- as: lg_job
-- in: subjects uuid[], boxes text[]
UPDATE lg.person_key k SET key_box = decode(x.box, 'hex') FROM unnest($subjects::uuid[], $boxes::text[]) x (subject, box) WHERE k.subject = x.subject;

-- name: tenant_merge_numbers :many
-- doc: Identity numbers.
-- as: lg_job
-- in: after uuid, room int
-- out: id uuid, candidate uuid, kind text, box bytes, key_box bytes?
SELECT i.id, i.candidate_id AS candidate, i.kind, i.box, k.key_box FROM lg.candidate_identifier i LEFT JOIN lg.person_key k ON k.subject = i.candidate_id
 WHERE i.id > $after ORDER BY i.id LIMIT $room;

-- name: tenant_merge_numbers_put :exec
-- doc: Sealed and blinded anew.
-- as: lg_job
-- in: ids uuid[], boxes text[], blinds text[]
UPDATE lg.candidate_identifier i SET box = decode(x.box, 'hex'), blind = decode(x.blind, 'hex')
  FROM unnest($ids::uuid[], $boxes::text[], $blinds::text[]) x (id, box, blind) WHERE i.id = x.id;

-- name: tenant_merge_numbers_there :one
-- doc: Of these blinded numbers, how many are there?
-- as: lg_job
-- in: blinds text[]
-- out: n int
SELECT count(*)::int AS n FROM lg.candidate_identifier i WHERE i.blind = ANY (ARRAY(SELECT decode(b, 'hex') FROM unnest($blinds::text[]) b));

-- name: tenant_merge_texts :many
-- doc: Texts of documents.
-- as: lg_job
-- in: after uuid, room int
-- out: id uuid, candidate uuid, text_box bytes?, key_box bytes?
SELECT d.id, d.candidate_id AS candidate, d.text_box, k.key_box FROM lg.document d LEFT JOIN lg.person_key k ON k.subject = d.id
 WHERE d.id > $after AND d.text_box IS NOT NULL ORDER BY d.id LIMIT $room;

-- name: tenant_merge_text_put :exec
-- doc: A text, sealed anew.
-- as: lg_job
-- in: id uuid, box bytes
UPDATE lg.document SET text_box = $box WHERE id = $id;

-- name: tenant_merge_words_drop :exec
-- doc: The words of a document, as they were hashed.
-- as: lg_job
-- in: id uuid
DELETE FROM lg.document_word WHERE document_id = $id;

-- name: tenant_merge_words_put :exec
-- doc: And as they are hashed now.
-- as: lg_job
-- in: id uuid, candidate uuid, keys text[]
INSERT INTO lg.document_word (key, document_id, candidate_id) SELECT DISTINCT decode(k, 'hex'), $id::uuid, $candidate::uuid FROM unnest($keys::text[]) k;

-- name: tenant_merge_pieces :many
-- doc: Pieces of documents, those of one document one after the other.
-- as: lg_job
-- in: after uuid, number int, room int
-- out: document uuid, number int, candidate uuid, box bytes, key_box bytes?
SELECT p.document_id AS document, p.number, p.candidate_id AS candidate, p.box, k.key_box
  FROM lg.document_piece p LEFT JOIN lg.person_key k ON k.subject = p.document_id
 WHERE (p.document_id, p.number) > ($after::uuid, $number::int) ORDER BY p.document_id, p.number LIMIT $room;

-- name: tenant_merge_piece_add :exec
-- doc: A piece, sealed anew.
-- as: lg_job
-- in: document uuid, number int, candidate uuid, box bytes
INSERT INTO lg.document_piece (document_id, number, candidate_id, box) VALUES ($document, $number, $candidate, $box);

-- name: tenant_merge_document_hash :exec
-- doc: By which the same file is known.
-- as: lg_job
-- in: id uuid, hash bytes
UPDATE lg.document SET hash = $hash WHERE id = $id;

-- name: tenant_merge_rows :many
-- doc: Rows of imports that are kept.
-- as: lg_job
-- in: after uuid, n int, room int
-- out: import uuid, n int, box bytes?, before bytes?, key_box bytes
SELECT r.import_id AS import, r.n, r.box, r.before, k.key_box FROM lg.import_row r JOIN lg.person_key k ON k.subject = r.import_id
 WHERE (r.import_id, r.n) > ($after::uuid, $n::int) AND (r.box IS NOT NULL OR r.before IS NOT NULL) ORDER BY r.import_id, r.n LIMIT $room;

-- name: tenant_merge_row_put :exec
-- doc: One, sealed anew.
-- as: lg_job
-- in: import uuid, n int, box bytes?, before bytes?
UPDATE lg.import_row SET box = $box, before = $before WHERE import_id = $import AND n = $n;

-- name: tenant_merge_mails :many
-- doc: Mails of enquiries: what they say (number -1), and they themselves, piece by piece.
-- beyond: hotline: keys of two offices are held by this job alone
-- as: lg_job
-- in: after uuid, number int, room int
-- out: mail uuid, number int, box bytes, key_box bytes
SELECT x.mail, x.number, x.box, k.key_box
  FROM (SELECT m.id AS mail, -1 AS number, m.box FROM lg.enquiry_mail m
        UNION ALL SELECT p.mail_id, p.number, p.box FROM lg.enquiry_mail_piece p) x
  JOIN lg.person_key k ON k.subject = x.mail
 WHERE (x.mail, x.number) > ($after::uuid, $number::int) ORDER BY x.mail, x.number LIMIT $room;

-- name: tenant_merge_mail_put :exec
-- doc: What one says, sealed anew.
-- beyond: hotline: keys of two offices are held by this job alone
-- as: lg_job
-- in: mail uuid, box bytes
UPDATE lg.enquiry_mail SET box = $box WHERE id = $mail;

-- name: tenant_merge_mail_piece_put :exec
-- doc: A piece, sealed anew.
-- beyond: hotline: keys of two offices are held by this job alone
-- as: lg_job
-- in: mail uuid, number int, box bytes
UPDATE lg.enquiry_mail_piece SET box = $box WHERE mail_id = $mail AND number = $number;

-- name: tenant_merge_merges :many
-- doc: Records that became one, as they were.
-- as: lg_job
-- in: after uuid, room int
-- out: id uuid, gone uuid, box bytes?, key_box bytes
SELECT m.id, m.gone, m.box, k.key_box FROM lg.merge m JOIN lg.person_key k ON k.subject = m.gone
 WHERE m.id > $after AND m.box IS NOT NULL ORDER BY m.id LIMIT $room;

-- name: tenant_merge_merge_put :exec
-- doc: One, sealed anew.
-- as: lg_job
-- in: id uuid, box bytes
UPDATE lg.merge SET box = $box WHERE id = $id;

-- name: tenant_merge_inputs :many
-- doc: What runs were computed from.
-- as: lg_job
-- in: after uuid, piece int, room int
-- out: run uuid, piece int, box bytes
SELECT i.run_id AS run, i.piece, i.box FROM lg.run_input i WHERE (i.run_id, i.piece) > ($after::uuid, $piece::int) ORDER BY i.run_id, i.piece LIMIT $room;

-- name: tenant_merge_input_put :exec
-- doc: A piece of it, sealed anew.
-- as: lg_job
-- in: from int, run uuid, piece int, box bytes
SELECT lg_gate.tenant_merge_run_box($from::int, $run, $piece::int, $box);

-- name: tenant_merge_webhooks :many
-- doc: Secrets of webhooks.
-- as: lg_job
-- out: id uuid, secret bytes, old_secret bytes?
SELECT id, secret, old_secret FROM lg.webhook ORDER BY id;

-- name: tenant_merge_webhook_put :exec
-- doc: Sealed anew.
-- as: lg_job
-- in: id uuid, secret bytes, old_secret bytes?
UPDATE lg.webhook SET secret = $secret, old_secret = $old_secret WHERE id = $id;

-- name: tenant_merge_lines :many
-- doc: Lines of the audit that have sealed content.
-- as: lg_job
-- in: era int, xid text, after uuid, room int
-- out: era int, xid text, id uuid, subject uuid?, payload bytes?, key_box bytes?
SELECT a.era, a.xid::text AS xid, a.id, a.subject, a.payload, k.key_box FROM lg.audit a LEFT JOIN lg.person_key k ON k.subject = a.subject
 WHERE (a.era, a.xid, a.id) > ($era::int, $xid::text::xid8, $after::uuid) AND a.payload IS NOT NULL ORDER BY a.era, a.xid, a.id LIMIT $room;

-- name: tenant_merge_lines_put :one
-- doc: Such lines in the receiving office.
-- as: lg_job
-- in: from int, eras int[], xids text[], ids uuid[], boxes text[]
-- out: n int
SELECT lg_gate.tenant_merge_audit($from::int, $eras::int[], $xids, $ids, $boxes) AS n;
