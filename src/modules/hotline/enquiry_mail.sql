-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Mails of enquiries, and mails that were set aside (schema/0038).

-- name: enquiry_mail_known :maybe
-- doc: The same mail, if it was taken before. hash: as hex.
-- in: message_id text, hash text
-- out: id uuid, enquiry uuid?, sort text
SELECT id, enquiry_id AS enquiry, sort FROM lg.enquiry_mail WHERE message_id = $message_id AND hash = decode($hash, 'hex');

-- name: enquiry_mail_where :one
-- doc: What is known of a sender and of a thread. ids: without hosts too, as ours are kept.
-- in: mail text, message_id text, message_key text, tags text[], ids text[]
-- out: lately int, ours bool, enquiry uuid?
SELECT (SELECT count(*) FROM lg.enquiry_mail m WHERE m.way = 'in' AND m.mail = $mail AND m.at > now() - interval '1 hour') AS lately,
       EXISTS (SELECT FROM lg.enquiry_mail m WHERE m.way = 'out' AND m.message_id = $message_key)
           OR EXISTS (SELECT FROM lg.entrance e WHERE lower(e.mail) = $mail) AS ours,
       coalesce((SELECT t.enquiry_id FROM lg.enquiry_thread t WHERE t.tag = ANY ($tags) LIMIT 1),
                (SELECT m.enquiry_id FROM lg.enquiry_mail m
                  WHERE (m.message_id = ANY ($ids) OR (m.message_id IN ($message_id, $message_key) AND $message_id <> '')) AND m.enquiry_id IS NOT NULL
                  ORDER BY m.at DESC LIMIT 1)) AS enquiry;

-- name: enquiry_mail_caller :maybe
-- doc: Whoever wrote or rang before from this address: what may be held of them without a basis.
-- in: mail text
-- out: id uuid, caller_phone text?, municipality text?, caller_place text?
SELECT id, caller_phone, municipality, caller_place FROM lg.enquiry WHERE caller_mail = $mail ORDER BY created DESC LIMIT 1;

-- name: enquiry_mail_entrance :maybe
-- doc: Whose mail it is that we write.
-- out: name text, phone text, mail text?, hours text?
SELECT name, phone, mail, hours FROM lg.entrance;

-- name: enquiry_mail_add :exec
-- doc: A mail that came, or that was ordered. hash: as hex.
-- in: id uuid, enquiry uuid?, way text, sort text, mail text, message_id text, hash text?, size int, account uuid?, outbox uuid?, box bytes
INSERT INTO lg.enquiry_mail (id, enquiry_id, way, sort, mail, message_id, hash, size, account_id, outbox_id, box)
VALUES ($id, $enquiry, $way, $sort, $mail, $message_id, decode($hash, 'hex'), $size, $account, $outbox, $box);

-- name: enquiry_mail_piece_add :exec
-- doc: A piece of one as it came.
-- in: mail uuid, number int, box bytes
INSERT INTO lg.enquiry_mail_piece (mail_id, number, box) VALUES ($mail, $number::int, $box);

-- name: enquiry_mail_order :exec
-- doc: What is to be sent, under a Message-ID that stays however often it is tried.
-- in: id uuid, message_id text, kind text, to_mail text, language text, data json
INSERT INTO lg.outbox (id, message_id, kind, to_mail, language, data) VALUES ($id, $message_id, $kind, $to_mail, $language, $data);

-- name: enquiry_thread_add :exec
-- doc: By what answers find it again; what there is already stays.
-- in: enquiry uuid, tag text, language text
INSERT INTO lg.enquiry_thread (enquiry_id, tag, language) VALUES ($enquiry, $tag, $language) ON CONFLICT (tenant_id, enquiry_id) DO NOTHING;

-- name: enquiry_thread_get :maybe
-- doc: The thread of an enquiry.
-- in: enquiry uuid
-- out: tag text, language text
SELECT tag, language FROM lg.enquiry_thread WHERE enquiry_id = $enquiry;

-- part: enquiry_mail_columns
m.id, m.at, m.enquiry_id AS enquiry, m.way, m.sort, m.done_at, m.mail, m.message_id, m.size, m.account_id AS account, m.box, k.key_box,
       o.sent, coalesce(o.id IS NOT NULL AND o.sent IS NULL AND o.next_at IS NULL, false) AS failed

-- part: enquiry_mail_tables
lg.enquiry_mail m LEFT JOIN lg.person_key k ON k.subject = m.id LEFT JOIN lg.outbox o ON o.id = m.outbox_id

-- name: enquiry_mail_list :many
-- doc: The mails of an enquiry, the latest first.
-- in: enquiry uuid, room int
-- out: id uuid, at time, enquiry uuid?, way text, sort text, done_at time?, mail text, message_id text, size int, account uuid?, box bytes, key_box bytes?
-- out: sent time?, failed bool
SELECT {enquiry_mail_columns}
  FROM {enquiry_mail_tables} WHERE m.enquiry_id = $enquiry ORDER BY m.at DESC, m.id LIMIT $room;

-- name: enquiry_mail_aside :many
-- doc: What was set aside, the latest first.
-- in: room int
-- rows: enquiry_mail_list
SELECT {enquiry_mail_columns}
  FROM {enquiry_mail_tables} WHERE m.enquiry_id IS NULL AND m.done_at IS NULL ORDER BY m.at DESC, m.id LIMIT $room;

-- name: enquiry_mail_aside_count :one
-- doc: How many wait for somebody to look at them.
-- out: n int
SELECT count(*) AS n FROM lg.enquiry_mail m WHERE m.enquiry_id IS NULL AND m.done_at IS NULL;

-- name: enquiry_mail_get :many
-- doc: One, or none.
-- in: id uuid
-- rows: enquiry_mail_list
SELECT {enquiry_mail_columns}
  FROM {enquiry_mail_tables} WHERE m.id = $id;

-- name: enquiry_mail_pieces :many
-- doc: One as it came, piece by piece.
-- in: mail uuid
-- out: number int, box bytes
SELECT number, box FROM lg.enquiry_mail_piece WHERE mail_id = $mail ORDER BY number;

-- name: enquiry_mail_seen :exec
-- doc: Somebody has opened what came to an enquiry.
-- in: enquiry uuid, by uuid
UPDATE lg.enquiry_mail SET done_at = now(), done_by = $by WHERE enquiry_id = $enquiry AND way = 'in' AND done_at IS NULL;

-- name: enquiry_mail_done :guard
-- doc: Of one that was set aside: nothing is to be done.
-- in: id uuid, by uuid
UPDATE lg.enquiry_mail SET done_at = now(), done_by = $by WHERE id = $id AND enquiry_id IS NULL AND done_at IS NULL;

-- name: enquiry_mail_put :guard
-- doc: One that was set aside belongs to an enquiry.
-- in: id uuid, enquiry uuid
UPDATE lg.enquiry_mail SET enquiry_id = $enquiry WHERE id = $id AND enquiry_id IS NULL;

-- name: enquiry_mail_told :exec
-- doc: Something came: whoever looks at the queue sees it.
-- in: enquiry uuid
UPDATE lg.enquiry SET changed = now() WHERE id = $enquiry;
