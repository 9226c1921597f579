#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# run.sh TEST ARGUMENT...: a test of this folder (NAME.mjs, or a program), where what it needs is there
here=$(dirname "$0")
test=$1
shift
if [ ! -d "$here/node_modules" ]; then
	echo "1..0 # SKIP test/auth/node_modules is missing: ./dev test installs it"
	exit 0
fi
case $test in
*.mjs) exec node "$here/$test" "$@" ;;
*) exec "$test" "$@" ;;
esac
