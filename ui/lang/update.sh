#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Take the texts of the program anew:
#   ui/lang/update.sh          write landgang.pot, and merge what is new into the catalogues (then translate it)
#   ui/lang/update.sh --print  only print the template
set -eu
cd "$(dirname "$0")/../.."

# All that says a text, or holds some in a table.
sources() {
	grep -rlE '(^|[^a-zA-Z_])(lg_says?|LG_TEXT)\(' src --include='*.[ch]' --include='*.def' | grep -v '^src/view/speech\.[ch]$' |
		LC_ALL=C sort
}

# The texts of the pages, what routes are for, and the texts of errors (which lie below what speaks), as C that says them.
other_texts() {
	# Names hold no blanks.
	# shellcheck disable=SC2046
	grep -oh '{{_ [^}]*}}' $(find src -name '*.html' | LC_ALL=C sort) |
		sed 's/^{{_ *//; s/ *}}$//; s/["\\]/\\&/g; s/.*/lg_say("&");/'
	sed -n 's/^R([A-Z]*, *"\/[^"]*", .*, *\("[^"]*"\))$/lg_say(\1);/p' src/core/routes.def src/modules/*/routes.def
	sed -n 's/^E([A-Z_]*, *[0-9]*, *\("..*"\))$/lg_say(\1);/p' src/base/err.def
}

template() {
	# Names hold no blanks.
	# shellcheck disable=SC2046
	other_texts | xgettext --from-code=UTF-8 --language=C --add-comments=TRANSLATORS: --sort-by-file \
		--keyword --keyword=lg_say:1 --keyword=lg_says:1,2 --keyword=LG_TEXT:1 \
		--flag=lg_say:1:pass-c-format --flag=lg_says:1:pass-c-format --flag=lg_says:2:pass-c-format --flag=lg_putf:2:c-format \
		--package-name=landgang --copyright-holder='The Landgang authors' --no-location --output=- $(sources) - |
		sed '/^"POT-Creation-Date:/d; s/^# SOME DESCRIPTIVE TITLE\.$/# SPDX-License-Identifier: EUPL-1.2/
			s/^# Copyright (C) YEAR The Landgang authors$/# SPDX-FileCopyrightText: The Landgang authors/
			/^# This file is distributed under/d; /^# FIRST AUTHOR/d; /^#$/d; /^#, fuzzy$/d
			s/"Language: \\n"/"Language: \\n"/; s/charset=CHARSET/charset=UTF-8/; /^"PO-Revision-Date:/d; /^"Last-Translator:/d
			/^"Language-Team:/d; /^"Report-Msgid-Bugs-To:/d'
}

if [ "${1-}" = --print ]; then
	template
	exit
fi
template >ui/lang/landgang.pot
for language in da sv uk; do
	msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-location "ui/lang/$language.po" ui/lang/landgang.pot
done
