#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Lists: the same ones whatever the order, the threads, the instructions; parts that add up; rejections; Ctrl-C.
. test/cmd/cli.sh
market

hash() { figure proposals_sha256 "$1"; }
lists() {
	folder=$1
	shift
	match --candidates $c --openings $o --out "$folder" "$@"
}

exits "a market is matched" 0 landgang match --candidates $c --openings $o --out r
says "... and what came out is said" "300 candidates, 200 openings"
same "the hash is that of the file" "$(hash r)" "$(sha256sum <r/proposals.csv | cut -d ' ' -f 1)"
said=$(awk -F, 'NR > 1 { n++; s = 0; for (i = 6; i <= 12; i++) s += $i; if (s != $3) print } END { if (!n) print "none" }' r/proposals.csv)
[ -z "$said" ]
passed "the parts add up to the score" $?
said=$(tail -n +2 r/proposals.csv | LC_ALL=C sort -t, -c -k1,1 -k3,3nr -k2,2 2>&1)
passed "by candidate, best first, then by opening" $?
said=$(awk -F, 'NR > 1 && $4 == "" && $5 == ""' r/proposals.csv)
[ -z "$said" ]
passed "every pair stands on a list" $?

# --- what must not matter
for simd in scalar avx2 avx512; do
	if lists s-$simd --simd $simd 2>err.txt; then
		same "the same with $simd" "$(hash r)" "$(hash s-$simd)"
	else
		grep -q "this processor has no" err.txt
		passed "no $simd here" $?
	fi
done
for n in 1 2 7; do
	lists t$n --threads $n
	same "the same with $n threads" "$(hash r)" "$(hash t$n)"
done
turn() { sed 1q "$1" && tail -n +2 "$1" | LC_ALL=C sort -t, -k5 -r; }
turn $c >c-turned.csv
turn $o >o-turned.csv
match --candidates c-turned.csv --openings o-turned.csv --out turned
same "the same in another order of lines" "$(hash r)" "$(hash turned)"
sed '1s/$/,name,sex,age,nationality/; 2,$s/$/,Somebody,f,61,XX/' $c >c-more.csv
match --candidates c-more.csv --openings $o --out more
same "the same with columns for name, sex, age and nationality" "$(hash r)" "$(hash more)"
landgang match --candidates - --openings $o --out piped --quiet <$c
same "the same from standard input" "$(hash r)" "$(hash piped)"
mkfifo fifo
cat $o >fifo &
match --candidates $c --openings fifo --out fifoed
same "the same from a named pipe" "$(hash r)" "$(hash fifoed)"

# --- the length of the lists
lists one --top 1
said=$(awk -F, 'NR > 1 && ($4 > 1 || $5 > 1)' one/proposals.csv)
[ -z "$said" ]
passed "--top 1: only the best of each" $?
lists all --top all
same "--top all: as many as are feasible" "$(($(wc -l <all/proposals.csv) - 1))" "$(figure feasible_pairs r)"
cut -d, -f1-3 r/proposals.csv | LC_ALL=C sort >r.txt
cut -d, -f1-3 all/proposals.csv | LC_ALL=C sort >all.txt
said=$(LC_ALL=C comm -23 r.txt all.txt)
[ -z "$said" ]
passed "... the lists' pairs among them, with the same scores" $?
awk -F, 'NR > 1 && $4 != "" { print $1, $2, $4 }' r/proposals.csv >ranks.txt
awk -F, 'NR > 1 && $4 <= 20 { print $1, $2, $4 }' all/proposals.csv | LC_ALL=C sort >all-ranks.txt
same "... and the same ranks for candidates" "$(LC_ALL=C sort ranks.txt | cksum)" "$(cksum <all-ranks.txt)"
awk -F, 'NR > 1 && $5 != "" { print $1, $2, $5 }' r/proposals.csv >ranks.txt
awk -F, 'NR > 1 && $5 <= 20 { print $1, $2, $5 }' all/proposals.csv | LC_ALL=C sort >all-ranks.txt
same "... and for openings" "$(LC_ALL=C sort ranks.txt | cksum)" "$(cksum <all-ranks.txt)"
lists reserved --reserve 5000
said=$(awk -F, 'NR > 1 && $3 < 5000' reserved/proposals.csv)
[ -z "$said" ] && [ "$(wc -l <reserved/proposals.csv)" -gt 1 ]
passed "--reserve: nothing below" $?
echo '{"occupation": 0, "distance": 4000}' >near.json
lists near --weights near.json
said=$(awk -F, 'NR > 1 && $6 != 0' near/proposals.csv)
[ -z "$said" ] && [ "$(hash near)" != "$(hash r)" ]
passed "--weights: another score" $?

# --- rows that cannot be used
{ cat $c && sed -n 2p $c && sed -n '3s/^[^,]*/X1/p' $c | sed 's/da=/da=Z/'; } >c-bad.csv
match --candidates c-bad.csv --openings $o --out bad
same "rejected.csv begins with its header" "$(sed 1q bad/rejected.csv)" "file,line,column,value,advice"
said=$(cat bad/rejected.csv)
[ "$(wc -l <bad/rejected.csv)" -ge 3 ] && grep -q '^c-bad.csv,302,' bad/rejected.csv && grep -q '^c-bad.csv,303,' bad/rejected.csv
passed "... and names file and line of each" $?
same "... which the summary counts" "$(figure rejected bad)" "$(($(wc -l <bad/rejected.csv) - 1))"
same "no rejections: the header alone" "$(wc -l <r/rejected.csv)" 1

# --- one pair
pair=$(sed -n 2p r/proposals.csv)
who=$(echo "$pair" | cut -d, -f1)
what=$(echo "$pair" | cut -d, -f2)
exits "explain a proposal" 0 landgang explain --candidates $c --openings $o "$who" "$what"
says "... as possible" "Possible: every demand is met."
exits "... as JSON" 0 landgang explain --candidates $c --openings $o --json "$who" "$what"
says "... with the list's score" "\"score\": $(echo "$pair" | cut -d, -f3),"
who=$(sed -n 2p r/unplaced.csv | cut -d, -f1)
what=$(sed -n 2p r/unplaced.csv | cut -d, -f11)
demand=$(sed -n 2p r/unplaced.csv | cut -d, -f12 | cut -d ';' -f 1)
exits "explain what comes nearest to somebody without a proposal" 0 landgang explain --candidates $c --openings $o "$who" "$what"
says "... as not possible" "Not possible:"
says "... for the demand that unplaced.csv names" "NO   $demand"
exits "explain nobody" 3 landgang explain --candidates $c --openings $o nobody "$what"

# --- Ctrl-C, with an older result in place
mkfifo slow
before=$(cat r/*.csv | cksum)
"$program" match --quiet --candidates slow --openings $o --out r 2>err.txt &
child=$!
exec 3>slow
sed 5q $c >&3
kill -INT $child
wait $child
same "Ctrl-C: exit status" $? 130
exec 3>&-
same "... and the older result is as it was" "$(cat r/*.csv | cksum)" "$before"
clean "... and nothing hidden is left"
"$program" match --quiet --candidates slow --openings $o --out new 2>err.txt &
child=$!
exec 3>slow
kill -TERM $child
wait $child
same "a polite kill: exit status" $? 130
exec 3>&-
said=$(ls)
[ ! -e new ]
passed "... and no result" $?
clean "... hidden or not"
lists r --top 3
said=$(find r -mindepth 1 | wc -l)
[ "$(hash r)" != "$(hash t1)" ]
passed "an older result is replaced" $?
clean "... and gone"
finish
