-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: web_form_add :one
-- doc: Keep what the form without an account brought. `doc` has the fields of web_form.def. 0, or the seconds to wait.
-- in: id uuid, address text, doc json, digits text?, due_at time?, keys text[], key_box bytes
-- out: wait_s int
SELECT lg_gate.enquiry_web($id, $address, $doc, $digits, $due_at, $keys, $key_box) AS wait_s;
