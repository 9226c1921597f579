-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Imports: of pages (lg_web), and of the job that does them (lg_job).

-- name: import_add :exec
-- doc: A file came.
-- in: id uuid, language text, kind text, source text, file_name text, format text, columns json, mapping json, options json, state text
INSERT INTO lg.import (id, language, kind, source, file_name, format, columns, mapping, options, state)
VALUES ($id, $language, $kind, $source, $file_name, $format, $columns, $mapping, $options, $state);

-- name: import_rows_add :exec
-- doc: Some of its rows: boxes as hexadecimal digits, "" for those that cannot be read.
-- in: import uuid, first int, lines int[], boxes text[], faults text[]
INSERT INTO lg.import_row (tenant_id, import_id, n, line, box, outcome, faults)
SELECT (SELECT lg_gate.tenant()), $import, $first + r.at - 1, r.line, nullif(decode(r.box, 'hex'), ''), CASE r.fault WHEN '' THEN 'new' ELSE 'broken' END,
       CASE r.fault WHEN '' THEN '[]' ELSE r.fault::jsonb END
  FROM unnest($lines::int[], $boxes::text[], $faults::text[]) WITH ORDINALITY r(line, box, fault, at);

-- part: import_columns
i.id, i.version, i.created, i.changed, i.account_id AS account, i.language, i.kind, i.source, i.file_name, i.format, i.columns, i.mapping,
       i.options, i.state, (SELECT coalesce(jsonb_object_agg(r.outcome, r.n), '{}') FROM (SELECT x.outcome, count(*) AS n FROM lg.import_row x
                             WHERE x.import_id = i.id GROUP BY x.outcome) r) AS counts

-- name: import_get :one
-- doc: One import, and how many of its rows are how far.
-- in: id uuid
-- out: id uuid, version int, created time, changed time, account uuid, language text, kind text, source text, file_name text, format text
-- out: columns json, mapping json, options json, state text, counts json
SELECT {import_columns} FROM lg.import i WHERE i.id = $id;

-- name: import_list :many
-- doc: The latest of some kinds.
-- in: kinds text[], room int
-- out: id uuid, version int, created time, changed time, account uuid, language text, kind text, source text, file_name text, format text
-- out: columns json, mapping json, options json, state text, counts json
SELECT {import_columns} FROM lg.import i WHERE i.kind = ANY ($kinds) ORDER BY i.created DESC, i.id LIMIT $room;

-- name: import_mapping_last :maybe
-- doc: What was mapped the last time to this kind from this source.
-- in: kind text, source text
-- out: mapping json, options json
SELECT i.mapping, i.options FROM lg.import i WHERE i.kind = $kind AND i.source = $source AND i.state NOT IN ('read', 'stopped')
 ORDER BY i.created DESC LIMIT 1;

-- name: import_rows_of :many
-- doc: Rows of some outcomes, from behind one.
-- in: import uuid, outcomes text[], after int, room int
-- out: n int, line int, box bytes?, outcome text, faults json, subject uuid?, version int?
SELECT r.n, r.line, r.box, r.outcome, r.faults, r.subject, r.version FROM lg.import_row r
 WHERE r.import_id = $import AND r.outcome = ANY ($outcomes) AND r.n > $after ORDER BY r.n LIMIT $room;

-- name: import_state_put :guard
-- doc: From one state to another; whoever does it is who it is done for.
-- in: id uuid, version int, from_states text[], state text, mapping json, options json, language text
UPDATE lg.import SET version = version + 1, changed = now(), state = $state, mapping = $mapping, options = $options, language = $language,
       account_id = lg_gate.account()
 WHERE id = $id AND version = $version AND state = ANY ($from_states);

-- name: import_anew :exec
-- doc: All that is not done is to be looked at again: the mapping has changed.
-- in: import uuid
UPDATE lg.import_row SET outcome = 'new', key = NULL, faults = '[]', subject = NULL WHERE import_id = $import AND outcome IN ('create', 'change', 'same', 'bad');

-- name: import_job_due :many
-- doc: Which wait for the job, of all offices.
-- as: lg_job
-- in: most int
-- out: tenant int, id uuid
SELECT tenant, id FROM lg_gate.import_due($most);

-- name: import_job_as :one
-- doc: The job acts for whoever began it. NULL: they may not any more.
-- as: lg_job
-- in: import uuid
-- out: actor json?
SELECT lg_gate.import_as($import) AS actor;

-- name: import_job_take :maybe
-- doc: One import that waits, unless another process has it.
-- as: lg_job
-- in: id uuid
-- out: id uuid, kind text, source text, file_name text, format text, language text, columns json, mapping json, options json, state text
SELECT i.id, i.kind, i.source, i.file_name, i.format, i.language, i.columns, i.mapping, i.options, i.state
  FROM lg.import i WHERE i.id = $id AND i.state IN ('checking', 'running', 'undoing') FOR NO KEY UPDATE SKIP LOCKED;

-- name: import_job_rows :many
-- doc: The next rows to be done.
-- as: lg_job
-- in: import uuid, outcomes text[], room int
-- out: n int, line int, box bytes?, outcome text, subject uuid?, helper uuid?, version int?, before bytes?
SELECT r.n, r.line, r.box, r.outcome, r.subject, r.helper, r.version, r.before FROM lg.import_row r
 WHERE r.import_id = $import AND r.outcome = ANY ($outcomes) ORDER BY r.n LIMIT $room;

-- name: import_job_rows_back :many
-- doc: The next rows to be undone: the last first.
-- as: lg_job
-- in: import uuid, room int
-- rows: import_job_rows
SELECT r.n, r.line, r.box, r.outcome, r.subject, r.helper, r.version, r.before FROM lg.import_row r
 WHERE r.import_id = $import AND r.outcome IN ('created', 'changed') ORDER BY r.n DESC LIMIT $room;

-- name: import_job_row_put :set
-- doc: What became of some rows. Its cells are kept while they may be needed.
-- as: lg_job
-- in: import uuid, n int, outcome text, key text, faults json, subject uuid?, helper uuid?, version int?, before bytes?
UPDATE lg.import_row x SET outcome = r.outcome, key = coalesce(nullif(decode(r.key, 'hex'), ''), x.key), faults = r.faults,
       subject = coalesce(r.subject, x.subject), helper = coalesce(r.helper, x.helper), version = coalesce(r.version, x.version), before = r.before,
       box = CASE WHEN r.outcome IN ('created', 'changed', 'left') THEN NULL ELSE x.box END
  FROM $rows r WHERE x.import_id = r.import AND x.n = r.n;

-- name: import_job_left :exec
-- doc: Rows that say what is there already are done.
-- as: lg_job
-- in: import uuid
UPDATE lg.import_row SET outcome = 'left', box = NULL WHERE import_id = $import AND outcome = 'same';

-- name: import_job_end :exec
-- doc: All rows are done.
-- as: lg_job
-- in: id uuid, state text
UPDATE lg.import SET version = version + 1, changed = now(), state = $state WHERE id = $id;

-- name: import_twice :many
-- doc: Rows of a file that bring records of these keys.
-- as: lg_job
-- in: import uuid, keys text[]
-- out: key text, n int, line int
SELECT encode(r.key, 'hex') AS key, r.n, r.line FROM lg.import_row r
 WHERE r.import_id = $import AND r.key = ANY (SELECT decode(k, 'hex') FROM unnest($keys::text[]) k) ORDER BY r.n;

-- name: import_source_before :many
-- doc: How ids of a source were blinded by offices that became part of this one.
-- as: lg_job
-- in: source text
-- out: was_tenant int, was_source text
SELECT was_tenant, was_source FROM lg.source_before WHERE source = $source ORDER BY was_tenant, was_source;

-- name: imported_get :many
-- doc: The records that another system knows by these ids.
-- as: lg_job
-- in: kind text, source text, keys text[]
-- out: key text, subject uuid, content text
SELECT encode(m.key, 'hex') AS key, coalesce(m.candidate_id, m.employer_id, m.opening_id) AS subject, encode(m.content, 'hex') AS content
  FROM lg.imported m WHERE m.kind = $kind AND m.source = $source AND m.key = ANY (SELECT decode(k, 'hex') FROM unnest($keys::text[]) k);

-- name: imported_put :set
-- doc: From now on these are known by those ids, and this is what their rows said.
-- as: lg_job
-- in: kind text, source text, key text, candidate uuid?, employer uuid?, opening uuid?, content text
INSERT INTO lg.imported (tenant_id, kind, source, key, candidate_id, employer_id, opening_id, content)
SELECT (SELECT lg_gate.tenant()), r.kind, r.source, decode(r.key, 'hex'), r.candidate, r.employer, r.opening, decode(r.content, 'hex') FROM $rows r
ON CONFLICT (tenant_id, kind, source, key) DO UPDATE
   SET candidate_id = excluded.candidate_id, employer_id = excluded.employer_id, opening_id = excluded.opening_id, content = excluded.content;

-- name: imported_forget :exec
-- doc: What a row said is not true of the record any more: it was set back.
-- as: lg_job
-- in: subject uuid
UPDATE lg.imported SET content = sha256('') WHERE candidate_id = $subject OR employer_id = $subject OR opening_id = $subject;

-- name: import_employers :many
-- doc: Employers of these numbers or names; two of one are enough to know that it is not clear.
-- as: lg_job
-- in: numbers text[], names text[]
-- out: asked text, id uuid
SELECT w.asked, e.id FROM unnest($numbers::text[]) w (asked)
 CROSS JOIN LATERAL (SELECT x.id FROM lg.employer x WHERE x.number = w.asked ORDER BY x.id LIMIT 2) e
UNION -- not ALL: several rows may name one
SELECT w.asked, e.id FROM unnest($names::text[]) w (asked)
 CROSS JOIN LATERAL (SELECT x.id FROM lg.employer x WHERE x.sort_name = w.asked ORDER BY x.id LIMIT 2) e;

-- name: import_candidate_id :maybe
-- doc: Is there such a candidate?
-- as: lg_job
-- in: id uuid
-- out: id uuid
SELECT c.id FROM lg.candidate c WHERE c.id = $id;

-- name: import_employer_id :maybe
-- doc: Is there such an employer?
-- as: lg_job
-- in: id uuid
-- out: id uuid
SELECT e.id FROM lg.employer e WHERE e.id = $id;

-- name: import_opening_id :maybe
-- doc: Is there such an opening?
-- as: lg_job
-- in: id uuid
-- out: id uuid
SELECT o.id FROM lg.opening o WHERE o.id = $id;

-- name: import_openings_alike :many
-- doc: Openings of these titles, each at its employer, that are not over.
-- as: lg_job
-- in: employers uuid[], sort_names text[]
-- out: id uuid, employer uuid, sort_name text
SELECT o.id, w.employer, w.sort_name FROM unnest($employers::uuid[], $sort_names::text[]) w (employer, sort_name)
 CROSS JOIN LATERAL (SELECT x.id FROM lg.opening x WHERE x.sort_name = w.sort_name AND x.employer_id = w.employer
                        AND x.state IN ('draft', 'open', 'paused') LIMIT 1) o;

-- name: import_candidate_free :one
-- doc: Does nothing hang on a candidate that was registered by an import?
-- beyond: ambition hotline: one answer about all that hangs on a candidate, in the moment before it is taken away
-- as: lg_job
-- in: id uuid
-- out: free bool
SELECT NOT EXISTS (SELECT FROM lg.note x WHERE x.candidate_id = $id) AND NOT EXISTS (SELECT FROM lg.task x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.contact x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.document x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.message x WHERE x.candidate_id = $id) AND NOT EXISTS (SELECT FROM lg.share x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.enquiry x WHERE x.candidate_id = $id) AND NOT EXISTS (SELECT FROM lg.screening x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.outcome x WHERE x.candidate_id = $id) AND NOT EXISTS (SELECT FROM lg.ambition_case x WHERE x.candidate_id = $id)
       AND NOT EXISTS (SELECT FROM lg.proposal x WHERE x.candidate_id = $id) AS free;

-- name: import_employer_remove :maybe
-- doc: Take an employer away that nobody touched, and at which nothing is.
-- as: lg_job
-- in: id uuid, version int
-- out: id uuid
DELETE FROM lg.employer e WHERE e.id = $id AND e.version = $version AND NOT EXISTS (SELECT FROM lg.opening o WHERE o.employer_id = e.id)
RETURNING e.id;

-- name: import_opening_remove :maybe
-- doc: Take an opening away that nobody touched, and for which nobody was proposed.
-- as: lg_job
-- in: id uuid, version int
-- out: id uuid
DELETE FROM lg.opening o WHERE o.id = $id AND o.version = $version AND NOT EXISTS (SELECT FROM lg.proposal p WHERE p.opening_id = o.id)
RETURNING o.id;

-- name: import_forget_keys :exec
-- doc: Three months after it ended, nobody reads the rows of an import any more.
-- as: lg_job
WITH old AS (
	SELECT i.id FROM lg.import i WHERE i.changed < now() - interval '90 days' AND i.state NOT IN ('checking', 'running', 'undoing')
), gone AS (
	DELETE FROM lg.import_row r USING old WHERE r.import_id = old.id
)
DELETE FROM lg.person_key k USING old WHERE k.subject = old.id;
