-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The entrance travels as JSON (app/record.h); what everybody reads of it is lg_ref.entrance, which a trigger writes.

-- name: entrance_mine :maybe
-- doc: The office's own, if there is one.
-- out: id uuid
SELECT e.id FROM lg.entrance e;

-- name: entrance_get :one
-- doc: One entrance.
-- in: id uuid
-- out: id uuid, version int, invented bool, record json
SELECT e.id, e.version, e.invented, to_jsonb(e) AS record FROM lg.entrance e WHERE e.id = $id;

-- name: entrance_add :one
-- doc: Make it. `doc` has the fields of entrance.def. An office has one: a second is a conflict.
-- in: id uuid, doc json, invented bool
-- out: id uuid, version int
INSERT INTO lg.entrance (id, invented, name, phone, mail, channels, words, published, hours, holidays, municipalities, languages,
       targets, news, forget_after)
SELECT $id, $invented, d.name, d.phone, d.mail, coalesce(d.channels, '{}'), d.words, coalesce(d.published, false), d.hours,
       coalesce(d.holidays, '[]'), coalesce(d.municipalities, '[]'), coalesce(d.languages, '[]'), coalesce(d.targets, '[]'), coalesce(d.news, '[]'), d.forget_after
  FROM jsonb_populate_record(NULL::lg.entrance, $doc) d
RETURNING id, version;

-- name: entrance_put :guard
-- doc: Change it, if it is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json
UPDATE lg.entrance e
   SET version = e.version + 1, changed = now(), name = d.name, phone = d.phone, mail = d.mail, channels = coalesce(d.channels, '{}'),
       words = d.words, published = coalesce(d.published, false), hours = d.hours, holidays = d.holidays, municipalities = d.municipalities,
       languages = d.languages, targets = coalesce(d.targets, '[]'), news = coalesce(d.news, '[]'), forget_after = d.forget_after
  FROM jsonb_populate_record(NULL::lg.entrance, $doc) d
 WHERE e.id = $id AND e.version = $version;

-- name: entrance_public :one
-- doc: What everybody may read of the entrance of the office that was entered.
-- out: office int, name text, phone text, mail text?, channels text[], words text?, hours text, holidays json, municipalities text[]
-- out: languages text[], news json, targets json, invented bool
SELECT office, name, phone, mail, channels, words, hours, holidays, municipalities, languages, news, targets, invented
  FROM lg_ref.entrance WHERE office = lg_gate.tenant();

-- name: entrance_frames :many
-- doc: Which number stands in the header of which office: its own, or that of whoever answers for its municipality.
-- out: office int, by_office int, phone text, name text
SELECT DISTINCT ON (t.id) t.id AS office, e.office AS by_office, e.phone, e.name
  FROM lg_ref.tenant t JOIN lg_ref.entrance e
    ON e.office = t.id OR (t.official_code <> '' AND t.country || '-' || t.official_code = ANY (e.municipalities))
 ORDER BY t.id, e.office <> t.id, e.office;
