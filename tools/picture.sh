#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Draw the components and the arrows that really exist into ARCHITECTURE.md, between its two marks.
#   tools/picture.sh            write it
#   tools/picture.sh --check    status 1 and the difference when what stands there is not what is
set -eu
cd "$(dirname "$0")/.."
new=$(mktemp)
drawn=$(mktemp)
trap 'rm -f "$new" "$drawn"' EXIT
# Names hold no blanks.
# shellcheck disable=SC2046
awk -v picture=1 -f tools/layers.awk tools/layers.txt $(find src -name '*.[ch]' -o -name '*.def' | sort) >"$drawn"
awk -v drawn="$drawn" '
	/^<!-- picture: end/ { inside = 0 }
	!inside { print }
	/^<!-- picture: begin/ {
		inside = 1
		print "```"
		while ((getline line < drawn) > 0) print line
		print "```"
	}' ARCHITECTURE.md >"$new"
if [ "${1-}" = --check ]; then
	diff -u ARCHITECTURE.md "$new" && exit
	echo "The picture in ARCHITECTURE.md is not of this tree: run tools/picture.sh"
	exit 1
fi
cmp -s "$new" ARCHITECTURE.md || cat "$new" >ARCHITECTURE.md
