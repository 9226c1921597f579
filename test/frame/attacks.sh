#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# doc/attacks.tsv names cases that are there, for each attack from P01 to P46; and this notices when it does not.
. test/frame/tap.sh

# complaints FILE: what is wrong with a list
complaints() {
	awk -F '\t' '/^#/ || !NF { next }
		NF != 4 { print "line " NR ": " NF " cells, not 4" }
		$1 !~ /^P(0[1-9]|[1-3][0-9]|4[0-6])$/ { print "line " NR ": no attack is called " $1 }
		NF == 4 && ($2 == "" || length($4) < 3) { print "line " NR ": says nothing" }
		{ named[$1] = 1 }
		END {
			for (i = 1; i <= 46; i++) {
				id = sprintf("P%02d", i)
				if (!(id in named)) print id ": missing"
			}
		}' "$1"
	grep -v '^#' "$1" | cut -f 3- | while IFS='	' read -r file case; do
		case $file in
		-) ;;
		*.c)
			# A case of a test stands in its list, too: once where it is written, once where it is called.
			least=1
			case $file in */test_*.c) least=2 ;; esac
			n=0
			[ ! -f "$file" ] || n=$(grep -cF -- "$case" "$file")
			[ "$n" -ge "$least" ] || echo "$file: no case \"$case\""
			;;
		*) [ -f "$file" ] && grep -qF -- "$case" "$file" || echo "$file: no case \"$case\"" ;;
		esac
	done
}

# sound FILE
sound() {
	found=$(complaints "$1")
	[ -z "$found" ] || {
		printf '%s\n' "$found"
		return 1
	}
}

# planted WHAT WORDS SED: the list with a fault in it
planted() {
	sed "$3" doc/attacks.tsv >"$scratch/list"
	refuses "$1" "$2" sound "$scratch/list"
}

holds "every attack has its case" sound doc/attacks.tsv
planted "an attack is missing" 'P46: missing' '/^P46/d'
planted "a case that is not there" 'no case "never_written"' 's/\ta_code_counts_once$/\tnever_written/'
planted "a file that is not there" 'test/core/never.c: no case' 's|\ttest/core/test_attacks.c\t|\ttest/core/never.c\t|'
planted "a case of a shell test that is not there" 'no case "never tried"' 's/\tthe schema is sound$/\tnever tried/'
planted "a cell too few" 'cells, not 4' 's/^P45\t/P45 /'
planted "an attack that nobody knows" 'no attack is called P47' 's/^P46/P47/'
finish
