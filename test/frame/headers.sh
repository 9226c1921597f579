#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The header check refuses a header that leans on what was included before it, one without a guard, and C++ trouble.
. test/frame/tap.sh

# plant TEXT: the header check on a tree whose only other header says TEXT
plant() {
	rm -rf "$scratch/tree"
	mkdir -p "$scratch/tree/src/match/landgang" "$scratch/tree/src/base" "$scratch/tree/tools"
	cp tools/headers.sh tools/layers.txt "$scratch/tree/tools"
	cp src/match/landgang/match.h "$scratch/tree/src/match/landgang"
	printf '%s\n' "$2" >>"$scratch/tree/$1"
	said=$("$scratch/tree/tools/headers.sh" 2>&1)
}

wrong() {
	plant "$2" "$3"
	printf '%s\n' "$said" | grep -q "^not ok .* $4"
	passed "$1" $?
}

plant src/base/good.h '#ifndef G
#define G
int good(void);
#endif'
! printf '%s\n' "$said" | grep -q '^not ok'
passed "a header that stands alone" $?
wrong "a type it does not bring" src/base/lean.h 'size_t lean(void);' base/lean.h
wrong "no guard against twice" src/base/twice.h 'struct twice { int n; };' base/twice.h
wrong "GNU words in the public header" src/match/landgang/match.h 'struct lgm_x { int n; int rest[0]; };' 'landgang/match.h as c11'
wrong "a C++ keyword in the public header" src/match/landgang/match.h 'int lgm_make(int new);' 'landgang/match.h as C++20'
finish
