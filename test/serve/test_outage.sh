#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# The service on a database of its operator's: test_outage.sh PROGRAM. It is brought up to date first, it goes away (OUTAGE seconds, by
# default 6) and comes back.
. test/serve/serve.sh
pg=$scratch/pg
AUTH=scram-sha-256 "$cluster" start "$pg" $$ || echo "Bail out! no database"
export DATABASE_URL="postgresql://postgres@/landgang?host=$pg"

said=$(timeout 20 "$program" serve 2>&1)
code=$?
[ $code -eq 3 ] && printf '%s' "$said" | grep -q 'run "landgang migrate"'
passed "an old schema is refused, with what to do" $?
said=$("$program" migrate --look) && printf '%s' "$said" | grep -q '0 files were run; [1-9][0-9]* are to be run'
passed "what would be done is told" $?
said=$("$program" migrate) && printf '%s' "$said" | grep -q '0 files were run before, [1-9][0-9]* now; 4 roles'
passed "migrate does it" $?
said=$("$program" migrate) && printf '%s' "$said" | grep -q ' before, 0 now'
passed "a second time there is nothing to do" $?
sql "INSERT INTO landgang_migration VALUES (9999, '9999_future', '')"
said=$(timeout 20 "$program" serve 2>&1)
code=$?
[ $code -eq 3 ] && printf '%s' "$said" | grep -q 'newer than this program'
passed "a newer schema is refused" $?
sql "DELETE FROM landgang_migration WHERE number = 9999"

# Whoever serves needs nobody's name, and sees it all the same.
sql "UPDATE landgang_migration SET number = number + 1000 WHERE number = (SELECT max(number) FROM landgang_migration)"
said=$(DATABASE_URL="postgresql:///landgang?host=$pg" timeout 20 "$program" serve 2>&1)
code=$?
[ $code -eq 3 ] && printf '%s' "$said" | grep -q 'newer than this program'
passed "also by whoever may only look" $?
sql "UPDATE landgang_migration SET number = number - 2000 WHERE number > 1000"
said=$(DATABASE_URL="postgresql:///landgang?host=$pg" timeout 20 "$program" serve 2>&1)
code=$?
[ $code -eq 3 ] && printf '%s' "$said" | grep -q 'run "landgang migrate"'
passed "and an old one" $?
sql "UPDATE landgang_migration SET number = number + 1000 WHERE number < 0"

# Whoever serves needs nobody's name: the roles have their own.
export DATABASE_URL="postgresql:///landgang?host=$pg"
start_service
passed "the service stands on it" $?
said=$(sql "SELECT DISTINCT usename FROM pg_stat_activity WHERE usename LIKE 'lg_%' ORDER BY 1" | tr '\n' ' ')
printf '%s' "$said" | grep -q lg_web && ! printf '%s' "$said" | grep -qE 'postgres|lg_owner|lg_gate'
passed "under the roles of its processes" $?

sign_in
[ -n "$cookie" ] && got=$(status "${PAGE-/concepts}")
said="status $got"
[ "$got" != 503 ] && [ "$got" != 303 ]
passed "somebody is signed in" $?
web=$(child web) auth=$(child auth) jobs=$(child jobs)
"$cluster" crash "$pg"
begun=$(now_ms)
until_true 5 is_ill
said="after $(($(now_ms) - begun)) ms"
[ $(($(now_ms) - begun)) -lt 3000 ]
passed "/health says so when the database is gone" $?
worst=0 all=503
ends=$(($(now_ms) + ${OUTAGE-6} * 1000))
while [ "$(now_ms)" -lt $ends ]; do
	begun=$(now_ms)
	got=$(status "${PAGE-/concepts}")
	took=$(($(now_ms) - begun))
	[ $took -le $worst ] || worst=$took
	[ "$got" = 503 ] || all=$got
	sleep 0.2
done
said="worst $worst ms, last that was not 503: $all"
[ "$all" = 503 ] && [ $worst -lt 2000 ]
passed "meanwhile pages are refused with 503 within two seconds" $?
"$cluster" again "$pg"
begun=$(now_ms)
until_true 10 is_healthy
code=$?
said="after $(($(now_ms) - begun)) ms"
passed "it recovers by itself" $code
[ "$web $auth $jobs" = "$(child web) $(child auth) $(child jobs)" ]
passed "and none of its processes was started again" $?
got=$(status "${PAGE-/concepts}")
said="status $got"
[ "$got" != 503 ]
passed "pages are served again" $?

# A database that hangs is worse than one that is gone: nobody says so.
server=$(head -n 1 "$pg/data/postmaster.pid")
stopped="$server $(pgrep -P "$server")"
# shellcheck disable=SC2086 # several
kill -STOP $stopped
sleep 0.5
worst=0 all=503
for _ in 1 2 3; do
	begun=$(now_ms)
	got=$(status "${PAGE-/concepts}")
	took=$(($(now_ms) - begun))
	[ $took -le $worst ] || worst=$took
	[ "$got" = 503 ] || all=$got
done
until_true 5 is_ill
ill=$?
# shellcheck disable=SC2086
kill -CONT $stopped
said="worst $worst ms, last that was not 503: $all; health $ill"
[ $ill = 0 ]
passed "/health says so when the database hangs" $?
[ "$all" = 503 ]
passed "and pages are refused, after $worst ms at most" $?
until_true 10 is_healthy
passed "it recovers from that, too" $?

pids=$(all_pids)
stop_service
code=$?
said="exit status $code"
[ $code -eq 0 ] && until_true 1 gone
passed "it ends" $?
[ "$(sql 'SELECT 1')" = 1 ]
passed "the database, which is not its own, does not" $?
finish
