#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# landgang taxonomy as a person uses it, on a tiny release.
#   test/taxonomy/command.sh LANDGANG
. test/frame/tap.sh
landgang=$1
zip=fuzz/corpus/esco/packed.zip
image=$scratch/tiny.image

# says NAME WORDS COMMAND...: it must succeed, and say WORDS
says() {
	name=$1
	words=$2
	shift 2
	said=$("$@" 2>&1) && printf '%s\n' "$said" | grep -qF -- "$words"
	passed "$name" $?
}

# status NAME NUMBER COMMAND...: it must end with that exit status
status() {
	name=$1
	wanted=$2
	shift 2
	said=$("$@" 2>&1)
	[ $? -eq "$wanted" ]
	passed "$name" $?
}

says "help" "landgang taxonomy import ZIP" "$landgang" taxonomy --help
says "the built-in one is described" "619 ISCO-08 groups" "$landgang" taxonomy info
says "a built-in occupation is shown" "midwife" "$landgang" taxonomy show lg:nurse
says "a group is shown" "Nursing professionals" "$landgang" taxonomy show 2221
says "a skill is shown" "Essential for" "$landgang" taxonomy show lg:cooking

status "import wants a place" 2 "$landgang" taxonomy import "$zip"
status "import wants a release" 2 "$landgang" taxonomy import --out "$image"
status "an unknown option is refused" 2 "$landgang" taxonomy info --sideways
status "an unknown word is refused" 2 "$landgang" taxonomy export
status "labels want a language" 2 "$landgang" taxonomy import "$zip" --labels labels.tsv --out "$image"
status "a file that is not there" 4 "$landgang" taxonomy import "$scratch/none.zip" --out "$image"
status "a file that is no zip" 3 "$landgang" taxonomy import "$0" --out "$image"
holds "nothing was written so far" test ! -e "$image"

says "a release is imported, what dangles is told" "1 relations name" "$landgang" taxonomy import "$zip" \
	--labels da=fuzz/corpus/esco/uri.tsv --labels da=fuzz/corpus/esco/isco.tsv --release "ESCO tiny" --out "$image"
says "it has its name" "ESCO tiny" "$landgang" taxonomy info --taxonomy "$image"
says "it is as it was made" "as it was made" "$landgang" taxonomy info --taxonomy "$image"
says "it names ESCO" "This service uses the ESCO classification" "$landgang" taxonomy info --taxonomy "$image"
says "an occupation is shown in Danish" "2221.1  sygeplejerske" \
	"$landgang" taxonomy show 2221.1 --taxonomy "$image" --lang da
says "the group has its Danish title" "Sygeplejerskearbejde" \
	"$landgang" taxonomy show 2221.1 --taxonomy "$image" --lang da
says "the built-in ones are in it too" "lg:nurse" "$landgang" taxonomy show lg:nurse --taxonomy "$image"
status "what is not in it is not shown" 3 "$landgang" taxonomy show 9999.9 --taxonomy "$image"
holds "no other file is left beside it" test "$(find "$scratch" -type f | wc -l)" -eq 1

cp "$image" "$scratch/old"
status "a failed import" 3 "$landgang" taxonomy import "$0" --out "$image"
holds "leaves the old image" cmp "$image" "$scratch/old"
head -c 5000 "$image" >"$scratch/cut"
refuses "a cut image" "cut short" "$landgang" taxonomy info --taxonomy "$scratch/cut"
size=$(wc -c <"$image")
{
	head -c $((size - 9)) "$image"
	printf 'x'
	tail -c 8 "$image"
} >"$scratch/changed"
refuses "a changed image" "was changed" "$landgang" taxonomy info --taxonomy "$scratch/changed"
finish
