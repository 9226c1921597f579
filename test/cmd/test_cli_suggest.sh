#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# What a text names is suggested with its words; what is no text is refused in one line.
. test/cmd/cli.sh

printf 'Portør til sygehuset\nDu skal køre patienter på hospitalet, sammen med sygeplejersker.\n' >ad.txt
exits "an advertisement" 0 landgang taxonomy suggest --lang da ad.txt
tab=$(printf '\t')
says "... gives the occupation of its headline" "occupation${tab}lg:porter${tab}9000${tab}0${tab}7${tab}portør${tab}Portør"
says "... and a skill with its words" "skill${tab}lg:patient-transport${tab}10000"
same "... the surest first, and no more" "$(cut -f 2 out.txt | paste -s -d ' ' -)" "lg:patient-transport lg:porter"
from=$(sed -n 's/^skill.*10000\t\([0-9]*\)\t.*/\1/p' out.txt)
to=$(sed -n 's/^skill.*10000\t[0-9]*\t\([0-9]*\)\t.*/\1/p' out.txt)
same "... which stand where it says" "$(head -c "$to" ad.txt | tail -c "+$((from + 1))")" "køre patienter på hospitalet"
exits "what is less sure" 0 landgang taxonomy suggest --least 0 ad.txt
says "... is told when asked for" "lg:nurse"
exits "for programs" 0 landgang taxonomy suggest --json ad.txt
says "... an array" '"words": "køre patienter på hospitalet"'
says "... with the number of places" '"count": 1'
printf 'Jeg er sygeplejerske' | landgang taxonomy suggest - >out.txt
same "standard input" "$(cut -f 2 out.txt)" "lg:nurse"
: >empty.txt
exits "an empty text" 0 landgang taxonomy suggest --json empty.txt
same "... names nothing" "$(cat out.txt)" "[]"
printf 'k\370re' >latin1.txt
exits "what is not UTF-8" 3 landgang taxonomy suggest latin1.txt
says "... is refused with the byte" "is not UTF-8 at byte 1"
head -c 1048577 /dev/zero | tr '\0' 'a' >long.txt
exits "more than a mebibyte" 3 landgang taxonomy suggest long.txt
says "... is refused" "is longer than 1 MiB"
head -c 1048576 long.txt >most.txt
exits "a mebibyte" 0 landgang taxonomy suggest most.txt
exits "a file that is not there" 4 landgang taxonomy suggest none.txt
exits "a language that is none" 2 landgang taxonomy suggest --lang danish ad.txt
exits "no file named" 2 landgang taxonomy suggest
clean "nothing is left behind"
finish
