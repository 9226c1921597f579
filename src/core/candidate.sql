-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Candidates travel as JSON (app/record.h): what to_jsonb() makes of a row, and what jsonb_populate_record() takes back.

-- name: candidate_get :one
-- doc: One candidate: the record, and its numbers, masked.
-- in: id uuid
-- out: id uuid, version int, invented bool, record json, identifiers json
SELECT c.id, c.version, c.invented, to_jsonb(c) AS record,
       coalesce((SELECT jsonb_agg(jsonb_build_object('id', i.id, 'kind', i.kind, 'number', i.masked, 'issuer', i.issuer,
                                                     'valid_until', i.valid_until) ORDER BY i.position)
                   FROM lg.candidate_identifier i WHERE i.candidate_id = c.id), '[]') AS identifiers
  FROM lg.candidate c
 WHERE c.id = $id;

-- name: candidate_seen :maybe
-- doc: A page shows one, if there is one; a protected person only when it is `open`. Beside candidate_get, in one transaction.
-- in: id uuid, open bool, route text, request text
-- out: id uuid
INSERT INTO lg.read_audit (route, subjects, request)
SELECT $route, ARRAY[c.id], $request FROM lg.candidate c WHERE c.id = $id AND ($open OR NOT c.protected_address)
RETURNING id;

-- name: candidate_add :one
-- doc: Register one. `doc` has the fields of candidate.def. Who is narrowed to units and chose none: it goes to their first.
-- in: id uuid, doc json, by uuid, state text, sort_name text, likeness text, invented bool, latitude_e6 int?, longitude_e6 int?
-- out: id uuid, version int
INSERT INTO lg.candidate (id, registered_by, owner, unit, state, sort_name, likeness, invented, latitude_e6, longitude_e6,
       given_name, family_name, given_native, family_native, born, contact_language, interpreter,
       phone, mail, channel, address, postal_code, town, municipality, point, protected_address, ground, stay_until, arrived,
       wants_work, wants_work_on, can_start, contracts, hours_least, hours_most, commute_km, driving, wish_words,
       available, classes, needs, needs_words, legal_basis, informed_on, next_step, next_on,
       family, languages, occupations, wished, skills, education, experience, licences)
SELECT $id, $by, coalesce(d.owner, $by), coalesce(d.unit, (lg_gate.units())[1]), $state,
       $sort_name, $likeness, $invented, $latitude_e6::int, $longitude_e6::int,
       d.given_name, d.family_name, d.given_native, d.family_native, d.born, d.contact_language, coalesce(d.interpreter, false),
       d.phone, d.mail, d.channel, d.address, d.postal_code, d.town, d.municipality, d.point, coalesce(d.protected_address, false),
       d.ground, d.stay_until, d.arrived,
       d.wants_work, d.wants_work_on, d.can_start, coalesce(d.contracts, '[]'), d.hours_least, d.hours_most, d.commute_km,
       coalesce(d.driving, '[]'), d.wish_words, d.available, d.classes, coalesce(d.needs, '[]'), d.needs_words, d.legal_basis,
       d.informed_on, d.next_step, d.next_on, coalesce(d.family, '[]'), coalesce(d.languages, '[]'),
       coalesce(d.occupations, '[]'), coalesce(d.wished, '[]'), coalesce(d.skills, '[]'), coalesce(d.education, '[]'), coalesce(d.experience, '[]'),
       coalesce(d.licences, '[]')
  FROM jsonb_populate_record(NULL::lg.candidate, $doc) d
RETURNING id, version;

-- name: candidate_put :guard
-- doc: Change one that is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json, sort_name text, likeness text, latitude_e6 int?, longitude_e6 int?
UPDATE lg.candidate c
   SET version = c.version + 1, changed = now(), sort_name = $sort_name, likeness = $likeness,
       latitude_e6 = $latitude_e6, longitude_e6 = $longitude_e6,
       given_name = d.given_name, family_name = d.family_name, given_native = d.given_native, family_native = d.family_native,
       born = d.born, contact_language = d.contact_language, interpreter = coalesce(d.interpreter, false),
       phone = d.phone, mail = d.mail, channel = d.channel, address = d.address, postal_code = d.postal_code, town = d.town,
       municipality = d.municipality, point = d.point, protected_address = coalesce(d.protected_address, false),
       ground = d.ground, stay_until = d.stay_until, arrived = d.arrived,
       wants_work = d.wants_work, wants_work_on = d.wants_work_on, can_start = d.can_start, contracts = d.contracts,
       hours_least = d.hours_least, hours_most = d.hours_most, commute_km = d.commute_km, driving = d.driving,
       wish_words = d.wish_words, available = d.available, classes = d.classes, needs = d.needs, needs_words = d.needs_words,
       legal_basis = d.legal_basis, informed_on = d.informed_on, next_step = d.next_step, next_on = d.next_on, owner = d.owner, unit = d.unit,
       family = d.family, languages = d.languages, occupations = d.occupations, wished = coalesce(d.wished, '[]'), skills = d.skills, education = d.education,
       experience = d.experience, licences = d.licences
  FROM jsonb_populate_record(NULL::lg.candidate, $doc) d
 WHERE c.id = $id AND c.version = $version;

-- name: candidate_unit_fits :one
-- doc: May whoever acts put a candidate there? Into an open unit of theirs; into none, when they see the whole office.
-- in: unit uuid?
-- out: fits bool
SELECT CASE WHEN $unit::uuid IS NULL THEN lg_gate.units() IS NULL
            ELSE EXISTS (SELECT FROM lg.unit u WHERE u.id = $unit AND u.closed IS NULL)
             AND (lg_gate.units() IS NULL OR $unit = ANY (lg_gate.units())) END AS fits;

-- name: candidate_touch :guard
-- doc: Something that hangs on it changed.
-- in: id uuid, version int
UPDATE lg.candidate SET version = version + 1, changed = now() WHERE id = $id AND version = $version;

-- name: candidate_confirm :guard
-- doc: The person says that all is true still.
-- in: id uuid, version int, today date
UPDATE lg.candidate SET version = version + 1, changed = now(), confirmed_on = $today WHERE id = $id AND version = $version;

-- name: candidate_state_put :guard
-- doc: Enter another state.
-- in: id uuid, version int, from_state text, state text, reason text?, today date
UPDATE lg.candidate
   SET version = version + 1, changed = now(), state = $state, closed_reason = $reason, state_since = $today
 WHERE id = $id AND version = $version AND state = $from_state;

-- name: candidate_step_put :many
-- doc: A next step for many at once. Those that are there are told.
-- in: ids uuid[], step text, day date
-- out: id uuid
UPDATE lg.candidate SET version = version + 1, changed = now(), next_step = $step, next_on = $day WHERE id = ANY ($ids)
RETURNING id;

-- name: candidate_owner_put :many
-- doc: Many at once to a colleague of the office. Those that are there are told.
-- in: ids uuid[], owner uuid
-- out: id uuid
UPDATE lg.candidate SET version = version + 1, changed = now(), owner = $owner
 WHERE id = ANY ($ids) AND EXISTS (SELECT FROM lg.member m WHERE m.account_id = $owner)
RETURNING id;

-- name: candidate_erase :guard
-- doc: For good, with all that hangs on it.
-- in: id uuid
DELETE FROM lg.candidate WHERE id = $id;

-- name: candidate_keys_put :exec
-- doc: The three-letter runs of a name that changed.
-- in: id uuid, keys text[]
WITH gone AS (
	DELETE FROM lg.candidate_trigram WHERE candidate_id = $id AND NOT key = ANY ($keys)
)
INSERT INTO lg.candidate_trigram (tenant_id, key, candidate_id)
SELECT DISTINCT (SELECT lg_gate.tenant()), k, $id FROM unnest($keys::text[]) k ON CONFLICT DO NOTHING;

-- name: candidate_numbers_put :exec
-- doc: All identity numbers: rows are {id?, kind, blind, box, masked, issuer, valid_until}, bytes as hex. One with an id stays sealed as it is.
-- in: id uuid, rows json
WITH r AS (
	SELECT * FROM ROWS FROM (jsonb_to_recordset($rows)
	       AS (id uuid, kind text, blind text, box text, masked text, issuer text, valid_until date)) WITH ORDINALITY
	    AS r (id, kind, blind, box, masked, issuer, valid_until, position)
), gone AS (
	DELETE FROM lg.candidate_identifier WHERE candidate_id = $id AND id NOT IN (SELECT id FROM r WHERE id IS NOT NULL)
), kept AS (
	UPDATE lg.candidate_identifier i SET position = r.position, issuer = r.issuer, valid_until = r.valid_until
	  FROM r WHERE i.id = r.id AND i.candidate_id = $id
)
INSERT INTO lg.candidate_identifier (candidate_id, position, kind, blind, box, masked, issuer, valid_until)
SELECT $id, r.position, r.kind, decode(r.blind, 'hex'), decode(r.box, 'hex'), r.masked, r.issuer, r.valid_until
  FROM r WHERE r.id IS NULL;

-- name: candidate_number_get :one
-- doc: A number in its box.
-- in: id uuid, candidate uuid
-- out: kind text, box bytes
SELECT kind, box FROM lg.candidate_identifier WHERE id = $id AND candidate_id = $candidate;

-- name: candidate_alike :many
-- doc: Who may be the same person: a number in common, or alike names and one date of birth.
-- in: blinds text[], likeness text, born date?, but uuid?
-- out: id uuid, given_name text, family_name text, given_native text?, family_native text?, born date?, state text, by_number bool, is_protected bool
SELECT c.id, c.given_name, c.family_name, c.given_native, c.family_native, c.born, c.state,
       bool_or(a.by_number) AS by_number, c.protected_address AS is_protected
  FROM (SELECT i.candidate_id AS id, true AS by_number FROM lg.candidate_identifier i
         WHERE i.blind = ANY (SELECT decode(b, 'hex') FROM unnest($blinds::text[]) b)
        UNION ALL
        SELECT l.id, false FROM lg.candidate l WHERE l.likeness = $likeness AND (l.born = $born OR l.born IS NULL OR $born::date IS NULL)
       ) a JOIN lg.candidate c ON c.id = a.id
 WHERE c.id IS DISTINCT FROM $but::uuid
 GROUP BY c.tenant_id, c.id
 ORDER BY by_number DESC, c.sort_name
 LIMIT 10;

-- A page of the list: four statements, since each order and the search has an index of its own to go by, and one statement for all can
-- use none. Filters that are empty do not count.

-- For whom something is under way, or has come to something. (schema/0023 has an index for it. NOT IN, which is looked up in a table made
-- once; behind the wall a join of the two would be looked through for each.)

-- part: under_way
SELECT p.candidate_id FROM lg.proposal p WHERE p.state IN ('shortlisted', 'presented', 'accepted', 'sent', 'interview', 'offer', 'agreed')

-- part: list_columns
c.given_name, c.family_name, c.given_native, c.family_native, c.state, c.municipality, c.occupations, c.languages, c.next_step, c.next_on,
       c.owner, c.wants_work, c.stay_until, c.invented, c.protected_address AS is_protected, c.version

-- part: list_filters
(cardinality($states::text[]) = 0 OR c.state = ANY ($states))
   AND ($municipality = '' OR c.municipality = $municipality)
   AND ($owner::uuid IS NULL OR c.owner = $owner)
   AND ($unit::uuid IS NULL OR c.unit = $unit)
   AND ($occupation = '' OR EXISTS (SELECT FROM jsonb_array_elements(c.occupations) o
                                     WHERE left(o ->> 'occupation', length($occupation)) = $occupation))
   AND ($language = '' OR EXISTS (SELECT FROM jsonb_array_elements(c.languages) s
                                   WHERE s ->> 'language' = $language
                                     AND (cardinality($levels::text[]) = 0 OR s ->> 'interaction' = ANY ($levels))))
   AND ($wants = '' OR c.wants_work = $wants)
   AND CASE $flag WHEN 'no_step' THEN c.state <> 'closed' AND (c.next_step IS NULL OR c.next_on IS NULL OR c.owner IS NULL)
                  WHEN 'late' THEN c.state <> 'closed' AND c.next_on < $today
                  WHEN 'permit' THEN c.state <> 'closed' AND c.stay_until < $today + 90
                  WHEN 'old' THEN c.state <> 'closed' AND c.confirmed_on < $today - 90
                  WHEN 'no_solution' THEN c.state IN ('available', 'in_process') AND c.id NOT IN ({under_way})
                  ELSE true END

-- name: candidate_list :many
-- doc: By the date of the next step, or what was changed last.
-- in: states text[], municipality text, owner uuid?, unit uuid?, occupation text, language text, levels text[], wants text, flag text, today date
-- in: sort text, after_key text, after_id uuid?, room int
-- out: id uuid, key text, found int, given_name text, family_name text, given_native text?, family_native text?, state text, municipality text?
-- out: occupations json, languages json, next_step text?, next_on date?, owner uuid?, wants_work text?, stay_until date?, invented bool
-- out: is_protected bool, version int
SELECT c.id, c.key, 0 AS found, {list_columns}
  FROM (SELECT c.*, CASE $sort WHEN 'changed' THEN lpad((4102444800 - extract(epoch FROM c.changed))::bigint::text, 12, '0')
                               ELSE coalesce(c.next_on::text, '9999') END AS key
          FROM lg.candidate c WHERE {list_filters}) c
 WHERE $after_id::uuid IS NULL OR (c.key, c.id) > ($after_key, $after_id)
 ORDER BY c.key, c.id
 LIMIT $room;

-- name: candidate_by_name :many
-- doc: By name, which is how most look at it: read in that order, and no further than the page goes.
-- in: states text[], municipality text, owner uuid?, unit uuid?, occupation text, language text, levels text[], wants text, flag text, today date
-- in: after_key text, after_id uuid, room int
-- rows: candidate_list
SELECT c.id, c.sort_name AS key, 0 AS found, {list_columns}
  FROM lg.candidate c
 WHERE (c.sort_name, c.id) > ($after_key, $after_id) AND {list_filters}
 ORDER BY c.sort_name, c.id
 LIMIT $room;

-- name: candidate_mine :many
-- doc: Whom somebody takes care of, by date of the next step.
-- in: owner uuid, room int
-- rows: candidate_list
SELECT c.id, coalesce(c.next_on::text, '9999') AS key, 0 AS found, {list_columns}
  FROM lg.candidate c
 WHERE c.owner = $owner AND c.state <> 'closed'
 ORDER BY c.next_on, c.id
 LIMIT $room;

-- name: candidate_found :many
-- doc: Who is found by name, or by documents in which all the words stand. `keys` are three-letter runs of it and, after '~', of its sound; who shares `spelled` or `heard` of them is like it (core/name.h).
-- in: keys text[], spelled int, heard int, worth_spelled int, worth_heard int, document_keys text[], document_words int, worth_document int
-- in: states text[], municipality text, owner uuid?, unit uuid?, occupation text, language text, levels text[], wants text, flag text, today date
-- in: sort text, after_key text, after_id uuid?, room int
-- rows: candidate_list
SELECT c.id, c.key, c.found, {list_columns}
  FROM (SELECT c.*, h.found,
               CASE $sort WHEN 'next' THEN coalesce(c.next_on::text, '9999')
                          WHEN 'changed' THEN lpad((4102444800 - extract(epoch FROM c.changed))::bigint::text, 12, '0')
                          WHEN 'found' THEN lpad((1000 - h.found)::text, 4, '0') || c.sort_name
                          ELSE c.sort_name END AS key
          FROM (SELECT b.candidate_id, max(b.found)::int AS found
                  FROM (SELECT n.candidate_id, greatest(n.spelled * $worth_spelled, n.heard * $worth_heard) AS found
                          FROM (SELECT t.candidate_id, count(*) FILTER (WHERE left(t.key, 1) <> '~') AS spelled,
                                       count(*) FILTER (WHERE left(t.key, 1) = '~') AS heard
                                  FROM lg.candidate_trigram t WHERE t.key = ANY ($keys) GROUP BY t.candidate_id) n
                         WHERE n.spelled >= $spelled OR n.heard >= $heard
                        UNION ALL
                        SELECT w.candidate_id, $worth_document
                          FROM lg.document_word w WHERE w.key = ANY (SELECT decode(x, 'hex') FROM unnest($document_keys::text[]) x)
                         GROUP BY w.candidate_id, w.document_id HAVING count(*) = $document_words) b
                 GROUP BY b.candidate_id) h
          JOIN lg.candidate c ON c.id = h.candidate_id
         WHERE {list_filters}) c
 WHERE $after_id::uuid IS NULL OR (c.key, c.id) > ($after_key, $after_id)
 ORDER BY c.key, c.id
 LIMIT $room;

-- name: candidate_count :one
-- doc: How many there are, and how many want something of somebody.
-- in: account uuid, today date
-- out: open int, mine int, no_step int, late int, placed int, permit int, old int, no_solution int
SELECT count(*) FILTER (WHERE state <> 'closed') AS open,
       count(*) FILTER (WHERE state <> 'closed' AND owner = $account) AS mine,
       count(*) FILTER (WHERE state <> 'closed' AND (next_step IS NULL OR next_on IS NULL OR owner IS NULL)) AS no_step,
       count(*) FILTER (WHERE state <> 'closed' AND next_on < $today) AS late,
       count(*) FILTER (WHERE state = 'placed') AS placed,
       count(*) FILTER (WHERE state <> 'closed' AND stay_until < $today + 90) AS permit,
       count(*) FILTER (WHERE state <> 'closed' AND confirmed_on < $today - 90) AS old,
       count(*) FILTER (WHERE state IN ('available', 'in_process') AND id NOT IN ({under_way})) AS no_solution
  FROM lg.candidate;

-- name: candidate_names :many
-- doc: Names for ids, of those the entered may see.
-- in: ids uuid[]
-- out: id uuid, given_name text, family_name text, is_protected bool
SELECT id, given_name, family_name, protected_address AS is_protected FROM lg.candidate WHERE id = ANY ($ids);

-- name: candidate_records :many
-- doc: Whole records, in the order of `ids`.
-- in: ids uuid[]
-- out: id uuid, version int, state text, record json
SELECT c.id, c.version, c.state, to_jsonb(c) AS record
  FROM unnest($ids::uuid[]) WITH ORDINALITY w (id, n) JOIN lg.candidate c ON c.id = w.id
 ORDER BY w.n;
