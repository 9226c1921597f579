# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=sh
# Sourced by the tests of this folder: TAP in a few words, and a scratch folder that goes away.
cases=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# passed NAME STATUS: one case; what the command said is in $said
passed() {
	cases=$((cases + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $cases - $1"
	else
		echo "not ok $cases - $1"
		[ -z "${said-}" ] || printf '%s\n' "$said" | sed 's/^/# /'
	fi
}

# skipped NAME REASON: a case that cannot be tried here
skipped() {
	cases=$((cases + 1))
	echo "ok $cases - $1 # SKIP $2"
}

# holds NAME COMMAND...: it must succeed
holds() {
	name=$1
	shift
	said=$("$@" 2>&1)
	passed "$name" $?
}

# refuses NAME WORDS COMMAND...: it must fail, and say WORDS
refuses() {
	name=$1
	words=$2
	shift 2
	if said=$("$@" 2>&1); then
		said="it was let pass; $said"
		passed "$name" 1
	else
		printf '%s\n' "$said" | grep -qF -- "$words"
		passed "$name" $?
	fi
}

finish() { echo "1..$cases"; }
