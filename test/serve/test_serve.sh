#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# The service in trial mode, as a whole: test_serve.sh PROGRAM. What it consists of, what its processes may, how it lives and ends.
. test/serve/serve.sh

start_service
passed "it says where it is, when pages are served and the database is there" $?
pids=$(all_pids)

said=$(health; cat "$scratch/health")
printf '%s' "$said" | grep -q '^200{"status":"good","database":true,"auth":true,"match":true,"jobs":true,'
passed "/health says that all is there" $?
[ "$(figure schema)" = "$(find schema -name '[0-9]*.sql' | sed 's,.*/0*\([0-9]*\)_.*,\1,' | sort -n | tail -n 1)" ]
passed "/metrics says the number of the last file of schema/" $?
said=$(curl -s -m 5 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$metrics/"; curl -s -m 5 -o /dev/null -w '%{http_code}' -X POST "http://127.0.0.1:$metrics/health")
[ "$said" = 404405 ]
passed "the second listener has nothing else" $?

said=$(for language in da sv uk en; do
	curl -s -m 5 -H "Accept-Language: $language" "http://127.0.0.1:$port/not-here" | grep -o '<h1>[^<]*' | head -n 1
done)
[ "$said" = "<h1>Vi kunne ikke finde det.
<h1>Vi kunde inte hitta det.
<h1>Не вдалося це знайти.
<h1>We could not find it." ]
passed "whoever comes is spoken to in the language that the browser asks for" $?

# --- what the processes may

said=
for name in web auth match jobs; do
	p=/proc/$(child $name)/status
	grep -qE '^NoNewPrivs:\s*1$' "$p" || said="$said $name: new privileges;"
	grep -qE '^Seccomp:\s*2$' "$p" || said="$said $name: no filter;"
	grep -qE '^CapEff:\s*0+$' "$p" || said="$said $name: capabilities;"
	! grep -qE '^Uid:.*\b0\b' "$p" || said="$said $name: root;"
	[ "$(stat -c %u "/proc/$(child $name)/environ")" = 0 ] || said="$said $name: may be looked into;"
	grep -qE '^Max core file size +0 +0' "/proc/$(child $name)/limits" || said="$said $name: core files;"
done
[ -z "$said" ]
passed "web, sign-in, matcher and jobs are nobody, behind a filter, and are not looked into" $?

said=$(find "$scratch/keys" -type f | wc -l; find "$scratch/keys" ! -perm 0600 -type f; find "$scratch/keys" -maxdepth 0 ! -perm 0700)
[ "$said" = 6 ]
passed "keys are there, for the owner alone" $?

# Neither arguments nor environment, which others can read, hold a key.
cat "$scratch"/keys/* >"$scratch/words"
said=$(for name in web auth match jobs; do
	tr '\0' '\n' <"/proc/$(child $name)/cmdline" | grep -oFf "$scratch/words"
	tr '\0' '\n' <"/proc/$(child $name)/environ" | grep -oFf "$scratch/words"
done 2>/dev/null)
[ -s "$scratch/words" ] && [ -z "$said" ]
passed "no key stands in arguments or environment" $?

said=$(stat -c '%a %F' "$scratch/run/auth.sock" "$scratch/run/match.sock" | sort -u)
[ "$said" = "600 socket" ]
passed "sign-in and the matcher are asked by their own user only" $?

# Behind the filters all must still work: every page there is, in each language, and files to take along.
sign_in
web=$(child web)
status /candidates >"$scratch/code"
said=
for path in $(sed -n 's/^R(GET, *"\([^"{]*\)".*/\1/p' src/core/*.def | sort -u) $(sed -n 's,.*href="\(/assets/[^"]*\)".*,\1,p' "$scratch/page"); do
	got=$(status "$path")
	case $got in
	[234]??) ;;
	*) said="$said $path: $got;" ;;
	esac
done
got=$(find "$scratch/run/tmp" -type f)
[ -z "$said$got" ] && [ "$(child web)" = "$web" ] && [ "$(status /candidates)" = 200 ]
passed "every page is served, by a process that lives on" $?
status /candidates.xlsx >/dev/null
said=$(head -c 2 "$scratch/page")
[ "$said" = PK ]
passed "a spreadsheet is one" $?

# --- two of them

said=$(LANDGANG_RUN_FOLDER=$scratch/run2 timeout 20 "$program" serve 2>&1)
code=$?
[ $code -ne 0 ] && printf '%s' "$said" | grep -q 'landgang serve: .*Another landgang runs on'
passed "a second one on the same folder is refused" $?
said=$(PORT=$port LANDGANG_STATE_FOLDER=$scratch/state2 LANDGANG_RUN_FOLDER=$scratch/run2 timeout 20 "$program" serve 2>&1)
code=$?
[ $code -eq 4 ] && printf '%s' "$said" | grep -q 'Choose another port' && [ ! -d "$scratch/state2/postgresql" ]
passed "a port that is taken is said, before anything is made" $?

# --- killed

for name in web auth match jobs database; do
	before=$(child $name)
	kill -KILL "$before"
	begun=$(now_ms)
	comes_back() { [ -n "$(child "$name")" ] && [ "$(child "$name")" != "$before" ] && is_healthy; }
	until_true 60 comes_back
	code=$?
	said="after $(($(now_ms) - begun)) ms; $(cat "$scratch/health")"
	passed "$name comes back when it is killed" $code
done
are_counted() {
	said="$(figure 'process_restarts_total{process="web"}') $(figure 'process_restarts_total{process="database"}')"
	[ "$said" = "1 1" ]
}
until_true 3 are_counted
passed "and that is counted" $?

pids=$(all_pids)
kill -KILL "$supervisor"
until_true 5 gone
passed "when the supervisor is killed, nothing is left" $?
start_service && is_healthy
passed "the next start takes over" $?

# --- ended

pids=$(all_pids)
begun=$(now_ms)
stop_service
code=$?
said="exit status $code after $(($(now_ms) - begun)) ms"
[ $code -eq 0 ] && until_true 1 gone
passed "SIGTERM ends it in order, and nothing is left" $?
said=$(tail -n 40 "$scratch/log" | sed -n 's/.*"event":"ending","name":"\([a-z]*\)".*/\1/p' | tr '\n' ' ')
[ "$said" = "web jobs match auth " ]
passed "pages end first, then what they ask: jobs, matcher, sign-in" $?

start_service
pids=$(all_pids)
web=$(child web)
kill -STOP "$web"
kill -INT "$supervisor"
sleep 0.2
kill -0 "$supervisor" 2>/dev/null
passed "it waits for a process that does not end" $?
kill -INT "$supervisor"
until_true 5 gone
passed "a second Ctrl-C does not wait" $?
supervisor=

said=$(grep -vE '^\{"at":"[^"]*","level":"[a-z]*","process":"(supervisor|web|auth|jobs)","pid":[0-9]+,.*\}$' "$scratch/log")
[ -z "$said" ]
passed "every line it logged is one of JSON" $?
finish
