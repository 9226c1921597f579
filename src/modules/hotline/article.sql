-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Articles travel as JSON (app/record.h). `doc` has the fields of article.def.

-- name: article_get :one
-- doc: One article.
-- in: id uuid
-- out: id uuid, version int, invented bool, state text, author uuid, changed_by uuid, published_by uuid?, published_at time?, enquiry uuid?, changed time, record json
SELECT a.id, a.version, a.invented, a.state, a.author, a.changed_by, a.published_by, a.published_at, a.enquiry_id AS enquiry, a.changed, to_jsonb(a) AS record
  FROM lg.article a WHERE a.id = $id;

-- name: article_add :one
-- doc: Begin one.
-- in: id uuid, doc json, by uuid, enquiry uuid?, invented bool
-- out: id uuid
INSERT INTO lg.article (id, state, author, changed_by, enquiry_id, invented, title, subject, words, source, look_again_on)
SELECT $id, 'draft', $by, $by, $enquiry::uuid, $invented, d.title, d.subject, d.words, d.source, d.look_again_on
  FROM jsonb_populate_record(NULL::lg.article, $doc) d
RETURNING id;

-- name: article_put :guard
-- doc: Change its words; who does that is who wrote it last.
-- in: id uuid, version int, doc json, by uuid, state text
UPDATE lg.article a
   SET version = a.version + 1, changed = now(), changed_by = $by, state = $state, title = d.title, subject = d.subject, words = d.words,
       source = d.source, look_again_on = d.look_again_on
  FROM jsonb_populate_record(NULL::lg.article, $doc) d
 WHERE a.id = $id AND a.version = $version;

-- name: article_state_put :guard
-- doc: A step further.
-- in: id uuid, version int, from_state text, state text, by uuid
UPDATE lg.article SET version = version + 1, changed = now(), state = $state,
       published_by = CASE $state WHEN 'published' THEN $by ELSE published_by END,
       published_at = CASE $state WHEN 'published' THEN now() ELSE published_at END
 WHERE id = $id AND version = $version AND state = $from_state;

-- name: article_keys_put :exec
-- doc: The three-letter runs of a title that changed.
-- in: id uuid, keys text[]
WITH gone AS (
	DELETE FROM lg.article_trigram WHERE article_id = $id AND NOT key = ANY ($keys)
)
INSERT INTO lg.article_trigram (key, article_id) SELECT DISTINCT k, $id FROM unnest($keys::text[]) k ON CONFLICT DO NOTHING;

-- name: article_list :many
-- doc: Of a state, or all that are not put away; the latest first.
-- in: state text, subject text, room int
-- out: id uuid, title text, subject text, state text, changed time, author uuid, words text, look_again_on date?, invented bool
SELECT a.id, a.title, a.subject, a.state, a.changed, a.author, a.words, a.look_again_on, a.invented
  FROM lg.article a
 WHERE (($state = '' AND a.state <> 'retired') OR a.state = $state) AND ($subject = '' OR a.subject = $subject)
 ORDER BY a.changed DESC, a.id LIMIT $room;

-- name: article_found :many
-- doc: Those whose title shares half of its runs of letters, or of those asked, with what was written; the likest first.
-- in: keys text[], state text, subject text, room int
-- rows: article_list
SELECT a.id, a.title, a.subject, a.state, a.changed, a.author, a.words, a.look_again_on, a.invented
  FROM (SELECT t.article_id, count(*) AS shared FROM lg.article_trigram t WHERE t.key = ANY ($keys) GROUP BY t.article_id) h
  JOIN lg.article a ON a.id = h.article_id
 WHERE h.shared * 2 >= least(cardinality($keys), (SELECT count(*) FROM lg.article_trigram x WHERE x.article_id = a.id))
   AND (($state = '' AND a.state <> 'retired') OR a.state = $state) AND ($subject = '' OR a.subject = $subject)
 ORDER BY h.shared DESC, a.id LIMIT $room;
