#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# What the wall costs a transaction, in the processor's time of PostgreSQL's backend:  bench/enter.sh [TRANSACTIONS]
# pgbench asks; the server's /proc/PID/stat tells what its ended backends took. The best of three runs counts: others use this machine too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C
n=${1:-4000}
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
dir=$(mktemp -d /tmp/landgang-XXXXXX)
trap 'test/store/cluster.sh stop "$dir" || :; rm -rf "$dir"' EXIT
OPTIONS="-c autovacuum=off" test/store/cluster.sh start "$dir" $$
test/store/cluster.sh schema "$dir"
psql -X -q -h "$dir" -U postgres -d landgang -f bench/enter.sql >/dev/null
server=$(head -n 1 "$dir/data/postmaster.pid")
ticks=$(getconf CLK_TCK)

# Ticks of the children that have ended.
used() { sed 's/.*) //' "/proc/$server/stat" | awk '{ print $14 + $15 }'; }

# costs NAME SQL: milliseconds a transaction; kept in $ms
costs() {
	local best='' before after file=$dir/bench.sql
	printf '%s\n' "$2" >"$file"
	for _ in 1 2 3; do
		before=$(used)
		"$bin/pgbench" -n -M prepared -t "$n" -f "$file" -h "$dir" -U lg_web landgang >"$dir/bench.log" 2>&1 || {
			cat "$dir/bench.log"
			exit 1
		}
		sleep 0.2
		after=$(used)
		best=$(awk -v a="$before" -v b="$after" -v n="$n" -v t="$ticks" -v old="${best:-9}" 'BEGIN { x = (b - a) * 1000 / t / n; print x < old ? x : old }')
	done
	ms=$best
	printf '%-52s %8.3f\n' "$1" "$ms"
}

minus() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a - b }'; }

token='\set t random(1, 300)
\set o random(0, 499)
BEGIN;'
ask="sha256(convert_to('tok'||:t,'UTF8'))"
list='SELECT id, name, level FROM TABLE WHERE WHOSE occupation = :o ORDER BY id LIMIT 50;'
ours=${list/TABLE/lg.bench} ours=${ours/WHOSE /}
plain=${list/TABLE/old.plain} plain=${plain/WHOSE/tenant_id = :t AND}
# times N SQL
times() { for _ in $(seq "$1"); do echo "$2"; done; }

echo "Backend's processor time, ms a transaction (best of 3 x $n)"
costs "begin, commit" 'BEGIN;
COMMIT;'
empty=$ms
costs "begin, a statement, commit" "$token
SELECT sha256($ask);
COMMIT;"
statement=$ms
costs "begin, enter, commit" "$token
SELECT lg_gate.enter($ask);
COMMIT;"
enter=$ms
costs "the same in the first form" "$token
SELECT old.enter($ask);
COMMIT;"
old_enter=$ms
costs "enter, 10 times tenant()" "$token
SELECT lg_gate.enter($ask);
$(times 10 'SELECT lg_gate.tenant();')
COMMIT;"
tenant=$ms
costs "enter, 10 times tenant() without SET search_path" "$token
SELECT lg_gate.enter($ask);
$(times 10 'SELECT old.tenant_unset();')
COMMIT;"
unset_tenant=$ms
costs "enter, 10 empty statements" "$token
SELECT lg_gate.enter($ask);
$(times 10 'SELECT 1;')
COMMIT;"
nothing=$ms
costs "first form: enter, 10 times tenant()" "$token
SELECT old.enter($ask);
$(times 10 'SELECT old.tenant();')
COMMIT;"
old_tenant=$ms
costs "a list without the wall" "$token
$plain
COMMIT;"
list_plain=$ms
costs "enter, the list behind the wall" "$token
SELECT lg_gate.enter($ask);
$ours
COMMIT;"
list_wall=$ms
costs "10 lists without the wall" "$token
$(times 10 "$plain")
COMMIT;"
lists_plain=$ms
costs "enter, 10 lists behind the wall" "$token
SELECT lg_gate.enter($ask);
$(times 10 "$ours")
COMMIT;"
lists_wall=$ms
cat <<TXT

enter alone                              $(minus "$enter" "$empty") ms   (of that an empty statement: $(minus "$statement" "$empty"))
enter alone, first form                  $(minus "$old_enter" "$empty") ms
tenant(), each                           $(awk -v a="$tenant" -v b="$nothing" 'BEGIN { printf "%.3f", (a - b) / 10 }') ms   (without SET search_path: $(awk -v a="$unset_tenant" -v b="$nothing" 'BEGIN { printf "%.3f", (a - b) / 10 }'))
tenant(), each, first form               $(awk -v a="$old_tenant" -v e="$old_enter" -v n="$nothing" -v m="$enter" 'BEGIN { printf "%.3f", (a - e - (n - m)) / 10 }') ms
a page of one list: the wall adds        $(minus "$list_wall" "$list_plain") ms
a page of ten lists: the wall adds       $(minus "$lists_wall" "$lists_plain") ms
TXT
awk -v e="$(minus "$enter" "$empty")" 'BEGIN { printf "promise: enter in 0.100 ms  %s\n", e <= 0.1 ? "kept" : "NOT KEPT" }'
