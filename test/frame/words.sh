#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The word check finds a file without its licence line, and a place on somebody's machine.
. test/frame/tap.sh

# plant FILE TEXT
plant() {
	rm -rf "$scratch/tree"
	mkdir -p "$scratch/tree/src" "$scratch/tree/tools"
	cp tools/words.sh tools/files.sh "$scratch/tree/tools"
	printf '%s\n' "$2" >"$scratch/tree/$1"
}

licence='/* SPDX-License-Identifier: EUPL-1.2 */'
slash=/
plant src/good.c "$licence
/* input/output work/life */"
holds "a file as it should be" "$scratch/tree/tools/words.sh"
plant src/bare.c 'int bare;'
refuses "no licence line" 'src/bare.c: no line' "$scratch/tree/tools/words.sh"
plant src/other.c '/* SPDX-License-Identifier: MIT */'
refuses "another licence" 'src/other.c: no line' "$scratch/tree/tools/words.sh"
plant notes.md "See ${slash}work${slash}main."
refuses "a place on a machine" 'notes.md:1:' "$scratch/tree/tools/words.sh"
plant src/path.c "$licence
static const char *file = \"${slash}home${slash}ann\";"
refuses "somebody's home" 'src/path.c:2:' "$scratch/tree/tools/words.sh"
finish
