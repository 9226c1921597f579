-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Ambitions travel as JSON (app/record.h). `doc` has the fields of ambition.def.

-- name: ambition_get :one
-- doc: One ambition.
-- in: id uuid
-- out: id uuid, version int, invented bool, begins date, ends date, record json
SELECT a.id, a.version, a.invented, a.begins, a.ends, to_jsonb(a) AS record FROM lg.ambition a WHERE a.id = $id;

-- name: ambition_add :one
-- doc: Write one down.
-- in: id uuid, doc json, invented bool
-- out: id uuid, version int
INSERT INTO lg.ambition (id, invented, name, partners, words, source, begins, ends, aims, commitments)
SELECT $id, $invented, d.name, d.partners, d.words, d.source, d.begins, d.ends, coalesce(d.aims, '[]'), coalesce(d.commitments, '[]')
  FROM jsonb_populate_record(NULL::lg.ambition, $doc) d
RETURNING id, version;

-- name: ambition_put :guard
-- doc: Change one that is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json
UPDATE lg.ambition a
   SET version = a.version + 1, changed = now(), name = d.name, partners = d.partners, words = d.words, source = d.source, begins = d.begins,
       ends = d.ends, aims = coalesce(d.aims, '[]'), commitments = coalesce(d.commitments, '[]')
  FROM jsonb_populate_record(NULL::lg.ambition, $doc) d
 WHERE a.id = $id AND a.version = $version;

-- name: ambition_list :many
-- doc: All of the office, those that last longest first.
-- in: room int
-- out: id uuid, name text, partners text?, begins date, ends date, aims int, open int, late int, invented bool
SELECT a.id, a.name, a.partners, a.begins, a.ends, jsonb_array_length(a.aims) AS aims,
       (SELECT count(*) FROM jsonb_array_elements(a.commitments) x WHERE x ->> 'done' IS DISTINCT FROM 'true') AS open,
       (SELECT count(*) FROM jsonb_array_elements(a.commitments) x WHERE x ->> 'done' IS DISTINCT FROM 'true' AND (x ->> 'until')::date < current_date) AS late,
       a.invented
  FROM lg.ambition a ORDER BY a.ends DESC, a.id LIMIT $room;

-- name: ambition_of_candidate :many
-- doc: All that last still, and whether somebody counts for them.
-- in: candidate uuid, today date
-- out: id uuid, name text, counts bool
SELECT a.id, a.name, EXISTS (SELECT FROM lg.ambition_case k WHERE k.ambition_id = a.id AND k.candidate_id = $candidate) AS counts
  FROM lg.ambition a WHERE a.ends >= $today ORDER BY a.name, a.id;

-- name: ambition_case_put :exec
-- doc: Somebody counts for these ambitions that last still, and for no others of them.
-- in: candidate uuid, ids uuid[], today date, by uuid
WITH gone AS (
	DELETE FROM lg.ambition_case k USING lg.ambition a
	 WHERE k.candidate_id = $candidate AND a.id = k.ambition_id AND a.ends >= $today AND NOT a.id = ANY ($ids)
)
INSERT INTO lg.ambition_case (ambition_id, candidate_id, account_id)
SELECT a.id, c.id, $by FROM lg.ambition a, lg.candidate c
 WHERE a.id = ANY ($ids) AND a.ends >= $today AND c.id = $candidate
   AND NOT EXISTS (SELECT FROM lg.ambition_case k WHERE k.ambition_id = a.id AND k.candidate_id = c.id);

-- part: cases
SELECT k.candidate_id FROM lg.ambition_case k WHERE k.ambition_id = $id

-- beyond: hotline: what is counted is what is written down anyway, in one pass
-- part: steps
SELECT o.kind, o.candidate_id FROM lg.outcome o WHERE o.on_day BETWEEN $since::date AND $until::date
UNION SELECT o.kind, s.candidate_id FROM lg.share_outcome o JOIN lg.share s ON s.from_tenant = o.from_tenant AND s.id = o.share_id WHERE o.on_day BETWEEN $since::date AND $until::date

-- name: ambition_counts :many
-- doc: What happened from a day to a day, of all and of those who count for it: people, but enquiries. Codes of the list ambition_measure.
-- beyond: hotline: what is counted is what is written down anyway, in one pass
-- in: id uuid, since date, until date
-- out: measure text, n int, ours int
WITH x (measure, candidate_id, one) AS (
	SELECT 'registered', c.id, c.id FROM lg.candidate c WHERE c.created >= $since::date AND c.created < $until::date + 1
	UNION ALL SELECT 'answered', e.candidate_id, e.id FROM lg.enquiry e WHERE e.answered_at >= $since::date AND e.answered_at < $until::date + 1
	UNION ALL SELECT 'referred', s.candidate_id, s.candidate_id FROM lg.referral r JOIN lg.share s ON s.from_tenant = r.from_tenant AND s.id = r.share_id
	           WHERE r.created >= $since::date AND r.created < $until::date + 1
	             AND EXISTS (SELECT FROM lg.share_answer a WHERE a.to_tenant = s.to_tenant AND a.share_id = s.id AND a.what = 'accepted')
	UNION ALL SELECT CASE WHEN k.kind IN ('visit', 'taster_day', 'language_cafe', 'volunteer') THEN 'other' ELSE k.kind END, k.candidate_id, k.candidate_id
	            FROM ({steps}) k
)
SELECT measure, count(DISTINCT one) AS n, count(DISTINCT one) FILTER (WHERE candidate_id IN ({cases})) AS ours FROM x GROUP BY measure;
