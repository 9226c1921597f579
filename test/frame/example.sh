#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The example in README.md compiles against the public header alone, and prints what README.md says.
#   test/frame/example.sh ENGINE
. test/frame/tap.sh
: "${CC:=cc}"

# The first block of a language in README.md.
block() { awk -v mark="\`\`\`$1" '$0 == mark { inside = 1; next } inside && /^```/ { exit } inside' README.md; }

block c >"$scratch/example.c"
block text >"$scratch/wanted"
# The compiler may be several words, and so are its options.
# shellcheck disable=SC2086
holds "it compiles" $CC -std=c11 -Wall -Wextra -Wpedantic -Werror -Isrc/match ${SANITIZE-} "$scratch/example.c" "$1" -o "$scratch/example"
said=$("$scratch/example" 2>&1)
passed "it runs" $?
said=$(printf '%s\n' "$said" | diff "$scratch/wanted" - 2>&1)
passed "it prints what is promised" $?
finish
