#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Advice, never a gate: functions longer than 60 lines and files longer than 500, longest first.
set -eu
cd "$(dirname "$0")/.."
# shellcheck disable=SC2016 # awk's own dollars
find src -name '*.c' | sort | xargs awk '
	FNR == 1 { begun = 0 }
	/^[a-zA-Z].*\(/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
	/^\{/ { begun = FNR }
	/^\}/ && begun { if (FNR - begun + 2 > 60) printf "%5d lines  %s  %s\n", FNR - begun + 2, name, FILENAME; begun = 0 }
	{ lines[FILENAME] = FNR }
	END { for (f in lines) if (lines[f] > 500) printf "%5d lines  %s\n", lines[f], f }' | sort -rn
