#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Does each header compile alone, and twice? The engine's public one also as C99, C11 and C++20?
# Speaks TAP.  headers.sh [BUILD]: where headers that are made lie.  CC and CXX choose the compilers.
set -u
made=
[ $# -eq 0 ] || made=-I$(realpath "$1")/src
cd "$(dirname "$0")/.." || exit 2
: "${CC:=cc}" "${CXX:=c++}"
outside=$(pkg-config --cflags libpq 2>/dev/null)
warnings='-Wall -Wextra -Wpedantic -Wundef -Werror'
n=0

# try NAME HEADER COMPILER FLAGS...
try() {
	name=$1
	header=$2
	shift 2
	n=$((n + 1))
	if said=$(printf '#include "%s"\n#include "%s"\nint iso_c_wants_something;\n' "$header" "$header" |
		"$@" -fsyntax-only -Isrc/match - 2>&1); then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "$said" | sed 's/^/# /'
	fi
}

for path in $(find src -name '*.h' | sort); do
	header=${path#src/}
	grep -qx "template $header" tools/layers.txt && continue
	# Flags are words.
	# shellcheck disable=SC2086
	try "$header" "$header" "$CC" -x c -std=gnu11 -D_GNU_SOURCE $warnings -Isrc $made $outside
done
api=landgang/match.h
for std in c99 c11; do
	# shellcheck disable=SC2086
	try "$api as $std" $api "$CC" -x c -std=$std $warnings
done
# shellcheck disable=SC2086
try "$api as C++20" $api "$CXX" -x c++ -std=c++20 $warnings
echo "1..$n"
