#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# What is given wrongly ends with one clear line and the right exit status, and leaves nothing behind.
# shellcheck disable=SC2016 # the dollars are those of the inner shell
. test/cmd/cli.sh
market

# --- the program
exits "no command" 2 landgang
exits "a command nobody knows" 2 landgang mach
says "... but one much like it" 'did you mean "match"?'
exits "help" 0 landgang help
exits "help on a command" 0 landgang help match
says "... names its options" '--objective'
exits "help on no command" 2 landgang help nonsense
exits "version" 0 landgang --version
for command in match check explain generate; do
	exits "$command --help" 0 landgang $command --help
	exits "$command with an option nobody knows" 2 landgang $command --wizardry
done
exits "words that cannot be written" 4 sh -c '"$0" help >/dev/full' "$program"

# --- options
exits "no candidates" 2 match --openings $o --out r
exits "no openings" 2 match --candidates $c --out r
exits "no folder for the result" 2 match --candidates $c --openings $o
exits "both sides from standard input" 2 match --candidates - --openings - --out r
exits "lists too long" 2 match --candidates $c --openings $o --out r --top 256
exits "no such objective" 2 match --candidates $c --openings $o --out r --objective money
exits "a word too many" 2 match --candidates $c --openings $o --out r more

# --- files that are none
: >empty.csv
mkdir folder
exits "a missing file" 4 match --candidates missing.csv --openings $o --out r
says "... is named" missing.csv
exits "a folder" 4 match --candidates folder --openings $o --out r
exits "a device" 4 match --candidates /dev/zero --openings $o --out r
exits "a device as standard input" 4 sh -c '"$0" match --candidates - --openings "$1" --out r </dev/zero' "$program" $o
exits "an empty file" 3 match --candidates empty.csv --openings $o --out r
exits "the two files swapped" 3 match --candidates $o --openings $c --out r
exits "a line without an end" 3 sh -c \
	'head -c 3000000 /dev/zero | tr "\0" a | "$0" match --candidates - --openings "$1" --out r' "$program" $o
if [ "$(id -u)" -ne 0 ]; then
	cp $c secret.csv
	chmod 0 secret.csv
	exits "a file we may not read" 4 match --candidates secret.csv --openings $o --out r
fi
exits "a taxonomy that is none" 3 match --candidates $c --openings $o --taxonomy $c --out r
exits "an empty taxonomy" 3 match --candidates $c --openings $o --taxonomy empty.csv --out r

# --- weights
echo '{"occupation": 4000, "sex": 100}' >sex.json
exits "weights that know the sex" 3 match --candidates $c --openings $o --weights sex.json --out r
says "... are refused for it" sex
echo '{"occupation": 9999}' >heavy.json
exits "weights above 10,000" 3 match --candidates $c --openings $o --weights heavy.json --out r
echo '{"occupation": ' >broken.json
exits "weights that are no JSON" 3 match --candidates $c --openings $o --weights broken.json --out r

# --- where the result goes
mkdir full
echo mine >full/notes.txt
exits "a folder with something else in it" 2 match --candidates $c --openings $o --out full
same "... which stays" "$(cat full/notes.txt)" mine
exits "a file instead of a folder" 2 match --candidates $c --openings $o --out empty.csv
exits "a folder in no folder" 4 match --candidates $c --openings $o --out no/where
exits "the market's own folder" 2 match --candidates $c --openings $o --out market
exits "a disk that is full" 4 sh -c 'ulimit -f 8; "$0" match --quiet --candidates "$1" --openings "$2" --out r' "$program" $c $o
exits "generate: no such area" 2 landgang generate atlantis --out g
exits "generate: into a result of another kind" 2 sh -c '"$0" match --quiet --candidates "$1" --openings "$2" --out m &&
	"$0" generate denmark --out m' "$program" $c $o
said=$(ls)
[ ! -e r ] && [ ! -e g ]
passed "nothing was written by any of them" $?
clean "nothing hidden is left"
finish
