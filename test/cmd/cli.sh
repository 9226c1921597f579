# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=sh
# Sourced by the tests of the program: a small market, and cases that look at the exit status.
. test/frame/tap.sh
# shellcheck disable=SC2154 # scratch is tap.sh's
program=$(realpath "$1")
cd "$scratch" || exit 1

# exits NAME STATUS COMMAND...: its exit status; from 2 on, one line on stderr and no more. $said is all it said
exits() {
	name=$1
	status=$2
	shift 2
	"$@" >out.txt 2>err.txt
	got=$?
	said="exit status $got, wanted $status
$(cat out.txt err.txt)"
	right=0
	[ "$got" -eq "$status" ] || right=1
	[ "$status" -lt 2 ] || [ "$(wc -l <err.txt)" -eq 1 ] || right=1
	passed "$name" "$right"
}

# says NAME WORDS: what the last command of exits() said
says() {
	printf '%s\n' "$said" | grep -qF -- "$2"
	passed "$1" $?
}

# same NAME A B: two words are equal, and not empty
same() {
	said="\"$2\" and \"$3\""
	[ -n "$2" ] && [ "$2" = "$3" ]
	passed "$1" $?
}

# Nothing hidden is left beside the results.
clean() {
	said=$(find . -name '.landgang-*')
	[ -z "$said" ]
	passed "$1" $?
}

landgang() { "$program" "$@"; }
match() { "$program" match --quiet "$@"; }
# figure NAME FOLDER: a value of summary.json that stands once
figure() { sed -n "s/.*\"$1\": \"\{0,1\}\([^\",]*\)\"\{0,1\},\{0,1\}\$/\1/p" "$2/summary.json" | head -n 1; }

market() {
	landgang generate denmark --candidates 300 --openings 200 --seed 5 --out market --quiet || echo "Bail out! no market"
}
# shellcheck disable=SC2034 # the tests that source this use them
c=market/candidates.csv
# shellcheck disable=SC2034
o=market/openings.csv
