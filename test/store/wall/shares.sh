#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Sharing, tried by somebody who made the service say SQL of his own: the municipality 7 gives a card to the region 8, which hands it on to the
# hospital 9; 10 is a stranger. A case passes when the right reaction was seen.
. test/store/wall/common.sh
as postgres -f test/store/wall/fixture.sql
in7=$(enter case7)
admin7=$(enter admin7)
in8=$(enter case8)
admin8=$(enter admin8)
in9=$(enter case9)
admin9=$(enter admin9)
in10=$(enter case10)
admin10=$(enter admin10)
# In a test's short ids: p 1 is a person, a 1 an agreement, s 1 a share.
p() { echo "'aaaaaaaa-0000-4000-8000-00000000000$1'"; }
a() { echo "'bbbbbbbb-0000-4000-8000-00000000000$1'"; }
s() { echo "'cccccccc-0000-4000-8000-00000000000$1'"; }
person() {
	one "BEGIN; SELECT lg_gate.enter_job($1, 'test'); INSERT INTO lg.candidate (tenant_id, id, given_name, family_name, sort_name, legal_basis, state, phone, municipality, latitude_e6,
		longitude_e6, address, family, languages, occupations, wants_work, protected_address) VALUES ($1, $(p "$2"), 'Olena$2', 'Secretname$2', 'x', 'public_task', 'available', '+4512345678',
		'DK-0461', 55403812, 10402444, 'Hidden street $2', '[{\"name\": \"Child\"}]', '[{\"language\": \"da\", \"interaction\": \"b1\"}]', '[{\"occupation\": \"lg:nurse\", \"years\": 6}]', 'yes', $3); COMMIT" >/dev/null
}
person 7 1 false
person 7 2 true
person 10 3 false
# agree N FROM TO DIRECTION FIELDS FORWARD [TO-DAY]: as an administrator of FROM proposes
agree() {
	echo "INSERT INTO lg.agreement (from_tenant, to_tenant, id, purpose, direction, fields, may_forward, legal_basis, valid_from, valid_to)
		VALUES ($2, $3, $(a "$1"), 'Nurses', '$4', '$5', $6, 'public_task', current_date, current_date + ${7-90});"
}
step() { echo "INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what) VALUES ($2, $3, $(a "$1"), '$4');"; }
# give N FROM TO PERSON AGREEMENT FIELDS FORWARD DAYS
give() {
	echo "INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, id, candidate_id, agreement_id, fields, given_until, may_forward, why, legal_basis)
		VALUES ($2, $2, $3, $(s "$1"), $(p "$4"), $(a "$5"), '$6', now() + interval '$8 days', $7, 'A post', 'consent');"
}
# forward N FROM TO PARENT AGREEMENT FIELDS DAYS: as who received PARENT
forward() {
	echo "INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, id, candidate_id, parent_id, source_until, agreement_id, fields, given_until, why, legal_basis)
		SELECT p.root_tenant, $2, $3, $(s "$1"), p.candidate_id, p.id, p.until, $(a "$5"), '$6', now() + interval '$7 days', 'A post', 'x' FROM lg.share p WHERE p.id = $(s "$4");"
}
answer() {
	echo "INSERT INTO lg.share_answer (root_tenant, from_tenant, to_tenant, share_id, n, what) VALUES ($2, $3, $4, $(s "$1"), ${6-1}, '$5');"
}
# outcome N ROOT FROM TO KIND [LINE]
outcome() {
	echo "INSERT INTO lg.share_outcome (root_tenant, from_tenant, to_tenant, share_id, n, kind, on_day) VALUES ($2, $3, $4, $(s "$1"), ${6-1}, '$5', current_date);"
}

echo "# Agreements"
reacts "a caseworker proposes none" 'violates row-level security policy "authorised"' lg_web "$in7 $(agree 1 7 8 give '{name,languages}' true) COMMIT;"
reacts "nobody proposes for another office" 'violates row-level security policy "wall"' lg_web "$admin7 $(agree 1 8 9 give '{name}' true) COMMIT;"
reacts "with a field that there is not" 'there is no such field' lg_web "$admin7 $(agree 1 7 8 give '{national_id}' true) COMMIT;"
reacts "with an office that there is not" 'there is no such office' lg_web "$admin7 $(agree 1 7 999 give '{name}' true) COMMIT;"
reacts "for ten years" 'violates check constraint' lg_web "$admin7 $(agree 1 7 8 give '{name}' true 3650) COMMIT;"
reacts "an administrator proposes" '^$' lg_web "$admin7 $(agree 1 7 8 give '{name,place,languages,occupations,wishes}' true) COMMIT;"
reacts "the other office sees it, proposed" '^proposed~$' lg_web "$in8 SELECT lg.agreement_state(x, current_date) FROM lg.agreement x; COMMIT;"
reacts "a third does not" '^0~$' lg_web "$in9 SELECT count(*) FROM lg.agreement; COMMIT;"
reacts "nothing is given before it is approved" 'no agreement is in force' lg_web "$in7 $(give 1 7 8 1 1 '{name}' false 10) COMMIT;"
reacts "the proposer approves" '^proposed~$' lg_web "$admin7 $(step 1 7 8 approved) SELECT lg.agreement_state(x, current_date) FROM lg.agreement x; COMMIT;"
reacts "approved by one side only: nothing is given" 'no agreement is in force' lg_web "$in7 $(give 1 7 8 1 1 '{name}' false 10) COMMIT;"
reacts "the proposer approves for the other" 'permission denied' lg_web "$admin7 INSERT INTO lg.agreement_step (from_tenant, to_tenant, author_tenant, agreement_id, what) VALUES (7, 8, 8, $(a 1), 'approved'); COMMIT;"
reacts "the proposer approves twice" 'duplicate key' lg_web "$admin7 $(step 1 7 8 approved) COMMIT;"
reacts "with the parties the other way round" 'of this agreement nothing more is said' lg_web "$admin7 $(step 1 8 7 approved) COMMIT;"
reacts "a caseworker of the other office" 'violates row-level security policy "authorised"' lg_web "$in8 $(step 1 7 8 approved) COMMIT;"
reacts "a program with a leader's role" 'violates row-level security policy "authorised"' postgres "BEGIN; SELECT lg_gate.sign('8|client|11111111-0000-4000-8000-000000000001||leader|') \g /dev/null
	SET LOCAL ROLE lg_web; $(step 1 7 8 approved) COMMIT;"
reacts "a stranger approves" 'of this agreement nothing more is said|violates' lg_web "$admin10 $(step 1 7 10 approved) COMMIT;"
reacts "under another's name, on another day" 'permission denied' lg_web "$admin8 INSERT INTO lg.agreement_step (from_tenant, to_tenant, agreement_id, what, account_name) VALUES (7, 8, $(a 1), 'approved', 'Boss'); COMMIT;"
reacts "its words are changed afterwards" 'permission denied' lg_web "$admin7 UPDATE lg.agreement SET fields = '{contact}'; COMMIT;"
reacts "it is taken out" 'permission denied' lg_web "$admin7 DELETE FROM lg.agreement; COMMIT;"
reacts "an approval is taken out" 'permission denied' lg_web "$admin7 DELETE FROM lg.agreement_step; COMMIT;"
reacts "approved by both it is in force" '^in_force~$' lg_web "$admin8 $(step 1 7 8 approved) SELECT lg.agreement_state(x, current_date) FROM lg.agreement x; COMMIT;"
reacts "who approved is told to both" '^Member admin7@office.example,Member admin8@office.example~$' lg_web "$in7 SELECT string_agg(account_name, ',' ORDER BY author_tenant) FROM lg.agreement_step; COMMIT;"
reacts "what is in force is declined by nobody" 'of this agreement nothing more is said' lg_web "$admin8 $(step 1 7 8 declined) COMMIT;"
as lg_web -c "$admin8 $(agree 2 8 9 give '{name,languages,occupations}' false) $(step 2 8 9 approved) COMMIT" -c "$admin9 $(step 2 8 9 approved) COMMIT"

echo "# Giving"
reacts "more than the agreement names" 'the agreement does not name these fields' lg_web "$in7 $(give 1 7 8 1 1 '{name,contact}' true 10) COMMIT;"
reacts "longer than it lasts" 'the agreement does not last so long' lg_web "$in7 $(give 1 7 8 1 1 '{name}' true 200) COMMIT;"
reacts "already over" 'the agreement does not last so long' lg_web "$in7 $(give 1 7 8 1 1 '{name}' true 0) COMMIT;"
reacts "to whom no agreement is" 'no agreement is in force' lg_web "$in7 $(give 1 7 9 1 1 '{name}' true 10) COMMIT;"
reacts "against its direction" 'no agreement is in force' lg_web "$in8 $(give 1 8 7 1 1 '{name}' true 10) COMMIT;"
reacts "under an agreement of others" 'no agreement is in force' lg_web "$in7 $(give 1 7 8 1 2 '{name}' true 10) COMMIT;"
reacts "somebody else's candidate" 'violates foreign key constraint' lg_web "$in7 $(give 1 7 8 3 1 '{name}' true 10) COMMIT;"
reacts "in another office's name" 'violates row-level security policy "wall"' lg_web "$in10 $(give 1 7 8 1 1 '{name}' true 10) COMMIT;"
reacts "with a card of one's own making" 'permission denied' lg_web "$in7 INSERT INTO lg.share (from_tenant, card) VALUES (7, '{\"phone\": \"1\"}'); COMMIT;"
reacts "as it should be" '^$' lg_web "$in7 $(give 1 7 8 1 1 '{name,place,languages,occupations,wishes}' true 20) COMMIT;"
reacts "the ground is the agreement's" '^public_task~$' lg_web "$in8 SELECT legal_basis FROM lg.share; COMMIT;"
reacts "the card holds what was agreed, and no more" '^can_start,commute_km,contracts,driving,family_name,family_native,given_name,given_native,hours_least,hours_most,invented,languages,latitude_e6,longitude_e6,municipality,occupations,state,town,wants_work,wants_work_on,wished~$' \
	lg_web "$in8 SELECT string_agg(k, ',' ORDER BY k COLLATE \"C\") FROM lg.share, jsonb_object_keys(card) k; COMMIT;"
reacts "neither phone nor address nor family stands anywhere in the row" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.share x WHERE x::text ~ '12345678|Hidden|Child'; COMMIT;"
reacts "where they live is rounded" '^55400000\|10400000~$' lg_web "$in8 SELECT card ->> 'latitude_e6', card ->> 'longitude_e6' FROM lg.share; COMMIT;"
reacts "the candidate itself stays behind the wall" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.candidate; COMMIT;"
reacts "by way of the share too" '^0~$' lg_web "$in8 SELECT count(c.phone) FROM lg.share x JOIN lg.candidate c ON c.id = x.candidate_id; COMMIT;"
as lg_web -c "$in7 $(give 2 7 8 2 1 '{name,place,languages}' true 20) COMMIT"
reacts "of a protected person neither name nor place" '^invented,languages,state~$' lg_web "$in8 SELECT string_agg(k, ',' ORDER BY k) FROM lg.share, jsonb_object_keys(card) k WHERE id = $(s 2); COMMIT;"
reacts "a third office sees none of it" '^0~$' lg_web "$in9 SELECT count(*) FROM lg.share; COMMIT;"
reacts "nor does a stranger" '^0~$' lg_web "$in10 SELECT count(*) FROM lg.share WHERE to_tenant = 8 OR true; COMMIT;"
reacts "nor of agreements and what was said of them" '^0\|0~$' lg_web "$in10 SELECT (SELECT count(*) FROM lg.agreement), (SELECT count(*) FROM lg.agreement_step); COMMIT;"
# An id that is there and one that is not give the same words.
there=$(as lg_web -c "$in10 $(answer 1 7 7 8 accepted) COMMIT" | sed 's/[0-9a-f-]\{36\}//g')
not_there=$(as lg_web -c "$in10 $(answer 9 7 7 8 accepted) COMMIT" | sed 's/[0-9a-f-]\{36\}//g')
[ -n "$there" ] && [ "$there" = "$not_there" ]
passed "who guesses ids learns nothing from what refuses" $?
there=$(as lg_web -c "$in10 $(forward 5 10 9 1 2 '{name}' 5) COMMIT; $in10 SELECT count(*) FROM lg.share; COMMIT")
not_there=$(as lg_web -c "$in10 $(forward 5 10 9 9 2 '{name}' 5) COMMIT; $in10 SELECT count(*) FROM lg.share; COMMIT")
[ "$there" = "$not_there" ]
passed "nor from trying to hand on what is another's" $?
echo "# What the receiver cannot do"
reacts "prolong it" '^0~$' lg_web "$in8 WITH u AS (UPDATE lg.share SET given_until = given_until + interval '1 year' RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "allow itself more" '^0~$' lg_web "$in8 WITH u AS (UPDATE lg.share SET fields = fields || '{contact}' RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "take it out" 'permission denied' lg_web "$in8 DELETE FROM lg.share; COMMIT;"
reacts "forge one that came from another" 'violates row-level security policy "wall"' lg_web "$in8 $(give 4 7 8 1 1 '{name}' true 10) COMMIT;"
reacts "make the municipality's candidate its own" 'violates|may not be handed on|permission denied' lg_web "$in8 INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, id, candidate_id, agreement_id, fields, given_until, why, legal_basis)
	VALUES (7, 8, 9, $(s 4), $(p 1), $(a 2), '{name}', now() + interval '5 days', 'x', 'x'); COMMIT;"
reacts "hand on fields that it did not get" 'may not be handed on|the agreement does not name' lg_web "$in8 $(forward 3 8 9 1 2 '{name,contact}' 5) COMMIT;"
reacts "hand on without an agreement" 'no agreement is in force' lg_web "$in8 $(forward 3 8 10 1 2 '{name}' 5) COMMIT;"
reacts "hand it back to where it came from, as something new" 'violates check constraint|no agreement is in force' lg_web "$in8 $(forward 3 8 7 1 1 '{name}' 5) COMMIT;"
one "BEGIN; SELECT lg_gate.enter_job(7, 't'); UPDATE lg.share SET may_forward = false WHERE id = $(s 2); COMMIT" >/dev/null
reacts "hand on what may not be" 'this may not be handed on' lg_web "$in8 $(forward 3 8 9 2 2 '{languages}' 5) COMMIT;"
reacts "hand on what may be" '^$' lg_web "$in8 $(forward 3 8 9 1 2 '{name,languages,occupations}' 60) COMMIT;"
reacts "it lasts no longer than what it came from" '^t~$' lg_web "$in9 SELECT until < now() + interval '21 days' FROM lg.share; COMMIT;"
reacts "the municipality sees where its candidate went" '^8,8,9~$' lg_web "$in7 SELECT string_agg(to_tenant::text, ',' ORDER BY to_tenant) FROM lg.share; COMMIT;"
reacts "the hospital sees what it was told only" '^8\|family_name,family_native,given_name,given_native,invented,languages,occupations,state~$' lg_web \
	"$in9 SELECT from_tenant, (SELECT string_agg(k, ',' ORDER BY k) FROM jsonb_object_keys(card) k) FROM lg.share; COMMIT;"
reacts "the hospital hands it on" 'this may not be handed on|no agreement' lg_web "$in9 $(forward 6 9 10 3 2 '{name}' 5) COMMIT;"
reacts "with a parent that is another's" 'this may not be handed on' lg_web "$in10 INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, id, candidate_id, parent_id, source_until, agreement_id, fields, given_until, why, legal_basis)
	VALUES (7, 10, 9, $(s 6), $(p 1), $(s 1), now() + interval '1 day', $(a 2), '{name}', now() + interval '5 days', 'x', 'x'); COMMIT;"
reacts "the region cuts its share loose from the one before" 'permission denied' lg_web "$in8 UPDATE lg.share SET source_until = 'infinity'; COMMIT;"
reacts "or says it is of another candidate" 'a share stays what it is' lg_web "$in8 UPDATE lg.share SET candidate_id = $(p 2) WHERE id = $(s 3); COMMIT;"
reacts "the municipality writes the region's share" '^0~$' lg_web "$in7 WITH u AS (UPDATE lg.share SET why = 'x' WHERE from_tenant = 8 RETURNING 1) SELECT count(*) FROM u; ROLLBACK;"

echo "# Answers and reads"
reacts "the hospital answers" '^$' lg_web "$in9 $(answer 3 7 8 9 accepted) COMMIT;"
reacts "the region and the municipality see it, and who said it" '^accepted\|Member case9@office.example~$' lg_web "$in7 SELECT what, account_name FROM lg.share_answer; COMMIT;"
reacts "as somebody else" 'violates row-level security policy' lg_web "$in8 $(answer 3 7 8 9 declined 2) COMMIT;"
reacts "under another's name" 'permission denied' lg_web "$in9 INSERT INTO lg.share_answer (root_tenant, from_tenant, to_tenant, share_id, n, what, account_name) VALUES (7, 8, 9, $(s 3), 2, 'noted', 'Boss'); COMMIT;"
reacts "to a share that is another's" 'violates row-level security policy' lg_web "$in9 $(answer 1 7 7 9 accepted) COMMIT;"
reacts "with the wrong office as the source" 'violates row-level security policy' lg_web "$in9 $(answer 3 10 8 9 noted 2) COMMIT;"
reacts "two at the same moment: one" 'duplicate key' lg_web "$in9 $(answer 3 7 8 9 declined 1) COMMIT;"
reacts "an answer is not changed" 'permission denied' lg_web "$in9 UPDATE lg.share_answer SET what = 'declined'; COMMIT;"
reacts "who looked is written down, and cannot be taken out" 'permission denied' lg_web "$in9 INSERT INTO lg.share_read (root_tenant, from_tenant, to_tenant, share_id, what) VALUES (7, 8, 9, $(s 3), 'card'); COMMIT;
	$in9 DELETE FROM lg.share_read; COMMIT;"
reacts "the municipality sees that the hospital looked" '^Member case9@office.example~$' lg_web "$in7 SELECT account_name FROM lg.share_read; COMMIT;"
reacts "the hospital writes down what became of it" '^$' lg_web "$in9 $(outcome 3 7 8 9 start) COMMIT;"
reacts "the region sees it" '^start~$' lg_web "$in8 SELECT kind FROM lg.share_outcome; COMMIT;"
reacts "and the municipality" '^start\|Member case9@office.example~$' lg_web "$in7 SELECT kind, account_name FROM lg.share_outcome; COMMIT;"
reacts "a stranger does not" '^0~$' lg_web "$in10 SELECT count(*) FROM lg.share_outcome; COMMIT;"
reacts "the region writes none for the hospital" 'violates row-level security policy' lg_web "$in8 $(outcome 3 7 8 9 stopped 2) COMMIT;"
reacts "none is of a share that is another's" 'violates row-level security policy' lg_web "$in9 $(outcome 1 7 7 9 start) COMMIT;"
reacts "two at the same moment: one" 'duplicate key' lg_web "$in9 $(outcome 3 7 8 9 visit 1) COMMIT;"
reacts "a stop has a reason" 'stopped_with_reason' lg_web "$in9 $(outcome 3 7 8 9 stopped 2) COMMIT;"
reacts "and none is changed" 'permission denied' lg_web "$in9 UPDATE lg.share_outcome SET kind = 'visit'; COMMIT;"
reacts "the hospital says it registered whom it may not" 'violates row-level security policy' lg_web "$in9 $(answer 3 7 8 9 taken_over 2) COMMIT;"
reacts "and cannot allow it to itself, nor can the region" 'permission denied' lg_web "$in8 UPDATE lg.share SET may_take_over = true WHERE id = $(s 3); COMMIT;"
reacts "what is handed on never allows it" 'taken_over_at_the_source' postgres "BEGIN; SELECT lg_gate.enter_job(8, 't') \g /dev/null
	UPDATE lg.share SET may_take_over = true WHERE id = $(s 3); COMMIT;"
reacts "a stranger sees neither" '^0\|0~$' lg_web "$in10 SELECT (SELECT count(*) FROM lg.share_read), (SELECT count(*) FROM lg.share_answer); COMMIT;"
reacts "a referral is the giver's to write" 'violates row-level security policy' lg_web "$in9 INSERT INTO lg.referral (root_tenant, from_tenant, to_tenant, share_id, question, deadline) VALUES (7, 8, 9, $(s 3), 'q', current_date); COMMIT;"
reacts "by which the receiver's day is moved by nobody else" '^0~$' lg_web "$in8 INSERT INTO lg.referral (root_tenant, from_tenant, to_tenant, share_id, question, deadline) VALUES (7, 8, 9, $(s 3), 'Has she a post?', current_date); COMMIT;
	$in9 WITH u AS (UPDATE lg.referral SET deadline = deadline + 100 RETURNING 1) SELECT count(*) FROM u; COMMIT;"

echo "# The matcher"
entries() { echo "SELECT count(*) FROM lg.match_entry WHERE side = 'candidate' AND facts IS NOT NULL AND (until IS NULL OR until > now()); COMMIT;"; }
reacts "the receiver's segment has the shares, under handles of their own" '^2\|2~$' lg_match "$(as_job 8) SELECT count(*), count(until) FROM lg.match_entry WHERE side = 'candidate' AND facts IS NOT NULL; COMMIT;"
reacts "the hospital's has its one" '^1~$' lg_match "$(as_job 9) $(entries)"
reacts "a stranger's has its own" '^1~$' lg_match "$(as_job 10) $(entries)"
reacts "no name in it" '^0~$' lg_match "$(as_job 9) SELECT count(*) FROM lg.match_entry e WHERE e::text ~* 'olena|secret'; COMMIT;"
reacts "nothing that the card has not: no place at the hospital's" '^t~$' lg_match "$(as_job 9) SELECT bool_and(coalesce(jsonb_typeof(facts -> 'latitude_e6'), 'null') = 'null') FROM lg.match_entry WHERE facts IS NOT NULL; COMMIT;"
reacts "the handle is not the candidate's" '^0~$' postgres "SELECT count(*) FROM lg.candidate c JOIN lg.share s ON s.handle = c.handle"
reacts "whoever gives acts afterwards in his own office" '^7\|staff~$' lg_web "$in7 UPDATE lg.share SET why = 'Another post' WHERE id = $(s 1); UPDATE lg.share SET given_until = given_until - interval '1 day' WHERE id = $(s 1);
	SELECT lg_gate.tenant(), lg_gate.kind(); COMMIT;"

echo "# What changes is on the cards at once"
reacts "a level of the language" '^b2~$' lg_web "$in7 UPDATE lg.candidate SET languages = '[{\"language\": \"da\", \"interaction\": \"b2\"}]' WHERE id = $(p 1); COMMIT; $in9 SELECT card #>> '{languages,0,interaction}' FROM lg.share; COMMIT;"
reacts "a name that is protected from now on" '^0\|0~$' lg_web "$in7 UPDATE lg.candidate SET protected_address = true WHERE id = $(p 1); COMMIT; $in9 SELECT count(*) FILTER (WHERE card::text ~ 'Secret'), count(card -> 'given_name') FROM lg.share; COMMIT;"
one "BEGIN; SELECT lg_gate.enter_job(7, 't'); UPDATE lg.candidate SET protected_address = false WHERE id = $(p 1); COMMIT" >/dev/null
reacts "a field that is given no more is gone at the hospital too" '^f\|t~$' lg_web "$in7 UPDATE lg.share SET fields = '{name,place,occupations}' WHERE id = $(s 1); COMMIT; $in9 SELECT card ? 'languages', card ? 'given_name' FROM lg.share; COMMIT;"
reacts "and comes back by the giver's word alone" 'this may not be handed on' lg_web "$in8 UPDATE lg.share SET fields = '{name,languages}' WHERE id = $(s 3); COMMIT;"

echo "# Withdrawing, at the source"
reacts "the municipality withdraws" '^1~$' lg_web "$in7 WITH u AS (UPDATE lg.share SET given_until = now(), withdrawn = now() WHERE id = $(s 1) RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "gone at the region" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.share WHERE to_tenant = 8 AND id = $(s 1); COMMIT;"
reacts "gone at the hospital, with the next statement" '^0\|0\|0\|0~$' lg_web "$in9 SELECT (SELECT count(*) FROM lg.share), (SELECT count(*) FROM lg.share_answer), (SELECT count(*) FROM lg.share_read), (SELECT count(*) FROM lg.referral); COMMIT;"
reacts "gone from its index" '^0~$' lg_match "$(as_job 9) $(entries)"
reacts "and from the region's" '^1~$' lg_match "$(as_job 8) $(entries)"
reacts "the municipality keeps what happened" '^1\|1\|1~$' lg_web "$in7 SELECT (SELECT count(*) FROM lg.share_answer), (SELECT count(*) FROM lg.share_read), (SELECT count(*) FROM lg.referral); COMMIT;"
reacts "and what became of it" '^1~$' lg_web "$in7 SELECT count(*) FROM lg.share_outcome; COMMIT;"
reacts "gone with the card at the hospital, with no line after it" '^0~.*violates row-level security policy' lg_web "$in9 SELECT count(*) FROM lg.share_outcome; $(outcome 3 7 8 9 visit 2) COMMIT;"
reacts "no answer after that" 'violates row-level security policy' lg_web "$in9 $(answer 3 7 8 9 noted 2) COMMIT;"
reacts "no note that somebody looked" 'violates row-level security policy' lg_web "$in9 INSERT INTO lg.share_read (root_tenant, from_tenant, to_tenant, share_id, what) VALUES (7, 8, 9, $(s 3), 'list'); COMMIT;"
reacts "the region cannot revive its own share" 'may not be handed on' lg_web "$in8 UPDATE lg.share SET given_until = now() + interval '90 days' WHERE id = $(s 3); COMMIT;"
reacts "nor hand on anew what it had" '^0~$' lg_web "$in8 $(forward 7 8 9 1 2 '{name}' 5) SELECT count(*) FROM lg.share WHERE id = $(s 7); COMMIT;"
reacts "the region has it, and with the next transaction not" '^1~0~$' lg_web "$in8 SELECT count(*) FROM lg.share WHERE to_tenant = 8 AND id = $(s 2); COMMIT;
	$in7 UPDATE lg.share SET given_until = now(), withdrawn = now() WHERE id = $(s 2); COMMIT; $in8 SELECT count(*) FROM lg.share WHERE to_tenant = 8; COMMIT;"

echo "# The end of time, of an agreement, of a person"
as lg_web -c "$in7 $(give 8 7 8 1 1 '{name,languages,occupations,place}' true 10) COMMIT" -c "$in8 $(forward 9 8 9 8 2 '{name,occupations}' 10) COMMIT"
one "ALTER TABLE lg.share DISABLE TRIGGER put; UPDATE lg.share SET given_until = now() - interval '1 s' WHERE id = $(s 8); ALTER TABLE lg.share ENABLE TRIGGER put" >/dev/null
reacts "expired: gone at both" '^0~0~$' lg_web "$in8 SELECT count(*) FROM lg.share WHERE to_tenant = 8; COMMIT; $in9 SELECT count(*) FROM lg.share; COMMIT;"
reacts "no answer to it" 'violates row-level security policy' lg_web "$in9 $(answer 9 7 8 9 accepted) COMMIT;"
reacts "the giver prolongs it, and what was handed on is there again" '^1~$' lg_web "$in7 UPDATE lg.share SET given_until = now() + interval '9 days' WHERE id = $(s 8); COMMIT; $in9 SELECT count(*) FROM lg.share; COMMIT;"
reacts "beyond the agreement it does not" 'the agreement does not last so long' lg_web "$in7 UPDATE lg.share SET given_until = now() + interval '300 days' WHERE id = $(s 8); COMMIT;"
reacts "the region ends the agreement with the municipality" '^$' lg_web "$admin8 $(step 1 7 8 ended) COMMIT;"
reacts "with it ends what was given under it, down to the hospital" '^0~0~agreement_ended~$' lg_web "$in8 SELECT count(*) FROM lg.share WHERE to_tenant = 8; COMMIT; $in9 SELECT count(*) FROM lg.share; COMMIT; $in7 SELECT withdrawn_why FROM lg.share WHERE id = $(s 8); COMMIT;"
reacts "whoever ended it acts in his own office still" '^8~$' lg_web "$admin8 $(step 2 8 9 ended) SELECT lg_gate.tenant(); ROLLBACK;"
reacts "nothing is prolonged under it" 'no agreement is in force' lg_web "$in7 UPDATE lg.share SET given_until = now() + interval '9 days' WHERE id = $(s 8); COMMIT;"
as lg_web -c "$admin7 $(agree 3 7 8 give '{name,languages,occupations}' true) $(step 3 7 8 approved) COMMIT" -c "$admin8 $(step 3 7 8 approved) COMMIT"
reacts "under a new one it is" '^1~$' lg_web "$in7 UPDATE lg.share SET agreement_id = $(a 3), fields = '{name,languages,occupations}', given_until = now() + interval '9 days', withdrawn = NULL WHERE id = $(s 8); COMMIT; $in9 SELECT count(*) FROM lg.share; COMMIT;"
reacts "an agreement whose last day was yesterday" 'no agreement is in force' postgres "BEGIN; SELECT lg_gate.enter_job(7, 't') \g /dev/null
	UPDATE lg.agreement SET valid_from = current_date - 9, valid_to = current_date - 1 WHERE id = $(a 3); COMMIT;
	BEGIN; SELECT lg_gate.enter(sha256('case7')) \g /dev/null
	SET LOCAL ROLE lg_web; $(give 7 7 8 1 3 '{name}' true 1) COMMIT;"
reacts "the person is erased, and with it every card" '^0\|0\|0\|0~$' postgres "BEGIN; SELECT lg_gate.enter_job(7, 't') \g /dev/null
	DELETE FROM lg.candidate WHERE tenant_id = 7; COMMIT;
	SELECT (SELECT count(*) FROM lg.share), (SELECT count(*) FROM lg.share_answer), (SELECT count(*) FROM lg.share_read), (SELECT count(*) FROM lg.referral) + (SELECT count(*) FROM lg.share_outcome)"
reacts "nothing is left in any index" '^0~$' postgres "SELECT count(*) FROM lg.match_entry WHERE tenant_id IN (8, 9) AND facts IS NOT NULL"
reacts "nor a name in any table" '^0~$' postgres "SELECT count(*) FROM lg.share x WHERE x::text ~ 'Secretname'"


echo "# At the same moment"
person 7 5 false
as lg_web -c "$admin7 $(agree 4 7 8 give '{name,languages,occupations}' true) $(step 4 7 8 approved) COMMIT" -c "$admin8 $(step 4 7 8 approved) COMMIT"
as lg_web -c "$in7 $(give 5 7 8 5 4 '{name,languages}' true 20) COMMIT"
# The region hands it on, and takes its time; meanwhile the municipality withdraws, and waits for it.
(echo "$in8 $(forward 6 8 9 5 2 '{name}' 20) SELECT pg_sleep(1.5); COMMIT;" | as lg_web >/dev/null) &
sleep 0.5
reacts "withdrawn while it is being handed on" '^1~$' lg_web "$in7 WITH u AS (UPDATE lg.share SET given_until = now(), withdrawn = now() WHERE id = $(s 5) RETURNING 1) SELECT count(*) FROM u; COMMIT;"
wait $!
reacts "it was handed on, and is gone there" '^1\|0~$' postgres "SELECT count(*), count(*) FILTER (WHERE until > now()) FROM lg.share WHERE id = $(s 6)"
# A card is being given, while the agreement is ended.
(echo "$in7 $(give 7 7 8 5 4 '{name}' true 20) SELECT pg_sleep(1.5); COMMIT;" | as lg_web >/dev/null) &
sleep 0.5
reacts "the agreement ends while something is being given under it" '^$' lg_web "$admin8 $(step 4 7 8 ended) COMMIT;"
wait $!
reacts "it was given, and ended with the agreement" '^1\|0~$' postgres "SELECT count(*), count(*) FILTER (WHERE until > now()) FROM lg.share WHERE id = $(s 7)"

echo "# Who works for some units only"
person 7 4 false
one "BEGIN; SELECT lg_gate.enter_job(7, 't'); DELETE FROM lg.candidate WHERE id = $(p 5); INSERT INTO lg.unit (id, name) VALUES ('dddddddd-0000-4000-8000-000000000001', 'East') ; UPDATE lg.agreement SET valid_to = current_date + 9 WHERE id = $(a 3); COMMIT" >/dev/null
narrow="BEGIN; SELECT lg_gate.sign('7|staff|11111111-0000-4000-8000-000000000001||caseworker||dddddddd-0000-4000-8000-000000000001') \g /dev/null
	SET LOCAL ROLE lg_web;"
reacts "gives nobody of another unit" 'violates row-level security policy "units"' postgres "$narrow $(give 1 7 8 4 3 '{name}' true 5) COMMIT;"
as lg_web -c "$in7 $(give 1 7 8 4 3 '{name,languages}' true 5) COMMIT"
reacts "sees no share of theirs" '^0~$' postgres "$narrow SELECT count(*) FROM lg.share; COMMIT;"
reacts "of one's own unit one does" '^1~$' postgres "BEGIN; SELECT lg_gate.enter_job(7, 't') \g /dev/null
	UPDATE lg.candidate SET unit = 'dddddddd-0000-4000-8000-000000000001' WHERE id = $(p 4); COMMIT; $narrow SELECT count(*) FROM lg.share; COMMIT;"

echo "# Time"
# Many shares of others: what one looks up goes by one's own tenant first, so that neither time nor a plan tells how many they have.
one "BEGIN; SET LOCAL session_replication_role = replica; INSERT INTO lg.share (root_tenant, from_tenant, to_tenant, candidate_id, agreement_id, fields, given_until, why, legal_basis, account_id, account_name)
	SELECT 20 + k % 50, 20 + k % 50, 80 + k % 70, gen_random_uuid(), gen_random_uuid(), '{name}', now() + interval '9 days', 'x', 'x', NULL, '' FROM generate_series(1, 20000) k; COMMIT; ANALYZE lg.share" >/dev/null
said=$(as lg_web -c "$in10 EXPLAIN (COSTS OFF) SELECT count(*) FROM lg.share WHERE id = $(s 1); COMMIT")
[ "$(printf '%s\n' "$said" | grep -c 'Index Cond: ((\(from\|to\|root\)_tenant = ')" -eq 3 ] && ! printf '%s\n' "$said" | grep -qE "Seq Scan on share|Index Cond: \(id ="
passed "a share is looked up by the tenants first" $?
finish
