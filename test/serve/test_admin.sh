#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Offices and accounts from the command line: test_admin.sh PROGRAM
. test/serve/serve.sh

# exits NAME STATUS WORDS COMMAND...: its exit status, and what it says (on stderr when it fails)
exits() {
	name=$1 status=$2 words=$3
	shift 3
	said=$("$program" "$@" 2>&1)
	got=$?
	[ $got -eq "$status" ] && printf '%s\n' "$said" | grep -qE -- "$words"
	passed "$name" $?
}

exits "without a database that is said" 3 'there is no database yet' admin offices
LANDGANG_DEMONSTRATION_PEOPLE=40 start_service
passed "a service with a demonstration office" $?
exits "offices are listed" 0 '^1	municipality	' admin offices
exits "templates are listed" 0 '^municipality_dk	municipality	DK	da,uk,en$' admin templates
exits "an office is made" 0 '^2$' admin create-tenant --template hospital --name "Skovby Hospital"
exits "of a template that there is" 3 'there is none "castle"' admin create-tenant --template castle --name X
exits "with a name" 2 '--name: is needed' admin create-tenant --template hospital
exits "and is listed" 0 '^2	hospital	Skovby Hospital$' admin offices
exits "an account is made, with a link" 0 "^http://127.0.0.1:$port/reset/[A-Za-z0-9_-]{43}$" \
	admin create-user --tenant 2 --mail Bo@skovby.example --name Bo --role administrator,caseworker
exits "not a second time" 3 'has an account there already' \
	admin create-user --tenant 2 --mail bo@skovby.example --name Bo --role administrator
exits "nor in an office that there is not" 3 'no such office' admin create-user --tenant 99 --mail x@skovby.example --name X --role caseworker
exits "nor with a role that there is not" 3 'there is no role "king"' admin create-user --tenant 2 --mail y@skovby.example --name Y --role king
exits "a link for another password" 0 "^http://127.0.0.1:$port/reset/" admin reset --mail bo@skovby.example
exits "for those who are there" 3 'nobody signs in' admin reset --mail nobody@skovby.example
exits "what cannot be done is said" 2 'is nothing that can be done' admin rule
exits "help names it all" 0 'create-user --tenant N' help admin

# A plan of the demonstration office, by the jobs process behind its filter; and anew from the command line.
run=$(sql "INSERT INTO lg.run (tenant_id, id, created_by, purpose, asked, candidates, openings, free, decided_candidates, decided_openings,
	n_candidates, n_openings, n_positions) SELECT 1, gen_random_uuid(), gen_random_uuid(), 'test', '{\"objective\": \"people\"}',
	(SELECT array_agg(handle) FROM lg.candidate WHERE tenant_id = 1 AND state = 'available'), array_agg(handle), array_agg(positions - agreed),
	'{}', '{}', 0, 0, 0 FROM lg.opening WHERE tenant_id = 1 AND state = 'open' AND agreed < positions RETURNING id")
run_is() { [ "$(sql "SELECT state FROM lg.run WHERE id = '$run'")" = "$1" ]; }
until_true 30 run_is "done"
passed "a plan is computed" $?
exits "and computed anew: the same" 0 '^result: [0-9a-f]{64} the same$' runs replay "$run"
sql "UPDATE lg.run SET result_hash = sha256('x') WHERE id = '$run'"
exits "another hash is told" 1 '^result: [0-9a-f]{64} ANOTHER' runs replay "$run"
exits "no plan" 3 'is no plan that was computed here' runs replay 11111111-0000-4000-8000-000000000007
exits "only that can be done with plans" 2 'is nothing that can be done' runs play "$run"

mail=$(sed -n 's/^ *\([^ @]*@[^ ]*\) .*/\1/p' "$scratch/out" | head -n 1)
exits "the code of somebody of the demonstration" 0 '^[0-9]{6}$' demo code "$mail"
exits "of nobody" 3 'nobody signs in' demo code nobody@skovby.example

# Two offices become one, by the jobs process behind its filter.
today=$(date +%F)
exits "a merge wants a day" 2 '--on: is needed' admin merge-tenants --from 1 --into 2
exits "one that is" 3 'is no day' admin merge-tenants --from 1 --into 2 --on tomorrow
exits "and is not over" 3 'is over' admin merge-tenants --from 1 --into 2 --on 2020-01-01
exits "and two offices" 3 'are two offices' admin merge-tenants --from 1 --into 1 --on "$today"
exits "it is told what would become of them" 0 '^[1-9][0-9]*	lg.candidate	move	0$' admin merge-tenants --from 1 --into 2 --on "$today" --dry-run
exits "and nothing was planned" 3 'has no merge before it' admin cancel-merge --from 1
exits "one is planned" 0 'cannot be undone' admin merge-tenants --from 1 --into 2 --on 2099-01-01 --why "One hospital"
exits "and listed" 0 '^2099-01-01	planned	1	.*	2	Skovby Hospital$' admin merges
exits "not twice" 3 'is to be merged already' admin merge-tenants --from 1 --into 2 --on "$today"
exits "it is called off" 0 '^$' admin cancel-merge --from 1
people=$(sql "SELECT count(*) FROM lg.candidate WHERE tenant_id = 1")
exits "another is planned for today" 0 'Planned' admin merge-tenants --from 1 --into 2 --on "$today" --why "One hospital"
merged() { [ "$(sql "SELECT merged_into FROM lg_ref.tenant WHERE id = 1")" = 2 ]; }
until_true 60 merged
passed "and done" $?
[ "$people" -gt 0 ] && [ "$(sql "SELECT count(*) FROM lg.candidate WHERE tenant_id = 2")" = "$people" ]
passed "everybody is there" $?
exits "it is listed as done" 0 '	done	1	.*	2	Skovby Hospital$' admin merges
exits "and cannot be called off" 3 'has no merge before it' admin cancel-merge --from 1
sealed() { [ "$(sql "SELECT lg_gate.seal_audit()")" != "" ]; }
sealed
exits "the chains of both hold" 0 '' audit verify
stop_service
exits "in trial mode the service must run" 3 '"landgang serve" must run' admin offices
finish
