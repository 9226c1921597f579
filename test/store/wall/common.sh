# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# shellcheck shell=sh
# Sourced by the tests of the wall: a cluster of their own with all of schema/ in it, and questions to it.
. test/frame/tap.sh
cluster=$(mktemp -d /tmp/landgang-XXXXXX)
trap 'test/store/cluster.sh stop "$cluster"; rm -rf "$scratch"' EXIT
if ! test/store/cluster.sh start "$cluster" $$ || ! test/store/cluster.sh schema "$cluster"; then
	echo "Bail out! no database"
	exit 1
fi

# as ROLE [OPTION...]: psql, its answers bare; what it says on stderr comes with them
as() {
	role=$1
	shift
	psql -X -A -t -q -h "$cluster" -U "$role" -d landgang "$@" 2>&1
}

one() { as postgres -c "$1"; }
# SQL that begins a transaction:  enter TOKEN  as the session of this name,  as_job TENANT  as a job
enter() { echo "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter(sha256('$1')); END \$\$;"; }
as_job() { echo "BEGIN; DO \$\$ BEGIN PERFORM lg_gate.enter_job($1, 'mail'); END \$\$;"; }

# reacts NAME PATTERN ROLE SQL: all that is answered, lines joined by "~", matches the pattern
reacts() {
	said=$(printf '%s\n' "$4" | as "$3" | tr '\n' '~')
	printf '%s\n' "$said" | grep -qE -- "$2"
	passed "$1" $?
}
