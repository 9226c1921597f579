-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What everybody may see (lg.publication), read as the public: enter_public(tenant, 'jobs').

-- part: publication_shown
p.facts IS NOT NULL
   AND (p.facts ->> 'expires_on' IS NULL
        OR (p.facts ->> 'expires_on')::date >= (SELECT (now() AT TIME ZONE t.zone)::date FROM lg_ref.tenant t WHERE t.id = lg_gate.tenant()))

-- name: publication_list :many
-- doc: What is shown, the newest first, from behind the last of the page before.
-- in: before time?, before_id uuid?, room int
-- out: id uuid, facts json, posted time, changed time
SELECT p.opening_id AS id, coalesce(p.facts, '{}') AS facts, p.posted, p.changed
  FROM lg.publication p
 WHERE ($before::timestamptz IS NULL OR (p.posted, p.opening_id) < ($before, $before_id::uuid)) AND {publication_shown}
 ORDER BY p.posted DESC, p.opening_id DESC
 LIMIT $room;

-- name: publication_get :one
-- doc: One that is shown.
-- in: id uuid
-- out: id uuid, facts json, posted time, changed time
SELECT p.opening_id AS id, coalesce(p.facts, '{}') AS facts, p.posted, p.changed FROM lg.publication p WHERE p.opening_id = $id AND {publication_shown};

-- name: publication_last :one
-- doc: When anything was shown, changed or taken away last; NULL: this office never showed anything.
-- out: changed time?
SELECT max(p.changed) AS changed FROM lg.publication p;

-- name: publication_office_now :maybe
-- doc: The office that one has become part of.
-- in: tenant int
-- out: now int
WITH RECURSIVE chain AS (
	SELECT t.id, t.merged_into FROM lg_ref.tenant t WHERE t.id = $tenant AND t.merged_into IS NOT NULL
	UNION SELECT t.id, t.merged_into FROM chain c JOIN lg_ref.tenant t ON t.id = c.merged_into
)
SELECT c.id AS now FROM chain c WHERE c.merged_into IS NULL;
