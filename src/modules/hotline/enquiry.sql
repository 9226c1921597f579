-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Enquiries travel as JSON (app/record.h). `doc` has the fields of enquiry.def.

-- part: enquiry_columns
e.id, e.version, e.created, e.channel, e.caller_name, e.caller_place, coalesce(e.caller_phone, e.caller_mail) AS caller_phone, e.municipality, e.subject, e.priority, e.state, e.state_since, e.owner,
       e.due_at, e.handovers, e.invented,
       EXISTS (SELECT FROM lg.enquiry_mail m WHERE m.enquiry_id = e.id AND m.way = 'in' AND m.done_at IS NULL) AS unread

-- name: enquiry_get :one
-- doc: One enquiry.
-- in: id uuid
-- out: id uuid, version int, invented bool, created time, created_by uuid?, state text, state_since time, owner uuid?, due_at time?, outcome text?
-- out: answered_at time?, handovers int, reopened int, candidate uuid?, share uuid?, is_passable bool, caller_from uuid?, record json
SELECT e.id, e.version, e.invented, e.created, e.created_by, e.state, e.state_since, e.owner, e.due_at, e.outcome, e.answered_at, e.handovers, e.reopened,
       e.candidate_id AS candidate, s.id AS share, coalesce(s.may_forward, false) AS is_passable, e.caller_from, to_jsonb(e) AS record
  FROM lg.enquiry e LEFT JOIN lg.share s ON s.to_tenant = e.tenant_id AND s.id = e.share_id AND s.until > now()
 WHERE e.id = $id;

-- name: enquiry_add :one
-- doc: Write one down.
-- in: id uuid, doc json, by uuid?, digits text?, state text, owner uuid?, due_at time?, caller_from uuid?, invented bool
-- out: id uuid, version int
INSERT INTO lg.enquiry (id, created_by, caller_digits, state, owner, due_at, caller_from, invented, channel, caller_phone, caller_mail, municipality,
       caller_place, callback_day, callback_time, legal_basis, caller_name, about, person_name, subject, words, occupation, priority, answer)
SELECT $id, $by, $digits, $state, $owner, $due_at, $caller_from, $invented, d.channel, d.caller_phone, d.caller_mail, d.municipality, d.caller_place,
       d.callback_day, d.callback_time, d.legal_basis, d.caller_name, d.about, d.person_name, d.subject, d.words, d.occupation,
       coalesce(d.priority, 'normal'), d.answer
  FROM jsonb_populate_record(NULL::lg.enquiry, $doc) d
RETURNING id, version;

-- name: enquiry_put :guard
-- doc: Change one that is still at `version`. `doc` is the whole record.
-- in: id uuid, version int, doc json, digits text?, due_at time?
UPDATE lg.enquiry e
   SET version = e.version + 1, changed = now(), caller_digits = $digits, due_at = $due_at, channel = d.channel, caller_phone = d.caller_phone,
       caller_mail = d.caller_mail, municipality = d.municipality, caller_place = d.caller_place, callback_day = d.callback_day,
       callback_time = d.callback_time, legal_basis = d.legal_basis, caller_name = d.caller_name, about = d.about, person_name = d.person_name,
       subject = d.subject, words = d.words, occupation = d.occupation, priority = coalesce(d.priority, 'normal'), answer = d.answer
  FROM jsonb_populate_record(NULL::lg.enquiry, $doc) d
 WHERE e.id = $id AND e.version = $version;

-- name: enquiry_card :guard
-- doc: It is about somebody whose card the office received.
-- in: id uuid, version int, share uuid
UPDATE lg.enquiry e SET version = e.version + 1, changed = now(), share_id = s.id, about = 'named', person_name = NULL,
       legal_basis = coalesce(e.legal_basis, s.legal_basis)
  FROM lg.share s WHERE e.id = $id AND e.version = $version AND e.candidate_id IS NULL AND s.to_tenant = e.tenant_id AND s.id = $share AND s.until > now();

-- name: enquiry_keys_put :exec
-- doc: The three-letter runs of a caller's name and workplace.
-- in: id uuid, keys text[]
WITH gone AS (
	DELETE FROM lg.enquiry_trigram WHERE enquiry_id = $id AND NOT key = ANY ($keys)
)
INSERT INTO lg.enquiry_trigram (key, enquiry_id) SELECT DISTINCT k, $id FROM unnest($keys::text[]) k ON CONFLICT DO NOTHING;

-- name: enquiry_take :guard
-- doc: Somebody takes what is new; of several who do, one.
-- in: id uuid, version int, by uuid
UPDATE lg.enquiry SET version = version + 1, changed = now(), state = 'assigned', state_since = now(), owner = $by
 WHERE id = $id AND version = $version AND state = 'new' AND owner IS NULL;

-- name: enquiry_demo_put :guard
-- doc: An invented one came on an earlier day, and its last step was within the hour.
-- in: id uuid, created time
UPDATE lg.enquiry SET created = $created::timestamptz, state_since = $created::timestamptz + interval '50 minutes',
       answered_at = CASE WHEN answered_at IS NULL THEN NULL ELSE $created::timestamptz + interval '50 minutes' END
 WHERE id = $id AND invented;

-- name: enquiry_pass :guard
-- doc: It goes to another colleague.
-- in: id uuid, version int, owner uuid
UPDATE lg.enquiry SET version = version + 1, changed = now(), handovers = handovers + (owner IS NOT NULL)::int, owner = $owner,
       state = CASE state WHEN 'new' THEN 'assigned' ELSE state END, state_since = CASE state WHEN 'new' THEN now() ELSE state_since END
 WHERE id = $id AND version = $version AND state IN ('new', 'assigned', 'waiting') AND owner IS DISTINCT FROM $owner;

-- name: enquiry_state_put :guard
-- doc: A step further.
-- in: id uuid, version int, from_state text, state text, outcome text?, by uuid, due_at time?, again bool
UPDATE lg.enquiry SET version = version + 1, changed = now(), state = $state, state_since = now(), outcome = coalesce($outcome, outcome),
       owner = coalesce(owner, $by), answered_at = CASE $state WHEN 'answered' THEN coalesce(answered_at, now()) ELSE answered_at END,
       due_at = coalesce($due_at, due_at), reopened = reopened + CASE WHEN $again THEN 1 ELSE 0 END
 WHERE id = $id AND version = $version AND state = $from_state;

-- name: enquiry_queue :many
-- doc: What is not answered: what is due first is first.
-- in: room int
-- out: id uuid, version int, created time, channel text, caller_name text?, caller_place text?, caller_phone text?, municipality text?, subject text
-- out: priority text, state text, state_since time, owner uuid?, due_at time?, handovers int, invented bool, unread bool
SELECT {enquiry_columns}
  FROM lg.enquiry e WHERE e.state IN ('new', 'assigned', 'waiting')
 ORDER BY e.due_at NULLS LAST, e.id LIMIT $room;

-- name: enquiry_count :one
-- doc: How many wait for somebody, since when the first of them, how many are late, how many are somebody's.
-- in: by uuid
-- out: waiting int, oldest time?, late int, mine int, open int
SELECT count(*) FILTER (WHERE state = 'new') AS waiting, min(created) FILTER (WHERE state = 'new') AS oldest,
       count(*) FILTER (WHERE state <> 'waiting' AND due_at < now()) AS late, count(*) FILTER (WHERE owner = $by) AS mine, count(*) AS open
  FROM lg.enquiry WHERE state IN ('new', 'assigned', 'waiting');

-- name: hotline_pulse :one
-- doc: `queue` changes whenever the queue, who is on or which calls were missed does, `calls` whenever a card of a call or the list of missed ones does; they
-- doc: tell nothing else. (A version for each change: the time of one that took long may be earlier than that of the last.) And whether whoever asks sees the
-- doc: whole office.
-- out: queue text, calls text, whole bool
SELECT md5(concat_ws('|', q.n, q.versions, q.changed, p.n, p.since, k.missed, k.missed_changed)) AS queue, md5(concat_ws('|', k.n, k.changed, k.rings)) AS calls,
       lg_gate.units() IS NULL AS whole
  FROM (SELECT count(*) AS n, sum(version) AS versions, max(changed) AS changed FROM lg.enquiry WHERE state IN ('new', 'assigned', 'waiting')) q,
       (SELECT count(*) AS n, max(since) AS since FROM lg.hotline_presence) p,
       (SELECT count(*) AS n, max(changed) AS changed, count(*) FILTER (WHERE rings) AS rings, count(*) FILTER (WHERE missed) AS missed,
               max(changed) FILTER (WHERE missed) AS missed_changed
          FROM (SELECT c.changed, c.state = 'ringing' AND c.began > now() - interval '10 minutes' AS rings,
                       c.result IN ('missed', 'busy') OR (c.state = 'ringing' AND c.began <= now() - interval '10 minutes') AS missed
                  FROM lg.call c WHERE c.began > now() - interval '12 hours') l) k;

-- name: hotline_sees :one
-- doc: Does whoever asks see the whole office?
-- out: whole bool
SELECT lg_gate.units() IS NULL AS whole;

-- name: enquiry_callers :many
-- doc: Who may be calling: by number, else by name, by workplace (where many are: of the last), else by municipality; the latest enquiry of each.
-- in: digits text, keys text[], spelled int, heard int, place text, municipality text, room int
-- out: id uuid, created time, caller_name text?, caller_place text?, caller_phone text?, caller_mail text?, municipality text?, legal_basis text?, by_number bool
SELECT x.id, x.created, x.caller_name, x.caller_place, x.caller_phone, x.caller_mail, x.municipality, x.legal_basis, x.by_number
  FROM (SELECT DISTINCT ON (coalesce(e.caller_digits, e.id::text), coalesce(e.caller_name, ''))
               e.id, e.created, e.caller_name, e.caller_place, e.caller_phone, e.caller_mail, e.municipality, e.legal_basis,
               (e.caller_digits = $digits) IS TRUE AS by_number
          FROM ((SELECT n.id FROM lg.enquiry n WHERE n.caller_digits = $digits AND $digits <> '' ORDER BY n.created DESC LIMIT 50)
                UNION
                SELECT t.enquiry_id FROM lg.enquiry_trigram t WHERE t.key = ANY ($keys)
                 GROUP BY t.enquiry_id
                HAVING count(*) FILTER (WHERE left(t.key, 1) <> '~') >= $spelled OR count(*) FILTER (WHERE left(t.key, 1) = '~') >= $heard
                UNION
                (SELECT p.id FROM (SELECT l.id, l.caller_place FROM lg.enquiry l WHERE $place <> '' ORDER BY l.created DESC, l.id DESC LIMIT 2000) p
                  WHERE strpos(lower(p.caller_place), lower($place)) > 0 LIMIT 50)
                UNION
                (SELECT m.id FROM lg.enquiry m
                  WHERE m.municipality = $municipality AND $municipality <> '' AND coalesce(m.caller_name, m.caller_place) IS NOT NULL
                    AND m.created > now() - interval '1 year'
                  ORDER BY m.created DESC LIMIT 50)) i
          JOIN lg.enquiry e ON e.id = i.id
         ORDER BY coalesce(e.caller_digits, e.id::text), coalesce(e.caller_name, ''), e.created DESC) x
 ORDER BY x.by_number DESC, x.created DESC LIMIT $room;

-- part: enquiry_filters
($state = '' OR e.state = $state OR ($state = 'open' AND e.state IN ('new', 'assigned', 'waiting')))
   AND ($channel = '' OR e.channel = $channel)
   AND ($subject = '' OR e.subject = $subject)
   AND ($municipality = '' OR e.municipality = $municipality)
   AND ($owner::uuid IS NULL OR e.owner = $owner)

-- name: enquiry_list :many
-- doc: The newest first, from behind the last of the page before.
-- in: state text, channel text, subject text, municipality text, owner uuid?, before time?, before_id uuid, room int
-- rows: enquiry_queue
SELECT {enquiry_columns}
  FROM lg.enquiry e
 WHERE ($before::timestamptz IS NULL OR (e.created, e.id) < ($before, $before_id)) AND {enquiry_filters}
 ORDER BY e.created DESC, e.id DESC LIMIT $room;

-- name: enquiry_of_reference :many
-- doc: Those whose id lies between two: that of a reference (enquiry_reference()).
-- in: first uuid, last uuid, state text, channel text, subject text, municipality text, owner uuid?, room int
-- rows: enquiry_queue
SELECT {enquiry_columns}
  FROM lg.enquiry e
 WHERE e.id BETWEEN $first AND $last AND {enquiry_filters}
 ORDER BY e.created DESC, e.id DESC LIMIT $room;

-- name: enquiry_found :many
-- doc: Those whose caller's name or workplace is like what was asked.
-- in: keys text[], spelled int, heard int, state text, channel text, subject text, municipality text, owner uuid?, room int
-- rows: enquiry_queue
SELECT {enquiry_columns}
  FROM (SELECT t.enquiry_id, count(*) FILTER (WHERE left(t.key, 1) <> '~') AS spelled, count(*) FILTER (WHERE left(t.key, 1) = '~') AS heard
          FROM lg.enquiry_trigram t WHERE t.key = ANY ($keys) GROUP BY t.enquiry_id) h
  JOIN lg.enquiry e ON e.id = h.enquiry_id
 WHERE (h.spelled >= $spelled OR h.heard >= $heard) AND {enquiry_filters}
 ORDER BY greatest(h.spelled, h.heard) DESC, e.created DESC LIMIT $room;

-- name: entrance_clock :maybe
-- doc: The hours of the office's own hotline, where it is, and until when it answers.
-- out: hours text, holidays json, first_municipality text?, targets json
SELECT coalesce(e.hours, '') AS hours, e.holidays, e.municipalities -> 0 ->> 'municipality' AS first_municipality, e.targets FROM lg.entrance e;

-- name: presence_list :many
-- doc: Who is on or away.
-- out: account uuid, name text, state text, since time, until time?
SELECT p.account_id AS account, m.name, p.state, p.since, p.until
  FROM lg.hotline_presence p JOIN lg.member m ON m.account_id = p.account_id AND m.kind = 'staff'
 ORDER BY p.state DESC, p.since, m.name;

-- name: presence_put :exec
-- doc: Somebody is on, or away until a moment.
-- in: account uuid, state text, until time?
INSERT INTO lg.hotline_presence (account_id, state, until) VALUES ($account, $state, $until)
ON CONFLICT (tenant_id, account_id) DO UPDATE SET state = EXCLUDED.state, until = EXCLUDED.until, since = now();

-- name: presence_off :exec
-- doc: Somebody is neither.
-- in: account uuid
DELETE FROM lg.hotline_presence WHERE account_id = $account;

-- name: enquiry_forget :exec
-- doc: What old enquiries say, where the office has said after how many months: a thousand at a time. That they were stays, for the counts.
-- as: lg_job
WITH old AS (
	SELECT e.id FROM lg.enquiry e JOIN lg.entrance x ON x.forget_after IS NOT NULL
	 WHERE e.forgotten IS NULL AND e.candidate_id IS NULL AND e.state IN ('answered', 'closed')
	   AND e.changed < now() - make_interval(months => x.forget_after)
	 ORDER BY e.changed LIMIT 1000
), mails AS (
	DELETE FROM lg.enquiry_mail m USING old WHERE m.enquiry_id = old.id
), threads AS (
	DELETE FROM lg.enquiry_thread t USING old WHERE t.enquiry_id = old.id
), keys AS (
	DELETE FROM lg.person_key k USING old WHERE k.subject = old.id
), letters AS (
	DELETE FROM lg.enquiry_trigram t USING old WHERE t.enquiry_id = old.id
)
UPDATE lg.enquiry e
   SET version = e.version + 1, forgotten = now(), words = '–', answer = NULL, caller_phone = NULL, caller_digits = NULL, caller_mail = NULL,
       caller_place = NULL, caller_name = NULL, person_name = NULL, caller_from = NULL, share_id = NULL
  FROM old WHERE e.id = old.id;

-- name: enquiry_forget_person :exec
-- doc: What was asked and answered about somebody who is erased, and its history: that there was an enquiry stays, for the counts.
-- in: id uuid
WITH e AS (
	UPDATE lg.enquiry SET version = version + 1, changed = now(), person_name = NULL, words = '–', answer = NULL WHERE candidate_id = $id RETURNING id
)
DELETE FROM lg.person_key WHERE subject IN (SELECT e.id FROM e);
