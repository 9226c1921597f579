-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: token_before :maybe
-- doc: What became of the office that a token was good for.
-- in: token bytes
-- out: state text, office text, now_office text
SELECT state, office, now_office FROM lg_gate.token_before($token);
