-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- An opening and its pools, and the cards that came for it.

-- name: pool_opening_get :one
-- doc: An opening of the office, as its page with pools names it.
-- in: id uuid
-- out: id uuid, title text, state text, invented bool
SELECT id, title, state, invented FROM lg.opening WHERE id = $id;

-- name: pool_opening_list :many
-- doc: To which pools it is given.
-- in: id uuid
-- out: id uuid, pool_name text, until time, since time, by_name text, giving uuid?
SELECT p.id, o.name AS pool_name, p.until, p.created AS since, p.account_name AS by_name, p.giving_id AS giving
  FROM lg.pool_opening p JOIN lg_ref.tenant o ON o.id = p.to_tenant
 WHERE p.from_tenant = (SELECT lg_gate.tenant()) AND p.opening_id = $id AND p.until > now()
 ORDER BY o.name, p.id;

-- name: pool_opening_cards :many
-- doc: Cards that came from pools for an opening.
-- in: opening uuid, room int
-- out: id uuid, card json, from_name text, root_name text, since time
SELECT s.id, s.card, f.name AS from_name, r.name AS root_name, s.created AS since
  FROM lg.share s JOIN lg_ref.tenant f ON f.id = s.from_tenant JOIN lg_ref.tenant r ON r.id = s.root_tenant
 WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.for_opening = $opening AND s.until > now()
 ORDER BY s.created DESC, s.id LIMIT $room;

-- name: pool_opening_cards_seen :exec
-- doc: That somebody of the receiver saw these cards.
-- in: ids uuid[]
INSERT INTO lg.share_read (root_tenant, from_tenant, to_tenant, share_id, what)
SELECT s.root_tenant, s.from_tenant, s.to_tenant, s.id, 'list' FROM lg.share s WHERE s.to_tenant = (SELECT lg_gate.tenant()) AND s.id = ANY ($ids)
ON CONFLICT DO NOTHING;

-- name: pool_opening_add :one
-- doc: Give an opening to a pool, or again.
-- in: opening uuid, agreement uuid, until date, zone text
-- out: id uuid
INSERT INTO lg.pool_opening AS p (to_tenant, opening_id, agreement_id, until)
SELECT CASE WHEN a.from_tenant = lg_gate.tenant() THEN a.to_tenant ELSE a.from_tenant END, o.id, a.id, ($until::date + 1)::timestamp AT TIME ZONE $zone
  FROM lg.agreement a, lg.opening o WHERE a.id = $agreement AND o.id = $opening
ON CONFLICT (from_tenant, to_tenant, opening_id) DO UPDATE SET agreement_id = EXCLUDED.agreement_id, until = EXCLUDED.until, withdrawn = NULL, withdrawn_why = NULL,
       version = p.version + 1
RETURNING id;

-- name: pool_opening_end :guard
-- doc: Taken back: the pool does not see it from now on.
-- in: opening uuid, id uuid, why text
UPDATE lg.pool_opening SET until = now(), withdrawn = now(), withdrawn_why = $why, version = version + 1
 WHERE from_tenant = (SELECT lg_gate.tenant()) AND opening_id = $opening AND id = $id AND until > now();
