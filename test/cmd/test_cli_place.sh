#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Placements: proven, checked, and found wrong when somebody has meddled with them.
. test/cmd/cli.sh
market

hash() { figure assignment_sha256 "$1"; }
place() {
	folder=$1
	shift
	match --candidates $c --openings $o --out "$folder" "$@"
}
# placed and score of a folder's summary
placed() { figure placed "$1"; }
total() { figure score_sum "$1"; }

exits "a market is placed, with a proof" 0 landgang match --candidates $c --openings $o --prove --out p
says "... and so it says" "proven: no placement has more people, or as many with a higher sum of scores"
same "the hash is that of the file" "$(hash p)" "$(sha256sum <p/assignment.csv | cut -d ' ' -f 1)"
same "the summary counts the people" "$(placed p)" "$(($(wc -l <p/assignment.csv) - 1))"
same "... and their scores" "$(total p)" "$(awk -F, 'NR > 1 { s += $3 } END { print s }' p/assignment.csv)"
same "no gap" "$(figure gap p)" 0
same "who is not placed is in unplaced.csv" "$(($(wc -l <p/unplaced.csv) + $(wc -l <p/assignment.csv) - 2))" 300
same "duals for all" "$(($(wc -l <p/duals.csv) - 1))" 500
exits "the check finds it right" 0 landgang check p
says "... against all pairs" "The duals hold for all 60,000 pairs and add up"
exits "a sample too" 0 landgang check p --sample 50 --seed 9
says "... which says that it is one" "a sample, no proof"
exits "... with the files named anew" 0 landgang check p --candidates $c --openings $o

# --- what must not matter
for simd in scalar avx2 avx512; do
	if place s-$simd --prove --simd $simd 2>err.txt; then
		same "the same with $simd" "$(hash p)" "$(hash s-$simd)"
	else
		grep -q "this processor has no" err.txt
		passed "no $simd here" $?
	fi
done
for n in 1 2; do
	place t$n --prove --threads $n
	same "the same with $n threads" "$(hash p)" "$(hash t$n)"
done
turn() { sed 1q "$1" && tail -n +2 "$1" | LC_ALL=C sort -t, -k5 -r; }
turn $c >c-turned.csv
turn $o >o-turned.csv
match --candidates c-turned.csv --openings o-turned.csv --prove --out turned
same "the same in another order of lines" "$(hash p)" "$(hash turned)"
sed '1s/$/,name,sex,age,nationality/; 2,$s/$/,Somebody,f,61,XX/' $c >c-more.csv
match --candidates c-more.csv --openings $o --prove --out more
same "the same with columns for name, sex, age and nationality" "$(hash p)" "$(hash more)"

# --- objectives, reserve, lists
place score --prove --objective score
said="people: $(placed p) and $(total p); score: $(placed score) and $(total score)"
[ "$(placed p)" -ge "$(placed score)" ] && [ "$(total p)" -le "$(total score)" ]
passed "--objective people places no fewer, --objective score adds up to no less" $?
exits "... which the check finds right too" 0 landgang check score
place reserved --prove --reserve 5000
said=$(awk -F, 'NR > 1 && $3 < 5000' reserved/assignment.csv)
[ -z "$said" ] && [ "$(placed reserved)" -gt 0 ]
passed "--reserve: nobody below" $?
exits "... and right" 0 landgang check reserved
place lists --assign --top 2
same "--assign alone is not proven" "$(figure proven lists)" false
said="lists: $(placed lists), proven: $(placed p)"
[ "$(placed lists)" -le "$(placed p)" ]
passed "... and no better than the proven one" $?
exits "... and its pairs are right" 0 landgang check lists --quiet
place all --assign --top all
same "--top all is proven" "$(figure proven all)" true
same "... with the same sum" "$(total all)" "$(total p)"

# --- certificates that are wrong
meddle() {
	rm -rf wrong
	cp -r p wrong
	sed "$3" "p/$2" >"wrong/$2"
	exits "$1" 1 landgang check wrong
}
meddle "a placement removed" assignment.csv 2d
says "... is found" WRONG
meddle "a score one too high" assignment.csv "2s/[0-9]*\$/10000/"
says "... is named" "a stated score is not the right one"
meddle "somebody placed twice" assignment.csv "2p"
says "... is named" "placed more than once"
first=$(sed -n 2p p/assignment.csv | cut -d, -f2)
other=$(awk -F, -v first="$first" 'NR > 1 && $2 != first { print $2; exit }' p/assignment.csv)
meddle "somebody placed elsewhere" assignment.csv "2s/,[^,]*,/,$other,/"
meddle "nobody placed" assignment.csv "2s/^[^,]*/nobody/"
says "... is named" 'there is no candidate "nobody"'
meddle "a dual one too high" duals.csv "2s/,\([0-9]*\),1\$/,9\1,1/"
says "... is named" "the sum of weights is not the sum of duals"
meddle "a dual set to zero" duals.csv "$(awk -F, 'NR > 1 && $3 > 0 { print NR; exit }' p/duals.csv)s/,[0-9]*,1\$/,0,1/"
says "... is named" "a feasible pair weighs more than its duals"
meddle "a capacity changed" duals.csv "\$s/[0-9]*\$/65000/"
meddle "a dual missing" duals.csv "\$d"
meddle "a claim of more people" summary.json "s/\"placed\": /\"placed\": 1/"
meddle "proposals changed" proposals.csv 2d
meddle "another bonus" summary.json "s/\"bonus\": [0-9]*/\"bonus\": 5/"

# --- nothing to check
sed '2s/=[0-9]*;/=9;/' $c >c-other.csv
exits "other candidates" 3 landgang check p --quiet --candidates c-other.csv
says "... are not what was matched" "is not the file that was matched"
match --candidates $c --openings $o --out none
exits "a result without a placement" 3 landgang check none
exits "a market is no result" 3 landgang check market
exits "no folder" 4 landgang check missing
rm p/duals.csv
exits "no duals" 4 landgang check p --quiet

# --- markets with nothing in them
sed 1q $o >o-none.csv
match --candidates $c --openings o-none.csv --prove --out empty 2>err.txt
empty=$?
said="exit status $empty $(cat err.txt)"
[ "$empty" -eq 0 ] || [ "$empty" -eq 3 ]
passed "no openings: an answer, or a reason" $?
finish
