#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The shared library shows what its header declares, and nothing else:  exports.sh LIBRARY HEADER
. test/frame/tap.sh
# Words before a bracket, in the header without its comments.
gcc -E -P "$2" | grep -oE '\blgm_[a-z0-9_]+ *\(' | tr -d ' (' | sort -u >"$scratch/declared"
nm -D --defined-only "$1" | awk '$3 ~ /^lgm_/ { print $3 }' | sort -u >"$scratch/shown"
said="$(wc -l <"$scratch/declared") functions"
[ "$(wc -l <"$scratch/declared")" -gt 40 ]
passed "the header declares functions" $?
holds "the library shows these and no others" diff "$scratch/declared" "$scratch/shown"
finish
