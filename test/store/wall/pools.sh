#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# A pool, tried by somebody who made the service say SQL of his own: the municipalities 7 and 8 are members of the pool 9; 10 is a stranger. 7 gives
# people, 8 openings and one of the same people. A case passes when the right reaction was seen.
. test/store/wall/common.sh
as postgres -f test/store/wall/fixture.sql
in7=$(enter case7)
admin7=$(enter admin7)
in8=$(enter case8)
admin8=$(enter admin8)
in9=$(enter case9)
admin9=$(enter admin9)
in10=$(enter case10)
# In a test's short ids: p 1 is a person, a 1 an agreement, o 1 an opening, g 1 a standing order, r 1 a run.
p() { echo "'aaaaaaaa-0000-4000-8000-00000000000$1'"; }
a() { echo "'bbbbbbbb-0000-4000-8000-00000000000$1'"; }
o() { echo "'dddddddd-0000-4000-8000-00000000000$1'"; }
g() { echo "'eeeeeeee-0000-4000-8000-00000000000$1'"; }
r() { echo "'ffffffff-0000-4000-8000-00000000000$1'"; }
# person TENANT N NAME PROTECTED [STATE] [WANTS]
person() {
	one "BEGIN; SELECT lg_gate.enter_job($1, 'test'); INSERT INTO lg.candidate (tenant_id, id, given_name, family_name, sort_name, likeness, born, legal_basis, state, phone, municipality,
		latitude_e6, longitude_e6, address, languages, occupations, wants_work, protected_address) VALUES ($1, $(p "$2"), '$3', 'Secretname', 'x', '$3', '1990-01-01', 'public_task', '${5-available}',
		'+4512345678', 'DK-0461', 55403812, 10402444, 'Hidden street', '[{\"language\": \"da\", \"interaction\": \"b1\"}]', '[{\"occupation\": \"lg:nurse\", \"years\": 6}]', '${6-yes}', $4); COMMIT" >/dev/null
}
one "UPDATE lg_ref.tenant SET kind = 'pool' WHERE id = 9; BEGIN; SELECT lg_gate.enter_job(8, 'test'); INSERT INTO lg.employer (tenant_id, id, name, sort_name) VALUES (8, $(o 9), 'Secret Hospital', 'x');
	INSERT INTO lg.opening (tenant_id, id, employer_id, title, kind, state, positions, sort_name, address, public_phone, latitude_e6, longitude_e6, occupations)
	SELECT 8, i::uuid, $(o 9), 'Nurse', 'job', 'open', 2, 'x', 'Hidden road 5', '+4587654321', 55403812, 10402444, '[{\"occupation\": \"lg:nurse\"}]' FROM unnest(ARRAY[$(o 1), $(o 2)]) i; COMMIT" >/dev/null
person 7 1 Olena false
person 7 2 Iryna true
person 7 3 Draft false draft
person 7 4 Later false available later
agree() {
	echo "INSERT INTO lg.agreement (from_tenant, to_tenant, id, purpose, direction, fields, may_forward, legal_basis, valid_from, valid_to)
		VALUES ($2, $3, $(a "$1"), 'The pool', '$4', '{name,place,languages,occupations,wishes}', $5, 'public_task', current_date, current_date + 90);"
}
step() { echo "INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what) VALUES ($2, $3, $(a "$1"), '$4');"; }
# order N TO SIDE AGREEMENT DAYS [FIELDS]
order() {
	echo "INSERT INTO lg.pool_giving (to_tenant, id, side, agreement_id, fields, until, why) VALUES ($2, $(g "$1"), '$3', $(a "$4"), '${6-{name,languages,occupations\}}', now() + interval '$5 days', 'The pool');"
}
sweep="SELECT lg_gate.pool_sweep(500);"
answer() { # WHAT N [REASON]: to the one match there is
	echo "INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what, reason) SELECT m.pool_tenant, m.to_tenant, m.id, $2, '$1', ${3-NULL} FROM lg.pool_match m;"
}

echo "# Standing orders"
reacts "nothing without an agreement" 'no agreement is in force' lg_web "$in7 $(order 1 9 candidate 1 20) COMMIT;"
as lg_web -c "$admin7 $(agree 1 7 9 both true) $(step 1 7 9 approved) COMMIT"
reacts "nor with one that the pool has not approved" 'no agreement is in force' lg_web "$in7 $(order 1 9 candidate 1 20) COMMIT;"
as lg_web -c "$admin9 $(step 1 7 9 approved) COMMIT" -c "$admin8 $(agree 2 8 9 both true) $(step 2 8 9 approved) COMMIT" -c "$admin9 $(step 2 8 9 approved) COMMIT" \
	-c "$admin7 $(agree 3 7 8 give false) $(step 3 7 8 approved) COMMIT" -c "$admin8 $(step 3 7 8 approved) COMMIT"
reacts "to an office that is no pool" 'no agreement is in force' lg_web "$in7 $(order 1 8 candidate 3 20) COMMIT;"
reacts "under another's agreement" 'no agreement is in force' lg_web "$in7 $(order 1 9 candidate 2 20) COMMIT;"
reacts "for longer than the agreement lasts" 'the agreement does not last so long' lg_web "$in7 $(order 1 9 candidate 1 200) COMMIT;"
reacts "more than it names" 'the agreement does not name these fields' lg_web "$in7 $(order 1 9 candidate 1 20 '{contact}') COMMIT;"
reacts "in another office's name" 'permission denied' lg_web "$in10 INSERT INTO lg.pool_giving (from_tenant, to_tenant, id, side, agreement_id, fields, until, why) VALUES (7, 9, $(g 1), 'candidate', $(a 1), '{name}', now() + interval '1 day', 'x'); COMMIT;"
reacts "by who works for some units only, of the whole office" 'violates row-level security policy "units"' postgres "BEGIN; SELECT lg_gate.sign('7|staff|11111111-0000-4000-8000-000000000001||caseworker||dddddddd-0000-4000-8000-000000000001') \g /dev/null
	SET LOCAL ROLE lg_web; $(order 1 9 candidate 1 20) COMMIT;"
reacts "as it should be: who is available and wants to work" '^2~0~$' lg_web "$in7 $(order 1 9 candidate 1 20) $sweep $sweep COMMIT;"
reacts "the pool has their cards, and no others" '^2\|0~$' lg_web "$in9 SELECT count(*), count(*) FILTER (WHERE x::text ~ '12345678|Hidden') FROM lg.share x; COMMIT;"
reacts "of a protected person no name" '^1~$' lg_web "$in9 SELECT count(*) FROM lg.share x WHERE card ->> 'family_name' IS NOT NULL; COMMIT;"
reacts "a stranger sees neither order nor card" '^0\|0~$' lg_web "$in10 SELECT (SELECT count(*) FROM lg.pool_giving), (SELECT count(*) FROM lg.share); COMMIT;"
reacts "another member sees neither" '^0\|0~$' lg_web "$in8 SELECT (SELECT count(*) FROM lg.pool_giving), (SELECT count(*) FROM lg.share); COMMIT;"
reacts "the pool changes no order" '^0~$' lg_web "$in9 WITH u AS (UPDATE lg.pool_giving SET but = '{}', ended = NULL RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "nobody makes it last longer" 'permission denied' lg_web "$in7 UPDATE lg.pool_giving SET until = until + interval '1 day'; COMMIT;"
reacts "somebody who becomes available is given with the same commit" '^3~$' lg_web "$in7 UPDATE lg.candidate SET state = 'available' WHERE id = $(p 3); COMMIT; $in9 SELECT count(*) FROM lg.share; COMMIT;"
reacts "who does not want to work any more is taken back with it" '^2~$' lg_web "$in7 UPDATE lg.candidate SET wants_work = 'no' WHERE id = $(p 3); COMMIT; $in9 SELECT count(*) FROM lg.share WHERE until > now(); COMMIT;"
reacts "whom somebody takes back stays out" '^0~1\|1~$' lg_web "$in7 UPDATE lg.share SET given_until = now(), withdrawn = now(), withdrawn_why = 'She asked for it', version = version + 1 WHERE candidate_id = $(p 2); $sweep COMMIT;
	$in7 UPDATE lg.candidate SET wants_work = 'later' WHERE id = $(p 2); UPDATE lg.candidate SET wants_work = 'yes' WHERE id = $(p 2); COMMIT;
	$in7 SELECT cardinality(but), (SELECT count(*) FROM lg.share WHERE until > now()) FROM lg.pool_giving; COMMIT;"

echo "# Openings"
reacts "one by one" '^$' lg_web "$in8 INSERT INTO lg.pool_opening (to_tenant, opening_id, agreement_id, until) VALUES (9, $(o 1), $(a 2), now() + interval '9 days'); COMMIT;"
reacts "somebody else's" 'violates foreign key|no agreement' lg_web "$in7 INSERT INTO lg.pool_opening (to_tenant, opening_id, agreement_id, until) VALUES (9, $(o 2), $(a 1), now() + interval '9 days'); COMMIT;"
reacts "with a card of one's own making" 'permission denied' lg_web "$in8 INSERT INTO lg.pool_opening (to_tenant, opening_id, agreement_id, until, card) VALUES (9, $(o 2), $(a 2), now() + interval '9 days', '{\"title\": \"x\"}'); COMMIT;"
reacts "without an agreement" 'no agreement is in force' lg_web "$in8 INSERT INTO lg.pool_opening (to_tenant, opening_id, agreement_id, until) VALUES (10, $(o 2), $(a 2), now() + interval '9 days'); COMMIT;"
reacts "the rest by a standing order" '^1~$' lg_web "$in8 $(order 2 9 opening 2 20) $sweep COMMIT;"
reacts "the pool sees no address, no contact, no employer that is not published" '^2\|0~$' lg_web "$in9 SELECT count(*), count(*) FILTER (WHERE x::text ~ 'Hidden|87654321|Secret') FROM lg.pool_opening x; COMMIT;"
reacts "the opening itself stays behind the wall" '^0~$' lg_web "$in9 SELECT count(*) FROM lg.opening; COMMIT;"
reacts "another member sees none" '^0~$' lg_web "$in7 SELECT count(*) FROM lg.pool_opening; COMMIT;"
reacts "the pool's matcher knows them under handles of their own" '^2\|0~$' lg_match "$(as_job 9) SELECT count(*), count(*) FILTER (WHERE e::text ~ 'Nurse') FROM lg.match_entry e WHERE side = 'opening' AND facts IS NOT NULL; COMMIT;"
reacts "the pool does not prolong one" '^0~$' lg_web "$in9 WITH u AS (UPDATE lg.pool_opening SET until = until + interval '1 year' RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "nor the member beyond the agreement" 'the agreement does not last so long' lg_web "$in8 UPDATE lg.pool_opening SET until = now() + interval '1 year'; COMMIT;"
reacts "what changes is on the card with the commit" '^Night nurse~$' lg_web "$in8 UPDATE lg.opening SET title = 'Night nurse' WHERE id = $(o 1); COMMIT; $in9 SELECT card ->> 'title' FROM lg.pool_opening WHERE opening_id = $(o 1); COMMIT;"
reacts "one that is paused is out of the index, and of a standing order out of the pool" '^1~1~$' lg_web "$in8 UPDATE lg.opening SET state = 'paused' WHERE id = $(o 2); COMMIT; $in9 SELECT count(*) FROM lg.pool_opening; COMMIT;
	$in8 UPDATE lg.opening SET state = 'paused' WHERE id = $(o 1); COMMIT; $in9 SELECT count(*) FROM lg.pool_opening; COMMIT;"
reacts "its entry is gone" '^0~$' lg_match "$(as_job 9) SELECT count(*) FROM lg.match_entry e WHERE side = 'opening' AND facts IS NOT NULL; COMMIT;"
as lg_web -c "$in8 UPDATE lg.opening SET state = 'open'; COMMIT"
reacts "and back with the opening" '^2~$' lg_match "$(as_job 9) SELECT count(*) FROM lg.match_entry e WHERE side = 'opening' AND facts IS NOT NULL; COMMIT;"

echo "# Given twice"
person 8 5 Olena false
as lg_web -c "$in8 $(order 3 9 candidate 2 20) $sweep COMMIT" >/dev/null
reacts "the pool is told which of its cards count for nothing" '^1\|8~$' lg_web "$in9 SELECT count(*), min(s.from_tenant) FROM lg_gate.pool_twice() t JOIN lg.share s ON s.id = t.share_id; COMMIT;"
reacts "both members are told that she is given by somebody else too" '^1~1~$' lg_web "$in7 SELECT count(*) FROM lg_gate.pool_given_twice(); COMMIT; $in8 SELECT count(*) FROM lg_gate.pool_given_twice(); COMMIT;"
reacts "a stranger is told nothing" '^0\|0~$' lg_web "$in10 SELECT (SELECT count(*) FROM lg_gate.pool_twice()), (SELECT count(*) FROM lg_gate.pool_given_twice()); COMMIT;"
reacts "pseudonyms are read by neither pages" 'permission denied' lg_web "$in9 SELECT * FROM lg_gate.pool_person; COMMIT;"
reacts "nor jobs" 'permission denied' lg_job "$(as_job 9) SELECT * FROM lg_gate.pool_person; COMMIT;"
reacts "nor the key" 'permission denied' lg_web "$in9 SELECT * FROM lg_gate.pool_key; COMMIT;"
reacts "nobody asks for a pseudonym" 'permission denied' lg_web "$in9 SELECT lg_gate.pool_pseudonym(9, 'Olena|1990-01-01'); COMMIT;"

echo "# What is found, and for whom"
one "BEGIN; SELECT lg_gate.enter_job(9, 't'); INSERT INTO lg.run (tenant_id, id, created_by, purpose, asked, state, candidates, openings, free, decided_candidates, decided_openings, n_candidates, n_openings, n_positions)
	VALUES (9, $(r 1), gen_random_uuid(), 'x', '{}', 'done', '{}', '{}', '{}', '{}', '{}', 1, 1, 1);
	INSERT INTO lg.run_line (tenant_id, run_id, candidate, opening, score, dual) SELECT 9, $(r 1), s.handle, o.handle, 7000, 0 FROM lg.share s, lg.pool_opening o
	WHERE s.candidate_id = $(p 1) AND o.opening_id = $(o 1); COMMIT" >/dev/null
reacts "the pool writes no match of its own making" 'permission denied' lg_web "$in9 INSERT INTO lg.pool_match (pool_tenant) VALUES (9); COMMIT;"
reacts "a member sends nothing" '^0~$' lg_web "$in7 SELECT lg_gate.pool_send($(r 1)); COMMIT;"
reacts "nor does the pool write that something is sent" 'permission denied' lg_web "$in9 INSERT INTO lg.pool_sending (pool_tenant, to_tenant, run_id, pairs) VALUES (9, 7, $(r 1), 1); COMMIT;"
reacts "the pool sends what its plan found, once" '^1\|0~$' lg_web "$in9 SELECT lg_gate.pool_send($(r 1)), lg_gate.pool_send($(r 1)); COMMIT;"
reacts "pages send no piece of it" 'permission denied' lg_web "$in9 SELECT lg_gate.pool_send_piece(1); COMMIT;"
reacts "the job does, but for no member" '^f~$' lg_job "$(as_job 7) SELECT lg_gate.pool_send_piece(1); COMMIT;"
reacts "a piece" '^t~$' lg_job "$(as_job 9) SELECT lg_gate.pool_send_piece(1); COMMIT;"
reacts "half of it is not seen, nor answered" '^1\|0\|0~$' lg_web "$in7 WITH i AS ($(answer approved 1 | tr -d ';') RETURNING 1), j AS (INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what)
	VALUES (9, 7, '$(one "SELECT id FROM lg.pool_match")', 1, 'approved') RETURNING 1)
	SELECT (SELECT count(*) FROM lg.pool_sending WHERE whole IS NULL), (SELECT count(*) FROM lg.pool_match), (SELECT count(*) FROM i) + (SELECT count(*) FROM j); COMMIT;"
reacts "the rest, and then there is nothing more" '^t\|f~$' lg_job "$(as_job 9) SELECT lg_gate.pool_send_piece(1), lg_gate.pool_send_piece(1); COMMIT;"
reacts "others do not learn that something was sent" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.pool_sending; COMMIT;"
reacts "the office whose candidate it is sees it" '^Night nurse\|7000~$' lg_web "$in7 SELECT card ->> 'title', score FROM lg.pool_match; COMMIT;"
reacts "the office of the opening does not" '^0\|0~$' lg_web "$in8 SELECT (SELECT count(*) FROM lg.pool_match), (SELECT count(*) FROM lg.share WHERE candidate_id = $(p 1)); COMMIT;"
reacts "nor does a stranger" '^0~$' lg_web "$in10 SELECT count(*) FROM lg.pool_match; COMMIT;"
reacts "nor who works for other units" '^0~$' postgres "BEGIN; SELECT lg_gate.sign('7|staff|11111111-0000-4000-8000-000000000001||caseworker||dddddddd-0000-4000-8000-000000000001') \g /dev/null
	SET LOCAL ROLE lg_web; SELECT count(*) FROM lg.pool_match; COMMIT;"
reacts "the pool does not answer for them" 'violates row-level security policy' lg_web "$in9 $(answer approved 1) COMMIT;"
reacts "the office of the opening does not answer" 'violates row-level security policy' lg_web "$in8 INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what) SELECT 9, 7, gen_random_uuid(), 1, 'approved'; COMMIT;"
reacts "what is not there is answered by nobody" '^0~$' lg_web "$in8 WITH i AS (INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what) VALUES (9, 8, gen_random_uuid(), 1, 'approved') RETURNING 1) SELECT count(*) FROM i; COMMIT;"
reacts "nobody says which card an approval made" 'permission denied' lg_web "$in7 INSERT INTO lg.pool_answer (pool_tenant, to_tenant, match_id, n, what, share_id) SELECT 9, 7, id, 1, 'approved', id FROM lg.pool_match; COMMIT;"
reacts "while the person is not given any more there is nothing to answer" '^0\|0~$' lg_web "$in7 UPDATE lg.share SET given_until = now() WHERE candidate_id = $(p 1); WITH i AS ($(answer approved 1 | tr -d ';') RETURNING 1)
	SELECT (SELECT count(*) FROM lg.pool_match), count(*) FROM i; ROLLBACK;"
reacts "while the opening is not given either" '^0~$' lg_web "$in8 UPDATE lg.pool_opening SET until = now(), withdrawn = now() WHERE opening_id = $(o 1); COMMIT; $in7 SELECT count(*) FROM lg.pool_match; COMMIT;"
as lg_web -c "$in8 UPDATE lg.pool_opening SET until = now() + interval '9 days', withdrawn = NULL WHERE opening_id = $(o 1); COMMIT"
reacts "an approval hands the card on from the pool, with the fields of both agreements" '^9\|7\|family_name,family_native,given_name,given_native,invented,languages,occupations,state\|t~$' lg_web "$in7 $(answer approved 1) COMMIT;
	$in8 SELECT from_tenant, root_tenant, (SELECT string_agg(k, ',' ORDER BY k) FROM jsonb_object_keys(card) k), for_opening = $(o 1) FROM lg.share WHERE to_tenant = 8; COMMIT;"
reacts "with a question and a day" '^Night nurse~$' lg_web "$in8 SELECT question FROM lg.referral; COMMIT;"
reacts "whoever approves acts in his own office still" '^7\|staff\|0~$' lg_web "$in7 WITH i AS ($(answer rejected 2 "'other'" | tr -d ';') RETURNING 1) SELECT lg_gate.tenant(), lg_gate.kind(), count(*) FROM i; COMMIT;"
reacts "an answer is not changed" 'permission denied' lg_web "$in7 UPDATE lg.pool_answer SET what = 'rejected', reason = 'other'; COMMIT;"
reacts "nor taken out" 'permission denied' lg_web "$in7 DELETE FROM lg.pool_answer; COMMIT;"
reacts "the pool hears of it, a stranger and the office of the opening not" '^1~0~0~$' lg_web "$in9 SELECT count(*) FROM lg.pool_answer; COMMIT; $in8 SELECT count(*) FROM lg.pool_answer; COMMIT; $in10 SELECT count(*) FROM lg.pool_answer; COMMIT;"
reacts "nobody binds a card to an opening by hand" 'permission denied' lg_web "$in7 UPDATE lg.share SET for_opening = $(o 1); COMMIT;"
reacts "nor says that a standing order gave it" 'permission denied' lg_web "$in7 UPDATE lg.share SET giving_id = NULL; COMMIT;"

echo "# The end"
reacts "taken back at the source: gone at the pool, at the opening, from the list, from both indexes" '^0\|0~0~0~0~$' lg_web "$in7 UPDATE lg.share SET given_until = now(), withdrawn = now(), withdrawn_why = 'x' WHERE from_tenant = 7 AND candidate_id = $(p 1); COMMIT;
	$in8 SELECT count(*), (SELECT count(*) FROM lg.referral) FROM lg.share WHERE to_tenant = 8; COMMIT; $in9 SELECT count(*) FROM lg.share WHERE root_tenant = 7 AND until > now(); COMMIT;
	$in7 SELECT count(*) FROM lg.pool_match; COMMIT; $in9 SELECT count(*) FROM lg_gate.pool_twice(); COMMIT;"
reacts "no entry is left of her" '^1\|0~$' postgres "SELECT count(*) FILTER (WHERE tenant_id = 9), count(*) FILTER (WHERE tenant_id = 8 AND handle NOT IN (SELECT handle FROM lg.candidate)) FROM lg.match_entry WHERE side = 'candidate' AND facts IS NOT NULL AND tenant_id IN (8, 9)"
reacts "an order that is ended takes all back with its commit" '^1~0~$' lg_web "$in8 UPDATE lg.pool_giving SET ended = now() WHERE id = $(g 3); $sweep COMMIT; $in9 SELECT count(*) FROM lg.share WHERE from_tenant = 8 AND until > now(); COMMIT;"
reacts "and does not begin again" 'what has ended stays ended' lg_web "$in8 UPDATE lg.pool_giving SET ended = NULL WHERE id = $(g 3); COMMIT;"
reacts "with the agreement end orders, cards and openings" '^0\|0\|0~$' lg_web "$admin9 $(step 2 8 9 ended) COMMIT; $in9 SELECT (SELECT count(*) FROM lg.pool_opening), (SELECT count(*) FROM lg.share WHERE from_tenant = 8 AND until > now()),
	(SELECT count(*) FROM lg.pool_giving WHERE from_tenant = 8 AND ended IS NULL); COMMIT;"
reacts "the pool's index has no opening" '^0~$' lg_match "$(as_job 9) SELECT count(*) FROM lg.match_entry e WHERE side = 'opening' AND facts IS NOT NULL; COMMIT;"
reacts "nothing comes of its members' changes any more" '^0\|0~$' lg_web "$in8 UPDATE lg.candidate SET wants_work = 'later'; UPDATE lg.candidate SET wants_work = 'yes'; UPDATE lg.opening SET positions = 3; $(echo "$sweep" | sed 's/SELECT/SELECT 1 FROM/;s/;/ x WHERE false;/') COMMIT;
	$in9 SELECT (SELECT count(*) FROM lg.pool_opening), (SELECT count(*) FROM lg.share WHERE from_tenant = 8 AND until > now()); COMMIT;"
reacts "the person is erased, and with it what was found and said" '^0\|0\|0\|0~$' postgres "BEGIN; SELECT lg_gate.enter_job(7, 't') \g /dev/null
	DELETE FROM lg.candidate WHERE tenant_id = 7; COMMIT;
	SELECT (SELECT count(*) FROM lg.share WHERE root_tenant = 7), (SELECT count(*) FROM lg.pool_match), (SELECT count(*) FROM lg.pool_answer), (SELECT count(*) FROM lg_gate.pool_person WHERE root_tenant = 7)"
finish
