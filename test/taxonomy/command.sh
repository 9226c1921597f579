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
: >"$scratch/empty.img"
status "an empty image is refused" 3 "$landgang" taxonomy show 2221 --taxonomy "$scratch/empty.img"
rm "$scratch/empty.img"
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

# What the words of the labels mean, learned in a few steps.
learned=$scratch/learned.embedding
train() { "$landgang" taxonomy train --quiet --steps 20 --dimensions 16 "$@"; }
status "train wants a place" 2 train
status "train wants dimensions that fit" 2 "$landgang" taxonomy train --dimensions 20 --out "$learned"
status "train wants labels of a language" 2 train --labels none.tsv --out "$learned"
status "train wants labels that are there" 4 train --labels "da=$scratch/none.tsv" --out "$learned"
holds "nothing was written so far" test ! -e "$learned"
holds "it is trained" train --seed 5 --labels da=fuzz/corpus/esco/uri.tsv --taxonomy "$image" --out "$learned"
says "it tells what it learned from" "features of" \
	"$landgang" taxonomy train --steps 1 --dimensions 16 --out "$scratch/built-in"
train --seed 5 --labels da=fuzz/corpus/esco/uri.tsv --taxonomy "$image" --out "$scratch/again"
holds "twice the same" cmp "$learned" "$scratch/again"
says "with it, words are found" "lg:welder" "$landgang" taxonomy find --embedding "$learned" --lang da svejser
printf 'C1_da_0\tkok\nC2_da_0\tmurer\n' >"$scratch/corpus"
printf 'Q1\tkokken\n' >"$scratch/queries"
says "with it, labels are ranked" "Q1	1	C1_da_0" \
	"$landgang" taxonomy rank --corpus "$scratch/corpus" --queries "$scratch/queries" --lang da --embedding "$learned"
says "labels of other languages can be left out" "Q1	1	C1_da_0" "$landgang" taxonomy rank \
	--corpus "$scratch/corpus" --queries "$scratch/queries" --lang da --taxonomy "$image" --alone
head -c 5000 "$learned" >"$scratch/short"
refuses "a cut embedding" "cut short" "$landgang" taxonomy find --embedding "$scratch/short" kok
: >"$scratch/empty"
refuses "an empty embedding" "no embedding" "$landgang" taxonomy find --embedding "$scratch/empty" kok
refuses "an image is no embedding" "no embedding" "$landgang" taxonomy find --embedding "$image" kok
size=$(wc -c <"$learned")
{
	head -c $((size - 9)) "$learned"
	printf '\377'
	tail -c 8 "$learned"
} >"$scratch/changed"
refuses "a changed embedding" "was changed" "$landgang" taxonomy find --embedding "$scratch/changed" kok

timeout -s INT 1 "$landgang" taxonomy train --quiet --steps 1000000 --out "$learned" 2>/dev/null
[ $? -eq 124 ]
passed "Ctrl-C stops it" $?
holds "and leaves the older one" cmp "$learned" "$scratch/again"
holds "and nothing else" test -z "$(find "$scratch" -name 'learned.embedding.*')"

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
