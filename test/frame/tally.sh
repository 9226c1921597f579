#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The count of cases misses nothing: not the program that died, not the case that was announced and never ran.
. test/frame/tap.sh

# run STDOUT STATUS [RESULT]: one program's line in the log
run() {
	printf '{"name": "t", "stdout": "%s", "result": "%s", "returncode": %s}\n' "$1" "${3-OK}" "$2" >>"$scratch/log"
}

# closes LINE STATUS: how the tally of the log must end
closes() {
	said=$(printf '%s' "${expected-}" | tools/tally.py "$scratch/log" 2>&1)
	status=$?
	[ "$(printf '%s\n' "$said" | tail -n 1)" = "$2" ] && [ $status -eq "$3" ]
	passed "$1" $?
	: >"$scratch/log"
}

: >"$scratch/log"
closes "no program at all fails" '0 passed, 0 failed' 1
run '1..2\nok 1 - a\nok 2 - b\n' 0
closes "all passed" '2 passed, 0 failed' 0
run 'ok 1 - a\nok 2 - b\n1..2\n' 0
closes "the plan may come last" '2 passed, 0 failed' 0
run '1..2\nok 1 - a\n# why\nnot ok 2 - b\n' 1 FAIL
run '1..1\nok 1 - a\n' 0
closes "one failed among two programs" '2 passed, 1 failed' 1
run '1..2\nok 1 - a\nok 2 - b # SKIP no such processor\n' 0
closes "one skipped" '1 passed, 0 failed, 1 skipped' 0
run '1..2\nok 1 - a\n# no such processor\nnot ok 2 # SKIP b\n' 0
closes "one skipped, as cmocka writes it" '1 passed, 0 failed, 1 skipped' 0
run '1..1\nok 1 - b # SKIP no such processor\n' 0
closes "only skipped fails" '0 passed, 0 failed, 1 skipped' 1
run '1..0 # SKIP nothing here\n' 0 SKIP
run '1..1\nok 1 - a\n' 0
closes "a program skipped as a whole" '1 passed, 0 failed, 1 skipped' 0
run '1..3\nok 1 - a\n' -6 ERROR
closes "a program that died" '1 passed, 1 failed' 1
run '1..2\nok 1 - a\nok 2 - b\n' -11 ERROR
closes "one that died after its last case" '2 passed, 1 failed' 1
run '1..3\nok 1 - a\nok 2 - b\n' 0 ERROR
closes "a case that was announced and never ran" '2 passed, 1 failed' 1
run '' 0
closes "a program that said nothing" '0 passed, 1 failed' 1
run '' 127 ERROR
closes "a program that did not start" '0 passed, 1 failed' 1
run '1..2\nok 1 - a\n' -15 TIMEOUT
closes "a program that ran too long" '1 passed, 1 failed' 1
run '1..2\nok 1 - a\nBail out! no room\n' 1 ERROR
closes "a program that gave up" '1 passed, 1 failed' 1
expected='t
lists
'
run '1..1\nok 1 - a\n' 0
closes "a program that was never run" '1 passed, 1 failed' 1
finish
