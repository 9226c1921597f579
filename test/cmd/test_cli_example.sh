#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The example in doc/example is what the program gives. To write it anew: test_cli_example.sh LANDGANG --write
top=$(pwd)
example=$top/doc/example
ads=$top/../shared/data/ads/platsbanken_sample.jsonl
write=${2-}
. test/cmd/cli.sh

# The page without its letters, which are not ours to give out here, and without its date.
plain() { sed -E '/^@font-face.*base64/d; s/(class="when">)[^<]*/\1/' "$1"; }

if [ ! -f "$ads" ]; then
	skipped "the example is made anew" "there is no ../shared/data/ads"
	finish
	exit 0
fi
cp "$example/candidates.csv" "$example/answers.csv" .
exits "the advertisements become openings" 0 landgang formats jobtech "$ads" --quiet
cp out.txt openings.csv
same "... all 49 of them" "$(tail -n +2 openings.csv | wc -l | tr -d ' ')" 49
exits "the people and the openings are matched" 0 match --candidates candidates.csv --openings openings.csv --prove --reserve 3000 --out first
asked() { cut -d, -f 1-3 "$1" | LC_ALL=C sort; }
same "what is not clear is what the answers answer" "$(asked first/asked.csv)" "$(asked answers.csv)"
exits "with the answers too" 0 match --candidates candidates.csv --openings openings.csv --confirmed answers.csv --prove --reserve 3000 \
	--report --lang da --out result
same "then nothing is asked any more" "$(figure asked result)" 0
same "all ten people are in" "$(tail -n +2 result/assignment.csv | cat - result/unplaced.csv | grep -c '^E')" 10
exits "the result is proven" 0 landgang check result --quiet
exits "each pair has its reasons in Danish" 0 landgang explain --candidates candidates.csv --openings openings.csv \
	--confirmed answers.csv --lang da E07 30016470
says "... with the level that is missing" "svensk fra A2 til B1"
plain result/report.html >new.html
[ "$write" != --write ] || cp new.html "$example/report.html"
plain "$example/report.html" >old.html
said=$(diff old.html new.html | cut -c 1-300 | head -20)
[ -z "$said" ]
passed "doc/example/report.html is what comes out (else: test/cmd/test_cli_example.sh LANDGANG --write)" $?
finish
