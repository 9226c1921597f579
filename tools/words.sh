#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
#
# Does every source file name its licence, and does any file speak of the machine it was written on?
set -eu
cd "$(dirname "$0")/.."
bad=0
for file in $(tools/files.sh '*.c' '*.h' '*.def' '*.cc' '*.cpp' '*.sh' '*.awk' '*.py' '*.mjs' '*meson.build' dev .ci/run fuzz/run 'completion/*'); do
	[ -f "$file" ] || continue
	head -n 5 "$file" | grep -q 'SPDX-License-Identifier: EUPL-1\.2' && continue
	echo "$file: no line \"SPDX-License-Identifier: EUPL-1.2\" at its head"
	bad=1
done

# Written in halves, so that this file does not find itself.
slash=/
places="(^|[^a-zA-Z0-9_.])$slash(work|farm|root)$slash|${slash}tmp${slash}(esco|bash)|${slash}home${slash}[a-z]"
words="bash_""jobs|sub""agent|[.]lib""rary$slash"
# Names hold no blanks.
# shellcheck disable=SC2046
if grep -nIE "$places|$words" $(tools/files.sh) /dev/null; then
	echo "These lines speak of one machine, not of the product."
	bad=1
fi
exit $bad
