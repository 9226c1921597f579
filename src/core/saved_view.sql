-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Views of the list that somebody keeps.

-- name: saved_view_list :many
-- doc: The views of the acting account.
-- in: account uuid
-- out: id uuid, name text, query text
SELECT id, name, query FROM lg.saved_view WHERE account_id = $account ORDER BY name;

-- name: saved_view_add :exec
-- doc: A new view, or another query for a name.
-- in: account uuid, name text, query text
INSERT INTO lg.saved_view (account_id, name, query) VALUES ($account, $name, $query)
    ON CONFLICT (tenant_id, account_id, name) DO UPDATE SET query = excluded.query;

-- name: saved_view_remove :guard
-- doc: Forget a view of one's own.
-- in: account uuid, id uuid
DELETE FROM lg.saved_view WHERE account_id = $account AND id = $id;
