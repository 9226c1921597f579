#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Accounts, sessions, tokens and throttles, as the functions of schema/0003 keep them; time is moved by moving what is kept.
. test/store/wall/common.sh
as postgres -f test/store/wall/fixture.sql
account() { one "SELECT id FROM lg_gate.account WHERE mail = '$1@office.example'"; }
enters() { reacts "$1" "$2" lg_web "SELECT lg_gate.enter(sha256('$3')) ->> '${4-tenant}';"; }
case7=$(account case7)
cand7=$(account cand7)
admin7=$(account admin7)
in_admin7="BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter(sha256('admin7')); END \$\$;"

echo "# Sessions"
enters "an open one" '^7~$' case7
one "UPDATE lg_gate.session SET idle_ends = now() + interval '10 min' WHERE token_hash = sha256(sha256('case7'))" >/dev/null
reacts "a request moves its idle time on" '^t~$' lg_web "SELECT (lg_gate.enter(sha256('case7')) ->> 'idle_ends')::bigint > extract(epoch FROM now() + interval '29 min');"
before=$(one "SELECT xmin FROM lg_gate.session WHERE token_hash = sha256(sha256('case7'))")
enters "the next one a moment later" '^7~$' case7
said=$(one "SELECT xmin FROM lg_gate.session WHERE token_hash = sha256(sha256('case7'))")
[ "$said" = "$before" ]
passed "writes nothing" $?
one "UPDATE lg_gate.session SET idle_ends = now() + interval '10 min' WHERE token_hash = sha256(sha256('case7'))" >/dev/null
reacts "nor does one in a transaction that only reads" '^7~$' lg_web "BEGIN READ ONLY; SELECT lg_gate.enter(sha256('case7')) ->> 'tenant'; COMMIT;"
# The first holds the session's row for two seconds.
(echo "BEGIN; SELECT lg_gate.enter(sha256('case7')); SELECT pg_sleep(2); COMMIT;" | as lg_web >/dev/null) &
sleep 0.5
reacts "two requests at once do not wait for each other" '^7~$' lg_web "SET statement_timeout = '1s'; SELECT lg_gate.enter(sha256('case7')) ->> 'tenant';"
wait $!
one "UPDATE lg_gate.session SET ends = now() + interval '5 min', idle_ends = now() + interval '2 min' WHERE token_hash = sha256(sha256('case7'))" >/dev/null
reacts "it never idles beyond its end" '^t~$' lg_auth "SELECT lg_gate.session_extend(sha256('case7')) <= extract(epoch FROM now() + interval '5 min');"
one "UPDATE lg_gate.session SET idle_ends = now() - interval '1 s' WHERE token_hash = sha256(sha256('case7'))" >/dev/null
enters "one that idled too long" 'ERROR:  no session' case7
reacts "which cannot be extended" '^0~$' lg_auth "SELECT lg_gate.session_extend(sha256('case7'));"
reacts "nor changed to another office" 'ERROR:  no session' lg_auth "SELECT lg_gate.session_switch(sha256('case7'), sha256('new'), 7);"
one "UPDATE lg_gate.session SET idle_ends = now() + interval '1 min', ends = now() - interval '1 s' WHERE token_hash = sha256(sha256('case7'))" >/dev/null
enters "one after twelve hours" 'ERROR:  no session' case7
reacts "what has expired is swept" '^[1-9][0-9]*~0~$' lg_job "SELECT lg_gate.sweep(); SELECT lg_gate.sweep();"
reacts "staff without a second factor" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_open('$case7', 7, sha256('x'), 'password', '', '');"
reacts "a candidate with a password" '^candidate~$' lg_auth "SELECT lg_gate.session_open('$cand7', 7, sha256('cand7b'), 'password', '', '') ->> 'kind';"
reacts "in an office one is no member of" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_open('$case7', 8, sha256('x'), 'totp', '', '');"
reacts "in one that is not there" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_open('$case7', 999, sha256('x'), 'totp', '', '');"
reacts "with a token of three bytes" 'ERROR:  a token has 32 bytes' lg_auth "SELECT lg_gate.session_open('$case7', 7, '\\x010203', 'totp', '', '');"
reacts "twice under one token" 'duplicate key' lg_auth "SELECT lg_gate.session_open('$case7', 7, sha256('twice'), 'totp', '', '') \g /dev/null
	SELECT lg_gate.session_open('$case7', 7, sha256('twice'), 'totp', '', '');"
reacts "a renewed one is another token" '^7~$' lg_auth "SELECT lg_gate.session_renew(sha256('twice'), sha256('renewed')) ->> 'tenant';"
enters "the old token is worthless" 'ERROR:  no session' twice
enters "the new one is not" '^7~$' renewed
reacts "closed" '^t~f~$' lg_auth "SELECT lg_gate.session_close(sha256('renewed')); SELECT lg_gate.session_close(sha256('renewed'));"
enters "it is over" 'ERROR:  no session' renewed
both=$(account both)
reacts "somebody in two offices chooses" '^7,8~8~$' lg_auth "SELECT string_agg(tenant::text, ',' ORDER BY tenant) FROM lg_gate.memberships('$both');
	SELECT lg_gate.session_open('$both', 8, sha256('b8'), 'totp', '10.1.1.1', 'A browser') ->> 'tenant';"
one "UPDATE lg_gate.session SET ends = now() + interval '3 h', opened = now() - interval '9 h' WHERE token_hash = sha256(sha256('b8'))" >/dev/null
reacts "and changes to the other, not for longer" '^7\|t~$' lg_auth "SELECT x ->> 'tenant', (x ->> 'ends')::bigint <= 1 + extract(epoch FROM now() + interval '3 h')
	FROM lg_gate.session_switch(sha256('b8'), sha256('b7'), 7) x;"
enters "under the old token nobody acts" 'ERROR:  no session' b8
reacts "a change to an office that is not his" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_switch(sha256('b7'), sha256('b9'), 9);"
enters "leaves him where he was" '^7~$' b7
reacts "his list of sessions" '^7\|10.1.1.1\|A browser~$' lg_auth "SELECT tenant, address, agent FROM lg_gate.session_list('$both');"
one "SELECT lg_gate.account_disable('$both', true)" >/dev/null
enters "a disabled account has none" 'ERROR:  no session' b7
reacts "and opens none" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_open('$both', 8, sha256('x'), 'totp', '', '');"

echo "# Roles and days"
enters "an administrator" '^\["administrator"\]~$' admin7 roles
one "SELECT lg_gate.session_open('$case7', 7, sha256('case7'), 'totp', '', '')" >/dev/null
reacts "gives a role, which counts at once" '^\["caseworker", "leader"\]~$' lg_web "$in_admin7 INSERT INTO lg.member_role (member_id, role)
	SELECT id, 'leader' FROM lg.member WHERE account_id = '$case7'; COMMIT; SELECT lg_gate.enter(sha256('case7')) ->> 'roles';"
one "UPDATE lg.member_role SET valid_to = current_date - 1, valid_from = current_date - 9 WHERE role = 'leader'" >/dev/null
enters "its last day was yesterday" '^\["caseworker"\]~$' case7 roles
one "UPDATE lg.member_role SET valid_from = current_date + 2, valid_to = NULL WHERE role = 'leader'" >/dev/null
enters "its first day is to come" '^\["caseworker"\]~$' case7 roles
one "ALTER TABLE lg.member_role DISABLE TRIGGER USER; UPDATE lg.member_role SET valid_from = current_date WHERE role = 'leader'; ALTER TABLE lg.member_role ENABLE TRIGGER USER" >/dev/null
reacts "the day comes, and a job sees it" '^1~$' lg_job "SELECT lg_gate.refresh_sessions(NULL, NULL);"
enters "from then on" '^\["caseworker", "leader"\]~$' case7 roles
reacts "a stand-in has the roles of the one who is away" '^\["administrator", "caseworker", "leader"\]~$' lg_web "$in_admin7 INSERT INTO lg.member_role (member_id, stand_in_for, valid_to)
	SELECT a.id, b.id, current_date + 1 FROM lg.member a, lg.member b WHERE a.account_id = '$case7' AND b.account_id = '$admin7'; COMMIT; SELECT lg_gate.enter(sha256('case7')) ->> 'roles';"
reacts "but not those the other has by standing in" '^\["administrator"\]~$' lg_web "$in_admin7 INSERT INTO lg.member_role (member_id, stand_in_for, valid_to)
	SELECT b.id, a.id, current_date + 1 FROM lg.member a, lg.member b WHERE a.account_id = '$case7' AND b.account_id = '$admin7' AND false; COMMIT; SELECT lg_gate.enter(sha256('admin7')) ->> 'roles';"
reacts "standing in has an end" 'violates check constraint' lg_web "$in_admin7 INSERT INTO lg.member_role (member_id, stand_in_for) SELECT a.id, b.id FROM lg.member a, lg.member b
	WHERE a.account_id = '$case7' AND b.account_id = '$admin7';"
reacts "the signed context has the same roles" '^\{administrator,caseworker,leader\}~$' lg_web "BEGIN; SELECT lg_gate.enter(sha256('case7')) \g /dev/null
	SELECT lg_gate.roles(); COMMIT;"
reacts "a membership that ended yesterday" 'ERROR:  no session' lg_web "$in_admin7 UPDATE lg.member SET valid_to = current_date - 1 WHERE account_id = '$case7'; COMMIT; SELECT lg_gate.enter(sha256('case7'));"

echo "# Throttles"
try() { echo "SELECT lg_gate.attempt('{password,account,address}', '{$1/$2,$1,$2}');"; }
reacts "five attempts, not a sixth" '^0~0~0~0~0~(5[0-9]|60)~$' lg_auth "$(for _ in 1 2 3 4 5 6; do try anna 10.0.0.1; done)"
reacts "from elsewhere the owner comes in" '^0~$' lg_auth "$(try anna 10.0.0.2)"
reacts "a spelling with capitals counts the same" '^[1-9][0-9]*~$' lg_auth "$(try ANNA 10.0.0.1)"
reacts "a good one does not count" '^0~~0~~0~~0~~0~~0~~0~$' lg_auth "$(for _ in 1 2 3 4 5 6; do try bo 10.0.0.3; echo "SELECT lg_gate.attempt_passed('{password,account,address}', '{bo/10.0.0.3,bo,10.0.0.3}');"; done; try bo 10.0.0.3)"
reacts "many accounts from one address" '^(0~){15}[1-9][0-9]*~$' lg_auth "$(for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do try "person$i" 10.0.0.4; done)"
reacts "a refused attempt counts nowhere" '^1~$' postgres "SELECT cardinality(hits) FROM lg_gate.throttle WHERE key_hash = lg_gate.throttle_key('account', 'person15');"
one "UPDATE lg_gate.throttle SET hits = ARRAY(SELECT x - interval '61 s' FROM unnest(hits) x)" >/dev/null
reacts "a minute later" '^0~$' lg_auth "$(try anna 10.0.0.1)"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	try carl 10.0.0.5 | as lg_auth >>"$scratch/tries" &
done
wait
said=$(grep -cx 0 "$scratch/tries")
[ "$said" -eq 5 ] && [ "$(wc -l <"$scratch/tries")" -eq 20 ]
passed "of twenty at once five are let pass" $?
reacts "what has no limit is an error" 'ERROR:  there is no limit for nothing' lg_auth "SELECT lg_gate.attempt('{nothing}', '{x}');"
reacts "no address stands in the table" '^0~$' postgres "SELECT count(*) FROM lg_gate.throttle t WHERE t::text LIKE '%10.0.0%' OR t::text LIKE '%anna%';"
reacts "a failure is told to the offices" '^1~$' postgres "SELECT lg_gate.sign_in_failed('$admin7', 'password') \g /dev/null
	SELECT count(*) FROM lg.audit WHERE verb = 'sign_in_failed' AND tenant_id = 7 AND actor IS NULL;"

echo "# Codes, resets, invitations"
reacts "a code counts once, and none before it" '^t~f~f~t~$' lg_auth "$(for s in 100 100 99 101; do echo "SELECT lg_gate.totp_use('$admin7', $s);"; done)"
one "UPDATE lg_gate.account SET hash = 'old' WHERE mail = 'admin8@office.example'" >/dev/null
reacts "a reset for one who is here, in any spelling" '^t~$' lg_auth "SELECT lg_gate.reset_ask('Admin8@Office.Example', sha256('reset'), '{\"link\": \"x\"}');"
reacts "for one who is not" '^f~$' lg_auth "SELECT lg_gate.reset_ask('nobody@office.example', sha256('other'), '{}');"
reacts "its mail lies in the outbox of an office of his" '^8\|admin8@office.example~$' postgres "SELECT tenant_id, to_mail FROM lg.outbox WHERE kind = 'reset';"
reacts "it is no invitation" '^0~$' lg_auth "SELECT count(*) FROM lg_gate.token_look('invitation', sha256('reset'));"
enters "before it is used his session is open" '^8~$' admin8
reacts "used once" '^t~t~$' lg_auth "SELECT lg_gate.reset_use(sha256('reset'), 'new') IS NOT NULL; SELECT lg_gate.reset_use(sha256('reset'), 'newer') IS NULL;"
reacts "it sets the password" '^new~$' lg_auth "SELECT hash FROM lg_gate.account_by_mail('admin8@office.example');"
enters "and ends the sessions" 'ERROR:  no session' admin8
reacts "a second request voids the first" '^t~t~$' lg_auth "SELECT lg_gate.reset_ask('admin8@office.example', sha256('r1'), '{}') \g /dev/null
	SELECT lg_gate.reset_ask('admin8@office.example', sha256('r2'), '{}'); SELECT lg_gate.reset_use(sha256('r1'), 'x') IS NULL;"
one "UPDATE lg_gate.mail_token SET ends = now() - interval '1 s'" >/dev/null
reacts "after half an hour it is void" '^t~$' lg_auth "SELECT lg_gate.reset_use(sha256('r2'), 'x') IS NULL;"
invite() { echo "SELECT lg_gate.invite_member('$1', 'staff', 'New', '', '', 'da', NULL, '{caseworker}', '{}', sha256('$2'), '{\"link\": \"y\"}') IS NOT NULL;"; }
reacts "an administrator invites" '^t~t~$' lg_web "$in_admin7 $(invite New@Office.Example inv1) $(invite admin8@office.example inv2) COMMIT;"
new=$(account new)
reacts "nobody signs in before it is accepted" 'ERROR:  no session can be opened' lg_auth "SELECT lg_gate.session_open('$new', 7, sha256('new'), 'totp', '', '');"
reacts "it tells who invites whom" '^new@office.example\|Office 7\|f\|f~$' lg_auth "SELECT mail, tenant_name, has_password, has_totp FROM lg_gate.token_look('invitation', sha256('inv1'));"
reacts "accepted once, with a password" '^1~0~chosen~$' lg_auth "SELECT count(*) FROM lg_gate.invitation_accept(sha256('inv1'), 'chosen', '\\x01', 5);
	SELECT count(*) FROM lg_gate.invitation_accept(sha256('inv1'), 'other', '\\x02', 5); SELECT hash FROM lg_gate.account_by_id('$new');"
reacts "and then he signs in" '^7~$' lg_auth "SELECT lg_gate.session_open('$new', 7, sha256('new'), 'totp', '', '') ->> 'tenant';"
reacts "who invites an account that is there does not come into it" '^new~$' lg_auth "SELECT count(*) FROM lg_gate.invitation_accept(sha256('inv2'), 'evil', '\\x66', 5) \g /dev/null
	SELECT hash FROM lg_gate.account_by_mail('admin8@office.example');"
reacts "a member twice" 'duplicate key value violates unique constraint' lg_web "$in_admin7 $(invite new@office.example inv3)"
reacts "a member of a unit that is another's" 'ERROR:  there is no such unit' lg_web "$in_admin7 SELECT lg_gate.invite_member('u@office.example', 'staff', 'U', '', '', 'da', NULL, '{}',
	ARRAY['$(one "SELECT id FROM lg.unit WHERE tenant_id = 8 LIMIT 1")'::uuid], sha256('u'), '{}');"
reacts "an invitation is void with its member" '^t~0~$' lg_web "$in_admin7 $(invite gone@office.example inv4) SELECT lg_gate.remove_member(id) FROM lg.member WHERE mail = 'gone@office.example' \g /dev/null
	COMMIT; \connect - lg_auth
	SELECT count(*) FROM lg_gate.token_look('invitation', sha256('inv4'));"
reacts "sent anew, the old one is void" '^t~t~0\|1~$' lg_web "$in_admin7 $(invite again@office.example inv5) SELECT lg_gate.invite_again(id, sha256('inv6'), '{}') FROM lg.member WHERE mail = 'again@office.example';
	COMMIT; \connect - lg_auth
	SELECT (SELECT count(*) FROM lg_gate.token_look('invitation', sha256('inv5'))), (SELECT count(*) FROM lg_gate.token_look('invitation', sha256('inv6')));"
reacts "a ticket is taken once, for its purpose" '^0~1~1~0~$' lg_auth "SELECT lg_gate.ticket_put('code', sha256('t'), NULL, '\\x01', 60) \g /dev/null
	SELECT count(*) FROM lg_gate.ticket_take('other', sha256('t')); SELECT count(*) FROM lg_gate.ticket_see('code', sha256('t'));
	SELECT count(*) FROM lg_gate.ticket_take('code', sha256('t')); SELECT count(*) FROM lg_gate.ticket_take('code', sha256('t'));"
reacts "an identity belongs to one account" '^t~f~1~$' lg_auth "SELECT lg_gate.identity_link('$new', 'https://id.example', 'abc'); SELECT lg_gate.identity_link('$admin7', 'https://id.example', 'abc');
	SELECT count(*) FROM lg_gate.account_by_identity('https://id.example', 'abc') x WHERE x.account = '$new';"

echo "# Programs"
client=$(one "SELECT id FROM lg.client WHERE tenant_id = 7")
reacts "with the wrong secret" '^t~$' lg_auth "SELECT lg_gate.bearer_open('$client', sha256('secret8'), sha256('p')) IS NULL;"
reacts "with the right one, for an hour" '^t~$' lg_auth "SELECT abs(x - extract(epoch FROM now() + interval '1 h')) < 2 FROM lg_gate.bearer_open('$client', sha256('secret7'), sha256('p')) x;"
one "UPDATE lg_gate.bearer SET ends = now() - interval '1 s' WHERE token_hash = sha256(sha256('p'))" >/dev/null
reacts "then no more" 'ERROR:  no session' lg_web "SELECT lg_gate.enter_bearer(sha256('p'));"
reacts "revoked, its token is void at once" 'ERROR:  no session' lg_web "$in_admin7 SELECT lg_gate.client_revoke('$client') \g /dev/null
	COMMIT; SELECT lg_gate.enter_bearer(sha256('prog7'));"
reacts "and it gets none" '^t~$' lg_auth "SELECT lg_gate.bearer_open('$client', sha256('secret7'), sha256('q')) IS NULL;"

echo "# The outbox"
reacts "what is due is known without going through the offices" '^t~$' lg_job "SELECT count(*) >= 300 FROM lg_gate.mail_due(1000);"
reacts "what was sent is due no more" '^0~$' lg_job "BEGIN; SELECT lg_gate.enter_job(9, 'mail') \g /dev/null
	UPDATE lg.outbox SET sent = now(); COMMIT; SELECT count(*) FROM lg_gate.mail_due(1000) d WHERE d.tenant = 9;"
reacts "nor what is put off, until then" '^0~$' lg_job "BEGIN; SELECT lg_gate.enter_job(10, 'mail') \g /dev/null
	UPDATE lg.outbox SET next_at = now() + interval '1 h'; COMMIT; SELECT count(*) FROM lg_gate.mail_due(1000) d WHERE d.tenant = 10;"
reacts "a mail to two, or with a line of its own" 'violates check constraint.*violates check constraint' lg_web "$in_admin7 SAVEPOINT a; INSERT INTO lg.outbox (kind, to_mail, language) VALUES ('x', 'a@b.example, c@d.example', 'da');
	ROLLBACK TO a; INSERT INTO lg.outbox (kind, to_mail, language) VALUES ('x', E'a@b.example\\nBcc: c', 'da');"
finish
