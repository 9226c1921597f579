# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=bash disable=SC2034 # what is set here is for whoever reads this
#
# A measurement's own PostgreSQL, and the service on it as an operator runs it; on this machine only, and ended by their process ids:
#   . bench/serve.sh BUILD
# Then $program, $bin (of PostgreSQL), $dir (of everything, gone at the end unless KEEP names it) and $pg stand, and what is below may be called.
export LC_ALL=C.UTF-8
program=$(realpath "$1/src/cmd/landgang") load=$(realpath -m "$1/bench/landgang-bench-load")
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
dir=${KEEP:-$(mktemp -d /tmp/landgang-XXXXXX)}
pg=$dir/pg supervisor='' port='' web='' matcher=''
ticks=$(getconf CLK_TCK)
mkdir -p "$dir"
chmod 755 "$dir"
export LANDGANG_STATE_FOLDER=$dir/state LANDGANG_KEYS_FOLDER=$dir/keys LANDGANG_RUN_FOLDER=$dir/run LANDGANG_PORT=0 LANDGANG_METRICS_PORT=0
[[ $(id -u) -ne 0 ]] || export LANDGANG_USER=postgres

die() {
	echo "${0##*/}: $*" >&2
	tail -n 5 "$dir/log" 2>/dev/null >&2 || :
	exit 1
}

# --- the database

server() { head -n 1 "$pg/data/postmaster.pid"; }
ask() { "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$pg" -U postgres -d landgang "$@"; }

# new_database SETTINGS: an empty one with the schema
new_database() {
	OPTIONS=$1 AUTH=scram-sha-256 test/store/cluster.sh start "$pg"
	DATABASE_URL="postgresql://postgres@/landgang?host=$pg" "$program" migrate >"$dir/migrate.log" 2>&1 || die "no schema: $(cat "$dir/migrate.log")"
}

stop_database() {
	local pid
	[[ -f $pg/data/postmaster.pid ]] || return 0
	pid=$(server)
	kill -INT "$pid"
	for _ in $(seq 1200); do
		kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.1
	done
}

# --- the service

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
}

stop_service() {
	[[ -n $supervisor ]] || return 0
	kill -TERM "$supervisor" 2>/dev/null || :
	wait "$supervisor" 2>/dev/null || :
	supervisor=
}

finish() {
	stop_service
	stop_database
	[[ -n ${KEEP-} ]] || rm -rf "$dir"
}
trap finish EXIT

# --- where others work on the same processors, NICE=-10 (as root) lets these go first

# first PID...: their sessions go before others
first() {
	local pid
	[[ -n ${NICE-} ]] || return 0
	for pid; do echo "$NICE" >"/proc/$pid/autogroup" || :; done 2>/dev/null
}
# Each of PostgreSQL's processes has one of its own.
first_database() {
	# shellcheck disable=SC2046 # several
	first "$(server)" $(pgrep -P "$(server)")
}

# --- processor time, in ticks

# of PID, all its threads, with its children that have ended; or without these
used_by() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }'; }
own_of() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{ print $12 + $13 }'; }
used_by_all() {
	local pid all=0 one
	for pid; do
		one=$(used_by "$pid")
		all=$((all + ${one:-0}))
	done
	echo $all
}
# shellcheck disable=SC2046 # several
used_by_database() { used_by_all "$(server)" $(pgrep -P "$(server)"); }
