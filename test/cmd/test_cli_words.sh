#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Words in place of codes: understood, or asked about; answers given back make the market whole.
. test/cmd/cli.sh

head=id,municipality,occupations,skills,languages,licences,wishes,wants_work,legal_basis,language
cat >c.csv <<TXT
$head
1,0101,sygeplejerske=6,yde førstehjælp,dansk=B1;українська=рідна,sygeplejerske@DK=held,,yes,consent,da
2,0101,медсестра=4,,Ukrainian=native;da=B1,медсестра@DK=held,,yes,consent,
3,0101,prybyralnytsia=2,,uk=modersmål;da=A1,,,yes,consent,uk
4,SE-0180,sjuksköterska,,svenska=B2,,undersköterska,yes,consent,svenska
5,0101,registred nurse=3,,da=C1,lg:nurse@DK=held,,yes,consent,en
6,0101,assistent=2;kok,,da=B1,,sanitar,yes,consent,da
TXT
cat >o.csv <<TXT
id,municipality,occupations,essential_skills,languages,licence,positions
a,0101,sygeplejeske,yde førstehjælp,dansk=B1,Sygeplejerske@DK,2
b,0101,rengøringsassistent,,da=A1,,1
c,0101,Assistent,,da=A1,,2
TXT
cat >c-codes.csv <<TXT
$head
1,0101,lg:nurse=6,lg:first-aid,da=B1;uk=native,2221@DK=held,,yes,consent,
2,0101,lg:nurse=4,,uk=native;da=B1,lg:nurse@DK=held,,yes,consent,
3,0101,lg:office-cleaner=2,,uk=native;da=A1,,,yes,consent,
4,SE-0180,lg:nurse,,sv=B2,,lg:social-health-assistant,yes,consent,
5,0101,lg:nurse=3,,da=C1,lg:nurse@DK=held,,yes,consent,
6,0101,lg:stock-clerk=2;lg:cook,,da=B1,,lg:porter,yes,consent,
TXT
cat >o-codes.csv <<TXT
id,municipality,occupations,essential_skills,languages,licence,positions
a,0101,lg:nurse,lg:first-aid,da=B1,2221@DK,2
b,0101,lg:office-cleaner,,da=A1,,1
c,0101,lg:stock-clerk,,da=A1,,2
TXT
hash() { figure proposals_sha256 "$1"; }

exits "files of words are matched" 0 landgang match --candidates c.csv --openings o.csv --prove --out r
says "... and how many were understood is said" "12 occupations and skills in words were understood"
says "... and how many were not" "3 are not clear"
exits "check comes to the same market" 0 landgang check r
same "the rows that are not clear are not used" "$(tail -n +2 r/rejected.csv | cut -d, -f 1-3 | paste -sd ' ')" \
	"c.csv,7,occupations o.csv,4,occupations"
said=$(cat r/understood.csv)
printf '%s\n' "$said" | grep -qx 'sygeplejeske,any,occupation,lg:nurse,sygeplejerske,91,close,1,o.csv,occupations,2'
passed "what was understood is listed, and how surely" $?
printf '%s\n' "$said" | grep -q '^sygeplejerske,da,occupation,lg:nurse,sygeplejerske,99,label,2,c.csv,occupations,2$'
passed "... each once" $?
said=$(cat r/understood.csv r/asked.csv r/rejected.csv)
[ "$(tail -n +2 r/understood.csv | LC_ALL=C sort | cksum)" = "$(tail -n +2 r/understood.csv | cksum)" ]
passed "... in order" $?
grep -q '^sanitar,da,occupation,,lg:' r/asked.csv
passed "what is not clear is asked about, with suggestions" $?
grep -q '^o.csv,4,occupations,Assistent,.*asked.csv' r/rejected.csv
passed "... and the advice says what to do" $?
same "codes are not listed" "$(grep -c 'lg:nurse@DK' r/understood.csv)" 0

# --- answers
exits "answers in the result itself" 2 match --candidates c.csv --openings o.csv --confirmed r/asked.csv --out r
says "... are not to be lost" "copy it elsewhere"
sed 's/^\(Assistent,any,occupation,\)/\1lg:stock-clerk lagerassistent/; s/^\(assistent,da,occupation,\)/\1lg:stock-clerk/; s/^\(sanitar,da,occupation,\)/\1lg:porter/' \
	r/asked.csv >answers.csv
cp answers.csv r/asked.csv
exits "answers in the result that were not given" 2 match --candidates c.csv --openings o.csv --out r
says "... are not to be lost either" "holds answers that would be lost"
exits "answers are given back" 0 landgang match --candidates c.csv --openings o.csv --confirmed answers.csv --prove --out r
same "nothing is asked any more" "$(figure asked r) $(tail -n +2 r/asked.csv | wc -l | tr -d ' ')" "0 0"
exits "the same market in codes" 0 match --candidates c-codes.csv --openings o-codes.csv --prove --out codes
same "... gives the same proposals, an occupation before the @ being its unit group" "$(hash r)" "$(hash codes)"
same "the answers are in the summary" \
	"$(sed -n '/"confirmed"/,/}/s/.*"sha256": "\(.*\)",/\1/p' r/summary.json)" "$(sha256sum <answers.csv | cut -d ' ' -f 1)"
exits "check finds the answers by itself" 0 landgang check r
exits "check with them named" 0 landgang check r --confirmed answers.csv
echo 'words,concept' >other.csv
exits "check with others" 3 landgang check r --quiet --confirmed other.csv
exits "check of a match without any" 3 landgang check codes --quiet --confirmed answers.csv
exits "explain knows them" 0 landgang explain --candidates c.csv --openings o.csv --confirmed answers.csv 6 c
exits "explain without them" 3 landgang explain --candidates c.csv --openings o.csv 6 c
exits "taxonomy find knows them" 0 landgang taxonomy find --confirmed answers.csv --lang da sanitar
says "... too" confirmed

# --- what must not matter, and what is wrong
turn() { sed 1q "$1" && tail -n +2 "$1" | LC_ALL=C sort -r; }
turn c.csv >c-turned.csv
match --candidates c-turned.csv --openings o.csv --confirmed answers.csv --prove --out turned
same "the order of lines" "$(hash r)" "$(hash turned)"
same "... nor to what is understood" "$(cut -d, -f 1-8 r/understood.csv)" "$(cut -d, -f 1-8 turned/understood.csv)"
exits "swapped files" 3 match --candidates o.csv --openings c.csv --out s
exits "answers that are none" 3 match --candidates c.csv --openings o.csv --confirmed c.csv --out s
exits "answers that are not there" 4 match --candidates c.csv --openings o.csv --confirmed none.csv --out s
exits "answers from standard input" 2 match --candidates c.csv --openings o.csv --confirmed - --out s
printf 'words,concept\nsanitar,lg:nobody\n' >wrong.csv
exits "an answer with a code nobody knows" 3 match --candidates c.csv --openings o.csv --confirmed wrong.csv --out s
says "... names its line" "line 2"
clean "nothing hidden is left"
finish
