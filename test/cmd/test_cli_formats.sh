#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Advertisements become openings that the matcher reads; what was understood, and what not, is told for each.
sample=$PWD/../shared/data/ads/platsbanken_sample.jsonl
book=$PWD/fuzz/corpus/xlsx/whole
. test/cmd/cli.sh
market

cat >ads.json <<'TXT'
[{"id": "1", "headline": "Nurse", "number_of_vacancies": 3, "occupation_group": {"legacy_ams_taxonomy_id": "2221"},
  "occupation": {"label": "Sjuksköterska"}, "employer": {"name": "Invented, hospital"}, "scope_of_work": {"min": 75, "max": 75},
  "must_have": {"languages": [{"label": "Svenska"}], "skills": []},
  "workplace_address": {"municipality_code": "0180", "coordinates": [18.07, 59.33]}},
 {"id": "2", "headline": "Nowhere", "number_of_vacancies": 1}]
TXT
exits "a list of advertisements" 0 landgang formats jobtech ads.json
cp out.txt openings.csv
says "... with its positions, hours and language" '"Invented, hospital"'
says "... and says of the other why it was left out" "ad 2"
same "... gives one line for the one that has a place" "$(wc -l <openings.csv)" 2
exits "... which the matcher takes" 0 match --candidates "$c" --openings openings.csv --out r
same "... without a rejection" "$(wc -l <r/rejected.csv)" 1
same "... and its three positions" "$(figure positions r | tr -d ' ')" 3
echo 'not an advertisement' >words.txt
exits "what is no advertisement" 3 landgang formats jobtech words.txt
exits "no such format" 2 landgang formats palimpsest ads.json
exits "no file" 4 landgang formats jobtech missing.json

tail -c +2 "$book" >book.xlsx
exits "a workbook" 0 landgang formats workbook book.xlsx
same "... is NDJSON, line for row" "$(cat out.txt)" "$(printf '\n\n{"navn":"Олена"}')"
exits "a sheet that is not there" 3 landgang formats workbook book.xlsx --sheet none
exits "what is no workbook" 3 landgang formats workbook words.txt
echo '<html><script type="application/ld+json">{"@type":"JobPosting","title":"Nurse"}</script></html>' >page.html
exits "a page with a vacancy" 0 landgang formats postings page.html
same "... gives one line" "$(grep -c '"title":"Nurse"' out.txt)" 1
echo '{"SkillsPassport":{"LearnerInfo":{"Identification":{"PersonName":{"FirstName":"Olena"}}}}}' >cv.json
exits "a CV" 0 landgang formats europass cv.json
same "... gives its fields" "$(grep -c '"given":"Olena"' out.txt)" 1
exits "what is no CV" 3 landgang formats europass words.txt

if [ -e "$sample" ]; then
	exits "the real sample" 0 landgang formats jobtech "$sample"
	same "... gives 49 openings" "$(wc -l <out.txt)" 50
	same "... and tells of each" "$(grep -c '^ad ' err.txt)" 49
	cp out.txt openings.csv
	exits "... which the matcher takes" 0 match --candidates "$c" --openings openings.csv --out r
	same "... all of them" "$(wc -l <r/rejected.csv)" 1
else
	skipped "the real sample" "../shared/data is not here"
fi
clean "nothing is left behind"
finish
