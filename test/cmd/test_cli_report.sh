#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The report: whole, in four languages, the same whatever does not matter, and telling nobody's secrets.
# How it looks to its readers is tried in test/browser.
. test/cmd/cli.sh
landgang generate denmark --candidates 800 --openings 500 --seed 5 --out market --quiet || echo "Bail out! no market"

report() {
	folder=$1
	shift
	match --candidates $c --openings $o --report --out "$folder" "$@"
}
# holds_words NAME FILE WORDS
words_in() {
	said=$(grep -cF -- "$3" "$2")
	[ "$said" -gt 0 ]
	passed "$1" $?
}
not_in() {
	said=$(grep -oE -- "$3" "$2" | head -5)
	[ -z "$said" ]
	passed "$1" $?
}
text() { sed 's/<[^>]*>/ /g' "$1"; }

exits "a report is written" 0 report r --prove
same "it tells of everybody" "$(grep -o '<span class="value">[^<]*' r/report.html | sed -n '1s/.*>//p')" 800
same "... of those with a place, as assignment.csv" "$(grep -o '<span class="value">[^<]*' r/report.html | sed -n '3s/.*>//p')" \
	"$(tail -n +2 r/assignment.csv | wc -l)"
words_in "... and that it is proven" r/report.html "that is proven"
same "it shows twelve pairs" "$(grep -c '<article' r/report.html)" 12
words_in "what opens the most stands in it" r/report.html "Kind of help"
exits "without the proof it says so" 0 report unproven
words_in "... in words" unproven/report.html "there may be a better placement"
words_in "... and that what opens the most was not computed" unproven/report.html "With --prove, landgang match"

# --- one file, readable without anything else
not_in "no other file is asked for" r/report.html '(src|href)="(https?:)?//[^"]*|@import|url\((https?:)?//[^)]*'
not_in "there is no script" r/report.html '<script| on[a-z]+="|javascript:'
not_in "nothing was left unfilled" r/report.html '\(null\)|\{\{'

# --- four languages
for language in da sv uk en; do
	exits "in $language" 0 report l-$language --prove --lang $language
	words_in "... it says so to browsers" l-$language/report.html "<html lang=\"$language\">"
done
words_in "Danish is Danish" l-da/report.html "Hvad der spærrer for hvem"
words_in "Swedish is Swedish" l-sv/report.html "Vad som hindrar vem"
words_in "Ukrainian is Ukrainian" l-uk/report.html "Що кому заважає"
words_in "... and says that no native reader has read it" l-uk/report.html "Жоден носій мови"
exits "another language is refused" 2 report x --lang de
says "... with those there are" "da"

# --- what must not matter
body() { grep -v 'class="when"' "$1/report.html" | grep -v SHA-256; }
turn() { sed 1q "$1" && tail -n +2 "$1" | LC_ALL=C sort -t, -k5 -r; }
turn $c >c-turned.csv
turn $o >o-turned.csv
match --candidates c-turned.csv --openings o-turned.csv --report --prove --threads 1 --out turned
body r >r.txt
body turned >turned.txt
said=$(diff r.txt turned.txt | head -5)
[ -z "$said" ]
passed "lines in another order and one thread give the same report" $?

# --- nobody is told from it
tail -n +2 $c | cut -d, -f1 >ids.txt
text r/report.html >r.words
said=$(grep -owFf ids.txt r.words | sort -u | head -3)
[ -z "$said" ]
passed "no id of a person stands in it" $?
# The cells about people of all tables but the one on positions: none of 1 to 4. (What a course would bring, "+3", is
# about nobody in particular; a table's first cell is its name.)
said=$(grep -o '<td class="n[^>]*><span class="l">\(People\|With a place\|Without\|of them\)[^<]*</span>[0-9,]*</td>' r/report.html |
	sed 's/.*<\/span>//; s/<.*//' | grep -xE '[1-4]')
[ -z "$said" ]
passed "no count of people from 1 to 4 stands in it" $?
words_in "... they are hidden, and that is said" r/report.html ">hidden<"
{ sed 1q $c; sed -n 2,10p $c; } >few.csv
exits "a report of nine people" 0 match --candidates few.csv --openings $o --report --prove --out few
placed=$(tail -n +2 few/assignment.csv | wc -l)
same "... hides how many have a place unless it is at least five and at most four are not" \
	"$(grep -o '<span class="value">[^<]*' few/report.html | sed -n '3s/.*>//p')" \
	"$(if [ "$placed" -ge 5 ] && [ "$placed" -ne 9 ] || [ "$placed" -le 4 ] && [ "$placed" -gt 0 ]; then echo hidden; else echo "$placed"; fi)"

# 60 people who can all be placed, and 3 who want one hour a week: the 3 must not follow from the sum of anything.
cut -d, -f1 r/assignment.csv | sed -n 2,61p >placed.txt
awk -F, -v OFS=, 'NR == FNR { want[$1] = 1; next }
	FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
	$1 in want { print; next }
	left < 3 && $at["wants_work"] == "yes" { left++; $at["hours_min"] = $at["hours_max"] = 1; print }' placed.txt $c >three.csv
exits "a report of 63 people, 3 without a place" 0 match --candidates three.csv --openings $o --report --prove --out three
same "... who are as many as that" "$(tail -n +2 three/unplaced.csv | wc -l | tr -d ' ')" 3
said=$(grep -o 'by score:[^"]*' three/report.html)
[ -n "$said" ] && ! printf '%s' "$said" | sed 's/[0-9]*0: hidden,*//g' | grep -q '[0-9]'
passed "... shows no class of the histogram" $?
said=$(grep -o '<td class="n[^>]*><span class="l">People with a place[^<]*</span>[^<]*</td>' three/report.html | grep -v hidden | head -3)
[ -z "$said" ]
passed "... nor how many have a place in an occupation" $?
not_in "... nor an example of the 3" three/report.html 'Not possible yet'
head -n 3 $c >two.csv
exits "a report of two people" 0 match --candidates two.csv --openings $o --report --prove --out two
not_in "... does not tell their number by that of the pairs" two/report.html '1,000 pairs'

# --- the ends of the range
sed 1q $c >nobody.csv
exits "a report of nobody" 0 match --candidates nobody.csv --openings $o --report --prove --out none
words_in "... says that there is nobody to show" none/report.html "too few people or openings"
sed 1q $o >nothing.csv
exits "a report of no openings" 0 match --candidates $c --openings nothing.csv --report --prove --out nothing
words_in "... says what to do" nothing/report.html "There are no openings. Add some"
clean "nothing is left beside the results"
finish
