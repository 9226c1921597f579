#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Reasons in words: each language prints its own, how to close the gap, what opens the most; JSON speaks none of them.
tree=$PWD
. test/cmd/cli.sh
market
match --candidates $c --openings $o --out r

explain() { landgang explain --candidates $c --openings $o "$@"; }
# column FILE ROW NAME: a value of a CSV file without quotes
column() { awk -F, -v row="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i } NR == row { print $at }' "$1"; }

# The English texts with two words or more between their values, one piece a line.
sed -n 's/^msgid\(_plural\)\{0,1\} "\(.*\)"$/\2/p; s/^"\(.*\)"$/\1/p' "$tree/ui/lang/landgang.pot" | grep -v '\\n$' |
	sed 's/%[0-9]*\(ll\)\{0,1\}[a-z%]/\n/g; s/\\"/\n/g' | sed 's/^[^a-zA-Z]*//; s/[^a-zA-Z]*$//' |
	grep -E '[a-z]{2,} [a-zA-Z]{2,}' | grep -vE '^.{0,7}$' | sort -u >english.txt
said=$(wc -l <english.txt)
[ "$said" -gt 50 ]
passed "the English texts are known" $?

# all LANG FILE: everything that is said of some candidates, alone and with openings far and near
all() {
	for row in 2 7 12 20 33 47 60; do
		who=$(sed -n "${row}p" $c | cut -d, -f1)
		explain --lang "$1" "$who"
		for what in 2 30 77 150; do explain --lang "$1" "$who" "$(sed -n "${what}p" $o | cut -d, -f1)"; done
	done >"$2"
}

# --- the languages
# heads LANG WORD...: lines that are in the output of it
heads() {
	language=$1
	shift
	all "$language" "$language.txt"
	for head; do
		said=$(head -n 40 "$language.txt")
		grep -qxF -- "$head" "$language.txt"
		passed "$language: $head" $?
	done
}
heads en Demands Points Occupations "Essential skills" "How to close the gap" "What opens the most"
heads da Krav Point Fag "Nødvendige kompetencer" "Hvad der skal til" "Hvad der åbner mest"
heads sv Krav Poäng Yrken "Nödvändiga kompetenser" "Vad som behövs" "Vad som öppnar mest"
heads uk Вимоги Бали Професії "Основні навички" "Що потрібно, щоб відповідати" "Що відкриває найбільше можливостей"
said=$(grep -cFf english.txt en.txt)
[ "$said" -gt 100 ]
passed "English speaks English" $?
unread='Жоден носій мови'
for language in da sv uk; do
	said=$(grep -oFf english.txt $language.txt | sort | uniq -c)
	[ -z "$said" ]
	passed "$language: no English" $?
	notices=$(grep -c "$unread" $language.txt) # two lines below each explanation
	same "$language: as many lines as English has" "$(($(wc -l <$language.txt) - 2 * notices))" "$(wc -l <en.txt)"
done
same "uk: each explanation says that nobody has read the texts yet" "$(grep -c "$unread" uk.txt)" 35
same "... and only uk" "$(cat da.txt sv.txt en.txt | grep -c "$unread")" 0
said=$(LC_ALL=C.UTF-8 grep -P '\p{Cyrillic}' da.txt sv.txt en.txt)
[ -z "$said" ]
passed "no Ukrainian in the others" $?
explain "$who" "$what" 2>err.txt
who=$(sed -n 2p r/proposals.csv | cut -d, -f1)
what=$(sed -n 2p r/proposals.csv | cut -d, -f2)
explain "$who" "$what" >default.txt
explain --lang en "$who" "$what" >en.txt
same "English without --lang" "$(cksum <default.txt)" "$(cksum <en.txt)"
LC_ALL=da_DK.UTF-8 LANGUAGE=sv:da LANG=uk_UA.UTF-8 explain "$who" "$what" >locale.txt
same "... whatever the user's locale" "$(cksum <default.txt)" "$(cksum <locale.txt)"

# --- the parts add up
said=$(awk '/^Points/ { on = 1; next } /^$/ { on = 0 } on && /together/ { if ($1 != sum || $3 != most) print $1, sum; n++ } on { sum += $1; most += $3 } END { if (!n) print "none" }' default.txt)
[ -z "$said" ]
passed "the parts add up to the score" $?

# --- JSON
explain --json "$who" "$what" >en.json
for language in en da sv uk; do
	explain --json --lang $language "$who" "$what" >lang.json
	same "JSON: the same with --lang $language" "$(cksum <en.json)" "$(cksum <lang.json)"
done
said=$(sed -n 's/^  "\([a-z_]*\)":.*/\1/p' en.json | tr '\n' ' ')
[ "$said" = "candidate opening feasible score parts demands measures languages licences essential_skills optional_skills " ]
passed "JSON: its keys" $?
explain --json "$who" >en.json
explain --json --lang uk "$who" >uk.json
same "JSON of a candidate alone: the same with --lang uk" "$(cksum <en.json)" "$(cksum <uk.json)"

# --- how to close the gap, in a market of two
cat >two-c.csv <<'CSV'
id,lat,lon,max_commute_km,languages,licences,contracts,hours_min,hours_max,availability,start,skills,wants_work,legal_basis
Anna,55.6,12.0,10,da=A2,2221@DK=pending,placement,30,34,mon-fri 08:00-12:00,2027-03-01,,yes,consent
Bo,55.6,12.0,10,,,job,0,40,,,,no,consent
CSV
cat >two-o.csv <<'CSV'
id,lat,lon,languages,licence,assistant_allowed,contract,hours,schedule,start,essential_skills
Ward,55.6,12.35,da=B1,2221@DK,no,job,37,mon-fri 08:00-15:00,2027-01-01,lg:teamwork
Far,40.0,-3.0,da=B1,2221@DK,yes,job,45,,,
CSV
two() { landgang explain --candidates two-c.csv --openings two-o.csv "$@"; }
gap() { exits "$1" 0 two --lang "$2" "$3" "$4"; }
gap "a gap in English" en Anna Ward
says "... a level" "  - Danish from A2 to B1"
says "... a licence" "(2221@DK), which is pending, or an opening that takes an assistant"
says "... a contract" "  - accept this kind of contract: job"
says "... hours" "  - 30 to 34 hours a week instead of 37, or the candidate accepts what is offered"
says "... days" "  - start 29 days earlier, or an opening that waits so much longer"
says "... travel" "  - 12 km more of travel (about 15 minutes by car, if it makes 50 km an hour as the crow flies)"
says "... times" "  - more time free when the opening needs it: 6.5 h more a week, of 35 h"
says "... a skill" "  - the skill \"work in a team\": 3000 points more"
gap "a gap in Danish" da Anna Ward
says "... a level" "  - dansk fra A2 til B1"
says "... travel" "  - 12 km længere transport (cirka 15 minutter i bil"
gap "a gap in Swedish" sv Anna Ward
says "... a level" "  - danska från A2 till B1"
says "... hours" "  - 30 till 34 timmar i veckan i stället för 37"
gap "a gap in Ukrainian" uk Anna Ward
says "... a level" "  - данська: з A2 до B1"
says "... travel" "  - на 12 км довша дорога (приблизно 15 хвилин автомобілем"
says "... a licence, politely" "заяву вже подано; або вакансія"
gap "a gap of another kind" en Bo Far
says "... work" "  - say that the candidate seeks work"
says "... a level where none is stated" "  - Danish to B1; none is stated now"
says "... a licence where assistants are taken" "or apply for it: this opening takes an assistant meanwhile"
says "... hours without a least number" "  - 0 to 40 hours a week instead of 45"
says "... a place too far away" "is too far to travel every day"

# --- what opens the most
exits "a candidate who seeks no work" 0 two Bo
says "... is told so" "does not seek work now"
exits "one id" 0 explain C0000010
says "... how it stands" "of 200 "
said=$(grep -c '^  [1-9]\. ' out.txt)
[ "$said" -ge 1 ] && [ "$said" -le 5 ]
passed "... at most five changes" $?
# Make a change that is promised: as many openings more as it said.
number() { sed -n "s/^ *\"$1\": \([0-9]*\),\{0,1\}\$/\1/p" "$2" | head -n 1; }
found=
for row in $(seq 2 60); do
	who=$(sed -n "${row}p" $c | cut -d, -f1)
	explain --json "$who" >before.json
	grep -A 3 '"change": "commute"' before.json >change.txt && found=$who && break
done
to=$(number to_m change.txt)
awk -F, -v OFS=, -v who="$found" -v km="$((to / 1000))" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "max_commute_km") at = i } $1 == who { $at = km } { print }' $c >c-far.csv
landgang explain --candidates c-far.csv --openings $o --json "$found" >after.json
same "a promised change keeps its promise" "$(number feasible_openings after.json)" \
	"$(($(number feasible_openings before.json) + $(number more_openings change.txt)))"

# --- wrong use, and catalogues elsewhere
exits "no id" 2 explain
exits "three ids" 2 explain a b c
says "... the third is too many" "c: one word too many"
exits "nobody" 3 explain nobody
exits "another language" 2 explain --lang no "$who"
says "... which there are" "en, da, sv, uk"
LANDGANG_LANG_DIR=$scratch/none exits "catalogues that are not there" 5 explain --lang uk "$who"
says "... are named" "LANDGANG_LANG_DIR"
LANDGANG_LANG_DIR=$scratch/none exits "... and English needs none" 0 explain "$who"
exits "help" 0 landgang explain --help
says "... names the languages" "en, da, sv or uk"
finish
