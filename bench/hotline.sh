#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# What the hotline promises:  bench/hotline.sh BUILD [beside|queue]...   (without a word: both)
#   beside   openings that suit beside what an agent types, of OPENINGS (20,000), TEXTS (2,000) different texts: p50 and p99
#   queue    AGENTS (50) open queues with WAITING (500) enquiries: how long until a change shows in each, with a change a second for SECONDS (60), and
#            what web, matcher and PostgreSQL take of a processor, also when nothing changes
# The service as an operator runs it, on a PostgreSQL of its own with an invented office, on this machine only. Processor time is that of the
# processes (/proc), whatever else the machine does; times of answers are not: where others work on the same processors, NICE=-10 (as root) lets
# these go first, as in bench/service.sh. Wants node.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8
build=$1
shift
[[ $# -gt 0 ]] || set -- beside queue
openings=${OPENINGS:-20000} texts=${TEXTS:-2000} agents=${AGENTS:-50} waiting=${WAITING:-500} seconds=${SECONDS_OF_LOAD:-60} every=${EVERY_MS:-1000}
program=$(realpath "$build/src/cmd/landgang")
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
dir=$(mktemp -d /tmp/landgang-XXXXXX)
pg=$dir/pg supervisor=
ticks=$(getconf CLK_TCK)
chmod 755 "$dir"

finish() {
	if [[ -n $supervisor ]]; then
		kill -TERM "$supervisor" 2>/dev/null || :
		wait "$supervisor" 2>/dev/null || :
	fi
	test/store/cluster.sh stop "$pg" 2>/dev/null || :
	rm -rf "$dir"
}
trap finish EXIT

die() {
	echo "hotline.sh: $*" >&2
	tail -n 5 "$dir/log" 2>/dev/null >&2 || :
	exit 1
}

# first PID...: their sessions go before others
first() {
	local pid
	[[ -n ${NICE-} ]] || return 0
	for pid; do echo "$NICE" >"/proc/$pid/autogroup" || :; done 2>/dev/null
}

# The titles of the built-in occupations in Danish, one a line, and their names.
titles() { sed -n 's/^[[:space:]]*DA("\([^";]*\)".*/\1/p' src/taxonomy/occupation.def; }
occupations() { sed -n 's/^O("\([^"]*\)".*/lg:\1/p' src/taxonomy/occupation.def | head -n 60; }

fill() {
	OPTIONS="-c fsync=on -c full_page_writes=on -c shared_buffers=256MB" AUTH=scram-sha-256 test/store/cluster.sh start "$pg"
	DATABASE_URL="postgresql://postgres@/landgang?host=$pg" "$program" migrate >"$dir/migrate.log" 2>&1 || die "no schema: $(cat "$dir/migrate.log")"
	"$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$pg" -U postgres -d landgang -v openings="$openings" -v agents="$agents" -v waiting="$waiting" \
		-v occupations="$(occupations | tr '\n' ' ' | sed 's/ $//')" -v words="$(titles | tr '\n' ';' | sed 's/;$//')" -f bench/hotline.sql >/dev/null
}

start_service() {
	: >"$dir/out"
	DATABASE_URL="postgresql:///landgang?host=$pg" "$program" serve >"$dir/out" 2>"$dir/log" &
	supervisor=$!
	for _ in $(seq 600); do
		! grep -q '^ready: ' "$dir/out" || break
		kill -0 "$supervisor" 2>/dev/null || die "the service did not start"
		sleep 0.1
	done
	port=$(sed -n 's,^ready: http://127.0.0.1:\([0-9]*\)/$,\1,p' "$dir/out")
	[[ -n $port ]] || die "the service is not ready"
	web=$(pgrep -P "$supervisor" -f -- '--child web')
	matcher=$(pgrep -P "$supervisor" -f -- '--child match')
	# shellcheck disable=SC2046 # several
	first $$ "$supervisor" "$web" "$matcher" $(head -n 1 "$pg/data/postmaster.pid") $(pgrep -P "$(head -n 1 "$pg/data/postmaster.pid")")
}

# Processor time so far: web, matcher, PostgreSQL (its processes, and those that have ended), in ticks.
used() {
	local pid all=0 one main
	for pid in "$web" "$matcher"; do sed 's/.*) //' "/proc/$pid/stat" | awk '{ printf "%d ", $12 + $13 }'; done
	main=$(head -n 1 "$pg/data/postmaster.pid")
	for pid in $main $(pgrep -P "$main"); do
		one=$(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }')
		all=$((all + ${one:-0}))
	done
	echo $all
}

beside() {
	echo "Openings beside what is typed, of $openings ($texts texts; load average $(cut -d ' ' -f 1 /proc/loadavg))"
	local before after
	before=$(used)
	titles | node bench/hotline.mjs "$port" beside "$texts" || die "it ended"
	after=$(used)
	echo "$before $after" | awk -v n="$texts" -v t="$ticks" '{ printf "processor time of one, ms: web %.1f, matcher %.1f, PostgreSQL %.1f\n", ($4 - $1) * 1e3 / t / n, ($5 - $2) * 1e3 / t / n, ($6 - $3) * 1e3 / t / n }'
}

# open_queues EVERY_MS
open_queues() {
	local before after node
	: >"$dir/answers"
	node bench/hotline.mjs "$port" queue "$agents" "$seconds" "$1" >"$dir/answers" &
	node=$!
	until grep -q '^open' "$dir/answers"; do
		kill -0 "$node" 2>/dev/null || die "it ended"
		sleep 0.1
	done
	# shellcheck disable=SC2046 # several: those that these queues began
	first $(pgrep -P "$(head -n 1 "$pg/data/postmaster.pid")")
	sleep 2
	before=$(used)
	sleep "$seconds"
	after=$(used)
	wait "$node" || die "it ended"
	sed '/^open/d; /^seconds/d' "$dir/answers"
	echo "$before $after" | awk -v s="$seconds" -v t="$ticks" '{ w = ($4 - $1) / t / s * 100; m = ($5 - $2) / t / s * 100; d = ($6 - $3) / t / s * 100
		printf "of one processor: web %.1f %%, matcher %.1f %%, PostgreSQL %.1f %%, in all %.1f %%; promise: 5 %% %s\n", w, m, d, w + m + d, w + m + d <= 5 ? "kept" : "NOT KEPT" }'
}

queue() {
	echo "$agents open queues, $waiting waiting, nothing changes (load average $(cut -d ' ' -f 1 /proc/loadavg))"
	open_queues 0
	echo "$agents open queues, $waiting waiting, a change every $every ms"
	open_queues "$every"
}

export LANDGANG_STATE_FOLDER=$dir/state LANDGANG_KEYS_FOLDER=$dir/keys LANDGANG_RUN_FOLDER=$dir/run PORT=0 LANDGANG_METRICS_PORT=0
[[ $(id -u) -ne 0 ]] || export LANDGANG_USER=postgres
fill
start_service
for word; do
	case $word in
	beside | queue) $word ;;
	*) die "there is no $word" ;;
	esac
	echo
done
