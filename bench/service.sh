#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# What pages cost, and how many there can be:  bench/service.sh BUILD [cpu|load|matches|peer|slow]...   (without a word: cpu load matches)
#   cpu    processor time of a page, of the web process and of PostgreSQL, against pgbench with the very same statements
#   load   200 pages a second for SECONDS (45), then five times as many for 10 s
#   matches  lists of matches with OPENINGS (300,000) openings beside the people: how long the matcher takes to read all offices, what an
#            answer costs it, and the load again: 85 % reading, 10 % lists of matches, 5 % saving
#   peer   the same list out of 150,000 available people (BIG=150000), beside the closest peer's search in SQL over as many profiles
#   slow   the load once more with pg_stat_statements: which statements take the time
# A PostgreSQL of its own with 300 offices and PEOPLE (1,000,000) invented candidates, filled first (a few minutes), and the service on it
# as an operator runs it; on this machine only, and ended by their process ids. KEEP=FOLDER keeps that PostgreSQL for another time. Where
# others work on the same processors, NICE=-10 (as root) lets these go first: the kernel shares by sessions, which nice(1) does not change.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/serve.sh
. bench/serve.sh "$1"
shift
[[ $# -gt 0 ]] || set -- cpu load matches
people=${PEOPLE:-1000000} big=${BIG:-50000} rounds=${ROUNDS:-3} seconds=${SECONDS_OF_LOAD:-45} requests=${REQUESTS:-6000}
openings=${OPENINGS:-300000}

# --- the database

# The settings of a database that matters: everything is synced.
settings="-c fsync=on -c full_page_writes=on -c shared_buffers=1GB -c max_wal_size=4GB -c checkpoint_timeout=10min -c effective_cache_size=4GB -c random_page_cost=1.1"
open_database() {
	stop_database
	echo "$settings $*" >"$pg/options"
	test/store/cluster.sh again "$pg"
	# Whoever was signed in when it was filled still is, and whoever was saved by an earlier run can be again.
	ask -c "UPDATE lg.candidate c SET version = 1 FROM bench.asked a WHERE c.tenant_id = a.tenant AND c.id = a.id AND c.version > 1" -c "UPDATE lg_gate.session SET ends = now() + interval '12 hours', idle_ends = now() + interval '30 minutes'" -c "UPDATE lg_gate.bearer SET ends = now() + interval '12 hours'" >/dev/null
}

fill() {
	local begun=$SECONDS
	new_database "-c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=16GB -c shared_buffers=1GB -c autovacuum=off"
	ask -c "CREATE SCHEMA bench" -c "CREATE TABLE bench.name (i int, given text, family text, given_native text, family_native text, sort_name text, likeness text, keys text[])"
	"$load" names 20000 | ask -c "COPY bench.name FROM STDIN"
	ask -v people="$people" -v big="$big" -f bench/load.sql >/dev/null
	ask -v openings="$openings" -f bench/matches.sql >/dev/null
	ask -c "COPY (SELECT tenant, id FROM bench.asked) TO STDOUT (DELIMITER ' ')" | "$load" keys "$LANDGANG_KEYS_FOLDER/seal.key" |
		ask -c "COPY lg.person_key (tenant_id, subject, key_box) FROM STDIN"
	ask -c "VACUUM ANALYZE lg.person_key"
	echo "filled in $((SECONDS - begun)) s: $(ask -c "SELECT count(*) || ' candidates, ' || (SELECT count(*) FROM lg.candidate_trigram) || ' keys of names, ' || (SELECT count(*) FROM lg.match_entry) || ' known to the matcher, ' || pg_size_pretty(pg_database_size('landgang')) FROM lg.candidate")"
}

serve() {
	start_service
	first "$supervisor"
	first "$web"
	first "$matcher"
}

us_each() { awk -v a="$1" -v b="$2" -v n="$3" -v t="$ticks" 'BEGIN { printf "%.0f", (b - a) * 1e6 / t / n }'; }
median() { sort -n | awk '{ x[NR] = $1 } END { print NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2 }'; }

# --- cpu

# statement FILE NAME: the SQL of a query of the program
statement() {
	awk -v name="$2" '/^-- name: / { on = $3 == name; next } on && !/^--/' "src/$1" | sed 's/;$//' | tr '\n' ' '
}

id="md5('c' || :n)::uuid"
# What a page says to PostgreSQL, for pgbench: script PAGE
script() {
	local seen
	seen=$(statement core/candidate.sql candidate_seen | sed "s/\$id/$id/; s/\$open/true/; s/\$route/'\/candidates\/{id}'/; s/\$request/'0123456789abcdef'/")
	local token="sha256(convert_to('bench ' || :t, 'UTF8'))"
	case $1 in
	notes)
		echo "SELECT lg_gate.enter_bearer($token);"
		statement core/note.sql note_list | sed "s/\$candidate/$id/; s/\$room/200/; s/\$/;/"
		;;
	candidate)
		echo "SELECT lg_gate.enter($token);"
		for of in core/note.sql:note_list core/task.sql:contact_list core/proposal.sql:proposal_of_candidate core/task.sql:task_list \
			core/colleague.sql:colleague_list core/unit.sql:unit_choices core/candidate.sql:candidate_get app/audit.sql:person_key_get; do
			statement "${of%:*}" "${of#*:}" | sed "s/\$candidate/$id/g; s/\$subject/$id/g; s/\$id/$id/g; s/\$room/30/; s/\$/;/"
			echo
		done
		;;
	esac
	echo "$seen;"
}

# by_pgbench PAGE plain|pipeline: microseconds of pgbench and of PostgreSQL for one
by_pgbench() {
	local file=$dir/$1.pgbench begin='BEGIN;' end='COMMIT;'
	# shellcheck disable=SC1003 # pgbench's backslash
	if [[ $2 = pipeline ]]; then begin='\startpipeline' end='\endpipeline'; fi
	{
		printf '%s\n' "\\set i random(0, $((people / 3000 - 1)))" '\set k random(0, 299)' '\set n :i * 3000 + :k' '\set t 1 + :n % 300' "$begin"
		script "$1"
		printf '%s\n' "$end"
	} >"$file"
	# What 8 connections cost until they are warm is of no account: a short run is taken off.
	one() {
		local before client
		before=$(used_by_database)
		client=$( (
			TIMEFORMAT='%U %S'
			time PGOPTIONS="-c plan_cache_mode=force_generic_plan" PGPASSWORD=$(cat "$LANDGANG_KEYS_FOLDER/database-lg_web.key") "$bin/pgbench" -n -M prepared -c 8 -j 2 -t "$1" -f "$file" -h "$pg" -U lg_web landgang >"$dir/pgbench.log" 2>&1
		) 2>&1) || die "pgbench: $(cat "$dir/pgbench.log")"
		sleep 0.5
		echo "$client $(($(used_by_database) - before))"
	}
	echo "$(one 20) $(one $((20 + requests / 8)))" |
		awk -v n="$requests" -v t="$ticks" '{ printf "%.0f %.0f\n", ($4 + $5 - $1 - $2) * 1e6 / n, ($6 - $3) * 1e6 / t / n }'
}

# by_service PLAN: microseconds of the web process and of PostgreSQL for one
by_service() {
	local w d
	w=$(own_of "$web") d=$(used_by_database)
	"$load" "$port" 0 "$requests" 8 <"$1" >"$dir/answers"
	[[ $(awk '$1 == "all" { print $3 }' "$dir/answers") = "$requests" ]] || die "not all were answered: $(cat "$dir/answers")"
	echo "$(us_each "$w" "$(own_of "$web")" "$requests") $(us_each "$d" "$(used_by_database)" "$requests")"
}

cpu() {
	local page path round
	serve
	echo
	echo "Processor time of a page, microseconds (median of $rounds rounds of $requests, 8 connections; load average $(cut -d ' ' -f 1 /proc/loadavg))"
	printf '%-34s %7s %10s %7s\n' "" "client" "PostgreSQL" "both"
	for page in notes candidate; do
		path=/candidates/ && [[ $page = candidate ]] || path=/api/v1/candidates/
		ask -F $'\t' -c "SELECT '$page', 'GET', '$path' || id || '$([[ $page = candidate ]] || echo /notes)', tenant FROM bench.asked ORDER BY md5(i::text) LIMIT 20000" >"$dir/plan"
		"$load" "$port" 0 800 8 <"$dir/plan" >/dev/null
		: >"$dir/$page.web"
		: >"$dir/$page.plain"
		: >"$dir/$page.pipeline"
		for ((round = 0; round < rounds; round++)); do
			by_service "$dir/plan" >>"$dir/$page.web"
			by_pgbench $page plain >>"$dir/$page.plain"
			by_pgbench $page pipeline >>"$dir/$page.pipeline"
		done
		for of in web:"the page ($page)" plain:"pgbench, a statement at a time" pipeline:"pgbench, in one pipeline"; do
			printf '%-34s %7s %10s %7s\n' "${of#*:}" "$(cut -d ' ' -f 1 "$dir/$page.${of%%:*}" | median)" "$(cut -d ' ' -f 2 "$dir/$page.${of%%:*}" | median)" \
				"$(awk '{ print $1 + $2 }' "$dir/$page.${of%%:*}" | median)"
		done
		awk -v w="$(awk '{ print $1 + $2 }' "$dir/$page.web" | median)" -v p="$(awk '{ print $1 + $2 }' "$dir/$page.plain" | median)" -v q="$(awk '{ print $1 + $2 }' "$dir/$page.pipeline" | median)" \
			'BEGIN { printf "ratio to pgbench %.2f (promise 1.6: %s), to its pipeline %.2f\n\n", w / p, w / p <= 1.6 ? "kept" : "NOT KEPT", w / q }'
	done
	stop_service
}

# --- load

# plan N OFFSET: N lines of the mix; no candidate is saved twice while OFFSETs are apart
plan() {
	ask -F $'\t' -v n="$1" -v seed="$2" -f - <<'SQL'
SELECT setseed(0.5) \g /dev/null
WITH r AS (SELECT g, 1 + (random() * (SELECT count(*) - 1 FROM bench.asked))::int AS i, random() AS kind, random() AS x FROM generate_series(1, :n) g),
q AS (SELECT r.*, a.tenant, a.id FROM r JOIN bench.asked a ON a.i = CASE WHEN r.kind < .9 OR r.kind >= .95 THEN 1 + (r.i + :seed) % (SELECT count(*) FROM bench.asked) ELSE 1 + (r.g + :seed) % (SELECT count(*) FROM bench.asked) END)
SELECT CASE WHEN kind < .2 THEN 'day' WHEN kind < .4 THEN 'list' WHEN kind < .75 THEN 'candidate' WHEN kind < .85 THEN 'history' WHEN kind < .9 THEN 'note' WHEN kind < .95 THEN 'save' ELSE 'search' END,
	CASE WHEN kind BETWEEN .85 AND .95 THEN 'POST' ELSE 'GET' END,
	CASE WHEN kind < .2 THEN '/' WHEN kind < .4 THEN '/candidates' || CASE WHEN x < .4 THEN '' WHEN x < .6 THEN '?owner=me' WHEN x < .8 THEN '?state=available' ELSE '?sort=next' END
		WHEN kind < .75 THEN '/candidates/' || id WHEN kind < .85 THEN '/candidates/' || id || '/history'
		WHEN kind < .9 THEN '/candidates/' || id || '/notes' WHEN kind < .95 THEN '/candidates/' || id || '/edit/next'
		ELSE '/candidates?q=' || (ARRAY['kovalen', 'shevch', 'bondar', 'olena', 'yuliia', 'hryts', 'panas', 'savchenko'])[1 + floor(x * 8)::int] END,
	CASE WHEN kind >= .95 THEN 1 + floor(x * 10)::int ELSE tenant END,
	CASE WHEN kind BETWEEN .85 AND .9 THEN 'text=Har+talt+om+kurset+paa+mandag' WHEN kind BETWEEN .9 AND .95 THEN 'version=1&next_step=Skriv+til+skolen&next_on=2027-01-15&owner=' || (SELECT account FROM bench.staff s WHERE s.tenant = q.tenant AND s.k = 0) ELSE '' END
FROM q ORDER BY g;
SQL
}

# Of a plan of the load, histories become lists of matches, of a candidate or an opening, and notes pages: 85 % read, 10 % matched, 5 % saved.
with_matches() {
	ask -F $'\t' -c "SELECT 'matches', 'GET', '/candidates/' || id || '/matches', tenant FROM bench.available ORDER BY md5(i::text) LIMIT 20000" >"$dir/some-candidates"
	ask -F $'\t' -c "SELECT 'matches', 'GET', '/openings/' || id || '/matches', tenant FROM bench.offered ORDER BY md5(i::text) LIMIT 20000" >"$dir/some-openings"
	paste -d '\n' "$dir/some-candidates" "$dir/some-openings" | awk -v plan="$1" 'NF { some[n++] = $0 }
		END { while ((getline line < plan) > 0) { split(line, f, "\t"); if (f[1] == "history") line = some[i++ % n]; else if (f[1] == "note") { sub(/^note\tPOST/, "candidate\tGET", line); sub(/\/notes\t/, "\t", line) } print line } }'
}

offered() {
	local w d m begun=$EPOCHREALTIME
	w=$(own_of "$web") d=$(used_by_database) m=$(own_of "$matcher")
	"$load" "$port" "$1" "$2" "$3" <"$4" >"$dir/answers"
	cat "$dir/answers"
	awk -v t="$ticks" -v w="$w" -v W="$(own_of "$web")" -v d="$d" -v D="$(used_by_database)" -v a="$begun" -v b="$EPOCHREALTIME" \
		-v m="$m" -v M="$(own_of "$matcher")" 'BEGIN { printf "processors busy: web %.0f %%, PostgreSQL %.0f %%, matcher %.0f %% of one of '"$(nproc)"'; load average ", (W - w) / t / (b - a) * 100, (D - d) / t / (b - a) * 100, (M - m) / t / (b - a) * 100 }'
	cut -d ' ' -f 1 /proc/loadavg
}

load() {
	serve
	plan $((200 * seconds)) 0 >"$dir/plan"
	plan 2000 30000 >"$dir/warm"
	plan 10000 40000 >"$dir/over"
	under_load
	stop_service
}

# under_load: what comes of the plans, against what is promised
under_load() {
	"$load" "$port" 100 10 64 <"$dir/warm" >/dev/null
	first_database
	echo "200 pages a second for $seconds s, whatever comes of them (times count from when a page was due)"
	offered 200 "$seconds" 128 "$dir/plan"
	good=$(awk '/^good a second/ { print $4 }' "$dir/answers")
	awk '$1 == "all" { printf "promise: p50 25 ms %s, p99 150 ms %s, 0 errors %s\n\n", $6 <= 25 ? "kept" : "NOT KEPT", $7 <= 150 ? "kept" : "NOT KEPT", $4 + $5 == 0 ? "kept" : "NOT KEPT" }' "$dir/answers"
	echo "1000 pages a second for 10 s"
	offered 1000 10 512 "$dir/over"
	awk -v good="$good" '/^good a second/ { now = $4 } $1 == "all" { late = $10 } END { printf "promise: 80 %% of %.0f good pages a second %s, refused within 50 ms %s\n\n", good, (now >= .8 * good) ? "kept" : "NOT KEPT", late <= 50 ? "kept" : "NOT KEPT" }' "$dir/answers"
}

# Each list is asked for once more than the first of an office, which has its entries read.
matches() {
	local m d w begun read n
	serve
	ask -F $'\t' -c "SELECT DISTINCT ON (tenant) 'matches', 'GET', '/openings/' || id || '/matches', tenant FROM bench.offered ORDER BY tenant, i" >"$dir/each"
	n=$(wc -l <"$dir/each") begun=$EPOCHREALTIME m=$(own_of "$matcher")
	"$load" "$port" 0 "$n" 2 <"$dir/each" >"$dir/answers"
	[[ $(awk '$1 == "all" { print $3 }' "$dir/answers") = "$n" ]] || die "not all were answered: $(cat "$dir/answers")"
	read=$EPOCHREALTIME
	"$load" "$port" 0 "$n" 2 <"$dir/each" >"$dir/answers" # the same lists once more: what they take without reading
	ask -c "SELECT count(*) FROM lg.match_entry WHERE tenant_id <= 300" | awk -v n="$n" -v a="$begun" -v b="$read" -v c="$EPOCHREALTIME" -v m="$m" -v M="$(own_of "$matcher")" -v t="$ticks" -v kb="$(awk '/^VmRSS/ { print $2 }' "/proc/$matcher/status")" \
		'{ printf "a started matcher has read %d entries of %d offices and made a list of each after %.1f s, and the lists once more in %.1f s (%.1f s of its processor); it holds %.0f MB\n", $1, n, b - a, c - b, (M - m) / t, kb / 1024
		s = ((b - a) - (c - b)) * 1e6 / $1
		printf "promise: 1,000,000 entries within 20 s: %.1f s for as many, without the lists, %s\n\n", s, s <= 20 ? "kept" : "NOT KEPT" }'
	for of in available:candidates:"ranked openings of a candidate" offered:openings:"ranked candidates of an opening"; do
		IFS=: read -r table path name <<<"$of"
		ask -F $'\t' -c "SELECT 'matches', 'GET', '/$path/' || id || '/matches', tenant FROM bench.$table ORDER BY md5(i::text) LIMIT 20000" >"$dir/some"
		w=$(own_of "$web") d=$(used_by_database) m=$(own_of "$matcher")
		"$load" "$port" 0 3000 2 <"$dir/some" >"$dir/answers"
		[[ $(awk '$1 == "all" { print $3 }' "$dir/answers") = 3000 ]] || die "not all were answered: $(cat "$dir/answers")"
		echo "$name: processor time of a page, microseconds: matcher $(us_each "$m" "$(own_of "$matcher")" 3000), web $(us_each "$w" "$(own_of "$web")" 3000), PostgreSQL $(us_each "$d" "$(used_by_database)" 3000)"
	done
	echo
	plan $((200 * seconds)) 0 >"$dir/mix"
	with_matches "$dir/mix" >"$dir/plan"
	plan 2000 30000 >"$dir/mix"
	with_matches "$dir/mix" >"$dir/warm"
	plan 10000 40000 >"$dir/mix"
	with_matches "$dir/mix" >"$dir/over"
	echo "With lists of matches: 85 % read, 10 % matched, 5 % saved (a list of matches is promised within 100 ms, p99)"
	under_load
	stop_service
}

peer() {
	local m d w page count n
	n=$(ask -c "SELECT count(*) FROM lg.match_entry WHERE tenant_id = 301 AND side = 'candidate'")
	[[ $(ask -c "SELECT count(*) FROM pg_tables WHERE schemaname = 'bench' AND tablename = 'profile'") = 1 ]] || ask -f bench/peer.sql >/dev/null
	serve
	ask -F $'\t' -c "SELECT 'matches', 'GET', '/openings/' || md5('o' || n)::uuid || '/matches', 301 FROM generate_series($openings + 1, $openings + 1000) n" >"$dir/some"
	"$load" "$port" 0 20 2 <"$dir/some" >/dev/null
	w=$(own_of "$web") d=$(used_by_database) m=$(own_of "$matcher")
	"$load" "$port" 0 200 2 <"$dir/some" >"$dir/answers"
	[[ $(awk '$1 == "all" { print $3 }' "$dir/answers") = 200 ]] || die "not all were answered: $(cat "$dir/answers")"
	echo "A search from a job. Processor time, milliseconds:"
	echo "this: the page with 20 of $n people and reasons: $(us_each "$m" "$(own_of "$matcher")" 200 | awk '{ printf "matcher %.2f", $1 / 1000 }'), $(us_each "$w" "$(own_of "$web")" 200 | awk '{ printf "web %.2f", $1 / 1000 }'), $(us_each "$d" "$(used_by_database)" 200 | awk '{ printf "PostgreSQL %.2f", $1 / 1000 }')"
	stop_service
	# Words as frequent as those of the profiles; ten a query, twelve queries.
	ask -c "SELECT setseed(0.75)" -c "SELECT string_agg('w' || floor(exp(random() * ln(20000)))::int, ' | ') FROM generate_series(1, 120) g GROUP BY g % 12" | sed 1d >"$dir/queries"
	d=$(used_by_database)
	while read -r words; do
		ask -c "SET max_parallel_workers_per_gather = 0" -c "SET jit = off" -c "SELECT id, ts_rank(text, q) AS rank FROM bench.profile, to_tsquery('english', '$words') q WHERE text @@ q ORDER BY rank DESC LIMIT 20" >/dev/null
	done <"$dir/queries"
	page=$(us_each "$d" "$(used_by_database)" 12) d=$(used_by_database)
	while read -r words; do
		ask -c "SET max_parallel_workers_per_gather = 0" -c "SET jit = off" -c "SELECT count(*) FROM bench.profile WHERE text @@ to_tsquery('english', '$words')" >/dev/null
	done <"$dir/queries"
	count=$(us_each "$d" "$(used_by_database)" 12)
	echo "the peer's shape: ten words over 150,000 profiles: page $((page / 1000)), its count $((count / 1000)); nothing is loaded or shown"
}

slow() {
	open_database -c shared_preload_libraries=pg_stat_statements
	ask -c "CREATE EXTENSION IF NOT EXISTS pg_stat_statements" -c "SELECT pg_stat_statements_reset()" >/dev/null
	serve
	plan 4000 60000 >"$dir/plan"
	"$load" "$port" 100 20 64 <"$dir/plan"
	echo "Statements that took the time (ms)"
	"$bin/psql" -X -q -h "$pg" -U postgres -d landgang -P footer=off -c "SELECT calls, round(total_exec_time) AS total, round(mean_exec_time::numeric, 2) AS mean, round(max_exec_time::numeric, 1) AS max,
		round(rows / calls::numeric, 1) AS rows, left(regexp_replace(query, '\s+', ' ', 'g'), 90) AS statement FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 18"
	stop_service
	open_database
}

[[ -d $pg/data ]] || fill
first $$
open_database
for word; do
	case $word in
	cpu | load | matches | peer | slow) $word ;;
	*) die "there is no $word" ;;
	esac
done
