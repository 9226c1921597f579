#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# What somebody tries who made the service say SQL of his own: every WHERE is stripped, the role is the service's, the token one's own.
# A case passes when the right reaction was seen. Tokens and rows are those of fixture.sql.
. test/store/wall/common.sh
as postgres -f test/store/wall/fixture.sql

bearer() { echo "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter_bearer(sha256('$1')); END \$\$;"; }
public() { echo "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter_public($1, 'enquiry'); END \$\$;"; }
in7=$(enter case7)
in8=$(enter case8)
admin7=$(enter admin7)
candidate7=$(enter cand7)
employer7=$(enter emp7)

echo "# A forgotten WHERE"
for t in fx_person fx_note member member_role unit client audit read_audit audit_seal person_key idempotency fx_open; do
	reacts "select $t: nobody else's" '^t~$' lg_web "$in7 SELECT bool_and(tenant_id = 7) FROM lg.$t; COMMIT;"
done
reacts "select outbox: nobody else's" '^t\|1~$' lg_web "$in7 SELECT bool_and(tenant_id = 7), count(tenant_id) FROM lg.outbox; COMMIT;"
reacts "as many rows as are one's own" '^10~$' lg_web "$in7 SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "update hits one's own" '^10\|t~$' lg_web "$in7 WITH u AS (UPDATE lg.fx_person SET level = 1 RETURNING tenant_id) SELECT count(*), bool_and(tenant_id = 7) FROM u; ROLLBACK;"
reacts "delete hits one's own" '^10\|t~$' lg_web "$in7 WITH d AS (DELETE FROM lg.fx_note RETURNING tenant_id) SELECT count(*), bool_and(tenant_id = 7) FROM d; ROLLBACK;"
reacts "a join of everything with everything" '^100\|t~$' lg_web "$in7 SELECT count(*), bool_and(a.tenant_id = 7 AND b.tenant_id = 7) FROM lg.fx_person a, lg.fx_note b; COMMIT;"
reacts "a row by its place on the disk" '^0~$' lg_web "$in7 SELECT count(*) FROM lg.fx_person WHERE ctid = (SELECT '(0,1)'::tid) AND tenant_id <> 7; COMMIT;"
reacts "a sample" '^t~$' lg_web "$in7 SELECT bool_and(tenant_id = 7) FROM lg.fx_person TABLESAMPLE SYSTEM (100); COMMIT;"
reacts "rows to lock" '^10~$' lg_web "$in7 SELECT count(*) FROM (SELECT FROM lg.fx_person FOR UPDATE) x; COMMIT;"
reacts "COPY out" '^10~$' lg_web "$in7 COPY (SELECT count(*) FROM lg.fx_person) TO STDOUT; COMMIT;"
reacts "COPY of the whole table" '^7~7~7~7~7~7~7~7~7~7~$' lg_web "$in7 COPY lg.fx_note (tenant_id) TO STDOUT; COMMIT;"

echo "# No context"
reacts "select is refused aloud" 'ERROR:  no tenant context' lg_web "SELECT count(*) FROM lg.fx_person;"
reacts "update is refused" 'ERROR:  no tenant context' lg_web "UPDATE lg.fx_person SET level = 0;"
reacts "delete is refused" 'ERROR:  no tenant context' lg_web "DELETE FROM lg.fx_person;"
reacts "insert is refused" 'ERROR:  no tenant context' lg_web "INSERT INTO lg.unit (name) VALUES ('x');"
reacts "insert with a tenant is refused" 'ERROR:  no tenant context' lg_web "INSERT INTO lg.unit (tenant_id, name) VALUES (7, 'x');"
reacts "a job without an office" 'ERROR:  no tenant context' lg_job "SELECT count(*) FROM lg.outbox;"

echo "# Other tenants by name"
reacts "explicit other tenant" '^0~$' lg_web "$in7 SELECT count(*) FROM lg.fx_person WHERE tenant_id = 8; COMMIT;"
reacts "insert for another" 'violates row-level security policy' lg_web "$admin7 INSERT INTO lg.unit (tenant_id, name) VALUES (8, 'x'); COMMIT;"
reacts "move a row to another" 'violates row-level security policy' lg_web "$admin7 UPDATE lg.unit SET tenant_id = 8; COMMIT;"
reacts "MERGE with another's" '^10~$' lg_web "$in7 MERGE INTO lg.fx_person p USING (VALUES (8)) s(t) ON p.tenant_id = s.t WHEN MATCHED THEN DELETE; SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "they are all still there" '^10~$' postgres "SELECT count(*) FROM lg.fx_person WHERE tenant_id = 8"
reacts "ON CONFLICT across tenants" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.fx_person (tenant_id, candidate_id, employer_id, name, number)
	VALUES (8, gen_random_uuid(), gen_random_uuid(), 'p', sha256('number 8-1')) ON CONFLICT (tenant_id, number) DO UPDATE SET name = 'hacked'; COMMIT;"
reacts "a mail in another's name" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.outbox (tenant_id, kind, to_mail, language) VALUES (8, 'x', 'a@b.example', 'da'); COMMIT;"
reacts "a line in another's audit" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.audit (tenant_id, verb, entity) VALUES (8, 'x', 'y'); COMMIT;"

echo "# A forged context"
reacts "written by hand" 'ERROR:  no tenant context' lg_web "$in7 SELECT set_config('lg.ctx', repeat('0', 64) || '8|staff|||administrator|', true) \g /dev/null
	SELECT count(*) FROM lg.fx_person;"
reacts "empty" 'ERROR:  no tenant context' lg_web "$in7 SELECT set_config('lg.ctx', '', true) \g /dev/null
	SELECT count(*) FROM lg.fx_person;"
for forged in "s/tenant/^(.{64})7/\\18/" "s/kind/staff/job/" "s/roles/caseworker/administrator/" "s/field/[|]\$/|x/"; do
	what=${forged#s/} && what=${what%%/*} && rest=${forged#s/*/}
	for f in tenant kind account subject roles purpose units; do
		reacts "another $what under the old signature: $f() sees it" 'ERROR:  no tenant context' lg_web "$in7 SELECT set_config('lg.ctx',
			regexp_replace(current_setting('lg.ctx'), '${rest%%/*}', '${rest#*/}'), true) \g /dev/null
			SELECT lg_gate.$f();"
	done
done
reacts "left over in the next transaction" 'ERROR:  no tenant context' lg_web "$in7 COMMIT; SELECT count(*) FROM lg.fx_person;"
reacts "kept for the connection" 'ERROR:  no tenant context' lg_web "$in7 SELECT set_config('lg.ctx', current_setting('lg.ctx'), false) \g /dev/null
	COMMIT; SELECT count(*) FROM lg.fx_person;"
reacts "kept, then shown to the next transaction" 'ERROR:  no tenant context' lg_web "$in7 SELECT current_setting('lg.ctx') AS kept \gset
	COMMIT; BEGIN; SELECT set_config('lg.ctx', :'kept', true) \g /dev/null
	SELECT count(*) FROM lg.fx_person;"
reacts "kept over the end of the pool's transaction" 'ERROR:  no tenant context' lg_web "$in8 COMMIT AND CHAIN; SELECT count(*) FROM lg.fx_person;"
# One backend's context in another, although both believe in the same moment: the signature has the backend in it.
reacts "of another backend" 'ERROR:  no tenant context' lg_web "$in8 SELECT current_setting('lg.ctx') AS kept \gset
	\connect - lg_web
	BEGIN; SELECT set_config('lg.ctx', :'kept', true) \g /dev/null
	SELECT count(*) FROM lg.fx_person;"
reacts "changed in the middle of a statement, from a candidate to staff" 'ERROR:  no tenant context|^0~$' lg_web "$candidate7
	SELECT count(*) FROM lg.fx_person p WHERE p.id = (SELECT x.id FROM lg.fx_person x WHERE set_config('lg.ctx',
		replace(current_setting('lg.ctx'), '|candidate|', '|staff|'), true) <> '' LIMIT 1) OR p.tenant_id = 7 AND p.candidate_id <> lg_gate.subject(); COMMIT;"
reacts "changed by a key, after the index was told the tenant and before the kind is asked" 'ERROR:  no tenant context' lg_web "$candidate7
	SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SELECT count(*) FROM lg.fx_person p
	WHERE p.id = (SELECT CASE WHEN set_config('lg.ctx', replace(current_setting('lg.ctx'), '|candidate|', '|staff|'), true) <> ''
		THEN '$(one "SELECT id FROM lg.fx_person WHERE name = 'Name 7-5'")'::uuid END); COMMIT;"
reacts "a savepoint gives the right one back" '^7~$' lg_web "$in7 SAVEPOINT s; SELECT lg_gate.enter(sha256('case8')) \g /dev/null
	ROLLBACK TO s; SELECT lg_gate.tenant(); COMMIT;"
reacts "an error that was caught leaves the right one" '^7~$' lg_web "$in7 DO \$\$ BEGIN PERFORM lg_gate.enter('\\x00'); EXCEPTION WHEN OTHERS THEN NULL; END \$\$;
	SELECT lg_gate.tenant(); COMMIT;"
reacts "a statement that was planned for another" '^7~8~$' lg_web "PREPARE q AS SELECT min(tenant_id) FROM lg.fx_person; SET plan_cache_mode = force_generic_plan;
	$in7 EXECUTE q; COMMIT; $in8 EXECUTE q; COMMIT;"
for f in "my_memberships()" "my_sessions()" "change_me(NULL, 'x', NULL, 'da')" "end_session(gen_random_uuid())"; do
	reacts "$f leaves the context as it was" '^7\|staff~$' lg_web "$admin7 SELECT FROM lg_gate.$f \g /dev/null
		SELECT lg_gate.tenant(), lg_gate.kind(); COMMIT;"
done
reacts "so does one that failed and was caught" '^7\|staff~$' lg_web "$admin7 DO \$\$ BEGIN PERFORM lg_gate.change_me(repeat('x', 300), NULL, NULL, 'da');
	EXCEPTION WHEN check_violation THEN NULL; END \$\$; DO \$\$ BEGIN PERFORM lg_gate.refresh_sessions(NULL, NULL); EXCEPTION WHEN insufficient_privilege THEN NULL; END \$\$;
	SELECT lg_gate.tenant(), lg_gate.kind(); COMMIT;"
reacts "an order to invite leaves it too" '^7\|staff~$' lg_web "$admin7 SELECT lg_gate.invite_member('x@x.example', 'staff', 'X', '', '', 'da', NULL, '{caseworker}', '{}',
	sha256('x'), '{}') \g /dev/null
	SELECT lg_gate.tenant(), lg_gate.kind(); ROLLBACK;"

echo "# Tokens"
reacts "a wrong one" 'ERROR:  no session' lg_web "SELECT lg_gate.enter('\\x00');"
reacts "none" 'ERROR:  no session' lg_web "SELECT lg_gate.enter(NULL);"
reacts "its hash" 'ERROR:  no session' lg_web "SELECT lg_gate.enter(sha256(sha256('case7')));"
reacts "a session's for a program" 'ERROR:  no session' lg_web "SELECT lg_gate.enter_bearer(sha256('case7'));"
reacts "a program's for a session" 'ERROR:  no session' lg_web "SELECT lg_gate.enter(sha256('prog7'));"
reacts "a session of one's own making" 'permission denied for function session_open' lg_web "SELECT lg_gate.session_open(gen_random_uuid(), 8, '\\x01', 'totp', '', '');"
reacts "a session made of another" 'permission denied for function session_switch' lg_web "SELECT lg_gate.session_switch(sha256('case7'), sha256('x'), 8);"
reacts "a program's token" 'permission denied for function bearer_open' lg_web "SELECT lg_gate.bearer_open(gen_random_uuid(), '\\x01', '\\x01');"
reacts "a signature" 'permission denied for function sign' lg_web "SELECT lg_gate.sign('8|staff|||administrator|');"
reacts "what an account is elsewhere" 'permission denied for function actor' lg_web "SELECT lg_gate.actor(gen_random_uuid(), 8);"
reacts "a job's identity" 'permission denied for function enter_job' lg_web "SELECT lg_gate.enter_job(8, 'mail');"
reacts "a job's identity under a form's name" 'permission denied for function enter_as' lg_web "SELECT lg_gate.enter_as('job', 8, 'mail');"
reacts "a purpose with fields in it" 'ERROR:  no such tenant or purpose' lg_web "SELECT lg_gate.enter_public(8, 'x|y');"
reacts "an office that is not there" 'ERROR:  no such tenant or purpose' lg_web "SELECT lg_gate.enter_public(999, 'enquiry');"
for t in secret session bearer account account_tenant identity throttle throttle_limit mail_token ticket client_secret due walled; do
	reacts "read lg_gate.$t" "permission denied for table $t" lg_web "TABLE lg_gate.$t;"
done
for t in secret session account mail_token; do
	reacts "the auth process reads lg_gate.$t" "permission denied for table $t" lg_auth "TABLE lg_gate.$t;"
	reacts "a job reads lg_gate.$t" "permission denied for table $t" lg_job "TABLE lg_gate.$t;"
done
reacts "the auth process reads members" 'permission denied' lg_auth "TABLE lg.member;"

echo "# More than the role may"
reacts "become the owner" 'permission denied to set role' lg_web "SET ROLE lg_owner;"
reacts "become the gate" 'permission denied to set role' lg_web "SET ROLE lg_gate;"
reacts "become a job" 'permission denied to set role' lg_web "SET ROLE lg_job;"
reacts "be somebody else from the start" 'permission denied to set session auth' lg_web "SET SESSION AUTHORIZATION lg_owner;"
reacts "row_security off" 'would be affected by row-level security policy' lg_web "$in7 SET LOCAL row_security = off; SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "disable it" 'must be owner' lg_web "ALTER TABLE lg.fx_person DISABLE ROW LEVEL SECURITY;"
reacts "drop the wall" 'must be owner' lg_web "DROP POLICY wall ON lg.fx_person;"
reacts "a policy of one's own" 'must be owner' lg_web "CREATE POLICY p ON lg.fx_person USING (true);"
reacts "truncate" 'permission denied' lg_web "TRUNCATE lg.fx_note;"
reacts "a temporary table" 'permission denied' lg_web "CREATE TEMP TABLE x (i int);"
reacts "a function that tells" 'permission denied' lg_web "CREATE FUNCTION lg.leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN RAISE NOTICE ''%'', \$1; RETURN true; END';"
reacts "the same, temporary" 'permission denied' lg_web "CREATE FUNCTION pg_temp.leak(text) RETURNS bool LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN RAISE NOTICE ''%'', \$1; RETURN true; END';"
reacts "a schema" 'permission denied' lg_web "CREATE SCHEMA mine;"
reacts "another's functions by search_path" '^7~$' lg_web "SET search_path = public, lg, pg_catalog; $in7 SELECT lg_gate.tenant(); COMMIT;"
reacts "COPY to a program" 'permission denied|must be superuser' lg_web "COPY (SELECT 1) TO PROGRAM 'id';"
reacts "a file of the server" 'permission denied' lg_web "SELECT pg_read_file('/etc/passwd');"
reacts "a file as a large object" 'permission denied' lg_web "SELECT lo_import('/etc/passwd');"
reacts "rules for all" 'permission denied' lg_web "$admin7 UPDATE lg_ref.fx_rule SET value = 0;"
reacts "the list of offices" 'permission denied' lg_web "$admin7 UPDATE lg_ref.tenant SET name = 'x';"
reacts "an office of one's own" 'permission denied' lg_web "SELECT lg_gate.create_tenant('pool', 'x', 'da');"
reacts "the owner is behind the wall too" 'no tenant context|^0~$' postgres "SET ROLE lg_owner; SELECT count(*) FROM lg.fx_person;"
reacts "the gate is behind the wall too" 'no tenant context' postgres "SET ROLE lg_gate; SELECT count(*) FROM lg.member;"
reacts "the gate reads no case" 'no tenant context' postgres "SET ROLE lg_gate; SELECT count(*) FROM lg.fx_person;"
for purpose in mail sign_in import seal_audit; do
	reacts "nor in the name of a job ($purpose)" '^0~$' postgres "BEGIN; SELECT lg_gate.enter_job(7, '$purpose') \g /dev/null
	SET LOCAL ROLE lg_gate; SELECT count(*) FROM lg.fx_person; COMMIT;"
	reacts "nor does it take one ($purpose)" '^0~$' postgres "BEGIN; SELECT lg_gate.enter_job(7, '$purpose') \g /dev/null
	SET LOCAL ROLE lg_gate; WITH d AS (DELETE FROM lg.fx_note RETURNING 1) SELECT count(*) FROM d; ROLLBACK;"
done
reacts "nor in that of a form" '^0~$' postgres "BEGIN; SELECT lg_gate.enter_public(7, 'tenant_merge') \g /dev/null
	SET LOCAL ROLE lg_gate; SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "the matcher cannot read people" 'permission denied' lg_match "SELECT count(*) FROM lg.fx_person;"
reacts "the matcher cannot enter" 'permission denied' lg_match "SELECT lg_gate.enter(sha256('case7'));"

echo "# What can be learnt by asking"
reacts "a cast that fails on another's row" '^$' lg_web "$in7 SELECT name::int FROM lg.fx_person WHERE name = 'Name 8-1'; COMMIT;"
reacts "a division that fails on another's row" '^10~$' lg_web "$in7 SELECT count(1 / (tenant_id - 8)) FROM lg.fx_person; COMMIT;"
reacts "statistics" '^0~$' lg_web "SELECT count(*) FROM pg_stats WHERE schemaname IN ('lg', 'lg_gate');"
reacts "statistics as they lie" 'permission denied' lg_web "SELECT count(*) FROM pg_statistic;"
reacts "is this number known elsewhere?" '^INSERTED~$' lg_web "$in7 INSERT INTO lg.fx_person (candidate_id, employer_id, name, number)
	VALUES (gen_random_uuid(), gen_random_uuid(), 'probe', sha256('number 8-1')) RETURNING 'INSERTED'; ROLLBACK;"
reacts "one's own duplicate tells no values" 'ERROR:  duplicate key value violates unique constraint "fx_person_tenant_id_number_key"~$' lg_web "$in7
	INSERT INTO lg.fx_person (candidate_id, employer_id, name, number) VALUES (gen_random_uuid(), gen_random_uuid(), 'probe', sha256('number 7-1'));"
other=$(one "SELECT id FROM lg.fx_person WHERE tenant_id = 8 LIMIT 1")
none=00000000-0000-4000-8000-000000000000
reference() { printf '%s\n' "$in7 INSERT INTO lg.fx_note (person_id, words) VALUES ('$1', 'x');" | as lg_web | sed "s/$1/ID/g"; }
said=$(reference "$other")
printf '%s\n' "$said" | grep -q 'violates foreign key' && [ "$said" = "$(reference "$none")" ]
passed "another's id and one that is nobody's are refused in the same words" $?
# The other worker's statement is there, and is not to be read.
(printf '%s\n' "SET application_name = 'the other'; BEGIN; SELECT 'words of tenant 8', pg_sleep(1); COMMIT;" | as lg_web >/dev/null) &
sleep 0.4
reacts "what another worker asks" '^1\|t~$' lg_web "SELECT count(*), bool_and(query NOT LIKE '%words of tenant%') FROM pg_stat_activity WHERE application_name = 'the other';"
wait $!

echo "# Accounts of candidates"
reacts "one's own row" '^1\|t~$' lg_web "$candidate7 SELECT count(*), bool_and(candidate_id = lg_gate.subject()) FROM lg.fx_person; COMMIT;"
reacts "not what the table keeps from candidates" '^0~0~0~0~$' lg_web "$candidate7 SELECT count(*) FROM lg.fx_note; SELECT count(*) FROM lg.unit; SELECT count(*) FROM lg.client;
	SELECT count(tenant_id) FROM lg.outbox; COMMIT;"
reacts "of the members oneself" '^1\|t~$' lg_web "$candidate7 SELECT count(*), bool_and(account_id = lg_gate.account()) FROM lg.member; COMMIT;"
reacts "who changed and who saw one's own" '^1\|t~1~$' lg_web "$candidate7 SELECT count(*), bool_and(subject = lg_gate.subject()) FROM lg.audit; SELECT count(*) FROM lg.read_audit; COMMIT;"
reacts "one's own key only" '^1~$' lg_web "$candidate7 SELECT count(*) FROM lg.person_key; COMMIT;"
reacts "change one's own row" '^0~$' lg_web "$candidate7 WITH u AS (UPDATE lg.fx_person SET level = 9 RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "delete it" '^0~$' lg_web "$candidate7 WITH d AS (DELETE FROM lg.fx_person RETURNING 1) SELECT count(*) FROM d; COMMIT;"
reacts "delete one's key" '^0~$' lg_web "$candidate7 WITH d AS (DELETE FROM lg.person_key RETURNING 1) SELECT count(*) FROM d; COMMIT;"
reacts "add a row" 'violates row-level security policy' lg_web "$candidate7 INSERT INTO lg.fx_person (candidate_id, employer_id, name, number)
	VALUES (lg_gate.subject(), gen_random_uuid(), 'x', '\\x01');"
reacts "give oneself a role" 'violates row-level security policy' lg_web "$candidate7 INSERT INTO lg.member_role (member_id, role) SELECT id, 'administrator' FROM lg.member;"
reacts "invite somebody" 'this is for administrators' lg_web "$candidate7 SELECT lg_gate.invite_member('x@x.example', 'staff', 'X', '', '', 'da', NULL, '{administrator}', '{}', sha256('x'), '{}');"
reacts "shares of the office" '^0~$' lg_web "$candidate7 SELECT count(*) FROM lg.fx_share; COMMIT;"
reacts "leave a trace of one's own doing" '^t~$' lg_web "$candidate7 INSERT INTO lg.audit (verb, entity, subject) VALUES ('change', 'person', lg_gate.subject());
	SELECT bool_and(actor = lg_gate.account() AND kind = 'candidate') FROM lg.audit WHERE verb = 'change'; COMMIT;"

echo "# Accounts of employers"
reacts "the rows of one's own" '^1\|t~$' lg_web "$employer7 SELECT count(*), bool_and(employer_id = lg_gate.subject()) FROM lg.fx_person; COMMIT;"
reacts "not as a candidate would" '^0~0~0~$' lg_web "$employer7 SELECT count(*) FROM lg.audit; SELECT count(*) FROM lg.person_key; SELECT count(*) FROM lg.read_audit; COMMIT;"
reacts "an employer whose id is a candidate's sees no candidate" '^0~$' lg_web "$(one "UPDATE lg.member SET subject = (SELECT candidate_id FROM lg.fx_person
	WHERE tenant_id = 8 LIMIT 1) WHERE tenant_id = 8 AND kind = 'employer'")$(enter emp8) SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "not in another office" '^0~$' lg_web "$employer7 SELECT count(*) FROM lg.fx_person WHERE tenant_id <> 7; COMMIT;"
reacts "change what one sees" '^0~$' lg_web "$employer7 WITH u AS (UPDATE lg.fx_person SET level = 9 RETURNING 1) SELECT count(*) FROM u; COMMIT;"

echo "# Public forms, jobs, programs"
reacts "a form sees nothing" '^0~0~0~0~$' lg_web "$(public 8) SELECT count(*) FROM lg.fx_person; SELECT count(*) FROM lg.member; SELECT count(*) FROM lg.audit; SELECT count(tenant_id) FROM lg.outbox; COMMIT;"
reacts "a form changes nothing" '^0~$' lg_web "$(public 8) WITH u AS (UPDATE lg.fx_person SET level = 9 RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "a form adds nothing" 'violates row-level security policy' lg_web "$(public 8) INSERT INTO lg.fx_note (person_id, words) VALUES ('$other', 'x');"
reacts "a form that calls itself staff" 'ERROR:  no tenant context' lg_web "$(public 8) SELECT set_config('lg.ctx', replace(current_setting('lg.ctx'), '|public|', '|staff|'), true) \g /dev/null
	SELECT count(*) FROM lg.fx_person;"
reacts "a form administrates nothing" 'this is for administrators' lg_web "$(public 8) SELECT lg_gate.change_tenant('x', '{da}', '{}', 1);"
reacts "a form in the middle of a session is a form" '^0~$' lg_web "$in7 SELECT lg_gate.enter_public(8, 'enquiry') \g /dev/null
	SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "a job sees its office" '^10\|t~$' lg_job "$(as_job 7) SELECT count(*), bool_and(tenant_id = 7) FROM lg.fx_person; COMMIT;"
reacts "a job writes for its office" 'violates row-level security policy' lg_job "$(as_job 7) INSERT INTO lg.fx_note (tenant_id, person_id, words) VALUES (8, '$other', 'x');"
reacts "a job is no member" 'permission denied' lg_job "$(as_job 7) UPDATE lg.member SET name = 'x';"
reacts "a job gives no roles" 'permission denied' lg_job "$(as_job 7) INSERT INTO lg.member_role (member_id, role) SELECT id, 'administrator' FROM lg.member;"
reacts "a program sees its office" '^10\|t~$' lg_web "$(bearer prog7) SELECT count(*), bool_and(tenant_id = 7) FROM lg.fx_person; COMMIT;"
reacts "a program does not invite" 'this is for administrators' lg_web "$(bearer prog7) SELECT lg_gate.remove_member(gen_random_uuid());"
reacts "a program reads no mails" '^0~$' lg_web "$(bearer prog7) SELECT count(tenant_id) FROM lg.outbox; COMMIT;"

echo "# Colleagues"
reacts "a caseworker gives himself a role" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.member_role (member_id, role) SELECT id, 'administrator' FROM lg.member WHERE account_id = lg_gate.account();"
reacts "a caseworker changes colleagues" '^0~$' lg_web "$in7 WITH u AS (UPDATE lg.member SET name = 'x' RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "a caseworker changes units" '^0~$' lg_web "$in7 WITH u AS (UPDATE lg.unit SET name = 'x' RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "a caseworker removes one" 'this is for administrators' lg_web "$in7 SELECT lg_gate.remove_member(id) FROM lg.member;"
reacts "a caseworker lets a program in" 'this is for administrators' lg_web "$in7 SELECT lg_gate.client_create('x', '{administrator}', sha256('x'));"
reacts "an administrator changes whose account it is" 'permission denied' lg_web "$admin7 UPDATE lg.member SET account_id = lg_gate.account();"
reacts "an administrator changes a candidate's account to staff" 'permission denied' lg_web "$admin7 UPDATE lg.member SET kind = 'staff';"
reacts "an administrator changes all colleagues, of this office" '^5\|t~$' lg_web "$admin7 WITH u AS (UPDATE lg.member SET title = 'x' RETURNING tenant_id) SELECT count(*), bool_and(tenant_id = 7) FROM u; ROLLBACK;"
reacts "an administrator removes another office's" '^f~$' lg_web "$admin7 SELECT lg_gate.remove_member('$(one "SELECT id FROM lg.member WHERE tenant_id = 8 LIMIT 1")'); COMMIT;"
reacts "an administrator ends another's session" '^f~$' lg_web "$admin7 SELECT lg_gate.end_session('$(one "SELECT s.id FROM lg_gate.session s WHERE tenant_id = 8 LIMIT 1")'); COMMIT;"
reacts "an administrator shuts out another's program" '^f~$' lg_web "$admin7 SELECT lg_gate.client_revoke('$(one "SELECT id FROM lg.client WHERE tenant_id = 8")'); COMMIT;"
reacts "an administrator changes this office only" '^t~$' lg_web "$admin7 SELECT lg_gate.change_tenant('Renamed', '{da}', '{}', 1); COMMIT;"
reacts "which is renamed, alone" '^7~$' postgres "SELECT string_agg(id::text, ' ') FROM lg_ref.tenant WHERE name = 'Renamed'"
reacts "and its sessions know" '^Renamed~$' lg_web "BEGIN; SELECT lg_gate.enter(sha256('case7')) ->> 'tenant_name'; COMMIT;"
reacts "somebody else's idempotency key" '^1\|t~$' lg_web "$in7 SELECT count(*), bool_and(actor = lg_gate.account()) FROM lg.idempotency; COMMIT;"
reacts "an answer under somebody else's key" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.idempotency (actor, key, request_hash) VALUES (gen_random_uuid(), 'k', '\\x01');"
reacts "the token in a mail" 'permission denied' lg_web "$admin7 SELECT data FROM lg.outbox;"

echo "# The audit"
reacts "say that it was another" 'permission denied' lg_web "$in7 INSERT INTO lg.audit (verb, entity, actor) VALUES ('x', 'y', gen_random_uuid());"
reacts "say that it was earlier" 'permission denied' lg_web "$in7 INSERT INTO lg.audit (verb, entity, at) VALUES ('x', 'y', '2020-01-01');"
reacts "write into what is sealed" 'permission denied' lg_web "$in7 INSERT INTO lg.audit (verb, entity, xid) VALUES ('x', 'y', '1');"
reacts "change it" 'permission denied' lg_web "$admin7 UPDATE lg.audit SET why = 'x';"
reacts "delete it" 'permission denied' lg_web "$admin7 DELETE FROM lg.read_audit;"
reacts "jobs change it" 'permission denied' lg_job "$(as_job 7) UPDATE lg.audit SET why = 'x';"
reacts "seal it oneself" 'permission denied' lg_web "$admin7 INSERT INTO lg.audit_seal (stream, n, lo, hi, rows, root, prev, head) VALUES ('write', 9, '0', '1', 0, '', '', '');"
reacts "an untouched chain holds" '^0~$' lg_job "SELECT lg_gate.seal_audit() \g /dev/null
	$(as_job 7) SELECT count(*) FROM lg.verify_audit(); COMMIT;"
reacts "and is one of several parts" '^2~$' lg_job "$(as_job 7) SELECT max(n) FROM lg.audit_seal; COMMIT;"
# tampered NAME PATTERN SQL: what the owner of the machine did is named
tampered() {
	reacts "$1" "$2" postgres "BEGIN; $3; SELECT lg_gate.sign('7|job||||x') \g /dev/null
		SET LOCAL ROLE lg_job; SELECT stream, n, why FROM lg.verify_audit(); ROLLBACK;"
}
tampered "a line was changed" '^write\|1\|a line of this part was changed' "UPDATE lg.audit SET verb = 'other' WHERE ctid = (SELECT min(ctid) FROM lg.audit WHERE tenant_id = 7)"
tampered "a line has another author" '^write\|1\|a line of this part' "UPDATE lg.audit SET actor = gen_random_uuid() WHERE ctid = (SELECT min(ctid) FROM lg.audit WHERE tenant_id = 7)"
tampered "a line is gone" '^read\|1\|a line of this part' "DELETE FROM lg.read_audit WHERE ctid = (SELECT min(ctid) FROM lg.read_audit WHERE tenant_id = 7)"
tampered "a line was added" '^write\|1\|a line of this part' "INSERT INTO lg.audit (tenant_id, xid, actor, kind, verb, entity) VALUES (7, '700', NULL, 'job', 'x', 'y')"
tampered "words moved from one field to the next" '^write\|1\|a line of this part' "UPDATE lg.audit SET verb = 'creat', entity = 'eperson' WHERE ctid = (SELECT min(ctid) FROM lg.audit WHERE tenant_id = 7)"
tampered "a line was put into an era that is over" '^write\|1\|a line of this part' "UPDATE lg.audit SET era = 0 WHERE ctid = (SELECT min(ctid) FROM lg.audit WHERE tenant_id = 7)"
tampered "a seal is gone" '^write\|2\|the seal before this one is missing' "DELETE FROM lg.audit_seal WHERE tenant_id = 7 AND stream = 'write' AND n = 1"
tampered "a seal was rewritten" '^write\|1\|this seal was rewritten~write\|2\|the seal before this one is missing' "UPDATE lg.audit_seal SET head = '\\x00' WHERE tenant_id = 7 AND stream = 'write' AND n = 1"
tampered "a line was changed and its seal made anew" '^write\|2\|the seal before this one is missing' "UPDATE lg.audit SET verb = 'other' WHERE ctid = (SELECT min(ctid) FROM lg.audit WHERE tenant_id = 7);
	SELECT lg_gate.sign('7|job||||x') \g /dev/null
	UPDATE lg.audit_seal s SET root = r.root, head = lg.audit_link('write', 1, 1, s.lo, s.hi, r.rows, '', r.root) FROM (SELECT lo, hi FROM lg.audit_seal WHERE tenant_id = 7 AND stream = 'write' AND n = 1) x,
	LATERAL (SELECT count(*)::int AS rows, sha256(string_agg(lg.audit_leaf(l), ''::bytea ORDER BY l.xid, l.id)) AS root FROM lg.audit l WHERE l.tenant_id = 7 AND l.xid >= x.lo AND l.xid < x.hi) r
	WHERE s.tenant_id = 7 AND s.stream = 'write' AND s.n = 1"
reacts "a person's key is erased, the chain holds" '^0~$' lg_web "$in7 DELETE FROM lg.person_key; SELECT count(*) FROM lg.verify_audit(); ROLLBACK;"

echo "# Rows of two offices (7 gives to 8; what 7 gave to 9 has ended)"
reacts "the giver sees what it gives" '^2~$' lg_web "$in7 SELECT count(*) FROM lg.fx_share WHERE from_tenant = 7; COMMIT;"
reacts "the receiver sees it" '^1~$' lg_web "$in8 SELECT count(*) FROM lg.fx_share WHERE from_tenant = 7; COMMIT;"
reacts "not when its time is over" '^0~$' lg_web "$(enter case9) SELECT count(*) FROM lg.fx_share WHERE from_tenant = 7; COMMIT;"
reacts "nobody else does" '^0~$' lg_web "$(enter case100) SELECT count(*) FROM lg.fx_share WHERE 7 IN (from_tenant, to_tenant); COMMIT;"
reacts "without a WHERE: one's own and those given to one" '^2\|1~$' lg_web "$in8 SELECT count(*) FILTER (WHERE from_tenant = 8), count(*) FILTER (WHERE to_tenant = 8) FROM lg.fx_share; COMMIT;"
reacts "the receiver prolongs it" '^2\|t~$' lg_web "$in8 WITH u AS (UPDATE lg.fx_share SET until = 'infinity' RETURNING from_tenant) SELECT count(*), bool_and(from_tenant = 8) FROM u; ROLLBACK;"
reacts "the receiver deletes it" '^0~$' lg_web "$in8 WITH d AS (DELETE FROM lg.fx_share WHERE to_tenant = 8 RETURNING 1) SELECT count(*) FROM d; ROLLBACK;"
reacts "the receiver makes itself one" 'violates row-level security policy' lg_web "$in8 INSERT INTO lg.fx_share (from_tenant, to_tenant, person_id, until, card) VALUES (7, 8, gen_random_uuid(), 'infinity', 'x');"
reacts "the receiver gives it on under the giver's name" 'violates row-level security policy|^0~$' lg_web "$in8 WITH u AS (UPDATE lg.fx_share SET from_tenant = 7 WHERE from_tenant = 8 RETURNING 1) SELECT count(*) FROM u;"
reacts "the giver gives another's person" 'violates foreign key' lg_web "$in7 INSERT INTO lg.fx_share (to_tenant, person_id, until, card) VALUES (8, '$other', 'infinity', 'x');"
reacts "the receiver answers" '^1~$' lg_web "$in8 WITH u AS (UPDATE lg.fx_answer SET words = 'No' WHERE from_tenant = 7 RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "the giver withdraws, the receiver sees nothing" '^0~$' lg_web "$in7 UPDATE lg.fx_share SET until = now(); COMMIT; $in8 SELECT count(*) FROM lg.fx_share WHERE from_tenant = 7; COMMIT;"
reacts "nor answers any more" '^0~$' lg_web "$in8 WITH u AS (UPDATE lg.fx_answer SET words = 'No' WHERE from_tenant = 7 RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "the giver does not answer for it" '^0~$' lg_web "$in7 WITH u AS (UPDATE lg.fx_answer SET words = 'Yes' WHERE to_tenant = 8 RETURNING 1) SELECT count(*) FROM u; COMMIT;"
reacts "the giver deletes no answer" '^0~$' lg_web "$in7 WITH d AS (DELETE FROM lg.fx_answer WHERE to_tenant = 8 RETURNING 1) SELECT count(*) FROM d; COMMIT;"

echo "# Somebody who works in two offices"
both=$(one "SELECT id FROM lg_gate.account WHERE mail LIKE 'both@%'")
for t in 7 8; do one "SELECT lg_gate.session_open('$both', $t, sha256('both$t'), 'totp', '', '')" >/dev/null; done
reacts "one of them removes him" '^t~$' lg_web "$admin7 SELECT lg_gate.remove_member(id) FROM lg.member WHERE account_id = '$both'; COMMIT;"
reacts "there his session is over" 'ERROR:  no session' lg_web "SELECT lg_gate.enter(sha256('both7'));"
reacts "in the other it goes on" '^8~$' lg_web "BEGIN; SELECT lg_gate.enter(sha256('both8')) ->> 'tenant'; COMMIT;"
reacts "and the account is as it was" '^f\|1~$' postgres "SELECT disabled, (SELECT count(*) FROM lg.member WHERE account_id = a.id) FROM lg_gate.account a WHERE id = '$both'"
reacts "the audit of the one tells" '^1\|0~$' postgres "SELECT count(*) FILTER (WHERE tenant_id = 7), count(*) FILTER (WHERE tenant_id <> 7) FROM lg.audit WHERE verb = 'remove'"

echo "# Roles of units: North's and South's candidates, and those of no unit; three each"
as postgres -v ON_ERROR_STOP=1 <<'EOF'
BEGIN;
INSERT INTO lg.unit (tenant_id, name) VALUES (7, 'North'), (7, 'South'), (8, 'North');
INSERT INTO lg_gate.account (mail) SELECT k || '@unit.example' FROM unnest(ARRAY['north', 'south', 'whole', 'mixed', 'deputy', 'both', 'all', 'part', 'past', 'none']) k;
INSERT INTO lg.member (tenant_id, account_id, kind, name, accepted)
	SELECT 7, id, 'staff', split_part(mail, '@', 1), now() FROM lg_gate.account WHERE mail LIKE '%@unit.example';
INSERT INTO lg.member_role (tenant_id, member_id, role, unit_id, stand_in_for, valid_from, valid_to)
	SELECT 7, m.id, x.role, (SELECT id FROM lg.unit u WHERE u.tenant_id = 7 AND u.name = x.unit),
		(SELECT s.id FROM lg.member s WHERE s.tenant_id = 7 AND s.name = x.instead), current_date - 9, current_date + x.days
	FROM (VALUES ('north', 'caseworker', 'North', NULL, NULL), ('south', 'caseworker', 'South', NULL, NULL), ('whole', 'caseworker', NULL, NULL, NULL),
		('mixed', 'administrator', 'North', NULL, NULL), ('mixed', 'caseworker', NULL, NULL, NULL), ('deputy', NULL, NULL, 'north', 9),
		('both', 'caseworker', 'North', NULL, NULL), ('both', NULL, NULL, 'south', 9), ('all', 'caseworker', 'North', NULL, NULL),
		('all', NULL, NULL, 'whole', 9), ('part', NULL, 'South', 'whole', 9), ('past', 'caseworker', 'North', NULL, NULL),
		('past', 'caseworker', NULL, NULL, -1)) x(name, role, unit, instead, days)
	JOIN lg.member m ON m.tenant_id = 7 AND m.name = x.name;
INSERT INTO lg.candidate (tenant_id, given_name, family_name, legal_basis, sort_name, unit)
	SELECT 7, coalesce(u.name, 'None'), n, 'public_task', n, u.id FROM generate_series(1, 3) n,
		(SELECT id, name FROM lg.unit WHERE tenant_id = 7 AND name IN ('North', 'South') UNION ALL SELECT NULL, NULL) u;
INSERT INTO lg.candidate_identifier (tenant_id, candidate_id, position, kind, blind, box, masked) SELECT 7, id, 1, 'x', sha256('x'), 'x', 'x' FROM lg.candidate;
INSERT INTO lg.candidate_trigram (tenant_id, key, candidate_id) SELECT 7, 'abc', id FROM lg.candidate;
INSERT INTO lg.note (tenant_id, candidate_id, account_id, text) SELECT 7, id, gen_random_uuid(), given_name FROM lg.candidate;
INSERT INTO lg.document (tenant_id, id, candidate_id, kind, name, type, size, hash, text_state)
	SELECT 7, gen_random_uuid(), id, 'cv', given_name, 'png', 1, sha256('x'), 'none' FROM lg.candidate;
INSERT INTO lg.document_piece (tenant_id, document_id, number, candidate_id, box) SELECT 7, id, 0, candidate_id, 'x' FROM lg.document;
INSERT INTO lg.document_word (tenant_id, key, document_id, candidate_id) SELECT 7, substr(sha256('x'), 1, 12), id, candidate_id FROM lg.document;
INSERT INTO lg.contact (tenant_id, candidate_id, account_id, channel, direction, reached) SELECT 7, id, gen_random_uuid(), 'phone', 'in', 'yes' FROM lg.candidate;
INSERT INTO lg.task (tenant_id, candidate_id, what, due, owner, created_by) SELECT 7, id, given_name, 'today', gen_random_uuid(), gen_random_uuid() FROM lg.candidate;
INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, words, state, legal_basis, candidate_id)
	SELECT 7, gen_random_uuid(), 'web', 'named', 'other', given_name, 'new', 'public_task', id FROM lg.candidate WHERE tenant_id = 7;
INSERT INTO lg.enquiry (tenant_id, id, channel, about, subject, words, state) VALUES (7, gen_random_uuid(), 'web', 'nobody', 'other', 'nobody', 'new'),
	(8, gen_random_uuid(), 'web', 'nobody', 'other', 'of 8', 'new');
INSERT INTO lg.enquiry_thread (tenant_id, enquiry_id, tag, language) SELECT 7, id, upper(translate(substr(md5(id::text), 1, 10), '01', '23')), 'da' FROM lg.enquiry WHERE tenant_id = 7;
INSERT INTO lg.enquiry_mail (tenant_id, id, enquiry_id, way, sort, mail, message_id, hash, office, box)
	SELECT tenant_id, id, id, 'in', 'person', words || '@x.example', id::text, sha256('x'), tenant_id, 'x' FROM lg.enquiry;
INSERT INTO lg.enquiry_mail (tenant_id, id, way, sort, mail, message_id, hash, office, box) VALUES (7, gen_random_uuid(), 'in', 'bulk', 'aside@x.example', 'a', sha256('x'), 7, 'x');
INSERT INTO lg.enquiry_mail_piece (tenant_id, mail_id, number, box) SELECT tenant_id, id, 0, 'x' FROM lg.enquiry_mail;
INSERT INTO lg.screening (tenant_id, id, candidate_id, family, list_of, answers, result, account_id)
	SELECT 7, gen_random_uuid(), id, 'care', 'today', '{}', 'later', gen_random_uuid() FROM lg.candidate WHERE tenant_id = 7;
INSERT INTO lg.outcome (tenant_id, id, candidate_id, kind, on_day, account_id)
	SELECT 7, gen_random_uuid(), id, 'visit', 'today', gen_random_uuid() FROM lg.candidate WHERE tenant_id = 7;
INSERT INTO lg.employer (tenant_id, id, name, sort_name) VALUES (7, 'eeeeeeee-0000-4000-8000-000000000007', 'Nord', 'nord');
INSERT INTO lg.opening (tenant_id, id, employer_id, title, sort_name, kind, positions) VALUES (7, 'ffffffff-0000-4000-8000-000000000007', 'eeeeeeee-0000-4000-8000-000000000007', 'x', 'x', 'job', 9);
INSERT INTO lg.fast_lane (tenant_id, candidate_id, opening_id, day, score)
	SELECT 7, id, 'ffffffff-0000-4000-8000-000000000007', 'today', 9000 FROM lg.candidate WHERE tenant_id = 7;
INSERT INTO lg.task (tenant_id, what, due, owner, created_by) VALUES (7, 'Tidy up', 'today', gen_random_uuid(), gen_random_uuid());
SELECT lg_gate.session_open(id, 7, sha256(convert_to(split_part(mail, '@', 1), 'UTF8')), 'totp', '', '') FROM lg_gate.account WHERE mail LIKE '%@unit.example' \g /dev/null
COMMIT;
EOF
north=$(enter north)
souths=$(one "SELECT id FROM lg.candidate WHERE given_name = 'South' AND family_name = '1'")
south_unit=$(one "SELECT id FROM lg.unit WHERE tenant_id = 7 AND name = 'South'")
new="INSERT INTO lg.candidate (given_name, family_name, legal_basis, sort_name, unit) VALUES ('X', 'X', 'public_task', 'x'"
for t in candidate candidate_identifier candidate_trigram document document_piece document_word note contact screening outcome fast_lane; do
	reacts "a role of North sees North's $t" '^3~$' lg_web "$north SELECT count(*) FROM lg.$t; COMMIT;"
done
reacts "and nobody else's" '^North~$' lg_web "$north SELECT string_agg(DISTINCT given_name, ' ') FROM lg.candidate; COMMIT;"
reacts "its notes are of its own" '^North~$' lg_web "$north SELECT string_agg(DISTINCT text, ' ') FROM lg.note; COMMIT;"
reacts "tasks of North, and of nobody" '^North Tidy up~$' lg_web "$north SELECT string_agg(DISTINCT what, ' ' ORDER BY what) FROM lg.task; COMMIT;"
reacts "enquiries about North's, and about nobody" '^North nobody~$' lg_web "$north SELECT string_agg(DISTINCT words, ' ' ORDER BY words) FROM lg.enquiry; COMMIT;"
reacts "an enquiry moved to South's" 'violates row-level security policy' lg_web "$north UPDATE lg.enquiry SET candidate_id = '$souths', about = 'named', legal_basis = 'public_task' WHERE words = 'nobody'; COMMIT;"
reacts "mails of North's, of nobody's and set aside" '^North@x.example aside@x.example nobody@x.example~$' lg_web "$north SELECT string_agg(DISTINCT mail, ' ' ORDER BY mail) FROM lg.enquiry_mail; COMMIT;"
reacts "and their pieces and threads" '^5\|4~$' lg_web "$north SELECT (SELECT count(*) FROM lg.enquiry_mail_piece), (SELECT count(*) FROM lg.enquiry_thread); COMMIT;"
reacts "a screening of South's" 'violates row-level security policy' lg_web "$north INSERT INTO lg.screening (id, candidate_id, family, list_of, answers, result, account_id)
	VALUES (gen_random_uuid(), '$souths', 'care', 'today', '{}', 'later', gen_random_uuid()); COMMIT;"
reacts "what became of South's" 'violates row-level security policy' lg_web "$north INSERT INTO lg.outcome (id, candidate_id, kind, on_day, account_id)
	VALUES (gen_random_uuid(), '$souths', 'visit', 'today', gen_random_uuid()); COMMIT;"
reacts "the fast lane of South's" '^0~$' lg_web "$north WITH u AS (UPDATE lg.fast_lane SET score = 1 WHERE candidate_id = '$souths' RETURNING 1) SELECT count(*) FROM u; ROLLBACK;"
reacts "or one moved to South's" 'violates row-level security policy' lg_web "$north UPDATE lg.fast_lane SET candidate_id = '$souths'; COMMIT;"
reacts "a pair that nobody found" 'permission denied' lg_web "$north INSERT INTO lg.fast_lane (candidate_id, opening_id, day, score)
	SELECT id, 'ffffffff-0000-4000-8000-000000000007', 'today', 9000 FROM lg.candidate LIMIT 1; COMMIT;"
reacts "update hits North's" '^3\|t~$' lg_web "$north WITH u AS (UPDATE lg.candidate SET next_step = 'x' RETURNING given_name) SELECT count(*), bool_and(given_name = 'North') FROM u; ROLLBACK;"
reacts "delete hits North's" '^3~$' lg_web "$north WITH d AS (DELETE FROM lg.note RETURNING 1) SELECT count(*) FROM d; ROLLBACK;"
reacts "without reading a column too" '^6~$' postgres "$north SET LOCAL ROLE lg_web; DELETE FROM lg.candidate; RESET ROLE; SELECT count(*) FROM lg.candidate; ROLLBACK;"
reacts "South's by its id" '^0~$' lg_web "$north SELECT count(*) FROM lg.candidate WHERE id = '$souths'; COMMIT;"
reacts "taking one of South's" '^0~$' lg_web "$north WITH u AS (UPDATE lg.candidate SET unit = (lg_gate.units())[1] WHERE id = '$souths' RETURNING 1) SELECT count(*) FROM u; ROLLBACK;"
reacts "moving one to South" 'violates row-level security policy' lg_web "$north UPDATE lg.candidate SET unit = '$south_unit'; COMMIT;"
reacts "moving one to no unit" 'violates row-level security policy' lg_web "$north UPDATE lg.candidate SET unit = NULL; COMMIT;"
reacts "a new one of South" 'violates row-level security policy' lg_web "$north $new, '$south_unit'); COMMIT;"
reacts "a new one of no unit" 'violates row-level security policy' lg_web "$north $new, NULL); COMMIT;"
reacts "a new one of one's own" '^1~$' lg_web "$north WITH i AS ($new, (lg_gate.units())[1]) RETURNING 1) SELECT count(*) FROM i; ROLLBACK;"
reacts "a unit of another office" 'violates foreign key' lg_web "$in7 $new, '$(one "SELECT id FROM lg.unit WHERE tenant_id = 8 AND name = 'North'")'); COMMIT;"
reacts "ON CONFLICT with one of South's" 'violates row-level security policy' lg_web "$north INSERT INTO lg.candidate (id, given_name, family_name, legal_basis, sort_name, unit)
	VALUES ('$souths', 'X', 'X', 'public_task', 'x', (lg_gate.units())[1]) ON CONFLICT (tenant_id, id) DO UPDATE SET sort_name = 'hacked'; COMMIT;"
reacts "a note on South's" 'violates row-level security policy' lg_web "$north INSERT INTO lg.note (candidate_id, account_id, text) VALUES ('$souths', gen_random_uuid(), 'x'); COMMIT;"
reacts "on one that there is not: the same words" 'violates row-level security policy' lg_web "$north INSERT INTO lg.note (candidate_id, account_id, text) VALUES (gen_random_uuid(), gen_random_uuid(), 'x'); COMMIT;"
reacts "a task moved to South's" 'violates row-level security policy' lg_web "$north UPDATE lg.task SET candidate_id = '$souths'; COMMIT;"
reacts "a number for South's" 'violates row-level security policy' lg_web "$north INSERT INTO lg.candidate_identifier (candidate_id, position, kind, blind, box, masked) VALUES ('$souths', 1, 'x', sha256('x'), 'x', 'x'); COMMIT;"
reacts "units cut off the context" 'ERROR:  no tenant context' lg_web "$north SELECT set_config('lg.ctx', regexp_replace(current_setting('lg.ctx'), '[^|]*\$', ''), true) \g /dev/null
	SELECT count(*) FROM lg.candidate;"
for who in whole:9 mixed:9 deputy:3 both:6 all:9 part:3 past:3 none:0 case7:9; do
	reacts "${who%:*} sees ${who#*:}" "^${who#*:}~\$" lg_web "$(enter "${who%:*}") SELECT count(*) FROM lg.candidate; COMMIT;"
done
reacts "who has a role of the whole office sees all that hangs on them" '^9\|9\|10~$' lg_web "$(enter whole) SELECT (SELECT count(*) FROM lg.note), (SELECT count(*) FROM lg.contact), (SELECT count(*) FROM lg.task); COMMIT;"
reacts "programs do" '^9~$' lg_web "$(bearer prog7) SELECT count(*) FROM lg.candidate; COMMIT;"
reacts "jobs do" '^9~$' lg_job "$(as_job 7) SELECT count(*) FROM lg.candidate; COMMIT;"
reacts "a role that is given opens at once" '^9~$' lg_web "$admin7 INSERT INTO lg.member_role (member_id, role) SELECT id, 'reader' FROM lg.member WHERE name = 'north'; COMMIT;
	$north SELECT count(*) FROM lg.candidate; COMMIT;"
reacts "and closes when it is taken" '^3~$' lg_web "$admin7 DELETE FROM lg.member_role WHERE role = 'reader'; COMMIT; $north SELECT count(*) FROM lg.candidate; COMMIT;"

echo "# The hotline"
reacts "a name without a basis" 'violates check constraint "basis_before_name"' lg_web "$in7 UPDATE lg.enquiry SET caller_name = 'Karen Holm' WHERE words = 'nobody'; COMMIT;"
reacts "a person without a basis" 'violates check constraint "basis_before_name"' lg_web "$in7 INSERT INTO lg.enquiry (id, channel, about, subject, words, state, person_name)
	VALUES (gen_random_uuid(), 'web', 'named', 'other', 'x', 'new', 'Olena Koval'); COMMIT;"
reacts "the basis taken away from under a name" 'violates check constraint "basis_before_name"' lg_web "$in7 UPDATE lg.enquiry SET legal_basis = NULL WHERE candidate_id IS NOT NULL; COMMIT;"
reacts "what is new has an owner" 'violates check constraint "one_owner"' lg_web "$in7 UPDATE lg.enquiry SET owner = gen_random_uuid() WHERE state = 'new'; COMMIT;"
reacts "what is taken has none" 'violates check constraint "one_owner"' lg_web "$in7 UPDATE lg.enquiry SET state = 'assigned' WHERE state = 'new'; COMMIT;"
reacts "another office's enquiries" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.enquiry WHERE words <> 'of 8'; COMMIT;"
reacts "a public form reads none" '^0~$' lg_web "$(public 7) SELECT count(*) FROM lg.enquiry; COMMIT;"
reacts "and writes none" 'violates row-level security policy' lg_web "$(public 7) INSERT INTO lg.enquiry (id, channel, about, subject, words, state)
	VALUES (gen_random_uuid(), 'web', 'nobody', 'other', 'x', 'new'); COMMIT;"
reacts "another office's mails" '^1\|1\|0~$' lg_web "$in8 SELECT (SELECT count(*) FROM lg.enquiry_mail), (SELECT count(*) FROM lg.enquiry_mail_piece), (SELECT count(*) FROM lg.enquiry_thread); COMMIT;"
reacts "a public form reads none of them" '^0~$' lg_web "$(public 7) SELECT count(*) FROM lg.enquiry_mail; COMMIT;"
reacts "and gives none" 'violates row-level security policy' lg_web "$(public 7) INSERT INTO lg.enquiry_mail (id, way, sort, mail, message_id, hash, box)
	VALUES (gen_random_uuid(), 'in', 'person', 'x@x.example', 'x', sha256('x'), 'x'); COMMIT;"
reacts "the same mail once more" 'duplicate key value' lg_web "$in7 INSERT INTO lg.enquiry_mail (id, way, sort, mail, message_id, hash, box)
	VALUES (gen_random_uuid(), 'in', 'person', 'x@x.example', 'a', sha256('x'), 'x'); COMMIT;"
reacts "pages read what a mail in the outbox says" 'permission denied' lg_web "$in7 SELECT data FROM lg.outbox; COMMIT;"
reacts "a call of an office" '^7~$' lg_web "$in7 WITH i AS (INSERT INTO lg.call (source, call, began, state, caller_number, caller_digits)
	VALUES (gen_random_uuid(), 'wall', now(), 'ringing', '+4586123456', '86123456') RETURNING tenant_id) SELECT tenant_id FROM i; COMMIT;"
reacts "is not another's" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.call WHERE call = 'wall'; COMMIT;"
reacts "nor taken by another" '^0~$' lg_web "$in8 WITH u AS (UPDATE lg.call SET agent = gen_random_uuid() RETURNING call) SELECT count(*) FROM u WHERE call = 'wall'; COMMIT;"
reacts "nor led to another's enquiry" 'violates foreign key constraint' lg_web "$in8 INSERT INTO lg.call (source, call, began, state, enquiry_id)
	SELECT gen_random_uuid(), 'wall', now(), 'ringing', '$(one "SELECT id FROM lg.enquiry WHERE tenant_id = 7 LIMIT 1")'; COMMIT;"
reacts "a name in place of a number" 'violates check constraint' lg_web "$in7 UPDATE lg.call SET caller_number = 'Karen Holm' WHERE call = 'wall'; COMMIT;"
reacts "a public form reads no calls" '^0~$' lg_web "$(public 7) SELECT count(*) FROM lg.call; COMMIT;"
reacts "an extension given by another office" 'violates row-level security policy' lg_web "$in8 INSERT INTO lg.call_extension (tenant_id, account_id, extension)
	VALUES (7, gen_random_uuid(), '201'); COMMIT;"
reacts "a caseworker makes an entrance" 'violates row-level security policy' lg_web "$in7 INSERT INTO lg.entrance (id, name, phone) VALUES (gen_random_uuid(), 'x', '1'); COMMIT;"
reacts "what everybody reads is written by the trigger alone" 'permission denied' lg_web "$admin7 UPDATE lg_ref.entrance SET phone = '1'; COMMIT;"
reacts "an administrator shows one, and everybody reads it" '^7~$' lg_web "$admin7 INSERT INTO lg.entrance (id, name, phone, published, hours) VALUES (gen_random_uuid(), 'x', '1', true, 'mon 08:00-09:00'); COMMIT;
	$(public 7) SELECT office FROM lg_ref.entrance; COMMIT;"
reacts "hidden again, it is gone" '^0~$' lg_web "$admin7 UPDATE lg.entrance SET published = false; COMMIT; $in8 SELECT count(*) FROM lg_ref.entrance; COMMIT;"
# The form on the public page: one function, which writes what the form has, where the entrance takes it.
sends() { echo "SELECT lg_gate.enquiry_web('$1', '10.0.0.9', '$2', NULL, now(), '{abc}', 'box');"; }
asked='{"subject": "other", "words": "by form", "caller_mail": "x@x.example"}'
form=00000000-0000-4000-8000-00000000f0f0
reacts "a form where no entrance is shown" 'takes no enquiries by a form' lg_web "$(public 7) $(sends "$form" "$asked") COMMIT;"
reacts "where the web is none of the ways in" 'takes no enquiries by a form' lg_web "$admin7 UPDATE lg.entrance SET published = true, channels = '{phone}'; COMMIT;
	$(public 7) $(sends "$form" "$asked") COMMIT;"
reacts "where it is one, it is written" '^0~7\|web\|new\|\|\|nobody\|\|\|~$' lg_web "$admin7 UPDATE lg.entrance SET channels = '{phone,web}', municipalities = '[{\"municipality\": \"DK-0730\"}]'; COMMIT;
	$(public 7) $(sends "$form" "$asked") COMMIT; $in7 SELECT tenant_id, channel, state, owner, created_by, about, legal_basis, caller_name, candidate_id FROM lg.enquiry WHERE words = 'by form'; COMMIT;"
reacts "the form reads none of it" '^0~$' lg_web "$(public 7) SELECT (SELECT count(*) FROM lg.enquiry) + (SELECT count(*) FROM lg.enquiry_trigram) + (SELECT count(*) FROM lg.person_key); COMMIT;"
reacts "nor does another office" '^0~$' lg_web "$in8 SELECT count(*) FROM lg.enquiry WHERE words = 'by form'; COMMIT;"
reacts "it writes no other columns" '^0~~\|\|\|nobody\|new\|phoned~$' lg_web "$(public 7) $(sends 00000000-0000-4000-8000-00000000f0f1 '{"subject": "other", "words": "by form 2", "caller_mail": "x@x.example", "caller_name": "Karen Holm", "person_name": "Olena", "legal_basis": "public_task", "about": "named", "state": "closed", "outcome": "answered", "tenant_id": 8, "owner": "00000000-0000-4000-8000-00000000f0f1", "caller_place": "phoned"}') COMMIT;
	$in7 SELECT NULL; SELECT caller_name, person_name, legal_basis, about, state, caller_place FROM lg.enquiry WHERE words = 'by form 2'; COMMIT;"
reacts "nobody can be reached" 'violates row-level security policy' lg_web "$(public 7) $(sends "$(one "SELECT gen_random_uuid()")" '{"subject": "other", "words": "x"}') COMMIT;"
reacts "more words than the form takes" 'violates row-level security policy' lg_web "$(public 7) SELECT lg_gate.enquiry_web(gen_random_uuid(), 'a', jsonb_build_object('subject', 'other', 'words', repeat('x', 2001), 'caller_mail', 'x@x.example'), NULL, now(), '{}', 'box'); COMMIT;"
reacts "a municipality that is not covered" 'not covered' lg_web "$(public 7) $(sends "$(one "SELECT gen_random_uuid()")" '{"subject": "other", "words": "x", "caller_mail": "x@x.example", "municipality": "DK-0101"}') COMMIT;"
reacts "over an enquiry that is there" 'duplicate key value' lg_web "$(public 7) $(sends "$form" "$asked") COMMIT;"
reacts "in an office without an entrance" 'takes no enquiries by a form' lg_web "$(public 8) $(sends "$(one "SELECT gen_random_uuid()")" "$asked") COMMIT;"
reacts "by a page that only reads" 'for the form without an account' lg_web "BEGIN; SELECT lg_gate.enter_public(7, 'hotline') \g /dev/null
	$(sends "$(one "SELECT gen_random_uuid()")" "$asked") COMMIT;"
reacts "by a session" 'for the form without an account' lg_web "$in7 $(sends "$(one "SELECT gen_random_uuid()")" "$asked") COMMIT;"
reacts "by nobody" 'no tenant context' lg_web "$(sends "$form" "$asked")"
reacts "by a job" 'permission denied for function enquiry_web' lg_job "$(as_job 7) $(sends "$form" "$asked") COMMIT;"
reacts "more than an address may in an hour" '^t~$' lg_web "$(public 7) SELECT max(lg_gate.enquiry_web(gen_random_uuid(), '10.0.0.8', '$asked', NULL, now(), '{}', 'box')) > 0 FROM generate_series(1, 21); ROLLBACK;"
reacts "the limits are not the form's to change" 'permission denied for table throttle_limit' lg_web "$(public 7) UPDATE lg_gate.throttle_limit SET most = 1000; COMMIT;"
reacts "and it is taken away again" '^0~$' lg_web "$admin7 DELETE FROM lg.enquiry WHERE words LIKE 'by form%'; UPDATE lg.entrance SET published = false; COMMIT; $in8 SELECT count(*) FROM lg_ref.entrance; COMMIT;"
reacts "a caseworker says which municipality the office is" 'this is for administrators' lg_web "$in7 SELECT lg_gate.change_tenant_code('0730'); COMMIT;"
reacts "no code at all" 'no code of a municipality' lg_web "$admin7 SELECT lg_gate.change_tenant_code('x'); COMMIT;"
reacts "an answer is published by who wrote it" 'violates check constraint "four_eyes"' lg_web "$in7 INSERT INTO lg.article (id, title, subject, words, state, author, changed_by, published_by, published_at)
	SELECT gen_random_uuid(), 'x', 'other', 'x', 'published', a, a, a, now() FROM (SELECT gen_random_uuid() AS a) x; COMMIT;"

echo "# Colleagues whom a hotline may recognise: 7 is an office in DK-0730, 8 and 9 have hotlines, that of 8 is for it"
agent() { echo "BEGIN; SELECT lg_gate.sign('$1|${2-staff}|11111111-0000-4000-8000-000000000001||${3-hotline}|') \g /dev/null
	SET LOCAL ROLE lg_web;"; }
finds="SELECT count(*) FROM lg_gate.known_callers('86123456', '{}', '{}', NULL);"
one "UPDATE lg_ref.tenant SET official_code = '0730' WHERE id = 7" >/dev/null
for t in 8 9; do
	one "INSERT INTO lg.entrance (tenant_id, id, name, phone, published, municipalities) VALUES ($t, gen_random_uuid(), 'Hotline $t', '1', true, '[{\"municipality\": \"DK-073$((t - 8))\"}]')" >/dev/null
done
reacts "nobody is known before the office says so" '^0~$' postgres "UPDATE lg.member SET phone = '86 12 34 56' WHERE tenant_id = 7 AND name LIKE 'Member case7@%';
	$(agent 8) $finds COMMIT;"
reacts "a caseworker says so" 'violates row-level security policy "administrator_insert"' lg_web "$in7 INSERT INTO lg.caller_showing DEFAULT VALUES; COMMIT;"
reacts "an administrator of another office says so" 'violates row-level security policy "wall"' lg_web "$(enter admin8) INSERT INTO lg.caller_showing (tenant_id) VALUES (7); COMMIT;"
reacts "their administrator does" '^$' lg_web "$admin7 INSERT INTO lg.caller_showing DEFAULT VALUES; COMMIT;"
reacts "an agent of the hotline that is for them finds one" '^Member case7@office.example\|[A-Z][a-z 7]+\|DK-0730\|86 12 34 56~$' postgres "$(agent 8)
	SELECT name, office, municipality, phone FROM lg_gate.known_callers('86123456', '{}', '{}', NULL); COMMIT;"
reacts "one of a hotline that is not, does not" '^0~$' postgres "$(agent 9) $finds COMMIT;"
reacts "nor by the name" '^0~$' postgres "$(agent 9) SELECT count(*) FROM lg_gate.known_callers('', '{case7}', '{}', NULL); COMMIT;"
reacts "nor by the id" '^0~$' postgres "$(agent 9) SELECT count(*) FROM lg_gate.known_callers('', '{}', '{}', '$(one "SELECT id FROM lg.member WHERE tenant_id = 7 AND name LIKE 'Member case7@%'")'); COMMIT;"
reacts "nor an agent of the office itself" '^0~$' postgres "$(agent 7) $finds COMMIT;"
for who in caseworker administrator leader read_only; do
	reacts "a $who of the hotline's office finds nobody" 'this is for those who answer a hotline' postgres "$(agent 8 staff $who) $finds COMMIT;"
done
for kind in client candidate employer public job; do
	reacts "nor does a $kind, whatever its roles" 'this is for those who answer a hotline' postgres "$(agent 8 $kind) $finds COMMIT;"
done
reacts "nor who has no context" 'no tenant context' lg_web "$finds"
reacts "nor the jobs" 'permission denied for function known_callers' lg_job "$(job 8) $finds COMMIT;"
for what in "SELECT count(*) FROM lg.known_caller" "DELETE FROM lg.known_caller" "UPDATE lg.known_caller SET until = 'infinity'" \
	"INSERT INTO lg.known_caller VALUES (7, 8, gen_random_uuid(), 'x', '86123456', '86123456', '', 'infinity')"; do
	reacts "an agent by SQL: $what" 'permission denied for table known_caller' postgres "$(agent 8) $what; COMMIT;"
	reacts "an administrator of the office by SQL: $what" 'permission denied for table known_caller' lg_web "$admin7 $what; COMMIT;"
done
reacts "members of another office stay unseen" '^0~$' postgres "$(agent 8) SELECT count(*) FROM lg.member WHERE tenant_id = 7; COMMIT;"
reacts "whether another office says so stays unseen" '^0~$' postgres "$(agent 8) SELECT count(*) FROM lg.caller_showing; COMMIT;"
reacts "rows are made by nobody's call" 'permission denied for function known_callers_put' lg_web "$admin7 SELECT lg_gate.known_callers_put(8, NULL); COMMIT;"
reacts "a short number, one letter, no letter and a pattern find nobody" '^0~$' postgres "$(agent 8) SELECT count(*) FROM (VALUES ('3456', '{}'::text[]), ('', '{m}'), ('', '{\"\"}'), ('', '{%}'),
	('', '{.*}'), ('', '{ember}')) v(d, w), LATERAL lg_gate.known_callers(v.d, v.w, '{}', NULL) k; COMMIT;"
one "INSERT INTO lg_gate.account (mail) SELECT 'many' || g || '@office.example' FROM generate_series(1, 40) g; INSERT INTO lg.member (tenant_id, account_id, kind, name, phone, accepted)
	SELECT 7, a.id, 'staff', 'Member ' || a.mail, '86123456', now() FROM lg_gate.account a WHERE a.mail LIKE 'many%'" >/dev/null
reacts "of forty-one, eight are told at most" '^8~8~8~$' postgres "$(agent 8) $finds SELECT count(*) FROM lg_gate.known_callers('', '{member}', '{}', NULL);
	SELECT count(*) FROM lg_gate.known_callers('', '{}', ARRAY[(SELECT name FROM lg_ref.tenant WHERE id = 7)], NULL); COMMIT;"
one "DELETE FROM lg.member WHERE name LIKE 'Member many%'; DELETE FROM lg_gate.account WHERE mail LIKE 'many%'" >/dev/null
reacts "another says no for them" '^1~$' postgres "$(agent 8) SELECT lg_gate.show_me(false) \g /dev/null
	$finds COMMIT;"
reacts "they themselves do" '^0~$' postgres "SET ROLE lg_web; $in7 SELECT lg_gate.show_me(false) \g /dev/null
	COMMIT; RESET ROLE; $(agent 8) $finds COMMIT;"
reacts "and yes again" '^1~$' postgres "SET ROLE lg_web; $in7 SELECT lg_gate.show_me(true) \g /dev/null
	COMMIT; RESET ROLE; $(agent 8) $finds COMMIT;"
reacts "an administrator says it for them" 'permission denied' lg_web "$admin7 UPDATE lg.member SET shown_to_hotline = true; COMMIT;"
reacts "a program says it" 'this is for colleagues' postgres "$(agent 7 client) SELECT lg_gate.show_me(true); COMMIT;"
reacts "whose last day is over is nobody" '^0~$' postgres "BEGIN; UPDATE lg.member SET valid_to = current_date - 2 WHERE tenant_id = 7 AND name LIKE 'Member case7@%';
	SELECT lg_gate.sign('8|staff|11111111-0000-4000-8000-000000000001||hotline|') \g /dev/null
	SET LOCAL ROLE lg_web; $finds ROLLBACK;"
reacts "it ends with the office's no, in the same transaction" '^0~$' postgres "BEGIN; DELETE FROM lg.caller_showing WHERE tenant_id = 7; SELECT lg_gate.sign('8|staff|11111111-0000-4000-8000-000000000001||hotline|') \g /dev/null
	SET LOCAL ROLE lg_web; $finds ROLLBACK;"
reacts "and with the entrance" '^0~$' postgres "BEGIN; UPDATE lg.entrance SET municipalities = '[]' WHERE tenant_id = 8; SELECT lg_gate.sign('8|staff|11111111-0000-4000-8000-000000000001||hotline|') \g /dev/null
	SET LOCAL ROLE lg_web; $finds ROLLBACK;"
# While an entrance comes to be for them, they take themselves out: whichever is first, they are out afterwards.
{ printf '%s\n' "BEGIN; UPDATE lg.entrance SET municipalities = '[{\"municipality\": \"DK-0730\"}, {\"municipality\": \"DK-0731\"}]' WHERE tenant_id = 9; SELECT pg_sleep(1); COMMIT;" | as postgres >/dev/null; } &
sleep 0.3
printf '%s\n' "$in7 SELECT lg_gate.show_me(false); COMMIT;" | as lg_web >/dev/null
wait $!
reacts "two at the same moment leave nobody behind" '^0~$' postgres "SELECT count(*) FROM lg.known_caller"
one "DELETE FROM lg.caller_showing; UPDATE lg.member SET phone = '', shown_to_hotline = true WHERE tenant_id = 7; DELETE FROM lg.entrance WHERE tenant_id IN (8, 9); UPDATE lg_ref.tenant SET official_code = '' WHERE id = 7" >/dev/null
reacts "and it is taken away again" '^0~$' postgres "SELECT count(*) FROM lg.known_caller"

echo "# Offices that merge"
for call in "tenant_merge_plan(7, 8, current_date, '', true, true, '')" "tenant_merge_cancel(7, '')" "tenant_merge_list()" "tenant_merge_rows(7, 8)" \
	"tenant_merge_clashes(7, 8)" "tenant_merge_shut(7)" "tenant_merge_begin(7)" "tenant_merge_copy(7, 'lg.fx_person', NULL)" "tenant_merge_clear(7, 'lg.fx_person')" \
	"tenant_merge_finish(7)" "tenant_merge_failed(7, '')" "tenant_merges_due()" "client_before(gen_random_uuid(), '')"; do
	reacts "an administrator calls ${call%%(*}" 'permission denied' lg_web "$admin7 SELECT lg_gate.$call; COMMIT;"
done
for call in "tenant_merge_plan(7, 8, current_date, '', true, true, '')" "tenant_merge_cancel(7, '')" "token_before('')"; do
	reacts "the jobs process calls ${call%%(*}" 'permission denied' lg_job "SELECT lg_gate.$call;"
done
reacts "an administrator writes a merge down" 'permission denied' lg_web "$admin7 INSERT INTO lg.tenant_merge (into_tenant, on_date, narrow, administrators, from_name, into_name) VALUES (8, current_date, false, true, 'x', 'y'); COMMIT;"
reacts "a form that says it merges sees nothing" '^0~$' lg_web "BEGIN; SELECT lg_gate.enter_public(7, 'tenant_merge') \g /dev/null
	SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "a job that says it merges sees its own" '^10\|t~$' lg_job "BEGIN; SELECT lg_gate.enter_job(7, 'tenant_merge') \g /dev/null
	SELECT count(*), bool_and(tenant_id = 7) FROM lg.fx_person; COMMIT;"
reacts "and moves nothing out of it" 'violates row-level security policy' lg_job "BEGIN; SELECT lg_gate.enter_job(7, 'tenant_merge') \g /dev/null
	UPDATE lg.fx_person SET tenant_id = 8; COMMIT;"
reacts "nothing runs that nobody planned" 'no merge is running' lg_job "SELECT lg_gate.tenant_merge_copy(7, 'lg.fx_person', NULL);"
reacts "nor is anything shut" '^f~$' lg_job "SELECT lg_gate.tenant_merge_shut(7);"
reacts "one is planned from the console" '^~$' lg_auth "SELECT lg_gate.tenant_merge_plan(7, 8, current_date + 2, '', true, true, 'x');"
reacts "its day is waited for" '^f~$' lg_job "SELECT lg_gate.tenant_merge_shut(7);"
for who in admin7:1 admin8:1 admin9:0; do
	reacts "${who%:*} sees ${who#*:}" "^${who#*:}~\$" lg_web "$(enter "${who%:*}") SELECT count(*) FROM lg.tenant_merge; COMMIT;"
done
reacts "the receiving office does not change it" 'permission denied' lg_web "$(enter admin8) UPDATE lg.tenant_merge SET on_date = current_date; COMMIT;"
as postgres -c "UPDATE lg_gate.tenant_merge_due SET on_date = current_date - 1" >/dev/null
reacts "then both are shut" '^t~$' lg_job "SELECT lg_gate.tenant_merge_shut(7);"
reacts "once" '^f~$' lg_job "SELECT lg_gate.tenant_merge_shut(7);"
for who in case7 admin8; do
	reacts "the session of $who opens nothing" 'no session' lg_web "$(enter $who) SELECT count(*) FROM lg.fx_person; COMMIT;"
done
reacts "nor does the program's token" 'no session' lg_web "$(bearer prog7) SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "nor a form" 'is being merged' lg_web "$(public 8) SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "nor another job" 'is being merged' lg_job "$(as_job 7) SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "nobody signs in" 'is being merged' lg_auth "SELECT lg_gate.session_open(a.account, 7, sha256('again'), 'totp', '', '') FROM lg_gate.account_by_mail('case7@office.example') a;"
reacts "or changes over to it" 'is being merged' lg_auth "SELECT lg_gate.create_member(7, a.account, 'staff', 'x', NULL, '{}') FROM lg_gate.account_by_mail('case9@office.example') a;"
reacts "others go on" '^10~$' lg_web "$(enter case9) SELECT count(*) FROM lg.fx_person; COMMIT;"
reacts "who brings the old session is told why, and no more" '^shut\|Renamed\|Renamed~$' lg_web "SELECT * FROM lg_gate.token_before(sha256('case7'));"
reacts "who guesses is told nothing" '^$' lg_web "SELECT * FROM lg_gate.token_before(sha256('guess'));"
reacts "it is not begun while somebody is in it still" 'no merge is running' lg_job "SELECT lg_gate.tenant_merge_begin(7);"
reacts "it is too late to call it off" '^f~$' lg_auth "SELECT lg_gate.tenant_merge_cancel(7, '');"
reacts "accounts are no table of an office" 'is not to be moved' lg_job "SELECT lg_gate.tenant_merge_quiet(7) \g /dev/null
	SELECT lg_gate.tenant_merge_copy(7, 'lg_gate.account', NULL);"
reacts "nor is a statement" 'is not to be cleared' lg_job "SELECT lg_gate.tenant_merge_clear(7, 'lg.unit; DROP TABLE lg.unit');"
reacts "what stays is not cleared" 'is not to be cleared' lg_job "SELECT lg_gate.tenant_merge_clear(7, 'lg.audit');"
reacts "nothing is finished of which a row is left" 'were left' lg_job "SELECT lg_gate.tenant_merge_begin(7) \g /dev/null
	SELECT lg_gate.tenant_merge_finish(7);"
reacts "no part of it stays when it ends early" '^10\|10~$' postgres "SELECT count(*) FILTER (WHERE tenant_id = 7), count(*) FILTER (WHERE tenant_id = 8) FROM lg.fx_person;"
reacts "then both are open again" '^~0~$' lg_job "SELECT lg_gate.tenant_merge_failed(7, 'x'); SELECT count(*) FROM lg_ref.tenant WHERE shut IS NOT NULL;"

echo "# What PostgreSQL cannot forbid a role, and what the next start mends"
reacts "the service lames its own sessions to come" '^on~0~$' lg_web "ALTER ROLE lg_web SET default_transaction_read_only = on; ALTER ROLE lg_web SET statement_timeout = 0;
	ALTER ROLE lg_web IN DATABASE landgang RESET ALL; \connect - lg_web
	SHOW default_transaction_read_only; SHOW statement_timeout;"
reacts "but does not settle them" 'permission denied' lg_web "CALL lg_gate.settle_roles();"
reacts "the owner does" '^off~10s~$' postgres "CALL lg_gate.settle_roles(); \connect - lg_web
	SHOW default_transaction_read_only; SHOW statement_timeout;"
said=$(as postgres -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "and all is as it was" $?
finish
