#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# run.sh TEST ARGUMENT...: a test of this folder, where all that it needs is there
here=$(dirname "$0")
test=$here/$1
shift

# lacks WHAT: say that the test cannot be tried
lacks() {
	echo "1..0 # SKIP $1 is missing: ./dev test installs it"
	exit 0
}

[ -d "$here/node_modules" ] || lacks "test/browser/node_modules"
command -v java >/dev/null || lacks "java"
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || lacks "chromium"
case $test in
*.mjs) exec node "$test" "$@" ;;
*) exec "$test" "$@" ;;
esac
