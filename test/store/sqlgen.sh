#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# sqlgen.sh SQLGEN NAME...: what the maker of queries refuses, and what it says then. Speaks TAP.
# Dollars in single quotes are the queries' own.
# shellcheck disable=SC2016
set -u
sqlgen=$(realpath "$1")
shift
. test/frame/tap.sh
# A file that its component keeps from sqlcheck would be prepared by the customer.
unlisted() {
	find src -name '*.sql' | while read -r file; do
		name=$(basename "$file" .sql)
		case " $* " in *" $name "*) ;; *) echo "$file is not in query_names" ;; esac
	done
}
said=$(unlisted "$@")
[ -z "$said" ]
passed "sqlcheck is told of every file of queries" $?
said=$(unlisted)
[ -n "$said" ]
passed "... and one that is kept from it would be seen" $?
cd "$scratch" || exit 2

# make TEXT: turn it into C
make() {
	printf '%b' "$1" >some.sql
	"$sqlgen" some.sql some.sql.h some.sql.c && cat some.sql.c
}
# taken NAME TEXT
taken() { holds "$1" make "$2"; }
# refused NAME TEXT WORDS
refused() { refuses "$1" "$3" make "$2"; }
# gives NAME TEXT WORDS: its C has them
gives() {
	said=$(make "$2" 2>&1) && printf '%s\n' "$said" | grep -qF -- "$3"
	passed "$1" $?
}

head='-- name: x :many\n-- doc: X.\n'
both="$head"'-- in: id uuid\n-- out: id uuid\n'
taken "a statement is taken" "$both"'SELECT id FROM t WHERE id = $id;\n'
refused "a word that is not in the in: line is refused, with its line" "$both"'SELECT id\nFROM t WHERE id = $id AND a = $idd' \
	'some.sql:6: $idd is not in the in: line of x'
refused "a word of the in: line that is not used is refused, with its line" "$both"'SELECT id FROM t' 'some.sql:3: x does not use $id'
refused "... also when it stands in a string only" "$both""SELECT id FROM t WHERE a = 'a \$id'" 'x does not use $id'
refused "... or in a dollar-quoted one" "$both"'SELECT id FROM t WHERE a = $$ $id $$' 'x does not use $id'
refused "... or in a comment" "$both"'SELECT id FROM t -- $id\n /* $id */' 'x does not use $id'
refused "... or in a quoted name" "$both"'SELECT "$id" FROM t' 'x does not use $id'
gives "strings stay as they are" "$both""SELECT id FROM t WHERE a = 'it''s \$id' AND b = E'\\\\'\$id' AND id = \$id" \
	"'it''s \$id' AND b = E'\\\\'\$id' AND id = \$1"
gives "dollar-quoted strings stay as they are" "$both"'SELECT $$a$id$$ || $b$ $$ $id $b$ WHERE id = $id' \
	'$$a$id$$ || $b$ $$ $id $b$ WHERE id = $1'
gives "casts stay as they are" "$both"'SELECT id::text[] FROM t WHERE id = $id::uuid' 'id::text[] FROM t WHERE id = $1::uuid'
gives "a dollar in a name is part of it" "$both"'SELECT id FROM t$id WHERE id = $id' 'FROM t$id WHERE id = $1'
gives "comments are left out" "$both"'SELECT id /* a /* b */ ; */ FROM t -- c ;\nWHERE id = $id' '"SELECT id   FROM t \n"'
gives "a word used twice is one parameter" "$both"'SELECT id FROM t WHERE id = $id OR a = $id' 'WHERE id = $1 OR a = $1'
gives "quotes and question marks are C's" "$both"'SELECT id FROM t WHERE "b"->$id ? 1' '\"b\"->$1 \? 1'
refused "a number for a parameter is refused" "$head"'-- out: id int\nSELECT $1' 'a parameter has a name'
refused "two statements in one are refused" "$both"'SELECT id FROM t WHERE id = $id; SELECT 1' 'one statement only in x'
refused "a string without an end is refused" "$both"'SELECT id FROM t WHERE id = $id AND a = '"'b" 'has no end'
refused "a dollar-quoted string without an end is refused" "$both"'SELECT $a$ $b$' '$a$ has no end'
refused "a comment without an end is refused" "$both"'SELECT /* /* */ $id' 'a comment has no end'
refused "parentheses that do not match are refused" "$both"'SELECT (id FROM t WHERE id = $id' 'parentheses of x do not match'
refused "an unknown type is refused" "$head"'-- out: id uuuid\nSELECT 1' "some.sql:3: 'uuuid' is no type"
refused "a list of a type that has none is refused" "$head"'-- out: id date[]\nSELECT 1' "'date[]' is no type"
refused "a truth that may be NULL is refused" "$head"'-- out: it bool?\nSELECT 1' 'a bool is never NULL'
refused "a column named twice is refused" "$head"'-- out: id int, id int\nSELECT 1' 'id stands there twice'
refused "a column called by a word of C is refused" "$head"'-- out: default int\nSELECT 1' "'default' is a word of C"
refused "a column with a capital is refused" "$head"'-- out: Id int\nSELECT 1' 'is no name'
refused "a comma at the end is refused" "$head"'-- out: id int,\nSELECT 1' 'ends with a comma'
refused "an unknown kind is refused" '-- name: x :some\n-- doc: X.\n-- out: id int\nSELECT 1' "':some' is no kind"
refused "a statement without a doc: line is refused" '-- name: x :exec\nSELECT 1' 'some.sql:1: x has no doc: line'
refused "a statement without SQL is refused" "$both"'-- name: y :exec\n-- doc: Y.\nSELECT 1' 'x has no SQL'
refused "rows without an out: line are refused" "$head"'SELECT 1' 'x is :many and has no out: line'
refused "an out: line where nothing comes out is refused" '-- name: x :exec\n-- doc: X.\n-- out: id int\nSELECT 1' 'x is :exec and has an out: line'
refused "two statements of one name are refused" "$both"'SELECT $id;\n'"$both"'SELECT $id' 'there are two of the name x'
refused "a line for the head below the SQL is refused" "$head"'-- out: id int\nSELECT 1\n-- in: id int' 'stands below the SQL'
refused "... and above the name" "-- in: id int\n$both"'SELECT $id' 'stands above the name'
refused "SQL without a name is refused" 'SELECT 1' 'SQL without a name: line'
refused "a file without statements is refused" '-- nothing\n' 'there is no statement in it'
guard='-- name: x :guard\n-- doc: X.\n'
gives "a guard fails when no row was touched" "$guard"'UPDATE t SET a = 1' 'SELECT 1 / count(*) FROM guarded'
gives "... and asks for what it needs" "$guard"'UPDATE t SET a = 1' 'RETURNING 1'
gives "... but not twice" "$guard"'UPDATE t SET a = 1 RETURNING id' '"UPDATE t SET a = 1 RETURNING id\n"'
refused "a guard with out: and without RETURNING is refused" "$guard"'-- out: id int\nUPDATE t SET a = 1' 'has out: and no RETURNING'
set='-- name: x :set\n-- doc: X.\n-- in: id uuid, words text[]\n'
gives "a set has its rows in a list for each column" "$set"'INSERT INTO t SELECT r.id, r.words FROM $rows r' \
	'FROM (SELECT u.id, u.words::text[] FROM unnest($1::uuid[], $2::text[]) AS u (id, words)) r'
refused "... and nothing else goes in" "$set"'INSERT INTO t SELECT r.id, r.words FROM $rows r WHERE r.id = $id' 'its parameters are columns of $rows'
refused "... and once" "$set"'INSERT INTO t SELECT r.id, q.words FROM $rows r, $rows q' '$rows stands there once'
refused "... and it is used" "$set"'DELETE FROM t' 'x does not use $id'
refused "a set without columns is refused" '-- name: x :set\n-- doc: X.\nINSERT INTO t SELECT 1 FROM $rows r' 'has no in: line'
refused "nothing comes out of a set" '-- name: x :set\n-- doc: X.\n-- in: id uuid\n-- out: id uuid\nINSERT INTO t SELECT r.id FROM $rows r RETURNING id' 'has an out: line'
part='-- part: mine\nid = $id\n  AND a = 1\n\n'
gives "a part is put in where its name stands" "$part$both"'SELECT id FROM t WHERE ({mine})' 'WHERE (id = $1\n"'
gives "... as often as it stands there" "$part$both"'SELECT id FROM t WHERE {mine} OR {mine} -- {none}' 'AND a = 1 OR id = $1'
refused "what is wrong in a part is told with the part's line" '-- part: mine\na = 1\nAND id = $idd\n\n'"$both"'SELECT id FROM t WHERE {mine} AND id = $id' \
	'some.sql:3: $idd is not in the in: line of x'
refused "a part that is not there is refused, with its line" "$part$both"'SELECT id FROM t WHERE {mine}\nAND {other}' 'some.sql:10: there is no part other above'
gives "in a string there are no parts" "$part$both"'SELECT id FROM t WHERE {mine} AND b <> '"'{none}'" "b <> '{none}'"
refused "a part that is put in nowhere is refused" "$part$both"'SELECT id FROM t WHERE id = $id' 'some.sql:1: part mine is put in nowhere'
refused "two parts of one name are refused" "$part$part" 'there are two parts of the name mine'
refused "a part that holds itself is refused" '-- part: mine\na = {mine}\n\n'"$both"'SELECT id FROM t WHERE id = $id AND {mine}' 'part mine holds itself'
refused "an empty part is refused" '-- part: mine\n\n'"$both"'SELECT id FROM t WHERE id = $id' 'nothing stands below mine'
refused "a part does not end a statement" '-- part: mine\na = 1;\n\n'"$both"'SELECT id FROM t WHERE id = $id AND {mine}' 'part mine ends a statement'
second='SELECT id FROM t WHERE id = $id;\n-- name: y :many\n-- doc: Y.\n'
gives "rows of a statement above are of its type" "$both$second"'-- rows: x\nSELECT id FROM u' 'void db_y_send(struct lg_ctx *cx, struct db *db, struct db_x_rows *out)'
refused "... of one that is not there they are none" "$both$second"'-- rows: z\nSELECT id FROM u' 'some.sql:8: rows: there is no z above'
refused "... and not out: and rows: both" "$both$second"'-- out: id int\n-- rows: x\nSELECT id FROM u' 'out: and rows: both'
refused "... and only of kind :many" "$both"'SELECT id FROM t WHERE id = $id;\n-- name: y :one\n-- doc: Y.\n-- rows: x\nSELECT id FROM u' 'both are to be :many'
mv some.sql Some.sql
refuses "a file with a capital in its name is refused" 'is to be called name.sql' "$sqlgen" Some.sql a b
refuses "a file that is not there is refused" 'there is no such file' "$sqlgen" none.sql a b
long=$(printf '%5000s' '' | tr ' ' x)
gives "a long statement is no long literal" "$head-- out: a text\\nSELECT '$long' AS a" 'static const char x_sql[] = {'
finish
