#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# What an import costs, in processor time:  bench/import.sh BUILD [ROWS]   (10,000); EACH=1 tells what each process took
# Openings come by the API's bulk, 10,000 lines at a time, into a service on a PostgreSQL of its own; counted is all that web, parser, jobs
# and database took until the last row was written. Beside it: psql \copy of the very same rows into the same tables, with their indexes
# and triggers, and nothing else of what an import does (no check of a field, nobody asked whether it is there already, nothing sealed).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C
program=$(realpath "$1/src/cmd/landgang") rows=${2:-10000}
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
dir=$(mktemp -d /tmp/landgang-XXXXXX)
pg=$dir/pg supervisor=
ticks=$(getconf CLK_TCK)
chmod 755 "$dir"

finish() {
	[[ -z $supervisor ]] || { kill -TERM "$supervisor" 2>/dev/null && wait "$supervisor" 2>/dev/null; } || :
	test/store/cluster.sh stop "$pg" || :
	rm -rf "$dir"
}
trap finish EXIT
die() {
	echo "import.sh: $*" >&2
	tail -n 5 "$dir/log" 2>/dev/null >&2 || :
	exit 1
}
ask() { "$bin/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$pg" -U postgres -d landgang "$@"; }

export LANDGANG_STATE_FOLDER=$dir/var LANDGANG_KEYS_FOLDER=$dir/keys LANDGANG_RUN_FOLDER=$dir/run LANDGANG_PORT=0 LANDGANG_METRICS_PORT=0 LANDGANG_LOG_LEVEL=warn
[[ $(id -u) -ne 0 ]] || export LANDGANG_USER=postgres
export LANDGANG_LANG_DIR
LANDGANG_LANG_DIR=$(realpath "$1/ui/lang")
OPTIONS="-c shared_buffers=512MB -c max_wal_size=4GB -c autovacuum=off" AUTH=scram-sha-256 test/store/cluster.sh start "$pg"
DATABASE_URL="postgresql://postgres@/landgang?host=$pg" "$program" migrate >"$dir/migrate.log" 2>&1 || die "no schema: $(cat "$dir/migrate.log")"
secret='\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
token=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
ask -c "SELECT lg_gate.create_tenant('municipality_dk', 'Bench', 'en')" >/dev/null
admin=$(ask -c "SELECT lg_gate.create_user(1, 'a@landgang.example', 'A', 'en', '{administrator}', '', NULL)")
ask -c "SELECT lg_gate.session_open('$admin', 1, '$secret', 'totp', '', '')" >/dev/null
client=$(ask -c "BEGIN" -c "SELECT lg_gate.enter('$secret')" -c "SELECT lg_gate.client_create('Bench', '{caseworker}', '$secret')" -c COMMIT | tail -n 1)
ask -c "SELECT lg_gate.bearer_open('$client', '$secret', '$secret')" >/dev/null

"$program" serve --help >/dev/null
DATABASE_URL="postgresql:///landgang?host=$pg" "$program" serve >"$dir/out" 2>"$dir/log" &
supervisor=$!
for _ in $(seq 600); do
	! grep -q '^ready: ' "$dir/out" || break
	kill -0 "$supervisor" 2>/dev/null || die "the service did not start"
	sleep 0.1
done
base=$(sed -n 's,^ready: \(http://127.0.0.1:[0-9]*\)/$,\1,p' "$dir/out")

# Ticks of a process, its threads and children that have ended.
used_by() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '{ print $12 + $13 + $14 + $15 }'; }
used() {
	local pid all=0 one main
	main=$(head -n 1 "$pg/data/postmaster.pid")
	for pid in $main $(pgrep -P "$main") "$supervisor" $(pgrep -P "$supervisor"); do
		one=$(used_by "$pid")
		all=$((all + ${one:-0}))
	done
	echo $all
}
# of \copy alone: the database, and psql, which the shell of number $1 waited for
used_copying() {
	local pid all=0 one main
	main=$(head -n 1 "$pg/data/postmaster.pid")
	for pid in $main $(pgrep -P "$main"); do
		one=$(used_by "$pid")
		all=$((all + ${one:-0}))
	done
	echo $((all + $(sed 's/.*) //' "/proc/$1/stat" | awk '{ print $14 + $15 }')))
}
seconds() { awk -v a="$1" -v b="$2" -v t="$ticks" 'BEGIN { printf "%.2f", (b - a) / t }'; }

awk -v n="$rows" 'BEGIN { for (i = 1; i <= n; i++) printf "{\"id\": \"B%d\", \"employer\": \"Employer %d\", \"post\": {\"title\": \"Post number %d\", \"kind\": \"job\", \"positions\": %d, \"words\": \"What is done there, in a line of words that an advertisement would have\"}, \"occupations\": [{\"occupation\": \"%s\"}], \"languages\": [{\"language\": \"da\", \"level\": \"b1\"}], \"place\": {\"municipality\": \"DK-0461\"}, \"time\": {\"hours\": 37, \"expires_on\": \"2030-12-31\"}}\n", i, i % 100, i, 1 + i % 3, i % 2 ? "2221" : "7512" }' >"$dir/rows"
bring() {
	curl -s --fail-with-body "$base/api/v1/openings/bulk?source=$1&make_employers=1" -H "Authorization: Bearer $token" --data-binary @"$2" \
		-H 'Content-Type: application/x-ndjson' -o "$dir/answer" || die "not taken: $(cat "$dir/answer")"
}
wait_for() { while [[ $(ask -c "SELECT count(*) FROM lg.import WHERE state <> 'done'") != 0 ]]; do sleep 1; done; }
split -l 10000 "$dir/rows" "$dir/part-"
# An office that has some already, and whose database knows its own size, as autovacuum sees to it.
head -n 500 "$dir/rows" | sed 's/Post number/Old number/' >"$dir/old"
bring old "$dir/old"
wait_for
ask -c ANALYZE
before=$(used)
for part in "$dir"/part-*; do bring bench "$part"; done
wait_for
after=$(used)
ask -c "DELETE FROM lg.opening WHERE title LIKE 'Old%'"
[[ -z ${EACH-} ]] || for pid in $(pgrep -P "$(head -n 1 "$pg/data/postmaster.pid")") "$supervisor" $(pgrep -P "$supervisor"); do
	echo "$(used_by "$pid") ticks: $(tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c 1-100)"
done
came=$(ask -c "SELECT count(*) FROM lg.opening")
[[ $came == "$rows" ]] || die "$came of $rows rows came"
import=$(seconds "$before" "$after")

# Of the rows that the import wrote: \copy of those of openings alone, and of all of them (keys of search, log, keys, ids, rows of the file).
tables=(opening opening_trigram person_key imported import_row audit)
columns_of() { ask -c "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'lg.$1'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"; }
for table in "${tables[@]}"; do
	columns_of "$table" >"$dir/$table.columns"
	ask -c "COPY (SELECT $(cat "$dir/$table.columns") FROM lg.$table) TO STDOUT CSV" >"$dir/$table.csv"
done
empty() {
	for table in import_row imported audit person_key opening match_entry; do ask -c "DELETE FROM lg.$table" -c "VACUUM lg.$table"; done
	ask -c "VACUUM lg.opening_trigram"
}
copy() {
	local before table me=$BASHPID
	empty
	before=$(used_copying "$me")
	for table in "$@"; do ask -c "\\copy lg.$table ($(cat "$dir/$table.columns")) FROM '$dir/$table.csv' CSV"; done
	seconds "$before" "$(used_copying "$me")"
}
alone=$(copy opening)
all=$(copy "${tables[@]}")
times() { awk -v a="$import" -v b="$1" 'BEGIN { printf "%.1f", (b > 0) ? a / b : 0 }'; }
printf '%d openings: %s s of processor time for the import; \copy of all that it wrote: %s s, %s times less (the promise: 3); of the table of openings alone: %s s, %s times less\n' \
	"$rows" "$import" "$all" "$(times "$all")" "$alone" "$(times "$alone")"
