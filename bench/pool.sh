#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# A pool of ten offices, from standing orders to the list that is approved:  bench/pool.sh BUILD
#   PEOPLE (50,000) invented candidates and OPENINGS (30,000); a PostgreSQL of its own, and the service on it as an operator runs it. Told are the
#   seconds of: giving all of it (jobs process), the plan with its certificate, sending it, approving 500; and what pages take while the plan
#   is computed (RATE a second, 20): My day, lists, people, of all offices. On this machine only; ended by process ids.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/serve.sh
. bench/serve.sh "$1"
people=${PEOPLE:-50000} openings=${OPENINGS:-30000} rate=${RATE:-20}
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'; }
# until_is ANSWER SQL SECONDS: what is asked twice a second gives that answer
until_is() {
	local n
	for ((n = 0; n < $3 * 2; n++)); do
		[[ $(ask -c "$2") != "$1" ]] || return 0
		sleep 0.5
	done
	die "not within $3 s: $2"
}
# post PATH FORM: one, as the pool's coordinator
post() {
	printf 'post\tPOST\t%s\t%s\t%s\n' "$1" "${3-11}" "$2" >"$dir/post"
	"$load" "$port" 0 1 1 <"$dir/post" >"$dir/answers"
	[[ $(awk '$1 == "all" { print $3 }' "$dir/answers") = 1 ]] || die "$1 was refused: $(cat "$dir/answers")"
}

new_database "-c fsync=on -c full_page_writes=on -c shared_buffers=512MB -c max_wal_size=4GB -c effective_cache_size=2GB -c random_page_cost=1.1"
ask -v people="$people" -v openings="$openings" -f bench/pool.sql >/dev/null
ask -c "COPY (SELECT tenant, id FROM bench.asked) TO STDOUT (DELIMITER ' ')" | "$load" keys "$LANDGANG_KEYS_FOLDER/seal.key" | ask -c "COPY lg.person_key (tenant_id, subject, key_box) FROM STDIN"

begun=$EPOCHREALTIME
start_service
until_is "$people $openings" "SELECT (SELECT count(*) FROM lg.share WHERE to_tenant = 11 AND until > now()) || ' ' || (SELECT count(*) FROM lg.pool_opening WHERE until > now())" 1200
echo "given by standing orders, by the jobs process: $people cards and $openings openings in $(since "$begun") s"
ask -c "VACUUM ANALYZE"

# What others do meanwhile.
ask -F $'\t' -c "SELECT CASE n % 4 WHEN 0 THEN 'day' WHEN 1 THEN 'list' ELSE 'candidate' END, 'GET', CASE n % 4 WHEN 0 THEN '/' WHEN 1 THEN '/candidates' ELSE '/candidates/' || id END, tenant
	FROM (SELECT row_number() OVER (ORDER BY md5(n::text)) AS n, id, tenant FROM bench.asked) x" >"$dir/plan"
meanwhile() { "$load" "$port" "$rate" "$1" 32 <"$dir/plan" >"$dir/meanwhile" & }
say_meanwhile() {
	wait "$1"
	awk -v what="$2" '$1 == "all" { printf "pages %s: %d asked, %d well, p50 %.1f ms, p99 %.1f ms\n", what, $2, $3, $6, $7 }' "$dir/meanwhile"
}
"$load" "$port" "$rate" 5 32 <"$dir/plan" >/dev/null
meanwhile 20
say_meanwhile $! "with nothing else, $rate a second"

begun=$EPOCHREALTIME
post /pools/runs "purpose=Bench&objective=people"
echo "ordered in $(since "$begun") s: $(ask -c "SELECT n_candidates || ' people (who is given twice counts once), ' || n_openings || ' openings with ' || n_positions || ' positions' FROM lg.run")"
meanwhile 30
with=$!
until_is "done" "SELECT state FROM lg.run" 1800
echo "computed, proven and checked $(since "$begun") s after the order: $(ask -c "SELECT (outcome ->> 'placed') || ' placed, ' || (outcome ->> 'looked_at') || ' pairs looked at again, ' || (outcome ->> 'faults') || ' faults' FROM lg.run")"
[[ $(ask -c "SELECT outcome ->> 'faults' FROM lg.run") = 0 ]] || die "the certificate has faults"
say_meanwhile $with "while it was computed, $rate a second"
run=$(ask -c "SELECT id FROM lg.run")
begun=$EPOCHREALTIME
post "/pools/runs/$run/send" "why="
echo "sending ordered in $(since "$begun") s"
until_is 0 "SELECT count(*) FROM lg.pool_sending WHERE whole IS NULL" 600
echo "sent to the offices in $(since "$begun") s: $(ask -c "SELECT count(*) || ' pairs, to one office at most ' || (SELECT max(n) FROM (SELECT count(*) AS n FROM lg.pool_match GROUP BY to_tenant) x) FROM lg.pool_match")"

# All pages of all lists to approve, 50 rows each, while others work.
ask -c "VACUUM ANALYZE lg.pool_match"
ask -F $'\t' -c "SELECT 'approval', 'GET', CASE at WHEN 0 THEN '/pools/matches' ELSE '/pools/matches?after=' || score || '%7C' || id END, to_tenant
	FROM (SELECT to_tenant, score, id, row_number() OVER (PARTITION BY to_tenant ORDER BY score DESC, id) - 1 AS at FROM lg.pool_match) x WHERE at % 50 = 0 ORDER BY md5(id::text)" >"$dir/lists"
meanwhile 15
with=$!
"$load" "$port" 0 "$(wc -l <"$dir/lists")" 2 <"$dir/lists" >"$dir/answers"
awk '$1 == "all" { printf "approval lists: %d pages of 50, %d well, p50 %.1f ms, p99 %.1f ms\n", $2, $3, $6, $7 }' "$dir/answers"
say_meanwhile $with "while they were paged, $rate a second"
begun=$EPOCHREALTIME
post /pools/matches "do=all" 1
echo "500 approved by one press in $(since "$begun") s: $(ask -c "SELECT count(*) || ' cards handed on, ' || (SELECT count(*) FROM lg.proposal) || ' proposals of one office' FROM lg.share WHERE from_tenant = 11")"
echo "load average $(cut -d ' ' -f 1-3 /proc/loadavg), $(nproc) processors"
