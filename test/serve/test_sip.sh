#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# A telephone exchange, played by sipp, and the real processes: test_sip.sh PROGRAM. The exchange asks for a digest, calls, cancels, and
# sends what it should not; what is asserted are rows of the database.
# shellcheck disable=SC2317 # conditions are called by name
. test/serve/serve.sh
here=test/serve/sip
command -v sipp >/dev/null || {
	skipped "an exchange calls" "there is no sipp here (Debian: sip-tester)"
	finish
	exit
}
listener=
trap 'end_listener; quit' EXIT
end_listener() {
	[ -z "$listener" ] || kill -TERM "$listener" 2>/dev/null
	[ -z "$listener" ] || wait "$listener" 2>/dev/null
	listener=
}

# free_port: of UDP and TCP
free_port() {
	python3 -c 'import socket
while True:
    t = socket.socket(); t.bind(("127.0.0.1", 0)); p = t.getsockname()[1]
    u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try: u.bind(("127.0.0.1", p))
    except OSError: continue
    print(p); break'
}

# play SCENARIO TRANSPORT ARGUMENT...: sipp as the exchange, from its port; what it logs goes to $scratch/sipp
play() {
	scenario=$1 how=$2
	shift 2
	: >"$scratch/sipp"
	sipp -sf "$here/$scenario.xml" -i 127.0.0.1 -p "$exchange" -t "$how" -m 1 -nostdin -timeout 10 -timeout_error \
		-log_file "$scratch/sipp" -trace_logs -error_file "$scratch/sipp.err" -trace_err "$@" >"$scratch/sipp.out" 2>&1 || {
		said=$(tail -n 30 "$scratch/sipp.err" "$scratch/sipp.out" 2>/dev/null | tr -d '\033')
		return 1
	}
}
logged() { sed -n "s/^$1 //p" "$scratch/sipp" | tail -n 1; }

# call TRANSPORT FROM MORE WHY: one call that rings and is cancelled; an empty header is left out by sipp
call() {
	play call "$1" -nr -key FROM "$2" -key MORE "$3" -key WHY "$4" -s "$contact" -cid_str "$5-%u@pbx" "127.0.0.1:$sip"
}
# known ID: what the database knows of a call
known() {
	sql "SELECT concat_ws('|', count(*), max(caller_number), max(array_to_string(extensions, ',')), max(state), max(result)) FROM lg.call WHERE call LIKE '$1-%'"
}
is_known() { [ "$(known "$1")" = "$2" ]; }
# becomes ID ROW NAME: within five seconds, as there are two processes between
becomes() {
	until_true 5 is_known "$1" "$2"
	found=$?
	[ $found -eq 0 ] || said="$1: $(known "$1"), not $2; $(tail -n 5 "$scratch/sip.log")"
	passed "$3" $found
}

start_service
passed "the service is there" $?
sign_in
head -c 32 /dev/urandom >"$scratch/secret.raw"
base64 -w 0 "$scratch/secret.raw" | tr '+/' '-_' | tr -d '=' >"$scratch/secret"
client=$(sql "SELECT lg_gate.sign('$tenant|staff|$account||administrator|'); SELECT lg_gate.client_create('PBX', '{exchange}', '\\x$(od -An -v -tx1 "$scratch/secret.raw" | tr -d ' \n')')" | tail -n 1)
printf '# who we are there\n299 s3cret phrase\n' >"$scratch/accounts"
chmod 644 "$scratch/accounts" "$scratch/secret"
exchange=$(free_port)
sip=$(free_port)

# begin TRANSPORT: the telephone, as a program of its own
begin() {
	LANDGANG_SIP_SERVER=127.0.0.1:$exchange LANDGANG_SIP_DOMAIN=pbx.example LANDGANG_SIP_TRANSPORT=$1 LANDGANG_SIP_PORT=$sip \
		LANDGANG_SIP_ACCOUNTS_FILE=$scratch/accounts LANDGANG_SIP_CLIENT_ID=$client LANDGANG_SIP_CLIENT_SECRET_FILE=$scratch/secret \
		LANDGANG_SIP_API_URL=http://127.0.0.1:$port "$program" sip 2>>"$scratch/sip.log" &
	listener=$!
}
# listen: the same by UDP, registered when it is done. $contact is what it is called there.
listen() {
	begin udp
	play registrar u1 || return 1
	contact=$(logged contact | cut -d ' ' -f 1)
	[ -n "$contact" ]
}

# --- registration

listen
registered=$?
passed "it registers" $registered
[ $registered -eq 0 ] || {
	finish
	exit
}
said=$(cat "$scratch/sipp")
logged expires | grep -q "^120 " && logged to | grep -q '^sip:299@pbx.example ' && [ "$(logged contact | cut -d ' ' -f 2)" = "$sip" ]
passed "as the extension that it was given, where it listens" $?
holds "with a digest of its password" sh -c "sed -n 's/^authorization //p' '$scratch/sipp' | $here/exchange.py digest 299 's3cret phrase' REGISTER"
said=$contact
printf '%s' "$contact" | grep -qE '^299-[0-9a-f]{16}$'
passed "under a name that nobody else can guess" $?
said=$(cat "/proc/$listener/status")
printf '%s' "$said" | grep -qE '^Seccomp:\s*2$' && printf '%s' "$said" | grep -qE '^CapEff:\s*0+$' && ! printf '%s' "$said" | grep -qE '^Uid:.*\b0\b'
passed "behind a filter of calls, without rights, not as root" $?
said=$(awk -v port="$(printf '%04X' "$sip")" '{ n = split($2, at, ":"); if (n == 2 && at[2] == port) print at[1] }' /proc/net/udp /proc/net/udp6)
[ "$said" = 0100007F ]
passed "it listens at the address that it was given and no other" $?

# --- calls

call u1 '"Karen" <sip:86123456@pbx.example>' '' 'Reason: SIP;cause=200;text="Call completed elsewhere"' one
passed "a call rings, its INVITE comes twice, it is cancelled" $?
becomes one '1|+4586123456|299|ended|elsewhere' "it is one call, answered elsewhere"
said=$(sql "SELECT count(*) FROM lg.call c WHERE c::text LIKE '%Karen%'")
[ "$said" = 0 ]
passed "the name that the exchange shows is kept nowhere" $?
call u1 '<sip:+46701234567@pbx.example>' '' '' two
becomes two '1|+46701234567|299|ended|missed' "cancelled without a reason it is missed"
call u1 '<sip:200@pbx.example>' 'P-Asserted-Identity: <tel:+4587000001>' '' three
becomes three '1|+4587000001|299|ended|missed' "what the exchange asserts goes before From"
call u1 '<sip:200@pbx.example>' 'Remote-Party-ID: <sip:87000002@pbx.example>;party=calling;privacy=off' 'Reason: Q.850;cause=26' four
becomes four '1|+4587000002|299|ended|elsewhere' "as does Remote-Party-ID"
call u1 '"Anonymous" <sip:anonymous@anonymous.invalid>' '' '' five
becomes five '1|299|ended|missed' "who calls without a number has none"
call u1 '<sip:86123456@pbx.example>' 'P-Asserted-Identity: <sip:86123456@pbx.example>
Privacy: id' '' six
becomes six '1|299|ended|missed' "nor who asks for it, though the exchange knows it"
play options u1 -s "$contact" "127.0.0.1:$sip"
passed "it answers OPTIONS, and no call to a name that was not registered" $?

# --- what it should not listen to

before=$(sql 'SELECT count(*) FROM lg.call')
holds "who is not the exchange gets no answer" "$here/exchange.py" elsewhere "$(free_port)" "$sip" "$contact"
said=$(sql 'SELECT count(*) FROM lg.call')
[ "$said" = "$before" ]
passed "and calls nobody" $?
holds "what is no SIP, or half of it, is sent from the exchange's port" "$here/exchange.py" nonsense "$exchange" "$sip" "$contact"
call u1 '<sip:86123457@pbx.example>' '' '' seven
becomes seven '1|+4586123457|299|ended|missed' "after all that a call is a call"
said=$(sql "SELECT string_agg(concat_ws(':', call, coalesce(caller_number, '-'), state), ' ' ORDER BY call) FROM lg.call WHERE call LIKE 'odd-%'")
[ "$said" = 'odd-1:-:ringing odd-2:1:ringing odd-3:1:ringing odd-4:+4586123499:ended' ]
passed "odd callers have no number, or the next that is said" $?
kill -0 "$listener"
passed "the process is the same" $?
end_listener
listen
passed "begun anew it registers under another name" $?

# --- the service goes and comes

kill -KILL "$(child web)"
call u1 '<sip:86123458@pbx.example>' '' '' eight
becomes eight '1|+4586123458|299|ended|missed' "a call while the web process is gone is told when it is there again"
kill -STOP "$(child web)"
call u1 '<sip:86123459@pbx.example>' '' '' nine
sleep 1
kill -CONT "$(child web)"
becomes nine '1|+4586123459|299|ended|missed' "or when it answers again"

# --- the end

kill -TERM "$listener"
play registrar u1
passed "told to stop it takes its registration back" $?
logged expires | grep -q "^0 "
passed "with no seconds" $?
wait "$listener"
passed "and ends" $?
listener=
[ "$(sql "SELECT string_agg(DISTINCT role, ',') FROM lg.client CROSS JOIN unnest(roles) role WHERE id = '$client'")" = exchange ]
passed "all this with the rights of an exchange and no others" $?

# --- TCP; started by the service

"$here/exchange.py" tcp "$exchange" 299 's3cret phrase' eleven-1@pbx >"$scratch/tcp" 2>&1 &
player=$!
sleep 0.5
begin tcp
wait "$player"
passed "by TCP it registers, and takes a call in pieces" $?
said=$(cat "$scratch/tcp")
becomes eleven '1|+4586123461|299|ended|elsewhere' "which is told as well"
end_listener
stop_service
passed "the service stops" $?
export LANDGANG_SIP_SERVER="127.0.0.1:$exchange" LANDGANG_SIP_DOMAIN=pbx.example LANDGANG_SIP_PORT="$sip" \
	LANDGANG_SIP_ACCOUNTS_FILE="$scratch/accounts" LANDGANG_SIP_CLIENT_ID="$client" LANDGANG_SIP_CLIENT_SECRET_FILE="$scratch/secret"
start_service
play registrar u1
passed "where it is set the service does it itself" $?
contact=$(logged contact | cut -d ' ' -f 1)
call u1 '<sip:86123460@pbx.example>' '' '' ten
becomes ten '1|+4586123460|299|ended|missed' "and tells itself"
said=$(tr '\0' '\n' <"/proc/$(child sip)/environ"; cat "/proc/$(child sip)/cmdline")
! printf '%s' "$said" | grep -qE 's3cret|postgres'
passed "no secret stands where others could read it" $?
kill -KILL "$(child sip)"
play registrar u1
passed "killed it is started again" $?
kill -TERM "$supervisor"
play registrar u1 && logged expires | grep -q "^0 "
passed "and registers out when the service is stopped" $?
wait "$supervisor"
passed "which then ends" $?
supervisor=
said=$(grep -hE 'runtime error|AddressSanitizer|ThreadSanitizer|call (not taken|dropped)|calls not told' "$scratch/log" "$scratch/sip.log" || true)
[ -z "$said" ]
passed "nothing was lost on the way" $?
finish
