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
# shellcheck source=bench/serve.sh
. bench/serve.sh "$1"
rows=${2:-10000}
export LANDGANG_LOG_LEVEL=warn LANDGANG_LANG_DIR
LANDGANG_LANG_DIR=$(realpath "$1/ui/lang")
new_database "-c shared_buffers=512MB -c max_wal_size=4GB -c autovacuum=off"
secret='\x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
token=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8
ask -c "SELECT lg_gate.create_tenant('municipality_dk', 'Bench', 'en')" >/dev/null
admin=$(ask -c "SELECT lg_gate.create_user(1, 'a@landgang.example', 'A', 'en', '{administrator}', '', NULL)")
ask -c "SELECT lg_gate.session_open('$admin', 1, '$secret', 'totp', '', '')" >/dev/null
client=$(ask -c "BEGIN" -c "SELECT lg_gate.enter('$secret')" -c "SELECT lg_gate.client_create('Bench', '{caseworker}', '$secret')" -c COMMIT | tail -n 1)
ask -c "SELECT lg_gate.bearer_open('$client', '$secret', '$secret')" >/dev/null

"$program" serve --help >/dev/null
start_service

# shellcheck disable=SC2046 # several
used() { used_by_all "$(server)" $(pgrep -P "$(server)") "$supervisor" $(pgrep -P "$supervisor"); }
# of \copy alone: the database, and psql, which the shell of number $1 waited for
used_copying() { echo $(($(used_by_database) + $(sed 's/.*) //' "/proc/$1/stat" | awk '{ print $14 + $15 }'))); }
seconds() { awk -v a="$1" -v b="$2" -v t="$ticks" 'BEGIN { printf "%.2f", (b - a) / t }'; }

awk -v n="$rows" 'BEGIN { for (i = 1; i <= n; i++) printf "{\"id\": \"B%d\", \"employer\": \"Employer %d\", \"post\": {\"title\": \"Post number %d\", \"kind\": \"job\", \"positions\": %d, \"words\": \"What is done there, in a line of words that an advertisement would have\"}, \"occupations\": [{\"occupation\": \"%s\"}], \"languages\": [{\"language\": \"da\", \"level\": \"b1\"}], \"place\": {\"municipality\": \"DK-0461\"}, \"time\": {\"hours\": 37, \"expires_on\": \"2030-12-31\"}}\n", i, i % 100, i, 1 + i % 3, i % 2 ? "2221" : "7512" }' >"$dir/rows"
bring() {
	curl -s --fail-with-body "http://127.0.0.1:$port/api/v1/openings/bulk?source=$1&make_employers=1" -H "Authorization: Bearer $token" --data-binary @"$2" \
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
[[ -z ${EACH-} ]] || for pid in $(pgrep -P "$(server)") "$supervisor" $(pgrep -P "$supervisor"); do
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
