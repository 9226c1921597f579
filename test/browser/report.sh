#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# report.sh LANDGANG: the report of a match, in each of its languages, as its readers see it.
# SHOTS=FOLDER keeps the pictures.
set -eu
landgang=$1
here=$(dirname "$0")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if ! "$landgang" match --help | grep -q -- '--report'; then
	echo "1..0 # SKIP this landgang writes no report yet"
	exit 0
fi
"$landgang" generate denmark --candidates 3000 --openings 2000 --seed 1 --out "$scratch/market" --quiet
for language in da sv uk en; do
	"$landgang" match --candidates "$scratch/market/candidates.csv" --openings "$scratch/market/openings.csv" --assign --prove \
		--report --lang "$language" --out "$scratch/$language" --quiet
	mv "$scratch/$language/report.html" "$scratch/report-$language.html"
	set -- "$@" "$language=$scratch/report-$language.html"
done
shift
node "$here/page.mjs" ${SHOTS:+--shots "$SHOTS"} --elements 3200 --bytes 250000 --gzip 100000 "$@"
