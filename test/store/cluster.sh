#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# A PostgreSQL of a test's own, reached by a socket in DIR only, thrown away at the end:
#   cluster.sh start DIR [PID]  make and start it (about 2 s), with an empty database "landgang". With PID it stops by itself
#                               when that process is gone (a test that was killed): give $$
#   cluster.sh schema DIR       schema/*.sql, each in a transaction
#   cluster.sh stop DIR         stop it and remove DIR/data
#   cluster.sh crash DIR        SIGKILL to all of it, as when the power goes;  cluster.sh again DIR  starts it anew
# Connect with  -h DIR -U ROLE -d landgang  as any role; superuser is postgres. ROLE's password is asked when AUTH=scram-sha-256
# was in the environment of `start` (the superuser's never). More settings: OPTIONS="-c max_connections=300".
# DIR is short (its socket's path has room for 107 bytes) and, for root, below folders that others may enter, as /tmp is.
set -euo pipefail
export LC_ALL=C
verb=${1-} dir=${2-}

die() {
	echo "cluster.sh: $*" >&2
	[[ ! -f $dir/log ]] || tail -n 20 "$dir/log" >&2
	exit 1
}

[[ -n $verb && -n $dir ]] || die "cluster.sh start|schema|stop|crash|again DIR"
dir=$(realpath -m "$dir")
[[ ${#dir} -le 88 ]] || die "$dir is too long for the name of a socket"

bin=${PGBIN-}
[[ -n $bin ]] || bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -x $bin/postgres ]] || die "PostgreSQL is not installed: apt-get install postgresql-15"

# PostgreSQL refuses to run as root.
lower=()
[[ $(id -u) -ne 0 ]] || lower=(setpriv --reuid postgres --regid postgres --clear-groups)

server() { head -n 1 "$dir/data/postmaster.pid" 2>/dev/null; }

# What is committed outlives the server's processes, which are killed by some tests, not the machine: nothing is synced.
run() {
	# OPTIONS are several words.
	# shellcheck disable=SC2086
	(cd "$dir" && exec setsid "${lower[@]}" "$bin/postgres" -D data -k "$dir" -c listen_addresses= -c fsync=off \
		-c full_page_writes=off -c shared_buffers=64MB -c max_connections=100 -c jit=off \
		${OPTIONS-} </dev/null >>log 2>&1 9>&-) &
	for _ in $(seq 600); do
		! "$bin/pg_isready" -q -h "$dir" -U postgres -d postgres || return 0
		kill -0 $! 2>/dev/null || die "the server did not start"
		sleep 0.05
	done
	die "the server does not answer"
}

stop() {
	local pid
	pid=$(server) || return 0
	kill -QUIT "$pid" 2>/dev/null || return 0 # at once: nobody will want these data
	for _ in $(seq 200); do
		[[ -e $dir/data/postmaster.pid ]] && kill -0 "$pid" 2>/dev/null || return 0
		sleep 0.05
	done
}

# Ends the cluster when process $1 is gone.
watch() {
	while kill -0 "$1" 2>/dev/null && [[ -d $dir/data ]]; do sleep 1; done
	[[ ! -d $dir/data ]] || {
		stop
		rm -rf "$dir"
	}
}

start() {
	mkdir -p "$dir"
	[[ ! -e $dir/data ]] || die "$dir/data is there already"
	[[ ${#lower[@]} -eq 0 ]] || chown postgres "$dir"
	chmod 0700 "$dir"
	(cd "$dir" && "${lower[@]}" "$bin/initdb" -D data -U postgres -A trust -E UTF8 --no-locale --no-sync >log 2>&1) || die "no cluster"
	[[ -z ${AUTH-} ]] || printf 'local all postgres trust\nlocal all all %s\n' "$AUTH" >"$dir/data/pg_hba.conf"
	echo "${OPTIONS-}" >"$dir/options"
	run
	"$bin/createdb" -h "$dir" -U postgres landgang
	[[ -z ${1-} ]] || watch "$1" </dev/null >/dev/null 2>&1 9>&- &
}

schema() {
	local file
	for file in "$(dirname "${BASH_SOURCE[0]}")"/../../schema/*.sql; do
		PGOPTIONS="-c client_min_messages=warning" "$bin/psql" -X -q -v ON_ERROR_STOP=1 -1 -h "$dir" -U postgres -d landgang \
			-f "$file" >/dev/null || die "$file"
	done
}

# First those that could start others, so that none is left.
crash() {
	local pid children
	pid=$(server) || die "it does not run"
	children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null || :)
	# Several processes.
	# shellcheck disable=SC2086
	kill -KILL "$pid" $children 2>/dev/null || :
	while kill -0 "$pid" 2>/dev/null; do sleep 0.01; done
}

case $verb in
start) start "${3-}" ;;
schema) schema ;;
crash) crash ;;
again)
	OPTIONS=$(cat "$dir/options")
	run
	;;
stop)
	stop
	rm -rf "$dir/data" "$dir/log" "$dir/options"
	rmdir "$dir" 2>/dev/null || :
	;;
*) die "there is no $verb" ;;
esac
