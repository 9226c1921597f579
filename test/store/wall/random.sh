#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Queries put together at random learn nothing of other offices and touch nothing of theirs; and where the wall has a hole, they do.
# QUERIES says how many (./dev nightly: 10,000), SEED where their chance begins.
. test/store/wall/common.sh
: "${QUERIES:=200}"
: "${SEED:=0.5}"
as postgres -f test/store/wall/fixture_tables.sql
as postgres -c 'CREATE DATABASE whole TEMPLATE landgang' >/dev/null

# asked DATABASE COUNT SQL: SQL first, then so many queries
asked() {
	printf '%s;\n\\i test/store/wall/random.sql\n' "$3" | psql -X -A -t -q -v count="$2" -v seed="$SEED" -h "$cluster" -U postgres -d "$1" 2>&1 |
		sed -n 's/.*WARNING:  //p; s/.*ERROR: /ERROR: /p'
}
said=$(asked landgang "$QUERIES" 'SELECT 1 \g /dev/null')
echo "# seed $SEED: $(printf '%s\n' "$said" | tail -n 1)"
printf '%s\n' "$said" | tail -n 1 | grep -q "^queries $QUERIES, answered [1-9].*, rows [1-9].*, wrong 0\$"
passed "$QUERIES queries of chance" $?

hole() {
	as postgres -c 'CREATE DATABASE hole TEMPLATE whole' >/dev/null
	said=$(asked hole 200 "$3")
	printf '%s\n' "$said" | grep -q "$2"
	passed "$1" $?
	as postgres -c 'DROP DATABASE hole' >/dev/null
}
hole "a hole for reading is found" 'learnt of others' 'ALTER POLICY wall ON lg.candidate USING (true); ALTER POLICY wall ON lg.note USING (true)'
hole "a hole for deleting is found" 'touched rows of others' "DO \$\$ DECLARE t regclass; BEGIN FOR t IN SELECT polrelid FROM pg_policy WHERE polname = 'wall' AND polcmd = '*' LOOP
	EXECUTE format('ALTER POLICY wall ON %s USING (true) WITH CHECK (true)', t); END LOOP; END \$\$"
finish
