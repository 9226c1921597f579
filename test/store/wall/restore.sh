#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Who runs the schema, and what becomes of it in a dump: an owner who is no superuser makes a sound wall; a database that was
# restored from a dump has it whole, and its audit goes on.
. test/store/wall/common.sh
as postgres -f test/store/wall/fixture.sql
elsewhere=$(mktemp -d /tmp/landgang-XXXXXX)
trap 'test/store/cluster.sh stop "$cluster"; test/store/cluster.sh stop "$elsewhere"; rm -rf "$scratch"' EXIT
test/store/cluster.sh start "$elsewhere" $$ || echo "Bail out! no second database"
there() {
	role=$1
	shift
	psql -X -A -t -q -h "$elsewhere" -U "$role" "$@" 2>&1
}
answers() {
	said=$(there "$3" -d landgang -c "$4" | tr '\n' '~')
	printf '%s\n' "$said" | grep -qE -- "$2"
	passed "$1" $?
}

there postgres -d postgres -c 'CREATE ROLE operator LOGIN CREATEROLE' -c 'CREATE DATABASE owned OWNER operator'
for file in schema/*.sql; do
	there operator -d owned -v ON_ERROR_STOP=1 -1 -f "$file"
done >"$scratch/said"
said=$(grep ERROR "$scratch/said")
[ -z "$said" ]
passed "an owner with CREATEROLE runs the schema" $?
grep -q 'a superuser should say: ALTER ROLE lg_web SET track_activities = off' "$scratch/said"
passed "and is told what is left to a superuser" $?
said=$(for role in lg_auth lg_web lg_job lg_match; do there postgres -d postgres -c "ALTER ROLE $role SET track_activities = off"; done
	there postgres -d owned -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "who says it, and the wall is sound" $?
said=$(there operator -d owned -c 'CALL lg_gate.settle_roles()' && for role in lg_auth lg_web lg_job lg_match; do there postgres -d postgres -c "ALTER ROLE $role SET track_activities = off"; done
	there postgres -d owned -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "he settles the roles anew" $?
there postgres -d postgres -c 'DROP DATABASE owned' -c 'DROP DATABASE landgang' -c 'DROP ROLE lg_auth, lg_web, lg_job, lg_match, lg_owner, lg_gate, operator'

# Ten thousand transactions, so that the dump comes from a later time than the new cluster's.
as postgres -c "DO \$\$ BEGIN FOR i IN 1..10000 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END \$\$" \
	-c "SELECT lg_gate.sign('7|job||||x'); INSERT INTO lg.audit (tenant_id, actor, kind, verb, entity) VALUES (7, NULL, 'job', 'sealed', 'x')" >/dev/null
as lg_job -c 'SELECT lg_gate.seal_audit()' >/dev/null
as postgres -c "INSERT INTO lg.audit (tenant_id, actor, kind, verb, entity) VALUES (7, NULL, 'job', 'unsealed', 'x')"
{
	pg_dumpall -h "$cluster" -U postgres --roles-only
	pg_dump -h "$cluster" -U postgres -C landgang
} 2>"$scratch/dump" | sed '/ROLE postgres;/d' | there postgres -d postgres -v ON_ERROR_STOP=1 >"$scratch/said"
said=$(cat "$scratch/dump" && grep ERROR "$scratch/said")
[ -z "$said" ]
passed "a dump is restored elsewhere" $?
said=$(there postgres -d landgang -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "the wall came with it, whole" $?
answers "so did the sessions" '^10~$' lg_web "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter(sha256('case7')); END \$\$; SELECT count(*) FROM lg.fx_person; COMMIT"
answers "the chain holds" '^0~$' lg_job "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter_job(7, 'x'); END \$\$; SELECT count(*) FROM lg.verify_audit(); COMMIT"
answers "what was not sealed cannot be, before the new era is called" 'CALL lg.audit_restored' lg_job 'SELECT lg_gate.seal_audit()'
answers "the service does not call it" 'permission denied' lg_web 'CALL lg.audit_restored()'
answers "the owner does" '^2~$' postgres 'CALL lg.audit_restored(); CALL lg.audit_restored(); SELECT max(era) FROM lg_ref.audit_era'
answers "a line of the new era" '^2~$' lg_web "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter(sha256('case7')); INSERT INTO lg.audit (verb, entity) VALUES ('new', 'x'); END \$\$;
	SELECT era FROM lg.audit WHERE verb = 'new'; COMMIT"
answers "is sealed behind the last of the old" '^2~$' lg_job 'SELECT lg_gate.seal_audit()'
answers "in one chain" '^1,1,1,2\|0~$' lg_job "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter_job(7, 'x'); END \$\$; SELECT string_agg(era::text, ',' ORDER BY n), (SELECT count(*) FROM lg.verify_audit())
	FROM lg.audit_seal WHERE stream = 'write'; COMMIT"
answers "a line smuggled into the old era shows" '^write\|3\|a line of this part' postgres "BEGIN; INSERT INTO lg.audit (tenant_id, era, xid, actor, kind, verb, entity) VALUES (7, 1, '99999999', NULL, 'job', 'x', 'y');
	DO \$\$ BEGIN PERFORM lg_gate.sign('7|job||||x'); END \$\$; SET LOCAL ROLE lg_job; SELECT stream, n, why FROM lg.verify_audit(); ROLLBACK"
answers "in a database that was not restored nothing happens" '^2~$' postgres 'CALL lg.audit_restored(); SELECT max(era) FROM lg_ref.audit_era'
finish
