#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# What opens the most: refusals, the file, what must not matter, and a course made true in the input.
. test/cmd/cli.sh
market

levers() {
	folder=$1
	shift
	match --candidates $c --openings $o --prove --opens --out "$folder" "$@"
}
# column NUMBER FILE: a column of opens.csv, without the head; labels with a comma stand before none of those asked for
column() { sed 's/"[^"]*"//g' "$2" | awk -F, -v n="$1" 'NR > 1 { print $n }'; }

exits "--opens without --prove is refused" 2 match --candidates $c --openings $o --assign --opens --out no
says "... with the reason" "--opens: needs --prove"
exits "--seats without --opens is refused" 2 match --candidates $c --openings $o --prove --seats 5 --out no
says "... with the reason" "--opens is missing"
exits "a course of no seats is refused" 2 match --candidates $c --openings $o --prove --opens --seats 0 --out no
exits "what opens the most is found" 0 landgang match --candidates $c --openings $o --prove --opens --out r
says "... and said" "What opens the most: "
exits "... and the placement is proven as ever" 0 landgang check r
match --candidates $c --openings $o --prove --out without
for file in assignment.csv duals.csv proposals.csv unplaced.csv; do
	cmp -s r/$file without/$file
	passed "... with the same $file as without it" $?
done
[ ! -e without/opens.csv ]
passed "there is no opens.csv without --opens" $?

said=$(head -n 1 r/opens.csv)
[ "$said" = "rank,kind,code,label,from,to,people,pairs,openings,shut,gainers,blocks,value,seats,taken,more_placed,more_score,who" ]
passed "the head of opens.csv" $?
same "the ranks count up" "$(column 1 r/opens.csv)" "$(seq "$(($(wc -l <r/opens.csv) - 1))")"
same "the most placements first" "$(column 12 r/opens.csv)" "$(column 12 r/opens.csv | sort -nr)"
same "twelve courses" "$(column 14 r/opens.csv | grep -c 20)" 12
same "... in the summary too" "$(grep -c '"more_placed"' r/summary.json)" 12

# --- what must not matter
turn() { sed 1q "$1" && tail -n +2 "$1" | LC_ALL=C sort -t, -k5 -r; }
turn $c >c-turned.csv
turn $o >o-turned.csv
match --candidates c-turned.csv --openings o-turned.csv --prove --opens --out turned
cmp -s r/opens.csv turned/opens.csv
passed "the same in another order of lines" $?
for n in 1 2 7; do
	levers t$n --threads $n
	cmp -s r/opens.csv t$n/opens.csv
	passed "the same with $n threads" $?
done
levers scalar --simd scalar
cmp -s r/opens.csv scalar/opens.csv
passed "the same without vectors" $?
levers top --top 1
cmp -s r/opens.csv top/opens.csv
passed "the same from shorter lists" $?
levers r
cmp -s r/opens.csv t1/opens.csv
passed "an older result with it is replaced" $?

# --- a course made true: who got a seat gets the licence, or the language, or travels farther
# taught NUMBER FOLDER: the candidates after the course of that rank
taught() {
	sed 's/"[^"]*"//g' "$2/opens.csv" | awk -F, -v n="$1" '$1 == n { print $2, $3 == "" ? "-" : $3, $5 == "" ? "-" : $5, $6 == "" ? "-" : $6, $NF }' >course.txt
	read -r kind code from to who <course.txt
	awk -F, -v OFS=, -v kind="$kind" -v code="$code" -v from="$from" -v to="$to" -v who=";$who;" '
		NR > 1 && index(who, ";" $1 ";") {
			if (kind == "commute") $5 += to
			n = split($(kind == "language" ? 8 : 9), list, ";"); out = ""
			for (i = 1; i <= n; i++) { split(list[i], part, "="); if (part[1] != code) out = out list[i] ";" }
			if (kind == "language") $8 = out code "=" to
			if (kind == "licence") $9 = out code "=held"
		} { print }' $c
}
for objective in people score; do
	levers c-$objective --objective $objective --seats 6
	for rank in 1 2 3 4 5 6; do
		taught $rank c-$objective >taught.csv
		match --candidates taught.csv --openings $o --prove --objective $objective --out after
		placed=$(($(figure placed after) - $(figure placed c-$objective)))
		score=$(($(figure score_sum after) - $(figure score_sum c-$objective)))
		same "$objective, course $rank ($(cut -d ' ' -f 1,2,3,4 course.txt)): what it brings is so" "$placed $score" \
			"$(column 16 c-$objective/opens.csv | sed -n ${rank}p) $(column 17 c-$objective/opens.csv | sed -n ${rank}p)"
	done
done
levers one --seats 1
same "a course of one seat has one seat" "$(column 15 one/opens.csv | sed -n 1p)" 1

# --- nobody to help
head -n 1 $o >none.csv
exits "without openings nothing opens anything" 0 landgang match --candidates $c --openings none.csv --prove --opens --out none
says "... and that is said" "No single help opens anything"
head -n 1 $c >nobody.csv
exits "without candidates neither" 0 match --candidates nobody.csv --openings $o --prove --opens --out nobody
clean "nothing is left behind"
finish
