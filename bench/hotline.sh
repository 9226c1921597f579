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
# shellcheck source=bench/serve.sh
. bench/serve.sh "$1"
shift
[[ $# -gt 0 ]] || set -- beside queue
openings=${OPENINGS:-20000} texts=${TEXTS:-2000} agents=${AGENTS:-50} waiting=${WAITING:-500} seconds=${SECONDS_OF_LOAD:-60} every=${EVERY_MS:-1000}
# The titles of the built-in occupations in Danish, one a line, and their names.
titles() { sed -n 's/^[[:space:]]*DA("\([^";]*\)".*/\1/p' src/taxonomy/occupation.def; }
occupations() { sed -n 's/^O("\([^"]*\)".*/lg:\1/p' src/taxonomy/occupation.def | head -n 60; }

fill() {
	new_database "-c fsync=on -c full_page_writes=on -c shared_buffers=256MB"
	ask -v openings="$openings" -v agents="$agents" -v waiting="$waiting" \
		-v occupations="$(occupations | tr '\n' ' ' | sed 's/ $//')" -v words="$(titles | tr '\n' ';' | sed 's/;$//')" -f bench/hotline.sql >/dev/null
}

# Processor time so far: web, matcher, PostgreSQL (its processes, and those that have ended), in ticks.
used() {
	echo "$(own_of "$web") $(own_of "$matcher") $(used_by_database)"
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
	first_database # those that these queues began, too
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

fill
start_service
first $$ "$supervisor" "$web" "$matcher"
first_database
for word; do
	case $word in
	beside | queue) $word ;;
	*) die "there is no $word" ;;
	esac
	echo
done
