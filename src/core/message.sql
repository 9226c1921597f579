-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors

-- name: message_from :maybe
-- doc: Who writes: for the end of the text, and for answers.
-- in: account uuid
-- out: name text, phone text, mail text
SELECT name, phone, mail FROM lg.member WHERE account_id = $account;

-- name: message_employer :one
-- doc: Whom to write to at an employer.
-- in: id uuid
-- out: name text, people json
SELECT name, people FROM lg.employer WHERE id = $id;

-- name: message_add :maybe
-- doc: A message and its mail, both or neither. None: it was sent before, by this very form.
-- in: id uuid, candidate uuid, proposal uuid?, side text, kind text, language text, to_mail text, subject text, body text, account uuid
-- in: reply_to text
-- out: id uuid
WITH m AS (
	INSERT INTO lg.message (id, candidate_id, proposal_id, side, kind, language, to_mail, subject, body, account_id, outbox_id)
	VALUES ($id, $candidate, $proposal, $side, $kind, $language, $to_mail, $subject, $body, $account, gen_random_uuid())
	ON CONFLICT (tenant_id, id) DO NOTHING
	RETURNING outbox_id, to_mail, language, subject, body)
INSERT INTO lg.outbox (id, kind, to_mail, language, data)
SELECT outbox_id, 'message', to_mail, language, jsonb_build_object('subject', subject, 'body', body, 'reply_to', $reply_to::text) FROM m
RETURNING id;

-- name: message_list :many
-- doc: What was written about a proposal, the latest first, and what became of it.
-- in: proposal uuid, room int
-- out: id uuid, at time, account uuid, side text, kind text, language text, to_mail text, subject text, body text, sent time?, failed bool
SELECT m.id, m.at, m.account_id AS account, m.side, m.kind, m.language, m.to_mail, m.subject, m.body, o.sent,
       o.sent IS NULL AND o.next_at IS NULL AS failed
  FROM lg.message m LEFT JOIN lg.outbox o ON o.id = m.outbox_id
 WHERE m.proposal_id = $proposal
 ORDER BY m.at DESC, m.id
 LIMIT $room;
