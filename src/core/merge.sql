-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: merge_lock_candidates :many
-- doc: Nothing is hung on either of them meanwhile.
-- in: ids uuid[]
-- out: id uuid
SELECT id FROM lg.candidate WHERE id = ANY ($ids) ORDER BY id FOR UPDATE;

-- name: merge_lock_employers :many
-- doc: The same of employers.
-- in: ids uuid[]
-- rows: merge_lock_candidates
SELECT id FROM lg.employer WHERE id = ANY ($ids) ORDER BY id FOR UPDATE;

-- name: merge_proposals :many
-- doc: Openings that were proposed to both.
-- in: kept uuid, gone uuid
-- out: kept_id uuid, kept_state text, kept_row json, gone_id uuid, gone_state text, gone_row json, opening uuid
SELECT k.id AS kept_id, k.state AS kept_state, to_jsonb(k) AS kept_row, g.id AS gone_id, g.state AS gone_state, to_jsonb(g) AS gone_row,
       k.opening_id AS opening
  FROM lg.proposal k JOIN lg.proposal g ON g.opening_id = k.opening_id
 WHERE k.candidate_id = $kept AND g.candidate_id = $gone
   FOR UPDATE;

-- name: merge_proposals_drop :exec
-- doc: Of two proposals of one opening the one that went less far; it is kept in the merge.
-- in: ids uuid[]
DELETE FROM lg.proposal WHERE id = ANY ($ids);

-- name: merge_proposals_put :exec
-- doc: Those again.
-- in: rows json
INSERT INTO lg.proposal SELECT p.* FROM jsonb_populate_recordset(NULL::lg.proposal, $rows) p ON CONFLICT DO NOTHING;

-- name: merge_numbers :one
-- doc: The numbers of somebody as they are kept, and which of them the other has not.
-- in: kept uuid, gone uuid
-- out: rows json, others json
SELECT coalesce(jsonb_agg(to_jsonb(g) ORDER BY g.position), '[]') AS rows,
       coalesce(jsonb_agg(g.id ORDER BY g.position) FILTER (WHERE NOT EXISTS (SELECT FROM lg.candidate_identifier k
                                                                               WHERE k.candidate_id = $kept AND k.blind = g.blind)), '[]') AS others
  FROM lg.candidate_identifier g WHERE g.candidate_id = $gone;

-- name: merge_numbers_of :many
-- doc: Which there are.
-- in: candidate uuid
-- out: id uuid
SELECT id FROM lg.candidate_identifier WHERE candidate_id = $candidate ORDER BY position;

-- name: merge_numbers_put :exec
-- doc: Numbers again as they were.
-- in: rows json
INSERT INTO lg.candidate_identifier SELECT i.* FROM jsonb_populate_recordset(NULL::lg.candidate_identifier, $rows) i;

-- name: merge_numbers_drop :exec
-- doc: Numbers that came with a merge.
-- in: candidate uuid, ids uuid[]
DELETE FROM lg.candidate_identifier WHERE candidate_id = $candidate AND id = ANY ($ids);

-- name: merge_move_candidate :many
-- doc: All that hangs on one goes to the other: ids, and keys of what came by an import (hex). test/core/test_merge.c sees that no table is forgotten.
-- beyond: ambition hotline: one statement moves all, so that nothing can stay behind
-- in: kept uuid, gone uuid
-- out: id text
WITH n AS (UPDATE lg.note SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     k AS (UPDATE lg.contact SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     t AS (UPDATE lg.task SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     p AS (UPDATE lg.proposal SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     m AS (UPDATE lg.message SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     d AS (UPDATE lg.document SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     s AS (UPDATE lg.share SET candidate_id = $kept WHERE root_tenant = from_tenant AND candidate_id = $gone RETURNING id),
     q AS (UPDATE lg.enquiry SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     c AS (UPDATE lg.screening SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     o AS (UPDATE lg.outcome SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     a AS (UPDATE lg.ambition_case SET candidate_id = $kept WHERE candidate_id = $gone RETURNING id),
     f AS (UPDATE lg.fast_lane SET candidate_id = $kept WHERE candidate_id = $gone AND NOT EXISTS (SELECT FROM lg.fast_lane x WHERE x.candidate_id = $kept)),
     e AS (UPDATE lg.document_piece SET candidate_id = $kept WHERE candidate_id = $gone),
     w AS (UPDATE lg.document_word SET candidate_id = $kept WHERE candidate_id = $gone),
     i AS (UPDATE lg.imported SET candidate_id = $kept WHERE candidate_id = $gone RETURNING key)
SELECT id::text FROM n UNION ALL SELECT id::text FROM k UNION ALL SELECT id::text FROM t UNION ALL SELECT id::text FROM p
UNION ALL SELECT id::text FROM m UNION ALL SELECT id::text FROM d UNION ALL SELECT id::text FROM s UNION ALL SELECT id::text FROM q
UNION ALL SELECT id::text FROM c UNION ALL SELECT id::text FROM o UNION ALL SELECT id::text FROM a UNION ALL SELECT encode(key, 'hex') FROM i;

-- name: merge_pool_but :many
-- doc: Whoever is left out of standing orders to pools stays so; of which orders.
-- beyond: pool: in the transaction that makes one of two, so that nobody is given in between
-- in: kept uuid, gone uuid
-- out: id uuid
SELECT id FROM lg_gate.pool_but_follows($kept, $gone) id;

-- name: merge_pool_back :exec
-- doc: And back.
-- beyond: pool: in the transaction that makes one of two, so that nobody is given in between
-- in: kept uuid, ids text[]
SELECT lg_gate.pool_but_back($kept, ARRAY(SELECT u::uuid FROM unnest($ids::text[]) u WHERE length(u) = 36));

-- name: merge_back_candidate :exec
-- doc: And back, what is still there.
-- beyond: ambition hotline: one statement moves all, so that nothing can stay behind
-- in: kept uuid, gone uuid, ids text[]
WITH x AS (SELECT u::uuid AS id FROM unnest($ids::text[]) u WHERE length(u) = 36),
     n AS (UPDATE lg.note SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     k AS (UPDATE lg.contact SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     t AS (UPDATE lg.task SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     p AS (UPDATE lg.proposal SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     m AS (UPDATE lg.message SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     s AS (UPDATE lg.share SET candidate_id = $gone WHERE root_tenant = from_tenant AND candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     q AS (UPDATE lg.enquiry SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     c AS (UPDATE lg.screening SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     o AS (UPDATE lg.outcome SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     a AS (UPDATE lg.ambition_case SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x)),
     e AS (UPDATE lg.document_piece SET candidate_id = $gone WHERE candidate_id = $kept AND document_id IN (SELECT x.id FROM x)),
     w AS (UPDATE lg.document_word SET candidate_id = $gone WHERE candidate_id = $kept AND document_id IN (SELECT x.id FROM x)),
     i AS (UPDATE lg.imported SET candidate_id = $gone WHERE candidate_id = $kept AND encode(key, 'hex') = ANY ($ids))
UPDATE lg.document SET candidate_id = $gone WHERE candidate_id = $kept AND id IN (SELECT x.id FROM x);

-- name: merge_move_employer :many
-- doc: All that hangs on one goes to the other.
-- in: kept uuid, gone uuid
-- rows: merge_move_candidate
WITH o AS (UPDATE lg.opening SET employer_id = $kept WHERE employer_id = $gone RETURNING id),
     i AS (UPDATE lg.imported SET employer_id = $kept WHERE employer_id = $gone RETURNING key)
SELECT id::text FROM o UNION ALL SELECT encode(key, 'hex') FROM i;

-- name: merge_back_employer :exec
-- doc: And back, what is still there.
-- in: kept uuid, gone uuid, ids text[]
WITH i AS (UPDATE lg.imported SET employer_id = $gone WHERE employer_id = $kept AND encode(key, 'hex') = ANY ($ids))
UPDATE lg.opening SET employer_id = $gone
 WHERE employer_id = $kept AND id IN (SELECT u::uuid FROM unnest($ids::text[]) u WHERE length(u) = 36);

-- name: merge_remove_candidate :guard
-- doc: The one that is gone, if it is still what was seen.
-- in: id uuid, version int
DELETE FROM lg.candidate WHERE id = $id AND version = $version;

-- name: merge_remove_employer :guard
-- doc: The same of an employer.
-- in: id uuid, version int
DELETE FROM lg.employer WHERE id = $id AND version = $version;

-- name: merge_restore_candidate :exec
-- doc: There again, as it was.
-- in: doc json
INSERT INTO lg.candidate SELECT c.* FROM jsonb_populate_record(NULL::lg.candidate, $doc) c;

-- name: merge_restore_employer :exec
-- doc: There again, as it was.
-- in: doc json
INSERT INTO lg.employer SELECT e.* FROM jsonb_populate_record(NULL::lg.employer, $doc) e;

-- name: merge_add :exec
-- doc: It is written down.
-- in: id uuid, entity text, kept uuid, gone uuid, by uuid?, box bytes
INSERT INTO lg.merge (id, entity, kept, gone, by, box) VALUES ($id, $entity, $kept, $gone, $by, $box);

-- name: merge_get :one
-- doc: One that may still be undone, with the key of what is gone: for so many days it may.
-- in: id uuid, entity text, kept uuid, days int
-- out: gone uuid, box bytes?, key_box bytes
SELECT m.gone, m.box, k.key_box
  FROM lg.merge m JOIN lg.person_key k ON k.subject = m.gone
 WHERE m.id = $id AND m.entity = $entity AND m.kept = $kept AND m.undone IS NULL AND m.at > now() - make_interval(days => $days::int)
   FOR UPDATE OF m;

-- name: merge_undone :guard
-- doc: It is undone.
-- in: id uuid
UPDATE lg.merge SET undone = now(), box = NULL WHERE id = $id AND undone IS NULL;

-- name: merge_list :many
-- doc: What was merged into one, the latest first.
-- in: kept uuid, entity text, days int
-- out: id uuid, gone uuid, at time, by uuid?, undoable bool, key_box bytes?
SELECT m.id, m.gone, m.at, m.by, m.at > now() - make_interval(days => $days::int) AS undoable, k.key_box
  FROM lg.merge m LEFT JOIN lg.person_key k ON k.subject = m.gone
 WHERE m.kept = $kept AND m.entity = $entity AND m.undone IS NULL
 ORDER BY m.at DESC, m.id
 LIMIT 50;

-- name: merge_to :maybe
-- doc: Where an old address leads.
-- in: id uuid, entity text
-- out: id uuid
WITH RECURSIVE w AS (
	SELECT m.kept FROM lg.merge m WHERE m.gone = $id AND m.entity = $entity AND m.undone IS NULL
	UNION SELECT m.kept FROM lg.merge m JOIN w ON m.gone = w.kept WHERE m.undone IS NULL
)
SELECT w.kept AS id FROM w WHERE NOT EXISTS (SELECT FROM lg.merge m WHERE m.gone = w.kept AND m.undone IS NULL);

-- name: merge_forget :exec
-- doc: Somebody is erased, and with them all that was merged into them.
-- in: id uuid
WITH RECURSIVE g AS (
	SELECT m.gone FROM lg.merge m WHERE m.kept = $id AND m.undone IS NULL
	UNION SELECT m.gone FROM lg.merge m JOIN g ON m.kept = g.gone WHERE m.undone IS NULL
), k AS (
	DELETE FROM lg.person_key WHERE subject IN (SELECT g.gone FROM g)
)
DELETE FROM lg.merge WHERE gone IN (SELECT g.gone FROM g);
