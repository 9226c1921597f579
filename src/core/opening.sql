-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Openings travel as JSON (app/record.h), as candidates do.

-- name: opening_get :one
-- doc: One opening, with the name of its employer.
-- in: id uuid
-- out: id uuid, version int, invented bool, employer uuid, employer_name text, record json
SELECT o.id, o.version, o.invented, o.employer_id AS employer, e.name AS employer_name, to_jsonb(o) AS record
  FROM lg.opening o JOIN lg.employer e ON e.id = o.employer_id
 WHERE o.id = $id;

-- name: opening_at :one
-- doc: There is such an employer.
-- in: employer uuid
-- out: id uuid
SELECT e.id FROM lg.employer e WHERE e.id = $employer;

-- name: opening_add :set
-- doc: Register some at employers. `doc` has the fields of opening.def. Nobody chosen: the employer's consultant takes care of it.
-- in: id uuid, employer uuid, doc json, by uuid, sort_name text, invented bool, state text, today date, latitude_e6 int?, longitude_e6 int?
INSERT INTO lg.opening (tenant_id, id, employer_id, registered_by, sort_name, invented, state, state_since, latitude_e6, longitude_e6, title, kind,
       positions, words, address, postal_code, town, municipality, point, remote, start_on, ends_on, hours, schedule, expires_on,
       assistant_allowed, offers, driving, occupations, languages, licences, skills, stages, published, public_contact, public_phone,
       public_mail, consultant)
SELECT (SELECT lg_gate.tenant()), r.id, r.employer, r.by, r.sort_name, r.invented, r.state, r.today, r.latitude_e6, r.longitude_e6, d.title, d.kind,
       coalesce(d.positions, 1), d.words, d.address, d.postal_code, d.town, d.municipality, d.point, coalesce(d.remote, false), d.start_on,
       d.ends_on, d.hours, d.schedule, d.expires_on, coalesce(d.assistant_allowed, false), coalesce(d.offers, '[]'),
       coalesce(d.driving, '[]'), coalesce(d.occupations, '[]'), coalesce(d.languages, '[]'), coalesce(d.licences, '[]'),
       coalesce(d.skills, '[]'), coalesce(d.stages, '[]'), coalesce(d.published, false), d.public_contact, d.public_phone,
       d.public_mail, coalesce(d.consultant, e.consultant, r.by)
  FROM $rows r CROSS JOIN jsonb_populate_record(NULL::lg.opening, r.doc) d LEFT JOIN lg.employer e ON e.id = r.employer;

-- name: opening_put :guard
-- doc: Change one that is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json, sort_name text, latitude_e6 int?, longitude_e6 int?
UPDATE lg.opening o
   SET version = o.version + 1, changed = now(), sort_name = $sort_name, latitude_e6 = $latitude_e6, longitude_e6 = $longitude_e6,
       title = d.title, kind = d.kind, positions = coalesce(d.positions, 1), words = d.words, address = d.address,
       postal_code = d.postal_code, town = d.town, municipality = d.municipality, point = d.point, remote = coalesce(d.remote, false),
       start_on = d.start_on, ends_on = d.ends_on, hours = d.hours, schedule = d.schedule, expires_on = d.expires_on,
       assistant_allowed = coalesce(d.assistant_allowed, false), offers = d.offers, driving = d.driving, occupations = d.occupations,
       languages = d.languages, licences = d.licences, skills = d.skills, stages = d.stages,
       published = coalesce(d.published, false), public_contact = d.public_contact, public_phone = d.public_phone,
       public_mail = d.public_mail, consultant = d.consultant
  FROM jsonb_populate_record(NULL::lg.opening, $doc) d
 WHERE o.id = $id AND o.version = $version;

-- name: opening_state_put :guard
-- doc: Enter another state.
-- in: id uuid, version int, from_state text, state text, today date
UPDATE lg.opening SET version = version + 1, changed = now(), state = $state, state_since = $today
 WHERE id = $id AND version = $version AND state = $from_state;

-- name: opening_keys_put :exec
-- doc: The three-letter runs of a title that changed.
-- in: id uuid, keys text[]
WITH gone AS (
	DELETE FROM lg.opening_trigram WHERE opening_id = $id AND NOT key = ANY ($keys)
)
INSERT INTO lg.opening_trigram (tenant_id, key, opening_id)
SELECT DISTINCT (SELECT lg_gate.tenant()), k, $id FROM unnest($keys::text[]) k ON CONFLICT DO NOTHING;

-- name: opening_keys_add :set
-- doc: The three-letter runs of titles that are new, in the order of the index.
-- in: id uuid, keys text[]
INSERT INTO lg.opening_trigram (tenant_id, key, opening_id)
SELECT (SELECT lg_gate.tenant()), k.key, k.id FROM (SELECT DISTINCT k.key, r.id FROM $rows r, unnest(r.keys) k (key) ORDER BY 1, 2) k;

-- part: opening_columns
o.id, o.version, o.title, o.kind, o.state, o.positions, o.municipality, o.remote, o.start_on, o.expires_on, o.consultant, o.invented,
       o.sort_name, o.employer_id AS employer, e.name AS employer_name

-- part: opening_filters
($state = '' OR o.state = $state)
   AND ($kind = '' OR o.kind = $kind)
   AND ($municipality = '' OR o.municipality = $municipality)
   AND ($consultant::uuid IS NULL OR o.consultant = $consultant)
   AND ($employer::uuid IS NULL OR o.employer_id = $employer)

-- name: opening_list :many
-- doc: By title, from behind the last of the page before.
-- in: state text, kind text, municipality text, consultant uuid?, employer uuid?, after_key text, after_id uuid, room int
-- out: id uuid, version int, title text, kind text, state text, positions int, municipality text?, remote bool, start_on date?
-- out: expires_on date?, consultant uuid?, invented bool, sort_name text, employer uuid, employer_name text
SELECT {opening_columns}
  FROM lg.opening o JOIN lg.employer e ON e.id = o.employer_id
 WHERE (o.sort_name, o.id) > ($after_key, $after_id) AND {opening_filters}
 ORDER BY o.sort_name, o.id
 LIMIT $room;

-- name: opening_found :many
-- doc: Those whose title is like what was asked; as candidate_found.
-- in: keys text[], spelled int, heard int, worth_spelled int, worth_heard int, state text, kind text, municipality text, consultant uuid?
-- in: employer uuid?, room int
-- rows: opening_list
SELECT {opening_columns}
  FROM (SELECT n.opening_id, greatest(n.spelled * $worth_spelled, n.heard * $worth_heard)::int AS found
          FROM (SELECT t.opening_id, count(*) FILTER (WHERE left(t.key, 1) <> '~') AS spelled,
                       count(*) FILTER (WHERE left(t.key, 1) = '~') AS heard
                  FROM lg.opening_trigram t WHERE t.key = ANY ($keys) GROUP BY t.opening_id) n
         WHERE n.spelled >= $spelled OR n.heard >= $heard) h
  JOIN lg.opening o ON o.id = h.opening_id JOIN lg.employer e ON e.id = o.employer_id
 WHERE {opening_filters}
 ORDER BY h.found DESC, o.sort_name, o.id
 LIMIT $room;

-- name: opening_records :many
-- doc: Whole records, in the order of `ids`.
-- in: ids uuid[]
-- out: id uuid, version int, state text, employer uuid, employer_name text, record json
SELECT o.id, o.version, o.state, o.employer_id AS employer, e.name AS employer_name, to_jsonb(o) AS record
  FROM unnest($ids::uuid[]) WITH ORDINALITY w (id, n) JOIN lg.opening o ON o.id = w.id JOIN lg.employer e ON e.id = o.employer_id
 ORDER BY w.n;

-- name: opening_widths :one
-- doc: How many rows the lists of an opening have at most.
-- out: widths json
SELECT jsonb_build_object('occupations', coalesce(max(jsonb_array_length(o.occupations)), 0),
                          'languages', coalesce(max(jsonb_array_length(o.languages)), 0),
                          'licences', coalesce(max(jsonb_array_length(o.licences)), 0),
                          'skills', coalesce(max(jsonb_array_length(o.skills)), 0),
                          'stages', coalesce(max(jsonb_array_length(o.stages)), 0)) AS widths
  FROM lg.opening o;
