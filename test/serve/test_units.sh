#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Units of systemd: test_units.sh UNIT...  How exposed are they, in the judgement of systemd-analyze: 0 to 10, where 1.5 is the most.
. test/frame/tap.sh
most=1.5
for unit; do
	name=$(basename "$unit")
	if ! command -v systemd-analyze >/dev/null || ! systemd-analyze security --help | grep -q -- --offline; then
		skipped "$name is hardly exposed" "systemd-analyze security --offline is not here"
		continue
	fi
	cp "$unit" "$scratch"
	said=$(cd "$scratch" && systemd-analyze security --offline=true --no-pager "./$name" 2>&1)
	level=$(printf '%s\n' "$said" | sed -n 's/.*Overall exposure level.*: \([0-9.]*\) .*/\1/p')
	said="$(printf '%s\n' "$said" | grep -v '✓')"
	[ -n "$level" ] && awk -v level="$level" -v most="$most" 'BEGIN { exit !(level <= most) }'
	passed "$name is hardly exposed: ${level:-nothing was said} of $most at most" $?

	# Whoever cannot start is not exposed either: systemd reads all of it.
	said=$(systemd-analyze verify --man=no "$scratch/$name" 2>&1 | grep -F "$name" | grep -vE 'is not executable|Failed to (add|create)')
	[ -z "$said" ]
	passed "$name says nothing that systemd does not know" $?
done
finish
