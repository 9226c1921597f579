#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Names of the project's files, one a line, from the top of the tree:  tools/files.sh [PATTERN...]
# What git tracks or would track; in a tree without git, everything but build folders, var/ and npm's packages.
set -eu
cd "$(dirname "$0")/.."
if [ -e .git ] && command -v git >/dev/null; then
	git ls-files --cached --others --exclude-standard -- "$@" | sort -u
	exit
fi
[ $# -gt 0 ] || set -- '*'
find . -type f ! -path './.git/*' ! -path './build*' ! -path './var/*' ! -path '*/node_modules/*' | sed 's,^\./,,' | sort | while read -r file; do
	for pattern; do
		# The pattern is meant as one.
		# shellcheck disable=SC2254
		case $file in $pattern) echo "$file"; break ;; esac
	done
done
