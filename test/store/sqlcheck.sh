#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# sqlcheck.sh SQLCHECK CLUSTER.SH STUB.sql: what sqlcheck refuses of wrong.sql, and what it says then. Speaks TAP.
set -u
. test/frame/tap.sh
# shellcheck disable=SC2154 # scratch is tap.sh's
"$1" "$2" "$3" >"$scratch/all" 2>&1
status=$?

# of STATEMENT: what was said of it
of() { sed -n "/^\(not \)\{0,1\}ok [0-9]* - $1\$/,/^\(not \)\{0,1\}ok [0-9]* - /{/ok [0-9]* - /{/ - $1\$/!d};p}" "$scratch/all"; }
is_right() {
	of "$1"
	of "$1" | grep -q "^ok "
}
is_wrong() {
	of "$1"
	of "$1" | grep -q "^ok "
}
holds "it fails as a whole" [ "$status" -ne 0 ]
holds "a statement that is as it says is taken" is_right right_one
holds "all types are known by their names" is_right right_types
holds "... of sets too" is_right right_set
refuses "a set whose column is of another type is refused" 'column "truth" is of type boolean' is_wrong wrong_set
refuses "a column that is not there is refused" 'column "nmae" does not exist' is_wrong wrong_column
refuses "a column of another name is refused" 'column 1 is name, and not title' is_wrong wrong_name
refuses "another number of columns is refused" 'there are 2 columns, and 1 are named' is_wrong wrong_number
refuses "a column of another type is refused" 'out: name is said to be int and is text' is_wrong wrong_out_type
refuses "a parameter of another type is refused" 'in: id is said to be text and is uuid' is_wrong wrong_in_type
refuses "an element for a list is refused" 'in: ids is said to be uuid and is uuid[]' is_wrong wrong_list
refuses "a time without zone is refused" 'moment is said to be time and is timestamp without time zone' is_wrong wrong_time
refuses "NULL that is not said is refused" 'out: words may be NULL' is_wrong wrong_null
refuses "... behind a guard too" 'out: words may be NULL' is_wrong wrong_null_guard
refuses "a table that the role may not read is refused" 'permission denied for table secret' is_wrong wrong_role
refuses "a function that the role may not run is refused" 'permission denied for function closed' is_wrong wrong_function
finish
