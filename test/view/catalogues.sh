#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The check of the catalogues takes this tree, and refuses each wrong case that is planted in a copy of it.
# The dollars are sed's.
# shellcheck disable=SC2016
. test/frame/tap.sh
tree=$scratch/tree

mkdir -p "$tree/ui"
cp -R ui/lang "$tree/ui"
cp -R src "$tree/src"
planted=ui/lang/da.po

# plant FILE SED: the copy of the tree's texts with this one file changed
plant() {
	cp "$planted" "$tree/$planted"
	planted=$1
	sed "$2" "$1" >"$tree/$1"
	! cmp -s "$1" "$tree/$1" || echo "# nothing was planted in $1"
}

# wrong NAME FILE SED WORDS
wrong() {
	plant "$2" "$3"
	refuses "$1" "$4" ui/lang/check.sh "$tree"
}

holds "this tree" ui/lang/check.sh .
plant ui/lang/da.po '1s/^/# A remark.\n/'
holds "a copy with a remark" ui/lang/check.sh "$tree"
wrong "a message that is empty" ui/lang/da.po 's/^msgstr "søger arbejde"$/msgstr ""/' 'da.po: has empty messages'
wrong "one plural form that is empty" ui/lang/uk.po 's/^msgstr\[1\] "%u роки"$/msgstr[1] ""/' 'uk.po: has empty messages'
wrong "a message that is missing" ui/lang/sv.po '/^msgid "Danish"$/,/^$/d' 'landgang.pot'
wrong "a fuzzy message" ui/lang/sv.po 's/^msgid "Danish"$/#, fuzzy\n&/' 'sv.po: has fuzzy messages'
wrong "one that is left over" ui/lang/sv.po '$s/$/\n\n#~ msgid "old"\n#~ msgstr "gammal"/' 'sv.po: has messages that are no longer'
wrong "a value that is lost" ui/lang/uk.po 's/^msgstr "%s: є"$/msgstr "є"/' 'uk.po'
wrong "a value of another kind" ui/lang/da.po 's/^msgstr "har %s"$/msgstr "har %u"/' 'da.po'
wrong "English in the Ukrainian" ui/lang/uk.po 's/^msgstr "данська"$/msgstr "Danish"/' 'uk.po: letters that Ukrainian has not'
wrong "one Latin letter in a Ukrainian word" ui/lang/uk.po 's/^msgstr "данська"$/msgstr "дaнська"/' 'uk.po: letters that Ukrainian has not'
wrong "English in a later line of a mail" ui/lang/uk.po 's/^"Пароль Вашого/"Your password/' 'uk.po: letters that Ukrainian has not'
wrong "a mail that is empty" ui/lang/sv.po '/^"Hej!/,/^$/{s/^".*//}' 'sv.po: has empty messages'
wrong "Russian in the Ukrainian" ui/lang/uk.po 's/^msgstr "данська"$/msgstr "датский язык"/' 'uk.po: letters that Ukrainian has not'
wrong "Cyrillic in the Danish" ui/lang/da.po 's/^msgstr "dansk"$/msgstr "данська"/' 'da.po: not in Latin letters'
wrong "Danish in the Swedish" ui/lang/sv.po 's/^msgstr "avstånd"$/msgstr "længde"/' 'sv.po: letters that Swedish has not'
wrong "Swedish in the Danish" ui/lang/da.po 's/^msgstr "afstand"$/msgstr "längd"/' 'da.po: letters that Danish has not'
wrong "two plural forms instead of three" ui/lang/uk.po '/^msgstr\[2\]/d' 'uk.po'
wrong "another language" ui/lang/sv.po 's/^"Language: sv/"Language: da/' 'sv.po: does not say'
wrong "a text that is new in the program" src/cmd/explain_text.c 's/lg_say("Points")/lg_say("All the points")/' 'landgang.pot is not of these sources'
wrong "a first text in a file" src/cmd/words.c '$s/$/\nconst char *never(void) { return lg_say("never"); }/' 'landgang.pot is not of these sources'
wrong "a new text in a table" src/app/right.def '$s/$/\nMAY(NEVER, LG_TEXT("Never"))/' 'landgang.pot is not of these sources'
wrong "a new text in a page" src/view/html/report.html '$s/$/{{_ Never more}}/' 'landgang.pot is not of these sources'
wrong "a new text of an error" src/base/err.def 's/Please sign in/Sign in/' 'landgang.pot is not of these sources'
finish
