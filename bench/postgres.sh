#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# The best candidates of some openings, asked of PostgreSQL and of the engine:
#   bench/postgres.sh BENCH RATIOS [ARG...]
# BENCH is the program landgang-bench, ARG... chooses its market; the ratios go into the file RATIOS as well. A cluster of
# its own is made in a new folder, reached by a socket only, and removed at the end.
set -euo pipefail
bench=$(realpath "$1") ratios=$(realpath -m "$2")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
shift 2
export LC_ALL=C

dir=$(mktemp -d /tmp/landgang-XXXXXX) # short, for the name of a socket
server=
finish() {
	if [[ -n $server ]]; then
		kill -INT "$server" 2>/dev/null || :
		wait "$server" 2>/dev/null || :
	fi
	rm -rf "$dir"
}
trap finish EXIT

die() {
	echo "postgres.sh: $*" >&2
	[[ ! -f $dir/log ]] || tail -n 20 "$dir/log" >&2
	exit 1
}

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -n $bin ]] || die "PostgreSQL is not installed: apt-get install postgresql-15"

# PostgreSQL refuses to run as root.
lower=()
if [[ $(id -u) -eq 0 ]]; then
	chown postgres "$dir"
	lower=(setpriv --reuid postgres --regid postgres --clear-groups)
fi

ask() { "$bin/psql" -X -q -v ON_ERROR_STOP=1 -h "$dir" -U bench -d postgres "$@"; }

start() {
	cd "$dir"
	"${lower[@]}" "$bin/initdb" -D data -U bench -A trust -E UTF8 --no-locale --no-sync >log 2>&1 || die "no cluster"
	"${lower[@]}" "$bin/postgres" -D data -k "$dir" -c listen_addresses= -c fsync=off -c shared_buffers=512MB \
		-c work_mem=64MB -c max_parallel_workers_per_gather=0 -c autovacuum=off -c jit=off </dev/null >>log 2>&1 &
	server=$!
	for _ in $(seq 300); do
		! "$bin/pg_isready" -q -h "$dir" || return 0
		kill -0 "$server" 2>/dev/null || die "the server did not start"
		sleep 0.1
	done
	die "the server does not answer"
}

# Every question twice; of the second PostgreSQL itself tells the processor's time, in a message.
questions() {
	cut -f 1 answer.tsv | while read -r opening; do
		cat <<-SQL
			SELECT count(*) FROM best_candidates($opening, 20);
			SET client_min_messages = log;
			SET log_statement_stats = on;
			SELECT $opening, string_agg(id || ':' || score, ' ' ORDER BY score DESC, id) FROM best_candidates($opening, 20);
			RESET client_min_messages;
			RESET log_statement_stats;
		SQL
	done
}

mkdir "$dir/market"
"$bench" "$@" --dump "$dir/market"
start
cd "$dir/market"
ask -f "$here/postgres.sql" >/dev/null
questions >questions.sql
ask -A -t -F $'\t' -f questions.sql >lists 2>messages

version=$(ask -At -c 'SHOW server_version' | cut -d ' ' -f 1)
awk -F '\t' -v version="$version" -v ratios="$ratios" -f "$here/postgres.awk" answer.tsv lists messages
