-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Employers travel as JSON (app/record.h), as candidates do.

-- name: employer_get :one
-- doc: One employer.
-- in: id uuid
-- out: id uuid, version int, invented bool, record json
SELECT e.id, e.version, e.invented, to_jsonb(e) AS record FROM lg.employer e WHERE e.id = $id;

-- name: employer_add :one
-- doc: Register one. `doc` has the fields of employer.def.
-- in: id uuid, doc json, by uuid, sort_name text, invented bool
-- out: id uuid, version int
INSERT INTO lg.employer (id, registered_by, sort_name, invented, name, number, branch, employees, web, relation, will, will_on, offers,
       consultant, stand_in, next_step, next_on, workplaces, people)
SELECT $id, $by, $sort_name, $invented, d.name, d.number, d.branch, d.employees, d.web, coalesce(d.relation, 'prospect'), d.will, d.will_on,
       d.offers, coalesce(d.consultant, $by), d.stand_in, d.next_step, d.next_on, coalesce(d.workplaces, '[]'), coalesce(d.people, '[]')
  FROM jsonb_populate_record(NULL::lg.employer, $doc) d
RETURNING id, version;

-- name: employer_put :guard
-- doc: Change one that is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json, sort_name text
UPDATE lg.employer e
   SET version = e.version + 1, changed = now(), sort_name = $sort_name,
       name = d.name, number = d.number, branch = d.branch, employees = d.employees, web = d.web, relation = coalesce(d.relation, 'prospect'), will = d.will,
       will_on = d.will_on, offers = d.offers, consultant = d.consultant, stand_in = d.stand_in, next_step = d.next_step,
       next_on = d.next_on, workplaces = d.workplaces, people = d.people
  FROM jsonb_populate_record(NULL::lg.employer, $doc) d
 WHERE e.id = $id AND e.version = $version;

-- name: employer_keys_put :exec
-- doc: The three-letter runs of a name that changed.
-- in: id uuid, keys text[]
WITH gone AS (
	DELETE FROM lg.employer_trigram WHERE employer_id = $id AND NOT key = ANY ($keys)
)
INSERT INTO lg.employer_trigram (tenant_id, key, employer_id)
SELECT DISTINCT (SELECT lg_gate.tenant()), k, $id FROM unnest($keys::text[]) k ON CONFLICT DO NOTHING;

-- name: employer_alike :many
-- doc: Which may be the same: the number in common, or the name.
-- in: number text, sort_name text, but uuid?
-- out: id uuid, name text, number text?, by_number bool
SELECT e.id, e.name, e.number, (e.number = $number) IS TRUE AS by_number
  FROM lg.employer e
 WHERE (e.number = $number OR e.sort_name = $sort_name) AND e.id IS DISTINCT FROM $but::uuid
 ORDER BY by_number DESC, e.sort_name
 LIMIT 10;

-- part: employer_columns
e.id, e.version, e.name, e.number, e.branch, e.relation, e.will, e.consultant, e.next_step, e.next_on, e.invented, e.sort_name,
       (SELECT count(*) FROM lg.opening o WHERE o.employer_id = e.id AND o.state IN ('open', 'paused')) AS openings

-- part: employer_filters
($relation = '' OR e.relation = $relation)
   AND ($consultant::uuid IS NULL OR e.consultant = $consultant)
   AND ($branch = '' OR e.branch = $branch)
   AND ($will = '' OR e.will = $will)

-- name: employer_list :many
-- doc: By name, from behind the last of the page before.
-- in: relation text, consultant uuid?, branch text, will text, after_key text, after_id uuid, room int
-- out: id uuid, version int, name text, number text?, branch text?, relation text, will text?, consultant uuid?, next_step text?, next_on date?
-- out: invented bool, sort_name text, openings int
SELECT {employer_columns}
  FROM lg.employer e
 WHERE (e.sort_name, e.id) > ($after_key, $after_id) AND {employer_filters}
 ORDER BY e.sort_name, e.id
 LIMIT $room;

-- name: employer_found :many
-- doc: Those whose name is like what was asked; as candidate_found.
-- in: keys text[], spelled int, heard int, worth_spelled int, worth_heard int, relation text, consultant uuid?, branch text, will text, room int
-- rows: employer_list
SELECT {employer_columns}
  FROM (SELECT n.employer_id, greatest(n.spelled * $worth_spelled, n.heard * $worth_heard)::int AS found
          FROM (SELECT t.employer_id, count(*) FILTER (WHERE left(t.key, 1) <> '~') AS spelled,
                       count(*) FILTER (WHERE left(t.key, 1) = '~') AS heard
                  FROM lg.employer_trigram t WHERE t.key = ANY ($keys) GROUP BY t.employer_id) n
         WHERE n.spelled >= $spelled OR n.heard >= $heard) h
  JOIN lg.employer e ON e.id = h.employer_id
 WHERE {employer_filters}
 ORDER BY h.found DESC, e.sort_name, e.id
 LIMIT $room;

-- name: employer_records :many
-- doc: Whole records, in the order of `ids`.
-- in: ids uuid[]
-- out: id uuid, version int, record json
SELECT e.id, e.version, to_jsonb(e) AS record
  FROM unnest($ids::uuid[]) WITH ORDINALITY w (id, n) JOIN lg.employer e ON e.id = w.id
 ORDER BY w.n;

-- name: employer_widths :one
-- doc: How many rows the lists of an employer have at most.
-- out: widths json
SELECT jsonb_build_object('workplaces', coalesce(max(jsonb_array_length(e.workplaces)), 0),
                          'people', coalesce(max(jsonb_array_length(e.people)), 0)) AS widths
  FROM lg.employer e;
