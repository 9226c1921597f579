#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Does every #include point down, and every query?  tools/layers.sh [DIR]: the tree to look at, by default this one.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
cd "${1:-$tools/..}"
# Names hold no blanks.
# shellcheck disable=SC2046
exec awk -f "$tools/layers.awk" tools/layers.txt $(find src test fuzz bench -name node_modules -prune -o '(' -name '*.[ch]' -o -name '*.def' -o -name '*.sql' -o -name '*.cc' -o -name '*.cpp' ')' -print 2>/dev/null | sort)
