#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Are the catalogues whole?  ui/lang/check.sh [DIR]: the tree to look at, by default this one.
# Status 1 and the reasons when the template is not of the sources, or when a message is missing, empty, fuzzy, left over,
# wrongly formed, or written in another script than its language's.
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 2
new=$(mktemp)
trap 'rm -f "$new"' EXIT
bad=0
complain() {
	echo "$1"
	bad=1
}

# What is written in Latin letters in every language: names, files, commands, what is typed as it stands.
names='[Ll]andgang( [a-z]+)?|[a-z]+\.csv|--[a-z]+|ISCO|ESCO|EUPL|API|CSV|JSON|WCAG|A і AA|EN 301 549|Natural Earth|world-atlas|GeoNames|CC BY|IBM Plex Sans|SIL Open Font License'
names="$names|[{][a-z]+[}]"
names="$names|JobTech|JobPosting|ASCII|hooks[.]example[.]org|https:\\/\\/([a-z.]+\\/)?"
names="$names|PDF|PNG|JPEG|Word|OpenDocument|docx|odt|txt"
names="$names|Europass|\\.xlsx"
names="$names|message\\/rfc822"
names="$names|[a-z]+@example\\.org|[?]anyway=1|ETag|If-Match"
# The words that people meet in letters of Danish and Swedish offices stand in brackets after the Ukrainian ones.
letters='kommune|autorisation|legitimation|virksomhedspraktik|arbetspraktik|integrationspraktik|språkpraktik|løntilskud|lönebidrag'
letters="$letters|integrationsgrunduddannelse|evalueringsansættelse|praktisk tjänstgöring|særloven|massflyktsdirektivet|digital post"
letters="$letters|CPR-nummer|erstatningspersonnummer|udlændingenummer|personnummer|samordningsnummer|LMA-kort|CVR-nummer|P-nummer"
letters="$letters|organisationsnummer|region"
names="$names|\\(($letters)(, ($letters))*\\)"

# The translations of FILE but its header, each on one line.
translations() {
	msgcat --no-wrap "$1" | awk '
		/^msgstr/ { if (open) print text; sub(/^msgstr(\[[0-9]\])? /, ""); open = 1; text = "" }
		/^"/ && open { text = text substr($0, 2, length($0) - 2); next }
		open { print text; open = 0 }
		END { if (open) print text }' | tail -n +2
}

# refuse FILE PATTERN WHY: translations that match, without their values (%s), marks (\n) and names
refuse() {
	found=$(translations "$1" | sed 's/%[0-9]*\(ll\)\{0,1\}[a-zA-Z%]//g; s/\\.//g' | sed -E "s/$names//g" |
		LC_ALL=C.UTF-8 grep -P "$2") && complain "$1: $3: $found"
}

template() {
	ui/lang/update.sh --print >"$new" || complain "the texts cannot be taken from the sources"
	cmp -s "$new" ui/lang/landgang.pot || complain "ui/lang/landgang.pot is not of these sources: run ui/lang/update.sh"
}

catalogue() {
	po=ui/lang/$1.po
	msgfmt --check-format --check-domain --output-file=/dev/null "$po" 2>"$new" || complain "$po: $(cat "$new")"
	msgcmp "$po" ui/lang/landgang.pot >/dev/null 2>"$new" || complain "$po: $(cat "$new")"
	[ -z "$(msgattrib --only-fuzzy "$po")" ] || complain "$po: has fuzzy messages"
	! grep -q '^#~' "$po" || complain "$po: has messages that are no longer in the program"
	! translations "$po" | grep -qx '' || complain "$po: has empty messages"
	grep -q "^\"Language: $1\\\\n" "$po" || complain "$po: does not say that its language is $1"
}

template
for language in da sv uk; do catalogue $language; done
refuse ui/lang/da.po '[^\p{Latin}\p{Common}]' "not in Latin letters"
refuse ui/lang/sv.po '[^\p{Latin}\p{Common}]' "not in Latin letters"
refuse ui/lang/da.po '[äöÄÖ]' "letters that Danish has not"
refuse ui/lang/sv.po '[æøÆØ]' "letters that Swedish has not"
refuse ui/lang/uk.po '[^\p{Cyrillic}\p{Common}IGU]|[ыэъёЫЭЪЁ]' "letters that Ukrainian has not"
exit $bad
