#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Every table that is in the catalogue, and some of the test's own, with rows of ten offices in it: tables.sql. And that it notices when a wall has a hole.
. test/store/wall/common.sh

as postgres -f test/store/wall/fixture_tables.sql
as postgres -c 'CREATE DATABASE whole TEMPLATE landgang' >/dev/null
as postgres -f test/store/wall/tables.sql >"$scratch/answers"
while IFS='|' read -r good what said; do
	[ "$good" = t ]
	passed "$what" $?
done <"$scratch/answers"
said=$(cut -d '|' -f 2 "$scratch/answers" | sed -n 's/ as .*//p' | sort -u | wc -l)
[ "$said" -ge "$(as postgres -c 'SELECT count(*) FROM lg_gate.walled')" ]
passed "all tables were gone over" $?

# hole NAME WORDS SQL: with this done, a case fails, and says WORDS
hole() {
	as postgres -c 'CREATE DATABASE hole TEMPLATE whole' >/dev/null
	said=$(printf '%s;\n\\i test/store/wall/tables.sql\n' "$3" | psql -X -A -t -q -h "$cluster" -U postgres -d hole 2>&1 | grep '^f|')
	printf '%s\n' "$said" | grep -qF -- "$2"
	passed "$1" $?
	as postgres -c 'DROP DATABASE hole' >/dev/null
}
hole "a wall without its USING is noticed" 'lg.unit as caseworker: sees no others|' 'ALTER POLICY wall ON lg.unit USING (true)'
hole "so is one open for UPDATE" 'lg.unit as administrator: UPDATE touches no others|' \
	'DROP POLICY wall ON lg.unit; CREATE POLICY wall ON lg.unit AS RESTRICTIVE FOR SELECT USING (tenant_id = (SELECT lg_gate.tenant()));
	CREATE POLICY del ON lg.unit AS RESTRICTIVE FOR DELETE USING (tenant_id = (SELECT lg_gate.tenant()))'
hole "so is one open for INSERT" 'lg.unit as administrator: adds nothing to another office|' 'ALTER POLICY wall ON lg.unit WITH CHECK (true)'
hole "so are candidates who see the office" 'as candidate: sees no others|' \
	"ALTER POLICY staff ON lg.unit USING ((SELECT lg_gate.kind()) = ANY (ARRAY['staff', 'client', 'candidate']))"
hole "so is a form that sees anything" 'as public form: sees no others|' 'ALTER POLICY staff ON lg.unit USING (true)'
hole "so are rules that the service writes" 'lg_ref.tenant_template as lg_web: changes nothing|' 'GRANT UPDATE ON lg_ref.tenant_template TO lg_web'
finish
