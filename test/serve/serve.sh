# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=sh
# Sourced by the tests of the running service: start it in a scratch folder, on ports that are free, and end it.
. test/frame/tap.sh
# shellcheck disable=SC2154 # scratch is tap.sh's
program=$(realpath "$1")
cluster=$(realpath test/store/cluster.sh)
chmod 755 "$scratch"
state=$scratch/state
supervisor=
trap 'quit' EXIT
export LANDGANG_STATE_FOLDER="$state" LANDGANG_KEYS_FOLDER="$scratch/keys" LANDGANG_RUN_FOLDER="$scratch/run" PORT=0 LANDGANG_METRICS_PORT=0
# Root's processes become somebody who may enter a test's database.
[ "$(id -u)" -ne 0 ] || export LANDGANG_USER=postgres

quit() {
	[ -z "$supervisor" ] || kill -KILL "$supervisor" 2>/dev/null
	[ ! -d "$scratch/pg/data" ] || "$cluster" stop "$scratch/pg" >/dev/null 2>&1
	until_true 5 gone
	rm -rf "$scratch"
}

# until_true SECONDS COMMAND...: try until it succeeds
until_true() {
	tries=$(($1 * 50))
	shift
	until "$@"; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.02
	done
}

# start_service: in the background; $supervisor, $port, $metrics when it is ready. What it logs goes to $scratch/log
start_service() {
	: >"$scratch/out"
	"$program" serve >"$scratch/out" 2>>"$scratch/log" &
	supervisor=$!
	until_true 100 is_ready || {
		said=$(tail -n 20 "$scratch/log")
		return 1
	}
	port=$(sed -n 's,^ready: http://127.0.0.1:\([0-9]*\)/$,\1,p' "$scratch/out")
	metrics=$(sed -n 's/.*"event":"ready".*"metrics_port":\([0-9]*\).*/\1/p' "$scratch/log" | tail -n 1)
}
is_ready() { grep -q '^ready: ' "$scratch/out" || ! kill -0 "$supervisor" 2>/dev/null; }

# child NAME: pid of one of its processes; `database` is its PostgreSQL
child() {
	case $1 in
	database) pgrep -P "$supervisor" -x postgres ;;
	*) pgrep -P "$supervisor" -f -- "--child $1" ;;
	esac
}

# status PATH: of the pages; health: of the second listener
status() { curl -s -m 5 -H "Cookie: ${cookie-none=}" -o "$scratch/page"  -w '%{http_code}' "http://127.0.0.1:$port$1"; }
health() { curl -s -m 5 -o "$scratch/health" -w '%{http_code}' "http://127.0.0.1:$metrics/health"; }
is_healthy() { [ "$(health)" = 200 ]; }
is_ill() { [ "$(health)" = 503 ]; }
# figure NAME: a value of /metrics
figure() { curl -s -m 5 "http://127.0.0.1:$metrics/metrics" | sed -n "s/^landgang_$1 //p"; }

# all_pids: what the service consists of, to see later that nothing is left
all_pids() { echo "$supervisor" "$(child web)" "$(child auth)" "$(child jobs)" "$(child database)"; }
gone() {
	for pid in ${pids-} $supervisor; do
		! kill -0 "$pid" 2>/dev/null || return 1
	done
}

# stop_service: politely; its exit status
stop_service() {
	kill -TERM "$supervisor"
	wait "$supervisor"
	left=$?
	supervisor=
	return $left
}

now_ms() { date +%s%3N; }

# sql TEXT: as superuser, in trial mode's own database or in the operator's ($scratch/pg)
sql() {
	if [ -d "$scratch/pg" ]; then
		psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$scratch/pg" -U postgres -d landgang -c "$1"
	else
		PGPASSWORD=$(cat "$state/postgresql/superuser") \
			psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$state/postgresql/run" -U postgres -d landgang -c "$1"
	fi
}

# sign_in: an office, somebody in it with most rights, and a session of hers: $cookie, $tenant, $account
sign_in() {
	tenant=$(sql "SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'en')") || return 1
	account=$(sql "SELECT lg_gate.create_user($tenant, 'kim@vinterby.example', 'Kim', 'en', ARRAY['administrator', 'caseworker', 'protection_officer'], NULL, NULL)") || return 1
	head -c 32 /dev/urandom >"$scratch/token"
	token=$(od -An -v -tx1 "$scratch/token" | tr -d ' \n')
	sql "SELECT lg_gate.session_open('$account', $tenant, '\\x$token', 'totp', '', '')" >/dev/null || return 1
	cookie=__Host-landgang=$(base64 -w 0 "$scratch/token" | tr '+/' '-_' | tr -d '=')
}
